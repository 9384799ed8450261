//! What was decided and not saved is there again, whatever has become of the journal and of the report.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::methodology::LevelId;
use crate::report::{BugIx, Writing};
use crate::store::Opened;
use crate::store::rig::{REPORT, Rig, decided};
use crate::triage::{Event, Lost, Set};

/// Three events in the journal of a report: two decisions, the second undone.
fn reviewed() -> (Rig, PathBuf) {
    let rig = Rig::new();
    let mut opened = rig.open();
    assert!(!opened.journal.path().exists(), "a report that is only opened leaves no journal");
    for event in [decided(&[1], 2, "Configuration."), decided(&[0, 2], 1, "Tests."), Event::Undone] {
        opened.journal.record(&event).unwrap();
    }
    let path = opened.journal.path().to_path_buf();
    (rig, path)
}

fn levels(opened: &Opened) -> Vec<u8> {
    let session = opened.session();
    session.report().indexes().map(|bug| session.level(bug).unwrap().0).collect()
}

#[test]
fn what_was_decided_and_undone_is_there_again_on_opening() {
    let (rig, _) = reviewed();
    let opened = rig.open();
    assert_eq!((levels(&opened), opened.notes.len(), opened.misfits.len()), (vec![0, 2, 2], 0, 0));
    let mut session = opened.session();
    assert_eq!(session.pending()[0], decision(decided(&[1], 2, "Configuration.")));
    session.apply(Event::Redone);
    assert_eq!(session.pending()[1], decision(decided(&[0, 2], 1, "Tests.")));
    assert_eq!(rig.journals(), [".journal"]);
}

fn decision(event: Event) -> crate::triage::Decision {
    match event {
        Event::Decided(decision) => decision,
        other => panic!("{other:?} is no decision"),
    }
}

#[test]
fn a_journal_cut_at_any_byte_gives_back_its_whole_beginning() {
    let (_rig, path) = reviewed();
    let whole = fs::read(&path).unwrap();
    assert_eq!(Replay::read(&whole, "another report"), None);
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', &whole).map(|end| end + 1).collect();
    let header: serde_json::Value = serde_json::from_slice(&whole[17..ends[0]]).unwrap();
    let name = header["path"].as_str().unwrap();
    for cut in 0..=whole.len() {
        let lines = ends.iter().filter(|end| **end <= cut).count();
        let found = Replay::read(&whole[..cut], name);
        let counts = found.as_ref().map(|replay| (replay.done.len(), replay.undone.len()));
        assert_eq!(
            counts,
            [None, Some((0, 0)), Some((1, 0)), Some((2, 0)), Some((1, 1))][lines],
            "cut {cut}"
        );
        assert_eq!(found.map_or(0, |replay| replay.length), lines.checked_sub(1).map_or(0, |at| ends[at]));
    }
}

/// A flipped bit would lose what stands before it, or pass for what it is not.
#[test]
fn a_journal_with_any_byte_changed_gives_back_what_stands_before_it() {
    let (rig, path) = reviewed();
    let whole = fs::read(&path).unwrap();
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', &whole).map(|end| end + 1).collect();
    let name = rig.path().canonicalize().unwrap().to_string_lossy().into_owned();
    for (at, byte) in whole.iter().enumerate() {
        let line = ends.iter().filter(|end| **end <= at).count();
        for other in
            (0..8).map(|bit| byte ^ (1 << bit)).chain([0, b'\n', !byte]).filter(|other| other != byte)
        {
            let mut changed = whole.clone();
            changed[at] = other;
            let found = Replay::read(&changed, &name);
            let counts = found.as_ref().map(|replay| (replay.done.len(), replay.undone.len(), replay.length));
            let before = line.checked_sub(1).map(|last| [(0, 0), (1, 0), (2, 0)][last]);
            let before = before.map(|(done, undone)| (done, undone, ends[line - 1]));
            assert_eq!(counts, before, "byte {at} is {other}");
        }
    }
}

/// What is told and kept of a journal that is damaged anywhere.
#[test]
fn a_damaged_journal_is_reported_with_its_line_and_kept_aside_wherever_it_is_damaged() {
    let (rig, path) = reviewed();
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
        for damaged in [whole[..at].to_vec(), [&whole[..at], b"\xFF", &whole[at + 1..]].concat()] {
            fs::remove_dir_all(path.parent().unwrap()).unwrap();
            fs::create_dir(path.parent().unwrap()).unwrap();
            fs::write(&path, &damaged).unwrap();
            let line = 1 + memchr::memchr_iter(b'\n', &whole[..at]).count();
            let is_cut_between = damaged.is_empty() || damaged.len() == at && whole[at - 1] == b'\n';
            let opened = rig.open();
            let expected = [vec![0, 0, 2], vec![0, 0, 2], vec![0, 2, 2], vec![1, 2, 1]];
            assert_eq!(levels(&opened), expected[line - 1], "byte {at}");
            if is_cut_between && line > 1 {
                assert_eq!(opened.notes, [] as [&str; 0]);
                continue;
            }
            assert!(
                opened.notes[0].contains(&format!("is damaged from line {line} on")),
                "{:?}",
                opened.notes
            );
            assert_eq!(fs::read(path.with_extension("journal.damaged-1")).unwrap(), damaged);
            assert_eq!(levels(&rig.open()), expected[line - 1], "byte {at}");
        }
    }
}

#[test]
fn a_damaged_journal_is_kept_and_its_beginning_goes_on() {
    let (rig, path) = reviewed();
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 3;
    bytes[last] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let mut opened = rig.open();
    assert_eq!((levels(&opened), opened.notes.len()), (vec![1, 2, 1], 1));
    assert!(opened.notes[0].contains("damaged from line 4 on"), "{}", opened.notes[0]);
    opened.journal.record(&Event::Undone).unwrap();
    let again = rig.open();
    assert_eq!((levels(&again), again.notes.as_slice()), (vec![0, 2, 2], [].as_slice()));
    assert_eq!(rig.journals(), [".journal", ".journal.damaged-1"]);
    let aside = path.with_extension("journal.damaged-1");
    assert_eq!(fs::read(aside).unwrap(), bytes);
}

#[test]
fn a_journal_that_is_damaged_from_the_start_is_kept_and_does_not_keep_anyone_out() {
    let (rig, path) = reviewed();
    fs::write(&path, b"\xFFnothing").unwrap();
    let opened = rig.open();
    assert_eq!((levels(&opened), opened.notes.len()), (vec![0, 0, 2], 1));
    assert_eq!(rig.open().notes, [] as [&str; 0]);
    assert_eq!(rig.journals(), [".journal.damaged-1"]);
}

#[test]
fn decisions_follow_their_bugs_into_a_report_that_changed() {
    let (rig, _) = reviewed();
    let more = "### BUG-000: New\n\n- **Severity:** P0\n\n### BUG-001";
    fs::write(rig.path(), REPORT.replace("### BUG-001", more)).unwrap();
    let opened = rig.open();
    assert_eq!((levels(&opened), opened.misfits.as_slice()), (vec![0, 0, 2, 2], [].as_slice()));
    let session = opened.session();
    assert!(session.can_redo() && session.pending()[0].draft.seen.contains(BugIx(2)));
    assert_eq!(levels(&rig.open()), [0, 0, 2, 2]);
    assert_eq!(rig.journals(), [".journal"]);
}

fn changed(rig: &Rig, from: &str, to: &str) -> Opened {
    let report = rig.report();
    assert!(report.contains(from));
    fs::write(rig.path(), report.replace(from, to)).unwrap();
    rig.open()
}

#[test]
fn a_decision_on_a_bug_that_is_gone_waits_to_be_settled_and_fits_again_once_it_is_back() {
    let (rig, _) = reviewed();
    let opened = changed(&rig, "BUG-002", "BUG-020");
    assert_eq!((levels(&opened), opened.misfits.len()), (vec![0, 0, 2], 1));
    let misfit = &opened.misfits[0];
    assert_eq!(misfit.lost, Lost::Gone(vec!["BUG-002".to_owned()]));
    assert_eq!(misfit.decision.draft.rationale, "Configuration.");
    assert_eq!(rig.open().misfits, opened.misfits);
    let opened = changed(&rig, "BUG-020", "BUG-002");
    assert_eq!((levels(&opened), opened.misfits.len()), (vec![0, 2, 2], 0));
    assert_eq!(rig.journals(), [".journal"]);
}

#[test]
fn a_decision_on_a_bug_that_was_changed_is_not_made_on_what_nobody_judged() {
    let (rig, _) = reviewed();
    rig.open().journal.record(&decided(&[0, 1], 3, "Both.")).unwrap();
    let opened = changed(&rig, "CoverageWarning", "DataLoss");
    assert_eq!(levels(&opened), [3, 0, 2]);
    let lost: Vec<(&str, &Lost)> = opened
        .misfits
        .iter()
        .map(|misfit| (misfit.decision.draft.rationale.as_str(), &misfit.lost))
        .collect();
    assert_eq!(lost, [("Configuration.", &Lost::Changed), ("Both.", &Lost::Changed)]);
    assert_eq!(rig.open().misfits, opened.misfits, "nothing has been settled since");
    assert!(opened.misfits[1].decision.draft.bugs().eq([(BugIx(1), &Set::severity(LevelId(3)))]));
}

/// A bug whose severity its section says is another one elsewhere.
#[test]
fn a_bug_that_was_moved_to_another_level_has_changed() {
    let rig = Rig::new();
    let report = "# Bugs\n\n## High\n\n### A-1: one\n\nText.\n\n## Low\n\n### A-2: two\n\nText.\n";
    fs::write(rig.path(), report).unwrap();
    rig.open().journal.record(&decided(&[0], 0, "Worse.")).unwrap();
    assert_eq!(changed(&rig, "## High", "## Low").misfits.len(), 1);
}

#[test]
fn what_is_settled_stays_settled_and_what_is_not_survives_a_save() {
    let (rig, _) = reviewed();
    rig.open().journal.record(&decided(&[2], 3, "An improvement.")).unwrap();
    let mut opened = changed(&rig, "BUG-002", "BUG-020");
    let session = opened.session();
    let saved = rig.store().save(&mut opened.journal, &session, Writing::default()).unwrap();
    assert_eq!((saved.decisions, saved.misfits.len()), (1, 1));
    opened.journal.record(&decided(&[0], 1, "Tests.")).unwrap();
    let mut again = rig.open();
    assert_eq!((again.events.len(), again.misfits.len()), (1, 1));
    let anew = decision(decided(&[1], 2, "Configuration."));
    again.journal.record(&Event::Settled { misfit: 0, decision: Some(anew.clone()) }).unwrap();
    let last = rig.open();
    assert_eq!((last.events.len(), last.misfits.len()), (2, 0));
    assert_eq!(last.session().pending()[1], anew);
}

#[test]
fn a_decision_of_a_level_that_is_no_more_waits_for_it() {
    let (rig, path) = reviewed();
    let lines = fs::read_to_string(&path).unwrap();
    let lines =
        lines.lines().map(|line| crate::store::journal::line::of(&line[17..].replace("\"P2\"", "\"P7\"")));
    fs::write(&path, lines.collect::<String>()).unwrap();
    let opened = rig.open();
    assert_eq!(opened.misfits[0].lost, Lost::Unknown("P7".to_owned()));
    assert_eq!(rig.open().misfits, opened.misfits);
}

#[test]
fn of_many_bugs_those_follow_whose_neighbours_do() {
    let rig = Rig::new();
    let bugs = |from: u32| (from..2_000).map(|bug| format!("## B-{bug}: t\n\n- Severity: P0\n\n"));
    fs::write(rig.path(), bugs(0).collect::<String>()).unwrap();
    let all: Vec<u32> = (10..1_990).collect();
    rig.open().journal.record(&decided(&all, 1, "Tests.")).unwrap();
    let count = |opened: &Opened| levels(opened).iter().filter(|level| **level == 1).count();
    assert_eq!(count(&rig.open()), 1_980);
    fs::write(rig.path(), bugs(5).collect::<String>()).unwrap();
    assert_eq!(count(&rig.open()), 1_980);
    fs::write(rig.path(), bugs(11).collect::<String>()).unwrap();
    let opened = rig.open();
    assert_eq!((count(&opened), opened.misfits.len()), (1_978, 1));
    assert_eq!(opened.misfits[0].lost, Lost::Gone(vec!["B-10 … B-11".to_owned()]));
}

/// A line a bug would make the journal of a long report as long as the report.
#[test]
fn a_decision_on_very_many_bugs_takes_no_more_of_the_journal_than_one_on_a_thousand() {
    let rig = Rig::new();
    let bug = |bug| format!("## B-{bug}: t\n\n- Severity: P0\n\n");
    fs::write(rig.path(), (10_000..40_000).map(bug).collect::<String>()).unwrap();
    let length = |count: u32| {
        let all: Vec<u32> = (0..count).collect();
        let mut opened = rig.open();
        let before = fs::metadata(opened.journal.path()).map_or(0, |file| file.len());
        opened.journal.record(&decided(&all, 1, "Tests.")).unwrap();
        fs::metadata(opened.journal.path()).unwrap().len() - before
    };
    let (thousand, all) = (length(1_000), length(30_000));
    assert!(all < 2 * thousand, "{thousand} {all}");
}
