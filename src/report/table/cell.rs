//! What one cell says: its text without marks, the level it names, the id it holds.
//!
//! A cell names a level only where the level leads it; a word further on is running text.

use std::borrow::Cow;

use crate::methodology::{LevelId, Methodology};
use crate::report::run::has_alphanumeric;
use crate::report::section::has_words;
use crate::text::{Span, line};

/// Marks that can stand around the words of a cell.
const MARKS: [char; 5] = ['*', '_', '`', '~', '\\'];

/// Brackets that can open before them, and their counterparts.
const OPENING: [char; 6] = ['[', '(', '【', '（', '［', '「'];
const CLOSING: [char; 6] = [']', ')', '】', '）', '］', '」'];

/// What ties the two ends of a range together, with nothing between.
const TIES: [char; 8] = ['-', '–', '—', '~', '〜', '～', '/', '‑'];

/// How long an id may be, in bytes.
const ID_MOST: usize = 40;

/// A level as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Graded {
    /// The word, or words of a range, without emphasis, emoji and remarks; an emoji alone.
    pub(in crate::report) word: Span,
    /// The level; of a range, that of its first word.
    pub(in crate::report) level: LevelId,
    /// Whether no further word follows but as a remark: `High (twice)`, not `High load`.
    pub(in crate::report) alone: bool,
}

/// The cells of a row, blanks included, split at the pipes that are not escaped.
pub(in crate::report) fn cells(base: &[u8], row: Span) -> Vec<Span> {
    let row = row.trim(base);
    let bytes = row.of(base);
    let mut cuts = vec![];
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'|' => cuts.push(row.start + at as u32),
            _ => {}
        }
        at += 1;
    }
    let mut ends: Vec<(u32, u32)> = Vec::new();
    let mut start = row.start;
    for cut in cuts {
        ends.push((start, cut));
        start = cut + 1;
    }
    ends.push((start, row.end));
    let is_outer = |(start, end): &(u32, u32)| start == end && (*start == row.start || *end == row.end);
    ends.iter().filter(|ends| !is_outer(ends)).map(|(start, end)| Span::new(*start, *end)).collect()
}

/// The cells of a row of a table that has so many columns. Where a row has more, the bars that make them so stand in
/// code for whoever wrote them, if that accounts for all that are too many; else what is too many belongs to no column.
pub(in crate::report) fn row_cells(base: &[u8], columns: usize, row: Span) -> Vec<Span> {
    let mut cells = cells(base, row);
    if cells.len() <= columns {
        return cells;
    }
    let joined = with_whole_code(base, &cells);
    if joined.len() == columns {
        return joined;
    }
    cells.truncate(columns);
    cells
}

/// Cells, those that share a span of code as one.
fn with_whole_code(base: &[u8], cells: &[Span]) -> Vec<Span> {
    let is_open = |cell: Span| cell.of(base).iter().filter(|byte| **byte == b'`').count() % 2 == 1;
    let mut whole: Vec<Span> = Vec::with_capacity(cells.len());
    for cell in cells {
        match whole.last_mut().filter(|last| is_open(**last)) {
            Some(last) => *last = last.join(*cell),
            None => whole.push(*cell),
        }
    }
    whole
}

/// What a text in a cell says: the backslash before a bar only keeps that from ending the cell.
pub(crate) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\\', text.as_bytes()).is_some() && text.contains("\\|") {
        text.replace("\\|", "|").into()
    } else {
        text
    }
}

/// A cell without blanks and the emphasis around all of it.
pub(in crate::report) fn plain(base: &[u8], cell: Span) -> Span {
    let mut span = cell.trim(base);
    while let Some(inner) = unwrapped(span.of(base)) {
        span = span.part(inner).trim(base);
    }
    span
}

/// What stands inside the run of marks that a text both starts and ends with, and that closes only there.
fn unwrapped(text: &[u8]) -> Option<std::ops::Range<usize>> {
    let mark = *text.first().filter(|mark| b"*_`~".contains(mark))?;
    let length = text.iter().take_while(|byte| **byte == mark).count();
    let closing = text.iter().rev().take_while(|byte| **byte == mark).count();
    let inner = text.get(length..text.len().checked_sub(length)?)?;
    let closes_before = memchr::memmem::find(inner, &text[..length]).is_some();
    (length == closing && !inner.is_empty() && !closes_before).then(|| length..text.len() - length)
}

/// About how many words a text has in scripts that set no blanks between them.
pub(super) fn unspaced(text: &[u8]) -> usize {
    let is_unspaced = |letter: &char| matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    text.utf8_chunks().map(|chunk| chunk.valid().chars().filter(is_unspaced).count()).sum::<usize>() / 2
}

/// What the ids of published vulnerabilities begin with.
const ADVISORIES: [&[u8]; 5] = [b"CVE-", b"GHSA-", b"RUSTSEC-", b"PYSEC-", b"GO-20"];

/// Whether a cell is the id of a published vulnerability and nothing else.
pub(super) fn is_advisory(base: &[u8], cell: Span) -> bool {
    let id = plain(base, cell).of(base);
    ADVISORIES.iter().any(|name| id.starts_with(name)) && !id.contains(&b' ')
}

/// Whether a cell holds neither a word nor a number nor a sign but dashes, dots and marks.
pub(in crate::report) fn says_nothing(base: &[u8], cell: Span) -> bool {
    let bytes = cell.of(base);
    if bytes.iter().any(u8::is_ascii_alphanumeric) {
        return false;
    }
    bytes.iter().all(|byte| b" \t-.*_`~/?:|\\".contains(byte)) || {
        let text = String::from_utf8_lossy(cell.of(base));
        text.chars().all(|letter| " \t-–—―－…./*_`~?".contains(letter))
    }
}

/// The level that a text begins with, after marks, brackets and signs.
pub(in crate::report) fn grade(base: &[u8], text: Span, methodology: &Methodology) -> Option<Graded> {
    let found = methodology.read_level(text.of(base))?;
    let before = &text.of(base)[..found.span.start];
    if has_words(before) || before.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let sign = Graded { word: text.part(found.span), level: found.level, alone: true };
    let named = match has_alphanumeric(sign.word.of(base)) {
        true => Graded { word: after_signs(base, sign.word), ..sign },
        false => marked_word(base, Span::new(sign.word.end, text.end), methodology).unwrap_or(sign),
    };
    let named = ranged(base, named, text.end, methodology);
    Some(Graded { alone: stands_alone(&base[named.word.range().end..text.range().end]), ..named })
}

/// The level that follows a sign behind marks only: `🔴 **High**`.
fn marked_word(base: &[u8], rest: Span, methodology: &Methodology) -> Option<Graded> {
    let found = methodology.read_level(rest.of(base))?;
    let between = String::from_utf8_lossy(&rest.of(base)[..found.span.start]).into_owned();
    let word = rest.part(found.span);
    let is_tight =
        between.chars().all(|letter| letter == ' ' || MARKS.contains(&letter) || OPENING.contains(&letter));
    (is_tight && has_alphanumeric(word.of(base))).then_some(Graded { word, level: found.level, alone: true })
}

/// The whole range where another level follows at once: `Low-Medium`.
fn ranged(base: &[u8], first: Graded, end: u32, methodology: &Methodology) -> Graded {
    let rest = Span::new(first.word.end, end);
    let letters = String::from_utf8_lossy(rest.of(base)).into_owned();
    let Some(tie) = letters.chars().next().filter(|letter| TIES.contains(letter)) else { return first };
    let after = Span::new(rest.start + tie.len_utf8() as u32, end);
    match methodology.read_level(after.of(base)) {
        Some(second) if second.span.start == 0 && second.level != first.level => {
            Graded { word: first.word.join(after.part(second.span)), ..first }
        }
        _ => first,
    }
}

/// Whether what follows a level is no word, or a remark behind a bracket, a dash or the like.
fn stands_alone(rest: &[u8]) -> bool {
    let rest = String::from_utf8_lossy(rest);
    let rest = rest.trim_start_matches(|letter: char| {
        letter == ' ' || MARKS.contains(&letter) || CLOSING.contains(&letter)
    });
    rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric())
}

/// A word without the signs and blanks before it.
fn after_signs(base: &[u8], word: Span) -> Span {
    let text = String::from_utf8_lossy(word.of(base));
    let lead: usize = text.chars().take_while(|letter| !letter.is_alphanumeric()).map(char::len_utf8).sum();
    Span::new(word.start + lead as u32, word.end)
}

/// The id that a text begins with, after marks, brackets and signs: `#3`, `F1`, `BUG-001`, `1.2`, `BUG #4`.
pub(in crate::report) fn identify(base: &[u8], text: Span) -> Option<Span> {
    let text = text.trim(base);
    let letters = std::str::from_utf8(text.of(base)).ok()?;
    let lead: usize = letters
        .chars()
        .take_while(|letter| !letter.is_alphanumeric() && *letter != '#')
        .map(char::len_utf8)
        .sum();
    let length = id_length(&letters[lead..]).filter(|length| !is_time(&letters[lead..], *length))?;
    (length <= ID_MOST).then(|| text.part(lead..lead + length))
}

/// Whether the number that a text begins with is the hour of a time: `14:51`.
fn is_time(text: &str, length: usize) -> bool {
    let (hour, rest) = text.split_at(length);
    let is_number = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let minute = rest.strip_prefix(':').and_then(|rest| rest.get(..2));
    hour.len() <= 2 && hour.bytes().all(|byte| byte.is_ascii_digit()) && minute.is_some_and(is_number)
}

/// The length of an id at the start of a text.
fn id_length(text: &str) -> Option<usize> {
    let length = numbered(text).or_else(|| spaced(text))?;
    let next = text[length..].chars().next();
    next.is_none_or(|next| !next.is_alphanumeric() || !next.is_ascii()).then_some(length)
}

/// A run of letters and digits, parts of it joined by `-`, `_`, `.` or `#`, whose last part has a digit.
fn numbered(text: &str) -> Option<usize> {
    let is_joint = |at: usize, letter: char| {
        let next = text[at + letter.len_utf8()..].chars().next();
        match letter {
            '.' => next.is_some_and(|next| next.is_ascii_digit()),
            '-' | '_' | '#' => next.is_some_and(|next| next.is_ascii_alphanumeric()),
            _ => false,
        }
    };
    let end = text.char_indices().find(|(at, letter)| !letter.is_alphanumeric() && !is_joint(*at, *letter));
    let mut end = end.map_or(text.len(), |(at, _)| at);
    if let Some(foreign) = after_number(&text[..end]) {
        end = foreign;
    }
    let id = &text[..end];
    let last = id.rsplit(['-', '_', '.', '#']).next()?;
    let letters = id.chars().filter(|letter| letter.is_alphabetic()).count();
    let leads_with_letters = id.chars().next().is_some_and(|first| first.is_alphabetic() || first == '#');
    let is_number = letters <= 1 && !id.contains(['-', '_']) && last.len() <= 5;
    let numbered = last.chars().any(|letter| letter.is_ascii_digit()) && last.len() <= 12;
    (numbered && (leads_with_letters || is_number) && !id.contains(". ")).then_some(end)
}

/// Where letters that are not ASCII follow a number at once, as words do in scripts without blanks.
fn after_number(id: &str) -> Option<usize> {
    let mut number = false;
    for (at, letter) in id.char_indices() {
        if number && !letter.is_ascii() {
            return Some(at);
        }
        number = letter.is_ascii_digit();
    }
    None
}

/// A word and a number behind a blank: `BUG #4`, `Issue 3`.
fn spaced(text: &str) -> Option<usize> {
    let word = text.find(|letter: char| !letter.is_alphabetic())?;
    let rest = text[word..].strip_prefix(' ')?;
    let number = rest.strip_prefix('#').unwrap_or(rest);
    let digits = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    (word > 0 && (1..=5).contains(&digits)).then(|| text.len() - number.len() + digits)
}

/// What follows an id in its cell, without marks, brackets that close and blanks.
pub(super) fn after_id(base: &[u8], cell: Span, id: Span) -> Span {
    let rest = Span::new(id.end, cell.trim(base).end);
    let text = String::from_utf8_lossy(rest.of(base));
    let skipped: usize = text
        .chars()
        .take_while(|letter| letter.is_whitespace() || MARKS.contains(letter) || CLOSING.contains(letter))
        .map(char::len_utf8)
        .sum();
    Span::new((rest.start + skipped as u32).min(rest.end), rest.end)
}

/// Whether further ids stand behind the one that a text begins with: `QA-2, QA-3`, `QA-2 – QA-5`.
pub(in crate::report) fn names_several(base: &[u8], id: Span) -> bool {
    let rest = Span::new(id.end, line::at(base, id.start).text.end);
    let own = id.of(base);
    let prefix = &own[..own.iter().position(u8::is_ascii_digit).unwrap_or(own.len())];
    let rest = String::from_utf8_lossy(rest.of(base)).into_owned();
    let close = |letter: char| MARKS.contains(&letter) || CLOSING.contains(&letter);
    let rest = rest.trim_start_matches(close);
    let joined = rest.trim_start_matches([' ', ',', ';', '&', '+', '–', '—', '…']);
    let next = joined.trim_start_matches(|letter: char| MARKS.contains(&letter) || OPENING.contains(&letter));
    has_words(prefix) && joined.len() < rest.len() && next.as_bytes().starts_with(prefix)
}

/// Whether a cell holds an id and at most a bracket or the target of a link behind it.
pub(super) fn is_id(base: &[u8], cell: Span) -> bool {
    identify(base, cell).is_some_and(|id| {
        let rest = String::from_utf8_lossy(after_id(base, cell, id).of(base)).into_owned();
        let spaced = id.of(base).contains(&b' ') && !id.of(base).contains(&b'#');
        !spaced
            && rest.chars().next().is_none_or(|next| {
                OPENING.contains(&next) || !next.is_alphanumeric() && !has_words(rest.as_bytes())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_split_where_its_cells_are() {
        let cells_of = |row: &'static str| {
            cells(row.as_bytes(), Span::whole(row.as_bytes()))
                .iter()
                .map(|cell| &row[cell.range()])
                .collect::<Vec<_>>()
        };
        assert_eq!(cells_of("| a | b |"), [" a ", " b "]);
        assert_eq!(cells_of("a | b"), ["a ", " b"]);
        assert_eq!(cells_of(r"| a \| b | |"), [r" a \| b ", " "]);
        assert_eq!(cells_of("| a || c |"), [" a ", "", " c "]);
        assert_eq!(cells_of("| `a|b` |"), [" `a", "b` "]);
    }

    #[test]
    fn emphasis_goes_only_where_it_is_around_all() {
        let plain = |text: &'static str| &text[plain(text.as_bytes(), Span::whole(text.as_bytes())).range()];
        assert_eq!(plain(" **22** "), "22");
        assert_eq!(plain("**_`x`_**"), "x");
        assert_eq!(plain("**a** and **b**"), "**a** and **b**");
        assert_eq!(plain("~~B-1~~"), "B-1");
        assert_eq!([plain("**"), plain("*"), plain("")], ["**", "*", ""]);
    }

    #[test]
    fn a_level_leads_its_cell_and_stands_without_what_is_around_it() {
        let methodology = Methodology::embedded();
        let read = |text: &'static str| {
            let graded = grade(text.as_bytes(), Span::whole(text.as_bytes()), &methodology)?;
            Some((&text[graded.word.range()], graded.level.0, graded.alone))
        };
        assert_eq!(read("🔴 **High** (twice)"), Some(("High", 1, true)));
        assert_eq!(read("🔴 High"), Some(("High", 1, true)));
        assert_eq!(read(" 🟠 "), Some(("🟠", 1, true)));
        assert_eq!(read("**CRITICAL — all of it**"), Some(("CRITICAL", 0, true)));
        assert_eq!(read("（低〜中）"), Some(("低〜中", 3, true)));
        assert_eq!(read("Low-Medium"), Some(("Low-Medium", 3, true)));
        assert_eq!(read("Major / P1"), Some(("Major", 1, true)));
        assert_eq!(read("P1/High"), Some(("P1", 1, true)));
        assert_eq!(read("High load on start"), Some(("High", 1, false)));
        for text in ["it is high", "3 high", "rank-1", "", "--"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn ids_are_read_out_of_marks_links_and_brackets() {
        let read = |text: &'static str| {
            identify(text.as_bytes(), Span::whole(text.as_bytes())).map(|id| &text[id.range()])
        };
        for (text, id) in [
            ("BUG-001", "BUG-001"),
            ("**F1（中）**", "F1"),
            ("~~B-1~~", "B-1"),
            ("[H-02](#h-02)", "H-02"),
            ("#3", "#3"),
            ("1.2", "1.2"),
            ("BUG #4", "BUG #4"),
            ("Issue 3: slow", "Issue 3"),
            ("CVE-2026-1234", "CVE-2026-1234"),
            ("问题1", "问题1"),
            ("1收集", "1"),
            ("A2FIX-017", "A2FIX-017"),
            ("N-P0-1a", "N-P0-1a"),
        ] {
            assert_eq!(read(text), Some(id), "{text}");
        }
        for text in ["Next steps", "2026-01-01", "a.rs", "main.py:12x", "", "—", "High"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_id_alone_is_told_from_a_title_with_one() {
        let is = |text: &str| is_id(text.as_bytes(), Span::whole(text.as_bytes()));
        assert!(is("F1") && is("**F1（中）**") && is("BUG-1 (High)") && is("[H-02](#h-02)") && is("#1 ✅"));
        assert!(!is("#1: slow start") && !is("1. collect") && !is("Round 1") && !is("BUG-1 slow"));
    }

    #[test]
    fn a_time_is_no_id() {
        let id = |text: &str| {
            identify(text.as_bytes(), Span::whole(text.as_bytes())).map(|id| text[id.range()].to_owned())
        };
        assert_eq!(id("14:51"), None);
        assert_eq!(id("**9:05** restarted"), None);
        assert_eq!(id("14: it breaks"), Some("14".to_owned()));
    }

    #[test]
    fn a_cell_may_name_several_ids() {
        let several = |text: &str| {
            let base = text.as_bytes();
            names_several(base, identify(base, Span::whole(base)).unwrap())
        };
        for text in ["QA-2, QA-3", "**QA-2**, **QA-3**", "`QA-2` – `QA-5`", "QA-2 & QA-3 |"] {
            assert!(several(text), "{text}");
        }
        for text in ["QA-2", "QA-2, twice", "QA-2 the QA-3 page", "2, 3"] {
            assert!(!several(text), "{text}");
        }
    }
}
