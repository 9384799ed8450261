//! What is really drawn can be read, in every theme: the cells of whole frames, after all that lies over another.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use regrade::config::Theme;
use regrade::tui::Step;

use super::views::{names, walk};
use super::{REPORT, SIZES};
use crate::desk::Table;

/// The least contrast, after WCAG 2, of letters, and of lines and of what stands for a number.
const TEXT: f64 = 3.0;
const SIGN: f64 = 1.4;

type Rgb = [f64; 3];

/// Letters and background of a terminal for which a theme is made.
fn terminal(theme: &str) -> (Rgb, Rgb) {
    let (dark, light) = ([0.0; 3], [255.0; 3]);
    if theme == "light" { (dark, light) } else { ([229.0; 3], dark) }
}

/// What a colour looks like in xterm; `None` where the terminal's own is meant.
fn rgb(colour: Color) -> Option<Rgb> {
    let (half, full) = (205.0, 255.0);
    Some(match colour {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => [red, green, blue].map(f64::from),
        Color::Indexed(at @ 232..) => [f64::from(at - 232) * 10.0 + 8.0; 3],
        Color::Indexed(at @ 16..) => [(at - 16) / 36, (at - 16) / 6 % 6, (at - 16) % 6]
            .map(|level| if level == 0 { 0.0 } else { 55.0 + 40.0 * f64::from(level) }),
        Color::Black => [0.0; 3],
        Color::Red => [half, 0.0, 0.0],
        Color::Green => [0.0, half, 0.0],
        Color::Yellow => [half, half, 0.0],
        Color::Blue => [0.0, 0.0, 238.0],
        Color::Magenta => [half, 0.0, half],
        Color::Cyan => [0.0, half, half],
        Color::Gray => [229.0; 3],
        Color::DarkGray => [127.0; 3],
        Color::LightRed => [full, 0.0, 0.0],
        Color::LightGreen => [0.0, full, 0.0],
        Color::LightYellow => [full, full, 0.0],
        Color::LightBlue => [92.0, 92.0, full],
        Color::LightMagenta => [full, 0.0, full],
        Color::LightCyan => [0.0, full, full],
        _ => [full; 3],
    })
}

fn luminance(colour: Rgb) -> f64 {
    let linear = |part: f64| match part / 255.0 {
        part if part <= 0.04045 => part / 12.92,
        part => ((part + 0.055) / 1.055).powf(2.4),
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How much of a cell a sign covers that stands for a number.
fn covered(symbol: &str) -> Option<f64> {
    match symbol {
        "░" => Some(0.25),
        "▒" => Some(0.5),
        "▓" => Some(0.75),
        _ => symbol.chars().all(|c| ('▀'..='▐').contains(&c)).then_some(1.0),
    }
}

/// The letters and the background of a cell.
fn colours(cell: &Cell, (letters, background): (Rgb, Rgb)) -> (Rgb, Rgb) {
    let (fg, bg) = (rgb(cell.fg).unwrap_or(letters), rgb(cell.bg).unwrap_or(background));
    if cell.modifier.contains(Modifier::REVERSED) { (bg, fg) } else { (fg, bg) }
}

/// The contrast of what a cell shows and what it needs: of what stands for a number against what is around it.
fn readable(cell: &Cell, around: Rgb, terminal: (Rgb, Rgb)) -> (f64, f64) {
    let (fg, bg) = colours(cell, terminal);
    let is_line = cell.symbol().chars().all(|c| ('─'..='╿').contains(&c));
    match covered(cell.symbol()) {
        Some(part) => {
            let mixed = [0, 1, 2].map(|at| part * fg[at] + (1.0 - part) * bg[at]);
            (contrast(mixed, around), SIGN)
        }
        None => (contrast(fg, bg), if is_line { SIGN } else { TEXT }),
    }
}

/// What cannot be read on a frame.
fn unreadable(frame: &Buffer, theme: &str) -> Vec<String> {
    let terminal = terminal(theme);
    let width = usize::from(frame.area.width);
    let around = |at: usize| colours(&frame.content[at - at % width], terminal).1;
    let shown = frame.content.iter().enumerate().filter(|(_, cell)| !cell.symbol().trim().is_empty());
    let judged = shown.map(|(at, cell)| (at, cell, readable(cell, around(at), terminal)));
    let bad = judged.filter(|(_, _, (contrast, least))| contrast < least);
    bad.map(|(at, cell, (contrast, _))| {
        let (x, y) = frame.pos_of(at);
        format!("{} at {x},{y}: {contrast:.2}, {:?} on {:?}", cell.symbol(), cell.fg, cell.bg)
    })
    .collect()
}

/// Somebody would not see how grave the report is, or what the cursor is on.
#[test]
fn whatever_is_drawn_can_be_read_in_every_theme() {
    let mut found = Vec::new();
    for theme in Theme::NAMES {
        for (width, height) in SIZES {
            let table = Table::new(REPORT).sized(width, height).configured(&format!("theme: {theme}\n"));
            let walked = walk(&table, &[Step::Screenshot]);
            for (name, frame) in names().zip(walked.frames()) {
                let bad = unreadable(frame, theme);
                found.extend(bad.first().map(|bad| format!("{theme} {width}x{height} {name}: {bad}")));
            }
        }
    }
    assert_eq!(found, [] as [String; 0]);
}

/// Text would stand in blotches on a page.
#[test]
fn what_is_read_on_a_page_has_the_background_of_the_page() {
    let desk = Color::Rgb(0x10, 0x14, 0x18);
    let report = REPORT.replacen("## P0", "- Critical: 12\n- High: 9\n\n## P0", 1);
    for keys in ["C", "M", "?", "L"] {
        let table = Table::new(&report).sized(60, 4).configured("theme: colour-blind\n");
        let page = table.buffer([super::keys(&format!("<Enter>{keys}"))]);
        assert_eq!(page.content.iter().position(|cell| cell.bg == desk), None, "{keys}");
    }
}
