//! Decisions that no longer fit a report that was changed underneath: each with why, and what can be done.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::Paint;
use super::popup::{boxed, foot, write};
use super::wrap::wrap_text;
use crate::app::{App, Drawn};
use crate::text::display;
use crate::triage::{BugSet, Lost, Misfit, name_of};

pub(super) const TITLE: &str = "Decisions that no longer fit the report";

pub(super) const KEYS: &str = " Enter decide anew · l go there · d d drop · Esc later ";

/// How wide the popup is.
const WIDTH: u16 = 84;

/// How many bugs a line names.
const NAMED: usize = 3;

/// How many rows a rationale takes at most.
const SAID: usize = 3;

pub(super) fn draw(app: &App, at: usize, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let room = usize::from(WIDTH.min(frame.area().width.saturating_sub(4)).max(1));
    let told: Vec<Vec<Line<'static>>> =
        app.session.misfits().iter().map(|misfit| tell(app, misfit, paint, room)).collect();
    let lines: Vec<Line<'static>> = told.concat();
    let area = boxed(TITLE, WIDTH, u16::try_from(lines.len()).unwrap_or(u16::MAX), paint, frame);
    let start: usize = told.iter().take(at).map(Vec::len).sum();
    let end = start + told.get(at).map_or(0, Vec::len);
    let first = end.saturating_sub(usize::from(area.height)).min(start);
    write(&lines[first..], frame, area);
    let cursor = Rect { y: area.y + (start - first) as u16, height: (end - start) as u16, ..area };
    paint.lay("popup.cursor", frame.buffer_mut(), cursor.intersection(area));
    foot(KEYS, paint, frame, area);
    (drawn.popup_scroll, drawn.popup_lines) = (first, usize::from(area.height));
}

/// A decision in lines: what and whose it is, why it was made, and why it no longer fits.
pub(super) fn tell(app: &App, misfit: &Misfit, paint: &Paint<'_>, room: usize) -> Vec<Line<'static>> {
    let decision = &misfit.decision;
    let what = what(app, misfit);
    let left = room.saturating_sub(display::width(&what) + 2);
    let what = format!("{}  {what}", display::clip_middle(&whose(app, misfit), left));
    let what = display::clip(&display::visible_str(&what), room).into_owned();
    let by = format!("  {}, {}", name_of(&decision.by), app.when(decision.at));
    let by = display::clip(&display::visible_str(&by), room - display::width(&what)).into_owned();
    let mut lines =
        vec![Line::from(vec![Span::styled(what, paint.role("text")), Span::styled(by, paint.role("quiet"))])];
    let mut said = wrap_text(&display::visible_str(&decision.draft.rationale), paint.role("quiet"), room);
    said.truncate(if decision.draft.rationale.is_empty() { 0 } else { SAID });
    lines.extend(said);
    lines.extend(wrap_text(&display::visible_str(&why(app, misfit)), paint.role("warning"), room));
    lines.extend(changes(app, misfit).into_iter().map(|said| {
        let said = display::brief(&said).into_owned();
        Line::styled(display::clip(&said, room).into_owned(), paint.role("quiet"))
    }));
    lines
}

/// What was changed in its bug, where that was seen, else how it stands now.
fn changes(app: &App, misfit: &Misfit) -> Vec<String> {
    let Some((bug, _)) = misfit.decision.draft.bugs().next().filter(|_| misfit.lost == Lost::Changed) else {
        return Vec::new();
    };
    if let Some([was, is]) = app.rewritten(misfit) {
        return vec![format!("  was  {was}"), format!("  now  {is}")];
    }
    let level = app.level_key(app.session.level(bug)).to_owned();
    let (scope, status) = (app.session.scope(bug), app.session.status(bug));
    let stands = [Some(level), scope.map(Into::into), status.map(Into::into)];
    vec![format!("  now  {}", stands.into_iter().flatten().collect::<Vec<String>>().join(" · "))]
}

/// The bugs of a misfit, those that are gone too.
fn whose(app: &App, misfit: &Misfit) -> String {
    let report = app.session.report();
    let bugs = bugs(misfit);
    let here = bugs.iter().take(NAMED).map(|bug| report.handle(bug).into_owned());
    let (names, all): (Vec<String>, usize) = match &misfit.lost {
        Lost::Gone(gone) => (gone.iter().take(NAMED).cloned().collect(), gone.len()),
        _ => (here.collect(), bugs.len()),
    };
    let more = all.saturating_sub(names.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names.join(", "))
}

fn bugs(misfit: &Misfit) -> BugSet {
    misfit.decision.draft.bugs().map(|(bug, _)| bug).collect()
}

/// What was decided: `→ P2 · configuration`, or the kind of decision.
fn what(app: &App, misfit: &Misfit) -> String {
    let draft = &misfit.decision.draft;
    let said = draft.parts.first().map(|part| app.values(&part.set)).unwrap_or_default();
    if said.is_empty() { draft.kind.name().to_owned() } else { said.join(" · ") }
}

/// Why it does not fit, and what Enter would do.
fn why(app: &App, misfit: &Misfit) -> String {
    let lost = match &misfit.lost {
        Lost::Changed => "changed in the report since it was judged".to_owned(),
        Lost::Gone(_) => "no longer in the report".to_owned(),
        Lost::Claims(claims) => format!("{claims} of its claims are no longer made by the report"),
        Lost::Unknown(word) => format!("the methodology knows no {word} any more"),
    };
    match app.anew(misfit) {
        Some(_) if misfit.lost == Lost::Changed => format!("{lost}; Enter decides so all the same"),
        Some(draft) => {
            let bugs: BugSet = draft.bugs().map(|(bug, _)| bug).collect();
            format!("{lost}; Enter twice decides so on {}", app.called(&bugs))
        }
        None => lost,
    }
}
