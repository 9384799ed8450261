//! The views, and a walk through all of them.

use regrade::tui::{Script, Step};

use super::{REPORT, WHY, keys, script};
use crate::desk::Table;

/// Every view by its name, the keys that open it from the list, and what it says of the report above where there is
/// room; the question before leaving comes last, since on another report its key may leave.
pub const VIEWS: &[(&str, &str, &str)] = &[
    ("list", "", "Second crash"),
    ("list by severity", "b", "P1 High · 1 bug"),
    ("range", "v", "1 in range"),
    ("detail", "l", "• Severity"),
    ("preview", "p", "this bug names no files"),
    ("rationale", "2Only the", "Only the"),
    ("rationale on many", "*2", "3 bugs"),
    ("rules", "2<Alt-r>", "Which rule does it stand under?"),
    ("note", "cTo be seen", "To be seen"),
    ("keys of a popup", "2<F1>", "Keys here"),
    ("error", "2<Ctrl-e>", "That did not work"),
    ("scopes", "s", "What does it really affect?"),
    ("statuses", "x", "What has become of it?"),
    ("form of a fix", "xrCommit 41fa1643<Tab>", "Commit 41fa1643"),
    ("form of a deferral", "xfsoon", "soon"),
    ("originals", "xuse", "Second crash"),
    ("sorting", "t", "Sort by"),
    ("what to record", "r", "What is to be recorded"),
    ("recording a fix", "rfThe parser<Tab>", "The parser"),
    ("recording a finding", "riAll of it<Tab>", "All of it"),
    ("exports", "e", "Export what was decided as"),
    ("objection", "G0Customers lose orders by it.<Enter><Enter>", "a reason is needed"),
    ("settling", "X", "no longer fit the report"),
    ("facets", "f", "Facets"),
    ("terms", "/se", "severity"),
    ("values", "/sev:", "sev:P0"),
    ("what is no filter", "/is:nothing ", "! "),
    ("palette", ":sev", "Actions"),
    ("palette without a match", ":zzz", "no such thing"),
    ("which key", "y", "leaves"),
    ("help", "?", "Move to the next bug"),
    ("diff", "D", "what saving would change"),
    ("log", "L", "Deviation log"),
    ("check", "C", "BUG-"),
    ("methodology", "M", "Levels"),
    ("searching", "M/template", "/ template"),
    ("statistics", "S", "reviewed"),
    ("quitting", "q", "Quit?"),
];

/// Leads from any view back to the list as it was.
const BACK: &str = "<Esc><Esc><Esc><Esc>h";

/// A desk whose log is damaged, and on which a decision waits to be settled and another to be saved, is led through
/// every view; `looks` is done in each, and first where it tells of the log.
pub fn walk(table: &Table, looks: &[Step]) -> Script {
    table.place.write("bugs.deviations.yaml", "--- [\n");
    let decide = format!("<Esc>g2{WHY}<Enter>");
    let begin = [keys(&decide), Step::OthersUnnoticed, keys("R"), Step::Settle, keys("<Esc><Esc>G<Enter>g")];
    let view = |(name, open, _): &(&str, &str, &str)| {
        let toggles = if matches!(*name, "preview" | "list by severity") { *open } else { "" };
        let back = keys(&format!("{BACK}{toggles}g"));
        [&[keys(open), Step::Settle][..], looks, &[back, Step::Settle]].concat()
    };
    let steps = looks.iter().cloned().chain(begin).chain(VIEWS.iter().flat_map(view));
    let mut script = script(table, steps);
    table.run(&mut script);
    script
}

/// The names of the views in the order in which a walk comes by them.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("notice").chain(VIEWS.iter().map(|(name, ..)| *name))
}

/// A test that never comes to a view says nothing of it.
#[test]
fn every_view_opens_on_its_keys() {
    let walked = walk(&Table::new(REPORT).sized(120, 40), &[Step::Screenshot]);
    for ((name, _, said), screen) in VIEWS.iter().zip(&walked.screens()[1..]) {
        assert!(screen.contains(said), "{name} does not say {said:?}\n{screen}");
    }
}
