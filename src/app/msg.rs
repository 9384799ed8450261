//! What happens to the desk, and what the desk asks for.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use super::page::{Needle, Sheet};
use super::{Gathering, Hits, Mouse, Piece, Shown, Underneath};
use crate::config::{Action, Key};
use crate::export::Format;
use crate::fault::{Fault, Kind};
use crate::progress::Share;
use crate::report::{BugIx, Finding};
use crate::text::Diff;
use crate::triage::query::complete::Completion;
use crate::triage::query::facets::Facet;
use crate::triage::query::{Matches, Query};
use crate::triage::{Arranged, BugSet, Draft, Event, Order, Session, Statistics};

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// A frame was drawn, and this was on it.
    Drawn(Drawn),
    /// A search ended.
    Filtered {
        /// Which search it was.
        generation: u64,
        /// What it found.
        matches: Matches,
    },
    /// What a search found is in the order that was asked for.
    Arranged {
        /// Which search it was.
        generation: u64,
        /// What it found.
        matches: Matches,
        /// The same in that order.
        arranged: Arranged,
    },
    /// Bugs were found among which one is picked.
    Found {
        /// Which search it was.
        generation: u64,
        /// What it found.
        matches: Matches,
    },
    /// That search failed.
    NotFound {
        /// Which search it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// This is what day it is.
    Today(Date),
    /// An event is in the journal.
    Committed(Event),
    /// An event did not get into the journal, and has not happened.
    NotCommitted(Fault),
    /// A search failed, or putting in order what it found; what is in view stays.
    NotFiltered {
        /// Which search it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// How a filter may go on.
    Completed {
        /// Which asking it answers.
        generation: u64,
        /// What is on offer.
        completion: Completion,
    },
    /// How a filter may go on could not be made out.
    NotCompleted(Fault),
    /// The facets of what is in view are counted.
    Faceted {
        /// Which count it is.
        generation: u64,
        /// The facets.
        facets: Vec<Facet>,
    },
    /// They could not be counted.
    NotFaceted {
        /// Which count it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// The difference that saving would make is known, as a unified diff.
    Diffed {
        /// Which comparison it was.
        generation: u64,
        /// The difference.
        diff: Diff,
    },
    /// A comparison failed; nothing changed.
    NotDiffed {
        /// Which comparison it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// The lines of a page on which stands what was looked for.
    Sought {
        /// Which search it was.
        generation: u64,
        /// The lines.
        hits: Vec<u32>,
    },
    /// A search on a page failed.
    NotSought(Fault),
    /// The numbers of the review are known.
    Counted(Arc<Statistics>),
    /// They could not be counted.
    NotCounted(Fault),
    /// An action that had to wait.
    Run(Action),
    /// What does not fit together in the report is known.
    Audited {
        /// Which audit it was.
        generation: u64,
        /// What was found.
        findings: Vec<Finding>,
    },
    /// An audit failed.
    NotAudited {
        /// Which audit it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// What the rules suggest is known.
    Suggested {
        /// Which asking it answers.
        generation: u64,
        /// The bugs that each rule speaks for, by the place of the rule.
        rules: Vec<BugSet>,
        /// Those of them for which that was declined.
        declined: BugSet,
    },
    /// What the rules suggest could not be found out.
    NotSuggested {
        /// Which asking it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// The decisions that accept suggestions for many bugs, one for each rule.
    Gathered(Vec<Draft>),
    /// They could not be made out.
    NotGathered(Fault),
    /// For these bugs suggestions are declined, or no longer are.
    Declined {
        /// The bugs.
        bugs: BugSet,
        /// Whether they are declined.
        is_declined: bool,
    },
    /// That could not be kept.
    NotDeclined(Fault),
    /// The decision that sets every claim to what is documented.
    Restated {
        /// Which asking it answers.
        generation: u64,
        /// The decision; `None` where no claim is wrong.
        draft: Option<Draft>,
    },
    /// That decision could not be made out.
    NotRestated(Fault),
    /// The files that a bug names are known.
    Inspected {
        /// Of which reading of the report.
        generation: u64,
        /// The bug.
        bug: BugIx,
        /// Its files.
        pieces: Vec<Piece>,
    },
    /// They could not be looked for.
    NotInspected {
        /// Of which reading of the report.
        generation: u64,
        /// The bug.
        bug: BugIx,
        /// Why.
        fault: Fault,
    },
    /// A file was read for the preview.
    Previewed {
        /// Which asking it answers.
        generation: u64,
        /// What is shown of it.
        shown: Shown,
    },
    /// It could not be.
    NotPreviewed {
        /// Which asking it answers.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// The editor that a file was opened in has ended, with what went wrong there.
    Opened(Option<Fault>),
    /// Files have changed on the disk, perhaps the report.
    Stirred,
    /// How the report on disk stands to the one that is open.
    Looked(Underneath),
    /// That could not be found out.
    NotLooked(Fault),
    /// The report was read again.
    Reread(Box<Reopened>),
    /// It could not be read again; what is open stays.
    NotReread(Fault),
    /// The report and its log are saved.
    Saved(Box<Reopened>),
    /// The report could not be saved; every decision is still pending.
    NotSaved(Fault),
    /// A save or a reading has come so far.
    Progressed(Share),
    /// What was decided is exported.
    Exported {
        /// The name of the file.
        name: String,
        /// How many decisions it has.
        decisions: usize,
        /// How many of them are not saved.
        unsaved: usize,
    },
    /// Nothing was exported: there is such a file already.
    ExportStands {
        /// What it was to be exported as.
        format: Format,
        /// The name of the file.
        name: String,
    },
    /// It could not be exported; what was there is as it was.
    NotExported(Fault),
    /// The rationale comes back from the editor, with what went wrong there.
    Edited(String, Option<Fault>),
}

/// A report as it is after a save, or after it was read again.
#[derive(Debug)]
pub struct Reopened {
    /// The report with what is pending.
    pub session: Session,
    /// What each bug of the session before is now; `None` where it is gone.
    pub places: Vec<Option<BugIx>>,
    /// Whether it had changed underneath a save, so that decisions were carried over to it first.
    pub carried: bool,
    /// Why decisions were not saved after they were carried over.
    pub fault: Option<Fault>,
    /// What a person should know, a sentence each.
    pub notes: Vec<String>,
    /// Who else decides on it, if anyone does.
    pub holder: Option<String>,
    /// The commits of a save, oldest first, by short id.
    pub commits: Vec<String>,
    /// What to know of them, a sentence each.
    pub warnings: Vec<String>,
    /// Why what was saved is not committed, where that was asked for.
    pub uncommitted: Option<Fault>,
}

/// Something to be done outside; its answer is a [`Msg`].
#[derive(Debug)]
pub enum Effect {
    /// Write an event to the journal: [`Msg::Committed`] or [`Msg::NotCommitted`].
    Commit(Intent),
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
    /// Find out what the rules suggest: [`Msg::Suggested`] or [`Msg::NotSuggested`], unless a later asking overtakes it.
    Suggest {
        /// Which asking it is.
        generation: u64,
    },
    /// Make out the decisions that accept suggestions: [`Msg::Gathered`] or [`Msg::NotGathered`].
    Gather(Gathering),
    /// Keep that suggestions are declined, or no longer are: [`Msg::Declined`] or [`Msg::NotDeclined`].
    Decline {
        /// The bugs, each with the place of the rule that speaks for it.
        bugs: Vec<(BugIx, usize)>,
        /// Whether they are declined.
        is_declined: bool,
    },
    /// Make out what sets every claim to what is documented: [`Msg::Restated`] or [`Msg::NotRestated`].
    Restate {
        /// Which asking it is.
        generation: u64,
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

/// What was on a frame, as far as the next key needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The first row of the list, headings counted.
    pub top: usize,
    /// How many rows of the list fit.
    pub rows: usize,
    /// How wide the columns of ids, scopes and statuses need to be for what was on the list so far.
    pub columns: [usize; 3],
    /// The bug whose detail was on it.
    pub detail: Option<BugIx>,
    /// The first line of that detail.
    pub scroll: usize,
    /// How many lines of it fit.
    pub lines: usize,
    /// Whether the preview was on it.
    pub preview: bool,
    /// How far the preview is scrolled.
    pub preview_scroll: isize,
    /// How many columns what is wider than its pane is moved to the left.
    pub across: usize,
    /// How many columns the widest line has beyond its pane.
    pub beyond: usize,
    /// The first line of the topmost popup, where that scrolls.
    pub popup_scroll: usize,
    /// How many lines of it fit.
    pub popup_lines: usize,
    /// Where things are that can be clicked on.
    pub hits: Hits,
    /// Which row of its first line is its first, where lines are wrapped.
    pub popup_row: isize,
    /// Its last line.
    pub popup_last: usize,
    /// How many of its columns are out of sight on the left.
    pub popup_shift: usize,
}
