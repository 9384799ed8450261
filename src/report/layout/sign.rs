//! Signs before titles that tell levels or statuses elsewhere, and only decorate where most titles have signs that tell neither:
//! `🚨 Names leak`, `🧩 Ids instead of names`, `🔌 Answers are lost`.

use rayon::prelude::*;

use crate::methodology::Methodology;
use crate::report::entry::IdKind;
use crate::report::inline::signs;
use crate::report::part::Part;
use crate::text::Span;

/// How deep headings can be.
const DEPTHS: usize = 8;

/// Makes signs of the title of those before the titles of headings as deep as each other, where most of them tell neither.
pub(super) fn settle(base: &[u8], parts: &mut [Part], doubtful: &[usize], methodology: &Methodology) {
    let signed = |at: &usize| Some((*at, sign(base, &parts[*at])?));
    let signed: Vec<(usize, Span)> = doubtful.par_iter().filter_map(signed).collect();
    let depth = |part: &Part| usize::from(part.heading.level) % DEPTHS;
    let (mut telling, mut drawing) = ([0_u32; DEPTHS], [0_u32; DEPTHS]);
    for (at, sign) in &signed {
        let text = sign.of(base);
        let tells = methodology.read_level(text).is_some() || methodology.read_status(text).is_some();
        let counts = if tells { &mut telling } else { &mut drawing };
        counts[depth(&parts[*at])] += 1;
    }
    for (at, sign) in signed {
        let part = &mut parts[at];
        if (1..drawing[depth(part)]).contains(&telling[depth(part)]) {
            let entry = &mut part.entry;
            entry.title = sign.join(entry.title);
            if sign.covers(entry.severity) {
                (entry.severity, entry.level) = (Span::empty(sign.start), None);
            }
        }
    }
}

/// The sign alone that stands before a title without an id but a number: others are told by those.
fn sign(base: &[u8], part: &Part) -> Option<Span> {
    let (heading, entry) = (part.heading.text, &part.entry);
    if entry.id_kind > IdKind::Number || entry.title.is_empty() {
        return None;
    }
    let start = if entry.id.is_empty() { heading.start } else { entry.id.end };
    let before = Span::new(start, entry.title.start.max(start)).of(base);
    let lead = before.iter().take_while(|byte| b".):*_ ".contains(byte)).count();
    let is_sign = signs(&before[lead..]) == before.len() - lead && lead < before.len();
    is_sign.then(|| Span::new(start + lead as u32, entry.title.start).trim(base))
}
