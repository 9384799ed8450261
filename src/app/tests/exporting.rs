//! Exporting: where keys go while a file is being written.

use super::*;
use crate::export::Format;
use crate::progress::{Share, Stage};

fn exporting() -> Player {
    let mut desk = Player::new();
    desk.press("<Enter>e<Enter>");
    desk
}

#[test]
fn no_key_that_was_meant_for_the_picker_decides_anything() {
    let mut desk = exporting();
    assert!(matches!(desk.asked[..], [Effect::Export { format: Format::Summary, may_replace: false }]));
    desk.press("<Enter>2c");
    assert_eq!((desk.popup(), desk.app.unsaved(), desk.asked.len()), ("picker", 1, 1));
    desk.take(Msg::Exported { name: "bugs.summary.md".to_owned(), decisions: 1, unsaved: 1 });
    assert_eq!(desk.popup(), "none");
    assert_eq!(desk.said(), "exported 1 decision to bugs.summary.md, 1 of them not saved yet");
}

#[test]
fn esc_and_ctrl_c_give_up_what_is_being_written() {
    for key in ["<Esc>", "<Ctrl-c>"] {
        let mut desk = exporting();
        desk.press(key);
        assert!(matches!(desk.asked[1..], [Effect::GiveUp]), "{key}: {:?}", desk.asked);
        desk.take(Msg::NotExported(Fault::new(FaultKind::Interrupted, "given up")));
        assert_eq!((desk.popup(), desk.said()), ("picker", "given up"));
        desk.press("<Esc>");
        assert_eq!(desk.popup(), "none");
    }
}

#[test]
fn only_the_choice_whose_file_is_there_may_write_over_it() {
    let mut desk = exporting();
    desk.take(Msg::ExportStands { format: Format::Summary, name: "bugs.summary.md".to_owned() });
    desk.press("<Down><Enter>");
    assert!(matches!(desk.asked[1..], [Effect::Export { format: Format::Csv, may_replace: false }]));
    desk.take(Msg::ExportStands { format: Format::Csv, name: "bugs.decisions.csv".to_owned() });
    desk.press("<Up><Down><Enter>");
    assert!(matches!(desk.asked[2..], [Effect::Export { format: Format::Csv, may_replace: false }]));
    desk.take(Msg::ExportStands { format: Format::Csv, name: "bugs.decisions.csv".to_owned() });
    desk.press("<Enter>");
    assert!(matches!(desk.asked[3..], [Effect::Export { format: Format::Csv, may_replace: true }]));
    desk.take(Msg::NotExported(Fault::new(FaultKind::Unwritable, "the disk is full")));
    assert_eq!(desk.popup(), "error");
}

/// Nobody can go on with anything else while a picker says nothing new.
#[test]
fn the_desk_is_free_once_an_export_takes_so_long_that_it_is_told_of() {
    let mut desk = exporting();
    desk.take(Msg::Progressed(Share::default()));
    assert_eq!(desk.popup(), "picker");
    desk.take(Msg::Progressed(Share { stage: Stage::Writing, percent: 3 }));
    assert_eq!(desk.popup(), "none");
    desk.press("<Esc>");
    assert!(matches!(desk.asked[1..], [Effect::GiveUp]), "{:?}", desk.asked);
    desk.press("2");
    assert_eq!(desk.popup(), "none", "what decides waits");
    desk.take(Msg::ExportStands { format: Format::Summary, name: "bugs.summary.md".to_owned() });
    assert!(desk.said().starts_with("bugs.summary.md came meanwhile"), "{}", desk.said());
    assert!(desk.said().ends_with("1 key typed meanwhile not taken"), "{}", desk.said());
}

#[test]
fn fingers_that_move_export_nothing() {
    let mut desk = Player::new();
    desk.press("ejkj");
    assert_eq!((desk.popup(), desk.asked.len()), ("picker", 0));
}
