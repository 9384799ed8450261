//! Reports of the worst shapes beside a plain one of as many bytes, at two sizes: what each cost is to the plain one's, and how
//! fast it grows with the bytes.
//!
//! `cargo bench --bench shapes`; `REGRADE_BENCH_MB=10,100` chooses the sizes in megabytes, and words behind `--` the shapes
//! whose names have one of them.

#![allow(clippy::print_stdout)] // Its table is what it is run for.

mod costs;
#[allow(dead_code)]
mod generator;

use std::io::{self, Write};

use costs::Bench;

/// The sizes in megabytes, where none are chosen.
const SIZES: [usize; 2] = [10, 100];

/// A shape: its name, and what writes about so many bytes of it.
type Shape = (&'static str, fn(usize, &mut dyn Write) -> io::Result<()>);

const SHAPES: [Shape; 12] = [
    ("plain", plain),
    ("one bug", one_bug),
    ("one line", one_line),
    ("one word", one_word),
    ("one list of bugs", items),
    ("one list in a bug", inner_items),
    ("one table of bugs", rows),
    ("one table in a bug", inner_rows),
    ("sections", sections),
    ("one id", one_id),
    ("one number", one_number),
    ("rows of one number", rows_of_one_number),
];

fn main() {
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_asked = |name: &str| {
        asked.is_empty() || name == "plain" || asked.iter().any(|word| name.contains(word.as_str()))
    };
    let chosen = std::env::var("REGRADE_BENCH_MB").unwrap_or_default();
    let chosen: Vec<usize> = chosen.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let sizes = if chosen.len() < 2 { SIZES } else { [chosen[0], chosen[1]] };
    let mut plain = Vec::new();
    for shape in SHAPES.iter().filter(|(name, _)| is_asked(name)) {
        let measured = sizes.map(|size| of(*shape, size));
        if plain.is_empty() {
            head(&measured[0]);
            plain.clone_from(&measured[1]);
        }
        let grown = (sizes[1] as f64 / sizes[0] as f64).ln();
        let cell = |at: usize| {
            let (small, large) = (measured[0][at].1, measured[1][at].1);
            format!("{:.1}, {:.2}", large / plain[at].1, (large / small).ln() / grown)
        };
        println!("| {} | {} |", shape.0, (0..plain.len()).map(cell).collect::<Vec<_>>().join(" | "));
    }
}

fn head(costs: &[(&str, f64)]) {
    println!(
        "| times plain, exponent | {} |",
        costs.iter().map(|cost| cost.0).collect::<Vec<_>>().join(" | ")
    );
    println!("|---|{}", "---|".repeat(costs.len()));
}

/// What a shape costs per byte.
fn of((_, write): Shape, megabytes: usize) -> Vec<(&'static str, f64)> {
    let bench = Bench::of(|out| write(megabytes << 20, out));
    let share = (megabytes << 20) as f64 / bench.bytes() as f64;
    bench.costs().into_iter().map(|(name, cost)| (name, cost * share)).collect()
}

fn plain(bytes: usize, mut out: &mut dyn Write) -> io::Result<()> {
    generator::report(bytes / 800, 7, &mut out)
}

const SECTION: &str = "# Report\n\n## P0 Bugs\n\n";

/// The beginning of a bug.
fn bug(number: usize) -> String {
    format!("### BUG-{number}: It breaks\n\n- **Severity:** P0\n- **Status:** Open\n\n")
}

/// A bug, one with this many times such a text in it, and another.
fn around(bytes: usize, out: &mut dyn Write, text: impl Fn(usize) -> String) -> io::Result<()> {
    write!(out, "{SECTION}{}", bug(1) + &bug(2))?;
    repeated(bytes, out, text)?;
    write!(out, "\n\n{}", bug(3))
}

/// As many texts as make up so many bytes.
fn repeated(bytes: usize, out: &mut dyn Write, text: impl Fn(usize) -> String) -> io::Result<()> {
    let (mut written, mut number) = (0, 0);
    while written < bytes {
        let text = text(number);
        out.write_all(text.as_bytes())?;
        (written, number) = (written + text.len(), number + 1);
    }
    Ok(())
}

fn one_bug(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    around(bytes, out, |number| format!("Line {number} of a trace that somebody has pasted.\n\n"))
}

fn one_line(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    around(bytes, out, |number| format!("word{number} and so on; "))
}

fn one_word(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    around(bytes, out, |_| "abcdefghijklmnopqrstuvwxyz0123456789".to_owned())
}

fn items(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"# Report\n\n## Bugs\n\n")?;
    repeated(bytes, out, |number| {
        format!("- [ ] **P{}** BUG-{number}: It breaks when it is asked for more than it has\n", number % 4)
    })
}

fn inner_items(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    around(bytes, out, |number| format!("- step {number} of those that lead to it\n"))
}

fn rows(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"# Report\n\n## Bugs\n\n| ID | Severity | Title | Status |\n|---|---|---|---|\n")?;
    repeated(bytes, out, |number| {
        format!(
            "| BUG-{number} | P{} | It breaks when it is asked for more than it has | Open |\n",
            number % 4
        )
    })
}

fn inner_rows(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    let head = |number| if number == 0 { "| Step | Result |\n|---|---|\n" } else { "" };
    around(bytes, out, |number| format!("{}| step {number} | nothing that anybody saw |\n", head(number)))
}

/// Bugs in sections of their own, each of which counts them.
fn sections(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"# Report\n\n")?;
    repeated(bytes, out, |number| {
        let text = "What the module does where nobody looks. ".repeat(20);
        format!(
            "## Module {number}\n\n{text}\n\n### P{} Bugs (1)\n\n#{}",
            number % 4,
            bug(number).replace("P0", &format!("P{}", number % 4))
        )
    })
}

fn one_id(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(SECTION.as_bytes())?;
    repeated(bytes, out, |_| {
        format!("{}{}\n\n", bug(1), "It was seen again and nobody knows why. ".repeat(18))
    })
}

/// Headings that all have the number at which the bugs of the section before them begin.
fn one_number(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"# Report\n\n## Decoder\n\n### 1. **It fails**\n\n- **Severity:** High\n\n## Encoder\n\n",
    )?;
    repeated(bytes, out, |number| {
        let text = "It was seen again and nobody knows why. ".repeat(18);
        format!("### 1. **Step {number}**\n\n{text}\n\n")
    })
}

/// Tables of bugs, all of which count from one.
fn rows_of_one_number(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"# Report\n\n")?;
    repeated(bytes, out, |number| {
        let (deck, mast) = (scattered(2 * number), scattered(2 * number + 1));
        format!(
            "## Part {number}\n\n| # | Title | Severity |\n|---|---|---|\n\
             | 1 | {deck:x} takes water | High |\n| 2 | {mast:x} bows | Low |\n\n"
        )
    })
}

/// A number that looks like no other.
fn scattered(number: usize) -> u64 {
    (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
