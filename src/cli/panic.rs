//! What is said of a panic: its message may quote a report, so it goes the way of every other word.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{Write, stderr};
use std::panic::{PanicHookInfo, set_hook};

use super::out;

/// Has every panic from now on told in visible characters, with a backtrace where `RUST_BACKTRACE` asks for one.
pub fn told_safely() {
    set_hook(Box::new(|info| tell(info, &mut stderr())));
}

fn tell(info: &PanicHookInfo<'_>, to: &mut dyn Write) {
    let what = info.payload_as_str().unwrap_or("no reason given");
    let place = info.location().map(|place| format!(" ({place})")).unwrap_or_default();
    out::say(&format!("regrade: this is a mistake in the program{place}: {what}"), to);
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        let _ = writeln!(to, "{trace}");
    }
}
