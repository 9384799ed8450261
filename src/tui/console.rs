//! Where keys come from, and what else a terminal can be asked for.

use std::io;
use std::path::Path;

use ratatui::backend::Backend;
use ratatui::buffer::Buffer;

use super::Seen;
use super::precedence::Sharers;
use crate::app::Mouse;
use crate::config::{Key, Shade};
use crate::fault::Fault;

/// Something that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size now: columns and rows.
    Resize(u16, u16),
    /// Someone wants to see a frame, whether or not anything changed.
    Redraw,
    /// The terminal told how bright its background is.
    Background(Shade),
    /// Files have changed on the disk.
    Stirred,
    /// Nothing more will come.
    Closed,
    /// The system asks the program to end, with this signal.
    Signal(u8),
}

/// What the loop waits for beside the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Awaited {
    /// Nothing.
    #[default]
    Nothing,
    /// The rest of a report whose first bugs are shown.
    Report,
    /// The answer of a worker.
    Answer,
}

/// A terminal, as far as the loop needs one beside what it draws on.
pub trait Console<B: Backend> {
    /// Waits for what comes next. Where something else is awaited, it waits only a moment; `None` where nothing came.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be read.
    fn next(&mut self, awaited: Awaited) -> io::Result<Option<Incoming>>;

    /// The threads that keep out of the way of keys; whoever joins them does so, too.
    fn sharers(&self) -> Sharers {
        Sharers::default()
    }

    /// What the terminal has told of its background by now; `None` from one that was not asked. Whatever else has come
    /// comes next.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be read.
    fn shade(&mut self) -> io::Result<Option<Shade>> {
        Ok(None)
    }

    /// What has come already; `None` where nothing waits.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be read.
    fn waiting(&mut self) -> io::Result<Option<Incoming>>;

    /// A report is open, of whose files this is seen: [`Incoming::Stirred`] tells from now on when that changes.
    fn watch(&mut self, look: Box<dyn Fn() -> Seen + Send>);

    /// Takes the mouse, so that [`Incoming::Mouse`] tells what it does, or leaves it to the terminal as it was.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be told.
    fn take_mouse(&mut self, take: bool) -> io::Result<()>;

    /// Writes text behind what is there, for a desk that says what is new in lines.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be written to.
    fn append(&mut self, text: &str) -> io::Result<()>;

    /// This frame was drawn.
    fn drawn(&mut self, frame: &Buffer);

    /// The terminal has another size now.
    fn resized(&mut self, backend: &mut B, width: u16, height: u16);

    /// Has a text edited; gives it back, whatever happened, with what went wrong.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be given away or taken back.
    fn edit(&mut self, text: &str) -> io::Result<(String, Option<Fault>)>;

    /// Puts a text on the clipboard. Whether the terminal takes it, it does not tell.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be written to.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Has a file opened in the person's editor, at this line; gives what went wrong.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be given away or taken back.
    fn open(&mut self, path: &Path, line: Option<u32>) -> io::Result<Option<Fault>>;

    /// Stops until the shell continues the program.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be given away or taken back.
    fn suspend(&mut self) -> io::Result<()>;
}
