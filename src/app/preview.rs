//! The lines of the chosen file around the one that the bug names, read by a worker, one file at a time.

use super::{App, Effect, Pane, Toast};
use crate::config::Action;
use crate::fault::Fault;
use crate::report::BugIx;

/// The preview pane.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Whether it is asked for.
    pub is_on: bool,
    /// How many lines down from where it begins it is scrolled.
    pub scroll: isize,
    of: Option<(BugIx, usize)>,
    is_awaited: bool,
    generation: u64,
    shown: Option<Shown>,
}

/// What is shown of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Lines of it.
    Lines {
        /// The number of the first.
        first: u32,
        /// The lines, as they are in the file, without their ends.
        lines: Vec<String>,
        /// Whether more follow that were not read.
        goes_on: bool,
    },
    /// Why nothing is shown: `not text`, `missing`.
    Nothing(&'static str),
}

impl Preview {
    /// What is shown of the file that was asked for last; `None` until it is read.
    pub fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// Forgets what was read: the files may be others now.
    pub(super) fn forget(&mut self) {
        (self.of, self.shown, self.is_awaited) = (None, None, false);
        self.generation += 1;
    }
}

impl App {
    /// Shows the preview, or no longer.
    pub(super) fn toggle_preview(&mut self) {
        self.ui.preview.is_on = !self.ui.preview.is_on;
        self.ui.preview.scroll = 0;
        if self.ui.preview.is_on && self.ui.drawn.detail.is_none() {
            self.ui.pane = Pane::Detail;
        }
    }

    /// Asks for the lines of the chosen file where they are to be on screen and are not known.
    pub(super) fn read_preview(&mut self) -> Option<Effect> {
        let chosen = self.cursor().zip(self.chosen());
        let preview = &mut self.ui.preview;
        if !preview.is_on || preview.is_awaited || preview.of == chosen {
            return None;
        }
        (preview.of, preview.shown, preview.scroll) = (chosen, None, 0);
        let piece = self.chosen_piece()?;
        let (name, line) = (piece.name.clone(), piece.line);
        let preview = &mut self.ui.preview;
        preview.is_awaited = true;
        preview.generation += 1;
        Some(Effect::Preview { generation: preview.generation, name, line })
    }

    pub(super) fn previewed(&mut self, generation: u64, shown: Shown) {
        let preview = &mut self.ui.preview;
        if preview.generation == generation {
            (preview.is_awaited, preview.shown) = (false, Some(shown));
        }
    }

    pub(super) fn not_previewed(&mut self, generation: u64, fault: Fault) {
        self.previewed(generation, Shown::Nothing("could not be read"));
        self.failed(fault);
    }

    /// Wraps long lines, or lets them run on.
    pub(super) fn toggle_wrap(&mut self) {
        self.ui.wrap = !self.ui.wrap;
        self.ui.across = 0;
        self.say(Toast::done(match self.ui.wrap {
            true => "long lines of code and tables are wrapped",
            false => "long lines of code and tables run on",
        }));
    }

    /// Moves what is wider than its pane.
    pub(super) fn scroll_across(&mut self, columns: isize) {
        if self.ui.drawn.beyond > 0 {
            self.ui.across = self.ui.across.saturating_add_signed(columns);
            return;
        }
        let wrap = self.key_of(Action::Wrap);
        self.say(Toast::refusal(match self.ui.wrap {
            true => format!("nothing here is wider than its pane; {wrap} lets code and tables run on"),
            false => "nothing here is wider than its pane".to_owned(),
        }));
    }
}
