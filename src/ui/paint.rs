//! From the theme's roles to what ratatui draws with.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::{Block, BorderType};

use crate::app::{App, Area};
use crate::config::{Colour, Theme};
use crate::methodology::LevelId;

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
