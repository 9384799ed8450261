//! Whether a terminal's background is dark or light, from what it answers or what the environment says.

/// How bright a background is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Dark, with light letters on it.
    Dark,
    /// Light, with dark letters on it.
    Light,
}

impl Shade {
    /// That of an answer to OSC 11, the query for the background: `11;rgb:ffff/fdfd/e3e3`.
    pub fn of_answer(answer: &str) -> Option<Shade> {
        let (_, parts) = answer.strip_prefix("11;")?.split_once(':')?;
        let mut parts = parts.split('/').map(part);
        let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
        let bright = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
        Some(if bright { Shade::Light } else { Shade::Dark })
    }

    /// That of `COLORFGBG`, as some terminals set it: colours of the letters and of the background, `15;0`.
    pub fn of_variable(value: &str) -> Option<Shade> {
        match value.rsplit(';').next()?.parse().ok()? {
            0_u8..=6 | 8 => Some(Shade::Dark),
            7 | 9..=15 => Some(Shade::Light),
            _ => None,
        }
    }
}

/// A part of a colour in one to four hexadecimal digits, from 0 to 1.
fn part(digits: &str) -> Option<f64> {
    let most =
        16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
    Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_answer_is_understood() {
        for (answer, shade) in [
            ("11;rgb:ffff/fdfd/e3e3", Some(Shade::Light)),
            ("11;rgb:0000/2b2b/3636", Some(Shade::Dark)),
            ("11;rgb:1e/1e/1e", Some(Shade::Dark)),
            ("11;rgba:f/f/f/f", Some(Shade::Light)),
            ("11;rgb:ffff/fdfd", None),
            ("11;rgb:///", None),
            ("11;rgb:-1/+2/zz", None),
            ("10;rgb:ffff/ffff/ffff", None),
            ("11;#ffffff", None),
        ] {
            assert_eq!(Shade::of_answer(answer), shade, "{answer}");
        }
    }

    #[test]
    fn the_variable_names_the_background_last() {
        for (value, shade) in [
            ("15;0", Some(Shade::Dark)),
            ("0;15", Some(Shade::Light)),
            ("0;default;7", Some(Shade::Light)),
            ("12;8", Some(Shade::Dark)),
            ("15;default", None),
            ("", None),
            ("0;99", None),
        ] {
            assert_eq!(Shade::of_variable(value), shade, "{value}");
        }
    }
}
