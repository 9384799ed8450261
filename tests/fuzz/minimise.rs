//! The smallest input that fails alike, as far as taking pieces away leads.

/// How many inputs are tried at most.
const TRIES: usize = 3_000;

/// Takes away lines, then bytes, in ever smaller runs, as long as `fails` holds.
pub(super) fn minimised(base: Vec<u8>, fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut tries = 0;
    let mut fails = |base: &[u8]| {
        tries += 1;
        tries <= TRIES && fails(base)
    };
    let lines: Vec<Vec<u8>> = base.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let lines = fewer(lines, |lines| fails(&lines.concat()));
    fewer(lines.concat(), |bytes| fails(bytes))
}

/// As few of the items as fail.
fn fewer<T: Clone>(mut items: Vec<T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut run = items.len().div_ceil(2);
    while run > 0 {
        let before = items.len();
        let mut at = 0;
        while at < items.len() {
            let without = [&items[..at], &items[(at + run).min(items.len())..]].concat();
            match fails(&without) {
                true => items = without,
                false => at += run,
            }
        }
        if items.len() == before || run > 1 {
            run /= 2;
        }
    }
    items
}
