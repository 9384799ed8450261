//! What was done about a bug stands beside what its author recommends to do, never in its place.
//!
//! A fix that a bug is given goes into the field of its name, unless that has a recommendation: then it goes into the one that
//! tells of what was done. What decisions wrote themselves is no recommendation, and a bug is open if it was before them, so
//! that several saves write what one does.

use std::collections::BTreeMap;

use crate::methodology::FieldKind;
use crate::report::{BugIx, Report, To, Values};
use crate::triage::{Part, Past, Session};

/// The same part; where its fix would take the place of a recommendation, under the name for what was done.
pub(super) fn beside_recommended(part: Part, session: &Session) -> Vec<Part> {
    let report = session.report();
    let names = report.methodology().fields();
    let is_fix = |name: &str| names.kind_of(name.as_bytes()) == Some(FieldKind::Fix);
    let given = |(name, to): &(String, To<String>)| matches!(to, To::Value(_)) && is_fix(name);
    let Some(at) = part.set.fields.iter().position(given) else { return vec![part] };
    let fields = &part.set.fields;
    let (name, To::Value(wanted)) = &fields[at] else { return vec![part] };
    let done = report.name_of_done(name).filter(|done| fields.iter().all(|(other, _)| other != done));
    let past: Vec<&Past> = session.standing().filter(|past| !past.sides.is_empty()).collect();
    let mut by_name: BTreeMap<Option<&String>, Vec<BugIx>> = BTreeMap::new();
    for bug in part.bugs.iter() {
        let values = report.values(bug);
        let is_kept = || values.goes_on(name) || recommends(report, (bug, &values), (name, wanted), &past);
        by_name.entry(done.as_ref().filter(|_| is_kept())).or_default().push(bug);
    }
    let part = |(name, bugs): (Option<&String>, Vec<BugIx>)| {
        let mut set = part.set.clone();
        name.into_iter().for_each(|name| set.fields[at].0.clone_from(name));
        Part { bugs: bugs.into_iter().collect(), set }
    };
    by_name.into_iter().map(part).collect()
}

/// Whether what an open bug says under this name is another fix than the one that is wanted, and is its author's.
fn recommends(
    report: &Report,
    (bug, values): (BugIx, &Values<'_>),
    (name, wanted): (&str, &str),
    past: &[&Past],
) -> bool {
    let about = || past.iter().filter_map(|past| past.about(bug));
    let writes = |(field, to): &(String, To<String>)| {
        matches!(to, To::Value(_)) && field.to_lowercase() == name.to_lowercase()
    };
    let is_own = || about().any(|(_, after)| after.fields.iter().any(writes));
    let is_open = || {
        let first = about().find(|(_, after)| !after.status.is_keep());
        let first = first.map(|(before, _)| before.status.clone().after(None));
        let status = first.unwrap_or_else(|| values.status().map(Into::into));
        !status.is_some_and(|status| closes(report, &status))
    };
    let says = values.field(name);
    let is_other = says.is_some_and(|says| says != wanted && says.contains(char::is_alphanumeric));
    is_other && !report.tells_what_was_done(name) && !is_own() && is_open()
}

fn closes(report: &Report, status: &str) -> bool {
    let methodology = report.methodology();
    methodology.read_status(status.as_bytes()).is_some_and(|found| methodology.status(found.status).closes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::triage::{BugSet, Set};

    /// The fields that a fix for every bug of a report goes into.
    fn names(text: &str) -> Vec<String> {
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(text.as_bytes().into(), &methodology);
        let session = Session::new(Arc::new(report), methodology, Vec::new());
        let name = session.report().name_for(FieldKind::Fix).expect("a name");
        let set = Set { fields: vec![(name, To::Value("in main".to_owned()))], ..Set::default() };
        let bugs: BugSet = session.report().indexes().collect();
        let parts = beside_recommended(Part { bugs, set }, &session);
        let name = |bug: BugIx| {
            let part = parts.iter().find(|part| part.bugs.contains(bug)).expect("a part");
            part.set.fields[0].0.clone()
        };
        session.report().indexes().map(name).collect()
    }

    #[test]
    fn a_fix_that_is_proposed_with_what_stands_below_stays() {
        let text = "## BUG-1: a\n**Severity:** P1\n\n**Fix:** Wait longer:\n```\nwait(2)\n```\n\n\
                    ## BUG-2: b\n- **Severity:** P1\n- **Fix:** Either\n  - wait\n  - or ask\n\n\
                    ## BUG-3: c\n- **Severity:** P1\n";
        assert_eq!(names(text), ["Fix applied", "Fix applied", "Fix"]);
    }

    /// A report would have a field in another language than all its others.
    #[test]
    fn a_fix_is_called_as_the_language_of_the_report_has_it() {
        let text = "## BUG-1: Das Segel reißt\n- **Schweregrad:** Hoch\n- **Status:** offen\n- **Behebung:** Länger warten.\n\n\
                    ## BUG-2: Der Mast biegt sich\n- **Schweregrad:** Niedrig\n";
        assert_eq!(names(text), ["Umgesetzte Behebung", "Behebung"]);
        assert_eq!(names(&text.replace("**Behebung:**", "**Fix:**")), ["Fix applied", "Fix"]);
        assert_eq!(
            names("## BUG-1: 帆破了\n- **严重程度：** 高\n- **状态：** 未修复\n- **修复：** 换掉它。\n"),
            ["已实施修复"]
        );
        let done = names(
            "## BUG-1: 帆破了\n- **严重程度：** 高\n- **状态：** 未修复\n- **已实施修复：** 换掉。\n- **修复：** 换掉它。\n",
        );
        assert_eq!(done, ["已实施修复"]);
    }

    /// The advice of the author would be gone.
    #[test]
    fn a_fix_that_is_recommended_for_an_open_bug_stays() {
        let text = "## BUG-1: a\n- Status: Open\n- Fix: Wait longer.\n\n\
                    ## BUG-2: b\n- Severity: P1\n- Fix: Ask again.\n\n\
                    ## BUG-3: c\n- Status: Fixed\n- Fix: Waits longer.\n\n\
                    ## BUG-4: d\n- Status: Open\n- Fix: in main\n\n\
                    ## BUG-5: e\n- Status: Open\n- Fix: -\n";
        assert_eq!(names(text), ["Fix applied", "Fix applied", "Fix", "Fix", "Fix"]);
        let own = text.replace("- Severity: P1", "- Fixed in: 1.2");
        assert_eq!(names(&own)[0], "Fixed in");
    }
}
