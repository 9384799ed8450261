//! Why no saved decision is taken or brought back: in words with what to do, and as JSON.

use std::path::Path;

use serde::Serialize;

use super::Way;
use crate::cli::commit::Failed;
use crate::cli::out::Out;
use crate::fault::{Fault, Kind};
use crate::git::quoted;
use crate::text::display;
use crate::triage::{Barred, Edited, Gone, Session, edited};

/// How much of a value is said in a hint.
const SAID: usize = 60;

/// That it is refused, and what to do.
pub(super) fn fault(barred: &Barred, way: Way, session: &Session, path: &Path) -> Fault {
    let fault = match barred {
        Barred::Nothing => nothing(way),
        Barred::Lost(lost) => no_level(lost),
        Barred::Edited { entry, bugs, values } => {
            let changed = edited::changed(values, *bugs, session.report());
            let said = edited::said(values, session.report());
            let (done, since, command) = match way {
                Way::Back => ("taken", "since", "undo"),
                Way::Forward => ("brought", "since it was taken back", "redo"),
            };
            let what = format!("entry {entry} is not {done} back, for {changed} {since}: {said}");
            Fault::new(Kind::Refused, what).hint(anew(values, session, path)).hint(format!(
                "where the report says again what was decided, or what it said before that, `{command}` goes on"
            ))
        }
        Barred::Reworded { entry, paragraph } => {
            let said = paragraph.said();
            let what =
                format!("entry {entry} is not taken back, for its paragraph was changed since: {said}");
            Fault::new(Kind::Refused, what).hint(
                "what was written since stays; where the report says again what was recorded, or no longer has that paragraph, `undo` goes on",
            )
        }
        Barred::Absent { entry, gone } => absent(entry, gone, way),
    };
    fault.at(path)
}

fn nothing(way: Way) -> Fault {
    match way {
        Way::Back => Fault::new(Kind::Refused, "there is no saved decision to take back"),
        Way::Forward => Fault::new(Kind::Refused, "there is no saved decision to bring back")
            .hint("only what was taken back since the last decision is brought back"),
    }
}

fn no_level(lost: &str) -> Fault {
    let lost = display::visible(lost.as_bytes());
    let what = format!("the severity before that decision was {lost}, and no level is called so");
    Fault::new(Kind::Refused, what)
        .hint(format!("give a level of the methodology the alias {lost}, or set the severity anew"))
}

fn absent(entry: &str, gone: &Gone, way: Way) -> Fault {
    let (done, command) = match way {
        Way::Back => ("taken", "undo"),
        Way::Forward => ("brought", "redo"),
    };
    let again = match gone.count {
        0 => "where the report states them again",
        1 => "where it is in the report again, under this id and title",
        _ => "where one of them is in the report again, under its id and title",
    };
    Fault::new(Kind::Refused, format!("entry {entry} is not {done} back: {}", gone.said()))
        .hint(format!("{again}, `{command}` goes on; the log keeps the decision"))
        .hint(format!("there is no other saved decision that could be {done} back"))
}

/// How to set what was edited anew: a single value as it would have been.
fn anew(values: &[Edited], session: &Session, path: &Path) -> String {
    let handle = |edited: &Edited| quoted(&session.report().handle(edited.bug));
    let path = quoted(&path.to_string_lossy());
    match values {
        [edited] if edited.before.is_some() => {
            let before = edited.before.as_deref().unwrap_or_default();
            let option = match edited.name.as_str() {
                name @ ("severity" | "scope" | "status") => format!("--{name} {}", quoted(before)),
                name => format!("--field {}", quoted(&format!("{name}={before}"))),
            };
            let who = handle(edited);
            let before = display::clip(before, SAID);
            format!("to have {before} all the same: regrade set {path} {who} {option} --rationale TEXT")
        }
        [first, rest @ ..] if rest.iter().all(|edited| edited.bug == first.bug) => {
            format!("what was written since stays; regrade set {path} {} decides on it anew", handle(first))
        }
        _ => format!("what was written since stays; regrade set {path} ID… decides on it anew"),
    }
}

/// The same as JSON.
#[derive(Serialize)]
struct Refused<'a> {
    refused: Failed<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edited: Vec<Value<'a>>,
    /// The paragraph that somebody has written anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<Words<'a>>,
    /// The first of the bugs that the report no longer has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gone: Vec<Bug<'a>>,
}

/// A value that somebody has written since.
#[derive(Serialize)]
struct Value<'a> {
    bug: String,
    value: &'a str,
    before: &'a Option<String>,
    decided: &'a Option<String>,
    report: &'a Option<String>,
}

/// What a paragraph said, and what it says.
#[derive(Serialize)]
struct Words<'a> {
    decided: &'a str,
    report: &'a str,
}

/// A bug as the log has it.
#[derive(Serialize)]
struct Bug<'a> {
    id: &'a str,
    title: &'a str,
}

impl<'a> Value<'a> {
    fn of(edited: &'a Edited, session: &Session) -> Value<'a> {
        Value {
            bug: session.report().handle(edited.bug).into_owned(),
            value: &edited.name,
            before: &edited.before,
            decided: &edited.made,
            report: &edited.now,
        }
    }
}

/// Says so.
pub(super) fn said(barred: &Barred, fault: &Fault, session: &Session, out: &mut Out) {
    let (entry, values, gone) = match barred {
        Barred::Edited { entry, values, .. } => (Some(entry.as_str()), values.as_slice(), [].as_slice()),
        Barred::Absent { entry, gone } => (Some(entry.as_str()), [].as_slice(), gone.first.as_slice()),
        Barred::Reworded { entry, .. } => (Some(entry.as_str()), [].as_slice(), [].as_slice()),
        Barred::Nothing | Barred::Lost(_) => (None, [].as_slice(), [].as_slice()),
    };
    let paragraph = match barred {
        Barred::Reworded { paragraph, .. } => {
            Some(Words { decided: &paragraph.made, report: &paragraph.now })
        }
        _ => None,
    };
    let gone = gone.iter().map(|(id, title)| Bug { id, title }).collect();
    let edited = values.iter().map(|edited| Value::of(edited, session)).collect();
    out.json(&Refused { refused: Failed::of(fault), entry, edited, paragraph, gone });
}
