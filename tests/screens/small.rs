//! No size breaks a view.

use regrade::tui::Step;

use super::awkward::awkward;
use super::views::{VIEWS, walk};
use crate::desk::Table;

#[test]
fn no_screen_is_too_small_and_every_view_is_resized_while_it_is_open() {
    let look = |(width, height)| [Step::Resize(width, height), Step::Screenshot];
    let sizes = [(1, 1), (2, 2), (10, 3), (40, 12), (1, 40), (120, 1), (120, 40)];
    for (width, height) in [(1, 1), (10, 3)] {
        let looks = [vec![Step::Screenshot], sizes.map(look).concat()].concat();
        let walked = walk(&Table::new(awkward()).sized(width, height), &looks);
        assert_eq!(walked.screens().len(), (VIEWS.len() + 1) * (sizes.len() + 1));
    }
}
