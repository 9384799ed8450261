//! The desk as plain lines, one after the other, for screen readers, dumb terminals and logs.
//!
//! What is on a screen at once is said here as it changes: the bug under the cursor when that is another one or
//! has been decided on, a popup when it opens and of it what changes, the choice that `Enter` would take whenever that
//! is another one, what was done, what was marked, and how far the review is. Nothing is cut to fit a screen: a line
//! that is longer than the terminal goes on in the next. What is typed is echoed, and not said again; what follows from
//! it is said once typing rests.

mod desk;
mod line;
mod lobby;
mod page;
mod popup;
mod read;
mod scene;

use self::scene::Scene;
use super::paint::Paint;
use crate::app::lobby::Lobby;
use crate::app::{App, Drawn, Input, Popup};
use crate::config::Theme;
use crate::triage::BugSet;

/// How many lines of what is long are said at a time; it is read on as on any screen.
const ROWS: usize = 240;

/// Why there may be something new to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// A key, or a paste.
    Key,
    /// Anything else that happened.
    #[default]
    Other,
    /// Nothing has happened for a while, and nothing is awaited.
    Rest,
}

/// What has been said, so that only what is new is said next.
#[derive(Clone, Debug, Default)]
pub struct Speaker {
    width: u16,
    scene: Option<Scene>,
    /// What was last said of each scene that is still there.
    said: Vec<(Scene, Vec<String>)>,
    toast: String,
    following: Option<String>,
    marks: BugSet,
    typed: Option<Typed>,
    /// Whether something may be new that is said once typing rests.
    is_behind: bool,
    /// Whether the last line has no end yet.
    is_open: bool,
}

/// What is being typed, and into which line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    text: String,
    line: usize,
}

impl Typed {
    fn at(app: &App) -> Option<Typed> {
        let line = if let Some(Popup::Form(form)) = app.popup() { form.at } else { 0 };
        Some(Typed { line, ..Typed::into(app.typing()?) })
    }

    fn into(input: &Input) -> Typed {
        Typed { text: input.text().to_owned(), line: 0 }
    }
}

impl Speaker {
    /// The terminal has so many columns.
    pub fn resize(&mut self, width: u16) {
        self.width = width;
    }

    /// Whether something may be new that is said once typing rests.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// What is new at the desk, as text to be written behind what is there; and what was on it.
    pub fn say(&mut self, app: &App, theme: &Theme, cause: Cause) -> (String, Drawn) {
        let (scene, typed) = (Scene::of(app), Typed::at(app));
        let mut drawn =
            Drawn { detail: None, preview: false, rows: 1, top: app.ui.view.at(), ..app.ui.drawn };
        let rows = rows(app, scene, &Paint::new(theme), &mut drawn);
        let toast = desk::toast(app);
        let is_told = !toast.is_empty() && (cause == Cause::Key || toast != self.toast);
        self.toast.clone_from(&toast);
        if let Some(echo) = self.echo(scene, &rows, typed.as_ref(), cause).filter(|_| !is_told) {
            return (echo, drawn);
        }
        let mut lines = Vec::new();
        lines.extend(self.scene.is_none_or(Scene::is_before).then(|| desk::opening(app)));
        lines.extend(is_told.then_some(toast));
        lines.extend(self.marked(app));
        lines.extend(self.news(scene, rows));
        lines.extend(self.following(app));
        (self.write(scene, lines, typed), drawn)
    }

    /// What is new of the reports to choose from; of none while they are still looked for.
    pub fn say_lobby(&mut self, lobby: Option<&Lobby>, cause: Cause) -> String {
        let typed = lobby.map(|lobby| Typed::into(&lobby.input));
        let rows = lobby.map_or_else(lobby::looking, lobby::told);
        if let Some(echo) = self.echo(Scene::Lobby, &rows, typed.as_ref(), cause) {
            return echo;
        }
        let lines = self.news(Scene::Lobby, rows);
        self.write(Scene::Lobby, lines, typed)
    }

    /// What is new of the opening of a report, `said` being how far that is; nothing of it is said twice.
    pub fn say_opening(&mut self, name: &str, said: &str, percent: Option<u8>) -> String {
        let before = self.said.iter().find(|(of, _)| *of == Scene::Opening).map(|(_, rows)| rows.clone());
        let mut rows = lobby::opening(name, said, percent);
        rows.extend(before.into_iter().flatten().filter(|row| !rows.contains(row)).collect::<Vec<_>>());
        let lines = self.news(Scene::Opening, rows);
        self.write(Scene::Opening, lines, None)
    }

    /// What was typed since, where nothing else has happened; all else waits until typing rests.
    fn echo(&mut self, scene: Scene, rows: &[String], now: Option<&Typed>, cause: Cause) -> Option<String> {
        let (before, now) = (self.typed.as_ref().filter(|_| self.scene == Some(scene))?, now?);
        if before.line != now.line || before == now && cause != Cause::Other {
            return None;
        }
        self.is_behind = true;
        if before == now {
            return Some(String::new());
        }
        let echo = match now.text.strip_prefix(&before.text) {
            Some(more) => line::raw(more),
            None => format!("\r\n> {}", line::raw(&now.text)),
        };
        // What typing has taken back is new if it comes again.
        self.said.iter_mut().filter(|(of, _)| *of == scene).for_each(|(_, said)| {
            said.retain(|row| rows.contains(row));
        });
        self.typed = Some(now.clone());
        Some(echo)
    }

    /// Of rows those that were not said yet while their scene was there; where it comes back as it was, where that is.
    fn news(&mut self, scene: Scene, rows: Vec<String>) -> Vec<String> {
        self.said.retain(|(of, _)| of.outlasts(scene));
        let before = self.said.iter().position(|(of, _)| *of == scene).map(|at| self.said.swap_remove(at).1);
        let is_new = |row: &&String| before.as_ref().is_none_or(|before| !before.contains(row));
        let mut news: Vec<String> = rows.iter().filter(is_new).cloned().collect();
        if news.is_empty() && self.scene != Some(scene) {
            let place = if scene == Scene::Desk { rows.get(desk::BUG) } else { rows.first() };
            news.extend(place.cloned());
        }
        self.said.push((scene, rows));
        news
    }

    /// What was marked, or is no longer.
    fn marked(&mut self, app: &App) -> Option<String> {
        if self.marks == app.ui.marks {
            return None;
        }
        let before = std::mem::replace(&mut self.marks, app.ui.marks.clone());
        Some(desk::marked(app, &before)).filter(|said| !desk::is_in(&self.toast, said))
    }

    /// What may follow the keys that were pressed.
    fn following(&mut self, app: &App) -> Option<String> {
        let following = desk::following(app);
        let before = std::mem::replace(&mut self.following, following.clone());
        following.filter(|now| before.as_ref() != Some(now))
    }

    /// Lines as they are written, with the prompt of what is typed behind them where anything is, or where typing
    /// begins.
    fn write(&mut self, scene: Scene, lines: Vec<String>, typed: Option<Typed>) -> String {
        let begins = typed.is_some() && (self.typed.is_none() || self.scene != Some(scene));
        let ends = typed.is_none() && self.is_open;
        self.is_behind = false;
        let mut text = String::new();
        if !lines.is_empty() || begins || ends {
            text.push_str(if self.is_open { "\r\n" } else { "" });
            text.extend(lines.iter().map(|said| line::written(said, self.width)));
            text.extend(typed.iter().map(|typed| format!("> {}", line::raw(&typed.text))));
            self.is_open = typed.is_some();
        }
        (self.scene, self.typed) = (Some(scene), typed);
        text
    }
}

/// All that there is to say of a scene of the desk.
fn rows(app: &App, scene: Scene, paint: &Paint<'_>, drawn: &mut Drawn) -> Vec<String> {
    match (scene, app.popup()) {
        (_, Some(popup)) => popup::told(app, popup, paint, drawn),
        (Scene::Detail(bug), _) => read::told(app, bug, paint, drawn),
        _ => [desk::progress(app), desk::bug(app)].into_iter().chain(desk::accepting(app)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who hears it would take it for another opening.
    #[test]
    fn no_step_of_an_opening_is_said_twice() {
        let mut speaker = Speaker::default();
        speaker.resize(80);
        let steps = [("opening", None), ("finding the bugs", None), ("opening", None), ("opening", Some(50))];
        let said: String =
            steps.map(|(said, percent)| speaker.say_opening("bugs.md", said, percent)).concat();
        let of = |step: &str| said.matches(step).count();
        assert_eq!([of("bugs.md"), of("opening …"), of("finding the bugs …"), of("opening 50 %")], [1; 4]);
    }
}
