//! Finds aliases, so that no small file can unfold into a huge one.
//!
//! The reader beneath resolves an alias without telling. So a copy in which every `&name` has got
//! another name is read: an alias then points nowhere, and the reader says where. Words, comments
//! and blocks of text with `&` or `*` in them are read as what they are, so that none is refused.

use serde::Deserialize;
use serde::de::IgnoredAny;
use xxhash_rust::xxh3::xxh3_64;

/// The 1-based line of the first alias of a document, whether or not its anchor is there.
pub(super) fn line(text: &str) -> Option<usize> {
    if !text.contains('*') {
        return None;
    }
    let unheard = format!("&{}", unheard_name(text));
    let copy = text.replace('&', &unheard);
    let error = IgnoredAny::deserialize(serde_yaml::Deserializer::from_str(&copy)).err()?;
    let place = error.location().filter(|_| error.to_string().starts_with("unknown anchor"))?;
    Some(place.line())
}

/// A name that the text does not have, so that no alias can begin with it. It follows from the whole text, so a
/// text cannot hold it.
fn unheard_name(text: &str) -> String {
    format!("Z{:016x}Z", xxh3_64(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn an_alias_is_seen_wherever_it_can_stand() {
        assert_eq!(line("a: &x 1\nb: *x\n"), Some(2));
        assert_eq!(line("a: &Z 1\nb: &ZZ 2\nc: [1, *ZZ]\n"), Some(3));
        assert_eq!(line("a: &x {b: 1}\n<<: *x\n"), Some(2));
        assert_eq!(line("- *nowhere\n"), Some(1));
    }

    #[test]
    fn a_star_that_is_text_is_none() {
        assert_eq!(line("a: 2 * 3\nb: '*x'\nc: &x 1 # *x\nd: >\n  *x\n"), None);
    }
}
