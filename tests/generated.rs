//! The reports that the benches measure: a bench that reads none of their bugs would measure something else.

use crate::parsed::parse;

#[allow(dead_code)]
#[path = "../benches/generator.rs"]
pub(crate) mod generator;
#[path = "../benches/layout.rs"]
mod layout;

pub(crate) use layout::Layout;

/// How many bugs each report has.
const BUGS: usize = 200;

/// How many bugs are found in a report.
fn found(write: impl FnOnce(&mut Vec<u8>)) -> usize {
    let mut base = Vec::new();
    write(&mut base);
    parse(&base).len()
}

#[test]
fn the_bugs_of_every_layout_are_all_found() {
    assert_eq!(found(|base| generator::report(BUGS, 7, base).unwrap()), BUGS);
    for layout in Layout::ALL {
        assert_eq!(found(|base| layout.report(BUGS, 7, base).unwrap()), BUGS, "{}", layout.name());
    }
}
