//! What each action of the key map does where no popup is open.

use super::view::Aim;
use super::{App, Busy, Effect, Pane, Popup, Toast, picker};
use crate::config::{Action, Stake};
use crate::methodology::LevelId;
use crate::triage::{Kind, Set};

/// How many columns a key moves what is wider than its pane.
const ACROSS: isize = 8;

/// Whether an action has to wait while the report is being saved or read again, which decides what is pending, or while
/// something is being declined, which decides what is suggested.
pub(super) fn waits_while_busy(action: Action) -> bool {
    action.stake() != Stake::Looks
}

/// Whether an action decides something, or leads to that.
pub(super) fn decides(action: Action) -> bool {
    action.stake() == Stake::Decides
}

/// Whether an action has to wait for the end of a search, which decides what is in view.
pub(super) fn waits_for_search(action: Action) -> bool {
    use Action::*;
    !matches!(
        action,
        Filter
            | Facets
            | Clear
            | Help
            | Log
            | Check
            | Settle
            | Save
            | SaveQuit
            | Reread
            | Record
            | Export
            | Diff
            | Quit
            | Suspend
            | Methodology
            | Statistics
            | Palette
    )
}

impl App {
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.refuses_yet(action) {
            return Vec::new();
        }
        if decides(action) && self.ui.holder.is_some() {
            self.say_read_only();
            return Vec::new();
        }
        match action {
            Action::Severity(rank) => return self.severity(LevelId(rank)),
            Action::Scope | Action::Status | Action::Comment => return self.with_targets(action),
            Action::Accept => return self.accept(),
            Action::EditSuggestion => return self.edit_suggestion(),
            Action::AcceptAll => return self.accept_alike(),
            Action::Decline => return self.decline(),
            Action::BringBack => return self.bring_back(),
            Action::Record => self.open_records(),
            Action::Confirm => return self.confirm(),
            Action::Repeat => return self.repeat(),
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::Save => return self.save(),
            Action::SaveQuit => return self.save_and_quit(),
            Action::Export => self.open_export(),
            Action::Reread => return self.read_again(),
            Action::Settle => self.open_settle(),
            Action::Diff => return self.compare(),
            Action::Quit => return self.quit(),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Clear => return self.clear(),
            Action::Filter => return self.open_filter(),
            Action::Facets => return self.open_facets(),
            Action::Help => self.open_help(),
            Action::Methodology => self.open_methodology(),
            Action::Statistics => return self.open_statistics(),
            Action::Palette => self.open_palette(),
            Action::Log => self.open_log(),
            Action::Check => self.open_check(),
            Action::OpenEvidence | Action::NextEvidence | Action::PreviousEvidence => {
                return self.with_evidence(action);
            }
            Action::Preview => self.toggle_preview(),
            Action::Wrap => self.toggle_wrap(),
            Action::ScrollLeft => self.scroll_across(-ACROSS),
            Action::ScrollRight => self.scroll_across(ACROSS),
            Action::Mark => self.mark(),
            Action::MarkAll => self.mark_all(),
            Action::Range => self.range(),
            Action::Sort => return self.open_sorting(),
            Action::Group => return self.group(),
            Action::CopyId | Action::CopyTitle | Action::CopyBug | Action::CopyDecision => {
                return self.copy(action);
            }
            moving => self.go(moving),
        }
        Vec::new()
    }

    /// Moves the cursor, or where the detail has the keys, through its text.
    fn go(&mut self, action: Action) {
        let before = self.cursor();
        match action {
            Action::NextUndecided => self.go_to_undecided(true),
            Action::PreviousUndecided => self.go_to_undecided(false),
            Action::NextMatch => self.go_to_match(true),
            Action::PreviousMatch => self.go_to_match(false),
            Action::FocusDetail => self.ui.pane = Pane::Detail,
            Action::FocusList => self.ui.pane = Pane::List,
            Action::ScrollDetailDown => self.scroll(page(self.ui.drawn.lines, 1)),
            Action::ScrollDetailUp => self.scroll(-page(self.ui.drawn.lines, 1)),
            _ if self.ui.pane == Pane::Detail => self.read(action),
            _ => self.move_cursor(action),
        }
        if self.cursor() != before {
            self.ui.scroll = 0;
            self.ui.across = 0;
        }
    }

    fn move_cursor(&mut self, action: Action) {
        match action {
            Action::Down => self.step(1),
            Action::Up => self.step(-1),
            Action::First => self.ui.view.first(),
            Action::Last => self.ui.view.last(),
            Action::HalfPageDown => self.step(page(self.ui.drawn.rows, 2)),
            Action::HalfPageUp => self.step(-page(self.ui.drawn.rows, 2)),
            _ => {}
        }
    }

    fn read(&mut self, action: Action) {
        match action {
            Action::Down => self.scroll(1),
            Action::Up => self.scroll(-1),
            Action::First => self.ui.scroll = 0,
            Action::Last => self.ui.scroll = usize::MAX,
            Action::HalfPageDown => self.scroll(page(self.ui.drawn.lines, 2)),
            Action::HalfPageUp => self.scroll(-page(self.ui.drawn.lines, 2)),
            _ => {}
        }
    }

    pub(super) fn step(&mut self, rows: isize) {
        self.ui.view.step(rows);
    }

    /// Moves the text, or where it is not on screen the preview.
    pub(super) fn scroll(&mut self, lines: isize) {
        if self.ui.drawn.preview && self.ui.drawn.detail.is_none() {
            self.ui.preview.scroll = self.ui.preview.scroll.saturating_add(lines);
            return;
        }
        self.ui.scroll = self.ui.scroll.saturating_add_signed(lines);
    }

    /// Goes to the next undecided bug, or the last one before; where there is none, says so.
    fn go_to_undecided(&mut self, forward: bool) {
        if !self.ui.view.go_outside(self.session.reviewed(), forward) {
            let (said, hint) = self.none_undecided(forward);
            self.say(Toast::refusal(said).hint(hint));
        }
    }

    /// That no undecided bug follows, or comes before; and what to do next.
    pub(super) fn none_undecided(&self, forward: bool) -> (String, String) {
        let (view, done) = (&self.ui.view, self.session.reviewed());
        let left = view.whole().saturating_sub(done.len());
        let (side, other, back) = match forward {
            true => ("after", "before", Action::PreviousUndecided),
            false => ("before", "after", Action::NextUndecided),
        };
        let with = |action, does: &str| match self.key_of(action) {
            key if key.is_empty() => String::new(),
            key => format!("{key} {does}"),
        };
        if view.outside(done, !forward).is_some() {
            let does = format!("goes to one {other} it");
            return (format!("no undecided bug {side} this one"), with(back, &does));
        }
        if left > 0 {
            let said = format!("all in view are reviewed, {left} outside the filter are not");
            return (said, with(Action::Clear, "shows all"));
        }
        let hint = match () {
            () if self.unsaved() == 0 || self.ui.holder.is_some() => String::new(),
            () if self.ui.hindered => {
                "the report cannot be saved as it is; the decisions are kept".to_owned()
            }
            () => with(Action::Save, "saves"),
        };
        (format!("all {} reviewed", view.whole()), hint)
    }

    /// Clears what stands in the way, the nearest first; decides nothing.
    fn clear(&mut self) -> Vec<Effect> {
        if self.ui.busy == Busy::Exporting {
            return vec![Effect::GiveUp];
        }
        if self.ui.view.range().is_some() {
            self.ui.view.end_range();
        } else if !self.ui.marks.is_empty() {
            self.unmark();
        } else if !self.ui.view.filter().is_empty() {
            return self.filter(String::new(), Aim::Keep);
        } else {
            self.ui.pane = Pane::List;
        }
        Vec::new()
    }

    /// Asks for a scope, a status or a note, where there is a bug to get it.
    fn with_targets(&mut self, action: Action) -> Vec<Effect> {
        match action {
            _ if self.targets().is_empty() => {
                self.say(Toast::refusal("there is no bug here to decide on"));
            }
            Action::Scope => self.open_scopes(picker::Use::Scope),
            Action::Status => self.open_statuses(),
            _ => return self.ask(Kind::Note, Set::default()),
        }
        Vec::new()
    }

    /// Whether a bug's text has the screen for itself.
    fn reads_alone(&self) -> bool {
        let hits = &self.ui.drawn.hits;
        self.ui.pane == Pane::Detail && hits.detail.width > 0 && hits.list.width == 0
    }

    /// Goes back to the list from a text that has the screen for itself, else leaves.
    fn quit(&mut self) -> Vec<Effect> {
        if self.reads_alone() {
            self.ui.pane = Pane::List;
            return Vec::new();
        }
        if self.is_glimpse() {
            return self.leave_glimpse(super::Leaving::Quietly);
        }
        // What somebody else decides at another desk is theirs to save.
        if self.unsaved() > 0 && self.ui.holder.is_none() {
            self.open(Popup::Quit(false));
            return Vec::new();
        }
        vec![Effect::Quit(super::Leaving::Quietly)]
    }

    /// Leaves and sets aside what is not saved, without a question; while that is being saved, asks as ever.
    pub(super) fn abandon(&mut self) -> Vec<Effect> {
        self.ui.pane = Pane::List;
        let may_discard = self.ui.busy == Busy::Not && self.ui.holder.is_none();
        if may_discard && self.unsaved() > 0 { vec![Effect::Discard] } else { self.run(Action::Quit) }
    }

    pub(super) fn save(&mut self) -> Vec<Effect> {
        if self.unsaved() == 0 && !self.ui.uncommitted {
            self.say(Toast::refusal("there is nothing to save"));
            return Vec::new();
        }
        self.ui.busy = Busy::Saving;
        vec![Effect::Save]
    }

    /// Leaves once all is saved; where nothing is to be saved, at once.
    fn save_and_quit(&mut self) -> Vec<Effect> {
        if self.unsaved() == 0 && !self.ui.uncommitted {
            self.ui.pane = Pane::List;
            return self.quit();
        }
        self.ui.busy = Busy::ThenQuit;
        vec![Effect::Save]
    }
}

/// A whole page of so many rows, or its half; one at least.
fn page(rows: usize, part: usize) -> isize {
    isize::try_from((rows / part).max(1)).unwrap_or(1)
}
