//! What others propose is kept, found again and told, and stays declined once it is.

use std::fs;

use super::*;
use crate::methodology::{LevelId, Methodology};
use crate::report::BugIx;
use crate::report::To;
use crate::store::rig::Rig;
use crate::triage::suggest::{Decisions, Stood, Stray};
use crate::triage::{Kind, Set};

/// What somebody proposes for bugs that all stand at P0.
fn proposed(by: &str, bugs: &[u32], level: u8) -> Proposed {
    let at = "2026-02-11T20:25:48Z".parse().unwrap();
    let stood =
        |bug| Stood { bug: BugIx(bug), at, set: Set::severity(LevelId(0)), decisions: Decisions::default() };
    Proposed {
        by: by.to_owned(),
        kind: Kind::Reclassified,
        set: Set { scope: To::Value("Configuration".to_owned()), ..Set::severity(LevelId(level)) },
        rationale: "A warning; nothing breaks.".to_owned(),
        rule: Some(2),
        suggestion: None,
        bugs: bugs.iter().map(|bug| stood(*bug)).collect(),
    }
}

/// What each proposes, in the order in which they are named first.
fn by_author(these: &[Proposed]) -> Vec<Proposals> {
    let mut all: Vec<Proposals> = Vec::new();
    for one in these {
        match all.iter_mut().find(|(by, _)| *by == one.by) {
            Some((_, known)) => known.push(one.clone()),
            None => all.push((one.by.clone(), vec![one.clone()])),
        }
    }
    all
}

fn names(store: &Store, rig: &Rig) -> Vec<(String, usize)> {
    let advice = store.advice(&rig.path(), &rig.open().report);
    advice.proposals().iter().map(|one| (one.by.clone(), one.bugs.len())).collect()
}

#[test]
fn what_is_proposed_comes_back_and_replaces_what_the_same_proposed_before() {
    let rig = Rig::new();
    let (store, report) = (rig.store(), rig.open().report);
    let [bot, ben] = [proposed("bot", &[0, 1], 2), proposed("ben", &[0], 1)];
    let laid =
        store.propose(&rig.path(), &report, &by_author(&[bot.clone(), ben.clone(), bot.clone()])).unwrap();
    let of = |by: &str, proposals, replaces| Laid { by: by.to_owned(), proposals, replaces, declined: 0 };
    assert_eq!(laid, [of("bot", 2, 0), of("ben", 1, 0)]);
    let kept = [bot.clone(), bot.clone(), ben.clone()];
    assert_eq!(store.advice(&rig.path(), &report).proposals(), kept, "by person");
    let laid = store.propose(&rig.path(), &report, &by_author(std::slice::from_ref(&bot))).unwrap();
    assert_eq!(laid, [of("bot", 1, 2)]);
    assert_eq!(store.advice(&rig.path(), &report).proposals(), [bot, ben], "in its old place");
    assert_eq!(store.forget(&rig.path(), "bot").unwrap(), 1);
    assert_eq!(store.forget(&rig.path(), "bot").unwrap(), 0);
    assert_eq!(store.proposers(&rig.path()).unwrap(), (vec!["ben".to_owned()], None));
}

/// A proposal must not move to another bug that has come to be called so, nor be lost where its bug has moved.
#[test]
fn bugs_are_found_again_by_id_and_title_and_those_that_are_gone_are_counted() {
    let rig = Rig::new();
    let store = rig.store();
    store.propose(&rig.path(), &rig.open().report, &by_author(&[proposed("bot", &[0, 1], 2)])).unwrap();
    let moved =
        rig.report().replace("# Bugs found\n", "# Bugs found\n\n### BUG-000: New\n- **Severity:** P0\n");
    fs::write(rig.path(), moved.replace("BUG-002: Coverage", "BUG-020: Coverage")).unwrap();
    let report = rig.open().report;
    let advice = store.advice(&rig.path(), &report);
    let found: Vec<_> =
        advice.proposals()[0].bugs.iter().map(|one| report.handle(one.bug).into_owned()).collect();
    assert_eq!(found, ["BUG-001"]);
    let stray = Stray { by: "bot".to_owned(), bugs: vec!["BUG-002".to_owned()], unknown: None };
    assert_eq!(*advice.strays, [stray]);
}

/// A line that a program of another version wrote, or that a disk has damaged, may be all that somebody has.
#[test]
fn what_cannot_be_read_is_told_hides_nothing_else_and_is_kept() {
    let rig = Rig::new();
    let (store, report) = (rig.store(), rig.open().report);
    store.propose(&rig.path(), &report, &by_author(&[proposed("bot", &[0], 2)])).unwrap();
    let file = paths::proposals(&rig.folder.path().join("state"), &rig.path().canonicalize().unwrap());
    let damaged = format!("{}{{\"proposal\":9}}\n\u{fffd}\n", fs::read_to_string(&file).unwrap());
    fs::write(&file, &damaged).unwrap();
    let opened = rig.open();
    assert_eq!(names(&store, &rig), [("bot".to_owned(), 1)]);
    let told = |note: &String| note.contains("2 proposals cannot be read, the first on line 2");
    assert!(opened.notes.iter().any(told), "{:?}", opened.notes);
    assert_eq!(fs::read_to_string(&file).unwrap(), damaged, "an opening changes nothing");
    store.propose(&rig.path(), &report, &by_author(&[proposed("ben", &[1], 2)])).unwrap();
    assert_eq!(store.forget(&rig.path(), "nobody").unwrap(), 0);
    assert!(fs::read_to_string(&file).unwrap().starts_with(&damaged), "each stays in its place");
    assert_eq!(names(&store, &rig), [("bot".to_owned(), 1), ("ben".to_owned(), 1)]);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(rig.open().notes.iter().any(|note| note.contains("cannot be read")));
    assert!(store.propose(&rig.path(), &report, &by_author(&[proposed("ben", &[1], 2)])).is_err());
}

#[test]
fn what_is_declined_stays_so_where_the_same_is_proposed_anew() {
    let rig = Rig::new();
    let (store, path) = (rig.store(), rig.path());
    let report = rig.open().report;
    store.propose(&path, &report, &by_author(&[proposed("bot", &[0, 1], 2)])).unwrap();
    let session = rig.open().session();
    store.decline(&path, &session, &[(BugIx(0), Voice::Proposal(0))], Some(&Decline::default())).unwrap();
    let other_words = Proposed { rationale: "It only warns.".to_owned(), ..proposed("bot", &[0, 1], 2) };
    let these = [proposed("ben", &[0], 2), other_words];
    let laid = store.would_propose(&path, &report, &by_author(&these)).unwrap();
    assert_eq!(laid.iter().map(|laid| laid.declined).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(store.propose(&path, &report, &by_author(&these)).unwrap(), laid);
    let advice = store.advice(&path, &report);
    let declined = |at, bug| advice.is_declined(Voice::Proposal(at), BugIx(bug));
    assert_eq!([declined(0, 0), declined(0, 1), declined(1, 0)], [true, false, false]);
    store.propose(&path, &report, &by_author(&[proposed("bot", &[0], 1)])).unwrap();
    assert!(!store.advice(&path, &report).is_declined(Voice::Proposal(0), BugIx(0)));
}

/// What a person declined would come up again, each time that a program lists the fields in another order.
#[test]
fn what_is_declined_is_known_again_in_another_order_and_under_another_name_of_its_level() {
    let rig = Rig::new();
    let (store, path, report) = (rig.store(), rig.path(), rig.open().report);
    let fields =
        [("Owner", "Ben"), ("Team", "core")].map(|(name, to)| (name.to_owned(), To::Value(to.to_owned())));
    let of = |fields: &[(String, To<String>)]| Proposed {
        set: Set { fields: fields.to_vec(), ..Set::severity(LevelId(2)) },
        ..proposed("bot", &[0], 2)
    };
    store.propose(&path, &report, &by_author(&[of(&fields)])).unwrap();
    store
        .decline(&path, &rig.open().session(), &[(BugIx(0), Voice::Proposal(0))], Some(&Decline::default()))
        .unwrap();
    let [owner, team] = fields.clone();
    store.propose(&path, &report, &by_author(&[of(&[team, owner])])).unwrap();
    assert!(store.advice(&path, &report).is_declined(Voice::Proposal(0), BugIx(0)));
    let renamed = Methodology::from_yaml("levels: {P2: {key: Sev2}}\n", &path).unwrap();
    let renamed = store.report(&path, &std::sync::Arc::new(renamed)).unwrap();
    assert!(store.advice(&path, &renamed).is_declined(Voice::Proposal(0), BugIx(0)));
    store.propose(&path, &report, &by_author(&[of(&fields[..1])])).unwrap();
    assert!(!store.advice(&path, &report).is_declined(Voice::Proposal(0), BugIx(0)));
}

/// A decision in words that the team has given up could not be accepted, and must not be logged.
#[test]
fn what_is_proposed_in_words_that_the_methodology_does_not_know_is_told_and_not_suggested() {
    let rig = Rig::new();
    let (store, report) = (rig.store(), rig.open().report);
    let of = |rule, scope: &str, status: &str| {
        let set = Set {
            scope: To::Value(scope.to_owned()),
            status: To::Value(status.to_owned()),
            ..Set::default()
        };
        Proposed { rule, set, ..proposed("bot", &[0, 1], 2) }
    };
    let these = [
        of(Some(77), "Configuration", "Resolved"),
        of(None, "Cellar", "Resolved"),
        of(None, "Configuration", "On the bench"),
        of(Some(2), "Configuration", "Resolved"),
    ];
    store.propose(&rig.path(), &report, &by_author(&these)).unwrap();
    let advice = store.advice(&rig.path(), &report);
    assert_eq!(advice.proposals(), [these[3].clone()]);
    let told: Vec<_> =
        advice.strays.iter().map(|stray| (stray.bugs.len(), stray.unknown.as_deref())).collect();
    let expected = [Some("rule 77"), Some("scope Cellar"), Some("status On the bench")];
    assert_eq!(told, expected.map(|word| (2, word)));
}
