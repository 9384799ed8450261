//! The same decisions give the same bytes, however many saves they take and whatever they are made with.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use regrade::app::Leaving;
use regrade::deviation::{self, Drafted, Log};
use regrade::methodology::LevelId;
use regrade::report::{BugIx, Report, To, Writing};
use regrade::triage::{BugSet, Draft, Set};
use regrade::tui::Step;

use crate::desk::Table;
use crate::parsed::{METHODOLOGY, decided, parse, session};
use crate::place::Place;
use crate::undone;

const SAMPLE: &str = include_str!("../assets/sample.md");

/// How many bugs of a document a course of decisions is about.
const BUGS: usize = 6;

/// Bugs by their handles, and what they get.
type Wish = (Vec<String>, Set);

fn scope(text: &str) -> Set {
    Set { scope: To::Value(text.to_owned()), ..Set::default() }
}

fn fields(fields: &[(&str, &str)]) -> Set {
    let field = |(name, text): &(&str, &str)| ((*name).to_owned(), To::Value((*text).to_owned()));
    Set { fields: fields.iter().map(field).collect(), ..Set::default() }
}

fn status(text: &str, set: Set) -> Set {
    Set { status: To::Value(text.to_owned()), ..set }
}

/// Decisions of several kinds about these bugs, in an order that is not that of the document. None sets a value anew:
/// what was never saved is not in the report, and what was saved has been.
fn wishes(bugs: &[String], turn: usize) -> Vec<Wish> {
    let bug = |at: usize| bugs.get(at).cloned().into_iter().collect::<Vec<String>>();
    let level = |by: usize| Set::severity(LevelId(((turn + by) % 4) as u8));
    let fix = fields(&[("Fix", "Bolted down"), ("Verification", "Pulled"), ("Commit", "4f1c2aa")]);
    let all = [
        (bug(2), level(0)),
        (bug(0), level(0)),
        (bug(1), status("Resolved", fix)),
        (bug(0), scope("Test infrastructure")),
        (bug(3), Set { scope: To::Value("Configuration".to_owned()), ..level(1) }),
        (bug(2), fields(&[("Fix", "Painted")])),
        ([bug(4), bug(5)].concat(), level(2)),
        (bug(2), fields(&[("Verification", "Looked at"), ("Regression test", "pier::rain")])),
        (bug(0), status("Deferred", Set::default())),
        (bug(1), level(0)),
        (bugs.to_vec(), fields(&[("Owner", "Ada")])),
    ];
    all.into_iter().filter(|(bugs, _)| !bugs.is_empty()).collect()
}

/// Handles of bugs that no other bug is called like, spread over the document; the last first.
fn told_apart(report: &Report, skipped: usize) -> Vec<String> {
    let name = |bug| report.handle(bug).split('#').next().unwrap_or_default().to_lowercase();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    report.indexes().for_each(|bug| *names.entry(name(bug)).or_default() += 1);
    let bugs: Vec<BugIx> = report.indexes().filter(|bug| names[&name(*bug)] == 1).collect();
    let step = bugs.len().div_ceil(BUGS).max(1);
    let skipped = skipped % bugs.len().max(1);
    let some = bugs.into_iter().skip(skipped).step_by(step).take(BUGS);
    let mut some: Vec<String> = some.map(|bug| report.handle(bug).into_owned()).collect();
    some.reverse();
    some
}

fn draft(report: &Report, (bugs, set): &Wish) -> Option<Draft> {
    let bugs: Option<Vec<BugIx>> = bugs.iter().map(|bug| report.find(bug)).collect();
    let kind = set.kind(METHODOLOGY.fields());
    let draft = Draft::new(kind, bugs?.into_iter().collect::<BugSet>(), set.clone());
    Some(Draft { rationale: WHY.to_owned(), ..draft })
}

/// What these decisions, saved so many at a time, make of a document and its log; `None` where a report would not say
/// what was decided.
fn saved(report: &Arc<Report>, wishes: &[Wish], at_a_time: usize) -> Option<(Arc<Report>, Log)> {
    let (mut report, mut log) = (Arc::clone(report), Log::default());
    for wishes in wishes.chunks(at_a_time) {
        let mut session = session(&report, &log);
        for wish in wishes {
            let draft = draft(&report, wish)?;
            session.apply(decided(draft));
        }
        let edits = session.edits(Writing::default()).ok()?;
        let bytes = edits.apply(report.base());
        let after = Arc::new(parse(&bytes));
        let (_, new) = Drafted::of(&session, Writing::default()).entries(&log, (&after, &edits));
        let all = log.entries.iter().map(deviation::Entry::document).collect::<String>() + &new;
        (report, log) = (after, Log::read(all.as_bytes()));
    }
    Some((report, log))
}

/// What differs where a course of decisions is saved at once, or some at a time, and not one by one; with how often that
/// was tried.
pub fn differences(document: &[u8], turn: usize) -> (usize, Vec<String>) {
    let report = Arc::new(parse(document));
    let wishes = wishes(&told_apart(&report, turn), turn);
    let Some((one_by_one, _)) = saved(&report, &wishes, 1).filter(|_| !wishes.is_empty()) else {
        return (0, Vec::new());
    };
    let one_by_one = one_by_one.base();
    let all = [wishes.len(), 3].map(|at_a_time| {
        let together = saved(&report, &wishes, at_a_time).map(|(report, _)| report.base().to_vec());
        let together = together.unwrap_or_default();
        (together != **one_by_one)
            .then(|| format!("{at_a_time} at a time: {}", differing(&together, one_by_one)))
    });
    (all.len(), all.into_iter().flatten().collect())
}

/// Another value in the place of each.
fn anew((bugs, set): &Wish) -> Wish {
    let other = |to: &To<String>| match to {
        To::Value(text) if text == "Resolved" => To::Value("In progress".to_owned()),
        To::Value(text) if text == "Deferred" => To::Value("Resolved".to_owned()),
        To::Value(text) if text == "Configuration" => To::Value("Documentation".to_owned()),
        To::Value(text) if text == "Test infrastructure" => To::Value("Configuration".to_owned()),
        To::Value(text) => To::Value(format!("{text} again")),
        to => to.clone(),
    };
    let fields = set.fields.iter().map(|(name, to)| (name.clone(), other(to))).collect();
    let severity =
        if let To::Value(level) = set.severity { To::Value(LevelId((level.0 + 1) % 4)) } else { To::Keep };
    (bugs.clone(), Set { severity, scope: other(&set.scope), status: other(&set.status), fields })
}

/// Whether a report says of its bugs' levels what a log says of them last.
fn is_as_decided(report: &Arc<Report>, wishes: &[Wish]) -> bool {
    let level = |(bugs, set): &Wish| {
        let bugs = bugs.iter().filter_map(|bug| Some((report.find(bug)?, set.severity)));
        bugs.filter(|(_, to)| !to.is_keep()).collect::<Vec<_>>()
    };
    let last: BTreeMap<BugIx, To<LevelId>> = wishes.iter().flat_map(level).collect();
    last.into_iter().all(|(bug, to)| To::from_option(report.level(bug)) == to)
}

/// What differs where a log, in which bugs are decided, saved, decided anew and saved again, is exported like this and applied
/// to the document as it was, and then once more; `None` where that was not tried.
pub fn applied(document: &[u8], turn: usize, to: &str) -> Option<Vec<String>> {
    let report = Arc::new(parse(document));
    let first = wishes(&told_apart(&report, turn), turn);
    let all: Vec<Wish> = first.iter().cloned().chain(first.iter().map(anew)).collect();
    let (wanted, log) = saved(&report, &all, 1)
        .filter(|(report, log)| is_as_decided(report, &all) && !log.entries.is_empty())?;
    let original = Place::with("bugs.md", wanted.base());
    let entries: String = log.entries.iter().map(deviation::Entry::document).collect();
    original.write("bugs.deviations.yaml", entries);
    original.done(&["export", "bugs.md", "--to", to, "-o", "decided"]);
    let copy = Place::with("bugs.md", document);
    fs::copy(original.path("decided"), copy.path("decided")).unwrap();
    let apply = || copy.run(&["apply", "bugs.md", "decided", "--override", "It is right all the same."]);
    let (said, once) = (apply(), copy.files());
    let again = apply();
    let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    let wrong = [
        (said.code != 0).then(|| format!("not applied: {}", said.err)),
        (said.code == 0 && once["bugs.md"] != **wanted.base())
            .then(|| format!("applied: {}", differing(&once["bugs.md"], wanted.base()))),
        (said.code == 0 && (again.code != 0 || copy.files() != once))
            .then(|| format!("once more: {}{}", again.out, text(again.err.as_bytes()))),
    ];
    Some(wrong.into_iter().flatten().collect())
}

/// The first line in which two documents differ.
fn differing(one: &[u8], other: &[u8]) -> String {
    let (one, other) = (String::from_utf8_lossy(one), String::from_utf8_lossy(other));
    let pair = one.lines().zip(other.lines()).enumerate().find(|(_, (one, other))| one != other);
    pair.map_or("the end".to_owned(), |(at, (one, other))| {
        format!("line {}: {one:.90} | {other:.90}", at + 1)
    })
}

/// Reports whose bugs have their fields on one line, in items, or not at all.
const FIELDS: [&str; 3] = [
    "# Pier\n\n## High\n\n### Bollard loose\nIt moves.\n\n### Lamp dark\nAt night.\n\n### Rope frayed\n\n## Low\n\n### Paint worn\n",
    "# Pier\n\n- **Bug:** Bollard loose  \n  **Severity:** High | **At:** the head  \n  **Details:** It moves.\n\n\
     - **Bug:** Lamp dark  \n  **Severity:** Low | **At:** the foot  \n  **Details:** At night.\n",
    "# Pier\n\n## Critical\n\n- [ ] **Bollard loose.** It moves. **Fix:** bolt it.\n- [ ] **Lamp dark.** At night.\n\n## Low\n\n\
     - [ ] **Paint worn.** Red.\n- [ ] **Net torn.** Twice.\n",
];

#[test]
fn the_same_decisions_give_the_same_bytes_however_many_saves_they_take() {
    let others = undone::ALL.map(|(_, text)| text).into_iter().chain(FIELDS);
    let forms = others.flat_map(undone::forms).chain([SAMPLE.into()]);
    for form in forms {
        for turn in 0..4 {
            let (tried, wrong) = differences(&form, turn);
            assert!(tried > 0 && wrong.is_empty(), "{wrong:#?}\n{}", String::from_utf8_lossy(&form));
        }
    }
}

/// What a colleague applies would be another report than that of the person who decided, or another one with each time.
#[test]
fn what_was_saved_and_decided_anew_is_applied_step_by_step_and_once() {
    let others = undone::ALL.map(|(_, text)| text).into_iter().chain(FIELDS).chain([SAMPLE]);
    let tried =
        others.zip(["yaml", "json", "jsonl"].into_iter().cycle()).enumerate().map(|(turn, (text, to))| {
            let wrong = applied(text.as_bytes(), turn, to);
            assert!(wrong.iter().flatten().next().is_none(), "{wrong:#?}\n{text}");
            usize::from(wrong.is_some())
        });
    assert!(tried.sum::<usize>() > 5);
}

/// A level decided first and another one afterwards, both before a save, would leave the bug where nobody wants it.
#[test]
fn what_is_decided_anew_before_it_is_saved_leaves_no_trace() {
    let report = Arc::new(parse(SAMPLE.as_bytes()));
    let bug = |id: &str| BugSet::from(report.find(id).unwrap());
    let mut session = session(&report, &Log::default());
    for (id, level) in [("BUG-010", 2), ("BUG-007", 2), ("BUG-010", 1), ("BUG-010", 0), ("BUG-007", 0)] {
        let set = Set::severity(LevelId(level));
        session.apply(decided(Draft::new(set.kind(METHODOLOGY.fields()), bug(id), set)));
    }
    assert_eq!(session.edits(Writing::default()).unwrap().apply(report.base()), **report.base());
}

/// The bugs that are decided, in an order that is not that of the report, each with a level and a scope.
const DECIDED: [(&str, &str, &str); 4] = [
    ("BUG-010", "2", "configuration"),
    ("BUG-007", "2", "configuration"),
    ("BUG-019", "1", "test"),
    ("BUG-002", "2", "test"),
];

const WHY: &str = "Nothing in production is affected by it.";

/// Keys that decide, with those that save behind each or behind the last.
fn keys(saves_each: bool) -> Vec<Step> {
    let save = || [Step::keys("w"), Step::Settle];
    let decide = |(id, level, scope): &(&str, &str, &str)| {
        let keys = format!("{level}<Alt-s>{}{WHY}<Enter>", &scope[..1]);
        let steps =
            [Step::keys(&format!("/{id}<Enter>")), Step::Settle, Step::keys(&keys), Step::keys("<Esc>g")];
        steps.into_iter().chain(save().into_iter().take(if saves_each { 2 } else { 0 })).collect::<Vec<_>>()
    };
    DECIDED.iter().flat_map(decide).chain(save()).chain([Step::keys("q")]).collect()
}

/// What a colleague makes of the decisions would be another report than that of the person who made them.
#[test]
fn keys_commands_and_a_file_of_decisions_give_the_same_report() {
    let commanded = Place::with("bugs.md", SAMPLE);
    for (id, level, scope) in DECIDED {
        let level = format!("P{level}");
        commanded.done(&["set", "bugs.md", id, "--severity", &level, "--scope", scope, "--rationale", WHY]);
    }
    let wanted = commanded.read("bugs.md");
    assert!(wanted.find("BUG-010").unwrap() < wanted.find("BUG-007").unwrap(), "{wanted}");
    for saves_each in [false, true] {
        let table = Table::new(SAMPLE);
        assert_eq!(table.play(keys(saves_each)).0, Leaving::Quietly);
        assert_eq!(table.report(), wanted, "saved after each: {saves_each}");
    }
    commanded.done(&["export", "bugs.md", "--to", "yaml", "-o", "decisions.yaml"]);
    let applied = Place::with("bugs.md", SAMPLE);
    fs::copy(commanded.path("decisions.yaml"), applied.path("decisions.yaml")).unwrap();
    applied.done(&["apply", "bugs.md", "decisions.yaml"]);
    assert_eq!(applied.read("bugs.md"), wanted);
}
