//! What the list calls a bug: its id and its title, or what stands in for one that the report does not give it.

use std::borrow::Cow;

use crate::methodology::FieldKind;
use crate::report::{BugIx, Field, Report};
use crate::text::{Span, display, line};

/// How many bytes of a text are looked at for what stands in for a title.
const LOOKED_AT: usize = 4 * 1024;

/// What fields without a description say of a bug, the most telling first.
const TELLING: [FieldKind; 6] = [
    FieldKind::Error,
    FieldKind::Impact,
    FieldKind::Cause,
    FieldKind::Reproduction,
    FieldKind::Component,
    FieldKind::File,
];

/// How items of lists begin.
const ITEMS: [&str; 3] = ["- ", "* ", "+ "];

/// An id or a title as the list shows it.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) text: String,
    /// Whether the report gives it to the bug: what stands in is quiet, and no filter looks at it.
    pub(super) is_own: bool,
}

impl Label {
    /// The id of a bug, else its number in the report, by which commands find it, too: the words that name it elsewhere are
    /// those of its title, and would take the room of that.
    pub(super) fn id(report: &Report, bug: BugIx) -> Label {
        match report.bug(bug).id.is_empty() {
            true => Label { text: bug.numbered(), is_own: false },
            false => Label { text: display::brief(&report.handle(bug)).into_owned(), is_own: true },
        }
    }

    /// The title of a bug, else the beginning of what it says.
    pub(super) fn title(report: &Report, bug: BugIx) -> Label {
        let shown = |said: &str| display::brief(&display::unmarked(said)).trim().to_owned();
        let text = shown(&report.title(bug));
        match text.is_empty() {
            true => Label { text: shown(&gist(report, bug).unwrap_or_default()), is_own: false },
            false => Label { text, is_own: true },
        }
    }
}

/// What a bug without a title says first: its description, else a field that is none of the usual ones or a paragraph,
/// whichever comes first, else what its other fields tell.
fn gist(report: &Report, bug: BugIx) -> Option<Cow<'_, str>> {
    let (base, known) = (report.base(), report.methodology().fields());
    let fields: Vec<Field> = report.fields(bug).into_iter().filter(|field| !field.value.is_empty()).collect();
    let of_kind = |kind| fields.iter().find(|field| report.is_of(field, kind));
    let is_other = |field: &&Field| known.kind_of(field.name.of(base)).is_none();
    let (other, paragraph) = (fields.iter().find(is_other), paragraph(report, bug, &fields));
    let first = match (other, paragraph) {
        (Some(field), Some(text)) if text.start < field.lines.start => None,
        (field, _) => field,
    };
    let said = |field: &Field| field.text(base);
    let own = of_kind(FieldKind::Description).or(first).map(said);
    own.or_else(|| paragraph.map(|text| String::from_utf8_lossy(text.of(base))))
        .or_else(|| TELLING.into_iter().find_map(of_kind).map(said))
}

/// The first line of the first paragraph or item below the heading of a bug that is no field.
fn paragraph(report: &Report, bug: BugIx, fields: &[Field]) -> Option<Span> {
    let (base, own) = (report.base(), report.bug(bug));
    let end = own.block.end.min(own.body.saturating_add(LOOKED_AT as u32));
    let mut begins = true;
    let found = line::lines(base, Span::new(own.body.min(end), end)).find_map(|line| {
        let text = line.text.of(base).trim_ascii();
        let is_first = std::mem::replace(&mut begins, text.is_empty());
        let is_field = fields.iter().any(|field| field.lines.covers(line.text));
        let is_words = text.first().is_some_and(|byte| !b"#|<>`~=-+:".contains(byte))
            || ITEMS.iter().any(|item| text.starts_with(item.as_bytes()));
        (is_first && !is_field && is_words).then_some(line.text)
    })?;
    let text = String::from_utf8_lossy(found.of(base));
    let inward = text.len() - text.trim_start().len();
    let item = ITEMS.iter().find(|item| text[inward..].starts_with(*item)).map_or(0, |item| item.len());
    Some(Span::new(found.start + (inward + item) as u32, found.end))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    fn labels(text: &str) -> Vec<String> {
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        let sign = |label: Label| if label.is_own { label.text } else { format!("~{}", label.text) };
        let label = |bug| format!("{} {}", sign(Label::id(&report, bug)), sign(Label::title(&report, bug)));
        report.indexes().map(label).collect()
    }

    /// Words of the title would stand before the title, and take a third of its room.
    #[test]
    fn the_number_in_the_report_stands_in_for_an_id() {
        let text = "# Bugs\n\n## High\n\n### Login loops\n\nIt does.\n\n### Cart is lost\n\nIt is.\n";
        assert_eq!(labels(text), ["~@1 Login loops", "~@2 Cart is lost"]);
    }

    /// Rows would say nothing but a number.
    #[test]
    fn what_a_bug_says_first_stands_in_for_a_title() {
        let bug = |text: &str| labels(&format!("# Bugs\n\n### BUG-1\n\n- **Severity:** P1\n{text}\n"));
        assert_eq!(
            bug("- **Owner:** Ada\n\nThe **cart** is lost\nnow and then."),
            ["BUG-1 ~The cart is lost"]
        );
        assert_eq!(bug("- **What is wrong:** It loops.\n\nSince May."), ["BUG-1 ~It loops."]);
        assert_eq!(bug("- **Extra:** x\n- **Description:** It loops."), ["BUG-1 ~It loops."]);
        assert_eq!(bug("- **Reproduction:** Log in.\n- **Error:** 500"), ["BUG-1 ~500"]);
        assert_eq!(bug("\n- An item of its own."), ["BUG-1 ~An item of its own."]);
        assert_eq!(bug("- **Status:** open"), ["BUG-1 ~"]);
    }
}
