//! Numbers that begin again in each section: where they count bugs in one, they do in those beside it that are written
//! alike.

use std::collections::{HashMap, HashSet};

use super::{Layout, Role, Why};
use crate::methodology::HeadingWord;
use crate::report::entry::IdKind;
use crate::report::field::Field;

/// How many bugs are looked at to learn how they are written.
const EXAMPLES: usize = 16;

/// How bugs of sections beside each other are written.
#[derive(Default)]
struct Manner {
    names: HashSet<Vec<u8>>,
    is_bold: bool,
    seen: usize,
}

/// Sections beside each other and the depth of what is counted in them.
type Place = (Option<usize>, u8, u8);

impl Layout<'_> {
    /// Takes for bugs what is counted anew in sections beside those of counted bugs, and is written as those are: with
    /// titles in bold, or with the same fields.
    pub(super) fn take_restarts(&mut self) {
        let is_open = |at: &usize| self.roles[*at].is_none() && self.is_first(*at);
        let begun: Vec<usize> = self.others.iter().copied().filter(is_open).collect();
        if begun.is_empty() {
            return;
        }
        self.by_others = true;
        let wanted: HashSet<Place> = begun.iter().filter_map(|at| self.place_in_section(*at)).collect();
        let mut manners: HashMap<Place, Manner> = HashMap::new();
        for at in (0..self.parts.len()).filter(|at| self.is_bug(*at) && self.is_numbered(*at)) {
            let place = self.place_in_section(at).filter(|place| wanted.contains(place));
            if let Some(manner) = place.map(|place| manners.entry(place).or_default())
                && manner.seen < EXAMPLES
            {
                manner.seen += 1;
                manner.names.extend(self.names_of_fields(at));
                manner.is_bold |= self.is_bold(at);
            }
        }
        let mut told = HashSet::new();
        for first in begun {
            if !told.insert((self.tree.parent(first), self.parts[first].heading.level)) {
                continue;
            }
            let Some(manner) = self.place_in_section(first).and_then(|place| manners.get(&place)) else {
                continue;
            };
            let series = self.series(first);
            let is_alike = |at: &&usize| {
                manner.is_bold && self.is_bold(**at)
                    || self.names_of_fields(**at).any(|name| manner.names.contains(&name))
            };
            let alike = series.iter().filter(is_alike).count();
            if series.len() > 1 && alike * 2 >= series.len() && series.iter().all(|at| self.may_follow(*at)) {
                series.into_iter().for_each(|at| self.roles[at] = Some(Role::Bug(Why::Family)));
            }
        }
    }

    fn is_numbered(&self, at: usize) -> bool {
        self.parts[at].entry.id_kind == IdKind::Number
    }

    fn is_first(&self, at: usize) -> bool {
        self.is_numbered(at) && self.parts[at].entry.id.of(self.base) == b"1"
    }

    fn may_follow(&self, at: usize) -> bool {
        self.roles[at].is_none()
            && self.may_be_bug_by_number(at)
            && !self.is_below_bug(at)
            && !self.is_among_prose(at)
    }

    /// The headings that are counted together with the first of them.
    fn series(&self, first: usize) -> Vec<usize> {
        let Some(section) = self.tree.parent(first) else { return Vec::new() };
        let depth = self.parts[first].heading.level;
        let is_such = |at: &usize| self.parts[*at].heading.level == depth && self.is_numbered(*at);
        self.tree.below(section).filter(is_such).collect()
    }

    /// Where a heading is counted, unless that is a section of prose, praise or steps.
    fn place_in_section(&self, at: usize) -> Option<Place> {
        let section = self.tree.parent(at)?;
        let word = self.parts[section].section_word(self.base, self.methodology);
        let is_aside = matches!(word, Some(HeadingWord::Prose | HeadingWord::Fine | HeadingWord::Step));
        let place =
            (self.tree.parent(section), self.parts[section].heading.level, self.parts[at].heading.level);
        (!is_aside && !self.tree.is_title(section)).then_some(place)
    }

    /// Whether the title is set in bold.
    fn is_bold(&self, at: usize) -> bool {
        let title = self.parts[at].entry.title;
        self.base[..title.start as usize].ends_with(b"**")
    }

    /// The names of its fields, in small letters.
    pub(super) fn names_of_fields(&self, at: usize) -> impl Iterator<Item = Vec<u8>> {
        let own = self.parts[at].own();
        let fields = Field::all(self.base, own, own.start, self.methodology);
        fields.into_iter().map(|field| field.name.of(self.base).to_ascii_lowercase())
    }
}
