//! An item about the report as a whole: a fix of something else, a task not executed, a finding, a remark.

use super::Judge;
use crate::proposal::Said;
use crate::triage::{Draft, Fact, Kind};

/// What any of them may say.
const COMMON: [&str; 3] = ["kind", "by", "rule"];

impl Judge<'_, '_> {
    /// A decision about the report as a whole.
    pub(super) fn general(&mut self, said: &Said, kind: Option<Kind>) -> Draft {
        let Some(kind) = kind.or_else(|| said.get("note").map(|_| Kind::Note)) else {
            let hint = "name `bugs`, or a `kind` that is about the report as a whole, such as finding";
            self.refuse(None, "this is about no bug", hint);
            return Draft::telling(Kind::Note, Vec::new());
        };
        let reason: &[&'static str] = match kind {
            Kind::Fixed => &["rationale"],
            Kind::NotExecuted => &["why", "rationale"],
            Kind::Finding | Kind::Recommendation => &["text", "rationale"],
            Kind::Note => &["text", "note", "rationale"],
            _ => {
                self.refuse(Some("kind"), format!("{} is about bugs", kind.name()), "name them in `bugs`");
                return Draft::telling(kind, Vec::new());
            }
        };
        let is_taken = |name: &str| {
            COMMON.contains(&name)
                || reason.contains(&name)
                || Fact::of(kind).iter().any(|fact| fact.name() == name)
        };
        said.names().filter(|name| !is_taken(name)).for_each(|name| self.stray(name, kind));
        let rationale = self.one_of(said, reason);
        Draft { rationale, ..Draft::telling(kind, facts(said, kind)) }
    }

    fn stray(&mut self, name: &str, kind: Kind) {
        let what = format!("`{name}` does not belong to a decision of the kind {}", kind.name());
        self.refuse(Some(name), what, "leave it out, or give it a decision of its own");
    }
}

/// What such a decision tells beside its rationale.
fn facts(said: &Said, kind: Kind) -> Vec<(Fact, String)> {
    let texts = |fact: &'static Fact| {
        said.texts(fact.name()).into_iter().map(move |text| (*fact, text.trim().to_owned()))
    };
    Fact::of(kind).iter().flat_map(texts).filter(|(_, text)| !text.is_empty()).collect()
}
