//! The key map: which key does what, from `assets/keys.yaml`, the hotkeys of the levels, and the
//! `keys` of people's files.
//!
//! A key does one thing at most, in every map that exists.

use std::collections::HashMap;
use std::path::Path;

use super::file::SettingsFile;
use super::{Action, Code, Key};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::yaml::{self, Document, Entries, OneOrMany, Step, did_you_mean};

const EMBEDDED: &str = include_str!("../../assets/keys.yaml");

/// Which key does what.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    actions: HashMap<Key, Action>,
    keys: HashMap<Action, Vec<Key>>,
}

/// The keys of an action, and the file that says so; what is embedded says the rest.
struct Binding<'a> {
    action: Action,
    keys: Vec<Key>,
    file: Option<&'a SettingsFile>,
}

impl Keymap {
    /// What this key does.
    pub fn action(&self, key: Key) -> Option<Action> {
        self.actions.get(&key).copied()
    }

    /// The keys that do this, the one to show first; none when it is not bound.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Every action that is bound with its keys, in the order of the help.
    pub fn bindings(&self) -> impl Iterator<Item = (Action, &[Key])> {
        Action::all().map(|action| (action, self.keys(action))).filter(|(_, keys)| !keys.is_empty())
    }

    /// The embedded map with the files laid over it in order. A file's keys for an action replace
    /// those it had; levels that the methodology does not have get none.
    pub(super) fn of(files: &[SettingsFile], methodology: &Methodology) -> Result<Keymap> {
        let mut bindings = embedded();
        bindings.extend(hotkeys(methodology));
        for file in files {
            lay_over(&mut bindings, file)?;
        }
        let levels = methodology.levels().len();
        bindings.retain(
            |binding| !matches!(binding.action, Action::Severity(rank) if usize::from(rank) >= levels),
        );
        let mut map = Keymap::default();
        for binding in bindings {
            map.bind(&binding).map_err(|clash| clash_fault(&clash, &binding, files, methodology))?;
        }
        Ok(map)
    }

    fn bind(&mut self, binding: &Binding<'_>) -> std::result::Result<(), Clash> {
        for (index, key) in binding.keys.iter().enumerate() {
            if let Some(other) = self.actions.insert(*key, binding.action) {
                return Err(Clash { key: *key, index, other });
            }
        }
        self.keys.insert(binding.action, binding.keys.clone());
        Ok(())
    }
}

/// A key that already does something else.
struct Clash {
    key: Key,
    index: usize,
    other: Action,
}

fn embedded<'a>() -> Vec<Binding<'a>> {
    let path = Path::new("keys.yaml");
    let entries: Entries<OneOrMany> =
        yaml::read(EMBEDDED, path).expect("the embedded keys are checked by a test");
    let document = Document::new(EMBEDDED, path);
    let bound = entries.iter().map(|(name, words)| binding(name, words, &document, &[], None));
    bound.collect::<Result<_>>().expect("the embedded keys are checked by a test")
}

/// The hotkeys of the levels, which the methodology has checked among themselves.
fn hotkeys<'a>(methodology: &Methodology) -> Vec<Binding<'a>> {
    let bound = methodology.level_ids().take(Action::SEVERITIES).filter_map(|id| {
        let hotkey = methodology.level(id).hotkey?;
        Some(Binding {
            action: Action::Severity(id.0),
            keys: vec![Key::plain(Code::Char(hotkey))],
            file: None,
        })
    });
    bound.collect()
}

fn lay_over<'a>(bindings: &mut Vec<Binding<'a>>, file: &'a SettingsFile) -> Result<()> {
    for (name, words) in file.record.keys.iter() {
        let binding = binding(name, words, &file.document(), &[Step::Key("keys")], Some(file))?;
        bindings.retain(|known| known.action != binding.action);
        bindings.push(binding);
    }
    Ok(())
}

fn binding<'a>(
    name: &str,
    OneOrMany(words): &OneOrMany,
    document: &Document<'_>,
    place: &[Step<'_>],
    file: Option<&'a SettingsFile>,
) -> Result<Binding<'a>> {
    let steps = [place, &[Step::Key(name)]].concat();
    let Some(action) = Action::named(name) else {
        let fault = document.fault(&steps, format!("`{name}` is no action"));
        return Err(did_you_mean(fault, name, Action::all().map(Action::name)));
    };
    let key = |(index, word): (usize, &String)| {
        let what =
            format!("`{word}` is no key; expected a character or a name such as `Enter`, `Ctrl-d`, `F5`");
        Key::parse(word).ok_or_else(|| document.fault(&[&steps[..], &[Step::Item(index)]].concat(), what))
    };
    Ok(Binding { action, keys: words.iter().enumerate().map(key).collect::<Result<_>>()?, file })
}

/// The fault stands where the later word was spoken: at a file's `keys`, or at the hotkey of a level.
fn clash_fault(
    clash: &Clash,
    binding: &Binding<'_>,
    files: &[SettingsFile],
    methodology: &Methodology,
) -> Fault {
    let (key, mine, other) = (clash.key, binding.action.name(), clash.other.name());
    let what = match mine == other {
        true => format!("`{key}` stands twice for `{mine}`"),
        false => format!("`{key}` is bound to both `{other}` and `{mine}`"),
    };
    let hint = format!("give `{other}` another key, or none: `{other}: []`");
    if let Some(file) = binding.file {
        return file
            .document()
            .fault(&[Step::Key("keys"), Step::Key(mine), Step::Item(clash.index)], what)
            .hint(hint);
    }
    let level = match binding.action {
        Action::Severity(rank) => methodology.levels().get(usize::from(rank)).map_or("", |level| &level.key),
        _ => "",
    };
    let steps = [Step::Key("methodology"), Step::Key("levels"), Step::Key(level), Step::Key("hotkey")];
    match files.iter().rev().find(|file| file.document().line_of(&steps).is_some()) {
        Some(file) => file.document().fault(&steps, what).hint(hint),
        None => Fault::new(Kind::Unreadable, what).hint(hint),
    }
}
