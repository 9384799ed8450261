//! Levels that nothing tells but the ids by which bugs are counted: `HIGH-1`, `HIGH-2`, `MED-1`.
//!
//! A letter alone, as in `H-01`, may stand for anything. Ids stay what they are when a bug gets another level, so no decision
//! changes what they say of others.

use std::collections::HashMap;

use rayon::prelude::*;

use super::bug::{Bug, Source};
use super::inline::before_number;
use crate::methodology::{LevelId, Methodology};
use crate::text::{Span, lossy};

/// How many letters a word for a level has in an id, at the least.
const WORD: usize = 3;

/// Gives bugs that nothing else gives a severity the one that their ids tell, where those of any bugs have a word of a scale.
/// Whether the other bugs had a say in it.
pub(super) fn settle(base: &[u8], bugs: &mut [Bug], methodology: &Methodology) -> bool {
    let is_open = |bug: &Bug| bug.source == Source::Nothing && word(base, bug.id).is_some();
    if !bugs.par_iter().any(is_open) {
        return false;
    }
    let mut levels: HashMap<&[u8], Option<LevelId>> = HashMap::new();
    for word in bugs.iter().filter_map(|bug| word(base, bug.id)).map(|word| word.of(base)) {
        levels.entry(word).or_insert_with(|| methodology.level_named(&lossy(word)));
    }
    let is_of_scale =
        |(word, level): (&&[u8], &Option<LevelId>)| level.is_some() && methodology.is_of_scale(&lossy(word));
    if !levels.iter().any(is_of_scale) {
        return true;
    }
    for bug in bugs.iter_mut().filter(|bug| is_open(bug)) {
        let Some(word) = word(base, bug.id) else { continue };
        if let Some(level) = levels.get(word.of(base)).copied().flatten() {
            (bug.severity, bug.level, bug.source) = (word, Some(level), Source::Id);
        }
    }
    true
}

/// The last letters before the number of an id, all capitals: `HIGH` of `HIGH-1`, `MED` of `Q-MED-2`.
fn word(base: &[u8], id: Span) -> Option<Span> {
    let text = id.of(base);
    let before = before_number(text);
    let gap = before.iter().rev().take_while(|byte| b"-_# ".contains(byte)).count();
    let end = before.len() - gap;
    let letters = before[..end].iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
    let start = end - letters;
    let is_apart = start == 0 || matches!(before[start - 1], b'-' | b'_');
    (before.len() < text.len() && letters >= WORD && is_apart).then(|| id.part(start..end))
}
