//! Styles as themes write them: `bright-red bold`, `black on 214`, `"#ff8800" underline`.

/// How something looks; what is not said stays as the terminal has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The colour of the letters.
    pub fg: Option<Colour>,
    /// The colour behind them.
    pub bg: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Letters and background swapped.
    pub reverse: bool,
}

impl Style {
    /// Reads a style: a colour, `on` and a colour behind it, and any of `bold`, `dim`, `italic`,
    /// `underline` and `reverse`, in any order.
    ///
    /// # Errors
    /// The first word that is none of these.
    pub fn parse(text: &str) -> Result<Style, &str> {
        let mut style = Style::default();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "bold" => style.bold = true,
                "dim" => style.dim = true,
                "italic" => style.italic = true,
                "underline" => style.underline = true,
                "reverse" => style.reverse = true,
                "on" => {
                    let behind = words.next().ok_or(word)?;
                    style.bg = Some(Colour::parse(behind).ok_or(behind)?);
                }
                colour => style.fg = Some(Colour::parse(colour).ok_or(word)?),
            }
        }
        Ok(style)
    }
}

macro_rules! colours {
    ($($colour:ident $name:literal)*) => {
        /// A colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Colour {
            $(#[doc = concat!("`", $name, "`: the terminal decides what it looks like.")] $colour,)*
            /// One of the 256 colours of the terminal's palette.
            Indexed(u8),
            /// Red, green and blue.
            Rgb(u8, u8, u8),
        }

        const NAMED: &[(&str, Colour)] = &[$(($name, Colour::$colour)),*];
    };
}

colours! {
    Default "default"
    Black "black"
    Red "red"
    Green "green"
    Yellow "yellow"
    Blue "blue"
    Magenta "magenta"
    Cyan "cyan"
    White "white"
    BrightBlack "bright-black"
    BrightRed "bright-red"
    BrightGreen "bright-green"
    BrightYellow "bright-yellow"
    BrightBlue "bright-blue"
    BrightMagenta "bright-magenta"
    BrightCyan "bright-cyan"
    BrightWhite "bright-white"
}

impl Colour {
    /// Reads a name, a number from 0 to 255, or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Colour> {
        if let Some(digits) = text.strip_prefix('#') {
            return rgb(digits);
        }
        let named = NAMED.iter().find(|(name, _)| *name == text).map(|(_, colour)| *colour);
        named.or_else(|| text.parse().ok().map(Colour::Indexed))
    }
}

fn rgb(digits: &str) -> Option<Colour> {
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some(Colour::Rgb(part(0)?, part(2)?, part(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_read_as_it_is_said() {
        let style = Style::parse("bright-red on #102030 bold underline").expect("a style");
        assert_eq!((style.fg, style.bg), (Some(Colour::BrightRed), Some(Colour::Rgb(16, 32, 48))));
        assert_eq!(
            [style.bold, style.underline, style.dim, style.italic, style.reverse],
            [true, true, false, false, false]
        );
        assert_eq!(
            Style::parse("on 236").map(|style| (style.fg, style.bg)),
            Ok((None, Some(Colour::Indexed(236))))
        );
        assert_eq!(Style::parse(""), Ok(Style::default()));
    }

    #[test]
    fn a_word_that_is_no_style_is_named() {
        for (text, word) in [
            ("redd bold", "redd"),
            ("256", "256"),
            ("#12345", "#12345"),
            ("#äöü", "#äöü"),
            ("red on", "on"),
            ("on bold red", "bold"),
            ("on on red", "on"),
        ] {
            assert_eq!(Style::parse(text), Err(word));
        }
    }
}
