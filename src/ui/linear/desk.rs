//! The desk itself in words: the bug under the cursor, how far the review is, what was said, marked and begun.

use crate::app::App;
use crate::config::{Action, written};
use crate::report::BugIx;
use crate::text::{counted, display};
use crate::triage::BugSet;
use crate::ui::label::Label;

/// Where the bug stands among what there is to say of the desk.
pub(super) const BUG: usize = 1;

/// What is said once, when the desk opens.
pub(super) fn opening(app: &App) -> String {
    let bugs = counted(app.session.report().len(), "bug");
    let (help, quit) = (app.key_of(Action::Help), app.key_of(Action::Quit));
    format!("{}: {bugs}. {help} tells the keys, {quit} leaves.", display::brief(&app.ui.name))
}

/// What was said at the foot of the desk; empty for nothing.
pub(super) fn toast(app: &App) -> String {
    let Some(toast) = &app.ui.toast else { return String::new() };
    let mark = if toast.refusal { "! " } else { "" };
    let hint =
        if toast.hint.is_empty() { String::new() } else { format!(" ({})", display::brief(&toast.hint)) };
    format!("{mark}{}{hint}", display::brief(&toast.text))
}

/// `7 of 22: BUG-007 P0→P2, configuration, open: Coverage Configuration Warnings`.
pub(super) fn bug(app: &App) -> String {
    let Some(bug) = app.cursor() else { return "no bug in view".to_owned() };
    let (session, report) = (&app.session, app.session.report());
    let (before, after) = (app.level_key(session.level_reported(bug)), app.level_key(session.level(bug)));
    let severity = if before == after { after.to_owned() } else { format!("{before}→{after}") };
    let scope = session.scope(bug).map(|scope| display::brief(&scope).into_owned());
    let status = session.status(bug).map(|status| display::brief(&status).into_owned());
    let marked = app.ui.marks.contains(bug).then(|| "marked".to_owned());
    let range = app.ui.view.range().map(|_| format!("range of {}", app.ui.view.ranged().len()));
    let decided = session.reviewed().contains(bug).then(|| "decided".to_owned());
    let facts: Vec<String> =
        [Some(severity), scope, status, marked, range, decided].into_iter().flatten().collect();
    let (at, of) = (app.ui.view.at() + 1, app.ui.view.bugs().len());
    let title = Label::title(report, bug).text;
    format!("{at} of {of}: {} {}: {}", id(app, bug), facts.join(", "), title)
}

/// `BUG-007: Tab would accept P0 → P2 · Configuration (review-agent)`; the name makes it another for each bug.
pub(super) fn accepting(app: &App) -> Option<String> {
    let (bug, accepting) = (app.cursor()?, app.accepting()?);
    let by = accepting.by.map(|by| format!(" ({})", display::brief(&by))).unwrap_or_default();
    let what = display::brief(&accepting.what);
    Some(format!("{}: {} would accept {what}{by}", id(app, bug), accepting.key))
}

/// `3 of 22 reviewed, 2 unsaved, 5 found by the check`.
pub(super) fn progress(app: &App) -> String {
    let (done, all) = (app.session.reviewed().len(), app.session.report().len());
    let mut said = format!("{done} of {all} reviewed");
    let found = if app.unsaved() > 0 { "found by the check as saved" } else { "found by the check" };
    for (count, what) in [(app.unsaved(), "unsaved"), (app.findings().len(), found)] {
        if count > 0 {
            said.push_str(&format!(", {count} {what}"));
        }
    }
    said
}

/// `BUG-3 marked: 2 bugs are`; only how many are where it was more than one.
pub(super) fn marked(app: &App, before: &BugSet) -> String {
    let now = &app.ui.marks;
    let all = match now.len() {
        0 => "no bug is".to_owned(),
        1 => "1 bug is".to_owned(),
        many => format!("{many} bugs are"),
    };
    let one = |more: &BugSet, less: &BugSet| more.difference(less).first().map(|bug| id(app, bug));
    match now.len().cast_signed() - before.len().cast_signed() {
        1 => one(now, before).map_or_else(String::new, |id| format!("{id} marked: {all}")),
        -1 => one(before, now).map_or_else(String::new, |id| format!("{id} no longer marked: {all}")),
        _ => format!("{all} marked"),
    }
}

/// Whether what was said at the foot of the desk says already how many are marked.
pub(super) fn is_in(toast: &str, marked: &str) -> bool {
    let count = |said: &str| said.split(' ').next().and_then(|word| word.parse::<usize>().ok());
    toast.contains("marked") && count(toast).is_some() && count(toast) == count(marked)
}

/// `y …: i copy the id, t copy the title; Esc leaves`.
pub(super) fn following(app: &App) -> Option<String> {
    let keys = app.following().into_iter().map(|(key, does)| format!("{key} {does}"));
    let keys = keys.collect::<Vec<_>>().join(", ");
    let leave = app.key_of(Action::Clear);
    (!keys.is_empty()).then(|| format!("{} …: {keys}; {leave} leaves", written(&app.ui.prefix)))
}

fn id(app: &App, bug: BugIx) -> String {
    display::brief(&app.session.report().handle(bug)).into_owned()
}
