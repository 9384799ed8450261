//! The part of a line that its place has room for, with `…` where the line goes on.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text::display;

/// What is shown of a line that is moved `from` columns to the left in a place so wide. A line that fits is not
/// moved. Half of a wide character is a blank.
pub(super) fn part<'l>(
    line: &'l Line<'static>,
    from: usize,
    width: usize,
    mark: Style,
) -> Cow<'l, Line<'static>> {
    let long = line.width();
    if long <= width || width == 0 {
        return Cow::Borrowed(line);
    }
    let from = from.min(long - width);
    let start = from + usize::from(from > 0);
    let end = from + width - usize::from(from + width < long);
    let mut spans = Vec::new();
    spans.extend((start > from).then(|| Span::styled("…", mark)));
    let mut at = 0;
    for span in &line.spans {
        let mut text = String::new();
        for cluster in display::clusters(&span.content) {
            let (first, next) = (at, at + display::width(cluster));
            at = next;
            match (first >= start, next <= end) {
                (true, true) => text.push_str(cluster),
                _ => text.extend((first.max(start)..next.min(end)).map(|_| ' ')),
            }
            if at >= end {
                break;
            }
        }
        spans.push(Span::styled(text, span.style));
        if at >= end {
            break;
        }
    }
    spans.extend((end < from + width).then(|| Span::styled("…", mark)));
    Cow::Owned(Line { spans, ..line.clone() })
}

/// By how many columns the widest of these lines is wider than their place.
pub(super) fn beyond<'l>(lines: impl IntoIterator<Item = &'l Line<'static>>, width: usize) -> usize {
    lines.into_iter().map(Line::width).max().unwrap_or(0).saturating_sub(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, from: usize, width: usize) -> String {
        part(&Line::from(text.to_owned()), from, width, Style::new()).to_string()
    }

    /// A reviewer would take a part of a line for all of it.
    #[test]
    fn a_line_says_on_which_sides_it_goes_on() {
        assert_eq!(shown("abcdefgh", 0, 8), "abcdefgh");
        assert_eq!(shown("abcdefgh", 0, 5), "abcd…");
        assert_eq!(shown("abcdefgh", 2, 5), "…def…");
        assert_eq!(shown("abcdefgh", 99, 5), "…efgh");
        assert_eq!(shown("abc", 0, 0), "abc");
    }

    #[test]
    fn half_of_a_wide_character_is_a_blank() {
        assert_eq!(shown("日本語テキ", 0, 6), "日本 …");
        assert_eq!(shown("日本語テキ", 1, 6), "…本語…");
        for from in 0..10 {
            let shown = shown("a日本b語テ", from, 4);
            assert_eq!(display::width(&shown), 4, "{shown}");
        }
    }
}
