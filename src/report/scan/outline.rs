//! A sink that keeps everything, in document order: for single bugs, not for whole reports.

use super::mark::{Block, Heading, Item, Place, Row, Sink, Table};
use crate::text::span::Span;

/// How many bytes lie between two marks of a usual bug: there is room for the marks of most before they are found.
const BETWEEN: usize = 32;

/// For how many marks there is room at most before they are found.
const MOST: usize = 256;

/// What a mark of an [`Outline`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading of this level.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Whether it is underlined.
        setext: bool,
    },
    /// A thematic break.
    Rule,
    /// A table; its text is the header row, its rows follow.
    Table {
        /// How many columns it has.
        columns: u32,
    },
    /// A row of the body of the table before it.
    Row,
    /// A list item; its text starts after its marker and task box, the blocks in it follow.
    Item {
        /// Its bullet or number.
        marker: Span,
        /// The brackets of its task box and whether they are ticked.
        task: Option<(Span, bool)>,
    },
    /// A paragraph.
    Paragraph,
    /// Fenced code.
    Code,
    /// An HTML block.
    Html,
    /// Front matter.
    FrontMatter,
}

/// A block of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: Kind,
    /// Its lines, all of them.
    pub lines: Span,
    /// Its text, without blanks around.
    pub text: Span,
    /// Where it stands.
    pub place: Place,
}

/// All marks of a span of a report, sorted by where they start, outer before inner.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    base: &'a [u8],
    marks: Vec<Mark>,
    /// Which marks are items that have not ended.
    items: Vec<usize>,
    /// Which mark is the table that has not ended.
    table: usize,
}

impl<'a> Outline<'a> {
    /// An empty outline, for a scan of `base`.
    pub fn new(base: &'a [u8]) -> Outline<'a> {
        Outline { base, marks: Vec::new(), items: Vec::new(), table: 0 }
    }

    /// The outline of `span` of `base`, scanned as if it were a whole report.
    pub fn of(base: &'a [u8], span: Span) -> Vec<Mark> {
        let marks = Vec::with_capacity((span.len() / BETWEEN).min(MOST));
        let mut outline = Outline { marks, ..Outline::new(base) };
        super::scan_all(base, span, &mut outline);
        outline.into_marks()
    }

    /// The marks kept so far.
    pub fn into_marks(self) -> Vec<Mark> {
        self.marks
    }

    fn keep(&mut self, kind: Kind, lines: Span, text: Span, place: Place) {
        self.marks.push(Mark { kind, lines, text, place });
    }

    fn keep_block(&mut self, kind: Kind, block: Block) {
        self.keep(kind, block.lines, block.text(self.base), block.place);
    }
}

impl Sink for Outline<'_> {
    fn heading(&mut self, heading: Heading) {
        let Heading { lines, text, level, setext, place } = heading;
        self.keep(Kind::Heading { level, setext }, lines, text, place);
    }

    fn rule(&mut self, rule: Block) {
        self.keep_block(Kind::Rule, rule);
    }

    fn table(&mut self, table: Table) {
        self.table = self.marks.len();
        self.keep(Kind::Table { columns: table.columns }, table.lines, table.head, table.place);
    }

    fn row(&mut self, row: Row) {
        self.keep(Kind::Row, row.lines, row.text, row.place);
    }

    fn table_end(&mut self, end: u32) {
        if let Some(table) = self.marks.get_mut(self.table) {
            table.lines.end = end;
        }
    }

    fn item(&mut self, item: Item) {
        self.items.push(self.marks.len());
        let start = item.task.map_or(item.marker.end, |(task, _)| task.end);
        let kind = Kind::Item { marker: item.marker, task: item.task };
        self.keep(kind, item.lines, Span::empty(start), item.place);
    }

    fn item_end(&mut self, end: u32) {
        let Some(item) = self.items.pop().and_then(|at| self.marks.get_mut(at)) else { return };
        item.lines.end = end;
        item.text = Span::new(item.text.start, end).trim(self.base);
    }

    fn paragraph(&mut self, paragraph: Block) {
        self.keep_block(Kind::Paragraph, paragraph);
    }

    fn code(&mut self, code: Block) {
        self.keep_block(Kind::Code, code);
    }

    fn html(&mut self, html: Block) {
        self.keep_block(Kind::Html, html);
    }

    fn front_matter(&mut self, lines: Span) {
        self.keep(Kind::FrontMatter, lines, lines.trim(self.base), Place::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each mark as its kind's letter, its depth, its lines and its text.
    fn told(base: &str) -> Vec<(char, u32, &str, &str)> {
        let letter = |kind| match kind {
            Kind::Heading { .. } => 'H',
            Kind::Rule => '-',
            Kind::Table { .. } => 'T',
            Kind::Row => 'R',
            Kind::Item { .. } => 'I',
            Kind::Paragraph => 'P',
            Kind::Code => 'C',
            Kind::Html => '<',
            Kind::FrontMatter => 'F',
        };
        let part = |span: Span| &base[span.range()];
        let marks = Outline::of(base.as_bytes(), Span::whole(base.as_bytes())).into_iter();
        marks.map(|mark| (letter(mark.kind), mark.place.depth(), part(mark.lines), part(mark.text))).collect()
    }

    #[test]
    fn a_bug_is_told_with_its_fields_and_where_they_lie() {
        let bug = "### BUG-1: x ###\r\n- **Severity:** P0 -\r\n  ImportError\r\n\r\n- [x] **P1** y\r\n\r\n> Status: a\n\nStatus: b";
        let item = "- **Severity:** P0 -\r\n  ImportError\r\n";
        let text = "**Severity:** P0 -\r\n  ImportError";
        let expected = [
            ('H', 0, "### BUG-1: x ###\r\n", "BUG-1: x"),
            ('I', 0, item, text),
            ('P', 1, item, text),
            ('I', 0, "- [x] **P1** y\r\n", "**P1** y"),
            ('P', 1, "- [x] **P1** y\r\n", "**P1** y"),
            ('P', 1, "> Status: a\n", "Status: a"),
            ('P', 0, "Status: b", "Status: b"),
        ];
        assert_eq!(told(bug), expected);
    }

    #[test]
    fn a_task_box_and_a_marker_are_where_they_stand() {
        let base = b"> 2) [X] done\n";
        let marks = Outline::of(base, Span::whole(base));
        let kind = Kind::Item { marker: Span::new(2, 4), task: Some((Span::new(5, 8), true)) };
        assert_eq!((marks[0].kind, marks[0].place), (kind, Place { quotes: 1, items: 0 }));
    }

    #[test]
    fn a_table_holds_its_rows_and_ends_before_what_follows() {
        let table = "| ID | Level |\n|----|:-----:|\n| 1 | P0 |\n  | 2 | P1 |  \n";
        let expected = [
            ('T', 0, table, "| ID | Level |"),
            ('R', 0, "| 1 | P0 |\n", "| 1 | P0 |"),
            ('R', 0, "  | 2 | P1 |  \n", "| 2 | P1 |"),
            ('-', 0, "---\n", "---"),
        ];
        assert_eq!(told(&format!("{table}---\n")), expected);
    }

    #[test]
    fn nothing_inside_code_html_or_front_matter_is_a_mark() {
        let hidden = "# no\n- no\n";
        let front = format!("---\n{hidden}---\n");
        let code = format!("~~~ info\n{hidden}~~~\n");
        let html = format!("<!--\n{hidden}\n{hidden}-->\n");
        let base = format!("\u{feff}{front}{code}{html}\n    # no\n");
        let kinds: Vec<_> = told(&base).iter().map(|(kind, _, lines, _)| (*kind, *lines)).collect();
        assert_eq!(kinds, [('F', &front[..]), ('C', &code[..]), ('<', &html[..])]);
    }

    /// Each bug of a scanner's export would be nested in the last field of the one before it.
    #[test]
    fn headings_indented_alike_stand_beside_each_other_whatever_lists_lie_between() {
        let tops =
            |base: &str| told(base).iter().filter(|(kind, depth, ..)| (*kind, *depth) == ('H', 0)).count();
        assert_eq!(tops("   ## a\n\n- x\n   - y\n\n   ## b\n- z\n   # c\n"), 3);
        let nested = [
            "## a\n\n- x\n\n   ## b\n",
            "   ## a\n\n- x\n\n  ## b\n",
            "   ## a\n\n- x\n\n   ### b\n",
            "   ## a\n\n- > x\n   ## b\n",
            "   ## a\n\n- ```\n   ## b\n",
            "   ## a\n\n## a\n\n- x\n   ## b\n",
        ];
        nested
            .into_iter()
            .for_each(|text| assert_eq!(tops(text), 1 + text.matches("\n## ").count(), "{text}"));
    }

    #[test]
    fn nesting_has_no_bottom() {
        let depth = 100_000;
        let base = format!("{}x\n{}y\n\n \n", "- ".repeat(depth), ">".repeat(depth));
        let marks = Outline::of(base.as_bytes(), Span::whole(base.as_bytes()));
        let deepest = marks.iter().map(|mark| mark.place).max_by_key(|place| place.items + place.quotes);
        assert_eq!(marks.len(), depth + 2);
        assert_eq!(deepest.map(Place::depth), Some(depth as u32));
    }
}
