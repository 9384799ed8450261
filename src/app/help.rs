//! The help screen: every key that does something, from the live key map.

use super::page::{Line, Lines};
use super::picker::Use;
use super::{App, Popup};
use crate::config::{Action, Group};
use crate::text::display;

/// What the keys in the popups do, which no key map changes.
const FIXED: &[(&str, &[(&str, &str)])] = &[
    (
        "In the rationale",
        &[
            ("Enter", "record the decision"),
            ("Alt-Enter Ctrl-j", "begin a new line"),
            ("PageDown PageUp", "read on in what is decided, where there is little room"),
            ("Up Down", "choose a rationale on offer"),
            ("Tab", "take it, with the scope that a template was written for"),
            ("Alt-s", "set the scope, in the same decision"),
            ("Alt-r", "pick the deviation rule"),
            ("Alt-1 … Alt-9", "stand under the rule of that number; Alt-0 under none"),
            ("Ctrl-e", "edit in $VISUAL or $EDITOR"),
            ("Esc", "leave everything as it was, or go back to the form"),
            (
                "a suggestion",
                "is your own decision once you set another scope, or change the words of a note",
            ),
        ],
    ),
    (
        "In a form",
        &[
            ("Tab Down", "go to the next line; in an empty text Tab takes what was left"),
            ("Shift-Tab Up", "go to the line before"),
            ("Enter", "go on or record, from the last line; on others to the next"),
            ("Alt-Enter", "go on or record at once, from any line"),
            ("Ctrl-j", "begin a new line in a longer text"),
            ("Alt-r Alt-1…Alt-9", "of the report: pick the deviation rule; Alt-0 none"),
            ("Ctrl-e", "of the report: edit the text in $VISUAL or $EDITOR"),
            ("Esc", "go back; what was typed stays"),
        ],
    ),
    (
        "Where the policy warns",
        &[("Enter", "decide anyway, for the reason typed"), ("Esc", "go back; nothing is decided")],
    ),
    (
        "While filtering",
        &[
            ("a letter", "where a filter is there already: takes the place of it"),
            ("Space Left End", "go on with it, as any other key that edits"),
            ("Tab", "take the offer that is chosen, or the first"),
            ("Alt-Down Alt-Up", "choose an offer, also Ctrl-n Ctrl-p"),
            ("Ctrl-r", "offer earlier filters that hold what is typed; again: the next older"),
            ("Up Down", "move in the matches"),
            ("Enter", "take the chosen offer; without one keep the filter"),
            ("Esc", "go back to what was before"),
        ],
    ),
    (
        "Among facets",
        &[
            ("Up Down", "choose a value"),
            ("Tab Left Right", "go to the next or the previous facet"),
            ("Space Enter", "put the value into the filter, or take it out"),
            ("Esc", "close; the filter stays"),
        ],
    ),
    (
        "While sorting",
        &[
            ("Enter", "sort so; picked again, the other way round"),
            ("Up Down", "choose, also j k where no order has that key"),
            ("Esc", "leave the order as it is"),
        ],
    ),
    (
        "Signs in the list",
        &[
            ("● ✓", "decided and not saved; decided before"),
            ("○", "not decided; what was noted of it is not saved"),
            ("◆ ◇", "marked; in the range that is drawn"),
            ("!", "the report contradicts its severity"),
            ("?", "there is a suggestion"),
            ("D", "its due date, or the time its level allows, has passed"),
        ],
    ),
    (
        "With the mouse",
        &[
            ("wheel", "scroll what is under the pointer"),
            ("click", "select a bug; sort by a column; take a choice"),
            ("double click", "read a bug"),
            ("Shift", "held: select text, as without the desk"),
        ],
    ),
    (
        "On a page",
        &[
            ("/", "look for words"),
            ("n N", "next and previous match"),
            ("] [ J K", "next and previous part"),
            ("W", "wrap long lines, or not"),
            ("h l Left Right", "to the side, where lines are not wrapped"),
            ("Space PageUp", "a page down, up"),
            ("Enter", "in the log and the check: go to the bug; of a claim, show its lines"),
            ("f", "in the check: set counts to what is documented, all that have ○"),
            ("Esc", "end the search, then close"),
        ],
    ),
    (
        "While exporting",
        &[
            ("Enter", "write the file; where it is there already, again writes over it"),
            ("Up Down", "choose"),
            ("Esc Ctrl-c", "give up what is being written, or leave; nothing is written by half"),
        ],
    ),
    (
        "While picking",
        &[
            ("Enter", "take it"),
            ("Up Down", "choose, also j k where no choice has that key"),
            ("Esc", "leave everything as it was"),
        ],
    ),
    ("While looking for what it repeats", &[("Enter", "take it"), ("Up Down", "choose"), ("Esc", "go back")]),
    (
        "In the palette",
        &[
            ("Enter", "do what is named so, or was chosen"),
            ("Up Down", "choose"),
            ("w q wq x e", "as in vim; q! leaves at once and sets aside what is not saved"),
            ("help WORDS", "look for words here"),
            ("Esc", "leave everything as it was"),
        ],
    ),
    ("What is told first", &[("Up Down PgUp PgDn", "read on"), ("Enter Esc", "close")]),
    (
        "Before leaving",
        &[
            ("s w", "save and leave"),
            ("q", "leave; decisions are kept"),
            ("d d", "leave without them: they are set aside, and regrade recover brings them back"),
            ("Esc", "stay"),
        ],
    ),
    (
        "While settling",
        &[
            ("Enter", "decide anew"),
            ("l", "go to the bug"),
            ("d d", "drop the decision"),
            ("Esc", "leave it for later"),
        ],
    ),
    (
        "Anywhere",
        &[
            ("F1", "show the keys that count here"),
            ("Ctrl-c Ctrl-c", "leave at once; decisions are kept for next time"),
        ],
    ),
];

/// Where the keys begin to be explained.
const KEYS: usize = 18;

/// The keys of a popup.
pub(super) fn of_popup(popup: &Popup) -> Lines {
    let titles: &[&str] = match popup {
        Popup::Rationale(_) => &["In the rationale"],
        Popup::Form(_) => &["In a form"],
        Popup::Originals(_) => &["While looking for what it repeats"],
        Popup::Filter(_) => &["While filtering"],
        Popup::Facets(_) => &["Among facets"],
        Popup::Objection(_) => &["Where the policy warns"],
        Popup::Settle(..) => &["While settling"],
        Popup::Picker(picker) if picker.usage == Use::Order => &["While sorting"],
        Popup::Picker(picker) if picker.usage == Use::Export => &["While exporting"],
        Popup::Picker(_) => &["While picking"],
        Popup::Palette(_) => &["In the palette"],
        Popup::Page(_) => &["On a page"],
        Popup::Notice(..) | Popup::Error(_) => &["What is told first"],
        Popup::Quit(_) => &["Before leaving"],
    };
    let mut lines = Lines::default();
    let shown = FIXED.iter().filter(|(known, _)| titles.contains(known) || *known == "Anywhere");
    shown.for_each(|fixed| add(fixed, &mut lines));
    lines
}

impl App {
    /// The lines of the help screen: what applies here, group by group.
    pub fn help(&self) -> Lines {
        let mut lines = Lines::default();
        for group in Group::ALL {
            lines.part(group.title());
            let mine = self.ui.keymap.bindings().filter(|(action, _)| action.group() == group);
            for (action, keys) in mine.filter(|(action, _)| self.applies(*action)) {
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                lines.push(line(&keys.join(" "), &self.says(action)));
            }
        }
        FIXED.iter().for_each(|fixed| add(fixed, &mut lines));
        lines
    }

    fn applies(&self, action: Action) -> bool {
        let is_settled = action == Action::Settle && self.session.misfits().is_empty();
        action == Action::Palette || self.can_run(action) && !is_settled
    }

    /// What an action does, the level that it sets by name.
    pub(super) fn says(&self, action: Action) -> String {
        let levels = self.session.methodology().levels();
        match action {
            Action::Severity(rank) => levels.get(usize::from(rank)).map_or_else(String::new, |level| {
                format!("Set the severity to {} {}", level.key, level.name)
            }),
            _ => action.help().to_owned(),
        }
    }
}

fn add((title, keys): &(&str, &[(&str, &str)]), lines: &mut Lines) {
    lines.part(title);
    keys.iter().for_each(|(keys, does)| lines.push(line(keys, does)));
}

fn line(keys: &str, does: &str) -> Line {
    Line::of("footer.key", &display::fit(keys, KEYS.max(display::width(keys) + 1)))
        .and("text", does)
        .hanging(KEYS)
}
