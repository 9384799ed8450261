//! What reviewers do, step by step; each decision is known by its rationale.

use crate::store::rig::{self, decided, unsayable};
use crate::store::simulated::Simulated;
use crate::triage::Event;

/// Where the report is.
pub(super) const PATH: &str = "/reports/bugs.md";
/// Where its log is.
pub(super) const LOG: &str = "/reports/bugs.deviations.yaml";
/// Where journals are kept.
pub(super) const STATE: &str = "/home/state";

/// A decision still to be made in terms of the open report.
#[derive(Clone)]
pub(super) enum Ask {
    /// This event.
    Event(Box<Event>),
    /// The claims are set to what is documented.
    Restate(String),
    /// The newest saved decision is taken back.
    Revert(String),
}

/// What somebody does.
#[derive(Clone)]
pub(super) enum Step {
    /// Opens the report, anew if it is open.
    Open,
    Decide(Ask),
    Undo,
    Redo,
    Save,
    /// Tries to save what others have changed underneath.
    SaveInVain,
    /// Decides and saves in one go.
    Commit(Ask),
    /// Decides anew what no longer fits, by place among such, or drops it.
    Settle {
        misfit: usize,
        anew: bool,
    },
    /// Somebody else adds this to the report.
    TheirReport(&'static str),
    /// Somebody else adds this to the log.
    TheirLog(&'static str),
}

/// Steps and the disk that they begin on.
#[derive(Clone)]
pub(super) struct Script {
    pub(super) name: String,
    pub(super) start: Simulated,
    pub(super) steps: Vec<Step>,
}

impl Script {
    pub(super) fn new(name: impl Into<String>, start: Simulated, steps: Vec<Step>) -> Script {
        Script { name: name.into(), start, steps }
    }
}

/// A decision that gives bugs, by place, a level.
pub(super) fn decide(bugs: &[u32], level: u8, name: &str) -> Step {
    Step::Decide(Ask::Event(Box::new(decided(bugs, level, name))))
}

/// The same, saved at once.
pub(super) fn commit(bugs: &[u32], level: u8, name: &str) -> Step {
    Step::Commit(Ask::Event(Box::new(decided(bugs, level, name))))
}

/// A disk with a report and no log, on which nothing was ever kept.
pub(super) fn fresh() -> Simulated {
    let disk = Simulated::new(&["/reports", "/home"]);
    disk.put(PATH, report().as_bytes());
    disk
}

/// A report that counts wrong.
fn report() -> String {
    rig::REPORT.replace("| 2 |", "| 5 |")
}

/// What others add to the report.
pub(super) const THEIRS: &str = "Theirs.\n\n";
const FOREIGN: &str = "---\nid: by hand\n";

/// A review with two saves, decisions on one bug and on several, undone and made again.
pub(super) fn review() -> Vec<Step> {
    vec![
        Step::Open,
        decide(&[1], 2, "one"),
        decide(&[0, 2], 1, "several"),
        Step::Undo,
        Step::Redo,
        decide(&[2], 3, "undone for good"),
        Step::Undo,
        Step::Save,
        decide(&[0], 3, "after the save"),
        Step::Save,
    ]
}

fn confirmed_alone() -> Vec<Step> {
    vec![Step::Open, decide(&[2], 2, "right as it is"), Step::Save, decide(&[0], 0, "so is this"), Step::Save]
}

fn claims_and_reverts() -> Vec<Step> {
    vec![
        Step::Open,
        Step::Decide(Ask::Restate("counted".into())),
        decide(&[0], 1, "tests"),
        Step::Save,
        Step::Decide(Ask::Revert("not so".into())),
        Step::Save,
        Step::Open,
        Step::Undo,
        decide(&[1], 2, "at last"),
        Step::Save,
    ]
}

fn commits() -> Vec<Step> {
    let back = Step::Commit(Ask::Revert("taken back".into()));
    let restated = Step::Commit(Ask::Restate("counted".into()));
    vec![Step::Open, commit(&[1], 2, "set"), Step::Open, back, Step::Open, restated, Step::Open]
}

fn beside_others() -> Vec<Step> {
    vec![
        Step::Open,
        decide(&[1], 2, "one"),
        Step::TheirLog(FOREIGN),
        decide(&[0], 1, "two"),
        Step::TheirReport(THEIRS),
        Step::SaveInVain,
        decide(&[2], 3, "three"),
        Step::Open,
        Step::Undo,
        Step::Save,
        Step::TheirReport(THEIRS),
        Step::TheirLog(FOREIGN),
        Step::Open,
        decide(&[2], 1, "four"),
        Step::Save,
    ]
}

/// Sessions after whose end, wherever it comes, the next opening meets trouble too.
pub(super) fn interrupted() -> Vec<Script> {
    let changing = vec![Step::Open, decide(&[0, 1], 2, "first"), Step::Save];
    let confirming = vec![Step::Open, decide(&[2], 2, "first"), Step::Save];
    vec![Script::new("changing", fresh(), changing), Script::new("confirming", fresh(), confirming)]
}

/// The decision that no save can write.
pub(super) const UNSAID: &str = "cannot be said";

/// Saves what can be, and goes on beside what cannot.
fn refused() -> Vec<Step> {
    vec![
        Step::Open,
        decide(&[1], 2, "one"),
        Step::Decide(Ask::Event(Box::new(unsayable(&[0], UNSAID)))),
        decide(&[2], 1, "two"),
        Step::Save,
        decide(&[2], 3, "three"),
        Step::Save,
        Step::Undo,
        decide(&[0], 1, "in its place"),
        Step::Save,
    ]
}

fn going_on() -> Vec<Step> {
    vec![Step::Open, Step::Redo, decide(&[2], 3, "gone on"), Step::Save, Step::Open]
}

/// Goes on beside a decision that no longer fits, which is settled in the end.
fn settling(anew: bool) -> Vec<Step> {
    vec![
        Step::Open,
        decide(&[2], 3, "more"),
        Step::Save,
        decide(&[0], 3, "after the save"),
        Step::Settle { misfit: 0, anew },
        Step::Undo,
        Step::Save,
        Step::Open,
    ]
}

/// The scripts; `played` gives the disk that steps leave on another.
pub(super) fn scripts(played: impl Fn(&Simulated, &[Step]) -> Simulated) -> Vec<Script> {
    let pending = vec![Step::Open, decide(&[1], 2, "pending"), decide(&[0], 1, "undone"), Step::Undo];
    let pending = played(&fresh(), &pending);
    let judged = vec![Step::Open, decide(&[1], 2, "judged"), decide(&[0], 1, "other")];
    let judged = played(&fresh(), &judged);
    let logged = played(&fresh(), &[Step::Open, decide(&[0], 2, "of old"), Step::Save]);
    let foreign = fresh();
    foreign.put(LOG, b"---\nid: by hand, without a line end");
    vec![
        Script::new("review", fresh(), review()),
        Script::new("confirmations", fresh(), confirmed_alone()),
        Script::new("claims and reverts", fresh(), claims_and_reverts()),
        Script::new("commits", fresh(), commits()),
        Script::new("refused", fresh(), refused()),
        Script::new("beside others", fresh(), beside_others()),
        Script::new("pending journal", pending.clone(), going_on()),
        Script::new("changed since", changed(&pending), going_on()),
        Script::new("decided anew", edited(&judged), settling(true)),
        Script::new("dropped", edited(&judged), settling(false)),
        Script::new("damaged tail", damaged(&pending), going_on()),
        Script::new("saved before", logged.clone(), review()),
        Script::new("commits on a log", logged, commits()),
        Script::new("foreign log", foreign, confirmed_alone()),
    ]
}

/// The same with a report that others have changed.
fn changed(disk: &Simulated) -> Simulated {
    let disk = disk.clone();
    disk.put(PATH, (THEIRS.to_owned() + &report()).as_bytes());
    disk
}

/// The same with a report in which others have changed a bug that was judged.
fn edited(disk: &Simulated) -> Simulated {
    let disk = disk.clone();
    disk.put(PATH, report().replace("CoverageWarning", "DataLoss").as_bytes());
    disk
}

/// The same with half a line more in the journal.
fn damaged(disk: &Simulated) -> Simulated {
    let disk = disk.clone();
    let journal = journal(&disk).expect("something is pending");
    let whole = disk.get(&journal).expect("it is listed");
    disk.put(&journal, &[&whole[..], &whole[..whole.len() / 3]].concat());
    disk
}

/// The path of the only journal.
fn journal(disk: &Simulated) -> Option<String> {
    let files = disk.files().into_iter().filter_map(|path| path.to_str().map(str::to_owned));
    files.into_iter().find(|path| path.ends_with(".journal"))
}
