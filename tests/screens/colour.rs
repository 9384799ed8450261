//! No colour says what words do not.

use std::fs;

use ratatui::buffer::Cell;
use ratatui::style::Color;
use regrade::tui::Step;

use super::views::{VIEWS, names, walk};
use super::{REPORT, SIZES};
use crate::desk::Table;

fn is_coloured(cell: &Cell) -> bool {
    (cell.fg, cell.bg) != (Color::Reset, Color::Reset)
}

#[test]
fn no_colour_says_what_words_do_not() {
    for (width, height) in SIZES {
        let table = Table::new(REPORT).sized(width, height).configured("theme: dark\n");
        let dark = walk(&table, &[Step::Screenshot]);
        // In the same folder, for pages name it.
        let table = table.configured("theme: plain\n");
        fs::remove_dir_all(table.place.path("state")).unwrap();
        fs::write(table.path(), REPORT).unwrap();
        let plain = walk(&table, &[Step::Screenshot]);
        assert_eq!((dark.screens().len(), plain.screens().len()), (VIEWS.len() + 1, VIEWS.len() + 1));
        for (at, name) in names().enumerate() {
            let (coloured, plainly) = (&dark.screens()[at], &plain.screens()[at]);
            assert!(coloured == plainly, "{name} at {width}x{height}\n{coloured}\n{plainly}");
            assert!(
                dark.frames()[at].content.iter().any(is_coloured),
                "{name} has no colours to compare with"
            );
            let cell = plain.frames()[at].content.iter().find(|cell| is_coloured(cell));
            assert_eq!(cell, None, "{name} at {width}x{height}\n{plainly}");
        }
    }
}
