//! Characters beyond U+FFFF in JSON: two escapes each (RFC 8259, section 7), which YAML does not know.

/// The text with such characters in the place of their escapes, where it may be JSON; no line changes its number.
pub fn joined(text: String) -> String {
    let is_json = text.trim_start().starts_with(['{', '[']);
    if !is_json || !text.contains(r"\u") {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (said, length) = match pair(rest) {
            Some(character) => (character.to_string(), 12),
            // Whatever stands behind a backslash belongs to it.
            None => {
                let length = rest.chars().take(2).map(char::len_utf8).sum();
                (rest[..length].to_owned(), length)
            }
        };
        out.push_str(&said);
        rest = &rest[length..];
    }
    out + rest
}

/// The character that a text begins with as two escapes.
fn pair(text: &str) -> Option<char> {
    let half = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(r"\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let halves = [half(0)?, half(6)?];
    char::decode_utf16(halves).next()?.ok().filter(|character| character.len_utf16() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_characters_and_all_else_stays() {
        let told = |text: &str| joined(text.to_owned());
        assert_eq!(told(r#"{"why": "a \ud83d\uDD01 b \u00e9 \n"}"#), "{\"why\": \"a 🔁 b \\u00e9 \\n\"}");
        for text in
            [r#"["\\ud83d\\udd01"]"#, r#"["\ud83d"]"#, r#"["\ud83d\u0041"]"#, r"[\", r"why: \ud83d\udd01"]
        {
            assert_eq!(told(text), text);
        }
    }
}
