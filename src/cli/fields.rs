//! Fields that a command sets: any by its name, and those of a fix by options of their own, under the names that the
//! form of the desk has for them: what they are called in the language of the report.

use crate::fault::{Fault, Kind as Trouble, Result};
use crate::methodology::{FieldKind, Methodology};
use crate::report::{Report, To};
use crate::text::display;
use crate::triage::outcome::{self, NONE};

#[derive(Debug, clap::Args)]
pub(super) struct Fields {
    /// Any other field; `-` or no value takes the field away: `Owner=-`
    #[arg(long = "field", value_name = "NAME=VALUE", group = "what")]
    fields: Vec<String>,
    /// What was done about it, as a field; so are the next three
    #[arg(long, value_name = "TEXT", group = "what", allow_hyphen_values = true)]
    fix: Option<String>,
    /// What shows that it helped
    #[arg(long, value_name = "TEXT", group = "what", allow_hyphen_values = true)]
    verification: Option<String>,
    /// The commit that it is in
    #[arg(long, value_name = "COMMIT", group = "what")]
    committed_in: Option<String>,
    /// The test that would fail without it
    #[arg(long, value_name = "TEXT", group = "what", allow_hyphen_values = true)]
    regression_test: Option<String>,
}

impl Fields {
    /// The fields by name, each once; severity, scope and status have options of their own.
    pub(super) fn named(&self, report: &Report) -> Result<Vec<(String, To<String>)>> {
        let methodology = report.methodology();
        let written = self.fields.iter().map(|field| written(field, methodology));
        let mut named: Vec<(String, To<String>)> = Vec::new();
        for field in self.of_fix(report).chain(written) {
            let (name, to) = field?;
            if named.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase()) {
                return Err(Fault::new(Trouble::Usage, format!("the field {name} is named twice"))
                    .hint("give it one value"));
            }
            named.push((name, to));
        }
        Ok(named)
    }

    /// Those that have an option of their own, in the order in which the form asks for them.
    fn of_fix(&self, report: &Report) -> impl Iterator<Item = Result<(String, To<String>)>> {
        let given = [
            (FieldKind::Fix, &self.fix),
            (FieldKind::Verification, &self.verification),
            (FieldKind::Commit, &self.committed_in),
            (FieldKind::RegressionTest, &self.regression_test),
        ];
        given.into_iter().filter_map(move |(kind, value)| {
            let value = value.as_ref()?;
            Some(value_of(report.name_for(kind)?, value))
        })
    }
}

/// A field as it was given with its name.
fn written(field: &str, methodology: &Methodology) -> Result<(String, To<String>)> {
    let (name, value) =
        field.split_once('=').filter(|(name, _)| !name.trim().is_empty()).ok_or_else(|| {
            Fault::new(Trouble::Usage, format!("{field} is no field and its value"))
                .hint("write NAME=VALUE, such as \"Fix=commit 41fa1643\"")
        })?;
    given(name, value, methodology)
}

/// A field of any name and its value, which takes it away where it is a dash or empty.
///
/// # Errors
/// Usage, where the name has an option of its own or the value would be read as more than the field.
pub(super) fn given(name: &str, value: &str, methodology: &Methodology) -> Result<(String, To<String>)> {
    let name = display::one_line(name);
    if name.is_empty() {
        return Err(Fault::new(Trouble::Usage, "a field has no name")
            .hint("name it as the report does, such as Owner"));
    }
    if let Some(own) = own(&name, methodology) {
        return Err(no_field(&name).hint(format!("say --{own} {}", own.to_uppercase())));
    }
    value_of(name, value)
}

/// The fault of a field that is set by other means.
pub(super) fn no_field(name: &str) -> Fault {
    Fault::new(Trouble::Usage, format!("{name} is not set as a field"))
}

/// What a value of this name is called that is set by other means than a field.
pub(super) fn own(name: &str, methodology: &Methodology) -> Option<&'static str> {
    match methodology.fields().kind_of(display::one_line(name).as_bytes())? {
        FieldKind::Severity => Some("severity"),
        FieldKind::Scope => Some("scope"),
        FieldKind::Status => Some("status"),
        _ => None,
    }
}

/// A field and what it gets; a dash or nothing takes it away.
fn value_of(name: String, value: &str) -> Result<(String, To<String>)> {
    let value = Some(display::one_line(value)).filter(|value| ![NONE, ""].contains(&&**value));
    value.as_deref().map_or(Ok(()), |value| is_one(&name, value))?;
    Ok((name, To::from_option(value)))
}

/// Refuses a value that would be read as more than its field.
pub(super) fn is_one(name: &str, value: &str) -> Result<()> {
    if outcome::is_read_back(name, value) {
        return Ok(());
    }
    Err(Fault::new(Trouble::Usage, format!("{value} would be read as more than the field {name}"))
        .hint("leave out what looks like another field, such as \"| **Name:**\""))
}
