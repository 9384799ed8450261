//! Paragraphs about the report as a whole: where they go, how this report writes them, and where one stands.
//!
//! They stand below the report's summary, before the first part that holds bugs, as a labelled line of its own: a
//! quote, which no reader takes for a bug, unless the report itself labels lines there without one.

use super::{Report, Section};
use crate::text::edit::Edit;
use crate::text::{Span, display, line};

/// A paragraph that comes or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// It is put below the summary, behind those that are put there before it: `**Finding:** text`.
    New(String),
    /// It is taken away from where it stands.
    Gone(Span),
}

impl Paragraph {
    /// A text under a label, as the line that it is written as: `**Finding:** No bug touches production.`
    pub fn stating(label: &str, text: &str) -> Paragraph {
        Paragraph::New(format!("**{label}:** {}", display::one_line(text)))
    }
}

/// The label of what was found out about the report as a whole.
pub const FINDING: &str = "Finding";
/// The label of what to do about it.
pub const RECOMMENDATION: &str = "Recommendation";

/// Whether a text is such a paragraph: it speaks of what the report says, and does not say it.
pub(super) fn is_remark(text: &[u8]) -> bool {
    let text = text.strip_prefix(QUOTE.as_bytes()).unwrap_or(text);
    let label = text.strip_prefix(b"**").unwrap_or_default();
    [FINDING, RECOMMENDATION]
        .iter()
        .any(|known| label.strip_prefix(known.as_bytes()).is_some_and(|rest| rest.starts_with(b":** ")))
}

/// The line on which a report has this paragraph, line end included, alone or as a quote.
pub fn find(report: &Report, text: &str) -> Option<Span> {
    let base = report.base();
    memchr::memmem::find_iter(base, text).find_map(|at| {
        let line = line::at(base, line_of(base, at)?);
        (line.text.range().end == at + text.len()).then(|| line.whole())
    })
}

/// Every paragraph under a label: where its line starts, and its words behind the label, of however many lines.
pub fn labelled(report: &Report, label: &str) -> Vec<(u32, String)> {
    let (base, label) = (report.base(), format!("**{label}:** "));
    let labels = memchr::memmem::find_iter(base, &label);
    labels.filter_map(|at| Some((line_of(base, at)?, words(base, (at + label.len()) as u32)))).collect()
}

/// The words of a paragraph from an offset of its first line on: to the next label, heading or blank line.
fn words(base: &[u8], from: u32) -> String {
    let lines = line::lines(base, Span::new(from, base.len() as u32)).map(|line| {
        let text = String::from_utf8_lossy(line.text.of(base)).into_owned();
        text.trim_start_matches(['>', ' ']).trim_end().to_owned()
    });
    let goes_on = |(nth, text): &(usize, String)| {
        *nth == 0 || !text.is_empty() && !text.starts_with("**") && !text.starts_with('#')
    };
    lines
        .enumerate()
        .take_while(goes_on)
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// The start of the line that a text begins, alone or as a quote.
fn line_of(base: &[u8], at: usize) -> Option<u32> {
    [QUOTE, ""].into_iter().find_map(|mark| {
        let from = at.checked_sub(mark.len())?;
        (base[from..at] == *mark.as_bytes() && is_start(base, from)).then_some(from as u32)
    })
}

/// What stands before each line of a quote.
const QUOTE: &str = "> ";

/// The edits that these paragraphs are.
pub(super) fn edits(report: &Report, paragraphs: &[Paragraph]) -> Vec<Edit> {
    let mut site = None;
    let edit = |paragraph: &Paragraph| match paragraph {
        Paragraph::New(text) => site.get_or_insert_with(|| Site::of(report)).put(report, text),
        Paragraph::Gone(span) => Edit::delete(with_blank(report.base(), *span)),
    };
    paragraphs.iter().map(edit).collect()
}

/// Where new paragraphs go.
struct Site {
    /// The offset behind the last line of the summary, or before all else.
    at: u32,
    /// Whether a line stands before it.
    follows: bool,
    /// Whether what stands behind it has to be set off.
    touches: bool,
    mark: &'static str,
}

impl Site {
    fn of(report: &Report) -> Site {
        let base = report.base();
        let anchor = anchor(report);
        let lines: Vec<line::Line> = line::lines(base, Span::new(start(base), anchor)).collect();
        let is_blank = |at: usize| lines[at].text.of(base).trim_ascii().is_empty();
        let is_rule = |at: usize| {
            let text = lines[at].text.of(base).trim_ascii();
            let marks = text.iter().filter(|byte| !byte.is_ascii_whitespace());
            text.len() > 2 && (at == 0 || is_blank(at - 1)) && all_alike(marks)
        };
        let last = (0..lines.len()).rev().find(|at| !is_blank(*at) && !is_rule(*at));
        let at = last.map_or(anchor, |last| lines[last].end);
        let next = (at as usize) < base.len();
        let next = next.then(|| line::at(base, at).text.of(base).trim_ascii());
        let touches = next.is_some_and(|next| !next.is_empty() && !next.starts_with(b"#"));
        let mark = if labels_bare(&lines, base) { "" } else { QUOTE };
        Site { at, follows: last.is_some(), touches, mark }
    }

    fn put(&self, report: &Report, text: &str) -> Edit {
        let base = report.base();
        let newline = String::from_utf8_lossy(super::render::newline(base, line_before(base, self.at)));
        let written = format!("{}{text}", self.mark);
        let open = self.follows && !base[..self.at as usize].ends_with(b"\n");
        let open = open && !base[..self.at as usize].ends_with(b"\r");
        let (before, after) = match (self.follows, open) {
            (false, _) => (String::new(), newline.repeat(2)),
            (true, true) => (newline.repeat(2), String::new()),
            (true, false) if self.touches => (newline.to_string(), newline.repeat(2)),
            (true, false) => (newline.to_string(), newline.to_string()),
        };
        Edit::insert(self.at, format!("{before}{written}{after}"))
    }
}

/// The offset of the first thing that belongs to bugs: the heading of the outermost part that holds the first of
/// them and is not the whole report, or of one beside it whose bugs have all gone elsewhere, or the lines around that
/// bug; the end where there is no bug.
fn anchor(report: &Report) -> u32 {
    let base = report.base();
    let Some(first) = report.bugs().first() else { return base.len() as u32 };
    let around = std::iter::successors(first.section, |section| report.sections()[section.at()].parent);
    let around: Vec<&Section> = around.map(|section| &report.sections()[section.at()]).collect();
    let is_title = |section: &Section| {
        section.span.start == report.sections()[0].span.start
            && section.level.is_none()
            && report.bugs().last().is_some_and(|bug| section.span.covers(bug.block))
    };
    match around.into_iter().rev().find(|section| !is_title(section)) {
        Some(section) => first_beside(report, section).span.start,
        None => run_start(base, first.block.start),
    }
}

/// The first of the parts for levels that a part is one of, itself where it is for none.
fn first_beside<'r>(report: &'r Report, section: &'r Section) -> &'r Section {
    let is_beside = |other: &&Section| {
        (other.parent, other.depth) == (section.parent, section.depth) && other.level.is_some()
    };
    let first = section.level.and_then(|_| report.sections().iter().find(is_beside));
    first.unwrap_or(section)
}

/// The start of the run of lines without a blank one, or a heading, between that a line stands in.
fn run_start(base: &[u8], from: u32) -> u32 {
    let mut at = from;
    while at > start(base) {
        let before = line_before(base, at);
        let text = line::at(base, before).text.of(base);
        if text.trim_ascii().is_empty() || text.starts_with(b"#") {
            break;
        }
        at = before;
    }
    at
}

/// The start of the line before the one that starts here.
fn line_before(base: &[u8], at: u32) -> u32 {
    let Some(end) = (at as usize).checked_sub(1) else { return 0 };
    let end = if end > 0 && base[end] == b'\n' && base[end - 1] == b'\r' { end - 1 } else { end };
    memchr::memrchr2(b'\n', b'\r', &base[..end]).map_or(start(base), |feed| feed as u32 + 1)
}

/// Where the text begins, behind a byte order mark.
fn start(base: &[u8]) -> u32 {
    if base.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

fn is_start(base: &[u8], at: usize) -> bool {
    at == start(base) as usize || at > 0 && matches!(base[at - 1], b'\n' | b'\r')
}

/// Whether these are the signs of a rule.
fn all_alike<'b>(mut marks: impl Iterator<Item = &'b u8>) -> bool {
    let first = marks.next().filter(|mark| b"-*_".contains(mark));
    first.is_some_and(|first| marks.all(|mark| mark == first))
}

/// Whether lines above the bugs carry bold labels, and no quote does.
fn labels_bare(lines: &[line::Line], base: &[u8]) -> bool {
    let is_labelled = |line: &line::Line| {
        let text = line.text.of(base);
        text.starts_with(b"**") && memchr::memmem::find(text, b":**").is_some()
    };
    lines.iter().any(is_labelled) && !lines.iter().any(|line| line.text.of(base).starts_with(b">"))
}

/// A line with the blank one that sets it off: the one before it, else the one behind.
fn with_blank(base: &[u8], span: Span) -> Span {
    let before = line_before(base, span.start);
    let is_blank = |at: u32| line::at(base, at).text.of(base).trim_ascii().is_empty();
    if span.start > start(base) && is_blank(before) {
        let at_end = span.end as usize == base.len() && !base.ends_with(b"\n");
        let from =
            if at_end && before > 0 { line::at(base, line_before(base, before)).text.end } else { before };
        return Span::new(from, span.end);
    }
    let next = line::at(base, span.end);
    if (span.end as usize) < base.len() && is_blank(span.end) {
        Span::new(span.start, next.end)
    } else {
        span
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::render::{Wanted, edits_of};
    use crate::report::{Writing, audit};

    fn report(text: &str) -> Report {
        Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()))
    }

    fn apply(text: &str, paragraphs: &[Paragraph]) -> String {
        let report = report(text);
        let wanted = Wanted { paragraphs, ..Wanted::default() };
        let edits = edits_of(&report, &wanted, Writing::default()).unwrap();
        String::from_utf8(edits.apply(report.base())).unwrap()
    }

    fn finding(text: &str) -> Paragraph {
        Paragraph::stating("Finding", text)
    }

    const PLAIN: &str = "# R\n\nAll of it.\n\n---\n\n## P0 Bugs\n\n### A-1: One\n- **Severity:** P0\n";

    #[test]
    fn a_finding_stands_below_the_summary_and_above_the_rule() {
        let after = apply(PLAIN, &[finding("None of the 22\nP0 bugs is real."), finding("Two.")]);
        let expected =
            "All of it.\n\n> **Finding:** None of the 22 P0 bugs is real.\n\n> **Finding:** Two.\n\n---\n";
        assert!(after.contains(expected), "{after}");
        assert_eq!(report(&after).len(), 1);
        let found = audit(&report(&after), "2026-02-11T20:25:48Z".parse().unwrap());
        assert!(found.iter().all(|found| found.claim.is_none()), "{found:?}");
    }

    /// Once every P0 is downgraded, the finding that says so would stand among the bugs.
    #[test]
    fn a_part_whose_bugs_have_gone_is_none_of_the_summary() {
        let text = "# Bugs\n\nTwo bugs.\n\n## P0 Bugs\n\n## P1 Bugs\n\n### BUG-1: One\n- **Severity:** P1\n";
        let after = apply(text, &[finding("No P0 is left.")]);
        assert_eq!(after, text.replace("Two bugs.\n", "Two bugs.\n\n> **Finding:** No P0 is left.\n"));
    }

    #[test]
    fn a_report_that_labels_its_lines_bare_gets_a_bare_line() {
        let text = PLAIN.replace("All of it.", "**Product:** Skerry");
        assert!(apply(&text, &[finding("x")]).contains("**Product:** Skerry\n\n**Finding:** x\n\n---\n"));
    }

    /// A finding taken back would leave a trace, or take something else with it.
    #[test]
    fn a_paragraph_that_goes_leaves_the_bytes_that_were_there() {
        let texts = [
            PLAIN.to_owned(),
            PLAIN.replace('\n', "\r\n"),
            format!("\u{feff}{PLAIN}"),
            PLAIN.replace("---\n\n", ""),
            PLAIN.replace("# R\n\nAll of it.\n\n---\n\n", ""),
            String::from("no bug at all"),
            String::from("no bug at all\n"),
            String::new(),
            String::from(
                "# R\n\n| ID | Severity | Title |\n|--|--|--|\n| A-1 | P0 | One |\n| A-2 | P1 | Two |\n",
            ),
            String::from("- [ ] **P1** one\n- [ ] **P0** two\n"),
        ];
        for text in texts {
            let (before, after) = (report(&text), apply(&text, &[finding("It is so.")]));
            assert_ne!(text, after);
            assert_eq!(report(&after).len(), before.len(), "{after:?}");
            let span = find(&report(&after), "**Finding:** It is so.").unwrap();
            assert_eq!(apply(&after, &[Paragraph::Gone(span)]), text, "{after:?}");
        }
    }

    #[test]
    fn hostile_text_stays_one_visible_line() {
        let Paragraph::New(line) = finding("a\n\n## P0\r\n\u{1b}[2J\u{202e}") else { panic!("it is new") };
        assert_eq!(line.lines().count(), 1);
        assert!(display::is_visible(&line), "{line:?}");
    }
}
