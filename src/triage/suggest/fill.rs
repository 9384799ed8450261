//! Filling in rationales. What is filled in is foreign: it comes out short, on one line and free of what a terminal
//! would obey.

use crate::text::display;

/// How many characters something foreign may take in a rationale.
const MOST: usize = 240;

/// How many values a list names.
const NAMED: usize = 3;

/// A rationale with its placeholders filled in; `{{` and `}}` are braces.
pub(super) fn filled(rationale: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut said = String::with_capacity(rationale.len());
    let mut rest = rationale;
    while let Some(at) = rest.find(['{', '}']) {
        said.push_str(&rest[..at]);
        let (sign, after) = rest[at..].split_at(1);
        rest = match (after.strip_prefix(sign), after.split_once('}')) {
            (Some(after), _) => {
                said.push_str(sign);
                after
            }
            (None, Some((name, after))) if sign == "{" => {
                said.push_str(&plain(&value(name)));
                after
            }
            _ => {
                said.push_str(sign);
                after
            }
        };
    }
    said.push_str(rest);
    said.trim().to_owned()
}

/// Foreign text on one line, cleaned and cut.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(MOST).collect();
    let text = display::cleaned("", &words.join(" "));
    let text = text.trim_matches(['`', ' ']);
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Several values in a few words: `a, b, c and 4 more`.
pub(super) fn listed(values: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = values.collect();
    let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_and_braces_stay() {
        let value = |name: &str| format!("<{name}>");
        assert_eq!(filled("{a} of {b}; {{not}} }x {open", &value), "<a> of <b>; {not} }x {open");
    }

    #[test]
    fn what_is_foreign_is_cleaned_and_cut() {
        assert_eq!(plain("`a\n  b\u{1b}[31m\u{202e}c`"), "a b[31mc");
        assert_eq!(plain(&"x".repeat(500)).chars().count(), MOST + 1);
        assert_eq!(listed(["a", "b", "c", "d", "e"].into_iter().map(str::to_owned)), "a, b, c and 2 more");
    }
}
