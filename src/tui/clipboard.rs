//! The clipboard of the person's own terminal, wherever the desk runs: OSC 52, which carries base64 and so
//! nothing that a terminal would obey.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What a terminal is sent to put a text on its clipboard.
pub(super) fn sequence(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", base64(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let six = (bits >> (18 - 6 * at)) as usize & 63;
            out.push(if at <= three.len() { char::from(ALPHABET[six]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_sent_as_base64() {
        for (text, sent) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(sequence(text), format!("\x1b]52;c;{sent}\x07"));
        }
        assert_eq!(base64("日本\u{1b}\u{3ff}>?".as_bytes()), "5pel5pysG8+/Pj8=");
    }

    /// Terminals take no more than 100,000 bytes, all told, in one sequence.
    #[test]
    fn what_the_desk_copies_at_most_is_what_terminals_take() {
        assert!(sequence(&"x".repeat(crate::app::copy::MOST)).len() <= 100_000);
    }
}
