//! Random keys, pastes, sizes and edits on the desk's real loop, on hostile reports and on real ones: nothing
//! breaks, the report is not touched without a save, what is undone leaves no trace, and no cell of any frame
//! holds what a terminal would obey or more columns than the layout gave it.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use regrade::app::Mouse;
use regrade::app::mouse::Does;
use regrade::config::{Code, Key};
use regrade::deviation::Log;
use regrade::fault::Fault;
use regrade::text::display;
use regrade::tui::{Awaited, Console, Incoming, Seen, Step};

use super::{hostile, number};
use crate::desk::Table;
use crate::generated::generator::Dice;
use crate::place::shared;

/// How many cases run where no time is given, and how many events each has.
const CASES: u64 = 25;
const EVENTS: usize = 120;

/// What a person presses, the deciding keys more often than others.
const KEYS: &str = "tbv0123sxc.0123jjjkkgGJKhlDLMSC?/vfun*u wy:eop[]W,;<>";

/// Words that mean something to the popups.
const WORDS: [&str; 6] = ["coverage", "imp", "sev:P0", "is:undecided", "nothing in production breaks", "a"];

/// A console at which somebody presses whatever they like.
struct Restless {
    dice: Dice,
    left: usize,
    saves: bool,
    /// What is wrong with the first frame that is.
    wrong: Option<String>,
}

impl Restless {
    fn new(case: u64, events: usize, saves: bool) -> Restless {
        Restless { dice: Dice(case), left: events, saves, wrong: None }
    }

    fn event(&mut self) -> Incoming {
        match self.dice.below(40) {
            0 => Incoming::Paste(self.pasted()),
            1 => Incoming::Resize(1 + self.dice.below(200) as u16, 1 + self.dice.below(60) as u16),
            2 => Incoming::Resize(1 + self.dice.below(12) as u16, 1 + self.dice.below(8) as u16),
            3 => Incoming::Paste(self.dice.pick(&WORDS).to_owned()),
            4..6 => Incoming::Mouse(self.mouse()),
            6..9 => Incoming::Key(Key::plain(Code::Esc)),
            9..13 => Incoming::Key(Key::plain(Code::Enter)),
            _ => Incoming::Key(self.key()),
        }
    }

    fn mouse(&mut self) -> Mouse {
        let does = match self.dice.below(4) {
            0 => Does::DoubleClick,
            1 => Does::Wheel(self.dice.below(7) as isize - 3),
            _ => Does::Click,
        };
        Mouse { x: self.dice.below(220) as u16, y: self.dice.below(70) as u16, does }
    }

    fn pasted(&mut self) -> String {
        let text = hostile::text(&mut self.dice);
        text.repeat(self.dice.pick(&[1, 1, 1, 200]))
    }

    fn key(&mut self) -> Key {
        let letters: Vec<char> = KEYS.chars().collect();
        let any = |dice: &mut Dice| char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('\u{301}');
        let code = match self.dice.below(20) {
            0 => Code::Char(any(&mut self.dice)),
            1 => Code::Char(hostile::text(&mut self.dice).chars().next().unwrap_or('x')),
            2..6 => self.dice.pick(&[Code::Tab, Code::Up, Code::Down, Code::Left, Code::Right]),
            6 => self.dice.pick(&[
                Code::Home,
                Code::End,
                Code::PageUp,
                Code::PageDown,
                Code::Insert,
                Code::F(5),
            ]),
            7 => self.dice.pick(&[Code::Backspace, Code::Delete]),
            _ => Code::Char(self.dice.pick(&letters)),
        };
        let (ctrl, alt) = (self.dice.below(10) == 0, self.dice.below(12) == 0);
        let key = Key::new(code, ctrl, alt, self.dice.below(20) == 0);
        let saves =
            matches!(key.code(), Code::Char('w' | 's')) && (key.ctrl() || key.code() == Code::Char('w'));
        if saves && !self.saves { Key::plain(Code::Char('u')) } else { key }
    }
}

impl Console<TestBackend> for Restless {
    fn next(&mut self, awaited: Awaited) -> io::Result<Option<Incoming>> {
        if awaited != Awaited::Nothing && self.dice.below(2) == 0 {
            thread::sleep(Duration::from_millis(1));
            return Ok(None);
        }
        if self.left == 0 || self.wrong.is_some() {
            return Ok(Some(Incoming::Closed));
        }
        self.left -= 1;
        Ok(Some(self.event()))
    }

    fn waiting(&mut self) -> io::Result<Option<Incoming>> {
        let more = self.left > 0 && self.dice.below(4) == 0;
        self.left -= usize::from(more);
        Ok(more.then(|| self.event()))
    }

    fn take_mouse(&mut self, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn append(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn watch(&mut self, _: Box<dyn Fn() -> Seen + Send>) {}

    fn drawn(&mut self, frame: &Buffer) {
        self.wrong = self.wrong.take().or_else(|| wrong(frame));
    }

    fn resized(&mut self, backend: &mut TestBackend, width: u16, height: u16) {
        backend.resize(width, height);
    }

    fn edit(&mut self, text: &str) -> io::Result<(String, Option<Fault>)> {
        Ok((format!("{text}{}", hostile::text(&mut self.dice)), None))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let hidden = text.lines().any(|line| !display::is_visible(line));
        if hidden {
            self.wrong.get_or_insert(format!("copied: {text:?}"));
        }
        Ok(())
    }

    fn open(&mut self, _: &Path, _: Option<u32>) -> io::Result<Option<Fault>> {
        Ok(None)
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The first cell that a terminal would obey, or that reaches out of its row. What stands behind a wide
/// character is never shown.
fn wrong(buffer: &Buffer) -> Option<String> {
    let width = usize::from(buffer.area.width.max(1));
    buffer.content.chunks(width).enumerate().find_map(|(y, row)| {
        let mut free = 0;
        row.iter().enumerate().find_map(|(x, cell)| {
            let (symbol, columns) = (cell.symbol(), display::width(cell.symbol()));
            if x < free {
                return None;
            }
            free = x + columns;
            let fits = columns >= 1 && free <= width;
            let is_shown = display::is_visible(symbol) && !symbol.chars().any(char::is_control);
            (!fits || !is_shown).then(|| format!("cell {x},{y} is {symbol:?}, {columns} wide"))
        })
    })
}

/// The report of a case: hostile, or a real one where they are at hand.
fn report(case: u64) -> Vec<u8> {
    let real: Vec<_> = match shared("corpus/md").filter(|_| case % 2 == 1) {
        Some(folder) => fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect(),
        None => Vec::new(),
    };
    let mut dice = Dice(case);
    let mut real: Vec<_> =
        real.into_iter().filter(|path| path.metadata().is_ok_and(|meta| meta.len() < 200_000)).collect();
    real.sort();
    if real.is_empty() {
        hostile::report(&mut dice)
    } else {
        fs::read(&real[dice.below(real.len())]).unwrap()
    }
}

/// What goes wrong in a case, if anything.
fn fault(case: u64, events: usize) -> Option<String> {
    let report = report(case);
    let table = Table::new(&report).sized(80, 24);
    let saves = case % 4 >= 2;
    let bytes = || fs::read(table.path()).unwrap();
    let mut sat_down = 0;
    let mut left = events;
    while left > 0 && sat_down < 30 {
        let mut console = Restless::new(case ^ (sat_down << 32), left, saves);
        table.run_on(&mut console).unwrap();
        (left, sat_down) = (console.left, sat_down + 1);
        if console.wrong.is_some() {
            return console.wrong;
        }
        if !saves && bytes() != report {
            return Some("the report was touched without a save".to_owned());
        }
    }
    let undo = format!("<Esc><Esc><Esc>{}w", "u".repeat(events));
    table.play([Step::Settle, Step::keys(&undo), Step::Settle]);
    let problems = Log::read(table.log().as_bytes()).verify();
    match () {
        () if bytes() != report && !saves => Some("undoing all does not give the report".to_owned()),
        () if !problems.is_empty() => Some(format!("the log does not hold: {problems:?}")),
        () => None,
    }
}

#[test]
fn whatever_is_pressed_nothing_breaks_and_undoing_leaves_no_trace() {
    let from = number("REGRADE_FUZZ_FROM").unwrap_or(0);
    let until = number("REGRADE_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut failures = Vec::new();
    let mut case = from;
    while until.map_or(case < from + CASES, |until| Instant::now() < until) {
        let found = catch_unwind(AssertUnwindSafe(|| fault(case, EVENTS)));
        let found = found.unwrap_or_else(|_| Some("a panic".to_owned()));
        failures.extend(found.map(|what| format!("case {case}: {what}")));
        case += 1;
    }
    let events = (case - from) * EVENTS as u64;
    eprintln!("{events} keys, pastes, edits and sizes, {} wrong", failures.len());
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Frames that nobody looks at would be fuzzed in vain.
#[test]
fn a_frame_with_a_raw_cell_or_one_that_reaches_out_is_wrong() {
    assert_eq!(wrong(&Buffer::with_lines(["a日b"])), None);
    for symbol in ["\u{202E}", "\u{1b}", "日", "\u{301}", "\u{1b}[0m"] {
        let mut buffer = Buffer::with_lines(["abc"]);
        buffer[(2, 0)].set_symbol(symbol);
        assert!(wrong(&buffer).is_some(), "{symbol:?}");
    }
}
