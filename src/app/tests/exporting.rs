//! Exporting: where keys go while a file is being written.

use super::*;
use crate::export::Format;

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
    desk.press("<Enter>");
    assert!(matches!(desk.asked[2..], [Effect::Export { format: Format::Csv, may_replace: true }]));
    desk.take(Msg::NotExported(Fault::new(FaultKind::Unwritable, "the disk is full")));
    assert_eq!(desk.popup(), "error");
}
