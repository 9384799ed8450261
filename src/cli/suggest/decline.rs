//! `regrade suggest … --decline` and `--bring-back`: what nobody wants to be asked again, and what somebody does. Decides nothing.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::Args;
use crate::cli::out::Out;
use crate::cli::world::World;
use crate::cli::{show, words};
use crate::fault::{Fault, Kind, Result};
use crate::report::BugIx;
use crate::text::counted;
use crate::triage::suggest::{Decline, Found, Standing, Voice};
use crate::triage::{BugSet, Session};

/// What was declined or brought back, as JSON.
#[derive(Debug, Serialize)]
struct Declining<'a> {
    declined: bool,
    suggestions: Vec<One<'a>>,
}

#[derive(Debug, Serialize)]
struct One<'a> {
    handle: String,
    by: Option<&'a str>,
    rule: Option<&'a str>,
}

impl<'a> One<'a> {
    fn of(session: &'a Session, (bug, voice): (BugIx, Voice)) -> One<'a> {
        let (by, rule) = match voice {
            Voice::Proposal(at) => (session.advice().proposals().get(at).map(|one| one.by.as_str()), None),
            Voice::Rule(at) => {
                (None, session.methodology().suggestions().get(at).map(|rule| rule.name.as_str()))
            }
        };
        One { handle: session.report().handle(bug).into_owned(), by, rule }
    }
}

/// Declines what is suggested first for the bugs that are named, or has all back that is declined for them.
///
/// # Errors
/// Refused, where for one of them there is nothing of that; those of the store.
pub(super) fn run(args: &Args, is_declined: bool, world: &World, out: &mut Out) -> Result<u8> {
    let (store, session) = (world.store()?, world.look(&args.report)?);
    let bugs: BugSet =
        args.ids.iter().map(|id| show::find(session.report(), id)).collect::<Result<BugSet>>()?;
    let these = if is_declined { first(&session, &bugs) } else { declined(&session, &bugs) };
    let these = these.map_err(|fault| fault.at(&args.report))?;
    let made = Decline { by: Some(world.person(&args.report)), at: Some(world.now()) };
    store.decline(&args.report, &session, &these, Some(&made).filter(|_| is_declined))?;
    match out.is_json() {
        true => {
            let suggestions = these.iter().map(|one| One::of(&session, *one)).collect();
            out.json(&Declining { declined: is_declined, suggestions });
        }
        false => {
            let who = words::called(session.report(), bugs.iter().collect::<Vec<_>>().into_iter());
            let done = if is_declined { "declined" } else { "back" };
            out.line(format_args!("{} {done}, {who}", counted(these.len(), "suggestion")));
        }
    }
    Ok(0)
}

/// What is suggested first for each.
fn first(session: &Session, bugs: &BugSet) -> Result<Vec<(BugIx, Voice)>> {
    let standing = Standing::of(session, bugs);
    let one = |bug| {
        let found = standing.suggested(bug).map(|suggested| (bug, suggested.voice));
        found.ok_or_else(|| nothing("suggested for", bug, session))
    };
    bugs.iter().map(one).collect()
}

/// All that is declined for them.
fn declined(session: &Session, bugs: &BugSet) -> Result<Vec<(BugIx, Voice)>> {
    let found = Found::of(session, &AtomicBool::new(false)).unwrap_or_default();
    let mut all = Vec::new();
    for bug in bugs.iter() {
        let before = all.len();
        all.extend(found.declined(session, bug).map(|voice| (bug, voice)));
        if all.len() == before {
            return Err(nothing("declined for", bug, session));
        }
    }
    Ok(all)
}

fn nothing(what: &str, bug: BugIx, session: &Session) -> Fault {
    Fault::new(Kind::Refused, format!("nothing is {what} {}", session.report().handle(bug)))
        .hint("`regrade suggest REPORT` shows what is suggested, and what is declined of it")
}
