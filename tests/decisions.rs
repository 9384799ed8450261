//! Every kind of decision, by keys and by command: the same files, one entry in the log, no trace once it is undone
//! before a save, and taken back after one.

use regrade::triage::Kind;

use crate::desk::Table;
use crate::place::Place;

/// A count that is wrong, and bugs that go back to where they were, for they are the last of their section.
const REPORT: &str = "\
# Nightly

- Critical: 12

---

## P0 Bugs

### BUG-1: Crash in the importer
- **Severity:** P0 - ImportError
- **Status:** ⚠️ DOCUMENTED - see below

### BUG-2: Second crash
- **Severity:** P0 - ImportError
- **Status:** ⚠️ DOCUMENTED

---

## P2 Bugs

### BUG-3: Slow test
- **Severity:** P2 - Timeout
";

const WHY: &str = "Only the tests are concerned.";

const FINDING: &str = "None of the P0 bugs touches production.";

/// A kind of decision, and what makes one: the keys, and the command without the report.
struct Case {
    kind: Kind,
    keys: &'static str,
    command: &'static [&'static str],
}

const fn case(kind: Kind, keys: &'static str, command: &'static [&'static str]) -> Case {
    Case { kind, keys, command }
}

/// Every kind; those that are about bugs as well as about the report twice.
const CASES: [Case; 12] = [
    case(
        Kind::Reclassified,
        "j2<Alt-s>c<Alt-2>Only the tests are concerned.<Enter>",
        &["set", "BUG-2", "--severity", "P2", "--scope", "configuration", "--rule", "2", "--rationale", WHY],
    ),
    case(Kind::Confirmed, "j<Enter>", &["set", "BUG-2", "--confirm"]),
    case(
        Kind::Status,
        "jxiOnly the tests are concerned.<Enter>",
        &["set", "BUG-2", "--status", "in-progress", "--rationale", WHY],
    ),
    case(
        Kind::Fixed,
        "jxrCommit 12ab34c<Tab>the suite is quiet<Tab><Tab>test_import.py<Tab>option removed<Enter>\
         Only the tests are concerned.<Enter>",
        &[
            "set",
            "BUG-2",
            "--status",
            "resolved - option removed",
            "--fix",
            "Commit 12ab34c",
            "--verification",
            "the suite is quiet",
            "--regression-test",
            "test_import.py",
            "--rationale",
            WHY,
        ],
    ),
    case(
        Kind::Fixed,
        "rfClocks<Tab>nothing installs it<Tab>Task 1<Tab>declared it<Tab>a.txt, b.txt<Tab>the tests run<Tab>\
         12ab34c<Tab>Only the tests are concerned.<Alt-2><Enter>",
        &[
            "record",
            "fix",
            "--title",
            "Clocks",
            "--issue",
            "nothing installs it",
            "--found-during",
            "Task 1",
            "--fix",
            "declared it",
            "--file",
            "a.txt",
            "--file",
            "b.txt",
            "--verification",
            "the tests run",
            "--committed-in",
            "12ab34c",
            "--rationale",
            WHY,
            "--rule",
            "2",
        ],
    ),
    case(
        Kind::NotExecuted,
        "rtClose the holes<Tab>There are none to close.<Tab>Go on<Enter>",
        &[
            "record",
            "not-executed",
            "--task",
            "Close the holes",
            "--decision",
            "Go on",
            "--why",
            "There are none to close.",
        ],
    ),
    case(
        Kind::Finding,
        "riNone of the P0 bugs touches production.<Enter>",
        &["record", "finding", "--text", FINDING],
    ),
    case(
        Kind::Recommendation,
        "rrOnly the tests are concerned.<Enter>",
        &["record", "recommendation", "--text", WHY],
    ),
    case(Kind::Note, "rnOnly the tests are concerned.<Enter>", &["record", "note", "--text", WHY]),
    case(
        Kind::Note,
        "jcOnly the tests are concerned.<Enter>",
        &["set", "BUG-2", "--note", "--rationale", WHY],
    ),
    case(Kind::Claims, "Cf<Esc>", &["check", "--fix-claims"]),
    case(Kind::Reverted, "u", &["undo"]),
];

impl Case {
    /// What it is called where a test fails.
    fn name(&self) -> String {
        format!("{} by {}", self.kind.name(), self.keys)
    }

    /// A desk on the report with an earlier decision in its log; as little as a command it shows what a bug says.
    fn table(&self) -> Table {
        let table = Table::new(REPORT).sized(80, 20);
        let earlier = ["set", "bugs.md", "BUG-3", "--status", "open", "--rationale", "Seen again this week."];
        assert_eq!(table.place.run(&earlier).code, 0);
        table
    }

    /// Runs its command on the report of a place.
    fn run(&self, place: &Place) {
        let (command, args) = self.command.split_first().unwrap();
        let said = place.run(&[&[*command, "bugs.md"], args].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", self.name());
    }
}

#[test]
fn every_kind_of_decision_is_tried() {
    for kind in Kind::ALL {
        assert!(CASES.iter().any(|case| case.kind == kind), "nobody tries {}", kind.name());
    }
}

#[test]
fn keys_and_commands_write_the_same_files_and_one_entry() {
    for case in &CASES {
        let (typed, told) = (case.table(), case.table());
        let before = typed.log();
        typed.press(&[case.keys, "w"]);
        case.run(&told.place);
        assert_eq!(typed.report(), told.report(), "{}", case.name());
        assert_eq!(typed.log(), told.log(), "{}", case.name());
        assert!(typed.log().starts_with(&before), "{}", case.name());
        let entries = typed.place.entries();
        assert_eq!((entries.len(), entries[1].kind), (2, case.kind), "{}", case.name());
    }
}

#[test]
fn undone_before_a_save_it_leaves_no_trace() {
    for case in &CASES {
        let table = case.table();
        let (report, log) = (table.report(), table.log());
        let back = if case.kind == Kind::Reverted { "<Ctrl-r>" } else { "u" };
        table.press(&[case.keys, back, "w"]);
        assert_eq!((table.report(), table.log()), (report, log), "{}", case.name());
        table.press(&[case.keys, back]);
        table.press(&["w"]);
        assert_eq!(table.place.entries().len(), 1, "{}: nor after the desk was left", case.name());
    }
}

/// What takes back another is itself taken back by a redo alone.
#[test]
fn taken_back_after_a_save_the_report_is_as_it_was_and_the_log_tells_it() {
    for case in CASES.iter().filter(|case| case.kind != Kind::Reverted) {
        let (typed, told) = (case.table(), case.table());
        let before = typed.report();
        typed.press(&[case.keys, "w"]);
        let saved = typed.log();
        typed.press(&["u", "w"]);
        case.run(&told.place);
        assert_eq!(told.place.run(&["undo", "bugs.md"]).code, 0, "{}", case.name());
        assert_eq!(typed.report(), before, "{}", case.name());
        assert_eq!((typed.report(), typed.log()), (told.report(), told.log()), "{}", case.name());
        assert!(typed.log().starts_with(&saved), "{}", case.name());
        let entries = typed.place.entries();
        let [_, made, back] = entries.as_slice() else { panic!("{}: {entries:?}", case.name()) };
        assert_eq!((back.kind, back.reverts.as_ref()), (Kind::Reverted, Some(&made.id)), "{}", case.name());
    }
}

/// A decision that was taken back is taken back once, and then the one before it.
#[test]
fn what_was_taken_back_stays_so_until_it_is_decided_anew() {
    let case = &CASES[11];
    let table = case.table();
    table.press(&["u", "w", "u", "w"]);
    assert_eq!((table.report().as_str(), table.place.entries().len()), (REPORT, 2));
    assert_eq!(table.place.run(&["undo", "bugs.md"]).code, 1);
}

/// What was recorded and not saved would be gone with a closed window.
#[test]
fn every_kind_survives_a_desk_that_is_left_without_saving() {
    for case in &CASES {
        let (left, saved) = (case.table(), case.table());
        left.press(&[case.keys]);
        left.press(&["w"]);
        saved.press(&[case.keys, "w"]);
        assert_eq!((left.report(), left.log()), (saved.report(), saved.log()), "{}", case.name());
    }
}

/// The forms at every size, and by ear.
mod forms {
    use insta::assert_snapshot;
    use regrade::tui::Step;

    use super::REPORT;
    use crate::desk::Table;

    fn screens(typed: &str) -> String {
        let screen = |(width, height)| {
            let table = Table::new(REPORT).sized(width, height);
            let (_, screens) = table.play([Step::keys(typed), Step::Settle, Step::Screenshot]);
            format!("{width}x{height}\n{}\n", screens[0])
        };
        [(120, 40), (80, 24), (40, 12)].map(screen).join("\n")
    }

    #[test]
    fn they_show_at_every_size() {
        assert_snapshot!("what to record", screens("r"));
        assert_snapshot!("fix outside the bugs", screens("rf<Tab>nothing installs 日本<Tab><Alt-2>"));
        assert_snapshot!("fix that says too little", screens("rf<Alt-Enter>"));
        assert_snapshot!("task not executed", screens("rtClose the holes<Tab>There are none, and"));
        assert_snapshot!(
            "finding",
            screens("riNone of the P0 bugs touches production, for all of them are about tests")
        );
        assert_snapshot!("finding that is recorded", screens("riNone of the P0 bugs is real.<Enter>L"));
        assert_snapshot!("finding before it is saved", screens("riNone of the P0 bugs is real.<Enter>D"));
    }

    /// A paragraph of findings would be gone with a closed window.
    #[test]
    fn a_text_that_was_being_typed_comes_back_when_the_desk_was_ended_from_outside() {
        let table = Table::new(REPORT).sized(40, 12);
        table.play([Step::keys("riHalf a find")]);
        let steps = [Step::keys("ri"), Step::Screenshot, Step::keys("<Tab>ing.<Enter>w"), Step::Settle];
        let (_, screens) = table.play(steps);
        assert!(screens[0].contains("Tab takes what was left"), "{}", screens[0]);
        assert!(table.report().contains("> **Finding:** Half a finding."), "{}", table.report());
    }

    /// Whoever listens would hear the whole form after every key, or not know which line is next.
    #[test]
    fn a_form_is_filled_in_by_ear() {
        let table = Table::new(REPORT);
        let steps =
            ["r", "t", "Close", "<Tab>", "too few", "<Tab>", "Go on<Enter>", " holes are there<Alt-Enter>"];
        assert_snapshot!(
            "form by ear",
            table.listen([Step::Settle].into_iter().chain(steps.map(Step::keys)))
        );
        table.press(&["w"]);
        assert!(table.log().contains("\nkind: not-executed\n"), "{}", table.log());
    }
}

/// A bug taken back in the middle of its section would stand at its end.
mod moving {
    use crate::desk::Table;

    /// Sections of three bugs each, in which something else stands between bugs and sections.
    fn report(separator: &str) -> String {
        let bug = |level: usize| {
            move |at: usize| {
                let number = 3 * level + at;
                format!(
                    "### BUG-{number:03}: Bug {number}\n- **Severity:** P{level} - Error\n- **Status:** open"
                )
            }
        };
        let section = |level| {
            let bugs: Vec<String> = (1..=3).map(bug(level)).collect();
            format!("## P{level} Bugs (3)\n\n{}\n", bugs.join(separator))
        };
        let sections: Vec<String> = (0..3).map(section).collect();
        format!("# Nightly\n\n{}\n## Notes\n\nNone.\n", sections.join("\n---\n\n"))
    }

    #[test]
    fn each_bug_goes_back_to_where_it_stood() {
        for separator in ["\n\n", "\n\n---\n\n"] {
            let before = report(separator);
            for bug in 1..=9 {
                let table = Table::new(&before);
                let (handle, to) = (format!("BUG-{bug:03}"), if bug > 6 { "P0" } else { "P2" });
                let args = ["set", "bugs.md", &handle, "--severity", to, "--rationale", super::WHY];
                let said = table.place.run(&[&args[..], &["--override", "it is so"]].concat());
                assert_eq!((said.code, said.err.as_str()), (0, ""));
                assert_ne!(table.report(), before);
                assert_eq!(table.place.run(&["undo", "bugs.md"]).code, 0);
                assert_eq!(table.report(), before, "{handle} to {to}");
            }
        }
    }

    /// They stand in the order of the decisions by then.
    #[test]
    fn so_do_several_one_after_the_other() {
        let before = report("\n\n");
        let table = Table::new(&before);
        for level in ["j2", "k2"] {
            table.press(&["g", level, super::WHY, "<Enter>", "w"]);
        }
        assert!(table.report().find("BUG-002") < table.report().find("BUG-001"), "{}", table.report());
        table.press(&["u", "w", "u", "w"]);
        assert_eq!(table.report(), before);
    }

    #[test]
    fn so_do_several_at_once() {
        for separator in ["\n\n", "\n\n---\n\n"] {
            for marks in [
                "<Space>j<Space>",
                "j<Space><Space>",
                "<Space><Space>",
                "<Space>jj<Space>",
                "<Space><Space><Space>",
            ] {
                let before = report(separator);
                let table = Table::new(&before);
                table.press(&[marks, "2", super::WHY, "<Enter>", "w"]);
                assert_ne!(table.report(), before);
                table.press(&["u", "w"]);
                assert_eq!(table.report(), before, "{marks}");
            }
        }
    }
}
