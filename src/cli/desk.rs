//! Opening the desk: on a report, on one of a folder, or on the sample.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::folder::{self, reports};
use super::out::Out;
use super::world::World;
use super::{person, source};
use crate::app::lobby::Offer;
use crate::app::{App, Leaving, Uncommitted};
use crate::fault::{Fault, Kind, Result};
use crate::git::Asked;
use crate::publish::Sources;
use crate::store::{self, Candidate, Holder, Store};
use crate::text::{counted, display};
use crate::triage::Session;
use crate::tui::{self, Desk, Glimpse, OnDisk, Open, Opening, What};
use crate::ui::Speaker;

/// The sample report that the demo opens.
pub(super) const SAMPLE: &[u8] = include_bytes!("../../assets/sample.md");

/// What somebody is told whom neither git nor the system has a name for.
const NAMELESS: &str = "the log will call you “unknown”, since neither git nor the system says who you are; \
    `name:` in config.yaml or REGRADE_NAME says it";

/// Opens the desk on a report, or on one of a folder: the only one there, or the one that is chosen.
pub(super) fn open(
    report: Option<&Path>,
    linear: bool,
    commit: bool,
    world: &World,
    out: &mut Out,
) -> Result<u8> {
    let folder = report.is_none_or(Path::is_dir);
    let path = report.unwrap_or(&world.env.cwd);
    if !is_terminal() {
        return Err(if folder { no_terminal_here(path, world)? } else { no_terminal(path) });
    }
    let what = if folder { choice(path, world)? } else { What::Report(path.to_owned()) };
    enter(what, path, linear, commit, world).map(|left| code(left, out))
}

/// Opens the desk on the sample, and says where it is left.
pub(super) fn demo(linear: bool, world: &World, out: &mut Out) -> Result<u8> {
    if !is_terminal() {
        return Err(no_terminal(Path::new("REPORT")));
    }
    let report = store::scratch("sample.md", SAMPLE)?;
    let code = code(enter(What::Report(report.clone()), &report, linear, false, world)?, out);
    let shown = display::visible(report.to_string_lossy().as_bytes());
    out.line("The sample and, if you saved, its deviation log are in");
    out.line(format_args!("  {shown}"));
    out.line("Look at what was decided with");
    out.line(format_args!("  regrade log {shown}"));
    Ok(code)
}

fn code(left: Left, out: &mut Out) -> u8 {
    if let Some(Uncommitted { fault, .. }) = left.uncommitted {
        let hints = fault.hints().iter().map(|hint| format!("  hint: {hint}"));
        let said = std::iter::once(fault.to_string()).chain(hints);
        said.for_each(|said| out.line(display::visible(said.as_bytes())));
    }
    match left.leaving {
        Leaving::Quietly => {}
        Leaving::Forced | Leaving::Signalled(_) => {
            out.line("interrupted; what was decided is kept and comes back when the report is opened again");
        }
    }
    left.leaving.exit_code()
}

/// How the desk was left, and that what was saved is not committed where that was asked for.
struct Left {
    leaving: Leaving,
    uncommitted: Option<Uncommitted>,
}

/// Enters the terminal; `path` is the report, or the folder that holds those to choose from.
fn enter(what: What, path: &Path, linear: bool, commit: bool, world: &World) -> Result<Left> {
    let config = if path.is_dir() { world.config_in(path)? } else { world.config(path)? };
    let theme = config.theme;
    let (store, env) = (world.store()?, world.env.clone());
    let progress = store.progress().clone();
    let speaks = linear || world.env.var("TERM").is_some_and(|term| term == "dumb");
    let speaker = speaks.then(Speaker::default);
    let (looker, surroundings) = (store.clone(), env.clone());
    let glimpse: Glimpse<OnDisk> =
        Arc::new(move |report| glimpse(report, looker.clone(), &World::new(&surroundings)));
    let (keeper, opened) = (store.clone(), Arc::new(OnceLock::new()));
    let at = Arc::clone(&opened);
    let open: Open<OnDisk> = Arc::new(move |report| {
        let desk = desk(report, store.clone(), commit, &World::new(&env))?;
        _ = at.set((report.to_owned(), desk.store.asked));
        Ok(desk)
    });
    let leaving = tui::run(Opening { what, theme, open, glimpse, progress, speaker })?;
    let uncommitted = opened.get().and_then(|(report, asked)| OnDisk::uncommitted(&keeper, report, *asked));
    Ok(Left { leaving, uncommitted })
}

fn desk(report: &Path, store: Store, commit: bool, world: &World) -> Result<Desk<OnDisk>> {
    let config = world.config(report)?;
    let (holder, writing) = (world.holder(report), config.settings.writing());
    let (user, methodology) = (holder.by.clone(), config.methodology);
    let (mut store, kept) = OnDisk::open(store, report.to_owned(), methodology, writing, holder)?;
    store.asked = Asked::by(commit, config.settings.commit);
    store.sources = Sources::set(&config.settings);
    store.store.remember(report);
    let name = name_of(report);
    let mut notes = kept.notes;
    notes.extend((user == person::UNKNOWN).then(|| NAMELESS.to_owned()));
    let mut app = App::new(kept.session, &name, Arc::new(config.settings), Arc::new(config.keymap));
    app.ui.zone = TimeZone::system();
    let since = app.session.pending().last().map(|decision| at(decision.at, world.now()));
    app.welcome(since.as_deref(), notes, kept.held, kept.hindered);
    if let Some(uncommitted) = OnDisk::uncommitted(&store.store, report, store.asked) {
        app.not_committed(&uncommitted);
    }
    Ok(Desk { app, theme: config.theme, store, env: env(user, world), writing, speaker: None })
}

/// The desk on the first bugs of a long report, on which nobody can decide yet.
fn glimpse(report: &Path, store: Store, world: &World) -> Option<Desk<OnDisk>> {
    let config = world.config(report).ok()?;
    let (writing, methodology) = (config.settings.writing(), config.methodology);
    let first = Arc::new(store.glimpse(report, &methodology)?);
    let nobody = Holder { by: String::new(), pid: std::process::id(), since: world.now() };
    let store = OnDisk::unread(store, report.to_owned(), Arc::clone(&methodology), writing, nobody);
    let session = Session::new(first, methodology, Vec::new());
    let (settings, keymap) = (Arc::new(config.settings), Arc::new(config.keymap));
    let mut app = App::glimpse(session, &name_of(report), settings, keymap);
    app.ui.zone = TimeZone::system();
    let env = env(String::new(), world);
    Some(Desk { app, theme: config.theme, store, env, writing, speaker: None })
}

/// What a report is called on screen.
fn name_of(report: &Path) -> String {
    report.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Who decides, and when.
fn env(user: String, world: &World) -> tui::Env {
    let epoch = world.env.clone();
    tui::Env { user, now: Box::new(move || World::new(&epoch).now()) }
}

/// A time as a person says it where they are: `14:02`, or with its day where that is not today.
fn at(time: Timestamp, now: Timestamp) -> String {
    let here = TimeZone::system();
    let (time, now) = (here.to_datetime(time), here.to_datetime(now));
    let format = if time.date() == now.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    time.strftime(format).to_string()
}

fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// How many commands are told that only look at a report, which may be piped in.
const LOOKING: usize = 2;

/// A script is told what to use instead of the desk.
fn no_terminal(report: &Path) -> Fault {
    let (is_piped, report) = (source::is_piped(report), report.display());
    let instead = [
        (format!("list {report}"), "lists the bugs"),
        (format!("show {report} ID"), "shows one"),
        (format!("set {report} ID --severity P2 --rationale TEXT"), "decides and saves"),
        (format!("log {report}"), "shows what was decided"),
    ];
    let instead = if is_piped { &instead[..LOOKING] } else { &instead[..] };
    let width = instead.iter().map(|(command, _)| display::width(command)).max().unwrap_or(0);
    let fault = Fault::new(Kind::Usage, "the desk needs a terminal, and there is none");
    let hint = |(command, does): &(String, &str)| format!("regrade {}  {does}", display::fit(command, width));
    instead.iter().map(hint).fold(fault, Fault::hint)
}

/// A script that names no report is told which there are.
fn no_terminal_here(folder: &Path, world: &World) -> Result<Fault> {
    let methodology = world.config_in(folder)?.methodology;
    let found = folder::reports(folder, &world.looker(), &methodology)?;
    if let [only] = &*found {
        return Ok(no_terminal(folder::near(&only.path, world)));
    }
    if found.is_empty() {
        return Ok(nothing_here(folder));
    }
    let fault = Fault::new(Kind::Usage, "there are several reports in this folder; name one");
    let told = |one: &Candidate| {
        format!("regrade {}  ({})", folder::near(&one.path, world).display(), counted(one.bugs, "bug"))
    };
    let more = found.len().saturating_sub(folder::NAMED);
    let more = (more > 0).then(|| format!("and {more} more"));
    let named = found.iter().take(folder::NAMED).map(told);
    Ok(named.chain(more).fold(fault, Fault::hint))
}

/// The fault of a folder in which no file is known to be a report.
fn nothing_here(folder: &Path) -> Fault {
    const HOW: &str =
        "`regrade show FILE --layout` says how one was read; regrade FILE opens it all the same";
    let (what, hint) = match store::markdown_files(folder).map_or(0, |files| files.len()) {
        0 => ("there is no report in this folder".to_owned(), "name one: regrade REPORT"),
        1 => ("the Markdown file in this folder is no report with bugs".to_owned(), HOW),
        many => (format!("none of the {many} Markdown files in this folder is a report with bugs"), HOW),
    };
    Fault::new(Kind::Usage, what).hint(hint).hint("or try the sample: regrade demo")
}

/// The reports of a folder, and those that were opened last.
fn choice(folder: &Path, world: &World) -> Result<What> {
    let methodology = world.config_in(folder)?.methodology;
    let (folder, store, home) = (folder.to_owned(), world.looker(), world.env.home.clone());
    Ok(What::OneOf(Box::new(move || {
        let here = reports(&folder, &store, &methodology)?;
        let known: Vec<PathBuf> = here.iter().filter_map(|one| one.path.canonicalize().ok()).collect();
        let recent = store.recent().into_iter().filter(|path| !known.contains(path));
        let recent = recent.filter_map(|path| store::candidate(&path, &store, &methodology));
        let shown = |path: &Path| path.strip_prefix(&folder).unwrap_or(path).display().to_string();
        let mut offers: Vec<Offer> = here.iter().map(|one| offer(one, shown(&one.path), false)).collect();
        offers.extend(recent.map(|one| offer(&one, homely(&one.path, home.as_deref()), true)));
        if offers.is_empty() { Err(nothing_here(&folder)) } else { Ok(offers) }
    })))
}

fn offer(one: &Candidate, name: String, recent: bool) -> Offer {
    let Candidate { path, title, bugs, reviewed, unsaved } = one.clone();
    Offer { path, name, title, bugs, reviewed, unsaved, recent }
}

/// A path with `~` for the person's home.
fn homely(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}
