//! Exporting at the desk: as what, into which file, and what has become of it.
//!
//! The picker stays until the file is written, or that takes long enough to be told of, so that no key that was meant
//! for it decides anything.

use std::path::Path;

use super::picker::{Choice, Picker, Use, Value};
use super::{App, Busy, Effect, Popup, Toast};
use crate::config::{Action, Code, Key};
use crate::export::Format;
use crate::fault::{Fault, Kind};
use crate::progress::{Share, Stage};
use crate::text::counted;

impl App {
    pub(super) fn open_export(&mut self) {
        let choices = Format::ALL.map(|format| self.choice_of(format)).into();
        let notes = self.export_notes();
        self.open(Popup::Picker(Picker { notes, ..Picker::new(Use::Export, choices) }));
    }

    fn choice_of(&self, format: Format) -> Choice {
        let (name, about) = (format.name().to_owned(), self.about(format));
        Choice { key: None, name, about, value: Value::Export(format, false) }
    }

    fn about(&self, format: Format) -> String {
        let file = format.beside(Path::new(&self.ui.name));
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        format!("{file} · {}", format.about())
    }

    /// What a person should know before they export.
    fn export_notes(&self) -> Vec<String> {
        let (unsaved, misfits) = (self.unsaved(), self.session.misfits().len());
        let are = |many: usize| if many == 1 { "is" } else { "are" };
        let unsaved = (unsaved > 0).then(|| {
            format!("{} not saved yet {} in it, marked so", counted(unsaved, "decision"), are(unsaved))
        });
        let misfits = (misfits > 0)
            .then(|| format!("{} to settle {} not in it", counted(misfits, "decision"), are(misfits)));
        unsaved.into_iter().chain(misfits).collect()
    }

    pub(super) fn export(&mut self, format: Format, may_replace: bool) -> Vec<Effect> {
        self.ui.busy = Busy::Exporting;
        vec![Effect::Export { format, may_replace }]
    }

    /// Has a file that is there asked for again where the cursor has left its choice.
    pub(super) fn spare_what_is_there(&mut self) {
        let Some(Popup::Picker(picker)) = self.ui.popups.last() else { return };
        let left = picker.choices.iter().enumerate().filter(|(at, _)| *at != picker.at);
        let armed = left.filter_map(|(at, choice)| match choice.value {
            Value::Export(format, true) => Some((at, format)),
            _ => None,
        });
        for (at, format) in armed.collect::<Vec<_>>() {
            let (about, value) = (self.about(format), Value::Export(format, false));
            if let Some(Popup::Picker(picker)) = self.ui.popups.last_mut() {
                (picker.choices[at].about, picker.choices[at].value) = (about, value);
            }
        }
    }

    /// Takes note of how far long work has come. Once an export has come so far, the desk is free again.
    pub(super) fn progressed(&mut self, share: Share) {
        self.ui.share = share;
        if self.ui.busy == Busy::Exporting && share.stage != Stage::Idle {
            self.close_export();
        }
    }

    /// Takes a key while the file is being written: Esc gives it up, the others are for nothing.
    pub(super) fn exporting_key(&mut self, key: Key) -> Vec<Effect> {
        if key.code() == Code::Esc { vec![Effect::GiveUp] } else { Vec::new() }
    }

    pub(super) fn exported(&mut self, name: &str, decisions: usize, unsaved: usize) -> Vec<Effect> {
        self.close_export();
        let waiting = if unsaved == 0 { String::new() } else { format!(", {unsaved} of them not saved yet") };
        self.say(Toast::done(format!("exported {} to {name}{waiting}", counted(decisions, "decision"))));
        self.ui.busy = Busy::Not;
        self.release()
    }

    /// Lets the same choice write over the file that is there, where it is still to be made.
    pub(super) fn export_stands(&mut self, format: Format, name: &str) {
        self.ui.busy = Busy::Not;
        let Some(Popup::Picker(picker)) = self.ui.popups.last_mut() else {
            let again = self.key_of(Action::Export);
            self.say(Toast::refusal(format!(
                "{name} came meanwhile and stays as it is; {again} exports anew"
            )));
            return self.drop_held();
        };
        picker.may_replace(format, name);
        self.say(Toast::refusal(format!("{name} is there already; Enter again writes over it")));
    }

    pub(super) fn not_exported(&mut self, fault: Fault) -> Vec<Effect> {
        self.ui.busy = Busy::Not;
        if fault.kind() == Kind::Interrupted {
            self.say(Toast::refusal(fault.to_string()));
            return self.release();
        }
        self.close_export();
        self.failed_waited_for(fault);
        Vec::new()
    }

    fn close_export(&mut self) {
        let is_it = |popup: &Popup| matches!(popup, Popup::Picker(picker) if picker.usage == Use::Export);
        self.ui.popups.retain(|popup| !is_it(popup));
    }
}

impl Picker {
    fn may_replace(&mut self, format: Format, name: &str) {
        let at = self.choices.iter().position(|choice| choice.value == Value::Export(format, false));
        if let Some(choice) = at.and_then(|at| self.choices.get_mut(at)) {
            choice.value = Value::Export(format, true);
            choice.about = format!("{name} is there: again writes over it");
        }
        self.at = at.unwrap_or(self.at);
    }
}
