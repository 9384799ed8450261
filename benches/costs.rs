//! What a report costs: the commands and steps that a person waits for, each as what it takes of the processors.
//!
//! Time on the clock says little on a machine that does something else, so what is told is the time of the processors,
//! of all threads together: a cost that grows faster than its report shows all the same. Only Linux tells it; elsewhere
//! it is the clock after all.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use jiff::Timestamp;
use regrade::cli;
use regrade::config::Env;
use regrade::methodology::{LevelId, Methodology};
use regrade::report::Report;
use regrade::store::Store;
use regrade::text::Bytes;
use regrade::triage::query::{Known, Matches, Query};
use regrade::triage::{BugSet, Decision, Draft, Event, Kind, Set};
use tempfile::TempDir;

/// How long a cost is measured at least, in seconds of a processor: the system counts hundredths.
const LEAST: f64 = 0.4;

/// A folder with a report of its own, and state and settings beside it.
pub(crate) struct Bench {
    folder: TempDir,
    report: PathBuf,
    env: Env,
}

impl Bench {
    /// A folder with the report that `write` writes.
    pub(crate) fn of(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Bench {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let report = folder.path().join("bugs.md");
        let file = std::fs::File::create(&report).expect("a scratch file");
        let mut out = io::BufWriter::with_capacity(1 << 20, file);
        write(&mut out).and_then(|()| out.flush()).expect("room for a scratch file");
        let at = |name: &str| Some(folder.path().join(name));
        let env = Env {
            cwd: folder.path().to_owned(),
            home: at("home"),
            config_dir: at("config"),
            state_dir: at("state"),
            user: Some("Ada".to_owned()),
            ..Env::default()
        };
        Bench { folder, report, env }
    }

    /// How many bytes the report has.
    pub(crate) fn bytes(&self) -> u64 {
        std::fs::metadata(&self.report).map_or(0, |meta| meta.len())
    }

    /// All costs by name, in seconds, in the order in which they are paid.
    pub(crate) fn costs(&self) -> Vec<(&'static str, f64)> {
        let methodology = Arc::new(Methodology::embedded());
        let base: Bytes = std::fs::read(&self.report).expect("it was just written").into();
        let mut costs = vec![("index", per_run(|| drop(Report::parse(base.clone(), &methodology))))];
        let report = Report::parse(base, &methodology);
        let (first, level) = self.some_bug(&report);
        costs.push(("filter", self.filter(&methodology)));
        let listed: [(_, &[&str]); 3] =
            [("list", &["list"]), ("list --json", &["list", "--json"]), ("check", &["check"])];
        costs.extend(listed.map(|(name, args)| (name, per_run(|| self.run(args, &[])))));
        let why = ["--rationale", "It keeps the whole suite from running.", "--override", "as agreed"];
        let set = |who: &[&str], more: &[&str]| {
            self.run(&["set"], &[who, &["--severity", &level], &why, more].concat())
        };
        drop(report);
        costs.push(("diff", per_run(|| set(&[&first], &["--dry-run"]))));
        costs.push(("bulk", self.bulk(&methodology)));
        costs.push(("save", once(|| set(&[&first], &[]))));
        costs.push(("undo", once(|| self.run(&["undo"], &[]))));
        let all = ["--filter", "is:undecided,decided"];
        costs.push(("save all", once(|| set(&all, &[]))));
        costs.push(("log", per_run(|| self.run(&["log"], &[]))));
        costs.push(("export", per_run(|| self.run(&["export"], &["--to", "csv"]))));
        costs.push(("summary", per_run(|| self.run(&["export"], &["--to", "summary"]))));
        costs.push(("undo all", once(|| self.run(&["undo"], &[]))));
        costs
    }

    /// The handle of a bug in the middle, and a level that it does not have.
    fn some_bug(&self, report: &Report) -> (String, String) {
        let bug = report.indexes().nth(report.len() / 2).expect("the report has bugs");
        let level = LevelId(if report.level(bug) == Some(LevelId(2)) { 3 } else { 2 });
        (report.handle(bug).into_owned(), report.methodology().level(level).key.clone())
    }

    /// Runs a command on the report; what it says goes nowhere.
    fn run(&self, command: &[&str], more: &[&str]) {
        let head = ["regrade", command[0]].map(OsString::from).into_iter();
        let tail = command[1..].iter().chain(more).map(OsString::from);
        let args = head.chain([self.report.clone().into()]).chain(tail);
        let mut said = Vec::new();
        let code = cli::run(args, &self.env, &mut io::sink(), false, &mut said);
        let is_fine = code == ExitCode::SUCCESS || code == ExitCode::from(1) && said.is_empty();
        assert!(is_fine, "{command:?} {more:?}: {}", String::from_utf8_lossy(&said));
    }

    fn store(&self) -> Store {
        Store::new(self.folder.path().join("aside"))
    }

    /// An unselective search in ids and titles.
    fn filter(&self, methodology: &Arc<Methodology>) -> f64 {
        let session = self.store().open(&self.report, methodology).expect("it can be opened").session();
        let query = Query::parse("e", session.report());
        let overtaken = AtomicBool::new(false);
        per_run(|| drop(Matches::search(&session, &Known::default(), &query, None, &overtaken)))
    }

    /// One decision on every bug, recorded and applied, then taken back.
    fn bulk(&self, methodology: &Arc<Methodology>) -> f64 {
        let mut opened = self.store().open(&self.report, methodology).expect("it can be opened");
        let mut session = opened.session();
        let all = BugSet::all(session.report().len());
        let mut draft = Draft::new(Kind::Reclassified, all, Set::severity(LevelId(1)));
        draft.rationale = "It keeps the whole suite from running.".to_owned();
        let event = Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft });
        per_run(|| {
            for event in [event.clone(), Event::Undone] {
                opened.journal.record(&event).expect("room for a journal");
                session.apply(event);
            }
        })
    }
}

/// What a run takes, of as many as can be measured together.
fn per_run(mut run: impl FnMut()) -> f64 {
    let (start, mut runs) = (now(), 0);
    loop {
        run();
        runs += 1;
        let spent = now() - start;
        if spent >= LEAST {
            return spent / f64::from(runs);
        }
    }
}

/// What something takes that can be done only once.
fn once(run: impl FnOnce()) -> f64 {
    let start = now();
    run();
    (now() - start).max(0.005)
}

/// How long the processors have worked for this process, in seconds.
fn now() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let start = START.get_or_init(Instant::now);
    let ticks = |stat: String| {
        let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11).map(str::parse::<f64>);
        Some((fields.next()?.ok()? + fields.next()?.ok()?) / 100.0)
    };
    std::fs::read_to_string(Path::new("/proc/self/stat"))
        .ok()
        .and_then(ticks)
        .unwrap_or_else(|| start.elapsed().as_secs_f64())
}
