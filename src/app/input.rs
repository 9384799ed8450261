//! A text that a person types: where its cursor is, and what each editing key does to it.
//!
//! The cursor is always at a boundary of graphemes, and the text never holds a character that a
//! terminal would obey: what is pasted or comes back from an editor is cleaned on its way in.

mod rows;

use std::ops::Range;

pub use rows::rows;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::config::{Code, Key};
use crate::text::display;

/// A text being typed, of one line or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    cursor: usize,
    one_line: bool,
    /// Whether typing takes the place of all of it.
    is_selected: bool,
    /// How wide the rows are on which it is shown, where that is known.
    width: Option<usize>,
}

/// As wide as no screen is.
const ENDLESS: usize = u16::MAX as usize;

impl Input {
    /// An empty text of as many lines as it takes.
    pub fn many_lines() -> Input {
        Input::default()
    }

    /// A text that stays on one line, with the cursor at its end.
    pub fn one_line(text: &str) -> Input {
        let mut input = Input { one_line: true, ..Input::default() };
        input.insert(text);
        input
    }

    /// The text as one that typing or a paste takes the place of, until a key edits it or moves in it.
    pub fn selected(self) -> Input {
        Input { is_selected: !self.text.is_empty(), ..self }
    }

    /// Whether typing takes the place of all of it.
    pub fn is_selected(&self) -> bool {
        self.is_selected
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The offset of the cursor in the text.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts another text in its place, cleaned, with the cursor at its end.
    pub fn replace(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.insert(text);
    }

    /// Takes pasted text in, in the place of a text that is selected.
    pub fn paste(&mut self, text: &str) {
        match self.is_selected {
            true => self.replace(text),
            false => self.insert(text),
        }
    }

    /// Inserts foreign text at the cursor, cleaned of what a terminal must not be shown.
    pub fn insert(&mut self, text: &str) {
        self.is_selected = false;
        let (clean, from) = (self.clean(text), self.cursor);
        self.text.insert_str(from, &clean);
        self.cursor += clean.len();
        if !clean.is_ascii() {
            self.cut_floods(from, self.cursor);
        }
        self.settle();
    }

    /// Puts text, cleaned, in the place of a part of it, with the cursor behind what is new.
    pub fn splice(&mut self, part: Range<usize>, text: &str) {
        if self.text.get(part.clone()).is_some() {
            self.text.replace_range(part.clone(), "");
            self.cursor = part.start;
            self.insert(text);
        }
    }

    /// Does what an editing key asks for; `false` where the key edits nothing.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.code(), key.ctrl(), key.alt()) {
            // What begins with a blank goes on with what is there.
            (Code::Char(c), false, false) if self.is_selected && c != ' ' => self.replace(&c.to_string()),
            (Code::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (Code::Enter, false, true) | (Code::Char('j'), true, false) if !self.one_line => {
                self.insert("\n")
            }
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => self.cut(self.before()),
            (Code::Delete, false, false) | (Code::Char('d'), true, false) => self.cut(self.after()),
            (Code::Char('w'), true, false) | (Code::Backspace, _, _) => self.cut(self.word_before()),
            (Code::Char('d'), false, true) | (Code::Delete, _, _) => self.cut(self.word_after()),
            (Code::Char('u'), true, false) => self.cut(self.line_start()),
            (Code::Char('k'), true, false) => self.cut(self.line_end()),
            _ => return self.motion(key),
        }
        true
    }

    /// Takes note of how wide the rows are on which it is shown.
    pub(super) fn shown_in(&mut self, width: usize) {
        self.width = Some(width).filter(|width| *width > 0);
    }

    /// Moves the cursor a row up; `false` on the first.
    pub fn up(&mut self) -> bool {
        self.go_by(-1)
    }

    /// Moves the cursor a row down; `false` on the last.
    pub fn down(&mut self) -> bool {
        self.go_by(1)
    }

    fn go_by(&mut self, by: isize) -> bool {
        if self.one_line {
            return false;
        }
        let rows = rows(&self.text, self.width.unwrap_or(ENDLESS).max(2));
        let row = rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or(0);
        let to = row.checked_add_signed(by).and_then(|to| rows.get(to));
        let Some(to) = to.cloned() else { return false };
        let column = display::width(&self.text[rows[row].start..self.cursor]);
        // Behind the last character of a row that goes on, the cursor stands on the next.
        let goes_on = rows.iter().any(|next| next.start == to.end && next.start > to.start);
        self.cursor = self.column_of(to.clone(), column);
        if goes_on && self.cursor == to.end {
            self.cursor = self.before().max(to.start);
        }
        true
    }

    fn motion(&mut self, key: Key) -> bool {
        self.cursor = match (key.code(), key.ctrl(), key.alt()) {
            (Code::Left, false, false) | (Code::Char('b'), true, false) => self.before(),
            (Code::Right, false, false) | (Code::Char('f'), true, false) => self.after(),
            (Code::Left, _, _) | (Code::Char('b'), false, true) => self.word_before(),
            (Code::Right, _, _) | (Code::Char('f'), false, true) => self.word_after(),
            (Code::Home, true, _) => 0,
            (Code::End, true, _) => self.text.len(),
            (Code::Home, ..) | (Code::Char('a'), true, false) => self.line_start(),
            (Code::End, ..) | (Code::Char('e'), true, false) => self.line_end(),
            _ => return false,
        };
        self.is_selected = false;
        true
    }

    /// Cuts out what stands between the cursor and `to`.
    fn cut(&mut self, to: usize) {
        let (start, end) = (self.cursor.min(to), self.cursor.max(to));
        self.text.replace_range(start..end, "");
        self.cursor = start;
        self.is_selected = false;
        self.settle();
    }

    /// Moves a cursor that a joined grapheme swallowed to that grapheme's end.
    fn settle(&mut self) {
        let mut at = GraphemeCursor::new(self.cursor, self.text.len(), true);
        if !at.is_boundary(&self.text, 0).unwrap_or(true) {
            self.cursor = self.after();
        }
    }

    fn before(&self) -> usize {
        let mut at = GraphemeCursor::new(self.cursor, self.text.len(), true);
        at.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn after(&self) -> usize {
        let mut at = GraphemeCursor::new(self.cursor, self.text.len(), true);
        at.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn word_before(&self) -> usize {
        let mut words = self.text[..self.cursor].unicode_word_indices();
        words.next_back().map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let mut words = self.text[self.cursor..].unicode_word_indices();
        words.next().map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    /// The offset in a row that stands at this column of it, or at its end.
    fn column_of(&self, row: Range<usize>, column: usize) -> usize {
        let mut taken = 0;
        let mut line = self.text[row.clone()].grapheme_indices(true);
        let past = line.find(|(_, grapheme)| {
            taken += display::width(grapheme);
            taken > column
        });
        past.map_or(row.end, |(at, _)| row.start + at)
    }

    /// The text as it may go on at the cursor.
    fn clean(&self, text: &str) -> String {
        let lines = without_sequences(text).replace("\r\n", "\n").replace('\r', "\n");
        let blank = |c| if c == '\t' || (c == '\n' && self.one_line) { ' ' } else { c };
        let lines: String = lines.chars().map(blank).collect();
        display::cleaned(&self.text[..self.cursor], &lines)
    }

    /// Cuts what has become of the characters between two offsets where they are longer than any is shown.
    fn cut_floods(&mut self, from: usize, to: usize) {
        let start = self.text[..from].rfind('\n').map_or(0, |at| at + 1);
        let whole = |line| display::whole(line).into_owned();
        let lines = self.text[start..to].split('\n').map(whole).collect::<Vec<_>>().join("\n");
        self.text.replace_range(start..to, &lines);
        self.cursor = start + lines.len();
    }
}

/// The text without what terminals are told between its characters, such as colours: copied from a terminal, it may hold
/// that. A sequence that does not end is none.
fn without_sequences(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\x1b') {
        said.push_str(before);
        rest = sequence(after).map_or(after, |length| &after[length..]);
    }
    said + rest
}

/// How long the sequence is that an escape begins, without the escape.
fn sequence(text: &str) -> Option<usize> {
    match text.bytes().next()? {
        b'[' => Some(text[1..].find(|c| matches!(c, '@'..='~'))? + 2),
        b']' | b'P' | b'X' | b'^' | b'_' => {
            let ends = ["\x07", "\x1b\\"].map(|end| text.find(end).map(|at| at + end.len()));
            ends.into_iter().flatten().min()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::typed::typed as typed_keys;
    use super::*;

    fn typed(keys: &str) -> Input {
        let mut input = Input::many_lines();
        for key in typed_keys(keys).expect("keys") {
            assert!(input.key(key), "{key} edits");
        }
        input
    }

    /// Who looks for something else would have to rub out what was looked for before, and who narrows it type it again.
    #[test]
    fn typing_replaces_a_selected_text_and_every_other_key_goes_on_with_it() {
        let after = |keys: &str| {
            let mut input = Input::one_line("old one").selected();
            typed_keys(keys).expect("keys").into_iter().for_each(|key| {
                input.key(key);
            });
            shown(&input)
        };
        assert_eq!(after("new"), "new|");
        assert_eq!(after("<Space>x"), "old one x|");
        assert_eq!(after("<Left>x"), "old onx|e");
        assert_eq!(after("<End>x"), "old onex|");
        assert_eq!(after("<Backspace>x"), "old onx|");
        assert_eq!(after("<Ctrl-w>x"), "old x|");
        assert_eq!(after("<F2>x"), "x|", "what edits nothing leaves it selected");
        let mut pasted = Input::one_line("old").selected();
        pasted.paste("new");
        pasted.paste("er");
        assert_eq!(shown(&pasted), "newer|");
        assert!(!Input::one_line("").selected().is_selected());
    }

    /// Renders the text with the cursor as `|`.
    fn shown(input: &Input) -> String {
        let (before, after) = input.text().split_at(input.cursor());
        format!("{before}|{after}")
    }

    #[test]
    fn keys_edit_at_the_cursor() {
        assert_eq!(shown(&typed("abc<Left><Backspace>x")), "ax|c");
        assert_eq!(shown(&typed("one two<Ctrl-w>x")), "one x|");
        assert_eq!(shown(&typed("one<Space>two<Ctrl-Left><Ctrl-k>")), "one |");
        assert_eq!(shown(&typed("one<Alt-Enter>two<Ctrl-a>x")), "one\nx|two");
        assert_eq!(shown(&typed("one<Alt-Enter>two<Ctrl-u>")), "one\n|");
        assert_eq!(shown(&typed("one two<Ctrl-Home><Alt-f>!")), "one!| two");
        assert_eq!(shown(&typed("abc<Home><Delete>")), "|bc");
    }

    #[test]
    fn a_grapheme_is_one_step_however_many_characters_it_has() {
        let mut input = Input::many_lines();
        input.insert("a👩‍💻e\u{301}");
        for expected in ["a👩‍💻|e\u{301}", "a|👩‍💻e\u{301}", "|a👩‍💻e\u{301}"] {
            input.key(Key::plain(Code::Left));
            assert_eq!(shown(&input), expected);
        }
        input.key(Key::plain(Code::End));
        input.key(Key::plain(Code::Backspace));
        assert_eq!(shown(&input), "a👩‍💻|");
    }

    #[test]
    fn a_paste_brings_no_control_characters() {
        let mut input = Input::many_lines();
        input.insert("one\r\ntwo\x1b[31m\u{202E}\tred\0");
        assert_eq!(input.text(), "one\ntwo red");
        assert_eq!(Input::one_line("a\nb").text(), "a b");
    }

    /// The halves of colours would stand in the report's log.
    #[test]
    fn a_paste_from_a_terminal_leaves_its_colours_and_links_behind() {
        let pasted = |text: &str| Input::one_line(text).text().to_owned();
        assert_eq!(pasted("\x1b[1;31mE   assert\x1b[0m 1 == 2"), "E   assert 1 == 2");
        assert_eq!(pasted("see \x1b]8;;https://x.example\x1b\\here\x1b]8;;\x07 now"), "see here now");
        assert_eq!(pasted("a\x1b[31"), "a[31", "what does not end is no sequence");
        assert_eq!(pasted("a[31m and \x1bb"), "a[31m and b");
    }

    #[test]
    fn up_and_down_keep_the_column_and_stop_at_the_ends() {
        let mut input = Input::many_lines();
        input.insert("日本語\nab\nlonger");
        assert!(input.up());
        assert_eq!(shown(&input), "日本語\nab|\nlonger");
        assert!(input.up());
        assert_eq!(shown(&input), "日|本語\nab\nlonger");
        assert!(!input.up());
        assert!(input.down() && input.down());
        assert!(!input.down());
    }

    /// The beginning of a long paragraph could not be reached.
    #[test]
    fn up_and_down_go_by_the_rows_that_are_shown() {
        let mut input = Input::many_lines();
        input.insert("one two three four\nfive six");
        input.shown_in(9);
        let mut shown_at = |step: fn(&mut Input) -> bool| (step(&mut input), shown(&input));
        for row in [
            "one two three four|\nfive six",
            "one two thre|e four\nfive six",
            "one |two three four\nfive six",
        ] {
            assert_eq!(shown_at(Input::up), (true, row.to_owned()));
        }
        assert!(!shown_at(Input::up).0);
        for row in [
            "one two thre|e four\nfive six",
            "one two three four|\nfive six",
            "one two three four\nfive| six",
        ] {
            assert_eq!(shown_at(Input::down), (true, row.to_owned()));
        }
        assert!(!shown_at(Input::down).0);
    }
}
