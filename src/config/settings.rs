//! Settings: how decisions are written into reports, and how the desk behaves.
//!
//! A setting stands once in the table below; what reads files, what says where a value is from, the
//! default file and the schema for editors are made from it.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value as Json;

use super::file::SettingsFile;
use super::value::{Given, Value};
use super::{Env, theme};
use crate::methodology::Overrides;
use crate::report::{Annotate, Moving, Writing};
use crate::triage::Gate;
use crate::yaml::{Entries, OneOrMany, Word};

/// The variables that go before what files say.
const THEME: &str = "REGRADE_THEME";
const NAME: &str = "REGRADE_NAME";

/// Which set of keys the desk begins with, before `keys` changes some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Letters, as in vi.
    #[default]
    Vim,
    /// Ctrl and Alt, as in Emacs.
    Emacs,
    /// Arrows and function keys.
    Arrows,
}

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// What the bug is called.
    Id,
    /// Its level, and the one before where that changes.
    Severity,
    /// What it really affects.
    Scope,
    /// Its title.
    Title,
    /// What has become of it.
    Status,
    /// Signs of what needs a look.
    Badges,
}

macro_rules! settings {
    ($($name:ident: $type:ty = $default:expr, $help:literal;)*) => {
        /// What can be set by a name and a value.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings {
            $(#[doc = $help] pub $name: $type,)*
        }

        impl Default for Settings {
            fn default() -> Settings {
                Settings { $($name: $default,)* }
            }
        }

        /// The shape of a file of settings.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default, expecting = "a map of settings")]
        pub(super) struct Record {
            $(pub(super) $name: Option<Given<$type>>,)*
            pub(super) colours: Entries<Option<Word>>,
            pub(super) keys: Entries<OneOrMany>,
            pub(super) methodology: Option<Overrides>,
        }

        impl Settings {
            /// Takes over what a file in this folder gives.
            fn take(&mut self, record: &Record, folder: &Path) {
                $(if let Some(Given(value)) = &record.$name {
                    self.$name = value.clone().seen_from(folder);
                })*
            }
        }

        /// Every setting, in the order of the default file.
        pub(super) const TABLE: &[Setting] = &[$(Setting {
            name: stringify!($name),
            help: $help,
            value: |settings| settings.$name.json(),
            schema: <$type as Value>::schema,
        },)*];
    };
}

settings! {
    name: Option<String> = None,
        "How the log names you; empty for what git is configured with, else your account.";
    annotate: Annotate = Annotate::default(),
        "What is written beside a changed severity: nothing, its old level, or the rationale too.";
    sections: Moving = Moving::default(),
        "Whether a bug moves to the section of its new level, where sections are by level.";
    commit: bool = false, "Whether a save is committed to git, a commit for each decision, where the report is in a repository.";
    template: Option<PathBuf> = None,
        "The template of summaries, beside this file or below; empty for the one that `regrade export --to template` prints.";
    front_matter: Option<PathBuf> = None,
        "YAML that goes into the front matter of summaries, beside this file or below.";
    gates: Vec<Gate> = Vec::new(),
        "What `regrade check --gates` and the readiness of summaries go by, such as ['sev:P0 scope:production=0']: a filter, and how many bugs may match it; empty for no open bug of the most severe level.";
    auto_advance: bool = true, "Whether a decision moves on to the next undecided bug.";
    mouse: bool = true, "Whether the desk takes the mouse; without, the terminal selects text with it.";
    columns: Vec<Column> = Column::DEFAULT.to_vec(), "The columns of the list, in their order.";
    theme: String = String::from(theme::AUTO), "What the desk looks like; `colours` below changes some of it. `auto` is dark or light, as the terminal is.";
    preset: Preset = Preset::default(), "The set of keys to begin with; `keys` below changes some of it.";
}

/// What the table says about a setting.
pub(super) struct Setting {
    /// Its name in files.
    pub(super) name: &'static str,
    /// A line for whoever sets it.
    pub(super) help: &'static str,
    /// What it is set to.
    pub(super) value: fn(&Settings) -> Json,
    /// What it may be set to, as a JSON schema.
    pub(super) schema: fn() -> Json,
}

impl Column {
    /// The columns that are shown where nobody says otherwise.
    pub const DEFAULT: [Column; 6] =
        [Column::Id, Column::Severity, Column::Scope, Column::Title, Column::Status, Column::Badges];
}

impl Settings {
    /// The defaults with the files laid over them in order, and the environment over all.
    pub(super) fn of(files: &[SettingsFile], env: Option<&Env>) -> Settings {
        let mut settings = Settings::default();
        files.iter().for_each(|file| settings.take(&file.record, file.folder()));
        if let Some(theme) = env.and_then(|env| env.var(THEME)) {
            settings.theme = theme.to_owned();
        }
        if let Some(name) = env.and_then(|env| env.var(NAME)) {
            settings.name = Some(name.to_owned());
        }
        settings
    }

    /// The variable of the environment that says how this is set, if one does.
    pub(super) fn variable(name: &str, env: &Env) -> Option<&'static str> {
        let variable = match name {
            "theme" => THEME,
            "name" => NAME,
            _ => return None,
        };
        env.var(variable).map(|_| variable)
    }

    /// How changes are written into a report.
    pub fn writing(&self) -> Writing {
        Writing { annotate: self.annotate, sections: self.sections }
    }
}
