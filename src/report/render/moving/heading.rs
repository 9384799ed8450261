//! The heading of a section that is made for a level, like that of another.
//!
//! It has the words of the other for its own level, and nothing that is said of the other's bugs: no remark, no number that
//! another section has. It is read as the level that it is made for.

use std::ops::Range;

use super::numeral;
use crate::methodology::{HeadingWord, Level, LevelId, Methodology, is_grade};
use crate::report::dialect::Lexicon;
use crate::report::entry::decoration::is_nouns;
use crate::report::inline::trailing_bracketed;
use crate::report::render::first_newline;
use crate::report::run::Run;
use crate::report::{REMARKS, Report, Section, SectionIx, claim, part};
use crate::text::Span;

/// A heading that is to be made.
pub(super) struct Heading<'a> {
    pub(super) report: &'a Report,
    /// The section whose heading it is like.
    pub(super) model: SectionIx,
    /// Where it goes.
    pub(super) at: u32,
    pub(super) lexicon: &'a Lexicon<'a>,
}

impl Heading<'_> {
    /// Its bytes, with the line end, for a section of so many bugs.
    pub(super) fn of(&self, level: LevelId, bugs: usize) -> Vec<u8> {
        let (base, own) = (self.report.base(), self.own());
        let methodology = self.report.methodology();
        let words = counted(methodology, &self.title(level), bugs);
        let lead = Span::new(own.heading.start, own.title.start).of(base);
        let mut text = lead.trim_ascii_start().to_vec();
        text.extend_from_slice(words.as_bytes());
        text.extend_from_slice(Span::new(own.title.end, own.heading.end).of(base));
        if !text.ends_with(b"\n") && !text.ends_with(b"\r") {
            text.extend_from_slice(first_newline(base));
        }
        text
    }

    fn own(&self) -> Section {
        self.report.sections()[self.model.at()]
    }

    /// The title for a level; its key where the words of the model do not name it.
    fn title(&self, level: LevelId) -> String {
        let methodology = self.report.methodology();
        let title = String::from_utf8_lossy(self.own().title.of(self.report.base())).into_owned();
        let Some(from) = self.own().level else { return title };
        let words = self.numbered(&self.reworded(&self.without_remark(&title, from), from, level));
        let read = part::level_of_heading(words.as_bytes(), Span::whole(words.as_bytes()), methodology);
        if read == Some(level) { words } else { methodology.level(level).key.clone() }
    }

    /// A title with all words for one level replaced by those for another: `P2 Bugs (Medium Priority)` becomes
    /// `P3 Bugs (Low Priority)`, and `🟠 P1 严重问题` becomes `🟡 P2 一般问题`. A word for a grade goes where what
    /// stands before it is none any more.
    fn reworded(&self, title: &str, from: LevelId, to: LevelId) -> String {
        let methodology = self.report.methodology();
        let (mut out, mut rest) = (String::with_capacity(title.len()), title);
        while let Some(run) = Run::first(rest.as_bytes(), methodology) {
            let is_own = run.names(from);
            out.push_str(&rest[..run.span.start]);
            match is_own {
                true => out.push_str(&self.lexicon.in_title(&run, rest, to)),
                false => out.push_str(&rest[run.span.clone()]),
            }
            rest = &rest[run.span.end..];
            if is_own {
                rest = self.glued(rest, &mut out, from, to);
            }
            if is_own && ends_with_name(&out, methodology.level(to)) {
                rest = without_grade(rest, methodology);
            }
        }
        out + rest
    }

    /// Writes a word for a level that is glued to the noun behind it, where a title goes on with one, for another; gives what is left.
    fn glued<'t>(&self, rest: &'t str, out: &mut String, from: LevelId, to: LevelId) -> &'t str {
        let methodology = self.report.methodology();
        let text = rest.trim_start();
        let Some(word) = methodology.leading_grade(text) else { return rest };
        out.push_str(&rest[..rest.len() - text.len()]);
        out.push_str(methodology.graded_like(word, from, to).unwrap_or_else(|| self.lexicon.like(word, to)));
        &text[word.len()..]
    }

    /// A title without the remark behind the words for its level, which is about its own bugs: `P0 Bugs (Critical) - Fix
    /// first`. What names or counts bugs is none, and neither is what a section beside it says as well.
    fn without_remark(&self, title: &str, level: LevelId) -> String {
        let methodology = self.report.methodology();
        let behind = match remark_in_brackets(title).filter(|at| self.is_own_remark(&title[*at..])) {
            Some(at) => behind_level(methodology, &title[..at], level),
            None => behind_level(methodology, title, level),
        };
        let Some((cut, length)) = remark(title, behind) else { return title.to_owned() };
        let (words, tail) = title.split_at(cut);
        let said = &tail[length..];
        let counts =
            said.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_ascii_digit());
        match self.is_shared(tail) || counts || is_nouns(said.as_bytes(), methodology) {
            true => title.to_owned(),
            false if words.matches("**").count() % 2 == 1 => format!("{words}**"),
            false => words.to_owned(),
        }
    }

    /// Whether what stands in the brackets at the end of the title is said of its own bugs, be it with a word for a level, as in
    /// `High (major impact)`: the sections beside it say something else there, or it is more than what bugs are called.
    fn is_own_remark(&self, tail: &str) -> bool {
        let methodology = self.report.methodology();
        let words = other_words(methodology, tail).join(" ");
        let say_other = || {
            let title =
                |other: &Section| String::from_utf8_lossy(other.title.of(self.report.base())).into_owned();
            self.beside().any(|other| other.level.is_some() && remark_in_brackets(&title(other)).is_some())
        };
        !words.is_empty()
            && !self.is_shared(tail)
            && (!is_nouns(words.as_bytes(), methodology) || say_other())
    }

    /// Whether the title of a section beside the model ends so too, its words for levels aside.
    fn is_shared(&self, tail: &str) -> bool {
        let methodology = self.report.methodology();
        let own = other_words(methodology, tail);
        self.beside().filter(|other| other.level.is_some()).any(|other| {
            let title = String::from_utf8_lossy(other.title.of(self.report.base()));
            let remark = remark_in_brackets(&title).map_or("", |at| &title[at..]);
            title.ends_with(tail) || !own.is_empty() && other_words(methodology, remark) == own
        })
    }

    /// The sections around it but for the model itself.
    fn beside(&self) -> impl Iterator<Item = &Section> {
        let (own, sections) = (self.own(), self.report.sections());
        let (first, end) = match own.parent {
            Some(parent) => (parent.at() + 1, sections[parent.at()].span.end),
            None => (0, u32::MAX),
        };
        let around = sections[first..].iter().take_while(move |other| other.span.start < end);
        let is_beside = move |other: &&Section| (other.parent, other.depth) == (own.parent, own.depth);
        around.filter(is_beside).filter(move |other| other.heading != own.heading)
    }

    /// A title with the number that follows that of the model, or without any where a section behind has a number.
    fn numbered(&self, title: &str) -> String {
        let Some((number, digits, words)) = number(title) else { return title.to_owned() };
        let text =
            |section: &Section| String::from_utf8_lossy(section.title.of(self.report.base())).into_owned();
        let is_last = self.at > self.own().span.start
            && !self
                .beside()
                .any(|other| other.span.start >= self.at && self::number(&text(other)).is_some());
        let next = number.checked_add(1).filter(|_| is_last);
        match next.and_then(|next| numeral::like(&title[digits.clone()], next)) {
            Some(next) => format!("{}{next}{}", &title[..digits.start], &title[digits.end..]),
            None => title[words..].to_owned(),
        }
    }
}

/// The last of the numbers that a title begins with as that of a part, where it stands, and where the words behind
/// begin: `1. ` or `2) ` or `3.1 ` or `四、`, and not `4 bugs`.
fn number(title: &str) -> Option<(u32, Range<usize>, usize)> {
    if let Some((number, end)) = numeral::leading(title) {
        let words = title[end..].strip_prefix(['、', '．', '.'])?.trim_start();
        return Some((number, 0..end, title.len() - words.len()));
    }
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '.';
    let part = title.len() - title.trim_start_matches(is_part).len();
    let digits = title[..part].trim_end_matches('.');
    let start = digits.rfind('.').map_or(0, |dot| dot + 1);
    let rest = title[part..].trim_start_matches([')', ':']);
    let sets_off = title.len() - rest.len() > digits.len() || start > 0;
    let words = rest.trim_start();
    let is_number = sets_off && words.len() < rest.len();
    Some((
        digits[start..].parse().ok().filter(|_| is_number)?,
        start..digits.len(),
        title.len() - words.len(),
    ))
}

/// The brackets of a remark that a title ends with.
const BRACKETS: [(&str, char); 3] = [(" (", ')'), ("（", '）'), (" [", ']')];

/// Where a remark behind the words for a level begins, and how long what sets it off is.
fn remark(title: &str, behind: usize) -> Option<(usize, usize)> {
    let set_off = |mark: &&str| Some((behind + title[behind..].find(*mark)?, mark.len()));
    let bracketed = BRACKETS.iter().filter(|(_, close)| title.ends_with(*close)).map(|(open, _)| open);
    REMARKS.iter().chain(bracketed).filter_map(set_off).min()
}

/// Whether a text ends with what a team calls a level, which goes with no word for a grade.
fn ends_with_name(text: &str, level: &Level) -> bool {
    let text = text.to_lowercase();
    [&level.key, &level.name].iter().any(|own| text.ends_with(&own.to_lowercase()) && !is_grade(own))
}

/// A text without the word for a grade that it begins with: `Priority`, `-severity`.
fn without_grade<'t>(text: &'t str, methodology: &Methodology) -> &'t str {
    let word = text.trim_start_matches([' ', '-']);
    match methodology.headings().leading(word.as_bytes()) {
        Some((HeadingWord::Grade, length)) => &word[length..],
        _ => text,
    }
}

/// Where the brackets begin that a title ends with.
fn remark_in_brackets(title: &str) -> Option<usize> {
    trailing_bracketed(title.as_bytes()).map(|(start, _)| start).filter(|start| *start > 0)
}

/// The words of a text that name no level, in lower case.
fn other_words(methodology: &Methodology, text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| methodology.level_named(word).is_none()).map(str::to_lowercase).collect()
}

/// Where the last word for a level ends in a title. One that goes with none for other levels, such as `Must fix`, is a
/// remark behind one that does.
fn behind_level(methodology: &Methodology, title: &str, level: LevelId) -> usize {
    let (mut at, mut behind, mut is_graded) = (0, 0, false);
    while let Some(found) = methodology.read_level(&title.as_bytes()[at..]) {
        let word = &title[at + found.span.start..at + found.span.end];
        at += found.span.end;
        let goes = methodology.is_of_scale(word.trim_start_matches(|letter: char| !letter.is_alphanumeric()));
        if found.level == level && (goes || !is_graded) {
            behind = at;
            is_graded |= goes;
        }
    }
    behind
}

/// A title with the number of bugs that it states, as in `High (6)`, set anew.
fn counted(methodology: &Methodology, title: &str, bugs: usize) -> String {
    let base = title.as_bytes();
    match claim::of_heading(base, Span::whole(base), methodology) {
        Some((claim, _)) => {
            format!("{}{bugs}{}", &title[..claim.span.range().start], &title[claim.span.range().end..])
        }
        None => title.to_owned(),
    }
}
