//! A bug's Markdown as lines to show.
//!
//! Everything of the report passes through [`display::visible_str`], so no control byte of it
//! reaches a cell. Rendering never fails: what is not Markdown is shown as text.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::paint::Paint;
use super::table::Table;
use super::wrap::wrap;
use crate::text::display;

/// How much of a bug is rendered, in bytes; the rest is said to be left out.
pub(super) const MOST: usize = 64 * 1024;

/// How many blocks around a line are shown as such; how many more there are is said before it.
const DEEPEST: usize = 12;

/// How many blocks a line may stand in for a text to be laid out at all.
const NESTED: usize = 200;

/// The lines of some Markdown, no wider than `width`, without the heading it may begin with.
pub(super) fn render(bytes: &[u8], width: usize, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let shown = &bytes[..bytes.len().min(MOST)];
    let text = String::from_utf8_lossy(shown);
    let mut page = Page::new(width, paint);
    match is_too_deep(&text) {
        true => page.as_written(&text),
        false => body(&text).for_each(|event| page.event(event)),
    }
    page.finish();
    if shown.len() < bytes.len() {
        page.gap();
        page.lines.push(Line::styled(cut_note(bytes.len()), paint.role("quiet")));
    }
    page.lines
}

fn cut_note(whole: usize) -> String {
    format!("… the first {} KiB of {} KiB are shown", MOST / 1024, whole.div_ceil(1024))
}

/// Whether a line stands in so many blocks that laying them out would take time in the square of them.
fn is_too_deep(text: &str) -> bool {
    let marks = |line: &str| {
        let words = line.bytes().take_while(|byte| b"> \t-*+.)0123456789".contains(byte)).collect::<Vec<_>>();
        words
            .windows(2)
            .filter(|pair| pair[0] == b'>' || pair[1] == b' ' && b"-*+.)".contains(&pair[0]))
            .count()
    };
    text.lines().any(|line| marks(line) > NESTED)
}

/// The events after the heading that the text begins with.
fn body(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut events = Parser::new_ext(text, options).peekable();
    if matches!(events.peek(), Some(Event::Start(Tag::Heading { .. }))) {
        events.by_ref().find(|event| matches!(event, Event::End(TagEnd::Heading(_))));
    }
    events
}

/// What a line of a nested block begins with.
struct Margin {
    /// The bullet or number, for the first line only.
    mark: Option<String>,
    /// What stands on every further line, as wide as the mark.
    rest: String,
    role: &'static str,
}

/// A page being written.
struct Page<'a> {
    lines: Vec<Line<'static>>,
    width: usize,
    paint: &'a Paint<'a>,
    inline: Vec<Span<'static>>,
    styles: Vec<Style>,
    margins: Vec<Margin>,
    lists: Vec<Option<u64>>,
    code: bool,
    table: Option<Table>,
    links: Vec<String>,
}

impl<'a> Page<'a> {
    fn new(width: usize, paint: &'a Paint<'a>) -> Page<'a> {
        let styles = vec![paint.role("text")];
        let (lines, inline, margins) = (Vec::new(), Vec::new(), Vec::new());
        let (lists, links) = (Vec::new(), Vec::new());
        Page { lines, width, paint, inline, styles, margins, lists, code: false, table: None, links }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_text(&text),
            Event::Text(text) => self.say(&text, self.style()),
            Event::Code(text) => self.say(&text, self.style().patch(self.paint.role("code"))),
            Event::Html(text) => self.raw(&text),
            Event::InlineHtml(text) => self.say(&text, self.paint.role("quiet")),
            Event::SoftBreak => self.say(" ", self.style()),
            Event::HardBreak => self.inline.push(Span::raw("\n")),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.say(if done { "[x] " } else { "[ ] " }, self.style()),
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.say(&text, self.style());
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block(),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::BlockQuote(_) => self.quote(),
            Tag::CodeBlock(kind) => self.fence(&kind),
            Tag::List(first) => self.list(first),
            Tag::Item => self.item(),
            Tag::Table(_) => self.start_table(),
            Tag::Emphasis => self.slant(),
            Tag::Strong => self.push_style("emphasis"),
            Tag::Strikethrough => self.push_style("quiet"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.end_margin(),
            TagEnd::CodeBlock => self.end_fence(),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => self.end_margin(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => self.table.iter_mut().for_each(Table::end_row),
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => drop(self.styles.pop()),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn slant(&mut self) {
        self.styles.push(self.style().add_modifier(Modifier::ITALIC));
    }

    fn push_style(&mut self, role: &str) {
        self.styles.push(self.style().patch(self.paint.role(role)));
    }

    fn say(&mut self, text: &str, style: Style) {
        self.inline.push(Span::styled(display::visible_str(text).into_owned(), style));
    }

    /// A block begins: what ran before it ends, with a blank line between blocks of the same list depth.
    fn block(&mut self) {
        self.flush();
        if self.margins.iter().take(DEEPEST).all(|margin| margin.mark.is_none()) {
            self.gap();
        }
    }

    /// A blank line, unless there is one already or nothing stands above it.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        self.block();
        self.push_style("detail.heading");
        if level >= HeadingLevel::H5 {
            self.slant();
        }
    }

    fn end_heading(&mut self) {
        self.flush();
        self.styles.truncate(1);
    }

    fn quote(&mut self) {
        self.block();
        self.margins.push(Margin { mark: None, rest: "▌ ".to_owned(), role: "detail.quote" });
        self.push_style("detail.quote");
    }

    fn list(&mut self, first: Option<u64>) {
        self.flush();
        if self.lists.is_empty() {
            self.gap();
        }
        self.lists.push(first);
    }

    fn item(&mut self) {
        self.flush();
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => ["• ", "◦ "][self.lists.len().saturating_sub(1).min(1)].to_owned(),
        };
        let rest = " ".repeat(display::width(&mark));
        self.margins.push(Margin { mark: Some(mark), rest, role: "quiet" });
        self.styles.push(self.style());
    }

    fn end_margin(&mut self) {
        self.flush();
        self.margins.pop();
        if self.styles.len() > 1 {
            self.styles.pop();
        }
    }

    fn fence(&mut self, kind: &CodeBlockKind<'_>) {
        if self.lists.is_empty() {
            self.block();
        }
        self.flush();
        self.code = true;
        self.margins.push(Margin { mark: None, rest: "│ ".to_owned(), role: "border" });
        if let CodeBlockKind::Fenced(language) = kind
            && !language.is_empty()
        {
            self.say(language, self.paint.role("quiet"));
            self.flush();
        }
    }

    fn code_text(&mut self, text: &str) {
        let style = self.paint.role("code");
        for line in text.lines() {
            self.say(line, style);
            self.put_inline();
        }
    }

    fn end_fence(&mut self) {
        self.code = false;
        self.margins.pop();
    }

    /// Shows a text as it is written, and says why.
    fn as_written(&mut self, text: &str) {
        let why = format!("… nested more than {NESTED} deep, shown as it is written");
        self.say(&why, self.paint.role("quiet"));
        self.flush();
        self.raw(text);
    }

    /// HTML is shown as it is written; of a comment too a reviewer should see what it says.
    fn raw(&mut self, html: &str) {
        self.flush();
        let style = self.paint.role("quiet");
        for line in html.lines() {
            self.say(line, style);
            self.put_inline();
        }
    }

    fn rule(&mut self) {
        self.block();
        self.inline.push(Span::styled("─".repeat(self.room().min(24)), self.paint.role("border")));
        self.flush();
    }

    fn link(&mut self, url: &str) {
        self.links.push(url.to_owned());
        self.push_style("link");
    }

    /// A link's address follows its text, unless the text is the address.
    fn end_link(&mut self) {
        self.styles.pop();
        let url = self.links.pop().unwrap_or_default();
        let said = self.inline.last().is_some_and(|span| span.content == url);
        if !url.is_empty() && !said {
            self.say(&format!(" ({url})"), self.paint.role("quiet"));
        }
    }

    fn start_table(&mut self) {
        self.block();
        self.table = Some(Table::default());
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.inline);
        self.table.iter_mut().for_each(|table| table.end_cell(cell.clone()));
    }

    fn end_table(&mut self) {
        let room = self.room();
        for line in self.table.take().unwrap_or_default().lines(room, self.paint) {
            self.put(line);
        }
    }

    /// How wide a line may be inside the margins.
    fn room(&self) -> usize {
        let shown = self.margins.iter().take(DEEPEST);
        let margin: usize = shown.map(|margin| display::width(&margin.rest)).sum();
        self.width.saturating_sub(margin + display::width(&self.deeper())).max(8)
    }

    /// Ends the running text, if there is any.
    fn flush(&mut self) {
        if !self.inline.is_empty() {
            self.put_inline();
        }
    }

    fn put_inline(&mut self) {
        for line in wrap(&std::mem::take(&mut self.inline), self.room()) {
            self.put(line);
        }
    }

    /// Writes one line behind the margins; a mark not yet shown is shown now.
    fn put(&mut self, line: Line<'static>) {
        let deeper = self.deeper();
        let mut spans = Vec::with_capacity(DEEPEST + 1 + line.spans.len());
        for margin in self.margins.iter_mut().take(DEEPEST) {
            let text = margin.mark.take().unwrap_or_else(|| margin.rest.clone());
            spans.push(Span::styled(text, self.paint.role(margin.role)));
        }
        spans.extend((!deeper.is_empty()).then(|| Span::styled(deeper, self.paint.role("quiet"))));
        spans.extend(line.spans);
        self.lines.push(spans.into());
    }

    /// `⋯3 `: how many more blocks are around a line than are shown; nothing for none.
    fn deeper(&self) -> String {
        match self.margins.len().saturating_sub(DEEPEST) {
            0 => String::new(),
            more => format!("⋯{more} "),
        }
    }

    fn finish(&mut self) {
        self.flush();
        while self.lines.last().is_some_and(|line| line.width() == 0) {
            self.lines.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Theme;

    fn rendered(markdown: &str, width: usize) -> Vec<String> {
        let theme = Theme::named("plain").expect("a theme");
        let lines = render(markdown.as_bytes(), width, &Paint::new(&theme));
        lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn every_kind_of_block_is_shown_as_what_it_is() {
        let markdown = "### BUG-1: Title\n- **Error:** `boom`\n  1. first step\n  2. second\n\n> quoted *text*\n\n\
                        ```sh\nls -l\n```\n[here](https://example.org)\n\n---\n<!-- note -->\n";
        let expected = [
            "• Error: boom",
            "  1. first step",
            "  2. second",
            "",
            "▌ quoted text",
            "",
            "│ sh",
            "│ ls -l",
            "",
            "here (https://example.org)",
            "",
            "────────────────────────",
            "<!-- note -->",
        ];
        assert_eq!(rendered(markdown, 60), expected);
    }

    #[test]
    fn long_items_hang_under_their_text() {
        assert_eq!(
            rendered("- one two three\n  - four five\n", 9),
            ["• one two", "  three", "  ◦ four", "    five"]
        );
    }

    #[test]
    fn a_table_keeps_its_columns_and_wraps_the_widest() {
        let markdown = "| file | why |\n|---|---|\n| a.py | it breaks the build |\n";
        let expected = ["file │ why", "─────┼───────────", "a.py │ it breaks", "     │ the build"];
        assert_eq!(rendered(markdown, 17), expected);
    }

    #[test]
    fn of_a_giant_block_the_beginning_is_shown_and_the_rest_is_said_to_be_there() {
        let lines = rendered(&"word ".repeat(40_000), 80);
        assert_eq!(lines.last().map(String::as_str), Some("… the first 64 KiB of 196 KiB are shown"));
        assert!(lines.len() < 1000);
    }

    /// A frame of such a bug would take seconds, or all memory.
    #[test]
    fn deep_nests_and_wide_tables_take_no_more_than_a_screen_can_show() {
        let quotes = format!("{}x{}", "> ".repeat(10_000), "\nword".repeat(8_000));
        let table = format!("|{}\n|{}\n{}", "a|".repeat(9_000), "-|".repeat(9_000), "|\n".repeat(4_000));
        for markdown in
            [quotes, "- ".repeat(30_000) + "x", "1. ".repeat(20_000) + "x", table, "|".repeat(60_000)]
        {
            let theme = Theme::named("plain").expect("a theme");
            let lines = render(markdown.as_bytes(), 80, &Paint::new(&theme));
            let spans: usize = lines.iter().map(|line| line.spans.len()).sum();
            assert!(spans < 500_000, "{spans} spans of {:.40}", markdown);
        }
        let told = "… nested more than 200 deep, shown as it is written";
        assert_eq!(rendered(&format!("{}x", "> ".repeat(300)), 80)[0], told);
        let deep = rendered(&format!("{}x", "> ".repeat(20)), 80);
        assert_eq!(deep, [format!("{}⋯8 x", "▌ ".repeat(12))]);
        let wide = rendered(&format!("|{}\n|{}\n", "a|".repeat(40), "-|".repeat(40)), 300);
        assert_eq!(wide.last().map(String::as_str), Some("… and 8 more columns"));
        let narrow = rendered(&format!("|{}\n|{}\n", "abcd|".repeat(4), "-|".repeat(4)), 12);
        assert_eq!(narrow, ["abcd │ abcd", "─────┼─────", "… and 2 more", "columns"]);
    }
}
