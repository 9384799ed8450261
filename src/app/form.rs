//! What a decision needs to be told, in one small form: a line each.
//!
//! Leaving goes back and loses nothing: the same form, on the same bugs, comes back as it was left.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Input;
use crate::config::{Code, Key};
use crate::methodology::StatusId;
use crate::report::To;
use crate::text::display;
use crate::triage::outcome::{self, NONE};
use crate::triage::{BugSet, Fact, Kind};

/// What a form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Bugs that get a status.
    Status(StatusId, BugSet),
    /// The report as a whole, of which a decision of this kind is recorded.
    Report(Kind),
}

impl About {
    /// Whether it is about bugs.
    pub(super) fn is_bugs(&self) -> bool {
        matches!(self, About::Status(..))
    }
}

/// What a line of the form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The field of this name.
    Field(String),
    /// What is written behind the status.
    Remark,
    /// Until when.
    Date,
    /// What is told of the report as a whole.
    Fact(Fact),
    /// Why, or all that is said: the text of a decision about the report as a whole, under this name.
    Text(&'static str),
}

/// A line of the form.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed.
    pub input: Input,
    /// What keeps it from being taken.
    pub error: Option<String>,
    /// What stands there already, and stays where nothing is typed.
    pub was: String,
    /// What it wants to hear, and whether it has to.
    pub asks: Option<(Cow<'static, str>, bool)>,
}

/// What a decision needs to be told.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is about.
    pub about: About,
    /// The lines; never none.
    pub rows: Vec<Row>,
    /// The line of the cursor.
    pub at: usize,
    /// The deviation rule that the decision stands under.
    pub rule: Option<u8>,
    /// Why it was not recorded.
    pub refused: Option<String>,
    /// A text that was typed before and left, to be taken.
    pub left: Option<String>,
    today: Option<Date>,
}

/// What a key in the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To go back to where it was opened.
    Back,
    /// To go on with what was filled in.
    Done,
    /// To pick a deviation rule.
    Rule,
    /// To stand under the rule of this number; 0 is under none.
    Number(u8),
    /// To have the text edited in the person's editor.
    Edit,
}

impl Row {
    /// A line with what stands there already.
    pub fn new(purpose: Purpose, was: &str) -> Row {
        let was = Input::one_line(was).text().to_owned();
        Row { purpose, was, input: Input::one_line(""), error: None, asks: None }
    }

    /// A line that says what it wants to hear, and whether it has to.
    pub fn asking(purpose: Purpose, means: &'static str, is_needed: bool) -> Row {
        let input = if let Purpose::Text(_) = purpose { Input::many_lines() } else { Input::one_line("") };
        Row { input, asks: Some((means.into(), is_needed)), ..Row::new(purpose, "") }
    }

    /// A line with what stands there already, and else what it would like to hear.
    pub fn hinting(purpose: Purpose, was: &str, means: &str) -> Row {
        let asks = Some((means.to_owned().into(), false)).filter(|_| !means.is_empty());
        Row { asks, ..Row::new(purpose, was) }
    }

    /// What is asked for in it; with a star where it has to be said.
    pub fn label(&self) -> String {
        let name = match &self.purpose {
            Purpose::Field(name) => return name.clone(),
            Purpose::Remark => "remark",
            Purpose::Date => "until",
            Purpose::Fact(fact) => fact.name(),
            Purpose::Text(name) => name,
        };
        let star = if self.asks.as_ref().is_some_and(|(_, is_needed)| *is_needed) { "*" } else { "" };
        let (first, rest) = name.split_at(1);
        format!("{}{}{star}", first.to_uppercase(), rest.replace('-', " "))
    }

    /// What stands in it where nothing is typed.
    pub fn placeholder(&self) -> String {
        match () {
            _ if self.was.is_empty() => self.asked(),
            _ if matches!(self.purpose, Purpose::Field(_)) => {
                format!("stays: {}; {NONE} takes it away", self.was)
            }
            _ => format!("stays: {}", self.was),
        }
    }

    fn asked(&self) -> String {
        match &self.asks {
            Some((means, true)) => format!("needed: {means}"),
            Some((means, false)) => means.clone().into_owned(),
            None => String::new(),
        }
    }

    /// Whether it takes more than a line.
    pub fn is_text(&self) -> bool {
        matches!(self.purpose, Purpose::Text(_))
    }

    /// What was typed, as a value.
    pub(super) fn value(&self) -> String {
        display::one_line(self.input.text())
    }

    /// Whether it takes its field away.
    fn takes_away(&self) -> bool {
        matches!(self.purpose, Purpose::Field(_)) && self.value() == NONE
    }

    /// Looks once more at what may be wrong with it; of one bug alone it is known what it has.
    fn check(&mut self, today: Option<Date>, is_of_one: bool) {
        let value = self.value();
        self.error = match &self.purpose {
            _ if value.is_empty() => None,
            _ if self.takes_away() => {
                (is_of_one && self.was.is_empty()).then(|| "there is nothing to take away".to_owned())
            }
            Purpose::Field(name) if !outcome::is_read_back(name, &value) => {
                Some("would be read as more than one field".to_owned())
            }
            Purpose::Remark if !outcome::is_read_back("Status", &value) => {
                Some("would be read as more than the status".to_owned())
            }
            Purpose::Date => today.and_then(|today| outcome::day(&value, today).err()),
            _ => None,
        };
    }
}

impl Form {
    /// A form with these lines, one at least.
    pub fn new(about: About, rows: Vec<Row>) -> Form {
        Form { about, rows, at: 0, rule: None, refused: None, left: None, today: None }
    }

    /// The line of the cursor.
    pub fn row(&self) -> &Row {
        &self.rows[self.at]
    }

    /// Takes note of what day it is.
    pub fn set_today(&mut self, today: Date) {
        self.today = Some(today);
        let is_of_one = self.is_of_one();
        self.rows.iter_mut().for_each(|row| row.check(self.today, is_of_one));
    }

    fn is_of_one(&self) -> bool {
        matches!(&self.about, About::Status(_, bugs) if bugs.len() == 1)
    }

    /// What a line stands for, where that is not what was typed.
    pub fn stands_for(&self, row: &Row) -> Option<String> {
        let taken_away = (row.takes_away() && row.error.is_none()).then(|| "taken away".to_owned());
        taken_away.or_else(|| self.day(row).map(|day| day.to_string()))
    }

    /// The day that a line stands for, where it stands for one.
    pub fn day(&self, row: &Row) -> Option<Date> {
        let today = self.today.filter(|_| row.purpose == Purpose::Date)?;
        outcome::day(row.input.text(), today).ok()
    }

    /// Takes note of how wide the rows are on which the line of the cursor is shown.
    pub(super) fn shown_in(&mut self, width: usize) {
        self.rows[self.at].input.shown_in(width);
    }

    /// Goes to a line, if there is one.
    pub(super) fn point_at(&mut self, at: usize) {
        self.at = if at < self.rows.len() { at } else { self.at };
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: Key) -> Reply {
        let last = self.rows.len() - 1;
        let is_of_report = matches!(self.about, About::Report(_));
        match (key.code(), key.ctrl(), key.alt()) {
            (Code::Esc, ..) => return Reply::Back,
            (Code::Char('r'), false, true) if is_of_report => return Reply::Rule,
            (Code::Char(digit @ '0'..='9'), false, true) if is_of_report => {
                return Reply::Number(digit as u8 - b'0');
            }
            (Code::Char('e'), true, false) if is_of_report => return Reply::Edit,
            (Code::Enter, ctrl, alt) if self.at == last || ctrl || alt => return self.done(),
            (Code::Tab, ..) if !key.shift() && self.offers_left() => self.take_left(),
            (Code::Up, ..) if self.rows[self.at].input.up() => {}
            (Code::Down, ..) if self.rows[self.at].input.down() => {}
            (Code::Up, ..) => self.at = self.at.saturating_sub(1),
            (Code::Tab, ..) if key.shift() => self.at = self.at.saturating_sub(1),
            (Code::Enter | Code::Down | Code::Tab, ..) => self.at = (self.at + 1).min(last),
            _ => self.edit(key),
        }
        Reply::Stay
    }

    /// Inserts pasted text into the line of the cursor; of several names one a line, with commas between them.
    pub fn paste(&mut self, text: &str) {
        let is_of_names = self.row().purpose == Purpose::Fact(Fact::File);
        let names = || text.lines().map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>();
        let text = if is_of_names { names().join(", ") } else { text.to_owned() };
        self.rows[self.at].input.insert(&text);
        self.typed();
    }

    /// Puts another text in the place of what was typed as such.
    pub fn rewrite(&mut self, text: &str) {
        if let Some(at) = self.rows.iter().position(Row::is_text) {
            self.at = at;
            self.rows[at].input.replace(text.trim_end());
            self.typed();
        }
    }

    /// Whether the text that was left may go where the cursor is.
    pub fn offers_left(&self) -> bool {
        self.left.is_some() && self.row().is_text() && self.row().input.text().is_empty()
    }

    fn take_left(&mut self) {
        if let Some(left) = self.left.take() {
            self.rewrite(&left);
        }
    }

    fn edit(&mut self, key: Key) {
        if self.rows[self.at].input.key(key) {
            self.typed();
        }
    }

    fn typed(&mut self) {
        self.refused = None;
        let is_of_one = self.is_of_one();
        self.rows[self.at].check(self.today, is_of_one);
    }

    /// Goes on, unless something cannot be taken: then to that.
    fn done(&mut self) -> Reply {
        let wrong = self.rows.iter().position(|row| row.error.is_some());
        self.at = wrong.unwrap_or(self.at);
        if wrong.is_some() { Reply::Stay } else { Reply::Done }
    }

    /// Says why the field of this name is not taken, and goes there.
    pub(super) fn refuse(&mut self, name: &str, why: String) {
        let is_it = |row: &Row| matches!(&row.purpose, Purpose::Field(field) if field == name);
        self.at = self.rows.iter().position(is_it).unwrap_or(self.at);
        self.refused = Some(why);
    }

    /// The fields that were filled in.
    pub fn fields(&self) -> Vec<(String, To<String>)> {
        let field = |row: &Row| match &row.purpose {
            Purpose::Field(name) if row.takes_away() => Some((name.clone(), To::Clear)),
            Purpose::Field(name) if !row.value().is_empty() => Some((name.clone(), To::Value(row.value()))),
            _ => None,
        };
        self.rows.iter().filter_map(field).collect()
    }

    /// What is to be written behind the status.
    pub fn remark(&self) -> String {
        let row = self.rows.iter().find(|row| row.purpose == Purpose::Remark);
        row.map(Row::value).unwrap_or_default()
    }

    /// Until when.
    pub fn until(&self) -> Option<Date> {
        self.rows.iter().find_map(|row| self.day(row))
    }
}

#[cfg(test)]
mod tests {
    use super::super::typed::typed;
    use super::*;

    fn of_status(rows: Vec<Row>) -> Form {
        Form::new(About::Status(StatusId(3), BugSet::default()), rows)
    }

    fn form(rows: Vec<Row>) -> Form {
        let mut form = of_status(rows);
        form.set_today(Date::constant(2026, 3, 9));
        form
    }

    fn press(form: &mut Form, keys: &str) -> Reply {
        typed(keys).expect("keys").into_iter().map(|key| form.key(key)).last().expect("a key")
    }

    #[test]
    fn keys_go_from_line_to_line_and_stop_at_the_ends() {
        let field = |name: &str| Row::new(Purpose::Field(name.to_owned()), "");
        let mut form = form(vec![field("Fix"), field("Commit"), field("Verification")]);
        press(&mut form, "a<Tab>b<Down>c<Down>d<Shift-Tab>e<Up><Up>f");
        let typed: Vec<&str> = form.rows.iter().map(|row| row.input.text()).collect();
        assert_eq!(typed, ["af", "be", "cd"]);
        assert_eq!(press(&mut form, "<Enter>"), Reply::Stay);
        assert_eq!(press(&mut form, "<Enter><Enter>"), Reply::Done);
        assert_eq!(press(&mut form, "<Up><Ctrl-Enter>"), Reply::Done);
        assert_eq!(press(&mut form, "<Esc>"), Reply::Back);
    }

    #[test]
    fn only_what_was_filled_in_is_given_and_the_rest_stays() {
        let field = |name: &str, was| Row::new(Purpose::Field(name.to_owned()), was);
        let mut form = form(vec![field("Fix", "old"), field("Commit", "x"), field("Verification", "")]);
        press(&mut form, "<Tab>yz<Tab>run  twice");
        let value = |text: &str| To::Value(text.to_owned());
        let given = [("Commit", value("yz")), ("Verification", value("run twice"))];
        assert_eq!(form.fields(), given.map(|(name, to)| (name.to_owned(), to)));
    }

    /// A fix that turned out to be none could not be taken off its bug.
    #[test]
    fn a_field_is_taken_away_where_that_is_said_and_there_is_one() {
        let field = |was| Row::new(Purpose::Field("Fix".to_owned()), was);
        let mut form = form(vec![field("old"), field("")]);
        form.about = About::Status(StatusId(3), BugSet::from(crate::report::BugIx(0)));
        assert_eq!(form.rows[0].placeholder(), "stays: old; - takes it away");
        press(&mut form, "-");
        assert_eq!(form.stands_for(&form.rows[0]).as_deref(), Some("taken away"));
        assert_eq!(form.fields(), [("Fix".to_owned(), To::Clear)]);
        press(&mut form, "<Ctrl-u>");
        assert_eq!((form.stands_for(&form.rows[0]), form.fields()), (None, Vec::new()), "it stays");
        assert_eq!(press(&mut form, "<Tab>-<Enter>"), Reply::Stay);
        assert_eq!(form.rows[1].error.as_deref(), Some("there is nothing to take away"));
    }

    #[test]
    fn what_cannot_be_taken_is_said_beside_its_line_and_kept() {
        let mut form = form(vec![Row::new(Purpose::Date, "")]);
        assert_eq!(press(&mut form, "so<Enter>"), Reply::Stay);
        assert!(form.rows[0].error.is_some() && form.until().is_none());
        assert_eq!(press(&mut form, "<Ctrl-u>+2w<Enter>"), Reply::Done);
        assert_eq!(form.until(), Some(Date::constant(2026, 3, 23)));
        press(&mut form, "<Ctrl-u>");
        assert_eq!((press(&mut form, "<Enter>"), form.until()), (Reply::Done, None));
        let fix = Purpose::Field("Fix".to_owned());
        let mut form = of_status(vec![Row::new(fix, "")]);
        form.paste("x | **Status:** open");
        assert_eq!((press(&mut form, "<Enter>"), form.rows[0].error.is_some()), (Reply::Stay, true));
        let mut form = of_status(vec![Row::new(Purpose::Remark, "")]);
        form.paste("x | **Severity:** P0");
        assert_eq!(press(&mut form, "<Enter>"), Reply::Stay);
        assert_eq!(press(&mut form, "<Ctrl-u>x - y | z<Enter>"), Reply::Done);
    }
}
