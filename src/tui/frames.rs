//! Frames reach the terminal in one piece: a terminal that knows of synchronized updates (DEC mode 2026) shows none
//! half drawn, and one that was never finished is never shown.

use std::io::{self, Write};

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Keeps what is written until it is flushed.
#[derive(Debug)]
pub(super) struct Frames<W> {
    terminal: W,
    frame: Vec<u8>,
}

impl<W: Write> Frames<W> {
    pub(super) fn to(terminal: W) -> Frames<W> {
        Frames { terminal, frame: Vec::new() }
    }
}

impl<W: Write> Write for Frames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            self.frame.extend(BEGIN);
        }
        self.frame.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.frame.is_empty() {
            self.frame.extend(END);
            let written = self.terminal.write_all(&self.frame);
            self.frame.clear();
            written?;
        }
        self.terminal.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a panic leaves behind would be drawn over the shell.
    #[test]
    fn a_frame_is_written_whole_or_not_at_all() {
        let mut terminal = Vec::new();
        let mut frames = Frames::to(&mut terminal);
        frames.write_all(b"a").and_then(|()| frames.write_all(b"b")).unwrap();
        frames.flush().and_then(|()| frames.flush()).unwrap();
        frames.write_all(b"never finished").unwrap();
        drop(frames);
        assert_eq!(terminal, b"\x1b[?2026hab\x1b[?2026l");
    }
}
