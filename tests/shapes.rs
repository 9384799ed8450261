//! Reports of shapes that nobody writes: lines and words of a megabyte, nests of thousands, floods of every mark.
//! Each is listed, checked and stepped through on the desk's real loop, on a thread with the stack that any
//! thread has.

use std::time::{Duration, Instant};

use regrade::tui::{Script, Step};

use crate::desk::Table;
use crate::place::Place;

const KB: usize = 1 << 10;
const MB: usize = 1 << 20;

/// What a bug is made of around its text.
fn bug(number: usize, title: &str, text: &str) -> String {
    format!("### BUG-{number}: {title}\n\n- **Severity:** P0\n- **Status:** Open\n\n{text}\n\n")
}

/// A report of a bug with this text, and of one behind it.
fn around(text: &str) -> String {
    format!("# Report\n\n## P0 Bugs\n\n{}{}", bug(1, "Odd", text), bug(2, "Plain", "tail"))
}

/// Bugs that each have this title, of which the report has some.
fn titled(title: &str) -> String {
    (1..8).map(|at| bug(at, title, "x")).collect()
}

fn shapes() -> Vec<(&'static str, String)> {
    let deep = |mark: &str, depth| format!("{}x", mark.repeat(depth));
    let steps: String = (0..1500).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    let columns = 20_000;
    let row = |cell: &str| format!("|{}\n", cell.repeat(columns));
    let index = format!(
        "| ID | Severity | Title {}|{}| B-1 | P0 | x {}| B-2 | P1 | y |\n",
        row("a|"),
        row("-|"),
        row("b|")
    );
    let links: String = (0..5000).map(|at| format!("[a{at}]: b\n\n")).collect();
    vec![
        ("a line of megabytes", around(&"x".repeat(2 * MB))),
        ("words of megabytes", around(&"word ".repeat(MB / 4))),
        ("a bug of megabytes", around(&"some text here\n\n".repeat(4 * MB / 16))),
        ("fields without end", around(&"- **Note:** text\n".repeat(MB / 16))),
        ("a list in a list", around(&steps)),
        ("bullets in a row", around(&deep("- ", 10_000))),
        ("quotes in a row", around(&format!("{}{}", deep("> ", 10_000), "\nlazy".repeat(8000)))),
        ("quotes without blanks", around(&deep(">", 100_000))),
        ("ticks", around(&"`".repeat(100_000))),
        ("ever more ticks", around(&(1..400).map(|at| format!("{} ", "`".repeat(at))).collect::<String>())),
        ("brackets", around(&"[".repeat(100_000))),
        ("brackets that close", around(&format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)))),
        ("links in links", around(&"[a](".repeat(25_000))),
        ("links by name", around(&format!("{links}{}", "[a1][a2]".repeat(5000)))),
        ("stars", around(&"*".repeat(100_000))),
        ("stars that open", around(&"*a **b ".repeat(15_000))),
        ("pipes", around(&"|".repeat(100_000))),
        ("a table of columns", around(&format!("{}{}{}", row("a|"), row("-|"), row("b|")))),
        ("an index of columns", index),
        ("tags", around(&"<a ".repeat(30_000))),
        ("comments", around(&"<!-- ".repeat(30_000))),
        ("sections of data", around(&"<![CDATA[<?".repeat(10_000))),
        ("entities", around(&"&#1;&".repeat(30_000))),
        ("an indent of megabytes", around(&format!("{}x", " ".repeat(2 * MB)))),
        ("an id of a megabyte", titled("x").replace("BUG-3", &format!("BUG-{}", "3".repeat(MB)))),
        ("titles of half a megabyte", titled(&"long ".repeat(100 * KB))),
        ("titles of one word", titled(&"t".repeat(512 * KB))),
        ("statuses of half a megabyte", titled("x").replace("Open", &"open ".repeat(100 * KB))),
        ("severities of a megabyte", titled("x").replace("P0", &"P0 ".repeat(50 * KB))),
        ("empty headings", "#\n".repeat(300_000)),
        ("a hundred thousand items", "- [ ] **P1** x\n".repeat(100_000)),
        ("marks on a letter", titled(&format!("e{}", "\u{301}".repeat(100 * KB)))),
        ("escapes", around(&"\u{1b}[31m\u{202E}".repeat(50 * KB))),
    ]
}

/// What a reviewer does with a report, a frame each.
const KEYS: &str = "jkGgl<Ctrl-d>Gh/odd ta<Enter><Esc>2why not so<Esc>*1<Esc><Esc>";

#[test]
fn no_shape_hangs_or_breaks_the_desk() {
    for (name, report) in shapes() {
        let table = Table::new(&report).sized(120, 40);
        let start = Instant::now();
        let steps =
            [Step::keys(KEYS), Step::Settle, Step::keys("CG<Esc>D"), Step::Settle, Step::keys("<Esc>")];
        table.run(&mut Script::new(steps.into_iter().chain([Step::keys("q")])));
        eprintln!("{name}: {:?} for {} bytes", start.elapsed(), report.len());
        assert!(start.elapsed() < Duration::from_secs(45), "{name} took {:?}", start.elapsed());
        assert_eq!(std::fs::read(table.path()).unwrap(), report.as_bytes(), "{name}");
    }
}

#[test]
fn no_shape_breaks_a_command() {
    for (name, report) in shapes() {
        let place = Place::with("bugs.md", &report);
        for command in [&["list", "bugs.md"][..], &["check", "bugs.md"], &["show", "bugs.md", "BUG-1"]] {
            let said = place.run(command);
            assert!((0..=2).contains(&said.code), "{name}: {command:?} {}", said.err);
            let raw = |c: char| c.is_control() && c != '\n' || c == '\u{202E}';
            assert!(!said.out.contains(raw) && !said.err.contains(raw), "{name}: {command:?}");
        }
    }
}
