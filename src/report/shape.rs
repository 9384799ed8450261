//! What was recognised in a report, and why: for people who ask how it was read.

use rayon::prelude::*;

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

impl Shape {
    /// That of one bug.
    pub(super) fn of_bug((form, depth, why): Key, bug: BugIx) -> Shape {
        Shape { form, depth, why, bugs: 1, first: bug }
    }

    fn key(&self) -> Key {
        (self.form, self.depth, self.why)
    }
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
pub(super) fn shapes(bugs: impl IndexedParallelIterator<Item = Key>, places: &[BugIx]) -> Vec<Shape> {
    let one = |(key, place): (Key, &BugIx)| Shape::of_bug(key, *place);
    let counted = |mut shapes: Vec<Shape>, shape: Shape| {
        add(&mut shapes, shape);
        shapes
    };
    let all = bugs.zip(places).map(one).fold(Vec::new, counted);
    let mut shapes = all.reduce(Vec::new, |shapes, further| further.into_iter().fold(shapes, counted));
    sort(&mut shapes);
    shapes
}

/// Counts bugs of a shape among the others of it.
pub(super) fn add(shapes: &mut Vec<Shape>, further: Shape) {
    match shapes.iter_mut().find(|shape| shape.key() == further.key()) {
        Some(shape) => {
            shape.bugs += further.bugs;
            shape.first = shape.first.min(further.first);
        }
        None => shapes.push(further),
    }
}

/// Puts the most frequent first.
pub(super) fn sort(shapes: &mut [Shape]) {
    shapes.sort_by_key(|shape| (std::cmp::Reverse(shape.bugs), shape.first));
}
