//! Before the desk: a report is chosen where none was named, and opened beside the screen, so that it can be
//! given up. What is typed meanwhile is for what comes next: the choice, or the desk.

use std::collections::VecDeque;
use std::io;
use std::mem;
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
use crate::ui::{self, Cause, Speaker};

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
    /// Opens the first bugs of it, before that.
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
pub(super) struct Rest<K> {
    coming: Receiver<Came<K>>,
    shown: Option<Sender<Shown>>,
}

/// That the first bugs can be seen.
struct Shown;

impl<K> Rest<K> {
    /// Has the rest read, now that the first bugs can be seen.
    pub(super) fn begin(&mut self) {
        self.shown.take().into_iter().for_each(|shown| drop(shown.send(Shown)));
    }

    /// The whole report, or why it cannot be opened, once either is known.
    pub(super) fn came(&self) -> Option<Result<Box<Desk<K>>>> {
        match self.coming.try_recv() {
            Ok(Came::Whole(whole)) => Some(whole),
            Err(TryRecvError::Disconnected) => Some(Err(broken())),
            Ok(Came::Glimpse(_)) | Err(TryRecvError::Empty) => None,
        }
    }
}

/// Plays all that is before the desk, and then the desk.
///
/// # Errors
/// Where console or backend fail; the inner one is of a report that cannot be opened.
pub fn play<K, B, C>(
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
    let (cause, lobby, typed, shade) = (Cause::default(), None, VecDeque::new(), None);
    let mut before =
        Before { theme, shade, open, glimpse, progress, speaker, cause, lobby, typed, console, terminal };
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
    /// Why there may be something new to say.
    cause: Cause,
    lobby: Option<Lobby>,
    /// Keys and pastes that nobody has answered yet.
    typed: VecDeque<Msg>,
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
        let offers = match self.wait(&answer, |before| before.draw_lobby())? {
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
            while let Some(typed) = self.typed.pop_front() {
                match self.answer(typed) {
                    Reply::Stay => {}
                    Reply::Leave => return Ok(Waited::Left(Leaving::Quietly)),
                    Reply::Open(path) => return Ok(Waited::Answer(path)),
                }
            }
            self.draw_lobby()?;
            let mut incoming = self.console.next(Awaited::Nothing)?;
            self.cause = if incoming.is_some() { Cause::Key } else { Cause::Rest };
            while let Some(event) = incoming {
                if let Some(leaving) = self.take(event) {
                    return Ok(Waited::Left(leaving));
                }
                incoming = self.console.waiting()?;
            }
        }
    }

    /// What the choice answers to a key or a paste.
    fn answer(&mut self, typed: Msg) -> Reply {
        match (&mut self.lobby, typed) {
            (Some(lobby), Msg::Key(key)) => lobby.key(key),
            (Some(lobby), Msg::Paste(text)) => {
                lobby.paste(&text);
                Reply::Stay
            }
            _ => Reply::Stay,
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
        let (coming, shown) = self.begin_to_open(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let came = match self.wait(&coming, |before| before.draw_opening(&name))? {
            Waited::Answer(came) => came,
            Waited::Left(leaving) => return Ok(Ok(leaving)),
        };
        let (desk, rest) = match came {
            Some(Came::Glimpse(desk)) => (desk, Some(Rest { coming, shown: Some(shown) })),
            Some(Came::Whole(Ok(desk))) => (desk, None),
            Some(Came::Whole(Err(fault))) => return Ok(Err(fault)),
            None => return Ok(Err(broken())),
        };
        self.shade = self.console.shade()?.or(self.shade);
        if self.lobby.is_some() {
            // What was typed behind the choice was meant for no bug that anybody has seen.
            while let Some(event) = self.console.waiting()? {
                if let Some(leaving) = self.take(event) {
                    return Ok(Ok(leaving));
                }
            }
            self.typed.clear();
        }
        let theme = desk.theme.clone().on(self.shade);
        let (typed, speaker) = (mem::take(&mut self.typed), self.speaker.clone());
        play_on(Desk { theme, speaker, ..*desk }, rest, typed, self.console, self.terminal)
    }

    /// Begins to open a report; where that is not said in lines, with its first bugs, and no more than those until they are
    /// [shown](Shown): reading takes all cores, and new memory that their frame would wait for.
    fn begin_to_open(&self, path: &Path) -> io::Result<(Receiver<Came<K>>, Sender<Shown>)> {
        self.progress.begin();
        let ((sender, coming), (shows, shown)) = (channel(), channel());
        let glimpse = self.speaker.is_none().then(|| Arc::clone(&self.glimpse));
        let (open, path) = (Arc::clone(&self.open), path.to_owned());
        spawn(move || {
            let first = glimpse.and_then(|glimpse| glimpse(&path));
            let is_wanted = first.is_none_or(|desk| {
                sender.send(Came::Glimpse(Box::new(desk))).is_ok() && shown.recv().is_ok()
            });
            if is_wanted {
                drop(sender.send(Came::Whole(open(&path).map(Box::new))));
            }
        })?;
        Ok((coming, shows))
    }

    /// Waits for the answer of work beside the screen, drawn again as often as its progress changes. `None` where the
    /// work broke. Ctrl-c gives it up.
    fn wait<T>(
        &mut self,
        answer: &Receiver<T>,
        draw: impl Fn(&mut Self) -> io::Result<()>,
    ) -> io::Result<Waited<Option<T>>> {
        match answer.recv_timeout(AT_ONCE) {
            Ok(answer) => return Ok(Waited::Answer(Some(answer))),
            Err(RecvTimeoutError::Disconnected) => return Ok(Waited::Answer(None)),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let mut drawn = None;
        loop {
            let share = self.progress.share();
            if drawn != Some(share) {
                draw(self)?;
                drawn = Some(share);
            }
            match answer.try_recv() {
                Ok(answer) => return Ok(Waited::Answer(Some(answer))),
                Err(TryRecvError::Disconnected) => return Ok(Waited::Answer(None)),
                Err(TryRecvError::Empty) => {}
            }
            let incoming = self.console.next(Awaited::Answer)?;
            drawn = drawn.filter(|_| incoming.is_none());
            let leaving = match incoming {
                Some(Incoming::Key(key)) if gives_up(key) => Some(Leaving::Forced),
                incoming => incoming.and_then(|event| self.take(event)),
            };
            if let Some(leaving) = leaving {
                return Ok(Waited::Left(leaving));
            }
        }
    }

    /// Takes what comes, keys and pastes for later; gives how it makes one leave, if it does.
    fn take(&mut self, event: Incoming) -> Option<Leaving> {
        match event {
            Incoming::Key(key) => self.typed.push_back(Msg::Key(key)),
            Incoming::Paste(text) => self.typed.push_back(Msg::Paste(text)),
            Incoming::Resize(width, height) => {
                self.console.resized(self.terminal.backend_mut(), width, height);
                self.speaker.iter_mut().for_each(|speaker| speaker.resize(width));
            }
            Incoming::Background(shade) => {
                self.shade = Some(shade);
                self.theme = self.theme.clone().on(self.shade);
            }
            Incoming::Signal(signal) => return Some(Leaving::Signalled(signal)),
            Incoming::Closed => return Some(Leaving::Forced),
            Incoming::Mouse(_) | Incoming::Redraw | Incoming::Stirred => {}
        }
        None
    }

    fn draw_lobby(&mut self) -> io::Result<()> {
        let (lobby, theme) = (self.lobby.clone(), self.theme.clone());
        let cause = mem::take(&mut self.cause);
        self.show(
            |speaker| speaker.say_lobby(lobby.as_ref(), cause),
            |frame| ui::draw_lobby(lobby.as_ref(), &theme, frame),
        )
    }

    fn draw_opening(&mut self, name: &str) -> io::Result<()> {
        let (Share { stage, percent }, theme) = (self.progress.share(), self.theme.clone());
        let (said, percent) = match stage {
            Stage::Reading => ("reading", Some(percent)),
            Stage::Finding => ("finding the bugs", None),
            Stage::Idle | Stage::Writing | Stage::Committing => ("opening", None),
        };
        self.show(
            |speaker| speaker.say_opening(name, said, percent),
            |frame| ui::draw_opening(name, said, percent, &theme, frame),
        )
    }

    /// Shows a screen, or says what is new on it.
    fn show(
        &mut self,
        say: impl FnOnce(&mut Speaker) -> String,
        draw: impl FnOnce(&mut Frame<'_>),
    ) -> io::Result<()> {
        if let Some(speaker) = &mut self.speaker {
            return self.console.append(&say(speaker));
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
    spawn(move || drop(sender.send(work())))?;
    Ok(answer)
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().spawn(work).map(drop)
}

/// The fault of work that broke: its thread is gone without an answer.
fn broken() -> Fault {
    Fault::new(Kind::Unreadable, "a part of regrade broke while the report was opened")
        .hint("nothing was changed by it; please report this")
}

#[cfg(test)]
mod tests {
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::app::typed::typed;
    use crate::config::Config;
    use crate::tui::{OnDisk, Script};

    fn offer(name: &str) -> Offer {
        let (path, title) = (PathBuf::from(name), String::new());
        Offer { path, name: name.to_owned(), title, bugs: 1, reviewed: 0, unsaved: 0, recent: false }
    }

    /// Who knows the name of the report types it before the others are listed.
    #[test]
    fn keys_typed_before_the_choice_are_for_the_choice_and_those_after_it_for_the_desk() {
        let mut before = Before::<OnDisk, _, _> {
            theme: Config::embedded().theme,
            shade: None,
            open: Arc::new(|_| Err(broken())),
            glimpse: Arc::new(|_| None),
            progress: Progress::default(),
            speaker: None,
            cause: Cause::default(),
            lobby: None,
            typed: VecDeque::new(),
            console: &mut Script::default(),
            terminal: &mut Terminal::new(TestBackend::new(80, 24)).unwrap(),
        };
        for key in typed("audit<Enter>j").unwrap() {
            assert!(before.take(Incoming::Key(key)).is_none());
        }
        before.lobby = Some(Lobby::new(vec![offer("bugs.md"), offer("audit.md")]));
        let chosen = before.chosen().unwrap();
        assert!(matches!(chosen, Waited::Answer(path) if path == Path::new("audit.md")));
        assert_eq!(before.typed.len(), 1);
    }
}
