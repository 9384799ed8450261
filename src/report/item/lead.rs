//! What an item begins with: its id, title, level and status.

use super::gather::{RawItem, fields, fields_of, opening_id};
use super::{Hint, ItemEntry, Marker, printed};
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::entry::{Entry, IdKind};
use crate::report::field::Field;
use crate::report::inline::{bracketed, marks, separator};
use crate::report::scan::Mark;
use crate::report::section::has_words;
use crate::text::{Span, line, lossy};

/// How long what follows a bold lead may be to be its decoration, in bytes.
const TAIL_MOST: usize = 48;

/// How long the tags before a bold lead may be, in bytes.
const TAGS_MOST: usize = 96;

/// How many lines a title may go on over behind its first.
const LINES_MOST: usize = 4;

/// How long a line may be that is nothing but an id, in bytes.
const ID_LINE_MOST: usize = 48;

/// An item as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub(super) entry: ItemEntry,
    /// Whether its title is set in bold, or is the value of a field.
    pub(super) is_bold: bool,
    /// Whether it has an id besides its number.
    pub(super) has_id: bool,
    /// How many of its severity and status are fields.
    pub(super) fields: u32,
    /// Whether it has several fields whose names are known.
    pub(super) is_described: bool,
    /// Whether its level is a word of no scale that is set off as the name of a field is: `**Note:** it is so`.
    pub(super) is_remark: bool,
    /// Whether nothing sets its id off from its title: `UTF-8 breaks`.
    is_loose: bool,
    /// Its number.
    digits: Span,
}

impl Read {
    /// Makes the name of a field of a word that could be a level.
    pub(super) fn drop_remark(&mut self) {
        let entry = &mut self.entry;
        (entry.title, entry.hint) = (entry.severity, Hint::Nothing);
        (entry.severity, entry.level) = (Span::empty(entry.severity.start), None);
    }

    /// Makes an id that nothing sets off the first word of the title that it is, unless most items have ids; in a paragraph
    /// also where a sentence goes on from it: `**B4 is worth a look.**`
    pub(super) fn settle(&mut self, base: &[u8], have_ids: bool, marker: Marker) {
        let goes_on = || {
            let first = lossy(self.entry.title.of(base)).chars().next();
            marker == Marker::Bold && first.is_some_and(char::is_lowercase)
        };
        if self.is_loose && (!have_ids || goes_on()) {
            self.entry.title = self.entry.id.join(self.entry.title);
            self.entry.id = self.digits;
            self.has_id = false;
        }
    }
}

/// Reads an item; `marks` are those of the text it stands in.
pub(super) fn read(base: &[u8], item: &RawItem, marks: &[Mark], methodology: &Methodology) -> Read {
    let lead = Lead::of_all(base, item.text, methodology);
    let mut entry = ItemEntry {
        block: item.block,
        body: line::at(base, lead.entry.title.end.max(item.text.start)).end.min(item.block.end),
        id: lead.entry.id,
        title: lead.entry.title,
        severity: lead.entry.severity,
        level: lead.entry.level,
        hint: match (lead.entry.severity.is_empty(), lead.entry.is_noted) {
            (true, _) => Hint::Nothing,
            (false, true) => Hint::Note,
            (false, false) => Hint::Decoration,
        },
        status: lead.entry.status,
    };
    let has_id = !lead.entry.id.is_empty() && lead.entry.id_kind != IdKind::Number;
    if entry.id.is_empty() && !item.digits.is_empty() {
        entry.id = item.digits;
    }
    let mut found = match marks[item.at].lines.start < item.block.start {
        true => fields(base, item.block, methodology),
        false => fields_of(base, &marks[item.at..], item.block, methodology),
    };
    if lead.is_bold
        && lead.entry.severity.is_empty()
        && !found.iter().any(|field| field.weight(base, methodology).is_some())
    {
        let first = line::at(base, item.text.start);
        let text = Span::new(item.text.start, first.text.end.min(item.text.end));
        found.extend(Field::said(base, text, first.whole(), methodology));
    }
    let fields = take_fields(base, &mut entry, &found, methodology);
    let is_known = |field: &&Field| methodology.fields().kind_of(field.name.of(base)).is_some();
    let is_described = found.iter().filter(is_known).nth(1).is_some();
    if let Some(task) = item.task.filter(|_| entry.status.is_empty()) {
        entry.status = task;
    }
    let between = Span::new(lead.entry.id.end, lead.entry.title.start);
    let is_loose = has_id && between.of(base).iter().all(|byte| *byte == b' ');
    let is_remark = entry.hint == Hint::Decoration && names_remark(base, entry.severity, methodology);
    Read {
        entry,
        is_bold: lead.is_bold,
        has_id,
        fields,
        is_described,
        is_remark,
        is_loose,
        digits: item.digits,
    }
}

/// Whether a word for a level is of no scale, and a colon follows it.
fn names_remark(base: &[u8], word: Span, methodology: &Methodology) -> bool {
    let rest = &base[word.end as usize..];
    let rest = &rest[marks(rest)..];
    (rest.starts_with(b":") || rest.starts_with("：".as_bytes()))
        && methodology.is_remark(&String::from_utf8_lossy(word.of(base)))
}

/// What the text of an item says on the lines of its title.
pub(super) fn of_text(base: &[u8], text: Span, methodology: &Methodology) -> Entry {
    Lead::of_all(base, text, methodology).entry
}

/// The line or lines that the title of a text stands on, without a box that Markdown knows nothing of: `[~] half done`.
fn opening(base: &[u8], text: Span, methodology: &Methodology) -> Span {
    let opening = title_lines(base, text, methodology);
    match opening.of(base) {
        [b'[', sign, b']', b' ', ..] if b"~-/!?>".contains(sign) => opening.part(4..opening.len()),
        _ => opening,
    }
}

/// The first line of a paragraph, and those that bold or a sentence which begins there goes on over; the first alone where that
/// has no end before long.
pub(super) fn title_lines(base: &[u8], text: Span, methodology: &Methodology) -> Span {
    let first = line::at(base, text.start);
    let first = Span::new(text.start, first.text.end.min(text.end));
    let mut said = first;
    for _ in 0..LINES_MOST {
        let next = line::at(base, said.end).end;
        if next >= text.end {
            return said;
        }
        let line = line::at(base, next).text;
        let line = Span::new(line.start, line.end.min(text.end)).trim(base);
        if !goes_on(base, said, line, methodology) {
            return said;
        }
        said.end = line.end;
    }
    first
}

/// Whether a title that is told so far goes on with the next line: bold is open, or a sentence that nothing ends or decorates is
/// gone on with as one is.
fn goes_on(base: &[u8], said: Span, next: Span, methodology: &Methodology) -> bool {
    let (text, rest) = (said.of(base), next.of(base));
    let bold = memchr::memmem::find_iter(text, b"**").count();
    if bold % 2 == 1 {
        return bold_lead(base, said.join(next)).is_some();
    }
    let stops = text.ends_with(b"  ") || text.ends_with(b"\\") || {
        let text = String::from_utf8_lossy(text);
        text.trim_end_matches(['*', '_', '`', ' '])
            .ends_with(['.', ':', ';', '!', '?', '。', '：', '！', '？'])
    };
    let is_lower =
        || String::from_utf8_lossy(rest).starts_with(|first: char| first.is_lowercase() || first == '`');
    let is_told = || {
        let sentence = first_sentence(base, said);
        bold_lead(base, said).is_some()
            || sentence != said
            || Entry::read(base, sentence, methodology).title.end < said.end
    };
    let colon = memchr::memchr(b':', rest);
    let is_field = || colon.is_some_and(|at| methodology.fields().kind_of(&rest[..at]).is_some());
    !stops && is_lower() && !is_told() && !is_field()
}

/// Takes severity and status from the fields of an item; gives how many of the two they say.
fn take_fields(base: &[u8], entry: &mut ItemEntry, fields: &[Field], methodology: &Methodology) -> u32 {
    let severity = fields.iter().filter_map(|field| Some((field.weight(base, methodology)?, field)));
    let severity = severity.rev().max_by_key(|(weight, _)| *weight).map(|(_, field)| field);
    if let Some(field) = severity {
        (entry.severity, entry.level) = word(base, field, methodology);
        entry.hint = Hint::Field;
    }
    let is_status = |field: &&Field| methodology.fields().is_of(field.name.of(base), FieldKind::Status);
    let status = fields.iter().find(is_status).filter(|field| !field.value.is_empty());
    if let Some(field) = status {
        entry.status = field.value;
    }
    u32::from(severity.is_some()) + u32::from(status.is_some())
}

/// The word of a field's value that names a level, else all of it.
fn word(base: &[u8], field: &Field, methodology: &Methodology) -> (Span, Option<LevelId>) {
    match methodology.read_level(field.value.of(base)) {
        Some(found) => (field.value.part(found.span), Some(found.level)),
        None => (field.value, None),
    }
}

/// What the lines of an item's title say.
struct Lead {
    entry: Entry,
    is_bold: bool,
}

impl Lead {
    /// What the text of an item says on the lines of its title, or where the first is a field for its id, or the id alone, or
    /// printed by a scanner.
    fn of_all(base: &[u8], text: Span, methodology: &Methodology) -> Lead {
        if printed::may_begin(text.of(base)) && printed::begins_line(base, text) {
            let first = line::at(base, text.start).text;
            let first = Span::new(text.start, first.end.min(text.end));
            if let Some(entry) = printed::read(base, first, methodology) {
                return Lead { entry, is_bold: true };
            }
        }
        if let Some((id, title)) = opening_id(base, text, methodology) {
            let entry = Entry::read(base, title, methodology);
            return Lead { entry: Entry { id, id_kind: IdKind::Name, title, ..entry }, is_bold: true };
        }
        if let Some(title) = title_below_rating(base, text, methodology) {
            return Lead { entry: Entry::read(base, title, methodology), is_bold: true };
        }
        let below = Lead::below_id(base, text, methodology);
        below.unwrap_or_else(|| Lead::of(base, opening(base, text, methodology), methodology))
    }

    /// What a text says whose first line is nothing but an id: its title begins with the first line below that is no field.
    fn below_id(base: &[u8], text: Span, methodology: &Methodology) -> Option<Lead> {
        let first = line::at(base, text.start);
        let is_short = first.text.len() <= ID_LINE_MOST && first.text.of(base).iter().any(u8::is_ascii_digit);
        if first.end >= text.end || !is_short {
            return None;
        }
        let Entry { id, id_kind, title, severity, status, .. } = Entry::read(base, first.text, methodology);
        if id_kind < IdKind::Short || ![title, severity, status].iter().all(|part| part.is_empty()) {
            return None;
        }
        let is_title = |line: &line::Line| {
            let field = Field::read(base, line.text, line.text);
            let kind = field.and_then(|field| methodology.fields().kind_of(field.name.of(base)));
            kind.is_none_or(|kind| kind == FieldKind::Title)
        };
        let rest = line::lines(&base[..text.range().end], Span::new(first.end, text.end)).find(is_title)?;
        let rest = Span::new(rest.text.start, text.end).trim(base);
        let below = Lead::of(base, opening(base, rest, methodology), methodology);
        let title = if below.entry.id.is_empty() {
            below.entry.title
        } else {
            below.entry.id.join(below.entry.title)
        };
        let title = without_stop(base, title);
        has_title(base, title).then_some(Lead { entry: Entry { id, id_kind, title, ..below.entry }, ..below })
    }

    fn of(base: &[u8], line: Span, methodology: &Methodology) -> Lead {
        if let Some(value) = titled(base, line, methodology) {
            return Lead { entry: Entry::read(base, value, methodology), is_bold: true };
        }
        if let Some(bold) = bold_lead(base, line)
            && let Some(entry) = of_bold(base, line, bold, methodology)
        {
            return Lead { entry, is_bold: true };
        }
        let sentence = first_sentence(base, line);
        let mut entry = Entry::read(base, sentence, methodology);
        if entry.title.is_empty() && !entry.id.is_empty() && sentence.end < line.end {
            let title = first_sentence(base, Span::new(sentence.end + 1, line.end));
            entry = Entry::read(base, Span::new(line.start, title.end), methodology);
        }
        Lead { entry, is_bold: false }
    }
}

/// The title of a numbered item whose first line is nothing but a severity: the field of that name right below it, as in
/// `1) **Severity: High**` and `- **Issue:** It breaks`.
pub(super) fn title_below_rating(base: &[u8], text: Span, methodology: &Methodology) -> Option<Span> {
    let first = line::at(base, text.start);
    let number = Span::new(line::start(base, text.start), text.start).of(base).trim_ascii();
    let is_numbered = matches!(number, [b'0'..=b'9', .., b'.' | b')']);
    if !is_numbered {
        return None;
    }
    let said = Span::new(text.start, first.text.end);
    Field::read(base, said, said).filter(|field| field.rates_alone(base, methodology))?;
    let rest = line::lines(base, Span::new(first.end, base.len() as u32)).map(|line| line.text.trim(base));
    let mut fields = rest.take_while(|text| !text.is_empty()).filter_map(|text| {
        let bullet = matches!(text.of(base), [b'-' | b'*' | b'+', b' ', ..]);
        let text = text.part(if bullet { 2 } else { 0 }..text.len()).trim(base);
        Field::read(base, text, text)
    });
    let is_title = |field: &Field| {
        methodology.fields().is_of(field.name.of(base), FieldKind::Title) && !field.value.is_empty()
    };
    fields.find(is_title).map(|field| field.value)
}

/// The value of a line that is a title by its name: `**Bug:** it breaks`.
fn titled(base: &[u8], line: Span, methodology: &Methodology) -> Option<Span> {
    let field = Field::of_line(base, line, line).into_iter().next()?;
    let name = field.name.of(base);
    let is_title = methodology.fields().is_of(name, FieldKind::Title);
    (is_title && !field.value.is_empty()).then_some(field.value)
}

/// The first run of bold in a line, its marks left out, where only decoration stands before it.
fn bold_lead(base: &[u8], line: Span) -> Option<Span> {
    let text = line.of(base);
    let open = memchr::memmem::find(text, b"**")?;
    let lead = &text[..open];
    let is_bracketed = lead.starts_with(b"[") || lead.starts_with("【".as_bytes());
    let is_tags = || lead.starts_with(b"[") && lead.trim_ascii_end().ends_with(b"]");
    let decorates =
        lead.len() <= 24 && (!has_words(lead) || is_bracketed) || lead.len() <= TAGS_MOST && is_tags();
    let length = memchr::memmem::find(&text[open + 2..], b"**").filter(|length| *length > 0)?;
    decorates.then(|| line.part(open + 2..open + 2 + length))
}

/// Reads a line that leads with bold: the bold is the title, unless it holds only what decorates one.
fn of_bold(base: &[u8], line: Span, bold: Span, methodology: &Methodology) -> Option<Entry> {
    let rest = Span::new(bold.end + 2, line.end).trim(base);
    if let Some(level) = methodology.level_named(&String::from_utf8_lossy(without_stop(base, bold).of(base)))
    {
        let rest = Span::new(rest.start + separator(rest.of(base)).unwrap_or(0) as u32, rest.end);
        let titled = Entry::read(base, first_sentence(base, rest), methodology);
        let severity = without_stop(base, bold);
        return has_title(base, titled.title).then_some(Entry { severity, level: Some(level), ..titled });
    }
    let inner = Entry::read(base, bold, methodology);
    if is_tag(base, bold, rest, &inner) {
        return match bold_lead(base, rest) {
            Some(next) => of_bold(base, line, next, methodology),
            None => Some(Entry::read(base, first_sentence(base, rest), methodology)),
        };
    }
    if let Some((level, severity)) = rated(base, bold, rest, methodology) {
        let title = without_stop(base, bold);
        return Some(Entry { title, severity, level: Some(level), ..inner });
    }
    if !has_title(base, inner.title) {
        if let Some(next) = bold_lead(base, rest) {
            return of_bold(base, line, next, methodology);
        }
        let end = first_sentence(base, rest).end;
        let whole = Entry::read(base, Span::new(line.start, end), methodology);
        return has_title(base, whole.title).then_some(whole);
    }
    let decorated = |rest| Entry::read(base, Span::new(line.start, tail(base, bold, rest)), methodology);
    let near = decorated(rest);
    let behind = behind_code(base, rest).filter(|_| near.severity.is_empty() && near.status.is_empty());
    let decorated = behind.map_or(near, decorated);
    let title = unbracketed(base, without_stop(base, inner.title));
    let told = if inner.level.is_some() { inner } else { decorated };
    let status = if inner.status.is_empty() { decorated.status } else { inner.status };
    let Entry { severity, level, echoes, is_noted, .. } = told;
    let mut entry = Entry { title, severity, level, echoes, is_noted, status, ..inner };
    [decorated.severity].into_iter().chain(decorated.echoes).for_each(|span| entry.echo(span));
    Some(entry)
}

/// Whether bold is but a tag in brackets, and the title goes on behind it without anything that sets it off: `**[Login]** It loops`.
fn is_tag(base: &[u8], bold: Span, rest: Span, inner: &Entry) -> bool {
    let is_bracketed =
        || bracketed(bold.of(base)).is_some_and(|(_, end)| end == bold.len()) && bold.of(base)[0] == b'[';
    let goes_on = || {
        let text = rest.of(base);
        has_words(text) && separator(text).is_none() && !text.starts_with(b"(")
    };
    inner.id.is_empty() && inner.level.is_none() && inner.status.is_empty() && is_bracketed() && goes_on()
}

/// The level that a package has behind its name, and the words for it: `**multer:** High — it hangs`. Anything else that is
/// rated so, such as `**Complexity:** High`, is no bug.
fn rated(base: &[u8], bold: Span, rest: Span, methodology: &Methodology) -> Option<(LevelId, Span)> {
    let name = bold.of(base).strip_suffix(b":")?;
    let is_package = name.first().is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'@')
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_./@".contains(byte));
    let found = methodology.leading_level(rest.of(base)).filter(|_| is_package)?;
    let behind = &rest.of(base)[found.span.end..];
    let says_why = separator(behind).is_some_and(|length| has_words(&behind[length..]));
    says_why.then(|| (found.level, rest.part(found.span)))
}

/// What stands behind code in brackets, as the name of a rule is: `` (`oil/leak`) — High ``.
fn behind_code(base: &[u8], rest: Span) -> Option<Span> {
    let code = rest.of(base).strip_prefix(b"(`")?;
    let end = memchr::memmem::find(code, b"`)")? + 4;
    Some(rest.part(end..rest.len()).trim(base)).filter(|behind| !behind.is_empty())
}

/// Where what decorates a bold lead from behind ends: with a bracket, or with the line where that is short.
fn tail(base: &[u8], bold: Span, rest: Span) -> u32 {
    let emphasis = rest.of(base).iter().take_while(|byte| b"*_".contains(byte)).count();
    let text = &rest.of(base)[emphasis..];
    let closing = [
        (&b"("[..], &b")"[..]),
        (b"[", b"]"),
        ("（".as_bytes(), "）".as_bytes()),
        ("【".as_bytes(), "】".as_bytes()),
    ];
    let bracket = closing.iter().find(|(open, _)| text.starts_with(open));
    let close = bracket.and_then(|(_, close)| Some(memchr::memmem::find(text, close)? + close.len()));
    match close {
        Some(end) if end <= TAIL_MOST => rest.start + (emphasis + end) as u32,
        _ if rest.len() <= TAIL_MOST && !rest.is_empty() => rest.end,
        _ => bold.end + 2,
    }
}

/// Whether a title says more than signs.
fn has_title(base: &[u8], title: Span) -> bool {
    has_words(title.of(base))
}

/// A title without the stop or colon at its end.
fn without_stop(base: &[u8], title: Span) -> Span {
    let text = title.of(base);
    let stop =
        [&b":"[..], "：".as_bytes(), b".", "。".as_bytes()].into_iter().find(|stop| text.ends_with(stop));
    let ellipsis = text.ends_with(b"..");
    stop.filter(|_| !ellipsis)
        .map_or(title, |stop| Span::new(title.start, title.end - stop.len() as u32).trim(base))
}

/// A title that is all in brackets, as behind an id, without them: `n2（title）`.
fn unbracketed(base: &[u8], title: Span) -> Span {
    let text = title.of(base);
    for (open, close) in [("（", "）"), ("(", ")"), ("【", "】")] {
        if text.starts_with(open.as_bytes()) && text.ends_with(close.as_bytes()) {
            return title.part(open.len()..text.len() - close.len()).trim(base);
        }
    }
    title
}

/// The text up to the end of its first sentence; a stop inside code or brackets ends none.
fn first_sentence(base: &[u8], text: Span) -> Span {
    let bytes = text.of(base);
    let (mut code, mut open) = (false, 0_i32);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'`' => code = !code,
            b'(' | b'[' if !code => open += 1,
            b')' | b']' if !code => open -= 1,
            b'.' if !code && open <= 0 && ends_sentence(bytes, at) => return text.part(0..at),
            0xe3 if !code && bytes[at..].starts_with("。".as_bytes()) => return text.part(0..at),
            _ => {}
        }
    }
    text
}

/// Whether the stop at `at` ends a sentence: a blank and a capital, code or bold follow, and no number or
/// single letter stands before.
fn ends_sentence(text: &[u8], at: usize) -> bool {
    let next = &text[at + 1..];
    let starts = matches!(next, [b' ', b'A'..=b'Z' | b'`' | b'*' | b'[' | 0xc3..=0xf4, ..] | []);
    let word = text[..at].iter().rev().take_while(|byte| !b" *(".contains(byte)).count();
    let short = word <= 1
        || text[at - word..at].contains(&b'.')
        || text[at - word..at].iter().all(u8::is_ascii_digit);
    starts && !short
}
