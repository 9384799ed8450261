//! Conditions and proposals of guards and suggestion rules in the words of the file that states them, on one line.

use super::{
    Act, Among, Bounds, Change, Condition, Direction, FieldMatch, FieldRef, LevelId, Methodology, PathMatch,
    PathTest, Proposal, ScopeId, StatusId, When,
};

impl Act {
    /// The word for it in a methodology.
    pub fn name(self) -> &'static str {
        match self {
            Act::Note => "note",
            Act::Warn => "warn",
            Act::Block => "block",
        }
    }
}

impl Condition {
    /// `change: {from: P0, direction: down}, seen: false`.
    pub fn said(&self, methodology: &Methodology) -> String {
        let parts = [
            of_bug(methodology, &self.severity, &self.scope, &self.status),
            self.change.as_ref().map(|change| format!("change: {}", of_change(methodology, change))),
            self.seen.map(|seen| format!("seen: {seen}")),
            self.count.map(|bounds| format!("count: {}", of_bounds(bounds))),
            self.rationale.map(|bounds| format!("rationale: {}", of_bounds(bounds))),
        ];
        joined(parts)
    }
}

impl When {
    /// `severity: P0, fields: {error: 'ImportError'}, paths: {some: test}`.
    pub fn said(&self, methodology: &Methodology) -> String {
        let fields: Vec<String> = self.fields.iter().map(of_field).collect();
        let parts = [
            of_bug(methodology, &self.severity, &self.scope, &self.status),
            (!fields.is_empty()).then(|| format!("fields: {{{}}}", fields.join(", "))),
            self.text.as_ref().map(|text| format!("text: {}", quoted(text.text()))),
            self.paths.as_ref().map(|paths| format!("paths: {{{}}}", of_paths(paths))),
        ];
        joined(parts)
    }
}

impl Proposal {
    /// `P1 · Test infrastructure`, or `confirm`.
    pub fn said(&self, methodology: &Methodology) -> String {
        let parts = [
            self.confirm.then(|| "confirm".to_owned()),
            self.severity.map(|id| methodology.level(id).key.clone()),
            self.scope.map(|id| methodology.scope(id).name.clone()),
            self.status.map(|id| methodology.status(id).name.clone()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn of_bug(
    methodology: &Methodology,
    severity: &Option<Among<LevelId>>,
    scope: &Option<Among<ScopeId>>,
    status: &Option<Among<StatusId>>,
) -> Option<String> {
    let parts = [
        severity.as_ref().map(|among| format!("severity: {}", levels(methodology, among))),
        scope.as_ref().map(|among| format!("scope: {}", of_among(among, |id| &methodology.scope(id).key))),
        status.as_ref().map(|among| format!("status: {}", of_among(among, |id| &methodology.status(id).key))),
    ];
    Some(joined(parts)).filter(|said| !said.is_empty())
}

fn of_change(methodology: &Methodology, change: &Change) -> String {
    let direction = change.direction.map(|direction| match direction {
        Direction::Up => "direction: up".to_owned(),
        Direction::Down => "direction: down".to_owned(),
    });
    let from = change.from.as_ref().map(|among| format!("from: {}", levels(methodology, among)));
    let to = change.to.as_ref().map(|among| format!("to: {}", levels(methodology, among)));
    format!("{{{}}}", joined([from, to, direction]))
}

fn levels(methodology: &Methodology, among: &Among<LevelId>) -> String {
    of_among(among, |id| &methodology.level(id).key)
}

fn of_among<'m, T: Copy>(among: &Among<T>, key: impl Fn(T) -> &'m str) -> String {
    let words: Vec<&str> = among.listed.iter().map(|one| one.map_or("none", &key)).collect();
    let words = one_or_many(&words);
    if among.but { format!("{{not: {words}}}") } else { words }
}

/// `{at_least: 2}`.
fn of_bounds(bounds: Bounds) -> String {
    let least = bounds.at_least.map(|number| format!("at_least: {number}"));
    let most = bounds.at_most.map(|number| format!("at_most: {number}"));
    format!("{{{}}}", joined([least, most]))
}

fn of_field(field: &FieldMatch) -> String {
    let name = match &field.field {
        FieldRef::Kind(kind) => kind.key(),
        FieldRef::Named(name) => name,
    };
    format!("{name}: {}", quoted(field.matches.text()))
}

fn of_paths(paths: &PathMatch) -> String {
    let tests = |name: &str, tests: &[PathTest]| {
        let words: Vec<String> = tests.iter().map(of_path).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        (!words.is_empty()).then(|| format!("{name}: {}", one_or_many(&words)))
    };
    let count = (paths.count != Bounds::default()).then(|| format!("count: {}", of_bounds(paths.count)));
    joined([tests("all", &paths.all), tests("some", &paths.some), tests("none", &paths.none), count])
}

fn of_path(test: &PathTest) -> String {
    match test {
        PathTest::Kind(kind) => kind.key().to_owned(),
        PathTest::Pattern(pattern) => quoted(pattern.text()),
    }
}

fn one_or_many(words: &[&str]) -> String {
    if let [word] = words { (*word).to_owned() } else { format!("[{}]", words.join(", ")) }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const RULES: &str = "\
only: [policy, suggestions]
policy:
  mine:
    when: {severity: [P0, none], scope: {not: production}, status: open, change: {from: P1, to: P0, direction: up}, seen: false, count: {at_least: 2, at_most: 9}, rationale: {at_most: 20}}
    act: block
    message: No.
suggestions:
  rule:
    when: {severity: P0, fields: {error: 'it''s', Owner: Ada}, text: (?i)x, paths: {all: test, some: [docs/, \"*.md\"], none: production, count: {at_least: 1}}}
    then: {confirm: true, scope: test, rationale: So.}
";

    /// Whoever copies what is printed would write another guard than the one that holds.
    #[test]
    fn conditions_are_said_as_they_are_written() {
        let ours = Methodology::from_yaml(RULES, Path::new("m.yaml")).unwrap();
        let whens: Vec<&str> = RULES.lines().filter_map(|line| line.trim().strip_prefix("when: {")).collect();
        let unquoted = |text: &str| text.replace(['\'', '"'], "");
        let (guard, rule) = (&ours.policy()[0], &ours.suggestions()[0]);
        assert_eq!(guard.when.said(&ours), whens[0].strip_suffix('}').unwrap());
        let said = rule.when.said(&ours);
        assert_eq!(unquoted(&said), unquoted(whens[1].strip_suffix('}').unwrap()));
        assert!(said.contains("error: 'it''s', Owner: 'Ada'"), "{said}");
        assert_eq!(rule.then.said(&ours), "confirm · Test infrastructure");
        let again = RULES.replace(whens[1], &format!("{said}}}"));
        let again = Methodology::from_yaml(&again, Path::new("m.yaml")).unwrap();
        assert_eq!(again.suggestions(), ours.suggestions());
    }
}
