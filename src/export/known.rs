//! Whether a document is an export, which an export may take the place of, though it lists bugs as a report does.

use super::table;

/// Members of the front matter that each summary has, whatever a person adds.
const MEMBERS: [&str; 2] = ["key-decisions:", "patterns-established:"];

/// Whether a text begins as a table of decisions does, or with the front matter of a summary. One that was made from a template
/// without front matter is not known.
pub fn is_export(text: &[u8]) -> bool {
    if text.starts_with(table::START.as_bytes()) {
        return true;
    }
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    if lines.next() != Some(b"---") {
        return false;
    }
    let front: Vec<&[u8]> = lines.take_while(|line| *line != b"---").collect();
    let has = |member: &&str| front.iter().any(|line| line.starts_with(member.as_bytes()));
    MEMBERS.iter().all(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report would be written over, or an export could not be made anew.
    #[test]
    fn an_export_is_known_by_its_beginning_and_nothing_else_is() {
        let table = format!("{}| 2026-02-11 20:25:48Z | Ada | note |\n", table::head());
        assert!(is_export(table.as_bytes()));
        assert!(is_export(
            b"---\r\ntags: [x]\r\nkey-decisions: []\r\npatterns-established: []\r\n---\r\n\r\n# A\r\n"
        ));
        for other in [
            "---\ntags: [x]\nkey-decisions: []\n---\n\npatterns-established: []\n",
            "# A\n\n---\nkey-decisions: []\npatterns-established: []\n---\n",
            "| ID | Title |\n|----|----|\n",
            "",
        ] {
            assert!(!is_export(other.as_bytes()), "{other}");
        }
    }
}
