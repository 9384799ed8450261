//! Lines that tools print for what they find or list, known by their form alone: those of Bandit, gosec, Nuclei, Snyk and
//! `gh issue list`.

use std::ops::Range;

use crate::methodology::{FieldKind, HeadingWord, LevelId, Methodology};
use crate::report::entry::{Entry, IdKind};
use crate::report::inline::trailing_bracketed;
use crate::report::note;
use crate::report::section::has_words;
use crate::text::{Span, line};

/// What Nuclei calls the ways in which it looks.
const PROTOCOLS: [&[u8]; 12] = [
    b"http",
    b"https",
    b"dns",
    b"ssl",
    b"tcp",
    b"network",
    b"file",
    b"headless",
    b"javascript",
    b"websocket",
    b"whois",
    b"code",
];

/// The signs that Snyk sets before what it found.
const CROSSES: [&str; 3] = ["✗", "✘", "✖"];

/// What such a line begins with, behind the marks of quotes.
pub(super) fn may_begin(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'[' | b'I' | 0xe2)) || is_row(text)
}

/// Whether a line may be a row of a list of issues: a number, and what stands far from it. It says all by itself.
pub(super) fn is_row(text: &[u8]) -> bool {
    let sign = usize::from(text.first() == Some(&b'#'));
    let digits = text[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let gap: &[u8] = if sign > 0 { b"  " } else { b"\t" };
    digits > 0 && text[sign + digits..].starts_with(gap)
}

/// What a line says that a scanner printed for what it found. Where only a line below tells how severe that is, it says no level.
pub(super) fn read(base: &[u8], text: Span, methodology: &Methodology) -> Option<Entry> {
    let text = text.trim(base);
    let printed = Printed { base, text, methodology };
    match text.of(base).first()? {
        b'I' => printed.of_bandit(),
        b'[' => printed.of_nuclei().or_else(|| printed.of_gosec()),
        0xe2 => printed.of_snyk(),
        b'#' => printed.of_list(),
        b'0'..=b'9' => printed.of_tabbed_list(),
        _ => None,
    }
}

/// Whether a text begins its line, be it in a quote.
pub(super) fn begins_line(base: &[u8], text: Span) -> bool {
    let before = Span::new(line::start(base, text.start), text.start).of(base);
    before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before).iter().all(|byte| b"> \t".contains(byte))
}

struct Printed<'a> {
    base: &'a [u8],
    text: Span,
    methodology: &'a Methodology,
}

impl Printed<'_> {
    /// `Issue: [B602:the_rule] What is the matter`, and the level below.
    fn of_bandit(&self) -> Option<Entry> {
        let text = self.text.of(self.base);
        let start = b"Issue: [".len();
        text.starts_with(b"Issue: [").then_some(())?;
        let end = start + memchr::memchr(b']', &text[start..])?;
        let id = start + memchr::memchr(b':', &text[start..end]).unwrap_or(end - start);
        let next = line::at(self.base, line::at(self.base, self.text.end).end).text.trim(self.base);
        let is_rated = || next.of(self.base).starts_with(b"Severity: ");
        (is_rule(&text[start..id]) && is_rated()).then(|| self.entry(start..id, end + 1, text.len(), None))?
    }

    /// `[main.go:7] - G104 (CWE-703): What is the matter (Confidence: HIGH, Severity: LOW)`
    fn of_gosec(&self) -> Option<Entry> {
        let text = self.text.of(self.base);
        let start = memchr::memmem::find(text, b"] - ")? + 4;
        let id = start + text[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let title = id + memchr::memmem::find(&text[id..], b": ")? + 2;
        let (end, inside) = trailing_bracketed(text).filter(|(end, _)| *end > title)?;
        let name = memchr::memmem::find(&text[inside.clone()], b"Severity: ")? + b"Severity: ".len();
        let word = inside.start + name..inside.end;
        let level = self.level(&text[word.clone()])?;
        let has_place = text[..start].contains(&b':') && matches!(text[id..], [b' ', b'(', ..] | [b':', ..]);
        (has_place && is_rule(&text[start..id]))
            .then(|| self.entry(start..id, title, end, Some((level, word))))?
    }

    /// `[the-rule] [http] [high] https://example.org`
    fn of_nuclei(&self) -> Option<Entry> {
        let text = self.text.of(self.base);
        let tag = |at: usize| {
            let length = memchr::memchr(b']', text.get(at..)?.strip_prefix(b"[")?)?;
            text[at + 1 + length..].starts_with(b"] ").then_some(at + 1..at + 1 + length)
        };
        let id = tag(0)?;
        let protocol = tag(id.end + 2)?;
        let severity = tag(protocol.end + 2)?;
        let is_id = !id.is_empty() && !text[id.clone()].contains(&b' ') && has_words(&text[id.clone()]);
        // A log may say `[shop] [http] [info] started`.
        let target = text[severity.end + 2..].split(|byte| *byte == b' ').next().unwrap_or_default();
        let is_id = is_id && target.iter().any(|byte| b".:/".contains(byte));
        if !is_id || !PROTOCOLS.contains(&&text[protocol]) {
            return None;
        }
        let level = self.level(&text[severity.clone()])?;
        self.entry(id, severity.end + 2, text.len(), Some((level, severity)))
    }

    /// `✗ [High] Title`, `✗ Title [High Severity][https://…] in package`, `✗ High severity vulnerability found in package`.
    fn of_snyk(&self) -> Option<Entry> {
        let text = self.text.of(self.base);
        let cross = CROSSES.iter().find(|cross| text.starts_with(cross.as_bytes()))?.len();
        let start = cross + text[cross..].iter().take_while(|byte| **byte == b' ').count();
        let rest = &text[start..];
        let (none, at) = (start..start, |range: Range<usize>| start + range.start..start + range.end);
        if let Some(tag) = rest.strip_prefix(b"[") {
            let word = at(1..1 + memchr::memmem::find(tag, b"] ")?);
            let level = self.level(&text[word.clone()])?;
            return self.entry(none, word.end + 2, text.len(), Some((level, word)));
        }
        if let Some(end) = memchr::memmem::find(rest, b" Severity][") {
            let open = memchr::memrchr(b'[', &rest[..end])?;
            let word = at(open + 1..end);
            let level = self.level(&text[word.clone()])?;
            return self.entry(none, start, start + open, Some((level, word)));
        }
        let end = memchr::memmem::find(rest, b" severity vulnerability found in ")?;
        let level = self.level(&rest[..end])?;
        self.entry(none, start + end + b" severity ".len(), text.len(), Some((level, at(0..end))))
    }

    /// `#7  Title   bug, P2   about 3 days ago`
    fn of_list(&self) -> Option<Entry> {
        let text = self.text.of(self.base);
        let gap = |from: usize| memchr::memmem::find(&text[from..], b"  ").map(|at| from + at);
        let word = |gap: usize| gap + text[gap..].iter().take_while(|byte| **byte == b' ').count();
        let id = gap(0)?;
        let title = word(id);
        let title = title..gap(title)?;
        let labels = word(title.end);
        let labels = labels..gap(labels)?;
        text.ends_with(b" ago").then(|| self.labelled(0..id, title, labels))?
    }

    /// The same as it is printed into a file: `7`, a status, the title, `bug, P2` and a moment, with tabs between.
    fn of_tabbed_list(&self) -> Option<Entry> {
        let text = self.text.of(self.base);
        let mut tabs = memchr::memchr_iter(b'\t', text);
        let (id, state, title, labels) = (tabs.next()?, tabs.next()?, tabs.next()?, tabs.next()?);
        let status = id + 1..state;
        let is_state = self.methodology.leading_status(&text[status.clone()]).is_some();
        let entry = self.labelled(0..id, state + 1..title, title + 1..labels).filter(|_| is_state)?;
        Some(Entry { status: self.text.part(status), ..entry })
    }

    /// An issue whose labels call it a bug, and the level that one of them names.
    fn labelled(&self, id: Range<usize>, title: Range<usize>, labels: Range<usize>) -> Option<Entry> {
        let (text, headings) = (self.text.of(self.base), self.methodology.headings());
        let (mut level, mut is_bug, mut at) = (None, false, labels.start);
        for written in text[labels].split(|byte| *byte == b',') {
            let start = at + written.len() - written.trim_ascii_start().len();
            at += written.len() + 1;
            let label = written.trim_ascii();
            let name = label.iter().position(|byte| b":/".contains(byte)).unwrap_or(0);
            let kind = self.methodology.fields().kind_of(&label[..name]);
            let rates = matches!(kind, Some(FieldKind::Severity | FieldKind::Priority));
            let lead = if rates { label.len() - label[name + 1..].trim_ascii_start().len() } else { 0 };
            is_bug |= kind == Some(FieldKind::Severity) || headings.has(label, HeadingWord::Bug);
            let named = self.level(&label[lead..]).map(|level| (level, start + lead..start + label.len()));
            level = level.or(named);
        }
        is_bug.then(|| self.entry(id, title.start, title.end, level))?
    }

    /// The level that all of a text names.
    fn level(&self, text: &[u8]) -> Option<LevelId> {
        let word = std::str::from_utf8(text).ok()?;
        self.methodology.level_named(word)
    }

    /// An entry whose title stands between two places of the line, the notes behind it and the stop at its end left out.
    fn entry(
        &self,
        id: Range<usize>,
        start: usize,
        end: usize,
        severity: Option<(LevelId, Range<usize>)>,
    ) -> Option<Entry> {
        let title = note::without(self.base, self.text.part(start..end).trim(self.base), self.methodology);
        let title = match title.of(self.base) {
            [.., before, b'.'] if *before != b'.' => {
                note::without(self.base, title.part(0..title.len() - 1), self.methodology)
            }
            _ => title,
        };
        let none = Span::empty(self.text.start);
        let (level, word) = severity.unzip();
        has_words(title.of(self.base)).then_some(Entry {
            id_kind: if id.is_empty() { IdKind::None } else { IdKind::Name },
            id: if id.is_empty() { none } else { self.text.part(id) },
            title,
            severity: word.map_or(none, |word| self.text.part(word)),
            level,
            echoes: [none; 2],
            status: none,
            is_noted: false,
        })
    }
}

/// Whether a text is what scanners of code call a rule: capitals and a number.
fn is_rule(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    (1..=8).contains(&letters) && text.len() > letters && text[letters..].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scanner_prints_is_known_by_its_form() {
        let methodology = Methodology::embedded();
        let read = |text: &str| {
            let base = text.as_bytes();
            let line = line::at(base, 0).text;
            let entry = read(base, line, &methodology)?;
            let part = |span: Span| text[span.range()].to_owned();
            Some((part(entry.id), part(entry.title), part(entry.severity)))
        };
        let is = |text: &str, (id, title, severity): (&str, &str, &str)| {
            assert_eq!(read(text), Some((id.to_owned(), title.to_owned(), severity.to_owned())), "{text}");
        };
        is("Issue: [B1:x_y] It. Is. (Status: open)\n   Severity: Low", ("B1", "It. Is", ""));
        is(
            "[a/b.go:3-4] - G2 (CWE-1): Bad: so. (Confidence: LOW, Severity: HIGH)",
            ("G2", "Bad: so", "HIGH"),
        );
        is("[a-b:c] [http] [low] a.example:22 [\"x\"]", ("a-b:c", "a.example:22 [\"x\"]", "low"));
        is("✗ [Medium] Open door", ("", "Open door", "Medium"));
        is("✗ Deep (rope) [High Severity][https://e.example/A-1] in p@1", ("", "Deep (rope)", "High"));
        is("✗ Low severity vulnerability found in tar", ("", "vulnerability found in tar", "Low"));
        is("#7  It sinks   bug, P2   about 1 day ago", ("#7", "It sinks", "P2"));
        is(
            "#8  It (a) leaks (Status: Fixed)   severity:high   about 1 day ago",
            ("#8", "It (a) leaks", "high"),
        );
        is("9\tOPEN\tIt rots\tpriority: low, bug\t2026-01-02T03:04:05Z", ("9", "It rots", "low"));
        for text in [
            "#7  A typo   documentation, P2   about 1 day ago",
            "#7  It sinks   bug, P2",
            "9\t10\tbug\tbug\tbug",
            "Issue: [B1:x] It\nText",
            "Issue: [the door] It\n   Severity: Low",
            "[main] [worker] [info] started",
            "[main] [http] [info] GET /berths.html 200",
            "[2026-01-02] [http] [started] x",
            "[a] [http] [low]",
            "[x] - y: z (Severity: HIGH)",
            "✗ login [slow] fails",
            "✗ Severity][",
            "✗",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
