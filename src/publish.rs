//! What was decided on a report, looked up and exported: what the desk's key and `regrade export` both do.
//!
//! It is told from the files, never from what is on screen, so that both say the same.

mod commits;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Settings;
use crate::deviation::Log;
use crate::export::{self, Decided, Decisions, EMBEDDED, Facts, Filter, Format, Front, Template};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::progress::{Progress, Stage};
use crate::report::Report;
use crate::store::Store;
use crate::text::{Bytes, counted};
use crate::triage::{Gate, Session};

/// A report and all that was decided on it, of one moment.
#[derive(Debug)]
pub struct Snapshot {
    session: Session,
    decisions: Decisions,
    report: PathBuf,
    /// What report and log are called in what is written.
    called: [PathBuf; 2],
}

/// What has become of an export beside a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// It is written.
    Written {
        /// The name of the file.
        name: String,
        /// How many decisions it has.
        decisions: usize,
        /// How many of them are not saved.
        unsaved: usize,
    },
    /// A file of this name is there, and is as it was.
    Stands(String),
}

/// Exports all that was decided on a report into the file beside it that has the format's name. What is there is
/// written over only if it may be.
///
/// # Errors
/// Those of [`Snapshot::look`] and [`Store::put`].
pub fn beside(
    store: &Store,
    report: &Path,
    methodology: &Arc<Methodology>,
    sources: &Sources,
    (format, may_replace): (Format, bool),
    now: Timestamp,
) -> Result<Exported> {
    let target = format.beside(report);
    let name = bare(&target).to_string_lossy().into_owned();
    if store.is_taken(Some(report), &target)? {
        if !may_replace {
            return Ok(Exported::Stands(name));
        }
        expect_no_report(store, &target, methodology)?;
    }
    let snapshot = Snapshot::look(store, report, methodology)?.called(bare(report));
    let decided = snapshot.decided(&Filter::default());
    let with = Additions::read(read_by(store), sources, format, Some(name.clone()))?;
    let mut content = snapshot.content(format, &decided, &with, now, store.progress())?;
    match store.put(Some(report), &target, may_replace, &mut content) {
        Err(fault)
            if fault.kind() == Kind::Refused && !may_replace && store.is_taken(Some(report), &target)? =>
        {
            return Ok(Exported::Stands(name));
        }
        put => put?,
    }
    let unsaved = decided.iter().filter(|one| !one.is_saved).count();
    Ok(Exported::Written { name, decisions: decided.len(), unsaved })
}

/// Refuses what an export would take the place of where that has bugs and is no export itself.
///
/// # Errors
/// [`Kind::Refused`] where it has, [`Kind::Unreadable`] where that cannot be told.
pub fn expect_no_report(store: &Store, target: &Path, methodology: &Arc<Methodology>) -> Result<()> {
    let there = store.report(target, methodology)?;
    if there.is_empty() || export::is_export(there.base()) {
        return Ok(());
    }
    let what = format!("the export would take the place of a report of {}", counted(there.len(), "bug"));
    Err(Fault::new(Kind::Refused, what).at(target).hint("move that away, or name another file"))
}

/// A path without its folder: files that stand together are called so.
fn bare(path: &Path) -> &Path {
    path.file_name().map_or(path, Path::new)
}

/// What a summary is made from beside what was decided.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// What a person adds to its front matter and texts.
    pub front: Option<PathBuf>,
    /// The template in place of the one that comes with the program.
    pub template: Option<PathBuf>,
    /// What its readiness goes by, in place of what goes without saying.
    pub gates: Vec<Gate>,
}

impl Sources {
    /// Those that the settings name.
    pub fn set(settings: &Settings) -> Sources {
        let (front, template) = (settings.front_matter.clone(), settings.template.clone());
        Sources { front, template, gates: settings.gates.clone() }
    }

    /// The same where nothing is named here.
    #[must_use]
    pub fn or(self, others: Sources) -> Sources {
        let gates = if self.gates.is_empty() { others.gates } else { self.gates };
        Sources { front: self.front.or(others.front), template: self.template.or(others.template), gates }
    }
}

/// What goes into a summary beside what was decided.
#[derive(Debug, Default)]
pub struct Additions {
    front: Front,
    /// The template and its path.
    template: Option<(String, PathBuf)>,
    gates: Vec<Gate>,
    /// The file that it is written to, as it is to be called.
    output: Option<String>,
}

impl Additions {
    /// What these files, read so, add to an export; nothing where it is no summary. A text comes with what it is called.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where they cannot be read.
    pub fn read(
        text: impl Fn(&Path) -> Result<(String, PathBuf)>,
        from: &Sources,
        format: Format,
        output: Option<String>,
    ) -> Result<Additions> {
        let Sources { front, template, gates } =
            if format == Format::Summary { from } else { &Sources::default() };
        let front =
            front.as_deref().map(|path| text(path).and_then(|(text, path)| Front::read(&text, &path)));
        let template = template.as_deref().map(text);
        Ok(Additions {
            front: front.transpose()?.unwrap_or_default(),
            template: template.transpose()?,
            gates: gates.clone(),
            output,
        })
    }

    fn template(&self) -> Template<'_> {
        let own = self.template.as_ref().map(|(text, path)| Template { text, path });
        own.unwrap_or(Template { text: EMBEDDED, path: Path::new("summary.md") })
    }
}

/// Reads files as they are.
fn read_by(store: &Store) -> impl Fn(&Path) -> Result<(String, PathBuf)> {
    |path| Ok((store.text(path)?, path.to_owned()))
}

/// Makes a summary of nothing from these files, to see whether one can be made from them.
///
/// # Errors
/// [`Kind::Unreadable`] where they cannot be read or the template asks for what there is not.
pub fn rehearse(store: &Store, from: &Sources, methodology: Arc<Methodology>, now: Timestamp) -> Result<()> {
    let with = Additions::read(read_by(store), from, Format::Summary, None)?;
    let report = Arc::new(Report::parse(Bytes::default(), &methodology));
    let session = Session::new(report, methodology, Vec::new());
    let (front, decided, commits) = (&with.front, &[], &[]);
    let (session, gates) = (&session, &[]);
    let facts = Facts { report: "", log: "", output: None, decided, session, front, commits, gates, now };
    export::summary(&facts, with.template()).map(drop)
}

/// What writes an export.
pub type Content<'a> = Box<dyn FnMut(&mut dyn Write) -> io::Result<()> + 'a>;

impl Snapshot {
    /// Looks at a report.
    ///
    /// # Errors
    /// Those of [`Store::look_with_log`] and [`Store::expect_markdown`], and unreadable where the log would be exported in part.
    pub fn look(store: &Store, report: &Path, methodology: &Arc<Methodology>) -> Result<Snapshot> {
        let looked = store.look_with_log(report, methodology)?;
        store.expect_markdown(report, looked.session.report())?;
        expect_whole(&looked.log)?;
        let log = store.log_path(report)?;
        let log = report.with_file_name(log.file_name().unwrap_or_default());
        let called = [report.to_owned(), log];
        let decisions = Decisions::of(looked.log, &looked.session);
        Ok(Snapshot { session: looked.session, decisions, report: report.to_owned(), called })
    }

    /// A report that is piped in, as what it is called in words: it has no log.
    pub fn piped(session: Session, called: &Path) -> Snapshot {
        let log = Log::default();
        let decisions = Decisions::of(log, &session);
        let called = [called.to_owned(), PathBuf::new()];
        Snapshot { session, decisions, report: PathBuf::new(), called }
    }

    /// The same, the report called otherwise.
    fn called(self, report: &Path) -> Snapshot {
        let log = report.with_file_name(self.called[1].file_name().unwrap_or_default());
        Snapshot { called: [report.to_owned(), log], ..self }
    }

    /// The same with nothing but what is saved.
    #[must_use]
    pub fn as_saved(self) -> Snapshot {
        let decisions = self.decisions.as_saved();
        Snapshot { session: self.session.as_saved(), decisions, ..self }
    }

    /// The decisions that pass.
    pub fn decided(&self, filter: &Filter) -> Vec<Decided<'_>> {
        self.decisions.that(filter)
    }

    /// What writes these of the decisions.
    ///
    /// # Errors
    /// Unreadable where the template of a summary asks for what there is not.
    pub fn content<'a>(
        &self,
        format: Format,
        decided: &'a [Decided<'a>],
        with: &Additions,
        now: Timestamp,
        progress: &'a Progress,
    ) -> Result<Content<'a>> {
        if format == Format::Summary {
            let text = self.summary(decided, with, now)?;
            return Ok(Box::new(move |out| progress.write(text.as_bytes(), out)));
        }
        Ok(Box::new(move |out| {
            progress.enter(Stage::Writing, export::steps(decided) as u64);
            export::write(format, decided, out, &mut |bugs| progress.advance(bugs))
        }))
    }

    fn summary(&self, decided: &[Decided<'_>], with: &Additions, now: Timestamp) -> Result<String> {
        let [report, log] = &self.called;
        let names = [report.file_name(), log.file_name()];
        let names: Vec<_> = names.into_iter().flatten().collect();
        let first = decided.iter().map(|one| one.entry.at).min();
        let commits = first.map(|since| {
            commits::of(&commits::Asked {
                folder: self.report.parent().unwrap_or(Path::new("")),
                files: &names,
                since,
                fallen: &self.decisions.fallen(),
                named: &export::commits_named(decided, self.session.methodology().fields()),
            })
        });
        let commits = commits.unwrap_or_default();
        let (report, log) = (report.to_string_lossy(), log.to_string_lossy());
        let facts = Facts {
            report: &report,
            log: &log,
            output: with.output.as_deref(),
            decided,
            session: &self.session,
            front: &with.front,
            commits: &commits,
            gates: &with.gates,
            now,
        };
        export::summary(&facts, with.template())
    }
}

/// Refuses a log that would be exported in part without saying so.
fn expect_whole(log: &Log) -> Result<()> {
    let Some(problem) = log.problems.first() else { return Ok(()) };
    let what = format!("line {} of the log: {}", problem.line, problem.what);
    Err(Fault::new(Kind::Unreadable, what).hint("regrade log --verify says what is wrong with it"))
}
