//! Which letters a text has, as one number: what looks for letters in many texts need not look at those that lack one.
//!
//! Capitals count as the small letters that they are, digits and signs share a few places, and what is not ASCII has
//! none. So a text may lack what its number has, but never has what its number lacks.

/// How many bytes of a text are looked at by what looks for letters.
pub const LOOKED_AT: usize = 2048;

/// The letters of some bytes, which need not be known to be text.
pub fn letters(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |letters, byte| letters | PLACES[usize::from(*byte)])
}

/// The place of each byte.
const PLACES: [u64; 256] = {
    let mut places = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let small = (byte as u8).to_ascii_lowercase();
        places[byte] = 1
            << match small {
                b'a'..=b'z' => small - b'a',
                b'0'..=b'9' => 26 + small - b'0',
                sign => 36 + sign % 28,
            };
        byte += 1;
    }
    places
};

#[cfg(test)]
mod tests {
    use super::*;

    /// A filter would not find what is there.
    #[test]
    fn a_text_has_the_letters_of_each_of_its_parts() {
        let text = "BUG-7: naïve Ünïcode, 日本 #2";
        for (from, _) in text.char_indices() {
            for (to, _) in text.char_indices().filter(|(to, _)| *to > from) {
                let part = letters(text[from..to].to_ascii_lowercase().as_bytes());
                assert_eq!(letters(text.as_bytes()) & part, part, "{}", &text[from..to]);
            }
        }
        assert_eq!(letters(text.as_bytes()) & letters(b"zqx"), 0);
        assert_eq!((letters(b"Ab"), letters("é\u{80}".as_bytes())), (letters(b"aB"), 0));
    }
}
