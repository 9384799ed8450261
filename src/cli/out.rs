//! Standard output, and the words for standard error. A reader that has had enough, such as `head`, is no error.
//!
//! This is the one door from a command to a terminal: whatever goes through it is made visible here, so that
//! nobody who writes a line has to remember what it quotes. A line stays one line.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::mem;
use std::path::Path;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use crate::export::escaped;
use crate::fault::{Fault, Kind, Result};
use crate::git::quoted;
use crate::text::{Diff, display};

/// For how many bugs or the like lines are made at a time, on each core.
const TOGETHER: usize = 1024;

/// What stands in advice for the report, behind the command that takes it.
const REPORT: &str = " REPORT";

/// For how many bytes of a line there is room before it is made.
const LINE: usize = 512;

/// Where a command writes what it has to say.
pub(super) struct Out<'a> {
    to: BufWriter<&'a mut dyn Write>,
    is_terminal: bool,
    is_json: bool,
    /// The report that a command is about, as a shell takes it.
    about: Option<String>,
    failed: Option<io::Error>,
    kept: Vec<String>,
}

impl<'a> Out<'a> {
    pub(super) fn new(to: &'a mut dyn Write, is_terminal: bool) -> Out<'a> {
        Out {
            to: BufWriter::new(to),
            is_terminal,
            is_json: false,
            about: None,
            failed: None,
            kept: Vec::new(),
        }
    }

    /// Says which report the command is about, so that advice names it.
    pub(super) fn set_about(&mut self, report: Option<&Path>) {
        self.about = report.map(|path| quoted(&path.to_string_lossy()));
    }

    /// What stands in advice for the report, by its name: `regrade list bugs.md` for `regrade list REPORT`.
    fn naming<'t>(&self, advice: &'t str) -> Cow<'t, str> {
        let Some(name) = &self.about else { return Cow::Borrowed(advice) };
        let mut named = String::new();
        let mut rest = advice;
        while let Some((before, behind)) = rest.split_once(REPORT) {
            let is_command =
                |word: &str| word.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-');
            let stands = before.rsplit_once("regrade ").is_some_and(|(_, word)| is_command(word));
            named = named + before + " " + if stands { name } else { REPORT.trim_start() };
            rest = behind;
        }
        Cow::Owned(named + rest)
    }

    /// Says on standard error what went wrong and what to do next. Nothing can be done where even that fails.
    pub(super) fn tell(&self, fault: &Fault, stderr: &mut dyn Write) {
        say(&format!("regrade: {fault}"), stderr);
        fault.hints().iter().for_each(|hint| say(&format!("  hint: {}", self.naming(hint)), stderr));
        fault.further().iter().for_each(|further| self.tell(further, stderr));
    }

    /// Whether what is asked for is JSON, for programs.
    pub(super) fn is_json(&self) -> bool {
        self.is_json
    }

    /// Says whether it is.
    pub(super) fn set_json(&mut self, is_json: bool) {
        self.is_json = is_json;
    }

    /// A line of our own words, and of whatever they quote.
    pub(super) fn line(&mut self, text: impl Display) {
        let text = text.to_string();
        self.write(|to| writeln!(to, "{}", display::visible_str(&text)));
    }

    /// What a person should know beside what was asked for: a line, or where JSON is asked for, kept until an object has it.
    pub(super) fn note(&mut self, note: &str) {
        let note = self.naming(note).into_owned();
        match self.is_json {
            true => self.kept.push(note),
            false => self.line(format_args!("! {note}")),
        }
    }

    /// What was kept, to be told.
    pub(super) fn kept(&mut self) -> Vec<String> {
        mem::take(&mut self.kept)
    }

    /// A value as one line of JSON. Characters that a terminal would obey or hide are escaped, which is the
    /// same JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) {
        let mut line = Vec::new();
        let made = put_json(value, &mut line);
        self.write(|to| made.and_then(|()| to.write_all(&line)));
    }

    /// A line of JSON for each of many, in their order, made on all cores. No more of them are in memory at a time than
    /// keep the cores busy, and none is made for a reader that has gone.
    pub(super) fn json_of_each<T: Sync, V: Serialize>(&mut self, many: &[T], of: impl Fn(&T) -> V + Sync) {
        self.each(many, |one, text| put_json(&of(one), text));
    }

    /// The same for lines of words, see [`Out::line`].
    pub(super) fn line_of_each<T: Sync>(&mut self, many: &[T], of: impl Fn(&T) -> String + Sync) {
        self.each(many, |one, text| {
            text.extend_from_slice(display::visible_str(&of(one)).as_bytes());
            text.push(b'\n');
            Ok(())
        });
    }

    fn each<T: Sync>(&mut self, many: &[T], put: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Sync) {
        let lines = |some: &[T]| {
            let mut text = Vec::with_capacity(some.len() * LINE);
            some.iter().try_for_each(|one| put(one, &mut text)).map(|()| text)
        };
        for part in many.chunks(TOGETHER * rayon::current_num_threads()) {
            if self.is_closed() {
                return;
            }
            let texts: Vec<io::Result<Vec<u8>>> = part.par_chunks(TOGETHER / 4).map(lines).collect();
            texts.into_iter().for_each(|text| self.write(|to| to.write_all(&text?)));
        }
    }

    /// Lines of foreign bytes, made visible.
    pub(super) fn foreign(&mut self, bytes: &[u8]) {
        for line in bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.line(display::visible(line));
        }
    }

    /// A difference, line by line: to a terminal made visible, to anything else byte for byte, so that it can be applied.
    pub(super) fn patch(&mut self, diff: &Diff) {
        if !self.is_terminal {
            return self.write(|to| diff.write_to(to));
        }
        for (sort, line) in (0..diff.len()).map_while(|at| diff.line(at)) {
            let line = line.strip_suffix(b"\r").unwrap_or(&line);
            self.line(sort.sign().to_owned() + &display::visible(line));
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

/// A difference as one text of JSON; what is no UTF-8 gives way to stand-ins.
pub(super) struct Patch<'a>(pub(super) &'a Diff);

impl Display for Patch<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = (0..self.0.len()).map_while(|at| self.0.line(at));
        lines.try_for_each(|(sort, line)| writeln!(out, "{}{}", sort.sign(), String::from_utf8_lossy(&line)))
    }
}

impl Serialize for Patch<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// A line for standard error, visible.
pub(super) fn say(line: &str, stderr: &mut dyn Write) {
    let _ = writeln!(stderr, "{}", display::visible_str(line));
}

/// Puts a line of JSON behind others.
fn put_json(value: &impl Serialize, text: &mut Vec<u8>) -> io::Result<()> {
    let start = text.len();
    serde_json::to_writer(&mut *text, value)?;
    let line = str::from_utf8(&text[start..]).map_err(io::Error::other)?;
    if !display::is_plain(line) {
        let line = escaped(line);
        text.truncate(start);
        text.extend_from_slice(line.as_bytes());
    }
    text.push(b'\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hidden::Reader;

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

    /// A character may be hidden or not by what stands before it, which is passed over where it is plain.
    #[test]
    fn what_is_escaped_depends_on_what_stands_before_it() {
        let joined = "x👩\u{200D}💻 x\u{200D}x 1\u{FE0F} a\u{FE0F}";
        let escaped = "\"x👩\u{200D}💻 x\\u200dx 1\u{FE0F} a\\ufe0f\"\n";
        let mut line = Vec::new();
        put_json(&joined, &mut line).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), escaped);
    }

    /// Whoever pastes a hint would have to put the name in first.
    #[test]
    fn advice_names_the_report() {
        let mut bytes = Vec::new();
        let mut out = Out::new(&mut bytes, false);
        let advice = "`regrade list REPORT` or regrade export REPORT --to csv; a REPORT";
        assert_eq!(out.naming(advice), advice);
        out.set_about(Some(Path::new("my bugs.md")));
        assert_eq!(
            out.naming(advice),
            "`regrade list 'my bugs.md'` or regrade export 'my bugs.md' --to csv; a REPORT"
        );
    }

    /// Lines would be missing or change places in a long list.
    #[test]
    fn lines_that_are_made_on_all_cores_come_in_order() {
        let many: Vec<u32> = (0..5000).collect();
        let (mut by_one, mut at_once) = (Vec::new(), Vec::new());
        let mut out = Out::new(&mut by_one, false);
        many.iter().for_each(|number| out.json(number));
        many.iter().for_each(|number| out.line(number));
        drop(out);
        let mut out = Out::new(&mut at_once, false);
        out.json_of_each(&many, |number| *number);
        out.line_of_each(&many, u32::to_string);
        drop(out);
        assert_eq!((at_once.len() > 20_000, at_once), (true, by_one));
    }

    /// Somebody who reads the first lines of a million would wait for all.
    #[test]
    fn nothing_more_is_made_for_a_reader_that_has_gone() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let made = std::sync::atomic::AtomicUsize::new(0);
        let mut gone = Gone;
        let mut out = Out::new(&mut gone, false);
        let many = vec![(); 100 * TOGETHER * rayon::current_num_threads()];
        out.json_of_each(&many, |()| made.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        assert!(out.finish().is_ok() && made.into_inner() <= many.len() / 50);
    }
}
