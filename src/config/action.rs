//! Actions: the named things that a key can do on the desk.
//!
//! An action stands once in the table below; the key map, the help, the footer and the documents
//! are made from it.

/// A group of actions that belong together in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Moving about.
    Move,
    /// Deciding.
    Decide,
    /// Looking at things differently.
    View,
    /// The files, and leaving.
    File,
}

impl Group {
    /// Every group in the order of the help.
    pub const ALL: [Group; 4] = [Group::Move, Group::Decide, Group::View, Group::File];

    /// Its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Group::Move => "Move",
            Group::Decide => "Decide",
            Group::View => "View",
            Group::File => "File",
        }
    }
}

/// What an action has to do with decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stake {
    /// It decides something, or leads to that.
    Decides,
    /// It goes by what is decided, and decides nothing.
    Follows,
    /// Nothing: it looks, moves or chooses.
    Looks,
}

macro_rules! actions {
    ($($group:ident { $($action:ident $stake:ident $name:literal $label:literal $help:literal)* })*) => {
        /// What a key does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[doc = $help] $action,)*)*
            /// Sets the severity to the level of this rank, 0 being the most severe; less than
            /// [`Action::SEVERITIES`].
            Severity(u8),
        }

        const PLAIN: &[(Action, Row)] = &[$($(
            (Action::$action, Row {
                name: $name,
                group: Group::$group,
                stake: Stake::$stake,
                label: $label,
                help: $help,
            }),
        )*)*];
    };
}

actions! {
    Move {
        Down Looks "down" "down" "Move to the next bug"
        Up Looks "up" "up" "Move to the previous bug"
        First Looks "first" "first" "Move to the first bug"
        Last Looks "last" "last" "Move to the last bug"
        HalfPageDown Looks "half-page-down" "½ down" "Move down by half a page"
        HalfPageUp Looks "half-page-up" "½ up" "Move up by half a page"
        NextUndecided Looks "next-undecided" "undecided" "Move to the next bug that is not decided"
        PreviousUndecided Looks "previous-undecided" "undecided" "Move to the previous bug that is not decided"
        NextMatch Looks "next-match" "next hit" "Move to the next bug that matches the filter, also after it was cleared"
        PreviousMatch Looks "previous-match" "last hit" "Move to the previous bug that matches it"
        ScrollDetailDown Looks "scroll-detail-down" "read on" "Scroll the bug's text down"
        ScrollDetailUp Looks "scroll-detail-up" "read back" "Scroll the bug's text up"
        ScrollLeft Looks "scroll-left" "left" "Move what is wider than its pane back to the right"
        ScrollRight Looks "scroll-right" "right" "Move what is wider than its pane to the left, to read on in it"
        NextEvidence Looks "next-evidence" "next file" "Choose the next file that the bug names"
        PreviousEvidence Looks "previous-evidence" "last file" "Choose the previous file that the bug names"
    }
    Decide {
        Scope Decides "scope" "scope" "Set what the bug really affects"
        Confirm Decides "confirm" "confirm" "Confirm the severity as it is"
        Repeat Decides "repeat" "repeat" "Repeat the last decision here"
        Accept Decides "accept-suggestion" "accept" "Accept what is suggested for the bug, or for each that is marked"
        EditSuggestion Decides "edit-suggestion" "edit" "Show what is suggested, to change it before it is accepted"
        AcceptAll Decides "accept-all" "all alike" "Accept what the same rule or proposal suggests, for all its bugs"
        Decline Decides "decline-suggestion" "decline" "Decline what is suggested first; what comes next is then suggested"
        BringBack Decides "bring-back" "get back" "Bring back what was declined last for the bug, else what was last at all"
        Status Decides "status" "status" "Set what has become of the bug"
        Comment Decides "comment" "comment" "Write a rationale or a note, and change nothing else"
        Record Decides "record" "record" "Record a fix, a finding or a note on the whole report"
        Mark Looks "mark" "mark" "Mark the bug and move on; a decision is then on all that are marked"
        MarkAll Looks "mark-all" "mark all" "Mark every bug in view"
        Range Looks "range" "range" "Begin a range, which moving extends; a decision is then on all in it"
        Clear Looks "clear" "clear" "Drop the range, then the marks, then the filter; never decides anything"
        Settle Follows "settle" "settle" "Settle the decisions that no longer fit a report that was changed"
        Undo Decides "undo" "undo" "Undo the last decision"
        Redo Decides "redo" "redo" "Redo what was undone"
    }
    View {
        Filter Looks "filter" "filter" "Show only the bugs that match what you type"
        Sort Looks "sort" "sort" "Sort the list, or sort it again by what is decided by now"
        Group Looks "group" "group" "Group the list by severity, or no longer"
        Facets Looks "facets" "facets" "Choose from severities, scopes, statuses and more what is shown"
        FocusDetail Looks "focus-detail" "read" "Show the bug's text"
        FocusList Looks "focus-list" "list" "Show the list"
        OpenEvidence Looks "open-evidence" "open" "Open the chosen file at its line in $VISUAL or $EDITOR"
        Preview Looks "preview" "preview" "Show the lines of the chosen file, or no longer"
        Wrap Looks "wrap" "wrap" "Wrap long lines of code and tables, or let them run on"
        Diff Follows "diff" "diff" "Show what saving would change in the report"
        Log Looks "log" "log" "Show the deviation log"
        Check Looks "check" "check" "Show what does not fit together: counts, levels, ids, due dates"
        Methodology Looks "methodology" "rules" "Show the methodology: levels, scopes, statuses, rules, guards"
        Statistics Looks "statistics" "stats" "Show statistics of the review: before and after, by scope, pace"
        Palette Looks "palette" "actions" "Find any action by its name and run it"
        CopyId Looks "copy-id" "id" "Copy the bug's id"
        CopyTitle Looks "copy-title" "title" "Copy the bug's title"
        CopyBug Looks "copy-bug" "bug" "Copy the bug as the report writes it"
        CopyDecision Looks "copy-decision" "decision" "Copy the last decision on the bug, in words"
        Help Looks "help" "help" "Show all keys"
    }
    File {
        Save Decides "save" "save" "Save the report and the deviation log"
        SaveQuit Decides "save-and-quit" "save+quit" "Save the report and the deviation log, then leave"
        Export Follows "export" "export" "Export what was decided into a file beside the report"
        Reread Follows "reread" "reread" "Read the report again from the disk; decisions are carried over"
        Quit Follows "quit" "quit" "Leave; what is not saved is kept for the next time"
        Suspend Looks "suspend" "suspend" "Go back to the shell for a while"
    }
}

/// What the table says about an action.
#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    group: Group,
    stake: Stake,
    label: &'static str,
    help: &'static str,
}

const SEVERITY_NAMES: [&str; Action::SEVERITIES] = [
    "severity-0",
    "severity-1",
    "severity-2",
    "severity-3",
    "severity-4",
    "severity-5",
    "severity-6",
    "severity-7",
    "severity-8",
    "severity-9",
];

impl Action {
    /// How many levels can have a key.
    pub const SEVERITIES: usize = 10;

    /// Every action, in the order of the help.
    pub fn all() -> impl Iterator<Item = Action> {
        let severities = (0_u8..).take(Action::SEVERITIES).map(Action::Severity);
        let (before, after) = PLAIN.split_at(PLAIN.partition_point(|(_, row)| row.group < Group::Decide));
        let plain = |rows: &'static [(Action, Row)]| rows.iter().map(|(action, _)| *action);
        plain(before).chain(severities).chain(plain(after))
    }

    /// The action of this name.
    pub fn named(name: &str) -> Option<Action> {
        Action::all().find(|action| action.name() == name)
    }

    /// The name that files of settings use: `next-undecided`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The group it belongs to.
    pub fn group(self) -> Group {
        self.row().group
    }

    /// What it has to do with decisions.
    pub fn stake(self) -> Stake {
        self.row().stake
    }

    /// A word or two for the footer.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// One line for the help.
    pub fn help(self) -> &'static str {
        self.row().help
    }

    fn row(self) -> Row {
        let plain = PLAIN.iter().find(|(action, _)| *action == self).map(|(_, row)| *row);
        plain.unwrap_or(Row {
            name: self.severity_name(),
            group: Group::Decide,
            stake: Stake::Decides,
            label: "severity",
            help: "Set the severity",
        })
    }

    fn severity_name(self) -> &'static str {
        match self {
            Action::Severity(rank) => SEVERITY_NAMES.get(usize::from(rank)).copied().unwrap_or("severity"),
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_action_can_be_named_and_explained() {
        let mut names = BTreeSet::new();
        for action in Action::all() {
            assert_eq!(Action::named(action.name()), Some(action));
            assert!(names.insert(action.name()), "{} stands twice", action.name());
            assert!(!action.help().is_empty() && action.label().chars().count() <= 9, "{}", action.name());
        }
        assert_eq!(names.len(), PLAIN.len() + Action::SEVERITIES);
    }

    #[test]
    fn the_help_shows_each_group_once() {
        let mut groups: Vec<_> = Action::all().map(Action::group).collect();
        groups.dedup();
        assert_eq!(groups, Group::ALL);
    }

    #[test]
    fn a_level_is_set_by_its_rank() {
        assert_eq!(Action::named("severity-3"), Some(Action::Severity(3)));
        assert_eq!(Action::named("severity-10"), None);
        assert_eq!(Action::named(""), None);
    }
}
