//! Sections that lose their last bug: what is left of one may not read as a bug itself, nor what else stands in it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{AT_ONCE, Plan, bugs_of};
use crate::report::entry::IdKind;
use crate::report::field::{Field, Weight};
use crate::report::scan::{Kind, Mark, Outline};
use crate::report::{SectionIx, part};
use crate::text::Span;

impl Plan<'_> {
    /// Takes back the moves after which a section would be read as a bug, or would hold no bug but lists or headings,
    /// which might then be read as its bugs.
    pub(super) fn stay_where_others_would_be_bugs(&mut self) {
        let mut leaving: BTreeMap<SectionIx, usize> = BTreeMap::new();
        let mut targets = BTreeSet::new();
        for run in self.moves.chunk_by(|a, b| a.from == b.from && a.target == b.target) {
            *leaving.entry(run[0].from).or_default() += run.len();
            targets.extend(self.sections.get(&run[0].target.beside).copied());
        }
        let emptied = leaving
            .into_iter()
            .filter(|(section, count)| bugs_of(self.report, *section).nth(*count).is_none());
        let emptied = emptied.map(|(section, _)| section).filter(|section| !targets.contains(section));
        let must_stay = |section: &SectionIx| self.holds_others(*section) || self.reads_as_bug(*section);
        let held: BTreeSet<SectionIx> = emptied.filter(must_stay).collect();
        self.moves.retain(|moved| !held.contains(&moved.from));
    }

    /// Whether there are lists or headings in a section that are in no bug.
    fn holds_others(&self, section: SectionIx) -> bool {
        let (report, here) = (self.report, self.report.sections()[section.at()]);
        let mut at = here.heading.end;
        let mut gaps = Vec::new();
        for bug in bugs_of(report, section) {
            let block = report.bug(bug).block;
            gaps.push(Span::new(at, block.start));
            at = block.end.max(at);
        }
        gaps.push(Span::new(at, here.span.end));
        let is_other = |mark: &Mark| matches!(mark.kind, Kind::Item { .. } | Kind::Heading { .. });
        let has_other = |gap: Span| Outline::of(report.base(), gap).iter().any(is_other);
        gaps.into_par_iter()
            .with_min_len(AT_ONCE)
            .filter(|gap| !is_bare(gap.of(report.base())))
            .any(has_other)
    }

    /// Whether nothing but the bugs in a section keeps it from being one: it has an id as bugs have, or states a
    /// severity.
    fn reads_as_bug(&self, section: SectionIx) -> bool {
        let (report, here) = (self.report, self.report.sections()[section.at()]);
        let (base, methodology) = (report.base(), report.methodology());
        let first = bugs_of(report, section).next().map_or(here.span.end, |bug| report.bug(bug).block.start);
        let own = Span::new(here.heading.end, first.max(here.heading.end));
        let entry = part::entry(base, here.title, methodology);
        let is_blank = own.trim(base).is_empty();
        let is_counted = !entry.id.is_empty() && (entry.id_kind > IdKind::Number || !is_blank);
        let fields = Field::all(base, own, own.start, methodology);
        let states = |field: &Field| field.weight(base, methodology) > Some(Weight::Risk);
        let is_named = entry.id_kind == IdKind::Name || entry.level.is_some() && is_counted;
        is_named || fields.iter().any(states)
    }
}

/// Whether there are but blank lines and rules in a text.
fn is_bare(text: &[u8]) -> bool {
    let is_rule = |line: &[u8]| {
        let marks = || line.iter().filter(|byte| !b" \t".contains(byte));
        let are_one = |first| marks().all(|mark| mark == first) && marks().nth(2).is_some();
        marks().next().is_none_or(|first| b"-*_".contains(first) && are_one(first))
    };
    text.split(|byte| matches!(byte, b'\n' | b'\r')).all(is_rule)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// A list that is left in a section would be read as its bugs.
        #[test]
        fn blank_lines_and_rules_are_no_headings_and_no_items(text in "([-*_]{1,4}[ \t]?|[ \t\n\r]{1,3}|[a#+1]){0,8}") {
            let outline = Outline::of(text.as_bytes(), Span::whole(text.as_bytes()));
            let is_other = |mark: &Mark| matches!(mark.kind, Kind::Item { .. } | Kind::Heading { .. });
            prop_assert!(!is_bare(text.as_bytes()) || !outline.iter().any(is_other));
        }
    }
}
