//! What a person adds to a summary: members of its front matter, and texts that no decision tells.

use std::path::Path;

use serde::Deserialize;

use crate::fault::Result;
use crate::yaml::{self, Mapping, Tree};

/// What a person adds to a summary.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Front {
    /// Texts for the document.
    #[serde(default)]
    pub(super) document: Texts,
    /// Members of the front matter, in order; they go before those that are derived, and all are kept.
    #[serde(flatten)]
    pub(super) members: Mapping,
    /// The file, which alone tells `"yes"` from `yes`.
    #[serde(skip)]
    source: String,
}

/// Texts for parts of the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) title: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) tasks: Option<Tree>,
    pub(super) accomplishments: Vec<String>,
    pub(super) impact: Option<String>,
    pub(super) issues: Vec<String>,
    pub(super) setup: Vec<String>,
    /// What comes next, by what is to be ready for it.
    pub(super) next: Mapping,
    pub(super) readiness: Vec<String>,
}

impl Front {
    /// Reads a file of front matter, with or without its `---` lines.
    ///
    /// # Errors
    /// Unreadable, with the line, where it is no YAML mapping or `document:` has a member that is not known.
    pub fn read(text: &str, path: &Path) -> Result<Front> {
        let text = text.trim_start_matches('\u{feff}').trim_end();
        let text = text.strip_suffix("\n---").unwrap_or(text);
        let front = yaml::read::<Option<Front>>(text, path)?.unwrap_or_default();
        Ok(Front { source: text.to_owned(), ..front })
    }

    /// Whether a text stands there without quotes.
    pub(super) fn is_bare(&self, text: &str) -> bool {
        let quotes = |quote: char| self.source.contains(&format!("{quote}{text}{quote}"));
        self.source.contains(text) && !quotes('"') && !quotes('\'')
    }

    /// A member as one line of text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.members.get(name).and_then(one)
    }
}

/// The texts of a value: of a list each, of a text or number itself.
pub(super) fn texts(value: &Tree) -> Vec<String> {
    match value {
        Tree::Sequence(all) => all.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}

pub(super) fn one(value: &Tree) -> Option<String> {
    match value {
        Tree::String(text) => Some(text.clone()),
        Tree::Number(number) => Some(number.to_string()),
        Tree::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
