//! The files that the bug under the cursor names, and what stands there on the disk.
//!
//! They are asked for once the bug is on screen, one bug at a time, by a worker; what it found is kept until the
//! report is read again. Nothing but what was found there is ever opened.

use std::collections::HashMap;
use std::path::PathBuf;

use super::{App, Effect, Toast};
use crate::config::Action;
use crate::fault::Fault;
use crate::methodology::PathKind;
use crate::report::BugIx;
use crate::text::display;

/// A file that a bug names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its name, as the report writes it.
    pub name: String,
    /// The line that is named with it, from 1.
    pub line: Option<u32>,
    /// What it is for.
    pub kind: Option<PathKind>,
    /// What stands there.
    pub presence: Presence,
}

/// What stands where a bug names a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A file at this path.
    File(PathBuf),
    /// A folder.
    Folder,
    /// Something that is not opened.
    Other,
    /// Whatever matches it: it is a pattern, which nobody looks for.
    Pattern,
    /// Nothing.
    Missing,
    /// Something that is none of the project's, and was not looked at.
    Outside,
}

impl Presence {
    /// What there is to say of it; nothing of a file.
    pub fn said(&self) -> Option<&'static str> {
        match self {
            Presence::File(_) => None,
            Presence::Folder => Some("a folder"),
            Presence::Other => Some("no regular file"),
            Presence::Pattern => Some("a pattern"),
            Presence::Missing => Some("missing"),
            Presence::Outside => Some("outside of the project"),
        }
    }
}

impl Piece {
    /// `tests/test_a.py:42`.
    pub fn called(&self) -> String {
        let name = display::brief(&self.name);
        self.line.map_or_else(|| name.to_string(), |line| format!("{name}:{line}"))
    }

    /// The word for what it is for.
    pub fn kind_said(&self) -> Option<&'static str> {
        let kind = self.kind?;
        PathKind::ALL.iter().find(|(known, _)| *known == kind).map(|(_, key)| *key)
    }
}

/// What is known of the files that bugs name.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    known: HashMap<BugIx, Vec<Piece>>,
    asked: Option<BugIx>,
    generation: u64,
    chosen: Option<(BugIx, usize)>,
    /// What was asked of the files of a bug before they were known.
    then: Vec<(BugIx, Action)>,
}

impl Evidence {
    /// Forgets all: what was asked for is about another report.
    pub(super) fn forget(&mut self) {
        *self = Evidence { generation: self.generation + 1, ..Evidence::default() };
    }
}

impl App {
    /// The files that the bug under the cursor names; `None` until that is known.
    pub fn evidence(&self) -> Option<&[Piece]> {
        self.ui.evidence.known.get(&self.cursor()?).map(Vec::as_slice)
    }

    /// The place of the one that is chosen: the first that is there, until another is.
    pub fn chosen(&self) -> Option<usize> {
        let pieces = self.evidence().filter(|pieces| !pieces.is_empty())?;
        let chosen = self.ui.evidence.chosen.filter(|(bug, _)| self.cursor() == Some(*bug)).map(|(_, at)| at);
        let is_there = |piece: &Piece| matches!(piece.presence, Presence::File(_));
        Some(chosen.unwrap_or_else(|| pieces.iter().position(is_there).unwrap_or(0)))
    }

    /// The one that is chosen.
    pub fn chosen_piece(&self) -> Option<&Piece> {
        self.evidence()?.get(self.chosen()?)
    }

    /// Does what is asked of the files of the bug under the cursor, once they are known.
    pub(super) fn with_evidence(&mut self, action: Action) -> Vec<Effect> {
        if let Some(bug) = self.cursor().filter(|_| self.evidence().is_none()) {
            self.ui.evidence.then.push((bug, action));
            return self.ask_for_files().into_iter().collect();
        }
        match action {
            Action::OpenEvidence => return self.open_evidence(),
            Action::NextEvidence => self.choose(1),
            _ => self.choose(-1),
        }
        Vec::new()
    }

    /// Asks for the files of the bug on screen.
    pub(super) fn inspect(&mut self) -> Option<Effect> {
        let is_shown = self.ui.drawn.detail.is_some() || self.ui.drawn.preview;
        if is_shown { self.ask_for_files() } else { None }
    }

    /// Asks for the files of the bug under the cursor, unless they are known or another bug's are asked for.
    fn ask_for_files(&mut self) -> Option<Effect> {
        let bug = self.cursor()?;
        let evidence = &mut self.ui.evidence;
        if evidence.asked.is_some() || evidence.known.contains_key(&bug) {
            return None;
        }
        evidence.asked = Some(bug);
        Some(Effect::Inspect { generation: evidence.generation, bug })
    }

    pub(super) fn inspected(&mut self, generation: u64, bug: BugIx, pieces: Vec<Piece>) -> Vec<Effect> {
        let evidence = &mut self.ui.evidence;
        if evidence.generation != generation {
            return Vec::new();
        }
        evidence.asked = None;
        evidence.known.insert(bug, pieces);
        let then = std::mem::take(&mut evidence.then);
        let is_free = self.ui.popups.is_empty();
        let then =
            then.into_iter().filter(|(of, _)| is_free && self.cursor() == Some(*of)).collect::<Vec<_>>();
        then.into_iter().flat_map(|(_, action)| self.with_evidence(action)).collect()
    }

    pub(super) fn not_inspected(&mut self, generation: u64, bug: BugIx, fault: Fault) {
        self.ui.evidence.then.clear();
        self.inspected(generation, bug, Vec::new());
        self.failed(fault);
    }

    /// Chooses the next or the previous file.
    fn choose(&mut self, by: isize) {
        let (Some(bug), Some(at)) = (self.cursor(), self.chosen()) else { return self.say_no_evidence() };
        let last = self.evidence().map_or(0, <[Piece]>::len).saturating_sub(1);
        let to = at.saturating_add_signed(by).min(last);
        self.ui.evidence.chosen = Some((bug, to));
        let Some(piece) = self.chosen_piece() else { return };
        let end = if to == at { if by > 0 { " (the last)" } else { " (the first)" } } else { "" };
        let said = format!("{} of {}{end}: {}", to + 1, last + 1, piece.called());
        self.say(Toast::done(said));
    }

    /// Has the chosen file opened in the person's editor.
    fn open_evidence(&mut self) -> Vec<Effect> {
        let Some(piece) = self.chosen_piece() else {
            self.say_no_evidence();
            return Vec::new();
        };
        match &piece.presence {
            Presence::File(path) => vec![Effect::Open { path: path.clone(), line: piece.line }],
            other => {
                let said = format!("{} is not opened: {}", piece.called(), other.said().unwrap_or_default());
                self.say(Toast::refusal(said));
                Vec::new()
            }
        }
    }

    pub(super) fn opened(&mut self, fault: Option<Fault>) {
        self.ui.preview.forget();
        fault.into_iter().for_each(|fault| self.failed(fault));
    }

    fn say_no_evidence(&mut self) {
        self.say(Toast::refusal(match self.cursor() {
            None => "there is no bug here",
            Some(_) => "this bug names no files",
        }));
    }
}
