//! Going on with the journal that an earlier session left.

use super::carry::{Fitted, Since, fitted};
use super::record::Record;
use super::replay::Replay;
use crate::deviation::Log;
use crate::fault::Result;
use crate::store::Journal;
use crate::store::paths::{self, beside};
use crate::store::save::verdict::{Verdict, is_logged, take_back, verdict};
use crate::store::trouble::in_state_folder;
use crate::triage::{Event, Misfit};

/// What an earlier session left.
#[derive(Debug, Default)]
pub(in crate::store) struct Left {
    /// What was pending, to be applied in order.
    pub(in crate::store) events: Vec<Event>,
    /// What of it does not fit, oldest first.
    pub(in crate::store) misfits: Vec<Misfit>,
    /// What a person should know of it, a sentence each.
    pub(in crate::store) notes: Vec<String>,
}

impl Journal {
    /// Takes up what an earlier session left in this file: what was pending comes back as events, what does
    /// not fit is left to settle, and what a person should know are sentences.
    pub(in crate::store) fn resume(&mut self, bytes: &[u8]) -> Result<Left> {
        // Whoever wrote it may not have come as far as syncing it, or may have failed to, after which only writing
        // it again helps; and what it says is about to be shown.
        self.fs.write_whole(&self.path, bytes).map_err(in_state_folder)?;
        let Some(mut replay) = Replay::read(bytes, &self.name()) else {
            let notes = vec![self.set_damage_aside(bytes, 1)?];
            self.start(&[])?;
            return Ok(Left { notes, ..Left::default() });
        };
        let (dropped, mut notes) = self.settle_left(&mut replay, bytes)?;
        let found = fitted(&replay, &self.report, self.since(&replay));
        self.misfits.clone_from(&found.misfits);
        if self.continues(&replay, bytes, &found) {
            self.length = Some(replay.length as u64);
            if dropped {
                self.put(&Record::SaveDropped)?;
            }
        } else {
            notes.extend(self.start_over(&replay, bytes, &found.events)?);
        }
        Ok(Left { events: found.events, misfits: self.to_settle(), notes })
    }

    fn since(&self, replay: &Replay) -> Since {
        if replay.about == self.about() { Since::Same } else { Since::Changed }
    }

    /// Whether the file can be added to as it stands.
    fn continues(&self, replay: &Replay, bytes: &[u8], found: &Fitted) -> bool {
        let whole = replay.length == bytes.len();
        whole && replay.is_pending() && replay.about == self.about() && found.misfits == replay.misfits
    }

    /// Begins a new file with all that is left to apply or to settle; without any of it the old one goes, and the next event
    /// begins a new one. A damaged one is set aside first.
    fn start_over(&mut self, replay: &Replay, bytes: &[u8], events: &[Event]) -> Result<Option<String>> {
        let mut note = None;
        if replay.length < bytes.len() {
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..replay.length]).count();
            note = Some(self.set_damage_aside(bytes, line)?);
        } else if !replay.is_pending() {
            self.discard();
            return Ok(None);
        }
        let records = events.iter().map(|event| Record::of(event, &self.report, &self.methodology));
        self.start(&records.collect::<Vec<_>>())?;
        Ok(note)
    }

    fn set_damage_aside(&self, bytes: &[u8], line: usize) -> Result<String> {
        let aside = self.set_aside("damaged", bytes)?;
        let whose = "the journal of decisions not saved yet";
        Ok(format!("{whose} is damaged from line {line} on; all of it is kept as {}", aside.display()))
    }

    /// Finds out what became of a save that did not say it ended. Gives whether it was taken back, and
    /// what the person should know.
    fn settle_left(&mut self, replay: &mut Replay, bytes: &[u8]) -> Result<(bool, Vec<String>)> {
        let Some(begun) = replay.begun.clone() else { return Ok((false, Vec::new())) };
        let path = paths::log(&self.real);
        let read = || Ok(Log::read(&self.fs.read(&path)?.unwrap_or_default()));
        let log = read()?;
        let waits = self.fs.is_there(&beside(&self.real))?;
        if verdict(&begun, Some(&self.about()), &log, waits) == Verdict::Finished {
            let lacks = !is_logged(&begun, &log);
            self.keep_save(!lacks)?;
            self.end_left(replay, bytes);
            replay.finish();
            return Ok((false, lacks.then(|| lacking(&begun.ids)).into_iter().collect()));
        }
        take_back(&*self.fs, &path, &begun)?;
        replay.begun = None;
        let left = begun.ids.iter().any(|id| log.holds(id)) && is_logged(&begun, &read()?);
        Ok((true, left.then(|| leftover(&begun.ids)).into_iter().collect()))
    }

    /// Notes that the save has come to its end, so that nobody has to find out again once the report has changed.
    fn end_left(&mut self, replay: &Replay, bytes: &[u8]) {
        if replay.length == bytes.len() {
            self.length = Some(replay.length as u64);
            let _ = self.put(&Record::SaveEnded);
            self.length = None;
        }
    }
}

fn lacking(ids: &[String]) -> String {
    format!("the last save is in the report, but the log lacks its entries: {}", ids.join(", "))
}

fn leftover(ids: &[String]) -> String {
    let ids = ids.join(", ");
    format!("a save did not come to its end, and the log has its entries with others after them: {ids}")
}

#[cfg(test)]
mod tests;
