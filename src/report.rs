//! The report under triage: its bytes, and what stands where in them.
//!
//! A [`Report`] is an index into bytes that it never changes and never copies: bugs, sections and
//! claims are spans. Any bytes give a report, perhaps without bugs; [`audit`](audit()) finds what
//! does not fit together in it. What changes it are [`Change`]s, which [`render::edits`] turns into edits of the original bytes.

pub mod audit;
pub mod bug;
pub mod change;
pub mod claim;
mod denial;
mod dialect;
mod edited;
mod entry;
pub mod evidence;
pub mod field;
mod further;
mod giant;
mod glimpse;
mod handle;
mod index;
mod inline;
mod item;
mod joint;
mod layout;
mod lines;
mod loose;
mod mention;
mod named;
mod note;
pub mod paragraph;
mod part;
mod plain;
pub mod render;
mod run;
mod said;
mod scale;
pub mod scan;
pub mod section;
mod separator;
mod series;
pub mod shape;
mod site;
mod skipped;
mod status;
mod stretch;
mod table;
mod tested;
mod topic;
mod vacant;
mod values;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

pub use audit::{Finding, audit};
pub use bug::{Bug, BugIx, Form, Source};
pub use change::{Annotate, Change, Moving, Restated, To, Writing};
pub use claim::{Claim, ClaimIx, Count, Counts, Documented, Of, Place};
pub use edited::{Edited, Kept, Untouched};
pub use evidence::{Evidence, evidence};
pub use field::Field;
pub use further::{Further, Told, sum_of};
use index::Index;
pub use layout::Why;
pub use paragraph::Paragraph;
pub use section::{Section, SectionIx};
pub use shape::Shape;
pub(crate) use table::unescaped;
pub use values::{Unplaced, Values};

use crate::methodology::{Joints, LevelId, Methodology, StatusId, Tongue};
use crate::text::fetch::{TOGETHER, fetch};
use crate::text::letters::{LOOKED_AT, letters};
use crate::text::{Bytes, Span, lossy};

/// What stands between words, such as a value or those of a title, and a remark about them.
const REMARKS: [&str; 4] = [" - ", " – ", " — ", ": "];

/// How much of a file is looked at to tell whether it is text, in bytes.
const HEAD: usize = 8 * 1024;

/// What ends a clause of a value; a name may begin behind it.
const CLAUSES: [&str; 3] = [". ", "; ", ", "];

/// One place where a bug's severity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// What sort of place.
    pub source: Source,
    /// The bytes that name the level.
    pub span: Span,
    /// The level they name; `None` for a word that the methodology does not know.
    pub level: Option<LevelId>,
}

/// A report, read.
#[derive(Clone, Debug)]
pub struct Report {
    base: Bytes,
    /// The methodology that it is to be read with, whatever its scale.
    given: Arc<Methodology>,
    methodology: Arc<Methodology>,
    bugs: Vec<Bug>,
    plain: plain::Plain,
    repeats: handle::Repeats,
    /// Made when a bug is first asked for by its handle.
    finder: OnceLock<handle::Finder>,
    letters: OnceLock<Vec<u64>>,
    /// Made when field names are first asked for.
    named: OnceLock<Vec<String>>,
    /// Told when a word of another language is first written.
    tongue: OnceLock<Tongue>,
    /// Whether names of fields are written in that, told when one is first written.
    labels: OnceLock<bool>,
    /// Whether bugs are in another language, told when one first changes.
    mixed: OnceLock<bool>,
    /// Whether scopes of bugs are in English, told when one is first written.
    scoped: OnceLock<bool>,
    /// Looked up when a status is first written.
    listed: OnceLock<Vec<(StatusId, String)>>,
    giants: giant::Giants,
    sections: Vec<Section>,
    claims: Vec<Claim>,
    mentions: Vec<mention::Mention>,
    tables: Vec<loose::BugTable>,
    shapes: Vec<Shape>,
    lines: lines::Lines,
}

/// Reading.
impl Report {
    /// Reads a report of less than 4 GiB. Never fails: what cannot be made sense of is left alone.
    pub fn parse(base: Bytes, methodology: &Arc<Methodology>) -> Report {
        let scaled = scale::of(&base, methodology);
        let (index, lines) = Index::of(&base, &scaled);
        let repeats = handle::repeats(&base, &index.bugs);
        Report::of(base, (methodology, scaled), index, (repeats, lines))
    }

    fn of(
        base: Bytes,
        (given, methodology): (&Arc<Methodology>, Arc<Methodology>),
        index: Index,
        (repeats, lines): (handle::Repeats, lines::Lines),
    ) -> Report {
        let Index { bugs, plain, sections, claims, likely, mentions, tables, shapes, .. } = index;
        let giants = giant::Giants::of(&bugs);
        let mut report = Report {
            base,
            giants,
            given: Arc::clone(given),
            methodology,
            bugs,
            plain,
            repeats,
            finder: OnceLock::new(),
            letters: OnceLock::new(),
            named: OnceLock::new(),
            tongue: OnceLock::new(),
            labels: OnceLock::new(),
            mixed: OnceLock::new(),
            scoped: OnceLock::new(),
            listed: OnceLock::new(),
            sections,
            claims,
            mentions,
            tables,
            shapes,
            lines,
        };
        if !likely.is_empty() {
            report.claims.extend(claim::confirmed(&report, likely));
            report.claims.sort_by_key(|claim| claim.span);
            report.claims.dedup_by_key(|claim| claim.span);
        }
        report
    }

    /// The bytes, as they were given.
    pub fn base(&self) -> &Bytes {
        &self.base
    }

    /// Whether it looks like text, by how it begins: no Markdown has a byte of zero.
    pub fn is_text(&self) -> bool {
        memchr::memchr(0, &self.base[..self.base.len().min(HEAD)]).is_none()
    }

    /// The methodology whose words it was read with: that which was given, in the scale of the report.
    pub fn methodology(&self) -> &Arc<Methodology> {
        &self.methodology
    }

    /// Whether an earlier bug is called the same.
    pub fn is_repeated(&self, bug: BugIx) -> bool {
        self.repeats.contains_key(&bug)
    }

    /// The numbers that the report states about its bugs.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// What it tells of the language that it is in.
    fn tongue(&self) -> &Tongue {
        self.tongue.get_or_init(|| Tongue::of(&self.base))
    }

    /// The statuses that it lists outside its bugs, with its words for each.
    fn listed_statuses(&self) -> &[(StatusId, String)] {
        self.listed.get_or_init(|| dialect::listed(self))
    }

    /// The sections, in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// What was recognised in it, the most frequent first.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// Its tables whose rows are bugs or speak of bugs, as the offset of each and the number of its rows that
    /// speak of bugs standing elsewhere.
    pub fn tables(&self) -> impl Iterator<Item = (u32, usize)> {
        let mentions =
            |span: Span| self.mentions.iter().filter(move |mention| span.covers(mention.row)).count();
        self.tables.iter().map(move |table| (table.span.start, mentions(table.span)))
    }

    /// The 1-based line that an offset stands on.
    pub fn line_of(&self, at: u32) -> usize {
        self.lines.number(&self.base, at)
    }
}

/// Bugs.
impl Report {
    /// How many bugs it has.
    pub fn len(&self) -> usize {
        self.bugs.len()
    }

    /// Whether it has no bug.
    pub fn is_empty(&self) -> bool {
        self.bugs.is_empty()
    }

    /// Its bugs in document order, by index.
    pub fn indexes(&self) -> impl DoubleEndedIterator<Item = BugIx> + ExactSizeIterator + use<> {
        (0..self.bugs.len() as u32).map(BugIx)
    }

    /// Where the parts of its bugs stand, in document order.
    pub fn bugs(&self) -> &[Bug] {
        &self.bugs
    }

    /// Where the parts of a bug stand.
    pub fn bug(&self, bug: BugIx) -> &Bug {
        &self.bugs[bug.at()]
    }

    /// The whole entry of a bug, from its heading to its last line.
    pub fn block(&self, bug: BugIx) -> &[u8] {
        self.bug(bug).block.of(&self.base)
    }

    /// What the row says that a bug is, where that is not what is written: bars in its cells have a backslash before them.
    pub fn row_text(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        let block = self.bug(bug).block;
        let is_escaped = || memchr::memmem::find(block.of(&self.base), b"\\|").is_some();
        (self.bug(bug).form == Form::Row && is_escaped()).then(|| table::unescaped(self.text(block)))
    }

    /// The id as written; `None` for a bug without one.
    pub fn id(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.written(self.bug(bug).id)
    }

    /// What commands and logs call a bug: its id, or what stands in for it; where an earlier bug is called
    /// so already, with its number behind it: `BUG-003#2`.
    pub fn handle(&self, bug: BugIx) -> Cow<'_, str> {
        let name = self.name(bug);
        match self.repeats.get(&bug) {
            Some(nth) => format!("{name}#{nth}").into(),
            None => name,
        }
    }

    /// The same without that number.
    pub fn name(&self, bug: BugIx) -> Cow<'_, str> {
        handle::name(&self.base, self.bug(bug))
    }

    /// Whether any two bugs have the same name.
    pub fn has_twins(&self) -> bool {
        !self.repeats.is_empty()
    }

    /// Whether another bug has the same name.
    pub fn is_twin(&self, bug: BugIx) -> bool {
        !self.repeats.is_empty()
            && (self.repeats.contains_key(&bug) || {
                let name = self.name(bug);
                self.repeats.keys().any(|other| self.name(*other) == name)
            })
    }

    /// The bugs that have the same name as another, in document order. Takes time in the number of bugs only where there
    /// are any.
    pub fn twins(&self) -> Vec<BugIx> {
        let names: HashSet<Cow<'_, str>> = self.repeats.keys().map(|bug| self.name(*bug)).collect();
        let bugs = self.indexes().filter(|_| !names.is_empty());
        bugs.filter(|bug| names.contains(&self.name(*bug))).collect()
    }

    /// The bytes of a bug's id and its title as they stand, where its handle is its id and its title is what stands there.
    pub fn written_name(&self, bug: BugIx) -> Option<(&[u8], &[u8])> {
        let (own, id) = (self.bug(bug), self.written_handle(bug)?);
        let title = own.title.of(&self.base);
        let is_said = || match own.form {
            Form::Row => memchr::memchr(b'\\', title).is_none(),
            _ => !is_wrapped(title),
        };
        is_said().then_some((id, title))
    }

    /// The bytes of a bug's id as they stand, where its handle is that.
    pub fn written_handle(&self, bug: BugIx) -> Option<&[u8]> {
        let id = self.bug(bug).id;
        let is_handle = !id.is_empty() && (self.repeats.is_empty() || !self.repeats.contains_key(&bug));
        is_handle.then(|| id.of(&self.base))
    }

    /// Which [`letters`](crate::text::letters) handle and title of each bug have, once that was asked for.
    pub fn letters(&self) -> Option<&[u64]> {
        self.letters.get().map(Vec::as_slice)
    }

    /// Finds out which letters handle and title of each bug have, as far as a filter looks at them. It takes as long as
    /// a search, and spares most of those that come after it.
    pub fn find_letters(&self) {
        let of = |bug| {
            let title = self.bug(bug).title.of(&self.base);
            let title = if is_wrapped(title) {
                self.title(bug).into_owned().into_bytes().into()
            } else {
                Cow::Borrowed(title)
            };
            letters(self.handle(bug).as_bytes()) | letters(&title[..title.len().min(LOOKED_AT)])
        };
        let some = |bugs: Range<u32>| {
            self.fetch_names(bugs.clone().map(BugIx));
            bugs.map(|bug| of(BugIx(bug)))
        };
        let count = self.len() as u32;
        let starts = (0..count).into_par_iter().step_by(TOGETHER);
        let all = || starts.flat_map_iter(|from| some(from..count.min(from + TOGETHER as u32))).collect();
        self.letters.get_or_init(all);
    }

    /// Has ids and titles of a few bugs brought from memory, so that looking at one after the other does not wait for each.
    pub(crate) fn fetch_names(&self, bugs: impl Iterator<Item = BugIx>) {
        fetch(&self.base, bugs.map(|bug| self.bug(bug)).flat_map(|own| [own.id.start, own.title.end]));
    }

    /// The bugs that are such by id or title, in document order, looked for on all cores.
    pub(crate) fn named_such(&self, is_such: impl Fn(&BugIx) -> bool + Sync) -> Vec<BugIx> {
        let count = self.len() as u32;
        let some = |from: u32| {
            let bugs = (from..count.min(from + TOGETHER as u32)).map(BugIx);
            self.fetch_names(bugs.clone());
            bugs.filter(&is_such)
        };
        (0..count).into_par_iter().step_by(TOGETHER).flat_map_iter(some).collect()
    }

    /// The bug that is called so; a first look tries capitals as they are, a second any.
    pub fn find(&self, handle: &str) -> Option<BugIx> {
        let finder = self.finder.get_or_init(|| handle::Finder::of(self));
        let mut found = finder.candidates(handle);
        let is_exact = |bug: &BugIx| self.handle(*bug) == handle;
        let is_alike = |bug: &BugIx| self.handle(*bug).eq_ignore_ascii_case(handle);
        found.clone().find(is_exact).or_else(|| found.find(is_alike))
    }

    /// The bug that is called so, or is in that place: `BUG-7`, `@3`.
    pub fn find_any(&self, called: &str) -> Option<BugIx> {
        self.find(called).or_else(|| BugIx::of_number(called).filter(|bug| bug.at() < self.len()))
    }

    /// The title, inline marks included, on one line.
    pub fn title(&self, bug: BugIx) -> Cow<'_, str> {
        let title = self.said(bug, self.text(self.bug(bug).title));
        if !is_wrapped(title.as_bytes()) {
            return title;
        }
        title
            .split(['\n', '\r'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .into()
    }

    /// How this report writes a status: as its other bugs have it, else in their style.
    pub fn status_words(&self, status: StatusId) -> String {
        self.status_words_like(status, &self.methodology.status(status).name)
    }

    /// The same for a status that was asked for in these words: where the report has several, it is those.
    pub fn status_words_like(&self, status: StatusId, asked: &str) -> String {
        dialect::words_for_status(self, status, asked)
    }

    /// The section a bug stands in.
    pub fn section(&self, bug: BugIx) -> Option<&Section> {
        self.bug(bug).section.map(|section| &self.sections[section.at()])
    }

    fn text(&self, span: Span) -> Cow<'_, str> {
        lossy(span.of(&self.base))
    }

    /// A status that is written as the report has it, in the language of a bug whose own fields are in another.
    pub fn status_in_language_of(&self, bug: BugIx, status: &str) -> Option<String> {
        dialect::status_in_language_of(self, bug, status)
    }

    /// What joins a status in these words to what it is about, as in `DUPLICATE of BUG-1`.
    pub fn joints(&self, words: &str) -> &'static Joints {
        dialect::joints_of(self, words)
    }

    /// What a text of a bug says that stands in the first line of its block.
    fn said<'t>(&self, bug: BugIx, text: Cow<'t, str>) -> Cow<'t, str> {
        if self.bug(bug).form == Form::Row { table::unescaped(text) } else { text }
    }

    fn written(&self, span: Span) -> Option<Cow<'_, str>> {
        (!span.is_empty()).then(|| self.text(span))
    }
}

/// Severity.
impl Report {
    /// The level that the report gives a bug; where its sites disagree, the weightiest site's.
    pub fn level(&self, bug: BugIx) -> Option<LevelId> {
        self.bug(bug).level
    }

    /// The severity as the report writes it: `P0`, `High`; `None` where it does not say.
    pub fn severity(&self, bug: BugIx) -> Option<Cow<'_, str>> {
        self.written(self.bug(bug).severity).map(|word| self.said(bug, word))
    }

    /// The innermost section around a bug that says how severe the bugs in it are.
    pub fn leveled_section(&self, bug: BugIx) -> Option<SectionIx> {
        index::leveled(&self.sections, self.bug(bug).section)
    }
}

/// A value without its remark: `✅ FIXED` of `✅ FIXED - File renamed`, `OPEN` of `**OPEN — again.** Since May`.
pub fn without_remark(value: &str) -> &str {
    match remark_apart(value) {
        (said, "") => said,
        (said, _) => said.strip_prefix("**").filter(|inner| !inner.contains("**")).unwrap_or(said),
    }
}

/// A value and its remark with what sets it off, and with the name that it stands under: `Open` of `Open. Owner: Ada`. Brackets
/// and what is in them are of the value.
pub fn remark_apart(value: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    let mut clause = None;
    let begins = value.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            return None;
        }
        let goes_on = |marks: &[&str]| marks.iter().any(|mark| value[at..].starts_with(mark));
        match byte {
            b'.' | b';' | b',' if goes_on(&CLAUSES) => clause = Some(at),
            b' ' if goes_on(&REMARKS) => return Some(at),
            b':' if goes_on(&REMARKS) => return clause.or(Some(at)),
            _ => {}
        }
        None
    });
    value.split_at(begins.map_or(value.len(), |at| value[..at].trim_end().len()))
}

/// Whether a text stands on several lines.
fn is_wrapped(text: &[u8]) -> bool {
    memchr::memchr2(b'\n', b'\r', text).is_some()
}
