//! Entries that say anything at all, for tests.

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::chain;
use super::entry::{BugRecord, ClaimRecord, Entry, FromTo};
use super::yaml;
use crate::text::edit::{Edit, Piece};
use crate::text::{Span, WayBack};
use crate::triage::{Answer, Kind};

/// The entry with the id that follows from the rest of it.
pub(super) fn named(mut entry: Entry) -> Entry {
    let mut body = String::new();
    yaml::put_body(&mut body, &entry);
    entry.id = chain::id_of(body.as_bytes());
    entry
}

/// Text that YAML could take for something else, mixed with anything at all.
pub(super) fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "(?s).{0,12}",
        "[ \t\r\n|>&*#:'\"yesno0-9.~\\-{}\\[\\],?!%@`\\\\]{0,10}",
        "(one|---|\\.\\.\\.|null|\n| |  |- |: |\\]|bugs:\n|  seen: true\n){0,6}",
        "\u{85}|\u{2028}|\u{FEFF}x|\u{FFFE}|\u{1b}\\[0m|\u{202E}x|\0|👩\u{200D}💻\u{FE0F}|e\u{301}",
    ]
}

/// The same, or a long one.
fn long() -> impl Strategy<Value = String> {
    prop_oneof![9 => hostile(), 1 => "[a-z &*:#\n]{1000,2100}"]
}

fn any_id() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9a-f]{16}", "[0-9e]{16}", "[0-9]{16}"]
}

fn any_ends() -> impl Strategy<Value = FromTo> {
    (option::of(long()), option::of(hostile()))
        .prop_map(|(from, to)| FromTo { from: from.map(Into::into), to: to.map(Into::into) })
}

pub(super) fn any_bug() -> impl Strategy<Value = BugRecord> {
    let severity = option::of((any_ends(), option::of(hostile())));
    let values = (severity, option::of(any_ends()), option::of(any_ends()));
    let fields = vec((long(), any_ends()), 0..3);
    (long(), long(), values, fields, any::<bool>()).prop_map(
        |(id, title, (severity, scope, status), fields, seen)| {
            let (severity, written) = severity.unzip();
            let written = written.flatten().map(Into::into);
            BugRecord { id: id.into(), title, severity, written, scope, status, fields, seen }
        },
    )
}

fn any_claim() -> impl Strategy<Value = ClaimRecord> {
    let keys = (hostile(), option::of(hostile()), option::of(hostile()));
    let numbers = (any::<i64>(), any::<u64>(), option::of(any::<u64>()));
    (any::<usize>(), keys, numbers).prop_map(|(line, (place, level, status), (from, to, reported))| {
        ClaimRecord { line, place, level, status, from, to, reported }
    })
}

fn any_piece() -> impl Strategy<Value = Piece> {
    let kept = (0..u32::MAX, any::<u16>())
        .prop_map(|(at, length)| Piece::Kept(Span::new(at, at.saturating_add(u32::from(length)))));
    prop_oneof![kept, long().prop_map(Piece::new)]
}

fn any_way() -> impl Strategy<Value = WayBack> {
    let edits = vec((0..999_u32, 0..999_u32, vec(any_piece(), 0..4)), 1..4);
    (hostile(), edits).prop_map(|(of, edits)| {
        let edits = edits.into_iter().scan(0, |at, (gap, cut, pieces)| {
            let span = Span::new(*at + gap, *at + gap + cut);
            *at = span.end;
            Some(Edit { span, pieces: pieces.into() })
        });
        WayBack::noted(of, edits.collect()).expect("one behind the other")
    })
}

/// An entry of which each part may be there or not.
pub(super) fn hostile_entry() -> impl Strategy<Value = Entry> {
    let at = (any::<i32>(), prop_oneof![Just(0), 0..1_000_000_000]);
    let at =
        at.prop_map(|(second, nanosecond)| Timestamp::new(i64::from(second), nanosecond).expect("a time"));
    let head = (vec(any_id(), 0..3), at, long(), select(Kind::ALL.to_vec()));
    let about = (vec(any_bug(), 0..3), vec(any_claim(), 0..3), vec((hostile(), long()), 0..3));
    let policy =
        vec((hostile(), option::of(long())).prop_map(|(guard, reason)| Answer { guard, reason }), 0..3);
    let names = (option::of(hostile()), option::of(hostile()), option::of(hostile()));
    let reasons = (long(), option::of(any::<u8>()), names, policy, option::of(any_way()));
    (head, about, reasons).prop_map(|(head, about, reasons)| {
        let ((prev, at, by, kind), (bugs, claims, details)) = (head, about);
        let (rationale, rule, (suggestion, suggested_by, reverts), policy, way_back) = reasons;
        let id = String::new();
        named(Entry {
            id,
            prev,
            at,
            by,
            kind,
            bugs,
            claims,
            details,
            rationale,
            rule,
            suggestion,
            suggested_by,
            policy,
            reverts,
            way_back,
        })
    })
}
