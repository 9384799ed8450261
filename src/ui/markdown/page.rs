//! The events of some Markdown, one after the other, as what they look like.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Room;
use super::link::Link;
use super::writer::{Margin, Writer};
use crate::text::display;
use crate::ui::paint::Paint;
use crate::ui::table::Table;

/// How wide a rule is.
const RULE: usize = 24;

/// How many columns of the name of a footnote are shown.
const FOOTNOTE: usize = 12;

/// A page being written.
pub(super) struct Page<'a> {
    writer: Writer<'a>,
    paint: &'a Paint<'a>,
    inline: Vec<Span<'static>>,
    styles: Vec<Style>,
    lists: Vec<Option<u64>>,
    is_code: bool,
    table: Option<Table>,
    links: Vec<Link>,
}

impl<'a> Page<'a> {
    pub(super) fn new(room: Room, paint: &'a Paint<'a>) -> Page<'a> {
        Page {
            writer: Writer::new(room, paint),
            paint,
            inline: Vec::new(),
            styles: vec![paint.role("text")],
            lists: Vec::new(),
            is_code: false,
            table: None,
            links: Vec::new(),
        }
    }

    /// Shows what comes next.
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.code(&text),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.say(&text, self.style());
            }
            Event::Code(text) => self.say(&text, self.style().patch(self.paint.role("code"))),
            Event::Html(text) => self.raw(&text),
            Event::InlineHtml(text) => self.say(&text, self.paint.role("quiet")),
            Event::SoftBreak => self.say(" ", self.style()),
            Event::HardBreak => self.inline.push(Span::raw("\n")),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(name) => self.say(&footnote(&name), self.paint.role("link")),
        }
    }

    /// Shows a text as it is written, and says why.
    pub(super) fn as_written(&mut self, text: &str, why: &str) {
        self.note(why);
        self.raw(text);
    }

    /// Says something about the text.
    pub(super) fn note(&mut self, said: &str) {
        self.block();
        self.say(said, self.paint.role("quiet"));
        self.flush();
    }

    /// The lines written.
    pub(super) fn lines(mut self) -> Vec<Line<'static>> {
        self.flush();
        self.writer.lines()
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block(),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => self.fence(&kind),
            Tag::List(first) => self.list(first),
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(name) => self.hang(footnote(&name) + " "),
            Tag::Table(_) => self.start_table(),
            Tag::Emphasis => self.push_style(self.style().add_modifier(Modifier::ITALIC)),
            Tag::Strong => self.push_role("emphasis"),
            Tag::Strikethrough => self.strike(),
            Tag::Link { dest_url, .. } => self.link(&dest_url, false),
            Tag::Image { dest_url, .. } => self.link(&dest_url, true),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.pop_style();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.end_margin(),
            TagEnd::CodeBlock => self.end_fence(),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => self.table.iter_mut().for_each(Table::end_row),
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis | TagEnd::Strong => self.pop_style(),
            TagEnd::Strikethrough => {
                self.say("~~", self.style());
                self.pop_style();
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn push_role(&mut self, role: &str) {
        self.push_style(self.style().patch(self.paint.role(role)));
    }

    fn push_style(&mut self, style: Style) {
        self.styles.push(style);
    }

    fn pop_style(&mut self) {
        if self.styles.len() > 1 {
            self.styles.pop();
        }
    }

    /// What was struck keeps its marks: not every terminal can strike, and what is said would be another thing.
    fn strike(&mut self) {
        let struck = self.style().patch(self.paint.role("quiet")).add_modifier(Modifier::CROSSED_OUT);
        self.push_style(struck);
        self.say("~~", struck);
    }

    fn say(&mut self, text: &str, style: Style) {
        self.inline.push(Span::styled(display::visible_str(text).into_owned(), style));
    }

    /// A block begins: what ran before it ends, with a blank line between blocks of the same list depth.
    fn block(&mut self) {
        self.flush();
        if !self.writer.has_mark() {
            self.writer.gap();
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        self.block();
        let style = self.style().patch(self.paint.role("detail.heading"));
        self.push_style(match level {
            HeadingLevel::H1 | HeadingLevel::H2 => style.add_modifier(Modifier::UNDERLINED),
            HeadingLevel::H3 | HeadingLevel::H4 => style,
            HeadingLevel::H5 | HeadingLevel::H6 => style.add_modifier(Modifier::ITALIC),
        });
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.block();
        self.writer.open(Margin::bar("▌ ", "detail.quote"));
        self.push_role("detail.quote");
        if let Some(kind) = kind {
            self.say(alert(kind), self.style().patch(self.paint.role("emphasis")));
            self.flush();
        }
    }

    fn list(&mut self, first: Option<u64>) {
        self.flush();
        if self.lists.is_empty() && !self.writer.has_mark() {
            self.writer.gap();
        }
        self.lists.push(first);
    }

    fn item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{}. ", number.saturating_sub(1))
            }
            _ => ["• ", "◦ "][self.lists.len().saturating_sub(1).min(1)].to_owned(),
        };
        self.hang(mark);
    }

    fn hang(&mut self, mark: String) {
        self.flush();
        self.writer.open(Margin::hanging(mark));
        self.push_style(self.style());
    }

    /// The box of a task stands in the place of its bullet, or behind its number.
    fn task(&mut self, done: bool) {
        let mark = if done { "[x] " } else { "[ ] " };
        if !self.writer.mark(mark) {
            self.say(mark, self.paint.role("quiet"));
        }
    }

    fn end_margin(&mut self) {
        self.flush();
        self.writer.close();
        self.pop_style();
    }

    fn fence(&mut self, kind: &CodeBlockKind<'_>) {
        match self.lists.is_empty() {
            true => self.block(),
            false => self.flush(),
        }
        if let CodeBlockKind::Fenced(language) = kind
            && !language.is_empty()
        {
            self.inline.push(Span::styled("╭ ", self.paint.role("border")));
            self.say(language, self.paint.role("quiet"));
            self.flush();
        }
        self.is_code = true;
        self.writer.open(Margin::bar("│ ", "border"));
    }

    fn code(&mut self, text: &str) {
        let style = self.paint.role("code");
        for line in text.lines() {
            let line = display::untabbed(line);
            let line = Span::styled(display::visible_str(&line).into_owned(), style);
            self.writer.write(&[line], self.writer.code_width());
        }
    }

    fn end_fence(&mut self) {
        self.is_code = false;
        self.writer.close();
    }

    /// HTML is shown as it is written; of a comment too a reviewer should see what it says.
    fn raw(&mut self, html: &str) {
        self.flush();
        for line in html.lines() {
            self.say(line, self.paint.role("quiet"));
            self.flush();
        }
    }

    fn rule(&mut self) {
        self.block();
        let rule = "─".repeat(self.writer.width().min(RULE));
        self.inline.push(Span::styled(rule, self.paint.role("border")));
        self.flush();
    }

    fn link(&mut self, target: &str, is_image: bool) {
        self.links.push(Link { target: target.to_owned(), from: self.inline.len(), is_image });
        self.push_role("link");
    }

    /// A link's target follows its text, unless the text is the target.
    fn end_link(&mut self) {
        let style = self.style();
        self.pop_style();
        let Some(link) = self.links.pop() else { return };
        let from = link.from.min(self.inline.len());
        let target = link.shown(&self.inline[from..], self.writer.width());
        if link.is_image {
            let said = if from == self.inline.len() { "[image" } else { "[image: " };
            self.inline.insert(from, Span::styled(said, style));
            self.say("]", style);
        }
        if let Some(target) = target {
            self.say(&target, self.paint.role("quiet"));
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
        let width = self.writer.table_width();
        for line in self.table.take().unwrap_or_default().lines(width, self.paint) {
            self.writer.put(line);
        }
    }

    /// Ends the running text, if there is any.
    fn flush(&mut self) {
        if !self.inline.is_empty() {
            let text = std::mem::take(&mut self.inline);
            self.writer.write(&text, self.writer.width());
        }
    }
}

/// `[^1]`, as it is written.
fn footnote(name: &str) -> String {
    format!("[^{}]", display::clip(&display::brief(name), FOOTNOTE))
}

/// The word that a marked quote begins with.
fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}
