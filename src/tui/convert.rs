//! From crossterm's events to what the desk knows.

use std::time::{Duration, Instant};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::Incoming;
use crate::app::Mouse;
use crate::app::mouse::Does;
use crate::config::{Code, Key};

/// Within what time a second click on the same cell makes a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// The last click that may become a double one: when, and on which cell.
#[derive(Debug, Default)]
pub(super) struct Clicks(Option<(Instant, u16, u16)>);

/// What a terminal event is to the desk; `None` for one that means nothing to it.
pub(super) fn incoming(event: Event, clicks: &mut Clicks, now: Instant) -> Option<Incoming> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Incoming::Key),
        Event::Mouse(event) => mouse(event, clicks, now).map(Incoming::Mouse),
        Event::Paste(text) => Some(Incoming::Paste(text)),
        Event::Resize(width, height) => Some(Incoming::Resize(width, height)),
        _ => None,
    }
}

fn mouse(event: MouseEvent, clicks: &mut Clicks, now: Instant) -> Option<Mouse> {
    let (x, y) = (event.column, event.row);
    let does = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => clicks.click(x, y, now),
        MouseEventKind::ScrollDown => Does::Wheel(1),
        MouseEventKind::ScrollUp => Does::Wheel(-1),
        _ => return None,
    };
    Some(Mouse { x, y, does })
}

impl Clicks {
    fn click(&mut self, x: u16, y: u16, now: Instant) -> Does {
        match self.0.take() {
            Some((before, column, row)) if (column, row) == (x, y) && now - before < DOUBLE => {
                Does::DoubleClick
            }
            _ => {
                self.0 = Some((now, x, y));
                Does::Click
            }
        }
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab;
    Some(Key::new(code(event.code)?, ctrl, alt, shift))
}

fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clicks_on_a_cell_soon_after_each_other_are_a_double_one() {
        let start = Instant::now();
        let mut clicks = Clicks::default();
        let mut does = |x, after| {
            let kind = MouseEventKind::Down(MouseButton::Left);
            let event = Event::Mouse(MouseEvent { kind, column: x, row: 4, modifiers: KeyModifiers::NONE });
            match incoming(event, &mut clicks, start + Duration::from_millis(after)) {
                Some(Incoming::Mouse(Mouse { does, .. })) => does,
                other => panic!("no mouse, but {other:?}"),
            }
        };
        assert_eq!([does(3, 0), does(3, 200), does(3, 300)], [Does::Click, Does::DoubleClick, Does::Click]);
        assert_eq!([does(5, 400), does(6, 500), does(6, 1500)], [Does::Click, Does::Click, Does::Click]);
    }

    /// Terminals tell of every cell that the pointer crosses.
    #[test]
    fn the_wheel_turns_and_a_pointer_that_moves_is_nothing() {
        let incoming = |kind| {
            let event = MouseEvent { kind, column: 1, row: 2, modifiers: KeyModifiers::NONE };
            incoming(Event::Mouse(event), &mut Clicks::default(), Instant::now())
        };
        let wheel = |notches| Some(Incoming::Mouse(Mouse { x: 1, y: 2, does: Does::Wheel(notches) }));
        assert_eq!(incoming(MouseEventKind::ScrollDown), wheel(1));
        assert_eq!(incoming(MouseEventKind::ScrollUp), wheel(-1));
        assert_eq!(incoming(MouseEventKind::Moved), None);
        assert_eq!(incoming(MouseEventKind::Up(MouseButton::Left)), None);
    }
}
