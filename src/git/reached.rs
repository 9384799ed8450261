//! How far the last commit has come with what is left: nothing that it has is committed again.
//!
//! Whoever commits by hand may take the report and leave its log, or the other way round. What is left then is one of the
//! two alone, a commit for each decision as before. A report that the last commit has as it stands in the folder has all of
//! them, whatever else it has.

use std::collections::HashSet;
use std::ffi::OsString;
use std::iter;

use super::Why;
use super::left::Prepared;
use super::repository::Repository;
use crate::deviation::Log;

/// What the last commit has.
#[derive(Debug)]
pub(super) struct Reached {
    /// The ids of report and log.
    ids: [Option<String>; 2],
    /// The ids of the entries of the log.
    entries: HashSet<String>,
    /// What it says of itself.
    message: String,
}

impl Reached {
    /// What the last commit has of a report and its log, as far as these steps are concerned: a log that is as one of them
    /// finds it or leaves it is not read, which it could not be where git keeps it otherwise than it is in the folder.
    pub(super) fn by(
        repository: &Repository,
        names: &[OsString; 2],
        steps: &[Prepared],
    ) -> Result<Reached, Why> {
        let ids = repository.committed_ids(names)?;
        let log = match at(steps, ids[1].as_ref()) {
            Some(_) => Log::default(),
            None => Log::read(&repository.bytes(ids[1].as_deref())?),
        };
        let entries = log.entries.into_iter().map(|entry| entry.id).collect();
        Ok(Reached { ids, entries, message: repository.last_message() })
    }

    /// What is still to be committed: of the steps so many are done, and this is the id of the report in the folder.
    pub(super) fn rest(
        &self,
        mut steps: Vec<Prepared>,
        done: usize,
        now: impl FnOnce() -> Option<String>,
    ) -> Vec<Prepared> {
        let logged = at(&steps, self.ids[1].as_ref());
        let logged =
            logged.unwrap_or_else(|| steps.iter().take_while(|step| self.has(step)).count()).max(done);
        let written = self.written(&steps, logged, now).map_or(logged, |written| written.max(done));
        self.follow(&mut steps, logged);
        let [report, log] = self.ids.each_ref().map(Option::as_ref);
        if written < logged {
            leave(&mut steps[written..logged], 1, log);
        } else {
            leave(&mut steps[logged..written], 0, report);
        }
        steps.drain(..written.min(logged));
        steps
    }

    /// Which of report and log is otherwise in the last commit than before a step, if one is.
    pub(super) fn other(&self, step: &Prepared) -> Option<usize> {
        [0, 1].into_iter().find(|at| step.before[*at] != self.ids[*at])
    }

    /// Whether the log has a decision.
    fn has(&self, step: &Prepared) -> bool {
        step.entries.iter().all(|entry| self.entries.contains(entry))
    }

    /// How many decisions the report has, where it is as it was between two of them, and all where it is as it stands: the
    /// fewest from those that the log has. Where it is neither, a hook may have made something else of it.
    fn written(
        &self,
        steps: &[Prepared],
        logged: usize,
        now: impl FnOnce() -> Option<String>,
    ) -> Option<usize> {
        let Some(report) = &self.ids[0] else { return Some(0) };
        let is_so = |at: &usize| {
            let is_behind = at.checked_sub(1).is_some_and(|last| steps[last].after[0] == *report);
            is_behind || steps.get(*at).is_some_and(|next| next.before[0].as_ref() == Some(report))
        };
        let known = (logged..=steps.len()).find(is_so).or_else(|| (0..logged).rev().find(is_so));
        known.or_else(|| (now().as_ref() == Some(report)).then_some(steps.len()))
    }

    /// Lets the next decision follow the last commit where that was made for the one before.
    fn follow(&self, steps: &mut [Prepared], logged: usize) {
        let Some([last, next]) = logged.checked_sub(1).and_then(|last| steps.get_mut(last..=logged)) else {
            return;
        };
        let is_told = last.entries.last().is_some_and(|entry| self.message.contains(entry.as_str()));
        if is_told && next.before == last.after.clone().map(Some) {
            next.before.clone_from(&self.ids);
        }
    }
}

/// How many decisions a log of this id has, where that is the id before or after one of them, and they follow each other up
/// to the next. What was decided on another branch says nothing of what is there.
fn at(steps: &[Prepared], log: Option<&String>) -> Option<usize> {
    let follows = |two: &[Prepared]| two[1].before[1].as_ref() == Some(&two[0].after[1]);
    let chained =
        &steps[..steps.windows(2).take_while(|two| follows(two)).count() + usize::from(!steps.is_empty())];
    let behind = chained.iter().rposition(|step| Some(&step.after[1]) == log).map(|last| last + 1);
    let found = behind.or_else(|| (chained.first()?.before[1].as_ref() == log).then_some(0))?;
    (found < chained.len() || found == steps.len()).then_some(found)
}

/// Lets commits leave the report or the log as it is.
fn leave(steps: &mut [Prepared], at: usize, id: Option<&String>) {
    for (step, id) in steps.iter_mut().zip(iter::repeat(id).flatten()) {
        step.before[at] = Some(id.clone());
        step.after[at].clone_from(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two decisions, the reports and logs around which are `r0` to `r2` and `l0` to `l2`.
    fn steps() -> Vec<Prepared> {
        let state = |at: usize| [format!("r{at}"), format!("l{at}")];
        let step = |at: usize| Prepared {
            before: state(at - 1).map(Some),
            after: state(at),
            entries: vec![format!("e{at}")],
        };
        vec![step(1), step(2)]
    }

    fn reached(report: &str, logged: usize, message: &str) -> Reached {
        let ids = [report.to_owned(), format!("l{logged}")].map(Some);
        let entries = (1..=logged).map(|at| format!("e{at}")).collect();
        Reached { ids, entries, message: message.to_owned() }
    }

    /// What is left where the last commit has this report and so many entries: `r0 l0 → r1 l1` for each.
    fn rest(report: &str, logged: usize, now: &str, message: &str) -> Vec<String> {
        let reached = reached(report, logged, message);
        let told = |Prepared { before, after, .. }: Prepared| {
            let before = before.map(Option::unwrap_or_default).join(" ");
            format!("{before} → {}", after.join(" "))
        };
        reached.rest(steps(), 0, || Some(now.to_owned())).into_iter().map(told).collect()
    }

    /// What was committed by hand in part would be left for ever, or be committed twice.
    #[test]
    fn what_the_last_commit_has_of_report_or_log_is_not_committed_again() {
        assert_eq!(rest("r0", 0, "r2", ""), ["r0 l0 → r1 l1", "r1 l1 → r2 l2"]);
        assert_eq!(rest("r1", 1, "r2", ""), ["r1 l1 → r2 l2"]);
        assert_eq!(rest("r2", 2, "r2", ""), [""; 0]);
        assert_eq!(rest("r1", 0, "r2", ""), ["r1 l0 → r1 l1", "r1 l1 → r2 l2"]);
        assert_eq!(rest("r2", 0, "r2", ""), ["r2 l0 → r2 l1", "r2 l1 → r2 l2"]);
        assert_eq!(rest("r2", 1, "r2", ""), ["r2 l1 → r2 l2"]);
        assert_eq!(rest("r0", 2, "r2", ""), ["r0 l2 → r1 l2", "r1 l2 → r2 l2"]);
        assert_eq!(rest("r1", 2, "r2", ""), ["r1 l2 → r2 l2"]);
    }

    /// What git keeps filtered cannot be read, and would be left for ever.
    #[test]
    fn a_log_is_known_by_its_id_where_nothing_is_found_in_it() {
        let unread = |report: &str, log: &str| {
            let ids = [report, log].map(|id| Some(id.to_owned()));
            let reached = Reached { ids, entries: HashSet::new(), message: String::new() };
            reached
                .rest(steps(), 0, || None)
                .into_iter()
                .map(|step| step.entries.concat())
                .collect::<Vec<_>>()
        };
        assert_eq!([unread("r2", "l2"), unread("r2", "other")], [vec![], vec!["e1", "e2"]]);
        assert_eq!([unread("r1", "l1"), unread("r0", "l0")], [vec!["e2"], vec!["e1", "e2"]]);
    }

    /// The log of another branch has one of two decisions that do not follow each other, and need not have the first.
    #[test]
    fn a_log_is_not_taken_for_one_that_has_what_was_decided_elsewhere() {
        let mut steps = steps();
        let log = |at: usize| Some(format!("l{at}"));
        assert_eq!([0, 1, 2, 9].map(|id| at(&steps, log(id).as_ref())), [Some(0), Some(1), Some(2), None]);
        steps[1].before[1] = log(0);
        assert_eq!([0, 1, 2].map(|id| at(&steps, log(id).as_ref())), [Some(0), None, None]);
        assert_eq!(at(&[], log(0).as_ref()), None);
    }

    #[test]
    fn a_report_that_is_committed_as_it_stands_leaves_its_log_alone() {
        assert_eq!(rest("x", 0, "x", ""), ["x l0 → x l1", "x l1 → x l2"]);
        assert_eq!(rest("x", 0, "r2", ""), ["r0 l0 → r1 l1", "r1 l1 → r2 l2"]);
    }

    #[test]
    fn what_a_hook_has_made_of_a_report_is_followed_and_what_somebody_else_has_is_not() {
        assert_eq!(rest("x", 1, "r2", "Log-entry: e1"), ["x l1 → r2 l2"]);
        assert_eq!(rest("x", 1, "r2", "by hand"), ["r1 l1 → r2 l2"]);
        assert_eq!(rest("x", 2, "r2", "by hand"), [""; 0]);
    }

    /// What a hook takes back out of each commit would be committed for ever.
    #[test]
    fn what_is_done_is_not_done_again() {
        for (report, logged) in [("r0", 0), ("r0", 1), ("r1", 0)] {
            let left = reached(report, logged, "Log-entry: e1").rest(steps(), 1, || None);
            let before = [report.to_owned(), format!("l{logged}")].map(Some);
            assert_eq!((left.len(), &left[0].before), (1, &before));
        }
    }
}
