//! The YAML of a way back: which bytes of the report give way, and to what.
//!
//! Written after everything that a person reads, in lines that are short where little changes. A way that cannot be
//! made out is none, and the entry is read all the same.

use std::fmt::Write;

use rayon::prelude::*;
use serde::Deserialize;

use super::scalar::quoted;
use crate::text::edit::{Edit, Piece};
use crate::text::{Span, WayBack};

/// How many pieces are written together on one core: an edit to which all that moved comes has most of them.
const TOGETHER: usize = 1 << 12;

/// About how many bytes one of them takes.
const LENGTH: usize = 20;

/// Appends the member of an entry that a way is.
pub(super) fn put(out: &mut String, way: &WayBack) {
    writeln!(out, "back:\n  of: {}\n  edits:", quoted(way.of())).expect(SAFE);
    way.edits().iter().for_each(|edit| put_edit(out, edit));
}

/// `  - {at: 812, cut: 40, put: ["P0", [1200, 96]]}`: what is put are texts, and stretches by their place and length.
fn put_edit(out: &mut String, Edit { span, pieces }: &Edit) {
    write!(out, "  - {{at: {}, cut: {}, put: [", span.start, span.end - span.start).expect(SAFE);
    out.extend(pieces.par_chunks(TOGETHER).map(texts).collect::<Vec<String>>());
    if !pieces.is_empty() {
        out.truncate(out.len() - ", ".len());
    }
    out.push_str("]}\n");
}

/// Some pieces, each with a comma behind it.
fn texts(pieces: &[Piece]) -> String {
    let (mut out, mut known) = (Vec::with_capacity(pieces.len() * LENGTH), Known::default());
    for piece in pieces {
        match piece {
            Piece::Kept(span) => {
                out.push(b'[');
                put_number(&mut out, span.start);
                out.extend_from_slice(b", ");
                put_number(&mut out, span.end - span.start);
                out.push(b']');
            }
            Piece::New(bytes) => out.extend_from_slice(known.quoted(bytes).as_bytes()),
        }
        out.extend_from_slice(b", ");
    }
    String::from_utf8(out).expect("digits and what is quoted are text")
}

/// The last bytes of some lengths, and how they are quoted: what is put back are the same few words and separators.
#[derive(Default)]
struct Known<'p>([(&'p [u8], String); 8]);

impl<'p> Known<'p> {
    fn quoted(&mut self, bytes: &'p [u8]) -> &str {
        let place = bytes.len() % self.0.len();
        let known = &mut self.0[place];
        if known.0 != bytes || bytes.is_empty() {
            *known = (bytes, quoted(&String::from_utf8_lossy(bytes)));
        }
        &known.1
    }
}

/// Appends a number; a way has millions, and formatting takes five times as long.
fn put_number(out: &mut Vec<u8>, number: u32) {
    let (mut digits, mut rest) = ([b'0'; 10], number);
    let mut first = digits.len();
    while rest > 0 || first == digits.len() {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits[first..]);
}

/// Whether a way can be written as YAML: all that it puts back is text.
pub(super) fn is_text(way: &WayBack) -> bool {
    let mut pieces = way.edits().iter().flat_map(|edit| &edit.pieces);
    pieces.all(|piece| !matches!(piece, Piece::New(bytes) if std::str::from_utf8(bytes).is_err()))
}

const SAFE: &str = "writing to a string does not fail";

/// A way as it stands in the file.
#[derive(Deserialize)]
pub(super) struct BackText {
    of: String,
    edits: Vec<EditText>,
}

#[derive(Deserialize)]
struct EditText {
    at: u32,
    cut: u32,
    put: Vec<PieceText>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PieceText {
    Text(String),
    Stretch((u32, u32)),
}

impl BackText {
    /// The way that it is; `None` where it cannot be one.
    pub(super) fn way(self) -> Option<WayBack> {
        let edits: Option<Vec<Edit>> = self.edits.into_iter().map(edit).collect();
        WayBack::noted(self.of, edits?)
    }
}

fn edit(text: EditText) -> Option<Edit> {
    let pieces = text.put.into_iter().map(|piece| match piece {
        PieceText::Text(text) => Some(Piece::new(text)),
        PieceText::Stretch((at, length)) => Some(Piece::Kept(stretch(at, length)?)),
    });
    Some(Edit { span: stretch(text.at, text.cut)?, pieces: pieces.collect::<Option<_>>()? })
}

fn stretch(at: u32, length: u32) -> Option<Span> {
    Some(Span::new(at, at.checked_add(length)?))
}
