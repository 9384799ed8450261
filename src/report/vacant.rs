//! What a report or a section says that has no bugs: `**None identified** ✅`, `_(No issues found)_`, a dash, a total of 0.

use super::claim::{finds_bugs, names_bugs, names_nothing_but_bugs};
use super::denial::TAIL;
use super::scan::{Kind, Outline};
use super::table::says_nothing;
use super::{Count, Of, Report, SectionIx};
use crate::methodology::{LevelId, Methodology};
use crate::text::{Span, line};

/// How long such words are at the most, in bytes.
const MOST: usize = 96;

/// What they begin with, in lower case, that say it by themselves.
const NONE: [&str; 28] = [
    "none",
    "n/a",
    "nothing",
    "nil",
    "empty",
    "无",
    "無",
    "暂无",
    "暫無",
    "なし",
    "該当なし",
    "없음",
    "keine",
    "keiner",
    "ninguno",
    "ninguna",
    "nenhum",
    "nenhuma",
    "aucun",
    "aucune",
    "nessuno",
    "nessuna",
    "нет",
    "отсутствуют",
    "inga",
    "yok",
    "brak",
    "geen",
];

/// The same of a word for bugs, or for finding them, that follows.
const NO: [&str; 6] = ["no", "sin", "sem", "pas", "ingen", "không"];

/// What says it only where nothing but a word for bugs follows.
const NOT: [&str; 4] = ["没有", "沒有", "未发现", "未發現"];

impl Report {
    /// Whether a report in which no bug was recognised says itself that it has none, of all or of each level, and counts none
    /// anywhere.
    pub fn says_none(&self) -> bool {
        if !self.is_empty() || self.claims().iter().any(|claim| claim.count.number().is_some_and(|n| n > 0)) {
            return false;
        }
        let denied = self.denied();
        denied.contains(&None) || self.methodology().level_ids().all(|level| denied.contains(&Some(level)))
    }

    /// The levels of which it says somewhere that it has no bugs; `None` where it says so of bugs of any.
    fn denied(&self) -> Vec<Option<LevelId>> {
        let (base, methodology) = (self.base(), self.methodology());
        let counted =
            self.claims().iter().filter(|claim| claim.count == Count::Exact(0) && claim.of == Of::All);
        let sections = self.sections().iter().enumerate().filter_map(|(at, section)| {
            let title = section.title.of(base);
            let level = section.level.map(Some).or_else(|| names_bugs(title).then_some(None));
            denied(title, methodology).or_else(|| level.filter(|_| self.is_vacant(SectionIx::new(at))))
        });
        let outline = Outline::of(base, Span::whole(base));
        let paragraphs = outline.iter().filter(|mark| mark.kind == Kind::Paragraph && mark.place.quotes == 0);
        let said = paragraphs.filter_map(|mark| denied(sentence(mark.text.of(base)), methodology));
        counted.map(|claim| claim.level).chain(sections).chain(said).collect()
    }

    /// Whether a section has nothing below its own text, which says that nothing is here.
    fn is_vacant(&self, section: SectionIx) -> bool {
        let next = self.sections().get(section.at() + 1);
        let is_last = next.is_none_or(|next| next.span.start >= self.sections()[section.at()].span.end);
        is_last && said(self, section).is_some_and(|said| is_nothing(self.base(), said))
    }
}

/// The level of which a text says that there are no bugs and says nothing else; `Some(None)` where it is of bugs of any.
fn denied(text: &[u8], methodology: &Methodology) -> Option<Option<LevelId>> {
    if text.len() > MOST {
        return None;
    }
    let said = String::from_utf8_lossy(text).to_lowercase();
    let said = said.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let mut words = NONE.iter().chain(&NO).chain(&NOT);
    let mut rest = words.find_map(|word| behind(said, word))?.as_bytes().to_vec();
    let level = methodology.read_level(&rest);
    if let Some(level) = &level {
        rest[level.span.clone()].fill(b' ');
    }
    names_nothing_but_bugs(&rest, &TAIL).then_some(level.map(|level| level.level))
}

/// The first sentence of a paragraph.
fn sentence(text: &[u8]) -> &[u8] {
    let ends = |pair: &[u8]| pair[0] == b'\n' || b".!".contains(&pair[0]) && !pair[1].is_ascii_alphanumeric();
    text.windows(2).position(ends).map_or(text, |end| &text[..end])
}

/// What follows a word that a text begins with.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    (!word.is_ascii() || !rest.starts_with(|letter: char| letter.is_alphanumeric())).then_some(rest)
}

/// The line that says that nothing is here: the only paragraph, or the last, of what stands right below a heading.
pub(super) fn said(report: &Report, section: SectionIx) -> Option<Span> {
    let (base, sections) = (report.base(), report.sections());
    let own = sections[section.at()];
    let next = sections.get(section.at() + 1).map_or(own.span.end, |next| next.span.start.min(own.span.end));
    let text = Span::new(own.heading.end.min(next), next);
    let mut lines: Vec<Span> = line::lines(base, text).map(|line| line.text.trim(base)).collect();
    lines.retain(|line| !line.is_empty() && !is_rule(line.of(base)));
    let last = *lines.last().filter(|last| last.len() <= MOST)?;
    let is_paragraph = || {
        let marks = Outline::of(base, text);
        let own = marks.iter().find(|mark| mark.lines.contains(last.start));
        own.is_some_and(|mark| {
            mark.kind == Kind::Paragraph && mark.place.quotes == 0 && mark.text.trim(base) == last
        })
    };
    (says_none(base, last) && is_paragraph()).then_some(last)
}

fn is_rule(line: &[u8]) -> bool {
    line.len() >= 3 && line.iter().all(|byte| b" -*_".contains(byte))
}

/// Whether words say that there is nothing.
fn says_none(base: &[u8], text: Span) -> bool {
    let said = String::from_utf8_lossy(text.of(base)).to_lowercase();
    let said = said.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let leads = |word: &str| behind(said, word).is_some();
    let goes_on = || names_bugs(said.as_bytes()) || finds_bugs(said.as_bytes());
    says_nothing(base, text)
        || NONE.iter().any(|word| leads(word))
        || NO.iter().any(|word| leads(word)) && goes_on()
}

/// Whether words say that there is nothing and are no longer than that.
fn is_nothing(base: &[u8], text: Span) -> bool {
    let said = String::from_utf8_lossy(text.of(base)).to_lowercase();
    let said = said.trim_matches(|letter: char| !letter.is_alphanumeric());
    says_nothing(base, text)
        || NONE.contains(&said)
        || NONE
            .iter()
            .filter_map(|word| behind(said, word))
            .any(|rest| names_nothing_but_bugs(rest.as_bytes(), &TAIL))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::methodology::Methodology;
    use crate::report::Report;

    /// A gate would be green on a file that says nothing of bugs, or red on a clean one.
    #[test]
    fn a_report_without_bugs_is_told_from_one_that_says_so() {
        let methodology = Arc::new(Methodology::embedded());
        let says = |text: &str| Report::parse(text.as_bytes().into(), &methodology).says_none();
        for text in [
            "No findings\n",
            "# Scan\n\n✅ **No issues found.** All 14 rules ran.\n\nWritten by a script.\n",
            "# Scan of the pier\n\n## Findings\n\nNone\n\n## Method\n\nBy hand.\n",
            "# No known bugs at this time\n\nSee the wiki.\n",
            "# Bugs\n\n- No open issues were found\n",
            "# Lauf\n\nKeine Fehler gefunden.\n",
            "# 报告\n\n未发现问题\n",
            "# Scan\n\nTotal issues: 0\n",
            "# Scan\n\n| Severity | Count |\n|---|---|\n| Critical | 0 |\n| High | 0 |\n| Medium | 0 |\n| Low | 0 |\n",
            "# Scan\n\n## Critical\n\nNone.\n\n## High\n\n—\n\n## Medium\n\nNo medium issues.\n\n## Low\n\nNone found\n",
        ] {
            assert!(says(text), "{text}");
        }
        for text in [
            "",
            "# Pier\n\nAll is well.\n",
            "# Changelog\n\n- No error is shown when the lamp fails\n",
            "# Scan\n\nNo critical issues found.\n",
            "# Scan\n\n## Critical\n\nNone\n\n## High\n\nThe lamp, the bell and the rope.\n",
            "# Scan\n\n## Findings\n\nNone of the lamps burns, and the bell is cracked.\n",
            "# Scan\n\n## Known limits\n\nNone\n",
            "# Scan\n\nNo issues were fixed this week.\n",
            "# Scan\n\nNo issues in the harbour. The pier is broken.\n",
            "# Scan\n\nNo issues found.\n\n| Severity | Count |\n|---|---|\n| Critical | 3 |\n",
            "# 报告\n\n没有登录问题\n",
            "```\nNo findings\n```\n",
            "> No findings\n",
        ] {
            assert!(!says(text), "{text}");
        }
    }
}
