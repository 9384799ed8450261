//! Copying what a bug is called, what it says, and what was decided on it.
//!
//! What is hidden in a report is copied as the stand-in that the desk shows for it: a text that is pasted into a
//! shell later does there what it looks like.

use super::{App, Effect, Toast};
use crate::config::Action;
use crate::report::BugIx;
use crate::text::display;
use crate::triage::{Decision, Past};

/// How many bytes are copied at most: base64 makes of them as much as terminals take in one go.
pub const MOST: usize = 74_994;

impl App {
    /// Copies what this action names, of every bug that a decision would be on.
    pub(super) fn copy(&mut self, action: Action) -> Vec<Effect> {
        let bugs = self.targets();
        if bugs.is_empty() {
            self.say(Toast::refusal("there is no bug here to copy from"));
            return Vec::new();
        }
        let between = if action == Action::CopyBug { "\n" } else { "" };
        let mut text = String::new();
        for copied in bugs.iter().filter_map(|bug| self.copied(action, bug)) {
            if text.len() > MOST {
                break;
            }
            let between = if text.is_empty() { "" } else { between };
            text.extend([between, &copied, "\n"]);
        }
        let what = format!("the {} of {}", action.label(), self.called(&bugs));
        self.copy_text(&text, &what)
    }

    fn copy_text(&mut self, text: &str, what: &str) -> Vec<Effect> {
        let text = text.trim_end_matches('\n');
        let text = if text.contains('\n') { format!("{text}\n") } else { text.to_owned() };
        let cut = &text[..text.floor_char_boundary(MOST)];
        self.say(match text.is_empty() {
            true => Toast::refusal(format!("there is nothing to copy: {what} does not say anything")),
            false if cut.len() < text.len() => Toast::refusal(format!(
                "copied the first {} bytes of {what}: terminals take no more",
                cut.len()
            )),
            false => Toast::done(format!("copied {what}")),
        });
        if cut.is_empty() { Vec::new() } else { vec![Effect::Copy(cut.to_owned())] }
    }

    fn copied(&self, action: Action, bug: BugIx) -> Option<String> {
        let report = self.session.report();
        Some(match action {
            Action::CopyId => display::visible_str(&report.handle(bug)).into_owned(),
            Action::CopyTitle => display::visible_str(&report.title(bug)).into_owned(),
            Action::CopyBug => lines(report.block(bug)),
            _ => self.last_decision(bug)?,
        })
    }

    /// The last decision on a bug, pending or saved, in words.
    fn last_decision(&self, bug: BugIx) -> Option<String> {
        let pending = self.pending(bug).next().map(|decision| self.told(decision));
        let said = pending.or_else(|| Some(self.told_past(bug, self.earlier(bug).next()?)))?;
        Some(said.lines().map(display::visible_str).collect::<Vec<_>>().join("\n"))
    }

    fn told(&self, decision: &Decision) -> String {
        let Decision { at, by, draft } = decision;
        let what =
            format!("{} ({by}, {}, not saved yet)", self.described_in_full(draft), at.strftime("%Y-%m-%d"));
        sentence(&what, draft.rule, &draft.rationale)
    }

    fn told_past(&self, bug: BugIx, past: &Past) -> String {
        let handle = self.session.report().handle(bug);
        let changed = if past.changed.is_empty() { past.kind.name() } else { &past.changed };
        let what = format!("{handle} {changed} ({}, {})", past.by, past.at.strftime("%Y-%m-%d"));
        sentence(&what, past.rule, &past.rationale)
    }
}

fn sentence(what: &str, rule: Option<u8>, rationale: &str) -> String {
    let rule = rule.map_or_else(String::new, |rule| format!(", rule {rule}"));
    let why = if rationale.is_empty() { String::new() } else { format!(": {rationale}") };
    format!("{what}{rule}{why}")
}

/// Lines of a report, made visible one by one; no more of them than can be copied.
fn lines(block: &[u8]) -> String {
    let block = &block[..block.len().min(MOST + 1)];
    let lines = block.trim_ascii_end().split(|byte| *byte == b'\n');
    let lines = lines.map(|line| display::visible(line.strip_suffix(b"\r").unwrap_or(line)));
    lines.collect::<Vec<_>>().join("\n")
}
