//! What git leaves in a file of which it could not merge two versions: both, between marks.

use memchr::memmem;

/// Where the first such place begins: a line of `<<<<<<<`, below it one of `=======`, and below that one of `>>>>>>>`. It costs
/// no more than a look at the bytes where there is none.
pub fn find(bytes: &[u8]) -> Option<usize> {
    let begins = |at: &usize| *at == 0 || bytes[at - 1] == b'\n';
    // What follows a later one follows the first, too.
    let at = memmem::find_iter(bytes, b"<<<<<<< ").find(begins)?;
    let rest = &bytes[at..];
    let middle = memmem::find(rest, b"\n=======")?;
    memmem::find(&rest[middle..], b"\n>>>>>>> ").map(|_| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_merge_stand_between_marks_at_the_beginning_of_lines() {
        let merged = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n";
        assert_eq!(find(merged.as_bytes()), Some(2));
        assert_eq!(find(&merged.as_bytes()[2..]), Some(0));
        assert_eq!(find(merged.replace('\n', "\r\n").as_bytes()), Some(3));
        for (mark, other) in [("<<<<<<< HEAD", " <<<<<<< HEAD"), ("=======", "==="), (">>>>>>> x", "> x")] {
            assert_eq!(find(merged.replace(mark, other).as_bytes()), None, "{other}");
        }
    }
}
