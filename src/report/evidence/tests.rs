//! Which files a bug is said to name: what the desk opens, and what suggestions go by.

use std::sync::Arc;

use super::*;
use crate::methodology::Methodology;

fn of(text: &str) -> Vec<Evidence> {
    let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
    let found = evidence(&report, BugIx(0));
    for one in &found {
        assert!(report.bug(BugIx(0)).block.covers(one.span) || one.span.start > 0, "{one:?}");
    }
    found
}

/// The files that a bug of this text names, with their lines.
fn named(body: &str) -> Vec<String> {
    let text = format!("### BUG-1: It breaks\n- **Severity:** P0\n\n{body}\n");
    told(&of(&text))
}

fn told(found: &[Evidence]) -> Vec<String> {
    let tell = |one: &Evidence| match one.line {
        Some(line) => format!("{}@{line}", one.path),
        None => one.path.clone(),
    };
    found.iter().map(tell).collect()
}

#[test]
fn files_are_found_wherever_a_bug_names_them() {
    let report = "### BUG-1: Rounding in `fares.py` is off\n- **Severity:** P0\n- **Location:** src/fares/round.rs#L10-L20\n\
        - **Test:** tests/test_fares.py::TestRound::test_half\n\nSee [the table](docs/fares.md#rounding) and core/money.ts \
        line 7, or (`lib/cash.go` (line 12)).\n\n```text\nTraceback (most recent call last):\n  File \"tests/conftest.py\", \
        line 3, in <module>\nE   nothing at web/app.js:4:1\n```\n";
    assert_eq!(
        told(&of(report)),
        [
            "fares.py",
            "src/fares/round.rs@10",
            "tests/test_fares.py",
            "docs/fares.md",
            "core/money.ts@7",
            "lib/cash.go@12",
            "tests/conftest.py@3",
            "web/app.js@4"
        ]
    );
}

#[test]
fn a_span_is_where_the_path_stands() {
    let text = "### BUG-1: x\n- **Severity:** P0\n\nIt is in **src/größe.rs**:8, they say.\n";
    let found = of(text);
    assert_eq!(found.iter().map(|one| &text[one.span.range()]).collect::<Vec<_>>(), ["src/größe.rs"]);
    assert_eq!((found[0].line, found[0].kind), (Some(8), Some(PathKind::Production)));
}

#[test]
fn what_is_no_file_is_none() {
    for text in [
        "Python 3.2.1 and v1.0.rc of 01/02/2026, 3/4 and/or I/O, try/catch, N/A",
        "See https://example.com/src/a.py, <https://a.org/b.md> and www.example.org/c.md",
        "[V3](https://github.com/a/b/blob/main/src/C.sol#L1-L2)",
        "example.com, github.com/someone/thing.rs, docs.example.io, me@mail.py",
        "`os.path.join`, `a.length`, `console.log`, `self.data`, `row.map(x)`, `res.json()`, `process.env`",
        "Node.js 20, Vue.js, coverage.py 7, e.g. this, i.e. that, etc.Next",
        "`/api/users/`, `POST /auth/login`, `origin/main`, `PQ/HLG`, `.py`, `*.ts`, `GET /api/settings.get`",
        "${HOME}/a.py and $ROOT/b.py",
        "src/V and src/ui or client/server and tests/docs",
    ] {
        assert_eq!(named(text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn comments_and_addresses_are_passed_over() {
    let text = "a.py <!-- b.py\nc.py --> d.py and https://x.example/e.py) f.py";
    assert_eq!(named(text), ["a.py", "d.py", "f.py"]);
}

#[test]
fn a_folder_is_named_by_the_slash_behind_it() {
    assert_eq!(
        named("- **Tests:** tests/bookings/ (19 files)\n\nand `crates/money/`, docs/, input/"),
        ["tests/bookings/", "crates/money/", "docs/"]
    );
    assert_eq!(
        named("`src/money/rounding` and `tests/unit`, `some/thing`"),
        ["src/money/rounding", "tests/unit"]
    );
}

#[test]
fn names_without_an_ending_and_hidden_ones_are_known() {
    assert_eq!(
        named("Dockerfile, `.coveragerc`, .gitignore, `.env.local`, frontend/Dockerfile, Cargo.lock, go.mod"),
        ["frontend/Dockerfile", ".coveragerc", ".gitignore", ".env.local", "Cargo.lock", "go.mod"]
    );
}

#[test]
fn windows_paths_and_odd_names_are_paths() {
    assert_eq!(
        named(
            "`C:\\src\\Fare.cs`:9, src\\app\\Seat.cs, `app/[id]/page.tsx`, `app/(auth)/login.tsx`, `docs/説明.md`"
        ),
        [
            "C:\\src\\Fare.cs@9",
            "src\\app\\Seat.cs",
            "app/[id]/page.tsx",
            "app/(auth)/login.tsx",
            "docs/説明.md"
        ]
    );
    assert_eq!(named("工具在cleanup.py中，见seat\\_map.py"), ["cleanup.py", "seat_map.py"]);
    assert_eq!(
        named("tests/test_x_*.py, test_a.py.broken, README.MD"),
        ["tests/test_x_*.py", "test_a.py.broken", "README.MD"]
    );
}

#[test]
fn a_file_is_told_once_by_what_tells_most_of_it() {
    assert_eq!(
        named(
            "`auth.py` fails, see auth.py:3\n- **File:** src/auth.py\n\n`/ci/src/auth.py:9` and `src/b/auth.py`"
        ),
        ["src/auth.py@3", "src/b/auth.py"]
    );
    assert_eq!(named("/home/ci/work/tests/test_a.py:4 is tests/test_a.py"), ["tests/test_a.py@4"]);
}

#[test]
fn source_and_commands_in_fences_name_few_files() {
    let fence = "```sh\ncd app && source venv/bin/activate && pytest tests/test_a.py -v --cov=src\nx = event.ts + row.md\n\
        import b from './b.js'\nnode run.js:7\n--- a/src/c.py\n+++ b/src/c.py\n```";
    assert_eq!(named(fence), ["tests/test_a.py", "./b.js", "run.js@7", "src/c.py"]);
}

#[test]
fn a_row_names_files_in_its_cells_and_a_bug_in_rows_elsewhere() {
    let rows = "| ID | Severity | Title | File | Line |\n|---|---|---|---|---|\n| A-1 | P0 | Breaks | src/a.py | 42 |\n\
        | A-2 | P1 | Bends | Makefile | |\n";
    assert_eq!(told(&of(rows)), ["src/a.py@42"]);
    let index = "| Bug | Severity | File |\n|---|---|---|\n| BUG-1 | P0 | src/a.py:3 |\n| BUG-2 | P1 | src/b.py |\n\n\
        ### BUG-1: It breaks\n- **Severity:** P0\n\n### BUG-2: It bends\n- **Severity:** P1\n";
    assert_eq!(told(&of(index)), ["src/a.py@3"]);
}

#[test]
fn kinds_follow_the_path_rules() {
    let found = of(
        "### BUG-1: x\n- **Severity:** P0\n\ntests/a.py, src/a2.py, docs/a.md, setup.cfg, venv/lib/b.py, `tests/`",
    );
    let kinds: Vec<_> = found.iter().filter_map(|one| one.kind).collect();
    use PathKind::{Configuration, Documentation, External, Production, Test};
    assert_eq!(kinds, [Test, Production, Documentation, Configuration, External, Test]);
}

/// A bug of many megabytes would hold up every key.
#[test]
fn a_giant_is_read_up_to_a_bound_and_any_bytes_are_taken() {
    let giant =
        format!("### BUG-1: x\n- **Severity:** P0\n\na.py\n{}\nb.py\n", "words and words\n".repeat(8000));
    assert_eq!(told(&of(&giant)), ["a.py"]);
    let many: String = (0..2000).map(|at| format!("src/m{at}.py ")).collect();
    assert_eq!(of(&format!("### BUG-1: x\n- **Severity:** P0\n\n{many}\n")).len(), FILES);
    let bytes = b"### BUG-1: x\n- **Severity:** P0\n\n\xff\xfesrc/a.py\xff `` \xe2\x82\n";
    let report = Report::parse(bytes[..].into(), &Arc::new(Methodology::embedded()));
    assert_eq!(told(&evidence(&report, BugIx(0))), ["src/a.py"]);
}
