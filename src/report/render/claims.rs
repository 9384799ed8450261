//! Claims follow what changes: a bug that leaves a level takes one off its number and adds one to the
//! other's. A claim that was wrong stays as wrong as it was, unless it is set to what is documented. The total of counts
//! by something that bugs do not tell, such as areas, stays what these add up to, unless it was true of the bugs. Shares
//! that follow from counts follow them.

use std::collections::HashMap;

use rayon::prelude::*;

use super::cell;
use super::moving::Plan;
use crate::report::claim::documented::{Reader, Said, section_of};
use crate::report::claim::share::Behind;
use crate::report::claim::sheet::Sheet;
use crate::report::table::says_nothing;
use crate::report::{Change, Claim, Count, Documented, Place, Report, Restated, SectionIx, To};
use crate::text::edit::Edit;
use crate::text::{Span, display};

/// The edits of the report's claims.
pub(super) fn edits(
    report: &Report,
    changes: &[Change],
    plan: &Plan<'_>,
    restated: &[Restated],
    written: &Written<'_>,
) -> Vec<Edit> {
    let mut shifts = shifts(report, changes, plan, written);
    for restated in restated {
        let shift = &mut shifts[restated.claim.at()];
        *shift = shift.saturating_add(restated.by());
    }
    let base = report.base();
    let due = due(report, &shifts);
    let counts = report.claims().iter().zip(&shifts).filter_map(|(claim, by)| edit(base, claim, *by));
    let mut edits: Vec<Edit> = counts.collect();
    edits.extend(due.iter().map(|at| {
        let claim = &report.claims()[*at];
        put(base, claim, shifts[*at].to_string())
    }));
    let is_written = |at: usize| report.claims()[at].is_written() || due.contains(&at);
    let unsaid: Vec<bool> = (0..shifts.len()).map(|at| shifts[at] != 0 && !is_written(at)).collect();
    shifts.iter_mut().enumerate().filter(|(at, _)| !is_written(*at)).for_each(|(_, by)| *by = 0);
    if !edits.is_empty() {
        edits.extend(shares(report, &shifts, &unsaid));
        edits.extend(shares_behind(report, &shifts));
    }
    edits
}

/// The claims of cells with but a dash, or the like, that get something to count where there was nothing.
fn due(report: &Report, shifts: &[i64]) -> Vec<usize> {
    let base = report.base();
    let is_blank = |claim: &Claim| match claim.place {
        Place::Cell { cell, .. } => claim.count == Count::Unknown && says_nothing(base, cell),
        _ => false,
    };
    let claims = report.claims().iter().zip(shifts).enumerate();
    let blank = claims.filter(|(_, (claim, by))| **by > 0 && is_blank(claim)).map(|(at, _)| at);
    let blank: Vec<usize> = blank.collect();
    if blank.is_empty() {
        return blank;
    }
    let documented = Documented::of(report);
    blank.into_iter().filter(|at| documented.count(&report.claims()[*at]) == Some(0)).collect()
}

/// The edits of the shares that follow from counts, some of which are other ones that nothing says (`unsaid`).
fn shares(report: &Report, shifts: &[i64], unsaid: &[bool]) -> Vec<Edit> {
    let by = |sheet: &Sheet<'_>, at| match sheet.claim(at) {
        Some(at) => (!unsaid[at.at()]).then_some(shifts[at.at()]),
        None => Some(0),
    };
    let of_sheet = |sheet: &Sheet<'_>| {
        let shares = sheet.shares(|at| by(sheet, at)).into_iter();
        shares
            .map(|share| match share.aligned {
                true => aligned(report.base(), share.span, share.cell, share.text),
                false => Edit::replace(share.span, share.text),
            })
            .collect::<Vec<_>>()
    };
    Sheet::all(report).iter().flat_map(of_sheet).collect()
}

/// The words that a change gives a bug for its severity.
pub(super) type Written<'a> = dyn Fn(&Change) -> Option<String> + Sync + 'a;

/// The edits of the shares that stand behind counts on lines.
fn shares_behind(report: &Report, shifts: &[i64]) -> Vec<Edit> {
    let edit = |share: Behind<'_>| {
        let number = report.claims()[share.claim].count.number()?;
        let (span, text) = share.follows(number.saturating_add_signed(shifts[share.claim]))?;
        Some(Edit::replace(span, text))
    };
    Behind::all(report).into_iter().filter_map(edit).collect()
}

/// How much each claim gains or loses by changes.
pub(super) fn shifts(
    report: &Report,
    changes: &[Change],
    plan: &Plan<'_>,
    written: &Written<'_>,
) -> Vec<i64> {
    let reader = Reader::of(report);
    let counts = |change: &&Change| change.severity != To::Keep || change.status != To::Keep;
    let said = |change: &Change| {
        let before = reader.said(change.bug);
        (before, reader.said_after(change, before, || written(change)))
    };
    let counted = |mut net: Net, (before, after)| {
        tally(&mut net, before, -1);
        tally(&mut net, after, 1);
        net
    };
    let net = changes.par_iter().filter(counts).map(said).fold(Net::new, counted).reduce(Net::new, together);
    let standing = plan.standing();
    let shift = |claim: &Claim| match claim.place {
        Place::Heading => {
            section_of(report, claim).and_then(|section| standing.get(&section).copied()).unwrap_or(0)
        }
        _ => net.iter().filter(|(said, _)| reader.counts(claim, *said)).map(|(_, by)| by).sum(),
    };
    let mut shifts: Vec<i64> = report.claims().iter().map(shift).collect();
    if shifts.iter().any(|by| *by != 0) {
        keep_sums(report, &mut shifts);
    }
    shifts
}

/// Keeps totals that are the sums of counts by something that bugs do not tell, and not what is documented.
fn keep_sums(report: &Report, shifts: &mut [i64]) {
    let is_of_unknown = |sheet: &Sheet<'_>| {
        let kept = sheet.sums().into_iter().filter(|sum| sum.is_of_unknown && sum.is_right());
        kept.filter_map(|sum| sheet.claim(sum.at)).collect::<Vec<_>>()
    };
    let kept: Vec<_> =
        Sheet::all(report).iter().flat_map(is_of_unknown).filter(|at| shifts[at.at()] != 0).collect();
    if kept.is_empty() {
        return;
    }
    let documented = Documented::of(report);
    for at in kept {
        let claim = &report.claims()[at.at()];
        if documented.count(claim).is_some_and(|count| !claim.count.is_met_by(count)) {
            shifts[at.at()] = 0;
        }
    }
}

/// How many bugs more or fewer say something, of the few things that there are to say.
type Net = Vec<(Said, i64)>;

fn tally(net: &mut Net, said: Said, by: i64) {
    match net.iter_mut().find(|(known, _)| *known == said) {
        Some((_, count)) => *count += by,
        None => net.push((said, by)),
    }
}

fn together(mut one: Net, other: Net) -> Net {
    other.into_iter().for_each(|(said, by)| tally(&mut one, said, by));
    one
}

/// How many bugs more or fewer stand in each section.
pub(super) type Standing = HashMap<SectionIx, i64>;

fn edit(base: &[u8], claim: &Claim, by: i64) -> Option<Edit> {
    let number = claim.count.number().filter(|_| by != 0 && claim.is_written())?;
    Some(put(base, claim, written(claim.span.of(base), number.saturating_add_signed(by))))
}

/// A number in the place of what a claim says.
fn put(base: &[u8], claim: &Claim, text: String) -> Edit {
    match claim.place {
        Place::Cell { cell, aligned: true } => aligned(base, claim.span, cell, text),
        _ => Edit::replace(claim.span, text),
    }
}

/// A number as the one before it was written: in groups of three where that was.
fn written(before: &[u8], number: u64) -> String {
    let digits = number.to_string();
    if !before.contains(&b',') {
        return digits;
    }
    let place = |at: usize| digits.len() - at;
    let group = |(at, digit): (usize, char)| {
        (at > 0 && place(at).is_multiple_of(3)).then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(group).collect()
}

/// The number in its cell, which stays as wide as it was.
fn aligned(base: &[u8], span: Span, cell: Span, text: String) -> Edit {
    cell::fitted(base, cell, &[(span, text)], Some(display::width))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell rewritten, the width of its column known to be its own.
    fn rewritten(cell: &str, number: &str, to: &str) -> String {
        let base = cell.as_bytes();
        let start = cell.find(number).unwrap() as u32;
        let span = Span::new(start, start + number.len() as u32);
        let edits =
            crate::text::edit::Edits::new(vec![aligned(base, span, Span::whole(base), to.to_owned())]);
        String::from_utf8(edits.unwrap().apply(base)).unwrap()
    }

    #[test]
    fn a_cell_keeps_its_width_whatever_stands_around_its_number() {
        assert_eq!(rewritten(" 9     ", "9", "10"), " 10    ");
        assert_eq!(rewritten("     9 ", "9", "10"), "    10 ");
        assert_eq!(rewritten(" **10**  ", "10", "9"), " **9**   ");
        assert_eq!(rewritten("  ~15+ ", "15", "9"), "   ~9+ ");
        assert_eq!(rewritten(" 9 ", "9", "10"), " 10 ");
    }

    #[test]
    fn thousands_stay_set_apart() {
        assert_eq!(
            (written(b"1,204", 1203), written(b"1,000", 999), written(b"7", 12_345)),
            ("1,203".into(), "999".into(), "12345".into())
        );
        assert_eq!(written(b"1,204", 1_000_000), "1,000,000");
    }
}
