//! Lines as they are said: visible, without what only draws, and broken at words where the terminal ends.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::text::display;
use crate::ui::wrap::wrap_text;

/// How many columns a line may have before it is broken where it is made: more than any value has that stands among
/// others, so that nothing is shortened to fit a screen.
pub(super) const WIDE: usize = 16 * 1024;

/// A line as it is said; `None` where nothing of it can be.
pub(super) fn plain(line: &str) -> Option<String> {
    let visible = display::visible_str(line);
    let said: String = visible.chars().map(|c| if is_drawn(c) { ' ' } else { c }).collect();
    let said = said.trim();
    (!said.is_empty()).then(|| said.to_owned())
}

/// Lines that were made for a screen, as they are said.
pub(super) fn all(lines: &[Line<'_>]) -> Vec<String> {
    lines.iter().filter_map(|line| plain(&line.to_string())).collect()
}

/// `2 of 8: Duplicate`.
pub(super) fn nth(at: usize, of: usize, said: &str) -> String {
    format!("{} of {of}: {said}", at + 1)
}

/// A line as it is written to a raw terminal of so many columns; of 0 where that is not known.
pub(super) fn written(line: &str, width: u16) -> String {
    let rows = match width {
        0 => vec![line.to_owned()],
        width => wrap_text(line, Style::new(), width.into()).iter().map(Line::to_string).collect(),
    };
    rows.into_iter().map(|row| row + "\r\n").collect()
}

/// What was typed, which holds nothing that a terminal obeys, with its line ends as a raw terminal needs them.
pub(super) fn raw(typed: &str) -> String {
    typed.replace('\n', "\r\n")
}

/// Whether a character draws frames, bars or scrollbars.
fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word that is cut in two by the edge of the terminal is two words to whoever listens.
    #[test]
    fn a_long_line_is_broken_between_words_and_loses_none() {
        assert_eq!(written("one two three", 8), "one two\r\nthree\r\n");
        assert_eq!(written("one two three", 0), "one two three\r\n");
        assert_eq!(written("", 8), "\r\n");
    }

    #[test]
    fn what_only_draws_is_not_said_and_nothing_hostile_is_written() {
        assert_eq!(plain("│ a ─ b │"), Some("a   b".to_owned()));
        assert_eq!(plain("├────┤"), None);
        assert_eq!(plain("x\u{1b}[2J"), Some("x␛[2J".to_owned()));
    }
}
