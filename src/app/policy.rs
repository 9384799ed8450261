//! The guards of the policy at the desk: what they say stands in the rationale popup before a decision is made; a
//! block refuses it, a warning asks why it is right all the same, and what was answered goes into the log.

use jiff::civil::Date;

use super::weighing::{AT_ONCE, Judged, Weighing};
use super::{App, Effect, Input, Intent, Popup, Rationale, Toast};
use crate::config::{Action, Code, Key};
use crate::methodology::Act;
use crate::report::BugIx;
use crate::triage::guard::{self, Spoken};
use crate::triage::outcome::{self, Homeless};
use crate::triage::{BugSet, Draft, Kind};

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
    /// The misfit in whose place it is decided.
    misfit: Option<usize>,
    spoken: Vec<Spoken>,
}

/// A reason that was typed for a decision on these bugs which is not made yet.
#[derive(Clone, Debug)]
pub struct Reason {
    bugs: BugSet,
    text: String,
}

impl Reason {
    /// The same in another state of the report; `place` is where a bug stands there.
    pub(super) fn follow(&mut self, place: impl Fn(BugIx) -> Option<BugIx>) {
        self.bugs = self.bugs.iter().filter_map(place).collect();
    }
}

impl Objection {
    /// Whether it is about bugs, or about a misfit.
    pub(super) fn holds_bugs(&self) -> bool {
        !self.draft.is_empty() || self.misfit.is_some()
    }

    /// What was typed, to be proposed when the same bugs are decided on again.
    fn reason(&self) -> Option<Reason> {
        let text = self.input.text().trim();
        (!text.is_empty()).then(|| Reason { bugs: self.draft.touched(), text: text.to_owned() })
    }

    fn answered(&mut self) -> Option<Intent> {
        let reason = self.input.text().trim();
        self.missing = reason.chars().count() < guard::LEAST_REASON;
        let answers = self.spoken.iter().map(|said| said.answered(Some(reason))).collect();
        (!self.missing).then(|| intent(Draft { answers, ..self.draft.clone() }, self.misfit))
    }
}

impl App {
    /// Sends a draft out to be committed, with which of its bugs were seen, unless a guard of the policy stands in
    /// its way.
    pub(super) fn record(&mut self, draft: Draft) -> Vec<Effect> {
        self.record_for(draft, None)
    }

    /// The same for a draft that is decided in the place of a misfit. What puts bugs off waits until it is told what
    /// day it is.
    pub(super) fn record_for(&mut self, draft: Draft, misfit: Option<usize>) -> Vec<Effect> {
        let methodology = self.session.methodology();
        let puts_off = draft.parts.iter().any(|part| outcome::put_off(&part.set, methodology).is_some());
        if draft.kind == Kind::Reverted || !puts_off {
            return self.record_now(draft, misfit);
        }
        self.ui.put_off = Some((draft, misfit));
        vec![Effect::Today]
    }

    /// Records what puts bugs off to a day, unless that has passed.
    pub(super) fn record_put_off(&mut self, today: Date) -> Vec<Effect> {
        let Some((draft, misfit)) = self.ui.put_off.take() else { return Vec::new() };
        let methodology = self.session.methodology();
        let passed = draft.parts.iter().find_map(|part| outcome::passed(&part.set, methodology, today));
        let Some(passed) = passed else { return self.record_now(draft, misfit) };
        let hint = match self.key_of(Action::Status) {
            key if key.is_empty() => String::new(),
            key => format!("; {key} sets another day"),
        };
        self.refuse(format!("{passed}{hint}"));
        Vec::new()
    }

    /// Records at once. The reason that was typed for these bugs and led to nothing is proposed again, else the one that
    /// was once given.
    fn record_now(&mut self, draft: Draft, misfit: Option<usize>) -> Vec<Effect> {
        self.weigh(Weighing::Record(draft, misfit))
    }

    /// Records what nothing stands in the way of.
    pub(super) fn judged(&mut self, judged: Judged) -> Vec<Effect> {
        let Judged { mut draft, misfit, kept, is_so, homeless, spoken } = judged;
        self.ui.kept = kept.or(self.ui.kept.take());
        let bugs = draft.touched();
        if is_so {
            self.refuse(self.so_already(&bugs));
        } else if let Some(homeless) = homeless {
            self.refuse(self.no_place(&homeless));
        } else if let Some(said) = spoken.iter().find(|said| said.act == Act::Block) {
            self.refuse(self.spoken(said));
        } else if spoken.iter().any(|said| said.act == Act::Warn) {
            let said = spoken.iter().map(|said| self.spoken(said)).collect();
            let typed = self.ui.reason.as_ref().filter(|reason| reason.bugs == bugs);
            let given = || draft.answers.iter().find_map(|answer| answer.reason.as_deref());
            let reason = typed.map(|reason| reason.text.as_str()).or_else(given);
            let input = Input::one_line(reason.unwrap_or_default());
            let objection = Objection { said, input, missing: false, draft, misfit, spoken };
            self.open(Popup::Objection(Box::new(objection)));
        } else {
            draft.answers = spoken.iter().map(|said| said.answered(None)).collect();
            return self.commit(intent(draft, misfit));
        }
        Vec::new()
    }

    /// Says that a bug has no place for a field.
    pub(super) fn no_place(&self, homeless: &Homeless) -> String {
        format!("{}: {}", homeless.what(&self.called(&BugSet::from(homeless.bug))), homeless.hint())
    }

    pub(super) fn objection_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Popup::Objection(objection)) = self.ui.popups.last_mut() else { return Vec::new() };
        match key.code() {
            Code::Esc => {
                self.ui.reason = objection.reason();
                return self.close();
            }
            Code::Enter if !key.alt() => {
                if let Some(intent) = objection.answered() {
                    self.ui.reason = objection.reason();
                    self.ui.popups.pop();
                    return self.commit(intent);
                }
            }
            _ => {
                objection.input.key(key);
            }
        }
        Vec::new()
    }

    /// The reason that was typed is no longer needed once its bugs are decided on.
    pub(super) fn drop_reason(&mut self, decided: &Draft) {
        let bugs = decided.touched();
        self.ui.reason = self.ui.reason.take().filter(|reason| reason.bugs != bugs);
    }

    /// Has the guards speak about the decision being made, where it is another than they spoke about last.
    pub(super) fn consult(&mut self) -> Option<Effect> {
        let Some(Popup::Rationale(rationale)) = self.popup() else { return None };
        let is_measured = guard::measures_rationale(self.session.methodology());
        let length = if is_measured { rationale.length() } else { 0 };
        if rationale.spoken_of.as_ref().is_some_and(|(set, of)| *set == rationale.set && *of == length) {
            return None;
        }
        let set = rationale.set.clone();
        let draft = Draft::new(rationale.kind, rationale.bugs.clone(), set);
        let seen = rationale.bugs.intersection(self.session.seen());
        let draft = Draft { seen, rationale: rationale.text.text().to_owned(), ..draft };
        if draft.len() > AT_ONCE {
            return self.foresee(draft, length);
        }
        self.weigh(Weighing::Foresee(draft, length)).pop()
    }

    /// Takes what the guards said of a decision into its popup.
    pub(super) fn foreseen_of(&mut self, draft: &Draft, length: usize, said: &[Spoken]) {
        let said = self.all_foreseen(said);
        let is_it = |rationale: &Rationale| {
            let mut parts = draft.parts.iter();
            parts.any(|part| part.set == rationale.set && part.bugs == rationale.bugs)
        };
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) if is_it(rationale) => rationale.hear(said, length),
            _ => {}
        }
    }

    /// What the guards say before a decision is made, in words.
    pub(super) fn all_foreseen(&self, said: &[Spoken]) -> Vec<String> {
        said.iter().map(|said| self.foreseen(said)).collect()
    }

    /// The same before the decision is made; of a block also that it will refuse.
    fn foreseen(&self, said: &Spoken) -> String {
        let refuses = if said.act == Act::Block { "! refused by " } else { "" };
        format!("{refuses}{}", self.spoken(said))
    }

    /// `policy production-only: P0 is reserved for what harms production. (BUG-001)`.
    fn spoken(&self, said: &Spoken) -> String {
        format!("policy {}", said.told(&self.called(&said.bugs)))
    }

    fn refuse(&mut self, said: String) {
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => rationale.refused = Some(said),
            _ => self.say(Toast::refusal(said)),
        }
    }
}

fn intent(draft: Draft, misfit: Option<usize>) -> Intent {
    match misfit {
        Some(misfit) => Intent::Settle { misfit, draft: Some(draft) },
        None => Intent::Decide(draft),
    }
}
