//! What a status needs to be told, in one small form: a line each, none of which has to be filled in.
//!
//! Leaving goes back and loses nothing: the same form on the same bugs comes back as it was left.

use jiff::civil::Date;

use super::Input;
use crate::config::{Code, Key};
use crate::methodology::StatusId;
use crate::report::To;
use crate::triage::{BugSet, outcome};

/// What a line of the form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The field of this name.
    Field(String),
    /// What is written behind the status.
    Remark,
    /// Until when.
    Date,
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
}

/// What a status needs to be told.
#[derive(Clone, Debug)]
pub struct Form {
    /// The status.
    pub status: StatusId,
    /// The bugs that get it.
    pub bugs: BugSet,
    /// The lines; never none.
    pub rows: Vec<Row>,
    /// The line of the cursor.
    pub at: usize,
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
}

impl Row {
    /// A line with what stands there already.
    pub fn new(purpose: Purpose, was: &str) -> Row {
        Row { purpose, was: Input::one_line(was).text().to_owned(), input: Input::one_line(""), error: None }
    }

    /// What is asked for in it.
    pub fn label(&self) -> &str {
        match &self.purpose {
            Purpose::Field(name) => name,
            Purpose::Remark => "Remark",
            Purpose::Date => "Until",
        }
    }

    fn value(&self) -> String {
        outcome::one_line(self.input.text())
    }

    /// Looks once more at what may be wrong with it.
    fn check(&mut self, today: Option<Date>) {
        let value = self.value();
        self.error = match &self.purpose {
            _ if value.is_empty() => None,
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
    pub fn new(status: StatusId, bugs: BugSet, rows: Vec<Row>) -> Form {
        Form { status, bugs, rows, at: 0, today: None }
    }

    /// Takes note of what day it is.
    pub fn set_today(&mut self, today: Date) {
        self.today = Some(today);
        self.rows.iter_mut().for_each(|row| row.check(self.today));
    }

    /// The day that a line stands for, where it stands for one.
    pub fn day(&self, row: &Row) -> Option<Date> {
        let today = self.today.filter(|_| row.purpose == Purpose::Date)?;
        outcome::day(row.input.text(), today).ok()
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: Key) -> Reply {
        let last = self.rows.len() - 1;
        match key.code() {
            Code::Esc => return Reply::Back,
            Code::Enter if self.at == last || key.ctrl() || key.alt() => return self.done(),
            Code::Up => self.at = self.at.saturating_sub(1),
            Code::Tab if key.shift() => self.at = self.at.saturating_sub(1),
            Code::Enter | Code::Down | Code::Tab => self.at = (self.at + 1).min(last),
            _ => self.edit(key),
        }
        Reply::Stay
    }

    /// Inserts pasted text into the line of the cursor.
    pub fn paste(&mut self, text: &str) {
        self.rows[self.at].input.insert(text);
        self.rows[self.at].check(self.today);
    }

    fn edit(&mut self, key: Key) {
        if self.rows[self.at].input.key(key) {
            self.rows[self.at].check(self.today);
        }
    }

    /// Goes on, unless something cannot be taken: then to that.
    fn done(&mut self) -> Reply {
        let wrong = self.rows.iter().position(|row| row.error.is_some());
        self.at = wrong.unwrap_or(self.at);
        if wrong.is_some() { Reply::Stay } else { Reply::Done }
    }

    /// The fields that were filled in.
    pub fn fields(&self) -> Vec<(String, To<String>)> {
        let field = |row: &Row| match &row.purpose {
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

    fn form(rows: Vec<Row>) -> Form {
        let mut form = Form::new(StatusId(3), BugSet::default(), rows);
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
        let mut form = Form::new(StatusId(3), BugSet::default(), vec![Row::new(fix, "")]);
        form.paste("x | **Status:** open");
        assert_eq!((press(&mut form, "<Enter>"), form.rows[0].error.is_some()), (Reply::Stay, true));
        let mut form = Form::new(StatusId(3), BugSet::default(), vec![Row::new(Purpose::Remark, "")]);
        form.paste("x | **Severity:** P0");
        assert_eq!(press(&mut form, "<Enter>"), Reply::Stay);
        assert_eq!(press(&mut form, "<Ctrl-u>x - y | z<Enter>"), Reply::Done);
    }
}
