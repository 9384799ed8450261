//! Bindings: what is pressed for each action, from the preset, the hotkeys of the levels, and the `keys` of
//! people's files.

use std::path::Path;

use super::file::SettingsFile;
use super::keymap::Clash;
use super::sequence::written;
use super::{Action, Code, Key, Preset, Sequence};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::yaml::{self, Document, Entries, OneOrMany, Step, did_you_mean};

/// The keys that the others begin with.
pub(super) const VIM: &str = include_str!("../../assets/keys/vim.yaml");

/// What is pressed for an action, and the file that says so; what is embedded says the rest.
pub(super) struct Binding<'a> {
    pub(super) action: Action,
    pub(super) sequences: Vec<Sequence>,
    file: Option<&'a SettingsFile>,
}

/// The bindings of a preset with the files laid over them in order; none for a level that there is not, nor, without a
/// methodology, for any. What cannot be read in the files is among the faults, and binds nothing.
pub(super) fn all<'a>(
    files: &'a [SettingsFile],
    preset: Preset,
    methodology: Option<&Methodology>,
    faults: &mut Vec<Fault>,
) -> Vec<Binding<'a>> {
    let mut bindings = embedded(VIM);
    let changed = match preset {
        Preset::Vim => "",
        Preset::Emacs => include_str!("../../assets/keys/emacs.yaml"),
        Preset::Arrows => include_str!("../../assets/keys/arrows.yaml"),
    };
    let changed = embedded(changed).into_iter();
    changed
        .chain(methodology.map(hotkeys).unwrap_or_default())
        .for_each(|binding| replace(&mut bindings, binding));
    for file in files {
        for (name, words) in file.record.keys.iter() {
            let steps = [Step::Key("keys"), Step::Key(name)];
            match binding(name, words, &file.document(), &steps, Some(file)) {
                Ok(binding) => replace(&mut bindings, binding),
                Err(fault) => faults.push(fault),
            }
        }
    }
    let levels = methodology.map_or(0, |methodology| methodology.levels().len());
    let has_level = |action| !matches!(action, Action::Severity(rank) if usize::from(rank) >= levels);
    bindings.retain(|binding| has_level(binding.action));
    bindings
}

/// The fault stands where the later word was spoken: at a file's `keys`, or at the hotkey of a level.
pub(super) fn fault(
    clash: &Clash,
    binding: &Binding<'_>,
    files: &[SettingsFile],
    methodology: Option<&Methodology>,
) -> Fault {
    let (mine, other) = (binding.action.name(), clash.other.name());
    let what = said(clash, binding);
    let hint = format!("give `{other}` another key, or none: `{other}: []`");
    if let Some(file) = binding.file {
        let steps = [Step::Key("keys"), Step::Key(mine), Step::Item(clash.index)];
        return file.document().fault(&steps, what).hint(hint);
    }
    let level = match binding.action {
        Action::Severity(rank) => {
            let levels = methodology.map_or(&[][..], Methodology::levels);
            levels.get(usize::from(rank)).map_or("", |level| &level.key)
        }
        _ => "",
    };
    let steps = [Step::Key("methodology"), Step::Key("levels"), Step::Key(level), Step::Key("hotkey")];
    match files.iter().rev().find(|file| file.document().line_of(&steps).is_some()) {
        Some(file) => file.document().fault(&steps, what).hint(hint),
        None => Fault::new(Kind::Unreadable, what).hint(hint),
    }
}

fn said(clash: &Clash, binding: &Binding<'_>) -> String {
    let (mine, other) = (binding.action.name(), clash.other.name());
    let Some(sequence) = binding.sequences.get(clash.index) else { return String::new() };
    let taken = written(&sequence.keys()[..clash.keys]);
    let is_whole = clash.keys == sequence.keys().len();
    match (is_whole, is_whole && clash.begins) {
        (_, true) => format!("`{taken}` is bound to `{mine}`, and begins the keys of `{other}`"),
        (true, _) if mine == other => format!("`{taken}` stands twice for `{mine}`"),
        (true, _) => format!("`{taken}` is bound to both `{other}` and `{mine}`"),
        (false, _) => format!("`{taken}` is bound to `{other}`, and begins `{sequence}` for `{mine}`"),
    }
}

fn embedded<'a>(text: &str) -> Vec<Binding<'a>> {
    let path = Path::new("keys.yaml");
    let entries: Option<Entries<OneOrMany>> =
        yaml::read(text, path).expect("the embedded keys are checked by a test");
    let (entries, document) = (entries.unwrap_or_default(), Document::new(text, path));
    let bound = entries.iter().map(|(name, words)| binding(name, words, &document, &[Step::Key(name)], None));
    bound.collect::<Result<_>>().expect("the embedded keys are checked by a test")
}

/// The hotkeys of the levels, which the methodology has checked among themselves.
fn hotkeys<'a>(methodology: &Methodology) -> Vec<Binding<'a>> {
    let bound = methodology.level_ids().take(Action::SEVERITIES).filter_map(|id| {
        let hotkey = Key::plain(Code::Char(methodology.level(id).hotkey?));
        Some(Binding { action: Action::Severity(id.0), sequences: vec![hotkey.into()], file: None })
    });
    bound.collect()
}

fn replace<'a>(bindings: &mut Vec<Binding<'a>>, binding: Binding<'a>) {
    bindings.retain(|known| known.action != binding.action);
    bindings.push(binding);
}

fn binding<'a>(
    name: &str,
    OneOrMany(words): &OneOrMany,
    document: &Document<'_>,
    steps: &[Step<'_>],
    file: Option<&'a SettingsFile>,
) -> Result<Binding<'a>> {
    let Some(action) = Action::named(name) else {
        let fault = document.fault(steps, format!("`{name}` is no action"));
        return Err(did_you_mean(fault, name, Action::all().map(Action::name)));
    };
    let sequence = |(index, word): (usize, &String)| {
        let here = [steps, &[Step::Item(index)]].concat();
        Sequence::parse(word).map_err(|what| document.fault(&here, what))
    };
    Ok(Binding { action, sequences: words.iter().enumerate().map(sequence).collect::<Result<_>>()?, file })
}
