//! `regrade suggest`: what the methodology's rules propose for the bugs of a report, and why. Decides nothing.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::out::Out;
use super::show;
use super::world::{self, World};
use crate::fault::Result;
use crate::report::{BugIx, To};
use crate::text::display;
use crate::triage::suggest::{self, Matched, Miss, Suggested};
use crate::triage::{BugSet, Session};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    /// Only these bugs: ids or handles, as `regrade list` names them
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Try this rule alone; of bugs that are named it says also why it does not match
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let session = world.look(&args.report)?;
    let rule = args.rule.as_deref().map(|name| rule(&session, name)).transpose()?;
    let named = args.ids.iter().map(|id| show::find(session.report(), id)).collect::<Result<Vec<BugIx>>>()?;
    let bugs = if named.is_empty() { all(&session, rule) } else { named.clone() };
    let mut count = 0;
    for bug in bugs {
        if out.is_closed() {
            break;
        }
        match (judged(&session, bug, rule), named.is_empty()) {
            (Ok(suggested), _) => {
                count += 1;
                tell(&session, bug, &suggested, args.json, out);
            }
            (Err(_), true) => {}
            (Err(miss), false) => tell_miss(&session, bug, miss, args.json, out),
        }
    }
    if !args.json && named.is_empty() {
        summed_up(count, out);
    }
    Ok(0)
}

fn rule(session: &Session, name: &str) -> Result<usize> {
    let rules = session.methodology().suggestions();
    let at = rules.iter().position(|rule| rule.name == name);
    at.ok_or_else(|| world::unknown("suggestion rule", name, rules.iter().map(|rule| rule.name.clone())))
}

/// The bugs that may have a suggestion.
fn all(session: &Session, rule: Option<usize>) -> Vec<BugIx> {
    match rule {
        Some(_) => session.report().indexes().collect(),
        None => {
            let rules = suggest::all(session, &AtomicBool::new(false)).unwrap_or_default();
            rules.iter().fold(BugSet::default(), |all, bugs| all.union(bugs)).iter().collect()
        }
    }
}

fn judged(
    session: &Session,
    bug: BugIx,
    rule: Option<usize>,
) -> std::result::Result<Suggested, Option<Miss>> {
    match rule {
        Some(rule) => suggest::tried(session, bug, rule).map_err(Some),
        None => suggest::suggested(session, bug).ok_or(None),
    }
}

/// A suggestion, as JSON.
#[derive(Debug, Serialize)]
struct Told<'a> {
    line: usize,
    handle: String,
    title: String,
    rule: &'a str,
    kind: &'static str,
    severity: Step<'a>,
    scope: Option<&'a str>,
    status: Option<&'a str>,
    rationale: &'a str,
    matched: Vec<Part<'a>>,
}

/// The keys of the levels before and after.
#[derive(Debug, Serialize)]
struct Step<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
}

/// What matched.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Part<'a> {
    Field { field: &'a str, text: &'a str },
    Text { text: &'a str },
    Paths { paths: &'a [String] },
}

impl<'a> Told<'a> {
    fn of(session: &'a Session, bug: BugIx, suggested: &'a Suggested) -> Told<'a> {
        let report = session.report();
        let key = |level| session.methodology().level(level).key.as_str();
        let from = session.level(bug).map(key);
        let part = |matched: &'a Matched| match matched {
            Matched::Field(field, text) => Part::Field { field, text },
            Matched::Text(text) => Part::Text { text },
            Matched::Paths(paths) => Part::Paths { paths },
        };
        Told {
            line: report.line_of(report.bug(bug).block.start),
            handle: report.handle(bug).into_owned(),
            title: report.title(bug).into_owned(),
            rule: &suggested.name,
            kind: suggested.kind.name(),
            severity: Step { from, to: given(&suggested.set.severity).map(|level| key(*level)).or(from) },
            scope: given(&suggested.set.scope).map(String::as_str),
            status: given(&suggested.set.status).map(String::as_str),
            rationale: &suggested.rationale,
            matched: suggested.matched.iter().map(part).collect(),
        }
    }
}

fn given<T>(to: &To<T>) -> Option<&T> {
    if let To::Value(value) = to { Some(value) } else { None }
}

fn tell(session: &Session, bug: BugIx, suggested: &Suggested, json: bool, out: &mut Out) {
    if json {
        return out.json(&Told::of(session, bug, suggested));
    }
    let report = session.report();
    let shown = |text: &str| display::visible(text.as_bytes());
    let words = suggested.words(session.level(bug), session.methodology());
    out.line(format_args!(
        "{}  {}  {}",
        shown(&report.handle(bug)),
        shown(&words),
        shown(&report.title(bug))
    ));
    out.line(format_args!("    {}: {}", shown(&suggested.name), shown(&suggested.because())));
    if !suggested.rationale.is_empty() {
        out.line(format_args!("    {}", shown(&suggested.rationale)));
    }
}

/// A bug without a suggestion, as JSON.
#[derive(Debug, Serialize)]
struct Missed {
    handle: String,
    miss: String,
}

fn tell_miss(session: &Session, bug: BugIx, miss: Option<Miss>, json: bool, out: &mut Out) {
    let handle = session.report().handle(bug).into_owned();
    let miss = miss.map_or_else(|| "no rule has anything to suggest".to_owned(), |miss| miss.to_string());
    match json {
        true => out.json(&Missed { handle, miss }),
        false => out.line(format_args!("{}  –  {miss}", display::visible(handle.as_bytes()))),
    }
}

fn summed_up(count: usize, out: &mut Out) {
    match count {
        0 => out.line("nothing to suggest"),
        1 => out.line("1 suggestion; nothing is applied unasked"),
        count => out.line(format_args!("{count} suggestions; nothing is applied unasked")),
    }
}
