//! Ids that count on from each other: the headings that have them are of one kind.

use std::collections::{HashMap, HashSet};

use super::tree::Tree;
use crate::report::entry::IdKind;
use crate::report::part::Part;

/// What ids have in common that are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kin<'a> {
    /// How deep their headings are.
    depth: u8,
    /// What stands before the number; nothing for plain numbers.
    letters: &'a [u8],
    /// How many numbers there are: two in `2.1`.
    numbers: usize,
    /// The section, where plain numbers start again in each.
    section: Option<usize>,
}

/// The families that have bugs among them.
pub(super) struct Families<'a> {
    known: HashSet<Kin<'a>>,
    /// The depths at which bugs have short ids.
    short: HashSet<u8>,
    /// Which bugs have a plain number.
    numbered: HashSet<usize>,
    /// The last part with each plain number, so far.
    last: HashMap<u32, usize>,
}

impl<'a> Families<'a> {
    pub(super) fn of(
        base: &'a [u8],
        parts: &[Part],
        tree: &Tree,
        is_bug: impl Fn(usize) -> bool,
    ) -> Families<'a> {
        let mut families = Families {
            known: HashSet::new(),
            short: HashSet::new(),
            numbered: HashSet::new(),
            last: HashMap::new(),
        };
        for at in (0..parts.len()).filter(|at| is_bug(*at)) {
            families.known.extend(Kin::of(base, parts, tree, at));
            if parts[at].entry.id_kind == IdKind::Short {
                families.short.insert(parts[at].heading.level);
            }
            if plain_number(base, &parts[at]).is_some() {
                families.numbered.insert(at);
            }
        }
        families
    }

    /// Whether a part is counted together with bugs; parts are asked for in their order, each once.
    pub(super) fn supports(&mut self, base: &[u8], parts: &[Part], tree: &Tree, at: usize) -> bool {
        let part = &parts[at];
        let is_short = part.entry.id_kind == IdKind::Short && self.short.contains(&part.heading.level);
        let is_known = Kin::of(base, parts, tree, at).is_some_and(|kin| self.known.contains(&kin));
        let goes_on = self.goes_on(base, parts, at);
        is_short || is_known || goes_on
    }

    /// Counts a part among the bugs.
    pub(super) fn take(&mut self, at: usize) {
        self.numbered.insert(at);
    }

    /// Whether its plain number follows that of the last part that has the number before, which is a bug.
    fn goes_on(&mut self, base: &[u8], parts: &[Part], at: usize) -> bool {
        let Some(number) = plain_number(base, &parts[at]) else { return false };
        let before = number.checked_sub(1).and_then(|before| self.last.get(&before)).copied();
        self.last.insert(number, at);
        before.is_some_and(|before| {
            self.numbered.contains(&before) && parts[before].heading.level == parts[at].heading.level
        })
    }
}

impl<'a> Kin<'a> {
    fn of(base: &'a [u8], parts: &[Part], tree: &Tree, at: usize) -> Option<Kin<'a>> {
        let part = &parts[at];
        let id = part.entry.id.of(base);
        if part.entry.id_kind <= IdKind::Range {
            return None;
        }
        let letters = id.len()
            - id.iter().rev().take_while(|byte| byte.is_ascii_digit() || b".-/#".contains(byte)).count();
        let numbers =
            id[letters..].split(|byte| !byte.is_ascii_digit()).filter(|digits| !digits.is_empty()).count();
        let section = tree.parent(at).filter(|_| letters == 0 && numbers < 2);
        Some(Kin { depth: part.heading.level, letters: &id[..letters], numbers, section })
    }
}

/// The id where it is nothing but a number.
fn plain_number(base: &[u8], part: &Part) -> Option<u32> {
    let id = part.entry.id.of(base);
    (part.entry.id_kind == IdKind::Number).then(|| std::str::from_utf8(id).ok()?.parse().ok()).flatten()
}
