//! What a status says beyond its words: which bug says the same, until when, a remark, and the fields along with it.
//!
//! Desk and commands write it the same way, and only as it is read back.

mod day;
pub(super) mod recommended;
mod remark;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use day::{DAYS, day, past_day};

use crate::methodology::{Asks, Joints, Methodology, StatusId};
use crate::report::{BugIx, Field, Report, To, Unplaced};
use crate::text::Span;
use crate::text::display::one_line;
use crate::triage::{BugSet, Draft, Part, Session, Set};
use recommended::beside_recommended;
use remark::Written;

/// What is given in the place of a value to take a field away.
pub const NONE: &str = "-";

/// How many duplicates of duplicates are followed.
const CHAIN: usize = 64;

/// `🔁 DUPLICATE of BUG-012`
pub fn duplicate(report: &Report, status: StatusId, original: BugIx) -> String {
    let words = report.status_words(status);
    joined(&words, report.joints(&words).of, &one_line(&report.handle(original)))
}

/// `⏳ DEFERRED until 2026-12-01`
pub fn until(report: &Report, status: StatusId, date: Date) -> String {
    let words = report.status_words(status);
    let [before, behind] = report.joints(&words).until;
    joined(&words, before, &format!("{date}{behind}"))
}

/// `✅ RESOLVED - options removed`
pub fn remarked(report: &Report, status: StatusId, remark: &str) -> String {
    match one_line(remark).as_str() {
        "" => report.status_words(status),
        remark => format!("{} - {remark}", report.status_words(status)),
    }
}

/// What stands beside the words of a status, without what sets it off; empty where nothing does.
pub fn remark_beside(status: &str, methodology: &Methodology) -> String {
    Written::of(status, methodology).remark()
}

/// The remark of a bug's status where it means this one.
pub fn remark_of(session: &Session, bug: BugIx, status: StatusId) -> Option<String> {
    let is = session.status(bug)?;
    let means = session.methodology().read_status(is.as_bytes())?.status == status;
    Some(remark_beside(&is, session.methodology())).filter(|remark| means && !remark.is_empty())
}

/// The same decision; where it gives a scope beside a severity, without that for the bugs that have it wherever it is written:
/// a change from something to the same is none.
pub fn without_same_severity(draft: Draft, session: &Session) -> Draft {
    let parts = draft.parts.into_iter().flat_map(|part| by_severity(part, session)).collect();
    Draft { parts, ..draft }
}

fn by_severity(part: Part, session: &Session) -> Vec<Part> {
    if part.set.severity.is_keep() || part.set.scope.is_keep() {
        return vec![part];
    }
    let has = |bug: &BugIx| session.agrees(*bug, part.set.severity);
    let having: BugSet = part.bugs.iter().filter(has).collect();
    let left = Set { severity: To::Keep, ..part.set.clone() };
    let parts = [(part.bugs.difference(&having), part.set), (having, left)].into_iter();
    parts.filter(|(bugs, _)| !bugs.is_empty()).map(|(bugs, set)| Part { bugs, set }).collect()
}

/// The same decision, but for the bugs that have its status already: where it gives no remark, theirs stays. A fix that was
/// recommended stays, too: what was done has a field beside it.
pub fn keeping_remarks(draft: Draft, session: &Session) -> Draft {
    let parts = draft.parts.into_iter().flat_map(|part| beside_recommended(part, session));
    let parts = parts.flat_map(|part| with_remarks(part, session)).collect();
    Draft { parts, ..draft }
}

/// What the status of a bug reads as that is given this one: where that has no remark and the bug has it already, its own stays.
/// What stands behind its status under a name of its own stays anyway. It is in the language of the bug.
pub fn status_kept(session: &Session, bug: BugIx, status: &str) -> String {
    let spoken = session.report().status_in_language_of(bug, status);
    let status = spoken.as_deref().unwrap_or(status);
    let methodology = session.methodology();
    let is = session.status(bug).unwrap_or_default();
    let own = Written::of(&is, methodology);
    let means = || methodology.read_status(is.as_bytes()).map(|found| found.status);
    let is_same = !own.is_bare() && bare(status, session).is_some_and(|id| means() == Some(id));
    match own.reworded(status, methodology).filter(|_| is_same) {
        Some(reworded) => reworded + own.apart,
        None if is_same => is.into_owned(),
        None if status.ends_with(own.apart) => status.to_owned(),
        None => format!("{status}{}", own.apart),
    }
}

fn with_remarks(part: Part, session: &Session) -> Vec<Part> {
    let To::Value(status) = &part.set.status else { return vec![part] };
    let mut by_status: BTreeMap<String, Vec<BugIx>> = BTreeMap::new();
    for bug in part.bugs.iter() {
        by_status.entry(status_kept(session, bug, status)).or_default().push(bug);
    }
    let part = |(status, bugs): (String, Vec<BugIx>)| {
        let set = Set { status: To::Value(status), ..part.set.clone() };
        Part { bugs: bugs.into_iter().collect(), set }
    };
    by_status.into_iter().map(part).collect()
}

/// What a status means that has no remark; `None` where it has one.
fn bare(status: &str, session: &Session) -> Option<StatusId> {
    let found = session.methodology().read_status(status.as_bytes())?;
    Written::of(status, session.methodology()).is_bare().then_some(found.status)
}

/// The bugs whose remark goes with their status where they get this one, each with the remark; so do those of what else says
/// their status and is brought in line. That another remark takes its place does not bring it back.
pub fn going(bugs: &BugSet, set: &Set, session: &Session) -> Vec<(BugIx, String)> {
    let To::Value(status) = &set.status else { return Vec::new() };
    let methodology = session.methodology();
    let kept = bare(status, session);
    let given = Written::of(status, methodology);
    let remark = |bug: BugIx| {
        let is = session.status(bug)?;
        let means = || methodology.read_status(is.as_bytes()).map(|found| found.status);
        let written = Written::of(&is, methodology);
        let goes = !written.is_beside_as(&given) && (kept.is_none() || means() != kept);
        goes.then(|| written.remark())
    };
    let elsewhere = |bug: BugIx| {
        let texts = session.report().statuses_elsewhere(bug, status);
        texts.into_iter().map(|text| Written::of(&text, methodology).remark()).collect::<Vec<_>>()
    };
    let all = |bug: BugIx| {
        let mut remarks = Vec::from_iter(remark(bug));
        remarks.extend(elsewhere(bug));
        remarks.dedup();
        remarks.into_iter().map(move |remark| (bug, remark))
    };
    bugs.iter().flat_map(all).filter(|(_, remark)| !remark.is_empty()).collect()
}

/// A status and what it names, with what stands between them once.
fn joined(words: &str, by: &str, what: &str) -> String {
    let without = words.strip_suffix(by).and_then(|rest| rest.strip_suffix(' '));
    let words = without.unwrap_or(words);
    [words, by, what].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a status says that a bug repeats itself, at once or by way of others that repeat each other.
pub fn repeats_itself(session: &Session, status: &str, bug: BugIx) -> bool {
    repeated(session, status).any(|repeated| repeated == bug)
}

/// The first of these bugs that a status would have repeat itself.
pub fn repeating(session: &Session, status: &str, bugs: &BugSet) -> Option<BugIx> {
    repeated(session, status).filter(|repeated| bugs.contains(*repeated)).min()
}

/// The bug that a status repeats, the one that this repeats, and so on.
fn repeated(session: &Session, status: &str) -> impl Iterator<Item = BugIx> {
    let next = |bug: &BugIx| original(session.report(), &session.status(*bug)?);
    std::iter::successors(original(session.report(), status), next).take(CHAIN)
}

/// The bug that a status names as the one that is repeated.
fn original(report: &Report, status: &str) -> Option<BugIx> {
    let methodology = report.methodology();
    let found = methodology.read_status(status.as_bytes())?;
    let own = status.strip_suffix(Written::of(status, methodology).apart).unwrap_or(status);
    let behind = own[found.span.end..].trim();
    let words = Joints::all().map(|joints| joints.of).filter(|of| !of.is_empty());
    let mut named = words.filter_map(|of| behind.strip_prefix(of)?.strip_prefix(' '));
    let named = named.next().unwrap_or(behind);
    let named = named.split_once(" - ").map_or(named, |(named, _)| named);
    let asks = methodology.status(found.status).asks == Asks::Original;
    if asks { report.find(named.trim()) } else { None }
}

/// That the day has passed until which a status would put bugs off, in words, where it has.
pub fn passed(set: &Set, methodology: &Methodology, today: Date) -> Option<String> {
    let day = put_off(set, methodology).filter(|day| *day <= today)?;
    Some(format!("{day} has passed, until which this would be deferred"))
}

/// The day until which a status puts bugs off.
pub fn put_off(set: &Set, methodology: &Methodology) -> Option<Date> {
    let To::Value(status) = &set.status else { return None };
    let found = methodology.read_status(status.as_bytes())?;
    let asks = methodology.status(found.status).asks == Asks::Date;
    let behind = Some(status[found.span.end..].trim()).filter(|_| asks)?;
    let day = |[before, after]: [&str; 2]| {
        let rest = behind.strip_prefix(before)?.trim_start();
        let (day, rest) =
            rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len()));
        rest.starts_with(after).then(|| day.parse().ok()).flatten()
    };
    Joints::all().map(|joints| joints.until).find_map(day)
}

/// A field that a bug has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homeless {
    /// The bug.
    pub bug: BugIx,
    /// The field.
    pub name: String,
    why: Unplaced,
}

impl Homeless {
    /// What is wrong, of the bug that is called so.
    pub fn what(&self, who: &str) -> String {
        let name = &self.name;
        match self.why {
            Unplaced::Below => format!("{name} of {who} is what stands below it"),
            Unplaced::NoColumn => format!("the table of {who} has no column {name}"),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self.why {
            Unplaced::Below => "change that by hand, or give the field another name",
            Unplaced::NoColumn => "add it by hand, or say it in a note",
        }
    }
}

/// The first of these bugs that has no place for a field that it would get.
pub fn homeless(report: &Report, bugs: &BugSet, set: &Set) -> Option<Homeless> {
    let given = || set.fields.iter().filter(|(_, to)| matches!(to, To::Value(_)));
    given().next()?;
    bugs.iter().find_map(|bug| {
        let values = report.values(bug);
        let mut found = given().filter_map(|(name, _)| Some((name.clone(), values.unplaced(name)?)));
        found.next().map(|(name, why)| Homeless { bug, name, why })
    })
}

/// Whether a field that is written so is read so.
pub fn is_read_back(name: &str, value: &str) -> bool {
    let line = format!("**{name}:** {value}");
    let whole = Span::whole(line.as_bytes());
    let read = Field::of_last_line(line.as_bytes(), whole, whole);
    matches!(read[..], [field] if field.value.of(line.as_bytes()) == value.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn report(text: &str) -> (Report, impl Fn(&str) -> StatusId + use<>) {
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(text.as_bytes().into(), &methodology);
        (report, move |word: &str| methodology.status_named(word).expect("a status"))
    }

    #[test]
    fn a_status_is_written_as_the_report_has_others_and_read_back() {
        let bugs = "## BUG-1: a\n- **Severity:** P0\n- **Status:** ✅ FIXED - yesterday\n\n\
                    ## BUG-2: b\n- **Severity:** P0\n- **Status:** 🔁 DUPLICATE of BUG-1\n";
        let (report, named) = report(bugs);
        let date = day("2026-12-01", Date::constant(2026, 3, 9)).expect("a day");
        let written = [
            duplicate(&report, named("duplicate"), BugIx(0)),
            until(&report, named("deferred"), date),
            remarked(&report, named("resolved"), " in\nmain "),
            remarked(&report, named("resolved"), ""),
        ];
        assert_eq!(
            written,
            ["🔁 DUPLICATE of BUG-1", "⏳ DEFERRED until 2026-12-01", "✅ FIXED - in main", "✅ FIXED"]
        );
        let read =
            |text: &String| report.methodology().read_status(text.as_bytes()).map(|found| found.status);
        let names = ["duplicate", "deferred", "resolved", "resolved"].map(|name| Some(named(name)));
        assert_eq!(written.each_ref().map(read), names);
        let methodology = Arc::clone(report.methodology());
        let session = Session::new(Arc::new(report), methodology, Vec::new());
        assert!(repeats_itself(&session, &written[0], BugIx(0)));
        assert!(!repeats_itself(&session, &written[0], BugIx(1)));
        assert!(!repeats_itself(&session, "✅ FIXED - see BUG-1", BugIx(0)));
        let circle = "🔁 DUPLICATE of BUG-2 - one cause";
        assert!(repeats_itself(&session, circle, BugIx(0)), "BUG-2 is one of BUG-1");
    }

    #[test]
    fn of_several_words_for_a_status_it_is_the_one_asked_for() {
        let bugs = "## BUG-1: a\n- **Status:** ✅ FIXED - yesterday\n\n\
                    ## BUG-2: b\n- **Status:** ✅ RESOLVED - today\n";
        let (report, named) = report(bugs);
        assert_eq!(remarked(&report, named("resolved"), ""), "✅ RESOLVED");
        let asked = |word: &str| report.status_words_like(named("resolved"), word);
        assert_eq!(
            [asked("fixed"), asked("Resolved"), asked("done")],
            ["✅ FIXED", "✅ RESOLVED", "✅ FIXED"]
        );
    }

    #[test]
    fn a_status_has_words_also_where_they_are_emphasised_or_unknown() {
        let said = |status: &str| {
            let (report, named) = report(&format!("## BUG-1: a\n- **Status:** {status}\n"));
            remarked(&report, named("resolved"), "")
        };
        let words = ["✅ **FIXED** - yesterday", "**Fixed** at last", "✅ *Gone*", "✅", "**Fixed at last**"];
        assert_eq!(words.map(said), ["✅ **FIXED**", "**Fixed**", "✅ Resolved", "✅", "Fixed"]);
    }

    /// What a reviewer wrote behind a status would be lost with no word about it.
    #[test]
    fn a_remark_stays_with_its_status_and_is_told_of_where_it_goes() {
        let bugs = "## BUG-1: a\n- **Status:** ✅ FIXED - no longer read\n\n## BUG-2: b\n- **Status:** ✅ FIXED\n\n\
                    ## BUG-3: c\n- **Status:** ⏳ DEFERRED: too cold\n";
        let (report, named) = report(bugs);
        let (resolved, methodology) = (named("resolved"), Arc::clone(report.methodology()));
        let session = Session::new(Arc::new(report), methodology, Vec::new());
        let all: BugSet = session.report().indexes().collect();
        let set = |status: &str| Set { status: To::Value(status.to_owned()), ..Set::default() };
        let written = |status: &str| {
            let kind = crate::triage::Kind::Status;
            let draft = keeping_remarks(Draft::new(kind, all.clone(), set(status)), &session);
            let mut all: Vec<_> = draft.bugs().map(|(bug, set)| (bug, set.status.clone())).collect();
            all.sort_by_key(|(bug, _)| *bug);
            all.into_iter().map(|(_, status)| status.after(None).unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(written("✅ FIXED"), ["✅ FIXED - no longer read", "✅ FIXED", "✅ FIXED"]);
        assert_eq!(written("✅ FIXED - today"), ["✅ FIXED - today"; 3]);
        let goes = |status: &str| going(&all, &set(status), &session);
        let (first, last) = ((BugIx(0), "no longer read".to_owned()), (BugIx(2), "too cold".to_owned()));
        assert_eq!(goes("✅ FIXED"), std::slice::from_ref(&last));
        assert_eq!(goes("✅ FIXED - today"), [first.clone(), last.clone()]);
        assert_eq!(goes("🔁 DUPLICATE of BUG-2"), [first, last]);
        assert_eq!(remark_of(&session, BugIx(0), resolved).as_deref(), Some("no longer read"));
        assert_eq!([1, 2].map(|bug| remark_of(&session, BugIx(bug), resolved)), [None, None]);
    }

    /// The same, where something else than a dash joins it, and the owner of a bug with it.
    #[test]
    fn whatever_joins_a_remark_it_stays_with_its_status_and_what_has_a_name_stays_with_any() {
        for (status, same, other, gone) in [
            ("✅ FIXED (Sail Patched)", "✅ FIXED (Sail Patched)", "Open", "Sail Patched"),
            ("Fixed by Ada", "Fixed by Ada", "Open", "by Ada"),
            (
                "✅ Rigged anew, sails dried",
                "✅ Rigged anew, sails dried",
                "Open",
                "Rigged anew, sails dried",
            ),
            ("Fixed. Owner: Ada.", "Fixed. Owner: Ada.", "Open. Owner: Ada.", ""),
            ("Fixed (at sea). Owner: Ada", "Fixed (at sea). Owner: Ada", "Open. Owner: Ada", "at sea"),
        ] {
            let (report, _) = report(&format!("## BUG-1: a\n- **Severity:** P1\n- **Status:** {status}\n"));
            let methodology = Arc::clone(report.methodology());
            let session = Session::new(Arc::new(report), methodology, Vec::new());
            let words = |asked: &str| {
                let status = session.methodology().status_named(asked).expect("a status");
                session.report().status_words_like(status, asked)
            };
            let kept = |asked: &str| status_kept(&session, BugIx(0), &words(asked));
            let without_sign = kept("open").trim_start_matches(['❌', ' ']).to_lowercase();
            assert_eq!((kept("fixed").as_str(), without_sign), (same, other.to_lowercase()));
            let set = Set { status: To::Value(words("open")), ..Set::default() };
            let told = going(&BugSet::from(BugIx(0)), &set, &session);
            let gone = Some(gone).filter(|gone| !gone.is_empty());
            assert_eq!(told.first().map(|(_, remark)| remark.as_str()), gone, "{status}");
        }
    }

    /// An index would lose what somebody has noted there.
    #[test]
    fn what_stands_beside_a_status_in_an_index_is_told_of_as_well() {
        let index = "| Bug | Severity | Status |\n|-|-|-|\n| BUG-1 | High | ✅ Fixed — sewn up |\n\n";
        let (report, _) =
            report(&format!("{index}## BUG-1: a\n- **Severity:** High\n- **Status:** ✅ Fixed (at sea)\n"));
        let methodology = Arc::clone(report.methodology());
        let session = Session::new(Arc::new(report), methodology, Vec::new());
        let set = Set { status: To::Value("Open".to_owned()), ..Set::default() };
        let told = going(&BugSet::from(BugIx(0)), &set, &session);
        assert_eq!(told.iter().map(|(_, remark)| remark.as_str()).collect::<Vec<_>>(), ["at sea", "sewn up"]);
    }

    /// A report in one language would get words of another, or a bug would be put off until a day that nobody reads.
    #[test]
    fn what_a_status_names_is_joined_to_it_in_the_words_of_the_report() {
        for (text, same, off) in [
            (
                "# Errores\n\n## BUG-1: No funciona\n- **Estado:** abierto\n",
                "duplicado de BUG-1",
                "aplazado hasta 2026-12-01",
            ),
            (
                "# Ошибки\n\n## BUG-1: Не работает\n- **Статус:** открыт\n",
                "дубликат BUG-1",
                "отложено до 2026-12-01",
            ),
            (
                "# 不具合\n\n## BUG-1: 保存できない\n- **ステータス:** 未対応\n",
                "重複 BUG-1",
                "保留 2026-12-01まで",
            ),
            (
                "# Hatalar\n\n## BUG-1: Çalışmıyor\n- **Durum:** açık\n",
                "yinelenen BUG-1",
                "ertelendi 2026-12-01 tarihine kadar",
            ),
            (
                "# Errores\n\n## BUG-1: No funciona\n- **Estado:** Open\n",
                "Duplicate of BUG-1",
                "Deferred until 2026-12-01",
            ),
        ] {
            let (report, named) = report(text);
            let date = Date::constant(2026, 12, 1);
            let written = until(&report, named("deferred"), date);
            assert_eq!(
                (duplicate(&report, named("duplicate"), BugIx(0)).as_str(), written.as_str()),
                (same, off)
            );
            assert_eq!(original(&report, same), Some(BugIx(0)), "{same}");
            let set = Set { status: To::Value(written), ..Set::default() };
            assert_eq!(put_off(&set, report.methodology()), Some(date), "{off}");
        }
    }

    #[test]
    fn what_would_be_read_as_another_field_is_noticed() {
        assert!(is_read_back("Fix", "commit 41fa1643: `a` | b"));
        assert!(!is_read_back("Fix", "x | **Status:** open"));
    }
}
