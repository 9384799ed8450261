//! Exporting with a key at the desk: the same as the command, into a file beside the report.

use std::fs;

use regrade::export::Format;
use regrade::tui::Step;

use crate::desk::Table;

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError
";

/// One decision that is saved and one that waits, then the export.
fn steps(keys: &str) -> Vec<Step> {
    let decide =
        [Step::keys("<Enter>w"), Step::Settle, Step::keys("G2Only the tests are concerned.<Enter>e")];
    decide.into_iter().chain([Step::keys(keys), Step::Settle, Step::Screenshot]).collect()
}

#[test]
fn what_the_key_writes_is_what_the_command_writes() {
    for (at, format) in Format::ALL.into_iter().enumerate() {
        let table = Table::new(REPORT);
        let (_, screens) = table.play(steps(&format!("{}<Enter>", "<Down>".repeat(at))));
        let name = format.beside("bugs.md".as_ref()).display().to_string();
        let said = format!("exported 2 decisions to {name}, 1 of them not saved yet");
        assert!(screens[0].contains(&said), "{}", screens[0]);
        let written = table.place.read(&name);
        assert!(written.contains("BUG-2"), "{written}");
        let args = ["export", "bugs.md", "--to", format.name(), "--force", "-o", &name];
        assert_eq!(table.place.run(&args).err, "");
        assert_eq!(written, table.place.read(&name), "{name}");
    }
}

/// A summary that somebody has gone on writing would be lost.
#[test]
fn a_file_that_is_there_is_written_over_only_when_asked_again() {
    let table = Table::new(REPORT);
    let (path, mine) = (table.place.path("bugs.summary.md"), "written by hand");
    fs::write(&path, mine).unwrap();
    let (_, screens) = table.play(steps("<Enter>"));
    assert!(screens[0].contains("bugs.summary.md is there already; Enter again"), "{}", screens[0]);
    assert_eq!(fs::read_to_string(&path).unwrap(), mine);
    let again = [Step::keys("e<Enter>"), Step::Settle, Step::keys("<Enter>"), Step::Settle, Step::Screenshot];
    let (_, screens) = table.play(again);
    assert!(screens[0].contains("exported 2 decisions"), "{}", screens[0]);
    assert!(fs::read_to_string(&path).unwrap().contains("BUG-1"));
}

#[test]
fn the_picker_says_what_waits_and_leaving_it_writes_nothing() {
    let table = Table::new(REPORT);
    let (_, screens) = table.play(steps("").into_iter().chain([Step::keys("<Esc>"), Step::Settle]));
    assert!(screens[0].contains("1 decision not saved yet is in it, marked so"), "{}", screens[0]);
    assert!(!table.place.files().keys().any(|name| name.contains("decisions.")));
}

/// What a team hands on would look otherwise at the desk than at a command.
#[test]
fn the_key_writes_the_summary_as_the_settings_have_it() {
    let table =
        Table::new(REPORT).configured("template: own.md\nfront_matter: front.yaml\ngates: [is:seen=9]\n");
    let template = "{{front-matter}}\n# Ours\n\n{{reclassified}}\n{{readiness}}\n";
    table.place.write("config/own.md", template);
    table.place.write("config/front.yaml", "phase: 07-depot\n");
    table.play(steps("<Enter>"));
    let written = table.place.read("bugs.summary.md");
    assert!(written.contains("phase: 07-depot\n") && written.contains("\n# Ours\n"), "{written}");
    assert!(written.contains("**Gate:** `is:seen=9` - pass"), "{written}");
    let args = ["export", "bugs.md", "--to", "summary", "--force", "-o", "bugs.summary.md"];
    assert_eq!(table.place.run(&args).err, "");
    assert_eq!(written, table.place.read("bugs.summary.md"));
}
