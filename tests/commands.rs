//! The command line: what scripts rely on.

use insta::assert_snapshot;

use crate::place::{Place, Said, shared};

const REPORT: &str = "\
# Nightly

| Severity | Count |
|----------|-------|
| P0       | 2     |
| P1       | 9     |

## P0 Bugs (Critical)

### BUG-1: Login loops
- **Severity:** P0 - Security
- **Status:** ⚠️ DOCUMENTED - see log

---

### BUG-2: Missing `flask`
- **Severity:** P0 - ImportError
- **Status:** ✅ FIXED - pinned

---

## P1 Bugs (High)

### BUG-3: Slow suite
- **Severity:** P1 - Quality
";

fn place() -> Place {
    Place::with("bugs.md", REPORT)
}

fn downgrade<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let why = "Only keeps tests from being collected";
    [
        &[
            "set",
            "bugs.md",
            "BUG-2",
            "--severity",
            "high",
            "--scope",
            "test",
            "--rationale",
            why,
            "--rule",
            "2",
        ],
        more,
    ]
    .concat()
}

#[test]
fn list_says_what_the_report_says() {
    let said = place().run(&["list", "bugs.md"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_snapshot!(said.out, @"
    BUG-1  P0  –  ⚠️ DOCUMENTED  Login loops
    BUG-2  P0  –  ✅ FIXED       Missing `flask`
    BUG-3  P1  –  –              Slow suite

    3 bugs: P0 2, P1 1
    ");
}

#[test]
fn list_as_json_has_the_members_that_scripts_rely_on_in_their_order() {
    let said = place().run(&["list", "bugs.md", "--json"]);
    assert_eq!(said.code, 0);
    assert_snapshot!(said.out, @r#"
    {"line":10,"id":"BUG-1","title":"Login loops","severity":"P0","severity_text":"P0 - Security","level":"P0","severity_source":"field","scope":null,"status":"⚠️ DOCUMENTED","section":"P0 Bugs (Critical)","handle":"BUG-1"}
    {"line":16,"id":"BUG-2","title":"Missing `flask`","severity":"P0","severity_text":"P0 - ImportError","level":"P0","severity_source":"field","scope":null,"status":"✅ FIXED","section":"P0 Bugs (Critical)","handle":"BUG-2"}
    {"line":24,"id":"BUG-3","title":"Slow suite","severity":"P1","severity_text":"P1 - Quality","level":"P1","severity_source":"field","scope":null,"status":null,"section":"P1 Bugs (High)","handle":"BUG-3"}
    "#);
}

#[test]
fn show_tells_where_each_severity_stands() {
    assert_snapshot!(place().run(&["show", "bugs.md", "BUG-2"]).out, @"
    BUG-2  Missing `flask`
      line 17: field says P0
      line 8: section says P0
      scope: –
      status: ✅ FIXED

    ### BUG-2: Missing `flask`
    - **Severity:** P0 - ImportError
    - **Status:** ✅ FIXED - pinned
    ");
}

#[test]
fn set_changes_the_report_where_the_decision_does_and_logs_it() {
    let place = place();
    let said = place.run(&downgrade(&[]));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_snapshot!(said.out, @"
    policy unseen-downgrade: A P0 is downgraded that nobody has looked at. (BUG-2)
    ! 1 count was wrong before and stays as far off (P1 on line 6 said 9 and documented 1); `regrade check bugs.md --fix-claims` sets counts right
    reclassified: 1 bug (BUG-2), logged in HERE/bugs.deviations.yaml
    ");
    assert_eq!(place.files().into_keys().collect::<Vec<_>>(), ["bugs.deviations.yaml", "bugs.md"]);
    assert_snapshot!(place.read("bugs.md"), @"
    # Nightly

    | Severity | Count |
    |----------|-------|
    | P0       | 1     |
    | P1       | 10    |

    ## P0 Bugs (Critical)

    ### BUG-1: Login loops
    - **Severity:** P0 - Security
    - **Status:** ⚠️ DOCUMENTED - see log

    ---

    ## P1 Bugs (High)

    ### BUG-3: Slow suite
    - **Severity:** P1 - Quality

    ---

    ### BUG-2: Missing `flask`
    - **Severity:** P1 - ImportError (downgraded from P0)
    - **Scope:** Test infrastructure
    - **Status:** ✅ FIXED - pinned
    ");
    assert_snapshot!(place.read("bugs.deviations.yaml"), @"
    ---
    id: 036e5f3aae465a1d
    at: 2026-02-11T20:25:48Z
    by: Ada Example <ada@example.org>
    kind: reclassified
    bugs:
    - id: BUG-2
      title: Missing `flask`
      severity: {from: P0, to: P1}
      scope: {from: null, to: test}
      seen: false
    rationale: Only keeps tests from being collected
    rule: 2
    policy:
    - {guard: unseen-downgrade}
    ");
}

#[test]
fn a_dry_run_prints_the_diff_and_writes_nothing() {
    let place = place();
    let said = place.run(&downgrade(&["--dry-run"]));
    assert_eq!(said.code, 0);
    assert_snapshot!(said.out, @"
    policy unseen-downgrade: A P0 is downgraded that nobody has looked at. (BUG-2)
    ! 1 count was wrong before and stays as far off (P1 on line 6 said 9 and documented 1); `regrade check bugs.md --fix-claims` sets counts right
    --- a/bugs.md
    +++ b/bugs.md
    @@ -2,8 +2,8 @@
     
     | Severity | Count |
     |----------|-------|
    -| P0       | 2     |
    -| P1       | 9     |
    +| P0       | 1     |
    +| P1       | 10    |
     
     ## P0 Bugs (Critical)
     
    @@ -13,13 +13,14 @@
     
     ---
     
    -### BUG-2: Missing `flask`
    -- **Severity:** P0 - ImportError
    -- **Status:** ✅ FIXED - pinned
    -
    ----
    -
     ## P1 Bugs (High)
     
     ### BUG-3: Slow suite
     - **Severity:** P1 - Quality
    +
    +---
    +
    +### BUG-2: Missing `flask`
    +- **Severity:** P1 - ImportError (downgraded from P0)
    +- **Scope:** Test infrastructure
    +- **Status:** ✅ FIXED - pinned
    ");
    assert_eq!(place.files().into_keys().collect::<Vec<_>>(), ["bugs.md"]);
    assert_eq!(place.read("bugs.md"), REPORT);
}

/// A report would say the same twice: once on the line, and once in the list below.
#[test]
fn no_field_is_put_beside_one_of_its_name_that_is_a_list() {
    let list = "# Bugs\n\n### B-1: Slow\n- **Severity:** P1\n- **Next Steps:**\n  1. Measure\n  2. Mend\n- **Owner:**\n";
    let place = Place::with("bugs.md", list);
    let refused =
        place.run(&["set", "bugs.md", "B-1", "--field", "next steps=Mend", "--rationale", "It is known."]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("next steps of B-1 is what stands below it"), "{}", refused.err);
    let decision = "decisions:\n- {bug: B-1, fields: {Next Steps: Mend}, rationale: It is known.}\n";
    place.write("decisions.yaml", decision);
    let refused = place.run(&["apply", "bugs.md", "decisions.yaml"]);
    assert!(refused.code == 1 && (refused.out + &refused.err).contains("stands below it"));
    assert_eq!(place.read("bugs.md"), list);
    let waits = place.run(&["set", "bugs.md", "B-1", "--field", "Owner=Ada", "--rationale", "It is hers."]);
    assert_eq!(waits.code, 0, "{waits:?}");
    assert!(place.read("bugs.md").ends_with("  2. Mend\n- **Owner:** Ada\n"), "{}", place.read("bugs.md"));
}

/// Somebody would be told after the fact, and in the words of a save, that a table has no place for it.
#[test]
fn a_field_that_a_table_has_no_column_for_is_refused() {
    let rows = "# Bugs\n\n| ID | Title | Severity |\n|----|-------|----------|\n| B-1 | Slow | P1 |\n| B-2 | Loud | P1 |\n";
    let place = Place::with("bugs.md", rows);
    let fix = [
        "set",
        "bugs.md",
        "B-1",
        "--fix",
        "Oil",
        "--field",
        "Next Steps=Mend",
        "--rationale",
        "It is known.",
    ];
    let refused = place.run(&fix);
    let what = "the table of B-1 has no column Next Steps";
    assert!(refused.code == 1 && refused.err.contains(what), "{refused:?}");
    assert!(refused.err.contains("hint: add it by hand"), "{refused:?}");
    let decisions = "by: Eve\ndecisions:\n- {bug: B-1, fields: {Next Steps: Mend}, rationale: It is known.}\n\
                     - {bug: B-2, severity: P2, rationale: It is known.}\n";
    place.write("decisions.yaml", decisions);
    for more in [&[][..], &["--propose"], &["--dry-run"]] {
        let refused = place.run(&[&["apply", "bugs.md", "decisions.yaml"], more].concat());
        let said = refused.out + &refused.err;
        assert!(refused.code == 1 && said.contains(what) && said.contains("decisions.yaml:3:3"), "{said}");
    }
    assert_eq!(place.read("bugs.md"), rows);
    assert_eq!(place.run(&["apply", "bugs.md", "decisions.yaml", "--partial"]).code, 1);
    assert_eq!(place.read("bugs.md"), rows.replace("Loud | P1", "Loud | P2"));
}

#[test]
fn a_field_may_end_in_a_backslash() {
    let place = Place::with("bugs.md", "# Bugs\n\n### B-1: Slow\n- **Severity:** P1\n- **Owner:** Ben\n");
    let before = place.read("bugs.md");
    let set = ["set", "bugs.md", "B-1", "--field", "Path=C:\\", "--rationale", "It is known."];
    assert_eq!(place.run(&set).code, 0);
    assert!(place.read("bugs.md").contains("- **Path:** C:\\\n"), "{}", place.read("bugs.md"));
    let again = place.run(&set);
    assert!(again.code == 1 && again.err.contains("already"), "{again:?}");
    assert_eq!(place.run(&["undo", "bugs.md"]).code, 0);
    assert_eq!(place.read("bugs.md"), before);
}

#[test]
fn confirming_leaves_every_byte_and_is_logged() {
    let place = place();
    assert_eq!(place.run(&["set", "bugs.md", "BUG-1", "BUG-3", "--confirm"]).code, 0);
    assert_eq!(place.read("bugs.md"), REPORT);
    assert_snapshot!(place.read("bugs.deviations.yaml"), @"
    ---
    id: 7af2fa2b8f14a672
    at: 2026-02-11T20:25:48Z
    by: Ada Example <ada@example.org>
    kind: confirmed
    bugs:
    - id: BUG-1
      title: Login loops
      seen: false
    - id: BUG-3
      title: Slow suite
      seen: false
    ");
}

/// The log of a script that runs every night would tell of somebody who looks at a bug every night.
#[test]
fn to_confirm_again_without_a_word_says_nothing_new() {
    let place = place();
    let confirm = |more: &[&str]| place.run(&[&["set", "bugs.md", "BUG-1", "--confirm"], more].concat());
    assert_eq!(confirm(&[]).code, 0);
    let said = confirm(&[]);
    assert!(said.code == 1 && said.err.contains("nothing to confirm: BUG-1 was decided before"), "{said:?}");
    let said = place.run(&["set", "bugs.md", "BUG-1", "BUG-3", "--confirm"]);
    assert!(
        said.out.starts_with("! 1 bug is left out that was decided before\nconfirmed: 1 bug (BUG-3)"),
        "{said:?}"
    );
    assert_eq!(confirm(&["--rationale", "Looked at again"]).code, 0);
    let log = place.run(&["log", "bugs.md"]).out;
    assert_eq!(log.matches("confirmed").count(), 3, "{log}");
    assert!(log.contains("\n  BUG-1  Login loops\n"), "{log}");
}

/// Who takes back one decision after the other would not know which ones.
#[test]
fn undo_and_redo_say_what_becomes_of_the_bugs() {
    let place = place();
    place.run(&downgrade(&[]));
    place.run(&["set", "bugs.md", "BUG-1", "--confirm"]);
    let first = |command: &str| {
        let said = place.run(&[command, "bugs.md"]).out;
        let said = said.lines().find(|line| !line.starts_with('!')).unwrap_or_default();
        said.split(", logged").next().unwrap_or_default().to_owned()
    };
    assert_eq!(first("undo"), "reverted: 1 bug (BUG-1: confirmed)");
    assert_eq!(first("undo"), "reverted: 1 bug (BUG-2: P1 → P0, scope test → –)");
    assert_eq!(first("redo"), "brought back: 1 bug (BUG-2: P0 → P1, scope – → test)");
}

/// The origin of a setting would be looked for in another column in each line.
#[test]
fn settings_are_told_in_columns() {
    let place = place();
    place.write(".regrade.yaml", "columns: [id, severity, scope, status, title, badges]\n");
    let said = place.run(&["config"]).out;
    let mut rows = said.lines().filter(|line| line.contains("default") || line.contains(".regrade.yaml"));
    let column = |line: &str| line.find("  default").or(line.find("  HERE"));
    let first = column(rows.next().unwrap());
    assert!(first.is_some() && rows.all(|line| column(line) == first), "{said}");
}

#[test]
fn undo_takes_a_saved_decision_back_and_the_log_says_so() {
    let place = place();
    place.run(&downgrade(&[]));
    let said = place.run(&["undo", "bugs.md"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(place.read("bugs.md"), REPORT);
    assert_snapshot!(place.run(&["log", "bugs.md"]).out, @"
    036e5f3aae465a1d  2026-02-11 20:25:48Z  Ada Example <ada@example.org>  reclassified  rule 2
      BUG-2  P0 → P1  scope – → test  Missing `flask`
        Only keeps tests from being collected
        policy unseen-downgrade
    b736ab14351a13a8  2026-02-11 20:25:48Z  Ada Example <ada@example.org>  reverted  takes back 036e5f3aae465a1d
      BUG-2  P1 → P0  scope test → –  Missing `flask`
    ");
    assert_eq!(place.run(&["log", "bugs.md", "--verify"]).out, "2 entries, the chain is whole\n");
    assert_eq!(place.run(&["undo", "bugs.md"]).code, 1);
}

/// Whoever compares what was taken back with what was decided would read two lists.
#[test]
fn undo_names_bugs_in_the_order_in_which_they_were_decided_on() {
    let bug = |id: u8, level: &str| {
        format!("## {level} Bugs\n\n### BUG-{id}: Bug {id}\n- **Severity:** {level}\n\n")
    };
    let place = Place::with("bugs.md", format!("# Bugs\n\n{}{}", bug(1, "P0"), bug(2, "P1")));
    let set = ["set", "bugs.md", "BUG-1", "BUG-2", "--severity", "P1", "--scope", "test", "--rationale"];
    assert!(place.run(&[&set[..], &["Only the tests need it."]].concat()).out.contains("(BUG-1, BUG-2)"));
    let moved = place.read("bugs.md");
    assert!(moved.find("### BUG-2") < moved.find("### BUG-1"), "{moved}");
    for command in ["undo", "redo", "undo"] {
        let said = place.run(&[command, "bugs.md"]);
        assert!(said.code == 0 && said.out.contains(" 2 bugs (BUG-1, BUG-2), "), "{command}: {said:?}");
    }
}

#[test]
fn a_changed_log_is_found_out() {
    let place = place();
    place.run(&downgrade(&[]));
    let log = place.read("bugs.deviations.yaml").replace("from: P0", "from: P1");
    place.write("bugs.deviations.yaml", log);
    let said = place.run(&["log", "bugs.md", "--verify"]);
    assert_eq!(said.code, 1);
    assert_snapshot!(said.out, @"line 1: entry 036e5f3aae465a1d is not as it was written: cut off, changed, or with something behind it that is no entry");
}

#[test]
fn what_cannot_be_is_refused_with_what_to_do_next() {
    let refusals: Vec<String> = [
        &["set", "bugs.md", "BUG-2", "--severity", "P1"][..],
        &["set", "bugs.md", "BUG-2", "--severity", "P7", "--rationale", "why not"],
        &["set", "bugs.md", "BUG-2", "--scope", "moon", "--rationale", "because it is"],
        &["set", "bugs.md", "BUG-2", "--status", "odd", "--rationale", "because it is"],
        &["set", "bugs.md", "BUG-2", "--confirm", "--rule", "9"],
        &["set", "bugs.md", "BUG-2", "--confirm", "--rule", "Blocking"],
        &["set", "bugs.md", "BUG-2", "--status", "deferred until soon", "--rationale", "because it is"],
        &["set", "bugs.md", "BUG-9", "--confirm"],
        &["set", "bugs.md", "BUG-1,BUG-2", "--confirm"],
        &["set", "bugs.md", "BUG-1", "P2"],
        &["set", "bugs.md", "BUG-1", "BUG-2", "fixed"],
        &["set", "bugs.md", "BUG-1", "--rationale", "because it is"],
        &["show", "missing.md", "BUG-1"],
        &["list", "."],
        &["log", "."],
        &["bugs.md"],
        &["bugs.md", "bugs.md"],
        &["bugs.md", "list"],
    ]
    .iter()
    .map(|args| {
        let Said { code, out, err } = place().run(args);
        assert_eq!(out, "");
        format!("{}\n{code}: {err}", args.join(" "))
    })
    .collect();
    assert_snapshot!(refusals.join("\n"), @"
    set bugs.md BUG-2 --severity P1
    1: regrade: bugs.md: a decision such as this needs a rationale of at least 10 characters
      hint: say why with --rationale TEXT

    set bugs.md BUG-2 --severity P7 --rationale why not
    2: regrade: no level is called P7
      hint: there are: P0 Critical, P1 High, P2 Medium, P3 Low

    set bugs.md BUG-2 --scope moon --rationale because it is
    2: regrade: no scope is called moon
      hint: there are: production, test, configuration, documentation, dependency, build

    set bugs.md BUG-2 --status odd --rationale because it is
    2: regrade: no status is called odd
      hint: there are: open, in-progress, documented, resolved, deferred, duplicate, wont-fix, not-a-bug, needs-info

    set bugs.md BUG-2 --confirm --rule 9
    2: regrade: no deviation rule is called 9
      hint: there are: 1 Bug, 2 Missing critical, 3 Blocking, 4 Architectural

    set bugs.md BUG-2 --confirm --rule Blocking
    2: error: invalid value 'Blocking' for '--rule <N>': a rule is named by its number, such as 2; `regrade methodology` tells them

    For more information, try '--help'.

    set bugs.md BUG-2 --status deferred until soon --rationale because it is
    2: regrade: deferred until “soon”: no day, such as 2026-12-01, 24 dec, 2w, friday or end of month

    set bugs.md BUG-9 --confirm
    2: regrade: no bug is called BUG-9
      hint: `regrade list bugs.md` names them all, in its first column

    set bugs.md BUG-1,BUG-2 --confirm
    2: regrade: no bug is called BUG-1,BUG-2
      hint: name several bugs with blanks between them, not commas
      hint: `regrade list bugs.md` names them all, in its first column

    set bugs.md BUG-1 P2
    2: regrade: P2 is no bug to set, and nothing says what to set
      hint: to set it, say --severity: regrade set bugs.md BUG-1 --severity P2

    set bugs.md BUG-1 BUG-2 fixed
    2: regrade: fixed is no bug to set, and nothing says what to set
      hint: to set it, say --status: regrade set bugs.md BUG-1 BUG-2 --status fixed

    set bugs.md BUG-1 --rationale because it is
    2: regrade: nothing says what the bugs are to be set to
      hint: say it with --severity LEVEL, --status STATUS, --scope SCOPE or another option; `regrade set --help` tells them all
      hint: to change nothing and write down why alone, as `c` does at the desk, say --note

    show missing.md BUG-1
    2: regrade: missing.md: cannot read this: No such file or directory (os error 2)
      hint: check the path

    list .
    2: regrade: HERE: this is a folder
      hint: name a report in it: bugs.md (3 bugs)

    log .
    2: regrade: HERE: this is a folder
      hint: name a report in it: bugs.md (3 bugs)

    bugs.md
    2: regrade: the desk needs a terminal, and there is none
      hint: regrade list bugs.md                                   lists the bugs
      hint: regrade show bugs.md ID                                shows one
      hint: regrade set bugs.md ID --severity P2 --rationale TEXT  decides and saves
      hint: regrade log bugs.md                                    shows what was decided

    bugs.md bugs.md
    2: regrade: the desk opens one report, and “bugs.md” is one more
      hint: name one, or the folder that they are in to choose from

    bugs.md list
    2: regrade: the command “list” stands before the report
      hint: regrade list bugs.md
    ");
}

#[test]
fn bytes_of_the_report_never_reach_the_output_raw() {
    let hostile = "### BUG-1: a\u{1b}]52;c;ZXZpbA==\u{7} \u{202e}b\u{9b}31m\n- **Severity:** P0\n- **Status:** x\u{1b}[2J\n\u{1b}[31m\n";
    let place = Place::with("bugs.md", hostile);
    for args in [
        &["list", "bugs.md"][..],
        &["list", "bugs.md", "--json"],
        &["show", "bugs.md", "BUG-1"],
        &["show", "bugs.md", "BUG-1", "--json"],
    ] {
        let said = place.run(args);
        assert_eq!(said.code, 0);
        let raw = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.out.contains(raw), "{:?}", said.out);
    }
}

/// Two edits of one place would meet otherwise.
#[test]
fn a_field_is_set_in_one_way_only() {
    for fields in [
        &["--severity", "P2", "--field", "Severity=P1"][..],
        &["--status", "fixed", "--field", "status=x"],
        &["--field", "Owner=a", "--field", "owner=b"],
        &["--field", "=b"],
    ] {
        let args = [&["set", "bugs.md", "BUG-2", "--rationale", "because it is so"][..], fields].concat();
        let place = place();
        assert_eq!((place.run(&args).code, place.read("bugs.md").as_str()), (2, REPORT), "{fields:?}");
    }
}

#[test]
fn a_dry_run_can_be_read_by_a_program_and_says_when_there_is_nothing() {
    let said = place().run(&downgrade(&["--dry-run", "--json"])).out;
    assert!(said.starts_with(r#"{"diff":"--- a/bugs.md\n+++ b/bugs.md\n"#), "{said}");
    let said = place().run(&["set", "bugs.md", "BUG-1", "--confirm", "--dry-run"]).out;
    assert_eq!(said, "nothing would change in the report\n");
}

#[test]
fn a_report_of_any_bytes_is_listed() {
    for bytes in [&b""[..], b"\0\0\xff\xfe", b"\xef\xbb\xbf", b"no bugs here\n"] {
        let said = Place::with("bugs.md", bytes).run(&["list", "bugs.md"]);
        assert_eq!((said.code, said.out.lines().next()), (0, Some("no bugs found")));
        let is_told = said.out.contains("! bugs.md: this does not look like text");
        assert_eq!(is_told, bytes.contains(&0), "{}", said.out);
    }
}

/// Somebody who names the log itself would take it that nothing was ever decided.
#[test]
fn a_log_is_told_from_a_report() {
    let place = place();
    place.done(&downgrade(&[]));
    for args in [&["log", "bugs.deviations.yaml"][..], &["check", "bugs.deviations.yaml"]] {
        let said = place.run(args);
        assert!(said.code == 2 && said.err.contains("this is a deviation log, and no report"), "{said:?}");
    }
}

/// What is taken away at the desk by a dash would stand in the report as one.
#[test]
fn a_dash_takes_a_field_away_as_at_the_desk() {
    let field = |field: &str| {
        let place = place();
        let set = |field| {
            place.done(&["set", "bugs.md", "BUG-2", "--field", field, "--rationale", "As the crew says."])
        };
        set("Owner=Ada");
        set(field);
        place.read("bugs.md")
    };
    assert_eq!([field("Owner=-"), field("Owner=")], [REPORT, REPORT]);
    assert!(field("Owner=--").contains("Owner:** --"));
}

/// Counts that are wrong in a table, a heading and a sentence, and a bug under the wrong heading.
const WRONG: &str = "\
# Nightly

The run found 9 bugs.

| Severity | Count |
|:---------|------:|
| P0       |    12 |
| P1       |     1 |
| Total    |    13 |

## P0 Bugs (12)

### BUG-1: Login loops
- **Severity:** P0 - Security

---

### BUG-2: Slow suite
- **Severity:** P2 - Quality

## P1 Bugs (1)

### BUG-3: Flaky clock
- **Severity:** P1 - Quality
";

#[test]
fn check_says_line_by_line_what_does_not_fit() {
    let said = Place::with("bugs.md", WRONG).run(&["check", "bugs.md"]);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    assert_snapshot!(said.out, @"
    bugs.md:3: claim: the report claims 9 and documents 3
    bugs.md:7: claim: P0 claims 12 and documents 1
    bugs.md:9: claim: the report claims 13 and documents 3
    bugs.md:11: claim: P0 claims 12 and holds 2
    bugs.md:19: contradiction: BUG-2 says P2 but stands under P0
    5 findings; 3 bugs, 6 claims read
    ");
    assert_snapshot!(Place::with("bugs.md", WRONG).run(&["check", "bugs.md", "--json"]).out, @r#"
    {"line":3,"kind":"claim","handle":null,"level":null,"claimed":9,"documented":3,"text":"the report claims 9 and documents 3"}
    {"line":7,"kind":"claim","handle":null,"level":"P0","claimed":12,"documented":1,"text":"P0 claims 12 and documents 1"}
    {"line":9,"kind":"claim","handle":null,"level":null,"claimed":13,"documented":3,"text":"the report claims 13 and documents 3"}
    {"line":11,"kind":"claim","handle":null,"level":"P0","claimed":12,"documented":2,"text":"P0 claims 12 and holds 2"}
    {"line":19,"kind":"contradiction","handle":"BUG-2","level":null,"claimed":null,"documented":null,"text":"BUG-2 says P2 but stands under P0"}
    "#);
}

#[test]
fn check_finds_nothing_where_all_fits() {
    let report = REPORT.replace("| P1       | 9     |", "| P1       | 1     |");
    let said = Place::with("bugs.md", report).run(&["check", "bugs.md"]);
    assert_eq!((said.code, said.out.as_str()), (0, "nothing found in 3 bugs and 2 claims\n"));
}

/// Whoever reads that nothing was found would take a report that was never written for a good one.
#[test]
fn check_says_where_there_is_no_bug() {
    for text in ["", "# Pier\n\nAll is well.\n"] {
        let said = Place::with("bugs.md", text).run(&["check", "bugs.md"]);
        assert_eq!(said.code, 0);
        assert!(said.out.contains("! no bug was recognised in the report"), "{said:?}");
    }
}

#[test]
fn claims_are_set_by_one_logged_decision_and_taken_back_to_the_byte() {
    let place = Place::with("bugs.md", WRONG);
    let dry = place.run(&["check", "bugs.md", "--fix-claims", "--dry-run"]);
    assert_eq!((dry.code, place.read("bugs.md").as_str()), (0, WRONG));
    assert_snapshot!(dry.out, @"
    --- a/bugs.md
    +++ b/bugs.md
    @@ -4,11 +4,11 @@
     
     | Severity | Count |
     |:---------|------:|
    -| P0       |    12 |
    +| P0       |     1 |
     | P1       |     1 |
    -| Total    |    13 |
    +| Total    |     3 |
     
    -## P0 Bugs (12)
    +## P0 Bugs (2)
     
     ### BUG-1: Login loops
     - **Severity:** P0 - Security
    ");
    let said = place.run(&["check", "bugs.md", "--fix-claims"]);
    assert_eq!(said.code, 1, "the sentence and the section are still wrong");
    assert_snapshot!(said.out, @"
    claims: 3 claims, logged in HERE/bugs.deviations.yaml
    bugs.md:3: claim: the report claims 9 and documents 3
    bugs.md:9: sum: the column Count adds up to 2, and its total says 3
    bugs.md:19: contradiction: BUG-2 says P2 but stands under P0
    3 findings; 3 bugs, 6 claims read
    ");
    assert_snapshot!(place.read("bugs.deviations.yaml"), @"
    ---
    id: 6bc41c37db6d185c
    at: 2026-02-11T20:25:48Z
    by: Ada Example <ada@example.org>
    kind: claims
    claims:
    - {line: 7, place: table, level: P0, from: 12, to: 1}
    - {line: 9, place: table, from: 13, to: 3}
    - {line: 11, place: heading, level: P0, from: 12, to: 2}
    ");
    assert_snapshot!(place.run(&["log", "bugs.md"]).out, @"
    6bc41c37db6d185c  2026-02-11 20:25:48Z  Ada Example <ada@example.org>  claims
      line 7: P0 12 → 1
      line 9: all bugs 13 → 3
      line 11: P0 12 → 2
    ");
    let again = place.run(&["check", "bugs.md", "--fix-claims"]).out;
    assert!(again.starts_with("no claim has to be set anew\n"), "{again}");
    assert_eq!(place.run(&["log", "bugs.md", "--verify"]).out, "1 entry, the chain is whole\n");
    let back = place.run(&["undo", "bugs.md"]);
    assert_eq!(
        (back.code, back.out.as_str()),
        (0, "reverted: 3 claims, logged in HERE/bugs.deviations.yaml\n")
    );
    assert_eq!(place.read("bugs.md"), WRONG);
    assert_eq!(place.run(&["undo", "bugs.md"]).code, 1);
}

/// A count set to what is documented must follow what is decided after it, and come back after that is undone.
#[test]
fn claims_that_were_set_follow_later_decisions_and_are_undone_after_them() {
    let place = Place::with("bugs.md", WRONG);
    place.run(&["check", "bugs.md", "--fix-claims"]);
    let why = "Only the tests are concerned";
    assert_eq!(place.run(&["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", why]).code, 0);
    let report = place.read("bugs.md");
    for line in ["| P0       |     0 |", "| P1       |     2 |", "## P0 Bugs (1)", "## P1 Bugs (2)"] {
        assert!(report.contains(line), "{line} in\n{report}");
    }
    place.run(&["undo", "bugs.md"]);
    place.run(&["undo", "bugs.md"]);
    let lines = |text: &str| {
        text.lines().filter(|line| line.starts_with(['|', '#'])).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut wanted = lines(WRONG);
    let mut found = lines(&place.read("bugs.md"));
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
}

#[test]
fn the_first_report_says_otherwise_than_it_documents() {
    let Some(path) = shared("reference/atom/1-discovered.md") else { return };
    let place = Place::with("bugs.md", std::fs::read(path).unwrap());
    let said = place.run(&["check", "bugs.md"]);
    assert_eq!(said.code, 1);
    for found in [
        "bugs.md:14: claim: P0 claims 22 and documents 6",
        "bugs.md:15: claim: P1 claims 8 and documents 2",
        "bugs.md:143: contradiction: BUG-007 says P2 but stands under P0",
    ] {
        assert!(said.out.lines().any(|line| line == found), "{found} in\n{}", said.out);
    }
}

/// The log would say that something was changed that was not.
#[test]
fn a_severity_that_a_bug_has_already_is_not_set_again() {
    let place = Place::with("bugs.md", "### BUG-1: Crash\n\n- **Severity:** P1\n");
    let said =
        place.run(&["set", "bugs.md", "BUG-1", "--severity", "P1", "--rationale", "it is right as it is"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("BUG-1 has all of it already"), "{}", said.err);
    assert!(said.err.contains("--confirm"), "{}", said.err);
    assert_eq!(place.run(&["set", "bugs.md", "BUG-1", "--confirm"]).code, 0);
}

/// The same for the other values, alone and together.
#[test]
fn what_a_bug_has_already_is_not_set_again() {
    let place =
        Place::with("bugs.md", "### BUG-1: Crash\n\n- **Severity:** P1\n- **Status:** Open - see log\n");
    let set = |args: &[&str]| {
        place.run(&[&["set", "bugs.md", "BUG-1", "--rationale", "only the tests need it"], args].concat())
    };
    assert_eq!(set(&["--scope", "test", "--field", "Owner=Ben"]).code, 0);
    let before = (place.read("bugs.md"), place.read("bugs.deviations.yaml"));
    for args in [
        &["--scope", "test"][..],
        &["--status", "open"],
        &["--severity", "P1", "--scope", "test"],
        &["--field", "Owner=Ben"],
        &["--field", "Fix="],
    ] {
        let said = set(args);
        assert!(said.code == 1 && said.err.contains("BUG-1 has all of it already"), "{args:?} {}", said.err);
    }
    assert_eq!((place.read("bugs.md"), place.read("bugs.deviations.yaml")), before);
    assert_eq!(set(&["--severity", "P1", "--scope", "production"]).code, 0);
}

/// A word for a scope would be changed that nobody decided on, and no decision before it could be taken back.
#[test]
fn a_scope_that_stays_keeps_its_word_and_does_not_bar_the_way_back() {
    let text = "### A-1: Crash\n\n- **Severity:** P1\n- **Scope:** production\n";
    let place = Place::with("bugs.md", text);
    let set = ["set", "bugs.md", "A-1", "--severity", "P0", "--scope", "production"];
    let said = place.run(&[&set[..], &["--fix", "One line", "--rationale", "Because it is so."]].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(place.read("bugs.md").contains("- **Scope:** production\n"), "{}", place.read("bugs.md"));
    let said = place.run(&["undo", "bugs.md"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(place.read("bugs.md"), text);
}

#[test]
fn a_status_can_name_its_original_or_a_day_as_at_the_desk() {
    let set = |status: &str| {
        let place = place();
        let why = ["--rationale", "One cause, one cure."];
        let said = place.run(&[&["set", "bugs.md", "BUG-1", "--status", status][..], &why].concat());
        (said.code, place.read("bugs.md"), said.err)
    };
    for (status, written) in [
        ("duplicate of bug-3", "🔁 DUPLICATE of BUG-3\n"),
        ("deferred until +2w", "⏳ DEFERRED until 2026-02-25\n"),
        ("deferred until 2027-01-31", "⏳ DEFERRED until 2027-01-31\n"),
    ] {
        let (code, report, err) = set(status);
        assert!(code == 0 && report.contains(written), "{err}{report}");
    }
    for (status, code, why) in [
        ("duplicate of BUG-9", 2, "BUG-9"),
        ("duplicate of BUG-1", 1, "cannot be a duplicate of itself"),
        ("deferred until soon", 2, "“soon”: no day, such as"),
        ("deferred until 2020-01-01", 2, "has passed"),
    ] {
        let (ended, report, err) = set(status);
        assert!(ended == code && err.contains(why) && report == REPORT, "{ended} {err}");
    }
}

/// A pipeline would let a release through, or hold it up without saying which bugs do.
#[test]
fn a_gate_lets_through_what_has_no_more_than_it_may() {
    let report =
        "# B\n\n### A-1: x\n- **Severity:** P0\n- **Scope:** production\n\n### A-2: y\n- **Severity:** P0\n";
    let place = Place::with("bugs.md", report);
    let said = place.run(&["check", "bugs.md", "--gate", "sev:P0=2", "--gate", "sev:P1=0"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "pass  sev:P0  2 of at most 2\npass  sev:P1  0 of at most 0\n")
    );
    let said = place.run(&["check", "bugs.md", "--gate", "sev:P0 scope:production=0"]);
    assert_eq!((said.code, said.out.as_str()), (1, "FAIL  sev:P0 scope:production  1 of at most 0  A-1\n"));
    let said = place.run(&["check", "bugs.md", "--json", "--gate", "is:undecided=0"]);
    let told = r#""passes":false,"bugs":2,"handles":["A-1","A-2"]"#;
    assert!(said.code == 1 && said.out.contains(told), "{}", said.out);
    assert_eq!(place.run(&["check", "bugs.md", "--gate", "sev:P9=0"]).code, 2);
    assert_eq!(place.run(&["check", "bugs.md", "--gate", "sev:P0"]).code, 2);
    let said = place.run(&["check", "bugs.md", "--gate", "sevv:P0=0"]);
    assert!(said.err.contains("no term and no field of the report is called sevv"), "{}", said.err);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_eq!(place.run(&["check", "bugs.md", "--gate", "\"sevv:P0\"=0"]).code, 0);
}

/// What a tool wrote for other tools would be read by none of them any more.
#[test]
fn nothing_is_written_into_what_is_no_markdown() {
    let yaml = "# BUG-1: a\n# Severity: P0\nbugs: []\n";
    for (name, text) in
        [("run.json", "{\"bugs\": []}\n"), ("RUN.SARIF", "{}"), ("bugs.yaml", yaml), ("b.csv", "id\n1\n")]
    {
        let place = Place::with(name, text);
        let said = place.run(&["record", name, "finding", "--text", "Nothing in production is affected"]);
        assert!(said.code == 2 && said.err.contains("would be written as Markdown"), "{said:?}");
        assert_eq!((place.read(name).as_str(), place.files().len()), (text, 1));
        assert_eq!(place.run(&["list", name]).code, 0, "it can be read");
    }
}

/// A run that was cut off, or wrote its report elsewhere, would open every gate.
#[test]
fn a_report_in_which_no_bug_is_recognised_passes_no_gate_unless_it_says_that_it_has_none() {
    for text in ["", "# Pier\n\nAll is well.\n", "# Scan\n\nNo critical issues found.\n"] {
        let place = Place::with("bugs.md", text);
        for args in [&["--gate", "sev:P0=0"][..], &["--gates"], &["--json", "--gates"]] {
            let said = place.run(&[&["check", "bugs.md"], args].concat());
            assert!(said.code == 2 && said.out.is_empty(), "{text}: {said:?}");
            for told in
                ["bugs.md: no bug was recognised in the report, and it does not say", "show bugs.md --layout"]
            {
                assert!(said.err.contains(told), "{told}: {said:?}");
            }
        }
    }
    for text in ["# Scan\n\nNo findings.\n", "# Scan\n\nTotal issues: 0\n"] {
        let place = Place::with("bugs.md", text);
        let said = place.run(&["check", "bugs.md", "--gate", "sev:P0=0"]);
        assert_eq!((said.code, said.out.as_str()), (0, "pass  sev:P0  0 of at most 0\n"), "{text}");
        let told = place.run(&["check", "bugs.md", "--json", "--gate", "sev:P0=0"]).out;
        assert_eq!(
            told,
            "{\"gate\":\"sev:P0\",\"most\":0,\"found\":0,\"passes\":true,\"bugs\":0,\"handles\":[]}\n"
        );
    }
}

/// Both would count as closed, and nobody would look at either again.
#[test]
fn two_bugs_are_not_made_duplicates_of_each_other() {
    let place = place();
    let set = |id: &str, of: &str| {
        let status = format!("duplicate of {of}");
        place.run(&["set", "bugs.md", id, "--status", &status, "--rationale", "One cause, one cure."])
    };
    assert_eq!(set("BUG-1", "BUG-2").code, 0);
    assert_eq!(set("BUG-2", "BUG-3").code, 0);
    let said = set("BUG-3", "BUG-1");
    assert!(said.code == 1 && said.err.contains("cannot be a duplicate of itself"), "{}", said.err);
}

/// Whoever goes on with a log that somebody has changed should know.
#[test]
fn a_changed_log_is_told_by_what_shows_it_and_what_adds_to_it() {
    let place = place();
    place.run(&downgrade(&[]));
    let log = place.read("bugs.deviations.yaml").replace("from: P0", "from: P1");
    place.write("bugs.deviations.yaml", log);
    for args in [&["log", "bugs.md"][..], &["set", "bugs.md", "BUG-1", "--confirm"]] {
        let said = place.run(args);
        assert!(
            said.code == 0 && said.out.starts_with("! the log does not verify: line 1: "),
            "{}",
            said.out
        );
    }
}

/// A gate would pass because somebody was named the owner of a bug that nobody has looked at.
#[test]
fn a_field_that_tells_of_no_fix_is_a_note_and_reviews_nothing() {
    let place =
        Place::with("bugs.md", "# Bugs\n\n### BUG-1: Lamp dark\n- **Severity:** P1\n- **Fix:** none\n");
    for (field, kind) in [("Owner=Bob", "note"), ("Fix=", "note"), ("Fix=A new bulb.", "fixed")] {
        let gate = || place.run(&["check", "bugs.md", "--gate", "is:undecided=0"]);
        assert_eq!(gate().code, 1, "before {field}");
        let args =
            ["set", "bugs.md", "BUG-1", "--field", field, "--rationale", "He has the ladder.", "--json"];
        let said = place.run(&args);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.contains(&format!("\"kind\":\"{kind}\"")), "{}", said.out);
    }
    assert_eq!(place.run(&["check", "bugs.md", "--gate", "is:undecided=0"]).code, 0);
    let log = place.read("bugs.deviations.yaml");
    assert_eq!(log.matches("kind: note").count(), 2, "{log}");
    for report in ["after", "before"] {
        assert_eq!(place.run(&["undo", "bugs.md"]).code, 0, "{report}");
    }
    assert!(place.read("bugs.md").contains("Owner:** Bob") && place.read("bugs.md").contains("Fix:** none"));
}

/// What the desk's list or a first column says would be refused by the commands that one goes on with.
#[test]
fn what_lists_a_bug_is_what_finds_it() {
    let text =
        "# Bugs\n\n### Login loops (P1)\nText.\n\n### 1: Torn page (P2)\nText.\n\n### Odd (P2)\nText.\n";
    let place = Place::with("bugs.md", text);
    let listed = place.run(&["list", "bugs.md"]).out;
    for (line, number) in listed.lines().take(3).zip(1..) {
        let (handle, place_of) = (line.split("  ").next().unwrap().trim(), format!("@{number}"));
        let shown = place.run(&["show", "bugs.md", handle]);
        assert_eq!((shown.code, shown.out.starts_with(handle)), (0, true), "{handle}: {}", shown.err);
        assert_eq!(place.run(&["show", "bugs.md", &place_of]).out, shown.out, "{place_of}");
    }
    let none = place.run(&["show", "bugs.md", "3"]);
    assert!(
        none.code == 2 && none.err.contains("hint: @3 is the one in that place, called odd"),
        "{}",
        none.err
    );
    assert_eq!(place.run(&["show", "bugs.md", "@4"]).code, 2);
    let set =
        place.run(&["set", "bugs.md", "@3", "--severity", "P3", "--rationale", "Nobody sees it at all."]);
    assert_eq!(set.code, 0, "{}", set.err);
    assert!(place.run(&["list", "--help"]).out.contains("handle    what the first column says"));
}

/// A bug would be called otherwise than was asked for, and nobody told.
#[test]
fn a_word_that_shares_its_level_with_others_is_refused_where_it_would_not_be_written() {
    let bug = |id: u32, word: &str| format!("### B-{id}: b\n\n- **Severity:** {word}\n\n");
    let bugs = "# Bugs\n\n".to_owned()
        + &bug(1, "High")
        + &bug(2, "Low")
        + &bug(3, "Low")
        + &bug(4, "Informational");
    let place = Place::with("bugs.md", &bugs);
    let set = |id: &str, word: &str| {
        place.run(&["set", "bugs.md", id, "--severity", word, "--rationale", "It harms nobody.", "--dry-run"])
    };
    for id in ["B-1", "B-2"] {
        let refused = set(id, "informational");
        assert_eq!(refused.code, 1, "{refused:?}");
        let what = format!("informational is no level of its own: with Low it is P3, and {id} would say Low");
        assert!(
            refused.err.contains(&what) && refused.err.contains("--severity P3 takes it for Low"),
            "{refused:?}"
        );
    }
    for word in ["Low", "P3", "Trivial"] {
        let said = set("B-1", word);
        assert!(said.code == 0 && said.out.contains("+- **Severity:** Low (downgraded"), "{said:?}");
    }
    assert!(set("B-4", "Informational").err.contains("there is nothing to change"));
}

/// Who saves would take a report for right that was wrong before, or that the save leaves wrong.
#[test]
fn what_a_decision_leaves_untrue_is_told_with_it() {
    let bugs = "# Bugs\n\n| Severity | Count |\n|---|---|\n| High | 1 |\n| Low | 5 |\n\nOrder:\n\n**High:** B-1\n\n\
        ### B-1: a\n\n- **Severity:** High\n\n### B-2: b\n\n- **Severity:** Low\n";
    let place = Place::with("bugs.md", bugs);
    let set = ["set", "bugs.md", "B-1", "--severity", "P3", "--rationale", "It harms nobody."];
    let wrong = "1 count was wrong before and stays as far off (P3 on line 6 said 5 and documented 1)";
    let list = "no longer right after this: B-1 says P3, but a list has it under P1 (line 10)";
    for more in [&["--dry-run"][..], &["--dry-run", "--json"], &[]] {
        let said = place.run(&[&set[..], more].concat());
        assert!(said.out.contains(wrong) && said.out.contains(list), "{said:?}");
    }
}

/// A gate on settings that are misspelt would pass.
#[test]
fn settings_of_a_report_that_is_not_there_are_not_told() {
    let place = place();
    for args in [
        &["config", "--check", "nosuch"][..],
        &["config", "bgus.md"],
        &["methodology", "bgus.md"],
        &["methodology", "bgus.md", "--check"],
    ] {
        let said = place.run(args);
        assert!(said.code == 2 && said.err.contains("cannot read this"), "{args:?}: {said:?}");
    }
    assert_eq!(place.run(&["config", "--check", "bugs.md"]).code, 0);
}

/// Whoever misspells a name would have to look for it in a list of all.
#[test]
fn a_name_that_is_nearly_right_is_asked_back_and_advice_names_the_report() {
    let place = Place::with("my bugs.md", REPORT);
    let set = |args: &[&str]| {
        let said = place.run(&[&["set", "my bugs.md"], args, &["--rationale", "because it is so"]].concat());
        assert_eq!(said.code, 2, "{said:?}");
        said.err
    };
    let said = set(&["BUG-02", "--severity", "P1"]);
    assert!(
        said.contains("did you mean BUG-2?") && said.contains("`regrade list 'my bugs.md'` names"),
        "{said}"
    );
    assert!(set(&["BUG-2", "--scope", "tset"]).contains("did you mean test?"));
    assert!(set(&["BUG-2", "--status", "rsolved"]).contains("did you mean resolved?"));
    let said =
        place.run(&["set", "my bugs.md", "BUG-2", "--severity", "P1", "--rationale", "because it is so"]);
    assert!(said.out.contains("`regrade check 'my bugs.md' --fix-claims`"), "{said:?}");
}

/// Whoever adds an owner would read that a note was taken.
#[test]
fn a_field_that_is_set_alone_is_told_by_its_name() {
    let place = place();
    let said =
        place.run(&["set", "bugs.md", "BUG-2", "--field", "Owner=Ada", "--rationale", "she has it now"]);
    assert!(said.out.contains("Owner: 1 bug (BUG-2), logged in "), "{said:?}");
    let said = place.run(&["set", "bugs.md", "BUG-2", "--note", "--rationale", "seen on Mondays"]);
    assert!(said.out.contains("note: 1 bug (BUG-2), logged in "), "{said:?}");
}

/// What tells of a fix would be the only English in a report, in a row not even be read again.
#[test]
fn what_tells_of_a_fix_is_called_as_the_report_would_call_it() {
    let told = |report: &str, bug: &str| {
        let place = Place::with("bugs.md", report);
        let fix =
            ["--fix", "commit 1", "--verification", "ok", "--committed-in", "1", "--regression-test", "t"];
        let why = ["--rationale", "because it is so"];
        place.done(&[&["set", "bugs.md", bug], &fix[..], &why[..]].concat());
        let new = String::from_utf8(place.files()["bugs.md"].clone()).unwrap();
        place.done(&["undo", "bugs.md"]);
        assert_eq!(place.files()["bugs.md"], report.as_bytes());
        new
    };
    let headed = "# Prüfung\n\n### BUG-1: Das Segel reißt\n- **Schweregrad:** Hoch\n- **Status:** offen\n- **Ursache:** der Wind ist zu stark\n";
    let new = told(headed, "BUG-1");
    let lines =
        "- **Behebung:** commit 1\n- **Überprüfung:** ok\n- **Commit:** 1\n- **Regressionstest:** t\n";
    assert!(new.contains(lines), "{new}");
    let row = "# Revisión\n\n| ID | Gravedad | Problema |\n|----|----|----|\n| B-1 | Alta | La vela se rompe con el viento |\n| B-2 | Baja | El mástil se dobla |\n";
    let new = told(row, "B-1");
    let notes = "(Corrección: commit 1) (Verificación: ok) (Commit: 1) (Prueba de regresión: t) |";
    assert!(new.contains(notes), "{new}");
}

/// A report that another program writes would have to be put into a file first.
#[test]
fn a_report_is_read_from_standard_input_and_from_a_pipe_but_not_decided_on() {
    let names: &[&str] = if cfg!(unix) { &["-", "/dev/stdin"] } else { &["-"] };
    let place = place();
    let piped = |args: &[&str]| place.piped(args, REPORT);
    let before = place.files();
    for name in names {
        for args in [
            &["list"][..],
            &["list", "--json"],
            &["list", "--filter", "sev:P0"],
            &["show", "--layout"],
            &["check", "--gate", "sev:P0=2"],
        ] {
            let [here, there] = [*name, "bugs.md"].map(|report| [&args[..1], &[report], &args[1..]].concat());
            assert_eq!(piped(&here), (Some(0), place.done(&there)), "{args:?} {name}");
        }
        assert_eq!(piped(&["show", name, "BUG-2"]), (Some(0), place.done(&["show", "bugs.md", "BUG-2"])));
        let found = place.run(&["check", "bugs.md"]).out.replace("bugs.md", name);
        assert_eq!(piped(&["check", name]), (Some(1), found));
        let exported = piped(&["export", name, "--to", "csv"]);
        let there = place.run(&["export", "bugs.md", "--to", "csv"]);
        assert_eq!(exported, (Some(0), there.out + &there.err));
        let summary = piped(&["export", name, "--to", "summary"]);
        assert!(summary.0 == Some(0) && summary.1.contains("3 documented bugs"), "{summary:?}");
        for args in [&["methodology"][..], &["config"]] {
            assert_eq!(piped(&[args, &[name]].concat()), (Some(0), place.done(args)), "{args:?} {name}");
            let (code, said) = piped(&[args, &["--check", name]].concat());
            assert!(code == Some(2) && said.contains("not read from a pipe"), "{args:?} {name}: {said}");
        }
        let (code, said) = piped(&[name]);
        assert!(code == Some(2) && said.contains("list ") && !said.contains("regrade set"), "{said}");
        for args in [&["set", name, "BUG-2", "--confirm"][..], &["undo", name], &["log", name]] {
            let (code, said) = piped(args);
            assert!(code == Some(2) && said.contains("decisions are made on a file"), "{args:?}: {said}");
        }
    }
    assert_eq!(place.files(), before);
}
