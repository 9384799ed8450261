//! Every view on every screen: how it looks, that no colour carries what words do not, and that no report and no
//! size breaks it.

mod awkward;
mod colour;
mod readable;
mod small;
mod views;

use std::fs;

use insta::assert_snapshot;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regrade::app::lobby::{Lobby, Offer};
use regrade::config::Theme;
use regrade::fault::{Fault, Kind};
use regrade::tui::{Script, Step, script};
use regrade::ui;

use crate::desk::{Table, keys};

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
        log.iter().for_each(|log| table.place.write("bugs.deviations.yaml", log));
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
