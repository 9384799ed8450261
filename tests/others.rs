//! Others at the same report: an editor that changes it, a second desk, a command.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regrade::app::{App, Busy, Msg};
use regrade::config::{self, Code, Config, Env, Key};
use regrade::methodology::{LevelId, Methodology};
use regrade::report::{BugIx, Report};
use regrade::store::{Hold, Holder, Lock, Opened, Store};
use regrade::triage::{BugSet, Decision, Draft, Event, Kind, Lost, Misfit, Session, Set};
use regrade::tui::{Keep, Script, Step};
use regrade::ui::{self, Memory};

use crate::desk::{Table, desk_in, keys};
use crate::place::Place;

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError

## P1 Bugs

### BUG-3: Slow test
- **Severity:** P1 - Timeout
";

/// Replaces one text by another in a file, as an editor would.
fn edit(path: PathBuf, from: &'static str, to: &'static str) -> impl FnMut() {
    move || {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from:?} in {text}");
        fs::write(&path, text.replace(from, to)).unwrap();
    }
}

/// Plays a script in which others edit the report; gives the pictures taken.
fn with_edit(table: &Table, from: &'static str, to: &'static str, steps: Vec<Step>) -> Vec<String> {
    table.play_script(Script::new(steps).with_others(edit(table.path(), from, to))).1
}

#[test]
fn a_change_is_read_without_a_key_where_nothing_is_pending() {
    let table = Table::new(REPORT);
    let screens = with_edit(
        &table,
        "## P1 Bugs\n",
        "## P1 Bugs\n\n### BUG-4: Told later\n",
        vec![Step::Others, Step::Screenshot],
    );
    assert!(screens[0].contains("BUG-4") && screens[0].contains("0/4 reviewed"), "{}", screens[0]);
    assert!(screens[0].contains("is read again"), "{}", screens[0]);
}

/// The reviewer would lose what they decided, or whoever edited the report what they wrote.
/// The desk would show the report as it was until somebody saves.
#[test]
fn a_change_before_the_first_look_at_the_disk_is_noticed_too() {
    let place = Place::with("bugs.md", REPORT);
    let look = desk_in(place.root()).store.watch();
    assert_eq!(look(), look());
    let look = desk_in(place.root()).store.watch();
    place.write("bugs.md", REPORT.to_owned() + "\nLater.\n");
    assert_ne!(look(), look());
}

#[test]
fn decisions_are_carried_over_to_a_report_that_others_changed() {
    let table = Table::new(REPORT);
    let decide = [keys("2Only the tests.<Enter>"), Step::Others, Step::Screenshot];
    let then = [keys("R"), Step::Settle, Step::Screenshot, keys("w"), Step::Settle, keys("q")];
    let steps = decide.into_iter().chain(then).collect();
    let screens =
        with_edit(&table, "### BUG-1", "### BUG-4: Told later\n- **Severity:** P0\n\n### BUG-1", steps);
    assert!(screens[0].contains("changed on disk"), "{}", screens[0]);
    assert!(screens[0].contains("R reads it again and carries 1 decision over"), "{}", screens[0]);
    assert!(screens[1].contains("1/4 reviewed") && screens[1].contains("P0→P2"), "{}", screens[1]);
    assert!(table.report().contains("P2 - ImportError (downgraded from P0)"), "{}", table.report());
    assert!(table.report().contains("### BUG-4: Told later\n"), "{}", table.report());
    assert_eq!(table.log().matches("\nkind: ").count(), 1);
}

/// A reviewer would decide anew without seeing what is another now, over the text of another bug.
#[test]
fn what_is_settled_is_in_sight_with_what_was_changed_in_it() {
    let table = Table::new(REPORT).sized(120, 40);
    let steps = [keys("2Only the tests.<Enter>j"), Step::OthersUnnoticed, keys("w"), Step::Settle];
    let then = [Step::Screenshot, keys("<Esc>"), Step::Screenshot];
    let edit =
        ("First crash\n- **Severity:** P0 - ImportError", "First crash\n- **Severity:** P0 - DataLoss");
    let screens = with_edit(&table, edit.0, edit.1, steps.into_iter().chain(then).collect());
    for said in [
        "was  - **Severity:** P0 - ImportError",
        "now  - **Severity:** P0 - DataLoss",
        " 1/3 ",
        "nothing was saved; X settles",
    ] {
        assert!(screens[0].contains(said), "no {said:?} in {}", screens[0]);
    }
    assert!(screens[1].contains(" 3/3 "), "the cursor is back where it was: {}", screens[1]);
}

#[test]
fn a_save_onto_a_change_that_nobody_noticed_keeps_both() {
    let table = Table::new(REPORT);
    let steps =
        [keys("2Only the tests.<Enter>"), Step::OthersUnnoticed, keys("w"), Step::Settle, Step::Screenshot];
    let screens = with_edit(&table, "Slow test", "Slower test", steps.into());
    assert!(
        screens[0].contains("saved 1 decision, onto the report as others had changed it"),
        "{}",
        screens[0]
    );
    assert!(table.report().contains("Slower test") && table.report().contains("downgraded from P0"));
    assert_eq!(table.log().matches("\nkind: ").count(), 1);
}

#[test]
fn what_others_changed_of_a_judged_bug_is_judged_again_before_it_is_saved() {
    let table = Table::new(REPORT);
    let decide =
        [keys("2Only the tests.<Enter>"), Step::OthersUnnoticed, keys("w"), Step::Settle, Step::Screenshot];
    let then = [keys("<Enter>"), Step::Screenshot, keys("w"), Step::Settle, keys("q")];
    let edit = (
        "### BUG-1: First crash\n- **Severity:** P0 - ImportError",
        "### BUG-1: First crash\n- **Severity:** P0 - DataLoss",
    );
    let screens = with_edit(&table, edit.0, edit.1, decide.into_iter().chain(then).collect());
    assert!(screens[0].contains("BUG-1  → P2") && screens[0].contains("Only the tests."), "{}", screens[0]);
    assert!(screens[0].contains("changed in the report since it was judged"), "{}", screens[0]);
    assert!(screens[1].contains("nothing is left to settle"), "{}", screens[1]);
    assert!(table.report().contains("P2 - DataLoss (downgraded from P0)"), "{}", table.report());
    assert_eq!(table.log().matches("\nkind: ").count(), 1);
}

/// What stands in the title now would have to be compared with what one remembers of it.
#[test]
fn of_a_title_that_was_changed_it_is_said_what_it_was_and_is() {
    let table = Table::new(REPORT);
    let steps =
        vec![keys("2Only the tests.<Enter>"), Step::Others, keys("R"), Step::Settle, Step::Screenshot];
    let screens = with_edit(&table, "First crash", "First crash (flaky)", steps);
    for said in ["was  ### BUG-1: First crash", "now  ### BUG-1: First crash (flaky)"] {
        assert!(screens[0].contains(said), "{said}\n{}", screens[0]);
    }
}

#[test]
fn a_decision_whose_bug_is_gone_waits_until_it_is_settled_or_dropped() {
    let table = Table::new(REPORT);
    let decide =
        [keys("2Only the tests.<Enter>"), Step::OthersUnnoticed, keys("R"), Step::Settle, Step::Screenshot];
    let screens = with_edit(&table, "BUG-1", "BUG-9", decide.into_iter().chain([keys("<Esc>q")]).collect());
    assert!(
        screens[0].contains("no longer in the report; Enter twice decides so on BUG-2"),
        "{}",
        screens[0]
    );
    let (_, screens) = table.play([
        Step::Screenshot,
        keys("<Esc>kX<Enter>"),
        Step::Screenshot,
        keys("<Enter>"),
        Step::Screenshot,
        keys("w"),
        Step::Settle,
    ]);
    assert!(screens[0].contains("no longer in the report"), "it waits for the next time\n{}", screens[0]);
    assert!(screens[1].contains("Enter again decides so on BUG-9"), "{}", screens[1]);
    assert!(screens[2].contains("P0→P2") && !screens[2].contains("to settle "), "{}", screens[2]);
    assert!(table.report().contains("### BUG-9: First crash\n- **Severity:** P2"), "{}", table.report());

    let table = Table::new(REPORT);
    let decide =
        [keys("2Only the tests.<Enter>"), Step::OthersUnnoticed, keys("R"), Step::Settle, keys("ddq")];
    with_edit(&table, "BUG-1", "BUG-9", decide.into());
    let (_, screens) = table.play([Step::Screenshot]);
    assert!(screens[0].contains("0/3 reviewed") && !screens[0].contains("no longer"), "{}", screens[0]);
}

/// Keys that were typed for the desk would decide on what they were never meant for.
#[test]
fn keys_typed_during_a_save_are_not_taken_by_what_the_save_brings_up() {
    let table = Table::new(REPORT);
    let burst = Step::Burst("w2ddd is what they typed<Enter>".to_owned());
    let steps =
        [keys("2Only the tests.<Enter>"), Step::OthersUnnoticed, burst, Step::Settle, Step::Screenshot];
    let screens = with_edit(&table, "BUG-1", "BUG-9", steps.into());
    assert!(screens[0].contains("no longer in the report"), "{}", screens[0]);
    assert!(screens[0].contains("typed meanwhile not taken"), "{}", screens[0]);
    assert!(screens[0].contains("0/3 reviewed"), "{}", screens[0]);
}

#[test]
fn a_change_seen_while_a_popup_is_open_is_read_once_that_is_closed() {
    let table = Table::new(REPORT);
    let steps = [keys("?"), Step::Others, Step::Screenshot, keys("<Esc>"), Step::Settle, Step::Screenshot];
    let screens = with_edit(&table, "Slow test", "Slower test", steps.into());
    assert!(screens[0].contains("Keys"), "{}", screens[0]);
    assert!(screens[1].contains("Slower test") && !screens[1].contains("changed on disk"), "{}", screens[1]);
}

/// The next save would write the old report over what others wrote.
#[test]
fn a_save_that_fails_after_carrying_over_goes_on_with_the_report_of_others() {
    let table = Table::new(REPORT);
    let log = table.place.path("bugs.deviations.yaml");
    let path = table.path();
    let steps =
        [keys("2Only the tests.<Enter>"), Step::OthersUnnoticed, keys("w"), Step::Settle, Step::Screenshot];
    let mut turn = 0;
    let others = {
        let log = log.clone();
        move || {
            turn += 1;
            if turn == 1 {
                edit(path.clone(), "Slow test", "Slower test")();
                fs::create_dir(&log).unwrap();
            } else {
                fs::remove_dir(&log).unwrap();
            }
        }
    };
    let then =
        [keys("<Esc>"), Step::Screenshot, Step::OthersUnnoticed, keys("w"), Step::Settle, Step::Screenshot];
    let script = Script::new(steps.into_iter().chain(then)).with_others(others);
    let (_, screens) = table.play_script(script);
    assert!(screens[0].contains("That did not work"), "{}", screens[0]);
    assert!(screens[1].contains("● 1 unsaved"), "{}", screens[1]);
    assert!(screens[2].contains("saved 1 decision"), "{}", screens[2]);
    assert!(table.report().contains("Slower test") && table.report().contains("downgraded from P0"));
}

#[test]
fn a_report_that_is_gone_is_said_to_be_and_nothing_is_written_in_its_place() {
    let table = Table::new(REPORT);
    let path = table.path();
    let script = [
        keys("2Only the tests.<Enter>"),
        Step::Others,
        Step::Screenshot,
        keys("w"),
        Step::Settle,
        Step::Screenshot,
    ];
    let (_, screens) = table.play_script(Script::new(script).with_others({
        let path = path.clone();
        move || fs::remove_file(&path).unwrap()
    }));
    assert!(
        screens[0].contains("no longer on the disk") && screens[0].contains("gone from disk"),
        "{}",
        screens[0]
    );
    assert!(screens[1].contains("That did not work"), "{}", screens[1]);
    assert!(!path.exists() && table.log().is_empty());
    fs::write(&path, REPORT).unwrap();
    assert!(table.play([Step::Screenshot]).1[0].contains("P0→P2"));
}

#[test]
fn a_log_that_others_added_to_is_added_to() {
    let table = Table::new(REPORT);
    let log = table.place.path("bugs.deviations.yaml");
    let steps = [
        keys("2Only the tests.<Enter>w"),
        Step::Settle,
        Step::Others,
        keys("1Tests alone.<Enter>w"),
        Step::Settle,
    ];
    let theirs = "# theirs\n";
    table.play_script(Script::new(steps).with_others({
        let log = log.clone();
        move || fs::write(&log, fs::read_to_string(&log).unwrap() + theirs).unwrap()
    }));
    assert!(table.log().contains(theirs) && table.log().matches("\nkind: ").count() == 2, "{}", table.log());
}

/// Somebody at another desk.
struct Colleague {
    store: Store,
    path: PathBuf,
    methodology: Arc<Methodology>,
    lock: Option<Lock>,
}

impl Colleague {
    fn at(table: &Table) -> Colleague {
        let store = Store::new(table.place.path("state"));
        let since = "2026-02-11T20:19:52Z".parse().unwrap();
        let holder = Holder { by: "Bob".to_owned(), pid: 815, since };
        let Hold::Ours(lock) = store.hold(&table.path(), &holder).unwrap() else { panic!("it is free") };
        let methodology = Config::embedded().methodology;
        Colleague { store, path: table.path(), methodology, lock: Some(lock) }
    }

    fn open(&self) -> Opened {
        self.store.open(&self.path, &self.methodology).unwrap()
    }

    fn decide(&self) {
        let mut draft = Draft::new(Kind::Reclassified, BugSet::from(BugIx(1)), Set::severity(LevelId(3)));
        "Bob's reason.".clone_into(&mut draft.rationale);
        let at = "2026-02-11T20:21:00Z".parse().unwrap();
        self.open().journal.record(&Event::Decided(Decision { at, by: "Bob".to_owned(), draft })).unwrap();
    }
}

#[test]
fn a_second_desk_looks_on_and_takes_over_once_the_first_is_closed() {
    let table = Table::new(REPORT);
    let colleague = Rc::new(RefCell::new(Colleague::at(&table)));
    let looks = [Step::Screenshot, keys("2"), Step::Screenshot, keys("j"), Step::Others, Step::Screenshot];
    let takes = [
        Step::OthersUnnoticed,
        keys("R"),
        Step::Settle,
        Step::Screenshot,
        keys("k2Tests alone.<Enter>"),
        Step::Screenshot,
    ];
    let mut turn = 0;
    let others = move || {
        turn += 1;
        if turn == 1 { colleague.borrow().decide() } else { drop(colleague.borrow_mut().lock.take()) }
    };
    let script = Script::new(looks.into_iter().chain(takes)).with_others(others);
    let (_, screens) = table.play_script(script);
    assert!(
        screens[0].contains("Bob (since 2026-02-11 20:19Z) decides on this report; you look on until"),
        "{}",
        screens[0]
    );
    assert!(screens[0].contains("read-only"), "{}", screens[0]);
    assert!(screens[1].contains("desk is closed") && !screens[1].contains("P0→P2"), "{}", screens[1]);
    assert!(screens[2].contains("P0→P3"), "what Bob decides is seen as he does\n{}", screens[2]);
    assert!(screens[2].contains("? keys"), "the keys are in sight meanwhile\n{}", screens[2]);
    assert!(screens[3].contains("you decide now") && screens[3].contains("P0→P3"), "{}", screens[3]);
    assert!(screens[4].contains("P0→P2") && screens[4].contains("P0→P3"), "{}", screens[4]);
}

/// Who looks on would go on doing so, told of a desk that is gone.
#[test]
fn a_second_desk_takes_over_by_itself_once_the_first_is_closed() {
    let table = Table::new(REPORT);
    let mut colleague = Colleague::at(&table);
    let steps = [Step::Others, Step::Screenshot, keys("2Tests alone.<Enter>"), Step::Screenshot];
    let (_, screens) = table.play_script(Script::new(steps).with_others(move || drop(colleague.lock.take())));
    assert!(screens[0].contains("you decide now"), "{}", screens[0]);
    assert!(screens[1].contains("P0→P2"), "{}", screens[1]);
}

#[test]
fn whoever_looks_on_is_told_why_claims_are_not_set() {
    let report = "# Bugs\n\n- Critical: 12\n\n## P0 Bugs\n\n### BUG-1: Crash\n- **Severity:** P0\n";
    for (width, height) in [(120, 40), (40, 12)] {
        let table = Table::new(report).sized(width, height);
        let _colleague = Colleague::at(&table);
        let (_, screens) =
            table.play([keys("<Esc>C"), Step::Settle, keys("f"), Step::Settle, Step::Screenshot]);
        assert!(
            screens[0].contains("claim: P0 claims 12") && screens[0].contains("decides on this report"),
            "{}",
            screens[0]
        );
        assert!(!screens[0].contains("set claims"), "{}", screens[0]);
        assert_eq!(table.report(), report);
    }
}

#[test]
fn commands_do_not_decide_on_a_report_that_is_open_at_a_desk() {
    let table = Table::new(REPORT);
    let colleague = Colleague::at(&table);
    let set = ["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", "Only tests are concerned."];
    let said = table.place.run(&set);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("Bob (since 2026") && said.err.contains("process 815"), "{}", said.err);
    assert_eq!(table.place.run(&["list", "bugs.md"]).code, 0);
    drop(colleague);
    assert_eq!(table.place.run(&set).code, 0);
}

/// Enter, pressed once more out of habit, would confirm whatever bug lies beneath.
#[test]
fn a_popup_of_misfits_that_closes_says_what_enter_means_from_there_on() {
    let table = Table::new(REPORT);
    let steps = vec![
        keys("2Only a warning.<Enter>k"),
        Step::Others,
        keys("R"),
        Step::Settle,
        keys("X"),
        Step::Screenshot,
        keys("<Esc>"),
        Step::Screenshot,
        keys("X<Enter>"),
        Step::Screenshot,
    ];
    let screens = with_edit(&table, "### BUG-1: First crash\n", "### BUG-1: First crash, told anew\n", steps);
    let stays = "1 decision to settle: Enter decides anew";
    assert!(screens[0].contains(stays), "the key that opens it does not close it: {}", screens[0]);
    let said = screens[1].split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("1 decision left to settle, X goes on; Enter now confirms BUG-1"),
        "{}",
        screens[1]
    );
    assert!(screens[2].contains("nothing is left to settle; Enter now confirms BUG-1"), "{}", screens[2]);
}

/// A key that an own key map has given something else to do would settle while a save decides what is pending.
#[test]
fn keys_that_settle_wait_for_a_save_whatever_else_they_are_mapped_to() {
    let folder = tempfile::tempdir().unwrap();
    let keys = "keys: {down: [d], up: [Enter], confirm: [F2]}";
    fs::write(folder.path().join("config.yaml"), keys).unwrap();
    let env = Env { config_dir: Some(folder.path().to_owned()), ..Env::default() };
    let Config { settings, keymap, methodology, .. } = config::load(&env, None).unwrap();
    let (settings, keymap) = (Arc::new(settings), Arc::new(keymap));
    for code in [Code::Enter, Code::Char('d')] {
        let report = Arc::new(Report::parse(REPORT.as_bytes().into(), &methodology));
        let draft = Draft::new(Kind::Confirmed, BugSet::from(BugIx(0)), Set::default());
        let decision = Decision { at: jiff::Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft };
        let misfit = Misfit { decision, lost: Lost::Changed };
        let session = Session::new(report, Arc::clone(&methodology), Vec::new()).with_misfits(vec![misfit]);
        let mut app = App::new(session, "bugs.md", Arc::clone(&settings), Arc::clone(&keymap));
        app.update(Msg::Key(Key::plain(Code::Char('X'))));
        app.ui.busy = Busy::Saving;
        for _ in 0..2 {
            let effects = app.update(Msg::Key(Key::plain(code)));
            assert!(effects.is_empty(), "{effects:?}");
        }
    }
}

/// Who decides while a save runs would not know whether the key was taken, nor why no popup opens.
#[test]
fn keys_that_wait_for_a_save_are_counted_beside_it_however_many_bugs_there_are() {
    let many = (0..4000).map(|at| format!("### BUG-{at}: It breaks\n- **Severity:** P{}\n\n", at % 4));
    for report in [REPORT.to_owned(), many.collect()] {
        let Config { settings, keymap, methodology, theme, .. } = Config::embedded();
        let report = Arc::new(Report::parse(report.into_bytes().into(), &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let mut app = App::new(session, "bugs.md", Arc::new(settings), Arc::new(keymap));
        app.ui.busy = Busy::Saving;
        let mut memory = Memory::default();
        for (keys, said, short) in [("3", "1 key waiting", "+1"), ("so", "3 keys waiting", "+3")] {
            for key in keys.chars() {
                app.update(Msg::Key(Key::plain(Code::Char(key))));
            }
            for (width, height) in [(120, 40), (80, 24), (40, 12)] {
                let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
                terminal.draw(|frame| _ = ui::draw(&app, &theme, &mut memory, frame)).unwrap();
                let screen = terminal.backend().to_string();
                assert!(screen.contains("saving"), "{screen}");
                assert!(screen.contains(if width > 40 { said } else { short }), "{screen}");
            }
        }
    }
}

/// Whoever opens the report next would have to wait for what the desk that was left still works at.
#[test]
fn who_leaves_gives_the_report_up_whatever_still_looks_at_it() {
    let place = Place::with("bugs.md", REPORT);
    let store = Store::new(place.path("state"));
    let mut kept = desk_in(place.root()).store;
    assert!(store.is_held(&place.path("bugs.md")));
    kept.leave();
    assert!(!store.is_held(&place.path("bugs.md")));
    let mut next = desk_in(place.root());
    assert!(next.app.ui.holder.is_none());
    next.store.append(&Event::Undone).unwrap();
    assert!(kept.append(&Event::Undone).is_err());
}
