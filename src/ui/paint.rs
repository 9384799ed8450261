//! From the theme's roles to what ratatui draws with.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
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
    ground: Option<Color>,
}

impl<'a> Paint<'a> {
    pub(super) fn new(theme: &'a Theme) -> Paint<'a> {
        Paint { theme, ground: theme.style("text").bg.map(colour) }
    }

    /// What the theme is called.
    pub(super) fn theme_name(&self) -> &str {
        self.theme.name()
    }

    /// What lies beneath everything that is drawn.
    pub(super) fn ground(&self) -> Style {
        Style { bg: self.ground, ..self.role("text") }
    }

    /// What lies beneath everything in a popup.
    pub(super) fn popup(&self) -> Style {
        self.ground().patch(self.role("popup"))
    }

    /// The style of a role. Where its background is that beneath everything it has none: it is drawn on what is there,
    /// on a popup or under a cursor as well.
    pub(super) fn role(&self, role: &str) -> Style {
        let style = self.theme.style(role);
        let mut painted = Style::new();
        painted.add_modifier.set(Modifier::BOLD, style.bold);
        painted.add_modifier.set(Modifier::DIM, style.dim);
        painted.add_modifier.set(Modifier::ITALIC, style.italic);
        painted.add_modifier.set(Modifier::UNDERLINED, style.underline);
        painted.add_modifier.set(Modifier::REVERSED, style.reverse);
        painted.fg = style.fg.map(colour);
        painted.bg = style.bg.map(colour).filter(|bg| Some(*bg) != self.ground);
        painted
    }

    /// The style of a level.
    pub(super) fn level(&self, app: &App, level: Option<LevelId>) -> Style {
        let levels = app.session.methodology().levels();
        let level = level.and_then(|level| levels.get(usize::from(level.0)));
        level.map_or_else(|| self.role("quiet"), |level| self.role(&level.colour))
    }

    /// The style of what stands for a level without words: where a level has a background, that is its colour.
    pub(super) fn solid(&self, app: &App, level: Option<LevelId>) -> Style {
        let style = self.level(app, level);
        Style { fg: style.bg.or(style.fg), bg: None, ..style }
    }

    /// Lays a role over a row; what has a background of its own there keeps its colours, for they go together.
    pub(super) fn lay(&self, role: &str, buffer: &mut Buffer, row: Rect) {
        let style = self.role(role);
        let beneath = [Some(Color::Reset), self.ground, self.popup().bg];
        for position in row.intersection(buffer.area).positions() {
            let cell = &mut buffer[position];
            let has_own = !beneath.contains(&Some(cell.bg));
            cell.set_style(if has_own { Style { fg: None, bg: None, ..style } } else { style });
        }
    }

    /// Draws a quiet frame that is a screen's part and covers nothing, with its title; gives what is inside. As
    /// [`Paint::frame`] it looks, but only the cells of the frame itself are touched.
    pub(super) fn enclose(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        border: Style,
        title: impl Into<Line<'static>>,
    ) -> Rect {
        let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
        let mut side = |x, y, symbol| _ = buffer[(x, y)].set_symbol(symbol).set_style(border);
        for x in area.left()..area.right() {
            side(x, area.y, "─");
            side(x, bottom, "─");
        }
        for y in area.top()..area.bottom() {
            side(area.x, y, "│");
            side(right, y, "│");
        }
        let corners =
            [(area.x, area.y, "╭"), (right, area.y, "╮"), (area.x, bottom, "╰"), (right, bottom, "╯")];
        corners.into_iter().for_each(|(x, y, corner)| side(x, y, corner));
        let title: Line<'_> = title.into();
        let title = Line { style: self.role("quiet").patch(title.style), ..title };
        put(buffer, (area.x + 1, area.y), &title, area.width.saturating_sub(2));
        area.inner(Margin::new(1, 1))
    }

    /// A quiet frame.
    pub(super) fn frame(&self) -> Block<'static> {
        let block = Block::bordered().border_type(BorderType::Rounded);
        block.border_style(self.role("border")).title_style(self.role("quiet"))
    }
}

/// Writes a line from a place on, in at most so many columns. As [`Buffer::set_line`] it writes, but what is simple
/// goes cell by cell without being taken apart.
pub(super) fn put(buffer: &mut Buffer, (mut x, y): (u16, u16), line: &Line<'_>, width: u16) {
    let end = buffer.area.right().min(x.saturating_add(width));
    for span in &line.spans {
        let style = line.style.patch(span.style);
        let rest = put_simple(buffer, (&mut x, y), &span.content, end, style);
        if !rest.is_empty() {
            (x, _) = buffer.set_stringn(x, y, rest, usize::from(end.saturating_sub(x)), style);
        }
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
    let simple = &text[..display::simple_start(text)];
    if *x >= end {
        return text;
    }
    let start = buffer.index_of(*x, y);
    let cells = &mut buffer.content[start..start + usize::from(end - *x)];
    let mut left = simple;
    for cell in cells {
        let Some(length) = left.chars().next().map(char::len_utf8) else { break };
        let (symbol, behind) = left.split_at(length);
        if symbol != " " || cell.symbol() != " " {
            cell.set_symbol(symbol);
        }
        cell.set_style(style);
        (*x, left) = (*x + 1, behind);
    }
    &text[simple.len() - left.len()..]
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
