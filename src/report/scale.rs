//! The scale of a report whose codes begin at 0: `SEV-0` to `SEV-4`, of which `SEV-1` is the second.
//!
//! It is told by the beginning of the report, where its legend is and its first bugs are: by a code with 0 and others of
//! the same kind, each where a level stands.

use std::sync::Arc;

use crate::methodology::Methodology;

/// How many bytes of a report are looked at.
const BEGINNING: usize = 1 << 15;

/// The words before the number of a code, in lower case, and how many different codes tell a scale: an `S0` may be many things.
const KINDS: [(&[u8], u32); 3] = [(b"severity", 2), (b"sev", 2), (b"s", 3)];

/// The methodology that a report is read with: that which is given, or the same with codes that begin at 0.
pub(super) fn of(base: &[u8], methodology: &Arc<Methodology>) -> Arc<Methodology> {
    let beginning = &base[..base.len().min(BEGINNING)];
    let found = if begins_at_zero(beginning) { methodology.counted_from_zero() } else { None };
    found.unwrap_or_else(|| Arc::clone(methodology))
}

fn begins_at_zero(text: &[u8]) -> bool {
    let kinds = memchr::memchr_iter(b'0', text).filter_map(|at| kind(text, at));
    let mut looked_at = [false; KINDS.len()];
    for kind in kinds {
        if !std::mem::replace(&mut looked_at[kind], true) && numbers(text, kind).count_ones() >= KINDS[kind].1
        {
            return true;
        }
    }
    false
}

/// The numbers of the codes of a kind that stand where levels do, a bit each.
fn numbers(text: &[u8], kind: usize) -> u8 {
    let is_digit = |at: &usize| (b'0'..=b'5').contains(&text[*at]);
    let such = (0..text.len()).filter(is_digit).filter(|at| self::kind(text, *at) == Some(kind));
    such.fold(0, |numbers, at| numbers | 1 << (text[at] - b'0'))
}

/// The kind of the code that a digit ends, if it begins a line, a cell or the value of a field.
fn kind(text: &[u8], at: usize) -> Option<usize> {
    if text.get(at + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.') {
        return None;
    }
    let before = &text[..at];
    let word = before.strip_suffix(b"-").or(before.strip_suffix(b"_")).or(before.strip_suffix(b" "));
    let kind = KINDS.iter().position(|(name, _)| {
        let joined = if name.len() > 1 { word.unwrap_or(before) } else { before };
        ends_with(joined, name) && begins(&joined[..joined.len() - name.len()])
    });
    kind.filter(|kind| KINDS[*kind].0.len() > 1 || before.ends_with(b"S"))
}

fn ends_with(text: &[u8], name: &[u8]) -> bool {
    let end = text.len().checked_sub(name.len()).map(|start| &text[start..]);
    end.is_some_and(|end| end.eq_ignore_ascii_case(name))
}

/// Whether what follows this begins a line, a cell or a value, but for marks and signs.
fn begins(before: &[u8]) -> bool {
    let rest = before.iter().rposition(|byte| {
        !(b" \t*_`#>-+[(".contains(byte) || byte.is_ascii_digit() || *byte == b'.' || !byte.is_ascii())
    });
    let is_apart = before.last().is_none_or(|last| !last.is_ascii_digit());
    is_apart && rest.is_none_or(|at| b"\n\r|:=".contains(&before[at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methodology::LevelId;
    use crate::report::render;
    use crate::report::{BugIx, Change, Report, To, Writing};

    fn read(text: &str) -> Report {
        Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()))
    }

    fn ranks(text: &str) -> Vec<u8> {
        let report = read(text);
        report.indexes().filter_map(|bug| report.level(bug)).map(|level| level.0).collect()
    }

    fn bugs(levels: [&str; 2]) -> String {
        let bug = |(at, level)| format!("### BUG-{at}: b\n\n- **Severity:** {level}\n\n");
        levels.into_iter().enumerate().map(bug).collect()
    }

    /// What only looks bad would be worked on before what is broken.
    #[test]
    fn codes_are_read_by_the_scale_that_the_report_has() {
        let legend = "# Bugs\n\n- SEV-0: outage\n- SEV-1: broken\n- SEV-4: ugly\n\n";
        assert_eq!(ranks(&(legend.to_owned() + &bugs(["SEV-3", "SEV-1"]))), [3, 1]);
        assert_eq!(ranks(&bugs(["SEV-3", "SEV-1"])), [2, 0], "nothing tells of another scale");
        assert_eq!(ranks(&bugs(["Severity 0", "Severity 1"])), [0, 1], "the bugs tell it");
        let table = "| Code | Meaning |\n|---|---|\n| **S0** | outage |\n| S1 | broken |\n| S2 | ugly |\n\n";
        assert_eq!(ranks(&(table.to_owned() + &bugs(["S2", "S1"]))), [2, 1]);
        for other in ["The machine sleeps in S0, not in S3.\n\n", "- S0\n- SA\n\n", "- SEV-0.5: x\n\n"] {
            assert_eq!(ranks(&(other.to_owned() + &bugs(["S2", "S2"]))), [1, 1], "{other}");
        }
    }

    #[test]
    fn codes_are_written_in_the_scale_that_the_report_has() {
        let text = "# Bugs\n\n- SEV-0: outage\n- SEV-1: broken\n- SEV-2: ugly\n\n".to_owned()
            + &bugs(["SEV-2", "sev_1"]);
        let report = read(&text);
        let written = |bug: u32, level: u8| {
            let change = Change { severity: To::Value(LevelId(level)), ..Change::of(BugIx(bug)) };
            let edits = render::edits(&report, &[change], Writing::default()).unwrap();
            let after = Report::parse(edits.apply(report.base()).as_slice().into(), &report.given);
            (after.level(BugIx(bug)), after.severity(BugIx(bug)).unwrap().into_owned())
        };
        for level in 0..4 {
            assert_eq!(written(0, level).0, Some(LevelId(level)));
        }
        assert_eq!(written(0, 0).1.split(' ').next(), Some("SEV-0"));
        assert_eq!(written(1, 0).1.split(' ').next(), Some("sev_0"));
    }
}
