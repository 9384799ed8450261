//! What others propose for a report, in a file of the state folder beside its journal, a proposal a line.
//!
//! A proposal is no decision: it is in no journal and no log, and goes with the state folder. A line that cannot be read is
//! told.

mod called;
mod declined;
mod lines;
mod text;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Store, paths};
use crate::fault::Result;
use crate::report::{BugIx, Report};
use crate::text::counted;
use crate::triage::suggest::{Advice, Decline, Proposed, Voice};
use called::Finder;
use lines::{Line, Lines};
use text::ProposalText;

/// What somebody proposes: the person or program, and the proposals.
pub type Proposals = (String, Vec<Proposed>);

/// What becomes of what somebody proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Laid {
    /// Who.
    pub by: String,
    /// How many proposals.
    pub proposals: usize,
    /// How many earlier ones those replace.
    pub replaces: usize,
    /// For how many bugs the same was declined before, and stays so.
    pub declined: usize,
}

impl Store {
    /// What others propose for a report, as it is now, and what was declined of all suggestions. What cannot be read is
    /// left out, and told by [`Advice::troubles`].
    pub fn advice(&self, path: &Path, report: &Report) -> Advice {
        let (kept, trouble) = match self.proposals(path) {
            Ok(kept) => {
                let trouble = kept.trouble();
                (kept, trouble)
            }
            Err(fault) => (Lines::default(), Some(format!("what others propose cannot be read: {fault}"))),
        };
        let (declined, lost) = self.declined(path);
        let called = kept.texts().flat_map(ProposalText::called);
        let finder = Finder::of(report, called.chain(declined.iter().map(|one| &one.called)));
        let (mut proposals, mut strays) = (Vec::new(), Vec::new());
        for text in kept.texts() {
            let (proposed, lost) = text.found(&finder, report.methodology());
            proposals.extend(proposed);
            strays.extend(lost);
        }
        let troubles = trouble.into_iter().chain(lost).collect();
        let mut advice = Advice::new(proposals).with_losses(strays, troubles);
        let found = declined::found(&declined, &finder, report.methodology(), &advice);
        let found: Vec<_> = found.map(|(bug, voice, one)| (bug, voice, one.made())).collect();
        for (bug, voice, made) in found {
            advice.decline([(bug, voice)], Some(&made));
        }
        advice
    }

    /// Keeps what each proposes, in the place of what the same proposed before, which may leave nothing; who proposes for
    /// the first time comes last.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where what is kept there cannot be read, and
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses; nothing has changed then.
    pub fn propose(&self, path: &Path, report: &Report, these: &[Proposals]) -> Result<Vec<Laid>> {
        let _alone = self.alone(path)?;
        let kept = self.proposals(path)?;
        let laid = self.laid(&kept, path, report, these);
        let bugs = these.iter().flat_map(|(_, proposals)| proposals).flat_map(|one| &one.bugs);
        let finder = Finder::for_bugs(report, bugs.map(|stood| stood.bug));
        let line = |one: &Proposed| lines::said(&ProposalText::of(one, &finder, report.methodology()));
        let anew = these.iter().map(|(by, all)| (by.as_str(), all.iter().map(line).collect()));
        let mut anew: HashMap<&str, Vec<Vec<u8>>> = anew.collect();
        let authors: HashSet<&str> = anew.keys().copied().collect();
        let mut lines = Vec::new();
        for line in kept.0 {
            match line.text.as_ref().map(|text| text.by.as_str()) {
                Some(by) if authors.contains(by) => lines.extend(anew.remove(by).unwrap_or_default()),
                _ => lines.push(line.bytes),
            }
        }
        lines.extend(these.iter().filter_map(|(by, _)| anew.remove(by.as_str())).flatten());
        self.put_lines(&self.proposals_of(path)?, &lines)?;
        Ok(laid)
    }

    /// What [`Store::propose`] would give; nothing is kept.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where what is kept there cannot be read.
    pub fn would_propose(&self, path: &Path, report: &Report, these: &[Proposals]) -> Result<Vec<Laid>> {
        Ok(self.laid(&self.proposals(path)?, path, report, these))
    }

    /// Of what is proposed, by its place, the bugs for which the same was declined before, and how it was.
    pub fn declined_of(
        &self,
        path: &Path,
        report: &Report,
        these: &[Proposed],
    ) -> Vec<(usize, BugIx, Decline)> {
        let (declined, _) = self.declined(path);
        let finder = Finder::of(report, declined.iter().map(|one| &one.called));
        let advice = Advice::new(these.to_vec());
        let found = declined::found(&declined, &finder, report.methodology(), &advice);
        let proposed = found.filter_map(|(bug, voice, one)| match voice {
            Voice::Proposal(at) => Some((at, bug, one.made())),
            Voice::Rule(_) => None,
        });
        proposed.collect()
    }

    fn laid(
        &self,
        kept: &Lines<ProposalText>,
        path: &Path,
        report: &Report,
        these: &[Proposals],
    ) -> Vec<Laid> {
        let mut earlier: HashMap<&str, usize> = HashMap::new();
        kept.texts().for_each(|text| *earlier.entry(&text.by).or_default() += 1);
        let laid = |(by, proposals): &Proposals| Laid {
            by: by.clone(),
            proposals: proposals.len(),
            replaces: earlier.get(by.as_str()).copied().unwrap_or_default(),
            declined: self.declined_of(path, report, proposals).len(),
        };
        these.iter().map(laid).collect()
    }

    /// Takes back what somebody proposes; how many proposals that were.
    ///
    /// # Errors
    /// Those of [`Store::propose`].
    pub fn forget(&self, path: &Path, by: &str) -> Result<usize> {
        let _alone = self.alone(path)?;
        let kept = self.proposals(path)?;
        let is_of = |line: &Line<ProposalText>| line.text.as_ref().is_some_and(|text| text.by == by);
        let (theirs, others): (Vec<_>, Vec<_>) = kept.0.into_iter().partition(is_of);
        if !theirs.is_empty() {
            let others: Vec<Vec<u8>> = others.into_iter().map(|line| line.bytes).collect();
            self.put_lines(&self.proposals_of(path)?, &others)?;
        }
        Ok(theirs.len())
    }

    /// Who proposes something for a report, each once, and, where something there cannot be read, what a person should
    /// know of that.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) where that cannot be read.
    pub fn proposers(&self, path: &Path) -> Result<(Vec<String>, Option<String>)> {
        let kept = self.proposals(path)?;
        let mut names: Vec<String> = kept.texts().map(|text| text.by.clone()).collect();
        names.sort();
        names.dedup();
        let file = self.proposals_of(path)?;
        Ok((names, kept.trouble().map(|trouble| format!("{trouble}: {}", file.display()))))
    }

    fn proposals(&self, path: &Path) -> Result<Lines<ProposalText>> {
        self.lines(&self.proposals_of(path)?, ProposalText::read)
    }

    fn proposals_of(&self, path: &Path) -> Result<PathBuf> {
        Ok(paths::proposals(&self.state, &self.fs.real(path)?))
    }
}

impl Lines<ProposalText> {
    /// What a person should know of it.
    fn trouble(&self) -> Option<String> {
        let bad = self.unread();
        let (first, many) = (bad.first()?, counted(bad.len(), "proposal"));
        let at = if bad.len() == 1 { "on" } else { "the first on" };
        Some(format!("{many} cannot be read, {at} line {first} of the file of proposals, and left there"))
    }
}

#[cfg(test)]
mod tests;
