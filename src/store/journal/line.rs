//! A line of a journal: 16 hexadecimal digits, the xxh3 hash of what follows, a blank, and that.

use xxhash_rust::xxh3::xxh3_64;

/// How many bytes stand before the content: hash and blank.
const HEAD: usize = 17;

/// The line with its end; `content` must not hold a line end.
pub(super) fn of(content: &str) -> String {
    format!("{:016x} {content}\n", xxh3_64(content.as_bytes()))
}

/// The content of the undamaged lines that `bytes` begins with, each with the offset after it.
pub(super) fn whole(bytes: &[u8]) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let end = at + memchr::memchr(b'\n', &bytes[at..])?;
        let content = checked(&bytes[at..end])?;
        at = end + 1;
        Some((content, at))
    })
}

fn checked(line: &[u8]) -> Option<&str> {
    let (head, content) = line.split_at_checked(HEAD)?;
    let head = std::str::from_utf8(head).ok()?;
    (head == format!("{:016x} ", xxh3_64(content))).then(|| std::str::from_utf8(content).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_up_to_the_first_that_is_damaged() {
        let journal = format!("{}{}{}", of("one"), of(""), of("three"));
        let read = |bytes: &[u8]| whole(bytes).map(|(content, _)| content.to_owned()).collect::<Vec<_>>();
        assert_eq!(read(journal.as_bytes()), ["one", "", "three"]);
        assert_eq!(read(&journal.as_bytes()[..journal.len() - 1]), ["one", ""]);
        for at in 0..of("one").len() {
            let mut damaged = journal.clone().into_bytes();
            damaged[at] ^= 1;
            assert_eq!(read(&damaged), [] as [&str; 0], "byte {at}");
        }
    }
}
