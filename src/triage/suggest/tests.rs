//! What is proposed for a bug, and what never is.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::*;
use crate::report::Report;
use crate::triage::{Decision, Event};

fn open(session: &Session) -> BugSet {
    let found = Found::of(session, &AtomicBool::new(false));
    found.map(|found| found.open(session)).unwrap_or_default()
}

const REPORT: &str = "\
### BUG-1: Import of abc
- **Severity:** P0 - ImportError
- **Test:** tests/test_a.py
- **Error:** `No module named 'abc'`
- **Suite:** unit

### BUG-2: Import of xyz
- **Severity:** P0
- **Status:** Open
- **Test:** tests/test_b.py
- **Error:** `No module named 'xyz'` in src/b.py

### BUG-3: A note
- **Severity:** P2
- **Scope:** Test infrastructure

Text about tests/test_c.py and `No module named 'abc'`.
";

/// A session over a report under these rules and no others.
fn session(report: &str, rules: &str) -> Session {
    let rules = format!("only: [suggestions]\nrationale: {{minimum: 0}}\nsuggestions:\n{rules}");
    let methodology = Arc::new(Methodology::from_yaml(&rules, Path::new("m.yaml")).expect("good rules"));
    let report = Arc::new(Report::parse(report.as_bytes().into(), &methodology));
    Session::new(report, methodology, Vec::new())
}

/// What is suggested for a bug and not declined.
fn suggested(session: &Session, bug: BugIx) -> Option<Suggested> {
    let found = Found::of(session, &AtomicBool::new(false)).expect("not overtaken").suggested(session, bug);
    assert_eq!(Standing::of(session, &BugSet::from(bug)).suggested(bug), found, "whoever is asked");
    found
}

/// The decision that accepts what one suggests.
fn together(session: &Session, voice: Voice, bugs: &BugSet) -> Option<Draft> {
    super::together(session, &[(voice, bugs.clone())]).pop()
}

/// What is proposed for each bug of the report, in a few words.
fn words(rules: &str) -> Vec<Option<String>> {
    let session = session(REPORT, rules);
    let words = |bug| Some(suggested(&session, bug)?.words(bug, &session));
    session.report().indexes().map(words).collect()
}

fn rule(when: &str, then: &str) -> String {
    format!("  r:\n    when: {when}\n    then: {then}\n")
}

/// Which bugs a rule with this condition speaks for.
fn held(when: &str) -> Vec<u32> {
    let session = session(REPORT, &rule(when, "{severity: P3, rationale: Because.}"));
    open(&session).iter().map(|bug| bug.0 + 1).collect()
}

#[test]
fn every_condition_holds_for_what_it_says() {
    for (when, bugs) in [
        ("{}", &[1, 2, 3][..]),
        ("{severity: P0}", &[1, 2]),
        ("{severity: {not: P0}}", &[3]),
        ("{scope: none}", &[1, 2]),
        ("{scope: test}", &[3]),
        ("{status: open}", &[2]),
        ("{status: none}", &[1, 3]),
        ("{fields: {error: abc}}", &[1]),
        ("{fields: {error: No module, Suite: unit}}", &[1]),
        ("{fields: {suite: Unit}}", &[]),
        ("{fields: {title: '^Import'}}", &[1, 2]),
        ("{text: abc}", &[1, 3]),
        ("{text: (?i)ABOUT}", &[3]),
        ("{paths: {all: test}}", &[1, 3]),
        ("{paths: {some: production}}", &[2]),
        ("{paths: {some: test, none: [production]}}", &[1, 3]),
        ("{paths: {some: 'test_c.*'}}", &[3]),
        ("{paths: {count: {at_least: 2}}}", &[2]),
    ] {
        assert_eq!(held(when), bugs, "{when}");
    }
}

#[test]
fn the_first_rule_that_holds_speaks_also_where_it_would_change_nothing() {
    let two = "  a:\n    when: {text: abc}\n    then: {severity: P2}\n  b:\n    when: {}\n    then: {severity: P1, scope: test}\n";
    let both = words(two);
    assert_eq!(
        both,
        [Some("P0 → P2".to_owned()), Some("P0 → P1 · Test infrastructure".to_owned()), None],
        "the third is P2 already"
    );
}

#[test]
fn what_a_bug_has_already_is_not_proposed_again() {
    assert_eq!(words(&rule("{severity: P2}", "{scope: test}")), [None, None, None]);
    assert_eq!(words(&rule("{severity: P2}", "{scope: test, severity: P3}"))[2].as_deref(), Some("P2 → P3"));
    assert_eq!(
        words(&rule("{severity: P2}", "{scope: build}"))[2].as_deref(),
        Some("stays P2 · Build and CI")
    );
}

/// Who is told that the level stays would find another step in the log.
#[test]
fn a_bug_that_its_section_counts_otherwise_changes_as_the_log_tells_it() {
    let report = "## P0 Bugs\n\n### BUG-1: Import\n- **Severity:** P2\n\n### BUG-2: Login\n- **Severity:** P0\n\n\
        ## P2 Bugs\n\n### BUG-3: Slow\n- **Severity:** P2\n";
    let session = session(report, &rule("{}", "{severity: P2, scope: build}"));
    let words = |bug| Some(suggested(&session, bug)?.words(bug, &session));
    assert_eq!(words(BugIx(0)).as_deref(), Some("P0 → P2 · Build and CI"));
    assert_eq!(words(BugIx(2)).as_deref(), Some("stays P2 · Build and CI"));
}

#[test]
fn a_severity_that_stays_is_confirmed_with_the_reason() {
    let session =
        session(REPORT, &rule("{severity: P0}", "{confirm: true, rationale: 'Is {severity}, {scope}.'}"));
    let proposed = suggested(&session, BugIx(0)).expect("a suggestion");
    assert_eq!((proposed.kind, proposed.set.is_empty()), (Kind::Confirmed, true));
    assert_eq!(proposed.rationale, "Is P0, none.");
    assert_eq!(suggested(&session, BugIx(2)), None);
}

#[test]
fn a_suggestion_says_its_rule_what_matched_and_why() {
    let rules = rule(
        r#"{fields: {error: "named '(?<module>[^']+)'"}, text: Severity, paths: {some: test}}"#,
        r#"{severity: P1, status: resolved, rationale: "{module} for {id}, {title}: {paths} {{x}} {status}."}"#,
    );
    let session = session(REPORT, &rules);
    let proposed = suggested(&session, BugIx(1)).expect("a suggestion");
    assert_eq!(proposed.rationale, "xyz for BUG-2, Import of xyz: tests/test_b.py, src/b.py {x} Open.");
    assert_eq!(proposed.because(), "“named 'xyz'” (field Error), “Severity”, tests/test_b.py, src/b.py");
    let draft = proposed.draft(BugIx(1));
    assert_eq!((draft.suggestion.as_deref(), draft.kind, draft.len()), (Some("r"), Kind::Reclassified, 1));
    assert_eq!(
        draft.parts[0].set.status,
        To::Value(session.report().status_words(proposed_status(&session)))
    );
}

fn proposed_status(session: &Session) -> crate::methodology::StatusId {
    session.methodology().status_named("resolved").expect("a status")
}

#[test]
fn a_field_is_matched_with_what_is_nested_below_it() {
    let text = "### BUG-1: x\n- **Severity:** P0\n- **Error:** it breaks:\n\n  ```text\n  E   ImportError: gone\n  ```\n\n- **Fix:** none\n";
    let session = session(text, &rule("{fields: {error: ImportError}}", "{severity: P1}"));
    assert!(suggested(&session, BugIx(0)).is_some());
}

#[test]
fn what_somebody_decided_is_not_for_a_rule_to_judge() {
    let mut session = session(REPORT, &rule("{severity: P0}", "{severity: P1}"));
    let draft = Draft::new(Kind::Confirmed, BugSet::from(BugIx(0)), Set::default());
    session.apply(Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft }));
    assert_eq!((suggested(&session, BugIx(0)), tried(&session, BugIx(0), 0)), (None, Err(Miss::Decided)));
    session.apply(Event::Undone);
    assert!(suggested(&session, BugIx(0)).is_some());
}

#[test]
fn a_rule_that_is_tried_alone_says_why_it_does_not_hold() {
    let rules = "  all:\n    when: {}\n    then: {severity: P3}\n".to_owned()
        + &rule("{severity: P0, fields: {error: abc, test: a}, paths: {none: production}}", "{severity: P1}");
    let session = session(REPORT, &rules);
    assert!(tried(&session, BugIx(0), 1).is_ok(), "whichever rule comes before");
    let misses = [1, 2].map(|bug| tried(&session, BugIx(bug), 1).expect_err("no match"));
    assert_eq!(misses, [Miss::Field(0), Miss::Severity]);
}

/// A decision on many that gave the reason of one would be a lie in the log about the others.
#[test]
fn the_rationale_of_many_is_true_of_each() {
    let rules = rule(
        r#"{severity: P0, fields: {error: "named '(?<module>[^']+)'"}}"#,
        r#"{severity: P1, scope: test, rationale: "{severity}: {module} is missing."}"#,
    );
    let session = session(REPORT, &rules);
    let draft = together(&session, Voice::Rule(0), &BugSet::all(3)).expect("a decision");
    assert_eq!((draft.rationale.as_str(), draft.len()), ("P0: abc, xyz is missing.", 2));
    assert_eq!(draft.suggestion.as_deref(), Some("r"));
    let one = together(&session, Voice::Rule(0), &BugSet::from(BugIx(1))).expect("a decision");
    assert_eq!(one.rationale, "P0: xyz is missing.");
    assert_eq!(together(&session, Voice::Rule(0), &BugSet::from(BugIx(2))), None);
}

#[test]
fn bugs_that_have_a_part_already_get_the_rest_together() {
    let rules = rule("{}", "{severity: P2, scope: test}");
    let session = session(REPORT, &rules);
    let draft = together(&session, Voice::Rule(0), &BugSet::all(3)).expect("a decision");
    assert_eq!(draft.len(), 2, "the third has both");
    let set = &draft.parts[0].set;
    assert_eq!((set.severity.is_keep(), set.scope.is_keep()), (false, false));
}

#[test]
fn a_search_that_is_overtaken_gives_nothing() {
    let session = session(REPORT, &rule("{}", "{severity: P3}"));
    assert!(Found::of(&session, &AtomicBool::new(true)).is_none());
}

/// The level and scope that the sample's own text comes to for each of its overrated bugs, as read by a person.
const SAMPLE: [(u32, &str, &str); 22] = [
    (1, "P1", "test"),
    (2, "P1", "test"),
    (3, "P1", "test"),
    (4, "P1", "test"),
    (5, "P1", "test"),
    (6, "P1", "test"),
    (7, "P2", "configuration"),
    (8, "P1", "test"),
    (9, "P1", "test"),
    (10, "P2", "test"),
    (11, "P1", "test"),
    (12, "P1", "test"),
    (13, "P1", "test"),
    (14, "P1", "test"),
    (15, "P1", "test"),
    (16, "P1", "test"),
    (17, "P1", "test"),
    (18, "P1", "test"),
    (19, "P1", "test"),
    (20, "P1", "test"),
    (21, "P1", "test"),
    (22, "P1", "test"),
];

/// The handle, level and scope that the default rules propose for the bugs of a report.
fn proposed(text: &str) -> Vec<(String, String, String)> {
    let methodology = Arc::new(Methodology::embedded());
    let report = Arc::new(Report::parse(text.as_bytes().into(), &methodology));
    let session = Session::new(report, methodology.clone(), Vec::new());
    let told = |bug| {
        let proposed = suggested(&session, bug)?;
        assert!(methodology.rationale().allow(&proposed.rationale), "{proposed:?}");
        let level = match proposed.set.severity {
            To::Value(level) => Some(level),
            _ => session.level(bug),
        };
        let scope = match &proposed.set.scope {
            To::Value(scope) => methodology.scope_named(scope),
            _ => None,
        };
        let level = level.map_or("none", |level| methodology.level(level).key.as_str()).to_owned();
        let scope = scope.map_or("none", |scope| methodology.scope(scope).key.as_str()).to_owned();
        Some((session.report().handle(bug).into_owned(), level, scope))
    };
    session.report().indexes().filter_map(told).collect()
}

#[test]
fn the_default_rules_propose_for_the_sample_what_its_text_comes_to() {
    let expected =
        SAMPLE.map(|(number, level, scope)| (format!("BUG-{number:03}"), level.to_owned(), scope.to_owned()));
    assert_eq!(proposed(include_str!("../../../assets/sample.md")), expected);
}

/// Bugs of production code that only look like those of tests.
#[test]
fn the_default_rules_leave_bugs_of_production_code_alone() {
    for text in [
        "### B-1: x\n- **Severity:** P0\n- **Test:** tests/test_a.py\n- **Error:** ImportError: cannot import name 'a'\n- **Fix:** export it in src/a.py\n",
        "### B-1: x\n- **Severity:** P0\n- **File:** src/a.py\n- **Error:** ModuleNotFoundError: No module named 'requests'\n",
        "### B-1: x\n- **Severity:** P0\n- **Error:** TypeError: 'NoneType' object is not subscriptable\n",
        "### B-1: x\n- **Severity:** P2\n- **Test:** tests/test_a.py\n- **Error:** ImportError: gone\n",
        "### B-1: SQL injection found by tests/test_sql.py in src/sql.py\n- **Severity:** P0\n",
    ] {
        assert_eq!(proposed(text), [], "{text}");
    }
    let kept = "### B-1: SQL injection in the search\n- **Severity:** P0\n- **File:** src/search.py\n";
    assert_eq!(proposed(kept), [("B-1".to_owned(), "P0".to_owned(), "production".to_owned())]);
}

/// A bug that a team holds for milder than all that the rules know would be raised by them.
#[test]
fn the_default_rules_raise_no_bug_of_a_level_that_a_team_added() {
    let wish = Methodology::from_yaml("levels:\n  P4: {name: Wish}\n", Path::new("m.yaml")).expect("good");
    let wish = Arc::new(wish);
    for error in ["ModuleNotFoundError: No module named 'flask'", "CoverageWarning: no data", "TypeError: x"]
    {
        let told = |severity: &str| {
            let text = format!(
                "### B-1: x\n- **Severity:** {severity}\n- **Test:** tests/test_a.py\n- **Error:** `{error}`\n"
            );
            let report = Arc::new(Report::parse(text.as_bytes().into(), &wish));
            suggested(&Session::new(report, wish.clone(), Vec::new()), BugIx(0)).is_some()
        };
        assert_eq!(["P0", "P4", "to be seen"].map(told), [true, false, true], "{error}");
    }
}

/// A team's rule for an error that a default rule speaks of as well would never be heard.
#[test]
fn a_rule_of_the_team_speaks_before_the_default_rules() {
    let dep = "  dep:\n    when: {fields: {error: No module named}}\n    then: {severity: P0, confirm: false, scope: \
               dependency, rationale: A package is missing.}\n";
    let ours = |rules: &str| {
        let ours = Methodology::from_yaml(&format!("suggestions:\n{rules}"), Path::new("m.yaml"));
        ours.expect("good").suggestions().iter().map(|rule| rule.name.clone()).collect::<Vec<_>>()
    };
    let defaults: Vec<String> =
        Methodology::embedded().suggestions().iter().map(|rule| rule.name.clone()).collect();
    let changed = "  missing-module: {then: {severity: P2}}\n";
    assert_eq!(ours(changed), defaults, "a rule that is only changed keeps its place");
    assert_eq!(ours(&format!("{changed}{dep}")), [vec!["dep".to_owned()], defaults].concat());
    let methodology = Methodology::from_yaml(&format!("suggestions:\n{dep}"), Path::new("m.yaml"));
    let methodology = Arc::new(methodology.expect("good"));
    let report = Arc::new(Report::parse(REPORT.as_bytes().into(), &methodology));
    let session = Session::new(report, methodology, Vec::new());
    let heard = suggested(&session, BugIx(0)).and_then(|heard| heard.suggestion);
    assert_eq!(heard.as_deref(), Some("dep"));
}

mod proposals {
    //! What somebody proposes: while it is open, and what it comes before.

    use super::*;
    use crate::triage::suggest::{Advice, Proposed, Standing, State, Stood};

    const AT: &str = "2026-02-11T20:00:00Z";
    const LATER: &str = "2026-02-11T21:00:00Z";

    fn at(time: &str) -> Timestamp {
        time.parse().expect("a time")
    }

    /// P2 for the first two bugs, as they stand.
    fn proposed(by: &str, session: &Session) -> Proposed {
        let stood = |bug| {
            let text = |text: Option<std::borrow::Cow<'_, str>>| To::from_option(text.map(Into::into));
            let severity = To::from_option(session.level(bug));
            let (scope, status) = (text(session.scope(bug)), text(session.status(bug)));
            let set = Set { severity, scope, status, fields: Vec::new() };
            let others = session.pending().iter().map(|decision| &decision.draft);
            let others = others.filter(|draft| draft.suggested_by.as_deref() != Some(by));
            let judging = others.filter(|draft| draft.bugs().any(|(of, _)| of == bug)).count();
            let decisions = Decisions { all: judging, judging };
            Stood { bug, at: at(AT), set, decisions }
        };
        Proposed {
            by: by.to_owned(),
            kind: Kind::Reclassified,
            set: Set::severity(LevelId(2)),
            rationale: "Nothing breaks.".to_owned(),
            rule: Some(2),
            suggestion: None,
            bugs: vec![stood(BugIx(0)), stood(BugIx(1))],
        }
    }

    fn with(proposals: Vec<Proposed>) -> Session {
        let session = session(REPORT, &rule("{severity: P0}", "{severity: P3, rationale: Because.}"));
        session.with_advice(Advice::new(proposals))
    }

    fn plain() -> Session {
        with(Vec::new())
    }

    fn decided(draft: Draft, time: &str) -> Event {
        Event::Decided(Decision { at: at(time), by: "Ada".to_owned(), draft })
    }

    fn of(session: &Session, bug: u32) -> Vec<State> {
        let standing = Standing::of(session, &BugSet::all(3));
        standing.states(BugIx(bug)).into_iter().map(|(_, state)| state).collect()
    }

    fn voice(session: &Session, bug: u32) -> Option<Voice> {
        suggested(session, BugIx(bug)).map(|found| found.voice)
    }

    #[test]
    fn proposals_come_in_their_order_and_before_the_rules_until_they_are_declined() {
        let mut session = with(vec![proposed("bot", &plain()), proposed("Ben", &plain())]);
        assert_eq!(voice(&session, 0), Some(Voice::Proposal(0)));
        session.decline([(BugIx(0), Voice::Proposal(0))], Some(&Decline::default()));
        assert_eq!(voice(&session, 0), Some(Voice::Proposal(1)));
        session.decline([(BugIx(0), Voice::Proposal(1))], Some(&Decline::default()));
        assert_eq!(voice(&session, 0), Some(Voice::Rule(0)));
        session.decline([(BugIx(0), Voice::Rule(0))], Some(&Decline::default()));
        assert_eq!((voice(&session, 0), voice(&session, 1)), (None, Some(Voice::Proposal(0))));
        assert_eq!(open(&session), BugSet::from(BugIx(1)));
        session.decline([(BugIx(0), Voice::Proposal(0))], None);
        assert_eq!(voice(&session, 0), Some(Voice::Proposal(0)));
    }

    /// Somebody would accept what was meant for another state of the bug.
    #[test]
    fn a_proposal_is_stale_once_its_bug_stands_otherwise_and_open_again_where_that_is_taken_back() {
        for set in [
            Set::severity(LevelId(1)),
            Set { scope: To::Value("Production".to_owned()), ..Set::default() },
            Set { status: To::Value("Resolved".to_owned()), ..Set::default() },
        ] {
            let mut session = with(vec![proposed("bot", &plain())]);
            // Also in the very second in which it was proposed.
            session.apply(decided(Draft::new(Kind::Reclassified, BugSet::from(BugIx(0)), set.clone()), AT));
            assert_eq!(
                (of(&session, 0), of(&session, 1)),
                (vec![State::Stale], vec![State::Open]),
                "{set:?}"
            );
            session.apply(Event::Undone);
            assert_eq!(of(&session, 0), [State::Open]);
        }
    }

    #[test]
    fn a_proposal_is_stale_once_somebody_has_decided_since_and_not_for_what_was_decided_before() {
        let confirmed = || Draft::new(Kind::Confirmed, BugSet::from(BugIx(0)), Set::default());
        let mut before = plain();
        before.apply(decided(confirmed(), AT));
        let mut session = with(vec![proposed("bot", &before)]);
        session.apply(decided(confirmed(), AT));
        assert_eq!(of(&session, 0), [State::Open], "in the same second, but known");
        session.apply(decided(Draft::new(Kind::Note, BugSet::from(BugIx(0)), Set::default()), LATER));
        assert_eq!(of(&session, 0), [State::Open], "a remark decides nothing");
        session.apply(decided(confirmed(), AT));
        assert_eq!(of(&session, 0), [State::Stale], "in the same second, and not known");
        session.apply(Event::Undone);
        session.apply(Event::Undone);
        session.apply(Event::Undone);
        session.apply(decided(confirmed(), LATER));
        assert_eq!(of(&session, 0), [State::Stale], "in the place of the one that was known");
        let mut session = with(vec![proposed("bot", &plain())]);
        session.apply(decided(Draft { suggested_by: Some("bot".to_owned()), ..confirmed() }, LATER));
        assert_eq!(of(&session, 0), [State::Stale], "also what the same author proposes elsewhere");
    }

    #[test]
    fn what_is_accepted_is_told_from_what_is_stale_and_no_longer_suggested() {
        let mut session = with(vec![proposed("bot", &plain()), proposed("Ben", &plain())]);
        let draft = suggested(&session, BugIx(0)).expect("a proposal").draft(BugIx(0));
        assert_eq!((draft.suggested_by.as_deref(), draft.rule), (Some("bot"), Some(2)));
        session.apply(decided(draft, LATER));
        assert_eq!((of(&session, 0), voice(&session, 0)), (vec![State::Accepted, State::Stale], None));
    }

    /// A note, and what leaves the bug as it is, change no value by which that could be told.
    #[test]
    fn what_changes_no_value_is_accepted_once() {
        for kind in [Kind::Note, Kind::Confirmed] {
            let one = Proposed { kind, set: Set::default(), ..proposed("bot", &plain()) };
            let other = Proposed { rationale: "Seen twice.".to_owned(), ..one.clone() };
            let mut session = with(vec![one, other]);
            session.apply(decided(suggested(&session, BugIx(0)).expect("one").draft(BugIx(0)), AT));
            assert_eq!(of(&session, 0), [State::Accepted, State::Open], "{kind:?}: one decision accepts one");
        }
    }

    /// One file proposes a severity, then what follows from it.
    #[test]
    fn what_follows_from_another_proposal_waits_until_that_is_accepted() {
        let mut after = plain();
        after.apply(decided(proposed("bot", &plain()).draft(BugSet::all(2)), AT));
        let second = Proposed {
            kind: Kind::Status,
            set: Set { status: To::Value("Deferred".to_owned()), ..Set::default() },
            ..proposed("bot", &after)
        };
        let other = Proposed { by: "Ben".to_owned(), ..second.clone() };
        let mut session = with(vec![proposed("bot", &plain()), second, other]);
        assert_eq!(of(&session, 0), [State::Open, State::Waits, State::Stale]);
        session.apply(decided(suggested(&session, BugIx(0)).expect("the first").draft(BugIx(0)), LATER));
        assert_eq!(voice(&session, 0), Some(Voice::Proposal(1)));
    }

    /// The first gives one of the two values that the second proposes.
    #[test]
    fn a_part_of_what_is_proposed_is_not_taken_for_all_of_it() {
        let scope = Set { scope: To::Value("Configuration".to_owned()), ..Set::default() };
        let mut after = plain();
        let first = Proposed { set: scope.clone(), ..proposed("bot", &plain()) };
        after.apply(decided(first.draft(BugSet::all(2)), AT));
        let second = Proposed {
            set: Set { scope: scope.scope, ..Set::severity(LevelId(2)) },
            ..proposed("bot", &after)
        };
        let mut session = with(vec![first, second]);
        session.apply(decided(suggested(&session, BugIx(0)).expect("the first").draft(BugIx(0)), LATER));
        assert_eq!(of(&session, 0), [State::Accepted, State::Open]);
        session.apply(decided(suggested(&session, BugIx(0)).expect("the second").draft(BugIx(0)), LATER));
        assert_eq!((of(&session, 0)[1], voice(&session, 0)), (State::Accepted, None));
    }

    /// The second says nothing about what the first sets, so whoever takes it alone has decided nothing about that.
    #[test]
    fn the_first_of_an_author_stays_open_where_the_second_is_accepted() {
        let status = Set { status: To::Value("Deferred".to_owned()), ..Set::default() };
        let mut first = Proposed { kind: Kind::Status, set: status, ..proposed("bot", &plain()) };
        first
            .bugs
            .iter_mut()
            .for_each(|stood| stood.set = Set { status: stood.set.status.clone(), ..Set::default() });
        let mut session = with(vec![first, proposed("bot", &plain())]);
        session.apply(decided(session.advice().suggested(1).expect("a proposal").draft(BugIx(0)), LATER));
        assert_eq!(of(&session, 0), [State::Open, State::Accepted]);
        session.apply(decided(Draft::new(Kind::Confirmed, BugSet::from(BugIx(0)), Set::default()), AT));
        assert_eq!(of(&session, 0), [State::Stale, State::Accepted], "somebody else, in the same second");
    }

    #[test]
    fn what_was_accepted_and_is_otherwise_by_now_is_stale() {
        let mut session = with(vec![proposed("bot", &plain())]);
        session.apply(decided(suggested(&session, BugIx(0)).expect("a proposal").draft(BugIx(0)), LATER));
        let by_hand = Draft::new(Kind::Reclassified, BugSet::from(BugIx(0)), Set::severity(LevelId(1)));
        session.apply(decided(by_hand, LATER));
        assert_eq!(of(&session, 0), [State::Stale]);
        session.apply(Event::Undone);
        assert_eq!(of(&session, 0), [State::Accepted]);
    }

    #[test]
    fn together_takes_the_bugs_for_which_it_is_open() {
        let mut session = with(vec![proposed("bot", &plain())]);
        let draft = together(&session, Voice::Proposal(0), &BugSet::all(3)).expect("a decision");
        assert_eq!((draft.len(), draft.parts.len()), (2, 1));
        session.apply(decided(Draft::new(Kind::Confirmed, BugSet::from(BugIx(0)), Set::default()), LATER));
        let left = together(&session, Voice::Proposal(0), &BugSet::all(3)).expect("a decision");
        assert_eq!(left.parts[0].bugs, BugSet::from(BugIx(1)));
        assert_eq!(together(&session, Voice::Proposal(0), &BugSet::from(BugIx(2))), None);
        assert_eq!(together(&session, Voice::Proposal(7), &BugSet::all(3)), None);
    }
}
