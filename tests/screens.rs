//! Every view on every screen: how it looks, that no colour carries what words do not, and that no report and no
//! size breaks it.

use std::fs;

use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use regrade::app::lobby::{Lobby, Offer};
use regrade::config::Theme;
use regrade::fault::{Fault, Kind};
use regrade::text::display;
use regrade::tui::{Script, Step, script};
use regrade::ui;

use crate::desk::Table;

const WHY: &str = "Only the tests are concerned.";

/// Every size that a view must be readable at.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: Crash in the importer, whose title goes on longer than a small screen is wide
- **Severity:** P0 - ImportError
- **Status:** open

### BUG-2: Second crash
- **Severity:** P0 - ImportError

## P1 Bugs

### BUG-3: Slow test
- **Severity:** P1 - Timeout
";

fn keys(keys: &str) -> Step {
    Step::keys(keys)
}

/// A script whose editor breaks, and in which others change what the first bug is judged by.
fn script(table: &Table, steps: impl IntoIterator<Item = Step>) -> Script {
    let path = table.path();
    let fault = || Fault::new(Kind::Unwritable, "vi ended with exit status 1").hint("what was typed is kept");
    let change = move || {
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen("ImportError", "DataLoss", 1)).unwrap();
    };
    Script::new(steps).with_editor(move |text| (text.to_owned(), Some(fault()))).with_others(change)
}

/// The screens that these steps lead to, one for each size, the first at its top.
fn screens(settled: &[Step], log: Option<&str>) -> String {
    let screen = |(width, height)| {
        let table = Table::new(REPORT).sized(width, height);
        log.iter().for_each(|log| fs::write(table.place.path("bugs.deviations.yaml"), log).unwrap());
        let mut script = script(&table, settled.iter().cloned().chain([Step::Screenshot]));
        table.run(&mut script);
        format!("{width}x{height}\n{}\n", script.screens()[0])
    };
    SIZES.map(screen).join("\n")
}

/// What is drawn without a desk, one picture for each size.
fn pictures(draw: impl Fn(&mut ratatui::Frame<'_>)) -> String {
    let picture = |(width, height)| {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(&draw).unwrap();
        format!("{width}x{height}\n{}\n", script::picture(terminal.backend().buffer()))
    };
    SIZES.map(picture).join("\n")
}

#[test]
fn popups_are_readable_at_every_size() {
    let changed = [keys(&format!("2{WHY}<Enter>")), Step::OthersUnnoticed, keys("R")];
    for (name, steps) in [
        ("scope picker", &[keys("s")][..]),
        ("status picker", &[keys("x")]),
        ("sort picker", &[keys("t")]),
        ("export picker", &[keys("<Enter>e")]),
        ("policy objection", &[keys(&format!("G0{WHY}<Enter>because"))]),
        ("settle", &changed),
        ("quit question", &[keys("<Enter>q")]),
        ("error", &[keys("2<Ctrl-e>")]),
        ("palette without a match", &[keys(":zzz")]),
    ] {
        assert_snapshot!(name, screens(steps, None));
    }
    assert_snapshot!("notice", screens(&[], Some("--- [\n")));
}

fn offer(name: &str, title: &str, unsaved: usize, recent: bool) -> Offer {
    let (path, name, title) = (name.into(), name.to_owned(), title.to_owned());
    Offer { path, name, title, bugs: 22, reviewed: 7, unsaved, recent }
}

fn lobby() -> Lobby {
    Lobby::new(vec![
        offer(
            "nightly.md",
            "Nightly run of the ferries' ticketing, with a heading longer than most",
            3,
            false,
        ),
        offer("audit.md", "Audit", 0, false),
        offer("../of/last/year/in/a/folder/far/away/nightly.md", "日本語の報告", 0, true),
    ])
}

#[test]
fn what_comes_before_the_desk_is_readable_at_every_size() {
    let theme = Theme::named("plain").unwrap();
    assert_snapshot!("lobby", pictures(|frame| ui::draw_lobby(Some(&lobby()), &theme, frame)));
    assert_snapshot!("lobby while looking", pictures(|frame| ui::draw_lobby(None, &theme, frame)));
    let recent = Lobby::new(vec![offer("../of/last/year/nightly.md", "Nightly run", 3, true)]);
    assert_snapshot!("lobby of recent", pictures(|frame| ui::draw_lobby(Some(&recent), &theme, frame)));
    let mut empty = lobby();
    empty.paste("zzz");
    assert_snapshot!("lobby without a match", pictures(|frame| ui::draw_lobby(Some(&empty), &theme, frame)));
    let mut refused = lobby();
    refused.refused =
        Some("audit.md: cannot read this: No such file or directory (check the path)".to_owned());
    assert_snapshot!("lobby with a refusal", pictures(|frame| ui::draw_lobby(Some(&refused), &theme, frame)));
    let opening = |said: &'static str, percent| {
        pictures(|frame| ui::draw_opening("nightly.md", said, percent, &theme, frame))
    };
    assert_snapshot!("opening gauge", opening("reading", Some(42)));
    assert_snapshot!("opening without a gauge", opening("finding the bugs", None));
}

/// Every view by its name, the keys that open it from the list, and what it says of the report above where there is
/// room; the question before leaving comes last, since on another report its key may leave.
const VIEWS: &[(&str, &str, &str)] = &[
    ("list", "", "Second crash"),
    ("list by severity", "b", "P1 High · 1 bug"),
    ("range", "v", "1 in range"),
    ("detail", "l", "• Severity"),
    ("preview", "p", "this bug names no files"),
    ("rationale", "2Only the", "Only the"),
    ("rationale on many", "*2", "3 bugs"),
    ("rules", "2<Alt-r>", "Which rule does it stand under?"),
    ("note", "cTo be seen", "To be seen"),
    ("keys of a popup", "2<F1>", "Keys here"),
    ("error", "2<Ctrl-e>", "That did not work"),
    ("scopes", "s", "What does it really affect?"),
    ("statuses", "x", "What has become of it?"),
    ("form of a fix", "xrCommit 41fa1643<Tab>", "Commit 41fa1643"),
    ("form of a deferral", "xfsoon", "soon"),
    ("originals", "xuse", "Second crash"),
    ("sorting", "t", "Sort by"),
    ("objection", "G0Customers lose orders by it.<Enter><Enter>", "a reason is needed"),
    ("settling", "X", "no longer fit the report"),
    ("facets", "f", "Facets"),
    ("terms", "/se", "severity"),
    ("values", "/sev:", "sev:P0"),
    ("what is no filter", "/is:nothing ", "! "),
    ("palette", ":sev", "Actions"),
    ("palette without a match", ":zzz", "no such action"),
    ("which key", "y", "leaves"),
    ("help", "?", "Move to the next bug"),
    ("diff", "D", "what saving would change"),
    ("log", "L", "Deviation log"),
    ("check", "C", "BUG-"),
    ("methodology", "M", "Levels"),
    ("searching", "M/template", "/ template"),
    ("statistics", "S", "reviewed"),
    ("quitting", "q", "Quit?"),
];

/// Leads from any view back to the list as it was.
const BACK: &str = "<Esc><Esc><Esc><Esc>h";

/// A desk whose log is damaged, and on which a decision waits to be settled and another to be saved, is led through
/// every view; `looks` is done in each, and first where it tells of the log.
fn walk(table: &Table, looks: &[Step]) -> Script {
    fs::write(table.place.path("bugs.deviations.yaml"), "--- [\n").unwrap();
    let decide = format!("<Esc>g2{WHY}<Enter>");
    let begin = [keys(&decide), Step::OthersUnnoticed, keys("R"), Step::Settle, keys("<Esc><Esc>G<Enter>g")];
    let view = |(name, open, _): &(&str, &str, &str)| {
        let toggles = if matches!(*name, "preview" | "list by severity") { *open } else { "" };
        let back = keys(&format!("{BACK}{toggles}g"));
        [&[keys(open), Step::Settle][..], looks, &[back, Step::Settle]].concat()
    };
    let steps = looks.iter().cloned().chain(begin).chain(VIEWS.iter().flat_map(view));
    let mut script = script(table, steps);
    table.run(&mut script);
    script
}

/// The names of the views in the order in which a walk comes by them.
fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("notice").chain(VIEWS.iter().map(|(name, ..)| *name))
}

fn is_coloured(cell: &Cell) -> bool {
    (cell.fg, cell.bg) != (Color::Reset, Color::Reset)
}

#[test]
fn no_colour_says_what_words_do_not() {
    for (width, height) in SIZES {
        let table = Table::new(REPORT).sized(width, height).configured("theme: dark\n");
        let dark = walk(&table, &[Step::Screenshot]);
        // In the same folder, for pages name it.
        let table = table.configured("theme: plain\n");
        fs::remove_dir_all(table.place.path("state")).unwrap();
        fs::write(table.path(), REPORT).unwrap();
        let plain = walk(&table, &[Step::Screenshot]);
        assert_eq!((dark.screens().len(), plain.screens().len()), (VIEWS.len() + 1, VIEWS.len() + 1));
        for (at, name) in names().enumerate() {
            let (coloured, plainly) = (&dark.screens()[at], &plain.screens()[at]);
            assert!(coloured == plainly, "{name} at {width}x{height}\n{coloured}\n{plainly}");
            assert!(
                dark.frames()[at].content.iter().any(is_coloured),
                "{name} has no colours to compare with"
            );
            let cell = plain.frames()[at].content.iter().find(|cell| is_coloured(cell));
            assert_eq!(cell, None, "{name} at {width}x{height}\n{plainly}");
        }
    }
}

/// A test that never comes to a view says nothing of it.
#[test]
fn every_view_opens_on_its_keys() {
    let walked = walk(&Table::new(REPORT).sized(120, 40), &[Step::Screenshot]);
    for ((name, _, said), screen) in VIEWS.iter().zip(&walked.screens()[1..]) {
        assert!(screen.contains(said), "{name} does not say {said:?}\n{screen}");
    }
}

/// Titles that are cut or wrapped wherever they are shown, no part of one like another.
fn long_titles() -> [String; 2] {
    let words = (1..=40).map(|at| format!("w{at:03}")).collect::<Vec<_>>().join(" ");
    let ideographs = (0..200).filter_map(|at| char::from_u32(0x4E00 + 7 * at)).collect();
    [words, ideographs]
}

/// What no terminal agrees on, and what is longer than any screen is wide.
fn awkward() -> String {
    let [words, ideographs] = long_titles();
    let (id, status) = ("A".repeat(200), "still being looked at ".repeat(10));
    format!(
        "# 報告 👩\u{200D}👩\u{200D}👧\u{200D}👦\n\n## P0 Bugs {words}\n\n\
        ### BUG-1: {words}\n- **Severity:** P0 - ImportError\n- **Status:** {status}\n\n\
        ### BUG-2: {ideographs}\n- **Severity:** P0 - 輸入錯誤\n- **Status:** 未対応 {ideographs}\n\n\
        ### BUG-3: 👩\u{200D}👩\u{200D}👧\u{200D}👦 and 🏳\u{FE0F}\u{200D}🌈 of 🇩🇪🇫🇷 wave 👋🏽 at ☠\u{FE0F} 1\u{FE0F}\u{20E3}\n\
        - **Severity:** P0\n- **Status:** 🚫 👩🏽\u{200D}🚀\n- **File:** src/日本/👩\u{200D}🚀.py\n\n\
        ### BUG-4: Z\u{338}\u{322}\u{31B}a\u{334}l\u{335}g\u{336}o e\u{301}t क्षि ガｶﾞ שלום مرحبا ﷽ {}\n- **Severity:** P0\n\n\
        ### BUG-{id}: Long id\n- **Severity:** P1 - Timeout\n- **Status:** open\n\n\
        | 列 | {words} |\n|---|---|\n| 👋🏽 | {ideographs} |\n\n```\n{ideographs}{words}\n```\n",
        "a\u{301}".repeat(200),
    )
}

const ONE: &str = "# Bugs\n\n### BUG-1: Alone\n- **Severity:** P1 - ImportError\n";

const NONE: &str = "# Nothing was found\n\nAll is well.\n";

fn many() -> String {
    let bug = |at| {
        let level = at % 4;
        format!("### BUG-{at}: Bug {at} of ten thousand\n- **Severity:** P{level} - ImportError\n\n")
    };
    format!("# Bugs\n\n{}", (1..=10_000).map(bug).collect::<String>())
}

/// Asserts that no row of a picture is wider than the screen.
fn assert_fits(screen: &str, width: u16, name: &str) {
    let wide = screen.lines().find(|row| display::width(row) > usize::from(width));
    assert_eq!(wide, None, "{name} at {width}\n{screen}");
}

/// A row that shows the beginning of a title and hides its rest without saying so: the row neither has all of it nor
/// goes on with `…`, nor does the title go on in the next. What the list beneath shows of it may be under a popup.
fn hiding<'a>(title: &str, screen: &'a str, beneath: &str) -> Option<&'a str> {
    let begin: String = title.chars().take(4).collect();
    let (rows, beneath): (Vec<&str>, Vec<&str>) = (screen.lines().collect(), beneath.lines().collect());
    let hides = |y: &usize| {
        let row = rows[*y];
        let Some(at) = row.find(&begin) else { return false };
        let shown = title.chars().zip(row[at..].chars()).take_while(|(one, other)| one == other).count();
        let rest: String = title.chars().skip(shown).collect();
        let next: String = rest.trim_start().chars().take(4).collect();
        let end = row[at..].char_indices().nth(shown).map_or(row.len(), |(end, _)| at + end);
        let goes_on = rows.get(y + 1).is_some_and(|row| row.contains(&next));
        let is_beneath = beneath.get(*y).is_some_and(|row| row.starts_with(&rows[*y][..end]));
        !rest.is_empty() && !row[end..].starts_with('…') && !goes_on && !is_beneath
    };
    (0..rows.len()).find(hides).map(|y| rows[y])
}

#[test]
fn awkward_reports_fit_every_screen_and_no_title_is_cut_silently() {
    for (width, height) in SIZES {
        let walked = walk(&Table::new(awkward()).sized(width, height), &[Step::Screenshot]);
        assert_eq!(walked.screens().len(), VIEWS.len() + 1);
        let list = &walked.screens()[1];
        for (name, screen) in names().zip(walked.screens()) {
            assert_fits(screen, width, name);
            let beneath = if screen == list { "" } else { list };
            for title in long_titles() {
                assert_eq!(hiding(&title, screen, beneath), None, "{name} at {width}x{height}\n{screen}");
            }
        }
    }
}

#[test]
fn a_report_of_one_bug_of_none_or_of_ten_thousand_fits_every_screen() {
    for report in [ONE, NONE, &many()] {
        for (width, height) in SIZES {
            let walked = walk(&Table::new(report).sized(width, height), &[Step::Screenshot]);
            assert!(walked.screens().len() >= VIEWS.len(), "it was left before its end");
            names().zip(walked.screens()).for_each(|(name, screen)| assert_fits(screen, width, name));
        }
    }
}

#[test]
fn no_screen_is_too_small_and_every_view_is_resized_while_it_is_open() {
    let look = |(width, height)| [Step::Resize(width, height), Step::Screenshot];
    let sizes = [(1, 1), (2, 2), (10, 3), (40, 12), (1, 40), (120, 1), (120, 40)];
    for (width, height) in [(1, 1), (2, 2), (10, 3), (120, 40)] {
        let looks = [vec![Step::Screenshot], sizes.map(look).concat()].concat();
        let walked = walk(&Table::new(awkward()).sized(width, height), &looks);
        assert_eq!(walked.screens().len(), (VIEWS.len() + 1) * (sizes.len() + 1));
    }
}
