//! What an item of a file means for the report: the decision that it proposes, or all that speaks against it.

mod logged;
mod names;
mod standing;
mod values;
mod whole;

use jiff::civil::Date;

use crate::cli::policy::{self, Reasons};
use crate::cli::{decide, world};
use crate::fault::{Fault, Kind as Trouble};
use crate::proposal::{Item, Said, Value, What};
use crate::report::{BugIx, To, Writing};
use crate::triage::{BugSet, Draft, Fact, Kind, Session, Set, guard, outcome};
pub(super) use names::Names;

/// The bugs that an item names, as it names them.
pub(super) fn named(item: &Item<'_>) -> Vec<String> {
    match &item.what {
        What::Said(said) => ids(said).into_iter().map(str::to_owned).collect(),
        What::Logged(logged) => logged.bugs.iter().map(|bug| bug.id.clone()).collect(),
    }
}

/// What an item is judged on.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a, 'r> {
    pub(super) names: &'a Names<'r>,
    /// The report with what is decided.
    pub(super) session: &'a Session,
    pub(super) writing: Writing,
    /// The day that deferrals are held against.
    pub(super) today: Date,
}

impl<'a, 'r> Ground<'a, 'r> {
    /// The decision that an item proposes for its bugs, but for those that are to be left out, of which there are others.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    pub(super) fn draft(self, item: &Item<'_>, but: &BugSet) -> Result<Draft, Vec<Fault>> {
        self.judge(item, Some(but)).draft()
    }

    /// The same for all its bugs, however they stand; `None` where that cannot be made out.
    pub(super) fn meant(self, item: &Item<'_>) -> Option<Draft> {
        self.judge(item, None).draft().ok()
    }

    /// The bugs of an item that have already all that it gives them; none where it gives nothing.
    pub(super) fn having(self, item: &Item<'_>) -> BugSet {
        let parts = self.meant(item).map(|draft| draft.parts).unwrap_or_default();
        let given = parts.iter().filter(|part| !part.set.is_empty());
        given.flat_map(|part| part.bugs.iter().filter(|bug| self.has(item, *bug, &part.set))).collect()
    }

    /// Whether those are all that it names.
    pub(super) fn has_all(self, item: &Item<'_>) -> bool {
        names_only(item, self.names, &self.having(item))
    }

    /// Whether an item that a person has written is about the report as a whole, and said of it already.
    pub(super) fn is_told(self, item: &Item<'_>) -> bool {
        let is_general = matches!(&item.what, What::Said(said) if ids(said).is_empty());
        is_general
            && self
                .meant(item)
                .is_some_and(|draft| draft.is_empty() && self.session.is_so(&draft, self.writing))
    }

    /// Whether a bug has all of these values. An entry of a log means them as it writes them.
    pub(super) fn has(self, item: &Item<'_>, bug: BugIx, set: &Set) -> bool {
        match item.what {
            What::Said(_) => self.session.has(bug, set, self.writing),
            What::Logged(_) => self.session.has_in_words(bug, set, self.writing),
        }
    }

    fn judge<'i>(self, item: &'i Item<'i>, but: Option<&'i BugSet>) -> Judge<'i, 'r>
    where
        'a: 'i,
    {
        Judge { item, on: self, but, faults: Vec::new() }
    }
}

/// Whether an item names bugs, and all of them are among these.
pub(super) fn names_only(item: &Item<'_>, names: &Names<'_>, bugs: &BugSet) -> bool {
    let named = names.of_item(item);
    !named.is_empty() && named.iter().all(|found| found.as_ref().is_ok_and(|bug| bugs.contains(*bug)))
}

/// Why an item is made although the policy warns of it: what it says itself of a guard, else what the command does.
///
/// # Errors
/// [`Trouble::Usage`], with its place, where it gives a reason that is none.
pub(super) fn reasons<'i>(item: &'i Item<'_>, command: Option<&'i str>) -> Result<Reasons<'i>, Fault> {
    match &item.what {
        What::Logged(logged) => Ok(Reasons { general: command, of_guards: logged.reasons().collect() }),
        What::Said(said) => {
            let own = said.text("override");
            if own.is_some_and(|own| !policy::is_reason(own)) {
                let fault = policy::no_reason().hint("say why it is right all the same, or leave it out");
                return Err(item.fault(Some("override"), fault));
            }
            Ok(Reasons { general: own.or(command), of_guards: Vec::new() })
        }
    }
}

/// Refuses a decision that does not say what it needs to.
///
/// # Errors
/// [`Trouble::Refused`], with its place.
pub(super) fn allow(draft: &Draft, item: &Item<'_>, session: &Session) -> Result<(), Fault> {
    let methodology = session.methodology();
    let least = guard::least_rationale(draft.kind, methodology);
    let lacking = match draft.is_empty() {
        true => guard::lacking(draft, methodology).map(|lacking| lacking.said),
        false => (guard::missing_rationale(draft.kind, &draft.rationale, methodology) > 0)
            .then(|| format!("such a decision needs a rationale of at least {least} characters")),
    };
    lacking.map_or(Ok(()), |said| {
        Err(item.fault(None, Fault::new(Trouble::Refused, said).hint("say it in the file")))
    })
}

fn ids(said: &Said) -> Vec<&str> {
    said.texts("bug").into_iter().chain(said.texts("bugs")).collect()
}

struct Judge<'a, 'r> {
    item: &'a Item<'a>,
    on: Ground<'a, 'r>,
    /// The bugs to leave out; `None` where it is not asked how any stands.
    but: Option<&'a BugSet>,
    faults: Vec<Fault>,
}

impl Judge<'_, '_> {
    fn draft(mut self) -> Result<Draft, Vec<Fault>> {
        let mut draft = match &self.item.what {
            What::Said(said) => self.said(said),
            What::Logged(logged) => self.logged(logged),
        };
        if let Some(but) = self.but.filter(|but| !but.is_empty()) {
            draft.parts.iter_mut().for_each(|part| part.bugs = part.bugs.difference(but));
            draft.parts.retain(|part| !part.bugs.is_empty());
        }
        match (self.faults.is_empty(), &self.item.what) {
            (false, _) => Err(self.faults),
            (true, What::Said(_)) => Ok(outcome::keeping_remarks(draft, self.on.session)),
            (true, What::Logged(_)) => Ok(draft),
        }
    }

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
            self.check("rule", world::rule(self.on.session.methodology(), rule));
        }
        Draft { rule, ..draft }
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
        let is_of_report = |name: &str| {
            name == "why"
                || Fact::named(name)
                    .is_some_and(|fact| !matches!(fact, Fact::Fix | Fact::Verification | Fact::Commit))
        };
        for name in said.names().filter(|name| is_of_report(name)) {
            self.refuse(
                Some(name),
                format!("`{name}` is told of the report as a whole"),
                "leave out the bugs",
            );
        }
        let before = self.faults.len();
        let set = self.set(said);
        let is_note = kind == Some(Kind::Note) || said.get("note").is_some() || said.get("text").is_some();
        let says_nothing = kind.is_none() && !is_note && set.is_empty();
        let kind = match kind {
            None if is_note => Kind::Note,
            None => set.kind(self.on.session.methodology().fields()),
            Some(kind) => kind,
        };
        match self.faults.len() == before {
            true if says_nothing => self.refuse(None, "nothing is said of what becomes of it", VALUE),
            true => self.fits(kind, is_note, &set),
            false => {}
        }
        self.not_itself(&bugs, &set);
        self.not_other_word(said, &bugs, &set);
        self.not_stale(said, &bugs);
        let names: &[&str] = if is_note { &["note", "text", "rationale"] } else { &["rationale"] };
        let rationale = self.one_of(said, names);
        Draft { rationale, ..Draft::new(kind, bugs, set) }
    }

    /// Refuses a bug as its own duplicate, and a field that it has no place for.
    fn not_itself(&mut self, bugs: &BugSet, set: &Set) {
        let itself = decide::refuse_itself(self.on.session, bugs, set);
        let faults =
            [itself, decide::refuse_homeless(self.on.session, bugs, set)].into_iter().filter_map(Result::err);
        self.faults.extend(faults.map(|fault| self.item.fault(None, fault)));
    }

    /// Refuses a severity by a word that a bug would not get which is not left out.
    fn not_other_word(&mut self, said: &Said, bugs: &BugSet, set: &Set) {
        let (Some(but), Some(word), To::Value(level)) = (self.but, said.text("severity"), &set.severity)
        else {
            return;
        };
        if self.on.names.says_level_so(word) {
            let (asked, bugs) = (("severity: ", word, *level), bugs.difference(but));
            let told = decide::refuse_other_word(self.on.session, &bugs, asked, self.on.writing);
            self.check("severity", told);
        }
    }

    fn bugs(&mut self, said: &Said) -> BugSet {
        let member = if said.get("bugs").is_some() { "bugs" } else { "bug" };
        let mut bugs = BugSet::default();
        for (id, found) in ids(said).into_iter().zip(self.on.names.of_item(self.item)) {
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
        let (what, hint) = match kind {
            Kind::NotExecuted | Kind::Finding | Kind::Recommendation => {
                ("is about the report as a whole and names no bug", NO_BUG)
            }
            Kind::Note if judges || !set.status.is_keep() => ("changes nothing, and a value is given", LESS),
            Kind::Confirmed if !set.is_empty() => ("changes nothing, and a value is given", LESS),
            _ if is_note && kind != Kind::Note => ("is no note, and one is given", LESS),
            Kind::Note | Kind::Confirmed => return,
            _ if set.is_empty() => ("needs a value, and none is given", VALUE),
            Kind::Reclassified if !judges => ("sets severity or scope, and neither is given", LESS),
            Kind::Status if judges => ("sets a status and neither severity nor scope", LESS),
            Kind::Status if set.status.is_keep() => ("sets a status, and none is given", LESS),
            Kind::Fixed if judges => ("sets neither severity nor scope", LESS),
            _ => return,
        };
        self.refuse(None, format!("a decision of the kind {} {what}", kind.name()), hint);
    }
}

/// What to do where two members contradict each other.
const LESS: &str = "leave out one of them, or the `kind`, which follows from the rest";

/// What to do where a bug is named by what is about none.
const NO_BUG: &str = "leave out the bug; `kind: note` is a remark on one";

/// What to do where no value is given.
const VALUE: &str = "give a value, such as `severity:`; `note:` remarks on it, and `kind: confirmed` with a rationale \
                     says that it is right as it is";
