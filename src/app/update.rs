//! One message in, the effects it asks for out.

use super::{App, Drawn, Effect, Leaving, Msg, Popup, Toast, command};
use crate::config::{Action, Code, Key};
use crate::fault::Fault;
use crate::report::BugIx;
use crate::text::counted;

impl App {
    /// Takes what happened; answers with what is to be done outside, in this order.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = self.take(msg);
        effects.extend(self.consult());
        effects.extend(self.catch_up());
        effects.extend(self.suggest_anew());
        effects
    }

    fn take(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(key) => return self.key(key),
            Msg::Paste(text) if !self.ui.held.is_empty() || self.is_weighing() => {
                self.ui.held.push(Msg::Paste(text))
            }
            Msg::Paste(text) => return self.paste(&text),
            Msg::Mouse(mouse) => return self.mouse(mouse),
            Msg::Drawn(drawn) => return self.drawn(drawn),
            Msg::Filtered { generation, matches } => return self.arrange(generation, matches),
            Msg::Arranged { generation, matches, arranged } => {
                return self.arranged(generation, matches, arranged);
            }
            Msg::Found { generation, matches } => return self.originals_found(generation, matches),
            Msg::NotFound { generation, fault } => self.originals_not_found(generation, fault),
            Msg::Today(today) => return self.today(today),
            Msg::Committed(event) => {
                self.ui.committing = false;
                self.committed(event);
                return self.release();
            }
            Msg::NotCommitted(fault) => {
                self.ui.committing = false;
                self.failed_waited_for(fault);
            }
            Msg::Weighed { generation, weighed } => return self.weighed(generation, weighed),
            Msg::NotWeighed { generation, fault } => self.not_weighed(generation, fault),
            Msg::NotFiltered { generation, fault } => {
                if self.ui.view.give_up(generation) {
                    self.failed_waited_for(fault);
                }
            }
            Msg::Completed { generation, completion } => return self.completed(generation, completion),
            Msg::NotCompleted(fault) => self.not_completed(fault),
            Msg::Faceted { generation, facets } => self.faceted(generation, facets),
            Msg::NotFaceted { generation, fault } => self.not_faceted(generation, fault),
            Msg::Diffed { generation, diff, gist } => return self.diffed(generation, diff, gist),
            Msg::NotDiffed { generation, fault } => self.not_diffed(generation, fault),
            Msg::Sought { generation, hits } => return self.sought(generation, hits),
            Msg::NotSought(fault) => self.not_sought(fault),
            Msg::NotCounted(fault) => self.failed(fault),
            Msg::Counted(statistics) => self.counted(statistics),
            Msg::Run(action) => return self.run(action),
            Msg::Audited { generation, findings } => self.found(generation, findings),
            Msg::NotAudited { generation, fault } => self.not_found(generation, fault),
            Msg::Suggested { generation, found } => self.suggested(generation, found),
            Msg::NotSuggested { generation, fault } => self.not_suggested(generation, fault),
            Msg::Gathered(drafts) => return self.gathered(drafts),
            Msg::NotGathered(fault) => self.not_gathered(fault),
            Msg::Declined { bugs, made } => return self.declined(&bugs, made.as_ref()),
            Msg::NotDeclined(fault) => self.not_declined(fault),
            Msg::Restated { generation, draft } => return self.restated(generation, draft),
            Msg::NotRestated(fault) => self.failed(fault),
            Msg::Reversed { generation, is_forward, draft, told } => {
                return self.reversed(generation, is_forward, draft.map(|draft| (draft, told)));
            }
            Msg::NotReversed { generation, fault } => self.not_reversed(generation, fault),
            Msg::Inspected { generation, bug, pieces } => return self.inspected(generation, bug, pieces),
            Msg::NotInspected { generation, bug, fault } => self.not_inspected(generation, bug, fault),
            Msg::Previewed { generation, shown } => self.previewed(generation, shown),
            Msg::NotPreviewed { generation, fault } => self.not_previewed(generation, fault),
            Msg::Opened(fault) => self.opened(fault),
            Msg::Stirred if self.is_glimpse() => {}
            Msg::Stirred => return vec![Effect::Look],
            Msg::Looked(underneath) => self.looked(underneath),
            Msg::NotLooked(fault) => self.say(Toast::refusal(fault.to_string())),
            Msg::Reread(reopened) => return self.reread(*reopened),
            Msg::NotReread(fault) => self.not_reread(fault),
            Msg::Saved(reopened) => return self.saved(*reopened),
            Msg::NotSaved(fault) => self.not_saved(fault),
            Msg::Discarded => return vec![Effect::Quit(Leaving::Quietly)],
            Msg::NotDiscarded(fault) => self.failed(fault),
            Msg::Progressed(share) => self.progressed(share),
            Msg::Exported { name, decisions, unsaved } => return self.exported(&name, decisions, unsaved),
            Msg::ExportStands { format, name } => self.export_stands(format, &name),
            Msg::NotExported(fault) => return self.not_exported(fault),
            Msg::Edited(text, fault) => self.edited(&text, fault),
        }
        Vec::new()
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        if key.interrupts() && !self.goes_on(key) {
            return self.interrupt();
        }
        self.ui.interrupted = false;
        self.ui.toast = None;
        if self.ui.weighing.is_some() && key.code() == Code::Esc {
            self.give_up_weighing("");
            return Vec::new();
        }
        if !self.ui.held.is_empty() || self.is_weighing() {
            return self.hold(key);
        }
        if !self.ui.popups.is_empty() {
            self.ui.prefix.clear();
            return self.popup_key(self.as_cancel(key));
        }
        self.desk_key(key)
    }

    /// Does an action that no key asked for, once nothing is under way that it has to wait for.
    pub(super) fn run(&mut self, action: Action) -> Vec<Effect> {
        if self.has_to_wait(action) || !self.ui.held.is_empty() {
            self.ui.held.push(Msg::Run(action));
            return Vec::new();
        }
        self.act(action)
    }

    /// Whether an action would mean something else before what is under way has ended: a save decides what is
    /// pending, a search which bug is under the cursor.
    pub(super) fn has_to_wait(&self, action: Action) -> bool {
        (self.ui.busy.holds() || self.ui.suggestions.is_declining()) && command::waits_while_busy(action)
            || self.ui.view.is_searching() && command::waits_for_search(action)
            || self.is_making_out()
    }

    /// Whether a decision is being made out that all keys have to wait for.
    pub(super) fn is_making_out(&self) -> bool {
        self.ui.suggestions.is_gathering() || self.is_reversing() || self.is_weighing()
    }

    /// Lets the keys that had to wait happen, once nothing is under way.
    pub(super) fn release(&mut self) -> Vec<Effect> {
        let is_searching =
            self.ui.view.is_searching() || self.is_finding() || self.is_seeking() || self.waits_for_offers();
        let is_waiting = is_searching || self.is_making_out() || self.ui.suggestions.is_declining();
        if self.ui.held.is_empty() || self.ui.busy.holds() || is_waiting {
            return Vec::new();
        }
        vec![Effect::Replay(std::mem::take(&mut self.ui.held))]
    }

    /// Keeps a key, and so all that is typed after it, until what is under way has ended.
    pub(super) fn hold(&mut self, key: Key) -> Vec<Effect> {
        self.ui.held.push(Msg::Key(key));
        Vec::new()
    }

    fn interrupt(&mut self) -> Vec<Effect> {
        if self.is_glimpse() {
            return self.leave_glimpse(Leaving::Forced);
        }
        if self.ui.interrupted {
            return vec![Effect::Quit(Leaving::Forced)];
        }
        self.ui.interrupted = true;
        self.ui.prefix.clear();
        if self.is_reversing() {
            self.give_up_reversing();
            return Vec::new();
        }
        if self.ui.weighing.is_some() {
            self.give_up_weighing("; Ctrl-c again leaves at once");
            return Vec::new();
        }
        if self.ui.busy.holds() {
            self.say(Toast::done("giving up, if it is not too late; Ctrl-c again leaves at once"));
            return vec![Effect::GiveUp];
        }
        self.say(Toast::done("Ctrl-c again leaves at once; decisions are kept for next time"));
        Vec::new()
    }

    fn drawn(&mut self, drawn: Drawn) -> Vec<Effect> {
        drawn.detail.into_iter().for_each(|bug| self.see(bug));
        self.ui.view.drawn(drawn.top);
        self.ui.scroll = drawn.scroll;
        if let Some(Popup::Page(page)) = self.ui.popups.last_mut() {
            page.drawn(&drawn);
        }
        self.ui.across = drawn.across;
        self.ui.preview.scroll = drawn.preview_scroll;
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => rationale.text.shown_in(drawn.typed),
            Some(Popup::Form(form)) => form.shown_in(drawn.typed),
            _ => {}
        }
        self.ui.drawn = drawn;
        self.inspect().into_iter().chain(self.read_preview()).collect()
    }

    /// Remembers that a bug has been on screen; a decision on it that is being made is no longer one on a bug that nobody
    /// has looked at.
    fn see(&mut self, bug: BugIx) {
        if self.session.seen().contains(bug) {
            return;
        }
        self.session.see(bug);
        for popup in &mut self.ui.popups {
            match popup {
                Popup::Rationale(rationale) if rationale.bugs.contains(bug) => rationale.saw_one(),
                _ => {}
            }
        }
    }

    /// What keys were waiting for failed: they were meant for what did not happen, and are dropped.
    pub(super) fn failed_waited_for(&mut self, fault: Fault) {
        let dropped = std::mem::take(&mut self.ui.held).len();
        let were = if dropped == 1 { "was" } else { "were" };
        self.failed(match dropped {
            0 => fault,
            _ => fault.hint(format!("{} typed meanwhile {were} dropped.", counted(dropped, "key"))),
        });
    }

    pub(super) fn failed(&mut self, fault: Fault) {
        self.open(Popup::Error(Box::new(fault)));
    }

    /// The first key of an action, as it is shown.
    pub fn key_of(&self, action: Action) -> String {
        self.ui.keymap.keys(action).first().map_or_else(String::new, ToString::to_string)
    }
}
