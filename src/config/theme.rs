//! Themes: what each role on the desk looks like. Roles are dotted and fall back: a role that the theme
//! does not name looks like the one before its last dot.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::file::SettingsFile;
use super::{Env, Style};
use crate::fault::{Fault, Kind, Result};
use crate::yaml::{self, Document, Entries, Step, Word, did_you_mean};

const EMBEDDED: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.yaml")),
    ("light", include_str!("../../assets/themes/light.yaml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.yaml")),
    (PLAIN, include_str!("../../assets/themes/plain.yaml")),
];

/// The theme without any colour, which `NO_COLOR` asks for.
const PLAIN: &str = "plain";

/// What each role looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: String,
    styles: HashMap<String, Style>,
}

impl Theme {
    /// The names of all themes.
    pub const NAMES: [&'static str; 4] = [EMBEDDED[0].0, EMBEDDED[1].0, EMBEDDED[2].0, EMBEDDED[3].0];

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Theme> {
        let (name, text) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
        Some(read(name, text).expect("the embedded themes are checked by a test"))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What this role looks like: `list.severity.p0`, else `list.severity`, else `list`, else plain.
    pub fn style(&self, role: &str) -> Style {
        let mut role = role;
        loop {
            match (self.styles.get(role), role.rfind('.')) {
                (Some(style), _) => return *style,
                (None, Some(dot)) => role = &role[..dot],
                (None, None) => return Style::default(),
            }
        }
    }

    /// The theme of this name; whoever asked for it is told when there is none.
    pub(super) fn chosen(name: &str, files: &[SettingsFile], env: Option<&Env>) -> Result<Theme> {
        let theme = Theme::named(name).ok_or_else(|| unknown(name, files, env))?;
        match env.and_then(|env| env.var("NO_COLOR")).and_then(|_| Theme::named(PLAIN)) {
            Some(plain) => Ok(plain),
            None => Ok(theme),
        }
    }
}

fn unknown(name: &str, files: &[SettingsFile], env: Option<&Env>) -> Fault {
    let what = format!("`{name}` is no theme; expected {}", Theme::NAMES.join(", "));
    let steps = [Step::Key("theme")];
    let fault = match files.iter().rev().find(|file| file.record.theme.is_some()) {
        _ if env.is_some_and(|env| env.var("REGRADE_THEME").is_some()) => {
            Fault::new(Kind::Usage, format!("REGRADE_THEME: {what}"))
        }
        Some(file) => file.document().fault(&steps, what),
        None => Fault::new(Kind::Usage, what),
    };
    did_you_mean(fault, name, Theme::NAMES)
}

fn read(name: &str, text: &str) -> Result<Theme> {
    let path = PathBuf::from(format!("{name}.yaml"));
    let entries: Entries<RoleRecord> = yaml::read(text, &path)?;
    let styles =
        entries.iter().map(|(role, record)| style(role, record, text, &path)).collect::<Result<_>>()?;
    Ok(Theme { name: name.to_owned(), styles })
}

type RoleRecord = Option<Word>;

fn style(role: &str, record: &RoleRecord, text: &str, path: &Path) -> Result<(String, Style)> {
    let words = record.as_ref().map_or("", |Word(words)| words);
    match Style::parse(words) {
        Ok(style) => Ok((role.to_owned(), style)),
        Err(word) => {
            let what = format!(
                "`{word}` is no part of a style; expected a colour, `on`, or bold, dim, italic, underline, reverse"
            );
            Err(Document::new(text, path).fault(&[Step::Key(role)], what))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Colour;
    use super::*;

    fn theme(name: &str) -> Theme {
        let (name, text) = EMBEDDED.iter().find(|(known, _)| *known == name).expect("known");
        read(name, text).expect("an embedded theme")
    }

    #[test]
    fn every_theme_says_how_every_role_looks() {
        let roles = |name| theme(name).styles.into_keys().collect::<BTreeSet<_>>();
        for name in Theme::NAMES {
            assert_eq!(roles(name), roles("dark"), "{name}");
        }
    }

    #[test]
    fn a_role_falls_back_to_the_one_above_it() {
        let theme = theme("dark");
        assert_eq!(theme.style("severity.p0.some.day"), theme.style("severity.p0"));
        assert_eq!(theme.style("severity.p9"), theme.style("severity"));
        assert_ne!(theme.style("severity.p0"), theme.style("severity.p3"));
        assert_eq!(theme.style("weather"), Style::default());
    }

    #[test]
    fn without_colours_the_cursor_and_the_levels_still_show() {
        let plain = theme(PLAIN);
        assert!(plain.styles.values().all(|style| style.fg.is_none() && style.bg.is_none()));
        for role in ["list.cursor", "list.mark", "popup.cursor", "severity.p0"] {
            assert_ne!(plain.style(role), plain.style("text"), "{role}");
        }
    }

    #[test]
    fn high_contrast_never_dims() {
        let dim = |style: &&Style| style.dim || style.fg == Some(Colour::BrightBlack);
        assert_eq!(theme("high-contrast").styles.values().find(dim), None);
    }

    #[test]
    fn a_misspelt_style_is_named_by_its_line() {
        let fault = read("x", "text:\nlist: blod\n").expect_err("no such style");
        assert!(fault.to_string().starts_with("x.yaml:2: `blod` is no part of a style"), "{fault}");
    }
}
