//! The methodology: what the severities, scopes and statuses are, how reports write them, and the
//! rules that decisions are held to.
//!
//! A methodology is complete and checked once it exists: every id it gives out is in range, no word
//! means two levels, and every reference has been resolved. Nothing here knows YAML but the module
//! of that name.

mod conditions;
mod expression;
mod field;
mod found;
mod heading;
mod level;
mod path;
mod policy;
mod rationale;
mod scale;
mod scope;
mod status;
mod suggestion;
mod vocabulary;
mod wording;
mod yaml;

pub use expression::{Caught, Expression};
pub use field::{FieldKind, FieldNames};
pub use found::{Found, FoundStatus, is_ticked};
pub use heading::{HeadingWord, HeadingWords};
pub use level::{Level, LevelId, Sla};
pub use path::{PathKind, PathRules, Pattern};
pub use policy::{Act, Among, Bounds, Change, Condition, Direction, Guard};
pub use rationale::{DeviationRule, RationaleRules, Template};
pub use scope::{Scope, ScopeId};
pub use status::{Ask, Asks, Status, StatusId};
pub use suggestion::{FieldMatch, FieldRef, PathMatch, PathTest, Proposal, Suggestion, When};
pub use vocabulary::{Hit, Vocabulary};
pub use wording::{Joints, Tongue, is_grade};
pub use yaml::Overrides;

/// A whole methodology.
#[derive(Clone, Debug)]
pub struct Methodology {
    name: String,
    levels: Vec<Level>,
    scopes: Vec<Scope>,
    statuses: Vec<Status>,
    rules: Vec<DeviationRule>,
    rationale: RationaleRules,
    fields: FieldNames,
    headings: HeadingWords,
    policy: Vec<Guard>,
    suggestions: Vec<Suggestion>,
    paths: PathRules,
    words: Words,
    /// The files that were laid over the embedded one, the first laid first.
    sources: Vec<std::path::PathBuf>,
    /// What it was made from, so that another file can be laid over it.
    made_from: Overrides,
    from_zero: scale::FromZero,
}

/// How reports write levels, scopes and statuses.
#[derive(Clone, Debug, Default)]
struct Words {
    levels: Vocabulary<LevelId>,
    scopes: Vocabulary<ScopeId>,
    statuses: Vocabulary<StatusId>,
}

impl Methodology {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The files that were laid over the embedded one, the first laid first.
    pub fn sources(&self) -> &[std::path::PathBuf] {
        &self.sources
    }

    /// Its levels, the most severe first; never none, never more than 256.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The ids of its levels, the most severe first.
    pub fn level_ids(&self) -> impl DoubleEndedIterator<Item = LevelId> + use<> {
        ids(self.levels.len()).map(LevelId)
    }

    /// Its scopes in the order in which they are offered.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Its statuses in the order in which they are offered.
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// The ids of its statuses.
    pub fn status_ids(&self) -> impl DoubleEndedIterator<Item = StatusId> + use<> {
        ids(self.statuses.len()).map(StatusId)
    }

    /// Its deviation rules in the order of their numbers.
    pub fn rules(&self) -> &[DeviationRule] {
        &self.rules
    }

    /// What a rationale must be, and the texts to begin one with.
    pub fn rationale(&self) -> &RationaleRules {
        &self.rationale
    }

    /// The names under which reports write fields.
    pub fn fields(&self) -> &FieldNames {
        &self.fields
    }

    /// The words by which headings are told apart.
    pub fn headings(&self) -> &HeadingWords {
        &self.headings
    }

    /// Its guards.
    pub fn policy(&self) -> &[Guard] {
        &self.policy
    }

    /// Its suggestion rules; the first one that holds speaks.
    pub fn suggestions(&self) -> &[Suggestion] {
        &self.suggestions
    }

    /// Which paths are external, test, configuration, documentation or production.
    pub fn paths(&self) -> &PathRules {
        &self.paths
    }

    /// The level with this id, which must be one of this methodology.
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[usize::from(id.0)]
    }

    /// The scope with this id, which must be one of this methodology.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[usize::from(id.0)]
    }

    /// The status with this id, which must be one of this methodology.
    pub fn status(&self, id: StatusId) -> &Status {
        &self.statuses[usize::from(id.0)]
    }

    /// The deviation rule with this number.
    pub fn rule(&self, number: u8) -> Option<&DeviationRule> {
        self.rules.iter().find(|rule| rule.number == number)
    }

    /// The level of this key, name or alias; case does not matter, the text must be nothing else.
    pub fn level_named(&self, text: &str) -> Option<LevelId> {
        self.words.levels.named(text.as_bytes())
    }

    /// The level that a log or a journal calls so: by its key, else by another of its names, which a key becomes that is
    /// renamed.
    pub fn level_called(&self, key: &str) -> Option<LevelId> {
        let known = self.level_ids().find(|level| self.level(*level).key == key);
        known.or_else(|| self.level_named(key))
    }

    /// The scope that a log calls so: by its key, or by that which it had before it was renamed. Not by other names:
    /// where a report writes one of those, the log has it as it is written.
    pub fn scope_called(&self, key: &str) -> Option<&Scope> {
        let known = self.scopes.iter().find(|scope| scope.key == key);
        known.or_else(|| self.scopes.get(self.made_from.scope_formerly(key)?))
    }

    /// The scope of this key, name or alias; case does not matter, the text must be nothing else.
    pub fn scope_named(&self, text: &str) -> Option<ScopeId> {
        self.words.scopes.named(text.as_bytes())
    }

    /// The status of this key, name, emoji or alias; case does not matter, the text must be nothing
    /// else.
    pub fn status_named(&self, text: &str) -> Option<StatusId> {
        self.words.statuses.named(text.as_bytes())
    }
}

fn ids(count: usize) -> impl DoubleEndedIterator<Item = u8> + use<> {
    (0..count).filter_map(|index| u8::try_from(index).ok())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static EMBEDDED: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    fn level(text: &str) -> Option<(u8, &str)> {
        EMBEDDED.read_level(text.as_bytes()).map(|found| (found.level.0, &text[found.span]))
    }

    fn status(text: &str) -> Option<(&str, &str)> {
        let found = EMBEDDED.read_status(text.as_bytes())?;
        Some((EMBEDDED.status(found.status).key.as_str(), &text[found.span]))
    }

    #[test]
    fn the_four_levels_are_those_of_the_review() {
        let said = |level: &'static Level| {
            let sla = level.sla.as_ref().map(Sla::to_string);
            (level.key.as_str(), level.name.as_str(), sla.unwrap_or_default(), level.hotkey)
        };
        let levels: Vec<_> = EMBEDDED.levels().iter().map(said).collect();
        assert_eq!(
            levels,
            [
                ("P0", "Critical", "24h".to_owned(), Some('0')),
                ("P1", "High", "72h".to_owned(), Some('1')),
                ("P2", "Medium", "1 week".to_owned(), Some('2')),
                ("P3", "Low", "2 weeks".to_owned(), Some('3')),
            ]
        );
        assert!(EMBEDDED.levels().iter().all(|level| !level.definition.is_empty()));
        assert_eq!(EMBEDDED.level(LevelId(1)).colour, "severity.p1");
    }

    #[test]
    fn severities_are_read_as_reports_write_them() {
        assert_eq!(level("P0 - ImportError"), Some((0, "P0")));
        assert_eq!(level(" 🔴 Critical"), Some((0, "🔴 Critical")));
        assert_eq!(level("🔴 HIGH - P1"), Some((1, "🔴 HIGH")));
        assert_eq!(level("🔴 crashes, high"), Some((0, "🔴")));
        assert_eq!(level("🔴 🟡"), Some((0, "🔴")));
        assert_eq!(level("P0 Bugs (Critical) - Fix Immediately"), Some((0, "P0")));
        assert_eq!(level("**HIGH** (remark)"), Some((1, "HIGH")));
        assert_eq!(level("SEV-3"), Some((2, "SEV-3")));
        assert_eq!(level("Major / P1"), Some((1, "Major")));
        assert_eq!(level("🔴 严重 (Major)"), Some((1, "🔴 严重 (Major)")));
        assert_eq!(level("中（Low）的"), Some((3, "中（Low）")));
        assert_eq!(level("轻微 (Minor)"), Some((3, "轻微 (Minor)")));
        assert_eq!(level("严重 (Major outage)"), Some((0, "严重")));
        assert_eq!(level("🔴 (Major)"), Some((0, "🔴")));
        for text in ["P10", "Highlight", "lowercase", "ImportError", "", "高效"] {
            assert_eq!(level(text), None, "{text:?}");
        }
    }

    #[test]
    fn severities_are_read_in_many_languages() {
        let ranks = [
            ["Critical", "High", "Medium", "Low"],
            ["S1", "S2", "S3", "S4"],
            ["Blocker", "Major", "Minor", "Trivial"],
            ["🔴", "🟠", "🟡", "🟢"],
            ["严重", "高", "中", "低"],
            ["致命的", "高い", "中程度", "軽微"],
            ["치명적", "높음", "중간", "낮음"],
            ["Crítica", "Altas", "Media", "Bajo"],
            ["CRÍTICO", "alto", "média", "baixa"],
            ["Critique", "Élevée", "Moyenne", "Faible"],
            ["Kritisch", "Hohe", "Mittel", "Niedrig"],
            ["КРИТИЧЕСКИЕ", "Высокая", "средний", "Низкое"],
        ];
        for words in ranks {
            let read = words.map(|word| EMBEDDED.level_named(word));
            assert_eq!(read, [0, 1, 2, 3].map(|rank| Some(LevelId(rank))), "{words:?}");
        }
    }

    #[test]
    fn statuses_are_read_as_reports_write_them() {
        assert_eq!(status("✅ FIXED - File renamed"), Some(("resolved", "✅ FIXED")));
        assert_eq!(status("⚠️ DOCUMENTED - Test requires mark"), Some(("documented", "⚠️ DOCUMENTED")));
        assert_eq!(status("⚠️ fixed"), Some(("resolved", "⚠️ fixed")));
        assert_eq!(status("✅ By hand"), Some(("resolved", "✅")));
        assert_eq!(status("NOT FIXED — by design"), Some(("open", "NOT FIXED")));
        assert_eq!(status("✅ [已修复] B1"), Some(("resolved", "✅")));
        assert_eq!(status("Won’t fix"), Some(("wont-fix", "Won’t fix")));
        assert_eq!(status("unfixed"), None);
        let closing: Vec<_> = EMBEDDED
            .statuses()
            .iter()
            .filter(|status| status.closes)
            .map(|status| status.key.as_str())
            .collect();
        assert_eq!(closing, ["resolved", "duplicate", "wont-fix", "not-a-bug"]);
    }

    #[test]
    fn fields_are_known_in_many_languages() {
        let kind = |name: &str| EMBEDDED.fields().kind_of(name.as_bytes());
        for name in
            ["Severity", "SEVERITY", "严重程度", "Schweregrad", "Gravité", "Серьёзность", "심각도", "重要度"]
        {
            assert_eq!(kind(name), Some(FieldKind::Severity), "{name}");
        }
        assert_eq!(kind("Root Cause"), Some(FieldKind::Cause));
        assert_eq!(kind("regression_test"), Some(FieldKind::RegressionTest));
        assert_eq!(kind("Priority"), Some(FieldKind::Priority));
        assert_eq!(kind("Severity level of pain"), None);
        for (kind, key) in FieldKind::ALL {
            assert!(!EMBEDDED.fields().names(kind).is_empty(), "{key} cannot be written");
        }
    }

    #[test]
    fn scopes_and_rules_are_found_by_what_people_call_them() {
        let scope = |text| EMBEDDED.scope_named(text).map(|id| EMBEDDED.scope(id).key.as_str());
        assert_eq!(
            [scope("Test Infrastructure"), scope("tests"), scope("prod")],
            [Some("test"), Some("test"), Some("production")]
        );
        let names: Vec<_> = EMBEDDED.rules().iter().map(|rule| (rule.number, rule.name.as_str())).collect();
        assert_eq!(names, [(1, "Bug"), (2, "Missing critical"), (3, "Blocking"), (4, "Architectural")]);
        assert!(EMBEDDED.rule(5).is_none());
    }

    #[test]
    fn paths_tell_tests_from_production() {
        let kind = |path| EMBEDDED.paths().kind_of(path);
        assert_eq!(kind("backend/tests/test_oauth.py"), Some(PathKind::Test));
        assert_eq!(kind("src/app.spec.ts"), Some(PathKind::Test));
        assert_eq!(kind("backend/.coveragerc"), Some(PathKind::Configuration));
        assert_eq!(kind("docs/guide.md"), Some(PathKind::Documentation));
        assert_eq!(kind("backend/core/auth.py"), Some(PathKind::Production));
        assert_eq!(kind("venv/lib/python3.12/site-packages/flask/app.py"), Some(PathKind::External));
        assert_eq!(kind("~/.cache/browsers/chrome"), Some(PathKind::External));
        assert_eq!(kind("/usr/lib/python3.12/unittest/mock.py"), Some(PathKind::External));
    }

    #[test]
    fn ids_run_from_the_most_severe_level_down() {
        assert_eq!(EMBEDDED.level_ids().map(|id| id.0).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(EMBEDDED.status_ids().count(), EMBEDDED.statuses().len());
    }
}
