//! Claims set to what is documented: nothing but their numbers changes, and back again every byte is as it was.

use std::fs;

use proptest::prelude::*;
use regrade::report::audit::restated;
use regrade::report::render::{self, Wanted};
use regrade::report::{Report, Restated, Writing};

use crate::parsed::parse;
use crate::place::shared;

fn rewritten(report: &Report, claims: &[Restated]) -> Report {
    let edits =
        render::edits_of(report, &Wanted { restated: claims, ..Wanted::default() }, Writing::default())
            .unwrap();
    parse(&edits.apply(report.base()))
}

/// A report without the digits of the claims that may be written, and without blanks.
fn around(report: &Report) -> Vec<u8> {
    let mut base = report.base().to_vec();
    for claim in report.claims().iter().rev().filter(|claim| claim.is_written()) {
        base.drain(claim.span.range());
    }
    base.retain(|byte| *byte != b' ');
    base
}

fn expect_set_and_back(report: &Report, name: &str) {
    let set = restated(report);
    let right = rewritten(report, &set);
    assert_eq!(restated(&right), [], "{name}");
    assert!(around(&right) == around(report), "{name}: more than numbers changed");
    let back: Vec<Restated> = set.into_iter().map(Restated::back).collect();
    assert!(rewritten(&right, &back).base() == report.base(), "{name}: not every byte came back");
}

#[test]
fn real_reports_are_set_right_and_back() {
    let folders = ["corpus/md", "reference/atom"].into_iter().filter_map(shared);
    for path in folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path()) {
        expect_set_and_back(&parse(&fs::read(&path).unwrap()), &path.display().to_string());
    }
}

/// A number, as a report may write it.
fn number() -> impl Strategy<Value = String> {
    let digits = prop_oneof![(0u64..30).prop_map(|n| n.to_string()), Just("1,204".to_owned())];
    (0..4usize, digits).prop_map(|(style, n)| match style {
        0 => format!("~{n}"),
        1 => format!("{n}+"),
        2 => format!("**{n}**"),
        _ => n,
    })
}

proptest! {
    /// Cells that grow and shrink must keep their columns, whatever is in them.
    #[test]
    fn made_up_reports_are_set_right_and_back(
        numbers in prop::collection::vec(number(), 6),
        width in 3usize..12,
        right in any::<bool>(),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
        bugs in prop::collection::vec(0usize..2, 0..5),
    ) {
        let cell = |text: &str| if right { format!("{text:>width$}") } else { format!("{text:<width$}") };
        let rule = "-".repeat(width + 2);
        let mut text = format!("| Severity | {} |\n|----------|{rule}|\n", cell("Count"));
        for (level, number) in ["P0", "P1", "Total"].iter().zip(&numbers) {
            text += &format!("| {level:<8} | {} |\n", cell(number));
        }
        text += &format!("\n- Critical: {}\n- High: {} bugs\n\n## High ({})\n\n", numbers[3], numbers[4], numbers[5]);
        for (at, level) in bugs.iter().enumerate() {
            text += &format!("### BUG-{at}: bug {at}\n- **Severity:** P{level}\n\n");
        }
        expect_set_and_back(&parse(text.replace('\n', ends).as_bytes()), &text);
    }
}
