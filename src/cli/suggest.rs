//! `regrade suggest`: what others and the methodology's rules propose for the bugs of a report, and why; it is declined and
//! brought back here, too. Decides nothing.

mod decline;
mod left_out;
mod told;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::out::Out;
use super::show;
use super::world::{self, World};
use crate::fault::{Fault, Kind, Result};
use crate::report::BugIx;
use crate::text::{counted, display};
use crate::triage::Session;
use crate::triage::suggest::{self, Found, Standing, Suggested};
use left_out::{LeftOut, Missed};
use told::Suggestion;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// Only these bugs, as the first column of `regrade list` names them, or by their place: `@3`; says also why nothing is suggested for them
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Try this rule alone, whatever others propose; of bugs that are named it says also why it does not match
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// Take back all that this person or program proposes with `regrade apply … --propose`
    #[arg(long, value_name = "AUTHOR", conflicts_with_all = ["ids", "rule"])]
    forget: Option<String>,
    /// Decline what is suggested first for these bugs; what comes next is then suggested
    #[arg(long, requires = "ids", conflicts_with_all = ["rule", "forget"])]
    decline: bool,
    /// Have all back that is declined for these bugs
    #[arg(long, requires = "ids", conflicts_with_all = ["rule", "forget", "decline"])]
    bring_back: bool,
    /// One JSON object a line; one with `miss` is no suggestion, and says why, one with `trouble` what cannot be read
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    if let Some(by) = &args.forget {
        return forget(args, by, world, out);
    }
    if args.decline || args.bring_back {
        return decline::run(args, args.decline, world, out);
    }
    let session = world.look(&args.report)?;
    let rule = args.rule.as_deref().map(|name| rule(&session, name)).transpose()?;
    let named = args.ids.iter().map(|id| show::find(session.report(), id)).collect::<Result<Vec<BugIx>>>()?;
    let told = Telling { session: &session, is_named: !named.is_empty() };
    match rule {
        Some(rule) => told.tried(if told.is_named { named } else { every(&session) }, rule, out),
        None => told.suggested(if told.is_named { named } else { some(&session) }, out),
    }
    Ok(0)
}

/// What was taken back, as JSON.
#[derive(Debug, Serialize)]
struct Forgotten<'a> {
    by: &'a str,
    forgotten: usize,
}

fn forget(args: &Args, by: &str, world: &World, out: &mut Out) -> Result<u8> {
    let store = world.store()?;
    let forgotten = store.forget(&args.report, by)?;
    if forgotten == 0 {
        let fault = Fault::new(Kind::Usage, format!("nothing is proposed by {by}")).at(&args.report);
        let (known, trouble) = store.proposers(&args.report)?;
        let fault = match known.join(", ").as_str() {
            "" => fault.hint("nobody does"),
            known => fault.hint(format!("there are proposals of: {known}")),
        };
        return Err(trouble.into_iter().fold(fault, Fault::hint));
    }
    match out.is_json() {
        true => out.json(&Forgotten { by, forgotten }),
        false => {
            let (many, by) = (counted(forgotten, "proposal"), display::visible(by.as_bytes()));
            out.line(format_args!("{many} of {by} taken back"));
        }
    }
    Ok(0)
}

fn rule(session: &Session, name: &str) -> Result<usize> {
    let rules = session.methodology().suggestions();
    let at = rules.iter().position(|rule| rule.name == name);
    at.ok_or_else(|| world::unknown("suggestion rule", name, rules.iter().map(|rule| rule.name.clone())))
}

fn every(session: &Session) -> Vec<BugIx> {
    session.report().indexes().collect()
}

/// The bugs for which something is suggested or proposed, whatever has become of it.
fn some(session: &Session) -> Vec<BugIx> {
    let found = Found::of(session, &AtomicBool::new(false)).unwrap_or_default();
    found.bugs().union(session.advice().bugs()).iter().collect()
}

/// How suggestions are told.
struct Telling<'a> {
    session: &'a Session,
    /// Whether the bugs are those that somebody named.
    is_named: bool,
}

impl Telling<'_> {
    /// What one rule suggests for bugs.
    fn tried(&self, bugs: Vec<BugIx>, rule: usize, out: &mut Out) {
        let mut count = 0;
        for bug in bugs {
            match suggest::tried(self.session, bug, rule) {
                _ if out.is_closed() => return,
                Ok(suggested) => {
                    count += 1;
                    self.tell(bug, &suggested, out);
                }
                Err(miss) if self.is_named => self.tell_miss(bug, &LeftOut::saying(miss.to_string()), out),
                Err(_) => {}
            }
        }
        if !out.is_json() && !self.is_named {
            summed_up(count, out);
        }
    }

    /// What is suggested for bugs, and what is left out of that.
    fn suggested(&self, bugs: Vec<BugIx>, out: &mut Out) {
        let advice = self.session.advice();
        advice.troubles.iter().for_each(|trouble| self.tell_trouble(trouble, out));
        let standing = Standing::of(self.session, &bugs.iter().copied().collect());
        let (mut count, mut left_out) = (0, Vec::new());
        for bug in bugs {
            if out.is_closed() {
                return;
            }
            let mut found: Vec<Suggested> = standing.proposed(bug).collect();
            if found.is_empty() {
                found.extend(standing.suggested(bug));
            }
            count += found.len();
            found.iter().for_each(|suggested| self.tell(bug, suggested, out));
            let mut missed = left_out::of(self.session, &standing, bug);
            if self.is_named {
                let handle = self.session.report().handle(bug);
                let strays = left_out::strays(advice).filter(|missed| missed.handle == handle);
                missed.extend(strays.map(|missed| missed.left_out));
            }
            if missed.is_empty() && found.is_empty() && self.is_named {
                missed.push(LeftOut::saying("nothing is suggested".to_owned()));
            }
            if out.is_json() || self.is_named {
                missed.iter().for_each(|missed| self.tell_miss(bug, missed, out));
            }
            left_out.extend(missed.into_iter().map(|missed| (bug, missed)));
        }
        match () {
            () if self.is_named => {}
            () if out.is_json() => left_out::strays(advice).for_each(|missed| out.json(&missed)),
            () => {
                summed_up(count, out);
                left_out::summed_up(&left_out, self.session, out);
            }
        }
    }
}

/// What could not be read, as JSON.
#[derive(Debug, Serialize)]
struct Trouble<'a> {
    trouble: &'a str,
}

impl Telling<'_> {
    fn tell(&self, bug: BugIx, suggested: &Suggested, out: &mut Out) {
        if out.is_json() {
            return out.json(&Suggestion::of(self.session, bug, suggested));
        }
        let report = self.session.report();
        let shown = |text: &str| display::visible(text.as_bytes());
        let words = suggested.words(bug, self.session);
        let (handle, title) = (report.handle(bug), report.title(bug));
        out.line(format_args!("{}  {}  {}", shown(&handle), shown(&words), shown(&title)));
        out.line(format_args!("    {}", shown(&suggested.who())));
        if !suggested.rationale.is_empty() {
            out.line(format_args!("    {}", shown(&suggested.rationale)));
        }
    }

    fn tell_trouble(&self, trouble: &str, out: &mut Out) {
        match out.is_json() {
            true => out.json(&Trouble { trouble }),
            false => out.line(format_args!("! {}", display::visible(trouble.as_bytes()))),
        }
    }

    fn tell_miss(&self, bug: BugIx, left_out: &LeftOut, out: &mut Out) {
        let handle = self.session.report().handle(bug).into_owned();
        if out.is_json() {
            return out.json(&Missed { handle: &handle, left_out });
        }
        let shown = |text: &str| display::visible(text.as_bytes());
        out.line(format_args!("{}  –  {}", shown(&handle), shown(&left_out.said())));
        if let Some(words) = &left_out.words {
            out.line(format_args!("    {}", shown(words)));
        }
    }
}

fn summed_up(count: usize, out: &mut Out) {
    match count {
        0 => out.line("nothing to suggest"),
        count => out.line(format_args!("{}; nothing is applied unasked", counted(count, "suggestion"))),
    }
}
