//! What a person relies on when settings come from several places.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::methodology::LevelId;
use crate::report::{Annotate, Moving};

/// A home and a project in a folder of their own.
struct Place {
    folder: tempfile::TempDir,
    env: Env,
}

impl Place {
    fn new(person: Option<&str>, project: Option<&str>) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let reports = root.join("project/reports/deep");
        fs::create_dir_all(&reports).expect("folders");
        fs::create_dir_all(root.join("config")).expect("folders");
        person.into_iter().for_each(|text| fs::write(root.join("config/config.yaml"), text).expect("a file"));
        project
            .into_iter()
            .for_each(|text| fs::write(root.join("project/.regrade.yaml"), text).expect("a file"));
        let env = Env { cwd: reports, config_dir: Some(root.join("config")), ..Env::default() };
        Place { folder, env }
    }

    fn with(mut self, name: &str, value: &str) -> Place {
        self.env.vars.insert(name.to_owned(), value.to_owned());
        self
    }

    fn load(&self) -> Config {
        load(&self.env, Some(Path::new("bugs.md"))).expect("good files")
    }

    /// What a person is told, hints included, paths shortened to their file names.
    fn told(&self) -> String {
        let fault = load(&self.env, Some(Path::new("bugs.md"))).expect_err("a file is wrong");
        let said = fault.to_string();
        let said =
            said.rsplit_once("config.yaml:").map(|(_, rest)| format!("config.yaml:{rest}")).unwrap_or(said);
        let said = said
            .rsplit_once(".regrade.yaml:")
            .map(|(_, rest)| format!(".regrade.yaml:{rest}"))
            .unwrap_or(said);
        [vec![said], fault.hints().to_vec()].concat().join(" | ")
    }
}

fn keys(config: &Config, action: Action) -> String {
    config.keymap.keys(action).iter().map(Sequence::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_comes_with_the_program_holds_together() {
    let config = Place::new(None, None).load();
    assert_eq!(config.settings, Settings::default());
    assert_eq!(config.theme.name(), "dark");
    assert_eq!(Config::embedded().settings, config.settings);
    assert_eq!(keys(&config, Action::Severity(0)), "0");
    assert_eq!(keys(&config, Action::Save), "w Ctrl-s");
    assert_eq!(config.keymap.keys(Action::Severity(4)), []);
    let unbound: Vec<_> = Action::all().filter(|action| config.keymap.keys(*action).is_empty()).collect();
    assert!(unbound.iter().all(|action| matches!(action, Action::Severity(4..))), "{unbound:?}");
    for (action, keys) in config.keymap.bindings() {
        assert!(keys.iter().all(|key| config.keymap.find(key.keys()) == Found::Action(action)));
    }
}

#[test]
fn the_project_goes_over_the_person_and_the_environment_over_both() {
    let person = "annotate: none\ntheme: light\nauto_advance: false\n";
    let place = Place::new(Some(person), Some("annotate: rationale\nsections: keep\n"));
    let settings = place.load().settings;
    assert_eq!((settings.annotate, settings.sections), (Annotate::Rationale, Moving::Keep));
    assert_eq!((settings.auto_advance, settings.theme.as_str()), (false, "light"));
    assert_eq!(place.with("REGRADE_THEME", "high-contrast").load().theme.name(), "high-contrast");
}

#[test]
fn no_color_means_no_colour() {
    assert_eq!(Place::new(Some("theme: light\n"), None).with("NO_COLOR", "1").load().theme.name(), "plain");
}

#[test]
fn the_theme_follows_the_background_where_nobody_says_otherwise() {
    let dark = Place::new(None, None).load().theme;
    assert_eq!((dark.name(), dark.follows()), ("dark", true));
    assert_eq!(dark.on(Some(Shade::Light)).name(), "light");
    let place = Place::new(None, None).with("COLORFGBG", "0;15");
    assert_eq!(place.load().theme.name(), "light");
    assert!(!place.with("NO_COLOR", "1").load().theme.follows());
    assert!(!Place::new(None, None).with("TERM", "linux").load().theme.follows());
    let on = |term| Place::new(None, None).with("TERM", term);
    for term in ["linux", "vt100", "ansi", "xterm"] {
        let theme = on(term).load().theme;
        assert_eq!((theme.name(), theme.follows()), ("high-contrast", false), "{term}");
        assert_eq!(on(term).with("COLORTERM", "truecolor").load().theme.name(), "dark", "{term}");
    }
    assert_eq!(on("xterm-256color").load().theme.name(), "dark");
    let chosen = Place::new(Some("theme: colour-blind\n"), None).with("COLORFGBG", "0;15").load().theme;
    assert_eq!(chosen.clone().on(Some(Shade::Light)), chosen);
    assert_eq!(chosen.name(), "colour-blind");
}

#[test]
fn colours_of_a_file_change_roles_and_stay_when_the_background_is_known() {
    let text = "colours:\n  severity.p0: '#ff0000 bold'\n  severity.p7: 245\n  quiet:\n";
    let theme = Place::new(Some(text), None).load().theme;
    let light = theme.clone().on(Some(Shade::Light));
    for theme in [&theme, &light] {
        assert_eq!(theme.style("severity.p0"), Style::parse("#ff0000 bold").expect("a style"));
        assert_eq!(theme.style("severity.p7"), Style::parse("245").expect("a style"));
        assert_eq!(theme.style("quiet"), Style::default());
    }
    let told = |text: &str| Place::new(Some(text), None).told();
    assert_eq!(
        told("colours:\n  severity.p0: red\n  list.cursr: red\n"),
        "config.yaml:3: `list.cursr` is no role of a theme | did you mean `list.cursor`?"
    );
    assert!(told("colours:\n  quiet: rde\n").starts_with("config.yaml:2: `rde` is no part of a style"));
}

#[test]
fn of_the_project_files_above_the_report_the_nearest_goes_before() {
    let place = Place::new(None, Some("annotate: none\nsections: keep\n"));
    assert_eq!(load(&place.env, None).expect("good").settings.annotate, Annotate::None);
    fs::write(place.env.cwd.join(".regrade.yaml"), "annotate: rationale\n").expect("a file");
    let settings = place.load().settings;
    assert_eq!((settings.annotate, settings.sections), (Annotate::Rationale, Moving::Keep));
    let elsewhere = place.folder.path().join("config/bugs.md");
    assert_eq!(load(&place.env, Some(&elsewhere)).expect("good").settings.annotate, Annotate::Short);
}

#[test]
fn an_empty_file_and_a_missing_folder_are_fine() {
    let mut place = Place::new(Some("# nothing yet\n"), Some(""));
    assert_eq!(place.load().settings, Settings::default());
    place.env.config_dir = Some(PathBuf::from("/nowhere/at/all"));
    assert_eq!(place.load().settings, Settings::default());
}

#[test]
fn columns_are_those_that_are_named_and_a_wrong_name_is_told_by_its_line() {
    let place = |columns: &str| Place::new(Some(&format!("annotate: short\ncolumns: {columns}\n")), None);
    assert_eq!(place("[title, id]").load().settings.columns, [Column::Title, Column::Id]);
    let told = place("[id, titel]").told();
    assert!(told.starts_with("config.yaml:2: ") && told.contains("`titel`"), "{told}");
    let told = place("[id, id]").told();
    assert!(told.starts_with("config.yaml:2: ") && told.contains("twice"), "{told}");
}

#[test]
fn a_methodology_in_a_file_of_settings_is_laid_over() {
    let person = "methodology:\n  levels:\n    P0: {name: Mine}\n    P4: {name: Idea}\n";
    let project = "methodology:\n  levels:\n    P0: {name: Ours, hotkey: '!'}\n";
    let config = Place::new(Some(person), Some(project)).load();
    assert_eq!(config.methodology.level(LevelId(0)).name, "Ours");
    assert_eq!(config.methodology.level(LevelId(4)).name, "Idea");
    assert_eq!(
        (keys(&config, Action::Severity(0)), keys(&config, Action::Severity(4))),
        ("!".into(), "4".into())
    );
    let wrong = "annotate: none\nmethodology:\n  levels:\n    P0: {slaa: 4h}\n";
    assert!(
        Place::new(None, Some(wrong))
            .told()
            .starts_with(".regrade.yaml:4: methodology.levels.P0: unknown field `slaa`")
    );
    let clash = "methodology:\n  levels:\n    P1:\n      name: Critical\n";
    assert_eq!(Place::new(None, Some(clash)).told(), ".regrade.yaml:4: `Critical` means both `P0` and `P1`");
}

#[test]
fn keys_of_a_file_replace_those_of_the_action() {
    let config = Place::new(
        Some("keys:\n  down: [F5, Ctrl-n]\n  up: p\n"),
        Some("keys: {up: Ctrl-p, severity-0: 9}\n"),
    )
    .load();
    assert_eq!(
        (keys(&config, Action::Down), keys(&config, Action::Up)),
        ("F5 Ctrl-n".into(), "Ctrl-p".into())
    );
    assert_eq!(config.keymap.action(Key::plain(Code::Char('j'))), None);
    assert_eq!(
        (keys(&config, Action::Severity(0)), config.keymap.action(Key::plain(Code::Char('0')))),
        ("9".into(), None)
    );
}

/// Who changes presets would lose what can be done.
#[test]
fn every_preset_binds_every_action_and_moving_by_arrows_needs_no_letter() {
    let of = |preset: &str| Place::new(Some(&format!("preset: {preset}\n")), None).load();
    let all: Vec<Action> = of("vim").keymap.bindings().map(|(action, _)| action).collect();
    assert!(all.contains(&Action::CopyDecision) && all.contains(&Action::Severity(3)));
    for preset in ["emacs", "arrows"] {
        let config = of(preset);
        assert_eq!(config.keymap.bindings().map(|(action, _)| action).collect::<Vec<_>>(), all, "{preset}");
        assert_eq!(keys(&config, Action::Severity(2)), "2", "{preset}");
    }
    assert_eq!(keys(&of("emacs"), Action::Quit), "Ctrl-x Ctrl-c");
    let arrows = of("arrows");
    let is_letter = |sequence: &Sequence| {
        let letters =
            |key: &Key| !key.ctrl() && !key.alt() && matches!(key.code(), Code::Char(c) if c.is_alphabetic());
        sequence.keys().iter().any(letters)
    };
    for (action, keys) in arrows.keymap.bindings().filter(|(action, _)| action.group() == Group::Move) {
        assert!(!keys.iter().all(is_letter), "{} {keys:?}", action.name());
    }
}

#[test]
fn keys_of_a_file_change_those_of_the_preset() {
    let text = "preset: emacs\nkeys: {quit: Ctrl-x k, down: j}\n";
    let config = Place::new(Some(text), None).load();
    assert_eq!((keys(&config, Action::Quit), keys(&config, Action::Down)), ("Ctrl-x k".into(), "j".into()));
    assert_eq!(keys(&config, Action::Save), "Ctrl-x Ctrl-s");
    let prefix = [Key::parse("Ctrl-x").expect("a key")];
    assert_eq!(config.keymap.find(&prefix), Found::Prefix);
    let following = config.keymap.following(&prefix);
    let save = (Key::parse("Ctrl-s").expect("a key"), Follows::Action(Action::Save));
    assert!(following.contains(&save), "{following:?}");
    let told = Place::new(Some("preset: emcas\n"), None).told();
    assert!(
        told.starts_with("config.yaml:1: `emcas` is none of the words that may stand here, expected one of"),
        "{told}"
    );
    assert!(told.ends_with("did you mean `emacs`?"), "{told}");
}

/// A key that both does something and begins something would never do the one or never reach the other.
#[test]
fn what_does_something_begins_nothing_else() {
    let told = |text: &str| Place::new(Some(text), None).told();
    assert_eq!(
        told("keys:\n  down: [j, w f]\n"),
        "config.yaml:2: `w` is bound to `save`, and begins `w f` for `down` | give `save` another key, or none: `save: []`"
    );
    assert_eq!(
        told("keys:\n\n  down: y\n"),
        "config.yaml:3: `y` is bound to `down`, and begins the keys of `copy-id` | give `copy-id` another key, or none: `copy-id: []`"
    );
    assert!(told("keys: {down: [y i]}\n").contains("`y i` is bound to both `copy-id` and `down`"));
    assert!(told("keys: {down: Ctrl-c}\n").contains("`Ctrl-c` always interrupts"));
    let free = "keys: {down: y, copy-id: [], copy-title: [], copy-bug: [], copy-decision: []}\n";
    assert_eq!(keys(&Place::new(Some(free), None).load(), Action::Down), "y");
}

#[test]
fn a_clash_of_keys_is_named_by_its_line() {
    let told = |text: &str| Place::new(Some(text), None).told();
    assert_eq!(
        told("keys:\n  down:\n  - j\n  - u\n"),
        "config.yaml:4: `u` is bound to both `undo` and `down` | give `undo` another key, or none: `undo: []`"
    );
    assert!(told("keys:\n  down: [j, j]\n").starts_with("config.yaml:2: `j` stands twice for `down`"));
    assert!(
        told("keys: {down: 0}\n").starts_with("config.yaml:1: `0` is bound to both `severity-0` and `down`")
    );
    let hotkey = "methodology:\n  levels:\n    P0:\n      hotkey: u\n";
    assert!(
        told(hotkey).starts_with("config.yaml:4: `u` is bound to both `undo` and `severity-0`"),
        "{}",
        told(hotkey)
    );
    assert_eq!(keys(&Place::new(Some("keys:\n  down: u\n  undo: []\n"), None).load(), Action::Undo), "");
}

#[test]
fn an_unknown_name_is_answered_with_what_was_meant() {
    let told = |text: &str| Place::new(Some(text), None).told();
    assert_eq!(told("keys:\n  undoo: u\n"), "config.yaml:2: `undoo` is no action | did you mean `undo`?");
    assert_eq!(
        told("keys:\n  undo: [u, Ctlr-z]\n"),
        "config.yaml:2: `Ctlr-z` is no key; expected a character or a name such as `Enter`, `Ctrl-d`, `F5`"
    );
    assert!(told("themes: dark\n").ends_with("| did you mean `theme`?"));
    assert!(told("annotate: sort\n").ends_with("| did you mean `short`?"));
    assert_eq!(
        told("\ntheme: drak\n"),
        "config.yaml:2: `drak` is no theme; expected auto, dark, light, high-contrast, colour-blind, plain | did you mean `dark`?"
    );
    let place = Place::new(None, None).with("REGRADE_THEME", "drak");
    assert!(place.told().starts_with("REGRADE_THEME: `drak` is no theme"));
}

#[test]
fn a_file_that_cannot_be_read_is_not_passed_over() {
    let place = Place::new(None, None);
    fs::create_dir(place.folder.path().join("config/config.yaml")).expect("a folder");
    assert!(load(&place.env, None).is_err());
    let place = Place::new(None, None);
    fs::write(place.folder.path().join("config/config.yaml"), b"a: 1\nb: \xff\n").expect("a file");
    assert_eq!(place.told(), "config.yaml:2: not UTF-8");
}
