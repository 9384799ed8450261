//! Triage reports of any size, for benches and tests.
//!
//! The same shape gives the same bytes on every machine, every bug takes [`BUG_BYTES`], and what the summary
//! table claims is what the report documents. The report is streamed: memory does not grow with its size.

use std::fmt::{self, Write as _};
use std::io;
use std::ops::RangeInclusive;

/// How many bytes a bug takes, from its heading to the blank line after its rule.
pub(crate) const BUG_BYTES: RangeInclusive<usize> = 700..=900;

/// What decides every byte of a report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// How many bugs it documents.
    pub(crate) bugs: usize,
    /// Where its random choices start.
    pub(crate) seed: u64,
}

impl Shape {
    /// The number of bugs of each level, P0 first: 4, 16, 45 and 35 of a hundred.
    /// P2 takes what rounding leaves.
    pub(crate) fn counts(self) -> [usize; 4] {
        let [p0, p1, p3] = [4, 16, 35].map(|share| self.bugs * share / 100);
        [p0, p1, self.bugs - p0 - p1 - p3, p3]
    }
}

/// Writes the Markdown report of `bugs` bugs that `seed` leads to. A level without bugs gets no section.
///
/// Ids run from `BUG-000001` in document order.
///
/// # Errors
///
/// Only those of `out`.
pub(crate) fn report(bugs: usize, seed: u64, out: &mut impl io::Write) -> io::Result<()> {
    let shape = Shape { bugs, seed };
    let mut text = String::new();
    preamble(&mut text, shape).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())?;
    let mut dice = Dice(seed);
    let mut number = 0;
    for (level, count) in LEVELS.iter().zip(shape.counts()).filter(|(_, count)| *count > 0) {
        writeln!(out, "## {} Bugs ({}): {}\n", level.code, level.name, level.motto)?;
        for _ in 0..count {
            number += 1;
            text.clear();
            Bug::new(number, level, &mut dice).write(&mut text, &mut dice).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
    }
    out.write_all(CLOSING.as_bytes())
}

/// Everything before the first section.
pub(crate) fn preamble(out: &mut String, shape: Shape) -> fmt::Result {
    let Shape { bugs, seed } = shape;
    writeln!(out, "# Nightly triage report\n\n**Generated:** 2026-01-12\n**Run:** {seed}\n\n---\n")?;
    writeln!(out, "## Severity Summary\n\n| Severity | Count | SLA Target | Description |")?;
    writeln!(out, "|----------|-------|------------|-------------|")?;
    for (Level { code, name, sla, definition, .. }, count) in LEVELS.iter().zip(shape.counts()) {
        writeln!(out, "| {code} ({name}) | {count} | {sla} | {definition} |")?;
    }
    writeln!(out, "| **Total** | {bugs} | | |\n\n---\n")
}

/// One bug, its random choices made.
pub(crate) struct Bug {
    pub(crate) number: usize,
    pub(crate) level: &'static Level,
    pub(crate) area: &'static str,
    pub(crate) part: &'static str,
    pub(crate) other: &'static str,
    pub(crate) error: &'static str,
    pub(crate) ticket: usize,
}

impl Bug {
    pub(crate) fn new(number: usize, level: &'static Level, dice: &mut Dice) -> Self {
        Bug {
            number,
            level,
            area: dice.pick(words::AREAS),
            part: dice.pick(words::PARTS),
            other: dice.pick(words::PARTS),
            error: dice.pick(words::ERRORS),
            ticket: dice.below(90_000) + 10_000,
        }
    }

    /// Appends the whole block, notes filling it up to a length drawn from the middle of [`BUG_BYTES`].
    fn write(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        let start = out.len();
        self.heading(out, dice)?;
        self.fields(out, dice)?;
        self.evidence(out, dice)?;
        self.plan(out, dice)?;
        let enough = start + BUG_BYTES.start() - SHORTEST_END + dice.below(70);
        self.notes(out, enough, dice)?;
        writeln!(out, "- **Status:** {}\n\n---\n", dice.pick(words::STATUSES))
    }

    fn heading(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        write!(out, "### BUG-{:06}: ", self.number)?;
        self.title(out, dice)?;
        writeln!(out)
    }

    pub(crate) fn title(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        let Bug { area, part, other, .. } = self;
        let (trouble, moment) = (dice.pick(words::TROUBLES), dice.pick(words::MOMENTS));
        write!(out, "{area} {trouble} the {part} of the {other} {moment}")?;
        match dice.below(100) {
            0..6 => write!(out, " ({})", dice.pick(words::FOREIGN)),
            6..16 => write!(out, " (#{})", self.ticket),
            _ => Ok(()),
        }
    }

    fn fields(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        let Level { code, sla, .. } = self.level;
        writeln!(out, "- **Severity:** {code} - {}", self.error)?;
        writeln!(out, "- **SLA:** {sla}")?;
        writeln!(out, "- **Category:** {}", dice.pick(words::CATEGORIES))?;
        self.tests(out, dice)
    }

    fn tests(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        let Bug { area, part, other, .. } = self;
        if dice.below(4) > 0 {
            return writeln!(out, "- **Test:** tests/{area}/test_{part}.py::test_{other}_{}", self.ticket);
        }
        writeln!(out, "- **Tests:**\n  - tests/{area}/test_{part}.py\n  - tests/{area}/test_{other}_more.py")
    }

    fn evidence(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        let Bug { area, part, other, error, ticket, .. } = self;
        writeln!(out, "- **Error:** `{error}: {area}.{part} got {ticket} instead of its {other}`")?;
        writeln!(out, "- **Root Cause:** The {part} {} the {other}.", dice.pick(words::CAUSES))?;
        writeln!(out, "- **Reproduction:**\n  ```bash")?;
        writeln!(out, "  SEED={ticket} pytest tests/{area}/test_{part}.py -x\n  ```")
    }

    fn plan(&self, out: &mut String, dice: &mut Dice) -> fmt::Result {
        writeln!(out, "- **Fix Strategy:**")?;
        writeln!(out, "  1. {} the {} in `{}`", dice.pick(words::REPAIRS), self.part, self.area)?;
        writeln!(out, "  2. {} the {}", dice.pick(words::CHECKS), self.other)
    }

    /// Appends sentences until `out` is at least `enough` long.
    fn notes(&self, out: &mut String, enough: usize, dice: &mut Dice) -> fmt::Result {
        if out.len() >= enough {
            return Ok(());
        }
        write!(out, "- **Notes:**")?;
        while out.len() < enough {
            let (who, what) = (dice.pick(words::WITNESSES), dice.pick(words::SIGHTINGS));
            write!(out, " {who} {} {what}.", dice.below(58) + 2)?;
        }
        writeln!(out)
    }
}

/// A random sequence that depends on its seed alone (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// A number less than `limit`, which is small enough that the bias of scaling does not matter.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (((self.roll() >> 32) * limit as u64) >> 32) as usize
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A level as the report writes it.
pub(crate) struct Level {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) sla: &'static str,
    pub(crate) definition: &'static str,
    pub(crate) motto: &'static str,
}

#[rustfmt::skip]
pub(crate) const LEVELS: [Level; 4] = [
    Level { code: "P0", name: "Critical", sla: "<24h", definition: "People or data harmed", motto: "today" },
    Level { code: "P1", name: "High", sla: "<72h", definition: "Work is blocked", motto: "this week" },
    Level { code: "P2", name: "Medium", sla: "<1 week", definition: "Work is slower", motto: "in turn" },
    Level { code: "P3", name: "Low", sla: "<2 weeks", definition: "Wishes", motto: "when there is time" },
];

/// The length of the shortest last field and the rule below it, which follow the notes.
const SHORTEST_END: usize = "- **Status:** ⚠️ DOCUMENTED - new\n\n---\n\n".len();

pub(crate) const CLOSING: &str =
    "## Next steps\n\n1. **P0 first:** in the order of the report\n2. **Then P1**\n";

/// What bugs are made of.
#[rustfmt::skip]
pub(crate) mod words {
    pub(crate) const AREAS: &[&str] = &[
        "arrivals", "baggage", "berths", "bridges", "cabins", "catering", "charter", "customs", "depot",
        "docking", "drydock", "fares", "fleet", "freight", "fuel", "gangway", "harbour", "kiosk", "lockers",
        "logbook", "manifests", "mooring", "notices", "parking", "passes", "pilots", "radio", "refunds",
        "rosters", "sailings", "seating", "stowage", "terminals", "tides", "tolls", "towing", "vouchers",
        "weather",
    ];

    pub(crate) const PARTS: &[&str] = &[
        "address", "allowance", "badge", "balance", "barcode", "calendar", "ceiling", "colour", "counter",
        "deadline", "deposit", "distance", "draft", "footer", "forecast", "greeting", "group", "interval",
        "itinerary", "label", "language", "limit", "margin", "message", "notice", "number", "outline",
        "photo", "position", "prefix", "price", "receipt", "reminder", "route", "schedule", "signal",
        "stamp", "summary", "surcharge", "ticket", "weight", "zone",
    ];

    pub(crate) const TROUBLES: &[&str] = &[
        "loses", "doubles", "swaps", "shortens", "hides", "confuses", "delays", "rejects", "repeats",
        "guesses", "empties", "mixes up", "prints twice", "rounds off", "holds on to", "never closes",
        "cannot find", "asks twice for",
    ];

    pub(crate) const MOMENTS: &[&str] = &[
        "on the last day of a month", "in the night the clocks change", "for groups of more than forty",
        "without a network", "on the second attempt", "after a restart", "when two clerks save at once",
        "on small screens", "for guests", "with an empty name", "in fog",
        "when the printer is out of paper", "at high tide", "after an upgrade", "in German",
        "for one-way trips", "when the gate is closed", "during stocktaking", "with an expired card",
    ];

    pub(crate) const ERRORS: &[&str] = &[
        "ArithmeticError", "AssertionError", "AttributeError", "EOFError", "ImportError", "IndexError",
        "KeyError", "ModuleNotFoundError", "NameError", "OSError", "RuntimeError", "TimeoutError",
        "TypeError", "UnicodeError", "ValueError",
    ];

    pub(crate) const CATEGORIES: &[&str] = &[
        "Accessibility", "Build", "Configuration", "Data entry", "Display", "Documentation", "Interfaces",
        "Money", "Permissions", "Reliability", "Speed", "Test data", "Test isolation", "Translation",
    ];

    pub(crate) const CAUSES: &[&str] = &[
        "is read before somebody has written", "is kept longer than", "is shared by every user of",
        "is sorted as text, unlike", "has a default that contradicts", "comes from a cache that outlives",
        "is checked only after", "is optional, but not for", "was renamed, and so was not",
        "is rounded once more than",
    ];

    pub(crate) const REPAIRS: &[&str] = &[
        "Check", "Copy rather than share", "Read once more", "Write down who owns",
        "Refuse an empty value for", "Give a time zone to", "Lock", "Remove the default of",
    ];

    pub(crate) const CHECKS: &[&str] = &[
        "Add a test with an absent value for", "Say in the guide what becomes of",
        "Repair stored rows that have lost", "Count in the nightly run how often this hits",
        "Ask the owners about",
    ];

    pub(crate) const WITNESSES: &[&str] = &[
        "Support counted", "The nightly run shows", "A search of the logs gives",
        "The pilot group reported", "Staging has", "Last quarter there were",
    ];

    pub(crate) const SIGHTINGS: &[&str] = &[
        "cases, none since the last release", "cases within a week", "similar traces",
        "affected bookings, all corrected", "runs in which it did not appear",
        "reports that may have another cause",
    ];

    pub(crate) const STATUSES: &[&str] = &[
        "⚠️ DOCUMENTED - new", "⚠️ DOCUMENTED - no owner", "⚠️ DOCUMENTED - reproduced",
        "⚠️ DOCUMENTED - waits for a release", "🔎 UNDER REVIEW - patch posted", "✅ FIXED - to be confirmed",
    ];

    pub(crate) const FOREIGN: &[&str] = &[
        "Çeşme", "Ærøskøbing", "Gdańsk", "Πειραιάς", "Владивосток", "横浜", "부산", "חיפה", "⛴️", "🛟", "🧑‍✈️",
        "≈ 3 %", "Tromsø → Bodø",
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { bugs: 5_000, seed: 7 };

    fn text(Shape { bugs, seed }: Shape) -> String {
        let mut bytes = Vec::new();
        report(bugs, seed, &mut bytes).expect("a vector takes all bytes");
        String::from_utf8(bytes).expect("the generator writes UTF-8")
    }

    /// Each section's heading and its bugs, cut where the next bug, section or closing begins.
    fn blocks(report: &str) -> impl Iterator<Item = &str> {
        let sections = report.split("\n## ").skip(2);
        sections.flat_map(|section| section.split("\n### ").skip(1))
    }

    /// A figure measured today could not be compared with one measured tomorrow.
    #[test]
    fn same_shape_same_bytes_and_another_seed_others() {
        assert_eq!(text(SHAPE), text(SHAPE));
        assert_ne!(text(SHAPE), text(Shape { seed: 8, ..SHAPE }));
    }

    /// Figures per bug would say nothing about reports of another size.
    #[test]
    fn every_bug_has_the_promised_size() {
        let report = text(SHAPE);
        let sizes: Vec<usize> = blocks(&report).map(|block| "\n### ".len() + block.len()).collect();
        assert_eq!(sizes.len(), SHAPE.bugs);
        let outside: Vec<_> = sizes.iter().filter(|size| !BUG_BYTES.contains(size)).collect();
        assert!(outside.is_empty(), "{outside:?}");
    }

    /// A check of the claims would find faults that nobody planted.
    #[test]
    fn claims_are_what_is_documented() {
        for shape in [SHAPE, Shape { bugs: 10, seed: 1 }, Shape { bugs: 0, seed: 1 }] {
            let report = text(shape);
            for (level, count) in LEVELS.iter().zip(shape.counts()) {
                let claim = format!("| {} ({}) | {count} |", level.code, level.name);
                let field = format!("- **Severity:** {} - ", level.code);
                assert!(report.contains(&claim), "{claim}");
                assert_eq!(report.matches(&field).count(), count, "{claim}");
            }
            assert_eq!(shape.counts().iter().sum::<usize>(), shape.bugs);
        }
    }

    /// Widths of wide and combined characters would go unmeasured.
    #[test]
    fn some_titles_are_not_ascii() {
        let report = text(SHAPE);
        let titles = report.lines().filter(|line| line.starts_with("### "));
        let foreign = titles.filter(|title| !title.is_ascii()).count();
        assert!((SHAPE.bugs / 25..SHAPE.bugs / 12).contains(&foreign), "{foreign}");
    }
}
