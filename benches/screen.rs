//! A desk whose effects are done at once, on a terminal that takes all that is written and shows nothing.

use std::io::{Sink, sink};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use regrade::app::typed::typed;
use regrade::app::{App, Drawn, Effect, Intent, Msg};
use regrade::config::{Config, Theme};
use regrade::report::{Report, Writing};
use regrade::triage::{Decision, Event, Session};
use regrade::ui::{self, Memory};

/// A desk, and what it is drawn on.
pub(crate) struct Desk {
    pub(crate) app: App,
    theme: Theme,
    memory: Memory,
    terminal: Terminal<CrosstermBackend<Sink>>,
}

impl Desk {
    pub(crate) fn of(report: &Path) -> Desk {
        let config = Config::embedded();
        let base = std::fs::read(report).expect("the report was just written").into();
        let methodology = config.methodology;
        let report = Arc::new(Report::parse(base, &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let app = App::new(session, "bugs.md", Arc::new(config.settings), Arc::new(config.keymap));
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 120, 40)) };
        let terminal = Terminal::with_options(CrosstermBackend::new(sink()), options);
        let terminal = terminal.expect("what takes everything does not fail");
        let mut desk = Desk { app, theme: config.theme, memory: Memory::default(), terminal };
        desk.draw();
        desk
    }

    fn draw(&mut self) {
        let mut drawn = Drawn::default();
        let (app, theme, memory) = (&self.app, &self.theme, &mut self.memory);
        self.terminal
            .draw(|frame| drawn = ui::draw(app, theme, memory, frame))
            .expect("what takes everything does not fail");
        self.app.update(Msg::Drawn(drawn));
    }

    /// Presses keys, each with what it asks for, then draws once.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in typed(keys).expect("keys are written as they are typed") {
            self.take(Msg::Key(key));
        }
        self.draw();
    }

    fn take(&mut self, msg: Msg) {
        self.app.update(msg).into_iter().for_each(|effect| self.carry_out(effect));
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Commit(intent) => self.commit(intent),
            Effect::Weigh { generation, weighing } => {
                let weighed = weighing.on(&self.app.session, Writing::default());
                self.take(Msg::Weighed { generation, weighed });
            }
            Effect::Replay(held) => held.into_iter().for_each(|msg| self.take(msg)),
            _ => {}
        }
    }

    fn commit(&mut self, intent: Intent) {
        let event = match intent {
            Intent::Undo => Event::Undone,
            Intent::Decide(draft) => {
                Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft })
            }
            Intent::Redo | Intent::Settle { .. } => return,
        };
        self.take(Msg::Committed(event));
    }
}
