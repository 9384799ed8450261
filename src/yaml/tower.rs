//! Finds towers of brackets: the reader beneath takes time that grows with the square of them before it gives up.
//!
//! A bracket counts where it can open a list or a map: where a value begins, or inside another. What the log
//! writes never looks like a tower, whatever it quotes: its texts begin with a letter or a quote and end on
//! their line.

/// How many brackets may be open.
const MOST: usize = 1000;

/// Whether a document that goes on with this text is refused for its brackets, where none was open before.
pub fn is_tower(text: &str) -> bool {
    line(text).is_some()
}

/// The 1-based line on which more brackets are open than may be.
pub(super) fn line(text: &str) -> Option<usize> {
    let mut open = 0;
    let lines = text.split('\n').zip(1..);
    lines.into_iter().find_map(|(line, number)| {
        open = after(line.as_bytes(), open);
        (open > MOST).then_some(number)
    })
}

/// How many brackets are open behind a line that begins with so many; no more than one too many.
fn after(line: &[u8], mut open: usize) -> usize {
    let mut at = 0;
    let mut begins = true;
    while at < line.len() && open <= MOST {
        let byte = line[at];
        let may_open = begins || open > 0;
        match byte {
            b'[' | b'{' if may_open => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b'"' | b'\'' if begins => at += quoted(&line[at..]),
            _ => {}
        }
        begins = match byte {
            b' ' | b'\t' => begins,
            b'[' | b'{' => may_open,
            b',' => open > 0,
            b':' => line.get(at + 1).is_none_or(|next| *next == b' '),
            b'-' | b'?' => begins && line.get(at + 1).is_none_or(|next| *next == b' '),
            _ => false,
        };
        at += 1;
    }
    open
}

/// How far the closing quote of a text is, if that is on its line.
fn quoted(text: &[u8]) -> usize {
    let mut at = 1;
    while at < text.len() {
        match text[at] {
            b'\\' if text[0] == b'"' => at += 1,
            byte if byte == text[0] => return at,
            _ => {}
        }
        at += 1;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_tower_is_seen_wherever_it_stands() {
        let tower = "[".repeat(1001);
        assert_eq!(line(&tower), Some(1));
        assert_eq!(line(&format!("a: x\nb: {tower}")), Some(2));
        assert_eq!(line(&format!("- - ? {}", "{a: ".repeat(1001))), Some(1));
        assert_eq!(line(&"[\n".repeat(5000)), Some(1001));
        assert_eq!(line(&format!("a: [x\"y, {tower}")), Some(1));
    }

    #[test]
    fn brackets_in_texts_build_none() {
        let tower = "[".repeat(5000);
        for text in [
            format!("title: see {tower}"),
            format!("title: a - {tower}"),
            format!("title: \"{tower} \\\" {tower}\""),
            format!("- {{name: '{tower}', to: \"{tower}\"}}"),
            "- id: B-1\n  title: see [1\n".repeat(5000),
            "[]".repeat(5000),
        ] {
            assert_eq!(line(&text), None, "{text:.60}");
        }
    }
}
