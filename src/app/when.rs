//! Times as a person reads them at the desk: by the clock where it stands. Files and commands have them in UTC, marked
//! as that.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::App;

impl App {
    /// `2026-02-11 20:25`, where the desk stands.
    pub fn when(&self, at: Timestamp) -> String {
        said(at, &self.ui.zone)
    }
}

/// The same in this zone.
pub(super) fn said(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}
