//! What is done outside for the app: the journal at once, all that takes time on a thread.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::work::Workers;
use super::{Env, Keep, Kept};
use crate::app::{App, Intent, Msg, Reopened, Underneath};
use crate::progress::{Progress, Share};
use crate::report::{BugIx, Report, Writing, audit};
use crate::store::{Look, contradiction};
use crate::text::Diff;
use crate::triage::query::Matches;
use crate::triage::{Decision, Draft, Event, Session};

/// What is outside the app: store, person, time, and threads at work.
pub(super) struct Outside<K> {
    store: Arc<Mutex<K>>,
    env: Env,
    writing: Writing,
    workers: Workers,
    progress: Progress,
}

impl<K: Keep> Outside<K> {
    pub(super) fn new(store: K, env: Env, writing: Writing) -> Outside<K> {
        let progress = store.progress();
        Outside { store: Arc::new(Mutex::new(store)), env, writing, workers: Workers::default(), progress }
    }

    /// How far a save or a reading has come.
    pub(super) fn share(&self) -> Share {
        self.progress.share()
    }

    /// Gives a save or a reading up, where it has not come too far for that.
    pub(super) fn give_up(&self) {
        self.progress.give_up();
    }

    /// Whether an answer is still to come.
    pub(super) fn busy(&self) -> bool {
        self.workers.busy()
    }

    /// The next answer that has come, if any.
    pub(super) fn done(&mut self) -> Option<Msg> {
        self.workers.done()
    }

    /// Gives a decision its time and person and writes it to the journal.
    pub(super) fn commit(&self, intent: Intent) -> Msg {
        let event = match intent {
            Intent::Decide(draft) => Event::Decided(self.decision(draft)),
            Intent::Undo => Event::Undone,
            Intent::Redo => Event::Redone,
            Intent::Settle { misfit, draft } => {
                Event::Settled { misfit, decision: draft.map(|draft| self.decision(draft)) }
            }
        };
        match locked(&self.store).append(&event) {
            Ok(()) => Msg::Committed(event),
            Err(fault) => Msg::NotCommitted(fault),
        }
    }

    fn decision(&self, draft: Draft) -> Decision {
        Decision { at: (self.env.now)(), by: self.env.user.clone(), draft }
    }

    /// Begins a search; the one before it is overtaken.
    pub(super) fn search(&mut self, app: &App, generation: u64, text: String) {
        let overtaken = self.workers.overtake();
        let report = Arc::clone(app.session.report());
        let failed = move |fault| Msg::NotFiltered { generation, fault };
        self.workers.begin(failed, move || {
            let matches = Matches::search(&report, &text, &overtaken)?;
            Some(Msg::Filtered { generation, matches })
        });
    }

    /// Begins to find out what saving would change.
    pub(super) fn compare(&mut self, app: &App, generation: u64) {
        let (session, writing) = (app.session.clone(), self.writing);
        let name = app.ui.name.clone();
        let failed = move |fault| Msg::NotDiffed { generation, fault };
        self.workers.begin(failed, move || {
            let report = session.report();
            Some(match session.edits(writing) {
                Ok(edits) => {
                    let diff = Diff::between(report.base(), &edits.apply(report.base()), &name);
                    Msg::Diffed { generation, diff }
                }
                Err(overlap) => Msg::NotDiffed { generation, fault: contradiction(overlap) },
            })
        });
    }

    /// Begins to find out what does not fit together.
    pub(super) fn audit(&mut self, app: &App, generation: u64) {
        let (report, now) = (Arc::clone(app.session.report()), (self.env.now)());
        let failed = move |fault| Msg::NotAudited { generation, fault };
        self.workers.begin(failed, move || Some(Msg::Audited { generation, findings: audit(&report, now) }));
    }

    /// Begins to make out what sets the claims right.
    pub(super) fn restate(&mut self, app: &App, generation: u64) {
        let (session, writing) = (app.session.clone(), self.writing);
        self.workers.begin(Msg::NotRestated, move || {
            Some(Msg::Restated { generation, draft: session.restating(writing) })
        });
    }

    /// Begins to save.
    pub(super) fn save(&mut self, app: &App) {
        self.progress.begin();
        let (session, store) = (app.session.clone(), Arc::clone(&self.store));
        self.workers.begin(Msg::NotSaved, move || {
            Some(match locked(&store).save(&session) {
                Ok(kept) if kept.saved => Msg::Saved(reopened(&session, kept)),
                Ok(kept) => Msg::Reread(reopened(&session, kept)),
                Err(fault) => Msg::NotSaved(fault),
            })
        });
    }

    /// Begins to read the report again.
    pub(super) fn reread(&mut self, app: &App) {
        self.progress.begin();
        let (session, store) = (app.session.clone(), Arc::clone(&self.store));
        self.workers.begin(Msg::NotReread, move || {
            let kept = locked(&store).reread();
            Some(kept.map_or_else(Msg::NotReread, |kept| Msg::Reread(reopened(&session, kept))))
        });
    }

    /// Begins to find out whether the report has changed underneath.
    pub(super) fn look(&mut self) {
        let store = Arc::clone(&self.store);
        self.workers.begin(Msg::NotLooked, move || {
            let looking = locked(&store).look();
            let underneath = looking().map(|look| match look {
                Look::Same => Underneath::Same,
                Look::Changed => Underneath::Changed,
                Look::Gone => Underneath::Gone,
            });
            Some(underneath.map_or_else(Msg::NotLooked, Msg::Looked))
        });
    }
}

fn reopened(before: &Session, kept: Kept) -> Box<Reopened> {
    let places = places(before.report(), kept.session.report());
    let Kept { session, carried, fault, notes, held: holder, .. } = kept;
    Box::new(Reopened { session, places, carried, fault, notes, holder })
}

/// The store; one whose last user broke is no worse for it, since it guards its own files.
fn locked<K>(store: &Mutex<K>) -> MutexGuard<'_, K> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What each bug of a report is after it was written anew: the one of the same id and title; among several
/// such, the one that is as far down among them.
fn places(before: &Report, after: &Report) -> Vec<Option<BugIx>> {
    let name = |report: &Report, bug| (report.id(bug).map(Cow::into_owned), report.title(bug).into_owned());
    let mut found: HashMap<_, VecDeque<BugIx>> = HashMap::new();
    after.indexes().for_each(|bug| found.entry(name(after, bug)).or_default().push_back(bug));
    before.indexes().map(|bug| found.get_mut(&name(before, bug))?.pop_front()).collect()
}
