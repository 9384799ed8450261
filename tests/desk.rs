//! The desk's real loop on real files, played by a script with a fixed time and person.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use regrade::app::{App, Leaving};
use regrade::config::{self, Config, Env};
use regrade::publish::Sources;
use regrade::store::{Holder, Store};
use regrade::triage::Session;
use regrade::tui::{self, Console, Desk, OnDisk, Script, Step};
use regrade::ui::Speaker;

use crate::place::{EPOCH, Place};

/// A desk on a report of its own, `bugs.md`, in a folder of its own.
pub struct Table {
    pub place: Place,
    size: (u16, u16),
}

impl Table {
    pub fn new(report: impl AsRef<[u8]>) -> Table {
        Table { place: Place::with("bugs.md", report), size: (80, 24) }
    }

    pub fn sized(mut self, width: u16, height: u16) -> Table {
        self.size = (width, height);
        self
    }

    /// With these settings of the person.
    pub fn configured(self, settings: &str) -> Table {
        let folder = self.place.path("config");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.yaml"), settings).unwrap();
        self
    }

    pub fn path(&self) -> PathBuf {
        self.place.path("bugs.md")
    }

    pub fn report(&self) -> String {
        self.place.read("bugs.md")
    }

    /// The deviation log; empty where there is none.
    pub fn log(&self) -> String {
        self.place.log()
    }

    /// Opens the desk and plays a script on it; gives how it was left and the pictures taken.
    pub fn play(&self, steps: impl IntoIterator<Item = Step>) -> (Leaving, Vec<String>) {
        self.play_script(Script::new(steps))
    }

    /// Opens the desk; gives what is on screen.
    pub fn opened(&self) -> String {
        self.after(&[""])
    }

    /// Opens the desk and presses keys, each group once nothing is under way any more.
    pub fn press(&self, groups: &[impl AsRef<str>]) {
        self.play(groups.iter().flat_map(|group| [keys(group.as_ref()), Step::Settle]));
    }

    /// The same; gives what is on screen in the end.
    pub fn after(&self, groups: &[impl AsRef<str>]) -> String {
        self.after_each(groups).pop().expect("a picture")
    }

    /// The same; gives what is on screen after each group.
    pub fn after_each(&self, groups: &[impl AsRef<str>]) -> Vec<String> {
        self.play(groups.iter().flat_map(|group| [keys(group.as_ref()), Step::Settle, Step::Screenshot])).1
    }

    pub fn play_script(&self, mut script: Script) -> (Leaving, Vec<String>) {
        let (leaving, _) = self.run(&mut script);
        (leaving, script.screens().to_vec())
    }

    /// Opens the desk and plays a script on it, of which more can be asked afterwards.
    pub fn run(&self, script: &mut Script) -> (Leaving, Terminal<TestBackend>) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let leaving = tui::play(self.desk(), script, &mut terminal).unwrap();
        (leaving, terminal)
    }

    /// Opens the desk without a screen and plays a script on it; gives what was said in lines.
    pub fn listen(&self, steps: impl IntoIterator<Item = Step>) -> String {
        let mut script = Script::new(steps);
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let desk = Desk { speaker: Some(Speaker::default()), ..self.desk() };
        tui::play(desk, &mut script, &mut terminal).unwrap();
        script.lines().to_owned()
    }

    /// Opens the desk and plays a script on it; gives the last screen, colours and all.
    pub fn buffer(&self, steps: impl IntoIterator<Item = Step>) -> Buffer {
        let steps = steps.into_iter().chain([Step::Settle]);
        let (_, terminal) = self.run(&mut Script::new(steps));
        terminal.backend().buffer().clone()
    }

    /// Opens the desk and has any console play on it; a desk that breaks its own terminal is an error.
    pub fn run_on(&self, console: &mut impl Console<TestBackend>) -> std::io::Result<Leaving> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        tui::play(self.desk(), console, &mut terminal)
    }

    fn desk(&self) -> Desk<OnDisk> {
        desk_in(self.place.root())
    }
}

/// The step that presses these keys.
pub fn keys(keys: &str) -> Step {
    Step::keys(keys)
}

/// The lines of a screen without frames, joined, so that wrapped text can be looked for.
pub fn flat(screen: &str) -> String {
    let line = |line: &str| line.rsplit('│').nth(1).unwrap_or(line).replace('▌', "");
    screen.lines().map(line).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The desk on `bugs.md` in a folder, with its state there too.
pub fn desk_in(folder: &Path) -> Desk<OnDisk> {
    let config = config_in(folder);
    let store = Store::new(folder.join("state"));
    let now = Timestamp::from_second(EPOCH.parse().unwrap()).unwrap();
    let user = "Ada Example <ada@example.org>".to_owned();
    let holder = Holder { by: user.clone(), pid: 4711, since: now };
    let (methodology, writing) = (config.methodology, config.settings.writing());
    let (mut store, kept) =
        OnDisk::open(store, folder.join("bugs.md"), methodology, writing, holder).unwrap();
    store.sources = Sources::set(&config.settings);
    let (settings, keymap) = (Arc::new(config.settings), Arc::new(config.keymap));
    let mut app = App::new(kept.session, "bugs.md", settings, keymap);
    app.welcome(Some("20:25"), kept.notes, kept.held, kept.hindered);
    let env = tui::Env { user, now: Box::new(move || now) };
    Desk { app, theme: config.theme, store, env, writing, speaker: None }
}

/// The desk on the first bugs of `bugs.md` in a folder, where they can be told.
pub fn glimpse_in(folder: &Path) -> Option<Desk<OnDisk>> {
    let (config, path) = (config_in(folder), folder.join("bugs.md"));
    let (store, methodology) = (Store::new(folder.join("state")), config.methodology);
    let first = Arc::new(store.glimpse(&path, &methodology)?);
    let now = Timestamp::from_second(EPOCH.parse().unwrap()).unwrap();
    let (writing, holder) = (config.settings.writing(), Holder { by: String::new(), pid: 4711, since: now });
    let store = OnDisk::unread(store, path, Arc::clone(&methodology), writing, holder);
    let session = Session::new(first, methodology, Vec::new());
    let app = App::glimpse(session, "bugs.md", Arc::new(config.settings), Arc::new(config.keymap));
    let env = tui::Env { user: String::new(), now: Box::new(move || now) };
    Some(Desk { app, theme: config.theme, store, env, writing, speaker: None })
}

/// What is configured in a folder: what comes with the program, and the person's settings, if there are any.
fn config_in(folder: &Path) -> Config {
    let config_dir = Some(folder.join("config"));
    let env = Env { cwd: folder.to_owned(), config_dir, ..Env::default() };
    config::load(&env, Some(Path::new("bugs.md"))).unwrap()
}
