//! What is before the desk in words: the reports to choose from, and how far an opening has come.

use super::ROWS;
use super::line::nth;
use crate::app::lobby::{Lobby, Offer};
use crate::text::display;
use crate::ui::lobby::{asked, count, keys, state};

/// An opening is told of at each so much of a hundred.
const STEP: u8 = 25;

pub(super) fn looking() -> Vec<String> {
    vec!["looking for reports …".to_owned()]
}

/// What is asked, each report that matches, and last the one that Enter opens.
pub(super) fn told(lobby: &Lobby) -> Vec<String> {
    let shown = lobby.offers().len();
    let mut rows = vec![format!("{} {}", asked(lobby), count(lobby))];
    rows.extend(lobby.offers().take(ROWS).map(report));
    let keys = keys(lobby).iter().map(|(key, does)| format!("{key} {does}"));
    rows.push(keys.collect::<Vec<_>>().join(" · "));
    rows.extend(lobby.refused.as_ref().map(|refused| format!("! {}", display::brief(refused))));
    rows.push(match lobby.offers().nth(lobby.at()) {
        Some(offer) => nth(lobby.at(), shown, &display::brief(&offer.name)),
        None => "no report matches".to_owned(),
    });
    rows
}

pub(super) fn opening(name: &str, said: &str, percent: Option<u8>) -> Vec<String> {
    let percent = percent.map_or_else(|| " …".to_owned(), |percent| format!(" {} %", percent / STEP * STEP));
    vec![display::brief(name).into_owned(), "Ctrl-c give it up".to_owned(), format!("{said}{percent}")]
}

/// `nightly.md: Nightly report, 7/22 reviewed · 3 unsaved`.
fn report(offer: &Offer) -> String {
    format!(
        "{}: {}, {}",
        display::brief(&offer.name),
        display::brief(&display::unmarked(&offer.title)),
        state(offer)
    )
}
