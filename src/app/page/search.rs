//! Looking for words on a page: what is typed, where it was found, and which of these places is shown.
//!
//! The lines that match are found beside the desk and come all at once; steps taken before that are made then.
//! There is no way around the ends: the last match stays the last.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Sheet;
use crate::app::Input;
use crate::config::Key;

/// How long what is looked for may be, in characters.
const LONGEST: usize = 256;

/// Words to look for: in either case, unless a capital is among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    chars: Vec<char>,
    folds: bool,
}

impl Needle {
    /// What this text looks for; `None` where it is empty or longer than anybody types.
    pub fn new(text: &str) -> Option<Needle> {
        let chars: Vec<char> = text.chars().collect();
        let folds = !chars.iter().any(|c| c.is_uppercase());
        (1..=LONGEST).contains(&chars.len()).then_some(Needle { chars, folds })
    }

    /// Where it stands in a text, in bytes, from left to right; none overlaps another.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (start, _) in text.char_indices() {
            let is_free = found.last().is_none_or(|last| last.end <= start);
            let length = if is_free { self.length_at(&text[start..]) } else { None };
            found.extend(length.map(|length| start..start + length));
        }
        found
    }

    /// How long it is where the text begins with it.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut chars = text.chars();
        self.chars.iter().all(|wanted| chars.next().is_some_and(|c| self.is(c, *wanted))).then_some(())?;
        Some(text.len() - chars.as_str().len())
    }

    fn is(&self, c: char, wanted: char) -> bool {
        c == wanted || self.folds && c.to_lowercase().eq([wanted])
    }

    /// The lines of a sheet on which it stands; `None` once nobody wants to know any more.
    pub fn seek(&self, sheet: &Sheet, overtaken: &AtomicBool) -> Option<Vec<u32>> {
        let mut hits = Vec::new();
        for at in 0..sheet.len() {
            if overtaken.load(Ordering::Relaxed) {
                return None;
            }
            let text = sheet.line(at).text();
            let is_hit = text.char_indices().any(|(start, _)| self.length_at(&text[start..]).is_some());
            hits.extend(u32::try_from(at).ok().filter(|_| is_hit));
        }
        Some(hits)
    }
}

/// What is looked for on a page.
#[derive(Debug, Default)]
pub struct Search {
    /// What is being typed, while it is.
    pub input: Option<Input>,
    needle: Option<Needle>,
    /// The lines that match; `None` until they are known.
    hits: Option<Vec<u32>>,
    /// Which of them is shown.
    at: usize,
    /// Where to look from, and the steps to be taken once that is found.
    from: (usize, isize),
    generation: u64,
    overtaken: Arc<AtomicBool>,
}

impl Drop for Search {
    fn drop(&mut self) {
        self.overtaken.store(true, Ordering::Relaxed);
    }
}

impl Search {
    /// Whether something is looked for.
    pub fn is_on(&self) -> bool {
        self.input.is_some() || self.needle.is_some()
    }

    /// Whether the line that is to be shown is not known yet.
    pub(crate) fn is_seeking(&self) -> bool {
        self.needle.is_some() && self.hits.is_none()
    }

    /// What is looked for.
    pub fn needle(&self) -> Option<&Needle> {
        self.needle.as_ref()
    }

    /// The line that is shown.
    pub fn line(&self) -> Option<usize> {
        self.hits.as_ref()?.get(self.at).map(|line| *line as usize)
    }

    /// `3/17`, `searching …` or `not found`; empty where nothing is looked for.
    pub fn said(&self) -> String {
        match (&self.needle, &self.hits) {
            (None, _) => String::new(),
            (Some(_), None) => "searching …".to_owned(),
            (Some(_), Some(hits)) if hits.is_empty() => "not found".to_owned(),
            (Some(_), Some(hits)) => format!("{}/{}", self.at + 1, hits.len()),
        }
    }

    /// Asks under this number: what is to be looked for, until the flag says that it no longer is.
    pub(crate) fn ask(&mut self, generation: u64) -> Option<(Needle, Arc<AtomicBool>)> {
        self.overtaken.store(true, Ordering::Relaxed);
        (self.generation, self.overtaken) = (generation, Arc::default());
        Some((self.needle.clone()?, Arc::clone(&self.overtaken)))
    }

    pub(super) fn open(&mut self) {
        self.clear();
        self.input = Some(Input::one_line(""));
    }

    pub(crate) fn clear(&mut self) {
        let generation = self.generation;
        *self = Search::default();
        self.generation = generation;
    }

    pub(super) fn close(&mut self) {
        self.input = None;
    }

    /// Types a key; `true` where something else is to be looked for, from a line on.
    pub(super) fn typed(&mut self, key: Key, from: usize) -> bool {
        self.input.as_mut().is_some_and(|input| input.key(key)) && self.retyped(from)
    }

    /// Takes what was typed; `true` where it is something else than before.
    pub(super) fn retyped(&mut self, from: usize) -> bool {
        let needle = self.input.as_ref().and_then(|input| Needle::new(input.text()));
        if needle == self.needle {
            return false;
        }
        let from = if self.needle.is_some() { self.from.0 } else { from };
        (self.needle, self.hits, self.at, self.from) = (needle, None, 0, (from, 0));
        true
    }

    /// Begins anew with what is looked for, on other lines than those that it was looked for on.
    pub(crate) fn forget_hits(&mut self) {
        (self.hits, self.from) = (None, (0, 0));
    }

    /// Takes what was found; `true` where it was asked for last.
    pub(super) fn found(&mut self, generation: u64, hits: &[u32]) -> bool {
        if generation != self.generation || self.needle.is_none() {
            return false;
        }
        let (line, steps) = self.from;
        let first = hits.partition_point(|hit| (*hit as usize) < line);
        let last = hits.len().saturating_sub(1);
        self.at = first.min(last).saturating_add_signed(steps).min(last);
        self.hits = Some(hits.to_vec());
        true
    }

    /// Goes so many matches on; `true` where one is shown.
    pub(super) fn step(&mut self, by: isize) -> bool {
        let Some(hits) = &self.hits else {
            self.from.1 += by;
            return false;
        };
        self.at = self.at.saturating_add_signed(by).min(hits.len().saturating_sub(1));
        !hits.is_empty()
    }
}
