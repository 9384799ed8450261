//! Words in brackets behind titles that could be levels or words of the title: `Dark theme (Optional)`.
//!
//! A word that goes with no scale is a level where headings have such in that place: others of them end with another level.

use rayon::prelude::*;

use crate::methodology::Methodology;
use crate::report::part::Part;
use crate::text::Span;

/// Makes words of the title of those that are of no scale, where no others stand there. Whether there are such words at all.
pub(super) fn settle(base: &[u8], parts: &mut [Part], doubtful: &[usize], methodology: &Methodology) -> bool {
    let closed = |at: &usize| Some((*at, end_of_brackets(base, &parts[*at])?));
    let closed: Vec<(usize, u32)> = doubtful.par_iter().filter_map(closed).collect();
    let word = |at: usize| String::from_utf8_lossy(parts[at].entry.severity.of(base));
    let remarks = closed.iter().filter(|(at, _)| methodology.is_remark(&word(*at))).count();
    if remarks == closed.len() {
        for (at, end) in closed {
            let entry = &mut parts[at].entry;
            entry.title = Span::new(entry.title.start, end);
            (entry.severity, entry.level) = (Span::empty(entry.severity.start), None);
        }
    }
    remarks > 0
}

/// Where the brackets end that the level of a heading stands in behind its title.
fn end_of_brackets(base: &[u8], part: &Part) -> Option<u32> {
    let (severity, title) = (part.entry.severity, part.entry.title);
    part.entry.level.filter(|_| !title.is_empty() && title.end <= severity.start)?;
    let opens = Span::new(title.end, severity.start).of(base).trim_ascii_start() == b"(";
    let closes = base.get(severity.end as usize) == Some(&b')');
    (opens && closes).then_some(severity.end + 1)
}
