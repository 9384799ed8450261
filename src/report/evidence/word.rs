//! Words of a text that are paths: in prose, code spans, links, fenced code and tracebacks.
//!
//! Addresses (`https://…`) and comments are passed over whole.

use super::line;
use super::name::{self, Stand};
use crate::text::{Span, line as text_line};

/// How many bytes behind a path may tell its line.
const BEHIND: usize = 96;

/// A path that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) path: String,
    pub(super) span: Span,
    pub(super) line: Option<u32>,
}

/// The paths in `text`, in order; `named` are values in which the shape of a path is enough.
pub(super) fn files(base: &[u8], text: Span, named: &[Span]) -> Vec<Word> {
    let mut reader = Reader { base, named, fence: None, in_comment: false, found: Vec::new() };
    for line in text_line::lines(base, text) {
        reader.line(line.text);
    }
    reader.found
}

struct Reader<'a> {
    base: &'a [u8],
    named: &'a [Span],
    /// The sign and length of the fence that is open.
    fence: Option<(u8, usize)>,
    in_comment: bool,
    found: Vec<Word>,
}

impl Reader<'_> {
    fn line(&mut self, text: Span) {
        let bytes = text.of(self.base);
        if self.turns(bytes) {
            return;
        }
        match self.fence {
            Some(_) => self.piece(text, Stand::Fence),
            None => self.prose(text),
        }
    }

    /// Whether a line opens or closes fenced code.
    fn turns(&mut self, line: &[u8]) -> bool {
        let marks = line.iter().take_while(|byte| b" \t>-*+0123456789.)".contains(byte)).count();
        let line = &line[marks..];
        let Some(sign) = line.first().copied().filter(|sign| matches!(sign, b'`' | b'~')) else {
            return false;
        };
        let length = line.iter().take_while(|byte| **byte == sign).count();
        let rest = line[length..].trim_ascii();
        match self.fence {
            None if length >= 3 && (sign == b'~' || !rest.contains(&b'`')) => {
                self.fence = Some((sign, length))
            }
            Some((open, least)) if open == sign && length >= least && rest.is_empty() => self.fence = None,
            _ => return false,
        }
        true
    }

    /// A line outside of fences: what comments leave of it, code spans told apart.
    fn prose(&mut self, text: Span) {
        let mut rest = text;
        while !rest.is_empty() {
            let bytes = rest.of(self.base);
            let sign: &[u8] = if self.in_comment { b"-->" } else { b"<!--" };
            let at = memchr::memmem::find(bytes, sign);
            if !self.in_comment {
                self.spans(rest.part(0..at.unwrap_or(bytes.len())));
            }
            let Some(at) = at else { return };
            self.in_comment = !self.in_comment;
            rest = rest.part(at + sign.len()..bytes.len());
        }
    }

    fn spans(&mut self, text: Span) {
        let bytes = text.of(self.base);
        let mut from = 0;
        while let Some(tick) = memchr::memchr(b'`', &bytes[from..]).map(|at| from + at) {
            let length = bytes[tick..].iter().take_while(|byte| **byte == b'`').count();
            let start = tick + length;
            self.piece(text.part(from..tick), Stand::Prose);
            from = start;
            if let Some(end) = closing(bytes, start, length) {
                self.piece(text.part(start..end), Stand::Code);
                from = end + length;
            }
        }
        self.piece(text.part(from..bytes.len()), Stand::Prose);
    }

    fn piece(&mut self, piece: Span, stand: Stand) {
        let is_named = stand != Stand::Fence && self.named.iter().any(|span| span.contains(piece.start));
        let stand = if is_named { Stand::Named } else { stand };
        let mut at = 0;
        for chunk in piece.of(self.base).utf8_chunks() {
            let start = piece.start + at as u32;
            self.chunk(chunk.valid(), start, stand);
            at += chunk.valid().len() + chunk.invalid().len();
        }
    }

    fn chunk(&mut self, text: &str, start: u32, stand: Stand) {
        let mut from = 0;
        while let Some((begin, end)) = next_word(&text[from..], stand).map(|(a, b)| (from + a, from + b)) {
            from = end;
            if text[end..].starts_with("://") {
                from = end + address(&text[end..]);
                continue;
            }
            let (begin, end) = name::trimmed(text, begin, end);
            if !name::may_be_file(&text[begin..end]) {
                continue;
            }
            let begin = if stand == Stand::Fence { name::undiffed(text, begin, end) } else { begin };
            let line = line::behind(rest_of_line(self.base, start as usize + end));
            let path = name::unescaped(&text[begin..end], stand);
            if name::is_file(&path, stand, &name::Around::of(text, begin, end, line.is_some())) {
                let span = Span::new(start + begin as u32, start + end as u32);
                self.found.push(Word { path: path.into_owned(), span, line });
            }
        }
    }
}

/// What follows on the line, as far as it may matter.
fn rest_of_line(base: &[u8], from: usize) -> &[u8] {
    let rest = &base[from..base.len().min(from + BEHIND)];
    &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())]
}

/// Where the run of ticks that closes a code span begins.
fn closing(bytes: &[u8], start: usize, length: usize) -> Option<usize> {
    let mut at = start;
    while let Some(tick) = memchr::memchr(b'`', &bytes[at..]).map(|found| at + found) {
        let run = bytes[tick..].iter().take_while(|byte| **byte == b'`').count();
        if run == length {
            return Some(tick);
        }
        at = tick + run;
    }
    None
}

/// How long an address is, from its `://` on.
fn address(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || "<>\"`|)]}'".contains(c)).unwrap_or(text.len())
}

/// The next run of signs that paths are made of.
fn next_word(text: &str, stand: Stand) -> Option<(usize, usize)> {
    let begin = text.char_indices().find(|(at, c)| is_of_path(text, *at, *c, stand))?.0;
    let goes_on = |(at, c): &(usize, char)| is_of_path(&text[begin..], *at, *c, stand);
    let ends = text[begin..].char_indices().find(|next| !goes_on(next));
    Some((begin, ends.map_or(text.len(), |(at, _)| begin + at)))
}

fn is_of_path(word: &str, at: usize, c: char, stand: Stand) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '_' | '-' | '.' | '+' | '/' | '\\' | '~' | '@' | '*' | '$' => true,
        // The letter of a drive.
        ':' => {
            at == 1
                && word.starts_with(|c: char| c.is_ascii_alphabetic())
                && word.as_bytes().get(2).is_some_and(|next| matches!(next, b'/' | b'\\'))
                && !word[2..].starts_with("//")
        }
        // A part of an address that stands for any: `app/[id]/page.tsx`.
        '[' | '(' => word[..at].ends_with('/') && closes(&word[at..]),
        ']' | ')' => {
            word[..at].rfind(['[', '(']).is_some_and(|open| word[..open].ends_with('/'))
                && word[at + 1..].starts_with(['/', '.'])
        }
        _ if c.is_ascii() => false,
        '\u{300}'..='\u{36f}' => true,
        _ => c.is_alphanumeric() && (stand == Stand::Code || c < '\u{2e80}'),
    }
}

/// Whether a bracket closes before anything that no path has, with more of the path behind it.
fn closes(text: &str) -> bool {
    let end = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c)).map(|at| 1 + at);
    end.is_some_and(|end| text[end..].starts_with([']', ')']) && text[end + 1..].starts_with(['/', '.']))
}
