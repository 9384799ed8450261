//! What a rewrite may touch, told by lines alone and not by the edits that made it: the lines that hold a
//! site of the bug or a claim, and what separates blocks. All others appear as often as before.

use std::collections::BTreeSet;
use std::ops::Range;

use regrade::report::{BugIx, Form, Report, Source};

use crate::changed::difference;

/// How many lines a rewrite may add: a field, and the heading of a section.
const ADDED: usize = 2;

/// How many blank lines and rules a rewrite may add or take away: those around a block and a heading.
const SEPARATORS: usize = 8;

/// How many words a site or a claim may lose: `🟠 Very High (…)`.
const WORDS: usize = 4;

/// A document as lines, and which of them a change of one bug may touch.
pub(super) struct Before<'a> {
    base: &'a [u8],
    lines: Vec<Range<usize>>,
    /// Indexes into `lines`.
    touched: BTreeSet<usize>,
    /// How many sites and claims stand on those.
    places: usize,
}

impl<'a> Before<'a> {
    pub(super) fn of(report: &'a Report, bug: BugIx) -> Before<'a> {
        let base = report.base();
        let lines = lines(base);
        let sites = report.sites(bug).into_iter().map(|site| site.span);
        let claims = report.claims().iter().map(|claim| claim.span);
        let own = says_it_itself(report, bug).then(|| report.bug(bug).title);
        let places = sites.chain(claims).chain(own).map(|span| span.start as usize);
        let places: Vec<usize> = places.chain(vacant(report)).collect();
        let line_of = |at: &usize| lines.partition_point(|line| line.start <= *at) - 1;
        let touched = places.iter().map(line_of).collect();
        Before { base, lines, touched, places: places.len() }
    }

    /// Whether one of these lines, from 0, may be touched.
    pub(super) fn touches(&self, lines: &Range<usize>) -> bool {
        self.touched.range(lines.clone()).next().is_some()
    }

    /// What a rewrite did to lines that it may not touch.
    pub(super) fn harm(&self, new: &[u8]) -> Option<String> {
        let whole = even_lines(self.base, &self.lines);
        let (lost, gained) = difference(whole, even_lines(new, &lines(new)));
        let (lost_rules, lost): (Vec<_>, Vec<_>) = lost.into_iter().partition(|line| separates(line));
        let (gained_rules, gained): (Vec<_>, Vec<_>) = gained.into_iter().partition(|line| separates(line));
        let moved = lost_rules.len().max(gained_rules.len());
        self.lost(&lost, &gained)
            .or_else(|| (moved > SEPARATORS).then(|| format!("{moved} separators lost or new")))
            .or_else(|| self.foreign_end(new))
    }

    /// A line lost that may not be touched, too many new ones, or too much of a line that may.
    fn lost(&self, lost: &[Vec<u8>], gained: &[Vec<u8>]) -> Option<String> {
        let touched: Vec<Range<usize>> = self.touched.iter().map(|line| self.lines[*line].clone()).collect();
        let may = even_lines(self.base, &touched);
        if let Some(line) = lost.iter().find(|line| !may.contains(line)) {
            return Some(format!("lost {}", text(line)));
        }
        if gained.len() > lost.len() + ADDED {
            return Some(format!("{} lines more, such as {}", gained.len() - lost.len(), text(&gained[0])));
        }
        let (words, _) = difference(words(lost), words(gained));
        let many = words.len() > WORDS * self.places;
        many.then(|| format!("{} words lost, such as {}", words.len(), text(words[0])))
    }

    fn foreign_end(&self, new: &[u8]) -> Option<String> {
        let foreign = self.lines.len() > 1 && !kinds(self.base).is_superset(&kinds(new));
        foreign.then(|| "a kind of line end that it had not".to_owned())
    }

    /// The lines of the rewritten document that are new, from 0.
    pub(super) fn new_lines(&self, new: &[u8]) -> BTreeSet<usize> {
        let old: BTreeSet<&[u8]> = self.lines.iter().map(|line| &self.base[line.clone()]).collect();
        let lines = lines(new).into_iter().enumerate();
        lines.filter(|(_, line)| !old.contains(&new[line.clone()])).map(|(at, _)| at).collect()
    }
}

/// Where lines stand that say of sections by severity that they have no bugs.
fn vacant(report: &Report) -> Vec<usize> {
    let sections = report.sections();
    let text = |at: usize| {
        let end = sections
            .get(at + 1)
            .map_or(sections[at].span.end, |next| next.span.start.min(sections[at].span.end));
        sections[at].heading.end.min(end) as usize..end as usize
    };
    let holds_none =
        |span: &Range<usize>| !report.bugs().iter().any(|bug| span.contains(&(bug.block.start as usize)));
    let says_none = |line: &[u8]| {
        let word = line.iter().skip_while(|byte| !byte.is_ascii_alphanumeric()).take(4).copied();
        word.collect::<Vec<u8>>().eq_ignore_ascii_case(b"none")
    };
    let empty = (0..sections.len()).filter(|at| sections[*at].level.is_some()).map(text).filter(holds_none);
    let said = empty.flat_map(|text| {
        let lines = lines(&report.base()[text.clone()]);
        lines.into_iter().map(move |line| text.start + line.start..text.start + line.end)
    });
    said.filter(|line| says_none(&report.base()[line.clone()])).map(|line| line.start).collect()
}

/// Whether nothing but, perhaps, its section says how severe a row or an item is, so that its own words have to
/// where it cannot move.
fn says_it_itself(report: &Report, bug: BugIx) -> bool {
    let told = report.sites(bug).iter().any(|site| site.source != Source::Section);
    report.bug(bug).form != Form::Heading && !told
}

/// The lines of a document without their ends, which are `\n`, `\r\n` or `\r`.
pub(super) fn lines(base: &[u8]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, byte) in base.iter().enumerate() {
        let ends = *byte == b'\n' || *byte == b'\r' && base.get(at + 1) != Some(&b'\n');
        if ends {
            let end = if *byte == b'\n' && at > start && base[at - 1] == b'\r' { at - 1 } else { at };
            lines.push(start..end);
            start = at + 1;
        }
    }
    lines.push(start..base.len());
    lines
}

fn even_lines(base: &[u8], lines: &[Range<usize>]) -> Vec<Vec<u8>> {
    lines.iter().map(|line| even(&base[line.clone()])).collect()
}

/// A line; a table's without the blanks and dashes that only align it.
fn even(line: &[u8]) -> Vec<u8> {
    let mut line = line.to_vec();
    if line.contains(&b'|') {
        line.dedup_by(|a, b| a == b && b" -".contains(a));
    }
    line
}

fn separates(line: &[u8]) -> bool {
    line.iter().all(|byte| b" \t-*_".contains(byte))
}

fn words(lines: &[Vec<u8>]) -> Vec<&[u8]> {
    lines
        .iter()
        .flat_map(|line| line.split(u8::is_ascii_whitespace))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The kinds of line ends in use.
fn kinds(base: &[u8]) -> BTreeSet<&[u8]> {
    let lines = lines(base);
    lines.windows(2).map(|pair| &base[pair[0].end..pair[1].start]).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A splitter that disagrees with the program's would find harm where none is.
#[test]
fn lines_end_as_in_markdown() {
    let texts =
        |base: &'static str| lines(base.as_bytes()).into_iter().map(|line| &base[line]).collect::<Vec<_>>();
    assert_eq!(texts("a\r\n\rb\n\nc"), ["a", "", "b", "", "c"]);
    assert_eq!(texts("a\n"), ["a", ""]);
}
