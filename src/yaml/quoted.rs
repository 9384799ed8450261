//! Texts that YAML 1.2 takes for text and YAML 1.1, which many read, for a truth, a day or a number: `yes`,
//! `2026-01-01`, `1:30`. Written without quotes they are something else to those readers.

use serde_yaml::Value as Tree;

use super::write;
use crate::fault::Result;

/// The words that some reader takes for a truth.
const TRUTHS: [&str; 6] = ["yes", "no", "on", "off", "y", "n"];

/// One document of a stream as [`write()`] gives it, with such texts in quotes where `is_text` says that they are.
///
/// # Errors
/// As for [`write()`].
pub fn write_quoted(tree: &Tree, is_text: impl Fn(&str) -> bool) -> Result<String> {
    let written = write(tree)?;
    // The writer beneath knows YAML 1.2 alone: a character that is not in use stands for the quotes until it is done.
    let Some(quote) = ('\u{E000}'..='\u{F8FF}').find(|c| !written.contains(*c)) else { return Ok(written) };
    let marked = marked(tree, &|text| (is_ambiguous(text) && is_text(text)).then_some(quote));
    Ok(write(&marked)?.replace(quote, "\""))
}

fn marked(tree: &Tree, quote: &impl Fn(&str) -> Option<char>) -> Tree {
    match tree {
        Tree::String(text) => match quote(text) {
            Some(quote) => Tree::String(format!("{quote}{text}{quote}")),
            None => tree.clone(),
        },
        Tree::Sequence(all) => all.iter().map(|one| marked(one, quote)).collect(),
        Tree::Mapping(members) => Tree::Mapping(
            members.iter().map(|(name, value)| (marked(name, quote), marked(value, quote))).collect(),
        ),
        other => other.clone(),
    }
}

/// Whether it is text to one reader and something else to another. The writer beneath quotes what is none to itself.
fn is_ambiguous(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    let numeric = |byte: u8| byte.is_ascii_hexdigit() || b"xXoO_.:+-tTzZ ".contains(&byte);
    let number = unsigned.starts_with(|c: char| c.is_ascii_digit()) && unsigned.bytes().all(numeric);
    let is_itself = || serde_yaml::from_str::<Tree>(text).is_ok_and(|read| read.as_str() == Some(text));
    (number || TRUTHS.iter().any(|word| text.eq_ignore_ascii_case(word))) && is_itself()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(texts: &[&str], is_text: impl Fn(&str) -> bool) -> Vec<String> {
        let tree = texts.iter().map(|text| Tree::from(*text)).collect();
        let text = write_quoted(&tree, is_text).expect("a list of texts");
        text.lines().skip(1).map(|line| line.trim_start_matches("- ").to_owned()).collect()
    }

    #[test]
    fn what_other_readers_take_for_something_else_is_quoted_where_it_is_text() {
        let texts = ["yes", "Off", "2026-01-01", "1:30", "-1_000", "06-hardening", "a yes", "\u{E000}"];
        let quoted =
            ["\"yes\"", "\"Off\"", "\"2026-01-01\"", "\"1:30\"", "\"-1_000\"", "06-hardening", "a yes"];
        assert_eq!(written(&texts, |_| true)[..7], quoted);
        assert_eq!(written(&["no", "2026-01-01"], |text| text == "no"), ["\"no\"", "2026-01-01"]);
        assert_eq!(written(&["12", "true"], |_| true), ["'12'", "'true'"]);
    }
}
