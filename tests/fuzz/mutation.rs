//! Inputs: a seed report, cut, spliced, doubled, and strewn with what Markdown and triage are made of.

use super::seeds;
use crate::generated::generator::Dice;

/// How many bytes an input grows to at most.
const LARGEST: usize = 20_000;

type Lines = Vec<Vec<u8>>;

/// One change of a report that is cut into lines, ends included.
const MUTATIONS: [fn(&mut Lines, &mut Dice); 12] = [
    delete,
    delete,
    double,
    swap,
    splice,
    token_line,
    token_line,
    token_inside,
    token_before,
    break_byte,
    other_ends,
    nest,
];

/// What stands in reports, and what may confuse a reader of them.
#[rustfmt::skip]
const TOKENS: &[&[u8]] = &[
    b"|", b"||", b"---", b"***", b"===", b"|---|---|", b"```", b"~~~", b"````md", b"<!--", b"-->", b"<details>",
    b"- [ ] ", b"- [x] ", b"- ", b"* ", b"1. ", b"2) ", b"> ", b"#", b"## ", b"### ", b"#### ", b"    ", b"\t",
    b"**Severity:** High", b"- **Severity:** P0 - KeyError", b"Severity: Low", b"**Severity**: Medium ", b"- Severity",
    b"[P1]", b"[H-01] ", b"(High)", b"P0", b"P2", b"Critical", b"LOW", b"Blocker / P0", b"Low-Medium", b"S1", b"Sev-2",
    b"## High (3)", b"## Critical", b"## P1 Bugs", b"### Low", b"- High: 2", b"22 P0 bugs", b"| High | 2 |", b"15+", b"~12",
    b"### BUG-1: Rope frayed", b"BUG-1", b"BUG-1#2", b"#7", b"H-02", b"CVE-2020-1", b"M1", b"m1", b"1.", b"Issue 3",
    b"**Status:** Open", b"Status: \xE2\x9C\x85 FIXED - done", b"| ID | Severity | Title |", b"| --- | :-: | --- |",
    b"(downgraded from P0)", b"(upgraded from ", b"**", b"*", b"_", b"`", b"``", b"[", b"]", b"](", b"(", b")", b"\\", b"\\|",
    b"<", b">", b"&amp;", b"[a]: b", b"~~", b"\xF0\x9F\x94\xB4", b"\xF0\x9F\x9F\xA0 High:", b"\xF0\x9F\x9F\xA1", b"\xE2\x9A\xA0\xEF\xB8\x8F", b"\xE2\x9B\x94",
    b"\xE9\xAB\x98", b"\xE4\xB8\xAD", b"\xE4\xBD\x8E", b"\xE3\x80\x90\xE9\xAB\x98\xE3\x80\x91", b"\xEF\xBC\x9A", b"\xEF\xBC\x88", b"\xEF\xBC\x89", b"\xE2\x80\x94", b" - ", b": ", b"\xC2\xB7",
    b"\0", b"\xFF", b"\xFE\xFF", b"\xC3", b"\xE2\x80", b"\xEF\xBB\xBF", b"\r", b"\r\n", b"\n", b"\n\n", b"\x0C", b"\x1B[31m", b"\xE2\x80\xAE", b"\xC2\xA0",
    b"a", b" ", b"  ", b"Summary", b"# Methodology", b"None", b"TBD", b"Total", b"Count", b"99999999999999999999",
];

/// The input that a sequence leads to.
pub(super) fn mutated(dice: &mut Dice) -> Vec<u8> {
    let mut lines = lines_of(dice.pick(&seeds::ALL).as_bytes());
    for _ in 0..=dice.below(6) {
        if lines.is_empty() {
            lines.push(Vec::new());
        }
        dice.pick(&MUTATIONS)(&mut lines, dice);
    }
    let mut base = lines.concat();
    match dice.below(12) {
        0 => base.splice(0..0, *b"\xEF\xBB\xBF").for_each(drop),
        1 => base.truncate(dice.below(base.len() + 1)),
        _ => {}
    }
    base.truncate(LARGEST);
    base
}

fn lines_of(text: &[u8]) -> Lines {
    text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// A few lines that follow each other.
fn some(lines: &Lines, dice: &mut Dice) -> std::ops::Range<usize> {
    let start = dice.below(lines.len());
    start..(start + 1 + dice.below(6)).min(lines.len())
}

fn delete(lines: &mut Lines, dice: &mut Dice) {
    lines.drain(some(lines, dice));
}

fn double(lines: &mut Lines, dice: &mut Dice) {
    let copied = lines[some(lines, dice)].to_vec();
    let at = dice.below(lines.len() + 1);
    lines.splice(at..at, copied);
}

fn swap(lines: &mut Lines, dice: &mut Dice) {
    let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
    lines.swap(a, b);
}

/// Puts lines of another seed in.
fn splice(lines: &mut Lines, dice: &mut Dice) {
    let other = lines_of(dice.pick(&seeds::ALL).as_bytes());
    let at = dice.below(lines.len() + 1);
    lines.splice(at..at, other[some(&other, dice)].to_vec());
}

fn token_line(lines: &mut Lines, dice: &mut Dice) {
    let line = [dice.pick(TOKENS), if dice.below(2) == 0 { dice.pick(TOKENS) } else { b"" }, b"\n"].concat();
    lines.insert(dice.below(lines.len() + 1), line);
}

fn token_inside(lines: &mut Lines, dice: &mut Dice) {
    let line = dice.below(lines.len());
    let at = dice.below(lines[line].len() + 1);
    lines[line].splice(at..at, dice.pick(TOKENS).iter().copied());
}

fn token_before(lines: &mut Lines, dice: &mut Dice) {
    let line = dice.below(lines.len());
    lines[line].splice(0..0, dice.pick(TOKENS).iter().copied());
}

fn break_byte(lines: &mut Lines, dice: &mut Dice) {
    let line = dice.below(lines.len());
    if !lines[line].is_empty() {
        let at = dice.below(lines[line].len());
        lines[line][at] = dice.below(256) as u8;
    }
}

/// Ends some lines, or all, otherwise.
fn other_ends(lines: &mut Lines, dice: &mut Dice) {
    let (end, every) = (dice.pick(&[&b"\r\n"[..], b"\r", b"\n\n", b""]), dice.pick(&[1, 1, 2, 7]));
    for line in lines.iter_mut().step_by(every).filter(|line| line.ends_with(b"\n")) {
        line.pop();
        line.extend_from_slice(end);
    }
}

/// Puts lines into containers, perhaps deep ones.
fn nest(lines: &mut Lines, dice: &mut Dice) {
    let mark = dice.pick(&[&b"> "[..], b"- ", b"  ", b"    ", b"[", b"**", b"1. "]);
    let deep = dice.pick(&[1, 1, 2, 3, 40]);
    for at in some(lines, dice) {
        lines[at].splice(0..0, mark.repeat(deep));
    }
}
