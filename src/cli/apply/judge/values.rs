//! What an item sets its bugs to, in the words of the methodology and of the report.

use std::sync::Arc;

use jiff::civil::Date;

use super::Judge;
use crate::cli::{fields, words, world};
use crate::fault::{Fault, Kind as Trouble};
use crate::methodology::{Asks, FieldKind, Methodology};
use crate::proposal::Said;
use crate::report::{Report, To};
use crate::triage::Set;

/// The members that set a status.
const WAYS: [&str; 3] = ["status", "duplicate-of", "until"];

/// The members that set a field of a fix.
const OF_FIX: [(&str, FieldKind); 4] = [
    ("fix", FieldKind::Fix),
    ("verification", FieldKind::Verification),
    ("commit", FieldKind::Commit),
    ("regression-test", FieldKind::RegressionTest),
];

impl Judge<'_, '_> {
    /// What it sets the bugs to.
    pub(super) fn set(&mut self, said: &Said) -> Set {
        let report = Arc::clone(self.on.session.report());
        let methodology = report.methodology();
        let level = said.text("severity").map(|word| world::level(methodology, word));
        let scope = said.text("scope").map(|word| words::scope(methodology, word));
        let severity = level.and_then(|level| self.check("severity", level)).map_or(To::Keep, To::Value);
        let scope = scope.and_then(|scope| self.check("scope", scope)).unwrap_or_default();
        let status = self.status(said, &report).map_or(To::Keep, To::Value);
        Set { severity, scope, status, fields: self.fields(said) }
    }

    fn status(&mut self, said: &Said, report: &Report) -> Option<String> {
        let given: Vec<&str> = WAYS.into_iter().filter(|name| said.get(name).is_some()).collect();
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
        let words = self.check(name, words)?;
        self.status_of(name, report, &words, self.on.today)
    }

    /// A status in the words of the report, as it is said on this day.
    pub(super) fn status_of(
        &mut self,
        member: &str,
        report: &Report,
        text: &str,
        today: Date,
    ) -> Option<String> {
        let status = words::status(report, text, today);
        let status = status.and_then(|status| fields::is_one("Status", &status).map(|()| status));
        self.check(member, status)
    }

    fn fields(&mut self, said: &Said) -> Vec<(String, To<String>)> {
        let methodology = Arc::clone(self.on.session.methodology());
        let name = |kind| self.on.session.report().name_for(kind);
        let of_fix = OF_FIX
            .iter()
            .filter_map(|(member, kind)| Some((*member, name(*kind)?, Some(said.text(member)?))));
        let others = said.fields("fields").iter();
        let others = others.map(|(name, text)| ("fields", name.clone(), text.as_deref()));
        self.fields_of(of_fix.chain(others).collect(), &methodology)
    }

    /// Fields by the member that gives them, name and value; nothing takes one away.
    pub(super) fn fields_of(
        &mut self,
        given: Vec<(&str, String, Option<&str>)>,
        methodology: &Methodology,
    ) -> Vec<(String, To<String>)> {
        let mut all: Vec<(String, To<String>)> = Vec::new();
        for (member, name, text) in given {
            let value = match fields::own(&name, methodology) {
                Some(own) => Err(fields::no_field(&name).hint(format!("say `{own}:`, a member of its own"))),
                None => fields::given(&name, text.unwrap_or_default(), methodology),
            };
            let Some((name, to)) = self.check(member, value) else { continue };
            if all.iter().any(|(known, _)| known.to_lowercase() == name.to_lowercase()) {
                self.refuse(Some(member), format!("the field {name} is named twice"), "give it one value");
            }
            all.push((name, to));
        }
        all
    }
}
