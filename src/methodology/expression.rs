//! Regular expressions of suggestion rules, of bounded size. One takes time in the length of the text alone.
//!
//! Compiling those of the embedded methodology takes longer than all else that a short command does, and most commands
//! ask for none of them. So what is known to be good is compiled when it is first asked for.
//!
//! Where words end takes many times as long to find out in a text that is not ASCII, for which the automaton that reads
//! a byte at a time has no answer. Nearly no text has what an expression looks for, so one without the ends of words,
//! which matches wherever the expression does, goes before it there.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// How many bytes an expression may take once it is compiled.
const SIZE: usize = 1 << 20;

/// What asserts that a word begins or ends, longest first, as it stands behind a backslash.
const BOUNDARIES: [&str; 8] = ["b{start-half}", "b{end-half}", "b{start}", "b{end}", "b", "B", "<", ">"];

/// A regular expression. Two are the same that are written the same.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    compiled: OnceLock<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    exact: Regex,
    /// It without the ends of words, where it has any.
    sieve: Option<Regex>,
}

/// What an expression matched in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caught {
    /// The part of the text that it matched.
    pub text: String,
    /// What its named groups caught, in their order; nothing where a group took no part.
    pub groups: Vec<(String, String)>,
}

impl Expression {
    /// Compiles an expression.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn new(text: &str) -> Result<Expression, String> {
        let compiled = Compiled::of(text).map_err(|error| told(&error))?;
        Ok(Expression { text: text.to_owned(), compiled: OnceLock::from(compiled) })
    }

    /// One that [`Expression::new`] has compiled before; it is compiled once it is asked for.
    pub(super) fn known(text: &str) -> Expression {
        Expression { text: text.to_owned(), compiled: OnceLock::new() }
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of its groups, `(?<name>…)` or `(?P<name>…)`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.compiled().exact.capture_names().flatten()
    }

    /// Whether it matches somewhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let Compiled { exact, sieve } = self.compiled();
        let may_match = text.is_ascii() || sieve.as_ref().is_none_or(|sieve| sieve.is_match(text));
        may_match && exact.is_match(text)
    }

    /// What it matches first in a text.
    pub fn find(&self, text: &str) -> Option<Caught> {
        let found = self.compiled().exact.captures(text)?;
        let group = |name: &str| found.name(name).map_or_else(String::new, |group| group.as_str().to_owned());
        Some(Caught {
            text: found.get(0).map_or_else(String::new, |whole| whole.as_str().to_owned()),
            groups: self.names().map(|name| (name.to_owned(), group(name))).collect(),
        })
    }

    fn compiled(&self) -> &Compiled {
        let compile = || Compiled::of(&self.text).expect("what is known has been compiled before");
        self.compiled.get_or_init(compile)
    }
}

impl Compiled {
    fn of(text: &str) -> Result<Compiled, regex::Error> {
        let compiled = |text: &str| RegexBuilder::new(text).size_limit(SIZE).dfa_size_limit(SIZE).build();
        let sieve = without_boundaries(text).and_then(|text| compiled(&text).ok());
        Ok(Compiled { exact: compiled(text)?, sieve })
    }
}

/// An expression that asserts nothing of where words begin and end; `None` where it is the same.
fn without_boundaries(expression: &str) -> Option<String> {
    let mut kept = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some((before, escaped)) = rest.split_once('\\') {
        kept.push_str(before);
        if let Some(after) = BOUNDARIES.iter().find_map(|boundary| escaped.strip_prefix(boundary)) {
            kept.push_str("(?:)");
            rest = after;
        } else {
            let end = escaped.chars().next().map_or(0, char::len_utf8);
            kept.push('\\');
            kept.push_str(&escaped[..end]);
            rest = &escaped[end..];
        }
    }
    kept.push_str(rest);
    (kept != expression).then_some(kept)
}

impl PartialEq for Expression {
    fn eq(&self, other: &Expression) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Expression {}

fn told(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "too big once it is compiled".to_owned(),
        error => {
            let said = error.to_string();
            said.lines().last().map_or("", |last| last.trim_start_matches("error: ")).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_expression_tells_what_it_matched_and_its_groups_caught() {
        let expression = Expression::new(r"No module named '(?<module>[^']+)'(?P<more>!)?").expect("good");
        let caught = expression.find("E: No module named 'abc' at all").expect("a match");
        assert_eq!(caught.text, "No module named 'abc'");
        let groups: Vec<_> = caught.groups.iter().map(|(name, text)| (&**name, &**text)).collect();
        assert_eq!(groups, [("module", "abc"), ("more", "")]);
        assert!(!expression.is_in("No module") && expression.find("").is_none());
    }

    proptest! {
        #[test]
        fn what_goes_before_an_expression_keeps_nothing_from_it(text in "[ab é-]{0,12}", of in 0_usize..7) {
            let written = [r"\ba+\b", r"\bé", r"a\B", r"\b{start}b|-\b{end-half}", r"\\b|\<é\>", r"(?x) b \b # \b", "a é"][of];
            let expression = Expression::new(written).expect("good");
            prop_assert_eq!(expression.compiled().sieve.is_some(), of != 6);
            let exact = Regex::new(written).expect("good");
            prop_assert_eq!(expression.is_in(&text), exact.is_match(&text));
        }
    }

    #[test]
    fn a_backslash_that_is_meant_is_none_of_a_boundary() {
        assert_eq!(without_boundaries(r"\\b+ \w\.").as_deref(), None);
        assert_eq!(without_boundaries(r"\\\b(\b{end}é\>)?").as_deref(), Some(r"\\(?:)((?:)é(?:))?"));
    }

    #[test]
    fn what_cannot_be_compiled_says_why() {
        assert_eq!(Expression::new("(a").expect_err("wrong"), "unclosed group");
        assert_eq!(Expression::new(r"\w{1000}{1000}").expect_err("huge"), "too big once it is compiled");
    }
}
