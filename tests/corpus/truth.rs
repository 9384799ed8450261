//! What a person found in a document, and what the program says of it, compared as `score.py` beside the
//! corpus compares them: a share that differs from its would prove nothing to anybody.

use std::fs;
use std::path::Path;

use caseless::default_case_fold_str;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The bugs of a document.
#[derive(Debug, Deserialize)]
pub(super) struct Truth {
    pub(super) bugs: Vec<Bug>,
    /// How many there are, where only the first are listed.
    pub(super) total: Option<usize>,
}

/// One bug as a person sees it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Bug {
    pub(super) line: usize,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) severity_raw: Option<String>,
    pub(super) severity_source: String,
    pub(super) status: Option<String>,
}

/// One line of `regrade list --json`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) line: usize,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) severity_source: String,
    pub(super) status: Option<String>,
}

impl Truth {
    /// The truth about a document of a folder `md`, from the folder `truth` beside it.
    pub(super) fn of(document: &Path) -> Truth {
        let folder = document.parent().unwrap().with_file_name("truth");
        let path = folder.join(document.with_extension("json").file_name().unwrap());
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    }
}

impl Bug {
    /// Whether an entry names the same level, in one word or in the whole written value.
    pub(super) fn has_level_of(&self, entry: &Entry) -> bool {
        let said = entry.severity.as_deref();
        let raw = self.severity_raw.as_deref().filter(|raw| !raw.is_empty());
        agree(self.severity.as_deref(), said) || raw.is_some_and(|raw| agree(Some(raw), said))
    }
}

/// Whether both say the same but for marks, case, width and blanks. The truth may be `sha:` and the start
/// of the hash of its plain form.
pub(super) fn agree(truth: Option<&str>, said: Option<&str>) -> bool {
    match truth.and_then(|truth| truth.strip_prefix("sha:")) {
        Some(start) => start == hash(&plain(said)),
        None => plain(truth) == plain(said),
    }
}

/// Letters and digits alone; where there are none, all that is not blank.
fn plain(text: Option<&str>) -> String {
    let normal: String = text.unwrap_or_default().nfkc().filter(|c| !"*_`~[]\\".contains(*c)).collect();
    let folded = default_case_fold_str(&normal);
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    match letters.is_empty() {
        true => folded.chars().filter(|c| !c.is_whitespace() && *c != '\u{fe0f}').collect(),
        false => letters,
    }
}

/// The first sixteen digits of the SHA-256 of a text.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A comparison that takes too much for the same would hide every fault.
#[test]
fn texts_agree_but_for_marks_case_and_width() {
    for (truth, said) in [
        ("**High**", "high"),
        ("Ｈ１：登录", "h1登录"),
        ("`a_b`, Straße", "AB STRASSE"),
        ("⚠️", "⚠"),
        ("sha:9f86d081884c7d65", "Test!"),
    ] {
        assert!(agree(Some(truth), Some(said)), "{truth} and {said}");
    }
    assert!(agree(None, Some("**")) && agree(Some(""), None));
    for (truth, said) in [("H1", "H2"), ("🔴", "🟠"), ("sha:9f86d081884c7d66", "test")] {
        assert!(!agree(Some(truth), Some(said)), "{truth} and {said}");
    }
}
