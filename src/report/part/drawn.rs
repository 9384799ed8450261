//! What of a heading only draws it, or gives it a name for links: anchors, boxes of tasks, rulers.

use crate::text::Span;

/// The text of a heading without what only draws or names it.
pub(super) fn told(base: &[u8], text: Span) -> Span {
    let may_be_drawn = matches!(text.of(base), [b'=' | b'\r' | b'\n' | b'<' | b'[', ..] | [.., b'}' | b'>']);
    if !may_be_drawn {
        return text;
    }
    without_box(base, without_anchors(base, without_ruler(base, text)))
}

/// The text of a heading without the box that it begins with as tasks do: `[x] Title`.
fn without_box(base: &[u8], text: Span) -> Span {
    match text.of(base) {
        [b'[', b' ' | b'x' | b'X' | b'~', b']', b' ', ..] => text.part(4..text.len()).trim(base),
        _ => text,
    }
}

/// The text of a heading without the anchors at its ends: `<a name="x"></a>Title`, `Title {#x}`.
fn without_anchors(base: &[u8], text: Span) -> Span {
    let mut text = text;
    while text.of(base).starts_with(b"<a ")
        && let Some(tag) = memchr::memchr(b'>', text.of(base))
    {
        text = text.part(tag + 1..text.len()).trim(base);
        let closes = text.of(base).starts_with(b"</a>");
        text = if closes { text.part(4..text.len()).trim(base) } else { text };
    }
    while let Some(start) = trailing_anchor(text.of(base)) {
        text = text.part(0..start).trim(base);
    }
    text
}

/// Where the anchor begins that a text ends with.
fn trailing_anchor(text: &[u8]) -> Option<usize> {
    if text.ends_with(b"}") {
        return memchr::memmem::rfind(text, b" {#");
    }
    let before = text.strip_suffix(b"</a>")?;
    let empty = before.ends_with(b">").then(|| memchr::memmem::rfind(before, b"<a ")).flatten();
    Some(empty.unwrap_or(before.len())).filter(|start| *start > 0)
}

/// The text of a heading without a line of `=` above it, with which it stands between two rulers.
fn without_ruler(base: &[u8], text: Span) -> Span {
    let ruler = text.of(base).iter().take_while(|byte| matches!(byte, b'=' | b'\r' | b'\n')).count();
    let lines = &text.of(base)[..ruler];
    if lines.ends_with(b"\n") { text.part(ruler..text.len()) } else { text }
}
