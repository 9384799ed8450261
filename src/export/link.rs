//! Addresses within foreign text: those that stand bare are told from those that are of a link already.

/// What an address begins with, and what it needs behind that.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// An address that is to be set in angles.
pub(super) struct Bare<'t> {
    pub(super) address: &'t str,
    /// How many bytes of the text it takes, with the angles that it has itself.
    pub(super) length: usize,
}

/// The address that a text has at `at`, in angles or bare, if it stands there as text.
pub(super) fn bare(text: &str, at: usize) -> Option<Bare<'_>> {
    let (before, rest) = text.split_at(at);
    if let Some(inside) = rest.strip_prefix('<') {
        let address = whole(inside).filter(|address| inside[address.len()..].starts_with('>'))?;
        return Some(Bare { address, length: address.len() + "<>".len() });
    }
    let address = trimmed(whole(rest)?);
    let goes_on = before.ends_with(char::is_alphanumeric) || address.ends_with("://");
    let is_of_link = || before.ends_with("](") || is_in_brackets(before, &rest[address.len()..]);
    (!goes_on && !is_of_link()).then_some(Bare { address, length: address.len() })
}

/// All that may be of an address that a text begins with.
fn whole(text: &str) -> Option<&str> {
    let is_scheme =
        |scheme: &&str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    let scheme = SCHEMES.into_iter().find(is_scheme)?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>`\\|".contains(c);
    let end = text.find(ends).unwrap_or(text.len());
    let closed = text[..end].find(']').filter(|close| !text[..*close].contains('['));
    let end = closed.unwrap_or(end);
    (end > scheme.len()).then_some(&text[..end])
}

/// An address without what ends the sentence, the brackets or the emphasis that it stands in.
fn trimmed(address: &str) -> &str {
    let mut left = address;
    while let Some(last) = left.chars().next_back() {
        let stays = match last {
            ')' => left.matches(')').count() <= left.matches('(').count(),
            last => !".,;:!?'\"*_~…。，、）」”’".contains(last),
        };
        if stays {
            break;
        }
        left = &left[..left.len() - last.len_utf8()];
    }
    left
}

/// Whether what stands between a text and what follows it is the words of a link.
fn is_in_brackets(before: &str, after: &str) -> bool {
    let is_open = before.rfind('[').is_some_and(|open| before.rfind(']').is_none_or(|close| close < open));
    let closes = after.find(']').is_some_and(|close| after[close + 1..].starts_with(['(', '[']));
    is_open && closes
}
