//! The first bugs of a long report: they are those of the whole, and only looked at until that is read.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regrade::app::Leaving;
use regrade::config::Config;
use regrade::fault::{Fault, Kind, Result};
use regrade::progress::Progress;
use regrade::report::{BugIx, Report};
use regrade::store::Store;
use regrade::tui::{self, OnDisk, Open, Opening, Script, Step, What};
use regrade::ui::Speaker;

use crate::desk::{Table, desk_in, glimpse_in};
use crate::generated::{Layout, generator};
use crate::parsed::{METHODOLOGY, parse};
use crate::place::Place;
use crate::terminal::Run;

const SAMPLE: &[u8] = include_bytes!("../assets/sample.md");

/// How many parts reports are cut into.
const CUTS: usize = 13;

/// How many bugs the long report has.
const LONG: usize = 1500;

fn long() -> Vec<u8> {
    let mut text = Vec::new();
    generator::report(LONG, 7, &mut text).unwrap();
    text
}

/// What is known of a bug at a glance.
fn told(report: &Report, bug: BugIx) -> (u32, String, Option<u8>, String) {
    let level = report.level(bug).map(|level| level.0);
    let place = report.bug(bug).block.start;
    (place, report.handle(bug).into_owned(), level, report.title(bug).into_owned())
}

/// Cuts a report in many places; gives how often that told of bugs, which are those that the whole begins with.
fn glimpses(name: &str, text: &[u8]) -> usize {
    let told = |report: Report| report.indexes().map(|bug| told(&report, bug)).collect::<Vec<_>>();
    let whole = told(parse(text));
    let cuts = (1..CUTS).map(|part| text.len() * part / CUTS);
    let seen = cuts.filter_map(|cut| Some((cut, told(Report::glimpse(&text[..cut], &METHODOLOGY)?))));
    let seen: Vec<_> = seen.collect();
    for (cut, glimpse) in &seen {
        assert!(!glimpse.is_empty() && whole.starts_with(glimpse), "{name}, cut at {cut}");
    }
    seen.len()
}

/// Somebody would read of bugs that there are not, or that are something else.
#[test]
fn what_a_beginning_tells_the_whole_tells_too_whatever_the_layout_and_wherever_it_is_cut() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let mut told = 0;
    for path in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let (name, text) = (path.display().to_string(), fs::read(&path).unwrap());
        told += glimpses(&name, &text) + glimpses(&name, &text.repeat(12));
    }
    assert!(told > 0);
    assert!(glimpses("the sample", SAMPLE) > 0);
    for layout in Layout::ALL {
        let mut text = Vec::new();
        layout.report(300, 7, &mut text).unwrap();
        assert!(glimpses(layout.name(), &text) > CUTS / 2, "{}", layout.name());
    }
}

#[test]
fn there_is_no_glimpse_of_what_is_short_or_no_file_or_has_no_bugs() {
    let place = Place::with("short.md", SAMPLE);
    place.write("long.md", long());
    place.write("text.md", "Nothing to see here.\n".repeat(100_000));
    let store = Store::new(place.path("state"));
    let glimpse = |name: &str| store.glimpse(&place.path(name), &METHODOLOGY);
    assert!(glimpse("long.md").is_some_and(|report| report.len() > 100));
    for name in ["short.md", "text.md", "none.md", "."] {
        assert!(glimpse(name).is_none(), "{name}");
    }
}

/// Opens the long report, the whole of which comes once others did what they do; gives how that ended, and the pictures.
fn open(
    table: &Table,
    speaker: Option<Speaker>,
    others: impl Fn() -> Result<()> + Send + Sync + 'static,
    steps: impl IntoIterator<Item = Step>,
) -> (io::Result<Result<Leaving>>, Script) {
    let gate = Arc::new(AtomicBool::new(speaker.is_some()));
    let (held, opens) = (Arc::clone(&gate), Arc::clone(&gate));
    let is_left = Arc::new(AtomicBool::new(false));
    let gone = Arc::clone(&is_left);
    let (folder, looked) = (table.place.root().to_owned(), table.place.root().to_owned());
    let open: Open<OnDisk> = Arc::new(move |_| {
        while !held.load(Ordering::Relaxed) {
            if gone.load(Ordering::Relaxed) {
                return Err(Fault::new(Kind::Interrupted, "nobody waits any more"));
            }
            thread::sleep(Duration::from_millis(1));
        }
        others()?;
        Ok(desk_in(&folder))
    });
    let opening = Opening {
        what: What::Report(table.path()),
        theme: Config::embedded().theme,
        open,
        glimpse: Arc::new(move |_| glimpse_in(&looked)),
        progress: Progress::default(),
        speaker,
    };
    let mut script = Script::new(steps).with_others(move || opens.store(true, Ordering::Relaxed));
    let mut terminal = Terminal::new(TestBackend::new(110, 30)).unwrap();
    let left = tui::play_opening(opening, &mut script, &mut terminal);
    is_left.store(true, Ordering::Relaxed);
    (left, script)
}

/// The rows of the list and the detail beside them.
fn rows(screen: &str) -> Vec<&str> {
    screen.lines().skip(1).take(25).collect()
}

const WHOLE: [Step; 2] = [Step::OthersUnnoticed, Step::Whole];

#[test]
fn the_first_bugs_can_be_looked_at_while_the_rest_is_read_and_stay_where_they_are() {
    let table = Table::new(long());
    let looks = [Step::keys("GKKKk<Ctrl-u>lJj"), Step::Screenshot, Step::keys("?"), Step::Screenshot];
    let steps = looks.into_iter().chain([Step::keys("<Esc>h")]).chain([Step::Screenshot]);
    let (left, script) = open(&table, None, || Ok(()), steps.chain(WHOLE).chain([Step::Screenshot]));
    assert_eq!(left.unwrap().unwrap(), Leaving::Forced);
    let [read, help, before, after] = script.screens() else { panic!("four pictures") };
    assert!(read.contains("+ bugs") && read.contains("reading …"), "{read}");
    assert!(help.contains("Keys") && !help.contains("still being read"), "{help}");
    assert!(before.contains("+ bugs") && !before.contains("reviewed"), "{before}");
    assert!(after.contains(&format!("0/{LONG} reviewed")) && !after.contains("+ bugs"), "{after}");
    assert!(rows(before).iter().any(|row| row.contains("BUG-0003")), "{before}");
    let known = |screen: &str| -> Vec<String> {
        rows(screen).into_iter().map(|row| row.chars().take(19).collect()).collect()
    };
    assert_eq!(known(before), known(after), "the list does not jump");
    let detail = |screen: &str| -> String { rows(screen)[0].chars().skip(56).take(40).collect() };
    assert_eq!(detail(before), detail(after), "nor does the detail");
}

/// A decision on a part would be on what nobody has read yet, or be lost.
#[test]
fn what_needs_the_whole_report_is_refused_with_words_until_it_is_there() {
    let table = Table::new(long());
    for keys in
        ["2", "s", "x", "c", "<Enter>", "<Tab>", ".", "u", "w", "D", "L", "C", "S", "R", "X", "*", "J"]
    {
        let (left, script) = open(&table, None, || Ok(()), [Step::keys(keys), Step::Screenshot]);
        assert_eq!(left.unwrap().unwrap(), Leaving::Forced);
        assert!(script.screens()[0].contains("still being read"), "{keys}: {}", script.screens()[0]);
        assert!(script.screens()[0].contains("+ bugs"), "{keys} opens nothing");
    }
    let decides = [Step::keys("2"), Step::Screenshot];
    let (_, script) = open(&table, None, || Ok(()), WHOLE.into_iter().chain(decides));
    assert!(script.screens()[0].contains("P2 Medium"), "{}", script.screens()[0]);
}

#[test]
fn a_filter_that_is_being_typed_goes_on_in_the_whole_and_what_is_restored_is_told() {
    let table = Table::new(long());
    table.play([Step::keys("1Only keeps tests from running.<Enter>")]);
    let typed = [Step::keys("/id:0002"), Step::Screenshot];
    let goes_on = [Step::keys("5<Enter>"), Step::Screenshot, Step::keys("<Esc>g"), Step::Screenshot];
    let steps = typed.into_iter().chain(WHOLE).chain(goes_on);
    let (_, script) = open(&table, None, || Ok(()), steps);
    let [before, after, all] = script.screens() else { panic!("three pictures") };
    assert!(before.contains("id:0002") && before.contains("BUG-000200"), "{before}");
    assert!(after.contains(&format!("11 of {LONG} bugs")) && after.contains("/id:00025"), "{after}");
    assert!(after.contains("BUG-000250") && after.contains("1 unsaved"), "{after}");
    assert!(all.contains("P0→P1"), "{all}");
}

/// What one reads would be gone, or where the review goes on not known.
#[test]
fn who_looks_at_a_bug_that_was_decided_before_stays_there_and_is_told_where_the_review_goes_on() {
    let table = Table::new(long());
    table.play([Step::keys("<Enter>w"), Step::Settle]);
    let steps = [Step::Screenshot].into_iter().chain(WHOLE).chain([Step::Screenshot]);
    let (_, script) = open(&table, None, || Ok(()), steps);
    let [_, after] = script.screens() else { panic!("two pictures") };
    assert!(after.contains(&format!("1 of {LONG} reviewed; J goes on")), "{after}");
    assert!(after.contains(&format!(" 1/{LONG} ")), "{after}");
}

/// Who finds nothing would take it for what the whole report says.
#[test]
fn a_filter_that_finds_nothing_yet_says_that_not_all_was_read() {
    let table = Table::new(long());
    let looks = [Step::keys("/zzqx"), Step::Settle, Step::Screenshot].into_iter();
    let (_, script) =
        open(&table, None, || Ok(()), looks.chain(WHOLE).chain([Step::Settle, Step::Screenshot]));
    let [before, after] = script.screens() else { panic!("two pictures") };
    assert!(before.contains("None of the bugs read so far matches “zzqx”."), "{before}");
    assert!(before.lines().last().unwrap().trim_end().ends_with('+'), "{before}");
    assert!(after.contains("No bug matches “zzqx”.") && after.contains(&format!("0 of {LONG} ")), "{after}");
}

#[test]
fn a_report_that_is_another_one_by_then_shows_as_it_is() {
    let table = Table::new(long());
    let path = table.path();
    let replaced = move || {
        fs::write(&path, SAMPLE).unwrap();
        Ok(())
    };
    let looks = [Step::keys("jjjjjjjj"), Step::Screenshot].into_iter();
    let (_, script) = open(&table, None, replaced, looks.chain(WHOLE).chain([Step::Screenshot]));
    assert!(script.screens()[1].contains("0/33 reviewed"), "{}", script.screens()[1]);
    assert!(!script.screens()[1].contains("BUG-000009"), "{}", script.screens()[1]);
}

#[test]
fn a_report_that_cannot_be_opened_ends_the_glimpse_of_it() {
    let table = Table::new(long());
    let fails = || Err(Fault::new(Kind::Unreadable, "the disk is gone"));
    let (left, script) = open(&table, None, fails, [Step::Screenshot].into_iter().chain(WHOLE));
    assert_eq!(left.unwrap().unwrap_err().to_string(), "the disk is gone");
    assert!(script.screens()[0].contains("+ bugs"));
}

#[test]
fn reading_is_given_up_by_leaving() {
    let table = Table::new(long());
    for (keys, how) in [("q", Leaving::Quietly), ("<Ctrl-c>", Leaving::Forced)] {
        let (left, _) = open(&table, None, || Ok(()), [Step::keys(keys), Step::Whole]);
        assert_eq!(left.unwrap().unwrap(), how);
    }
    assert_eq!(table.place.files().len(), 1);
}

#[test]
fn who_hears_the_desk_hears_of_the_whole_alone() {
    let table = Table::new(long());
    let (_, script) = open(&table, Some(Speaker::default()), || Ok(()), [Step::keys("j")]);
    assert!(script.lines().contains(&LONG.to_string()), "{}", script.lines());
    assert!(!script.lines().contains("+ bugs"), "{}", script.lines());
}

/// The real program, in a real terminal.
#[test]
fn a_long_report_shows_its_first_bugs_and_then_all_of_them() {
    let mut text = Vec::new();
    generator::report(40_000, 7, &mut text).unwrap();
    let place = Place::with("bugs.md", text);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("+ bugs");
    run.press("jj2");
    run.see("still being read");
    run.see("0/40000 reviewed");
    run.see(" 3/40000 ");
    run.press("2");
    run.see("P2 Medium");
    run.press("\x03\x03");
    assert_eq!(run.end(), 130);
}
