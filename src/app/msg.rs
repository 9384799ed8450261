//! What happens to the desk.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Drawn, Mouse, Piece, Prepared, Shown, Underneath, Weighed};
use crate::config::{Action, Key};
use crate::export::Format;
use crate::fault::Fault;
use crate::progress::Share;
use crate::report::{BugIx, Finding};
use crate::text::Diff;
use crate::triage::query::Matches;
use crate::triage::query::complete::Completion;
use crate::triage::query::facets::Facet;
use crate::triage::suggest::{Decline, Found, Voice};
use crate::triage::{Arranged, Barred, Draft, Event, Gist, Statistics};

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
    /// What was asked about a decision is known.
    Weighed {
        /// Which asking it answers.
        generation: u64,
        /// What is known.
        weighed: Weighed,
    },
    /// It could not be found out.
    NotWeighed {
        /// Which asking it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
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
        /// What it holds, in numbers.
        gist: Gist,
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
    /// What is suggested is known.
    Suggested {
        /// Which asking it answers.
        generation: u64,
        /// The bugs for which something is suggested.
        found: Found,
    },
    /// What is suggested could not be found out.
    NotSuggested {
        /// Which asking it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
    /// The decisions that accept suggestions for many bugs, one for each who makes them.
    Gathered(Vec<Draft>),
    /// They could not be made out.
    NotGathered(Fault),
    /// For these bugs suggestions are declined, or no longer are.
    Declined {
        /// The bugs, each with whose suggestion it is.
        bugs: Vec<(BugIx, Voice)>,
        /// By whom and when; `None` where they no longer are.
        made: Option<Decline>,
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
    /// The decision that takes a saved one back, or brings it back.
    Reversed {
        /// Which asking it answers.
        generation: u64,
        /// Whether it brings one back.
        is_forward: bool,
        /// The decision, or what keeps it from being made.
        draft: Result<Draft, Barred>,
        /// What a person should know beside it, a sentence each.
        told: Vec<String>,
    },
    /// That decision could not be made out.
    NotReversed {
        /// Which asking it was.
        generation: u64,
        /// Why.
        fault: Fault,
    },
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
    /// What is not saved is set aside.
    Discarded,
    /// It could not be; it is kept for next time.
    NotDiscarded(Fault),
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
    pub prepared: Prepared,
    /// What each bug of the session before is now; `None` where it is gone.
    pub places: Vec<Option<BugIx>>,
    /// Whether it had changed underneath a save, so that decisions were carried over to it first.
    pub carried: bool,
    /// Why decisions were not saved after they were carried over, or some of them beside the others.
    pub fault: Option<Fault>,
    /// What a person should know, a sentence each.
    pub notes: Vec<String>,
    /// Who else decides on it, if anyone does.
    pub holder: Option<String>,
    /// Whether it cannot be saved as it is on the disk.
    pub hindered: bool,
    /// The commits of a save, oldest first, by short id.
    pub commits: Vec<String>,
    /// What to know of them, a sentence each.
    pub warnings: Vec<String>,
    /// Why what was saved is not committed, where that was asked for.
    pub uncommitted: Option<Uncommitted>,
}

/// What was saved is not committed.
#[derive(Debug)]
pub struct Uncommitted {
    /// Why not, and how it is done by hand.
    pub fault: Fault,
    /// Whether another try helps, once what is in the way is mended.
    pub can_retry: bool,
}
