//! A single bullet of a text, and two texts that differ in one, told without reading all of either.
//!
//! What stands before a bullet tells that it is one. What follows it is not read: where another bullet begins there, nothing
//! goes on with what the bullet says, whatever it is.

use memchr::memrchr;

use super::{Field, Weight, usual};
use crate::methodology::Methodology;
use crate::text::Span;

/// How many bytes are compared at a time.
const STEP: usize = 32;

impl Field {
    /// The field of a text below a heading whose value has this part of it. It is no answer where none is given: that may take
    /// reading all of the text to know.
    pub(in crate::report) fn around(
        base: &[u8],
        text: Span,
        part: Span,
        methodology: &Methodology,
    ) -> Option<Field> {
        let base = &base[..text.range().end];
        let before = Span::new(text.start, part.start).of(base);
        let start = memrchr(b'\n', before).map_or(0, |end| end + 1);
        let field = usual::only(base, text.start + start as u32)?;
        let rest = &base[field.lines.range().end..];
        let ends = rest.is_empty() || usual::is_bullet(rest);
        (ends
            && field.value.covers(part)
            && !field.may_be_paired(base)
            && is_known(base, text.part(0..start), methodology))
        .then_some(field)
    }

    /// Whether all fields of two texts below headings have the same names and values, in the same order, but for some of such
    /// names. It is no answer where they have not: that may take reading both to know.
    pub(in crate::report) fn are_same(
        (base, text): (&[u8], Span),
        (other_base, other_text): (&[u8], Span),
        but_for: impl Fn(&[u8]) -> bool,
        methodology: &Methodology,
    ) -> bool {
        let (one, other) = (text.of(base), other_text.of(other_base));
        let is_apart = || {
            let start = memrchr(b'\n', &one[..common(one, other)]).map_or(0, |end| end + 1);
            let own = Bullet::of((base, text), start, &but_for, methodology)?;
            let is_same = own == Bullet::of((other_base, other_text), start, &but_for, methodology)?;
            (is_same && ends_bullet(own.rest) && is_known(base, text.part(0..start), methodology))
                .then_some(())
        };
        text.start > 0 && other_text.start > 0 && (one == other || is_apart().is_some())
    }
}

/// What a bullet is to the fields around it, whatever its value.
#[derive(PartialEq, Eq)]
struct Bullet<'b> {
    /// A text that states no severity may have that of a heading inside it.
    weight: Option<Weight>,
    /// What follows it.
    rest: &'b [u8],
}

impl<'b> Bullet<'b> {
    /// The bullet that begins in a text at `start`, which is a field of such a name.
    fn of(
        (base, text): (&'b [u8], Span),
        start: usize,
        is_such: impl Fn(&[u8]) -> bool,
        methodology: &Methodology,
    ) -> Option<Bullet<'b>> {
        let base = &base[..text.range().end];
        let field = usual::only(base, text.start + start as u32)?;
        (is_such(field.name.of(base)) && !field.may_be_paired(base)).then(|| Bullet {
            weight: field.weight(base, methodology),
            rest: &base[field.lines.range().end..],
        })
    }
}

/// Whether nothing is open behind a text that a bullet would be a part of. A text at the beginning of a report may be anything.
fn is_known(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    text.start > 0 && (text.is_empty() || usual::fields(base, text, methodology).is_some())
}

/// Whether what follows a bullet neither goes on with its text nor makes something else of it.
fn ends_bullet(rest: &[u8]) -> bool {
    matches!(rest, [] | [b'\n' | b'\r', ..]) || usual::is_bullet(rest)
}

/// How many bytes two texts have in common from their beginning on.
fn common(one: &[u8], other: &[u8]) -> usize {
    let steps = one.as_chunks::<STEP>().0.iter().zip(other.as_chunks::<STEP>().0);
    let far = STEP * steps.take_while(|(one, other)| one == other).count();
    far + one[far..].iter().zip(&other[far..]).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::usual::tests::LINES;
    use super::*;

    static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    const BULLETS: &[&str] = &[
        "- **Severity:** P0 - ImportError",
        "- **Severity:** P1 (downgraded from P0)",
        "- **severity:** a | b",
        "- **Severity:** `<x",
        "- **Severity:**",
        "- **Severity:** C:\\",
        "- **Severity:** P0 **Tests:** x",
        "- **Berth:** High",
    ];

    const FREQUENT: [&str; 8] = [
        "",
        "---",
        "- **Tests:**",
        "- plain text",
        "  - ```",
        "  ```",
        "Text that runs on",
        "**Status:** open",
    ];

    fn is_severity(name: &[u8]) -> bool {
        name.eq_ignore_ascii_case(b"severity")
    }

    /// What a scan of a text below a heading finds, but for such fields.
    fn others(text: &str) -> Vec<(String, String, bool)> {
        let base = format!("#\n{text}");
        let fields = Field::scanned(base.as_bytes(), Span::new(2, base.len() as u32), &METHODOLOGY);
        let others = fields.into_iter().filter(|field| !is_severity(field.name.of(base.as_bytes())));
        let said = |span: Span| base[span.range()].to_owned();
        others.map(|field| (said(field.name), said(field.value), field.in_cell)).collect()
    }

    fn are_same(one: &str, other: &str) -> bool {
        let (one, other) = (format!("#\n{one}"), format!("### x\n{other}"));
        let (text, other_text) = (Span::new(2, one.len() as u32), Span::new(6, other.len() as u32));
        Field::are_same((one.as_bytes(), text), (other.as_bytes(), other_text), is_severity, &METHODOLOGY)
    }

    fn lines(most: usize) -> impl Strategy<Value = String> {
        let line = prop_oneof![
            prop::sample::select(LINES),
            prop::sample::select(&FREQUENT[..]),
            prop::sample::select(&LINES[2..8]),
        ];
        let end = prop::sample::select(&["\n", "\n", "\n", "\n", "\n", "\r\n", "\r"][..]);
        prop::collection::vec((line, end), 0..most)
            .prop_map(|lines| lines.iter().flat_map(|(line, end)| [*line, *end]).collect())
    }

    proptest! {
        /// A save would be believed to leave what it does not.
        #[test]
        fn what_is_the_same_is_the_same_to_a_scan(
            (before, after) in (lines(4), lines(7)),
            (one, other) in (prop::sample::select(BULLETS), prop::sample::select(BULLETS)),
            end in prop::sample::select(&["\n", "\n", "\r\n", "\r", ""][..]),
        ) {
            let (one, other) = (format!("{before}{one}{end}{after}"), format!("{before}{other}{end}{after}"));
            if are_same(&one, &other) {
                prop_assert_eq!(others(&one), others(&other), "{:?} {:?}", one, other);
            }
        }

        #[test]
        fn texts_of_which_nothing_is_known_are_the_same_to_a_scan_where_they_are(one in lines(5), other in lines(5)) {
            if are_same(&one, &other) {
                prop_assert_eq!(others(&one), others(&other), "{:?} {:?}", one, other);
            }
        }

        /// A severity would be written beside its field.
        #[test]
        fn the_field_around_a_word_is_the_one_that_a_scan_finds(
            (before, after) in (lines(4), lines(7)),
            bullet in prop::sample::select(BULLETS),
        ) {
            let base = format!("#\n{before}{bullet}\n{after}");
            let (base, at) = (base.as_bytes(), 2 + (before.len() + bullet.len()) as u32 - 1);
            let (text, part) = (Span::new(2, base.len() as u32), Span::new(at, at + 1));
            if let Some(found) = Field::around(base, text, part, &METHODOLOGY) {
                let mut fields = Field::scanned(base, text, &METHODOLOGY).into_iter();
                prop_assert_eq!(fields.find(|field| field.value.covers(part)), Some(found));
            }
        }
    }

    #[test]
    fn a_bullet_that_is_written_anew_leaves_the_others_as_they_are() {
        let text =
            "- **Tests:**\n  - a.py\n- **Severity:** P0\n- **How:**\n  ```sh\n  x\n  ```\n\n| a | b |\n";
        let anew = text.replace("P0", "P1 (downgraded from P0)");
        assert!(are_same(text, text) && are_same(text, &anew));
        for (old, new) in [
            ("a.py", "b.py"),
            ("P0)\n", "P0)\n  ```\n"),
            ("P0)\n", "P0)\n- **Berth:** x\n"),
            ("**How:**", "**Why:**"),
            ("  x\n", ""),
            ("| b |", "|"),
            ("**Severity:**", "**Berth:**"),
        ] {
            assert!(anew.contains(old) && !are_same(text, &anew.replacen(old, new, 1)), "{new}");
        }
        let rated = "- **Severity:** P0\n\n#### Berth\n- **Tests:** x\n- **Severity:** P2\n";
        assert!(are_same(rated, &rated.replace("P0", "P1")) && !are_same(rated, &rated.replace(" P0", "")));
        let goes_on = |text: &str| text.replace("\n- **How:**", "\n  ---\n- **How:**");
        assert!(!are_same(&goes_on(text), &goes_on(&anew)));
    }

    #[test]
    fn a_bullet_in_what_another_may_have_opened_is_not_known() {
        let text = "- ```\n- **Severity:** P0\n- **How:** x\n";
        assert!(!are_same(text, &text.replace("P0", "P1")));
        let base = format!("#\n{text}");
        let at = base.find("P0").unwrap() as u32;
        let around = |text| Field::around(base.as_bytes(), text, Span::new(at, at + 2), &METHODOLOGY);
        assert_eq!(around(Span::new(2, base.len() as u32)), None);
        let known = around(Span::new(8, base.len() as u32)).unwrap();
        assert_eq!(known.lines.of(base.as_bytes()), b"- **Severity:** P0\n");
    }
}
