//! Styled text broken into lines that fit: at blanks where it can, between graphemes where it must.
//!
//! Nothing is lost but the blanks at a break. What comes in has been made visible already; `\n` is
//! the one control character it may hold, and ends a line.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text::display;

/// One grapheme, as wide as it is shown, in its style.
struct Glyph<'a> {
    text: &'a str,
    width: usize,
    style: Style,
}

impl Glyph<'_> {
    fn within(self, width: usize) -> Self {
        if self.width > width { Glyph { text: "…", width: 1, ..self } } else { self }
    }

    fn is_blank(&self) -> bool {
        self.text == " "
    }

    /// Whether a line may end after it: a blank, or an ideograph.
    fn lets_go(&self) -> bool {
        self.is_blank() || self.width > 1
    }
}

/// The lines of a styled text, none wider than `width`; a grapheme that is wider itself is shown as `…`.
pub(super) fn wrap(text: &[Span<'static>], width: usize) -> Vec<Line<'static>> {
    let width = width.max(1);
    if text.iter().map(|span| span.content.len()).sum::<usize>() <= width
        && text.iter().all(|span| display::is_plain(&span.content))
    {
        return vec![merged(text)];
    }
    let glyphs: Vec<Glyph<'_>> = text.iter().flat_map(glyphs_of).map(|glyph| glyph.within(width)).collect();
    glyphs.split(|glyph| glyph.text == "\n").flat_map(|line| wrap_line(line, width)).collect()
}

/// A line of what fits as it is.
fn merged(text: &[Span<'static>]) -> Line<'static> {
    let said: Vec<&Span<'static>> = text.iter().filter(|span| !span.content.is_empty()).collect();
    let span = |run: &[&Span<'static>]| match run {
        [one] => (*one).clone(),
        _ => Span::styled(run.iter().map(|span| span.content.as_ref()).collect::<String>(), run[0].style),
    };
    said.chunk_by(|a, b| a.style == b.style).map(span).collect::<Vec<_>>().into()
}

/// The lines of a text in one style.
pub(super) fn wrap_text(text: &str, style: Style, width: usize) -> Vec<Line<'static>> {
    wrap(&[Span::styled(text.to_owned(), style)], width)
}

fn glyphs_of<'a>(span: &'a Span<'static>) -> impl Iterator<Item = Glyph<'a>> {
    let glyph = |text| Glyph { text, width: display::width(text), style: span.style };
    display::clusters(&span.content).map(glyph)
}

fn wrap_line(mut glyphs: &[Glyph<'_>], width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    loop {
        let fits = fitting(glyphs, width);
        if fits == glyphs.len() {
            lines.push(line_of(glyphs));
            return lines;
        }
        let end = break_before(glyphs, fits);
        lines.push(line_of(trimmed(&glyphs[..end])));
        glyphs = &glyphs[end..];
        glyphs = &glyphs[glyphs.iter().take_while(|glyph| glyph.is_blank()).count()..];
    }
}

/// How many of the first glyphs fit; at least one.
fn fitting(glyphs: &[Glyph<'_>], width: usize) -> usize {
    let mut taken = 0;
    let over = glyphs.iter().position(|glyph| {
        taken += glyph.width;
        taken > width
    });
    over.map_or(glyphs.len(), |at| at.max(1))
}

/// Where to end a line that may hold no more than `most` of these glyphs.
fn break_before(glyphs: &[Glyph<'_>], most: usize) -> usize {
    if glyphs[most].is_blank() {
        return most;
    }
    let indent = glyphs.iter().take_while(|glyph| glyph.is_blank()).count();
    let soft = (indent + 1..=most).rev().find(|end| glyphs[end - 1].lets_go());
    soft.unwrap_or(most)
}

fn trimmed<'g, 'a>(glyphs: &'g [Glyph<'a>]) -> &'g [Glyph<'a>] {
    let blanks = glyphs.iter().rev().take_while(|glyph| glyph.is_blank()).count();
    &glyphs[..glyphs.len() - blanks]
}

fn line_of(glyphs: &[Glyph<'_>]) -> Line<'static> {
    let runs = glyphs.chunk_by(|a, b| a.style == b.style);
    let span = |run: &[Glyph<'_>]| {
        Span::styled(run.iter().map(|glyph| glyph.text).collect::<String>(), run[0].style)
    };
    runs.map(span).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        wrap_text(text, Style::new(), width).iter().map(Line::to_string).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("one two", 3), ["one", "two"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("", 3), [""]);
        assert_eq!(wrapped("a\n\nb", 3), ["a", "", "b"]);
    }

    #[test]
    fn wide_characters_count_double_and_break_between_each_other() {
        assert_eq!(wrapped("日本語テキスト", 5), ["日本", "語テ", "キス", "ト"]);
        assert_eq!(wrapped("a日b", 1), ["a", "…", "b"]);
    }

    #[test]
    fn an_indented_line_keeps_its_indent_rather_than_break_there() {
        assert_eq!(wrapped("    abcdef", 6), ["    ab", "cdef"]);
    }
}
