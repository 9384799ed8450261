//! Text that would harm a terminal, a row, a file or a clock if it were taken as it is.

use crate::generated::generator::Dice;

/// What hostile text is made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\x1b[31m", "\x1b[2J\x1b[H", "\x1b]52;c;ZXZpbA==\x07", "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "\x1bP1$r\x1b\\",
    "\x1b]0;title\x07", "\u{9b}31m", "\u{9d}52;c;eA==\u{9c}", "\0", "\x07", "\x08\x08", "\x0b", "\x0c", "\r", "\t", "\x7f", "\u{85}",
    "\u{202E}", "\u{202D}", "\u{2066}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}",
    "\u{FEFF}", "\u{AD}", "\u{34F}", "\u{3164}", "\u{115F}", "\u{180E}", "\u{2028}", "\u{2029}", "\u{FE0F}", "\u{FE0E}", "\u{E0100}",
    "\u{E0041}", "\u{E007F}", "\u{E000}", "\u{F8FF}", "\u{10FFFD}", "\u{FDD0}", "\u{FFFE}", "\u{378}", "\u{1F8FF}",
    "e\u{301}", "\u{301}", "\u{20DD}", "\u{1100}", "\u{1161}", "\u{11A8}", "\u{600}", "\u{70F}", "ﾞ", "ｶﾞ", "لا", "ल्क", "क्‍ष", "ක්‍ෂ",
    "👩‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇩", "👍🏽", "🏽", "1️⃣", "⚠️", "☎︎", "日本語", "한국어", "שלום", "مرحبا", "ﷺ", "𒐫", "𝕊", "⸻", "\u{3000}", "\u{A0}",
    "a", "Z9", " ", "  ", "*", "**", "`", "[", "](", "|", "\\", "<b>", "&lt;", "{", "}", ":", "#", "- ", "\"", "'", "%", "../../etc/passwd",
];

/// Some hostile text; now and then a flood of one piece.
pub(super) fn text(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(8) {
        let piece = dice.pick(PIECES);
        let times = dice.pick(&[1, 1, 1, 1, 1, 2, 3, 40, 400]);
        text.push_str(&piece.repeat(times));
    }
    text
}

/// A report of hostile text and of what reports are made of.
pub(super) fn report(dice: &mut Dice) -> Vec<u8> {
    let mut report = super::mutation::mutated(dice);
    for _ in 0..dice.below(12) {
        let at = dice.below(report.len() + 1);
        report.splice(at..at, text(dice).into_bytes());
    }
    report
}
