//! A bug's Markdown as lines to show.
//!
//! Everything of the report passes through [`display`](crate::text::display), so no control byte of it
//! reaches a cell. Rendering never fails: what is not Markdown is shown as text. Code is shown in one quiet
//! style: colours by language would cost more time to start than all else.

mod link;
mod page;
#[cfg(test)]
mod tests;
mod writer;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use ratatui::text::Line;

use self::page::Page;
use super::paint::Paint;

/// How much of a bug is rendered, in bytes; the rest is said to be left out.
const MOST: usize = 64 * 1024;

/// How many blocks a line may stand in for a text to be laid out at all.
const NESTED: usize = 200;

/// How wide lines may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// How wide those that are wrapped.
    pub(super) width: usize,
    /// Whether code and tables are, too.
    pub(super) wrap: bool,
}

/// The lines of some Markdown, without the heading it may begin with.
pub(super) fn render(bytes: &[u8], room: Room, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let shown = &bytes[..bytes.len().min(MOST)];
    let text = String::from_utf8_lossy(shown);
    let mut page = Page::new(room, paint);
    match is_too_deep(&text) {
        true => page.as_written(&text, &format!("… nested more than {NESTED} deep, shown as it is written")),
        false => by_field(body(&text)).into_iter().for_each(|event| page.event(event)),
    }
    if shown.len() < bytes.len() {
        page.note(&cut_note(bytes.len()));
    }
    page.lines()
}

fn cut_note(whole: usize) -> String {
    format!("… the first {} KiB of {} KiB are shown", MOST / 1024, whole.div_ceil(1024))
}

/// Whether a line stands in so many blocks that laying them out would take time in the square of them.
fn is_too_deep(text: &str) -> bool {
    let marks = |line: &str| {
        let words = line.bytes().take_while(|byte| b"> \t-*+.)0123456789".contains(byte)).collect::<Vec<_>>();
        words
            .windows(2)
            .filter(|pair| pair[0] == b'>' || pair[1] == b' ' && b"-*+.)".contains(&pair[0]))
            .count()
    };
    text.lines().any(|line| marks(line) > NESTED)
}

/// The same events, a line that begins with the name of a field on a line of its own.
fn by_field<'t>(events: impl Iterator<Item = Event<'t>>) -> Vec<Event<'t>> {
    let mut events: Vec<Event<'t>> = events.collect();
    for at in 0..events.len() {
        if events[at] == Event::SoftBreak && is_field(&events[at + 1..]) {
            events[at] = Event::HardBreak;
        }
    }
    events
}

/// How long the name of a field is at most that stands in plain text, in words and bytes.
const NAME_MOST: (usize, usize) = (3, 32);

/// Whether a line begins with the name of a field: `**Status:** …`, `**Status**: …`, or `Status: …`.
fn is_field(line: &[Event<'_>]) -> bool {
    if let [Event::Text(text), ..] = line {
        return is_plain_field(text);
    }
    let [Event::Start(Tag::Strong), Event::Text(name), Event::End(TagEnd::Strong), rest @ ..] = line else {
        return false;
    };
    let goes_on = matches!(rest, [Event::Text(text), ..] if text.starts_with(':'));
    name.ends_with(':') || goes_on
}

/// Whether a text begins as `Severity: Critical` does.
fn is_plain_field(text: &str) -> bool {
    let Some((name, rest)) = text.split_once(':') else { return false };
    let is_name = |c: char| c.is_alphanumeric() || " -_/.".contains(c);
    let is_short = name.len() <= NAME_MOST.1 && name.split(' ').count() <= NAME_MOST.0;
    let begins = name.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase());
    is_short && begins && name.chars().all(is_name) && (rest.is_empty() || rest.starts_with(' '))
}

/// The events after the heading that the text begins with.
fn body(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut events = Parser::new_ext(text, options).peekable();
    if matches!(events.peek(), Some(Event::Start(Tag::Heading { .. }))) {
        events.by_ref().find(|event| matches!(event, Event::End(TagEnd::Heading(_))));
    }
    events
}
