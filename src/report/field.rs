//! A named value of a bug: `- **Status:** ✅ FIXED`, `**Severity:** High`, `Severity: High`.
//!
//! Fields are list items of the bug or lines of its paragraphs, never what is nested below those, and
//! never anything in code, HTML or quotes.

mod bold;
mod bullet;
mod headed;
mod nested;
mod paired;
mod parts;
mod usual;
mod weight;

use std::borrow::Cow;
use std::cell::LazyCell;

use super::entry::{Entry, IdKind};
use super::scan::{Kind, Mark, Outline};
use super::table;
use crate::methodology::{FieldKind, Methodology};
use crate::text::{Span, line, lossy};
pub(super) use headed::{Kinds, line_below, read as headed};
use parts::{all_bold, emphasised, next_name, plain, trailing_colon, without_bar};
pub use weight::Weight;

/// A named value of a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its whole lines, with their end, and what is nested below it.
    pub lines: Span,
    /// Its name, without marks and colon.
    pub name: Span,
    /// Its value on the line of the name, without blanks around it; empty where there is none.
    pub value: Span,
    /// Whether the value stands in a cell of a table, where a backslash keeps a bar from ending it.
    pub in_cell: bool,
}

impl Field {
    /// What its value says.
    pub fn text<'b>(&self, base: &'b [u8]) -> Cow<'b, str> {
        let text = lossy(self.value.of(base));
        if self.in_cell { table::unescaped(text) } else { text }
    }

    /// The fields of the entry that `block` covers, whose heading ends at `body`. Below a heading inside the
    /// entry, which may be another's, only headings are fields: those that say something of the bug. An entry that
    /// says nothing before the first of those has its fields below that one, if they state its severity; and one whose
    /// severity is stated nowhere else has those below the only heading that has such.
    pub fn all(base: &[u8], block: Span, body: u32, methodology: &Methodology) -> Vec<Field> {
        let text = Span::new(body, block.end);
        let fields = usual::fields(base, text, methodology);
        let mut fields = fields.unwrap_or_else(|| Field::scanned(base, text, methodology));
        if let [only] = fields[..]
            && only.weight(base, methodology).is_none()
            && let Some(all) = nested::fields(base, only, text, methodology)
        {
            fields = all;
        }
        Field::parted(base, fields, methodology)
    }

    /// The same, whatever stands in the text below the heading.
    fn scanned(base: &[u8], text: Span, methodology: &Methodology) -> Vec<Field> {
        let marks: Vec<Mark> =
            Outline::of(base, text).iter().map(|mark| as_meant(base, mark, methodology)).collect();
        let headed = |mark: &Mark, kinds: Kinds| {
            let behind = marks.partition_point(|other| other.lines.start <= mark.lines.start);
            let next = marks[behind..].iter().find(|next| is_heading(next));
            let own = Span::new(mark.lines.end, next.map_or(text.end, |next| next.lines.start));
            headed(base, mark.text, mark.lines, own, kinds, methodology)
        };
        let are_names =
            || marks.iter().filter(|mark| is_heading(mark)).any(|mark| headed(mark, Kinds::Values).is_some());
        let kinds = if are_names() { Kinds::All } else { Kinds::Values };
        let of_heading = |mark: &Mark| {
            let field = Field::of_heading(base, mark.text, mark.lines, methodology);
            field.or_else(|| headed(mark, kinds))
        };
        let first = marks.iter().position(|mark| mark.kind != Kind::Rule).unwrap_or(0);
        let is_opened = marks.get(first).is_some_and(|mark| is_heading(mark) && of_heading(mark).is_none());
        let start = if is_opened { first + 1 } else { 0 };
        let own = start + marks[start..].iter().take_while(|mark| !is_heading(mark)).count();
        let states_severity = |fields: &[Field]| {
            fields.iter().any(|field| field.weight(base, methodology) == Some(Weight::Severity))
        };
        let mut fields = of_marks(base, &marks[start..own], methodology);
        if is_opened && !states_severity(&fields) {
            fields.clear();
        }
        fields.extend(marks[own..].iter().filter(|mark| is_heading(mark)).filter_map(of_heading));
        if !states_severity(&fields) {
            let parts = marks[own..].split(is_heading);
            let mut stating =
                parts.map(|part| of_marks(base, part, methodology)).filter(|part| states_severity(part));
            if let (Some(only), None) = (stating.next(), stating.next()) {
                fields.extend(only);
                fields.sort_by_key(|field| field.name.start);
            }
        }
        fields
    }

    /// The field that a heading is, such as `### Severity: P0`; its name must be a field's. The name of a title,
    /// as in `### Issue: It breaks`, makes none: such a heading is a bug's own.
    pub fn of_heading(base: &[u8], text: Span, lines: Span, methodology: &Methodology) -> Option<Field> {
        let field = Field::read(base, text, lines).filter(|field| !field.value.is_empty())?;
        let kind = methodology.fields().kind_of(field.name.of(base))?;
        (!matches!(kind, FieldKind::Title | FieldKind::Id)).then_some(field)
    }

    /// The field that a text such as `**Name:** value` is, standing on `lines`. What breaks the line at its end is no
    /// part of the value.
    pub fn read(base: &[u8], text: Span, lines: Span) -> Option<Field> {
        let text = without_break(base, text).trim(base);
        let bytes = text.of(base);
        let (name, value, end) = emphasised(bytes).or_else(|| all_bold(bytes)).or_else(|| plain(bytes))?;
        let shift = |start: usize, end: usize| {
            Span::new(text.start + start as u32, text.start + end as u32).trim(base)
        };
        let name = shift(name.0, name.1);
        let end = next_name(bytes, value).unwrap_or(end);
        (!name.is_empty()).then(|| {
            let value = without_bar(base, shift(value, end));
            Field { lines, name, value, in_cell: false }
        })
    }

    /// The title that a heading such as `### Issue: It breaks` names as one.
    pub(super) fn titled(base: &[u8], text: Span, methodology: &Methodology) -> Option<Span> {
        let field = Field::read(base, text, text).filter(|field| !field.value.is_empty())?;
        let kind = methodology.fields().kind_of(field.name.of(base));
        (kind == Some(FieldKind::Title)).then_some(field.value)
    }

    /// The fields of a line: one, or several such as `**Severity:** High | **Status:** Open`.
    pub(super) fn of_line(base: &[u8], text: Span, lines: Span) -> Vec<Field> {
        let mut fields = Vec::new();
        Field::put_line(base, text, lines, &mut fields);
        fields
    }

    /// The same, put behind others.
    fn put_line(base: &[u8], text: Span, lines: Span, fields: &mut Vec<Field>) {
        let only = Field::only(&base[..text.range().end.min(base.len())], text.start);
        if let Some(only) = only.filter(|only| only.lines.end == text.end) {
            return fields.push(Field { lines, ..only });
        }
        let mut rest = text;
        while let Some(field) = Field::read(base, rest, lines) {
            let next = next_name(
                rest.of(base),
                field.value.start.max(field.name.end).saturating_sub(rest.start) as usize,
            );
            fields.push(field);
            let Some(next) = next else { break };
            rest = Span::new(rest.start + next as u32, text.end);
        }
    }

    /// The field that all of a line is from `start` on, as most are: `**Name:** value`; `None` where it may hold more, or
    /// something else.
    #[inline]
    fn only(base: &[u8], start: u32) -> Option<Field> {
        let [b'*', b'*', inner @ ..] = &base[start as usize..] else { return None };
        let length = line::end_or(inner, b'*')?;
        let ([name @ .., b':'], [b'*', b'*', rest @ ..]) = inner.split_at(length) else { return None };
        let value = &rest[..line::end_or(rest, b'*').unwrap_or(rest.len())];
        let goes_on = rest.get(value.len()) == Some(&b'*')
            || matches!(value.trim_ascii_end(), [.., b'|' | b'\\' | 0xb7]);
        if goes_on || !is_whole(name) {
            return None;
        }
        let name = Span::new(start + 2, start + 2 + name.len() as u32);
        let after = Span::new(name.end + 3, name.end + 3 + value.len() as u32);
        let lines = line::until(base, start, after.end).whole();
        let value = match value {
            [b' ', text @ ..] if is_whole(text) => Span::new(after.start + 1, after.end),
            _ => after.trim(base),
        };
        Some(Field { lines, name, value, in_cell: false })
    }

    /// The same of the last line of a paragraph, where a backslash at the end of a value breaks nothing.
    pub fn of_last_line(base: &[u8], text: Span, lines: Span) -> Vec<Field> {
        let mut fields = Field::of_line(base, text, lines);
        let whole = without_break(base, text);
        let last = fields.last_mut().filter(|last| !last.value.is_empty() && last.value.end == whole.end);
        if let Some(last) = last {
            last.value = Span::new(last.value.start, text.end);
        }
        fields
    }

    /// Whether it is called so, in whatever case.
    pub fn is_named(&self, base: &[u8], name: &str) -> bool {
        let own = lossy(self.name.of(base));
        let has_other_letters = !own.is_ascii() || !name.is_ascii();
        own.eq_ignore_ascii_case(name) || has_other_letters && own.to_lowercase() == name.to_lowercase()
    }
}

/// Whether the text of what Markdown takes for an underlined heading begins with a field, so that a break is meant by the
/// line below it: one in bold, `**Status:** Open`, or a plain one that states a severity or a status and has more lines behind
/// it. What is counted is a heading: `**Bug 3:** It breaks`.
pub(super) fn is_underlined(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let first = line::at(base, text.start).text;
    let bytes = Span::new(text.start, first.end.min(text.end)).of(base);
    match bytes.strip_prefix(b"**") {
        Some(inner) => is_bold_field(inner),
        None => first.end < text.end && states_plainly(bytes, methodology),
    }
}

/// Whether a text, behind the marks that open its bold, is a name and its value: `Status:** Open`.
fn is_bold_field(inner: &[u8]) -> bool {
    let Some(end) = memchr::memmem::find(inner, b"**") else { return false };
    let (name, rest) = (&inner[..end], &inner[end + 2..]);
    let rest = match trailing_colon(name) {
        Some(_) => rest,
        None => {
            let colon = [&b":"[..], "：".as_bytes()].into_iter().find(|colon| rest.starts_with(colon));
            &rest[colon.map_or(rest.len(), <[u8]>::len)..]
        }
    };
    !name.iter().any(u8::is_ascii_digit) && !rest.trim_ascii().is_empty()
}

/// Whether a line is a plain field for a severity or a status: `Severity: High`.
fn states_plainly(line: &[u8], methodology: &Methodology) -> bool {
    let Some(colon) = memchr::memchr(b':', line) else { return false };
    let states = |kind| matches!(kind, FieldKind::Severity | FieldKind::Priority | FieldKind::Status);
    methodology.fields().kind_of(&line[..colon]).is_some_and(states)
        && !line[colon + 1..].trim_ascii().is_empty()
}

/// A mark as its author meant it: fields above a break are a paragraph, be it that the break underlines them.
fn as_meant(base: &[u8], mark: &Mark, methodology: &Methodology) -> Mark {
    match mark.kind {
        Kind::Heading { level: 2, setext: true } if is_underlined(base, mark.text, methodology) => {
            let lines = Span::new(mark.lines.start, line::at(base, mark.text.end).end);
            Mark { kind: Kind::Paragraph, lines, ..*mark }
        }
        _ => *mark,
    }
}

/// Whether a text is something, without blanks around it.
#[inline]
fn is_whole(text: &[u8]) -> bool {
    let is_blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    !is_blank(text.first()) && !is_blank(text.last())
}

fn is_heading(mark: &Mark) -> bool {
    matches!(mark.kind, Kind::Heading { .. }) && mark.place.is_top()
}

/// The fields of a text without headings.
fn of_marks(base: &[u8], marks: &[Mark], methodology: &Methodology) -> Vec<Field> {
    let mut fields = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        match mark.kind {
            Kind::Paragraph if mark.place.quotes == 0 && !mark.place.is_top() => {
                fields.extend(of_lazy_lines(base, mark))
            }
            _ if !mark.place.is_top() => {}
            Kind::Item { .. } => fields.extend(of_item(base, mark, marks.get(at + 1), methodology)),
            Kind::Paragraph => fields.extend(of_paragraph(base, mark.lines, methodology)),
            Kind::Table { columns } => {
                let rows = marks[at + 1..].iter().take_while(|mark| mark.kind == Kind::Row);
                fields.extend(of_table(base, mark, rows, columns, methodology));
            }
            _ => {}
        }
    }
    fields
}

/// The fields that an item is, by the first line of its first paragraph.
fn of_item(base: &[u8], item: &Mark, first: Option<&Mark>, methodology: &Methodology) -> Vec<Field> {
    let Some(first) =
        first.filter(|mark| mark.kind == Kind::Paragraph && mark.lines.start == item.lines.start)
    else {
        return Vec::new();
    };
    let line = line::at(base, first.text.start);
    let text = Span::new(first.text.start, line.text.end);
    let mut fields = match first.lines.end <= line.end {
        true => Field::of_last_line(base, text, item.lines),
        false => Field::of_line(base, text, item.lines),
    };
    if fields.is_empty() {
        fields.extend(Field::rating_in_bold(base, text, item.lines, methodology));
    }
    fields
}

/// The fields that a table is: names and values side by side, or names above the values of a single row that is
/// no entry of its own. Half of the names must be those of fields, for a bug can have other tables.
fn of_table<'a>(
    base: &[u8],
    mark: &Mark,
    rows: impl Iterator<Item = &'a Mark>,
    columns: u32,
    methodology: &Methodology,
) -> Vec<Field> {
    let rows: Vec<&Mark> = rows.collect();
    let head = table::cells(base, mark.text);
    let field = |name: Span, value: Span, row: &Mark| {
        let name = table::plain(base, name);
        let name = trailing_colon(name.of(base)).map_or(name, |colon| name.part(0..name.len() - colon));
        Field { lines: row.lines, name, value: value.trim(base), in_cell: true }
    };
    let names_entry = |name: &Span| {
        let kind = methodology.fields().kind_of(table::plain(base, *name).of(base));
        matches!(kind, Some(FieldKind::Id | FieldKind::Title))
    };
    let pairs = |row: &&Mark| match table::cells(base, row.text)[..] {
        [name, value] => Some(field(name, value, row)),
        _ => None,
    };
    let fields: Vec<Field> = match (columns, &rows[..]) {
        (2, _) => rows.iter().filter_map(pairs).collect(),
        (_, [row]) if !head.iter().any(names_entry) => head
            .iter()
            .zip(table::cells(base, row.text))
            .map(|(name, value)| field(*name, value, row))
            .collect(),
        _ => Vec::new(),
    };
    let known = |field: &Field| methodology.fields().kind_of(field.name.of(base)).is_some();
    if fields.iter().filter(|field| known(field)).count() * 2 >= fields.len() { fields } else { Vec::new() }
}

/// The fields that lines in bold are which go on with an item's text without being indented as it is: nobody
/// means them as its text.
fn of_lazy_lines(base: &[u8], paragraph: &Mark) -> Vec<Field> {
    let lines = line::lines(base, paragraph.lines).skip(1);
    let bold = lines.filter(|line| line.text.of(base).starts_with(b"**"));
    bold.flat_map(|line| Field::of_line(base, line.text, line.whole())).collect()
}

/// The fields that the lines of a paragraph are. Without emphasis only those count that stand before any
/// other text, for a sentence can look like one; a level or a status that is all of a line is none, and may be one of what the
/// first line names.
fn of_paragraph(base: &[u8], paragraph: Span, methodology: &Methodology) -> Vec<Field> {
    let lines: Vec<line::Line> = line::lines(base, paragraph).collect();
    let mut fields = Vec::new();
    let mut is_prose = false;
    let is_titled = || lines.first().is_some_and(|line| names_entry(base, line.text, methodology));
    let rates = |line: &line::Line| {
        Field::ratings_beside(base, line.text, line.whole(), methodology).is_some_and(|row| row.len() > 1)
    };
    let has_rated_row = LazyCell::new(|| lines.iter().any(rates));
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.of(base).trim_ascii_start();
        let next = lines.get(at + 1).map_or(&b""[..], |next| next.text.trim(base).of(base));
        let is_plain = !text.starts_with(b"**") && !text.starts_with(b"__");
        let is_habit = at > 0 && ends_in_break(lines[at - 1].text.of(base));
        let mut found = match at + 1 == lines.len() && !is_habit {
            true => Field::of_last_line(base, line.text, line.whole()),
            false => Field::of_line(base, line.text, line.whole()),
        };
        if found.is_empty() {
            found.extend(Field::rating_in_bold(base, line.text, line.whole(), methodology));
        }
        let row = || Field::row(base, line.text, line.whole()).filter(|row| row.len() > 1 && *has_rated_row);
        if let Some(beside) = Field::ratings_beside(base, line.text, line.whole(), methodology).or_else(row)
            && beside.len() > found.len()
        {
            found = beside;
        }
        let is_said = || found.iter().any(|field| field.is_rating(base, methodology));
        let is_in_text = is_prose && (!is_said() || is_titled());
        match found.is_empty() || is_plain && (is_in_text || runs_on(text, next) && !is_said()) {
            true => is_prose = true,
            false => fields.extend(found),
        }
    }
    fields
}

/// A text without the backslash that breaks the line at its end; one that another escapes stands for itself.
pub(super) fn without_break(base: &[u8], text: Span) -> Span {
    Span::new(text.start, text.end - u32::from(ends_in_break(text.of(base))))
}

/// Whether a line names an entry: it is all in bold, or begins with a tag or an id.
fn names_entry(base: &[u8], line: Span, methodology: &Methodology) -> bool {
    let text = line.trim(base).of(base);
    let is_bold = text.len() > 4 && text.starts_with(b"**") && text.ends_with(b"**");
    is_bold || text.starts_with(b"[") || Entry::read(base, line, methodology).id_kind >= IdKind::Short
}

fn ends_in_break(line: &[u8]) -> bool {
    line.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Whether a line is part of a sentence that the next line goes on with.
fn runs_on(line: &[u8], next: &[u8]) -> bool {
    !line.ends_with(b"  ") && !line.ends_with(b"\\") && next.first().is_some_and(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(&str, &str)> {
        let base = text.as_bytes();
        let field = Field::read(base, Span::whole(base), Span::whole(base))?;
        Some((&text[field.name.range()], &text[field.value.range()]))
    }

    proptest! {
        /// The bugs of a long report would have other fields than one that is looked at by itself.
        #[test]
        fn a_line_that_is_one_field_is_read_as_any_line_is(inner in "[ab .:*|·\\\\_\t：]{0,9}", value in "[ab .*|·\\\\\t]{0,9}", open in any::<bool>()) {
            let text = if open { format!("**{inner}") } else { format!("**{inner}:**{value}") };
            let (base, span) = (text.as_bytes(), Span::whole(text.as_bytes()));
            if let Some(only) = Field::only(base, 0) {
                prop_assert_eq!(Field::read(base, span, span), Some(only), "{:?}", text);
                prop_assert_eq!(next_name(base, only.value.start as usize), None, "{:?}", text);
            }
        }
    }

    /// The first line of a paragraph above a break would be the title of a bug that nobody wrote.
    #[test]
    fn fields_above_a_break_are_no_heading() {
        let methodology = crate::methodology::Methodology::embedded();
        let is_underlined =
            |text: &str| super::is_underlined(text.as_bytes(), Span::whole(text.as_bytes()), &methodology);
        for text in ["Severity: Major\nIt crashes.", "状态: open\nx", "**Owner:** Ada", "**Owner**: Ada"] {
            assert!(is_underlined(text), "{text}");
        }
        for text in
            ["Severity: Major", "Login: it crashes\nwhen called", "**Bug 3:** It crashes", "Status:\nx"]
        {
            assert!(!is_underlined(text), "{text}");
        }
    }

    #[test]
    fn a_field_is_known_by_its_name_and_colon() {
        assert_eq!(read("**Severity:** P0 - ImportError"), Some(("Severity", "P0 - ImportError")));
        assert_eq!(read("**Severity**: High  "), Some(("Severity", "High")));
        assert_eq!(read("**Severity: High**"), Some(("Severity", "High")));
        assert_eq!(read("**Title** : it breaks"), Some(("Title", "it breaks")));
        assert_eq!(read("Severity: High"), Some(("Severity", "High")));
        assert_eq!(read("**严重程度：** 高"), Some(("严重程度", "高")));
        assert_eq!(read("**Tests:**"), Some(("Tests", "")));
    }

    #[test]
    fn a_break_at_the_end_of_a_line_is_no_part_of_its_value() {
        assert_eq!(read("**Severity:** P0\\"), Some(("Severity", "P0")));
        assert_eq!(read("Severity: P0 \\"), Some(("Severity", "P0")));
        assert_eq!(read("**Tests:**\\"), Some(("Tests", "")));
        assert_eq!(read("**Path:** C:\\\\"), Some(("Path", "C:\\\\")));
    }

    #[test]
    fn a_backslash_that_no_line_follows_is_part_of_its_value() {
        let text = "- **Path:** C:\\\n- **Owner:** Ben\n- **At:** x\\\n  y\n\n**Share:** D:\\\n\n**A:** x\\\n**B:** y\\\n";
        let base = text.as_bytes();
        let fields = Field::all(base, Span::whole(base), 0, &Methodology::embedded());
        let found: Vec<_> = fields.iter().map(|f| (&text[f.name.range()], &text[f.value.range()])).collect();
        let said =
            [("Path", "C:\\"), ("Owner", "Ben"), ("At", "x"), ("Share", "D:\\"), ("A", "x"), ("B", "y")];
        assert_eq!(found, said);
    }

    #[test]
    fn a_line_can_hold_several_fields() {
        let text = "**Severity:** High. **Likelihood:** Low | **Status:** `a | b`";
        let base = text.as_bytes();
        let fields = Field::of_line(base, Span::whole(base), Span::whole(base));
        let found: Vec<_> = fields.iter().map(|f| (&text[f.name.range()], &text[f.value.range()])).collect();
        assert_eq!(found, [("Severity", "High."), ("Likelihood", "Low"), ("Status", "`a | b`")]);
    }

    /// A due date would be part of the name of who reported the bug, and nobody would be told that it has passed.
    #[test]
    fn rows_of_names_and_values_stand_above_and_below_one_with_a_rating() {
        let of = |text: &str| -> Vec<String> {
            let base = text.as_bytes();
            let fields = Field::all(base, Span::whole(base), 0, &Methodology::embedded());
            fields.iter().map(|field| text[field.value.range()].to_owned()).collect()
        };
        let rated = "Priority: High | Status: Open\n";
        let dates = "Owner: Ben | Due: 2027-02-03\n";
        assert_eq!(of(&format!("{rated}{dates}")), ["High", "Open", "Ben", "2027-02-03"]);
        assert_eq!(of(&format!("{dates}{rated}")), ["Ben", "2027-02-03", "High", "Open"]);
        assert_eq!(of(dates), ["Ben | Due: 2027-02-03"]);
        assert_eq!(of(&format!("{rated}Run: a | b\n")), ["High", "Open", "a | b"]);
    }

    /// Writing the first of them would take the others away.
    #[test]
    fn a_blank_alone_sets_off_names_that_are_written_alike() {
        let of = |text: &'static str| -> Vec<(&str, &str)> {
            let base = text.as_bytes();
            let fields = Field::of_line(base, Span::whole(base), Span::whole(base));
            fields.iter().map(|field| (&text[field.name.range()], &text[field.value.range()])).collect()
        };
        let alike = of("**Status:** Open **Severity:** Low  **Seen on:** 2027-02-03");
        assert_eq!(alike, [("Status", "Open"), ("Severity", "Low"), ("Seen on", "2027-02-03")]);
        assert_eq!(of("**状态：** 打开 **严重：** 高"), [("状态", "打开"), ("严重", "高")]);
        let outside = of("**Status**: Open **Severity**: **Low**");
        assert_eq!(outside, [("Status", "Open"), ("Severity", "**Low**")]);
        for one in [
            "**Steps:** Press **Save**: nothing comes",
            "**Note:** It is **not:** so",
            "**Cause:** A **very long name that is said:** so",
            "**Fix:** Write `**Status:** Open`",
        ] {
            assert_eq!(of(one).len(), 1, "{one}");
        }
    }

    /// A bug whose severity stands above a remark in lower case would be lost.
    #[test]
    fn a_level_alone_is_no_sentence_whatever_stands_below_it() {
        let of = |text: &str| -> Vec<String> {
            let base = text.as_bytes();
            let fields = Field::all(base, Span::whole(base), 0, &Methodology::embedded());
            fields.iter().map(|field| text[field.name.range()].to_owned()).collect()
        };
        assert_eq!(of("Severity: High\nflaky on CI\n"), ["Severity"]);
        assert_eq!(of("Severity: High\nStatus: open\nsee the log\n"), ["Severity", "Status"]);
        assert_eq!(of("Severity: High and\nrising\n"), [""; 0]);
        assert_eq!(of("Owner: Ada\nand her team\n"), [""; 0]);
    }

    #[test]
    fn running_text_is_no_field() {
        for text in [
            "**Bold** words",
            "see https://example.org",
            "It fails (twice): badly",
            "**open",
            "",
            ": x",
            "a::b",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_nested_or_fenced_is_no_field_of_the_bug() {
        let text = "- **Severity:** P0\n- **Tests:**\n  - **Severity:** P3\n- ```\n  - **Severity:** P2\n  ```\n\n```\n**Status:** no\n```\n> **Status:** no\n\n**Status:** yes\n";
        let base = text.as_bytes();
        let fields = Field::all(base, Span::whole(base), 0, &Methodology::embedded());
        let found: Vec<_> = fields.iter().map(|f| (&text[f.name.range()], &text[f.value.range()])).collect();
        assert_eq!(found, [("Severity", "P0"), ("Tests", ""), ("Status", "yes")]);
        assert_eq!(&text[fields[1].lines.range()], "- **Tests:**\n  - **Severity:** P3\n");
    }
}
