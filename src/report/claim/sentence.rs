//! Claims of running text: `22 P0 bugs`, `3 critical and 4 high issues`, `found 17 bugs`.

use std::ops::Range;

use super::likely::is_whole_behind;
use super::number::Number;
use super::subject::rest_status;
use super::words::{self, Role};
use super::{Claim, Count, Of, Place};
use crate::methodology::{LevelId, Methodology, StatusId};
use crate::text::Span;

/// How many words may stand between the parts of a claim.
const BETWEEN: usize = 2;

/// How many words may stand between the number of bugs and what says that they were found.
const NEAR: usize = 4;

/// How long a label is at most that begins a line, in bytes.
const LABEL: usize = 32;

/// What a stretch of text is to a claim.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number {
        digits: Range<usize>,
        count: Count,
        is_word: bool,
    },
    Level(LevelId),
    Status(StatusId),
    Noun,
    Finding,
    Partial,
    /// What says that something is not so, or not yet.
    Denial,
    Filler,
    /// `and`, a comma.
    And,
    /// What joins two levels into one: `/`.
    Joint,
    /// The end of a sentence.
    End,
    Word,
}

/// The claims of the sentences of a paragraph.
pub(super) fn all(base: &[u8], paragraph: Span, methodology: &Methodology) -> Vec<Claim> {
    let text = paragraph.of(base);
    if !text.iter().any(u8::is_ascii_digit) && !holds_number_word(text) {
        return Vec::new();
    }
    let tokens = tokens(text, methodology);
    let said =
        tokens.split(|token| *token == Token::End).flat_map(|sentence| of_sentence(sentence, methodology));
    said.map(|found| {
        let of = if is_whole_behind(&text[..found.digits.start]) { Of::All } else { found.of };
        let claim = Claim::of_line(paragraph.part(found.digits), found.level, of, found.count);
        Claim { place: Place::Sentence, ..claim }
    })
    .collect()
}

fn holds_number_word(text: &[u8]) -> bool {
    if !words::may_hold_number(text) {
        return false;
    }
    let text = String::from_utf8_lossy(text);
    words::words(&text).any(|(_, word)| words::number(&word).is_some())
}

/// A count in a sentence.
struct Found {
    digits: Range<usize>,
    count: Count,
    level: Option<LevelId>,
    of: Of,
}

fn of_sentence(tokens: &[Token], methodology: &Methodology) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (read, next) = chain(tokens, at, methodology);
        match read.is_empty() {
            true => found.extend(total(tokens, at, methodology)),
            false => found.extend(read),
        }
        at = next.max(at + 1);
    }
    if tokens.contains(&Token::Denial) {
        found.retain(|found| found.of.status().is_none_or(|of| !methodology.status(of).closes));
    }
    found
}

/// The counts of levels that begin here, joined by `and`: they count bugs where a word for bugs follows, or
/// where they are two or more.
fn chain(tokens: &[Token], start: usize, methodology: &Methodology) -> (Vec<Found>, usize) {
    let mut found: Vec<Found> = Vec::new();
    let (mut at, mut has_noun, mut end) = (start, false, start);
    while let Some((one, next)) = of_level(tokens, at, methodology) {
        has_noun |= next.1;
        found.push(one);
        end = next.0;
        at = end + tokens[end..].iter().take_while(|token| **token == Token::And).count();
        at += usize::from(says_again(&tokens[at..]));
    }
    let is_lone_one = found.len() == 1 && found[0].count == Count::Exact(1) && is_word(&tokens[start]);
    let is_part = start > 0 && tokens[start - 1] == Token::Partial;
    let counts = (has_noun || found.len() > 1) && !is_lone_one && !is_part;
    if counts { (found, end) } else { (Vec::new(), start) }
}

/// Whether a level stands here before the number of that level, as its sign: `🟠 1 P1`.
fn says_again(tokens: &[Token]) -> bool {
    let [Token::Level(sign), Token::Number { .. }, Token::Level(level), ..] = tokens else { return false };
    sign == level
}

fn is_word(token: &Token) -> bool {
    matches!(token, Token::Number { is_word: true, .. })
}

/// A number and its level; gives where the text goes on, and whether a word for bugs came.
fn of_level(tokens: &[Token], at: usize, methodology: &Methodology) -> Option<(Found, (usize, bool))> {
    let Token::Number { digits, count, .. } = tokens.get(at)? else { return None };
    let before = tokens[at + 1..].iter().take(BETWEEN);
    let gap = before
        .take_while(|token| matches!(token, Token::Status(_) | Token::Filler | Token::Word | Token::Denial))
        .count();
    let Token::Level(level) = tokens.get(at + 1 + gap)? else { return None };
    let after = at + 2 + gap;
    if matches!(tokens.get(after), Some(Token::Joint | Token::Level(_))) {
        return None;
    }
    let rest = tokens[after..].iter().take(BETWEEN + 1);
    let noun = rest.take_while(|token| {
        matches!(token, Token::Noun | Token::Filler | Token::Status(_) | Token::Word | Token::Denial)
    });
    let noun = noun.clone().position(|token| *token == Token::Noun);
    let end = noun.map_or_else(|| after + rest_of(&tokens[after..]), |noun| after + noun + 1);
    let of = status(&tokens[at + 1..at + 1 + gap], methodology)
        .or_else(|| status(&tokens[end..tokens.len().min(end + BETWEEN)], methodology));
    let of = of.map_or(Of::All, Of::Status);
    let found = Found { digits: digits.clone(), count: *count, level: Some(*level), of };
    Some((found, (end, noun.is_some())))
}

/// How many words belong to a level: all up to an `and` that is near, else those that say nothing.
fn rest_of(tokens: &[Token]) -> usize {
    let words = tokens
        .iter()
        .take_while(|token| matches!(token, Token::Filler | Token::Word | Token::Denial))
        .count();
    let goes_on = words <= BETWEEN && tokens.get(words) == Some(&Token::And);
    if goes_on { words } else { tokens.iter().take_while(|token| **token == Token::Filler).count() }
}

/// The status that is told next, if it tells bugs that are done from others.
fn status(tokens: &[Token], methodology: &Methodology) -> Option<StatusId> {
    tokens.iter().take_while(|token| **token != Token::And).find_map(|token| match token {
        Token::Status(status)
            if methodology.status(*status).closes || Some(*status) == rest_status(methodology) =>
        {
            Some(*status)
        }
        _ => None,
    })
}

/// `found 17 bugs`, `17 bugs were found`.
fn total(tokens: &[Token], at: usize, methodology: &Methodology) -> Option<Found> {
    let Token::Number { digits, count, is_word } = tokens.get(at)? else { return None };
    let rest = tokens[at + 1..].iter().take(BETWEEN + 1);
    let gap = rest
        .take_while(|token| matches!(token, Token::Filler | Token::Word | Token::Status(_) | Token::Denial))
        .count();
    let noun = at + 1 + gap;
    let near = |tokens: &[Token]| tokens.contains(&Token::Finding);
    let (before, after) = (&tokens[at.saturating_sub(NEAR)..at], &tokens[(noun + 1).min(tokens.len())..]);
    let after = &after[..after.len().min(NEAR)];
    let finds = near(before) || near(after);
    let is_part =
        before.last() == Some(&Token::Partial) || *is_word && *count == Count::Exact(1) && !near(before);
    if tokens.get(noun) != Some(&Token::Noun) || gap > BETWEEN || !finds || is_part {
        return None;
    }
    let joined = [&tokens[at + 1..noun], &before[before.len().saturating_sub(1)..], after].concat();
    // Bugs that were found and fixed are those that are fixed.
    let goes_on = |at: usize| joined[at] == Token::And && at > 0 && joined[at - 1] == Token::Finding;
    let around: Vec<Token> =
        (0..joined.len()).filter(|at| !goes_on(*at)).map(|at| joined[at].clone()).collect();
    let of = status(&around, methodology).map_or(Of::All, Of::Status);
    Some(Found { digits: digits.clone(), count: *count, level: None, of })
}

/// What a text is made of.
fn tokens(text: &[u8], methodology: &Methodology) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (token, length) = token(text, at, methodology);
        tokens.extend(token);
        at += length.max(1);
    }
    tokens
}

/// The token at an offset, and how long it is.
fn token(text: &[u8], at: usize, methodology: &Methodology) -> (Option<Token>, usize) {
    let rest = &text[at..];
    match rest[0] {
        b'.' | b'!' | b'?' => {
            return (rest.get(1).is_none_or(u8::is_ascii_whitespace).then_some(Token::End), 1);
        }
        b';' | b'(' | b')' => return (Some(Token::End), 1),
        b'\n' | b'\r' => return (ends_line(text, at).then_some(Token::End), 1),
        b'`' => return (Some(Token::Word), code(rest)),
        b'/' => return (Some(Token::Joint), 1),
        b',' => return (Some(Token::And), 1),
        _ => {}
    }
    if !rest[0].is_ascii() {
        if let Some((token, length)) = wide_mark(rest) {
            return (Some(token), length);
        }
        if let Some(length) =
            words::counter(rest).filter(|_| text[..at].last().is_some_and(u8::is_ascii_digit))
        {
            return (Some(Token::Filler), length);
        }
    }
    if let Some(number) = starts_number(text, at) {
        let digits = at + number.digits.start..at + number.digits.end;
        return (Some(Token::Number { digits, count: number.count, is_word: false }), number.end);
    }
    word(text, at, methodology)
}

/// The marks of Chinese and Japanese sentences.
fn wide_mark(rest: &[u8]) -> Option<(Token, usize)> {
    let is =
        |marks: &[&str]| marks.iter().find(|mark| rest.starts_with(mark.as_bytes())).map(|mark| mark.len());
    let ends = is(&["。", "；", "（", "）"]).map(|length| (Token::End, length));
    ends.or_else(|| is(&["、", "，", "和"]).map(|length| (Token::And, length)))
}

/// How long the code is that starts here, back quotes included; of a quote that is not closed, itself.
fn code(rest: &[u8]) -> usize {
    let quotes = rest.iter().take_while(|byte| **byte == b'`').count();
    let end = memchr::memmem::find(&rest[quotes..], &rest[..quotes]);
    end.map_or(quotes, |end| end + 2 * quotes)
}

/// Whether a line end ends a sentence: it is a hard break, or the next line begins with emphasis or is a label and a number.
fn ends_line(text: &[u8], at: usize) -> bool {
    let before = text[..at].strip_suffix(b"\r").unwrap_or(&text[..at]);
    let next = text[at + 1..].trim_ascii_start();
    before.ends_with(b"  ") || before.ends_with(b"\\") || next.starts_with(b"**") || is_labelled(next)
}

/// Whether a line begins with a label and a number behind it: `Low: 1`.
fn is_labelled(text: &[u8]) -> bool {
    let colon = text.iter().take(LABEL).position(|byte| b":\n".contains(byte));
    let number = colon.filter(|at| text[*at] == b':').map(|at| text[at + 1..].trim_ascii_start());
    number.is_some_and(|number| number.first().is_some_and(u8::is_ascii_digit))
}

/// The number that starts here and is no part of a word, an id or a version.
fn starts_number(text: &[u8], at: usize) -> Option<Number> {
    let is_start = text[at].is_ascii_digit() || text[at] == b'~' || text[at..].starts_with("≈".as_bytes());
    let before = text[..at].last();
    let is_free = before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"-.#/:$_~&=<>+".contains(byte));
    let is_ordinal = text[..at].ends_with("第".as_bytes());
    (is_start && is_free && !is_ordinal).then(|| Number::leading(&text[at..])).flatten()
}

/// The word that starts here.
fn word(text: &[u8], at: usize, methodology: &Methodology) -> (Option<Token>, usize) {
    let rest = &text[at..];
    let length = word_length(rest);
    if length == 0 {
        return (None, 1);
    }
    if let Some(found) = methodology.read_level(&rest[..phrase(rest)]).filter(|found| found.span.start == 0) {
        return (Some(Token::Level(found.level)), found.span.end);
    }
    if !rest[0].is_ascii()
        && words::ends_in_counter(&text[..at])
        && let Some((level, length)) = single_letter(rest, methodology)
    {
        return (Some(Token::Level(level)), length);
    }
    let said = String::from_utf8_lossy(&rest[..length]).to_lowercase();
    let token = match words::role(&said) {
        _ if words::finds(&said) => Token::Finding,
        _ if words::is_partial(&said) => Token::Partial,
        _ if words::denies(&said) || at == 0 && words::is_undone(&said) => Token::Denial,
        Role::Noun => Token::Noun,
        Role::Filler | Role::Count => Token::Filler,
        Role::Total => Token::Finding,
        Role::Rest => rest_status(methodology).map_or(Token::Word, Token::Status),
        Role::Other => match (words::number(&said), methodology.status_named(&said)) {
            _ if said == "and" || said == "plus" || said == "with" => Token::And,
            (Some(n), _) => Token::Number { digits: at..at + length, count: Count::Exact(n), is_word: true },
            (None, Some(status)) => Token::Status(status),
            _ => Token::Word,
        },
    };
    (Some(token), length)
}

/// The level that the first letter of a text names by itself, and how long that is: `高` of `高严重度`.
fn single_letter(rest: &[u8], methodology: &Methodology) -> Option<(LevelId, usize)> {
    let first = rest[..rest.len().min(4)].utf8_chunks().next()?.valid().chars().next()?;
    let is_unspaced = ('\u{2e80}'..='\u{9fff}').contains(&first);
    let level = methodology.level_named(first.encode_utf8(&mut [0; 4])).filter(|_| is_unspaced)?;
    Some((level, first.len_utf8()))
}

/// How long a stretch is that can name a level: a few words.
fn phrase(rest: &[u8]) -> usize {
    const MOST: usize = 48;
    let cut = rest.iter().take(MOST).position(|byte| b".,;:()/\n|".contains(byte)).unwrap_or(MOST);
    let mut end = cut.min(rest.len());
    while end < rest.len() && end > 0 && (rest[end] & 0xC0) == 0x80 {
        end -= 1;
    }
    end
}

/// How many bytes the letters and digits at the start take.
fn word_length(rest: &[u8]) -> usize {
    let Some(chunk) = rest[..rest.len().min(256)].utf8_chunks().next() else { return 0 };
    let text = chunk.valid();
    let is_word = |c: char| c.is_alphanumeric() || c == '\'';
    match text.chars().next() {
        Some(first) if !is_word(first) => sign_length(first),
        // Where words know no blanks, a number ends one.
        Some('\u{2e80}'..='\u{9fff}') => {
            text.find(|c: char| !is_word(c) || c.is_ascii_digit()).unwrap_or(text.len())
        }
        _ => text.find(|c| !is_word(c)).unwrap_or(text.len()),
    }
}

/// Emoji can name levels; blanks and punctuation cannot.
fn sign_length(first: char) -> usize {
    if first > '\u{2000}' { first.len_utf8() } else { 0 }
}
