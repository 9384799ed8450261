//! Themes: what each role on the desk looks like. Roles are dotted and fall back: a role that the theme
//! does not name looks like the one before its last dot.

use std::collections::HashMap;
use std::path::PathBuf;

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use super::file::SettingsFile;
use super::{Env, Shade, Style};
use crate::fault::{Fault, Kind, Result};
use crate::yaml::{self, Document, Entries, Step, Word, did_you_mean};

const EMBEDDED: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.yaml")),
    ("light", include_str!("../../assets/themes/light.yaml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.yaml")),
    ("colour-blind", include_str!("../../assets/themes/colour-blind.yaml")),
    (PLAIN, include_str!("../../assets/themes/plain.yaml")),
];

/// The theme without any colour, which `NO_COLOR` asks for.
const PLAIN: &str = "plain";

/// What is no theme of its own, but the dark or the light one, as the terminal's background is.
pub(super) const AUTO: &str = "auto";

/// The theme that does with the sixteen colours which every terminal has.
const SIXTEEN: &str = "high-contrast";

/// What the names of terminals have in them that have more.
const MANY: [&str; 7] = ["256color", "direct", "kitty", "alacritty", "foot", "wezterm", "ghostty"];

/// Roles that a level, a scope or a status of anybody's methodology may go on from.
const OPEN: [&str; 3] = ["severity.", "scope.", "status."];

/// What each role looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: String,
    /// By role; every frame looks them up by the hundred.
    styles: HashMap<String, Style, Xxh3DefaultBuilder>,
    /// What people's files change of it, in their order.
    changed: Vec<(String, Style)>,
    /// Whether it follows the terminal's background.
    follows: bool,
}

impl Theme {
    /// What can be asked for: `auto`, then the names of all themes.
    pub const NAMES: [&'static str; 6] =
        [AUTO, EMBEDDED[0].0, EMBEDDED[1].0, EMBEDDED[2].0, EMBEDDED[3].0, EMBEDDED[4].0];

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Theme> {
        let (name, text) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
        Some(read(name, text).expect("the embedded themes are checked by a test"))
    }

    /// Every role that themes name.
    pub fn roles(&self) -> Vec<&str> {
        let mut roles: Vec<&str> = self.styles.keys().map(String::as_str).collect();
        roles.sort_unstable();
        roles
    }

    /// Whether the terminal is to be asked for its background.
    pub fn follows(&self) -> bool {
        self.follows
    }

    /// The theme on such a background, where it follows that and it is known.
    #[must_use]
    pub fn on(self, shade: Option<Shade>) -> Theme {
        match shade.filter(|_| self.follows).and_then(of_shade) {
            Some(theme) => Theme { follows: true, ..theme.with(self.changed) },
            None => self,
        }
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

    /// The theme of this name, as the files change it; whoever asked for it is told when there is none.
    pub(super) fn chosen(name: &str, files: &[SettingsFile], env: Option<&Env>) -> Result<Theme> {
        let (changed, var) =
            (changed(files).collect::<Result<_>>()?, |name| env.and_then(|env| env.var(name)));
        let shade = var("COLORFGBG").and_then(Shade::of_variable).unwrap_or(Shade::Dark);
        let has_many = |term: &str| MANY.iter().any(|name| term.contains(name));
        let is_poor = var("COLORTERM").is_none() && var("TERM").is_some_and(|term| !has_many(term));
        let theme = match name {
            AUTO if is_poor => Theme::named(SIXTEEN),
            AUTO => of_shade(shade),
            _ => Theme::named(name),
        };
        let theme = theme.ok_or_else(|| unknown(name, files, env))?;
        if let Some(plain) = var("NO_COLOR").and_then(|_| Theme::named(PLAIN)) {
            return Ok(plain);
        }
        // The console of Linux has no answer, and older ones show the question.
        let follows = name == AUTO && !is_poor && var("TERM") != Some("linux");
        Ok(Theme { follows, ..theme.with(changed) })
    }

    /// All that is wrong with the colours and the theme of files.
    pub(super) fn faults(name: &str, files: &[SettingsFile]) -> Vec<Fault> {
        let is_known = name == AUTO || Theme::named(name).is_some();
        let named = (!is_known).then(|| unknown(name, files, None));
        changed(files).filter_map(Result::err).chain(named).collect()
    }

    fn with(mut self, changed: Vec<(String, Style)>) -> Theme {
        self.styles.extend(changed.iter().cloned());
        Theme { changed, ..self }
    }
}

fn of_shade(shade: Shade) -> Option<Theme> {
    Theme::named(match shade {
        Shade::Dark => "dark",
        Shade::Light => "light",
    })
}

/// What the `colours` of files say.
fn changed(files: &[SettingsFile]) -> impl Iterator<Item = Result<(String, Style)>> {
    let colours = files.iter().flat_map(|file| file.record.colours.iter().map(move |colour| (file, colour)));
    colours.map(|(file, (role, record))| {
        let steps = [Step::Key("colours"), Step::Key(role)];
        known(role, &steps, file)?;
        style(role, record, &file.document(), &steps)
    })
}

fn known(role: &str, steps: &[Step<'_>], file: &SettingsFile) -> Result<()> {
    let theme = of_shade(Shade::Dark);
    let roles = theme.iter().flat_map(Theme::roles).collect::<Vec<_>>();
    if roles.contains(&role) || OPEN.iter().any(|open| role.len() > open.len() && role.starts_with(open)) {
        return Ok(());
    }
    Err(did_you_mean(file.document().fault(steps, format!("`{role}` is no role of a theme")), role, roles))
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
    let document = Document::new(text, &path);
    let styles = entries.iter().map(|(role, record)| style(role, record, &document, &[Step::Key(role)]));
    let styles = styles.collect::<Result<_>>()?;
    Ok(Theme { name: name.to_owned(), styles, changed: Vec::new(), follows: false })
}

type RoleRecord = Option<Word>;

fn style(
    role: &str,
    record: &RoleRecord,
    document: &Document<'_>,
    steps: &[Step<'_>],
) -> Result<(String, Style)> {
    let words = record.as_ref().map_or("", |Word(words)| words);
    match Style::parse(words) {
        Ok(style) => Ok((role.to_owned(), style)),
        Err(word) => {
            let what = format!(
                "`{word}` is no part of a style; expected a colour, `on`, or bold, dim, italic, underline, reverse"
            );
            Err(document.fault(steps, what))
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
        for (name, _) in EMBEDDED {
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
