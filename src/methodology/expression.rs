//! Regular expressions of suggestion rules. One that exists is compiled, of bounded size, and takes time in the
//! length of the text alone.

use regex::{Regex, RegexBuilder};

/// How many bytes an expression may take once it is compiled.
const SIZE: usize = 1 << 20;

/// A regular expression. Two are the same that are written the same.
#[derive(Clone, Debug)]
pub struct Expression(Regex);

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
        let compiled = RegexBuilder::new(text).size_limit(SIZE).dfa_size_limit(SIZE).build();
        compiled.map(Expression).map_err(|error| told(&error))
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        self.0.as_str()
    }

    /// The names of its groups, `(?<name>…)` or `(?P<name>…)`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.capture_names().flatten()
    }

    /// Whether it matches somewhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// What it matches first in a text.
    pub fn find(&self, text: &str) -> Option<Caught> {
        let found = self.0.captures(text)?;
        let group = |name: &str| found.name(name).map_or_else(String::new, |group| group.as_str().to_owned());
        Some(Caught {
            text: found.get(0).map_or_else(String::new, |whole| whole.as_str().to_owned()),
            groups: self.names().map(|name| (name.to_owned(), group(name))).collect(),
        })
    }
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

    #[test]
    fn what_cannot_be_compiled_says_why() {
        assert_eq!(Expression::new("(a").expect_err("wrong"), "unclosed group");
        assert_eq!(Expression::new(r"\w{1000}{1000}").expect_err("huge"), "too big once it is compiled");
    }
}
