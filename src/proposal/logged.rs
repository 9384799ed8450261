//! A decision as the deviation log has it, or an export of it in JSON: values before and after, bug by bug.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{Item, Place, What};
use crate::fault::{Fault, Kind};
use crate::yaml::{self, Entries, Tree};

/// A decision as the log has it. What only the log needs is passed over.
#[derive(Clone, Debug, Deserialize)]
pub struct Logged {
    /// What its entry is called.
    pub id: String,
    at: Option<String>,
    /// Who decided it.
    pub by: String,
    /// What sort of decision it is.
    pub kind: String,
    /// Its bugs.
    #[serde(default)]
    pub bugs: Vec<LoggedBug>,
    /// Its claims.
    #[serde(default)]
    pub claims: Vec<LoggedClaim>,
    #[serde(default)]
    details: Vec<BTreeMap<String, String>>,
    /// Why.
    #[serde(default)]
    pub rationale: String,
    /// The deviation rule that it stands under.
    pub rule: Option<u8>,
    /// The suggestion rule that it accepted.
    pub suggestion: Option<String>,
    /// Who proposed it, where somebody else decided.
    #[serde(rename = "suggested-by")]
    pub suggested_by: Option<String>,
    #[serde(default)]
    policy: Vec<LoggedAnswer>,
    /// The entry that it takes back.
    pub reverts: Option<String>,
}

/// That a guard of the policy spoke about it, and why it was made all the same.
#[derive(Clone, Debug, Deserialize)]
struct LoggedAnswer {
    guard: String,
    reason: Option<String>,
}

/// What a value became; `from` is not asked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Became {
    /// What it is since; `None` where it was taken away.
    pub to: Option<String>,
}

/// A bug of it, with the values that it touched.
#[derive(Clone, Debug, Deserialize)]
pub struct LoggedBug {
    /// Its handle.
    pub id: String,
    /// Its title as it was then.
    #[serde(default)]
    pub title: String,
    /// Its severity by key.
    pub severity: Option<Became>,
    /// Its scope by key, or as written.
    pub scope: Option<Became>,
    /// Its status as written.
    pub status: Option<Became>,
    #[serde(default)]
    fields: Option<Fields>,
}

/// Fields as the log lists them, and by name as JSON has them; in their order, which is that of the report.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Fields {
    Listed(Vec<Field>),
    Named(Entries<Became>),
}

#[derive(Clone, Debug, Deserialize)]
struct Field {
    name: String,
    to: Option<String>,
}

/// A claim of it, and what it was set to.
#[derive(Clone, Debug, Deserialize)]
pub struct LoggedClaim {
    /// The 1-based line that it stood on.
    pub line: usize,
    /// What sort of place that is.
    #[serde(default)]
    pub place: String,
    /// The level that it counts, by key.
    pub level: Option<String>,
    /// The status that it counts, by key.
    pub status: Option<String>,
    /// The number before.
    pub from: i64,
    /// The number after.
    pub to: u64,
}

impl Logged {
    /// The day on which it was decided, by UTC as everywhere; `None` where it does not say.
    ///
    /// # Errors
    /// What it says in the place of a time.
    pub fn day(&self) -> Result<Option<Date>, &str> {
        let Some(at) = self.at.as_deref() else { return Ok(None) };
        let at: Timestamp = at.parse().map_err(|_| at)?;
        Ok(Some(TimeZone::UTC.to_datetime(at).date()))
    }

    /// The guards of the policy that it broke, each with why it was made all the same.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, &str)> {
        self.policy.iter().filter_map(|answer| Some((answer.guard.as_str(), answer.reason.as_deref()?)))
    }

    /// What it tells of the report as a whole: texts by name, in order.
    pub fn details(&self) -> Vec<(&str, &str)> {
        self.details.iter().flat_map(named).collect()
    }
}

/// `{fix: text}` as the log has it, `{name: fix, text: text}` as JSON does.
fn named(detail: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    match (detail.get("name"), detail.get("text")) {
        (Some(name), Some(text)) => vec![(name, text)],
        _ => detail.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
    }
}

impl LoggedBug {
    /// The other fields by name, each as it was made; `None` where it was taken away.
    pub fn fields(&self) -> Vec<(&str, Option<&str>)> {
        match &self.fields {
            None => Vec::new(),
            Some(Fields::Listed(fields)) => {
                fields.iter().map(|field| (field.name.as_str(), field.to.as_deref())).collect()
            }
            Some(Fields::Named(fields)) => {
                fields.iter().map(|(name, became)| (name, became.to.as_deref())).collect()
            }
        }
    }
}

pub(super) fn read<'a>(place: Place<'a>, tree: &Tree) -> Result<Item<'a>, Vec<Fault>> {
    let logged: Result<Logged, String> = yaml::shaped(tree);
    match logged {
        Ok(logged) => {
            let by = Some(logged.by.clone());
            Ok(Item { place, by, what: What::Logged(Box::new(logged)) })
        }
        Err(why) => {
            let fault = Fault::new(Kind::Unreadable, format!("this is no entry of a log: {why}"));
            Err(vec![place.fault(None, fault.hint("export it anew with regrade export --to yaml"))])
        }
    }
}
