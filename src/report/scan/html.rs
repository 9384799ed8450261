//! HTML blocks: the seven ways to start one and what ends each.
//!
//! Nothing here looks beyond the line; the bytes given start at the `<`.

use memchr::memchr_iter;

use super::cursor::{is_blank, is_blank_byte};

/// What ends an HTML block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// A line with these bytes in it, which all end with `>`.
    Text(&'static [u8]),
    /// A blank line, which is not part of it.
    Blank,
}

impl Until {
    /// Whether a line with this in it is the last one of the block.
    pub(super) fn ends_in(self, rest: &[u8]) -> bool {
        match self {
            Until::Text(text) => memchr_iter(b'>', rest).any(|at| rest[..=at].ends_with(text)),
            Until::Blank => false,
        }
    }
}

/// What ends the HTML block that `rest` starts where no paragraph is open.
pub(super) fn open(rest: &[u8]) -> Option<Until> {
    interrupting(rest).or_else(|| lone_tag(rest).map(|()| Until::Blank))
}

/// What ends the HTML block that `rest` starts even where a paragraph is open.
pub(super) fn interrupting(rest: &[u8]) -> Option<Until> {
    let inside = rest.strip_prefix(b"<")?;
    raw(inside).map(Until::Text).or_else(|| is_block_tag(inside).then_some(Until::Blank))
}

/// Elements whose content is not Markdown, comments, instructions, declarations, character data.
fn raw(inside: &[u8]) -> Option<&'static [u8]> {
    let element = |(name, end): &(&[u8], &'static [u8])| {
        let (head, tail) = inside.split_at_checked(name.len())?;
        let delimited = tail.first().is_none_or(|byte| is_blank_byte(*byte) || *byte == b'>');
        (delimited && head.eq_ignore_ascii_case(name)).then_some(*end)
    };
    RAW_ELEMENTS.iter().find_map(element).or_else(|| match inside {
        [b'!', b'-', b'-', ..] => Some(b"-->"),
        [b'?', ..] => Some(b"?>"),
        _ if inside.starts_with(b"![CDATA[") => Some(b"]]>"),
        [b'!', letter, ..] if letter.is_ascii_alphabetic() => Some(b">"),
        _ => None,
    })
}

fn is_block_tag(inside: &[u8]) -> bool {
    let tag = inside.strip_prefix(b"/").unwrap_or(inside);
    let length = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (name, after) = tag.split_at(length);
    let delimited = matches!(after, [] | [b' ' | b'\t' | b'>', ..] | [b'/', b'>', ..]);
    delimited && BLOCK_ELEMENTS.iter().any(|element| element.as_bytes().eq_ignore_ascii_case(name))
}

/// A whole opening or closing tag with nothing but blanks after it.
fn lone_tag(rest: &[u8]) -> Option<()> {
    let inside = &rest[1..];
    let tag = inside.strip_prefix(b"/").unwrap_or(inside);
    let letters = tag.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let name = letters + prefix(&tag[letters..], |byte| byte == b'-' || byte.is_ascii_alphanumeric());
    let is_opening = tag.len() == inside.len();
    let after = if is_opening { attributes(&tag[name..])? } else { skip_blanks(&tag[name..]) };
    let after = after.strip_prefix(b">")?;
    (letters > 0 && is_blank(after)).then_some(())
}

/// What follows the attributes of an opening tag and its slash: the `>`, if all is well.
fn attributes(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let next = skip_blanks(rest);
        match next.first()? {
            b'/' => return Some(&next[1..]),
            b'>' => return Some(next),
            _ if next.len() == rest.len() => return None,
            _ => rest = attribute(next)?,
        }
    }
}

/// What follows one attribute, with its value if it has one.
fn attribute(rest: &[u8]) -> Option<&[u8]> {
    rest.first().filter(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':'))?;
    let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-');
    let after = &rest[prefix(rest, named)..];
    match skip_blanks(after).strip_prefix(b"=") {
        Some(value) => attribute_value(skip_blanks(value)),
        None => Some(after),
    }
}

fn attribute_value(rest: &[u8]) -> Option<&[u8]> {
    match rest.first()? {
        quote @ (b'"' | b'\'') => {
            let length = rest[1..].iter().position(|byte| byte == quote)?;
            Some(&rest[length + 2..])
        }
        b' ' | b'=' | b'>' | b'<' | b'`' => None,
        _ => {
            let bare = |byte| !matches!(byte, b'\'' | b'"' | b' ' | b'=' | b'>' | b'<' | b'`');
            Some(&rest[prefix(rest, bare)..])
        }
    }
}

fn skip_blanks(rest: &[u8]) -> &[u8] {
    &rest[prefix(rest, is_blank_byte)..]
}

fn prefix(rest: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    rest.iter().take_while(|byte| belongs(**byte)).count()
}

const RAW_ELEMENTS: [(&[u8], &[u8]); 4] =
    [(b"pre", b"</pre>"), (b"style", b"</style>"), (b"script", b"</script>"), (b"textarea", b"</textarea>")];

#[rustfmt::skip]
const BLOCK_ELEMENTS: [&str; 62] = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col",
    "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol",
    "optgroup", "option", "p", "param", "search", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "title", "tr", "track", "ul",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_block_knows_its_end() {
        let cases: [(&[u8], Option<Until>); 12] = [
            (b"<!-- x", Some(Until::Text(b"-->"))),
            (b"<?php", Some(Until::Text(b"?>"))),
            (b"<!DOCTYPE", Some(Until::Text(b">"))),
            (b"<![CDATA[", Some(Until::Text(b"]]>"))),
            (b"<PRE>", Some(Until::Text(b"</pre>"))),
            (b"</div", Some(Until::Blank)),
            (b"<details open>", Some(Until::Blank)),
            (b"<a b='>' c=d _e/> ", Some(Until::Blank)),
            (b"</a >", Some(Until::Blank)),
            (b"<a b> c", None),
            (b"<a b=>", None),
            (b"<https://example.org>", None),
        ];
        for (line, until) in cases {
            assert_eq!(open(line), until, "{}", line.escape_ascii());
        }
    }
}
