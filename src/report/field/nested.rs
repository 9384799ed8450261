//! Fields that stand in the only item below a heading, as exports of scanners indent them: `- Description: …`, and below it
//! `  - Severity: High`.

use super::{Field, Weight, of_item};
use crate::methodology::Methodology;
use crate::report::scan::{Kind, Outline};
use crate::text::Span;

/// How many items there are at least that are meant to stand beside the one that holds them.
const LEAST: usize = 2;

/// The only field of a text with those that stand in its item, where all in there are such, one states a severity, and nothing
/// else is in the text. What has no value is the name of what stands below it.
pub(super) fn fields(base: &[u8], only: Field, text: Span, methodology: &Methodology) -> Option<Vec<Field>> {
    let marks = Outline::of(base, text);
    let is_alone = marks.iter().filter(|mark| mark.place.is_top()).count() == 1
        && marks.first().is_some_and(|mark| matches!(mark.kind, Kind::Item { .. }));
    if !is_alone || only.value.is_empty() {
        return None;
    }
    let is_inside = |at: &usize| matches!(marks[*at].kind, Kind::Item { .. }) && marks[*at].place.items == 1;
    let items = (0..marks.len()).filter(is_inside);
    let inside: Vec<Vec<Field>> =
        items.map(|at| of_item(base, &marks[at], marks.get(at + 1), methodology)).collect();
    if inside.len() < LEAST || inside.iter().any(Vec::is_empty) {
        return None;
    }
    let inside: Vec<Field> = inside.into_iter().flatten().collect();
    let states = |field: &Field| field.weight(base, methodology) == Some(Weight::Severity);
    inside.iter().any(states).then(|| {
        let end = inside.first().map_or(only.lines.end, |first| first.lines.start);
        let first = Field { lines: Span::new(only.lines.start, end), ..only };
        [first].into_iter().chain(inside).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every bug of such an export would lose its level.
    #[test]
    fn what_stands_below_an_only_field_are_fields_where_they_state_a_severity() {
        let methodology = Methodology::embedded();
        let names = |text: &str| -> Vec<String> {
            let base = format!("## A\n{text}").into_bytes();
            let fields = Field::all(&base, Span::whole(&base), 5, &methodology);
            fields.iter().map(|field| String::from_utf8_lossy(field.name.of(&base)).into_owned()).collect()
        };
        assert_eq!(
            names("\n- About: x\n  - Severity: High\n  - Owner: Ada\n"),
            ["About", "Severity", "Owner"]
        );
        assert_eq!(names("\n- About: x\n  - Owner: Ada\n  - Seen: y\n"), ["About"]);
        assert_eq!(names("\n- Tests:\n  - Severity: High\n  - Owner: Ada\n"), ["Tests"]);
        assert_eq!(names("\n- About: x\n  - Severity: High\n  - it came back\n"), ["About"]);
        assert_eq!(names("\n- About: x\n  - Severity: High\n  - Owner: Ada\n- Seen: y\n"), ["About", "Seen"]);
        assert_eq!(names("\nText.\n\n- About: x\n  - Severity: High\n  - Owner: Ada\n"), ["About"]);
    }
}
