//! What a team relies on when it lays its own methodology over the default.

use super::super::{
    Act, Among, Ask, Asks, Bounds, Direction, FieldKind, FieldRef, LevelId, PathTest, ScopeId, Sla,
};
use super::*;

fn read_over(text: &str) -> Result<Methodology> {
    Methodology::from_yaml(text, Path::new("m.yaml"))
}

fn good(text: &str) -> Methodology {
    read_over(text).expect("a good file")
}

/// What a person is told, hints included.
fn told(text: &str) -> String {
    let fault = read_over(text).expect_err("the file is wrong");
    [vec![fault.to_string()], fault.hints().to_vec()].concat().join(" | ")
}

#[test]
fn the_embedded_methodology_holds_together() {
    let embedded = Methodology::from_yaml(EMBEDDED, Path::new("methodology.yaml")).expect("a good file");
    assert_eq!(embedded.suggestions(), Methodology::embedded().suggestions());
    assert_eq!(embedded.levels(), Methodology::embedded().levels());
    assert!(!embedded.name().is_empty());
    assert!(embedded.rationale().minimum > 0);
    assert!(embedded.rationale().templates.iter().all(|template| embedded.rationale().allow(&template.text)));
}

#[test]
fn an_empty_file_changes_nothing() {
    assert_eq!(good("# nothing\n").levels(), Methodology::embedded().levels());
}

#[test]
fn a_level_keeps_what_the_file_does_not_say() {
    let ours = good("levels:\n  P0: {name: Showstopper, sla: 4h}\n");
    let (level, before) = (ours.level(LevelId(0)), Methodology::embedded());
    assert_eq!((level.name.as_str(), &level.sla), ("Showstopper", &Sla::parse("4h")));
    assert_eq!(level.definition, before.level(LevelId(0)).definition);
    assert_eq!(ours.level_named("🔴"), Some(LevelId(0)));
    assert_eq!(ours.levels()[1..], before.levels()[1..]);
}

#[test]
fn a_level_more_needs_only_its_key() {
    let ours = good("levels:\n  P4:\n  P5: {name: Wish, hotkey: w}\n");
    assert_eq!(ours.level_named("P4"), Some(LevelId(4)));
    assert_eq!(ours.level(LevelId(4)).hotkey, Some('4'));
    assert_eq!(ours.level(LevelId(5)).hotkey, Some('w'));
    assert_eq!(ours.level(LevelId(4)).colour, "severity.p4");
}

#[test]
fn a_renamed_level_still_reads_old_reports() {
    let ours = good("levels:\n  P0: {key: Sev0}\n");
    assert_eq!(ours.level(LevelId(0)).key, "Sev0");
    assert_eq!(ours.level_named("P0"), Some(LevelId(0)));
    assert_eq!(ours.rationale().templates.len(), Methodology::embedded().rationale().templates.len());
}

#[test]
fn a_level_with_another_name_still_reads_old_reports() {
    let ours = good("levels:\n  P2: {name: Nuisance}\nstatuses:\n  deferred: {name: Parked}\n");
    assert_eq!(["Nuisance", "medium"].map(|word| ours.level_named(word)), [Some(LevelId(2)); 2]);
    assert_eq!(ours.status_named("Parked"), ours.status_named("Deferred"));
    let moved = good("levels:\n  P1: {name: Medium}\n  P2: {name: High}\n");
    assert_eq!(["Medium", "High"].map(|word| moved.level_named(word)), [1, 2].map(|at| Some(LevelId(at))));
}

#[test]
fn an_alias_given_to_another_level_moves_there() {
    let ours = good("levels:\n  P1:\n    aliases: [Blocker]\n");
    assert_eq!(ours.level_named("blocker"), Some(LevelId(1)));
    assert_eq!(ours.level_named("Major"), Some(LevelId(1)));
}

#[test]
fn a_team_can_have_wholly_its_own_levels() {
    let ours = good("only: [levels]\nlevels:\n  Now: {aliases: [P0]}\n  Soon: {}\n  P3: {}\n");
    let keys: Vec<_> = ours.levels().iter().map(|level| level.key.as_str()).collect();
    assert_eq!(keys, ["Now", "Soon", "P3"]);
    assert_eq!(ours.level_named("Low"), Some(LevelId(2)));
    assert_eq!(ours.level_named("P1"), None);
    assert!(ours.rationale().templates.iter().all(|template| template.severity != Some(LevelId(3))));
}

#[test]
fn a_project_goes_over_a_person() {
    let person = good("levels:\n  P0: {name: Mine, sla: 1h}\n  P4: {name: Idea}\n");
    let text = "methodology:\n  levels:\n    P0: {name: Ours}\n    P4: {hotkey: p}\n";
    let document = Document::new(text, Path::new("p.yaml"));
    let wrapped: std::collections::BTreeMap<String, Overrides> = document.read().expect("a map");
    let both =
        person.overridden(&wrapped["methodology"], &document, &[Step::Key("methodology")]).expect("good");
    assert_eq!(both.level(LevelId(0)).name, "Ours");
    assert_eq!(both.level(LevelId(0)).sla, Sla::parse("1h"));
    assert_eq!((both.level(LevelId(4)).name.as_str(), both.level(LevelId(4)).hotkey), ("Idea", Some('p')));
}

/// Laid over a methodology as another file.
fn laid_over(below: &Methodology, text: &str) -> Methodology {
    let document = Document::new(text, Path::new("p.yaml"));
    let overrides: Overrides = document.read().expect("a map");
    below.overridden(&overrides, &document, &[]).expect("good")
}

/// What a project says of P0 would be of a fifth level, less severe than all others.
#[test]
fn what_was_renamed_below_goes_by_its_new_key_and_by_the_old() {
    let person = good("levels:\n  P0: {key: S1}\nscopes:\n  test: {key: bench}\n");
    let keys = |ours: &Methodology| ours.levels().iter().map(|level| level.key.clone()).collect::<Vec<_>>();
    for called in ["P0", "S1"] {
        let ours = laid_over(&person, &format!("levels:\n  {called}: {{sla: 4h}}\n"));
        assert_eq!(keys(&ours), ["S1", "P1", "P2", "P3"], "{called}");
        assert_eq!(ours.level(LevelId(0)).sla, Sla::parse("4h"), "{called}");
        assert_eq!(ours.level_named("P0"), Some(LevelId(0)), "{called}");
        let only = laid_over(&person, &format!("only: [levels]\nlevels:\n  {called}: {{name: Top}}\n"));
        assert_eq!(keys(&only), ["S1"], "{called}");
    }
    let again = laid_over(&person, "levels:\n  S1: {key: Now}\n");
    assert_eq!((keys(&again)[0].as_str(), again.level_named("P0")), ("Now", Some(LevelId(0))));
    assert_eq!(again.level_named("S1"), Some(LevelId(0)), "a report that was written with it is read");
    let scopes = laid_over(&person, "scopes:\n  test: {name: Benches}\n");
    assert_eq!(scopes.scopes().len(), Methodology::embedded().scopes().len());
    let moved = laid_over(&person, "levels:\n  P1: {aliases: [P0]}\n");
    assert_eq!(moved.level_named("P0"), Some(LevelId(1)));
}

/// What holds together and is refused only once somebody decides by it.
#[test]
fn what_nobody_could_use_is_told_before_it_is_used() {
    let empty = "nothing is called by an empty word";
    assert_eq!(told("levels:\n  \"\": {name: Blank}\n"), format!("m.yaml:2: {empty}"));
    assert_eq!(told("scopes:\n  test:\n    name: \" \"\n"), format!("m.yaml:3: {empty}"));
    assert!(told("levels:\n  P2: {key: \"\"}\n").contains(empty));
    let guard = "policy:\n  blank:\n    act: block\n    when: {severity: P0}\n    message: \" \"\n";
    assert_eq!(told(guard), "m.yaml:5: guard `blank` has no `message`");
    let rule = |then: &str| format!("suggestions:\n  dep:\n    when: {{text: x}}\n    then: {then}\n");
    assert_eq!(
        told(&rule("{severity: P1, rationale: No.}")),
        "m.yaml:4: a rationale has 10 characters at least"
    );
    for fine in ["{severity: P1}", "{severity: P1, rationale: \"{id}\"}", "{confirm: true, rationale: No.}"] {
        good(&rule(fine));
    }
    let short = good(
        "rationale: {minimum: 3}\nsuggestions:\n  dep: {when: {text: x}, then: {severity: P1, rationale: No.}}\n",
    );
    laid_over(&short, "rationale: {minimum: 20}\n");
}

#[test]
fn a_word_for_two_levels_is_refused_with_both_names() {
    let text = "levels:\n  P0:\n    aliases: [Ouch]\n  P1:\n    aliases:\n    - ouch\n";
    assert_eq!(told(text), "m.yaml:5: `ouch` means both `P0` and `P1`");
    assert_eq!(told("levels:\n  P0:\n    name: High\n"), "m.yaml:3: `High` means both `P0` and `P1`");
}

#[test]
fn a_hotkey_for_two_is_refused_at_the_line_that_can_be_changed() {
    assert_eq!(told("levels:\n  P1:\n    hotkey: 0\n"), "m.yaml:3: `0` is the hotkey of both `P0` and `P1`");
    assert_eq!(told("levels:\n  P0:\n    hotkey: 1\n"), "m.yaml:3: `1` is the hotkey of both `P0` and `P1`");
    assert_eq!(told("scopes:\n  x: {hotkey: t}\n"), "m.yaml:2: `t` is the hotkey of both `test` and `x`");
    assert_eq!(told("levels:\n  P1: {hotkey: F1}\n"), "m.yaml:2: `F1` is no hotkey; expected one character");
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    assert_eq!(
        told("levels:\n  P0:\n    hotky: x\n"),
        "m.yaml:3: levels.P0: unknown field `hotky`, expected one of `key`, `name`, `definition`, `sla`, `colour`, \
         `hotkey`, `aliases` | did you mean `hotkey`?"
    );
    assert_eq!(
        told("rationale:\n  templates:\n    t:\n      text: a\n      scope: tset\n"),
        "m.yaml:5: `tset` is no scope; expected production, test, configuration, documentation, dependency, build \
         | did you mean `test`?"
    );
    assert!(told("only: [level]\n").ends_with("| did you mean `levels`?"));
    assert!(told("fields:\n  severty: [Gravità]\n").ends_with("| did you mean `severity`?"));
    assert_eq!(
        told("levels:\n  P0: {sla: soon}\n"),
        "m.yaml:2: `soon` is no time; expected hours, days or weeks: `24h`, `3 days`, `1 week`"
    );
}

#[test]
fn wrong_shapes_say_what_was_expected() {
    assert!(told("levels: [P0]\n").starts_with("m.yaml:1: levels: invalid type: sequence, expected a map"));
    assert!(told("levels:\n  P0: Critical\n").contains("expected a level: {name, definition, sla, …}"));
    assert_eq!(told("only: [levels]\n"), "m.yaml: a methodology needs one level at least");
    assert_eq!(told("rules:\n  bug: {name: Bug}\n"), "m.yaml:2: `bug` is no rule's number (0 to 255)");
    assert_eq!(told("paths:\n  test: [a/, '']\n"), "m.yaml:2: an empty pattern matches nothing");
    assert_eq!(
        told("a: &x 1\nlevels: *x\n").split(" | ").next(),
        Some("m.yaml:2: an alias (`*name`) is not read here")
    );
}

const POLICY: &str = "\
only: [policy]
policy:
  production-only:
    when: {severity: P0, scope: {not: [production, none]}}
    act: warn
    message: P0 is for production.
  unseen:
    when:
      change: {from: [Critical], direction: down}
      seen: false
      count: {at_least: 2}
      rationale: {at_most: 20}
    act: block
    message: Look first.
";

#[test]
fn guards_are_read_whole() {
    let ours = good(POLICY);
    assert_eq!(ours.policy().len(), 2);
    let (first, second) = (&ours.policy()[0], &ours.policy()[1]);
    assert_eq!(
        (first.name.as_str(), first.act, first.message.as_str()),
        ("production-only", Act::Warn, "P0 is for production.")
    );
    assert_eq!(first.when.severity, Some(Among { listed: vec![Some(LevelId(0))], but: false }));
    assert_eq!(first.when.scope, Some(Among { listed: vec![Some(ScopeId(0)), None], but: true }));
    let change = second.when.change.as_ref().expect("a change");
    assert_eq!(
        (change.direction, change.from.is_some(), change.to.is_some()),
        (Some(Direction::Down), true, false)
    );
    assert_eq!((second.act, second.when.seen), (Act::Block, Some(false)));
    assert_eq!(second.when.count, Some(Bounds { at_least: Some(2), at_most: None }));
    assert_eq!(second.when.rationale, Some(Bounds { at_least: None, at_most: Some(20) }));
}

#[test]
fn a_guard_that_means_nothing_is_refused() {
    assert!(
        told(&POLICY.replace("severity: P0", "severity: P9"))
            .starts_with("m.yaml:4: `P9` is no level; expected P0, P1, P2, P3")
    );
    assert!(told(&POLICY.replace("act: block", "act: blok")).ends_with("| did you mean `block`?"));
    assert_eq!(
        told(&POLICY.replace("    message: Look first.\n", "")),
        "m.yaml:7: guard `unseen` has no `message`"
    );
    assert!(told(&POLICY.replace("{not:", "{nto:")).contains("unknown field `nto`, expected `not`"));
    let bounds = POLICY.replace("{at_least: 2}", "{at_least: 2, at_most: 1}");
    assert_eq!(told(&bounds), "m.yaml:11: nothing is at least 2 and at most 1");
}

#[test]
fn a_guard_for_a_level_that_a_later_file_drops_is_dropped_with_it() {
    let text = "only: [levels]\nlevels: {Now: {}, Later: {}}\n";
    let overrides: Overrides = read(text, Path::new("p.yaml")).expect("good");
    let ours = good(POLICY)
        .overridden(&overrides, &Document::new(text, Path::new("p.yaml")), &[])
        .expect("no fault of this file");
    assert!(ours.policy().is_empty());
}

const SUGGESTION: &str = "\
suggestions:
  missing-thing:
    when:
      fields: {error: \"No module named '(?<module>[^']+)'\", Suite: unit}
      severity: [P0, none]
      paths: {all: [test, 'spec/'], count: {at_least: 1}}
    then:
      severity: P1
      scope: test
      rationale: '{id} needs {module}.'
";

#[test]
fn suggestion_rules_are_read_whole() {
    let ours = good(SUGGESTION);
    let rule = ours.suggestions().iter().find(|rule| rule.name == "missing-thing").expect("the rule");
    let fields: Vec<_> = rule.when.fields.iter().map(|field| &field.field).collect();
    assert_eq!(fields, [&FieldRef::Kind(FieldKind::Error), &FieldRef::Named(String::from("Suite"))]);
    let paths = rule.when.paths.as_ref().expect("paths");
    assert_eq!((paths.all.len(), paths.some.len(), paths.count.at_least), (2, 0, Some(1)));
    assert!(matches!(&paths.all[1], PathTest::Pattern(pattern) if pattern.matches("a/spec/b.rb")));
    assert_eq!(
        (rule.then.severity, rule.then.rationale.as_str()),
        (Some(LevelId(1)), "{id} needs {module}.")
    );
}

#[test]
fn a_suggestion_rule_that_means_nothing_is_refused() {
    assert!(
        told(&SUGGESTION.replace("{module}", "{modul}"))
            .starts_with("m.yaml:10: `modul` is no placeholder; expected module, id")
    );
    assert!(
        told(&SUGGESTION.replace("[test, 'spec/']", "tset"))
            .starts_with("m.yaml:6: `tset` is no pattern and no kind of path")
    );
    assert_eq!(
        told(&SUGGESTION.replace("{all: [test, 'spec/'], count: {at_least: 1}}", "{}")),
        "m.yaml:6: expected `all`, `some`, `none` or `count`"
    );
    assert_eq!(
        told(&SUGGESTION.replace("Suite: unit", "Suite: '(unit'")),
        "m.yaml:4: `(unit` is no regular expression: unclosed group"
    );
    let confirms = SUGGESTION.replace("severity: P1", "severity: P1\n      confirm: true");
    assert_eq!(told(&confirms), "m.yaml:7: a proposal that confirms sets no `severity`");
    let nothing = "suggestions:\n  x:\n    when: {text: a}\n    then: {rationale: b}\n";
    assert_eq!(
        told(nothing),
        "m.yaml:4: a proposal needs a `severity`, a `scope`, a `status` or `confirm: true`"
    );
}

#[test]
fn what_a_status_asks_for_is_read_and_can_be_taken_away() {
    let asks = |methodology: &Methodology, word: &str| {
        let status = methodology.status_named(word).expect("a status");
        methodology.status(status).asks.clone()
    };
    let text = "statuses:\n  resolved: {asks: [Regression Test, remark, \"Approved in: which meeting\"]}\n  deferred: {asks: []}\n  \
                wont-fix: {asks: duplicate}\n";
    let methodology = good(text);
    let field = |name: &str, means: &str| Ask::Field { name: name.to_owned(), means: means.to_owned() };
    let words = vec![field("Regression test", ""), Ask::Remark, field("Approved in", "which meeting")];
    assert_eq!(asks(&methodology, "resolved"), Asks::Words(words));
    assert_eq!(asks(&methodology, "deferred"), Asks::Nothing);
    assert_eq!(asks(&methodology, "wont-fix"), Asks::Original);
    assert_eq!(asks(&Methodology::embedded(), "deferred"), Asks::Date);
    for (text, why) in [
        ("statuses:\n  resolved: {asks: [fix, date]}\n", "`date` is asked for alone"),
        ("statuses:\n  resolved: {asks: [Severity]}\n", "`Severity` is not asked for along with a status"),
    ] {
        assert!(told(text).contains(why), "{}", told(text));
    }
}

/// A file would be told that it is fine, and change nothing.
#[test]
fn a_guard_or_a_rule_without_a_value_is_taken_out_and_nothing_else_is() {
    let ours = good("policy: {unseen-downgrade: null}\nsuggestions:\n  missing-module:\n");
    let embedded = Methodology::embedded();
    assert_eq!(ours.policy().len() + 1, embedded.policy().len());
    assert!(ours.policy().iter().all(|guard| guard.name != "unseen-downgrade"));
    assert_eq!(ours.suggestions().len() + 1, embedded.suggestions().len());
    assert!(ours.suggestions().iter().all(|rule| rule.name != "missing-module"));
    assert!(told("suggestions: {missing-modul: }\n").ends_with("| did you mean `missing-module`?"));
    for (part, key) in [("levels", "P0"), ("scopes", "test"), ("statuses", "open"), ("rules", "2")] {
        let said = told(&format!("{part}:\n  {key}:\n"));
        assert!(said.starts_with(&format!("m.yaml:2: `{key}` has no value")), "{said}");
        assert!(said.contains(&format!("say `only: [{part}]`")), "{said}");
    }
    let kept = good("only: [levels, policy]\nlevels: {P0: , P1: }\npolicy: {production-only: }\n");
    assert_eq!((kept.levels().len(), kept.policy().len()), (2, 1));
    assert_eq!(kept.levels()[0].name, "Critical");
}
