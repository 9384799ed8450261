//! What does not fit together in the report, a line each.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::popup::{boxed, foot, show, write};
use super::wrap::wrap_text;
use crate::app::{App, Drawn};
use crate::report::Finding;
use crate::text::display;

const TITLE: &str = "What does not fit together";

const KEYS: &str = " Enter go there · f set claims · Esc close ";

const LOOKING_ON: &str = " Enter go there · Esc close ";

/// How wide the popup is.
const WIDTH: u16 = 104;

/// From which width on each line says what sort of thing it is.
const SORTED: u16 = 64;

/// How many rows repeat the finding under the cursor, where it does not fit on its own.
const WHOLE: usize = 3;

pub(super) fn draw(app: &App, at: usize, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let findings = app.findings();
    if findings.is_empty() {
        let said = Line::styled("checking …", paint.role("quiet"));
        return show(TITLE, &[said], (WIDTH / 2, paint), frame, drawn);
    }
    let at = at.min(findings.len() - 1);
    let height = u16::try_from(findings.len() + WHOLE + 1).unwrap_or(u16::MAX);
    let area = boxed(TITLE, WIDTH, height, paint, frame);
    let whole = whole(app, &findings[at], paint, area);
    let rows = usize::from(area.height).saturating_sub(whole.len() + 1).max(1);
    let first = (at + 1).saturating_sub(rows);
    let shown = findings.iter().skip(first).take(rows);
    let lines: Vec<Line<'static>> = shown.map(|finding| line(app, finding, paint, area.width)).collect();
    let below = write(&lines, frame, area);
    let cursor = Rect { y: area.y + (at - first) as u16, height: 1, ..area };
    frame.buffer_mut().set_style(cursor.intersection(area), paint.role("popup.cursor"));
    let below = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
    write(&whole, frame, below.intersection(area));
    let keys = if app.ui.holder.is_some() { LOOKING_ON } else { KEYS };
    foot(keys, paint, frame, area);
    (drawn.popup_scroll, drawn.popup_lines) = (first, rows);
    let shown = Rect { height: lines.len().min(rows) as u16, ..area };
    (drawn.hits.choices, drawn.hits.first) = (paint::area(shown.intersection(area)), first);
}

/// `   14  claim             P0 claims 22 and documents 6`
fn line(app: &App, finding: &Finding, paint: &Paint<'_>, width: u16) -> Line<'static> {
    let number = app.session.report().line_of(finding.at);
    let kind = if width < SORTED { String::new() } else { format!("{:<17} ", finding.kind.name()) };
    let lead = format!("{number:>6}  ");
    let room = usize::from(width).saturating_sub(lead.len() + kind.len());
    let said = said(app, finding);
    vec![
        Span::styled(lead, paint.role("quiet")),
        Span::styled(kind, paint.role("warning")),
        Span::styled(display::clip(&said, room).into_owned(), paint.role("text")),
    ]
    .into()
}

/// The finding, and whether a pending decision deals with its claim.
fn said(app: &App, finding: &Finding) -> String {
    let what = display::brief(&finding.what);
    let is_set = finding.claim.is_some_and(|(claim, _)| is_set(app, claim));
    if is_set { format!("● set: {what}") } else { what.into_owned() }
}

fn is_set(app: &App, claim: crate::report::ClaimIx) -> bool {
    let pending = app.session.pending().iter().flat_map(|decision| &decision.draft.claims);
    pending.filter(|restated| restated.claim == claim).map(crate::report::Restated::by).sum::<i64>() != 0
}

/// All of the finding under the cursor.
fn whole(app: &App, finding: &Finding, paint: &Paint<'_>, area: Rect) -> Vec<Line<'static>> {
    let mut lines = wrap_text(&said(app, finding), paint.role("quiet"), usize::from(area.width));
    lines.truncate(WHOLE.min(usize::from(area.height / 3)));
    lines
}
