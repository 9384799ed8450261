//! Settings: how decisions are written into reports, and how the desk behaves.

use super::Env;
use super::file::{self, SettingsFile};
use crate::report::{Annotate, Moving, Writing};
use crate::yaml::Word;

/// What can be set by a name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What is written beside a changed severity.
    pub annotate: Annotate,
    /// What becomes of a bug's block where sections are by severity.
    pub sections: Moving,
    /// Whether a decision moves on to the next undecided bug.
    pub auto_advance: bool,
    /// The name of the theme.
    pub theme: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            annotate: Annotate::default(),
            sections: Moving::default(),
            auto_advance: true,
            theme: String::from("dark"),
        }
    }
}

impl Settings {
    /// The defaults with the files laid over them in order, and the environment over all.
    pub(super) fn of(files: &[SettingsFile], env: Option<&Env>) -> Settings {
        let mut settings = Settings::default();
        files.iter().for_each(|file| settings.take(&file.record));
        if let Some(theme) = env.and_then(|env| env.var("REGRADE_THEME")) {
            settings.theme = theme.to_owned();
        }
        settings
    }

    /// How changes are written into a report.
    pub fn writing(&self) -> Writing {
        Writing { annotate: self.annotate, sections: self.sections }
    }

    fn take(&mut self, record: &file::Record) {
        if let Some(annotate) = record.annotate {
            self.annotate = annotate.into();
        }
        if let Some(sections) = record.sections {
            self.sections = sections.into();
        }
        if let Some(auto_advance) = record.auto_advance {
            self.auto_advance = auto_advance;
        }
        if let Some(Word(theme)) = &record.theme {
            self.theme = theme.clone();
        }
    }
}

impl From<file::Annotate> for Annotate {
    fn from(annotate: file::Annotate) -> Annotate {
        match annotate {
            file::Annotate::None => Annotate::None,
            file::Annotate::Short => Annotate::Short,
            file::Annotate::Rationale => Annotate::Rationale,
        }
    }
}

impl From<file::Sections> for Moving {
    fn from(sections: file::Sections) -> Moving {
        match sections {
            file::Sections::Move => Moving::Move,
            file::Sections::Keep => Moving::Keep,
        }
    }
}
