//! The real program in a real pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use regrade::config::Config;
use regrade::fault::Result;
use regrade::progress::Progress;
use regrade::store::{Grounds, Unfinished};
use regrade::triage::{Event, Session};
use regrade::tui::{
    self, Declining, Desk, Exporting, Keep, Kept, Looking, OnDisk, Open, Opening, Seen, Step, What,
};
use vt100::{MouseProtocolMode, Parser};

use crate::desk::{Table, desk_in};
use crate::place::Place;

const SAMPLE: &str = include_str!("../assets/sample.md");

/// How long a screen may take to show what is waited for. A machine that needs longer is taken for broken.
const PATIENCE: Duration = Duration::from_secs(60);

const SIZE: PtySize = PtySize { rows: 30, cols: 110, pixel_width: 0, pixel_height: 0 };

/// The program, running in a terminal.
pub struct Run {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    pub screen: Parser,
    all: Vec<u8>,
    _master: Box<dyn MasterPty + Send>,
}

impl Run {
    pub fn start(place: &Place, args: &[&str]) -> Run {
        Run::program(Path::new(env!("CARGO_BIN_EXE_regrade")), place, args, &[])
    }

    pub fn program(program: &Path, place: &Place, args: &[&str], vars: &[(&str, &str)]) -> Run {
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        place.vars().iter().for_each(|(name, value)| command.env(name, value));
        vars.iter().for_each(|(name, value)| command.env(name, value));
        command.env("TERM", "xterm-256color");
        command.cwd(place.root());
        let child = pair.slave.spawn_command(command).unwrap();
        let (sender, bytes) = channel();
        let mut reader = pair.master.try_clone_reader().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let size = |length: u16| NonZero::new(length).unwrap();
        let screen = Parser::new(size(SIZE.rows), size(SIZE.cols), 0);
        Run { child, keys, bytes, screen, all: Vec::new(), _master: pair.master }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.all.extend(bytes);
        self.screen.process(bytes);
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    pub fn see(&mut self, text: &str) {
        let since = Instant::now();
        while !self.screen.screen().contents().contains(text) {
            assert!(since.elapsed() < PATIENCE, "no {text:?} on\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(50)) {
                self.take(&bytes);
            }
        }
    }

    /// Waits until the first cell that shows this letter has this colour of the palette.
    fn see_colour(&mut self, letter: &str, colour: u8) {
        let since = Instant::now();
        let found = |screen: &vt100::Screen| {
            let cells =
                (0..SIZE.rows).flat_map(|row| (0..SIZE.cols).filter_map(move |at| screen.cell(row, at)));
            cells
                .filter(|cell| cell.contents() == letter)
                .any(|cell| cell.fgcolor() == vt100::Color::Idx(colour))
        };
        while !found(self.screen.screen()) {
            assert!(since.elapsed() < PATIENCE, "nothing in colour {colour}");
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(50)) {
                self.take(&bytes);
            }
        }
    }

    /// Waits for the end; gives the exit code. What was written last is on the screen then.
    pub fn end(&mut self) -> u32 {
        let code = self.child.wait().unwrap().exit_code();
        self.rest();
        code
    }

    /// Takes what a program that has ended wrote last.
    pub fn rest(&mut self) {
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(200)) {
            self.take(&bytes);
        }
    }

    /// Sends the program a signal by its name.
    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The answer of a terminal that takes its time would decide on bugs, and letters be unreadable on white.
#[test]
fn the_theme_follows_a_terminal_that_answers_late_and_in_pieces() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    run.see_colour("P", 203);
    for piece in ["j\x1b]11;rgb:ffff", "/fdfd/e3e3\x07"] {
        run.press(piece);
        thread::sleep(Duration::from_millis(20));
    }
    run.see_colour("P", 160);
    run.press("k2");
    run.see("P0 Critical → P2 Medium");
    run.press("\x03\x03");
    assert_eq!(run.end(), 130);
    assert_eq!(place.files().len(), 1);
}

#[test]
fn what_is_copied_goes_to_the_clipboard_of_the_terminal() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    run.press("yi");
    run.see("copied the id of BUG-001");
    assert!(String::from_utf8_lossy(&run.all).contains("\x1b]52;c;QlVHLTAwMQ==\x07"));
    run.press("q");
    assert_eq!(run.end(), 0);
}

#[test]
fn a_report_is_opened_regraded_saved_and_the_terminal_is_as_it_was() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    assert!(run.screen.screen().alternate_screen() && run.screen.screen().bracketed_paste());
    assert_ne!(run.screen.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    run.press("2");
    run.see("P0 Critical → P2 Medium");
    run.press("\x1b[200~Keeps one test\rfrom running.\x1b[201~");
    run.see("from running.");
    run.press("\r");
    run.see("P0→P2");
    run.press("w");
    run.see("saved 1 decision");
    run.press("q");
    assert_eq!(run.end(), 0);
    assert!(!run.screen.screen().alternate_screen() && !run.screen.screen().bracketed_paste());
    assert!(!run.screen.screen().hide_cursor());
    assert_eq!(run.screen.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    assert!(place.read("bugs.md").contains("- **Severity:** P2 - ImportError (downgraded from P0)"));
    assert!(place.read("bugs.deviations.yaml").contains("Keeps one test\n  from running."));
    assert_eq!(place.run(&["log", "bugs.md", "--verify"]).out, "1 entry, the chain is whole\n");
}

/// The desk would end under an editor that only meant to stop its search, and both read the same keys.
#[test]
fn an_interrupt_that_is_typed_into_the_editor_is_for_the_editor_alone() {
    let place = Place::with("bugs.md", SAMPLE);
    let editor =
        "trap 'printf \" and more\" >>\"$1\"; exit 0' INT\necho editing\nwhile :; do sleep 1; done\n";
    place.write("editor", editor);
    let program = Path::new(env!("CARGO_BIN_EXE_regrade"));
    let mut run = Run::program(program, &place, &["bugs.md"], &[("VISUAL", "sh editor")]);
    run.see("0/33 reviewed");
    run.press("1Typed\x05");
    run.see("editing");
    run.press("\x03");
    run.see("Typed and more");
    run.press("\r");
    run.see("P0→P1");
    run.press("\x03\x03");
    assert_eq!(run.end(), 130);
}

#[test]
fn a_decision_on_screen_survives_the_kill_of_the_program() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    run.press("1Only keeps tests from running.\r");
    run.see("P0→P1");
    run.kill();
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("1 decision from 20:25, not saved yet, restored");
    run.see("P0→P1");
    run.press("u");
    run.see("0/33 reviewed");
    run.press("q");
    assert_eq!(run.end(), 0);
    assert_eq!(place.read("bugs.md"), SAMPLE);
}

#[test]
fn the_demo_opens_a_copy_of_the_sample_and_says_on_leaving_where_it_is() {
    let place = Place::new();
    let mut run = Run::start(&place, &["demo"]);
    run.see("33 bugs");
    run.press("q");
    assert_eq!(run.end(), 0);
    let said = run.screen.screen().contents();
    assert!(said.contains("regrade log ") && said.contains("sample.md"), "{said}");
    assert!(place.files().is_empty(), "a demo leaves the folder it was started in alone");
}

#[test]
fn ctrl_c_twice_forces_out_and_keeps_what_was_decided() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    run.press("\r");
    run.see("1/33 reviewed");
    run.press("\x03");
    run.see("again");
    run.press("\x03");
    assert_eq!(run.end(), 130);
    assert!(!run.screen.screen().alternate_screen());
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("1/33 reviewed");
    run.kill();
}

#[test]
fn a_desk_whose_terminal_is_gone_ends() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    let Run { mut child, keys, bytes, _master: master, .. } = run;
    drop((keys, master));
    drop(bytes);
    let since = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(since.elapsed() < PATIENCE, "it runs on without a terminal");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Every move of the pointer would type into the shell, or nothing could be selected in the terminal.
#[test]
fn the_mouse_points_at_what_is_shown_and_is_left_to_the_terminal_where_that_is_set() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see(" 1/33 ");
    run.press("\x1b[<0;10;8M\x1b[<0;10;8m");
    run.see(" 6/33 ");
    run.press("\x1b[<65;10;8M");
    run.see("BUG-027");
    run.kill();
    place.write(".regrade.yaml", "mouse: false\n");
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see(" 1/33 ");
    assert_eq!(run.screen.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    run.kill();
}

/// A shell would be left in a state that nobody can type in.
#[test]
fn a_signal_to_end_gives_the_terminal_back_and_keeps_what_was_decided() {
    for (name, code) in [("TERM", 143), ("HUP", 129)] {
        let place = Place::with("bugs.md", SAMPLE);
        let mut run = Run::start(&place, &["bugs.md"]);
        run.see("0/33 reviewed");
        run.press("1Only keeps tests from running.\r");
        run.see("1/33 reviewed");
        run.signal(name);
        assert_eq!(run.end(), code, "{name}");
        let screen = run.screen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor(), "{name}");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None, "{name}");
        assert!(screen.contents().contains("what was decided is kept"), "{name}");
        let mut run = Run::start(&place, &["bugs.md"]);
        run.see("1 decision from");
        run.kill();
    }
}

/// The report would be judged by what it no longer says.
#[test]
fn a_report_that_an_editor_changes_is_read_again_without_a_key() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut run = Run::start(&place, &["bugs.md"]);
    run.see("0/33 reviewed");
    place.write("bugs.md", SAMPLE.to_owned() + "\n### BUG-099: Told later\n\n- **Severity:** P1\n");
    run.see("0/34 reviewed");
    run.kill();
}

#[test]
fn a_second_desk_looks_on_until_the_first_is_gone() {
    let place = Place::with("bugs.md", SAMPLE);
    let mut first = Run::start(&place, &["bugs.md"]);
    first.see("0/33 reviewed");
    let mut second = Run::start(&place, &["bugs.md"]);
    second.see("Ada Example (since ");
    second.see("read-only");
    first.press("1Only keeps tests from running.\r");
    second.see("P0→P1");
    first.kill();
    second.press("R");
    second.see("you decide now");
    second.see("1/33 reviewed");
    second.kill();
}

/// The name of the variable by which the test below runs itself inside a terminal.
const PANICS: &str = "REGRADE_TEST_PANICS";

/// A place that keeps decisions until it breaks.
struct Broken(OnDisk);

impl Keep for Broken {
    fn append(&mut self, event: &Event) -> Result<()> {
        self.0.append(event)?;
        panic!("broken on purpose")
    }

    fn save(&mut self, session: &Session) -> Result<Kept> {
        self.0.save(session)
    }

    fn reread(&mut self) -> Result<Kept> {
        self.0.reread()
    }

    fn discard(&mut self) -> Result<()> {
        self.0.discard()
    }

    fn leave(&mut self) {
        self.0.leave();
    }

    fn look(&self) -> Looking {
        self.0.look()
    }

    fn export(&self) -> Exporting {
        self.0.export()
    }

    fn progress(&self) -> Progress {
        self.0.progress()
    }

    fn unfinished(&self) -> Unfinished {
        self.0.unfinished()
    }

    fn grounds(&self) -> Grounds {
        self.0.grounds()
    }

    fn decline(&self) -> Declining {
        self.0.decline()
    }

    fn watch(&self) -> Box<dyn Fn() -> Seen + Send> {
        self.0.watch()
    }
}

/// Nobody could read what broke, or type in the shell after it.
#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told_and_keeps_what_was_decided() {
    if let Some(folder) = std::env::var_os(PANICS) {
        let open: Open<Broken> = Arc::new(|folder| {
            let Desk { app, theme, store, env, writing, speaker } = desk_in(folder);
            Ok(Desk { app, theme, store: Broken(store), env, writing, speaker })
        });
        let theme = Config::embedded().theme;
        let left = tui::run(Opening {
            what: What::Report(folder.into()),
            theme,
            open,
            glimpse: Arc::new(|_| None),
            progress: Progress::default(),
            speaker: None,
        });
        unreachable!("a broken place breaks the desk: {left:?}");
    }
    let table = Table::new(SAMPLE);
    let folder = table.place.root().display().to_string();
    let test = "terminal::a_panic_gives_the_terminal_back_before_it_is_told_and_keeps_what_was_decided";
    let program = std::env::current_exe().unwrap();
    let args = [test, "--exact", "--nocapture", "--test-threads=1"];
    let mut run = Run::program(&program, &table.place, &args, &[(PANICS, &folder)]);
    run.see("0/33 reviewed");
    run.press("1Only keeps tests from running.\r");
    assert_ne!(run.end(), 0);
    let screen = run.screen.screen();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    assert!(screen.contents().contains("broken on purpose"), "{}", screen.contents());
    let (_, screens) = table.play([Step::Screenshot]);
    assert!(screens[0].contains("1/33 reviewed"), "{}", screens[0]);
}
