//! Counts by level that leave bugs out: none of those that stand together is of their level.

use std::collections::BTreeMap;

use memchr::memmem;

use super::{Claim, Place};
use crate::methodology::LevelId;
use crate::report::Report;

/// Counts by level that stand together.
#[derive(Debug)]
pub struct Counts {
    /// Where the first of them stands.
    pub at: u32,
    /// The word for what they stand in: `table`, `list`.
    pub place: &'static str,
    /// The levels that none of them counts, each with how many bugs have it.
    pub left_out: Vec<(LevelId, usize)>,
}

impl Report {
    /// The tables, lists and lines that count bugs by several levels, in order.
    pub fn counts_by_level(&self) -> Vec<Counts> {
        let counts =
            |claim: &&Claim| claim.level.is_some() && matches!(claim.place, Place::Cell { .. } | Place::Item);
        let claims: Vec<&Claim> = self.claims().iter().filter(counts).collect();
        let together = |one: &&Claim, other: &&Claim| {
            one.place.name() == other.place.name() && !self.is_parted(one.span.end, other.span.start)
        };
        let mut groups = claims.chunk_by(together).filter(|group| levels(group).nth(1).is_some()).peekable();
        if groups.peek().is_none() {
            return Vec::new();
        }
        let mut known: BTreeMap<LevelId, usize> = BTreeMap::new();
        self.indexes()
            .filter_map(|bug| self.level(bug))
            .for_each(|level| *known.entry(level).or_default() += 1);
        groups.map(|group| counted(group, &known)).collect()
    }

    /// Whether a blank line stands between two places.
    fn is_parted(&self, from: u32, to: u32) -> bool {
        let between = self.base().get(from as usize..to as usize).unwrap_or_default();
        [&b"\n\n"[..], b"\n\r\n"].iter().any(|blank| memmem::find(between, blank).is_some())
    }
}

fn counted(group: &[&Claim], known: &BTreeMap<LevelId, usize>) -> Counts {
    let left_out = known.iter().filter(|(level, _)| levels(group).all(|counted| counted != **level));
    Counts {
        at: group[0].span.start,
        place: group[0].place.name(),
        left_out: left_out.map(|(level, count)| (*level, *count)).collect(),
    }
}

/// The levels that some claims count, each once where they stand beside each other.
fn levels(group: &[&Claim]) -> impl Iterator<Item = LevelId> {
    group.chunk_by(|one, other| one.level == other.level).filter_map(|same| same[0].level)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    /// Who is told of a level that is counted would look for what is wrong, and who is not told of one that is not would never.
    #[test]
    fn what_stands_together_counts_the_levels_that_it_names() {
        let bugs = "\n### B-1: a\n\n- **Severity:** High\n\n### B-2: b\n\n- **Severity:** Low\n\n\
            ### B-3: c\n\n- **Severity:** Low\n";
        let left_out = |text: &str| {
            let text = format!("# Bugs\n\n{text}{bugs}");
            let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
            let counts = report.counts_by_level().into_iter();
            counts.map(|counts| (counts.place, counts.left_out)).collect::<Vec<_>>()
        };
        let low = vec![(LevelId(3), 2)];
        let table = "| Severity | Open | Fixed |\n|---|---|---|\n| Critical | 0 | 0 |\n| High | 1 | 0 |\n";
        assert_eq!(left_out(table), [("table", low.clone())]);
        assert_eq!(left_out(&format!("{table}| Low | 2 | 0 |\n")), [("table", vec![])]);
        assert_eq!(left_out("- Critical: 0\n- High: 1\n"), [("list", low.clone())]);
        assert_eq!(left_out("| High | Medium |\n|---|---|\n| 1 | 0 |\n"), [("table", low)]);
        assert_eq!(left_out("- High: 1\n"), [], "one level is counted, and no more is claimed");
    }
}
