//! Before the desk: a report is chosen where none was named, and opened beside the screen, so that it can be
//! given up. What is typed meanwhile is for the desk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

use super::{Console, Desk, Incoming, Keep};
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

/// What begins before there is a desk.
pub struct Opening<K> {
    /// What is opened.
    pub what: What,
    /// How the screen looks until a report says otherwise.
    pub theme: Theme,
    /// How bright the terminal's background is, where it told.
    pub shade: Option<Shade>,
    /// Opens a report, on a thread of its own.
    pub open: Open<K>,
    /// How far that has come.
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

/// A desk, and what was typed before it was there; or how it was left before.
pub(super) enum Begun<K> {
    Desk(Box<Desk<K>>, Vec<Msg>),
    Left(Leaving),
}

/// Plays all that is before the desk.
///
/// # Errors
/// Where console or backend fail. The inner one is of a report that cannot be opened.
pub(super) fn play<K, B, C>(
    opening: Opening<K>,
    console: &mut C,
    terminal: &mut Terminal<B>,
) -> io::Result<Result<Begun<K>>>
where
    K: Keep,
    B: Backend<Error: Send + Sync + 'static>,
    C: Console<B>,
{
    let Opening { what, theme, shade, open, progress, mut speaker } = opening;
    let width = terminal.size().map_err(io::Error::other)?.width;
    speaker.iter_mut().for_each(|speaker| speaker.resize(width));
    let theme = theme.on(shade);
    let mut before = Before { theme, shade, open, progress, speaker, lobby: None, console, terminal };
    match what {
        What::Report(path) => before.open(&path),
        What::OneOf(find) => before.choose(find),
    }
}

struct Before<'a, K, B: Backend, C> {
    theme: Theme,
    shade: Option<Shade>,
    open: Open<K>,
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
    ) -> io::Result<Result<Begun<K>>> {
        let (found, _) = match self.wait(find, |before| before.draw_lobby())? {
            (Waited::Answer(found), typed) => (found, typed),
            (Waited::Left(leaving), _) => return Ok(Ok(Begun::Left(leaving))),
        };
        let offers = match found {
            Ok(offers) => offers,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut here = offers.iter().filter(|offer| !offer.recent);
        if let (Some(only), None) = (here.next(), here.next()) {
            return self.open(&only.path.clone());
        }
        self.lobby = Some(Lobby::new(offers));
        loop {
            let path = match self.chosen()? {
                Waited::Answer(path) => path,
                Waited::Left(leaving) => return Ok(Ok(Begun::Left(leaving))),
            };
            match self.open(&path)? {
                Err(fault) => self.refuse(&fault),
                begun => return Ok(begun),
            }
        }
    }

    /// Waits until a report is chosen.
    fn chosen(&mut self) -> io::Result<Waited<PathBuf>> {
        loop {
            self.draw_lobby()?;
            let mut incoming = self.console.next(false)?;
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

    /// Opens a report beside the screen.
    fn open(&mut self, path: &Path) -> io::Result<Result<Begun<K>>> {
        self.progress.begin();
        let (open, opened) = (Arc::clone(&self.open), path.to_owned());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let waited = self.wait(move || open(&opened), |before| before.draw_opening(&name))?;
        Ok(match waited {
            (Waited::Answer(desk), typed) => desk.map(|desk| {
                let theme = desk.theme.on(self.shade);
                Begun::Desk(Box::new(Desk { theme, ..desk }), typed)
            }),
            (Waited::Left(leaving), _) => Ok(Begun::Left(leaving)),
        })
    }

    /// Waits for work beside the screen, drawn again as often as its progress changes; gives what was typed
    /// meanwhile with its answer. Ctrl-c gives it up.
    fn wait<T: Send + 'static>(
        &mut self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
        draw: impl Fn(&mut Self) -> io::Result<()>,
    ) -> io::Result<(Waited<Result<T>>, Vec<Msg>)> {
        let answer = begin(work)?;
        match answer.recv_timeout(AT_ONCE) {
            Ok(answer) => return Ok((Waited::Answer(answer), Vec::new())),
            Err(RecvTimeoutError::Disconnected) => return Ok((Waited::Answer(Err(broken())), Vec::new())),
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
                Ok(answer) => return Ok((Waited::Answer(answer), typed)),
                Err(TryRecvError::Disconnected) => return Ok((Waited::Answer(Err(broken())), typed)),
                Err(TryRecvError::Empty) => {}
            }
            let incoming = self.console.next(true)?;
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
    thread::Builder::new().spawn(move || drop(sender.send(work())))?;
    Ok(answer)
}

/// The fault of work that broke: its thread is gone without an answer.
fn broken() -> Fault {
    Fault::new(Kind::Unreadable, "a part of regrade broke while the report was opened")
        .hint("nothing was changed by it; please report this")
}
