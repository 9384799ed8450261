//! What is done outside for the app: the journal at once, all that takes time on a thread.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::files;
use super::precedence::Sharers;
use super::typing::Typing;
use super::work::{Search, Workers};
use super::{Env, Keep, Kept};
use crate::app::page::{Needle, Sheet};
use crate::app::{App, Gathering, Intent, Msg, Prepared, Reopened, Underneath, Weighing};
use crate::export::Format;
use crate::progress::{Progress, Share};
use crate::publish::Exported;
use crate::report::{BugIx, Report, Writing, audit};
use crate::store::{Look, contradiction};
use crate::text::Diff;
use crate::triage::query::complete::complete;
use crate::triage::query::facets::facets;
use crate::triage::query::{Matches, Query};
use crate::triage::suggest::{self, Decline, Found, Voice};
use crate::triage::{Arranged, Decision, Draft, Event, Gist, Order, Session, Stale, Statistics};

/// How long leaving waits for what is being declined, which waits itself for whoever else writes such, or written down,
/// and how often it asks.
const KEPT: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(5);

/// What is outside the app: store, person, time, and threads at work.
pub(super) struct Outside<K> {
    store: Arc<Mutex<K>>,
    env: Env,
    writing: Writing,
    workers: Workers,
    opened: Timestamp,
    progress: Progress,
    /// What is being typed, kept.
    pub(super) typing: Typing,
}

impl<K: Keep> Outside<K> {
    pub(super) fn new(store: K, env: Env, writing: Writing, sharers: Sharers) -> Outside<K> {
        let (progress, opened) = (store.progress(), (env.now)());
        let typing = Typing::new(store.unfinished());
        Outside {
            store: Arc::new(Mutex::new(store)),
            env,
            writing,
            workers: Workers::beside(sharers),
            opened,
            progress,
            typing,
        }
    }

    /// Goes on with the whole report; workers that answer about the first bugs of it still may.
    pub(super) fn open_up(&mut self, store: K, env: Env, writing: Writing) {
        let workers = std::mem::replace(&mut self.workers, Workers::beside(Sharers::default()));
        *self = Outside { workers, ..Outside::new(store, env, writing, Sharers::default()) };
    }

    /// Gives the report up, which workers may still be looking at; one that is writing it keeps it until it has finished.
    pub(super) fn leave(&self) {
        if let Ok(mut store) = self.store.try_lock() {
            store.leave();
        }
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

    /// Gives back what a report takes where this was its last user, which takes time in its length.
    pub(super) fn let_go(&self, report: Arc<Report>) {
        if Arc::strong_count(&report) == 1 {
            drop(std::thread::Builder::new().spawn(move || drop(report)));
        }
    }

    /// The next answer that has come, if any.
    pub(super) fn done(&mut self) -> Option<Msg> {
        self.workers.done()
    }

    /// Gives a decision its time and person and writes it to the journal.
    pub(super) fn commit(&self, intent: Intent) -> Msg {
        recorded(&self.store, self.event(intent))
    }

    /// Begins to do the same, where writing it takes time.
    pub(super) fn commit_beside(&mut self, intent: Intent) {
        let (store, event) = (Arc::clone(&self.store), self.event(intent));
        self.workers.begin(Msg::NotCommitted, move || Some(recorded(&store, event)));
    }

    /// Begins to find out about a decision on many bugs.
    pub(super) fn weigh(&mut self, app: &App, generation: u64, weighing: Weighing) {
        let (session, writing) = (app.session.clone(), app.ui.settings.writing());
        let failed = move |fault| Msg::NotWeighed { generation, fault };
        self.workers.begin(failed, move || {
            Some(Msg::Weighed { generation, weighed: weighing.on(&session, writing) })
        });
    }

    fn event(&self, intent: Intent) -> Event {
        match intent {
            Intent::Decide(draft) => Event::Decided(self.decision(draft)),
            Intent::Undo => Event::Undone,
            Intent::Redo => Event::Redone,
            Intent::Settle { misfit, draft } => {
                Event::Settled { misfit, decision: draft.map(|draft| self.decision(draft)) }
            }
        }
    }

    fn decision(&self, draft: Draft) -> Decision {
        Decision { at: (self.env.now)(), by: self.env.user.clone(), draft }
    }

    /// Begins a search; the one before it is overtaken.
    pub(super) fn search(
        &mut self,
        app: &App,
        generation: u64,
        query: Box<Query>,
        within: Option<Vec<BugIx>>,
    ) {
        let overtaken = self.workers.overtake(Search::Filter);
        let (session, known) = (app.session.clone(), app.known(&query));
        let failed = move |fault| Msg::NotFiltered { generation, fault };
        self.workers.begin(failed, move || {
            let matches = Matches::search(&session, &known, &query, within.as_deref(), &overtaken)?;
            Some(Msg::Filtered { generation, matches })
        });
    }

    /// Begins to put in order what a search found.
    pub(super) fn arrange(&mut self, app: &App, generation: u64, matches: Matches, order: Order) {
        let session = app.session.clone();
        let failed = move |fault| Msg::NotFiltered { generation, fault };
        self.workers.begin(failed, move || {
            let arranged = Arranged::of(&session, &matches.bugs, order);
            Some(Msg::Arranged { generation, matches, arranged })
        });
    }

    /// Begins to find bugs among which one is picked; the search for one before it is overtaken.
    pub(super) fn find(&mut self, app: &App, generation: u64, text: String) {
        let overtaken = self.workers.overtake(Search::Picking);
        let query = Query::parse(&text, app.session.report());
        let (session, known) = (app.session.clone(), app.known(&query));
        let failed = move |fault| Msg::NotFound { generation, fault };
        self.workers.begin(failed, move || {
            let matches = Matches::search(&session, &known, &query, None, &overtaken)?;
            Some(Msg::Found { generation, matches })
        });
    }

    /// What day it is, by UTC.
    pub(super) fn today(&self) -> Msg {
        Msg::Today(TimeZone::UTC.to_datetime((self.env.now)()).date())
    }

    /// Begins to make out how a filter may go on.
    pub(super) fn complete(&mut self, app: &App, generation: u64, text: String, cursor: usize) {
        let query = Query::parse(&text, app.session.report());
        let (session, known) = (app.session.clone(), app.known(&query));
        self.workers.begin(Msg::NotCompleted, move || {
            // The searches that come once a filter is typed go by them.
            session.report().find_letters();
            Some(Msg::Completed { generation, completion: complete(&text, cursor, &session, &known) })
        });
    }

    /// Begins to count facets; the count before it is overtaken.
    pub(super) fn facets(&mut self, app: &App, generation: u64, text: String) {
        let overtaken = self.workers.overtake(Search::Facets);
        let query = Query::parse(&text, app.session.report());
        let (session, known) = (app.session.clone(), app.known(&query));
        let failed = move |fault| Msg::NotFaceted { generation, fault };
        self.workers.begin(failed, move || {
            let facets = facets(&text, &session, &known, &overtaken)?;
            Some(Msg::Faceted { generation, facets })
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
                    let diff = Diff::of(report.base(), &edits, &name);
                    let stale = Stale::with(&session, &edits, writing);
                    let gist = Gist::of(&session, &edits, diff.moves(), &stale);
                    Msg::Diffed { generation, diff, gist }
                }
                Err(overlap) => Msg::NotDiffed { generation, fault: contradiction(overlap) },
            })
        });
    }

    /// Begins to find out what does not fit together.
    pub(super) fn audit(&mut self, app: &App, generation: u64) {
        let (report, now) = (Arc::clone(app.session.report()), (self.env.now)());
        let failed = move |fault| Msg::NotAudited { generation, fault };
        self.workers
            .begin_aside(failed, move || Some(Msg::Audited { generation, findings: audit(&report, now) }));
    }

    /// Begins to find out what is suggested; the asking before it is overtaken.
    pub(super) fn suggest(&mut self, app: &App, generation: u64) {
        let overtaken = self.workers.overtake(Search::Suggestions);
        let session = app.session.clone();
        let failed = move |fault| Msg::NotSuggested { generation, fault };
        self.workers.begin_aside(failed, move || {
            Some(Msg::Suggested { generation, found: Found::of(&session, &overtaken)? })
        });
    }

    /// Begins to make out the decisions that accept suggestions.
    pub(super) fn gather(&mut self, app: &App, gathering: Gathering) {
        let session = app.session.clone();
        self.workers
            .begin(Msg::NotGathered, move || Some(Msg::Gathered(suggest::together(&session, &gathering))));
    }

    /// Begins to keep that suggestions are declined, or no longer are.
    pub(super) fn decline(&mut self, app: &App, bugs: Vec<(BugIx, Voice)>, is_declined: bool) {
        let made = Decline { by: Some(self.env.user.clone()), at: Some((self.env.now)()) };
        let made = Some(made).filter(|_| is_declined);
        let (session, store) = (app.session.clone(), Arc::clone(&self.store));
        self.workers.begin(Msg::NotDeclined, move || {
            let decline = locked(&store).decline();
            Some(match decline(&session, &bugs, made.as_ref()) {
                Ok(()) => Msg::Declined { bugs, made },
                Err(fault) => Msg::NotDeclined(fault),
            })
        });
    }

    /// Waits until what was declined is kept, or nobody can tell any more that it will be.
    pub(super) fn see_declined(&mut self) {
        self.see(|msg| matches!(msg, Msg::Declined { .. } | Msg::NotDeclined(_)));
    }

    /// The same for a decision on many bugs that is being written down.
    pub(super) fn see_committed(&mut self) {
        self.see(|msg| matches!(msg, Msg::Committed(_) | Msg::NotCommitted(_)));
    }

    fn see(&mut self, is_end: impl Fn(&Msg) -> bool) {
        let until = Instant::now() + KEPT;
        while self.busy() && Instant::now() < until {
            match self.done() {
                Some(msg) if is_end(&msg) => return,
                Some(_) => {}
                None => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Begins to make out what sets the claims right.
    pub(super) fn restate(&mut self, app: &App, generation: u64) {
        let (session, writing) = (app.session.clone(), self.writing);
        self.workers.begin(Msg::NotRestated, move || {
            Some(Msg::Restated { generation, draft: session.restating(writing) })
        });
    }

    /// Begins to make out what takes a saved decision back, or brings one back.
    pub(super) fn reverse(&mut self, app: &App, generation: u64, is_forward: bool) {
        let (session, writing) = (app.session.clone(), self.writing);
        let failed = move |fault| Msg::NotReversed { generation, fault };
        self.workers.begin(failed, move || {
            let draft = if is_forward { session.bring_back(writing) } else { session.revert(writing) };
            let told = draft.as_ref().map_or_else(|_| Vec::new(), |draft| session.told_beside(draft));
            Some(Msg::Reversed { generation, is_forward, draft, told })
        });
    }

    /// Begins to look for words on a page.
    pub(super) fn seek(
        &mut self,
        generation: u64,
        sheet: Arc<Sheet>,
        needle: Needle,
        overtaken: Arc<AtomicBool>,
    ) {
        self.workers.begin(Msg::NotSought, move || {
            let hits = needle.seek(&sheet, &overtaken)?;
            Some(Msg::Sought { generation, hits })
        });
    }

    /// Begins to count what the review is about.
    pub(super) fn count(&mut self, app: &App) {
        let (session, user, opened) = (app.session.clone(), self.env.user.clone(), self.opened);
        self.workers.begin(Msg::NotCounted, move || {
            Some(Msg::Counted(Arc::new(Statistics::of(&session, &user, opened))))
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

    /// Sets aside what is not saved.
    pub(super) fn discard(&self) -> Msg {
        locked(&self.store).discard().map_or_else(Msg::NotDiscarded, |()| Msg::Discarded)
    }

    /// Begins to export what was decided.
    pub(super) fn export(&mut self, format: Format, may_replace: bool) {
        self.progress.begin();
        let (store, now) = (Arc::clone(&self.store), (self.env.now)());
        self.workers.begin(Msg::NotExported, move || {
            let export = locked(&store).export();
            Some(match export(format, may_replace, now) {
                Ok(Exported::Written { name, decisions, unsaved }) => {
                    Msg::Exported { name, decisions, unsaved }
                }
                Ok(Exported::Stands(name)) => Msg::ExportStands { format, name },
                Err(fault) => Msg::NotExported(fault),
            })
        });
    }

    /// Begins to look for the files that a bug names.
    pub(super) fn inspect(&mut self, app: &App, generation: u64, bug: BugIx) {
        let (report, store) = (Arc::clone(app.session.report()), Arc::clone(&self.store));
        let failed = move |fault| Msg::NotInspected { generation, bug, fault };
        self.workers.begin(failed, move || {
            let grounds = locked(&store).grounds();
            Some(Msg::Inspected { generation, bug, pieces: files::inspect(&report, bug, &grounds) })
        });
    }

    /// Begins to read a file that the report names.
    pub(super) fn preview(&mut self, generation: u64, name: String, line: Option<u32>) {
        let store = Arc::clone(&self.store);
        self.workers.begin(
            move |fault| Msg::NotPreviewed { generation, fault },
            move || {
                let grounds = locked(&store).grounds();
                Some(Msg::Previewed { generation, shown: files::shown(&grounds, &name, line) })
            },
        );
    }

    /// Begins to find out whether the report has changed underneath.
    pub(super) fn look(&mut self) {
        let store = Arc::clone(&self.store);
        self.workers.begin(Msg::NotLooked, move || {
            let looking = locked(&store).look();
            let underneath = looking().map(|look| match look {
                Look::Same => Underneath::Same,
                Look::Proposed => Underneath::Proposed,
                Look::Changed => Underneath::Changed,
                Look::Gone => Underneath::Gone,
            });
            Some(underneath.map_or_else(Msg::NotLooked, Msg::Looked))
        });
    }
}

/// Writes an event to the journal.
fn recorded<K: Keep>(store: &Mutex<K>, event: Event) -> Msg {
    match locked(store).append(&event) {
        Ok(()) => Msg::Committed(event),
        Err(fault) => Msg::NotCommitted(fault),
    }
}

fn reopened(before: &Session, kept: Kept) -> Box<Reopened> {
    let places = places(before.report(), kept.session.report());
    let Kept {
        session, carried, fault, notes, held: holder, hindered, commits, warnings, uncommitted, ..
    } = kept;
    let prepared = Prepared::of(session);
    Box::new(Reopened {
        prepared,
        places,
        carried,
        fault,
        notes,
        holder,
        hindered,
        commits,
        warnings,
        uncommitted,
    })
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
