//! Settling decisions that no longer fit a report that was changed underneath: each is decided anew, or dropped.

use std::collections::HashMap;

use super::{App, Effect, Intent, Popup, Reopened, Toast};
use crate::config::{Action, Code, Key};
use crate::report::{BugIx, Report};
use crate::text::{Span, counted, line};
use crate::triage::{BugSet, Draft, Lost, Misfit};

/// The key that drops a decision.
const DROP: char = 'd';

/// Of how many decisions it is kept what was changed in their bugs.
const TOLD: usize = 256;

/// How much is kept of a line that was changed, in bytes.
const SHOWN: usize = 512;

impl App {
    pub(super) fn open_settle(&mut self) {
        let is_open = self.ui.popups.iter().any(|popup| matches!(popup, Popup::Settle(..)));
        if self.session.misfits().is_empty() {
            self.say(Toast::done("every decision fits the report: nothing to settle"));
        } else if !is_open {
            self.ui.settled_from = self.cursor();
            self.open(Popup::Settle(0, None));
            self.show_misfit();
        }
    }

    /// `Enter decides anew, d d drops, Esc leaves it for later; X comes back to it`
    fn settling(&self) -> String {
        let later = match self.key_of(Action::Settle) {
            key if key.is_empty() => String::new(),
            key => format!("; {key} comes back to it"),
        };
        format!("Enter decides anew, {DROP} {DROP} drops, Esc leaves it for later{later}")
    }

    /// What was changed in the bug of a misfit since it was judged, where that was seen: a line as it was, and as it is.
    pub fn rewritten(&self, misfit: &Misfit) -> Option<&[String; 2]> {
        let (bug, _) = misfit.decision.draft.bugs().next()?;
        self.ui.rewritten.get(&bug).filter(|_| misfit.lost == Lost::Changed)
    }

    /// Puts the cursor on the bug that is being settled, so that list and detail show it as it is now; where it is gone,
    /// back to where the cursor was, for there the decision would be made anew.
    fn show_misfit(&mut self) {
        let bug = self.misfit().filter(|(_, misfit)| misfit.lost == Lost::Changed);
        let bug = bug.and_then(|(_, misfit)| misfit.decision.draft.bugs().next()).map(|(bug, _)| bug);
        let bug = bug.filter(|bug| self.ui.view.shows(*bug)).or(self.ui.settled_from);
        self.go_while_settling(bug);
    }

    fn go_while_settling(&mut self, bug: Option<BugIx>) {
        let is_elsewhere = self.ui.view.range().is_none() && self.cursor() != bug;
        if let Some(bug) = bug.filter(|_| is_elsewhere) {
            self.ui.view.go(bug);
            self.ui.scroll = 0;
        }
    }

    /// Puts the cursor back to where it was before decisions were being settled.
    fn go_back_from_settling(&mut self) {
        let from = self.ui.settled_from.take();
        self.go_while_settling(from);
    }

    pub(super) fn settle_key(&mut self, key: Key) -> Vec<Effect> {
        let last = self.session.misfits().len().saturating_sub(1);
        let Some(Popup::Settle(at, sure)) = self.ui.popups.last_mut() else { return Vec::new() };
        let was_sure = std::mem::take(sure) == Some(key);
        match (key.code(), self.ui.keymap.action(key)) {
            (Code::Esc, _) | (_, Some(Action::Quit)) => return self.settle_later(),
            (_, Some(Action::Settle)) => self.say_settling(),
            (Code::Enter | Code::Char(DROP), _) if self.ui.busy.holds() && !key.ctrl() => {
                return self.hold(key);
            }
            (Code::Enter, _) => return self.decide_anew(was_sure),
            (Code::Char(DROP), _) if !key.ctrl() && !key.alt() => return self.drop_misfit(was_sure),
            (_, Some(Action::FocusDetail)) => return self.go_to_misfit(),
            (_, Some(Action::Down)) => *at = (*at + 1).min(last),
            (_, Some(Action::Up)) => *at = at.saturating_sub(1),
            (Code::Home, _) | (_, Some(Action::First)) => *at = 0,
            (Code::End, _) | (_, Some(Action::Last)) => *at = last,
            _ => return Vec::new(),
        }
        self.show_misfit();
        Vec::new()
    }

    /// A save may have opened the popup just before its key was pressed, which was not meant to close it.
    fn say_settling(&mut self) {
        let left = counted(self.session.misfits().len(), "decision");
        self.say(Toast::done(format!("{left} to settle: {}", self.settling())));
    }

    /// Closes the popup and says what its keys mean from here on: Enter, which decided anew, is about another bug now.
    fn settle_later(&mut self) -> Vec<Effect> {
        self.go_back_from_settling();
        let (left, settle) = (self.session.misfits().len(), self.key_of(Action::Settle));
        let (left, beneath) = (counted(left, "decision"), self.beneath());
        self.say(Toast::refusal(format!("{left} left to settle, {settle} goes on{beneath}")));
        self.close()
    }

    /// `; Enter now confirms BUG-1`
    fn beneath(&self) -> String {
        let (bugs, confirm) = (self.targets(), self.key_of(Action::Confirm));
        if bugs.is_empty() || confirm.is_empty() || self.ui.holder.is_some() || self.ui.popups.len() > 1 {
            return String::new();
        }
        format!("; {confirm} now confirms {}", self.called(&bugs))
    }

    /// The misfit under the cursor of the popup, and its place.
    fn misfit(&self) -> Option<(usize, &Misfit)> {
        let Some(Popup::Settle(at, _)) = self.popup() else { return None };
        self.session.misfits().get(*at).map(|misfit| (*at, misfit))
    }

    /// What would be decided in place of a misfit: on its own bugs, or where those are gone on the targets.
    pub fn anew(&self, misfit: &Misfit) -> Option<Draft> {
        misfit.anew(&self.targets())
    }

    /// Decides anew; on other bugs than it was made on only where that is asked for twice.
    fn decide_anew(&mut self, is_sure: bool) -> Vec<Effect> {
        let Some((misfit, found)) = self.misfit() else { return Vec::new() };
        let is_elsewhere = matches!(found.lost, Lost::Gone(_));
        match self.anew(found) {
            Some(_) if self.ui.holder.is_some() => self.say_read_only(),
            Some(draft) if is_elsewhere && !is_sure => {
                let bugs: BugSet = draft.bugs().map(|(bug, _)| bug).collect();
                self.ask_again(
                    Key::plain(Code::Enter),
                    format!("Enter again decides so on {}", self.called(&bugs)),
                );
            }
            Some(draft) => return self.record_for(draft, Some(misfit)),
            None => self.say(Toast::refusal(format!("this cannot be decided anew; {DROP} {DROP} drops it"))),
        }
        Vec::new()
    }

    /// Drops a misfit for good, for undoing brings none back: asked for twice.
    fn drop_misfit(&mut self, is_sure: bool) -> Vec<Effect> {
        match self.misfit().map(|(misfit, _)| misfit) {
            Some(_) if self.ui.holder.is_some() => self.say_read_only(),
            Some(_) if !is_sure => {
                self.ask_again(Key::plain(Code::Char(DROP)), format!("{DROP} again drops it for good"))
            }
            Some(misfit) => return self.commit(Intent::Settle { misfit, draft: None }),
            None => {}
        }
        Vec::new()
    }

    fn ask_again(&mut self, key: Key, said: String) {
        self.say(Toast::refusal(said));
        if let Some(Popup::Settle(_, sure)) = self.ui.popups.last_mut() {
            *sure = Some(key);
        }
    }

    /// Closes the popup and puts the cursor on the bug of the misfit, where that is in view.
    fn go_to_misfit(&mut self) -> Vec<Effect> {
        let bug =
            self.misfit().and_then(|(_, misfit)| misfit.decision.draft.bugs().next()).map(|(bug, _)| bug);
        match bug.filter(|bug| self.ui.view.shows(*bug)) {
            Some(bug) => {
                self.ui.view.go(bug);
                self.ui.scroll = 0;
                self.close()
            }
            None => {
                self.say(Toast::refusal("its bug is not in view"));
                Vec::new()
            }
        }
    }

    /// A misfit was settled by this decision, or dropped.
    pub(super) fn settled(&mut self, decided: bool) {
        let left = self.session.misfits().len();
        if left == 0 {
            self.go_back_from_settling();
        }
        let what = if decided { "decided anew" } else { "dropped" };
        let rest = match left {
            0 => format!("nothing is left to settle{}", self.beneath()),
            left => format!("{left} left"),
        };
        self.say(Toast::done(format!("{what}; {rest}")));
        self.ui.popups.retain_mut(|popup| match popup {
            Popup::Settle(at, _) => {
                *at = (*at).min(left.saturating_sub(1));
                left > 0
            }
            _ => true,
        });
        if self.misfit().is_some() {
            self.show_misfit();
        }
    }
}

/// What was changed in the bugs of misfits of a report that was read again: the first line that is another one, as it was
/// and as it is. Where no line is, their level stands elsewhere; of those in which nothing was changed this time, nothing.
pub(super) fn rewritten(before: &Report, reopened: &Reopened) -> Vec<(BugIx, [String; 2])> {
    let session = &reopened.prepared.session;
    let changed = session.misfits().iter().filter(|misfit| misfit.lost == Lost::Changed).take(TOLD);
    let first = |misfit: &Misfit| misfit.decision.draft.bugs().next().map(|(bug, _)| bug);
    let bugs: BugSet = changed.filter_map(first).collect();
    if bugs.is_empty() {
        return Vec::new();
    }
    let places = (0..).map(BugIx).zip(&reopened.places);
    let mut places: Vec<(BugIx, BugIx)> =
        places.filter_map(|(was, now)| Some((was, now.filter(|now| bugs.contains(*now))?))).collect();
    let placed: BugSet = places.iter().map(|(_, now)| *now).collect();
    places.extend(retitled(before, session.report(), &bugs.difference(&placed)));
    let change = |(was, now): (BugIx, BugIx)| {
        let sides = [(before, was), (&**session.report(), now)];
        let levels = || Some(sides.map(|(report, bug)| level_of(report, bug))).filter(|[was, is]| was != is);
        let lines = differing(sides.map(|(report, bug)| report.block(bug)));
        lines.or_else(levels).map(|change| (now, change))
    };
    places.into_iter().filter_map(change).collect()
}

/// What these bugs were in another reading of the report, each by its id: the title is what was changed.
fn retitled(before: &Report, after: &Report, bugs: &BugSet) -> Vec<(BugIx, BugIx)> {
    let id = |report: &Report, bug| report.written_name(bug).map(|(id, _)| id.to_owned());
    let ids: HashMap<Vec<u8>, BugIx> = bugs.iter().filter_map(|now| Some((id(after, now)?, now))).collect();
    let known = |was| Some((was, *ids.get(before.written_name(was)?.0)?));
    before.indexes().filter(|_| !ids.is_empty()).filter_map(known).collect()
}

/// The first line in which two texts differ, without blanks around it, and no more of it than can be shown.
fn differing(texts: [&[u8]; 2]) -> Option<[String; 2]> {
    let [mut one, mut other] =
        texts.map(|text| line::lines(text, Span::whole(text)).map(|line| line.text.of(text).trim_ascii()));
    loop {
        let lines = [one.next(), other.next()];
        if lines == [None, None] {
            return None;
        }
        if lines[0] != lines[1] {
            return Some(lines.map(|line| {
                let line = line.unwrap_or_default();
                String::from_utf8_lossy(&line[..line.len().min(SHOWN)]).into_owned()
            }));
        }
    }
}

fn level_of(report: &Report, bug: BugIx) -> String {
    report
        .level(bug)
        .map(|level| report.methodology().level(level))
        .map_or_else(|| "no severity".to_owned(), |level| format!("{} {}", level.key, level.name))
}
