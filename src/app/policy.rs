//! The guards of the policy at the desk: what they say stands in the rationale popup before a decision is made; a
//! block refuses it, a warning asks why it is right all the same, and what was answered goes into the log.

use super::{App, Effect, Input, Intent, Popup, Toast};
use crate::config::{Code, Key};
use crate::methodology::Act;
use crate::triage::guard::{self, Spoken};
use crate::triage::{BugSet, Draft};

/// The shortest reason that overrides a warning, in characters.
const LEAST: usize = 3;

/// A decision that the policy warns of, until somebody says why it is right all the same.
#[derive(Clone, Debug)]
pub struct Objection {
    /// What the guards say.
    pub said: Vec<String>,
    /// The reason being typed.
    pub input: Input,
    /// Whether a reason is still missing although one was asked for.
    pub missing: bool,
    draft: Draft,
    spoken: Vec<Spoken>,
}

impl Objection {
    fn answered(&mut self) -> Option<Draft> {
        let reason = self.input.text().trim();
        self.missing = reason.chars().count() < LEAST;
        let answers = self.spoken.iter().map(|said| said.answered(Some(reason))).collect();
        (!self.missing).then(|| Draft { answers, ..self.draft.clone() })
    }
}

impl App {
    /// Sends a draft out to be committed, with which of its bugs were seen, unless a guard of the policy stands in
    /// its way.
    pub(super) fn record(&mut self, mut draft: Draft) -> Vec<Effect> {
        let bugs = draft.parts.iter().fold(BugSet::default(), |all, part| all.union(&part.bugs));
        draft.seen = bugs.intersection(self.session.seen());
        let spoken = guard::spoken(&draft, &self.session);
        if let Some(said) = spoken.iter().find(|said| said.act == Act::Block) {
            self.refuse(self.spoken(said));
        } else if spoken.iter().any(|said| said.act == Act::Warn) {
            let said = spoken.iter().map(|said| self.spoken(said)).collect();
            let objection = Objection { said, input: Input::one_line(""), missing: false, draft, spoken };
            self.open(Popup::Objection(Box::new(objection)));
        } else {
            draft.answers = spoken.iter().map(|said| said.answered(None)).collect();
            return vec![Effect::Commit(Intent::Decide(draft))];
        }
        Vec::new()
    }

    pub(super) fn objection_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Popup::Objection(objection)) = self.ui.popups.last_mut() else { return Vec::new() };
        match key.code() {
            Code::Esc => return self.close(),
            Code::Enter if !key.alt() => {
                if let Some(draft) = objection.answered() {
                    self.ui.popups.pop();
                    return vec![Effect::Commit(Intent::Decide(draft))];
                }
            }
            _ => {
                objection.input.key(key);
            }
        }
        Vec::new()
    }

    /// Has the guards speak about the decision being made, where it is another than they spoke about last.
    pub(super) fn consult(&mut self) {
        let Some(Popup::Rationale(rationale)) = self.popup() else { return };
        if rationale.spoken_of.as_ref() == Some(&rationale.set) {
            return;
        }
        let set = rationale.set.clone();
        let draft = Draft::new(rationale.kind, rationale.bugs.clone(), set.clone());
        let draft = Draft { seen: rationale.bugs.intersection(self.session.seen()), ..draft };
        let said = guard::spoken(&draft, &self.session).iter().map(|said| self.spoken(said)).collect();
        if let Some(Popup::Rationale(rationale)) = self.ui.popups.last_mut() {
            (rationale.policy, rationale.spoken_of) = (said, Some(set));
        }
    }

    /// `policy production-only: P0 is reserved for what harms production. (BUG-001)`.
    fn spoken(&self, said: &Spoken) -> String {
        format!("policy {}: {} ({})", said.guard, said.message, self.called(&said.bugs))
    }

    fn refuse(&mut self, said: String) {
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => rationale.refused = Some(said),
            _ => self.say(Toast::refusal(said)),
        }
    }
}
