//! Which items make a list, and which lines belong to each.

use super::lead::{title_below_rating, title_lines};
use super::{Label, Marker, printed};
use crate::methodology::{FieldKind, HeadingWord, Methodology};
use crate::report::entry::{Entry, IdKind};
use crate::report::field::Field;
use crate::report::inline::signs;
use crate::report::scan::{Kind, Mark, Outline};
use crate::text::{Span, line};

/// How long a line is at most that is the title of what stands below it, in bytes.
const TITLE_MOST: usize = 100;

/// The same of one that begins with an id.
const CALLED_MOST: usize = 240;

/// A list before it is read.
#[derive(Debug)]
pub(super) struct RawList {
    pub(super) marker: Marker,
    /// The bullet, or what stands behind the number.
    sign: u8,
    pub(super) items: Vec<RawItem>,
    /// Whether something else has come since its last item.
    interrupted: bool,
}

/// An item before it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawItem {
    /// All its lines, with those that are not indented but belong to it.
    pub(super) block: Span,
    /// The text of its first paragraph.
    pub(super) text: Span,
    /// The number it has.
    pub(super) number: Option<u32>,
    /// The digits of that.
    pub(super) digits: Span,
    /// Its task box.
    pub(super) task: Option<Span>,
    /// Its own mark, among the marks of the text.
    pub(super) at: usize,
}

/// What stands at the top of a text, one after the other, put into lists.
pub(super) fn raw_lists(
    base: &[u8],
    marks: &[Mark],
    labels: &[Label],
    methodology: &Methodology,
) -> Vec<RawList> {
    let mut gatherer = Gatherer { base, marks, lists: Vec::new(), numbers: None };
    let is_label = |at: usize| labels.iter().any(|label| label.at == at);
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.place.is_top()) {
        match is_label(at) {
            true => gatherer.end(),
            false => gatherer.take(at, mark),
        }
    }
    let mut lists = gatherer.lists;
    if let Some(printed) = printed_lines(base, marks, methodology) {
        put_first(&mut lists, printed);
        return lists;
    }
    if let Some(fields) = field_paragraphs(base, marks, methodology) {
        put_first(&mut lists, fields);
    }
    let bold = bold_paragraphs(base, marks, methodology).filter(|_| labels.is_empty());
    match bold {
        Some(bold) if bold.items.iter().all(|item| leads_with_id(base, item.text, methodology)) => {
            lists.insert(0, bold)
        }
        bold => lists.extend(bold),
    }
    lists
}

/// Puts a list before those that do not begin inside one of its items, and leaves out the others.
fn put_first(lists: &mut Vec<RawList>, first: RawList) {
    let is_inside = |list: &RawList| {
        let start = list.items[0].block.start;
        let after = first.items.partition_point(|item| item.block.start <= start);
        after > 0 && first.items[after - 1].block.contains(start)
    };
    lists.retain(|list| !is_inside(list));
    lists.insert(0, first);
}

/// The lines that scanners print for what they find, each with those below it up to a blank one or to the next. Quotes hold what
/// begins with two marks of theirs.
fn printed_lines(base: &[u8], marks: &[Mark], methodology: &Methodology) -> Option<RawList> {
    let mut items: Vec<RawItem> = Vec::new();
    let end = marks.last().map_or(0, |last| last.lines.end);
    // Where the lines end that no blank one parts.
    let mut blank = 0;
    let is_such =
        |mark: &Mark| mark.kind == Kind::Paragraph && mark.place.items == 0 && mark.place.quotes != 1;
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| is_such(mark)) {
        for line in line::lines(&base[..mark.lines.range().end], Span::new(mark.text.start, mark.lines.end)) {
            let text = line.text.trim(base);
            if !printed::may_begin(text.of(base)) || printed::read(base, text, methodology).is_none() {
                continue;
            }
            let start = line::start(base, text.start).max(mark.lines.start);
            if let Some(last) = items.last_mut() {
                last.block.end = last.block.end.min(start);
            }
            if blank <= line.end {
                let rest = line::lines(&base[..end as usize], Span::new(line.end.min(end), end));
                let rest = rest.take_while(|line| !line.text.trim(base).is_empty());
                blank = rest.last().map_or(line.end, |last| last.end);
            }
            let end = if printed::is_row(text.of(base)) { line.end } else { blank };
            let (block, digits) = (Span::new(start, end), Span::empty(start));
            items.push(RawItem { block, text, number: None, digits, task: None, at });
        }
    }
    let list = RawList { marker: Marker::Printed, sign: b'>', items, interrupted: false };
    (!list.items.is_empty()).then_some(list)
}

/// The paragraphs that begin with words in bold, each with what follows it.
fn bold_paragraphs(base: &[u8], marks: &[Mark], methodology: &Methodology) -> Option<RawList> {
    let mut items: Vec<RawItem> = Vec::new();
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.place.is_top()) {
        if mark.kind == Kind::Paragraph && is_bold_lead(base, mark.text, methodology) {
            let digits = Span::empty(mark.text.start);
            items.push(RawItem { block: mark.lines, text: mark.text, number: None, digits, task: None, at });
        } else if mark.kind == Kind::Rule {
            continue;
        } else if let Some(last) = items.last_mut() {
            last.block = last.block.join(mark.lines);
        }
    }
    let list = RawList { marker: Marker::Bold, sign: b'*', items, interrupted: false };
    (!list.items.is_empty()).then_some(list)
}

/// The paragraphs of fields that have an id, that begin with a title, behind a status or before a level, or that have their title
/// above them, each with what follows it; more than one, for a single one says of what stands above it what that is called.
fn field_paragraphs(base: &[u8], marks: &[Mark], methodology: &Methodology) -> Option<RawList> {
    let mut items: Vec<RawItem> = Vec::new();
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.place.is_top()) {
        let is_paragraph = mark.kind == Kind::Paragraph;
        if let Some(title) = title_above(base, marks, at, methodology) {
            if let Some(last) = items.last_mut() {
                last.block.end = last.block.end.min(title.start);
            }
            let (block, digits) = (Span::new(title.start, mark.lines.end), Span::empty(title.start));
            items.push(RawItem { block, text: title, number: None, digits, task: None, at });
        } else if is_paragraph
            && (opening_id(base, mark.text, methodology).is_some()
                || is_tagged(base, mark.text, methodology)
                || is_rated(base, mark.text, methodology)
                || is_called(base, marks, at, methodology))
        {
            let digits = Span::empty(mark.text.start);
            items.push(RawItem { block: mark.lines, text: mark.text, number: None, digits, task: None, at });
        } else if let Some(last) = items.last_mut().filter(|_| mark.kind != Kind::Rule) {
            last.block = last.block.join(mark.lines);
        }
    }
    let list = RawList { marker: Marker::Field, sign: b':', items, interrupted: false };
    (list.items.len() > 1).then_some(list)
}

/// The title of a paragraph that begins with a level under its name: the last line of the paragraph above it, which is short and
/// no sentence.
fn title_above(base: &[u8], marks: &[Mark], at: usize, methodology: &Methodology) -> Option<Span> {
    let [above, own] = [at.checked_sub(1)?, at].map(|at| &marks[at]);
    let are_texts = [above, own].iter().all(|mark| mark.kind == Kind::Paragraph && mark.place.is_top());
    let first = line::at(base, own.text.start).text;
    let rates = || Field::read(base, first, first).is_some_and(|field| field.rates_alone(base, methodology));
    if !are_texts || first.of(base).first().is_none_or(|byte| b"*[#-".contains(byte)) || !rates() {
        return None;
    }
    let title = line::lines(base, above.text).last()?.text.trim(base);
    let ends = title.of(base).last().is_some_and(|byte| b".:;,".contains(byte));
    (!ends && title.len() <= TITLE_MOST && Field::read(base, title, title).is_none()).then_some(title)
}

/// Whether a paragraph begins with an id and a title, and goes on with a field whose name is known, be it in a list right below;
/// or calls itself a bug by a number.
fn is_called(base: &[u8], marks: &[Mark], at: usize, methodology: &Methodology) -> bool {
    let mark = &marks[at];
    let first = line::at(base, mark.text.start);
    let may_begin =
        mark.text.of(base).first().is_some_and(|byte| b"[#".contains(byte) || !byte.is_ascii_lowercase());
    if !may_begin || mark.text.of(base).starts_with(b"**") {
        return false;
    }
    let entry = Entry::read(base, first.text, methodology);
    let is_set_off = entry.id_kind >= IdKind::Short && !entry.title.is_empty();
    let is_field = |text: Span| {
        let field = Field::read(base, text, text);
        field.is_some_and(|field| methodology.fields().kind_of(field.name.of(base)).is_some())
    };
    let goes_on = || match first.end < mark.text.end {
        true => is_field(line::at(base, first.end).text),
        false => marks[at + 1..].iter().take(2).any(|next| {
            next.kind == Kind::Paragraph
                && next.place.items == 1
                && next.lines.start == mark.lines.end
                && is_field(next.text)
        }),
    };
    let id = entry.id.of(base);
    let word = methodology.headings().leading(id).map(|(word, _)| word);
    let calls_a_bug =
        word == Some(HeadingWord::Bug) || id.starts_with(b"#") || id.starts_with("№".as_bytes());
    is_set_off
        && first.text.len() <= CALLED_MOST
        && (calls_a_bug || goes_on())
        && leads_with_id(base, mark.text, methodology)
}

/// Whether a paragraph begins with a title behind a status in brackets, and a field below: `[OPEN] It breaks`, and `Where: here`.
fn is_tagged(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let first = line::at(base, text.start);
    let next = line::at(base, first.end).text;
    text.of(base).first() == Some(&b'[')
        && first.end < text.end
        && Field::read(base, next, next).is_some()
        && Entry::read(base, first.text, methodology).status.start == text.start + 1
}

/// Whether a paragraph begins with a title and says on a line of its own below how severe that is, as scanners write it.
fn is_rated(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let first = line::at(base, text.start);
    let own = &base[..text.range().end];
    let field = |line: Span| Field::read(own, line, line);
    let is_field =
        field(first.text).is_some_and(|field| methodology.fields().kind_of(field.name.of(base)).is_some());
    first.end < text.end
        && !is_field
        && line::lines(own, Span::new(first.end, text.end))
            .any(|line| field(line.text).is_some_and(|field| field.rates_alone(base, methodology)))
}

/// The id and the title of a paragraph of fields: `ID: BUG-1`, and `Title: It breaks` on another line.
pub(super) fn opening_id(base: &[u8], text: Span, methodology: &Methodology) -> Option<(Span, Span)> {
    let first = line::at(base, text.start);
    let field = |line: line::Line| Field::of_line(base, line.text, line.text).into_iter().next();
    if first.end >= text.end || field(first).is_none_or(|field| field.value.is_empty()) {
        return None;
    }
    let read = |kind: FieldKind| {
        let is_such =
            |field: &Field| methodology.fields().is_of(field.name.of(base), kind) && !field.value.is_empty();
        line::lines(&base[..text.range().end], text).filter_map(field).find(is_such).map(|field| field.value)
    };
    Some((read(FieldKind::Id)?, read(FieldKind::Title)?))
}

/// Whether a paragraph begins with words in bold that are neither a field nor counted nor a link. What looks like a
/// field is none where its name is an id: `**Issue #3: Title**`.
fn is_bold_lead(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let first = title_lines(base, text, methodology);
    let bytes = first.of(base);
    let lead = bytes.strip_prefix(b"**").and_then(|rest| Some(&rest[..memchr::memmem::find(rest, b"**")?]));
    let names = lead.is_some_and(|lead| memchr::memmem::find(lead, b"](").is_none());
    names
        && numbered_paragraph(base, text).is_none()
        && (Field::read(base, first, first).is_none() || leads_with_id(base, text, methodology))
}

/// Whether a paragraph begins, in bold, with an id that is more than a number: a code, or a word for bugs and a
/// number.
fn leads_with_id(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let entry = Entry::read(base, line::at(base, text.start).text, methodology);
    let id = entry.id.of(base);
    let word = id.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let names_bug = methodology.headings().leading(id).is_some_and(|(word, _)| word == HeadingWord::Bug);
    let is_counted = id.starts_with(b"#") || id.starts_with("№".as_bytes());
    entry.id_kind >= IdKind::Short
        && (names_bug || is_counted || word > 0 && id[..word].iter().all(u8::is_ascii_uppercase))
}

struct Gatherer<'a> {
    base: &'a [u8],
    marks: &'a [Mark],
    lists: Vec<RawList>,
    /// The numbered list that can still go on, and whether its last item takes what follows.
    numbers: Option<(usize, bool)>,
}

impl Gatherer<'_> {
    fn take(&mut self, at: usize, mark: &Mark) {
        match mark.kind {
            Kind::Heading { .. } => self.end(),
            Kind::Item { marker, task } => {
                let (number, digits) = number_at(self.base, marker);
                let text = self.first_paragraph(at, mark);
                let task = task.map(|(task, _)| task);
                let sign = self.base.get(marker.end.saturating_sub(1) as usize).copied().unwrap_or_default();
                let kind = match (task.is_some(), number.is_some()) {
                    (true, _) => Marker::Task,
                    (_, true) => Marker::Number,
                    _ => Marker::Bullet,
                };
                self.add(kind, sign, RawItem { block: mark.lines, text, number, digits, task, at });
            }
            Kind::Paragraph if numbered_paragraph(self.base, mark.text).is_some() => {
                let digits = numbered_paragraph(self.base, mark.text).unwrap_or(Span::empty(mark.text.start));
                let number = number_at(self.base, Span::new(digits.start, digits.end + 1)).0;
                let item = RawItem { block: mark.lines, text: mark.text, number, digits, task: None, at };
                self.add(Marker::Paragraph, b'p', item);
            }
            Kind::Rule => {
                self.interrupt();
                self.numbers = self.numbers.map(|(list, _)| (list, false));
            }
            _ => self.follow(mark.lines),
        }
    }

    /// Ends all lists.
    fn end(&mut self) {
        self.interrupt();
        self.numbers = None;
    }

    /// Adds an item to the list that it goes on with, or begins one.
    fn add(&mut self, marker: Marker, sign: u8, item: RawItem) {
        if let Some(list) =
            self.numbers.map(|(list, _)| list).filter(|list| self.goes_on(*list, marker, sign, &item))
        {
            self.lists.truncate(list + 1);
            self.lists[list].items.push(item);
            self.lists[list].interrupted = false;
            self.numbers = Some((list, true));
            return;
        }
        let last = self.lists.last_mut().filter(|last| {
            !last.interrupted
                && last.sign == sign
                && same(last.marker, marker)
                && last.items[0].number.is_some() == item.number.is_some()
        });
        match last {
            Some(list) if marker != Marker::Paragraph => {
                list.items.push(item);
                if marker == Marker::Task {
                    list.marker = marker;
                }
            }
            _ => {
                let block = item.block;
                let is_number = item.number.is_some();
                self.interrupt();
                if !is_number {
                    self.extend(block);
                }
                self.lists.push(RawList { marker, sign, items: vec![item], interrupted: false });
            }
        }
        if item.number.is_some() {
            self.numbers = Some((self.lists.len() - 1, true));
        } else if let Some((_, true)) = self.numbers {
            self.extend(item.block);
        }
    }

    /// Whether an item is the next of a numbered list.
    fn goes_on(&self, list: usize, marker: Marker, sign: u8, item: &RawItem) -> bool {
        let list = &self.lists[list];
        let last = list.items.last().and_then(|last| last.number);
        let is_next = last
            .zip(item.number)
            .is_some_and(|(last, number)| number == last + 1 || number == last && !list.interrupted);
        same(list.marker, marker) && list.sign == sign && is_next
    }

    /// Takes in what stands between items.
    fn follow(&mut self, lines: Span) {
        self.interrupt();
        self.extend(lines);
    }

    /// Lets the last item of the numbered list that can go on reach to the end of these lines.
    fn extend(&mut self, lines: Span) {
        if let Some((list, true)) = self.numbers
            && let Some(item) = self.lists[list].items.last_mut()
        {
            item.block.end = item.block.end.max(lines.end);
        }
    }

    fn interrupt(&mut self) {
        if let Some(list) = self.lists.last_mut() {
            list.interrupted = true;
        }
        if let Some((list, _)) = self.numbers {
            self.lists[list].interrupted = true;
        }
    }

    /// The text of the paragraph that an item begins with; empty where it begins with something else.
    fn first_paragraph(&self, at: usize, item: &Mark) -> Span {
        let first = self.marks.get(at + 1).filter(|mark| {
            mark.kind == Kind::Paragraph && item.lines.contains(mark.lines.start) && mark.place.items == 1
        });
        first.map_or(Span::empty(item.text.start), |mark| mark.text)
    }
}

/// Whether items marked so belong to one list; a box more or less makes no difference.
fn same(a: Marker, b: Marker) -> bool {
    a == b || a != Marker::Paragraph && b != Marker::Paragraph && (a == Marker::Task || b == Marker::Task)
}

/// The number of a marker and its digits.
fn number_at(base: &[u8], marker: Span) -> (Option<u32>, Span) {
    let digits = marker.of(base).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = marker.part(0..digits);
    let number = std::str::from_utf8(digits.of(base)).ok().and_then(|digits| digits.parse().ok());
    (number, digits)
}

/// The digits of a number that opens a paragraph and is set off from its text: `**1. Title**`, `2、Title`, `✅ **3. Title**`.
fn numbered_paragraph(base: &[u8], text: Span) -> Option<Span> {
    let bytes = text.of(base);
    let sign = signs(bytes);
    let lead = sign + bytes[sign..].iter().take_while(|byte| **byte == b'*').count();
    let digits = bytes[lead..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &bytes[lead + digits..];
    let signs = [&b". "[..], b") ", "、".as_bytes(), "．".as_bytes(), "）".as_bytes()];
    let set_off = signs.iter().any(|sign| rest.starts_with(sign));
    ((1..=4).contains(&digits) && set_off).then(|| text.part(lead..lead + digits))
}

/// The fields of an item: lines of its paragraphs below the first line, and what is nested right below it.
pub(in crate::report) fn fields(base: &[u8], block: Span, methodology: &Methodology) -> Vec<Field> {
    fields_of(base, &Outline::of(base, block), block, methodology)
}

/// The same by the marks of the text it stands in, of which the item's are given.
pub(super) fn fields_of(base: &[u8], marks: &[Mark], block: Span, methodology: &Methodology) -> Vec<Field> {
    let Some(own) = marks.first() else { return Vec::new() };
    let is_item = matches!(own.kind, Kind::Item { .. });
    let own_end = if is_item { own.lines.end } else { block.start };
    let is_child = |mark: &Mark| {
        mark.place.quotes == own.place.quotes && mark.place.items == u32::from(mark.lines.start < own_end)
    };
    let mut fields = Vec::new();
    let inside = |mark: &&(usize, &Mark)| block.contains(mark.1.lines.start);
    for (at, mark) in marks.iter().enumerate().skip(usize::from(is_item)).take_while(|mark| inside(&mark)) {
        let text = match (mark.kind, marks.get(at + 1)) {
            (Kind::Item { .. }, Some(first))
                if first.kind == Kind::Paragraph && mark.lines.contains(first.lines.start) =>
            {
                line::at(base, first.text.start).text
            }
            (Kind::Paragraph, _) if mark.lines.start > block.start => mark.text,
            (Kind::Paragraph, _) if title_below_rating(base, mark.text, methodology).is_some() => mark.text,
            (Kind::Paragraph, _) => {
                Span::new(line::at(base, mark.text.start).end.min(mark.text.end), mark.text.end)
            }
            _ => continue,
        };
        let start =
            if matches!(mark.kind, Kind::Item { .. }) { marks[at + 1].text.start } else { text.start };
        if is_child(mark) {
            fields.extend(of_lines(base, Span::new(start, text.end), methodology));
        }
    }
    fields
}

/// The fields of lines; without emphasis only those whose names are known.
fn of_lines(base: &[u8], text: Span, methodology: &Methodology) -> Vec<Field> {
    let lines = line::lines(&base[..text.range().end], text);
    let is_known = |field: &Field| methodology.fields().kind_of(field.name.of(base)).is_some();
    let read = |line: line::Line| {
        let bold = bold_run(base, line.text);
        let mut found = Field::of_line(base, line.text, line.whole());
        if found.is_empty() {
            found.extend(bold.and_then(|bold| Field::read(base, bold, line.whole())));
        }
        if let Some(beside) = Field::ratings_beside(base, line.text, line.whole(), methodology)
            && beside.len() > found.len()
        {
            found = beside;
        }
        if !found.iter().any(is_known) {
            found.extend(Field::said(base, line.text, line.whole(), methodology));
        }
        found.into_iter().filter(move |field| bold.is_some() || is_known(field)).collect::<Vec<_>>()
    };
    lines.flat_map(read).collect()
}

/// The bold run that a line begins with, its marks included.
fn bold_run(base: &[u8], line: Span) -> Option<Span> {
    let line = line.trim(base);
    let inner = line.of(base).strip_prefix(b"**")?;
    memchr::memmem::find(inner, b"**").map(|length| line.part(0..length + 4))
}
