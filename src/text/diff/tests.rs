//! What a diff made of edits says: what applying it gives, and what comparing two texts would say.

use proptest::prelude::*;
use similar::{Algorithm, TextDiff};

use super::*;
use crate::text::Span;
use crate::text::edit::{Edit, Piece};

fn edits(edits: impl IntoIterator<Item = Edit>) -> Edits {
    Edits::new(edits.into_iter().collect()).unwrap()
}

fn of(base: &[u8], edits: &Edits) -> Diff {
    Diff::of(&base.into(), edits, "x.md")
}

fn written(diff: &Diff) -> Vec<u8> {
    let mut out = Vec::new();
    diff.write_to(&mut out).unwrap();
    out
}

/// What somebody finds who knows both texts, but not the edits.
fn found(old: &[u8], new: &[u8]) -> Vec<u8> {
    let lines = |text| -> Vec<&[u8]> { <[u8]>::split_inclusive(text, |byte| *byte == b'\n').collect() };
    let (old, new) = (lines(old), lines(new));
    let mut config = TextDiff::configure();
    let diff = config.algorithm(Algorithm::Histogram).newline_terminated(true).diff_slices(&old, &new);
    let mut out = Vec::new();
    diff.unified_diff().header("a/x.md", "b/x.md").to_writer(&mut out).unwrap();
    out
}

/// The text after it, where every line that a diff shows of the text before is there: what `patch` does.
fn patched(base: &[u8], diff: &Diff) -> Vec<u8> {
    let old: Vec<&[u8]> = base.split_inclusive(|byte| *byte == b'\n').collect();
    let (mut out, mut at) = (Vec::new(), 0);
    let mut left = (0, 0);
    let all: Vec<_> = (0..diff.len()).map(|at| diff.line(at).unwrap()).collect();
    for (nth, (sort, text)) in all.iter().enumerate().skip(2) {
        let is_open = all.get(nth + 1).is_some_and(|next| next.0 == Sort::Open);
        let line = [&**text, if is_open { b"" } else { b"\n" }].concat();
        match sort {
            Sort::Place => {
                assert_eq!(left, (0, 0));
                let header = String::from_utf8(text.to_vec()).unwrap();
                let side = |sign: char| {
                    let side = header.split(' ').find_map(|word| word.strip_prefix(sign)).unwrap();
                    let (start, count) = side.split_once(',').unwrap_or((side, "1"));
                    let (start, count): (usize, usize) = (start.parse().unwrap(), count.parse().unwrap());
                    (if count == 0 { start } else { start - 1 }, count)
                };
                let ((start, gone), (to, came)) = (side('-'), side('+'));
                out.extend(old[at..start].concat());
                assert_eq!(out.split_inclusive(|byte| *byte == b'\n').count(), to);
                (at, left) = (start, (gone, came));
            }
            Sort::Gone | Sort::Same => {
                assert_eq!(line, old[at]);
                (at, left.0) = (at + 1, left.0 - 1);
                if *sort == Sort::Same {
                    out.extend(line);
                    left.1 -= 1;
                }
            }
            Sort::New => {
                out.extend(line);
                left.1 -= 1;
            }
            Sort::Open => {}
            Sort::File => panic!("a third name"),
        }
    }
    assert_eq!(left, (0, 0));
    out.extend(old[at..].concat());
    out
}

#[test]
fn changed_lines_show_with_what_stands_around_them() {
    let diff = of(b"a\nb\nc\n", &edits([Edit::replace(Span::new(2, 3), "B")]));
    let lines: Vec<(Sort, Cow<'_, [u8]>)> = (0..diff.len()).filter_map(|at| diff.line(at)).collect();
    let expected: [(Sort, &[u8]); 7] = [
        (Sort::File, b"--- a/x.md"),
        (Sort::File, b"+++ b/x.md"),
        (Sort::Place, b"@@ -1,3 +1,3 @@"),
        (Sort::Same, b"a"),
        (Sort::Gone, b"b"),
        (Sort::New, b"B"),
        (Sort::Same, b"c"),
    ];
    assert_eq!(lines, expected.map(|(sort, line)| (sort, Cow::Borrowed(line))));
    assert_eq!((diff.hunks(), diff.hunk_start(0), diff.hunk_of(5)), (1, Some(2), 0));
    assert_eq!(diff.summary(), "1 hunk, +1 −1 lines");
}

#[test]
fn bytes_that_are_no_text_and_line_ends_are_kept() {
    let diff = of(b"\xFF\r\nlast", &edits([Edit::replace(Span::new(0, 1), *b"\xFE")]));
    assert_eq!(
        written(&diff),
        b"--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n-\xFF\r\n+\xFE\r\n last\n\\ No newline at end of file\n"
    );
    let same = of(b"same", &edits([Edit::replace(Span::new(1, 3), "am")]));
    assert!(same.is_empty() && written(&same).is_empty());
}

#[test]
fn a_block_that_moves_begins_with_its_heading_where_it_goes_and_where_it_comes() {
    let base = b"# A\n\n## 1\n\none\n\n## 2\n\ntwo\n\n# B\n\n## 3\n\nthree\n\n## 4\n\nfour\n";
    let at = |what: &[u8]| base.windows(what.len()).position(|bytes| bytes == what).unwrap() as u32;
    let block = Span::new(at(b"## 2"), at(b"two") + 3);
    let gap = Span::new(at(b"one") + 3, block.end);
    let to = at(b"three") + 5;
    let comes = Edit { span: Span::empty(to), pieces: vec![Piece::new("\n\n"), Piece::Kept(block)].into() };
    let edits = edits([Edit::delete(gap), comes]);
    let diff = of(base, &edits);
    assert_eq!(written(&diff), found(base, &edits.apply(base)));
    let shown = written(&diff);
    let shown = String::from_utf8_lossy(&shown);
    assert!(shown.contains("-## 2\n-\n-two\n-\n") && shown.contains("+## 2\n+\n+two\n+\n"), "{shown}");
}

/// A page would show another line than the file has.
#[test]
fn every_line_of_a_long_run_is_found() {
    let lines: String = (0..1000).map(|number| format!("line {number}\n")).collect();
    let diff = of(b"", &edits([Edit::insert(0, lines.clone() + "end")]));
    let shown: Vec<_> = (3..diff.len()).map(|at| diff.line(at).unwrap().1).collect();
    let wanted: Vec<&[u8]> = lines.lines().map(str::as_bytes).chain([&b"end"[..], OPEN]).collect();
    assert_eq!(shown, wanted);
    assert!(diff.line(diff.len()).is_none());
}

/// Lines that are not told apart by what they say, with and without a last end.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let line = prop::sample::select(vec!["", "a", "b", "---", "a\r"]);
    (prop::collection::vec(line, 0..30), any::<bool>())
        .prop_map(|(lines, ends)| (lines.join("\n") + if ends { "\n" } else { "" }).into_bytes())
}

/// Edits of a text at random offsets.
fn any_edits(length: usize) -> impl Strategy<Value = Vec<Edit>> {
    let at = 0..=length as u32;
    let text = prop::sample::select(vec!["", "a", "\n", "a\n", "\n\n---\n", "b\na", "\nb"]);
    let one = (at.clone(), at.clone(), text, prop::option::of((at.clone(), at)));
    prop::collection::vec(one, 0..8).prop_map(|all| {
        let mut free = 0;
        let mut edits = Vec::new();
        let mut all: Vec<_> =
            all.into_iter().map(|(a, b, text, kept)| (Span::new(a.min(b), a.max(b)), text, kept)).collect();
        all.sort_by_key(|(span, ..)| *span);
        for (span, text, kept) in all.into_iter().filter(|(span, ..)| span.len() < 12) {
            if span.start >= free {
                free = span.end;
                let kept = kept.map(|(a, b)| Piece::Kept(Span::new(a, b)));
                edits.push(Edit { span, pieces: kept.into_iter().chain([Piece::new(text)]).collect() });
            }
        }
        edits
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Who applies it would get another report than a save writes.
    #[test]
    fn applying_it_gives_the_edited_text((base, changes) in texts().prop_flat_map(|base| {
        let length = base.len();
        (Just(base), any_edits(length))
    })) {
        let edits = edits(changes);
        let diff = of(&base, &edits);
        let after = edits.apply(&base);
        prop_assert_eq!(patched(&base, &diff), &after[..], "{}", String::from_utf8_lossy(&written(&diff)));
        prop_assert_eq!(diff.is_empty(), base == after);
        let lines = (0..diff.len()).map(|at| diff.line(at).unwrap());
        let joined: Vec<u8> = lines.flat_map(|(sort, line)| [sort.sign().as_bytes(), &line, b"\n"].concat()).collect();
        prop_assert_eq!(joined, written(&diff));
    }

    /// Where lines tell themselves apart, it is what comparing both texts finds.
    #[test]
    fn it_is_what_a_comparison_finds(
        count in 0..40usize,
        ends: bool,
        wishes in prop::collection::vec((0..41usize, 0..4u8), 0..8),
    ) {
        let mut base: String = (0..count).map(|number| format!("line {number}\n")).collect();
        if !ends {
            base.pop();
        }
        let starts: Vec<usize> = std::iter::once(0).chain(base.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut changes = Vec::new();
        let mut wishes: Vec<_> = wishes.into_iter().filter(|(line, _)| *line < count).collect();
        wishes.sort_unstable();
        wishes.dedup_by_key(|(line, _)| *line);
        for (line, wish) in wishes {
            let start = starts[line] as u32;
            let end = starts.get(line + 1).map_or(base.len(), |end| *end) as u32;
            changes.push(match wish {
                0 => Edit::insert(start, format!("new {line}\n")),
                1 => Edit::delete(Span::new(start, end)),
                2 => Edit::replace(Span::new(start, start + 4), "other"),
                _ => Edit::insert(start + 4, format!("\nnew {line}\n")),
            });
        }
        let edits = edits(changes);
        let (base, diff) = (base.as_bytes(), of(base.as_bytes(), &edits));
        let (shown, wanted) = (written(&diff), found(base, &edits.apply(base)));
        prop_assert_eq!(String::from_utf8_lossy(&shown), String::from_utf8_lossy(&wanted));
    }
}

/// A bug that moves would be a block of red and another of green in which nobody finds what was changed.
#[test]
fn lines_that_have_only_moved_are_told_from_those_that_are_other() {
    let base = b"# a\nkept\n\n# b\none\nlevel: high\ntwo\n\n# c\nlast\n";
    let span = |from: usize, to: usize| Span::new(from as u32, to as u32);
    let (start, end) = (10, 35);
    assert_eq!(&base[start..end], b"# b\none\nlevel: high\ntwo\n\n".as_slice());
    let at = start + 8 + "level: ".len();
    let pieces =
        vec![Piece::Kept(span(start, at)), Piece::new("low"), Piece::Kept(span(at + "high".len(), end))];
    let moved = edits([
        Edit::delete(span(start, end)),
        Edit { span: span(base.len(), base.len()), pieces: pieces.into() },
    ]);
    let diff = of(base, &moved);
    let told: Vec<String> = (0..diff.len())
        .filter_map(|at| {
            let (sort, line) = diff.line(at)?;
            let line = format!("{}{}", sort.sign(), String::from_utf8_lossy(&line));
            matches!(sort, Sort::Gone | Sort::New).then(|| match diff.is_moved(at) {
                true => format!("{line} moved"),
                false => line,
            })
        })
        .collect();
    let gone = ["-# b moved", "-one moved", "-level: high", "-two moved", "- moved"];
    let new = ["+# b moved", "+one moved", "+level: low", "+two moved", "+ moved"];
    assert_eq!(told, [gone, new].concat());
}

#[test]
fn what_is_other_in_a_line_is_told_beside_the_line_that_was_there() {
    let base = b"| B-1 | open | P0 |\n| B-2 | open | P1 |\n";
    let level = base.len() / 2 - 5;
    assert_eq!(&base[level..level + 2], b"P0");
    let edit = Edit::replace(Span::new(level as u32, level as u32 + 2), "P3");
    let diff = of(base, &edits([edit]));
    let changed = |at: usize| {
        let (sort, line) = diff.line(at).unwrap();
        let parts =
            diff.changed(at).into_iter().map(|range| String::from_utf8_lossy(&line[range]).into_owned());
        format!("{}{}", sort.sign(), parts.collect::<Vec<_>>().join(","))
    };
    let all: Vec<String> = (3..diff.len()).map(changed).collect();
    assert_eq!(all, ["-P0", "+P3", " "]);
}
