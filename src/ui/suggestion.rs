//! What accepting would do to the bug under the cursor, on a row of its own where the detail is not beside the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use crate::app::{Accepting, App};
use crate::config::Action;
use crate::text::display;

/// How many columns of what is suggested are said where its author is long.
const LEAST: usize = 12;

pub(super) fn draw(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() || app.popup().is_some() {
        return;
    }
    if let Some(accepting) = app.accepting() {
        paint::put(buffer, (area.x, area.y), &line(&accepting, paint, usize::from(area.width)), area.width);
    }
}

/// ` Tab P0 → P2 · Configuration (review-agent)  E edit`: the key to change it goes first, then what is suggested is cut,
/// to `LEAST` columns at least, then who suggests it.
pub(super) fn line(accepting: &Accepting, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let (key, what) = (format!(" {} ", accepting.key), display::brief(&accepting.what));
    let least = display::width(&what).min(LEAST);
    let left = width.saturating_sub(display::width(&key) + least + " ()".len());
    let by = accepting.by.as_ref().map(|by| display::clip(&display::brief(by), left).into_owned());
    let by = by.map(|by| format!(" ({by})")).unwrap_or_default();
    let room = width.saturating_sub(display::width(&key) + display::width(&by));
    let what = display::clip(&what, room).into_owned();
    let edit = format!("  {} ", accepting.edit);
    let does = Action::EditSuggestion.label();
    let left = room.saturating_sub(display::width(&what));
    let has_room = !accepting.edit.is_empty() && display::width(&edit) + does.len() <= left;
    let mut spans = vec![(key, "footer.key"), (what, "text"), (by, "quiet")];
    spans.extend(has_room.then(|| [(edit, "footer.key"), (does.to_owned(), "quiet")]).into_iter().flatten());
    spans.into_iter().map(|(said, name)| Span::styled(said, paint.role(name))).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Theme;

    /// Who suggests it would be out of sight beside a long status.
    #[test]
    fn who_suggests_it_is_said_and_what_is_suggested_is_cut() {
        let what =
            "P0 → P2 · Test infrastructure · Deferred until the next release is out of the door".to_owned();
        let accepting = |by: &str| Accepting {
            key: "Tab".into(),
            what: what.clone(),
            by: Some(by.into()),
            edit: "E".into(),
        };
        let theme = Theme::named("plain").expect("an embedded theme");
        let said = |by: &str| line(&accepting(by), &Paint::new(&theme), 56).to_string();
        let long = said("optional-test-files-of-the-suite");
        assert!(long.contains("P0 → P2 ") && long.contains("… (optional-test-files-of-the-suite)"), "{long}");
        assert!(said("ada").contains("… (ada)") && said("ada").contains("Test infra"), "{}", said("ada"));
    }
}
