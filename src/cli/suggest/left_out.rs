//! What is suggested for bugs and not told as if it could be accepted: what is declined, stale, or waits for another.

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::out::Out;
use crate::report::BugIx;
use crate::text::{counted, display};
use crate::triage::Session;
use crate::triage::suggest::{self, Advice, Decline, Standing, State, Stray, Voice};

const DECLINED: &str = "declined";
const STALE: &str = "stale: it stands otherwise than when this was proposed, or is decided since";
const GONE: &str = "the report no longer has it";
const WAITS: &str = "waits until what the same author proposes before it is accepted";

/// A suggestion that is left out, or that there is none.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LeftOut {
    /// Who proposes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Which rule suggests it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// Why it is left out.
    miss: String,
    /// By whom it was declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    declined_by: Option<String>,
    /// When it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    declined_at: Option<Timestamp>,
}

impl LeftOut {
    /// That there is none, and why.
    pub(super) fn saying(miss: String) -> LeftOut {
        LeftOut { by: None, rule: None, miss, declined_by: None, declined_at: None }
    }

    fn declined(self, made: Option<&Decline>) -> LeftOut {
        let Decline { by, at } = made.cloned().unwrap_or_default();
        LeftOut { declined_by: by, declined_at: at, ..self }
    }

    fn stray(stray: &Stray) -> LeftOut {
        let miss = match &stray.unknown {
            None => GONE.to_owned(),
            Some(word) => format!("the methodology no longer knows {word}"),
        };
        LeftOut { by: Some(stray.by.clone()), ..LeftOut::saying(miss) }
    }

    /// `proposed by review-agent: declined`.
    pub(super) fn said(&self) -> String {
        let made = Decline { by: self.declined_by.clone(), at: self.declined_at };
        let miss = if self.miss == DECLINED { made.said() } else { self.miss.clone() };
        match (&self.by, &self.rule) {
            (Some(by), _) => format!("proposed by {by}: {miss}"),
            (None, Some(rule)) => format!("{rule}: {miss}"),
            (None, None) => miss,
        }
    }
}

/// A bug without a suggestion, or one that is left out, as JSON.
#[derive(Debug, Serialize)]
pub(super) struct Missed<'a, L> {
    pub(super) handle: &'a str,
    #[serde(flatten)]
    pub(super) left_out: L,
}

/// What is proposed and can be accepted nowhere, bug by bug.
pub(super) fn strays(advice: &Advice) -> impl Iterator<Item = Missed<'_, LeftOut>> {
    advice.strays.iter().flat_map(|stray| {
        let left_out = |handle| Missed { handle, left_out: LeftOut::stray(stray) };
        stray.bugs.iter().map(move |bug| left_out(bug.as_str()))
    })
}

/// What is left out of what is suggested for a bug.
pub(super) fn of(session: &Session, standing: &Standing<'_>, bug: BugIx) -> Vec<LeftOut> {
    let advice = session.advice();
    let proposed = standing.states(bug).into_iter().filter_map(|(at, state)| {
        let miss = match state {
            State::Open => advice.is_declined(Voice::Proposal(at), bug).then_some(DECLINED)?,
            State::Stale => STALE,
            State::Waits => WAITS,
            State::Accepted => return None,
        };
        let by = Some(advice.proposals()[at].by.clone());
        let made = advice.declined_by(Voice::Proposal(at), bug).filter(|_| miss == DECLINED);
        Some(LeftOut { by, ..LeftOut::saying(miss.to_owned()) }.declined(made))
    });
    let rules = session.methodology().suggestions().iter().enumerate();
    let declined = rules.filter(|(rule, _)| advice.is_declined(Voice::Rule(*rule), bug));
    let speaks = |rule: usize| suggest::tried(session, bug, rule).is_ok();
    let declined = declined.filter(|(rule, _)| speaks(*rule)).map(|(at, rule)| {
        let left_out = LeftOut { rule: Some(rule.name.clone()), ..LeftOut::saying(DECLINED.to_owned()) };
        left_out.declined(advice.declined_by(Voice::Rule(at), bug))
    });
    proposed.chain(declined).collect()
}

/// Says how many are left out, and which proposals can be accepted nowhere.
pub(super) fn summed_up(all: &[LeftOut], advice: &Advice, out: &mut Out) {
    let count = |miss: &str| all.iter().filter(|one| one.miss == miss).count();
    let mut say = |many: usize, noun: &str, (one, several): (&str, &str)| {
        if many > 0 {
            let said = if many == 1 { one } else { several };
            out.line(format_args!("{} {said}", counted(many, noun)));
        }
    };
    say(count(DECLINED), "suggestion", ("is declined and left out", "are declined and left out"));
    let stale = (
        "is stale and left out: its bug stands otherwise now, or is decided since",
        "are stale and left out: their bugs stand otherwise now, or are decided since",
    );
    say(count(STALE), "proposal", stale);
    let waits = ("waits for another of its author", "wait for others of their authors");
    say(count(WAITS), "proposal", waits);
    for Missed { handle, left_out } in strays(advice) {
        let said = format!("{handle}  –  {}", left_out.said());
        out.line(display::visible(said.as_bytes()));
    }
}
