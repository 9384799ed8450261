//! The desk as plain lines, one after the other, for screen readers, dumb terminals and logs.
//!
//! What is on a screen at once is said here as it changes: the bug under the cursor when that is another one or
//! has been decided on, a popup when it opens and of it what changes, what was done, and how far the review is. The
//! same widgets are drawn as on a screen, on one that nobody sees, and read off it without frames and bars. What is
//! typed is echoed, and not said again.

use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::{Frame, Terminal};

use super::paint::Paint;
use super::{detail, popup, preview, seal};
use crate::app::{App, Drawn, Pane, Popup};
use crate::config::{Action, Theme};
use crate::report::BugIx;
use crate::text::display;

/// How many rows the screen has that nobody sees: what is longer is read on as on any screen.
const ROWS: u16 = 240;

/// How many columns it has at least.
const LEAST: u16 = 60;

/// What has been said, so that only what is new is said next.
#[derive(Clone, Debug, Default)]
pub struct Speaker {
    width: u16,
    scene: Option<Scene>,
    rows: Vec<String>,
    bug: String,
    toast: String,
    progress: String,
    typed: Option<String>,
    /// The line of a form that it was typed into.
    line: usize,
}

/// What the lines are about: another one is said from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scene {
    Desk,
    Detail(BugIx),
    Popup(usize, std::mem::Discriminant<Popup>),
    Before,
}

impl Speaker {
    /// The terminal has so many columns.
    pub fn resize(&mut self, width: u16) {
        self.width = width;
    }

    /// What is new at the desk, as text to be written behind what is there; and what was on it.
    pub fn say(&mut self, app: &App, theme: &Theme) -> (String, Drawn) {
        let paint = Paint::new(theme);
        let mut drawn =
            Drawn { detail: None, preview: false, rows: 1, top: app.ui.view.at(), ..app.ui.drawn };
        if let Some(echo) = self.echo(app) {
            return (echo, drawn);
        }
        let scene = scene(app);
        let mut lines = Vec::new();
        if self.scene.is_none() {
            lines.push(opening(app));
        }
        let toast = toast(app);
        if toast != self.toast && !toast.is_empty() {
            lines.push(toast.clone());
        }
        let rows = match scene {
            Scene::Popup(..) => self.seen(|frame| popup::draw_top(app, &paint, frame, &mut drawn)),
            Scene::Detail(_) => self.seen(|frame| {
                let area = frame.area();
                let [upper, lower] = Layout::vertical([Constraint::Fill(1); 2]).areas(area);
                let detail = if app.ui.preview.is_on { upper } else { area };
                detail::draw(app, &paint, frame.buffer_mut(), detail, &mut drawn);
                if app.ui.preview.is_on {
                    preview::draw(app, &paint, frame.buffer_mut(), lower, &mut drawn);
                }
            }),
            Scene::Desk | Scene::Before => Vec::new(),
        };
        lines.extend(self.news(scene, rows));
        lines.extend(self.of_desk(app, scene));
        self.toast = toast;
        let was_typing =
            std::mem::replace(&mut self.typed, app.typing().map(|input| input.text().to_owned()));
        self.line = line_of_form(app);
        let mut text = told(lines, self.typed.as_deref());
        if was_typing.is_some() && !text.is_empty() {
            text.insert_str(0, "\r\n");
        }
        (text, drawn)
    }

    /// What is new of a screen before the desk.
    pub fn say_frame(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> String {
        let rows = self.seen(draw);
        let lines = self.news(Scene::Before, rows);
        told(lines, None)
    }

    /// What was typed since, where nothing else has happened.
    fn echo(&mut self, app: &App) -> Option<String> {
        let now = app.typing()?.text().to_owned();
        if self.line != line_of_form(app) {
            return None;
        }
        let before =
            self.typed.as_ref().filter(|before| **before != now && self.scene == Some(scene(app)))?;
        let echo = match now.strip_prefix(before.as_str()) {
            Some(more) => raw(more),
            None => format!("\r\n> {}", raw(&now)),
        };
        self.typed = Some(now);
        Some(echo)
    }

    /// Of rows those that were not there before in the same scene.
    fn news(&mut self, scene: Scene, rows: Vec<String>) -> Vec<String> {
        let before = std::mem::replace(&mut self.rows, rows);
        let is_new = |row: &&String| self.scene != Some(scene) || !before.contains(row);
        let news = self.rows.iter().filter(is_new).cloned().collect();
        self.scene = Some(scene);
        news
    }

    /// The bug under the cursor and the progress, where they are others than before.
    fn of_desk(&mut self, app: &App, scene: Scene) -> Vec<String> {
        if scene != Scene::Desk {
            return Vec::new();
        }
        let (bug, progress) = (bug(app), progress(app));
        let mut lines = Vec::new();
        if progress != self.progress {
            lines.push(progress.clone());
        }
        if bug != self.bug {
            lines.push(bug.clone());
        }
        (self.bug, self.progress) = (bug, progress);
        lines
    }

    /// What is drawn, read off a screen that nobody sees: without frames and bars, and without empty rows.
    fn seen(&self, draw: impl FnOnce(&mut Frame<'_>)) -> Vec<String> {
        let Ok(mut terminal) = Terminal::new(TestBackend::new(self.width.max(LEAST), ROWS));
        let Ok(done) = terminal.draw(|frame| {
            draw(frame);
            seal(frame.buffer_mut());
        });
        rows(done.buffer, done.area)
    }
}

fn scene(app: &App) -> Scene {
    match (app.popup(), app.ui.pane, app.cursor()) {
        (Some(popup), ..) => Scene::Popup(app.ui.popups.len(), std::mem::discriminant(popup)),
        (None, Pane::Detail, Some(bug)) => Scene::Detail(bug),
        _ => Scene::Desk,
    }
}

/// The line of the cursor in a form.
fn line_of_form(app: &App) -> usize {
    if let Some(Popup::Form(form)) = app.popup() { form.at } else { 0 }
}

/// What is said once, when the desk opens.
fn opening(app: &App) -> String {
    let (bugs, help, quit) = (app.session.report().len(), app.key_of(Action::Help), app.key_of(Action::Quit));
    let noun = if bugs == 1 { "bug" } else { "bugs" };
    format!("{}: {bugs} {noun}. {help} tells the keys, {quit} leaves.", display::brief(&app.ui.name))
}

fn toast(app: &App) -> String {
    let Some(toast) = &app.ui.toast else { return String::new() };
    let mark = if toast.refusal { "! " } else { "" };
    let hint =
        if toast.hint.is_empty() { String::new() } else { format!(" ({})", display::brief(&toast.hint)) };
    format!("{mark}{}{hint}", display::brief(&toast.text))
}

/// `7 of 22: BUG-007 P0→P2, configuration, open: Coverage Configuration Warnings`.
fn bug(app: &App) -> String {
    let Some(bug) = app.cursor() else { return "no bug in view".to_owned() };
    let (session, report) = (&app.session, app.session.report());
    let (before, after) = (app.level_key(report.level(bug)), app.level_key(session.level(bug)));
    let severity = if before == after { after.to_owned() } else { format!("{before}→{after}") };
    let scope = session.scope(bug).map(|scope| display::brief(&scope).into_owned());
    let status = session.status(bug).map(|status| display::brief(&status).into_owned());
    let marked = app.ui.marks.contains(bug).then(|| "marked".to_owned());
    let decided = session.reviewed().contains(bug).then(|| "decided".to_owned());
    let facts: Vec<String> = [Some(severity), scope, status, marked, decided].into_iter().flatten().collect();
    let (at, of) = (app.ui.view.at() + 1, app.ui.view.bugs().len());
    let (id, title) = (report.handle(bug), report.title(bug));
    let (id, title) = (display::brief(&id), display::brief(&title));
    format!("{at} of {of}: {id} {}: {title}", facts.join(", "))
}

/// `3 of 22 reviewed, 2 unsaved, 5 found by the check`.
fn progress(app: &App) -> String {
    let (done, all) = (app.session.reviewed().len(), app.session.report().len());
    let mut said = format!("{done} of {all} reviewed");
    let found = if app.unsaved() > 0 { "found by the check as saved" } else { "found by the check" };
    for (count, what) in [(app.unsaved(), "unsaved"), (app.findings().len(), found)] {
        if count > 0 {
            said.push_str(&format!(", {count} {what}"));
        }
    }
    said
}

fn rows(buffer: &Buffer, area: Rect) -> Vec<String> {
    let width = usize::from(area.width.max(1));
    let row = |cells: &[Cell]| {
        let plain: String = text_of(cells).chars().map(|c| if is_drawn(c) { ' ' } else { c }).collect();
        plain.trim().to_owned()
    };
    buffer.content.chunks(width).map(row).filter(|row| !row.is_empty()).collect()
}

/// The text of a row of cells. What stands in a cell under a wide character is left from an earlier frame.
pub(crate) fn text_of(cells: &[Cell]) -> String {
    let (mut row, mut covered) = (String::new(), 0);
    for cell in cells {
        covered = match covered {
            0 => {
                row.push_str(cell.symbol());
                display::width(cell.symbol()).saturating_sub(1)
            }
            covered => covered - 1,
        };
    }
    row
}

/// Whether a character draws frames, bars or scrollbars.
fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259F}')
}

/// Lines as they are written to a raw terminal, with the prompt of what is typed behind them.
fn told(lines: Vec<String>, typed: Option<&str>) -> String {
    let mut text: String = lines.into_iter().map(|line| line + "\r\n").collect();
    if let (false, Some(typed)) = (text.is_empty(), typed) {
        text.push_str(&format!("> {}", raw(typed)));
    }
    text
}

/// What was typed, which holds nothing that a terminal obeys, with its line ends as a raw terminal needs them.
fn raw(typed: &str) -> String {
    typed.replace('\n', "\r\n")
}
