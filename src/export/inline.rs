//! Foreign text within Markdown: it stays in its paragraph, item or cell, and brings no HTML, image or heading.

use super::link;
use crate::text::display::one_line;

/// A text as the content of one paragraph or item: one line, code kept, nothing that opens a block. `–` for none.
pub(super) fn line(text: &str) -> String {
    let text = one_line(text);
    let text = if text.is_empty() { String::from("–") } else { text };
    let text = contained(&text, None);
    if opens_block(&text) { format!("\\{text}") } else { numbered(text) }
}

/// A text as the content of a cell of a table.
pub(super) fn cell(text: &str) -> String {
    contained(&one_line(text), Some('|'))
}

/// A text in bold from its beginning to its end. `–` for none.
pub(super) fn bold(text: &str) -> String {
    let text = one_line(text);
    let text = if text.is_empty() { String::from("–") } else { text };
    format!("**{}**", contained(&text, Some('*')))
}

/// A text as code; blanks set off what back quotes it has.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let runs = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(runs + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A text that ends as a sentence does.
pub(super) fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?', '…', '。']);
    if ends || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}

/// The text with what could leave its place, or call for something from elsewhere, set back: HTML, images, back quotes
/// that close nothing, and the character that ends its place, if one does: the bar of a cell, the star of bold.
fn contained(text: &str, end: Option<char>) -> String {
    let in_cell = end == Some('|');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let is_plain = |c: char| !"<`\\!hH".contains(c) && end != Some(c);
    loop {
        let plain = rest.find(|c| !is_plain(c)).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        if let Some(found) = link::bare(text, text.len() - rest.len()) {
            out.extend(["<", found.address, ">"]);
            rest = &rest[found.length..];
            continue;
        }
        let taken = match c {
            '`' => code_run(rest, in_cell, &mut out),
            '\\' if rest.len() > 1 && rest.as_bytes()[1].is_ascii_punctuation() => {
                let escaped = &rest[..2];
                out.push_str(if in_cell && escaped == "\\|" { "\\\\\\|" } else { escaped });
                2
            }
            _ => {
                let escape = match c {
                    '<' | '\\' => true,
                    '!' => rest.starts_with("!["),
                    _ => end == Some(c),
                };
                out.extend(escape.then_some('\\'));
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Takes a run of back quotes, with the code up to the run that closes it if there is one; gives how many bytes.
fn code_run(rest: &str, in_cell: bool, out: &mut String) -> usize {
    let run = rest.bytes().take_while(|byte| *byte == b'`').count();
    let Some(end) = closing(&rest[run..], run) else {
        out.push_str(&"\\`".repeat(run));
        return run;
    };
    let code = &rest[..run + end + run];
    match in_cell {
        true => out.push_str(&code.replace('|', "\\|")),
        false => out.push_str(code),
    }
    code.len()
}

/// Where the next run of exactly so many back quotes begins.
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let length = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        if length == run {
            return Some(start);
        }
        at = start + length;
    }
    None
}

/// Whether a line that begins so is read as something else than a paragraph.
fn opens_block(text: &str) -> bool {
    let bytes = text.as_bytes();
    let follows_blank = bytes.get(1).is_none_or(|byte| *byte == b' ');
    match bytes.first() {
        Some(b'#' | b'>' | b'=' | b'|' | b'~') => true,
        Some(first @ (b'-' | b'*' | b'+' | b'_')) => {
            follows_blank || bytes.iter().all(|byte| byte == first || *byte == b' ')
        }
        Some(b'[') => text.contains("]:"),
        _ => false,
    }
}

/// A text that begins like an item with a number, so that it does not.
fn numbered(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        for text in ["Missing `flask`", "**P0** is for *users*", "a_b, 3 < `x<y`", "日本 ✅"] {
            assert_eq!(line(text), text.replace("3 <", "3 \\<"));
        }
    }

    #[test]
    fn what_opens_a_block_or_calls_for_something_does_not() {
        let cases = [
            ("# Heading", "\\# Heading"),
            ("- item\n---", "\\- item ---"),
            ("---", "\\---"),
            ("12. twelfth", "12\\. twelfth"),
            ("> quote", "\\> quote"),
            ("<script>", "\\<script>"),
            ("![x](http://a)", "\\![x](http://a)"),
            ("a ` b", "a \\` b"),
            ("[a]: http://b", "\\[a]: <http://b>"),
        ];
        for (text, safe) in cases {
            assert_eq!(line(text), safe);
        }
    }

    /// A linter of Markdown refuses an address that stands bare.
    #[test]
    fn an_address_is_set_in_angles_wherever_it_stands_as_text() {
        for (text, set) in [
            ("see https://a.b/c_d?e=f*.", "see <https://a.b/c_d?e=f>*."),
            ("(http://a.b/c_(d)), or HTTPS://A", "(<http://a.b/c_(d)>), or <HTTPS://A>"),
            ("<https://a.b> and *http://a*", "<https://a.b> and *<http://a>*"),
            ("`https://a` [a](https://b) [https://c](d)", "`https://a` [a](https://b) [https://c](d)"),
            (
                "[see http://a][b] xhttp://a https:// <https://a",
                "[see http://a][b] xhttp://a https:// \\<<https://a>",
            ),
        ] {
            assert_eq!(line(text), set);
        }
        assert_eq!(cell("http://a|b"), "<http://a>\\|b");
        assert_eq!(bold("at http://a/*"), "**at <http://a/>\\***");
    }

    #[test]
    fn a_cell_keeps_its_bars() {
        assert_eq!(cell("a | `b|c`"), "a \\| `b\\|c`");
        assert_eq!(cell("a \\"), "a \\\\");
    }

    /// The rest of the line would be bold, or a code be told with a stroke that it does not have.
    #[test]
    fn what_is_bold_is_so_from_its_beginning_to_its_end() {
        assert_eq!(bold("a *b* `c*d` \\* e** \\\\"), "**a \\*b\\* `c*d` \\* e\\*\\* \\\\**");
        assert_eq!((bold(" "), bold("- a")), ("**–**".into(), "**- a**".into()));
    }

    #[test]
    fn code_holds_whatever_back_quotes_there_are() {
        assert_eq!((code("a"), code("a`b"), code("`")), ("`a`".into(), "``a`b``".into(), "`` ` ``".into()));
    }
}
