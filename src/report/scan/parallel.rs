//! Scanning on all cores.
//!
//! A report is cut before lines that are ATX headings at column 0. Each chunk is scanned as if nothing
//! were open before it, all at once; in order, and while further ones are scanned, each guess is checked against the state
//! that the chunk before really ends in. Where that is inside a fence, an HTML block or front matter, the chunk is
//! scanned again from there. So no chunk is scanned more than twice, and the marks are those of one scan
//! from start to end, whatever the chunks.

use std::mem::take;

use memchr::memmem::Finder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::heading::atx;
use super::mark::Sink;
use super::state::State;
use super::{finish, scan};
use crate::text::line;
use crate::text::span::Span;

/// How many chunks are scanned before what is in their sinks is taken: so many that all cores are at work, and so few that
/// they take next to no memory.
const TOGETHER: usize = 64;

/// Scans a whole report in chunks of about `chunk` bytes, with a sink made for each by `make`.
///
/// Gives what `read` makes of each sink, while its chunk is near, to `tell` in document order; read one after the other the
/// sinks hold the marks of [`scan_all`](super::scan_all). A mark whose block starts in an earlier chunk is in the sink where it
/// ends.
pub fn scan_parallel<S, T>(
    base: &[u8],
    chunk: u32,
    make: impl Fn() -> S + Sync,
    read: impl Fn(Span, S) -> T + Sync,
    mut tell: impl FnMut(T) + Send,
) where
    S: Sink,
    T: Send,
{
    let scan = |span: Span, before: State| {
        let mut sink = make();
        let after = scan_chunk(base, span, before, &mut sink);
        (read(span, sink), after)
    };
    let mut before = State::default();
    let mut ready = Vec::new();
    for spans in cut(base, chunk).chunks(TOGETHER).chain([&[][..]]) {
        let settle = || {
            for (span, guess) in ready {
                let before = &mut before;
                let (made, after) = if before.yields_to_heading() { guess } else { scan(span, take(before)) };
                *before = after;
                tell(made);
            }
        };
        let guess = |span: &Span| (*span, scan(*span, State::default()));
        ((), ready) = rayon::join(settle, || spans.par_iter().map(guess).collect());
    }
}

/// Scans a chunk, and ends all that is open at the cut or at the end; gives the state there.
fn scan_chunk(base: &[u8], span: Span, before: State, sink: &mut impl Sink) -> State {
    let state = scan(base, span, before, sink);
    let is_last = span.end as usize == base.len();
    if is_last || state.yields_to_heading() {
        finish(base, span.end, state, sink);
        return State::default();
    }
    state
}

/// Spans that lie end to end over the report, each but the first starting at a heading.
fn cut(base: &[u8], chunk: u32) -> Vec<Span> {
    let finder = Finder::new(b"\n#");
    let mut spans = Vec::new();
    let mut start = 0u32;
    while (start as usize) < base.len() {
        let end = heading_after(base, start.saturating_add(chunk), &finder);
        spans.push(Span::new(start, end));
        start = end;
    }
    spans
}

/// The start of the first heading line after an offset, or the end.
fn heading_after(base: &[u8], offset: u32, finder: &Finder<'_>) -> u32 {
    let mut from = (offset as usize).min(base.len());
    while let Some(found) = finder.find(&base[from..]) {
        let start = from + found + 1;
        if atx(line::at(base, start as u32).text.of(base)).is_some() {
            return start as u32;
        }
        from = start;
    }
    base.len() as u32
}
