//! What the policy warns of, and the reason that it asks for.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::footer;
use super::paint::Paint;
use super::popup::{boxed, write};
use super::typing::Typed;
use super::wrap::wrap_text;
use crate::app::policy::Objection;
use crate::text::display;
use crate::triage::guard::LEAST_REASON;

pub(super) const TITLE: &str = "The policy warns";

pub(super) const KEYS: &[(&str, &str)] = &[("Enter", "decide anyway"), ("Esc", "go back")];

/// How wide the popup is.
const WIDTH: u16 = 76;

pub(super) fn draw(objection: &Objection, paint: &Paint<'_>, frame: &mut Frame<'_>) {
    let width = usize::from(WIDTH.min(frame.area().width.saturating_sub(4)));
    let mut lines: Vec<Line<'static>> = Vec::new();
    for said in &objection.said {
        lines.extend(wrap_text(&display::brief(said), paint.role("warning"), width));
    }
    let (asked, role) = asked(objection);
    lines.extend(wrap_text(&asked, paint.role(role), width));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let area = boxed(TITLE, WIDTH, height, paint, frame);
    let foot = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let above = Rect { height: area.height.saturating_sub(1), ..area };
    let kept = lines.len().min(usize::from(above.height).saturating_sub(1));
    let mut shown = lines.split_off(lines.len() - kept);
    if let Some(first) = shown.first_mut().filter(|_| !lines.is_empty()) {
        *first = Line::styled("…", paint.role("warning"));
    }
    let rest = write(&shown, frame, above);
    let keys: Vec<(String, &str)> = KEYS.iter().map(|(key, does)| ((*key).to_owned(), *does)).collect();
    write(&[footer::keys(paint, &keys, usize::from(area.width))], frame, foot);
    let typed = Rect { height: rest.height.min(1), ..rest };
    frame.buffer_mut().set_style(typed, paint.role("popup.input"));
    Typed::of(&objection.input, usize::from(typed.width)).draw(paint.role("popup.input"), frame, typed);
}

/// What is asked, and its role.
pub(super) fn asked(objection: &Objection) -> (String, &'static str) {
    match objection.missing {
        true => (
            format!(
                "! a reason is needed, {LEAST_REASON} characters at least: why is it right all the same?"
            ),
            "error",
        ),
        false => ("Why is it right all the same?".to_owned(), "text"),
    }
}
