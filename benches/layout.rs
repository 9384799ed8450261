//! The same bugs in other layouts: as rows, as items, below sections that alone say how severe they are, and
//! with the level in the heading.

use std::fmt::{self, Write as _};
use std::io;

use super::generator::{Bug, CLOSING, Dice, LEVELS, Level, Shape, preamble, words};

/// How a report writes its bugs, where not under headings with fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A row of a table each.
    Table,
    /// A task of a list each.
    Items,
    /// A heading each, the level in the section's alone.
    Sections,
    /// A heading each, the level in it.
    Levels,
}

impl Layout {
    pub(crate) const ALL: [Layout; 4] = [Layout::Table, Layout::Items, Layout::Sections, Layout::Levels];

    /// What figures are filed under.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::Table => "table",
            Layout::Items => "items",
            Layout::Sections => "sections",
            Layout::Levels => "levels",
        }
    }

    /// Writes the report of `bugs` bugs that `seed` leads to, with the summary that the report of headings has.
    ///
    /// # Errors
    ///
    /// Only those of `out`.
    pub(crate) fn report(self, bugs: usize, seed: u64, out: &mut impl io::Write) -> io::Result<()> {
        let shape = Shape { bugs, seed };
        let mut text = String::new();
        let mut dice = Dice(seed);
        let mut number = 0;
        preamble(&mut text, shape).and_then(|()| self.opening(&mut text)).map_err(io::Error::other)?;
        for (level, count) in LEVELS.iter().zip(shape.counts()).filter(|(_, count)| *count > 0) {
            self.section(&mut text, level).map_err(io::Error::other)?;
            for _ in 0..count {
                number += 1;
                let bug = Bug::new(number, level, &mut dice);
                self.bug(&mut text, &bug, &mut dice).map_err(io::Error::other)?;
                out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        writeln!(out, "{text}\n{CLOSING}")
    }

    /// What stands before the first bug.
    fn opening(self, out: &mut String) -> fmt::Result {
        match self {
            Layout::Table => writeln!(
                out,
                "## Open bugs\n\n| ID | Severity | Title | Area | Status |\n|----|----------|-------|------|--------|"
            ),
            Layout::Items => writeln!(out, "## Open bugs\n"),
            Layout::Sections => Ok(()),
            Layout::Levels => writeln!(out, "## Open bugs\n"),
        }
    }

    /// What stands before the bugs of a level.
    fn section(self, out: &mut String, level: &Level) -> fmt::Result {
        match self {
            Layout::Sections => writeln!(out, "## {} ({}): {}\n", level.name, level.code, level.motto),
            Layout::Table | Layout::Items | Layout::Levels => Ok(()),
        }
    }

    fn bug(self, out: &mut String, bug: &Bug, dice: &mut Dice) -> fmt::Result {
        let Bug { number, level, area, .. } = bug;
        let status = dice.pick(words::STATUSES);
        match self {
            Layout::Table => {
                write!(out, "| BUG-{number:06} | {} | ", level.name)?;
                bug.title(out, dice)?;
                writeln!(out, " | {area} | {status} |")
            }
            Layout::Items => {
                write!(out, "- [ ] **{}** BUG-{number:06}: ", level.code)?;
                bug.title(out, dice)?;
                writeln!(out, "\n  - Area: {area}\n  - Status: {status}")
            }
            Layout::Sections => {
                write!(out, "### {number}. ")?;
                bug.title(out, dice)?;
                writeln!(out, "\n")?;
                described(bug, out, dice)
            }
            Layout::Levels => {
                write!(out, "### [{}] BUG-{number:06}: ", level.code)?;
                bug.title(out, dice)?;
                writeln!(out, "\n")?;
                described(bug, out, dice)?;
                writeln!(out, "Status: {status}\n")
            }
        }
    }
}

/// A paragraph, a block of code and a list: what a bug without fields has to say.
fn described(bug: &Bug, out: &mut String, dice: &mut Dice) -> fmt::Result {
    let Bug { area, part, other, error, ticket, .. } = bug;
    writeln!(out, "The {part} {} the {other}, which ends in `{error}`.\n", dice.pick(words::CAUSES))?;
    writeln!(out, "```bash\nSEED={ticket} pytest tests/{area}/test_{part}.py -x\n```\n")?;
    writeln!(out, "1. {} the {part}", dice.pick(words::REPAIRS))?;
    writeln!(out, "2. {} the {other}\n", dice.pick(words::CHECKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(layout: Layout) -> String {
        let mut bytes = Vec::new();
        layout.report(1_000, 7, &mut bytes).expect("a vector takes all bytes");
        String::from_utf8(bytes).expect("the generator writes UTF-8")
    }

    /// Figures per bug would be those of fewer bugs.
    #[test]
    fn every_layout_has_all_bugs_in_its_own_way() {
        for (layout, start) in [
            (Layout::Table, "| BUG-"),
            (Layout::Items, "- [ ] **P"),
            (Layout::Sections, "### "),
            (Layout::Levels, "### [P"),
        ] {
            let text = text(layout);
            assert_eq!(text.lines().filter(|line| line.starts_with(start)).count(), 1_000, "{layout:?}");
            assert_eq!(text, self::text(layout));
        }
    }
}
