//! Files as they come: links, pipes, folders and devices in the place of files, files that are read-only, someone
//! else's or called strangely. Each just works, or is refused with what to do, and no decision is lost over it.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::paths::beside;
use super::rig::{REPORT, Rig, decided};
use super::{Opened, Saved, Store};
use crate::fault::{Fault, Kind, Result};
use crate::report::Writing;

/// Decides on a report and saves.
fn review(rig: &Rig, path: &Path) -> Result<Saved> {
    let (mut opened, session) = decide(rig, path)?;
    rig.store().save(&mut opened.journal, &session, Writing::default())
}

fn decide(rig: &Rig, path: &Path) -> Result<(Opened, crate::triage::Session)> {
    let mut opened = rig.store().open(path, &rig.methodology)?;
    let (event, mut session) = (decided(&[1], 2, "Configuration."), opened.session());
    opened.journal.record(&event)?;
    session.apply(event);
    Ok((opened, session))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// That saving is refused so, that nothing has happened, and that the decision is kept.
fn refuses(rig: &Rig, what: &str, hint: &str) {
    let (report, before) = (rig.report(), names(rig.folder.path()));
    let fault = review(rig, &rig.path()).unwrap_err();
    assert!(fault.to_string().contains(what), "{fault}");
    assert!(fault.hints().iter().any(|said| said.contains(hint)), "{:?}", fault.hints());
    assert_eq!(rig.report(), report);
    let before = [&before[..], &["state".to_owned()]].concat();
    assert_eq!(names(rig.folder.path()), before);
    assert_eq!(rig.open().session().pending().len(), 1);
}

/// That a report cannot be opened for deciding, and why.
fn shut(rig: &Rig, path: &Path) -> Fault {
    let fault = rig.store().open(path, &rig.methodology).unwrap_err();
    assert!(!fault.hints().is_empty(), "{fault}");
    fault
}

#[test]
fn links_to_links_in_other_folders_stay_and_the_log_stands_beside_the_file() {
    let rig = Rig::new();
    let other = tempfile::tempdir().unwrap();
    let (near, far) = (rig.folder.path().join("near.md"), other.path().join("far.md"));
    symlink("bugs.md", &near).unwrap();
    symlink(&near, &far).unwrap();
    review(&rig, &far).unwrap();
    assert_eq!(
        (fs::read_link(&far).unwrap(), fs::read_link(&near).unwrap()),
        (near, PathBuf::from("bugs.md"))
    );
    assert!(rig.report().contains("downgraded from P0"));
    assert_eq!(names(other.path()), ["far.md"]);
    assert_eq!(names(rig.folder.path()), ["bugs.deviations.yaml", "bugs.md", "near.md", "state"]);
}

#[test]
fn a_link_that_leads_nowhere_or_round_in_a_circle_is_no_report() {
    let rig = Rig::new();
    for target in ["missing.md", "link.md"] {
        let link = rig.folder.path().join("link.md");
        symlink(target, &link).unwrap();
        assert_eq!(shut(&rig, &link).kind(), Kind::Unreadable);
        fs::remove_file(link).unwrap();
    }
}

#[test]
fn a_report_with_several_names_is_not_torn_from_the_others() {
    let rig = Rig::new();
    fs::hard_link(rig.path(), rig.folder.path().join("same.md")).unwrap();
    refuses(&rig, "several names", "copy");
    fs::remove_file(rig.folder.path().join("same.md")).unwrap();
    let mut opened = rig.open();
    let session = opened.session();
    rig.store().save(&mut opened.journal, &session, Writing::default()).unwrap();
    assert!(rig.report().contains("downgraded from P0"));
}

#[test]
fn a_read_only_report_is_not_replaced() {
    let rig = Rig::new();
    fs::set_permissions(rig.path(), Permissions::from_mode(0o444)).unwrap();
    refuses(&rig, "read-only", "make it writable");
}

/// Whoever protects a log would find it written to by whoever may do everything.
#[test]
fn a_read_only_log_is_not_added_to() {
    let rig = Rig::new();
    let log = rig.store().log_path(&rig.path()).unwrap();
    fs::write(&log, "").unwrap();
    fs::set_permissions(&log, Permissions::from_mode(0o444)).unwrap();
    refuses(&rig, "read-only", "make it writable");
    let said = rig.open().hindrance.unwrap();
    assert!(said.contains("read-only") && said.contains(".deviations.yaml"), "{said}");
    assert_eq!(fs::read(&log).unwrap(), b"");
    fs::set_permissions(&log, Permissions::from_mode(0o644)).unwrap();
    let (mut opened, store) = (rig.open(), rig.store());
    let session = opened.session();
    store.save(&mut opened.journal, &session, Writing::default()).unwrap();
    assert_eq!(rig.log().entries.len(), 1);
}

#[test]
fn what_will_keep_a_report_from_being_saved_is_said_on_opening_it() {
    let rig = Rig::new();
    assert_eq!(rig.open().hindrance, None);
    fs::set_permissions(rig.path(), Permissions::from_mode(0o444)).unwrap();
    let said = rig.open().hindrance.unwrap();
    assert!(said.contains("cannot be saved as it is") && said.contains("read-only"), "{said}");
}

#[test]
fn permissions_and_set_id_bits_stay() {
    let rig = Rig::new();
    for mode in [0o640, 0o600, 0o4755, 0o666] {
        fs::set_permissions(rig.path(), Permissions::from_mode(mode)).unwrap();
        fs::write(rig.path(), REPORT).unwrap();
        fs::set_permissions(rig.path(), Permissions::from_mode(mode)).unwrap();
        review(&rig, &rig.path()).unwrap();
        assert_eq!(fs::metadata(rig.path()).unwrap().mode() & 0o7777, mode);
    }
}

/// Only who may give files away can test it; what becomes of others is tested on a simulated disk.
#[test]
fn a_report_stays_with_its_owner() {
    let rig = Rig::new();
    if chown(rig.path(), Some(12_345), Some(54_321)).is_err() {
        return;
    }
    fs::set_permissions(rig.path(), Permissions::from_mode(0o2664)).unwrap();
    review(&rig, &rig.path()).unwrap();
    let meta = fs::metadata(rig.path()).unwrap();
    assert_eq!((meta.uid(), meta.gid(), meta.mode() & 0o7777), (12_345, 54_321, 0o2664));
}

#[test]
fn folders_pipes_sockets_and_devices_are_no_reports_and_nobody_waits_for_them() {
    let rig = Rig::new();
    let path = rig.folder.path().join("odd.md");
    fs::create_dir(&path).unwrap();
    assert!(shut(&rig, &path).to_string().ends_with("this is a folder"));
    fs::remove_dir(&path).unwrap();
    pipe(&path);
    assert!(shut(&rig, &path).to_string().ends_with("this is no regular file"));
    fs::remove_file(&path).unwrap();
    let _socket = UnixListener::bind(&path).unwrap();
    assert!(shut(&rig, &path).to_string().ends_with("this is no regular file"));
    assert!(shut(&rig, Path::new("/dev/zero")).to_string().ends_with("this is no regular file"));
}

#[test]
fn folders_pipes_and_links_are_no_logs_and_are_left_alone() {
    let rig = Rig::new();
    let log = rig.store().log_path(&rig.path()).unwrap();
    let hint = "decisions on the report are logged in this file";
    let expect = |what: &str| {
        let fault = shut(&rig, &rig.path());
        assert!(fault.to_string().contains(what) && fault.hints().iter().any(|said| said == hint), "{fault}");
    };
    fs::create_dir(&log).unwrap();
    expect("this is a folder");
    fs::remove_dir(&log).unwrap();
    pipe(&log);
    expect("this is no regular file");
    fs::remove_file(&log).unwrap();
    let elsewhere = rig.folder.path().join("elsewhere");
    symlink(&elsewhere, &log).unwrap();
    expect("this is a symbolic link");
    assert!(!elsewhere.exists());
}

#[test]
fn a_folder_or_a_pipe_in_the_place_of_the_journal_keeps_no_file_from_being_what_it_is() {
    let rig = Rig::new();
    let journal = rig.open().journal.path().to_owned();
    fs::create_dir_all(&journal).unwrap();
    let fault = shut(&rig, &rig.path());
    assert!(fault.hints().iter().any(|hint| hint.contains("REGRADE_STATE_DIR")), "{:?}", fault.hints());
    fs::remove_dir(&journal).unwrap();
    pipe(&journal);
    shut(&rig, &rig.path());
}

#[test]
fn whatever_has_the_name_of_the_new_file_is_not_followed() {
    let rig = Rig::new();
    let (new, victim) = (beside(&rig.path()), rig.folder.path().join("victim"));
    fs::write(&victim, "precious").unwrap();
    symlink(&victim, &new).unwrap();
    review(&rig, &rig.path()).unwrap();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    assert!(!fs::symlink_metadata(rig.path()).unwrap().is_symlink() && fs::symlink_metadata(&new).is_err());
    fs::write(&new, "what a killed process left").unwrap();
    rig.open();
    assert!(fs::symlink_metadata(&new).is_err());
}

#[test]
fn a_folder_that_has_the_name_of_the_new_file_is_in_the_way() {
    let rig = Rig::new();
    fs::create_dir(beside(&rig.path())).unwrap();
    refuses(&rig, "stands where a new file is to be written", "move it");
}

#[test]
fn a_state_folder_that_cannot_be_made_is_told_with_what_to_do_and_nothing_is_decided() {
    let rig = Rig::new();
    let file = rig.folder.path().join("file");
    fs::write(&file, "").unwrap();
    for state in [file.clone(), file.join("below"), PathBuf::from("/proc/regrade")] {
        let store = Store::new(&state);
        let open = store.open(&rig.path(), &rig.methodology);
        let fault = open.and_then(|mut opened| opened.journal.record(&decided(&[1], 2, "No."))).unwrap_err();
        assert!(fault.hints().iter().any(|hint| hint.contains("REGRADE_STATE_DIR")), "{:?}", fault.hints());
    }
}

/// Names are bytes on Unix, and a report may have any.
#[test]
fn names_with_blanks_line_ends_and_broken_text_work() {
    let rig = Rig::new();
    for name in [
        &b"two words.md"[..],
        b"line\nend.md",
        b"\xFF\xFE.md",
        b"-n.md",
        "日本.md".as_bytes(),
        b".md",
        b"no ending",
    ] {
        let path = rig.folder.path().join(OsStr::from_bytes(name));
        fs::write(&path, REPORT).unwrap();
        review(&rig, &path).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("downgraded from P0"));
        assert_eq!(rig.store().log(&path).unwrap().entries.len(), 1);
        let again = rig.store().open(&path, &rig.methodology).unwrap();
        assert_eq!((again.events, again.misfits), (vec![], vec![]));
    }
}

#[test]
fn a_name_too_long_for_its_log_is_told_before_anything_is_decided() {
    let rig = Rig::new();
    let path = rig.folder.path().join(format!("{}.md", "n".repeat(252)));
    fs::write(&path, REPORT).unwrap();
    assert_eq!(rig.store().report(&path, &rig.methodology).unwrap().len(), 3);
    let fault = shut(&rig, &path);
    assert!(fault.hints().iter().any(|hint| hint.contains("shorter")), "{fault}: {:?}", fault.hints());
    let path = rig.folder.path().join(format!("{}.md", "n".repeat(239)));
    fs::write(&path, REPORT).unwrap();
    review(&rig, &path).unwrap();
}
