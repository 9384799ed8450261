//! The words that a report has for a status, kept when a status is written anew: those of its bugs, those that it lists, and
//! those that head its sections.

use super::{EXAMPLES, language, like};
use crate::methodology::{FieldKind, Methodology, StatusId};
use crate::report::inline::separator;
use crate::report::status::StatusStand;
use crate::report::{BugIx, Report, without_remark};
use crate::text::{Span, line, lossy};

/// How much of a report is looked at for a list of the statuses that it has, in bytes.
const LEGEND: usize = 1 << 15;

/// Words for a status that say something of their own: no other of its words may stand for them, nor they for another.
const SPECIAL: [&str; 40] = [
    "acknowledged",
    "confirmed",
    "triaged",
    "reported",
    "backlog",
    "reopened",
    "broken",
    "unfixed bug",
    "partially fixed",
    "partially resolved",
    "partial",
    "in review",
    "under review",
    "investigating",
    "verified",
    "mitigated",
    "merged",
    "shipped",
    "passed",
    "accepted",
    "accepted risk",
    "risk accepted",
    "by design",
    "rejected",
    "declined",
    "blocked",
    "skipped",
    "not reproducible",
    "cannot reproduce",
    "works as intended",
    "false positive",
    "obsolete",
    "unknown",
    "question",
    "waiting",
    "needs triage",
    "部分修复",
    "teilweise behoben",
    "частично исправлено",
    "частично",
];

/// The words for a status that was asked for in some: those very words where the report has them, else others of it that
/// mean the same; else as the language of the report has it, or as it was asked for, with an emoji and in capitals where
/// other statuses are.
pub(in crate::report) fn words_for_status(report: &Report, status: StatusId, asked: &str) -> String {
    let methodology = report.methodology();
    let words = written(report);
    let listed = report.listed_statuses().iter().filter(|found| found.0 == status).map(|found| &found.1);
    let usual = usual_words(methodology, words.iter().map(String::as_str), listed, (status, asked));
    if let Some(words) = usual {
        return words;
    }
    let own = methodology.status(status);
    let told = match is_special(asked) {
        true => None,
        false => {
            let tongue = language::of_words(report).or_else(|| language::of_labels_alone(report));
            tongue.and_then(|tongue| methodology.status_in(status, tongue))
        }
    };
    let is_name = |asked: &str| bare(asked) == bare(&own.name) || bare(asked) == bare(&own.key);
    let named = if is_name(asked) { &own.name } else { asked };
    let name = told.unwrap_or(named);
    let read = |words: &&String| methodology.read_status(words.as_bytes()).is_some();
    let Some(model) = words.iter().find(read) else {
        return if told.is_some() || name == own.name { like(&own.name, name) } else { like("Open", name) };
    };
    analogous(methodology, model, status, name)
}

/// A status as the language of a bug has it whose own fields are in another than the report's; `None` for any other bug, and
/// where that has no word for it.
pub(in crate::report) fn status_in_language_of(report: &Report, bug: BugIx, status: &str) -> Option<String> {
    let tongue = language::own(report, bug)?;
    let methodology = report.methodology();
    let found = methodology.read_status(status.as_bytes())?;
    let (words, rest) = status.split_at(found.span.end);
    if is_special(letters(words)) {
        return None;
    }
    let word = methodology.status_in(found.status, &tongue).unwrap_or(&methodology.status(found.status).name);
    Some(words.replace(letters(words), &like(letters(words), word)) + rest)
}

/// The statuses of the first bugs, without remarks. A sign beside a title is none of them where most bugs have no such sign: it
/// tells of a step that it went well.
fn written(report: &Report) -> Vec<String> {
    let bugs = report.len().min(EXAMPLES);
    let status = |bug| {
        let (span, stand) = report.status_stand(bug).filter(|(_, stand)| *stand != StatusStand::Box)?;
        let words = without_remark(&report.status_at(span, stand)).to_owned();
        let is_sign = stand == StatusStand::Decoration && !words.contains(char::is_alphanumeric);
        Some((is_sign, words))
    };
    let all: Vec<(bool, String)> = report.indexes().take(EXAMPLES).filter_map(status).collect();
    let are_usual = all.iter().filter(|(is_sign, _)| *is_sign).count() * 2 > bugs;
    all.into_iter().filter(|(is_sign, _)| are_usual || !is_sign).map(|(_, words)| words).collect()
}

/// The words for a status among what is written, and listed for it: those that were asked for, else others that mean the same.
pub(super) fn usual_words<'w>(
    methodology: &Methodology,
    written: impl Iterator<Item = &'w str>,
    listed: impl Iterator<Item = &'w String>,
    (status, asked): (StatusId, &str),
) -> Option<String> {
    let spoken = written.filter_map(|words| spoken(methodology, words));
    let said = spoken.filter(|found| found.0 == status).map(|found| found.1);
    let own: Vec<String> = said.chain(listed.cloned()).collect();
    let is_asked = |words: &&String| folded(letters(words)) == folded(letters(asked));
    let is_plain = |words: &&String| !is_special(letters(words)) && !is_special(asked);
    own.iter().find(is_asked).or_else(|| own.iter().find(is_plain)).cloned()
}

/// A status under this name in the style of another: with an emoji, alone or not, in capitals where that is, and as code where
/// that is all code.
pub(super) fn analogous(methodology: &Methodology, model: &str, status: StatusId, name: &str) -> String {
    let name = like(letters(model), name);
    if let Some(code) = as_code(model) {
        let joint = if code.contains('-') { "-" } else { "_" };
        return format!("`{}`", if code.contains(' ') { name } else { name.replace(' ', joint) });
    }
    let has_sign = model.chars().next().is_some_and(|first| !first.is_alphanumeric());
    match methodology.status(status).emoji.as_ref().filter(|_| has_sign) {
        Some(emoji) if letters(model).is_empty() => emoji.clone(),
        Some(emoji) => format!("{emoji} {name}"),
        None => name,
    }
}

/// The statuses that a report lists, or that its sections are called by, with its words for each.
pub(in crate::report) fn listed(report: &Report) -> Vec<(StatusId, String)> {
    let (base, methodology) = (report.base(), report.methodology());
    let end = base.len().min(LEGEND) as u32;
    let is_apart = |at: u32| {
        let before = report.bugs().partition_point(|bug| bug.block.start <= at);
        before.checked_sub(1).is_none_or(|last| report.bugs()[last].block.end <= at)
    };
    let mut found = Vec::new();
    let mut run: Vec<(StatusId, String)> = Vec::new();
    for line in line::lines(base, Span::new(0, end)) {
        let text = lossy(line.text.trim(base).of(base));
        let named = if is_apart(line.text.start) { in_line(&text, methodology) } else { Vec::new() };
        if named.is_empty() && !text.is_empty() {
            found.extend(several(&mut run));
        }
        run.extend(named);
    }
    found.extend(several(&mut run));
    let titles = report.sections().iter().map(|section| lossy(section.title.of(base)));
    found.extend(titles.filter_map(|title| whole(&title, methodology)));
    found
}

/// What a run of lines lists, where that is more than one.
fn several(run: &mut Vec<(StatusId, String)>) -> Vec<(StatusId, String)> {
    let run = std::mem::take(run);
    if run.len() >= 2 { run } else { Vec::new() }
}

/// The statuses that a line says, with nothing else but what they mean: `Status: **open** · **fixed**`, `- open`.
fn in_line(text: &str, methodology: &Methodology) -> Vec<(StatusId, String)> {
    let item = text.trim_start_matches(['-', '*', '+', '|', ' ']);
    let named = item.split_once([':', '：']).filter(|(name, _)| {
        let name = name.trim_matches(['*', ' ']);
        methodology.fields().kind_of(name.as_bytes()) == Some(FieldKind::Status)
    });
    let values = named.map_or(item, |(_, values)| values);
    let parts: Vec<&str> = values.split(['·', '|', '/', ',', '、', '→']).map(str::trim).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| part.contains(char::is_alphabetic)).collect();
    let found: Vec<_> = parts.iter().filter_map(|part| whole(part, methodology)).collect();
    if found.len() == parts.len() || item.len() < text.len() && !found.is_empty() {
        found
    } else {
        Vec::new()
    }
}

/// The status that a text is, marks and what it is said to mean left out, and the words for it.
fn whole(text: &str, methodology: &Methodology) -> Option<(StatusId, String)> {
    let text = text.trim_matches(['*', '`', '_', ' ']);
    let meant = text.char_indices().find(|(at, _)| separator(&text.as_bytes()[*at..]).is_some());
    let head = meant.map_or(text, |(at, _)| &text[..at]).trim_matches(['*', '`', '_', ' ']);
    let words = head.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    Some((methodology.status_named(words).filter(|_| !words.is_empty())?, words.to_owned()))
}

fn is_special(words: &str) -> bool {
    SPECIAL.contains(&folded(words).as_str())
}

/// Words as they are compared: small, and with blanks for what joins them.
fn folded(words: &str) -> String {
    words.to_lowercase().replace(['-', '_'], " ")
}

/// Nothing but the letters of words.
fn bare(words: &str) -> String {
    words.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The status that a text names, and the words that name it, with the emphasis around them: `✅ **FIXED**`. A sign alone
/// names one only where nothing stands behind it.
fn spoken(methodology: &Methodology, text: &str) -> Option<(StatusId, String)> {
    let found = methodology.read_status(text.as_bytes())?;
    let (head, rest) = text.split_at(found.span.end);
    if goes_on(head, rest) {
        return None;
    }
    if head.contains(char::is_alphanumeric) || rest.trim().is_empty() {
        return Some((found.status, emphasised(text, found.span.end)));
    }
    let behind = rest.trim_start_matches([' ', '*', '_']);
    let word = methodology.leading_status(behind.as_bytes()).filter(|word| word.status == found.status)?;
    Some((found.status, emphasised(text, text.len() - behind.len() + word.span.end)))
}

/// Whether a word is only the first part of a name: `FIXED` of `FIXED_PENDING_VERIFY`.
fn goes_on(word: &str, rest: &str) -> bool {
    let next = rest.strip_prefix('_').and_then(|rest| rest.chars().next());
    word.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
}

/// What a status is that is all code: `CLOSED`, its marks left out.
fn as_code(words: &str) -> Option<&str> {
    words.strip_prefix('`')?.strip_suffix('`').filter(|code| !code.contains('`'))
}

/// A text up to a byte, and what closes its emphasis; without any where that is closed elsewhere. A line inside a word is
/// none: `fix_deferred`.
fn emphasised(text: &str, end: usize) -> String {
    let (words, rest) = text.split_at(end);
    let is_within = |at: usize, mark: &str| {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let next = words[at + mark.len()..].chars().next();
        mark.starts_with('_') && is_letter(words[..at].chars().next_back()) && is_letter(next)
    };
    let count = |mark: &&str| words.match_indices(*mark).filter(|(at, _)| !is_within(*at, mark)).count();
    let mark = ["**", "__", "*", "_", "`"].into_iter().find(|mark| count(mark) % 2 == 1);
    match mark {
        None => words.to_owned(),
        Some(mark) if rest.starts_with(mark) => format!("{words}{mark}"),
        Some(mark) => words.replacen(mark, "", 1),
    }
}

/// Words without the sign before them and the emphasis around.
fn letters(words: &str) -> &str {
    words.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['*', '_', '`'])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The words of a report for a status that is asked for.
    fn words(text: &str, asked: &str) -> String {
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(text.as_bytes().into(), &methodology);
        assert!(!report.is_empty(), "{text}");
        report.status_words_like(methodology.status_named(asked).expect("a status"), asked)
    }

    fn table(statuses: [&str; 2]) -> String {
        let [one, two] = statuses;
        format!(
            "| ID | Title | Severity | Status |\n|-|-|-|-|\n| X-1 | It breaks | High | {one} |\n| X-2 | It stops | Low | {two} |\n"
        )
    }

    #[test]
    fn the_word_asked_for_is_written_and_no_other_that_means_something_else() {
        let audit = table(["Fixed", "Acknowledged"]);
        let asked = ["open", "acknowledged", "partially fixed", "resolved", "fixed", "wontfix"];
        let written = asked.map(|asked| words(&audit, asked));
        assert_eq!(written, ["Open", "Acknowledged", "Partially fixed", "Fixed", "Fixed", "Won't fix"]);
        assert_eq!(words(&table(["FIXED", "FIXED"]), "acknowledged"), "ACKNOWLEDGED");
    }

    #[test]
    fn statuses_that_a_report_lists_are_its_own_words() {
        let open = table(["open", "open"]);
        let line = format!("# Bugs\n\nStatus: **open** · **parked** · **fixed**\n\n{open}");
        assert_eq!(["deferred", "resolved"].map(|asked| words(&line, asked)), ["parked", "fixed"]);
        let list = format!(
            "## States\n\n- `open`\n- `in_progress` - somebody is at it\n- done\n\n## Bugs\n\n{open}"
        );
        assert_eq!(["in-progress", "resolved"].map(|asked| words(&list, asked)), ["in_progress", "done"]);
        let prose = format!("It is open, or so it seems.\n\n- closed shops\n- open doors\n\n{open}");
        assert_eq!(words(&prose, "resolved"), "resolved");
    }

    #[test]
    fn a_status_is_written_in_the_language_of_what_bugs_say() {
        let bug = |field: &str| {
            format!("# Elenco\n\nIl problema non si vede per gli utenti.\n\n### 1. Il tema\n\n{field}\n")
        };
        assert_eq!(words(&bug("- Gravità: alta\n- Stato: risolto"), "open"), "aperto");
        assert_eq!(words(&bug("- **Severity:** High\n- **Status:** Fixed"), "open"), "Open");
        assert_eq!(words(&bug("- **Gravità:** P1"), "in-progress"), "In corso");
        assert_eq!(words(&table(["Open", "Open"]), "in-progress"), "In progress");
    }
}
