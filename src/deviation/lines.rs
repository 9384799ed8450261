//! What the lines of an entry are made of, as [`scalar`](super::scalar) writes it and in no other way.

use std::borrow::Cow;
use std::str::FromStr;

use super::chain;
use super::scalar::{Place, closing, literal, literal_text, quoted_text, scalar_text};
use crate::yaml;

/// How long a name may be, in bytes: YAML looks for the end of one no further than 1024 characters.
pub(super) const NAME: usize = 1000;

/// How long an id is.
const ID: usize = 16;

/// Lines that are read one after the other. Whatever is not as it is to be is told by `None`, and ends the reading.
pub(super) struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Lines<'a> {
        Lines { rest: text }
    }

    /// That nothing is left.
    #[inline]
    pub(super) fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    /// Goes on behind these words.
    #[inline]
    pub(super) fn skip(&mut self, words: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(words)?;
        Some(())
    }

    /// What stands behind these words, where they are there.
    #[inline]
    pub(super) fn member<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.skip(name) {
            Some(()) => read(self).map(Some),
            None => Some(None),
        }
    }

    /// The items of a list with this name, each behind these words; none where there is no such list.
    #[inline]
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        begin: &str,
        read: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        Some(self.member(name, |lines| lines.items(begin, read))?.unwrap_or_default())
    }

    /// One or more items, each behind these words.
    #[inline]
    pub(super) fn items<T>(&mut self, begin: &str, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        while self.skip(begin).is_some() {
            items.push(read(self)?);
        }
        (!items.is_empty()).then_some(items)
    }

    /// All that is left, in parts of whole lines of about so many bytes.
    pub(super) fn parts(&mut self, length: usize) -> Vec<Lines<'a>> {
        let mut parts = Vec::new();
        while !self.rest.is_empty() {
            let behind = self.rest.as_bytes().get(length..).unwrap_or_default();
            let end = memchr::memchr(b'\n', behind).map_or(self.rest.len(), |at| length + at + 1);
            parts.push(Lines::of(self.upto(end)));
        }
        parts
    }

    /// All up to the next line end, which is passed.
    #[inline]
    pub(super) fn line(&mut self) -> Option<&'a str> {
        let line = self.upto(memchr::memchr(b'\n', self.rest.as_bytes())?);
        self.skip("\n").map(|()| line)
    }

    /// A text that has the rest of a line to itself.
    pub(super) fn text<T: From<Cow<'a, str>>>(&mut self) -> Option<T> {
        scalar_text(self.line()?, Place::Block).map(T::from)
    }

    /// A text that has lines to itself, or the rest of one.
    pub(super) fn long_text(&mut self) -> Option<String> {
        if !self.rest.starts_with('|') {
            return self.text().filter(|text: &String| !text.is_empty() && literal(text).is_none());
        }
        let (all, mut lines) = (self.rest, self.rest.split_inclusive('\n'));
        let first = lines.next()?;
        let own = lines.take_while(|line| line.starts_with("  ") || *line == "\n");
        let block = self.upto(first.len() + own.map(str::len).sum::<usize>()).strip_suffix('\n')?;
        let text = literal_text(block)?;
        // Where brackets open in it, YAML may take all that follow for a tower.
        (!text.contains(['[', '{']) || !yaml::is_tower(all)).then_some(text)
    }

    /// A text among others on a line.
    pub(super) fn word<T: From<Cow<'a, str>>>(&mut self) -> Option<T> {
        scalar_text(self.written()?, Place::Flow).map(T::from)
    }

    /// The same, where it is what something is called by.
    pub(super) fn name(&mut self) -> Option<String> {
        let word = self.written()?;
        (word.len() <= NAME).then(|| scalar_text(word, Place::Flow))?.map(Cow::into_owned)
    }

    /// A text among others, or `null` where there is none.
    pub(super) fn word_if_any<T: From<Cow<'a, str>>>(&mut self) -> Option<Option<T>> {
        match self.written()? {
            "null" => Some(None),
            word => scalar_text(word, Place::Flow).map(|text| Some(T::from(text))),
        }
    }

    /// A text in quotes.
    pub(super) fn quoted(&mut self) -> Option<Cow<'a, str>> {
        quoted_text(self.written()?)
    }

    pub(super) fn id(&mut self) -> Option<String> {
        let word = self.written()?;
        let id = word.trim_matches('"');
        let is_id = id.len() == ID && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (is_id && chain::written(id) == word).then(|| id.to_owned())
    }

    /// A whole number.
    #[inline]
    pub(super) fn number<T: FromStr>(&mut self) -> Option<T> {
        let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
        let number = self.upto(self.rest.bytes().take_while(is_digit).count());
        let digits = number.strip_prefix('-').unwrap_or(number);
        if digits.starts_with('0') && number != "0" {
            return None;
        }
        number.parse().ok()
    }

    /// What is written of a text that others may follow on its line.
    #[inline]
    fn written(&mut self) -> Option<&'a str> {
        let bytes = self.rest.as_bytes();
        let end = match bytes.first()? {
            b'"' => closing(bytes)? + 1,
            _ => bytes.iter().position(|byte| matches!(byte, b',' | b':' | b'}' | b']' | b'\n'))?,
        };
        Some(self.upto(end))
    }

    #[inline]
    fn upto(&mut self, end: usize) -> &'a str {
        let (before, rest) = self.rest.split_at(end);
        self.rest = rest;
        before
    }
}
