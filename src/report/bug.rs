//! One entry of a report, as spans into its bytes.

use super::SectionIx;
use crate::methodology::LevelId;
use crate::text::Span;

/// The place of a bug among the bugs of its report, in document order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BugIx(pub u32);

impl BugIx {
    /// As an index into a slice.
    pub fn at(self) -> usize {
        self.0 as usize
    }

    /// What it is called by its place, from 1, as long as no bug goes elsewhere: `@3`.
    pub fn numbered(self) -> String {
        format!("@{}", self.at() + 1)
    }

    /// The one that is called so by its place.
    pub fn of_number(text: &str) -> Option<BugIx> {
        let number: u32 = text.strip_prefix('@')?.parse().ok()?;
        number.checked_sub(1).map(BugIx)
    }
}

/// What an entry is in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A heading and the text below it.
    Heading,
    /// A row of a table.
    Row,
    /// An item of a list.
    Item,
}

impl Form {
    /// The word for it in output: `heading`, `row`, `item`.
    pub fn name(self) -> &'static str {
        match self {
            Form::Heading => "heading",
            Form::Row => "row",
            Form::Item => "item",
        }
    }
}

/// Where a bug's severity was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A field of the bug.
    Field,
    /// Its heading.
    Heading,
    /// The section it stands in.
    Section,
    /// A table row.
    Table,
    /// The decoration of its list item.
    Item,
    /// Its id, as others of a series have it: `H-01`, `HIGH-1`.
    Id,
    /// Nowhere: the report does not say.
    Nothing,
}

impl Source {
    /// The word for it in output: `field`, `heading`, …, `none`.
    pub fn name(self) -> &'static str {
        match self {
            Source::Field => "field",
            Source::Heading => "heading",
            Source::Section => "section",
            Source::Table => "table",
            Source::Item => "item",
            Source::Id => "id",
            Source::Nothing => "none",
        }
    }
}

/// Where the parts of a bug stand. A part that is not there is an empty span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bug {
    /// The whole entry, from its heading to the end of its last line; what separates it from the next is not in.
    pub block: Span,
    /// The offset after its heading.
    pub body: u32,
    /// The id, as written.
    pub id: Span,
    /// The title, without id and severity.
    pub title: Span,
    /// The word that names its severity, at the site that speaks for it.
    pub severity: Span,
    /// The level that word names.
    pub level: Option<LevelId>,
    /// What sort of site that is.
    pub source: Source,
    /// The section that it stands in.
    pub section: Option<SectionIx>,
    /// What it is in Markdown.
    pub form: Form,
}

#[cfg(test)]
mod tests {
    use super::Bug;

    /// A report of a million bugs would take more memory than promised.
    #[test]
    fn a_bug_takes_little_room() {
        assert!(size_of::<Bug>() <= 44, "{}", size_of::<Bug>());
    }
}
