//! Path rules: which paths are external, test, configuration, documentation or production.

/// What a path of the project is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathKind {
    /// What others wrote, or what stands outside of the project.
    External,
    /// Tests, their data and their helpers.
    Test,
    /// Settings and build files.
    Configuration,
    /// Documents.
    Documentation,
    /// What users run.
    Production,
}

impl PathKind {
    /// Every kind with the key it has in a methodology.
    pub const ALL: [(PathKind, &'static str); 5] = [
        (PathKind::External, "external"),
        (PathKind::Test, "test"),
        (PathKind::Configuration, "configuration"),
        (PathKind::Documentation, "documentation"),
        (PathKind::Production, "production"),
    ];

    /// The key it has in a methodology.
    pub fn key(self) -> &'static str {
        PathKind::ALL[self as usize].1
    }

    /// The kind with this key.
    pub fn of_key(key: &str) -> Option<PathKind> {
        PathKind::ALL.iter().find(|(_, known)| *known == key).map(|(kind, _)| *kind)
    }
}

/// Patterns by kind; of the kinds that match a path, the first one is its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathRules {
    pub(super) patterns: Vec<(PathKind, Vec<Pattern>)>,
}

impl PathRules {
    /// The kind of a path relative to the project, written with `/` or `\`.
    pub fn kind_of(&self, path: &str) -> Option<PathKind> {
        let path = path.to_ascii_lowercase();
        let names = names(&path);
        let is_such = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.fits(&names));
        self.patterns.iter().find(|(_, patterns)| is_such(patterns)).map(|(kind, _)| *kind)
    }
}

/// A pattern for paths, in the manner of ignore files; case does not matter in ASCII.
///
/// `*` and `?` stand for letters of one name, `**` for any number of names. `tests/` is every path
/// below a folder of that name, `*.md` every file of such a name, `docs/*.txt` such a path at any
/// depth, and `/setup.py` only the one at the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    names: Vec<String>,
}

impl Pattern {
    /// Reads a pattern; nothing when it is empty or only slashes.
    pub fn new(text: &str) -> Option<Pattern> {
        let lower = text.trim().to_ascii_lowercase();
        let mut names: Vec<String> =
            lower.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        if names.is_empty() {
            return None;
        }
        if !lower.starts_with('/') {
            names.insert(0, String::from("**"));
        }
        if lower.ends_with('/') {
            names.extend([String::from("*"), String::from("**")]);
        }
        Some(Pattern { text: text.trim().to_owned(), names })
    }

    /// Whether the path matches.
    pub fn matches(&self, path: &str) -> bool {
        self.fits(&names(&path.to_ascii_lowercase()))
    }

    fn fits(&self, names: &[&str]) -> bool {
        wild(&self.names, names, |name| name == "**", |pattern, name| name_matches(pattern, name))
    }

    /// The pattern as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The names of a path in small letters.
fn names(path: &str) -> Vec<&str> {
    path.split(['/', '\\']).filter(|name| !name.is_empty() && *name != ".").collect()
}

fn name_matches(pattern: &str, name: &str) -> bool {
    if !pattern.contains(['*', '?']) {
        return pattern == name;
    }
    if name.is_ascii() {
        let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
        return wild(pattern, name, |sign| *sign == b'*', |sign, letter| *sign == b'?' || sign == letter);
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    wild(&pattern, &name, |letter| *letter == '*', |pattern, letter| *pattern == '?' || pattern == letter)
}

/// Matches items against a pattern in which some items stand for any number, in time of the product
/// of both lengths at worst.
fn wild<P, T>(pattern: &[P], items: &[T], any: impl Fn(&P) -> bool, same: impl Fn(&P, &T) -> bool) -> bool {
    let (mut at, mut item, mut again) = (0, 0, None);
    while item < items.len() {
        if at < pattern.len() && any(&pattern[at]) {
            again = Some((at, item));
            at += 1;
        } else if at < pattern.len() && same(&pattern[at], &items[item]) {
            at += 1;
            item += 1;
        } else if let Some((star, taken)) = again {
            again = Some((star, taken + 1));
            at = star + 1;
            item = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Pattern::new(pattern).expect("a pattern").matches(path)
    }

    #[test]
    fn a_test_is_known_by_its_folder_or_its_name() {
        assert!(matches("tests/", "tests/test_a.py"));
        assert!(matches("tests/", "backend\\Tests\\unit\\a.py"));
        assert!(!matches("tests/", "tests"));
        assert!(!matches("tests/", "src/contests/a.py"));
        assert!(matches("test_*.py", "a/b/test_x.py"));
        assert!(!matches("test_*.py", "a/test_x/y.py"));
    }

    #[test]
    fn patterns_stand_at_any_depth_unless_tied_to_the_top() {
        assert!(matches("docs/*.txt", "a/docs/b.txt"));
        assert!(!matches("docs/*.txt", "docs/a/b.txt"));
        assert!(matches("/setup.py", "./setup.py"));
        assert!(!matches("/setup.py", "a/setup.py"));
        assert!(matches("src/**/*.rs", "src/a.rs") && matches("src/**/*.rs", "src/a/b/c.rs"));
        assert!(matches("?.md", "é.md"));
    }

    #[test]
    fn many_stars_do_not_hang() {
        assert!(!matches(&"*a".repeat(60), &"a".repeat(59)));
    }

    #[test]
    fn no_pattern_is_made_of_nothing() {
        assert_eq!([Pattern::new(""), Pattern::new(" / ")], [None, None]);
    }
}
