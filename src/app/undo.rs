//! Undo and redo: what is not saved goes and comes at once; what takes a saved decision back, or brings one back, is made
//! out beside the desk, for that takes time in the length of the report, while keys wait.
//!
//! So no key is taken for what it would have meant before, and none undoes twice.

use super::{App, Effect, Intent, Toast};
use crate::fault::Fault;
use crate::triage::{Barred, Draft, edited};

impl App {
    /// Takes the last pending decision back; with none pending but such as take saved ones back, the newest saved one that
    /// stands.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        match self.session.pending().last() {
            Some(last) if !last.draft.goes_back() => self.commit(Intent::Undo),
            _ => self.reverse(false),
        }
    }

    /// Goes one undo forward again: a saved decision that was taken back stands, or one undone is made.
    pub(super) fn redo(&mut self) -> Vec<Effect> {
        match self.session.can_redo() || self.session.gives_back().is_some() {
            true => self.commit(Intent::Redo),
            false => self.reverse(true),
        }
    }

    /// Asks for the decision that takes a saved one back or brings it back, which keys have to wait for.
    fn reverse(&mut self, is_forward: bool) -> Vec<Effect> {
        self.ui.restating += 1;
        let generation = self.ui.restating;
        self.ui.reversing = Some((generation, self.ui.suggestions.ground()));
        vec![Effect::Reverse { generation, is_forward }]
    }

    pub(super) fn is_reversing(&self) -> bool {
        self.ui.reversing.is_some()
    }

    /// Nobody waits for that decision any more.
    pub(super) fn give_up_reversing(&mut self) {
        self.ui.reversing = None;
        self.say(Toast::done("given up: nothing is undone or redone; Ctrl-c again leaves at once"));
        self.drop_held();
    }

    /// Makes that decision, beside which this is to be said, unless it was made out for what is no longer so; then the keys happen that were waiting.
    pub(super) fn reversed(
        &mut self,
        generation: u64,
        is_forward: bool,
        made_out: Result<(Draft, Vec<String>), Barred>,
    ) -> Vec<Effect> {
        let Some((_, asked)) = self.ui.reversing.take_if(|(of, _)| *of == generation) else {
            return Vec::new();
        };
        if generation != self.ui.restating || self.ui.busy.holds() {
            let why = match self.ui.busy.holds() {
                true => "the report is being saved or read again",
                false => asked.meanwhile(self.ui.suggestions.ground()),
            };
            self.say(Toast::refusal(format!("{why}: nothing is undone or redone")));
            self.drop_held();
            return Vec::new();
        }
        match made_out {
            // The keys go on once that is in the journal.
            Ok((draft, told)) => {
                self.ui.told = told;
                self.commit(Intent::Decide(draft))
            }
            Err(barred) => {
                self.say(self.refused(is_forward, &barred));
                self.release()
            }
        }
    }

    pub(super) fn not_reversed(&mut self, generation: u64, fault: Fault) {
        if self.ui.reversing.take_if(|(of, _)| *of == generation).is_some() {
            self.failed_waited_for(fault);
        }
    }

    fn refused(&self, is_forward: bool, barred: &Barred) -> Toast {
        let (verb, done) = if is_forward { ("redo", "redone") } else { ("undo", "undone") };
        match barred {
            Barred::Nothing => Toast::refusal(format!("there is no decision to {verb}")),
            Barred::Lost(lost) => Toast::refusal(format!(
                "not {done}: the severity before was {lost}, and no level is called so"
            )),
            Barred::Absent { gone, .. } => Toast::refusal(format!("not {done}: {}", gone.said()))
                .hint(format!("the log keeps the decision; there is no other to {verb}")),
            Barred::Reworded { paragraph, .. } => {
                let what = format!("not {done}: its paragraph was changed since: {}", paragraph.said());
                Toast::refusal(what)
                    .hint("what was written since stays; where it says that again, or is gone, it goes on")
            }
            Barred::Edited { bugs, values, .. } => {
                let changed = edited::changed(values, *bugs, self.session.report());
                let said = edited::said(values, self.session.report());
                Toast::refusal(format!("not {done}: {changed} since: {said}"))
                    .hint("what was written since stays; decide on it anew where it is wrong")
            }
        }
    }
}
