//! A console that plays a script: the real loop, without a terminal.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::{Awaited, Console, Incoming, Seen};
use crate::app::Mouse;
use crate::app::mouse::Does;
use crate::app::typed::typed;
use crate::fault::Fault;
use crate::ui;

/// One step of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Keys, one frame after each: `2coverage<Enter>`; `<` itself is `<lt>`.
    Keys(String),
    /// Keys that all wait already when the first is taken.
    Burst(String),
    /// A paste.
    Paste(String),
    /// A click on a cell: column and row from 0.
    Click(u16, u16),
    /// Two in a row.
    DoubleClick(u16, u16),
    /// The wheel turned over a cell, down by so many notches; up where they are less than none.
    Wheel(u16, u16, isize),
    /// Another size of the terminal: columns and rows.
    Resize(u16, u16),
    /// Others do something to the files, and that is noticed.
    Others,
    /// The same, and it is noticed only by whoever looks.
    OthersUnnoticed,
    /// A wait until no worker has anything left to answer.
    Settle,
    /// A wait until the whole report is there as well.
    Whole,
    /// A picture of the screen, once no worker has anything left to answer.
    Screenshot,
}

impl Step {
    /// Keys, one frame after each.
    pub fn keys(keys: &str) -> Step {
        Step::Keys(keys.to_owned())
    }
}

/// What the script does in place of an editor: the text it is given, and what it makes of it.
pub type Editor = Box<dyn FnMut(&str) -> (String, Option<Fault>)>;

/// What others do to the files in the meantime.
pub type Others = Box<dyn FnMut()>;

/// A script being played, and the pictures taken.
#[derive(Default)]
pub struct Script {
    queue: VecDeque<Cue>,
    screens: Vec<String>,
    frames: Vec<Buffer>,
    lines: String,
    editor: Option<Editor>,
    others: Option<Others>,
    copied: Vec<String>,
    suspended: usize,
    opened: Vec<(PathBuf, Option<u32>)>,
    has_mouse: bool,
}

/// One thing that happens.
enum Cue {
    Incoming { event: Incoming, at_once: bool },
    Others,
    Settle,
    Whole,
    Screenshot,
}

impl Script {
    /// A script of these steps, which begin once all that opening asks for is done; the desk is closed at its end.
    ///
    /// # Panics
    ///
    /// Where a key is not written as keys are.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Script {
        let queue = std::iter::once(Step::Settle).chain(steps).flat_map(cues).collect();
        Script { queue, ..Script::default() }
    }

    /// Edits with this in place of an editor.
    #[must_use]
    pub fn with_editor(mut self, editor: impl FnMut(&str) -> (String, Option<Fault>) + 'static) -> Script {
        self.editor = Some(Box::new(editor));
        self
    }

    /// Has others do this.
    #[must_use]
    pub fn with_others(mut self, others: impl FnMut() + 'static) -> Script {
        self.others = Some(Box::new(others));
        self
    }

    /// The pictures taken, rows without the blanks at their ends.
    pub fn screens(&self) -> &[String] {
        &self.screens
    }

    /// The same with their colours.
    pub fn frames(&self) -> &[Buffer] {
        &self.frames
    }

    /// What was put on the clipboard, one after the other.
    pub fn copied(&self) -> &[String] {
        &self.copied
    }

    /// Whether the desk took the mouse.
    pub fn has_mouse(&self) -> bool {
        self.has_mouse
    }

    /// What was said in lines.
    pub fn lines(&self) -> &str {
        &self.lines
    }

    /// The files that were opened, and at which lines.
    pub fn opened(&self) -> &[(PathBuf, Option<u32>)] {
        &self.opened
    }

    /// How often the desk was suspended.
    pub fn suspended(&self) -> usize {
        self.suspended
    }
}

fn cues(step: Step) -> Vec<Cue> {
    let come = |event, at_once| Cue::Incoming { event, at_once };
    let mouse = |x, y, does| come(Incoming::Mouse(Mouse { x, y, does }), false);
    let keys = |keys: &str, at_once| {
        let keys = typed(keys).expect("a script is written in keys").into_iter();
        keys.enumerate().map(|(at, key)| come(Incoming::Key(key), at_once && at > 0)).collect()
    };
    match step {
        Step::Keys(text) => keys(&text, false),
        Step::Burst(text) => keys(&text, true),
        Step::Paste(text) => vec![come(Incoming::Paste(text), false)],
        Step::Click(x, y) => vec![mouse(x, y, Does::Click)],
        Step::DoubleClick(x, y) => vec![mouse(x, y, Does::Click), mouse(x, y, Does::DoubleClick)],
        Step::Wheel(x, y, notches) => vec![mouse(x, y, Does::Wheel(notches))],
        Step::Resize(width, height) => vec![come(Incoming::Resize(width, height), false)],
        Step::Others => vec![Cue::Settle, Cue::Others, come(Incoming::Stirred, false), Cue::Settle],
        Step::OthersUnnoticed => vec![Cue::Settle, Cue::Others],
        Step::Settle => vec![Cue::Settle],
        Step::Whole => vec![Cue::Whole],
        Step::Screenshot => vec![Cue::Settle, Cue::Screenshot],
    }
}

impl Console<TestBackend> for Script {
    fn next(&mut self, awaited: Awaited) -> io::Result<Option<Incoming>> {
        match self.queue.front() {
            Some(Cue::Settle) if awaited == Awaited::Answer => nothing_yet(),
            Some(Cue::Whole) if awaited != Awaited::Nothing => nothing_yet(),
            Some(Cue::Settle | Cue::Whole) => {
                self.queue.pop_front();
                Ok(None)
            }
            Some(Cue::Others) => {
                self.queue.pop_front();
                self.others.iter_mut().for_each(|others| others());
                self.next(awaited)
            }
            Some(Cue::Screenshot) => Ok(Some(Incoming::Redraw)),
            Some(Cue::Incoming { .. }) => Ok(self.pop()),
            None => Ok(Some(Incoming::Closed)),
        }
    }

    fn waiting(&mut self) -> io::Result<Option<Incoming>> {
        let waits = matches!(self.queue.front(), Some(Cue::Incoming { at_once: true, .. }));
        Ok(if waits { self.pop() } else { None })
    }

    fn append(&mut self, text: &str) -> io::Result<()> {
        self.lines.push_str(&text.replace("\r\n", "\n"));
        Ok(())
    }

    fn watch(&mut self, _: Box<dyn Fn() -> Seen + Send>) {}

    fn take_mouse(&mut self, take: bool) -> io::Result<()> {
        self.has_mouse = take;
        Ok(())
    }

    fn drawn(&mut self, frame: &Buffer) {
        while let Some(Cue::Screenshot) = self.queue.front() {
            self.queue.pop_front();
            self.screens.push(picture(frame));
            self.frames.push(frame.clone());
        }
    }

    fn resized(&mut self, backend: &mut TestBackend, width: u16, height: u16) {
        backend.resize(width, height);
    }

    fn edit(&mut self, text: &str) -> io::Result<(String, Option<Fault>)> {
        let unedited = || (text.to_owned(), None);
        Ok(self.editor.as_mut().map_or_else(unedited, |editor| editor(text)))
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }

    fn open(&mut self, path: &Path, line: Option<u32>) -> io::Result<Option<Fault>> {
        self.opened.push((path.to_owned(), line));
        Ok(None)
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.suspended += 1;
        Ok(())
    }
}

impl Script {
    fn pop(&mut self) -> Option<Incoming> {
        match self.queue.pop_front() {
            Some(Cue::Incoming { event, .. }) => Some(event),
            _ => None,
        }
    }
}

fn nothing_yet() -> io::Result<Option<Incoming>> {
    thread::sleep(Duration::from_millis(1));
    Ok(None)
}

/// What is on the screen, row by row, without the blanks at the ends of rows.
pub fn picture(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width.max(1));
    let rows = buffer.content.chunks(width).map(|cells| ui::text_of(cells).trim_end().to_owned());
    rows.collect::<Vec<_>>().join("\n")
}
