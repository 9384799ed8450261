//! What the README shows is made by the program. `REGRADE_BLESS=1 cargo test docs` writes it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use regrade::config::{self, Action, Config, Env, Group, Sequence};
use regrade::methodology::LevelId;
use regrade::proposal;
use regrade::text::display;
use regrade::tui::Step;

use crate::desk::Table;
use crate::place::Place;

const SAMPLE: &str = include_str!("../assets/sample.md");

/// Width and height of a cell in the picture, and the size of its letters.
const CELL: (f32, f32, u32) = (8.4, 18.0, 14);

#[test]
fn the_keys_in_the_readme_are_those_of_the_key_map() {
    let readme = fs::read_to_string(root("README.md")).unwrap();
    expect(&root("README.md"), &between(&between(&readme, "keys", &keys()), "presets", &presets()));
}

/// An editor would refuse what is right, or help with what is gone.
#[test]
fn the_schema_for_editors_is_made_from_what_reads_the_settings() {
    expect(&root("assets/schema/regrade.schema.json"), &config::schema());
    expect(&root("assets/schema/decisions.schema.json"), &proposal::schema());
}

#[test]
fn the_picture_in_the_readme_is_what_the_desk_looks_like() {
    let marks: String = (1..=22).map(|bug| if bug == 7 { "j" } else { "<Space>" }).collect();
    let decided = "/BUG-007<Enter>2<Alt-s>c<Alt-2>A coverage setting the tool no longer knows.<Enter><Esc>g";
    let asked = "1<Alt-s>tKeeps tests from running; no production code is touched.";
    let steps = vec![Step::keys(decided), Step::keys(&marks), Step::keys(asked)];
    expect(&root("assets/desk.svg"), &picture(&Table::new(SAMPLE).sized(120, 34).buffer(steps)));
}

/// Who copies the example would be refused.
#[test]
fn the_settings_in_the_readme_are_ones_that_hold() {
    let readme = fs::read_to_string(root("README.md")).unwrap();
    let (_, settings) = readme.split_once("```yaml\n# yaml-language-server").unwrap();
    let (settings, _) = settings.split_once("\n```").unwrap();
    let place = Place::with("bugs.md", "# Bugs\n");
    fs::create_dir(place.path("docs")).unwrap();
    place.write("docs/summary.md", "{{report}}\n");
    place.write("docs/front.yaml", "phase: 6\n");
    place.write(".regrade.yaml", format!("# {settings}\n"));
    let said = place.run(&["config", "--check"]);
    assert!(said.code == 0, "{said:?}");
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text with another between the marks of this name.
fn between(text: &str, mark: &str, inner: &str) -> String {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let (before, rest) = text.split_once(&open).unwrap();
    let (_, after) = rest.split_once(&close).unwrap();
    format!("{before}{open}{inner}{close}{after}")
}

/// What is pressed in each preset, where that is not the same.
fn presets() -> String {
    let maps = ["vim", "emacs", "arrows"].map(|preset| {
        let place = Place::new();
        place.write(".regrade.yaml", format!("preset: {preset}\n"));
        let env = Env { cwd: place.root().to_owned(), ..Env::default() };
        config::load(&env, None).unwrap().keymap
    });
    let mut table = String::from("| | vim | emacs | arrows |\n|---|---|---|---|\n");
    for action in Action::all() {
        let pressed = maps.each_ref().map(|map| pressed(map.keys(action)));
        if pressed[1..].iter().any(|other| *other != pressed[0]) {
            writeln!(table, "| {} | {} |", action.help(), pressed.join(" | ")).unwrap();
        }
    }
    table
}

fn pressed(keys: &[Sequence]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
}

/// Compares a file with what it should be, or writes it.
fn expect(path: &Path, wanted: &str) {
    if std::env::var_os("REGRADE_BLESS").is_some() {
        fs::write(path, wanted).unwrap();
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "{} is out of date: REGRADE_BLESS=1 cargo test docs", path.display());
}

fn keys() -> String {
    let config = Config::embedded();
    let keymap = &config.keymap;
    let mut table = String::from("| | keys | |\n|---|---|---|\n");
    for group in Group::ALL {
        let mut title = group.title();
        let bound =
            Action::all().filter(|action| action.group() == group && !keymap.keys(*action).is_empty());
        for action in bound {
            let help = match action {
                Action::Severity(rank) => {
                    let level = config.methodology.level(LevelId(rank));
                    format!("{} to {} {}", action.help(), level.key, level.name)
                }
                _ => action.help().to_owned(),
            };
            writeln!(table, "| {title} | {} | {help} |", pressed(keymap.keys(action))).unwrap();
            title = "";
        }
    }
    table
}

/// A screen as an SVG: runs of cells of one look, one after the other.
fn picture(screen: &Buffer) -> String {
    let (wide, high) =
        (f32::from(screen.area.width) * CELL.0 + 20.0, f32::from(screen.area.height) * CELL.1 + 20.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"{}\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n",
        CELL.2
    );
    for (row, cells) in screen.content.chunks(usize::from(screen.area.width)).enumerate() {
        let mut column = 0;
        for run in cells.chunk_by(|a, b| look(a) == look(b)) {
            draw(&mut svg, run, column, row);
            column += run.len();
        }
    }
    svg + "</svg>\n"
}

fn draw(svg: &mut String, run: &[Cell], column: usize, row: usize) {
    let (x, y) = (10.0 + column as f32 * CELL.0, 10.0 + row as f32 * CELL.1);
    let (ink, ground, bold) = look(&run[0]);
    let width = run.len() as f32 * CELL.0;
    if ground != "#16181d" {
        writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{ground}\"/>",
            CELL.1
        )
        .unwrap();
    }
    let text = text(run);
    if text.trim().is_empty() {
        return;
    }
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let baseline = y + CELL.1 * 0.75;
    writeln!(svg, "<text x=\"{x:.1}\" y=\"{baseline:.1}\" fill=\"{ink}\"{weight} textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{text}</text>").unwrap();
}

/// The text of cells, without the blanks that stand in for the second half of a wide letter.
fn text(run: &[Cell]) -> String {
    let mut text = String::new();
    let mut covered = 0;
    for cell in run {
        if covered == 0 {
            text.push_str(cell.symbol());
        }
        covered = display::width(cell.symbol()).max(covered).saturating_sub(1);
    }
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Ink, ground, and whether it is bold.
fn look(cell: &Cell) -> (String, String, bool) {
    let (ink, ground) = (colour(cell.fg, "#d5d8df"), colour(cell.bg, "#16181d"));
    let ink = if cell.modifier.contains(Modifier::DIM) { "#7d828e".to_owned() } else { ink };
    let bold = cell.modifier.contains(Modifier::BOLD);
    if cell.modifier.contains(Modifier::REVERSED) { (ground, ink, bold) } else { (ink, ground, bold) }
}

fn colour(colour: Color, otherwise: &str) -> String {
    let named = |name: &str| name.to_owned();
    match colour {
        Color::Reset => named(otherwise),
        Color::Black => named("#16181d"),
        Color::Red | Color::LightRed => named("#f07178"),
        Color::Green | Color::LightGreen => named("#a5cd84"),
        Color::Yellow | Color::LightYellow => named("#ffcb6b"),
        Color::Blue | Color::LightBlue => named("#82aaff"),
        Color::Magenta | Color::LightMagenta => named("#c792ea"),
        Color::Cyan | Color::LightCyan => named("#89ddff"),
        Color::Gray | Color::White => named("#d5d8df"),
        Color::DarkGray => named("#7d828e"),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(index) => indexed(index),
    }
}

/// A colour of the 256 that terminals share: a cube of six steps, then greys.
fn indexed(index: u8) -> String {
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    match index {
        0..16 => colour(
            [
                Color::Black,
                Color::Red,
                Color::Green,
                Color::Yellow,
                Color::Blue,
                Color::Magenta,
                Color::Cyan,
                Color::Gray,
            ][usize::from(index % 8)],
            "#d5d8df",
        ),
        16..232 => {
            let at = index - 16;
            format!("#{:02x}{:02x}{:02x}", step(at / 36), step(at / 6 % 6), step(at % 6))
        }
        _ => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index - 232)),
    }
}
