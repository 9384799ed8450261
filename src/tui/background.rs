//! Asking the terminal for its background. The answer comes between the keys, when it comes, and is never read as
//! keys; most terminals answer at once, some never.

use std::time::{Duration, Instant};

use crate::config::{Code, Key, Shade};

/// The question: OSC 11.
pub(super) const QUESTION: &str = "\x1b]11;?\x07";

/// How long an answer that is under way is waited for when the terminal is given back.
pub(super) const LEAVING: Duration = Duration::from_millis(80);

/// How long an answer may still come.
const LATEST: Duration = Duration::from_secs(5);

/// How long what may be the beginning of an answer is kept from being taken for keys, and what cannot be much else.
const MAYBE: Duration = Duration::from_millis(60);
const SURELY: Duration = Duration::from_secs(2);

/// How an answer begins once its escape sequence is open, and how long one is at most.
const OPENING: &str = "11;rgb";
const LONGEST: usize = 48;

/// An answer that is waited for.
#[derive(Debug)]
pub(super) struct Answer {
    asked: Instant,
    held: Vec<Key>,
    last: Instant,
}

/// What a key turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sorted {
    /// Keys, in the order in which they were pressed.
    Keys(Vec<Key>),
    /// Perhaps part of the answer.
    Held,
    /// The end of the answer, which may not be understood.
    Answered(Option<Shade>),
}

impl Answer {
    /// Nothing has come yet.
    pub(super) fn awaited(now: Instant) -> Answer {
        Answer { asked: now, held: Vec::new(), last: now }
    }

    /// Whether no answer is to be expected any more.
    pub(super) fn is_overdue(&self, now: Instant) -> bool {
        self.held.is_empty() && now.duration_since(self.asked) > LATEST
    }

    /// Takes what came as a key.
    pub(super) fn sort(&mut self, key: Key, now: Instant) -> Sorted {
        self.last = now;
        if self.held.is_empty() && !opens(key) {
            return Sorted::Keys(vec![key]);
        }
        self.held.push(key);
        let body: String = self.held[1..].iter().filter_map(|key| letter(*key)).collect();
        let is_plain = body.chars().count() + 1 == self.held.len();
        if !is_plain && closes(key) && body.starts_with(OPENING) {
            self.held.clear();
            return Sorted::Answered(Shade::of_answer(&body));
        }
        let goes_on = OPENING.starts_with(&body) || body.starts_with(OPENING);
        match is_plain && goes_on && body.len() <= LONGEST {
            true => Sorted::Held,
            false => Sorted::Keys(std::mem::take(&mut self.held)),
        }
    }

    /// How long to wait for what follows at most.
    pub(super) fn patience(&self, wait: Duration) -> Duration {
        if self.held.is_empty() { wait } else { wait.min(self.hold()) }
    }

    /// What was held for too long to be an answer: keys after all.
    pub(super) fn let_go(&mut self, now: Instant) -> Vec<Key> {
        let is_over = now.duration_since(self.last) >= self.hold();
        if is_over { std::mem::take(&mut self.held) } else { Vec::new() }
    }

    fn hold(&self) -> Duration {
        if self.held.len() > OPENING.len() { SURELY } else { MAYBE }
    }
}

/// What opens an escape sequence like that of the answer; a terminal that is slow tears its first byte off.
fn opens(key: Key) -> bool {
    key.code() == Code::Char(']') && !key.ctrl()
}

/// What ends the answer: a bell, or the string terminator.
fn closes(key: Key) -> bool {
    matches!(
        (key.code(), key.ctrl(), key.alt()),
        (Code::Char('g'), true, false) | (Code::Char('\\'), false, true)
    )
}

fn letter(key: Key) -> Option<char> {
    match key.code() {
        Code::Char(c) if !key.ctrl() && !key.alt() => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::typed::typed;

    /// What comes of keys that are typed without a pause: the keys that are left, and the answers.
    fn sorted(text: &str) -> (String, Vec<Option<Shade>>) {
        let now = Instant::now();
        let (mut answer, mut left, mut answers) = (Answer::awaited(now), Vec::new(), Vec::new());
        for key in typed(text).expect("keys") {
            match answer.sort(key, now) {
                Sorted::Keys(keys) => left.extend(keys),
                Sorted::Held => {}
                Sorted::Answered(shade) => answers.push(shade),
            }
        }
        left.extend(answer.let_go(now + SURELY));
        (left.iter().map(Key::to_string).collect(), answers)
    }

    /// A stray answer would decide on bugs.
    #[test]
    fn an_answer_is_never_read_as_keys() {
        let light = vec![Some(Shade::Light)];
        assert_eq!(sorted("j<Alt-]>11;rgb:ffff/ffff/ffff<Ctrl-g>k"), ("jk".into(), light.clone()));
        assert_eq!(sorted("<Alt-]>11;rgb:ffff/ffff/ffff<Alt-\\>2"), ("2".into(), light.clone()));
        assert_eq!(sorted("]11;rgba:ff/ff/ff/ff<Ctrl-g>"), (String::new(), light));
        assert_eq!(sorted("<Alt-]>11;rgb:1010/1414/1818<Ctrl-g>"), (String::new(), vec![Some(Shade::Dark)]));
        assert_eq!(sorted("<Alt-]>11;rgb:odd<Ctrl-g>x"), ("x".into(), vec![None]));
    }

    /// Somebody who types what an answer begins with means it.
    #[test]
    fn keys_that_are_no_answer_come_in_their_order() {
        for text in ["]j", "1<Alt-]>", "<Alt-]>112", "]11;<Ctrl-g>", "]]j"] {
            let plain = text.replace(['<', '>'], "");
            assert_eq!(sorted(text), (plain, Vec::new()), "{text}");
        }
        let long = format!("<Alt-]>11;rgb:{}", "f".repeat(80));
        assert_eq!(sorted(&long).0.len(), "Alt-]11;rgb:".len() + 80);
    }

    #[test]
    fn what_is_held_is_let_go_after_a_moment() {
        let now = Instant::now();
        let mut answer = Answer::awaited(now);
        assert_eq!(answer.sort(Key::plain(Code::Char(']')), now), Sorted::Held);
        assert!(answer.patience(Duration::from_secs(1)) <= MAYBE && answer.let_go(now).is_empty());
        assert_eq!(answer.let_go(now + MAYBE), [Key::plain(Code::Char(']'))]);
        assert!(!answer.is_overdue(now) && answer.is_overdue(now + LATEST * 2));
    }
}
