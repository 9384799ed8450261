//! `regrade config`, the default file, and the schema that editors check files of settings with.

use std::fs;

use insta::assert_snapshot;
use regrade::config::{self, Config, Env};
use serde_json::Value;

use crate::place::Place;

/// A folder with a person's settings and a project's.
fn place(person: &str, project: &str) -> Place {
    let place = Place::with(".regrade.yaml", project);
    fs::create_dir_all(place.path("config")).unwrap();
    place.write("config/config.yaml", person);
    place
}

/// What is configured where this is the person's file.
fn load(text: &str) -> Config {
    let place = place(text, "");
    let env = Env { cwd: place.root().to_owned(), config_dir: Some(place.path("config")), ..Env::default() };
    config::load(&env, None).unwrap()
}

/// The lines that begin with one of these words.
fn lines(text: &str, words: &[&str]) -> String {
    let mine = text.lines().filter(|line| words.iter().any(|word| line.starts_with(word)));
    mine.collect::<Vec<_>>().join("\n")
}

/// Whoever mends one mistake would meet the next at each start.
#[test]
fn of_several_mistakes_the_first_is_told_with_the_command_that_tells_all() {
    let place = Place::with("bugs.md", "# Bugs\n\n### BUG-1: Crash\n- **Severity:** P0\n");
    place.write(".regrade.yaml", "mouse: 7\ncolumns: 3\n");
    let said = place.run(&["bugs.md"]);
    let set = place.run(&["list", "bugs.md"]);
    assert!(set.err.contains("regrade config --check ") && set.err.contains("all 2 mistakes"), "{}", set.err);
    assert!(said.code != 0);
    place.write(".regrade.yaml", "mouse: 7\n");
    let one = place.run(&["list", "bugs.md"]);
    assert!(!one.err.contains("--check"), "{}", one.err);
}

#[test]
fn what_is_set_is_told_with_whoever_says_so() {
    let place = place(
        "theme: light\nname: Eve\nkeys:\n  down: [j, z]\n",
        "# ours\nannotate: none\ncolours: {quiet: 245}\nmethodology:\n  levels: {P0: {sla: 4h}}\n",
    );
    let said = place.run(&["config"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let words = [
        "name",
        "annotate",
        "auto_advance",
        "columns",
        "theme",
        "preset",
        "keys.down",
        "keys.quit",
        "colours",
        "meth",
    ];
    assert_snapshot!(lines(&said.out, &words), @"
    name                     Eve                                           HERE/config/config.yaml:2
    annotate                 none                                          HERE/.regrade.yaml:2
    auto_advance             true                                          default
    columns                  [id, severity, scope, title, status, badges]  default
    theme                    light                                         HERE/config/config.yaml:1
    preset                   vim                                           default
    keys.down                [j, z]                                        HERE/config/config.yaml:4
    keys.quit                [q]                                           default
    colours.quiet            245                                           HERE/.regrade.yaml:3
    methodology              changed                                       HERE/.regrade.yaml:4
    ");
    let json = place.run(&["config", "--json"]).out;
    let set: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        set[1],
        serde_json::json!({ "name": "annotate", "value": "none", "origin": "HERE/.regrade.yaml:2" })
    );
}

#[test]
fn the_environment_goes_before_files_and_is_named() {
    let said = |vars: &[(&str, &str)]| {
        let place = place("theme: light\nname: Eve\n", "");
        let mut env =
            Env { cwd: place.root().to_owned(), config_dir: Some(place.path("config")), ..Env::default() };
        env.vars.extend(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let set = config::explain(&env, None).unwrap();
        let found =
            |name| set.iter().find(|set| set.name == name).map(|set| (set.shown(), set.origin.to_string()));
        (found("theme").unwrap(), found("name").unwrap())
    };
    let (theme, name) = said(&[("REGRADE_THEME", "dark"), ("REGRADE_NAME", "Bob <b@example.org>")]);
    assert_eq!((theme.0.as_str(), theme.1.as_str()), ("dark", "REGRADE_THEME"));
    assert_eq!((name.0.as_str(), name.1.as_str()), ("Bob <b@example.org>", "REGRADE_NAME"));
    let (theme, name) = said(&[("NO_COLOR", "1"), ("REGRADE_THEME", "dark")]);
    assert_eq!((theme.0.as_str(), theme.1.as_str(), name.0.as_str()), ("plain", "NO_COLOR", "Eve"));
}

#[test]
fn the_log_names_somebody_as_their_settings_do() {
    let place = place("name: Eve Example <eve@example.org>\n", "");
    place.write("bugs.md", "# Bugs\n\n### BUG-1: One\n- **Severity:** P0\n");
    let said =
        place.run(&["set", "bugs.md", "BUG-1", "--severity", "P2", "--rationale", "only a warning here"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(place.read("bugs.deviations.yaml").contains("by: Eve Example <eve@example.org>"));
    place.write(".regrade.yaml", "\nname: Mallory\n");
    let said = place.run(&["config"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_eq!(
        said.err,
        "regrade: HERE/.regrade.yaml:2: `name` is a person's, and only read from config.yaml\n"
    );
}

#[test]
fn files_are_checked_and_what_is_wrong_is_told_with_its_line() {
    let place = place("theme: light\n", "annotate: none\n\nthemes: dark\n");
    let said = place.run(&["config", "--check"]);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    assert!(
        said.out.starts_with("HERE/config/config.yaml: fine\nHERE/.regrade.yaml:3: unknown field `themes`"),
        "{}",
        said.out
    );
    assert!(said.out.ends_with("  hint: did you mean `theme`?\n"), "{}", said.out);
    let json = place.run(&["config", "--check", "--json"]).out;
    let wrong: Value = serde_json::from_str(json.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&wrong["line"], &wrong["path"]), (&Value::from(3), &Value::from("HERE/.regrade.yaml")));
    assert_eq!(place.run(&["config", "--check", "config/config.yaml"]).code, 0);
    assert_eq!(place.run(&["config", "--check", "nowhere.yaml"]).code, 2);
    place.write(".regrade.yaml", "annotate: none\n");
    assert_eq!(place.run(&["config", "--check"]).code, 0);
}

#[test]
fn where_settings_are_looked_for_is_told() {
    let place = place("", "");
    assert_snapshot!(place.run(&["config", "--paths"]).out, @"
    person   HERE/config/config.yaml (found)
    project  HERE/.regrade.yaml (found)
    ");
    fs::remove_file(place.path("config/config.yaml")).unwrap();
    assert!(place.run(&["config", "--paths"]).out.contains("config.yaml (not there)"));
}

/// Somebody who begins with the default file would change what nobody meant to.
#[test]
fn the_default_file_changes_nothing_and_what_it_keeps_as_comments_is_right_too() {
    let text = Place::new().run(&["config", "--default"]).out;
    assert_eq!(text, config::sample());
    let open = |line: &str| {
        let members = ["# colours:", "# keys:", "# methodology:"];
        let is_member = line.starts_with("#   ") || members.contains(&line);
        if is_member { line.strip_prefix("# ").unwrap().to_owned() } else { line.to_owned() }
    };
    let opened: String = text.lines().map(|line| format!("{}\n", open(line))).collect();
    assert!(opened.contains("\nkeys:\n  down: [j, Down]\n") && opened.contains("\nmethodology:\n"));
    assert!(opened.contains("\n  name: Impact on production\n"), "{opened}");
    let (default, shown) = (Config::embedded(), |config: &Config| {
        let keys = config.keymap.bindings().map(|(action, keys)| format!("{} {keys:?}", action.name()));
        let roles = config.theme.roles();
        let styles = roles.iter().map(|role| format!("{role} {:?}", config.theme.style(role)));
        keys.chain(styles).collect::<Vec<_>>()
    });
    for text in [&text, &opened] {
        let config = load(text);
        assert_eq!(config.settings, default.settings);
        assert_eq!(shown(&config), shown(&default));
        let levels = |config: &Config| format!("{:?}", config.methodology.levels());
        assert_eq!(levels(&config), levels(&default));
    }
    assert_eq!(wrong(&opened), None);
}

#[test]
fn the_schema_takes_what_is_read_and_refuses_what_is_not() {
    for good in [
        "",
        "theme: light\ncolumns: [id, title]\nmouse: false\n",
        "keys: {down: [j, Ctrl-x n], severity-0: 9, up: []}\ncolours: {severity.p9: 245, quiet: }\n",
        "methodology: {levels: {P0: {sla: 4h, hotkey: 9}}, only: [rules], policy: {x: {act: warn, message: Look., when: {severity: {not: [P0]}}}}}\n",
    ] {
        load(good);
        assert_eq!(wrong(good), None, "{good}");
    }
    for (bad, at) in [
        ("theem: light\n", "/theem"),
        ("theme: lihgt\n", "/theme"),
        ("mouse: sometimes\n", "/mouse"),
        ("columns: [id, tilte]\n", "/columns/1"),
        ("columns: [id, id]\n", "/columns"),
        ("keys: {dwon: j}\n", "/keys/dwon"),
        ("colours: {quite: 245}\n", "/colours/quite"),
        ("methodology: {levels: {P0: {slaa: 4h}}}\n", "/methodology/levels/P0"),
        ("methodology: {policy: {x: {act: wran}}}\n", "/methodology/policy/x"),
    ] {
        assert_eq!(wrong(bad).as_deref(), Some(at), "{bad}");
        let file = Place::with("x.yaml", bad);
        assert!(
            !config::check(&regrade::config::Env::default(), &file.path("x.yaml")).unwrap().is_empty(),
            "{bad}"
        );
    }
}

/// The first place of a file that the schema refuses.
fn wrong(text: &str) -> Option<String> {
    let schema: Value = serde_json::from_str(&Place::new().run(&["config", "--schema"]).out).unwrap();
    let place = Place::with("x.yaml", text);
    let value: Option<Value> = regrade::yaml::read(text, &place.path("x.yaml")).unwrap();
    refused(&schema, &value.unwrap_or_default(), "")
}

/// Checks a value against as much of JSON Schema as the schema uses.
pub fn refused(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let here = || Some(at.to_owned());
    if let Some(any) = schema["anyOf"].as_array() {
        return if any.iter().any(|schema| refused(schema, value, at).is_none()) { None } else { here() };
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) { None } else { here() };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = &schema["type"];
    if kinds.as_str() != Some(kind) && !kinds.as_array().is_some_and(|kinds| kinds.contains(&kind.into())) {
        return here();
    }
    match value {
        Value::Array(items) => {
            let twice = (1..items.len()).any(|at| items[..at].contains(&items[at]));
            let mut wrong = items.iter().enumerate();
            let found =
                wrong.find_map(|(index, item)| refused(&schema["items"], item, &format!("{at}/{index}")));
            found.or_else(|| if twice && schema["uniqueItems"] == true { here() } else { None })
        }
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            let at = format!("{at}/{name}");
            let is_open = ["severity.", "scope.", "status."].iter().any(|open| name.starts_with(open));
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(schema), _) => refused(schema, member, &at),
                (None, Value::Bool(false)) if is_open && schema.get("patternProperties").is_some() => None,
                (None, Value::Bool(false)) => Some(at),
                (None, schema) => refused(schema, member, &at),
            }
        }),
        _ => None,
    }
}

#[test]
fn a_project_begins_with_the_whole_methodology_and_changes_nothing_by_that() {
    let place = Place::new();
    let before = place.run(&["methodology"]);
    assert!(
        before.code == 0 && before.out.contains("P0 Critical") && before.out.contains("Deviation rules"),
        "{}",
        before.out
    );
    assert_eq!(place.run(&["methodology", "--init"]).code, 0);
    let after = place.run(&["methodology"]);
    assert!(after.out.contains("Cost leak") || after.out.contains("cost leak"), "{}", after.out);
    assert_eq!(place.run(&["methodology", "--check"]).code, 0);
    let again = place.run(&["methodology", "--init"]);
    assert!(again.code == 1 && again.err.contains("there is such a file already"), "{}", again.err);
    let text = place.read(".regrade.yaml");
    let own: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    assert_eq!(own, [] as [&str; 0]);
    let renamed = text
        .replace("# methodology:", "methodology:")
        .replace("#   levels:", "  levels:")
        .replace("#     P0:", "    P0:");
    place.write(".regrade.yaml", renamed.replacen("#       name: Critical", "      name: Showstopper", 1));
    assert!(place.run(&["methodology"]).out.contains("P0 Showstopper"));
    place.write(".regrade.yaml", "methodology:\n  levels: {P0: {slaa: 3h}}\n");
    let wrong = place.run(&["methodology", "--check"]);
    assert!(wrong.code == 1 && wrong.out.contains(".regrade.yaml:2"), "{wrong:?}");
}

/// A small file in a folder of the project would switch off the guards of all of it.
#[test]
fn a_folders_file_changes_what_the_projects_file_says_entry_by_entry() {
    let root = "methodology:\n  levels: {P0: {key: BLK, sla: 2h}, P2: {name: Nuisance}}\n  policy: {terse: {act: block, message: Say more., when: {rationale: {at_most: 30}}}}\n";
    let place = place("methodology:\n  levels: {P3: {name: Wish}}\n", root);
    fs::create_dir_all(place.path("sub/deep")).unwrap();
    place.write("sub/.regrade.yaml", "methodology:\n  levels: {BLK: {name: Stop}, P2: {sla: 5d}}\n");
    place.write("sub/deep/bugs.md", "# B\n\n### A-1: x\n- **Severity:** P1\n");
    let report = "sub/deep/bugs.md";
    let told: Value = serde_json::from_str(&place.run(&["methodology", report, "--json"]).out).unwrap();
    let level = |at: usize, member: &str| told["levels"][at][member].as_str().unwrap().to_owned();
    assert_eq!(
        (level(0, "key"), level(0, "name"), level(0, "sla")),
        ("BLK".into(), "Stop".into(), "2h".into())
    );
    assert_eq!(
        (level(2, "name"), level(2, "sla"), level(3, "name")),
        ("Nuisance".into(), "5d".into(), "Wish".into())
    );
    assert_eq!(told["sources"].as_array().unwrap().len(), 3);
    let short =
        place.run(&["set", report, "A-1", "--severity", "P2", "--rationale", "It is only a nuisance."]);
    assert!(short.code == 1 && short.err.contains("Say more."), "{short:?}");
    let paths =
        place.run(&["config", report, "--paths"]).out.replace(&place.root().display().to_string(), "HERE");
    assert_eq!(
        paths.lines().skip(1).collect::<Vec<_>>(),
        ["project  HERE/.regrade.yaml (found)", "project  HERE/sub/.regrade.yaml (found)"]
    );
    let check = place.run(&["methodology", report, "--check"]);
    assert_eq!((check.code, check.out.lines().count()), (0, 3), "{check:?}");
}

/// Nobody could tell from what is printed when a guard speaks, or what a rule proposes.
#[test]
fn the_methodology_says_when_its_rules_hold_and_is_told_to_programs_too() {
    let place = Place::new();
    let said = place.run(&["methodology"]).out;
    for line in [
        "  when change: {from: P0, direction: down}, seen: false\n",
        "production-cost  → confirm · Production\n",
        "missing-module  → P1 · Test infrastructure\n  when severity: [P0, P1, none], fields: {error: ",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("→ \n") && !said.contains("→\n"), "{said}");
    let told: Value = serde_json::from_str(&place.run(&["methodology", "--json"]).out).unwrap();
    let names = |part: &str| told[part].as_array().unwrap().len();
    let embedded = regrade::methodology::Methodology::embedded();
    assert_eq!((names("levels"), names("scopes")), (embedded.levels().len(), embedded.scopes().len()));
    assert_eq!(
        (names("policy"), names("suggestions")),
        (embedded.policy().len(), embedded.suggestions().len())
    );
    assert_eq!((&told["levels"][0]["key"], &told["levels"][0]["sla"]), (&"P0".into(), &"24h".into()));
    assert_eq!(told["policy"][0]["when"], "severity: P0, scope: {not: [production, none]}");
    assert_eq!(told["suggestions"][0]["confirm"], true);
}

/// Whoever begins a file would not know how a guard or a rule is written.
#[test]
fn a_new_file_of_a_project_explains_guards_and_rules() {
    let place = Place::new();
    assert_eq!(place.run(&["methodology", "--init"]).code, 0);
    let text = place.read(".regrade.yaml");
    for said in [
        "count: {at_least: 2}",
        "rationale: {at_most: 20}",
        "paths: {some: test, none: production, count: {at_least: 1}}",
        "The first rule that holds speaks",
        "without a value",
    ] {
        assert!(text.contains(said), "{said}");
    }
    let rules = "methodology:\n  suggestions: {missing-module: }\n  policy: {unseen-downgrade: }\n";
    place.write(".regrade.yaml", rules);
    let check = place.run(&["methodology", "--check"]);
    let said = place.run(&["methodology"]).out;
    assert!(
        check.code == 0 && !said.contains("missing-module") && !said.contains("unseen-downgrade"),
        "{said}"
    );
}

/// A script would stop for a key that it never presses.
#[test]
fn a_clash_of_keys_stops_the_desk_and_no_command() {
    let place = Place::with("bugs.md", "# B\n\n### A-1: x\n- **Severity:** P0\n");
    place.write(".regrade.yaml", "keys: {save: j}\n");
    assert_eq!(place.run(&["list", "bugs.md"]).code, 0);
    assert_eq!(place.run(&["set", "bugs.md", "A-1", "--confirm"]).code, 0);
    assert_eq!(place.run(&["config", "--check"]).code, 1);
}

const WRONG: &str = "\
themee: dark
annotate: sort
keys:
  undoo: u
  down: [Ctlr-z]
colours: {quiet: rde}
methodology:
  levels:
    P0: {sla: soon, hotky: x}
    P1: {name: Critical}
  policy:
    mine:
      when: {severity: [P8, P9], scope: tset}
      act: blok
  suggestions:
    rule:
      when: {text: '(a', paths: {all: tset}}
      then: {severity: P7, rationale: '{modul}'}
  rationale:
    templates: {t: {text: a, severity: P6}}
";

/// A file would be mended one mistake a run. What comes of a mistake is not told beside it: `mine` has an `act`.
#[test]
fn all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines() {
    let place = place("", WRONG);
    let check = place.run(&["methodology", "--check"]);
    assert_eq!((check.code, check.err.as_str()), (1, ""));
    let (lines, hints): (Vec<&str>, Vec<&str>) =
        check.out.lines().partition(|line| !line.starts_with("  hint: "));
    let told: Vec<&str> =
        lines[1..].iter().map(|line| line.trim_start_matches("HERE/.regrade.yaml:")).collect();
    let heads: Vec<String> = told.iter().map(|line| line.chars().take(46).collect()).collect();
    assert_eq!(
        heads,
        [
            "1: unknown field `themee`, expected one of `na",
            "2: `sort` is none of the words that may stand ",
            "4: `undoo` is no action",
            "5: `Ctlr-z` is no key; expected a character or",
            "6: `rde` is no part of a style; expected a col",
            "9: methodology.levels.P0: unknown field `hotky",
            "9: `soon` is no time; expected hours, days or ",
            "10: `Critical` means both `P0` and `P1`",
            "12: guard `mine` has no `message`",
            "13: `P8` is no level; expected P0, P1, P2, P3",
            "13: `P9` is no level; expected P0, P1, P2, P3",
            "13: `tset` is no scope; expected production, t",
            "14: methodology.policy.mine.act: `blok` is non",
            "17: `(a` is no regular expression: unclosed gr",
            "17: `tset` is no pattern and no kind of path; ",
            "18: `P7` is no level; expected P0, P1, P2, P3",
            "20: `P6` is no level; expected P0, P1, P2, P3",
        ]
    );
    assert!(hints.len() == 11 && hints.contains(&"  hint: did you mean `block`?"), "{hints:?}");
    let first = place.run(&["methodology"]);
    assert_eq!((first.code, first.out.as_str()), (2, ""));
}

/// Where each file is right, and they are not together, all of that is told too.
#[test]
fn what_does_not_hold_together_is_told_whole() {
    let person = "methodology:\n  levels: {P0: {name: Ouch}, P1: {name: Argh}}\n";
    let project = "methodology:\n  levels:\n    P2: {name: Ouch}\n    P3: {name: Argh}\n";
    let place = place(person, project);
    let said = place.run(&["config", "--check"]).out;
    let told = ["yaml:3: `Ouch` means both `P0` and `P2`", "yaml:4: `Argh` means both `P1` and `P3`"];
    assert!(told.iter().all(|told| said.contains(told)), "{said}");
}

/// It was taken for a report, and said to be fine.
#[test]
fn a_file_of_settings_in_the_place_of_a_report_is_checked_itself() {
    let place = place("", "");
    place.write("team.yaml", "methodology:\n  levels:\n    P0: {sla: soon}\n");
    place.write("good.yml", "methodology:\n  levels:\n    P0: {sla: 4h}\n");
    for command in ["methodology", "config"] {
        let said = place.run(&[command, "team.yaml", "--check"]);
        assert_eq!((said.code, said.err.as_str()), (1, ""));
        assert!(said.out.contains("HERE/team.yaml:3: `soon` is no time"), "{}", said.out);
        assert_eq!(place.run(&[command, "good.yml", "--check"]).out, "HERE/good.yml: fine\n");
        assert_eq!(place.run(&[command, "none.yaml", "--check"]).code, 2);
        place.write("bugs.md", "### BUG-1: a\n");
        let of_report = place.run(&["config", "--check", "bugs.md"]);
        assert_eq!(
            of_report.out,
            place.run(&["config", "bugs.md", "--check"]).out,
            "no report is a file of settings"
        );
        let said = place.run(&[command, "team.yaml"]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert!(said.err.contains("team.yaml: this is a file of settings, and no report"), "{}", said.err);
        assert!(said.err.contains("hint: --check tells whether it is right"), "{}", said.err);
    }
}
