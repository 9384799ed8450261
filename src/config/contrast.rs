//! How well the roles of the embedded themes can be read: the contrast of their colours after WCAG 2.
//!
//! What a theme leaves to the terminal is taken to be what such terminals have: `dark` is held against black and a
//! dark grey, `light` against white and a light grey, and named colours against those of xterm. Frames and the
//! empty rest of a gauge are no text; they need to be seen, and no more.

use super::{Colour, Style, Theme};

/// What text needs, and what a line or a sign does.
const TEXT: f64 = 4.5;
const SIGN: f64 = 1.9;

const SIGNS: [&str; 2] = ["border", "progress.rest"];

type Rgb = (u8, u8, u8);

/// Letters and background of terminals for which a theme is made.
const DARK: [(Rgb, Rgb); 2] = [((229, 229, 229), (0, 0, 0)), ((212, 212, 212), (30, 30, 30))];
const LIGHT: [(Rgb, Rgb); 2] = [((0, 0, 0), (255, 255, 255)), ((40, 40, 40), (250, 250, 245))];

const XTERM: [(Colour, Rgb); 16] = [
    (Colour::Black, (0, 0, 0)),
    (Colour::Red, (205, 0, 0)),
    (Colour::Green, (0, 205, 0)),
    (Colour::Yellow, (205, 205, 0)),
    (Colour::Blue, (0, 0, 238)),
    (Colour::Magenta, (205, 0, 205)),
    (Colour::Cyan, (0, 205, 205)),
    (Colour::White, (229, 229, 229)),
    (Colour::BrightBlack, (127, 127, 127)),
    (Colour::BrightRed, (255, 0, 0)),
    (Colour::BrightGreen, (0, 255, 0)),
    (Colour::BrightYellow, (255, 255, 0)),
    (Colour::BrightBlue, (92, 92, 255)),
    (Colour::BrightMagenta, (255, 0, 255)),
    (Colour::BrightCyan, (0, 255, 255)),
    (Colour::BrightWhite, (255, 255, 255)),
];

/// What it looks like; `None` where the terminal's own colour is meant.
fn rgb(colour: Colour) -> Option<Rgb> {
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    match colour {
        Colour::Default => None,
        Colour::Rgb(red, green, blue) => Some((red, green, blue)),
        Colour::Indexed(index @ 0..16) => Some(XTERM[usize::from(index)].1),
        Colour::Indexed(index @ 16..232) => {
            let at = index - 16;
            Some((step(at / 36), step(at / 6 % 6), step(at % 6)))
        }
        Colour::Indexed(index) => {
            Some((8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)))
        }
        named => XTERM.iter().find(|(colour, _)| *colour == named).map(|(_, rgb)| *rgb),
    }
}

fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The contrast of a role that lies on another in a terminal.
fn contrast(style: Style, beneath: Style, (letters, background): (Rgb, Rgb)) -> f64 {
    let colour =
        |of: fn(Style) -> Option<Colour>, default| of(style).or(of(beneath)).and_then(rgb).unwrap_or(default);
    ratio(colour(|style| style.fg, letters), colour(|style| style.bg, background))
}

#[test]
fn black_on_white_is_the_most_there_is() {
    assert!((ratio((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
    assert!((ratio((119, 119, 119), (255, 255, 255)) - 4.48).abs() < 0.01);
}

/// Somebody would not be able to read part of the desk.
#[test]
fn every_role_of_every_theme_can_be_read() {
    let mut found = Vec::new();
    for name in Theme::NAMES {
        let Some(theme) = Theme::named(name) else { continue };
        let terminals = if name == "light" { LIGHT } else { DARK };
        for role in theme.roles() {
            let least = if SIGNS.contains(&role) { SIGN } else { TEXT };
            let beneath = theme.style("text");
            let worst = terminals.map(|terminal| contrast(theme.style(role), beneath, terminal));
            let worst = worst.into_iter().fold(f64::INFINITY, f64::min);
            if worst < least {
                found.push(format!("{name}: {role} {worst:.2}"));
            }
        }
    }
    assert_eq!(found, [] as [String; 0]);
}

/// Text lies on the row under the cursor, in popups and in what is typed.
#[test]
fn what_has_a_background_of_its_own_can_carry_text() {
    for name in ["dark", "light", "colour-blind"] {
        let theme = Theme::named(name).expect("a theme");
        let terminals = if name == "light" { LIGHT } else { DARK };
        for under in ["list.cursor", "popup", "popup.cursor", "popup.input"] {
            let worst = |role: &str| {
                let style = Style { bg: None, ..theme.style(role) };
                terminals
                    .map(|terminal| contrast(style, theme.style(under), terminal))
                    .into_iter()
                    .fold(21.0, f64::min)
            };
            for role in ["text", "emphasis", "severity.p0", "severity.p1", "severity.p2", "severity.p3"] {
                let has_own = theme.style(role).bg.is_some();
                assert!(has_own || worst(role) >= 3.0, "{name}: {role} on {under} {:.2}", worst(role));
            }
        }
    }
}
