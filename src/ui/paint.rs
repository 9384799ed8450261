//! From the theme's roles to what ratatui draws with.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType};

use crate::app::{App, Area};
use crate::config::{Colour, Theme};
use crate::methodology::LevelId;
use crate::text::display;

/// A theme, ready to draw with.
pub(super) struct Paint<'a> {
    theme: &'a Theme,
}

impl<'a> Paint<'a> {
    pub(super) fn new(theme: &'a Theme) -> Paint<'a> {
        Paint { theme }
    }

    /// The style of a role.
    pub(super) fn role(&self, role: &str) -> Style {
        let style = self.theme.style(role);
        let modifiers = [
            (style.bold, Modifier::BOLD),
            (style.dim, Modifier::DIM),
            (style.italic, Modifier::ITALIC),
            (style.underline, Modifier::UNDERLINED),
            (style.reverse, Modifier::REVERSED),
        ];
        let modifiers = modifiers.into_iter().filter(|(on, _)| *on).map(|(_, modifier)| modifier);
        let mut painted = Style::new().add_modifier(modifiers.collect());
        painted.fg = style.fg.map(colour);
        painted.bg = style.bg.map(colour);
        painted
    }

    /// The style of a level.
    pub(super) fn level(&self, app: &App, level: Option<LevelId>) -> Style {
        let levels = app.session.methodology().levels();
        let level = level.and_then(|level| levels.get(usize::from(level.0)));
        level.map_or_else(|| self.role("quiet"), |level| self.role(&level.colour))
    }

    /// A quiet frame.
    pub(super) fn frame(&self) -> Block<'static> {
        Block::bordered().border_type(BorderType::Rounded).border_style(self.role("border"))
    }
}

/// Writes a line from a place on, in at most so many columns. As [`Buffer::set_line`] it writes, but what is simple
/// goes cell by cell without being taken apart.
pub(super) fn put(buffer: &mut Buffer, (mut x, y): (u16, u16), line: &Line<'_>, width: u16) {
    let end = buffer.area.right().min(x.saturating_add(width));
    for span in &line.spans {
        let style = line.style.patch(span.style);
        let rest = put_simple(buffer, (&mut x, y), &span.content, end, style);
        (x, _) = buffer.set_stringn(x, y, rest, usize::from(end.saturating_sub(x)), style);
    }
}

/// Writes what is simple of a text before `end`, up to what is not; gives what is left.
fn put_simple<'a>(
    buffer: &mut Buffer,
    (x, y): (&mut u16, u16),
    text: &'a str,
    end: u16,
    style: Style,
) -> &'a str {
    let mut rest = text;
    let simple = display::clusters(text).take_while(|cluster| display::is_simple(cluster));
    for (cluster, at) in simple.zip(*x..end) {
        buffer[(at, y)].set_symbol(cluster).set_style(style);
        *x = at + 1;
        rest = &rest[cluster.len()..];
    }
    rest
}

/// A part of the screen as the app has it.
pub(super) fn area(rect: Rect) -> Area {
    Area { x: rect.x, y: rect.y, width: rect.width, height: rect.height }
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Default => Color::Reset,
        Colour::Black => Color::Black,
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
        Colour::White => Color::Gray,
        Colour::BrightBlack => Color::DarkGray,
        Colour::BrightRed => Color::LightRed,
        Colour::BrightGreen => Color::LightGreen,
        Colour::BrightYellow => Color::LightYellow,
        Colour::BrightBlue => Color::LightBlue,
        Colour::BrightMagenta => Color::LightMagenta,
        Colour::BrightCyan => Color::LightCyan,
        Colour::BrightWhite => Color::White,
        Colour::Indexed(number) => Color::Indexed(number),
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::text::Span;

    use super::*;

    proptest! {
        /// A frame would look otherwise than ratatui draws it.
        #[test]
        fn a_line_is_put_where_ratatui_sets_it(
            texts in prop::collection::vec("[ -~─]{0,9}|[a─日e\u{301}🇩🇪]{0,5}", 0..4),
            (x, y, width) in (0_u16..12, 0_u16..2, 0_u16..14),
        ) {
            let styled = |(at, text): (usize, &String)| {
                let styles = [Style::new(), Style::new().red(), Style::new().on_blue().bold()];
                Span::styled(text.clone(), styles[at % styles.len()])
            };
            let line = Line::from(texts.iter().enumerate().map(styled).collect::<Vec<_>>());
            let line = line.style(Style::new().italic());
            let mut wanted = Buffer::filled(Rect::new(0, 0, 12, 2), ratatui::buffer::Cell::new("日"));
            let mut buffer = wanted.clone();
            wanted.set_line(x, y, &line, width);
            put(&mut buffer, (x, y), &line, width);
            prop_assert_eq!(buffer, wanted);
        }
    }
}
