//! The numbers of a review in words, for a screen that is too small for charts and for whoever searches them.

use super::history::BROUGHT_BACK;
use super::page::{Line, Lines};
use crate::methodology::Methodology;
use crate::text::counted;
use crate::triage::Statistics;

/// The page of the numbers.
pub(super) fn lines(numbers: &Statistics, methodology: &Methodology) -> Lines {
    let mut lines = Lines::default();
    lines.part("Progress");
    let (done, all) = (numbers.reviewed, numbers.bugs);
    lines.push(Line::of("text", &format!("{done} of {} reviewed", counted(all, "bug"))));
    lines.push(Line::of("text", &pace(numbers)).hanging(2));
    lines.part("Severity, before → now");
    let names = row_names(methodology);
    for (row, name) in names.iter().enumerate() {
        let (before, now) = numbers.level(row);
        if (before, now) != (0, 0) {
            lines.push(Line::of("emphasis", name).and("text", &format!("  {before} → {now}")));
        }
    }
    lines.part("From which level to which");
    for (from, row) in numbers.moves.iter().enumerate() {
        for (to, count) in row.iter().enumerate().filter(|(to, count)| **count > 0 && *to != from) {
            let said = format!("  {} → {}", names[from], names[to]);
            lines.push(Line::of("emphasis", &count.to_string()).and("text", &said));
        }
    }
    breakdown("Scopes", &numbers.scopes, &mut lines);
    breakdown("Statuses", &numbers.statuses, &mut lines);
    lines.part("Decisions");
    for (name, saved, pending) in decisions(numbers) {
        let said = format!("  {saved} saved, {pending} not saved yet");
        lines.push(Line::of("emphasis", name).and("text", &said));
    }
    lines
}

/// How many decisions of each kind are saved, and pending: what was brought back is a kind of its own.
pub fn decisions(numbers: &Statistics) -> impl Iterator<Item = (&'static str, usize, usize)> {
    let kinds = numbers.kinds.iter().map(|(kind, saved, pending)| (kind.name(), *saved, *pending));
    let (saved, pending) = numbers.brought_back;
    kinds.chain((saved + pending > 0).then_some((BROUGHT_BACK, saved, pending)))
}

/// What the rows of the matrix are called, the last one being for bugs without a level.
pub fn row_names(methodology: &Methodology) -> Vec<String> {
    let keys = methodology.levels().iter().map(|level| level.key.clone());
    keys.chain(["none".to_owned()]).collect()
}

/// How fast it goes, what was measured, and how long the rest takes.
pub fn pace(numbers: &Statistics) -> String {
    match (numbers.pace, numbers.left()) {
        (Some(pace), Some(left)) => format!(
            "{} from one decision to the next (median of {} in this session); {} left at one bug a decision",
            time(pace.median),
            pace.of,
            time(left)
        ),
        _ => "no pace yet: that takes two decisions of yours in this session".to_owned(),
    }
}

/// `40 s`, `12 min`, `3 h 5 min`.
fn time(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn breakdown(heading: &str, counts: &[(String, usize)], lines: &mut Lines) {
    lines.part(heading);
    for (name, count) in counts {
        lines.push(Line::of("emphasis", &count.to_string()).and("text", &format!("  {name}")));
    }
}
