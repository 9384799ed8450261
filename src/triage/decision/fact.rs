//! What a decision about the report as a whole tells beside its rationale: named texts, which of them each
//! kind has, and which it needs.

use crate::triage::Kind;

/// The name of a text that a decision carries. All but [`Fact::File`] are said once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The fix in a few words, as a title.
    Title,
    /// What was wrong.
    Issue,
    /// Over which work that was found.
    FoundDuring,
    /// What was done about it.
    Fix,
    /// A file that was changed for it.
    File,
    /// What shows that it helped.
    Verification,
    /// The commit that it is in.
    Commit,
    /// The task of the plan that was not executed.
    Task,
    /// What is done in its place.
    Decision,
}

impl Fact {
    /// Every name.
    pub const ALL: [Fact; 9] = [
        Fact::Title,
        Fact::Issue,
        Fact::FoundDuring,
        Fact::Fix,
        Fact::File,
        Fact::Verification,
        Fact::Commit,
        Fact::Task,
        Fact::Decision,
    ];

    /// The word for it in files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Title => "title",
            Fact::Issue => "issue",
            Fact::FoundDuring => "found-during",
            Fact::Fix => "fix",
            Fact::File => "file",
            Fact::Verification => "verification",
            Fact::Commit => "commit",
            Fact::Task => "task",
            Fact::Decision => "decision",
        }
    }

    /// What it is, in a few words.
    pub fn means(self) -> &'static str {
        match self {
            Fact::Title => "the fix in a few words",
            Fact::Issue => "what was wrong",
            Fact::FoundDuring => "over which work it was found",
            Fact::Fix => "what was done about it",
            Fact::File => "what was changed for it, with commas between",
            Fact::Verification => "what shows that it helped",
            Fact::Commit => "the commit that it is in",
            Fact::Task => "the task, as the plan names it",
            Fact::Decision => "what is done in its place",
        }
    }

    /// The fact that is called so.
    pub fn named(name: &str) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| fact.name() == name)
    }

    /// What a decision of this kind about the whole report may tell, in the order in which it is asked for.
    pub fn of(kind: Kind) -> &'static [Fact] {
        match kind {
            Kind::Fixed => &Fact::ALL[..7],
            Kind::NotExecuted => &Fact::ALL[7..],
            _ => &[],
        }
    }

    /// Whether a decision that has this fact cannot be without it.
    pub fn is_needed(self) -> bool {
        matches!(self, Fact::Issue | Fact::Fix | Fact::Task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log could not be read back.
    #[test]
    fn every_fact_is_found_by_its_name_and_belongs_to_one_kind() {
        for fact in Fact::ALL {
            assert_eq!(Fact::named(fact.name()), Some(fact));
            assert_eq!(Kind::ALL.into_iter().filter(|kind| Fact::of(*kind).contains(&fact)).count(), 1);
        }
    }
}
