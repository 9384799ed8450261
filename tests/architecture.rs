//! Who may use whom: the import rule of ARCHITECTURE.md, read off the source.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module and what it may use of the others.
const MAY_USE: [(&str, &[&str]); 18] = [
    ("fault", &[]),
    ("text", &[]),
    ("progress", &[]),
    ("yaml", &["fault", "text"]),
    ("methodology", &["fault", "yaml", "text"]),
    ("report", &["text", "methodology"]),
    ("triage", &["text", "methodology", "report"]),
    ("deviation", &["fault", "yaml", "text", "methodology", "report", "triage"]),
    ("export", &["fault", "yaml", "text", "methodology", "report", "triage", "deviation"]),
    ("proposal", &["fault", "yaml", "triage"]),
    ("config", &["fault", "yaml", "text", "methodology", "report", "triage"]),
    ("store", &["fault", "text", "progress", "methodology", "report", "triage", "deviation"]),
    ("git", &["fault", "text", "progress", "report", "triage", "deviation", "store"]),
    (
        "publish",
        &[
            "fault",
            "text",
            "progress",
            "methodology",
            "report",
            "triage",
            "deviation",
            "config",
            "store",
            "git",
            "export",
        ],
    ),
    ("app", &["fault", "text", "progress", "methodology", "report", "triage", "config", "export"]),
    ("ui", &["fault", "text", "progress", "methodology", "report", "triage", "config", "app"]),
    (
        "tui",
        &[
            "fault",
            "text",
            "progress",
            "methodology",
            "report",
            "triage",
            "deviation",
            "config",
            "store",
            "git",
            "app",
            "ui",
            "export",
            "publish",
        ],
    ),
    (
        "cli",
        &[
            "fault",
            "text",
            "progress",
            "methodology",
            "report",
            "triage",
            "deviation",
            "config",
            "store",
            "git",
            "app",
            "ui",
            "tui",
            "export",
            "publish",
            "proposal",
        ],
    ),
];

/// What only some modules may name.
const ONLY: [(&str, &[&str]); 9] = [
    ("std::fs", &["store", "config", "git"]),
    ("crossterm", &["tui", "ui"]),
    ("ratatui", &["tui", "ui"]),
    ("serde_yaml", &["yaml"]),
    ("fuzzy_matcher", &["triage"]),
    ("directories", &["config"]),
    ("regex", &["methodology"]),
    ("clap", &["cli"]),
    ("std::io::stdout", &["cli", "tui"]),
];

#[test]
fn no_module_uses_one_that_it_may_not() {
    let mut found = Vec::new();
    for (module, path, text) in sources() {
        let (_, allowed) = MAY_USE.iter().find(|(name, _)| *name == module).unwrap_or_else(|| {
            panic!("{} belongs to no module that ARCHITECTURE.md knows", path.display());
        });
        let names =
            MAY_USE.iter().map(|(name, _)| *name).filter(|name| *name != module && !allowed.contains(name));
        for name in names.filter(|name| mentions(&text, &format!("crate::{name}"))) {
            found.push(format!("{} uses crate::{name}", path.display()));
        }
        let reserved = ONLY.iter().filter(|(_, owners)| !owners.contains(&module.as_str()));
        for (name, _) in reserved.filter(|(name, _)| mentions(&text, name)) {
            found.push(format!("{} uses {name}", path.display()));
        }
    }
    assert_eq!(found, [] as [String; 0]);
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    let silent: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|(_, _, text)| !text.starts_with("//! "))
        .map(|(_, path, _)| path)
        .collect();
    assert_eq!(silent, [] as [PathBuf; 0]);
}

/// Whether code, tests and comments left out, names this path.
fn mentions(text: &str, name: &str) -> bool {
    let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.match_indices(name).map(move |(at, _)| &line[at + name.len()..])).any(ends)
}

/// Every source file but the roots, with the module it belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let module = |path: &Path| {
        let first = path.strip_prefix(&root).unwrap().iter().next().unwrap().to_str().unwrap().to_owned();
        first.trim_end_matches(".rs").to_owned()
    };
    let read = |path: PathBuf| (module(&path), path.clone(), fs::read_to_string(path).unwrap());
    files.into_iter().map(read).filter(|(module, ..)| module != "lib" && module != "main").collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
