//! What an item of a file means for the report: the decision that it proposes, or all that speaks against it.

use jiff::civil::Date;

use super::claims;
use crate::cli::{set, show, world};
use crate::fault::{Fault, Kind as Trouble};
use crate::methodology::{Asks, FieldKind};
use crate::proposal::{Item, Logged, LoggedBug, Said, Value, What};
use crate::report::{BugIx, To};
use crate::text::display;
use crate::triage::{BugSet, Draft, Fact, Kind, Part, Session, Set, guard, outcome};

/// The bugs that an item names, visible.
pub(super) fn named(item: &Item<'_>) -> Vec<String> {
    let visible = |text: &str| display::visible(text.as_bytes());
    match &item.what {
        What::Said(said) => ids(said).into_iter().map(visible).collect(),
        What::Logged(logged) => logged.bugs.iter().map(|bug| visible(&bug.id)).collect(),
    }
}

/// The decision that an item proposes.
///
/// # Errors
/// All that is wrong with it, each with its place.
pub(super) fn draft(item: &Item<'_>, session: &Session, today: Date) -> Result<Draft, Vec<Fault>> {
    let mut judge = Judge { item, session, today, faults: Vec::new() };
    let draft = match &item.what {
        What::Said(said) => judge.said(said),
        What::Logged(logged) => judge.logged(logged),
    };
    if judge.faults.is_empty() { Ok(draft) } else { Err(judge.faults) }
}

/// Refuses a decision that does not say what it needs to.
///
/// # Errors
/// [`Trouble::Refused`], with its place.
pub(super) fn allow(draft: &Draft, item: &Item<'_>, session: &Session) -> Result<(), Fault> {
    let refused =
        |what: String, hint: &str| Err(item.fault(None, Fault::new(Trouble::Refused, what).hint(hint)));
    if let Some(fact) = guard::missing_facts(draft).next() {
        return refused(format!("a decision such as this needs `{}`", fact.name()), "say it in a few words");
    }
    let excused = draft.kind == Kind::Fixed && draft.is_empty() && draft.rationale.is_empty();
    if excused || guard::missing_rationale(draft.kind, &draft.rationale, session.methodology()) == 0 {
        return Ok(());
    }
    let least = guard::least_rationale(draft.kind, session.methodology());
    let what = format!("a decision such as this needs a rationale of at least {least} characters");
    refused(what, "say with `rationale` why it should be so")
}

fn ids(said: &Said) -> Vec<&str> {
    said.texts("bug").into_iter().chain(said.texts("bugs")).collect()
}

struct Judge<'a> {
    item: &'a Item<'a>,
    session: &'a Session,
    today: Date,
    faults: Vec<Fault>,
}

impl Judge<'_> {
    /// Keeps the fault of a member in the place of its value.
    fn check<T>(&mut self, member: &str, value: crate::fault::Result<T>) -> Option<T> {
        value.map_err(|fault| self.faults.push(self.item.fault(Some(member), fault))).ok()
    }

    fn refuse(&mut self, member: Option<&str>, what: impl Into<String>, hint: &str) {
        self.faults.push(self.item.fault(member, Fault::new(Trouble::Usage, what).hint(hint)));
    }

    fn said(&mut self, said: &Said) -> Draft {
        let names: Vec<&str> = said.names().collect();
        if names.contains(&"bug") && names.contains(&"bugs") {
            self.refuse(Some("bug"), "`bug` and `bugs` are both given", "name all of them in `bugs`");
        }
        let kind = if let Some(Value::Kind(kind)) = said.get("kind") { Some(*kind) } else { None };
        let draft = match ids(said).is_empty() {
            true => self.general(said, kind),
            false => self.about_bugs(said, kind),
        };
        let rule = if let Some(Value::Number(rule)) = said.get("rule") { Some(*rule) } else { None };
        if let Some(rule) = rule {
            self.check("rule", world::rule(self.session.methodology(), rule));
        }
        Draft { rule, ..draft }
    }

    /// A decision about the report as a whole.
    fn general(&mut self, said: &Said, kind: Option<Kind>) -> Draft {
        let Some(kind) = kind.or_else(|| said.get("note").map(|_| Kind::Note)) else {
            let hint = "name `bugs`, or a `kind` that is about the report as a whole, such as finding";
            self.refuse(None, "this is about no bug", hint);
            return Draft::telling(Kind::Note, Vec::new());
        };
        let (reason, others): (&[&str], &[&str]) = match kind {
            Kind::Fixed => (&["rationale"], &[]),
            Kind::NotExecuted => (&["why", "rationale"], &[]),
            Kind::Finding | Kind::Recommendation => (&["text", "rationale"], &[]),
            Kind::Note => (&["text", "note", "rationale"], &[]),
            _ => {
                self.refuse(Some("kind"), format!("{} is about bugs", kind.name()), "name them in `bugs`");
                return Draft::telling(kind, Vec::new());
            }
        };
        let facts = Fact::of(kind);
        let common = ["kind", "by", "rule"];
        let is_taken = |name: &str| {
            [&common[..], reason, others].concat().contains(&name)
                || facts.iter().any(|fact| fact.name() == name)
        };
        said.names().filter(|name| !is_taken(name)).for_each(|name| self.stray(name, kind));
        let texts =
            facts.iter().flat_map(|fact| said.texts(fact.name()).into_iter().map(|text| (*fact, text)));
        let facts =
            texts.map(|(fact, text)| (fact, text.trim().to_owned())).filter(|(_, text)| !text.is_empty());
        let rationale = self.one_of(said, reason);
        Draft { rationale, ..Draft::telling(kind, facts.collect()) }
    }

    fn stray(&mut self, name: &str, kind: Kind) {
        let what = format!("`{name}` does not belong to a decision of the kind {}", kind.name());
        self.refuse(Some(name), what, "leave it out, or give it a decision of its own");
    }

    /// The text of the first of these that is there; two of them contradict each other.
    fn one_of(&mut self, said: &Said, names: &[&'static str]) -> String {
        let there: Vec<&str> = names.iter().copied().filter(|name| said.get(name).is_some()).collect();
        if let [first, second, ..] = there[..] {
            self.refuse(Some(second), format!("`{first}` and `{second}` say the same"), "say it once");
        }
        let text = there.first().and_then(|name| said.text(name));
        text.unwrap_or_default().trim().to_owned()
    }

    fn about_bugs(&mut self, said: &Said, kind: Option<Kind>) -> Draft {
        let bugs = self.bugs(said);
        let general = ["title", "issue", "found-during", "file", "task", "why", "decision"];
        for name in said.names().filter(|name| general.contains(name)) {
            self.refuse(
                Some(name),
                format!("`{name}` is told of the report as a whole"),
                "leave out the bugs",
            );
        }
        let set = self.set(said);
        let is_note = kind == Some(Kind::Note) || said.get("note").is_some() || said.get("text").is_some();
        let kind = match kind {
            None if is_note => Kind::Note,
            None => set.kind(self.session.methodology().fields()),
            Some(kind) => kind,
        };
        self.fits(kind, is_note, &set);
        if let Err(fault) = set::refuse_itself(self.session, &bugs, &set) {
            self.faults.push(self.item.fault(None, fault));
        }
        self.not_stale(said, &bugs);
        self.not_same(&bugs, &set);
        let names: &[&str] = if is_note { &["note", "text", "rationale"] } else { &["rationale"] };
        let rationale = self.one_of(said, names);
        Draft { rationale, ..Draft::new(kind, bugs, set) }
    }

    fn bugs(&mut self, said: &Said) -> BugSet {
        let member = if said.get("bugs").is_some() { "bugs" } else { "bug" };
        let found = ids(said).into_iter().map(|id| (id, show::find(self.session.report(), id)));
        let mut bugs = BugSet::default();
        for (id, found) in found.collect::<Vec<_>>() {
            match self.check(member, found) {
                Some(bug) if bugs.contains(bug) => {
                    self.refuse(Some(member), format!("{id} is named twice"), "name each bug once");
                }
                Some(bug) => {
                    bugs.insert(bug);
                }
                None => {}
            }
        }
        bugs
    }

    /// Refuses a kind that does not go with what is set.
    fn fits(&mut self, kind: Kind, is_note: bool, set: &Set) {
        let judges = !set.severity.is_keep() || !set.scope.is_keep();
        let what = match kind {
            Kind::Note | Kind::Confirmed if !set.is_empty() => "changes nothing, and a value is given",
            _ if is_note && kind != Kind::Note => "is no note, and one is given",
            Kind::Note | Kind::Confirmed => return,
            Kind::Reclassified if !judges => "sets severity or scope, and neither is given",
            Kind::Status if judges || set.status.is_keep() => "sets a status and neither severity nor scope",
            Kind::Fixed if judges => "sets neither severity nor scope",
            Kind::NotExecuted | Kind::Finding | Kind::Recommendation => "is about the report as a whole",
            _ if set.is_empty() => "needs a value, and none is given",
            _ => return,
        };
        self.refuse(None, format!("a decision of the kind {} {what}", kind.name()), "leave out one of them");
    }

    fn set(&mut self, said: &Said) -> Set {
        let (report, today) = (self.session.report().clone(), self.today);
        let methodology = report.methodology().clone();
        let level = said.text("severity").map(|word| world::level(&methodology, word));
        let scope = said.text("scope").map(|word| set::scope(&methodology, word));
        let keep = |value: Option<String>| value.map_or(To::Keep, To::Value);
        let severity = level.and_then(|level| self.check("severity", level)).map_or(To::Keep, To::Value);
        let scope = keep(scope.and_then(|scope| self.check("scope", scope)));
        let status = keep(self.status(said, &report, today));
        Set { severity, scope, status, fields: self.fields(said) }
    }

    fn status(&mut self, said: &Said, report: &crate::report::Report, today: Date) -> Option<String> {
        let ways = ["status", "duplicate-of", "until"];
        let given: Vec<&str> = ways.into_iter().filter(|name| said.get(name).is_some()).collect();
        if let [first, second, ..] = given[..] {
            let hint = "say it by one of them: `duplicate-of` and `until` set the status themselves";
            self.refuse(Some(second), format!("`{first}` and `{second}` both set the status"), hint);
        }
        let name = *given.first()?;
        let text = said.text(name)?;
        let asked = |asks: Asks, by: &str| {
            let mut statuses = report.methodology().statuses().iter();
            let status = statuses.find(|status| status.asks == asks).map(|status| status.name.clone());
            let none =
                || Fault::new(Trouble::Usage, format!("no status of the methodology asks for `{name}`"));
            status.map(|status| format!("{status}{by}{text}")).ok_or_else(none)
        };
        let words = match name {
            "duplicate-of" => asked(Asks::Original, " of "),
            "until" => asked(Asks::Date, " until "),
            _ => Ok(text.to_owned()),
        };
        let status = words.and_then(|words| set::status(report, &words, today));
        self.check(name, status)
    }

    fn fields(&mut self, said: &Said) -> Vec<(String, To<String>)> {
        let named = [
            ("fix", FieldKind::Fix),
            ("commit", FieldKind::Commit),
            ("verification", FieldKind::Verification),
            ("regression-test", FieldKind::RegressionTest),
        ];
        let methodology = self.session.methodology().clone();
        let name = |kind| methodology.fields().names(kind).first().cloned().unwrap_or_default();
        let of_fix = named
            .into_iter()
            .filter_map(|(member, kind)| Some((member, name(kind), Some(said.text(member)?))));
        let others = said.fields("fields").iter();
        let others = others.map(|(name, text)| ("fields", name.clone(), text.as_deref()));
        let mut fields: Vec<(String, To<String>)> = Vec::new();
        for (member, name, text) in of_fix.chain(others) {
            let value = format!("{name}={}", text.unwrap_or_default());
            let Some((name, to)) = self.check(member, set::named(&value, &methodology)) else { continue };
            if fields.iter().any(|(known, _)| known.to_lowercase() == name.to_lowercase()) {
                self.refuse(Some(member), format!("the field {name} is named twice"), "give it one value");
            }
            fields.push((name, to));
        }
        fields
    }

    /// Refuses what was proposed for bugs that stood otherwise.
    fn not_stale(&mut self, said: &Said, bugs: &BugSet) {
        for (name, text) in said.fields("from") {
            let text = text.as_deref().unwrap_or_default();
            let other = bugs.iter().find(|bug| !stands(self.session, *bug, name, text));
            if let Some(bug) = other {
                let handle = display::visible(self.session.report().handle(bug).as_bytes());
                let what = format!("this is stale: the {name} of {handle} is no longer {text}");
                self.refuse(Some("from"), what, "look at the bug again, and propose anew what still holds");
            }
        }
    }

    /// Refuses a severity that every bug has already.
    fn not_same(&mut self, bugs: &BugSet, set: &Set) {
        let To::Value(level) = set.severity else { return };
        let has = |bug: BugIx| {
            self.session.level(bug) == Some(level) && self.session.report().agrees(bug, &set.severity)
        };
        if !bugs.is_empty() && *set == Set::severity(level) && bugs.iter().all(has) {
            let hint = "`kind: confirmed` without `severity` says that it is right as it is";
            self.refuse(Some("severity"), "the bugs have that severity already", hint);
        }
    }

    /// A decision that a log has.
    fn logged(&mut self, logged: &Logged) -> Draft {
        let kind = Kind::named(&logged.kind);
        let Some(kind) = kind.filter(|kind| *kind != Kind::Reverted) else {
            let what = format!("a decision of the kind {} is not applied from a file", logged.kind);
            self.refuse(Some("kind"), what, "export it together with the decision that it takes back");
            return Draft::telling(Kind::Note, Vec::new());
        };
        let mut parts: Vec<Part> = Vec::new();
        for bug in &logged.bugs {
            let found = show::find(self.session.report(), &bug.id);
            let (Some(at), set) = (self.check("bugs", found), self.logged_set(bug)) else { continue };
            match parts.iter_mut().find(|part| part.set == set) {
                Some(part) => {
                    part.bugs.insert(at);
                }
                None => parts.push(Part { bugs: BugSet::from(at), set }),
            }
        }
        let found: Vec<_> =
            logged.claims.iter().map(|claim| claims::found(claim, self.session.report())).collect();
        let claims = found.into_iter().filter_map(|claim| self.check("claims", claim)).collect();
        let facts = logged.details().into_iter();
        let facts = facts.filter_map(|(name, text)| Some((Fact::named(name)?, text.to_owned()))).collect();
        if let Some(rule) = logged.rule {
            self.check("rule", world::rule(self.session.methodology(), rule));
        }
        let suggestion = logged.suggestion.clone();
        let (rationale, rule) = (logged.rationale.clone(), logged.rule);
        Draft { parts, claims, rationale, rule, suggestion, ..Draft::telling(kind, facts) }
    }

    fn logged_set(&mut self, bug: &LoggedBug) -> Set {
        let methodology = self.session.methodology().clone();
        let to = |text: &Option<String>| text.as_deref().map(outcome::one_line);
        let severity = bug.severity.as_ref().map(|ends| match &ends.to {
            Some(word) => self.check("bugs", world::level(&methodology, word)).map_or(To::Keep, To::Value),
            None => To::Clear,
        });
        let scope = |text: String| match methodology.scope_named(&text) {
            Some(scope) => methodology.scope(scope).name.clone(),
            None => text,
        };
        let fields = bug.fields().into_iter();
        let fields =
            fields.map(|(name, text)| (name.to_owned(), To::from_option(text.map(outcome::one_line))));
        Set {
            severity: severity.unwrap_or(To::Keep),
            scope: bug.scope.as_ref().map_or(To::Keep, |ends| To::from_option(to(&ends.to).map(scope))),
            status: bug.status.as_ref().map_or(To::Keep, |ends| To::from_option(to(&ends.to))),
            fields: fields.collect(),
        }
    }
}

/// Whether a bug has this severity, scope or status.
fn stands(session: &Session, bug: BugIx, name: &str, text: &str) -> bool {
    let methodology = session.methodology();
    match name {
        "severity" => session.level(bug) == methodology.level_named(text),
        "scope" => {
            session.scope(bug).and_then(|scope| methodology.scope_named(&scope))
                == methodology.scope_named(text)
        }
        _ => {
            let read = |text: &str| methodology.read_status(text.as_bytes()).map(|found| found.status);
            session.status(bug).and_then(|status| read(&status)) == read(text)
        }
    }
}
