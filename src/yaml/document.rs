//! One document of a YAML stream: its text, the line it begins on, and faults that point into it.
//!
//! Lines are always counted from the top of the file, never of the document.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::places::{Places, Step};
use super::{alias, did_you_mean, tower};
use crate::fault::{Fault, Kind, Result};

/// A document that has not been read yet.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    path: &'a Path,
    text: &'a str,
    line: usize,
}

impl<'a> Document<'a> {
    /// The whole of a file taken as one document.
    pub fn new(text: &'a str, path: &'a Path) -> Document<'a> {
        Document { path, text: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 }
    }

    /// The lines of a text as a document each, blank ones left out: YAML has room for JSON Lines so.
    pub fn lines(text: &'a str, path: &'a Path) -> Vec<Document<'a>> {
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
        let written = lines.filter(|(_, text)| !text.trim().is_empty());
        written.map(|(at, text)| Document { path, text, line: at + 1 }).collect()
    }

    /// The 1-based line of the file on which it begins (that of its `---`, if it has one).
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its text, with its `---`.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The file it stands in.
    pub fn path(&self) -> &'a Path {
        self.path
    }

    /// Reads it. A document without content is read as null, which an `Option` takes.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] with the line, when it is not YAML, holds aliases, or does not have the
    /// shape of a `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        if let Some(line) = tower::line(self.text) {
            return Err(self.fault_on(line, TOO_DEEP));
        }
        if let Some(line) = alias::line(self.text) {
            return Err(self
                .fault_on(line, "an alias (`*name`) is not read here")
                .hint("write what it stands for in its place"));
        }
        T::deserialize(serde_yaml::Deserializer::from_str(self.text)).map_err(|error| self.fault_from(&error))
    }

    /// The 1-based line of the file on which this place stands, if the document has such a place.
    pub fn line_of(&self, steps: &[Step<'_>]) -> Option<usize> {
        self.place_of(steps).map(|(line, _)| line)
    }

    /// The 1-based line and column of the file at which this place stands, if the document has such a place.
    pub fn place_of(&self, steps: &[Step<'_>]) -> Option<(usize, usize)> {
        Places::of(self, steps.len()).exact(steps)
    }

    /// A fault at this place, or at the nearest place above it that the document has.
    pub fn fault(&self, steps: &[Step<'_>], what: impl Into<String>) -> Fault {
        let fault = Fault::new(Kind::Unreadable, what).at(self.path);
        match Places::of(self, steps.len()).line(steps) {
            Some(line) => fault.line(line),
            None => fault,
        }
    }

    fn fault_from(&self, error: &serde_yaml::Error) -> Fault {
        let said = plain(&error.to_string());
        let line = error.location().map_or(1, |location| location.line());
        let fault = match self.line_of_second(&said, line) {
            Some(line) => self.fault_on(1, &in_words(&said)).line(line),
            None => self.fault_on(line, &in_words(&said)),
        };
        match said.split_once("unknown field `").or_else(|| said.split_once("unknown variant `")) {
            Some((_, rest)) => {
                did_you_mean(fault, rest.split('`').next().unwrap_or(""), rest.split('`').skip(2))
            }
            None => fault,
        }
    }

    /// The line of the file on which a key stands once more that an error calls a duplicate, which names the line of the map.
    fn line_of_second(&self, said: &str, map: usize) -> Option<usize> {
        let (_, said) = said.split_once("duplicate ")?;
        let key = said.split(['`', '"']).nth(1)?;
        let twice = Places::of(self, DEEPEST).twice();
        let lines = twice.into_iter().filter(|(known, line)| known == key && *line >= self.line + map - 1);
        lines.map(|(_, line)| line).min()
    }

    fn fault_on(&self, line: usize, what: &str) -> Fault {
        Fault::new(Kind::Unreadable, what).at(self.path).line(self.line + line.max(1) - 1)
    }
}

/// How many steps down a key is looked for that stands there twice.
const DEEPEST: usize = 16;

const TOO_DEEP: &str = "nested more than 128 deep";

/// How many characters of what a file says an error quotes at most: enough to know it again, too few for the file's secrets.
const QUOTED: usize = 32;

/// What the reader says of Rust's types and variants, as a person would.
pub(super) fn in_words(said: &str) -> String {
    let said = &with_short_quotes(said);
    let numbers = ["usize", "u8", "u16", "u32", "u64"];
    let number = numbers.iter().find_map(|number| said.strip_suffix(&format!("expected {number}")));
    if let Some(said) = number {
        return format!("{said}expected a whole number");
    }
    if let Some((before, _)) = said.split_once("expected struct ") {
        return format!("{before}expected a mapping (lines of `name: value`)");
    }
    match said
        .split_once("unknown variant `")
        .and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
    {
        Some((before, (word, rest))) => {
            format!("{before}`{word}` is none of the words that may stand here{rest}")
        }
        None => said.to_owned(),
    }
}

/// Words with what they quote, texts and names, cut to [`QUOTED`].
fn with_short_quotes(said: &str) -> String {
    let (mut short, mut rest) = (String::new(), said);
    while let Some(at) = rest.find(['"', '`']) {
        let (before, quoted) = rest.split_at(at);
        let (quote, inside) = quoted.split_at(1);
        let end = closing(inside, quote).unwrap_or(inside.len());
        let text = &inside[..end];
        let cut = text.char_indices().nth(QUOTED).map(|(cut, _)| &text[..cut]);
        short.extend([before, quote, cut.unwrap_or(text), if cut.is_some() { "…" } else { "" }]);
        rest = &inside[end..];
        if let Some(after) = rest.strip_prefix(quote) {
            short.push_str(quote);
            rest = after;
        }
    }
    short + rest
}

/// Where a quote ends. The reader sets a backslash before a quote in a text.
fn closing(inside: &str, quote: &str) -> Option<usize> {
    let mut is_set_back = false;
    inside.bytes().position(|byte| {
        let ends = byte == quote.as_bytes()[0] && !is_set_back;
        is_set_back = byte == b'\\' && !is_set_back;
        ends
    })
}

/// The words of an error without its place, which the fault names itself.
fn plain(said: &str) -> String {
    let words = match said.rfind(" at line ") {
        Some(at) => &said[..at],
        None => said,
    };
    if words.ends_with("recursion limit exceeded") {
        return String::from(TOO_DEEP);
    }
    without_place(words)
}

/// The same without the place that broken YAML is told with twice, which counts from the top of the document.
fn without_place(words: &str) -> String {
    let place = words.split_once(" at line ").and_then(|(before, rest)| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(" column ")?;
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.starts_with(", while ").then(|| format!("{before}{rest}"))
    });
    place.unwrap_or_else(|| words.to_owned())
}

/// The documents of a stream, in order.
#[derive(Clone, Debug)]
pub struct Documents<'a> {
    path: &'a Path,
    rest: &'a str,
    line: usize,
}

impl<'a> Documents<'a> {
    pub(super) fn new(text: &'a str, path: &'a Path) -> Documents<'a> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let preamble: usize = text.split_inclusive('\n').take_while(|line| is_idle(line)).map(str::len).sum();
        let line = 1 + newlines(&text[..preamble]);
        Documents { path, rest: &text[preamble..], line }
    }
}

impl<'a> Iterator for Documents<'a> {
    type Item = Document<'a>;

    fn next(&mut self) -> Option<Document<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let marks = memchr::memmem::find_iter(self.rest.as_bytes(), "\n---").map(|at| at + 1);
        let next = marks.into_iter().find(|at| is_start(&self.rest[*at..]));
        let (text, rest) = self.rest.split_at(next.unwrap_or(self.rest.len()));
        let document = Document { path: self.path, text, line: self.line };
        self.line += newlines(text);
        self.rest = rest;
        Some(document)
    }
}

/// `---` at the start of a line begins a document wherever it stands, even in a block of text.
fn is_start(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

fn is_idle(line: &str) -> bool {
    let trimmed = line.trim();
    trimmed.is_empty() || trimmed.starts_with('#') || line.starts_with('%')
}

fn newlines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_of_a_log_is_read_by_itself_and_knows_its_line() {
        let text = "# log\n%YAML 1.2\n---\na: 1\n--- # two\nb: |\n  ---\n  x\n---\n";
        let all: Vec<_> = super::super::documents(text, Path::new("l.yaml")).collect();
        let lines: Vec<_> = all.iter().map(Document::line).collect();
        assert_eq!(lines, [3, 5, 9]);
        let second: std::collections::BTreeMap<String, String> = all[1].read().expect("a block of text");
        assert_eq!(second["b"], "---\nx\n");
        assert_eq!(all[2].read::<Option<u8>>().expect("an entry cut short"), None);
    }

    #[test]
    fn a_broken_entry_is_named_by_its_line_of_the_file() {
        let text = "---\na: 1\n---\nb: 2\nc: x\n";
        let second = super::super::documents(text, Path::new("l.yaml")).nth(1).expect("two documents");
        let fault = second.read::<std::collections::BTreeMap<String, u8>>().expect_err("x is no number");
        assert!(fault.to_string().starts_with("l.yaml:5: c: invalid type: string \"x\""), "{fault}");
    }

    /// A file that is none of settings, as one with passwords, would be told in a place that others see.
    #[test]
    fn of_what_a_file_says_no_more_is_quoted_than_is_needed_to_know_it_again() {
        let long = "x".repeat(40);
        let short = format!("{}…", "x".repeat(QUOTED));
        let said = |said: &str| in_words(said);
        let text = |inside: &str| format!("invalid type: string \"{inside}\", expected a whole number");
        assert_eq!(said(&text(&long)), text(&short));
        assert_eq!(said(&text("a \\\" b")), text("a \\\" b"));
        assert_eq!(said(&text(&format!("\\\"{long}"))), text(&format!("\\\"{}…", "x".repeat(QUOTED - 2))));
        let unknown = |name: &str| format!("unknown field `{name}`, expected `a` or `b`");
        assert_eq!((said(&unknown(&long)), said(&unknown("c"))), (unknown(&short), unknown("c")));
        assert_eq!(said(&format!("a `{long}")), format!("a `{short}"));
    }

    #[test]
    fn a_fault_without_its_exact_place_points_at_the_nearest_one() {
        let document = Document::new("levels:\n  P0:\n    name: A\n", Path::new("m.yaml"));
        let steps = [Step::Key("levels"), Step::Key("P0"), Step::Key("sla")];
        assert_eq!(document.fault(&steps, "no sla").to_string(), "m.yaml:2: no sla");
        assert_eq!(document.line_of(&steps), None);
    }
}
