//! Standard output, and the words for standard error. A reader that has had enough, such as `head`, is no error.
//!
//! This is the one door from a command to a terminal: whatever goes through it is made visible here, so that
//! nobody who writes a line has to remember what it quotes. A line stays one line.

use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, Write};

use serde::Serialize;

use crate::fault::{Fault, Kind, Result};
use crate::text::display;
use crate::text::hidden::Reader;

/// Where a command writes what it has to say.
pub(super) struct Out<'a> {
    to: BufWriter<&'a mut dyn Write>,
    is_terminal: bool,
    failed: Option<io::Error>,
}

impl<'a> Out<'a> {
    pub(super) fn new(to: &'a mut dyn Write, is_terminal: bool) -> Out<'a> {
        Out { to: BufWriter::new(to), is_terminal, failed: None }
    }

    /// A line of our own words, and of whatever they quote.
    pub(super) fn line(&mut self, text: impl Display) {
        let text = text.to_string();
        self.write(|to| writeln!(to, "{}", display::visible_str(&text)));
    }

    /// A value as one line of JSON. Characters that a terminal would obey or hide are escaped, which is the
    /// same JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) {
        let text = serde_json::to_string(value).map_err(io::Error::from);
        self.write(|to| writeln!(to, "{}", escaped(&text?)));
    }

    /// Lines of foreign bytes, made visible.
    pub(super) fn foreign(&mut self, bytes: &[u8]) {
        for line in bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.line(display::visible(line));
        }
    }

    /// A difference: to a terminal made visible, to anything else byte for byte, so that it can be applied.
    pub(super) fn patch(&mut self, bytes: &[u8]) {
        match self.is_terminal {
            true => self.foreign(bytes),
            false => self.write(|to| to.write_all(bytes)),
        }
    }

    /// What somebody writes part by part: to a terminal made visible, to anything else byte for byte.
    pub(super) fn stream(&mut self, content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) {
        if !self.is_terminal {
            return self.write(|to| content(to));
        }
        let mut text = Vec::new();
        match content(&mut text) {
            Ok(()) => self.foreign(&text),
            failed => self.failed = failed.err(),
        }
    }

    /// Whether nobody reads any more.
    pub(super) fn is_closed(&self) -> bool {
        self.failed.is_some()
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When something could not be written, but for a reader that has gone.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.write(Write::flush);
        match self.failed.take() {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Fault::new(Kind::Unwritable, "the output could not be written").because(error))
            }
            _ => Ok(()),
        }
    }

    fn write(&mut self, write: impl FnOnce(&mut BufWriter<&'a mut dyn Write>) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut self.to).err();
        }
    }
}

/// Says on standard error what went wrong and what to do next. Nothing can be done where even that fails.
pub(super) fn tell(fault: &Fault, stderr: &mut dyn Write) {
    say(&format!("regrade: {fault}"), stderr);
    fault.hints().iter().for_each(|hint| say(&format!("  hint: {hint}"), stderr));
}

/// A line for standard error, visible.
pub(super) fn say(line: &str, stderr: &mut dyn Write) {
    let _ = writeln!(stderr, "{}", display::visible_str(line));
}

fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut reader = Reader::default();
    for c in json.chars() {
        match reader.next(c) {
            None => out.push(c),
            Some(_) => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")))
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_the_same_without_a_character_that_a_terminal_obeys() {
        let hostile = "a\u{9b}31m\u{202e}\u{7f}\x1b é 日本 \u{e0001}";
        let mut bytes = Vec::new();
        let mut out = Out::new(&mut bytes, true);
        out.json(&hostile);
        out.finish().unwrap();
        drop(out);
        let text = String::from_utf8(bytes).unwrap();
        let mut reader = Reader::default();
        assert!(text.trim_end().chars().all(|c| reader.next(c).is_none()), "{text:?}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
    }
}
