//! Keys written down as a person would type them: `2coverage<Enter>`.

use crate::config::{Code, Key};

/// The keys of a text: each character is one, and `<Ctrl-r>`, `<Enter>` and the like; `<lt>` is `<`.
/// `None` where what stands in brackets is no key.
pub fn typed(text: &str) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        (rest, _) = match named {
            Some((name, after)) => (after, keys.push(named_key(name)?)),
            None => (&rest[c.len_utf8()..], keys.push(Key::plain(Code::Char(c)))),
        };
    }
    Some(keys)
}

fn named_key(name: &str) -> Option<Key> {
    if name == "lt" { Some(Key::plain(Code::Char('<'))) } else { Key::parse(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_typed() {
        let shown =
            |text| typed(text).map(|keys| keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" "));
        assert_eq!(shown("2 a<Enter><Ctrl-r><lt>").as_deref(), Some("2 Space a Enter Ctrl-r <"));
        assert_eq!(shown("<Hyper-x>"), None);
    }
}
