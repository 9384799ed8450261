//! What a terminal may be shown of foreign bytes, and how wide it is.
//!
//! A report is hostile input: nothing it holds reaches a cell raw. Control characters, escape
//! sequences, bidirectional overrides, invisible characters and broken UTF-8 come out as visible
//! stand-ins, and no character is so high with marks or so long with joiners that it covers others;
//! everything else comes out as it is. What has come out once comes out the same again.

use std::borrow::Cow;
use std::iter::repeat_n;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::hidden::{Hidden, Reader};
use super::single_spaced;

/// How many code points and columns one visible character may have; what goes on is cut, and `…` says so.
const CLUSTER_MOST: (usize, usize) = (12, 8);

/// How many columns stand between the stops of tabs.
const TAB: usize = 4;

/// Foreign bytes as text that is safe to show, on one line: line ends become `␊`, tabs a blank.
pub fn visible(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&visible_str(chunk.valid()));
        out.extend(chunk.invalid().iter().map(|_| '\u{FFFD}'));
    }
    out
}

/// [`visible`] for what is text already; borrows where nothing needs a stand-in.
pub fn visible_str(text: &str) -> Cow<'_, str> {
    if are_simple(text) {
        return Cow::Borrowed(text);
    }
    let mut reader = Reader::default();
    let seen: String = text.chars().map(|c| reader.next(c).map_or(c, |hidden| stand_in(hidden, c))).collect();
    Cow::Owned(whole(&seen).into_owned())
}

/// The words of a text with one blank between them, and nothing hidden in them: what a field can hold, and a line show.
pub fn one_line(text: &str) -> String {
    visible_str(&single_spaced(text)).into_owned()
}

/// Whether a text is shown as it is.
pub fn is_visible(text: &str) -> bool {
    visible_str(text) == text
}

/// The text in lines as it goes on behind `before`, without what a terminal must not be shown.
pub fn cleaned(before: &str, text: &str) -> String {
    let mut reader = Reader::after(before);
    text.chars().filter(|c| reader.next(*c).is_none() || *c == '\n').collect()
}

/// A line with blanks in place of its tabs, each up to the next stop.
pub fn untabbed(line: &str) -> Cow<'_, str> {
    if !line.contains('\t') {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for (nth, part) in line.split('\t').enumerate() {
        let blanks = if nth == 0 { 0 } else { TAB - at % TAB };
        out.extend(repeat_n(' ', blanks));
        out.push_str(part);
        at += blanks + width(part);
    }
    Cow::Owned(out)
}

/// How many bytes at the start of a text are characters that any terminal shows as they are, whatever stands around
/// them.
pub fn plain(text: &str) -> usize {
    // Without a way out of the inner loop the compiler looks at many bytes at a time.
    let are_plain = |block: &[u8]| block.iter().fold(true, |plain, byte| plain & is_plain_byte(*byte));
    let blocks = text.as_bytes().chunks_exact(32).take_while(|block| are_plain(block)).count() * 32;
    blocks + text.as_bytes()[blocks..].iter().take_while(|byte| is_plain_byte(**byte)).count()
}

/// Whether every character is one that any terminal shows as it is, in a column of its own.
pub fn is_plain(text: &str) -> bool {
    plain(text) == text.len()
}

#[inline]
fn is_plain_byte(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// What takes a place of its own each. Between simple characters nothing needs to be looked up for that.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = simple(rest.as_bytes());
        let is_alone = first > 0 && (first == rest.len() || simple(&rest.as_bytes()[first..]) > 0);
        let end = if is_alone { first } else { rest.graphemes(true).next()?.len() };
        let cluster = &rest[..end];
        rest = &rest[end..];
        Some(cluster)
    })
}

/// Whether a cluster is a simple character: visible, and in one column on any terminal.
#[inline]
pub fn is_simple(cluster: &str) -> bool {
    !cluster.is_empty() && simple(cluster.as_bytes()) == cluster.len()
}

/// How many bytes at the start of a text are simple characters that take a place of their own: the last of them may
/// belong together with what follows.
pub fn simple_start(text: &str) -> usize {
    let mut end = 0;
    let mut last = 0;
    loop {
        let plain = plain(&text[end..]);
        last = if plain > 0 { 1 } else { last };
        end += plain;
        match simple(&text.as_bytes()[end..]) {
            0 if end == text.len() => return end,
            0 => return end - last,
            length => last = length,
        }
        end += last;
    }
}

/// Whether every character is a simple one.
fn are_simple(text: &str) -> bool {
    simple_start(text) == text.len()
}

/// How long the character is that a text begins with, where it is simple: plain, a letter of Latin-1 or Latin
/// Extended-A, punctuation, an arrow, or what lines, blocks and shapes are drawn with; else 0.
#[inline]
fn simple(text: &[u8]) -> usize {
    match text {
        [byte, ..] if is_plain_byte(*byte) => 1,
        [0xC3..=0xC5, _, ..] => 2,
        [0xE2, 0x80, 0x90..=0xA7, ..] | [0xE2, 0x86 | 0x87 | 0x94..=0x96, _, ..] => 3,
        [0xE2, 0x97, ..=0xBC, ..] => 3,
        _ => 0,
    }
}

/// A line without hidden characters, in which every visible one takes a place of its own and no more than it may.
pub fn whole(line: &str) -> Cow<'_, str> {
    if clusters(line).all(is_whole) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for cluster in clusters(line) {
        match columns(cluster) {
            0 => out.push('\u{FFFD}'),
            _ if is_whole(cluster) => out.push_str(cluster),
            _ => push_cut(cluster, &mut out),
        }
    }
    Cow::Owned(out)
}

/// Whether a cluster is so high with marks or so long with joiners that only its beginning is shown.
pub fn is_flooded(cluster: &str) -> bool {
    !is_whole(cluster) && columns(cluster) > 0
}

fn is_whole(cluster: &str) -> bool {
    let (points, most) = CLUSTER_MOST;
    let is_short = cluster.len() <= points || cluster.chars().count() <= points;
    is_short && (1..=most).contains(&columns(cluster))
}

/// As much of a cluster as there is room for before the `…`.
fn push_cut(cluster: &str, out: &mut String) {
    let (points, most) = CLUSTER_MOST;
    let mut taken = 0;
    let fits = cluster.chars().take(points - 1).take_while(|c| {
        taken += columns(c.encode_utf8(&mut [0; 4]));
        taken < most
    });
    out.extend(fits);
    out.push('…');
}

/// What is shown in place of a character that must not reach the terminal.
fn stand_in(hidden: Hidden, c: char) -> char {
    match (hidden, c) {
        (_, '\t') => ' ',
        (_, '\u{00}'..='\u{1F}') => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        (_, '\u{7F}') => '␡',
        (Hidden::Override | Hidden::Mark, _) => '⇄',
        (Hidden::ZeroWidth | Hidden::Selector | Hidden::Tag, _) => '␣',
        _ => '\u{FFFD}',
    }
}

/// How many terminal columns a text takes: those of its clusters, one after the other, as they are drawn.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    let simple = simple_start(text);
    chars(&text[..simple]) + clusters(&text[simple..]).map(columns).sum::<usize>()
}

/// How many characters a text has.
fn chars(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
}

/// How many columns a cluster takes. Half-width sound marks stand in a column of their own.
fn columns(cluster: &str) -> usize {
    if is_simple(cluster) {
        return 1;
    }
    let marks = cluster.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    UnicodeWidthStr::width(cluster) + marks
}

/// How many bytes of a value are shown where it stands among others: more than any row of a screen holds.
const BRIEF: usize = 4 * 1024;

/// [`visible_str`] of the beginning of a text, however long that is; what is left out is said at its end.
pub fn brief(text: &str) -> Cow<'_, str> {
    let head = &text[..text.floor_char_boundary(BRIEF)];
    match text.len() - head.len() {
        0 => visible_str(text),
        rest => Cow::Owned(format!("{} … and {rest} more bytes", visible_str(head))),
    }
}

/// The text without the stars that make a part of it strong, for where no Markdown is drawn; code keeps its own.
pub fn unmarked(text: &str) -> Cow<'_, str> {
    if !text.contains("**") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut open, mut is_code) = (String::with_capacity(text.len()), None, false);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        is_code ^= c == '`';
        if is_code || !text[at..].starts_with("**") {
            out.push(c);
            at += c.len_utf8();
            continue;
        }
        let stars = text[at..].bytes().take_while(|byte| *byte == b'*').count();
        if stars > 2 {
            out.push_str(&text[at..at + stars]);
            at += stars;
            continue;
        }
        let (before, after) = (out.chars().next_back(), text[at + 2..].chars().next());
        match open {
            Some(start) if before.is_some_and(|c| !c.is_whitespace()) => {
                out.replace_range(start..start + 2, "");
                open = None;
            }
            None if after.is_some_and(|c| !c.is_whitespace())
                && !before.is_some_and(char::is_alphanumeric) =>
            {
                open = Some(out.len());
                out.push_str("**");
            }
            _ => out.push_str("**"),
        }
        at += 2;
    }
    Cow::Owned(out)
}

/// The text cut to at most `columns`, ending in `…` where something was cut.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns && is_plain(text) {
        return Cow::Borrowed(text);
    }
    // Nothing before the last column is looked at where it is plain.
    let mut end = plain(text).saturating_sub(1).min(columns.saturating_sub(1));
    let mut taken = end;
    for cluster in clusters(&text[end..]) {
        taken += self::columns(cluster);
        if taken < columns {
            end += cluster.len();
        } else if taken > columns {
            return if columns == 0 { Cow::Borrowed("") } else { Cow::Owned(format!("{}…", &text[..end])) };
        }
    }
    Cow::Borrowed(text)
}

/// The text cut at its beginning to at most `columns`, beginning with `…` where something was cut.
pub fn clip_start(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let (mut taken, mut start) = (1, text.len());
    for cluster in text.graphemes(true).rev() {
        taken += self::columns(cluster);
        if taken > columns {
            break;
        }
        start -= cluster.len();
    }
    if columns == 0 { Cow::Borrowed("") } else { Cow::Owned(format!("…{}", &text[start..])) }
}

/// The text cut in its middle to at most `columns`, with `…` where something was cut: names that begin alike end
/// differently.
pub fn clip_middle(text: &str, columns: usize) -> Cow<'_, str> {
    if let whole @ Cow::Borrowed(_) = clip(text, columns) {
        return whole;
    }
    let (mut taken, mut start) = (0, text.len());
    for cluster in text.graphemes(true).rev() {
        taken += self::columns(cluster);
        if taken > columns / 2 {
            break;
        }
        start -= cluster.len();
    }
    Cow::Owned(format!("{}{}", clip(text, columns.div_ceil(2)), &text[start..]))
}

/// The same cut between words, where there is room for some at both ends: two thirds of it are for the beginning.
pub fn clip_between_words(text: &str, columns: usize) -> Cow<'_, str> {
    if let whole @ Cow::Borrowed(_) = clip(text, columns) {
        return whole;
    }
    let blanks = || text.match_indices(' ').map(|(at, _)| at);
    let room = columns.saturating_sub(width(CUT));
    let head = blanks().take_while(|at| width(&text[..*at]) <= room * 2 / 3).last();
    let left = room - head.map_or(0, |at| width(&text[..at]));
    let tail = blanks().find(|at| width(&text[at + 1..]) <= left);
    match (head, tail) {
        (Some(head), Some(tail)) if head > 0 => format!("{}{CUT}{}", &text[..head], &text[tail + 1..]).into(),
        _ => clip_middle(text, columns),
    }
}

/// What stands where words were cut out.
const CUT: &str = " … ";

/// The text clipped or filled with blanks to exactly `columns`.
pub fn fit(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    // What is cut may end before its last column, where a wide character had no room.
    let taken = width(&clipped);
    let mut out = String::with_capacity(clipped.len() + columns.saturating_sub(taken));
    out.push_str(&clipped);
    out.extend(repeat_n(' ', columns.saturating_sub(taken)));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// Stars would stand where a reader expects words; and those of code are words.
    /// What two texts differ in would be what is not shown.
    #[test]
    fn a_text_is_cut_between_words_so_that_both_ends_are_seen() {
        let text = "The tests fail by themselves, no production code is touched.";
        assert_eq!(clip_between_words(text, 36), "The tests fail by … code is touched.");
        assert_eq!(clip_between_words(text, 60), text);
        assert_eq!(clip_between_words("unbreakable-as-it-is", 10), clip_middle("unbreakable-as-it-is", 10));
        for columns in 0..70 {
            assert!(width(&clip_between_words(text, columns)) <= columns.max(1), "{columns}");
        }
    }

    #[test]
    fn strong_words_lose_their_stars_and_nothing_else_does() {
        for (written, shown) in [
            ("🔴 **CRITICAL**", "🔴 CRITICAL"),
            ("**FIXED** in **main**", "FIXED in main"),
            ("**Bug Reports**", "Bug Reports"),
            ("f(**kwargs, **more)", "f(**kwargs, **more)"),
            ("`**kwargs` and `**more`", "`**kwargs` and `**more`"),
            ("2**3 is not 3**2", "2**3 is not 3**2"),
            ("**left open", "**left open"),
            ("a ** b ** c", "a ** b ** c"),
            ("plain *text*", "plain *text*"),
            ("shown as ********, **really**", "shown as ********, really"),
            ("****", "****"),
        ] {
            assert_eq!(unmarked(written), shown);
        }
    }

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(visible(b"\x1b]52;c;ZXZpbA==\x07"), "␛]52;c;ZXZpbA==␇");
        assert_eq!(visible("abc\u{202E}fed\u{9b}31m".as_bytes()), "abc⇄fed\u{FFFD}31m");
        assert_eq!(visible(b"bad \xFF\xFE end\r\n"), "bad \u{FFFD}\u{FFFD} end␍␊");
    }

    #[test]
    fn ordinary_text_of_any_language_stays_as_it_is() {
        for text in ["naïve 日本語 🚀 👩‍💻", "Ελληνικά", "e\u{301}"] {
            assert_eq!(visible_str(text), text);
        }
    }

    #[test]
    fn a_flood_on_one_character_is_cut_and_said_to_be() {
        for (base, more) in
            [("e", "\u{301}"), ("👩", "\u{200D}👩"), ("\u{1100}", "\u{1100}"), ("\u{600}", "\u{600}")]
        {
            let shown = visible_str(&format!("{base}{}!", more.repeat(10_000))).into_owned();
            assert!(shown.chars().count() < 20 && shown.contains('…'), "{shown}");
        }
    }

    /// A row would shift, or a terminal obey.
    #[test]
    fn simple_characters_are_visible_in_a_column_of_their_own() {
        let is_one = |c: &char| simple(c.to_string().as_bytes()) > 0;
        let simple: Vec<char> = ('\0'..=char::MAX).filter(is_one).collect();
        assert!(simple.len() > 500);
        let mut reader = Reader::default();
        for c in simple {
            let text = format!("a{c}{c}b");
            assert!(reader.next(c).is_none(), "{c:?}");
            assert_eq!(
                (UnicodeWidthStr::width(text.as_str()), text.graphemes(true).count()),
                (4, 4),
                "{c:?}"
            );
        }
    }

    /// A mark over a border, or a character without a place, would shift or spoil the row.
    #[test]
    fn what_takes_no_column_gets_one() {
        assert_eq!(visible_str("\u{301}a"), "\u{FFFD}a");
        assert_eq!(visible_str("\u{1161}"), "\u{FFFD}");
        assert_eq!(visible_str("a\u{200D}b⚠\u{FE0F}\u{FE0F}"), "a␣b⚠\u{FE0F}␣");
    }

    proptest! {
        /// A row would shift, or a terminal obey, where this did not hold.
        #[test]
        fn whatever_is_shown_is_drawn_as_wide_as_it_is_said_to_be(
            text in "\\PC*|(?s).{0,30}|[\u{200B}-\u{206F}\u{300}-\u{30F}\u{600}-\u{605}\u{644}\u{627}ｶﾞﾟ\u{1100}\u{1161}\u{11A8}क्ष👩\u{200D}🏽\u{FE0F}🇩a ]{0,40}",
        ) {
            let shown = visible_str(&text).into_owned();
            let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
            let (end, _) = buffer.set_stringn(0, 0, &shown, 2000, Style::new());
            prop_assert_eq!(width(&shown), usize::from(end), "{:?}", shown);
            let drawn: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
            prop_assert_eq!(drawn.replace(' ', ""), shown.replace(' ', ""));
            let mut reader = Reader::default();
            prop_assert!(shown.chars().all(|c| reader.next(c).is_none() || c == '\u{FFFD}'), "{:?}", shown);
            let again = visible_str(&shown).into_owned();
            prop_assert_eq!(again, shown);
        }

        /// A row would be counted otherwise than it is drawn.
        #[test]
        fn clusters_are_those_of_unicode(text in "[ -~─│╌\u{A0}é–…→■日\u{301}\u{200D}👩🏽\u{FE0F}🇩🇪\r\n\u{600}\u{1100}\u{1161}क्ष]{0,20}") {
            let wanted: Vec<&str> = text.graphemes(true).collect();
            prop_assert_eq!(clusters(&text).collect::<Vec<_>>(), wanted);
        }

        #[test]
        fn a_text_cut_to_columns_fits_them(text in "\\PC{0,30}", columns in 0_usize..20) {
            let shown = visible_str(&text);
            prop_assert_eq!(width(&fit(&shown, columns)), columns, "{:?}", shown);
            prop_assert!(width(&clip_middle(&shown, columns)) <= columns, "{:?}", shown);
        }
    }

    /// A title of a megabyte would hold up every frame.
    #[test]
    fn of_a_giant_value_the_beginning_is_shown_and_the_rest_is_said_to_be_there() {
        let shown = brief(&"日".repeat(1 << 20)).into_owned();
        assert!(shown.ends_with("日 … and 3141633 more bytes") && shown.len() < BRIEF + 100, "{shown}");
    }

    #[test]
    fn a_tab_goes_to_the_next_stop_as_the_line_is_shown() {
        assert_eq!(untabbed("a\tb\t\tc日\td"), "a   b       c日 d");
        assert_eq!(untabbed("plain"), "plain");
    }

    #[test]
    fn a_cut_text_never_takes_more_columns_than_it_may() {
        assert_eq!(clip("日本語テキスト", 5), "日本…");
        assert_eq!(clip("short", 5), "short");
        assert_eq!(clip("longer", 5), "long…");
        assert_eq!(clip("x", 0), "");
        assert_eq!(
            [clip_start("longer", 5), clip_start("日本語", 4), clip_start("ab", 2)],
            ["…nger", "…語", "ab"]
        );
        assert_eq!(
            [clip_middle("first-to-last", 8), clip_middle("日本語テキスト", 6), clip_middle("whole", 5)],
            ["fir…last", "日…ト", "whole"]
        );
        assert_eq!(fit("日本", 6), "日本  ");
        assert_eq!(width(&fit("日本語", 4)), 4);
    }
}
