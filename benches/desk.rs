//! A key to its frame, beside drawing the same frame again: what a reviewer waits for, whatever the report's size.
//!
//! `cargo bench --bench desk`; `REGRADE_BENCH_BUGS=1000,100000,1000000` chooses the sizes.

#[allow(dead_code)]
mod generator;
mod sizes;

use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regrade::app::typed::typed;
use regrade::app::{App, Drawn, Effect, Intent, Msg};
use regrade::config::{Config, Theme};
use regrade::report::Report;
use regrade::triage::query::{Known, Matches, Query};
use regrade::triage::{Decision, Event, Session};
use regrade::ui;

/// A desk on a screen in memory, whose effects are done at once.
struct Desk {
    app: App,
    theme: Theme,
    terminal: Terminal<TestBackend>,
}

impl Desk {
    fn of(bugs: usize) -> Desk {
        let config = Config::embedded();
        let file = sizes::file(bugs);
        let base = std::fs::read(file.path()).expect("the report was just written").into();
        let methodology = Arc::new(config.methodology);
        let report = Arc::new(Report::parse(base, &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let app = App::new(session, "bugs.md", Arc::new(config.settings), Arc::new(config.keymap));
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("a screen in memory does not fail");
        let mut desk = Desk { app, theme: config.theme, terminal };
        desk.draw();
        desk
    }

    fn draw(&mut self) {
        let mut drawn = Drawn::default();
        let (app, theme) = (&self.app, &self.theme);
        self.terminal
            .draw(|frame| drawn = ui::draw(app, theme, frame))
            .expect("a screen in memory does not fail");
        self.app.update(Msg::Drawn(drawn));
    }

    /// Presses keys, each with what it asks for, then draws once.
    fn press(&mut self, keys: &str) {
        for key in typed(keys).expect("keys are written as they are typed") {
            let effects = self.app.update(Msg::Key(key));
            effects.into_iter().for_each(|effect| self.carry_out(effect));
        }
        self.draw();
    }

    fn carry_out(&mut self, effect: Effect) {
        if let Effect::Commit(intent) = effect {
            let event = match intent {
                Intent::Undo => Event::Undone,
                Intent::Decide(draft) => {
                    Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft })
                }
                Intent::Redo | Intent::Settle { .. } => return,
            };
            self.app.update(Msg::Committed(event));
        }
    }
}

fn desk(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("desk");
    group.sample_size(20);
    for bugs in sizes::chosen() {
        let mut desk = Desk::of(bugs);
        let mut measure = |name: &str, keys: &str| {
            group.bench_with_input(BenchmarkId::new(name, bugs), keys, |bench, keys| {
                bench.iter(|| desk.press(keys));
            });
        };
        measure("draw again", "");
        measure("down and up", "jk");
        measure("to the end and back", "Gg");
        measure("half a page down and up", "<Ctrl-d><Ctrl-u>");
        measure("mark, and unmark", " k k");
        measure("decide, and undo", "3because it is so, as was said<Enter>u");
        measure("mark all, decide, and undo", "*3because it is so, as was said<Enter>u");
    }
    group.finish();
}

/// Searching runs beside the desk; a newer key overtakes it.
fn filter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("filter");
    group.sample_size(10);
    for bugs in sizes::chosen() {
        let desk = Desk::of(bugs);
        let overtaken = std::sync::atomic::AtomicBool::new(false);
        for query in ["e", "import err", "zzqx", "sev:P1 -is:seen"] {
            group.bench_with_input(BenchmarkId::new(query, bugs), query, |bench, query| {
                let query = Query::parse(query, desk.app.session.report());
                bench
                    .iter(|| Matches::search(&desk.app.session, &Known::default(), &query, None, &overtaken));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, desk, filter);
criterion_main!(benches);
