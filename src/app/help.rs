//! The help screen: every key that does something, from the live key map.

use super::App;
use crate::config::{Action, Group, Sequence};

/// A line of help: keys, and what they do; without keys, a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The keys, as they are shown.
    pub keys: String,
    /// What they do.
    pub does: String,
}

/// What the keys in the popups do, which no key map changes.
const FIXED: [(&str, &[(&str, &str)]); 4] = [
    (
        "In the rationale",
        &[
            ("Enter", "record the decision"),
            ("Alt-Enter", "begin a new line"),
            ("Up Down", "choose a rationale on offer"),
            ("Tab", "take it"),
            ("Alt-s", "set the scope, in the same decision"),
            ("Alt-r", "cycle the deviation rule"),
            ("Ctrl-e", "edit in $VISUAL or $EDITOR"),
            ("Esc", "leave everything as it was"),
        ],
    ),
    (
        "While filtering",
        &[
            ("Enter", "keep the filter"),
            ("Up Down", "move in the matches"),
            ("Esc", "go back to what was before"),
        ],
    ),
    (
        "While checking",
        &[
            ("Enter", "go to the bug that it is about"),
            ("f", "set counts to what is documented"),
            ("Esc", "go back"),
        ],
    ),
    ("Anywhere", &[("Ctrl-c Ctrl-c", "leave at once; decisions are kept for next time")]),
];

impl App {
    /// The lines of the help screen.
    pub fn help(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for group in Group::ALL {
            lines.push(heading(group.title()));
            let mine = self.ui.keymap.bindings().filter(|(action, _)| action.group() == group);
            lines.extend(mine.map(|(action, keys)| self.bound(action, keys)));
        }
        for (title, keys) in FIXED {
            lines.push(heading(title));
            let line = |(keys, does): &(&str, &str)| Line { keys: (*keys).into(), does: (*does).into() };
            lines.extend(keys.iter().map(line));
        }
        lines
    }

    fn bound(&self, action: Action, keys: &[Sequence]) -> Line {
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let levels = self.session.methodology().levels();
        let does = match action {
            Action::Severity(rank) => levels.get(usize::from(rank)).map_or_else(String::new, |level| {
                format!("Set the severity to {} {}", level.key, level.name)
            }),
            _ => action.help().to_owned(),
        };
        Line { keys: keys.join(" "), does }
    }
}

fn heading(title: &str) -> Line {
    Line { keys: String::new(), does: title.to_owned() }
}
