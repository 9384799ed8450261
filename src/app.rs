//! The desk without its screen: what is open, what is on top of it, and what each key decides.
//!
//! [`App::update`] takes one [`Msg`] and answers with [`Effect`]s. It decides and never mutates
//! decisions: those change when a committed [`Event`](crate::triage::Event) comes back and
//! [`Session::apply`] lets it happen. Nothing here knows a terminal, a disk or a clock, and nothing
//! here takes longer for a bigger report: a decision on many bugs is [weighed](weighing) beside it.

mod accepting;
pub mod badges;
pub mod blast;
pub mod check;
pub mod command;
mod committed;
pub mod copy;
pub mod decide;
mod decline;
pub mod drawn;
pub mod earlier;
pub mod effect;
pub mod evidence;
mod export;
pub mod facets;
pub mod filter;
pub mod form;
mod glimpse;
pub mod help;
pub mod history;
pub mod hit;
pub mod input;
pub mod left;
pub mod lobby;
mod mark;
pub mod methodology;
pub mod mouse;
pub mod msg;
pub mod original;
pub mod page;
pub mod palette;
pub mod picker;
pub mod policy;
pub mod popup;
pub mod prefix;
pub mod prepared;
pub mod preview;
pub mod rationale;
pub mod reading;
pub mod record;
pub mod save;
pub mod settle;
pub mod sort;
pub mod statistics;
pub mod status;
pub mod suggest;
mod terms;
pub mod toast;
pub mod typed;
pub mod underneath;
mod undo;
pub mod update;
pub mod view;
pub mod weighing;
pub mod welcome;
pub mod when;
pub mod words;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

pub use accepting::Accepting;
pub use badges::Badges;
pub use blast::Blast;
pub use drawn::Drawn;
pub use earlier::Earlier;
pub use effect::{Effect, Intent, Leaving};
pub use evidence::{Evidence, Piece, Presence};
pub use facets::Facets;
pub use filter::{FilterLine, Filters};
pub use form::Form;
pub use history::{Standing, Told};
pub use hit::{Area, Hits};
pub use input::Input;
pub use left::Left;
pub use mouse::Mouse;
pub use msg::{Msg, Reopened, Uncommitted};
pub use original::Originals;
pub use page::Page;
pub use palette::Palette;
pub use picker::Picker;
pub use popup::Popup;
pub use prepared::Prepared;
pub use preview::{Preview, Shown};
pub use rationale::Rationale;
pub use suggest::{Gathering, Suggestions};
pub use toast::Toast;
pub use view::View;
pub use weighing::{Weighed, Weighing};

use crate::config::{Action, Key, Keymap, Settings};
use crate::progress::Share;
use crate::report::{BugIx, Finding};
use crate::triage::{BugSet, Draft, Session, Set};

/// Which of list and detail has the keys that scroll, and is shown where only one fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list of bugs.
    #[default]
    List,
    /// The bug under the cursor.
    Detail,
}

/// What is under way with the report's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Busy {
    /// Nothing.
    #[default]
    Not,
    /// It is being saved.
    Saving,
    /// It is being saved, and the desk closes once it is.
    ThenQuit,
    /// It is being read again.
    Reading,
    /// What was decided on it is being exported.
    Exporting,
    /// Its rest is still being read for the first time.
    Opening,
}

impl Busy {
    /// Whether decisions wait for its end.
    pub fn holds(self) -> bool {
        !matches!(self, Busy::Not | Busy::Opening)
    }
}

/// How the report on disk stands to the one that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Underneath {
    /// It is that one, as far as is known.
    #[default]
    Same,
    /// It is that one, and others propose something else for it.
    Proposed,
    /// It is another one.
    Changed,
    /// It is not there.
    Gone,
}

/// The open desk.
#[derive(Debug)]
pub struct App {
    /// The report and its decisions.
    pub session: Session,
    /// All else.
    pub ui: Ui,
}

/// What a reviewer sees beside the decisions.
#[derive(Debug)]
pub struct Ui {
    /// What the report is called on screen.
    pub name: String,
    /// How the desk behaves.
    pub settings: Arc<Settings>,
    /// Where the desk stands, for the times that are shown.
    pub zone: TimeZone,
    /// Which key does what.
    pub keymap: Arc<Keymap>,
    /// The bugs in view and the cursor among them.
    pub view: View,
    /// What is remembered of filters.
    pub filters: Filters,
    /// The bugs marked for the next decision.
    pub marks: BugSet,
    /// The keys that were pressed and wait for others to say what they begin.
    pub prefix: Vec<Key>,
    /// What lies on top of the desk, the topmost last.
    pub popups: Vec<Popup>,
    /// What was said last.
    pub toast: Option<Toast>,
    /// Which pane has the keys.
    pub pane: Pane,
    /// The first line of the detail on screen.
    pub scroll: usize,
    /// Whether code and tables are wrapped that are wider than their pane.
    pub wrap: bool,
    /// How many columns what is wider than its pane is moved to the left.
    pub across: usize,
    /// The files that bugs name.
    pub evidence: Evidence,
    /// What is shown of the chosen one.
    pub preview: Preview,
    /// How many bugs each level has: as the report has it, and with the pending decisions.
    pub counts: Vec<(usize, usize)>,
    /// What the log says of each bug.
    pub earlier: Earlier,
    /// What does not fit together in the report; `None` until that is known.
    pub findings: Option<Arc<Vec<Finding>>>,
    /// Which bugs those are about, as far as the list shows it.
    pub badges: Badges,
    /// The bugs that have a suggestion which is neither decided nor declined.
    pub suggested: BugSet,
    /// What the rules suggest, as far as that is known.
    pub suggestions: Suggestions,
    /// The decision that repeating repeats.
    pub last: Option<Draft>,
    /// What a decision gave the first of its bugs, with the remark that this has, and without.
    pub kept: Option<(Set, Set)>,
    /// A rationale that was typed and left.
    pub left: Option<Left>,
    /// A reason for the policy that was typed, until its decision is made.
    pub reason: Option<policy::Reason>,
    /// A decision that puts bugs off to a day, until it is known what day it is.
    put_off: Option<(Draft, Option<usize>)>,
    /// The forms that were filled in and left, one for each thing that one is about, until its decision is made.
    pub shelved: Vec<Form>,
    /// What is under way with the report's file.
    pub busy: Busy,
    /// How far that has come.
    pub share: Share,
    /// How the report on disk stands to the one that is open.
    pub underneath: Underneath,
    /// Whether what was saved last is not committed, which was asked for.
    pub uncommitted: bool,
    /// Who else decides on the report, so that here it can only be looked at.
    pub holder: Option<String>,
    /// Whether the report cannot be saved as it is on the disk.
    pub hindered: bool,
    /// What was last on screen.
    pub drawn: Drawn,
    /// The keys and pastes that wait for the end of a save, a search or the like.
    pub(crate) held: Vec<Msg>,
    /// How often it was asked for: what saving would change, what does not fit together, facets, a decision on claims or
    /// on what is saved, words on a page, bugs to pick from, what a decision comes to. An answer to an earlier asking
    /// than the last is dropped.
    compared: u64,
    audited: u64,
    faceted: u64,
    restating: u64,
    sought: u64,
    finding: u64,
    weighings: u64,
    /// Which asking is under way for a decision that takes a saved one back, or brings it back, and what for.
    reversing: Option<(u64, suggest::Ground)>,
    /// What is said beside that decision once it is made, a sentence each.
    told: Vec<String>,
    /// What keys are waiting for of a decision that is weighed.
    weighing: Option<weighing::Waiting>,
    /// Whether the guards are being asked about a decision on many bugs while its rationale is typed.
    foreseeing: bool,
    /// Whether a decision on many bugs is being written down, which keys have to wait for.
    committing: bool,
    /// The actions that the palette ran, the last first.
    recent: Vec<Action>,
    /// Where the cursor was before decisions were being settled.
    settled_from: Option<BugIx>,
    /// What was changed in bugs since they were judged: a line as it was, and as it is.
    rewritten: HashMap<BugIx, [String; 2]>,
    /// Whether the last key was an interruption, so that another leaves.
    interrupted: bool,
}

impl App {
    /// A desk for this session; `name` is what the report is called on screen.
    pub fn new(session: Session, name: &str, settings: Arc<Settings>, keymap: Arc<Keymap>) -> App {
        let Prepared { session, mut view, counts, earlier } = Prepared::of(session);
        view.begin(session.reviewed());
        let ui = Ui {
            name: name.to_owned(),
            settings,
            zone: TimeZone::UTC,
            keymap,
            view,
            filters: Filters::default(),
            marks: BugSet::default(),
            prefix: Vec::new(),
            popups: Vec::new(),
            toast: None,
            pane: Pane::List,
            scroll: 0,
            wrap: true,
            across: 0,
            evidence: Evidence::default(),
            preview: Preview::default(),
            counts,
            earlier,
            findings: None,
            suggested: BugSet::default(),
            suggestions: Suggestions::default(),
            badges: Badges::default(),
            last: last_repeatable(&session),
            kept: None,
            left: None,
            reason: None,
            put_off: None,
            shelved: Vec::new(),
            busy: Busy::Not,
            share: Share::default(),
            underneath: Underneath::Same,
            uncommitted: false,
            holder: None,
            hindered: false,
            drawn: Drawn::default(),
            held: Vec::new(),
            compared: 0,
            audited: 0,
            faceted: 0,
            restating: 0,
            sought: 0,
            finding: 0,
            weighings: 0,
            reversing: None,
            told: Vec::new(),
            weighing: None,
            foreseeing: false,
            committing: false,
            recent: Vec::new(),
            settled_from: None,
            rewritten: HashMap::new(),
            interrupted: false,
        };
        App { session, ui }
    }

    /// The bug under the cursor; `None` where none is in view.
    pub fn cursor(&self) -> Option<BugIx> {
        self.ui.view.cursor()
    }

    /// The bugs that the next decision is about: those marked and those of the range, else the one under the
    /// cursor.
    pub fn targets(&self) -> BugSet {
        match self.cursor() {
            _ if self.ui.view.range().is_some() => self.ui.marks.union(&self.ui.view.ranged()),
            _ if !self.ui.marks.is_empty() => self.ui.marks.clone(),
            Some(bug) => BugSet::from(bug),
            None => BugSet::default(),
        }
    }

    /// How many decisions no save has written yet.
    pub fn unsaved(&self) -> usize {
        self.session.pending().len()
    }

    /// What lies on top.
    pub fn popup(&self) -> Option<&Popup> {
        self.ui.popups.last()
    }

    pub(crate) fn say(&mut self, toast: Toast) {
        self.ui.toast = Some(toast);
    }

    pub(crate) fn open(&mut self, popup: Popup) {
        self.ui.drawn.popup_scroll = 0;
        self.ui.popups.push(popup);
    }
}

/// The last pending decision that may be repeated on another bug.
fn last_repeatable(session: &Session) -> Option<Draft> {
    let mut drafts = session.pending().iter().rev().map(|decision| &decision.draft);
    drafts.find(|draft| draft.reverts.is_none() && !draft.is_empty()).cloned()
}

#[cfg(test)]
mod tests;
