//! The rules of a Markdown lint that a document written by a program has to keep.

/// What breaks a rule, with its line.
pub(super) fn problems(document: &str) -> Vec<String> {
    let (front, body) = match document.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => (front.lines().count() + 2, body),
        None => (0, document),
    };
    let lines: Vec<&str> = body.lines().collect();
    let mut found: Vec<(usize, &str)> = Vec::new();
    let mut depth = 0;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| lines[at]);
        let after = lines.get(at + 1).copied().unwrap_or("");
        let mut rule = |broken: bool, what: &'static str| found.extend(broken.then_some((at, what)));
        rule(line.ends_with([' ', '\t']), "blanks at the end");
        rule(line.is_empty() && before.is_empty() && at > 0, "two blank lines");
        if let Some(level) = level(line) {
            rule(!before.is_empty() || !after.is_empty(), "a heading that touches something");
            rule(level > depth + 1, "a level of headings left out");
            rule(level == 1 && depth > 0, "a second title");
            rule(line.ends_with(['.', ',', ';', ':', '!']), "a heading that ends as a sentence does");
            depth = level;
        }
        rule(is_item(line) && !before.is_empty() && !is_item(before), "a list that touches what is before");
        rule(is_item(line) && !after.is_empty() && !is_item(after), "a list that touches what is behind");
        rule(
            line.starts_with('|') && !before.is_empty() && !before.starts_with('|'),
            "a table that touches something",
        );
    }
    if !document.ends_with('\n') || document.ends_with("\n\n") {
        found.push((lines.len(), "not one line end at the end"));
    }
    found.into_iter().map(|(at, what)| format!("line {}: {what}", front + at + 1)).collect()
}

fn level(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    ((1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' ')).then_some(marks)
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line.starts_with("- ") || digits > 0 && line[digits..].starts_with(". ")
}

/// A lint that finds nothing would let everything pass.
#[test]
fn each_rule_is_broken_by_something() {
    let broken = [
        ("# a\n\nb \n", "line 3: blanks at the end"),
        ("# a\n\n\nb\n", "line 3: two blank lines"),
        ("# a\nb\n", "line 1: a heading that touches something"),
        ("# a\n\n### b\n", "line 3: a level of headings left out"),
        ("# a\n\n# b\n", "line 3: a second title"),
        ("# a.\n", "line 1: a heading that ends as a sentence does"),
        ("a\n- b\n", "line 2: a list that touches what is before"),
        ("- b\nc\n", "line 1: a list that touches what is behind"),
        ("a\n| b |\n", "line 2: a table that touches something"),
        ("a", "line 2: not one line end at the end"),
    ];
    for (document, what) in broken {
        assert_eq!(problems(document), [what], "{document:?}");
    }
    assert_eq!(problems("---\na: 1\n---\n\n# a\n\n- b\n  - c\n\n1. d\n"), [] as [String; 0]);
}
