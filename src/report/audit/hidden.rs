//! What a report hides: characters that a terminal obeys or a reader does not see, by line and sort.
//!
//! A line without any costs no more than a look at its bytes. What a flood of them costs and says is bounded.

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::{Finding, Kind};
use crate::report::{BugIx, Report};
use crate::text::display;
use crate::text::hidden::{Hidden, Reader};

/// How many findings are told one by one.
const TOLD: usize = 100;

/// How many bytes are looked at in one go, up to the end of their last line.
const PIECE: usize = 1 << 20;

/// How many bytes are looked at together.
const STRIDE: usize = 64;

/// The mark that a text may begin with.
const BOM: &[u8] = "\u{FEFF}".as_bytes();

/// The findings of a report, in order.
pub(super) fn findings(report: &Report) -> Vec<Finding> {
    let base = report.base();
    let parts: Vec<Found> = pieces(base).into_par_iter().map(|(from, piece)| found(from, piece)).collect();
    let found = parts.into_iter().fold(Found::default(), Found::and);
    let told = found.told.iter().map(|one| one.finding(report)).chain(found.rest(report));
    told.collect()
}

/// The report in pieces of whole lines, each with its offset.
fn pieces(base: &[u8]) -> Vec<(usize, &[u8])> {
    let mut pieces = Vec::new();
    let mut from = if base.starts_with(BOM) { BOM.len() } else { 0 };
    while from < base.len() {
        let least = (from + PIECE).min(base.len());
        let end = memchr::memchr(b'\n', &base[least..]).map_or(base.len(), |at| least + at + 1);
        pieces.push((from, &base[from..end]));
        from = end;
    }
    pieces
}

/// One sort of hidden character on one line.
#[derive(Debug)]
struct One {
    at: usize,
    sort: Hidden,
    first: char,
    count: usize,
}

/// What was found in a piece: as much as is told, and on how many lines there is more.
#[derive(Debug, Default)]
struct Found {
    told: Vec<One>,
    lines: usize,
    /// Where the rest begins.
    at: usize,
}

impl Found {
    fn add(&mut self, line: Vec<One>) {
        let Some(first) = line.first().map(|one| one.at) else { return };
        if self.lines == 0 && self.told.len() + line.len() <= TOLD {
            return self.told.extend(line);
        }
        self.at = if self.lines == 0 { first } else { self.at };
        self.lines += 1;
    }

    fn and(mut self, next: Found) -> Found {
        let mut told = next.told.into_iter().peekable();
        while let Some(one) = told.next() {
            let mut line = vec![one];
            while let Some(more) = told.next_if(|more| more.sort > line[line.len() - 1].sort) {
                line.push(more);
            }
            self.add(line);
        }
        self.at = if self.lines == 0 { next.at } else { self.at };
        Found { lines: self.lines + next.lines, ..self }
    }

    fn rest(&self, report: &Report) -> Option<Finding> {
        let (lines, noun) = (self.lines, if self.lines == 1 { "line hides" } else { "lines hide" });
        (lines > 0).then(|| finding(report, self.at, format!("and {lines} more {noun} something")))
    }
}

impl One {
    fn finding(&self, report: &Report) -> Finding {
        let (name, code) = (self.sort.name(), u32::from(self.first));
        let more = if self.count > 1 { format!(" and {} more", self.count - 1) } else { String::new() };
        finding(report, self.at, format!("{name} (U+{code:04X}){more}"))
    }
}

fn finding(report: &Report, at: usize, what: String) -> Finding {
    let at = at as u32;
    let bug = report.bugs().partition_point(|bug| bug.block.start <= at).checked_sub(1);
    let bug = bug.filter(|bug| at < report.bugs()[*bug].block.end).map(|bug| BugIx(bug as u32));
    Finding { kind: Kind::Hidden, at, bug, claim: None, what }
}

/// What is hidden in a piece that begins at this offset of the report.
fn found(from: usize, piece: &[u8]) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    while let Some(next) = suspect(&piece[at..]) {
        let start = memchr::memrchr(b'\n', &piece[..at + next]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &piece[at + next..]).map_or(piece.len(), |end| at + next + end + 1);
        found.add(of_line(from + start, &piece[start..end]));
        at = end;
    }
    found
}

/// Where the first byte is that a hidden character may have.
fn suspect(bytes: &[u8]) -> Option<usize> {
    let strides = bytes.chunks(STRIDE);
    let clean =
        strides.take_while(|stride| !stride.iter().fold(false, |any, byte| any | is_suspect(*byte))).count();
    let from = (clean * STRIDE).min(bytes.len());
    bytes[from..].iter().position(|byte| is_suspect(*byte)).map(|at| from + at)
}

/// Controls but tab, line end, form feed and carriage return, and what hidden characters and marks begin with.
fn is_suspect(byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != 0x0C) & (byte != b'\r');
    let marks = (byte == 0xCC) | (byte == 0xCD) | (0xD6..=0xE0).contains(&byte);
    let leads = (byte == 0xC2) | (byte == 0xE1) | (byte == 0xE2) | (byte == 0xE3) | (byte >= 0xEE);
    control | (byte == 0x7F) | marks | leads
}

/// What is hidden on a line, each sort once, in their order.
fn of_line(from: usize, line: &[u8]) -> Vec<One> {
    let mut found: Vec<One> = Vec::new();
    let mut at = from;
    let mut add = |at, sort, first| match found.iter_mut().find(|one| one.sort == sort) {
        Some(one) => one.count += 1,
        None => found.push(One { at, sort, first, count: 1 }),
    };
    for chunk in line.utf8_chunks() {
        let text = chunk.valid();
        let (mut reader, mut before) = (Reader::default(), ' ');
        for (offset, c) in text.char_indices() {
            let after = || text[offset + c.len_utf8()..].chars().next();
            let hidden = reader.next(c).filter(|hidden| !is_meant(*hidden, c, before, after));
            hidden.into_iter().for_each(|sort| add(at + offset, sort, c));
            before = c;
        }
        floods(text).for_each(|(offset, mark)| add(at + offset, Hidden::Flood, mark));
        at += text.len() + chunk.invalid().len();
    }
    found.sort_by_key(|one| one.sort);
    found
}

/// Where more stands on one character than is shown, and what.
fn floods(text: &str) -> impl Iterator<Item = (usize, char)> {
    let clusters = may_flood(text).then(|| text.grapheme_indices(true)).into_iter().flatten();
    let flooded = clusters.filter(|(_, cluster)| display::is_flooded(cluster));
    flooded.filter_map(|(at, cluster)| Some((at, cluster.chars().nth(1)?)))
}

/// Whether enough characters that can stand on another follow each other; a guess that is cheap for letters, kana,
/// ideographs and syllables.
fn may_flood(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = if c < '\u{300}' || matches!(c, '\u{3040}'..='\u{D7A3}') { 0 } else { run + 1 };
        run > 3
    })
}

/// Whether a character that no terminal is shown is nothing odd in a report: white space, and marks beside
/// writing that goes from right to left.
fn is_meant(hidden: Hidden, c: char, before: char, after: impl Fn() -> Option<char>) -> bool {
    match hidden {
        Hidden::Mark => is_leftward(before) || after().is_some_and(is_leftward),
        _ => matches!(c, '\t' | '\n' | '\u{0C}' | '\r'),
    }
}

fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(c, '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    fn told(text: &str) -> Vec<(usize, String)> {
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        findings(&report).into_iter().map(|found| (report.line_of(found.at), found.what)).collect()
    }

    #[test]
    fn what_is_hidden_is_found_by_line_and_sort() {
        let text =
            "# A\n\n## \x1b]52;c;ZXZpbA==\x07 BUG-1: x\u{1b}[0m\n\n- **Severity:** P\u{200B}0\u{202E}\n";
        let expected = [
            (3, "an escape sequence (U+001B) and 1 more"),
            (3, "a control character (U+0007)"),
            (5, "a bidirectional override (U+202E)"),
            (5, "a zero-width character (U+200B)"),
        ];
        assert_eq!(told(text), expected.map(|(line, what)| (line, what.to_owned())));
    }

    /// What covers the lines around it is cut on screen; whoever is not told takes that for the report.
    #[test]
    fn a_flood_of_marks_is_found() {
        for mark in ["\u{301}", "\u{5B0}", "\u{E31}", "\u{64B}", "\u{20DD}"] {
            let code = u32::from(mark.chars().next().expect("a mark"));
            let expected = (2, format!("a flood of marks on one character (U+{code:04X})"));
            assert_eq!(told(&format!("# A\nb{}c\n", mark.repeat(40))), [expected]);
        }
        assert_eq!(told(&format!("👩{}\n", "\u{200D}👩".repeat(40))).len(), 1);
    }

    /// Whoever is told of attacks where there are none stops reading.
    #[test]
    fn ordinary_reports_in_any_language_hide_nothing() {
        for text in [
            "\u{FEFF}# A\r\n\r\n\tcode\u{0C}\r\nold\rends\n",
            "👩‍💻 🏳️‍🌈 ⚠️ 1️⃣ “quoted” – naïve · 日本語 ｶﾞ 한국어\n",
            "می‌خواهم क्‍ष שלום\u{200F}! \u{200E}مرحبا\n",
        ] {
            assert_eq!(told(text), [], "{text:?}");
        }
        assert_eq!(told("P\u{200F}0\n").len(), 1);
    }

    #[test]
    fn a_flood_is_told_in_bounded_words() {
        let flood = format!("{}{}", "clean\n".repeat(1000), "a\x1bb\u{200B}\n".repeat(300_000));
        let told = told(&flood);
        assert_eq!(told.len(), TOLD + 1);
        assert_eq!(told[TOLD], (1001 + TOLD / 2, "and 299950 more lines hide something".to_owned()));
    }

    #[test]
    fn the_finding_belongs_to_the_bug_it_stands_in() {
        let text =
            "# A\x07\n\n### BUG-1: x\n\n- **Severity:** P0\n\ny\x07\n\n### BUG-2: z\n\n- **Severity:** P1\n";
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        let bugs: Vec<_> = findings(&report).iter().map(|found| found.bug).collect();
        assert_eq!(bugs, [None, Some(BugIx(0))]);
    }
}
