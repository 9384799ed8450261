//! Choosing a report where none was named: those of this folder, then those opened last, narrowed by what is typed.

use std::path::PathBuf;

use super::Input;
use crate::config::{Code, Key};
use crate::triage::fuzzy::Pattern;

/// A report that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called on screen.
    pub name: String,
    /// Its first heading.
    pub title: String,
    /// How many bugs it has.
    pub bugs: usize,
    /// How many of them were reviewed.
    pub reviewed: usize,
    /// How many decisions on it wait to be saved.
    pub unsaved: usize,
    /// Whether it was opened before and stands elsewhere.
    pub recent: bool,
}

/// The reports to choose from.
#[derive(Clone, Debug)]
pub struct Lobby {
    /// What was typed.
    pub input: Input,
    /// Why the last choice could not be opened.
    pub refused: Option<String>,
    offers: Vec<Offer>,
    matching: Vec<usize>,
    at: usize,
}

/// What a key in the lobby asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To leave.
    Leave,
    /// To open this report.
    Open(PathBuf),
}

impl Lobby {
    /// A lobby with these reports, in this order.
    pub fn new(offers: Vec<Offer>) -> Lobby {
        let matching = (0..offers.len()).collect();
        Lobby { input: Input::one_line(""), refused: None, offers, matching, at: 0 }
    }

    /// Those that match what was typed, the best first, else in their order.
    pub fn offers(&self) -> impl ExactSizeIterator<Item = &Offer> {
        self.matching.iter().map(|at| &self.offers[*at])
    }

    /// How many there are, matching or not.
    pub fn whole(&self) -> usize {
        self.offers.len()
    }

    /// How many of all are listed because they were opened before.
    pub fn recent(&self) -> usize {
        self.offers.iter().filter(|offer| offer.recent).count()
    }

    /// The row of the cursor among those that match.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: Key) -> Reply {
        self.refused = None;
        match (key.code(), key.ctrl(), key.alt()) {
            (Code::Esc, ..) if self.input.text().is_empty() => return Reply::Leave,
            (Code::Char('c'), true, _) => return Reply::Leave,
            (Code::Esc, ..) => self.typed(|input| input.replace("")),
            (Code::Enter, ..) => return self.chosen(),
            (Code::Down, ..) | (Code::Tab, ..) | (Code::Char('n'), true, _) => self.step(1),
            (Code::Up, ..) | (Code::Char('p'), true, _) => self.step(-1),
            (Code::PageDown, ..) => self.step(10),
            (Code::PageUp, ..) => self.step(-10),
            (Code::Home, ..) if self.input.text().is_empty() => self.at = 0,
            (Code::End, ..) if self.input.text().is_empty() => self.step(isize::MAX),
            _ => self.typed(|input| {
                input.key(key);
            }),
        }
        Reply::Stay
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typed(|input| input.insert(text));
    }

    fn chosen(&self) -> Reply {
        self.offers().nth(self.at).map_or(Reply::Stay, |offer| Reply::Open(offer.path.clone()))
    }

    fn step(&mut self, rows: isize) {
        self.at = self.at.saturating_add_signed(rows).min(self.matching.len().saturating_sub(1));
    }

    fn typed(&mut self, edit: impl FnOnce(&mut Input)) {
        let before = self.input.text().to_owned();
        edit(&mut self.input);
        if self.input.text() != before {
            let said: Vec<String> =
                self.offers.iter().map(|offer| format!("{} {}", offer.name, offer.title)).collect();
            let ranked = Pattern::new(self.input.text()).rank(said.iter().enumerate(), |(_, said)| said);
            self.matching = ranked.into_iter().map(|(at, _)| at).collect();
            self.at = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::typed::typed;
    use super::*;

    fn lobby() -> Lobby {
        let offer = |name: &str, title: &str| Offer {
            path: PathBuf::from(name),
            name: name.to_owned(),
            title: title.to_owned(),
            bugs: 3,
            reviewed: 0,
            unsaved: 0,
            recent: false,
        };
        Lobby::new(vec![offer("a.md", "Nightly tests"), offer("b.md", "Audit"), offer("c.md", "Night audit")])
    }

    fn press(lobby: &mut Lobby, keys: &str) -> Reply {
        typed(keys).expect("keys").into_iter().map(|key| lobby.key(key)).last().expect("a key")
    }

    #[test]
    fn what_is_typed_narrows_by_name_and_title_and_enter_opens() {
        let mut lobby = lobby();
        press(&mut lobby, "audit");
        let shown: Vec<PathBuf> = lobby.offers().map(|offer| offer.path.clone()).collect();
        assert_eq!(shown.len(), 2);
        assert_eq!(press(&mut lobby, "<Down><Down><Enter>"), Reply::Open(shown[1].clone()));
    }

    /// The last of a long list would be pages away.
    #[test]
    fn home_and_end_go_to_the_ends_of_the_list_until_something_is_typed() {
        let mut lobby = lobby();
        let mut at = |keys| {
            press(&mut lobby, keys);
            lobby.at()
        };
        assert_eq!([at("<End>"), at("<Home>"), at("<End>")], [2, 0, 2]);
        assert_eq!(at("udit<Home>a"), 0);
        assert_eq!(lobby.input.text(), "audit");
    }

    #[test]
    fn esc_clears_what_was_typed_before_it_leaves_and_nothing_opens_nothing() {
        let mut lobby = lobby();
        assert_eq!(press(&mut lobby, "zzz<Enter>"), Reply::Stay);
        assert_eq!(press(&mut lobby, "<Esc>"), Reply::Stay);
        assert_eq!(lobby.offers().len(), 3);
        assert_eq!(press(&mut lobby, "<Esc>"), Reply::Leave);
    }
}
