//! Decisions about the report as a whole, by commands: one entry each, and no trace once taken back.

use crate::place::Place;

const REPORT: &str = include_str!("../assets/sample.md");

fn place() -> Place {
    Place::with("bugs.md", REPORT)
}

/// A report would be said to have got what was not saved.
#[test]
fn what_is_not_saved_is_not_said_to_be_in_the_report() {
    let place = place();
    let lines = ["record", "bugs.md", "finding", "--text", "None of it\nis in production"];
    let dry = place.run(&[&lines[..], &["--dry-run"]].concat());
    assert!(dry.code == 0 && !dry.out.contains("on one line"), "{}{}", dry.out, dry.err);
    assert!(place.run(&lines).out.starts_with("the report gets it on one line"));
}

/// Each kind of decision about the whole report, with what it must put into the report.
const DECISIONS: [(&str, &[&str], Option<&str>); 5] = [
    (
        "fixed",
        &[
            "fix",
            "--issue",
            "Clock tests import a package that nothing installs",
            "--fix",
            "Declared it: \"time-machine\"",
            "--found-during",
            "Task 1",
            "--file",
            "requirements/test.txt",
            "--file",
            "odd: - name",
            "--verification",
            "the nine tests run",
            "--committed-in",
            "12ab34c",
            "--rule",
            "2",
        ],
        None,
    ),
    (
        "not-executed",
        &[
            "not-executed",
            "--task",
            "Close the holes",
            "--why",
            "There are none to close",
            "--decision",
            "Go on",
        ],
        None,
    ),
    (
        "finding",
        &["finding", "--text", "None of the 22 P0 bugs touches production"],
        Some("**Finding:** None of the 22 P0 bugs touches production"),
    ),
    (
        "recommendation",
        &["recommendation", "--text", "Call them test infrastructure"],
        Some("**Recommendation:** Call them test infrastructure"),
    ),
    ("note", &["note", "--text", "Read together with the people on call"], None),
];

#[test]
fn each_has_one_entry_and_goes_without_a_trace() {
    for (kind, args, line) in DECISIONS {
        let place = place();
        let said = place.run(&[&["record", "bugs.md"], args].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{kind}");
        let about = match kind {
            "fixed" => "something outside the report's bugs",
            "not-executed" => "a task of the plan",
            _ => "the report as a whole",
        };
        assert_eq!(said.out, format!("{kind}: {about}, logged in HERE/bugs.deviations.yaml\n"));
        let logged = place.entries();
        assert_eq!((logged.len(), logged[0].kind.name()), (1, kind));
        let report = place.read("bugs.md");
        assert_eq!(report.lines().filter(|known| Some(*known) == line).count(), usize::from(line.is_some()));
        let said = place.run(&["undo", "bugs.md", "--json"]);
        let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let taken = (&told["taken-back"]["kind"], &told["taken-back"]["id"], &told["entry"]["reverts"]);
        let id = serde_json::Value::from(logged[0].id.as_str());
        assert_eq!((said.code, taken), (0, (&kind.into(), &id, &id)), "{kind}");
        assert_eq!(place.read("bugs.md"), REPORT, "{kind}");
        let back = &place.entries()[1];
        assert_eq!((back.kind.name(), back.reverts.as_deref()), ("reverted", Some(logged[0].id.as_str())));
        assert_eq!(place.run(&["undo", "bugs.md"]).code, 1, "{kind} is taken back once");
    }
}

/// A report would say the same twice, and a summary count it twice.
#[test]
fn what_is_told_already_is_refused_until_it_is_taken_back_but_for_a_note() {
    for (kind, args, _) in DECISIONS {
        let place = place();
        let record = || place.run(&[&["record", "bugs.md"], args].concat());
        record();
        let report = place.read("bugs.md");
        let again = record();
        let is_note = kind == "note";
        let told = "there is nothing to change: the log tells this of the report already";
        assert_eq!((again.code, again.err.contains(told)), (i32::from(!is_note), !is_note), "{}", again.err);
        assert_eq!((place.read("bugs.md"), place.entries().len()), (report, 1 + usize::from(is_note)));
        assert_eq!((place.run(&["undo", "bugs.md"]).code, record().code), (0, 0), "{kind}");
    }
    let place = place();
    let finding = "{kind: finding, text: None of it is in production.}";
    let items = format!("decisions:\n- {finding}\n- {finding}\n- {{kind: note, text: Read with Ben.}}\n");
    place.write("decisions.yaml", items);
    for already in [1, 3] {
        let said = place.run(&["apply", "bugs.md", "decisions.yaml"]);
        assert_eq!(
            (said.code, said.out.matches("so already").count()),
            (0, already),
            "{}{}",
            said.out,
            said.err
        );
    }
    assert_eq!(place.read("bugs.md").matches("None of it is in production").count(), 1);
}

#[test]
fn what_a_fix_tells_is_read_back_from_the_log() {
    let place = place();
    place.run(&[&["record", "bugs.md"], DECISIONS[0].1].concat());
    let details = place.entries().remove(0).details;
    let names: Vec<&str> = details.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["issue", "found-during", "fix", "file", "file", "verification", "commit"]);
    assert_eq!(
        (details[2].1.as_str(), details[4].1.as_str()),
        ("Declared it: \"time-machine\"", "odd: - name")
    );
    let said = place.run(&["log", "bugs.md"]).out;
    assert!(said.contains("  found-during: Task 1\n"), "{said}");
    assert!(place.run(&["log", "bugs.md", "--json"]).out.contains(r#"{"name":"commit","text":"12ab34c"}"#));
}

#[test]
fn a_dry_run_shows_the_paragraph_and_writes_nothing() {
    let place = place();
    let said = place.run(&[&["record", "bugs.md"], DECISIONS[2].1, &["--dry-run"]].concat());
    assert!(said.out.contains("\n+**Finding:** None of the 22"), "{}", said.out);
    assert_eq!(place.files().len(), 1);
}

/// Somebody who wrote paragraphs would find them glued together with no word about it.
#[test]
fn a_finding_of_several_lines_is_told_to_stand_on_one() {
    let place = place();
    let said =
        place.run(&["record", "bugs.md", "finding", "--text", "It rains.\nThe roof leaks.\n\nMend it."]);
    assert!(
        said.out.starts_with("the report gets it on one line; the log keeps its lines\n"),
        "{}",
        said.out
    );
    assert!(place.read("bugs.md").contains("**Finding:** It rains. The roof leaks. Mend it.\n"));
    assert!(place.run(&["log", "bugs.md", "--json"]).out.contains(r"It rains.\nThe roof leaks.\n\nMend it."));
    let said = place.run(&["record", "bugs.md", "note", "--text", "It rains.\nStill."]);
    assert!(!said.out.contains("one line"), "a note is for the log alone: {}", said.out);
}

#[test]
fn what_says_too_little_is_refused() {
    let place = place();
    for args in [["finding", "--text", " ", "--rule", "2"], ["fix", "--issue", "", "--fix", "x"]] {
        let said = place.run(&[&["record", "bugs.md"], args.as_slice()].concat());
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    }
    let said = place.run(&["record", "bugs.md", "note", "--text", "long enough", "--rule", "9"]);
    assert_eq!(said.code, 2);
    assert_eq!(place.files().len(), 1);
}
