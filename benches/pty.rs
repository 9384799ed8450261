//! A program in a pseudo-terminal of 120×40, and when it writes.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };

/// How long a terminal says nothing more before a frame counts as whole.
const QUIET: Duration = Duration::from_millis(4);

/// What ends a frame that is written as one, and is no part of a shorter one (DEC mode 2026).
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// How long a program may take for anything at all.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a program that rests uses no processor.
const RESTING: Duration = Duration::from_millis(700);

/// What programs ask a terminal, and what one answers: its background, its cursor, its kind.
const ANSWERS: [(&[u8], &[u8]); 3] = [
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
];

/// A running program, ended when dropped.
pub(crate) struct Run {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    screen: Parser,
    since: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Run {
    /// Starts a command line, which a shell reads with the file as `$0`, with its state and settings in a folder of its
    /// own.
    pub(crate) fn start(line: &str, file: &Path, folder: &Path) -> Run {
        let pair = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        command.arg(file);
        command.env("TERM", "xterm-256color");
        ["REGRADE_STATE_DIR", "REGRADE_CONFIG_DIR"].iter().for_each(|name| command.env(name, folder));
        let since = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let (sender, chunks) = channel();
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        let [rows, columns] = [SIZE.rows, SIZE.cols].map(|length| length.try_into().expect("a size"));
        Run { child, keys, chunks, screen: Parser::new(rows, columns, 0), since, _master: pair.master }
    }

    /// The number of its process.
    #[allow(dead_code)] // Not every bench asks for it.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("it has not been waited for")
    }

    /// Waits until the screen shows a text; gives the time since the start.
    pub(crate) fn see(&mut self, text: &str) -> Duration {
        loop {
            let (at, bytes) = self.chunks.recv_timeout(PATIENCE).expect("the program shows something");
            self.take(&bytes);
            if self.screen.screen().contents().contains(text) {
                return at - self.since;
            }
        }
    }

    /// Whether the screen shows a text.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.screen.screen().contents().contains(text)
    }

    /// Waits until the screen no longer shows a text; gives the time since the start.
    pub(crate) fn outlast(&mut self, text: &str) -> Duration {
        let mut last = Instant::now();
        while self.shows(text) {
            let (at, bytes) = self.chunks.recv_timeout(PATIENCE).expect("the program goes on");
            self.take(&bytes);
            last = at;
        }
        last - self.since
    }

    /// Waits until the program does nothing more, but not for ever.
    pub(crate) fn rest(&mut self) {
        let (mut used, until) = (None, Instant::now() + PATIENCE);
        while used != Some(self.used()) && Instant::now() < until {
            used = Some(self.used());
            self.wait(RESTING);
        }
    }

    /// How long processors have worked for the program, in ticks of the system.
    fn used(&self) -> u64 {
        let stat = self.child.process_id().map(|id| format!("/proc/{id}/stat"));
        let stat = stat.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
    }

    /// Lets the program go on for a while.
    pub(crate) fn wait(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.chunks.recv_timeout(left).iter().for_each(|(_, bytes)| self.take(bytes));
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        for (_, answer) in ANSWERS.iter().filter(|(asked, _)| memchr::memmem::find(bytes, asked).is_some()) {
            self.keys.write_all(answer).and_then(|()| self.keys.flush()).expect("the program reads");
        }
    }

    /// Presses a key; gives the time until the frame that answers it was written. What changes no cell, such as a
    /// cursor hidden again, is no frame.
    pub(crate) fn press(&mut self, key: &str) -> Duration {
        let (before, since) = (self.cells(), Instant::now());
        self.keys.write_all(key.as_bytes()).and_then(|()| self.keys.flush()).expect("the program reads");
        let mut last = since;
        while self.cells() == before {
            let (at, bytes) = self.chunks.recv_timeout(PATIENCE).expect("the program answers");
            self.take(&bytes);
            last = at;
        }
        while let Ok((at, bytes)) = self.chunks.recv_timeout(QUIET) {
            self.take(&bytes);
            last = at;
        }
        last - since
    }

    /// Presses a key; gives the time until the first frame was written that changes a part of the screen, whatever else
    /// goes on around it. Where a program does not tell when a frame ends, it ends when nothing more is written.
    pub(crate) fn press_for<T: PartialEq>(&mut self, key: &str, part: impl Fn(&Screen) -> T) -> Duration {
        let (before, since) = (part(self.screen.screen()), Instant::now());
        self.keys.write_all(key.as_bytes()).and_then(|()| self.keys.flush()).expect("the program reads");
        let mut last = None;
        loop {
            let quiet = if last.is_some() { QUIET } else { PATIENCE };
            let Ok((at, bytes)) = self.chunks.recv_timeout(quiet) else { break };
            self.take(&bytes);
            if last.is_some() || part(self.screen.screen()) != before {
                last = Some(at);
                if bytes.ends_with(FRAME_END) {
                    break;
                }
            }
        }
        let shown = || self.screen.screen().contents();
        last.ok_or_else(|| format!("{key:?} on {}", shown())).expect("the program answers") - since
    }

    /// Presses a key; gives the time until the frame was written that shows a text.
    pub(crate) fn press_until(&mut self, key: &str, text: &str) -> Duration {
        let since = Instant::now();
        self.keys.write_all(key.as_bytes()).and_then(|()| self.keys.flush()).expect("the program reads");
        loop {
            let (at, bytes) = self.chunks.recv_timeout(PATIENCE).expect("the program answers");
            self.take(&bytes);
            if self.shows(text) {
                return at - since;
            }
        }
    }

    /// Presses a key; gives the time until the last frame, after which none came for so long.
    pub(crate) fn settle(&mut self, key: &str, quiet: Duration) -> Duration {
        let since = Instant::now();
        self.keys.write_all(key.as_bytes()).and_then(|()| self.keys.flush()).expect("the program reads");
        let (mut before, mut last) = (self.cells(), since);
        while let Ok((at, bytes)) = self.chunks.recv_timeout(quiet) {
            self.take(&bytes);
            let cells = self.cells();
            if cells != before {
                (before, last) = (cells, at);
            }
        }
        last - since
    }

    /// What is on the screen, colours and all.
    fn cells(&self) -> Vec<String> {
        self.screen.screen().rows_formatted(0, SIZE.cols).collect()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
