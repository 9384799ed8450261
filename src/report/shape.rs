//! What was recognised in a report, and why: for people who ask how it was read.

use super::bug::{BugIx, Form};
use super::layout::Why;

/// Bugs of one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What they are in Markdown.
    pub form: Form,
    /// How deep their headings are; 0 for rows and items.
    pub depth: u8,
    /// Why they were taken for bugs.
    pub why: Why,
    /// How many there are.
    pub bugs: usize,
    /// The first of them.
    pub first: BugIx,
}

impl Why {
    /// The reason in words that go on from `because`.
    pub fn words(self) -> &'static str {
        match self {
            Why::Field => "one of their fields states a severity",
            Why::Level => "their headings name a level",
            Why::Id => "their headings begin with an id",
            Why::Family => "they are counted like other bugs",
            Why::Section => "they stand in sections that name a level",
            Why::Findings => "they are counted under a heading that speaks of findings",
            Why::Listed => "a table lists them with their severities",
            Why::Row => "their table has the columns of bugs",
            Why::Item => "their list is one of bugs",
        }
    }
}

/// What bugs of a shape have in common.
type Key = (Form, u8, Why);

/// Sums bugs up by shape, the most frequent first; `places` tells where each bug is in the report.
pub(super) fn shapes(bugs: impl Iterator<Item = Key>, places: &[BugIx]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    bugs.zip(places).for_each(|(bug, place)| add(&mut shapes, bug, *place));
    sort(&mut shapes);
    shapes
}

/// Counts a bug among those of its shape.
pub(super) fn add(shapes: &mut Vec<Shape>, (form, depth, why): Key, place: BugIx) {
    let same = |shape: &&mut Shape| (shape.form, shape.depth, shape.why) == (form, depth, why);
    match shapes.iter_mut().find(same) {
        Some(shape) => {
            shape.bugs += 1;
            shape.first = shape.first.min(place);
        }
        None => shapes.push(Shape { form, depth, why, bugs: 1, first: place }),
    }
}

/// Puts the most frequent first.
pub(super) fn sort(shapes: &mut [Shape]) {
    shapes.sort_by_key(|shape| (std::cmp::Reverse(shape.bugs), shape.first));
}
