//! How much memory a process takes, as Linux tells it.

use std::fs;

/// What a process has in memory, in KiB.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Resident {
    pub(crate) now: u64,
    pub(crate) peak: u64,
}

impl Resident {
    /// What a process has; `None` where it has ended, or the system does not tell.
    pub(crate) fn of(process: u32) -> Option<Resident> {
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        Some(Resident { now: of("VmRSS:")?, peak: of("VmHWM:")? })
    }
}

/// Whether no thread of a process works, or would if a processor or a disk were free.
pub(crate) fn sleeps(process: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let mut stats = threads.filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok());
    let sleeps = |stat: String| stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('S'));
    stats.all(sleeps)
}

/// How long processors have worked for a process, in hundredths of a second.
pub(crate) fn worked(process: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11).map(str::parse::<u64>);
    Some(fields.next()?.ok()? + fields.next()?.ok()?)
}
