//! Popups where there is little room, and how they hang together: what was chosen stays in sight, what is said is seen.

use regrade::tui::Step;

use crate::desk::Table;

const REPORT: &str = "\
# Bugs

- P1 (High): 9

## P0 Bugs

### BUG-1: Crash in the importer
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError

## P1 Bugs

### BUG-3: Slow test
- **Severity:** P1 - Timeout
";

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

fn shown(size: (u16, u16), typed: &str) -> String {
    let table = Table::new(REPORT).sized(size.0, size.1);
    let (_, screens) = table.play([Step::keys(typed), Step::Settle, Step::Screenshot]);
    screens[0].clone()
}

/// Asserts that a screen says all of these.
fn assert_says(screen: &str, said: &[&str]) {
    said.iter().for_each(|said| assert!(screen.contains(said), "no {said:?} in\n{screen}"));
}

/// Somebody would record a scope or a rule that they do not see.
#[test]
fn what_was_chosen_for_a_decision_is_in_sight_at_every_size() {
    for size in SIZES {
        let screen = shown(size, "*2<Alt-s>c<Alt-2>");
        assert_says(&screen, &["3 bugs", "scope Configuration", "rule 2 Missing critical", "› "]);
    }
}

/// Somebody would decide on bugs that the popup itself hides.
#[test]
fn the_bugs_of_a_decision_are_named_as_far_as_there_is_room() {
    for size in SIZES {
        assert_says(&shown(size, "*2"), &["BUG-1, BUG-2, BUG-3 "]);
    }
    let many: String = (10..40).map(|at| format!("### BUG-{at}: Slow\n- **Severity:** P0\n\n")).collect();
    let table = Table::new(format!("# Bugs\n\n{many}"));
    let (_, screens) = table.play([Step::keys("*2"), Step::Screenshot]);
    assert_says(&screens[0], &["BUG-10, BUG-11, ", "BUG-17 … and 22 more"]);
}

#[test]
fn what_the_policy_says_is_read_on_in_where_there_is_little_room() {
    let (before, after) = (shown((40, 12), "*2"), shown((40, 12), "*2<PageDown><PageDown><PageDown>"));
    assert_says(&before, &["more lines · PgDn PgUp read on"]);
    assert!(!before.contains("(2 bugs)"), "{before}");
    assert_says(&after, &["(2 bugs)", "rule none", "above · PgUp reads back"]);
    assert_eq!(shown((40, 12), "*2<PageDown><PageDown><PageDown><PageUp><PageUp><PageUp>"), before);
}

/// What was pasted could not be looked through.
#[test]
fn a_long_rationale_has_the_room_that_there_is_and_can_be_gone_through() {
    let words: String = (0..300).map(|at| format!("word{at} ")).collect();
    for (size, least) in [((120, 40), 25), ((80, 24), 13)] {
        let table = Table::new(REPORT).sized(size.0, size.1);
        let up = "<Up>".repeat(40);
        let steps = [Step::keys("2"), Step::Paste(words.clone()), Step::Screenshot, Step::keys(&up)];
        let (_, screens) = table.play(steps.into_iter().chain([Step::Screenshot]));
        let rows = screens[0].lines().filter(|line| line.contains("word")).count();
        assert!(rows >= least, "{rows} rows of {}", screens[0]);
        assert_says(&screens[0], &["word299"]);
        assert_says(&screens[1], &["word0 "]);
    }
    assert_says(&shown((80, 24), "2"), &["─ offers, 1 of "]);
}

#[test]
fn a_scope_alone_says_from_what_to_what() {
    for size in SIZES {
        let screen = shown(size, "st");
        assert_says(&screen, &["Set the scope", "scope – → Test"]);
        assert!(!screen.contains("Reclassify"), "{screen}");
    }
}

/// A key would seem to be dead.
#[test]
fn what_a_key_answers_on_a_page_is_seen_and_undone_there() {
    for size in SIZES {
        assert_says(&shown(size, "C"), &["○ claim", "P1 claims 9"]);
        assert_says(&shown(size, "C<Enter>"), &["Line 3 · P1", "P1 (High): 9"]);
        assert_says(&shown(size, "Cf"), &["1 claim set to what is", "● claim", "→ set to 1", "u"]);
        let again = Table::new(REPORT).sized(size.0, size.1);
        let steps = [Step::keys("Cf"), Step::Settle, Step::keys("f"), Step::Settle, Step::Screenshot];
        assert_says(&again.play(steps).1[0], &["no claim has to be set anew"]);
        let steps = [Step::keys("Cf"), Step::Settle, Step::keys("u"), Step::Settle, Step::Screenshot];
        let back = &Table::new(REPORT).sized(size.0, size.1).play(steps).1[0];
        assert_says(back, &["undone: 1 claim", "○ claim"]);
    }
    assert_says(&shown((80, 24), "C"), &["f set all claims ○"]);
}

#[test]
fn a_key_that_is_nothing_in_a_picker_is_said_to_be_at_every_size() {
    for size in SIZES {
        for picker in ["s", "x", "t", "e", "r"] {
            assert_says(&shown(size, &format!("{picker}z")), &["z is nothing here"]);
        }
    }
}

#[test]
fn a_status_form_says_what_it_wants_and_what_is_wrong_once_and_in_full() {
    for size in SIZES {
        assert_says(&shown(size, "xn"), &["who can answer", "what has to be known"]);
        assert_says(&shown(size, "xf"), &["2026-12-01, 24 dec", "friday"]);
        let wrong = shown(size, "xfyesterday");
        assert_eq!(wrong.matches("no day").count(), 1, "{wrong}");
        assert_says(&wrong, &["such as 2026-12-01", "friday"]);
        assert!(!wrong.contains("! │") && !wrong.contains("Tab next"), "{wrong}");
    }
}

/// What was filled in would have to be looked for.
#[test]
fn escape_from_the_rationale_of_a_status_goes_back_to_its_form() {
    let screen = shown((80, 24), "xrin main<Alt-Enter><Esc>");
    assert_says(&screen, &["Resolved: BUG-1", "Fix              in main"]);
    let rationale = shown((80, 24), "xrin main<Alt-Enter>");
    assert_says(&rationale, &["Record a fix", "Enter record  Esc back", "\n Esc back"]);
    let rationale = shown((80, 24), "2");
    assert_says(&rationale, &["Enter record  Esc leave", "\n Esc leave"]);
}

#[test]
fn alt_enter_records_from_any_line_of_a_form_and_ctrl_j_begins_a_line() {
    let finding = shown((80, 24), "riNone of it<Ctrl-j>is real<Alt-Enter>");
    assert_says(&finding, &["finding: None of it is real"]);
    assert_says(&shown((80, 24), "ri"), &["Ctrl-j line", "Enter record"]);
}

#[test]
fn lines_of_a_form_that_are_out_of_sight_are_told() {
    assert_says(&shown((40, 8), "rf"), &["↓ 4 more"]);
    assert_says(&shown((40, 8), "rf<Tab><Tab><Tab><Tab>"), &["↑ ", "↓ "]);
    assert_says(&shown((40, 12), "rt<Alt-Enter>"), &["plan"]);
    assert!(!shown((40, 12), "rt<Alt-Enter>").contains("the task, as the pl…\n"));
}

#[test]
fn a_filter_without_a_match_says_what_escape_goes_back_to() {
    assert_says(&shown((80, 24), "/sev:P0<Enter>/ zzzz"), &["Esc goes back to “sev:P0”."]);
    assert_says(&shown((80, 24), "/zzzz"), &["Esc goes back to all bugs."]);
    assert_says(&shown((80, 24), "/zzzz<Enter>"), &["Esc clears the filter."]);
}

#[test]
fn counts_are_in_words_that_fit_them() {
    assert_says(&shown((80, 24), "2nine char"), &["1 more character "]);
    assert_says(&shown((80, 24), "<Space><Space>xu"), &["2 bugs are duplicates of"]);
    assert_says(&shown((80, 24), "xu"), &["BUG-1 is a duplicate of"]);
    assert_says(&shown((80, 24), "*xu"), &["every bug of the report is among them"]);
}

#[test]
fn a_question_and_a_chosen_action_are_said_in_full() {
    let objection = shown((40, 12), "G0Customers lose orders by it.<Enter><Enter>");
    assert_says(&objection, &["! a reason is needed, 3 characters", "why is it right all the", "same?"]);
    let palette = shown((40, 12), ":next-match").replace(['│', '\n'], " ");
    let palette = palette.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_says(&palette, &["Move to the next bug that matches the filter, also after it was cleared n"]);
}

/// Half a border would stand in the last line of the desk, or a frame would jump while it is read.
#[test]
fn frames_leave_the_last_line_whole_and_stay_where_they_are() {
    for (size, keys) in [((120, 40), "?"), ((80, 24), "f")] {
        let screen = shown(size, keys);
        let last = screen.lines().last().unwrap_or_default();
        assert!(!last.contains(['╰', '╯', '─']), "{screen}");
    }
    let column = |screen: &str| screen.lines().find_map(|line| line.find("╭ Export"));
    let armed = Table::new(REPORT).sized(120, 40);
    let steps = [Step::keys("<Enter>ec"), Step::Settle, Step::keys("e"), Step::Screenshot];
    let (_, screens) = armed.play(steps.into_iter().chain([Step::keys("c"), Step::Settle, Step::Screenshot]));
    assert!(screens[1].contains("again writes over it"), "{}", screens[1]);
    assert_eq!(column(&screens[0]), column(&screens[1]));
    assert!(
        !screens[0].lines().filter(|line| line.contains("bugs.summary.md")).any(|line| line.contains('…'))
    );
}

/// Somebody would take the half of a sentence for the whole.
#[test]
fn what_is_cut_in_a_popup_ends_in_a_sign() {
    let screen = shown((40, 12), "*2");
    let last = screen.lines().filter(|line| line.contains("Alt-s")).count();
    let rows: Vec<&str> = screen.lines().collect();
    let scope = rows.iter().position(|row| row.contains("Alt-s")).unwrap();
    assert!(last == 1 && rows[scope - 1].trim_end_matches(['│', ' ']).ends_with('…'), "{screen}");
}

/// A range could be left only by whoever knows how.
#[test]
fn how_to_drop_a_range_is_said_at_every_size() {
    for size in SIZES {
        assert_says(&shown(size, "vj"), &["Esc drop range", "for 2 bugs"]);
    }
}

/// A name would be cut where there is room for it.
#[test]
fn a_long_name_is_said_whole_where_there_is_room() {
    let name = "BUG-IMPORTER-CRASHES-ON-EMPTY-INPUT-FILES";
    let report = REPORT.replace("### BUG-1: Crash in the importer\n", &format!("### {name}\n"));
    let said = |size: (u16, u16)| {
        let table = Table::new(&report).sized(size.0, size.1);
        table.play([Step::keys("2because it is so<Enter>"), Step::Screenshot]).1[0].clone()
    };
    assert_says(&said((120, 40)), &[&format!("✓ {} P0→P2", name.to_lowercase())]);
    assert_says(&said((40, 12)), &["…", "P0→P2"]);
}

/// A key that does nothing, or a list whose end nobody can tell, would be on the screen.
#[test]
fn popups_name_the_keys_that_count_and_say_how_far_they_are_scrolled() {
    assert!(!shown((80, 24), "?").contains("F1 the keys that count here"));
    assert_says(&shown((80, 24), "?"), &["┃"]);
    assert_says(&shown((80, 24), "M"), &["┃"]);
    assert_says(&shown((80, 12), "f"), &["┃"]);
    assert!(!shown((80, 24), ":<F1>").contains('┃'), "all of it is in sight");
    assert_says(&shown((80, 24), "2"), &["Tab take offer"]);
    assert!(!shown((80, 24), "2Nothing like what is on offer").contains("Tab take offer"));
}

/// What is decided would be seen, and not what it takes the place of; or a word would run into what it means.
#[test]
fn popups_say_what_was_before_and_line_up_what_words_mean() {
    let report = REPORT.replace("P1 - Timeout\n", "P1 - Timeout\n- **Status:** open\n");
    let table = Table::new(report).sized(120, 40);
    let (_, screens) =
        table.play([Step::keys("Gx"), Step::keys("f+2w<Enter>"), Step::Settle, Step::Screenshot]);
    assert_says(&screens[0], &["status open → "]);
    let facets = shown((80, 40), "f");
    let column = |said: &str| {
        facets.lines().find_map(|line| line.split_once(said)).map(|(before, _)| before.chars().count())
    };
    assert_eq!(column("not decided yet"), column("its text was not on"), "{facets}");
}

/// Numbers that do not add up would be looked for elsewhere.
#[test]
fn bugs_without_a_level_are_counted_at_the_foot_and_nothing_stands_there_for_no_bugs() {
    let report = format!("{REPORT}\n## Others\n\n### BUG-4: Odd one\n\nNothing is known.\n");
    let table = Table::new(report).sized(120, 40);
    let (_, screens) = table.play([Step::Screenshot]);
    assert_says(&screens[0], &["P0 2  P1 1  none 1 "]);
    let (_, screens) = Table::new("# Bugs\n").sized(120, 40).play([Step::Screenshot]);
    assert!(!screens[0].contains('→'), "{}", screens[0]);
}
