//! The words of a filter: where each stands, what it names and which values it gives.
//!
//! Takes any text. Nothing here knows what a name means; whoever reads words says which names there are.

use std::ops::Range;

/// A word of a filter: `-section:"P0 Bugs",late`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// All of it.
    pub(super) span: Range<usize>,
    /// Whether a `-` stands before it.
    pub(super) negated: bool,
    /// What stands before its colon; `None` for a plain word.
    pub(super) name: Option<&'a str>,
    /// Its values, those with nothing in them left out.
    pub(super) values: Vec<Value<'a>>,
    /// Whether its last quotation is not closed.
    pub(super) is_open: bool,
}

/// A value: quoted or plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value<'a> {
    /// Without its quotes.
    pub(super) text: &'a str,
    /// With them.
    pub(super) span: Range<usize>,
    /// Whether it has quotes.
    pub(super) quoted: bool,
}

/// The words of a text; a name is one where `is_name` says so, else its word is a plain one.
pub(super) fn words<'a>(text: &'a str, is_name: impl Fn(&str) -> bool) -> Vec<Word<'a>> {
    let mut reader = Reader { text, at: 0 };
    let mut words = Vec::new();
    while reader.skip_blanks() {
        words.push(reader.word(&is_name));
    }
    words
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Goes to the next word; `false` where there is none.
    fn skip_blanks(&mut self) -> bool {
        self.at += self.rest().len() - self.rest().trim_start().len();
        !self.rest().is_empty()
    }

    fn word(&mut self, is_name: impl Fn(&str) -> bool) -> Word<'a> {
        let start = self.at;
        let negated = self.take('-');
        let name = self.name(is_name);
        let mut values = Vec::new();
        loop {
            let (value, is_open) = self.value(name.is_some());
            values.extend(Some(value).filter(|value| !value.text.is_empty()));
            if name.is_none() || !self.take(',') {
                return Word { span: start..self.at, negated, name, values, is_open };
            }
        }
    }

    /// What stands before a colon, where that is a name.
    fn name(&mut self, is_name: impl Fn(&str) -> bool) -> Option<&'a str> {
        let (name, _) = plain(self.rest(), false).split_once(':')?;
        if name.is_empty() || name.contains('"') || !is_name(name) {
            return None;
        }
        self.at += name.len() + 1;
        Some(name)
    }

    /// A value, and whether it is a quotation that is not closed.
    fn value(&mut self, in_list: bool) -> (Value<'a>, bool) {
        let start = self.at;
        if !self.take('"') {
            let text = plain(self.rest(), in_list);
            self.at += text.len();
            return (Value { text, span: start..self.at, quoted: false }, false);
        }
        let text = self.rest().split('"').next().unwrap_or_default();
        self.at += text.len();
        let closed = self.take('"');
        (Value { text, span: start..self.at, quoted: true }, !closed)
    }

    fn take(&mut self, sign: char) -> bool {
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len_utf8() } else { 0 };
        is_there
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }
}

/// What stands before the colon of a plain word that reads like a term, such as `stauts` of `stauts:open`; `std::io` and
/// `http://x` do not.
pub(super) fn unnamed<'a>(value: &Value<'a>) -> Option<&'a str> {
    let (name, rest) = value.text.split_once(':').filter(|_| !value.quoted)?;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let has_value = !rest.is_empty() && !rest.starts_with([':', '/']);
    (!name.is_empty() && is_name && has_value).then_some(name)
}

/// What a text begins with up to a blank, or in a list to a comma.
fn plain(text: &str, in_list: bool) -> &str {
    text.split(|c: char| c.is_whitespace() || in_list && c == ',').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let one = |word: Word<'_>| {
            let values: Vec<_> = word
                .values
                .iter()
                .map(|value| if value.quoted { format!("«{}»", value.text) } else { value.text.to_owned() })
                .collect();
            let (sign, open) = (if word.negated { "not " } else { "" }, if word.is_open { " …" } else { "" });
            format!("{sign}{}={}{open}", word.name.unwrap_or("_"), values.join("|"))
        };
        words(text, |name| name != "std").into_iter().map(one).collect()
    }

    #[test]
    fn words_are_plain_or_quoted_or_name_values() {
        assert_eq!(said("crash  -login"), ["_=crash", "not _=login"]);
        assert_eq!(said("sev:P0,P1 -is:seen"), ["sev=P0|P1", "not is=seen"]);
        assert_eq!(
            said(r#"section:"P0 Bugs",late "two words" -"x y""#),
            ["section=«P0 Bugs»|late", "_=«two words»", "not _=«x y»"]
        );
        assert_eq!(said("std::io a:b:c"), ["_=std::io", "a=b:c"]);
    }

    #[test]
    fn a_plain_word_may_read_like_a_term() {
        let name = |text: &'static str| {
            let words = words(text, |_| false);
            words[0].values.first().and_then(unnamed)
        };
        assert_eq!(name("stauts:open"), Some("stauts"));
        assert_eq!(name("-root-caus:x"), Some("root-caus"));
        for text in ["std::io", "http://x", "stauts:", ":x", "a.rs:12", "\"stauts:open\"", "crash"] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_half_typed_is_read_as_far_as_it_goes() {
        assert_eq!(said("sev: - sev:P0,"), ["sev=", "not _=", "sev=P0"]);
        assert_eq!(said(r#"section:"P0 B"#), ["section=«P0 B» …"]);
        assert_eq!(said(r#"""#), ["_= …"]);
        assert_eq!(said(":x 5\"disk"), ["_=:x", "_=5\"disk"]);
    }
}
