//! The desk in a terminal: it reads keys, lets [`App`] decide, does what that asks for, and draws.
//!
//! One loop: everything that waits is handled, then one frame is drawn. A decision is in the journal
//! before it shows; searching, saving and comparing run beside the loop, so that no key waits. Time,
//! person, store, editor and keys all come from outside, so that tests drive this very loop.

mod background;
mod clipboard;
pub mod console;
mod convert;
mod editor;
mod effects;
mod files;
mod frames;
pub mod keep;
mod opening;
mod precedence;
pub mod script;
mod terminal;
mod typing;
mod watch;
mod work;

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

pub use console::{Awaited, Console, Incoming};
pub use keep::{Declining, Exporting, Keep, Kept, Looking, OnDisk};
pub use opening::{Glimpse, Open, Opening, What, play as play_opening};
pub use precedence::Sharers;
pub use script::{Script, Step};
pub use watch::Seen;

use self::effects::Outside;
use self::opening::Rest;
use self::terminal::{Manner, Screen};
use crate::app::{App, Drawn, Effect, Leaving, Msg};
use crate::config::Theme;
use crate::fault::{Fault, Kind, Result};
use crate::report::Writing;
use crate::ui::{self, Cause, Memory, Speaker};

/// Everything a desk needs.
pub struct Desk<K> {
    /// What is open.
    pub app: App,
    /// How it looks.
    pub theme: Theme,
    /// Where decisions are kept.
    pub store: K,
    /// Who decides, and when.
    pub env: Env,
    /// How changes are written into the report.
    pub writing: Writing,
    /// What says in lines what is new, where no frames are drawn.
    pub speaker: Option<Speaker>,
}

/// Who decides, and when.
pub struct Env {
    /// The person, as the log names them.
    pub user: String,
    /// What time it is.
    pub now: Box<dyn Fn() -> Timestamp + Send>,
}

/// Opens the desk in the terminal until the person leaves it.
///
/// # Errors
///
/// Where the report cannot be opened, or the terminal cannot be used or is taken away.
pub fn run<K: Keep>(opening: Opening<K>) -> Result<Leaving> {
    let trouble =
        |error: io::Error| Fault::new(Kind::Unwritable, "the terminal cannot be used").because(error);
    let how = Manner::of(opening.speaker.is_some(), std::env::var("TERM").ok().as_deref());
    let (mut screen, mut terminal) = Screen::enter(how).map_err(trouble)?;
    if opening.theme.follows() && how == Manner::Framed {
        screen.ask_for_background().map_err(trouble)?;
    }
    let left = play_opening(opening, &mut screen, &mut terminal).map_err(trouble);
    drop(screen);
    left?
}

/// Plays the desk on any console and any backend until it is left, or the console has no more keys.
///
/// # Errors
///
/// Where console or backend fail; every decision is in the journal by then.
pub fn play<K, B, C>(desk: Desk<K>, console: &mut C, terminal: &mut Terminal<B>) -> io::Result<Leaving>
where
    K: Keep,
    B: Backend<Error: Send + Sync + 'static>,
    C: Console<B>,
{
    play_on(desk, None, VecDeque::new(), console, terminal)?.map_err(io::Error::other)
}

/// Plays the desk from what was typed before it was there; of a report whose rest is still to come, until that is known
/// to fail.
fn play_on<K, B, C>(
    desk: Desk<K>,
    rest: Option<Rest<K>>,
    typed: VecDeque<Msg>,
    console: &mut C,
    terminal: &mut Terminal<B>,
) -> io::Result<Result<Leaving>>
where
    K: Keep,
    B: Backend<Error: Send + Sync + 'static>,
    C: Console<B>,
{
    let Desk { app, theme, store, env, writing, mut speaker } = desk;
    let width = terminal.size().map_err(io::Error::other)?.width;
    speaker.iter_mut().for_each(|speaker| speaker.resize(width));
    if rest.is_none() {
        console.watch(store.watch());
    }
    console.take_mouse(app.ui.settings.mouse && speaker.is_none())?;
    let outside = Outside::new(store, env, writing, console.sharers());
    let (cause, memory) = (Cause::default(), Memory::default());
    Playing { app, theme, outside, rest, speaker, cause, memory, console, terminal, left: None }.play(typed)
}

/// A desk being played.
struct Playing<'a, K, B: Backend, C> {
    app: App,
    theme: Theme,
    outside: Outside<K>,
    /// The whole report, where only the first bugs of it are on the desk.
    rest: Option<Rest<K>>,
    speaker: Option<Speaker>,
    /// Why there may be something new to say.
    cause: Cause,
    memory: Memory,
    console: &'a mut C,
    terminal: &'a mut Terminal<B>,
    /// How the desk was left, or why the whole report cannot be opened.
    left: Option<Result<Leaving>>,
}

impl<K, B, C> Playing<'_, K, B, C>
where
    K: Keep,
    B: Backend<Error: Send + Sync + 'static>,
    C: Console<B>,
{
    fn play(&mut self, typed: VecDeque<Msg>) -> io::Result<Result<Leaving>> {
        self.take_up_begun();
        let left = self.play_until_left(typed);
        let leaving = left.as_ref().ok().and_then(|left| left.as_ref().ok());
        self.leave(leaving.copied().unwrap_or(Leaving::Forced));
        left
    }

    fn play_until_left(&mut self, typed: VecDeque<Msg>) -> io::Result<Result<Leaving>> {
        let effects = self.app.begin();
        self.carry_out_all(effects)?;
        self.draw()?;
        self.rest.iter_mut().for_each(Rest::begin);
        typed.into_iter().try_for_each(|msg| self.handle(msg))?;
        let mut changed = true;
        loop {
            if changed {
                self.draw()?;
            }
            changed = self.take_waiting()? || self.rests();
            if let Some(left) = self.left.take() {
                return Ok(left);
            }
            if self.decides() {
                self.outside.typing.note(self.app.unfinished());
            }
        }
    }

    /// What was being typed when the desk is ended from outside comes back at the next opening; who leaves as asked
    /// for has finished.
    fn leave(&mut self, leaving: Leaving) {
        let begun = self.app.unfinished().filter(|_| leaving != Leaving::Quietly);
        if self.decides() {
            self.outside.typing.leave(begun.as_ref());
        }
        if self.app.ui.suggestions.is_declining() {
            self.outside.see_declined();
        }
        if self.app.is_writing_down() {
            self.outside.see_committed();
        }
        self.outside.leave();
    }

    /// Takes up what was being typed when the desk was ended from outside.
    fn take_up_begun(&mut self) {
        self.app.take_up_begun(self.outside.typing.last());
        if self.decides() {
            self.app.say_begun();
        }
    }

    /// Whether decisions can be made here, and so rationales be typed.
    fn decides(&self) -> bool {
        self.app.ui.holder.is_none() && self.rest.is_none()
    }

    fn draw(&mut self) -> io::Result<()> {
        let mut drawn = Drawn::default();
        let (app, theme, cause) = (&self.app, &self.theme, std::mem::take(&mut self.cause));
        let memory = &mut self.memory;
        if let Some(speaker) = &mut self.speaker {
            let (text, said) = speaker.say(app, theme, cause);
            self.console.append(&text)?;
            drawn = said;
        } else {
            let draw = |frame: &mut Frame<'_>| drawn = ui::draw(app, theme, memory, frame);
            let frame = self.terminal.draw(draw).map_err(io::Error::other)?;
            self.console.drawn(frame.buffer);
        }
        let effects = self.app.update(Msg::Drawn(drawn));
        self.carry_out_all(effects)
    }

    /// Takes all that waits, keys and what workers have done; `false` where nothing did.
    fn take_waiting(&mut self) -> io::Result<bool> {
        let mut changed = false;
        let mut incoming = self.console.next(self.awaited())?;
        while let Some(event) = incoming {
            changed = true;
            self.take(event)?;
            incoming = if self.left.is_none() { self.console.waiting()? } else { None };
        }
        while let Some(msg) = self.outside.done() {
            changed = true;
            let before = Arc::clone(self.app.session.report());
            self.handle(msg)?;
            self.outside.let_go(before);
        }
        changed |= self.take_rest()?;
        let share = self.outside.share();
        if share != self.app.ui.share {
            changed = true;
            self.handle(Msg::Progressed(share))?;
        }
        Ok(changed)
    }

    /// Whether nothing has come for a while and nothing is awaited, but something is still to be said.
    fn rests(&mut self) -> bool {
        let rests =
            self.awaited() == Awaited::Nothing && self.speaker.as_ref().is_some_and(Speaker::is_behind);
        self.cause = if rests { Cause::Rest } else { self.cause };
        rests
    }

    fn awaited(&self) -> Awaited {
        match &self.rest {
            _ if self.outside.busy() => Awaited::Answer,
            Some(_) => Awaited::Report,
            None => Awaited::Nothing,
        }
    }

    /// Takes the whole report, once it is there; `false` where nothing has come.
    fn take_rest(&mut self) -> io::Result<bool> {
        let Some(came) = self.rest.as_ref().and_then(Rest::came) else { return Ok(false) };
        self.rest = None;
        match came {
            _ if self.left.is_some() => {}
            Ok(whole) => self.open_up(*whole)?,
            Err(fault) => {
                self.left = Some(Err(fault));
                self.console.take_mouse(false)?;
            }
        }
        Ok(true)
    }

    /// Goes on with the whole report.
    fn open_up(&mut self, whole: Desk<K>) -> io::Result<()> {
        let Desk { app, store, env, writing, .. } = whole;
        self.console.watch(store.watch());
        self.outside.open_up(store, env, writing);
        let effects = self.app.open_up(app);
        self.take_up_begun();
        self.carry_out_all(effects)
    }

    fn take(&mut self, event: Incoming) -> io::Result<()> {
        if let Incoming::Key(_) | Incoming::Paste(_) = event {
            self.cause = Cause::Key;
        }
        match event {
            Incoming::Key(key) => return self.handle(Msg::Key(key)),
            Incoming::Paste(text) => return self.handle(Msg::Paste(text)),
            Incoming::Mouse(mouse) => return self.handle(Msg::Mouse(mouse)),
            Incoming::Resize(width, height) => {
                self.console.resized(self.terminal.backend_mut(), width, height);
                self.speaker.iter_mut().for_each(|speaker| speaker.resize(width));
            }
            Incoming::Redraw => {}
            Incoming::Background(shade) => self.theme = self.theme.clone().on(Some(shade)),
            Incoming::Stirred => return self.handle(Msg::Stirred),
            Incoming::Signal(signal) => self.left = Some(Ok(Leaving::Signalled(signal))),
            Incoming::Closed => self.left = Some(Ok(Leaving::Forced)),
        }
        Ok(())
    }

    /// Lets the app take a message, then does all that it asks for, in order; nothing more happens once the
    /// desk is being left.
    fn handle(&mut self, msg: Msg) -> io::Result<()> {
        if self.left.is_some() {
            return Ok(());
        }
        let effects = self.app.update(msg);
        self.carry_out_all(effects)
    }

    fn carry_out_all(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            for answer in self.carry_out(effect)? {
                self.handle(answer)?;
            }
        }
        Ok(())
    }

    /// Does one effect; what needs time is begun, and answers later.
    fn carry_out(&mut self, effect: Effect) -> io::Result<Vec<Msg>> {
        match effect {
            Effect::Commit(intent) if intent.is_wide() => self.outside.commit_beside(intent),
            Effect::Commit(intent) => return Ok(vec![self.outside.commit(intent)]),
            Effect::Arrange { generation, matches, order } => {
                self.outside.arrange(&self.app, generation, matches, order);
            }
            Effect::Weigh { generation, weighing } => self.outside.weigh(&self.app, generation, *weighing),
            Effect::Find { generation, text } => self.outside.find(&self.app, generation, text),
            Effect::Today => return Ok(vec![self.outside.today()]),
            Effect::Filter { generation, query, within } => {
                self.outside.search(&self.app, generation, query, within);
            }
            Effect::Complete { generation, text, cursor } => {
                self.outside.complete(&self.app, generation, text, cursor);
            }
            Effect::Facets { generation, text } => self.outside.facets(&self.app, generation, text),
            Effect::Diff { generation } => self.outside.compare(&self.app, generation),
            Effect::Seek { generation, sheet, needle, overtaken } => {
                self.outside.seek(generation, sheet, needle, overtaken);
            }
            Effect::Count => self.outside.count(&self.app),
            Effect::Audit { generation } => self.outside.audit(&self.app, generation),
            Effect::Suggest { generation } => self.outside.suggest(&self.app, generation),
            Effect::Gather(gathering) => self.outside.gather(&self.app, gathering),
            Effect::Decline { bugs, is_declined } => self.outside.decline(&self.app, bugs, is_declined),
            Effect::Restate { generation } => self.outside.restate(&self.app, generation),
            Effect::Reverse { generation, is_forward } => {
                self.outside.reverse(&self.app, generation, is_forward);
            }
            Effect::Save => self.outside.save(&self.app),
            Effect::Export { format, may_replace } => self.outside.export(format, may_replace),
            Effect::GiveUp => self.outside.give_up(),
            Effect::Look => self.outside.look(),
            Effect::Inspect { generation, bug } => self.outside.inspect(&self.app, generation, bug),
            Effect::Preview { generation, name, line } => self.outside.preview(generation, name, line),
            Effect::Open { path, line } => {
                let fault = self.console.open(&path, line)?;
                self.clear()?;
                return Ok(vec![Msg::Opened(fault)]);
            }
            Effect::Reread => self.outside.reread(&self.app),
            Effect::Replay(held) => return Ok(held),
            Effect::Discard => return Ok(vec![self.outside.discard()]),
            Effect::Quit(leaving) => self.left = Some(Ok(leaving)),
            Effect::Copy(text) => self.console.copy(&text)?,
            Effect::Suspend => self.console.suspend().and_then(|()| self.clear())?,
            Effect::Edit(text) => {
                let (text, fault) = self.console.edit(&text)?;
                self.clear()?;
                return Ok(vec![Msg::Edited(text, fault)]);
            }
        }
        Ok(Vec::new())
    }

    /// Forgets what is on the terminal, since someone else drew there. Nothing is asked of the terminal for that, as
    /// [`Terminal::clear`] would: one that is slow to say where its cursor is would end the desk.
    fn clear(&mut self) -> io::Result<()> {
        if self.speaker.is_some() {
            return Ok(());
        }
        self.terminal.swap_buffers();
        self.terminal.backend_mut().clear().map_err(io::Error::other)
    }
}
