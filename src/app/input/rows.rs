//! A typed text as the rows on which it is shown: broken at words, and within them where they are too long.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::display;

/// Where the rows of a text begin and end; there is one at least.
pub fn rows(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        while let Some(over) = overflow(&text[start..end], width) {
            let blank = text[start..start + over].rfind(' ').map(|at| at + 1);
            let cut = start + blank.unwrap_or(over);
            rows.push(start..cut);
            start = cut;
        }
        rows.push(start..end);
        start = end + 1;
    }
    rows
}

/// The offset of the first grapheme that does not fit; blanks at the end always do.
fn overflow(line: &str, width: usize) -> Option<usize> {
    let start = &line.as_bytes()[..line.len().min(width + 2)];
    if start.is_ascii() {
        let blanks = start.iter().skip(width).take_while(|byte| **byte == b' ').count();
        let over = width + blanks;
        if over < start.len() {
            return Some(over);
        }
        if start.len() == line.len() {
            return None;
        }
    }
    let mut taken = 0;
    let mut graphemes = line.grapheme_indices(true);
    let over = graphemes.find(|(_, grapheme)| {
        taken += display::width(grapheme);
        taken > width && *grapheme != " "
    });
    over.map(|(at, _)| at).filter(|at| *at > 0)
}
