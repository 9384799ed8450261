//! Reports whose names are any bytes: every command works on them, and says the name visibly.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use crate::place::{Place, Said};

const REPORT: &str = "# Bugs\n\n## BUG-1: Login loops\n\n- **Severity:** P0\n";

/// Names, and how they are to be shown.
const NAMES: [(&[u8], &str); 4] = [
    (b"two words.md", "two words.md"),
    (b"line\nend.md", "line\u{240A}end.md"),
    (b"\x1b[31mred.md", "\u{241B}[31mred.md"),
    (b"broken \xFF.md", "broken \u{FFFD}.md"),
];

#[test]
fn every_command_works_on_a_report_of_any_name() {
    for (name, _) in NAMES {
        let place = Place::new();
        let path = place.root().join(OsStr::from_bytes(name));
        fs::write(&path, REPORT).unwrap();
        let run = |command: &str, more: &[&str]| {
            let args = [OsStr::new(command), OsStr::from_bytes(name)].into_iter();
            let said = place.run_with(&args.chain(more.iter().map(OsStr::new)).collect::<Vec<_>>());
            assert_eq!((said.code, said.err.as_str()), (0, ""), "{command} {name:?}");
            expect_visible(&said.out);
            said.out
        };
        assert!(run("list", &[]).contains("BUG-1") && run("show", &["BUG-1"]).contains("Login loops"));
        run("set", &["BUG-1", "--severity", "P2", "--rationale", "Nobody logs in there"]);
        assert!(fs::read_to_string(&path).unwrap().contains("P2"));
        assert!(run("log", &[]).contains("Nobody logs in there"));
        run("log", &["--verify"]);
        run("check", &[]);
        run("undo", &[]);
        assert_eq!(fs::read_to_string(&path).unwrap(), REPORT);
    }
}

#[test]
fn an_error_says_a_name_of_any_bytes_visibly() {
    for (name, shown) in NAMES {
        let Said { code, err, .. } = Place::new().run_with(&[OsStr::new("list"), OsStr::from_bytes(name)]);
        assert_eq!(code, 2);
        assert!(err.contains(shown), "{err}");
        expect_visible(&err);
    }
}

/// Only lines, no other control character.
fn expect_visible(said: &str) {
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said:?}");
}
