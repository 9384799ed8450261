//! Gates: how many bugs may match a filter, for whoever lets a release through or not.
//!
//! `regrade check --gate` and the summary both ask here, so that they never say different things.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;

use crate::methodology::Methodology;
use crate::report::{BugIx, Report};
use crate::triage::Session;
use crate::triage::query::{Refused, chosen, expect_sense};

/// At most so many bugs may match a filter: `sev:P0 scope:production=0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The filter.
    pub filter: String,
    /// How many bugs may match it.
    pub most: usize,
}

/// A gate and what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged<'g> {
    /// The gate.
    pub gate: &'g Gate,
    /// The bugs that match its filter, in document order.
    pub bugs: Vec<BugIx>,
}

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Gate, String> {
        let parts = text.rsplit_once('=').map(|(filter, most)| (filter.trim(), most.trim()));
        let (filter, most) = parts.filter(|(filter, _)| !is_cut_off(filter)).ok_or_else(wanted)?;
        let most = most.parse().map_err(|_| wanted())?;
        Ok(Gate { filter: filter.to_owned(), most })
    }
}

/// That a report can be held against gates: it has bugs, or says itself that it has none. Any other in which none was recognised
/// may have been cut off, or be another file.
///
/// # Errors
/// Where it is neither.
pub fn expect_bugs(report: &Report) -> Result<(), Refused> {
    if !report.is_empty() || report.says_none() {
        return Ok(());
    }
    Err(Refused {
        what: "no bug was recognised in the report, and it does not say that it has none".to_owned(),
        hint: "`regrade show REPORT --layout` says how it was read; a report without bugs passes where it says so, as \
               in `No findings`"
            .to_owned(),
    })
}

/// Whether the `=` belongs to the filter, which would say something else without it: `sev:>=2`.
fn is_cut_off(filter: &str) -> bool {
    filter.is_empty() || filter.ends_with([':', '<', '>', '='])
}

fn wanted() -> String {
    "a gate is a filter, `=` and how many bugs may match at most, such as 'sev:P0 scope:production=0'"
        .to_owned()
}

/// As it is read.
impl fmt::Display for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}={}", self.filter, self.most)
    }
}

impl Gate {
    /// The gate that goes without saying: no bug of the most severe level is open. `None` where there are no levels.
    pub fn of(methodology: &Methodology) -> Option<Gate> {
        let worst = methodology.levels().first()?;
        let closing = methodology.statuses().iter().filter(|status| status.closes);
        let closing: Vec<String> = closing.map(|status| word(&status.key)).collect();
        let closed =
            if closing.is_empty() { String::new() } else { format!(" -status:{}", closing.join(",")) };
        Some(Gate { filter: format!("sev:{}{closed}", word(&worst.key)), most: 0 })
    }

    /// Those that are set, else the one that goes without saying.
    pub fn or_own(set: &[Gate], methodology: &Methodology) -> Vec<Gate> {
        if set.is_empty() { Gate::of(methodology).into_iter().collect() } else { set.to_vec() }
    }

    /// Refuses it where no report could be held against it.
    ///
    /// # Errors
    /// Where its filter asks for what the methodology does not have, or for nothing.
    pub fn expect_sense(&self, methodology: &Arc<Methodology>) -> Result<(), Refused> {
        expect_sense(&self.filter, methodology)
    }

    /// Holds it against the bugs as they stand with what was decided.
    ///
    /// # Errors
    /// Those of [`expect_bugs`], and where its filter cannot be understood.
    pub fn judge(&self, session: &Session, now: Timestamp) -> Result<Judged<'_>, Refused> {
        expect_bugs(session.report())?;
        Ok(Judged { gate: self, bugs: chosen(session, &self.filter, now)? })
    }
}

impl Judged<'_> {
    /// Whether no more bugs match than may.
    pub fn passes(&self) -> bool {
        self.bugs.len() <= self.gate.most
    }

    /// `pass` or `FAIL`.
    pub fn verdict(&self) -> &'static str {
        if self.passes() { "pass" } else { "FAIL" }
    }

    /// `2 of at most 0`
    pub fn count(&self) -> String {
        format!("{} of at most {}", self.bugs.len(), self.gate.most)
    }
}

/// A value of a filter, in quotes where it would not be one word.
fn word(text: &str) -> String {
    let is_one = text.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    if is_one { text.to_owned() } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_a_filter_and_a_number() {
        let gate = |text: &str| text.parse::<Gate>().map(|gate| (gate.filter, gate.most));
        assert_eq!(gate("sev:P0 scope:production=0"), Ok(("sev:P0 scope:production".to_owned(), 0)));
        assert_eq!(gate("sev:>=P1 = 12"), Ok(("sev:>=P1".to_owned(), 12)));
        for text in ["", "=0", "sev:P0", "sev:P0=", "sev:P0=few", "sev:P0=-1", "sev:>=2", "sev:=2"] {
            assert!(gate(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_gate_of_a_methodology_is_one_that_can_be_given() {
        let gate = Gate::of(&Methodology::embedded()).unwrap();
        assert_eq!(gate.to_string(), "sev:P0 -status:resolved,duplicate,wont-fix,not-a-bug=0");
        assert_eq!(gate.to_string().parse(), Ok(gate));
    }
}
