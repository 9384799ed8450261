//! What the desk asks for: all that it does not do itself.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::page::{Needle, Sheet};
use super::{Gathering, Msg, Weighing};
use crate::export::Format;
use crate::fault::Kind;
use crate::report::BugIx;
use crate::triage::query::{Matches, Query};
use crate::triage::suggest::Voice;
use crate::triage::{Draft, Order};

/// Something to be done outside; its answer is a [`Msg`].
#[derive(Debug)]
pub enum Effect {
    /// Write an event to the journal, beside the desk where that [is wide](Intent::is_wide): [`Msg::Committed`] or
    /// [`Msg::NotCommitted`].
    Commit(Intent),
    /// Find out about a decision on many bugs: [`Msg::Weighed`] or [`Msg::NotWeighed`].
    Weigh {
        /// Which asking it is.
        generation: u64,
        /// What is asked.
        weighing: Box<Weighing>,
    },
    /// Search: [`Msg::Filtered`] or [`Msg::NotFiltered`], unless a later search overtakes it.
    Filter {
        /// Which search it is.
        generation: u64,
        /// What to look for.
        query: Box<Query>,
        /// The only bugs that can match, where that is known.
        within: Option<Vec<BugIx>>,
    },
    /// Make out how a filter may go on: [`Msg::Completed`] or [`Msg::NotCompleted`].
    Complete {
        /// Which asking it is.
        generation: u64,
        /// What is typed.
        text: String,
        /// Where in it the cursor is.
        cursor: usize,
    },
    /// Count the facets under a filter: [`Msg::Faceted`] or [`Msg::NotFaceted`], unless a later count overtakes it.
    Facets {
        /// Which count it is.
        generation: u64,
        /// The filter.
        text: String,
    },
    /// Put what a search found in order: [`Msg::Arranged`] or [`Msg::NotFiltered`].
    Arrange {
        /// Which search it was.
        generation: u64,
        /// What it found.
        matches: Matches,
        /// In which order.
        order: Order,
    },
    /// Find bugs among which one is picked: [`Msg::Found`] or [`Msg::NotFound`], unless a later one overtakes it.
    Find {
        /// Which search it is.
        generation: u64,
        /// What to look for.
        text: String,
    },
    /// Say what day it is: [`Msg::Today`].
    Today,
    /// Find out what saving would change: [`Msg::Diffed`] or [`Msg::NotDiffed`].
    Diff {
        /// Which comparison it is.
        generation: u64,
    },
    /// Look for words on a page: [`Msg::Sought`] or [`Msg::NotSought`], unless the flag says that nobody wants
    /// to know any more.
    Seek {
        /// Which search it is.
        generation: u64,
        /// The page.
        sheet: Arc<Sheet>,
        /// The words.
        needle: Needle,
        /// Whether it was overtaken.
        overtaken: Arc<AtomicBool>,
    },
    /// Count what a review is about: [`Msg::Counted`] or [`Msg::NotCounted`].
    Count,
    /// Find out what does not fit together: [`Msg::Audited`] or [`Msg::NotAudited`].
    Audit {
        /// Which audit it is.
        generation: u64,
    },
    /// Find out what is suggested: [`Msg::Suggested`] or [`Msg::NotSuggested`], unless a later asking overtakes it.
    Suggest {
        /// Which asking it is.
        generation: u64,
    },
    /// Make out the decisions that accept suggestions: [`Msg::Gathered`] or [`Msg::NotGathered`].
    Gather(Gathering),
    /// Keep that suggestions are declined, or no longer are: [`Msg::Declined`] or [`Msg::NotDeclined`].
    Decline {
        /// The bugs, each with whose suggestion it is.
        bugs: Vec<(BugIx, Voice)>,
        /// Whether they are declined.
        is_declined: bool,
    },
    /// Make out what sets every claim to what is documented: [`Msg::Restated`] or [`Msg::NotRestated`].
    Restate {
        /// Which asking it is.
        generation: u64,
    },
    /// Make out the decision that takes the newest saved one back, or brings the last of those back:
    /// [`Msg::Reversed`] or [`Msg::NotReversed`].
    Reverse {
        /// Which asking it is.
        generation: u64,
        /// Whether one is brought back.
        is_forward: bool,
    },
    /// Find out which files a bug names and what stands there: [`Msg::Inspected`] or [`Msg::NotInspected`].
    Inspect {
        /// Of which reading of the report.
        generation: u64,
        /// The bug.
        bug: BugIx,
    },
    /// Read a file that the report names: [`Msg::Previewed`] or [`Msg::NotPreviewed`].
    Preview {
        /// Which asking it is.
        generation: u64,
        /// Its name, as the report writes it.
        name: String,
        /// The line that is wanted.
        line: Option<u32>,
    },
    /// Have a file opened in the person's editor, at this line: [`Msg::Opened`].
    Open {
        /// Where it was found.
        path: PathBuf,
        /// The line, from 1.
        line: Option<u32>,
    },
    /// Save report and log: [`Msg::Saved`] or [`Msg::NotSaved`]; where the report has changed underneath and
    /// not every decision fits it, [`Msg::Reread`].
    Save,
    /// Export what was decided: [`Msg::Exported`], [`Msg::ExportStands`] or [`Msg::NotExported`].
    Export {
        /// As what.
        format: Format,
        /// Whether a file that is there may be written over.
        may_replace: bool,
    },
    /// Give up a save, a reading or an export that is under way, where it has not come too far for that.
    GiveUp,
    /// Find out whether the report has changed underneath: [`Msg::Looked`] or [`Msg::NotLooked`].
    Look,
    /// Read the report again and carry decisions over: [`Msg::Reread`] or [`Msg::NotReread`].
    Reread,
    /// Have this text edited in the person's editor: [`Msg::Edited`].
    Edit(String),
    /// Put this text on the clipboard.
    Copy(String),
    /// Stop until the shell continues the desk.
    Suspend,
    /// Take these keys and pastes now: they had to wait for the end of a save or a search.
    Replay(Vec<Msg>),
    /// Set aside what is not saved: [`Msg::Discarded`] or [`Msg::NotDiscarded`].
    Discard,
    /// Close the desk.
    Quit(Leaving),
}

/// An event before it has a time and a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Make this decision.
    Decide(Draft),
    /// Take the last one back.
    Undo,
    /// Make the one taken back again.
    Redo,
    /// Settle a decision that no longer fits.
    Settle {
        /// Its place among those that are left.
        misfit: usize,
        /// What is decided in its place; `None` drops it.
        draft: Option<Draft>,
    },
}

/// How the desk is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// As asked for.
    Quietly,
    /// By interrupting it.
    Forced,
    /// Because the system asked it to end, with this signal.
    Signalled(u8),
}

impl Leaving {
    /// The exit code of a program that is left so: 0, 130, or 128 and the number of the signal.
    pub fn exit_code(self) -> u8 {
        match self {
            Leaving::Quietly => 0,
            Leaving::Forced => Kind::Interrupted.exit_code(),
            Leaving::Signalled(signal) => 128_u8.saturating_add(signal),
        }
    }
}
