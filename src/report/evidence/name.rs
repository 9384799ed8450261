//! Whether a word is a path: by its ending, by a name that everybody knows, or by its shape.
//!
//! What code and prose write alike (`a.length`, `and/or`, `3.2.1`, `Node.js`, `example.com`) is none.

use std::borrow::Cow;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    Prose,
    /// In a code span.
    Code,
    /// In fenced code: commands, output, source.
    Fence,
    /// In a value that is there to name files.
    Named,
}

/// What stands around a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Around {
    /// A line number follows.
    pub(super) line: bool,
    /// It stands in quotes.
    quoted: bool,
    /// It is called as a function, or follows what makes it a part of something longer.
    spoilt: bool,
}

impl Around {
    pub(super) fn of(text: &str, begin: usize, end: usize, line: bool) -> Around {
        let (before, after) = (text[..begin].chars().next_back(), text[end..].chars().next());
        let quotes = |c: Option<char>| matches!(c, Some('"' | '\''));
        let is_call = after == Some('(') && !line;
        let is_rest = matches!(before, Some('}' | ')' | '>' | '%' | '?' | '&' | '=' | '#'))
            && text[begin..].starts_with(['/', '.']);
        Around { line, quoted: quotes(before) && quotes(after), spoilt: is_call || is_rest }
    }
}

/// Endings that hardly anything but files has.
const ENDINGS: &[&str] = &[
    "py", "pyi", "pyx", "ipynb", "rs", "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "svelte",
    "astro", "go", "rb", "erb", "java", "kt", "kts", "scala", "groovy", "gradle", "swift", "cs", "csproj",
    "sln", "fs", "vb", "cpp", "cxx", "cc", "hpp", "hxx", "hh", "ino", "cu", "mm", "zig", "nim", "dart", "ex",
    "exs", "erl", "clj", "hs", "elm", "lua", "php", "phtml", "pm", "sh", "bash", "zsh", "fish", "ps1",
    "psm1", "bat", "cmd", "sql", "sol", "vy", "move", "cairo", "gs", "gd", "tscn", "html", "htm", "css",
    "scss", "sass", "less", "md", "mdx", "rst", "adoc", "txt", "yaml", "yml", "toml", "ini", "cfg", "json",
    "json5", "jsonc", "jsonl", "xml", "xsd", "csv", "tsv", "proto", "graphql", "gql", "prisma", "tf",
    "tfvars", "hcl", "nix", "cmake", "mk", "bzl", "jinja", "j2", "hbs", "ejs", "pug", "snap", "feature",
    "plist", "xaml", "razor", "cshtml", "wasm", "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "pdf",
    "docx", "xlsx", "parquet", "sqlite", "asm", "dll", "exe", "jar", "whl", "ttf", "woff2", "patch", "diff",
    "service", "pem", "crt",
];

/// Endings that members of objects have as well: files where something else speaks for it.
const SHARED: &[&str] = &[
    "c",
    "h",
    "m",
    "r",
    "d",
    "s",
    "t",
    "pl",
    "el",
    "in",
    "log",
    "map",
    "env",
    "conf",
    "config",
    "store",
    "lock",
    "properties",
    "key",
    "data",
    "db",
    "rules",
    "bin",
    "out",
    "tmp",
    "test",
    "spec",
    "resource",
    "template",
    "example",
    "sample",
    "bak",
    "text",
    "mod",
    "sum",
    "local",
    "service",
    "patch",
    "diff",
    "move",
    "gd",
    "fs",
    "ex",
    "cc",
    "mm",
];

/// Endings that are names of members in source as well; in fenced code they need more than a word that stands alone.
const OF_SOURCE: &[&str] = &[
    "ts", "go", "md", "js", "css", "html", "json", "csv", "rs", "cs", "hs", "sh", "bat", "xml", "txt",
    "feature", "cmd", "svg", "proto", "less", "sol", "gs", "snap", "sql", "vue",
];

/// Endings behind the ending: `test_a.py.broken`.
const BEHIND: &[&str] = &[
    "broken", "bak", "orig", "old", "disabled", "skip", "tmpl", "template", "example", "sample", "dist",
    "local", "backup", "new",
];

/// Names of files that have no ending or a shared one.
const KNOWN: &[&str] = &[
    "Dockerfile",
    "Makefile",
    "Rakefile",
    "Gemfile",
    "Jenkinsfile",
    "Vagrantfile",
    "Procfile",
    "Justfile",
    "BUILD.bazel",
    "Cargo.lock",
    "yarn.lock",
    "poetry.lock",
    "uv.lock",
    "Pipfile",
    "Pipfile.lock",
    "Gemfile.lock",
    "composer.lock",
    "go.mod",
    "go.sum",
    "nginx.conf",
    ".env",
    ".editorconfig",
    ".gitattributes",
    ".gitmodules",
    ".htaccess",
];

/// Software that is called like a file.
const PRODUCTS: &[&str] = &[
    "node.js",
    "next.js",
    "nuxt.js",
    "vue.js",
    "react.js",
    "express.js",
    "three.js",
    "d3.js",
    "chart.js",
    "nest.js",
    "angular.js",
    "backbone.js",
    "ember.js",
    "moment.js",
    "alpine.js",
    "discord.js",
    "ethers.js",
    "web3.js",
    "p5.js",
    "socket.js",
    "hapi.js",
    "sails.js",
    "knockout.js",
    "require.js",
    "solid.js",
    "coverage.py",
    "web.py",
    "discord.py",
    "asp.net",
    "draw.io",
];

/// Folders that projects begin with.
const FOLDERS: &[&str] = &[
    "src",
    "lib",
    "libs",
    "app",
    "apps",
    "test",
    "tests",
    "__tests__",
    "spec",
    "specs",
    "e2e",
    "docs",
    "doc",
    "crates",
    "packages",
    "pkg",
    "cmd",
    "internal",
    "contracts",
    "backend",
    "frontend",
    "server",
    "client",
    "web",
    "api",
    "core",
    "scripts",
    "tools",
    "config",
    "configs",
    "migrations",
    "supabase",
    "public",
    "assets",
    "static",
    "templates",
    "examples",
    "benches",
    "include",
    "modules",
    "components",
    "services",
    "utils",
    "hooks",
    "pages",
    "deploy",
    "infra",
    "ci",
    "build",
    "dist",
    "vendor",
    "node_modules",
    "venv",
    ".venv",
    ".github",
    ".gitlab",
    ".circleci",
    ".vscode",
    ".git",
    ".claude",
    ".planning",
];

/// Ends of names of hosts.
const HOSTS: &[&str] =
    &["com", "org", "net", "io", "dev", "edu", "gov", "co", "de", "uk", "eu", "example", "localhost"];

/// How long a path is at most, in bytes.
const LONGEST: usize = 300;

/// The bounds of a word without signs around it that are the sentence's or the markup's.
pub(super) fn trimmed(text: &str, begin: usize, end: usize) -> (usize, usize) {
    let word = &text[begin..end];
    let tail = word.trim_end_matches(['.', '-', '*', '+', '@', '~', '\\', ':']);
    let tail =
        tail.strip_suffix('_').filter(|rest| rest.contains('.') && word.starts_with('_')).unwrap_or(tail);
    let head = tail.trim_start_matches(['-', '+']);
    let head = match head.trim_start_matches('*') {
        rest if rest.starts_with(['/', '.']) && rest.len() < head.len() => head,
        rest => rest,
    };
    let head = head.strip_prefix("...").map_or(head, |rest| rest.trim_start_matches(['.', '/']));
    let head =
        head.strip_prefix('_').filter(|_| tail.len() < word.len() && word.ends_with('_')).unwrap_or(head);
    (begin + tail.len() - head.len(), begin + tail.len())
}

/// A path without the letter that the head of a difference puts before it: `+++ b/src/a.py`.
pub(super) fn undiffed(line: &str, begin: usize, end: usize) -> usize {
    let is_head = ["--- ", "+++ ", "diff --git "].iter().any(|head| line.starts_with(head));
    let is_lettered = line[begin..end].starts_with(['a', 'b']) && line[begin + 1..end].starts_with('/');
    if is_head && is_lettered { begin + 2 } else { begin }
}

/// The path that a word of Markdown stands for: outside of code `\_` is `_`.
pub(super) fn unescaped(word: &str, stand: Stand) -> Cow<'_, str> {
    let escapes =
        |(at, _): (usize, &str)| word[at + 1..].starts_with(['_', '*', '[', ']', '-', '.', '(', ')', '+']);
    if matches!(stand, Stand::Code | Stand::Fence) || !word.match_indices('\\').any(escapes) {
        return Cow::Borrowed(word);
    }
    let mut path = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        if c != '\\' || !escapes((at, "")) {
            path.push(c);
        }
    }
    Cow::Owned(path)
}

/// Whether a word can be a path at all; this spares most words a closer look.
pub(super) fn may_be_file(word: &str) -> bool {
    word.contains(['.', '/', '\\']) || KNOWN.contains(&word)
}

/// Whether a word is a path.
pub(super) fn is_file(path: &str, stand: Stand, around: &Around) -> bool {
    if !is_sane(path) || around.spoilt {
        return false;
    }
    let (folders, name) = split(path);
    if name.is_empty() {
        return stand != Stand::Fence && is_folder(path, stand);
    }
    let alone = folders.is_empty();
    if alone && PRODUCTS.iter().any(|product| name.eq_ignore_ascii_case(product)) {
        return around.line;
    }
    is_known(name, alone, stand) || has_ending(name, alone, stand, around) || has_shape(path, name, stand)
}

fn is_sane(path: &str) -> bool {
    let letters = path.chars().any(char::is_alphabetic);
    let is_mail = path.contains('@') && !path.contains('/');
    let first = path.split('/').next().unwrap_or_default();
    let is_host = first.len() < path.len() && host(first);
    (2..=LONGEST).contains(&path.len())
        && letters
        && !path.contains(['$'])
        && !path.contains("//")
        && !path.contains("...")
        && !path.starts_with("www.")
        && !is_mail
        && !is_host
}

/// Whether a name is one of a host: `example.com`.
fn host(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(rest, end)| !rest.is_empty() && HOSTS.contains(&end))
}

/// The folders of a path, and its last name.
fn split(path: &str) -> (&str, &str) {
    path.rfind(['/', '\\']).map_or(("", path), |at| (&path[..=at], &path[at + 1..]))
}

/// A path that ends as folders do: `tests/fares/`.
fn is_folder(path: &str, stand: Stand) -> bool {
    let names: Vec<&str> = path.split(['/', '\\']).filter(|name| !name.is_empty()).collect();
    let is_rooted = path.starts_with(['/', '\\']);
    // What begins with `/api/` is asked of a server.
    let known = names.first().is_some_and(|first| FOLDERS.contains(first) && !(is_rooted && *first == "api"));
    let sane = names.iter().all(|name| is_plain_name(name));
    sane && (known || !is_rooted && (stand != Stand::Prose || names.len() > 1))
}

/// A name of small letters, as folders have.
fn is_plain_name(name: &str) -> bool {
    name.len() > 1 && name.chars().any(|c| c.is_lowercase() || !c.is_ascii() && c.is_alphabetic())
}

/// A file that is known by its whole name.
fn is_known(name: &str, alone: bool, stand: Stand) -> bool {
    let is_hidden =
        name.starts_with('.') && name.len() > 4 && name[1..].chars().all(|c| c.is_ascii_lowercase());
    let is_settings = is_hidden && (name.ends_with("rc") || name.ends_with("ignore"));
    let is_env = name.strip_prefix(".env.").is_some_and(|rest| !rest.is_empty());
    let stands = !alone || stand != Stand::Fence;
    stands && (is_settings || is_env || KNOWN.contains(&name))
}

fn has_ending(name: &str, alone: bool, stand: Stand, around: &Around) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    if BEHIND.contains(&ending) && stem.contains('.') && has_ending(stem, alone, stand, around) {
        return true;
    }
    let names = stem.chars().any(char::is_alphanumeric) || !alone && stem.contains('*');
    let Some(ending) = spelled(ending).filter(|_| names) else { return false };
    let is_shared = SHARED.contains(&&*ending);
    let speaks = !alone || around.line || stand == Stand::Named;
    match () {
        () if is_shared => speaks && (stand != Stand::Fence || around.line || !alone),
        () if !ENDINGS.contains(&&*ending) => false,
        () if stand == Stand::Fence => speaks || around.quoted || !OF_SOURCE.contains(&&*ending),
        () => true,
    }
}

/// An ending in small letters, if it is written in small ones or in capitals.
fn spelled(ending: &str) -> Option<Cow<'_, str>> {
    let small = ending.bytes().all(|byte| !byte.is_ascii_uppercase());
    let capital = ending.bytes().all(|byte| !byte.is_ascii_lowercase());
    match (small, capital) {
        (true, _) => Some(Cow::Borrowed(ending)),
        (false, true) => Some(Cow::Owned(ending.to_ascii_lowercase())),
        (false, false) => None,
    }
}

/// A path without ending: in a folder that projects begin with, where nothing else would be written so.
fn has_shape(path: &str, name: &str, stand: Stand) -> bool {
    let mut folders = path.split(['/', '\\']).filter(|name| !name.is_empty() && *name != ".");
    let first = folders.next().unwrap_or_default();
    let is_in = folders.next().is_some() && FOLDERS.contains(&first) && !path.starts_with(['/', '\\']);
    is_in && matches!(stand, Stand::Code | Stand::Named) && is_plain_name(name)
}
