//! Files beside the review: what goes into an export, and the export itself.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fs::{Opening, Shape};
use super::paths::{self, folder};
use super::{Store, trouble};
use crate::fault::{Fault, Kind, Result};
use crate::progress::Stage;

/// What to do where an export cannot be written under its name.
const ELSEWHERE: &str = "move that away, or name another file: regrade export REPORT --to FORMAT -o FILE";

impl Store {
    /// The text of a file that a person has written.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the path leads to no file, or to one that is no UTF-8.
    pub fn text(&self, path: &Path) -> Result<String> {
        let bytes = self.bytes(&self.fs.real(path)?)?;
        String::from_utf8(bytes.to_vec()).map_err(|error| {
            let fault = Fault::new(Kind::Unreadable, "this is no UTF-8 text").at(path);
            fault.because(error.utf8_error()).hint("save it as UTF-8")
        })
    }

    /// How many bytes a file has.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the path leads to none.
    pub fn length(&self, path: &Path) -> Result<u64> {
        self.fs.length(&self.fs.real(path)?)
    }

    /// Whether a file is there that an export would take the place of.
    ///
    /// # Errors
    /// [`Kind::Refused`] where nothing can take the place of what is there, [`Kind::Unreadable`] where that cannot be
    /// told.
    pub fn is_taken(&self, report: Option<&Path>, target: &Path) -> Result<bool> {
        self.place(report, target).map(|(_, is_there)| is_there)
    }

    /// Writes what is exported of a report into a file in one step. Another file of the name is written over only
    /// if it may be; the report, its log and its journal never are.
    ///
    /// # Errors
    /// [`Kind::Refused`] where the file must not be written over, [`Kind::Unwritable`] where the disk refuses.
    pub fn put(
        &self,
        report: Option<&Path>,
        target: &Path,
        may_replace: bool,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let (target, is_there) = self.place(report, target)?;
        if is_there && !may_replace {
            return Err(taken(&target));
        }
        let written = self.fs.write_beside_as(Opening::Shared, &target, content);
        self.progress.enter(Stage::Idle, 0);
        let written = written?;
        if may_replace {
            written.replace()?;
        } else if !written.claim()? {
            return Err(taken(&target));
        }
        drop(written);
        self.fs.sync_folder(folder(&target))
    }

    /// Where an export goes, and whether a file is there already.
    fn place(&self, report: Option<&Path>, target: &Path) -> Result<(PathBuf, bool)> {
        let shape = self.fs.shape(target)?;
        let refused = |what: &str| Fault::new(Kind::Refused, what).at(target).hint(ELSEWHERE);
        let real = match shape {
            None => self.placed(target)?,
            Some(Shape::File) => self.fs.real(target)?,
            Some(Shape::Link) => {
                self.fs.resolve(target).map_err(|_| refused("a link that leads nowhere is there"))?
            }
            Some(Shape::Folder) => return Err(refused("a folder has the name of the export")),
            Some(Shape::Other) => return Err(refused("what has the name of the export is no regular file")),
        };
        if report.map(|report| self.own(report)).transpose()?.is_some_and(|own| own.contains(&real)) {
            return Err(refused("the export would take the place of what it is made from"));
        }
        if paths::is_log(&real) {
            return Err(refused("this is the name of a deviation log"));
        }
        match self.fs.held(&real)? {
            Some(why) => Err(refused(why)),
            None => Ok((real, shape.is_some())),
        }
    }

    /// The files that a review of this report lives in.
    fn own(&self, report: &Path) -> Result<[PathBuf; 3]> {
        let real = self.fs.real(report)?;
        let (log, journal) = (paths::log(&real), paths::journal(&self.state, &real));
        Ok([real, log, journal])
    }

    /// The path of a file that is not there, its folder without symbolic links.
    fn placed(&self, target: &Path) -> Result<PathBuf> {
        let name = target.file_name().ok_or_else(|| {
            Fault::new(Kind::Usage, "this names no file")
                .at(target)
                .hint("name a file in a folder that is there")
        })?;
        let home = folder(target);
        let real = self.fs.resolve(home).map_err(|error| trouble::unwritable(home, error))?;
        Ok(real.join(name))
    }
}

fn taken(target: &Path) -> Fault {
    let fault = Fault::new(Kind::Refused, "there is such a file already").at(target);
    fault.hint("name another file, or say --force to write over it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use crate::store::rig::Rig;

    fn put(rig: &Rig, target: &Path, text: &str, may_replace: bool) -> Result<()> {
        let mut content = |out: &mut dyn Write| out.write_all(text.as_bytes());
        rig.store().put(Some(&rig.path()), target, may_replace, &mut content)
    }

    /// An export in the place of the log would lose every decision.
    #[test]
    fn what_the_review_lives_in_is_never_written_over() {
        let rig = Rig::new();
        let (store, before) = (rig.store(), rig.report());
        let log = store.log_path(&rig.path()).unwrap();
        for target in [rig.path(), log] {
            let fault = put(&rig, &target, "x", true).unwrap_err();
            assert_eq!(fault.kind(), Kind::Refused, "{fault}");
        }
        assert_eq!((rig.report(), rig.log().entries.len()), (before, 0));
    }

    #[test]
    fn another_file_is_written_over_only_if_it_may_be() {
        let rig = Rig::new();
        let (store, target) = (rig.store(), rig.path().with_file_name("out.csv"));
        put(&rig, &target, "one", false).unwrap();
        assert_eq!(put(&rig, &target, "two", false).unwrap_err().kind(), Kind::Refused);
        assert_eq!(store.text(&target).unwrap(), "one");
        put(&rig, &target, "two", true).unwrap();
        assert_eq!(store.text(&target).unwrap(), "two");
    }

    /// Somebody may write such a file while a long export is made.
    #[test]
    fn a_file_that_appears_while_the_export_is_made_is_left_alone() {
        let rig = Rig::new();
        let target = rig.path().with_file_name("out.csv");
        let mut content = |out: &mut dyn Write| {
            std::fs::write(&target, "theirs")?;
            out.write_all(b"ours")
        };
        let fault = rig.store().put(Some(&rig.path()), &target, false, &mut content).unwrap_err();
        assert_eq!(fault.kind(), Kind::Refused, "{fault}");
        assert_eq!(rig.store().text(&target).unwrap(), "theirs");
        assert_eq!(std::fs::read_dir(rig.folder.path()).unwrap().count(), 2, "the report, and their file");
    }

    /// Who is asked whether a file may be written over expects that it then is.
    #[cfg(unix)]
    #[test]
    fn what_no_file_can_take_the_place_of_is_refused_before_anyone_is_asked() {
        let rig = Rig::new();
        let named = |name: &str| rig.path().with_file_name(name);
        std::fs::create_dir(named("folder")).unwrap();
        std::os::unix::fs::symlink("nowhere", named("astray")).unwrap();
        std::os::unix::fs::symlink(rig.path(), named("report")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(named("socket")).unwrap();
        std::fs::write(named("first"), "x").unwrap();
        std::fs::hard_link(named("first"), named("second")).unwrap();
        std::fs::write(named("kept"), "x").unwrap();
        std::fs::set_permissions(named("kept"), std::os::unix::fs::PermissionsExt::from_mode(0o444)).unwrap();
        for name in ["folder", "astray", "report", "socket", "second", "kept"] {
            let fault = rig.store().is_taken(Some(&rig.path()), &named(name)).unwrap_err();
            assert_eq!(
                (fault.kind(), fault.hints()),
                (Kind::Refused, &[ELSEWHERE.to_owned()][..]),
                "{fault}"
            );
            assert_eq!(put(&rig, &named(name), "x", true).unwrap_err().kind(), Kind::Refused, "{name}");
        }
        drop(socket);
        std::os::unix::fs::symlink("out.csv", named("link")).unwrap();
        put(&rig, &named("out.csv"), "one", false).unwrap();
        assert!(rig.store().is_taken(Some(&rig.path()), &named("link")).unwrap());
        put(&rig, &named("link"), "two", true).unwrap();
        assert_eq!(rig.store().text(&named("out.csv")).unwrap(), "two");
    }

    /// Half an export would be taken for a whole one.
    #[test]
    fn an_export_that_is_given_up_leaves_what_was_there_and_nothing_else() {
        let rig = Rig::new();
        let target = rig.path().with_file_name("out.csv");
        put(&rig, &target, "one", false).unwrap();
        let names = || std::fs::read_dir(rig.folder.path()).unwrap().count();
        let before = names();
        let progress = Progress::default();
        progress.give_up();
        let mut content = |out: &mut dyn Write| out.write_all(b"tw").and_then(|()| progress.advance(1));
        let fault = rig.store().put(Some(&rig.path()), &target, true, &mut content).unwrap_err();
        assert_eq!((fault.kind(), names()), (Kind::Interrupted, before));
        assert_eq!(rig.store().text(&target).unwrap(), "one");
    }
}
