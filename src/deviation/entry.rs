//! One saved decision, in words that outlive the report it was made on.
//!
//! Bugs are named by handle and levels by key, so that an entry can be read without the report and
//! after the methodology has changed.

use compact_str::CompactString;
use jiff::Timestamp;

use super::yaml;
use crate::text::WayBack;
use crate::triage::{Answer, Fact, Kind};

/// A value before and after a decision; `None` where the report states none. Keys of levels take no memory of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FromTo {
    /// Before.
    pub from: Option<CompactString>,
    /// After.
    pub to: Option<CompactString>,
}

impl FromTo {
    /// `P0 → P2`; `–` stands for nothing.
    pub fn said(&self) -> String {
        format!("{} → {}", or_dash(&self.from), or_dash(&self.to))
    }
}

fn or_dash(value: &Option<CompactString>) -> &str {
    value.as_deref().unwrap_or("–")
}

/// One bug of an entry, with the values that the decision touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BugRecord {
    /// The handle of the bug.
    pub id: CompactString,
    /// Its title.
    pub title: String,
    /// Its severity by key of the level; as written where the methodology does not know the word.
    pub severity: Option<FromTo>,
    /// The key of the level that its own words said, where the section that it stood in counted it as another: that is
    /// what `severity` goes from or, where this is taken back, to.
    pub written: Option<CompactString>,
    /// Its scope by key; as written where the methodology would write it otherwise.
    pub scope: Option<FromTo>,
    /// Its status as written, remark included.
    pub status: Option<FromTo>,
    /// Its other fields by name.
    pub fields: Vec<(String, FromTo)>,
    /// Whether its detail had been on screen.
    pub seen: bool,
}

impl BugRecord {
    /// What became of its severity, scope and status: `P0 → P2`, `scope – → configuration`. What was given again is told where
    /// nothing else has changed.
    pub fn moved(&self) -> impl Iterator<Item = String> {
        self.told(self.known()).map(BugRecord::worded)
    }

    /// Whether it tells the same values as that of another bug.
    pub(super) fn tells_as(&self, other: &BugRecord) -> bool {
        let BugRecord { id: _, title: _, seen: _, severity, written, scope, status, fields } = self;
        (severity, written, scope, status) == (&other.severity, &other.written, &other.scope, &other.status)
            && *fields == other.fields
    }

    /// A change in words.
    pub(super) fn worded((name, mark, change): (&str, &'static str, &FromTo)) -> String {
        format!("{name}{mark}{}", change.said())
    }

    /// The same without what it was: `→ P2`, `status → resolved`.
    pub fn moved_to(&self) -> impl Iterator<Item = String> {
        self.told(self.known()).map(|(name, mark, change)| format!("{name}{mark}→ {}", or_dash(&change.to)))
    }

    /// All that became of it, its other fields as `Fix: – → commit 1`.
    pub fn said(&self) -> impl Iterator<Item = String> {
        self.changes().map(BugRecord::worded)
    }

    /// All that became of it, but for what stays where something else does not: a status that was given again along with
    /// a fix.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&str, &'static str, &FromTo)> {
        self.told(self.all())
    }

    /// Those of its changes that are any, unless none is.
    fn told<'a>(
        &'a self,
        changes: impl Iterator<Item = (&'a str, &'static str, &'a FromTo)>,
    ) -> impl Iterator<Item = (&'a str, &'static str, &'a FromTo)> {
        let is_new = |change: &FromTo| change.from != change.to;
        let any = self.all().any(|(_, _, change)| is_new(change));
        changes.filter(move |(_, _, change)| !any || is_new(change))
    }

    fn all(&self) -> impl Iterator<Item = (&str, &'static str, &FromTo)> {
        let fields = self.fields.iter().map(|(name, change)| (name.as_str(), ": ", change));
        self.known().chain(fields)
    }

    /// Its severity, scope and status, each with its name and what goes behind that.
    fn known(&self) -> impl Iterator<Item = (&str, &'static str, &FromTo)> {
        let known = [("", "", &self.severity), ("scope", " ", &self.scope), ("status", " ", &self.status)];
        known.into_iter().filter_map(|(name, mark, change)| Some((name, mark, change.as_ref()?)))
    }
}

/// One claim of an entry, with what the decision made of it. One of a decision about bugs would have come to less than nothing,
/// and says nothing: so much (`from`, below zero) has to go off it again where the decision is taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimRecord {
    /// The 1-based line that it stood on.
    pub line: usize,
    /// What sort of place that is: `table`, `list`, `heading`.
    pub place: String,
    /// The level that it counts, by key; `None` for bugs of any.
    pub level: Option<String>,
    /// The status that it counts, by key; `None` for bugs of any.
    pub status: Option<String>,
    /// The number before, to which decisions that are saved along with this one may have brought it.
    pub from: i64,
    /// The number after.
    pub to: u64,
    /// The number that the report stated before the save, where that is another one than `from`.
    pub reported: Option<u64>,
}

impl ClaimRecord {
    /// What became of it, `P0 22 → 21`, and what the report stated where that does not follow from it.
    pub fn said(&self) -> String {
        let reported = self.reported.map(|number| format!(" (the report said {number} before this save)"));
        format!("{}{}", self.moved(), reported.unwrap_or_default())
    }

    /// `P0 22 → 21`.
    pub fn moved(&self) -> String {
        let whose: Vec<&str> =
            [&self.level, &self.status].into_iter().flatten().map(String::as_str).collect();
        let whose = if whose.is_empty() { "all bugs".to_owned() } else { whose.join(" ") };
        format!("{whose} {} → {}", self.from, self.to)
    }
}

/// A saved decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called: 16 hexadecimal digits that follow from the rest of it.
    pub id: String,
    /// The entries before it: none for the first, two or more after a merge.
    pub prev: Vec<String>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it: `Ada Example <ada@example.org>`.
    pub by: String,
    /// What sort of decision it is.
    pub kind: Kind,
    /// Its bugs in document order.
    pub bugs: Vec<BugRecord>,
    /// Its claims in document order.
    pub claims: Vec<ClaimRecord>,
    /// What it tells of the report as a whole: texts by name, in order; a name can come several times.
    pub details: Vec<(String, String)>,
    /// Why; empty where the methodology let it.
    pub rationale: String,
    /// The deviation rule that it stands under.
    pub rule: Option<u8>,
    /// The suggestion rule that it accepted.
    pub suggestion: Option<String>,
    /// Who proposed it, where it was decided by somebody else.
    pub suggested_by: Option<String>,
    /// What the guards of the policy said of it.
    pub policy: Vec<Answer>,
    /// The entry that it takes back.
    pub reverts: Option<String>,
    /// How the report becomes again what it was before, where its values do not tell that.
    pub way_back: Option<WayBack>,
}

impl Entry {
    /// Of one about the report as a whole the words that say most of it: what it is about, what became of its first claim, or
    /// why it was made.
    pub fn told(&self) -> Option<String> {
        let named = |fact: Fact| self.details.iter().find(|(name, _)| name == fact.name());
        let fact = [Fact::Title, Fact::Task, Fact::Issue].into_iter().find_map(named);
        let told = fact.map(|(_, text)| text.clone()).or_else(|| self.claims.first().map(ClaimRecord::moved));
        told.or_else(|| Some(self.rationale.clone()).filter(|why| !why.trim().is_empty()))
    }

    /// The document that it is in the log, from `---` to its last line end.
    pub fn document(&self) -> String {
        yaml::document(self)
    }
}

#[cfg(test)]
impl Entry {
    /// An entry of this kind that says nothing more, for tests to fill in.
    pub(super) fn bare(kind: Kind) -> Entry {
        Entry {
            id: String::new(),
            prev: Vec::new(),
            at: "2026-02-11T20:25:48Z".parse().expect("a time"),
            by: String::from("Ada Example <ada@example.org>"),
            kind,
            bugs: Vec::new(),
            claims: Vec::new(),
            details: Vec::new(),
            rationale: String::new(),
            rule: None,
            suggestion: None,
            suggested_by: None,
            policy: Vec::new(),
            reverts: None,
            way_back: None,
        }
    }
}
