//! Before the desk: a report is chosen where none was named, and opened beside the screen, so that it can be
//! given up. What is typed meanwhile is for the desk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

use super::{Awaited, Console, Desk, Incoming, Keep, play_on};
use crate::app::lobby::{Lobby, Offer, Reply};
use crate::app::{Leaving, Msg};
use crate::config::{Code, Key, Shade, Theme};
use crate::fault::{Fault, Kind, Result};
use crate::progress::{Progress, Share, Stage};
use crate::ui::{self, Speaker};

/// How long an opening may take without being told of.
const AT_ONCE: Duration = Duration::from_millis(40);

/// Opens a report.
pub type Open<K> = Arc<dyn Fn(&Path) -> Result<Desk<K>> + Send + Sync>;

/// Opens the first bugs of a long report, where they can be told before the rest of it is read.
pub type Glimpse<K> = Arc<dyn Fn(&Path) -> Option<Desk<K>> + Send + Sync>;

/// What begins before there is a desk.
pub struct Opening<K> {
    /// What is opened.
    pub what: What,
    /// How the screen looks until a report says otherwise.
    pub theme: Theme,
    /// Opens a report, on a thread of its own.
    pub open: Open<K>,
    /// Opens the first bugs of it, on another.
    pub glimpse: Glimpse<K>,
    /// How far the first has come.
    pub progress: Progress,
    /// What says in lines what is new, where no frames are drawn.
    pub speaker: Option<Speaker>,
}

/// What is opened.
pub enum What {
    /// This report.
    Report(PathBuf),
    /// One of these, or the only one.
    OneOf(Box<dyn FnOnce() -> Result<Vec<Offer>> + Send>),
}

/// A report that is being opened.
enum Came<K> {
    /// The first bugs of it.
    Glimpse(Box<Desk<K>>),
    /// The whole, or why it cannot be opened.
    Whole(Result<Box<Desk<K>>>),
}

/// The whole of a report whose first bugs are on the desk.
pub(super) struct Rest<K>(Receiver<Came<K>>);

impl<K> Rest<K> {
    /// The whole report, or why it cannot be opened, once either is known.
    pub(super) fn came(&self) -> Option<Result<Box<Desk<K>>>> {
        match self.0.try_recv() {
            Ok(Came::Whole(whole)) => Some(whole),
            Err(TryRecvError::Disconnected) => Some(Err(broken())),
            Ok(Came::Glimpse(_)) | Err(TryRecvError::Empty) => None,
        }
    }
}

/// Plays all that is before the desk, and then the desk.
///
/// # Errors
/// Where console or backend fail. The inner one is of a report that cannot be opened.
pub(super) fn play<K, B, C>(
    opening: Opening<K>,
    console: &mut C,
    terminal: &mut Terminal<B>,
) -> io::Result<Result<Leaving>>
where
    K: Keep,
    B: Backend<Error: Send + Sync + 'static>,
    C: Console<B>,
{
    let Opening { what, theme, open, glimpse, progress, mut speaker } = opening;
    let width = terminal.size().map_err(io::Error::other)?.width;
    speaker.iter_mut().for_each(|speaker| speaker.resize(width));
    let mut before =
        Before { theme, shade: None, open, glimpse, progress, speaker, lobby: None, console, terminal };
    match what {
        What::Report(path) => before.open(&path),
        What::OneOf(find) => before.choose(find),
    }
}

struct Before<'a, K, B: Backend, C> {
    theme: Theme,
    shade: Option<Shade>,
    open: Open<K>,
    glimpse: Glimpse<K>,
    progress: Progress,
    speaker: Option<Speaker>,
    lobby: Option<Lobby>,
    console: &'a mut C,
    terminal: &'a mut Terminal<B>,
}

/// How a wait ended: with an answer, or by leaving.
enum Waited<T> {
    Answer(T),
    Left(Leaving),
}

impl<K, B, C> Before<'_, K, B, C>
where
    K: Keep,
    B: Backend<Error: Send + Sync + 'static>,
    C: Console<B>,
{
    /// Has one of several reports chosen, until one of them can be opened.
    fn choose(
        &mut self,
        find: Box<dyn FnOnce() -> Result<Vec<Offer>> + Send>,
    ) -> io::Result<Result<Leaving>> {
        let answer = begin(find)?;
        let offers = match self.wait(&answer, |before| before.draw_lobby())?.0 {
            Waited::Answer(Some(Ok(offers))) => offers,
            Waited::Answer(found) => return Ok(Err(found.and_then(Result::err).unwrap_or_else(broken))),
            Waited::Left(leaving) => return Ok(Ok(leaving)),
        };
        let mut here = offers.iter().filter(|offer| !offer.recent);
        if let (Some(only), None) = (here.next(), here.next()) {
            return self.open(&only.path.clone());
        }
        self.lobby = Some(Lobby::new(offers));
        loop {
            let path = match self.chosen()? {
                Waited::Answer(path) => path,
                Waited::Left(leaving) => return Ok(Ok(leaving)),
            };
            match self.open(&path)? {
                Err(fault) => self.refuse(&fault),
                left => return Ok(left),
            }
        }
    }

    /// Waits until a report is chosen.
    fn chosen(&mut self) -> io::Result<Waited<PathBuf>> {
        loop {
            self.draw_lobby()?;
            let mut incoming = self.console.next(Awaited::Nothing)?;
            while let Some(event) = incoming {
                let Some(lobby) = &mut self.lobby else { return Ok(Waited::Left(Leaving::Quietly)) };
                let reply = match event {
                    Incoming::Key(key) => lobby.key(key),
                    Incoming::Paste(text) => {
                        lobby.paste(&text);
                        Reply::Stay
                    }
                    event => match self.other(event) {
                        Some(leaving) => return Ok(Waited::Left(leaving)),
                        None => Reply::Stay,
                    },
                };
                match reply {
                    Reply::Stay => {}
                    Reply::Leave => return Ok(Waited::Left(Leaving::Quietly)),
                    Reply::Open(path) => return Ok(Waited::Answer(path)),
                }
                incoming = self.console.waiting()?;
            }
        }
    }

    fn refuse(&mut self, fault: &Fault) {
        let hint = fault.hints().first().map_or_else(String::new, |hint| format!(" ({hint})"));
        if let Some(lobby) = &mut self.lobby {
            lobby.refused = Some(format!("{fault}{hint}"));
        }
    }

    /// Opens a report beside the screen, and plays the desk from when the first bugs of it are there.
    fn open(&mut self, path: &Path) -> io::Result<Result<Leaving>> {
        let coming = self.begin_to_open(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (came, typed) = match self.wait(&coming, |before| before.draw_opening(&name))? {
            (Waited::Answer(came), typed) => (came, typed),
            (Waited::Left(leaving), _) => return Ok(Ok(leaving)),
        };
        let (desk, rest) = match came {
            Some(Came::Glimpse(desk)) => (desk, Some(Rest(coming))),
            Some(Came::Whole(Ok(desk))) => (desk, None),
            Some(Came::Whole(Err(fault))) => return Ok(Err(fault)),
            None => return Ok(Err(broken())),
        };
        self.shade = self.console.shade()?.or(self.shade);
        let theme = desk.theme.clone().on(self.shade);
        play_on(Desk { theme, ..*desk }, rest, typed, self.console, self.terminal)
    }

    /// Begins to open a report, and where that is not said in lines, its first bugs before.
    fn begin_to_open(&self, path: &Path) -> io::Result<Receiver<Came<K>>> {
        self.progress.begin();
        let (sender, coming) = channel();
        if self.speaker.is_none() {
            let (glimpse, path, sender) = (Arc::clone(&self.glimpse), path.to_owned(), sender.clone());
            spawn(sender, move || glimpse(&path).map(|desk| Came::Glimpse(Box::new(desk))))?;
        }
        let (open, path) = (Arc::clone(&self.open), path.to_owned());
        spawn(sender, move || Some(Came::Whole(open(&path).map(Box::new))))?;
        Ok(coming)
    }

    /// Waits for the answer of work beside the screen, drawn again as often as its progress changes; gives what was
    /// typed meanwhile with it. `None` where the work broke. Ctrl-c gives it up.
    fn wait<T>(
        &mut self,
        answer: &Receiver<T>,
        draw: impl Fn(&mut Self) -> io::Result<()>,
    ) -> io::Result<(Waited<Option<T>>, Vec<Msg>)> {
        match answer.recv_timeout(AT_ONCE) {
            Ok(answer) => return Ok((Waited::Answer(Some(answer)), Vec::new())),
            Err(RecvTimeoutError::Disconnected) => return Ok((Waited::Answer(None), Vec::new())),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let (mut typed, mut drawn) = (Vec::new(), None);
        loop {
            let share = self.progress.share();
            if drawn != Some(share) {
                draw(self)?;
                drawn = Some(share);
            }
            match answer.try_recv() {
                Ok(answer) => return Ok((Waited::Answer(Some(answer)), typed)),
                Err(TryRecvError::Disconnected) => return Ok((Waited::Answer(None), typed)),
                Err(TryRecvError::Empty) => {}
            }
            let incoming = self.console.next(Awaited::Answer)?;
            drawn = drawn.filter(|_| incoming.is_none());
            match incoming {
                Some(Incoming::Key(key)) if gives_up(key) => {
                    return Ok((Waited::Left(Leaving::Forced), typed));
                }
                Some(Incoming::Key(key)) => typed.push(Msg::Key(key)),
                Some(Incoming::Paste(text)) => typed.push(Msg::Paste(text)),
                Some(event) => {
                    if let Some(leaving) = self.other(event) {
                        return Ok((Waited::Left(leaving), typed));
                    }
                }
                None => {}
            }
        }
    }

    /// Takes what is neither key nor text; gives how it makes one leave, if it does.
    fn other(&mut self, event: Incoming) -> Option<Leaving> {
        match event {
            Incoming::Resize(width, height) => {
                self.console.resized(self.terminal.backend_mut(), width, height);
                None
            }
            Incoming::Background(shade) => {
                self.shade = Some(shade);
                self.theme = self.theme.clone().on(self.shade);
                None
            }
            Incoming::Signal(signal) => Some(Leaving::Signalled(signal)),
            Incoming::Closed => Some(Leaving::Forced),
            _ => None,
        }
    }

    fn draw_lobby(&mut self) -> io::Result<()> {
        let (lobby, theme) = (self.lobby.clone(), self.theme.clone());
        self.show(|frame| ui::draw_lobby(lobby.as_ref(), &theme, frame))
    }

    fn draw_opening(&mut self, name: &str) -> io::Result<()> {
        let (Share { stage, percent }, theme) = (self.progress.share(), self.theme.clone());
        let (said, percent) = match stage {
            Stage::Reading => ("reading", Some(percent)),
            Stage::Finding => ("finding the bugs", None),
            Stage::Idle | Stage::Writing | Stage::Committing => ("opening", None),
        };
        self.show(|frame| ui::draw_opening(name, said, percent, &theme, frame))
    }

    /// Shows a screen, or says what is new on it.
    fn show(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if let Some(speaker) = &mut self.speaker {
            return self.console.append(&speaker.say_frame(draw));
        }
        let frame = self.terminal.draw(draw).map_err(io::Error::other)?;
        self.console.drawn(frame.buffer);
        Ok(())
    }
}

fn gives_up(key: Key) -> bool {
    key.ctrl() && key.code() == Code::Char('c')
}

fn begin<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> io::Result<Receiver<Result<T>>> {
    let (sender, answer) = channel();
    spawn(sender, move || Some(work()))?;
    Ok(answer)
}

/// Begins some work, which may have no answer.
fn spawn<T: Send + 'static>(
    sender: Sender<T>,
    work: impl FnOnce() -> Option<T> + Send + 'static,
) -> io::Result<()> {
    let answered = move || work().into_iter().for_each(|answer| drop(sender.send(answer)));
    thread::Builder::new().spawn(answered).map(drop)
}

/// The fault of work that broke: its thread is gone without an answer.
fn broken() -> Fault {
    Fault::new(Kind::Unreadable, "a part of regrade broke while the report was opened")
        .hint("nothing was changed by it; please report this")
}
