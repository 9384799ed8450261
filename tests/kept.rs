//! What a command does not keep of a status, or would write, it says: in words and as JSON, one decision or many. So does the desk.

use serde_json::{Value, json};

use crate::desk::{Table, flat};
use crate::place::{Place, Said};

const REPORT: &str = "\
# Bugs

### BUG-1: Slow import
- **Severity:** P1
- **Status:** ✅ FIXED - in the spring

### BUG-2: Torn page
- **Severity:** P1
- **Status:** ❌ OPEN - seen twice
";

const WHY: &str = "Looked at again.";

fn place(decisions: &str) -> Place {
    let place = Place::with("bugs.md", REPORT);
    place.write("d.yaml", format!("by: bot\ndecisions:\n{decisions}"));
    place
}

fn json_of(said: &Said) -> Value {
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    serde_json::from_str(&said.out).unwrap()
}

/// A remark would be gone with no word about it.
#[test]
fn a_remark_stays_with_its_status_where_a_file_decides_and_is_told_of_where_it_goes() {
    let of = |bug: &str, status: &str| format!("- {{bug: {bug}, status: {status}, rationale: {WHY}}}\n");
    let applied = place(&(of("BUG-1", "resolved") + &of("BUG-2", "resolved")));
    let said = applied.run(&["apply", "bugs.md", "d.yaml"]);
    assert!(
        said.out.contains("the remark of BUG-2 goes: seen twice") && !said.out.contains("BUG-1 goes"),
        "{}",
        said.out
    );
    assert!(applied.read("bugs.md").contains("FIXED - in the spring"), "{}", applied.read("bugs.md"));
    let set = place("");
    for bug in ["BUG-1", "BUG-2"] {
        set.run(&["set", "bugs.md", bug, "--status", "resolved", "--rationale", WHY]);
    }
    assert_eq!(applied.read("bugs.md"), set.read("bugs.md"));
    let told = json_of(&place(&of("BUG-2", "resolved")).run(&["apply", "bugs.md", "d.yaml", "--json"]));
    assert_eq!(told["decisions"][0]["told"], json!(["the remark of BUG-2 goes: seen twice"]));
}

/// Somebody would have to leave the popup and go through the bugs to see whose words are in the way.
#[test]
fn the_desk_tells_whose_remarks_go_and_what_they_say() {
    let bug = |nth: usize| format!("### BUG-{nth}: Torn page\n- **Status:** ❌ OPEN - seen {nth} times\n\n");
    let of = |bugs: usize| {
        let table = Table::new(&("# Bugs\n\n".to_owned() + &(1..=bugs).map(bug).collect::<String>()));
        flat(&table.sized(80, 24).after(&["*xw"]))
    };
    let two = of(2);
    assert!(two.contains("are lost: BUG-1 “seen 1 times”, BUG-2 “seen 2 times” 1 never"), "{two}");
    let five = of(5);
    assert!(five.contains("5 remarks behind") && five.contains("BUG-3 “seen 3 times” and 2 more"), "{five}");
}

/// What came of the decision would stand below thousands of lines.
#[test]
fn of_very_many_remarks_that_go_some_are_told() {
    let bug = |nth: usize| {
        format!("### BUG-{nth}: Torn page\n- **Severity:** P1\n- **Status:** ❌ OPEN - seen {nth} times\n\n")
    };
    let place = Place::with("bugs.md", &("# Bugs\n\n".to_owned() + &(1..=30).map(bug).collect::<String>()));
    let set =
        ["set", "bugs.md", "--filter", "sev:P1", "--status", "resolved", "--rationale", WHY, "--dry-run"];
    let said = place.run(&set);
    assert_eq!(said.out.matches("the remark of").count(), 20, "{}", said.out);
    assert!(said.out.contains("10 more remarks go; --json lists them all"), "{}", said.out);
    let told = json_of(&place.run(&[&set[..], &["--json"]].concat()));
    assert_eq!(told["remarks-gone"].as_array().map(Vec::len), Some(30));
}

#[test]
fn a_rehearsal_and_a_save_say_as_json_which_remark_goes_and_what_the_log_gets() {
    let place = place("");
    place.run(&["set", "bugs.md", "BUG-1", "--confirm"]);
    let set = ["set", "bugs.md", "BUG-2", "--status", "resolved", "--rationale", WHY, "--json"];
    let rehearsed = json_of(&place.run(&[&set[..], &["--dry-run"]].concat()));
    let saved = json_of(&place.run(&set));
    let gone = json!([{"bug": "BUG-2", "remark": "seen twice"}]);
    assert_eq!((&rehearsed["remarks-gone"], &saved["remarks-gone"]), (&gone, &gone));
    assert!(rehearsed["entry"]["prev"][0].is_string());
    assert_eq!(rehearsed["entry"], saved["entry"]);
    let back = json_of(&place.run(&["undo", "bugs.md", "--json", "--dry-run"]));
    assert_eq!((&back["entry"]["reverts"], &back["remarks-gone"]), (&saved["entry"]["id"], &Value::Null));
}

#[test]
fn a_finding_of_several_lines_is_told_to_stand_on_one() {
    let place = place("- kind: finding\n  text: |\n    It rains in.\n    Since the spring.\n");
    let said = place.run(&["apply", "bugs.md", "d.yaml"]);
    assert!(said.out.contains("the report gets it on one line; the log keeps its lines"), "{}", said.out);
}

/// A bug would be put off until a day that is over.
#[test]
fn a_day_that_has_passed_since_it_was_proposed_is_not_accepted() {
    let place = place(&format!("- {{bug: BUG-2, until: 2026-02-20, rationale: {WHY}}}\n"));
    assert_eq!(place.run(&["apply", "bugs.md", "d.yaml", "--propose"]).code, 0);
    let accept = ["set", "bugs.md", "BUG-2", "--suggested"];
    let later = place.run_at("1773000000", &accept);
    assert_eq!(later.code, 1, "{}", later.out);
    assert!(later.err.contains("2026-02-20 has passed"), "{}", later.err);
    assert_eq!(place.read("bugs.md"), REPORT);
    assert_eq!(place.run(&accept).code, 0);
    assert!(place.read("bugs.md").contains("until 2026-02-20"));
}
