//! What is suggested for bugs and not told as if it could be accepted: what is declined, stale, or waits for another.

use jiff::Timestamp;
use serde::Serialize;

use super::told::What;
use crate::cli::out::Out;
use crate::report::BugIx;
use crate::text::{counted, display};
use crate::triage::Session;
use crate::triage::suggest::{self, Advice, Decline, Standing, State, Stray, Suggested, Voice};

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
    /// What it is, for the bug as it stood.
    #[serde(flatten)]
    what: Option<What>,
    /// The same in words.
    #[serde(skip)]
    pub(super) words: Option<String>,
}

impl LeftOut {
    /// That there is none, and why.
    pub(super) fn saying(miss: String) -> LeftOut {
        LeftOut { by: None, rule: None, miss, declined_by: None, declined_at: None, what: None, words: None }
    }

    /// That this is left out for a bug, and why.
    fn of(suggested: &Suggested, bug: BugIx, session: &Session, miss: &str) -> LeftOut {
        let made = session.advice().declined_by(suggested.voice, bug).filter(|_| miss == DECLINED);
        let Decline { by: declined_by, at: declined_at } = made.cloned().unwrap_or_default();
        let (by, rule) = match suggested.voice {
            Voice::Proposal(_) => (suggested.by.clone(), None),
            Voice::Rule(_) => (None, suggested.suggestion.clone()),
        };
        let why = Some(&suggested.rationale).filter(|why| !why.is_empty());
        let words = [suggested.words_then(bug, session)].into_iter().chain(why.cloned());
        LeftOut {
            by,
            rule,
            declined_by,
            declined_at,
            what: Some(What::then(session, bug, suggested)),
            words: Some(words.collect::<Vec<_>>().join(" — ")),
            ..LeftOut::saying(miss.to_owned())
        }
    }

    fn stray(stray: &Stray) -> LeftOut {
        let miss = match &stray.unknown {
            None => GONE.to_owned(),
            Some(word) => format!("the methodology no longer knows {word}"),
        };
        LeftOut { by: Some(stray.by.clone()), ..LeftOut::saying(miss) }
    }

    /// Tells what it is, below how many there are: `BUG-2  P0 → P1 — Only the tests need it.`, and by whom.
    fn tell(&self, handle: &str, out: &mut Out) {
        let shown = |text: &str| display::visible(text.as_bytes());
        let by = self.by.as_deref().map(|by| format!("  ({})", shown(by))).unwrap_or_default();
        out.line(format_args!(
            "    {}  {}{by}",
            shown(handle),
            shown(self.words.as_deref().unwrap_or_default())
        ));
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
    let left_out = |suggested: &Suggested, miss: &str| LeftOut::of(suggested, bug, session, miss);
    let proposed = standing.states(bug).into_iter().filter_map(|(at, state)| {
        let is_declined = advice.is_declined(Voice::Proposal(at), bug);
        let miss = match state {
            State::Open | State::Stale if is_declined => DECLINED,
            State::Stale => STALE,
            State::Waits => WAITS,
            State::Open | State::Accepted => return None,
        };
        Some(left_out(&advice.suggested(at)?, miss))
    });
    let rules = 0..session.methodology().suggestions().len();
    let declined = rules.filter(|rule| advice.is_declined(Voice::Rule(*rule), bug));
    let declined = declined.filter_map(|rule| suggest::tried(session, bug, rule).ok());
    proposed.chain(declined.map(|suggested| left_out(&suggested, DECLINED))).collect()
}

/// Says how many are left out, what is stale, and which proposals can be accepted nowhere.
pub(super) fn summed_up(all: &[(BugIx, LeftOut)], session: &Session, out: &mut Out) {
    let count = |miss: &str| all.iter().filter(|(_, one)| one.miss == miss).count();
    let say = |many: usize, noun: &str, (one, several): (&str, &str), out: &mut Out| {
        if many > 0 {
            let said = if many == 1 { one } else { several };
            out.line(format_args!("{} {said}", counted(many, noun)));
        }
    };
    say(count(DECLINED), "suggestion", ("is declined and left out", "are declined and left out"), out);
    let stale = (
        "is stale and left out: its bug stands otherwise now, or is decided since",
        "are stale and left out: their bugs stand otherwise now, or are decided since",
    );
    say(count(STALE), "proposal", stale, out);
    let stale = all.iter().filter(|(_, one)| one.miss == STALE);
    stale.for_each(|(bug, stale)| stale.tell(&session.report().handle(*bug), out));
    let waits = ("waits for another of its author", "wait for others of their authors");
    say(count(WAITS), "proposal", waits, out);
    for Missed { handle, left_out } in strays(session.advice()) {
        let said = format!("{handle}  –  {}", left_out.said());
        out.line(display::visible(said.as_bytes()));
    }
}
