//! What a decision would do, before it is asked why or recorded: whether anything, what it would hit, what the guards of the
//! policy say. That takes time in the number of its bugs: of few it is found out at once, of many beside the desk, while keys
//! wait, by the same code.

use super::blast::Blast;
use super::form::{About, Form};
use super::suggest::Ground;
use super::{App, Effect, Intent, Popup, Toast};
use crate::fault::Fault;
use crate::methodology::{LevelId, StatusId};
use crate::report::Writing;
use crate::triage::guard::{self, Spoken};
use crate::triage::outcome::{self, Homeless};
use crate::triage::{BugSet, Draft, Kind, Part, Session, Set};

/// On how many bugs a decision is weighed and recorded at once.
pub const AT_ONCE: usize = 1000;

/// The number of every asking that nobody waits for: its answer says itself what it is about.
const ASIDE: u64 = 0;

/// What is to be found out.
#[derive(Clone, Debug)]
pub enum Weighing {
    /// What a key would hit that gives bugs a severity; where all have it, it confirms that.
    Severity(BugSet, LevelId),
    /// What a decision would hit that somebody is asked the reason of, maybe from a form about this.
    Ask(Draft, Option<About>),
    /// The same of one that is made again, or confirms; where it changes nothing it is recorded at once, which refuses it.
    Again(Draft),
    /// What decisions would hit that are proposed together.
    Propose(Vec<Draft>),
    /// Whether bugs have a place for the fields that a form gives them along with a status.
    Place(StatusId, BugSet, Set),
    /// What the guards say of a decision while its rationale is typed, which is so long where that counts.
    Foresee(Draft, usize),
    /// Whether a decision can be recorded, maybe in the place of a misfit.
    Record(Draft, Option<usize>),
}

/// What was found out.
#[derive(Clone, Debug)]
pub enum Weighed {
    /// What a decision would hit, and whether it is so already.
    Asked {
        /// The decision.
        draft: Draft,
        /// Whether every bug has all that it gets.
        is_so: bool,
        /// Where the asking comes from.
        from: From,
        /// What it would hit.
        blast: Blast,
        /// What the guards say of it so far.
        said: Vec<Spoken>,
    },
    /// What decisions would hit, part by part.
    Proposed(Vec<(Draft, Vec<Blast>)>),
    /// A bug that has no place for a field of a form.
    Placed(StatusId, Option<Homeless>),
    /// What the guards say.
    Foreseen(Draft, usize, Vec<Spoken>),
    /// What is known of a decision that is to be recorded.
    Judged(Box<Judged>),
}

/// Where somebody is asked from why.
#[derive(Clone, Debug)]
pub enum From {
    /// From a key.
    Key,
    /// From a form about this, to which it goes back.
    Form(About),
    /// From a decision that is made again, or one that confirms.
    Earlier,
}

/// A decision that is to be recorded, and what stands in its way.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The decision, with the remarks that stay and which of its bugs were seen.
    pub(super) draft: Draft,
    /// The misfit in whose place it is decided.
    pub(super) misfit: Option<usize>,
    /// What it gives the first of its bugs, with the remark that this has, and without.
    pub(super) kept: Option<(Set, Set)>,
    /// Whether it would change nothing.
    pub(super) is_so: bool,
    /// A bug that would get a field which it has no place for.
    pub(super) homeless: Option<Homeless>,
    /// What the guards say.
    pub(super) spoken: Vec<Spoken>,
}

impl Weighing {
    /// How many bugs it goes through.
    fn len(&self) -> usize {
        match self {
            Weighing::Severity(bugs, _) | Weighing::Place(_, bugs, _) => bugs.len(),
            Weighing::Propose(drafts) => drafts.iter().map(Draft::len).sum(),
            Weighing::Again(draft)
            | Weighing::Ask(draft, _)
            | Weighing::Foresee(draft, _)
            | Weighing::Record(draft, _) => draft.len(),
        }
    }

    /// Finds it out.
    pub fn on(self, session: &Session, writing: Writing) -> Weighed {
        let kept = |draft: &Draft| outcome::keeping_remarks(draft.clone(), session);
        match self {
            Weighing::Severity(bugs, level) => {
                let set = Set::severity(level);
                let has = session.have(bugs.iter().map(|bug| (bug, &set)), writing);
                let (kind, set) =
                    if has { (Kind::Confirmed, Set::default()) } else { (Kind::Reclassified, set) };
                asked(Draft::new(kind, bugs, set), false, From::Key, session)
            }
            Weighing::Ask(draft, form) => {
                let is_plain = draft.parts.iter().all(|part| part.set.status.is_keep());
                let is_looked_at = is_plain || draft.len() <= AT_ONCE;
                let is_so = is_looked_at && session.is_so(&kept(&draft), writing);
                asked(draft, is_so, form.map_or(From::Key, From::Form), session)
            }
            Weighing::Again(draft) => {
                let is_so = session.is_so(&draft, writing);
                asked(draft, is_so, From::Earlier, session)
            }
            Weighing::Propose(drafts) => {
                let blasts = |draft: &Draft| draft.parts.iter().map(|part| blast(part, session)).collect();
                Weighed::Proposed(drafts.into_iter().map(|draft| (draft.clone(), blasts(&draft))).collect())
            }
            Weighing::Place(status, bugs, set) => {
                Weighed::Placed(status, outcome::homeless(session.report(), &bugs, &set))
            }
            Weighing::Foresee(draft, length) => {
                let spoken = if length == 0 { guard::foreseen } else { guard::spoken };
                let said = spoken(&draft, session);
                Weighed::Foreseen(draft, length, said)
            }
            Weighing::Record(draft, misfit) => {
                Weighed::Judged(Box::new(Judged::of(draft, misfit, session, writing)))
            }
        }
    }
}

fn asked(draft: Draft, is_so: bool, from: From, session: &Session) -> Weighed {
    let (blast, said) = match draft.parts.first().filter(|_| !is_so) {
        Some(part) => {
            let seen = part.bugs.intersection(session.seen());
            (blast(part, session), guard::foreseen(&Draft { seen, ..draft.clone() }, session))
        }
        None => Default::default(),
    };
    Weighed::Asked { draft, is_so, from, blast, said }
}

fn blast(part: &Part, session: &Session) -> Blast {
    let blast = Blast::of(&part.bugs, &part.set.severity, session);
    if part.bugs.len() > AT_ONCE { blast.losing(&part.bugs, &part.set, session) } else { blast }
}

impl Judged {
    fn of(draft: Draft, misfit: Option<usize>, session: &Session, writing: Writing) -> Judged {
        let (mut draft, kept) = keeping_remarks(draft, session);
        let is_so = misfit.is_none() && session.is_so(&draft, writing);
        let homeless = if is_so { None } else { homeless(&draft, session) };
        draft.seen = draft.touched().intersection(session.seen());
        let is_possible = !is_so && homeless.is_none();
        let spoken = if is_possible { guard::spoken(&draft, session) } else { Vec::new() };
        Judged { draft, misfit, kept, is_so, homeless, spoken }
    }
}

/// The same draft with the remarks that stay where they are, unless it says itself how each bug is to stand. What
/// it was without them is what is repeated elsewhere.
fn keeping_remarks(draft: Draft, session: &Session) -> (Draft, Option<(Set, Set)>) {
    let is_told = draft.kind == Kind::Reverted || draft.suggested_by.is_some();
    let Some(bare) = draft.parts.first().filter(|_| !is_told).map(|part| part.set.clone()) else {
        return (draft, None);
    };
    let draft = outcome::keeping_remarks(draft, session);
    let kept = draft.parts.first().map(|part| (part.set.clone(), bare));
    (draft, kept)
}

/// The first bug that would get a field which it has no place for. What takes another back says how it was.
fn homeless(draft: &Draft, session: &Session) -> Option<Homeless> {
    let mut parts = draft.parts.iter().filter(|_| draft.kind != Kind::Reverted);
    parts.find_map(|part| outcome::homeless(session.report(), &part.bugs, &part.set))
}

impl Intent {
    /// Whether writing it down takes time in the number of its bugs.
    pub fn is_wide(&self) -> bool {
        match self {
            Intent::Decide(draft) | Intent::Settle { draft: Some(draft), .. } => draft.len() > AT_ONCE,
            Intent::Undo | Intent::Redo | Intent::Settle { draft: None, .. } => false,
        }
    }
}

/// What keys are waiting for: which weighing, what is so as it began, and how many popups there were.
pub(super) type Waiting = (u64, Ground, usize);

impl App {
    /// Whether a decision on many bugs is being weighed, or written down, so that keys have to wait for it.
    pub fn is_weighing(&self) -> bool {
        self.ui.weighing.is_some() || self.ui.committing
    }

    /// Whether a decision on many bugs is being written down.
    pub fn is_writing_down(&self) -> bool {
        self.ui.committing
    }

    /// Has something found out and goes on with it.
    pub(super) fn weigh(&mut self, weighing: Weighing) -> Vec<Effect> {
        if weighing.len() <= AT_ONCE {
            let weighed = weighing.on(&self.session, self.ui.settings.writing());
            return self.go_on_with(weighed);
        }
        self.ui.weighings += 1;
        self.ui.weighing = Some((self.ui.weighings, self.ui.suggestions.ground(), self.ui.popups.len()));
        vec![Effect::Weigh { generation: self.ui.weighings, weighing: Box::new(weighing) }]
    }

    /// Asks what the guards say of a decision on many bugs, one asking at a time.
    pub(super) fn foresee(&mut self, draft: Draft, length: usize) -> Option<Effect> {
        let is_asked = std::mem::replace(&mut self.ui.foreseeing, true);
        let weighing = Box::new(Weighing::Foresee(draft, length));
        (!is_asked).then_some(Effect::Weigh { generation: ASIDE, weighing })
    }

    /// Goes on with what was found out, unless something else is so by now; then the keys happen that were waiting.
    pub(super) fn weighed(&mut self, generation: u64, weighed: Weighed) -> Vec<Effect> {
        if let Weighed::Foreseen(draft, length, said) = weighed {
            self.ui.foreseeing = false;
            self.foreseen_of(&draft, length, &said);
            return Vec::new();
        }
        let Some((_, asked, popups)) = self.ui.weighing.take_if(|(of, ..)| *of == generation) else {
            return Vec::new();
        };
        let now = self.ui.suggestions.ground();
        if asked != now || popups != self.ui.popups.len() || self.ui.busy.holds() {
            self.say(Toast::refusal(format!("{}: nothing is decided", asked.meanwhile(now))));
            self.drop_held();
            return Vec::new();
        }
        let mut effects = self.go_on_with(weighed);
        effects.extend(self.release());
        effects
    }

    /// What was to be found out was not: nothing is decided.
    pub(super) fn not_weighed(&mut self, generation: u64, fault: Fault) {
        if generation == ASIDE {
            self.ui.foreseeing = false;
            self.failed(fault);
        } else if self.ui.weighing.take_if(|(of, ..)| *of == generation).is_some() {
            self.failed_waited_for(fault);
        }
    }

    /// Nobody waits for it any more; `more` is said besides.
    pub(super) fn give_up_weighing(&mut self, more: &str) {
        self.ui.weighing = None;
        self.say(Toast::done(format!("given up: nothing is decided{more}")));
        self.drop_held();
    }

    fn go_on_with(&mut self, weighed: Weighed) -> Vec<Effect> {
        match weighed {
            Weighed::Asked { draft, is_so: true, from: From::Earlier, .. } => return self.record(draft),
            Weighed::Asked { draft, is_so: true, .. } => {
                self.say(Toast::refusal(self.so_already(&draft.touched())));
            }
            Weighed::Asked { draft, from, blast, said, .. } => self.open_asked(draft, from, blast, &said),
            Weighed::Proposed(drafts) => self.propose(&drafts),
            Weighed::Placed(status, homeless) => return self.placed(status, homeless.as_ref()),
            Weighed::Foreseen(draft, length, said) => self.foreseen_of(&draft, length, &said),
            Weighed::Judged(judged) => return self.judged(*judged),
        }
        Vec::new()
    }

    /// Asks why; of what is made again the reason is proposed again.
    fn open_asked(&mut self, draft: Draft, from: From, blast: Blast, said: &[Spoken]) {
        let Some(Part { bugs, set }) = draft.parts.into_iter().next() else { return };
        let mut rationale = self.rationale_of(draft.kind, bugs, set, blast);
        match from {
            From::Key => {}
            From::Form(about) => rationale.after = Some(about),
            From::Earlier => {
                rationale.rule = draft.rule;
                rationale.begin_with(&draft.rationale);
            }
        }
        rationale.hear(self.all_foreseen(said), 0);
        self.open(Popup::Rationale(Box::new(rationale)));
    }

    /// Goes on from the form of a status, unless a bug has no place for one of its fields: then to that.
    fn placed(&mut self, status: StatusId, homeless: Option<&Homeless>) -> Vec<Effect> {
        let Some(homeless) = homeless else {
            let Some(Popup::Form(form)) = self.popup() else { return Vec::new() };
            let form: Form = (**form).clone();
            self.shelve();
            return self.filled_in(status, &form);
        };
        let refused = self.no_place(homeless);
        if let Some(Popup::Form(form)) = self.ui.popups.last_mut() {
            form.refuse(&homeless.name, refused);
        }
        Vec::new()
    }

    /// Has an event written down.
    pub(super) fn commit(&mut self, intent: Intent) -> Vec<Effect> {
        self.ui.committing = intent.is_wide();
        vec![Effect::Commit(intent)]
    }
}
