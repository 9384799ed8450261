//! The real terminal: taken over, given back, always.
//!
//! It is given back when [`Screen`] is dropped, and by a panic hook before the panic is told, so
//! that the message is readable. Giving back never panics and never minds being done twice.

use std::collections::VecDeque;
use std::io::{self, Stdout, Write, stdout};
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, poll, read,
};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use super::background::{self, Answer, Sorted};
use super::convert::Clicks;
use super::frames::Frames;
use super::precedence::{Precedence, Sharers};
use super::watch::{Seen, Watch};
use super::{Awaited, Console, Incoming, clipboard, convert, editor};
use crate::app::Leaving;
use crate::config::Shade;
use crate::fault::Fault;

/// How long a wait for keys is at first while workers may answer, and at most. Each is twice as long as the one before,
/// so that an answer is noticed soon after it is there.
const BRIEF: Duration = Duration::from_millis(1);
const MOMENT: Duration = Duration::from_millis(2);

/// How long it is otherwise; a signal to end is noticed after so long.
const WHILE: Duration = Duration::from_millis(400);

/// How long the loop has to end by itself after a signal to end, so that a save can come to its end.
const GRACE: Duration = Duration::from_secs(2);

/// The same where the terminal has hung up: a loop that still waits for it will not end by itself.
const HUNG_UP: Duration = Duration::from_millis(600);

/// What frames are drawn on.
type Backend = CrosstermBackend<Frames<Stdout>>;

/// How the terminal is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Frames on a screen of its own.
    Framed = 1,
    /// Lines behind what is there.
    Linear = 2,
    /// The same where the terminal would print what others obey.
    Dumb = 3,
}

impl Manner {
    /// How a terminal is used that is called this, in lines or not.
    pub(super) fn of(in_lines: bool, terminal: Option<&str>) -> Manner {
        match (in_lines, terminal) {
            (false, _) => Manner::Framed,
            (true, Some("dumb")) => Manner::Dumb,
            (true, _) => Manner::Linear,
        }
    }
}

/// How the terminal is used now; 0 while it is not.
type Taken = AtomicU8;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send>;

/// The terminal, taken over.
pub(super) struct Screen {
    taken: Arc<Taken>,
    how: Manner,
    /// The signal that asks the program to end; 0 while there is none.
    ended: Arc<AtomicU8>,
    watch: Option<Watch>,
    /// Whether the mouse is taken too.
    mouse: bool,
    clicks: Clicks,
    /// The terminal's background, where it was asked for it.
    answer: Option<Answer>,
    /// What came and was not taken yet.
    come: VecDeque<Incoming>,
    /// How long the next wait is while workers may answer.
    patience: Duration,
    precedence: Precedence,
    hook: Arc<Hook>,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn enter(how: Manner) -> io::Result<(Screen, Terminal<Backend>)> {
        let (taken, ended) = (Arc::default(), Arc::default());
        end_on_signal(&taken, &ended)?;
        outlive_interrupts()?;
        let screen = Screen {
            hook: chain_hook(&taken),
            how,
            taken,
            ended,
            watch: None,
            mouse: false,
            clicks: Clicks::default(),
            answer: None,
            come: VecDeque::new(),
            patience: BRIEF,
            precedence: Precedence::over(Sharers::of_program()),
        };
        screen.take()?;
        Ok((screen, Terminal::new(CrosstermBackend::new(Frames::to(stdout())))?))
    }

    /// Gives the terminal to somebody else for a while; what was typed there is not taken for keys.
    fn lend<T>(&mut self, somebody: impl FnOnce() -> T) -> io::Result<T> {
        self.take_answer();
        give_back(&self.taken);
        let done = somebody();
        self.take()?;
        while poll(Duration::ZERO)? {
            read()?;
        }
        self.come.extend(resized());
        Ok(done)
    }

    fn take(&self) -> io::Result<()> {
        self.taken.store(self.how as u8, Ordering::SeqCst);
        enable_raw_mode()?;
        match self.how {
            Manner::Framed => execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?,
            Manner::Linear => execute!(stdout(), EnableBracketedPaste)?,
            Manner::Dumb => {}
        }
        if self.mouse { execute!(stdout(), EnableMouseCapture) } else { Ok(()) }
    }

    /// Asks for the background. Nobody waits for the answer, which comes between the keys.
    pub(super) fn ask_for_background(&mut self) -> io::Result<()> {
        write(background::QUESTION)?;
        self.answer = Some(Answer::awaited(Instant::now()));
        Ok(())
    }

    fn read(&mut self, wait: Duration) -> io::Result<Option<Incoming>> {
        match self.ended.load(Ordering::Relaxed) {
            0 => {}
            signal => return Ok(Some(Incoming::Signal(signal))),
        }
        if self.watch.as_ref().is_some_and(Watch::has_stirred) {
            return Ok(Some(Incoming::Stirred));
        }
        if let Some(event) = self.come.pop_front() {
            return Ok(Some(event));
        }
        self.event(wait)
    }

    /// What comes from the terminal itself.
    fn event(&mut self, wait: Duration) -> io::Result<Option<Incoming>> {
        let now = Instant::now();
        self.answer = self.answer.take().filter(|answer| !answer.is_overdue(now));
        let wait = self.answer.as_ref().map_or(wait, |answer| answer.patience(wait));
        let event =
            if poll(wait)? { convert::incoming(read()?, &mut self.clicks, Instant::now()) } else { None };
        let Some(answer) = &mut self.answer else { return Ok(event) };
        let now = Instant::now();
        let (keys, event) = match event {
            Some(Incoming::Key(key)) => match answer.sort(key, now) {
                Sorted::Keys(keys) => (keys, None),
                Sorted::Held => return Ok(None),
                Sorted::Answered(shade) => {
                    self.answer = None;
                    return Ok(shade.map(Incoming::Background));
                }
            },
            event => (answer.let_go(now), event),
        };
        self.come.extend(keys.into_iter().map(Incoming::Key).chain(event));
        Ok(self.come.pop_front())
    }

    /// Takes an answer that is still under way, so that the shell does not get it.
    fn take_answer(&mut self) {
        let until = Instant::now() + background::LEAVING;
        while let Some(left) = until.checked_duration_since(Instant::now()).filter(|_| self.answer.is_some())
        {
            if self.event(left).is_err() {
                break;
            }
        }
        self.answer = None;
    }
}

fn write(text: &str) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.ended.load(Ordering::Relaxed) == 0 && !thread::panicking() {
            self.take_answer();
        }
        give_back(&self.taken);
        if !thread::panicking() {
            let hook = Arc::clone(&self.hook);
            set_hook(Box::new(move |info| hook(info)));
        }
    }
}

impl Console<Backend> for Screen {
    fn next(&mut self, awaited: Awaited) -> io::Result<Option<Incoming>> {
        let is_idle = awaited == Awaited::Nothing;
        let event = self.read(if is_idle { WHILE } else { self.patience })?;
        self.precedence.look();
        if !is_idle && matches!(event, Some(Incoming::Key(_) | Incoming::Paste(_) | Incoming::Mouse(_))) {
            self.precedence.give();
        }
        let goes_on = !is_idle && event.is_none();
        self.patience = if goes_on { MOMENT.min(2 * self.patience) } else { BRIEF };
        Ok(event)
    }

    fn sharers(&self) -> Sharers {
        self.precedence.sharers().clone()
    }

    fn shade(&mut self) -> io::Result<Option<Shade>> {
        let (mut shade, mut beside) = (None, VecDeque::new());
        while shade.is_none() && self.answer.is_some() && poll(Duration::ZERO)? {
            match self.event(Duration::ZERO)? {
                Some(Incoming::Background(told)) => shade = Some(told),
                event => beside.extend(event),
            }
        }
        beside.append(&mut self.come);
        self.come = beside;
        Ok(shade)
    }

    fn waiting(&mut self) -> io::Result<Option<Incoming>> {
        self.read(Duration::ZERO)
    }

    fn append(&mut self, text: &str) -> io::Result<()> {
        write(text)
    }

    fn watch(&mut self, look: Box<dyn Fn() -> Seen + Send>) {
        self.watch = Some(Watch::over(look));
    }

    fn take_mouse(&mut self, take: bool) -> io::Result<()> {
        self.mouse = take;
        if take { execute!(stdout(), EnableMouseCapture) } else { Ok(()) }
    }

    fn drawn(&mut self, _: &Buffer) {}

    fn resized(&mut self, _: &mut Backend, _: u16, _: u16) {}

    fn edit(&mut self, text: &str) -> io::Result<(String, Option<Fault>)> {
        self.lend(|| editor::edit(text))
    }

    fn open(&mut self, path: &Path, line: Option<u32>) -> io::Result<Option<Fault>> {
        self.lend(|| editor::visit(path, line))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        match self.how {
            Manner::Dumb => write(&format!("{}\r\n", text.replace('\n', "\r\n"))),
            Manner::Framed | Manner::Linear => write(&clipboard::sequence(text)),
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.take_answer();
        give_back(&self.taken);
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        self.take()?;
        self.come.extend(resized());
        Ok(())
    }
}

/// Ends the desk on a signal to end. A terminal that is gone can keep the loop inside a read that never
/// returns; then the process is ended for it, which loses nothing: what was decided is in the journal.
fn end_on_signal(taken: &Arc<Taken>, ended: &Arc<AtomicU8>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP])?;
    let (taken, ended) = (Arc::clone(taken), Arc::clone(ended));
    thread::spawn(move || {
        let signal = signals.forever().next().and_then(|signal| u8::try_from(signal).ok());
        if let Some(signal) = signal {
            ended.store(signal, Ordering::Relaxed);
            thread::sleep(if i32::from(signal) == SIGHUP { HUNG_UP } else { GRACE });
            give_back(&taken);
            std::process::exit(i32::from(Leaving::Signalled(signal).exit_code()));
        }
    });
    Ok(())
}

/// Has an interrupt that is typed into an editor reach the editor alone: at the desk itself Ctrl-c is a key. It is
/// caught and not ignored, since a program that is started would go on ignoring it.
fn outlive_interrupts() -> io::Result<()> {
    [SIGINT, SIGQUIT].into_iter().try_for_each(|signal| flag::register(signal, Arc::default()).map(drop))
}

/// The size of the terminal, which may be another one since somebody else had it.
fn resized() -> Option<Incoming> {
    size().ok().map(|(width, height)| Incoming::Resize(width, height))
}

/// Gives the terminal back, once. A terminal that is gone cannot be told so.
fn give_back(taken: &Taken) {
    let how = taken.swap(0, Ordering::SeqCst);
    if how == Manner::Framed as u8 {
        drop(execute!(stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
    } else if how == Manner::Linear as u8 {
        drop(execute!(stdout(), DisableBracketedPaste));
    }
    if how == Manner::Linear as u8 || how == Manner::Dumb as u8 {
        drop(stdout().write_all(b"\r\n"));
    }
    if how != 0 {
        drop(disable_raw_mode());
    }
}

/// Has panics of this thread give the terminal back before they are told; those of workers, which
/// the desk shows itself, are not told at all. Gives the hook that was there before.
fn chain_hook(taken: &Arc<Taken>) -> Arc<Hook> {
    let before: Arc<Hook> = Arc::new(take_hook());
    let (next, taken, here) = (Arc::clone(&before), Arc::clone(taken), thread::current().id());
    set_hook(Box::new(move |info| {
        if thread::current().id() == here {
            give_back(&taken);
            next(info);
        }
    }));
    before
}
