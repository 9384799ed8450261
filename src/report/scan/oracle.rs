//! The scanner beside pulldown-cmark: on random Markdown both find the same blocks on the same lines.

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::mark::{Block, Heading, Row, Sink, Table};
use super::outline::{Kind, Outline};
use super::{front, scan_parallel};
use crate::text::line::number;
use crate::text::span::Span;

/// A block as both can tell it: what, its first line, and a last line (code), level (headings) or count.
type Fact = (&'static str, usize, usize);

/// What the scanner finds.
fn found(base: &[u8]) -> Vec<Fact> {
    let fact = |mark: super::Mark| {
        let first = number(base, mark.lines.start);
        match mark.kind {
            Kind::Heading { level, .. } => Some(("heading", first, usize::from(level))),
            Kind::Code => Some(("code", first, number(base, mark.lines.end - 1))),
            Kind::Table { columns } => Some(("table", first, columns as usize)),
            Kind::Row => Some(("row", first, 0)),
            Kind::Item { .. } => Some(("item", item_line(base, first), 0)),
            Kind::Rule => Some(("rule", first, 0)),
            Kind::Html => Some(("html", first, 0)),
            Kind::Paragraph | Kind::FrontMatter => None,
        }
    };
    let mut facts: Vec<_> = Outline::of(base, Span::whole(base)).into_iter().filter_map(fact).collect();
    facts.sort_unstable();
    facts
}

/// What pulldown-cmark finds after the byte order mark and the front matter.
fn expected(base: &[u8]) -> Vec<Fact> {
    let text = String::from_utf8_lossy(base);
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let start = front::find(text.as_bytes(), start).map_or(start, |front| front.end) as usize;
    let line = |at: usize| number(text.as_bytes(), (start + at) as u32);
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let fact = |(event, range): (Event<'_>, std::ops::Range<usize>)| {
        let first = line(range.start);
        match event {
            Event::Start(Tag::Heading { level, .. }) => Some(("heading", first, level as usize)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                Some(("code", first, line(range.end - 1)))
            }
            Event::Start(Tag::Table(columns)) => Some(("table", first, columns.len())),
            Event::Start(Tag::TableRow) => Some(("row", first, 0)),
            Event::Start(Tag::Item) => Some(("item", item_line(base, first), 0)),
            Event::Start(Tag::HtmlBlock) => Some(("html", first, 0)),
            Event::Rule => Some(("rule", first, 0)),
            _ => None,
        }
    };
    let parser = Parser::new_ext(&text[start..], options).into_offset_iter();
    let mut facts: Vec<_> = parser.filter_map(fact).collect();
    facts.sort_unstable();
    facts
}

/// Where an item stands, as far as can be compared: pulldown-cmark takes columns of a tab for bytes.
fn item_line(base: &[u8], line: usize) -> usize {
    if base.contains(&b'\t') { 0 } else { line }
}

/// The blanks and marks of containers that a line may start with.
const PREFIXES: [&str; 22] = [
    "", "", "", "", " ", "  ", "   ", "    ", "\t", " \t", "> ", ">", ">\t", "- ", "* ", "+\t", "1. ", "2) ",
    "-     ", "- [ ] ", "- [x]", "10. ",
];

/// What a line may hold after that.
const CONTENTS: [&str; 85] = [
    "",
    "",
    "",
    "",
    " ",
    "\t",
    "text",
    "**Severity:** P0",
    "Severity: High",
    "# one",
    "## two ##",
    "###### six",
    "####### none",
    "#none",
    "#",
    "#\ttab",
    "===",
    "---",
    "--",
    "-",
    "=",
    "= =",
    "***",
    "* * *",
    "_ _ _",
    "- - -",
    "--- x",
    "```",
    "```rust",
    "````",
    "``` a`b",
    "~~~",
    "~~~~ x",
    "~~~ `",
    "``` ",
    "```\t",
    "| a | b |",
    "a | b",
    "|---|---|",
    "--|--",
    "|:-:|-:|",
    "| --- |",
    "|-|-|-|",
    "| a \\| b |",
    "| `a|b` | c |",
    "a | b\\",
    "|",
    "||",
    "| a |",
    "|a",
    ":-:|",
    "<!-- c",
    "-->",
    "<!-- c -->",
    "<div>",
    "</div>",
    "<details open>",
    "<pre>",
    "</pre>",
    "<a b='c'>",
    "<a b='c'> d",
    "</b >",
    "<?x",
    "?>",
    "<!A",
    "<![CDATA[",
    "]]>",
    "<x>",
    "<script>x</script>",
    "[a]: b",
    "[a]: b 'c'",
    "[a]: b 'c",
    "'t'",
    "[a]:",
    "[a\\]: b",
    "[a",
    "]: <b> (t)",
    "[a](b)",
    "[ ] t",
    "- a",
    "1. a",
    "2. a",
    "\u{c}",
    "é ünï",
    "\u{a0}",
];

fn line() -> impl Strategy<Value = String> {
    let prefix = prop::collection::vec(prop::sample::select(&PREFIXES[..]), 0..4);
    let end = prop::sample::select(&["\n", "\n", "\n", "\r\n"][..]);
    (prefix, prop::sample::select(&CONTENTS[..]), end)
        .prop_map(|(prefix, content, end)| format!("{}{content}{end}", prefix.concat()))
}

/// Markdown made of likely and unlikely lines, some bytes of it broken.
fn markdown() -> impl Strategy<Value = Vec<u8>> {
    let start =
        prop::sample::select(&["", "", "", "\u{feff}", "---\na: 1\n---\n", "\u{feff}---\nb:\n...\n"][..]);
    let broken = prop::option::weighted(0.1, (any::<prop::sample::Index>(), 0x80..=0xffu8));
    let lines = prop::collection::vec(line(), 0..14);
    (start, lines, any::<bool>(), broken).prop_map(|(start, lines, ended, broken)| {
        let mut text = format!("{start}{}", lines.concat()).into_bytes();
        if !ended {
            text.truncate(text.len() - usize::from(text.ends_with(b"\n")));
        }
        if let Some((at, byte)) = broken {
            let at = at.index(text.len() + 1);
            let splits_line_end = at > 0 && text[at - 1] == b'\r';
            text.insert(at - usize::from(splits_line_end), byte);
        }
        text
    })
}

/// Marks of Markdown in any order.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(&b"  \t\n\n\n##>>--*+_`~~|||::<!/a1.)=[]\\\"'("[..]), 0..60)
}

/// Whether a text has headings that are indented alike, which lists between them do not hold here.
fn has_aligned(base: &[u8]) -> bool {
    let text = String::from_utf8_lossy(base);
    let indented = |line: &str| {
        let columns = line.len() - line.trim_start_matches([' ', '\t']).len();
        (columns > 0 && line[columns..].starts_with('#')).then_some(columns)
    };
    text.split(['\n', '\r']).filter_map(indented).count() > 1
}

/// All marks of a scan in chunks of about this many bytes.
fn in_chunks(base: &[u8], chunk: u32) -> Vec<super::Mark> {
    let mut marks = Vec::new();
    scan_parallel(base, chunk, || Outline::new(base), |_, sink| sink, |sink| marks.extend(sink.into_marks()));
    marks
}

/// Keeps what stands in no container.
struct Outermost<'a>(Outline<'a>);

impl Sink for Outermost<'_> {
    const LOOKS_INSIDE: bool = false;

    fn heading(&mut self, heading: Heading) {
        self.0.heading(heading);
    }

    fn rule(&mut self, rule: Block) {
        self.0.rule(rule);
    }

    fn table(&mut self, table: Table) {
        self.0.table(table);
    }

    fn row(&mut self, row: Row) {
        self.0.row(row);
    }

    fn table_end(&mut self, end: u32) {
        self.0.table_end(end);
    }

    fn paragraph(&mut self, paragraph: Block) {
        self.0.paragraph(paragraph);
    }

    fn code(&mut self, code: Block) {
        self.0.code(code);
    }

    fn html(&mut self, html: Block) {
        self.0.html(html);
    }
}

/// The marks outside containers, as a sink gets them that looks inside, or one that does not.
fn outermost(marks: Vec<super::Mark>) -> Vec<super::Mark> {
    marks
        .into_iter()
        .filter(|mark| mark.place.is_top() && !matches!(mark.kind, Kind::Item { .. } | Kind::FrontMatter))
        .collect()
}

/// Lines such as long lists have, with others between.
fn list() -> impl Strategy<Value = Vec<u8>> {
    const LINES: [&str; 26] = [
        "- a",
        "- **b:** c",
        "* a",
        "- a",
        "- ",
        "- [ ] a",
        "-",
        "  b",
        "  b",
        "",
        "",
        "  ```",
        "```",
        "  - c",
        "    d",
        " e",
        "text",
        "---",
        "===",
        "# h",
        "  # h",
        "  # h",
        " # h",
        "| a |",
        "|---|",
        "1. a",
    ];
    let line =
        || (prop::sample::select(&LINES[..]), prop::sample::select(&["\n", "\n", "\n", "\r\n", "\r"][..]));
    prop::collection::vec(line(), 0..40).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end]).collect::<String>().into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn blocks_stand_where_pulldown_cmark_sees_them(base in markdown()) {
        prop_assume!(!has_aligned(&base));
        prop_assert_eq!(found(&base), expected(&base), "{}", base.escape_ascii());
    }

    #[test]
    fn a_soup_of_marks_is_read_as_by_pulldown_cmark(base in soup()) {
        prop_assume!(!has_aligned(&base));
        prop_assert_eq!(found(&base), expected(&base), "{}", base.escape_ascii());
    }

    #[test]
    fn chunks_change_nothing(base in markdown(), chunk in 0..200u32) {
        prop_assert_eq!(in_chunks(&base, chunk), Outline::of(&base, Span::whole(&base)));
    }

    #[test]
    fn what_is_passed_over_changes_nothing_outside(base in prop_oneof![markdown(), list()], chunk in 0..200u32) {
        let mut marks = Vec::new();
        scan_parallel(&base, chunk, || Outermost(Outline::new(&base)), |_, sink| sink, |sink| marks.extend(sink.0.into_marks()));
        prop_assert_eq!(outermost(marks), outermost(Outline::of(&base, Span::whole(&base))), "{}", base.escape_ascii());
    }

    #[test]
    fn any_bytes_can_be_scanned(base in prop::collection::vec(any::<u8>(), 0..200), chunk in 0..50u32) {
        let marks = Outline::of(&base, Span::whole(&base));
        prop_assert!(marks.iter().all(|mark| Span::whole(&base).covers(mark.lines)));
        prop_assert_eq!(in_chunks(&base, chunk), marks);
    }
}
