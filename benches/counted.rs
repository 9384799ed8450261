//! One pass over a report, for a profiler that counts instructions: the same figure on every run, to a millionth.
//!
//! `benches/README.md` has the commands and the last figures. All work is done on the one thread that is counted, so
//! that nothing is lost and nothing depends on how threads happen to meet.

#[allow(dead_code)]
mod generator;
mod screen;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use regrade::methodology::{LevelId, Methodology};
use regrade::report::{BugIx, Report, Writing};
use regrade::store::{Journal, Store};
use regrade::text::Bytes;
use regrade::triage::query::{Known, Matches, Query};
use regrade::triage::{BugSet, Decision, Draft, Event, Kind, Session, Set};

fn main() {
    let here = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    here.expect("nothing has asked for threads before");
    let given: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let methodology = Arc::new(Methodology::embedded());
    let done = match given[..] {
        ["write", bugs, report] => written(bugs.parse().expect("a number of bugs"), report),
        ["index", report] => counted_index(bytes(report), &methodology).len(),
        ["filter", report, query] => filtered(report, query, &methodology),
        ["keys", report, presses] => pressed(report, presses.parse().expect("a number of presses")),
        ["save", report] => {
            saved(Path::new(report), &methodology, &|bugs| BugSet::from(BugIx(bugs as u32 - 2)))
        }
        ["save all", report] => saved(Path::new(report), &methodology, &BugSet::all),
        // Without arguments it is one of all benches, which has nothing to say.
        _ => return,
    };
    writeln!(std::io::stdout(), "{done}").expect("somebody listens");
}

/// Writes the report that is counted.
fn written(bugs: usize, report: &str) -> usize {
    let mut out = BufWriter::new(File::create(report).expect("the report can be written"));
    generator::report(bugs, 7, &mut out).and_then(|()| out.flush()).expect("room for the report");
    bugs
}

fn bytes(report: &str) -> Bytes {
    std::fs::read(report).expect("the report can be read").into()
}

#[inline(never)]
fn counted_index(base: Bytes, methodology: &Arc<Methodology>) -> Report {
    Report::parse(base, methodology)
}

/// How many bugs a query finds, once their letters are known as they are when a filter is typed.
fn filtered(report: &str, query: &str, methodology: &Arc<Methodology>) -> usize {
    let report = Arc::new(Report::parse(bytes(report), methodology));
    counted_letters(&report);
    let query = Query::parse(query, &report);
    let session = Session::new(report, Arc::clone(methodology), Vec::new());
    counted_filter(&session, &query)
}

#[inline(never)]
fn counted_letters(report: &Report) {
    report.find_letters();
}

#[inline(never)]
fn counted_filter(session: &Session, query: &Query) -> usize {
    let overtaken = AtomicBool::new(false);
    Matches::search(session, &Known::default(), query, None, &overtaken)
        .map_or(0, |matches| matches.bugs.len())
}

/// Goes down to the next bug and back so many times, with a frame after each key.
fn pressed(report: &str, presses: usize) -> usize {
    let mut desk = screen::Desk::of(Path::new(report));
    ["j", "k"].iter().for_each(|key| desk.press(key));
    counted_keys(&mut desk, presses)
}

#[inline(never)]
fn counted_keys(desk: &mut screen::Desk, presses: usize) -> usize {
    ["j", "k"].iter().cycle().take(presses).for_each(|key| desk.press(key));
    presses
}

/// Sets bugs of a copy, the last but one or all, to P1 and saves it.
fn saved(report: &Path, methodology: &Arc<Methodology>, whom: &dyn Fn(usize) -> BugSet) -> usize {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let copy = folder.path().join("report.md");
    std::fs::copy(report, &copy).expect("room for a copy");
    let store = Store::new(folder.path().join("state"));
    let mut opened = store.open(&copy, methodology).expect("the report was just written");
    let mut session = opened.session();
    let bugs = whom(session.report().len());
    let mut draft = Draft::new(Kind::Reclassified, bugs, Set::severity(LevelId(1)));
    draft.rationale = "It keeps the whole suite from running.".to_owned();
    let event = Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada Example".to_owned(), draft });
    opened.journal.record(&event).expect("room for a journal");
    session.apply(event);
    counted_save(&store, &mut opened.journal, &session)
}

#[inline(never)]
fn counted_save(store: &Store, journal: &mut Journal, session: &Session) -> usize {
    store.save(journal, session, Writing::default()).expect("nothing is in the way").bugs
}
