//! Accepting what is suggested for bugs: one decision, on what one rule or one proposal suggests for all of them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Args, rule};
use crate::cli::words::called;
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::report::{BugIx, Report};
use crate::triage::suggest::{self, Standing, Voice};
use crate::triage::{BugSet, Draft, Session, outcome};

/// The decision that accepts what one rule or one proposal suggests for all the bugs.
pub(super) fn accepted(args: &Args, session: &Session, bugs: &BugSet, today: Date) -> Result<Draft> {
    let report = session.report();
    let standing = Standing::of(session, bugs);
    let mut voices: BTreeMap<Voice, (String, BugSet)> = BTreeMap::new();
    for bug in bugs.iter() {
        let found = standing.suggested(bug).ok_or_else(|| {
            Fault::new(Trouble::Refused, format!("nothing is suggested for {}", report.handle(bug)))
                .hint("`regrade suggest REPORT` shows for which bugs something is")
        })?;
        let name = || found.voice.name(session).to_owned();
        voices.entry(found.voice).or_insert_with(|| (name(), BugSet::default())).1.insert(bug);
    }
    if voices.len() > 1 {
        return Err(several(report, voices.into_values()));
    }
    let voices: Vec<(Voice, BugSet)> = voices.into_iter().map(|(voice, (_, bugs))| (voice, bugs)).collect();
    let draft = suggest::together(session, &voices).pop();
    let draft = draft.ok_or_else(|| Fault::new(Trouble::Refused, "nothing is suggested for these bugs"))?;
    let mut days = draft.parts.iter().map(|part| outcome::passed(&part.set, session.methodology(), today));
    if let Some(passed) = days.find_map(|passed| passed) {
        let hint = "set another day: --status \"deferred until DATE\"";
        return Err(Fault::new(Trouble::Refused, passed).hint(hint));
    }
    let rule = rule(args, report)?.or(draft.rule);
    let draft = match args.why.rationale.trim() {
        "" => draft,
        rationale => suggest::reworded(draft, rationale),
    };
    let draft = Draft { rule, ..draft };
    // A proposal says itself how each bug is to stand.
    Ok(if draft.suggested_by.is_some() { draft } else { outcome::keeping_remarks(draft, session) })
}

/// The fault of bugs for which not the same is suggested, with what each suggests for which.
fn several(report: &Report, voices: impl Iterator<Item = (String, BugSet)>) -> Fault {
    let of_each = voices.map(|(name, bugs)| {
        let bugs: Vec<BugIx> = bugs.iter().collect();
        format!("{name} for {}", called(report, bugs.into_iter()))
    });
    let what = format!("not the same is suggested for all: {}", of_each.collect::<Vec<_>>().join("; "));
    Fault::new(Trouble::Refused, what)
        .hint("accept what each suggests by a command of its own: name its bugs, or those of a rule with --filter suggested:NAME")
}
