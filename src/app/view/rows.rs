//! The rows of the list: its bugs, and above each group its heading. The cursor is never on a heading.

use super::View;
use crate::triage::{BugSet, Group};

/// How many rows stay in sight beyond the cursor.
const AHEAD: usize = 2;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// The heading of a group.
    Group(&'a Group),
    /// The bug at this place among those in view.
    Bug(usize),
}

impl View {
    /// The groups in view; none where it is not grouped.
    pub fn groups(&self) -> &[Group] {
        self.arranged.as_ref().map_or(&[], |arranged| &arranged.groups)
    }

    /// Counts anew what is decided in each group.
    pub fn recount(&mut self, reviewed: &BugSet) {
        self.arranged.iter_mut().for_each(|arranged| arranged.recount(reviewed));
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.bugs().len() + self.groups().len()
    }

    /// The row of a bug by its place among those in view.
    pub fn row_of(&self, at: usize) -> usize {
        at + self.groups().iter().take_while(|group| group.start <= at).count()
    }

    /// What stands on a row.
    pub fn line(&self, row: usize) -> Option<Line<'_>> {
        let begun = self.groups().iter().zip(0..).take_while(|(group, above)| group.start + above <= row);
        let bug = match begun.last() {
            Some((group, above)) if group.start + above == row => return Some(Line::Group(group)),
            Some((_, above)) => row - above - 1,
            None => row,
        };
        (bug < self.bugs().len()).then_some(Line::Bug(bug))
    }

    /// Remembers the first row that was on screen.
    pub fn drawn(&mut self, top: usize) {
        self.top = top;
    }

    /// The first row to show of so many, so that the cursor is in sight and the list moves no more than it must.
    pub fn first_row(&self, rows: usize) -> usize {
        let (at, ahead) = (self.row_of(self.at), ahead(rows));
        let lowest = (at + ahead + 1).saturating_sub(rows);
        let highest = at.saturating_sub(ahead);
        self.top.clamp(lowest.min(highest), highest).min(self.rows().saturating_sub(rows))
    }

    /// Moves the rows on screen, of which there are so many; the cursor goes along where it must.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        self.top = self.top.saturating_add_signed(by).min(self.rows().saturating_sub(rows));
        let ahead = ahead(rows);
        let (first, last) = (self.top + ahead, (self.top + rows).saturating_sub(ahead + 1));
        let first = if self.top == 0 { 0 } else { first };
        let last = if self.top + rows >= self.rows() { self.rows() } else { last };
        let row = self.row_of(self.at);
        if row < first {
            self.at = self.bug_from(first);
        } else if row > last {
            self.at = self.bug_up_to(last);
        }
    }

    /// The first bug on this row or below.
    fn bug_from(&self, row: usize) -> usize {
        let mut below = (row..self.rows()).filter_map(|row| self.bug_on(row));
        below.next().unwrap_or_else(|| self.bugs().len().saturating_sub(1))
    }

    /// The last bug on this row or above.
    fn bug_up_to(&self, row: usize) -> usize {
        (0..=row).rev().find_map(|row| self.bug_on(row)).unwrap_or(0)
    }

    /// The bug on a row, by its place among those in view.
    pub fn bug_on(&self, row: usize) -> Option<usize> {
        match self.line(row)? {
            Line::Bug(at) => Some(at),
            Line::Group(_) => None,
        }
    }

    /// Puts the cursor on the bug at this place.
    pub fn go_to(&mut self, at: usize) {
        self.at = at;
        self.step(0);
    }
}

fn ahead(rows: usize) -> usize {
    AHEAD.min(rows.saturating_sub(1) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::BugIx;
    use crate::triage::Arranged;
    use crate::triage::query::Matches;

    fn grouped() -> View {
        let bugs: Vec<BugIx> = (0..6).map(BugIx).collect();
        let group = |start| Group { level: None, start, bugs: BugSet::default(), decided: 0 };
        let groups = vec![group(0), group(1), group(4)];
        let arranged = Some(Arranged { bugs: bugs.clone(), groups, ..Arranged::default() });
        View { matches: Matches { bugs, best: None }, arranged, whole: 6, ..View::default() }
    }

    #[test]
    fn headings_stand_above_their_bugs_and_every_bug_has_its_row() {
        let view = grouped();
        let shown = (0..view.rows() + 2).map(|row| match view.line(row) {
            Some(Line::Group(_)) => "–".to_owned(),
            Some(Line::Bug(at)) => at.to_string(),
            None => ".".to_owned(),
        });
        assert_eq!(shown.collect::<String>(), "–0–123–45..");
        for at in 0..6 {
            assert_eq!(view.line(view.row_of(at)), Some(Line::Bug(at)));
        }
    }

    #[test]
    fn the_wheel_takes_the_cursor_along_only_where_it_would_leave_the_screen() {
        let mut view = grouped();
        view.go_to(2);
        view.scroll(1, 6);
        assert_eq!((view.top, view.at()), (1, 2));
        view.scroll(9, 6);
        assert_eq!((view.top, view.at()), (3, 3));
        view.go_to(5);
        view.scroll(-9, 6);
        assert_eq!((view.top, view.at()), (0, 1));
        assert_eq!(view.first_row(6), 0, "what the wheel left is what is drawn");
        view.scroll(1, 0);
        assert_eq!((view.top, view.at()), (1, 0));
    }
}
