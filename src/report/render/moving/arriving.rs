//! The bugs that come to where others stand: their blocks in a row, behind separators like those around them.

use rayon::prelude::*;

use super::kin::Kin;
use super::leaving::{gap, separates};
use super::{Home, Move, Plan, block, home};
use crate::report::render::newline;
use crate::report::{BugIx, Form, Report};
use crate::text::edit::{Edit, Edits, Piece};
use crate::text::{Span, line};

/// How many blocks are joined together on one core.
const TOGETHER: usize = 1 << 12;

/// In how many pieces most of them come, with the separator.
const PIECES: usize = 6;

impl Plan<'_> {
    /// The moved blocks, with separators between them and, if asked for, before the first.
    pub(super) fn joined(&self, near: BugIx, moves: &[&Move], inner: &Edits, before: bool) -> Vec<Piece> {
        let first = moves[0];
        let separator = self.separator(near, first.bug);
        let joined = |moves: &[&Move]| {
            let (mut pieces, mut near) = (Vec::with_capacity(moves.len() * PIECES), 0);
            for moved in moves {
                if before || moved.bug != first.bug {
                    pieces.push(separator.clone());
                }
                inner.put_pieces(moved.block, &mut near, &mut pieces);
            }
            pieces
        };
        let parts: Vec<Vec<Piece>> = moves.par_chunks(TOGETHER).map(joined).collect();
        let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        parts.into_iter().for_each(|mut part| all.append(&mut part));
        all
    }

    /// Puts blocks beside a bug in the order of their numbers, with separators between them and it.
    pub(super) fn beside(&self, home: Home, moves: &[&Move], inner: &Edits) -> Edit {
        let (report, near, mut moves) = (self.report, home.beside(), moves.to_vec());
        moves.sort_by_cached_key(|moved| home::number(report, moved.bug));
        let at = match home {
            Home::Behind(bug) => block(report, bug).end,
            Home::Before(bug) => block(report, bug).start,
        };
        let mut pieces = self.joined(near, &moves, inner, at > block(report, near).start);
        if at == block(report, near).start {
            pieces.push(self.separator(near, moves[0].bug));
        }
        Edit { span: Span::empty(at), pieces: pieces.into() }
    }

    /// What separates bugs near one, else near another, else, of headed ones, anywhere, else a blank line; rows and items of
    /// lists only a line end.
    fn separator(&self, near: BugIx, else_near: BugIx) -> Piece {
        let report = self.report;
        let form = report.bug(near).form;
        let around = |bug: BugIx| [bug.0.wrapping_sub(1), bug.0].into_iter().map(BugIx);
        let between = |bug| between(report, form, bug);
        let end = newline(report.base(), report.bug(near).block.start);
        let found = match form {
            Form::Row => None,
            Form::Item => around(near).chain(around(else_near)).find_map(between),
            Form::Heading => {
                let anywhere = || *self.separator.get_or_init(|| report.indexes().find_map(between));
                let found = around(near).chain(around(else_near)).find_map(between).or_else(anywhere);
                found.filter(|gap| starts_blank(report.base(), *gap))
            }
        };
        match (found, form) {
            (Some(gap), _) => Piece::new(gap.of(report.base())),
            (None, Form::Row | Form::Item) if !Kin::of(report, near).is_paragraph() => Piece::new(end),
            (None, _) => Piece::new(end.repeat(2)),
        }
    }
}

/// What stands between a bug of a form and the next, if both are such and something separates them.
fn between(report: &Report, form: Form, bug: BugIx) -> Option<Span> {
    let next = BugIx(bug.0.checked_add(1)?);
    let is_such = next.at() < report.len() && report.bug(bug).form == form && separates(report, bug, next);
    is_such.then(|| gap(report, bug, next))
}

/// Whether a blank line comes first, so that a rule in it cannot underline the text before.
fn starts_blank(base: &[u8], gap: Span) -> bool {
    let next = line::at(base, gap.start).end;
    line::at(base, next).text.trim(base).is_empty() && next < gap.end
}
