//! The line that is named behind a path: `:42`, `#L10-L20`, ` line 10`, `", line 3`, ` (L7)`.

/// What may stand between a path and its line because it closes what the path stands in.
const CLOSING: &[u8] = b"`*\"'_])>";

/// Words for a line, the longer ones first.
const WORDS: [&str; 20] = [
    "lines",
    "line",
    "líneas",
    "línea",
    "lineas",
    "linea",
    "linhas",
    "linha",
    "lignes",
    "ligne",
    "zeilen",
    "zeile",
    "righe",
    "riga",
    "строки",
    "строка",
    "ln",
    "l",
    "第",
    "行",
];

/// The line that `rest`, which stands behind a path, names.
pub(super) fn behind(rest: &[u8]) -> Option<u32> {
    attached(rest).or_else(|| told(rest))
}

/// The number that the value of a field for lines begins with: `42`, `L42`, `lines 40-45`, `~42`.
pub(super) fn stated(value: &[u8]) -> Option<u32> {
    let value = skip(value, b"`*~ ");
    number(value).or_else(|| number(skip(after_word(value)?, b" .:~")))
}

/// What follows at once: `:42`, `:L42`, `#L42`, `(12,5)`.
fn attached(rest: &[u8]) -> Option<u32> {
    match rest {
        [b'#', b'L' | b'l', digits @ ..] | [b':', b'L', digits @ ..] => number(digits),
        [b':', digits @ ..] => number(digits),
        [b'(', digits @ ..] => number(digits).filter(|_| is_closed(digits)),
        _ => None,
    }
}

/// Whether a number in brackets is all there is, or a line and a column.
fn is_closed(digits: &[u8]) -> bool {
    matches!(digits.iter().find(|byte| !byte.is_ascii_digit()), Some(b')' | b',' | b':'))
}

/// What a word tells.
fn told(rest: &[u8]) -> Option<u32> {
    let rest = skip(rest, CLOSING);
    let at_once = attached(rest).filter(|_| rest.first() == Some(&b':'));
    let word = skip(skip(rest, b", :@"), b"([");
    let is_apart = word.len() < rest.len();
    at_once.or_else(|| number(skip(after_word(word).filter(|_| is_apart)?, b" .:~`*#L")))
}

/// What follows a word for a line.
fn after_word(text: &[u8]) -> Option<&[u8]> {
    WORDS.iter().find_map(|word| {
        let (start, rest) = text.split_at_checked(word.len())?;
        let is_same = String::from_utf8_lossy(start).to_lowercase() == *word;
        let is_over = rest.first().is_some_and(|byte| !byte.is_ascii_alphabetic());
        (is_same && is_over).then_some(rest)
    })
}

/// The number that a text begins with; none that goes on as a word or is no line.
fn number(text: &[u8]) -> Option<u32> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let goes_on = text.get(length).is_some_and(|byte| byte.is_ascii_alphabetic() && *byte != b'C');
    let digits = (1..=7).contains(&length) && !goes_on;
    let value = std::str::from_utf8(&text[..length]).ok().filter(|_| digits)?.parse().ok()?;
    (value > 0).then_some(value)
}

fn skip<'a>(text: &'a [u8], signs: &[u8]) -> &'a [u8] {
    &text[text.iter().take_while(|byte| signs.contains(byte)).count()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_in_every_way_it_is_named() {
        let all = [
            (":42 says", 42),
            (":7:3", 7),
            (":152-188`", 152),
            ("#L10-L20", 10),
            ("#L965-#L968)", 965),
            ("#L877C1-L917C6", 877),
            (":L8", 8),
            ("(12,5): error", 12),
            ("\", line 3, in <module>", 3),
            ("` line 10", 10),
            (" (line 10)", 10),
            ("`, lines 47-50", 47),
            (" L178)", 178),
            ("` (L260)", 260),
            ("`:19", 19),
            (" Zeile 5", 5),
            (" 第10行", 10),
        ];
        for (rest, line) in all {
            assert_eq!(behind(rest.as_bytes()).unwrap_or(0), line, "{rest:?}");
        }
    }

    #[test]
    fn other_numbers_are_no_lines() {
        for rest in [
            "",
            " 3 times",
            ": 2 errors",
            " later 4",
            "::test_5",
            "(3 times)",
            ":0",
            ":12345678",
            " line",
            ":5th",
        ] {
            assert_eq!(behind(rest.as_bytes()), None, "{rest:?}");
        }
    }

    #[test]
    fn a_field_states_its_line_with_or_without_a_word() {
        let all = ["42", "`42`", "L42", "Lines 42-50", "~42"].map(|value| stated(value.as_bytes()));
        assert_eq!(all, [Some(42); 5]);
        assert_eq!([stated(b"many"), stated(b"")], [None; 2]);
    }
}
