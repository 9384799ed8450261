//! Whatever a title, a rationale, a name or a fact holds, every export is what it says it is.

use std::sync::Arc;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use regrade::deviation::{BugRecord, Entry, FromTo, Log};
use regrade::export::{self, Commit, Decided, EMBEDDED, Facts, Format, Front, Template};
use regrade::text::display;
use regrade::triage::{Answer, Kind, Session};
use serde_json::Value;

use super::lint;

use crate::parsed::{self, parse};

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "(?s).{1,30}",
        "[-=+@|`\\\\<>!\\[\\]()*_#~:.1\n\r\t '\"{},&x]{1,24}",
        Just(String::from("=HYPERLINK(\"http://x\")")),
        Just(String::from("<script>alert(1)</script>")),
        Just(String::from("![](http://x/y.png)")),
        Just(String::from("\n\n# Title\n\n---\n")),
        Just(String::from("{{readiness}}")),
    ]
}

fn entry(kind: Kind, id: usize, text: &[String; 5], bugs: usize) -> Entry {
    let [title, why, by, status, fact] = text;
    let severity = Some(FromTo { from: Some("P0".into()), to: Some("P1".into()) });
    let status = Some(FromTo { from: None, to: Some(status.into()) });
    let fields = vec![(title.clone(), FromTo { from: Some(why.into()), to: None })];
    let bug = BugRecord {
        id: title.into(),
        title: title.clone(),
        severity,
        status,
        fields,
        ..BugRecord::default()
    };
    let details = ["title", "issue", "fix", "file", "task", "commit"];
    let details =
        if bugs == 0 { details.map(|name| (name.to_owned(), fact.clone())).to_vec() } else { Vec::new() };
    Entry {
        id: format!("{id:016x}"),
        prev: Vec::new(),
        at: "2026-02-11T20:25:48Z".parse().unwrap(),
        by: by.clone(),
        kind,
        bugs: vec![bug; bugs],
        claims: Vec::new(),
        details,
        rationale: why.clone(),
        rule: Some(2),
        suggestion: Some(by.clone()),
        suggested_by: Some(why.clone()),
        policy: vec![Answer { guard: title.clone(), reason: Some(fact.clone()) }],
        reverts: Some(by.clone()),
        way_back: None,
    }
}

fn entries(text: &[String; 5]) -> Vec<Entry> {
    let kinds =
        [Kind::Reclassified, Kind::Fixed, Kind::NotExecuted, Kind::Finding, Kind::Recommendation, Kind::Note];
    let entry = |(at, kind): (usize, Kind)| entry(kind, at, text, usize::from(at == 0) * 2);
    kinds.into_iter().enumerate().map(entry).collect()
}

fn decided(entries: &[Entry]) -> Vec<Decided<'_>> {
    entries.iter().map(|entry| Decided { entry, is_saved: true, stands: true }).collect()
}

fn written(format: Format, entries: &[Entry]) -> String {
    let mut out = Vec::new();
    export::write(format, &decided(entries), &mut out, &mut |_| Ok(())).unwrap();
    String::from_utf8(out).unwrap()
}

fn session() -> Session {
    parsed::session(&Arc::new(parse(b"## A-1: One\n\n- **Severity:** P1\n")), &Log::default())
}

fn summary(text: &[String; 5]) -> String {
    let (session, entries) = (session(), entries(text));
    let decided = decided(&entries);
    let one_line = text[2].split_whitespace().collect::<Vec<_>>().join(" ");
    let (id, subject) = (text[0].clone(), text[1].clone());
    let commits = [Commit { id, subject, body: format!("- {one_line} so") }];
    // Files of one name are told once.
    let report = format!("{} report", text[2]);
    let facts = Facts {
        report: &report,
        log: &text[3],
        output: Some(&text[4]),
        decided: &decided,
        session: &session,
        front: &Front::default(),
        commits: &commits,
        gates: &[],
        now: "2026-02-11T20:25:48Z".parse().unwrap(),
    };
    export::summary(&facts, Template { text: EMBEDDED, path: "summary.md".as_ref() }).unwrap()
}

fn events(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES).collect()
}

/// What calls for something from elsewhere, or is not Markdown's.
fn is_foreign(event: &Event<'_>) -> bool {
    matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. } | Tag::HtmlBlock))
}

/// The blocks of a document: headings, lists, items, tables, in order.
fn shape(text: &str) -> Vec<String> {
    let blocks = events(text).into_iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(format!("{level:?}")),
        Event::Start(
            tag @ (Tag::List(_) | Tag::Item | Tag::Table(_) | Tag::TableRow | Tag::BlockQuote(_)),
        ) => Some(format!("{tag:?}")),
        Event::Start(Tag::CodeBlock(_)) => Some(String::from("code")),
        Event::Rule => Some(String::from("rule")),
        _ => None,
    });
    blocks.collect()
}

fn texts() -> impl Strategy<Value = [String; 5]> {
    [hostile(), hostile(), hostile(), hostile(), hostile()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn csv_is_csv_and_no_cell_is_a_formula(text in texts()) {
        let entries = entries(&text);
        let written = written(Format::Csv, &entries);
        let mut reader = csv::ReaderBuilder::new().from_reader(written.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(rows.len(), entries.len() + 1);
        for cell in rows.iter().flatten() {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
        }
        let title = rows[0][6].strip_prefix('\'').filter(|_| !text[0].starts_with('\'')).unwrap_or(&rows[0][6]);
        let seen: Vec<_> = text[0].split('\n').map(display::visible_str).collect();
        prop_assert_eq!(title, seen.join("\n"));
    }

    #[test]
    fn json_is_json_that_a_terminal_shows_as_it_is(text in texts()) {
        let entries = entries(&text);
        let (whole, lines) = (written(Format::Json, &entries), written(Format::Jsonl, &entries));
        let read: Vec<Value> = serde_json::from_str(&whole).unwrap();
        prop_assert_eq!(read[0]["bugs"][0]["title"].as_str(), Some(text[0].as_str()));
        prop_assert_eq!(read[1]["rationale"].as_str(), Some(text[1].as_str()));
        prop_assert_eq!(lines.lines().count(), entries.len());
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(lines, read);
        for line in whole.lines() {
            let without_marks: String = line.chars().filter(char::is_ascii).collect();
            prop_assert!(display::is_visible(&without_marks), "{:?}", line);
        }
    }

    #[test]
    fn yaml_is_read_back_as_a_log(text in texts()) {
        let entries = entries(&text);
        let log = Log::read(written(Format::Yaml, &entries).as_bytes());
        prop_assert_eq!(&log.problems, &[]);
        prop_assert_eq!(log.entries, entries);
    }

    #[test]
    fn a_table_is_one_table_with_all_its_cells(text in texts()) {
        let entries = entries(&text);
        let written = written(Format::Markdown, &entries);
        let events = events(&written);
        prop_assert!(!events.iter().any(is_foreign), "{}", written);
        let count = |is: fn(&Event<'_>) -> bool| events.iter().filter(|event| is(event)).count();
        let rows = count(|event| matches!(event, Event::End(TagEnd::TableRow)));
        let cells = count(|event| matches!(event, Event::End(TagEnd::TableCell)));
        prop_assert_eq!((rows, cells), (entries.len() + 1, 13 * (entries.len() + 2)), "{}", written);
        prop_assert!(written.lines().all(display::is_visible), "{:?}", written);
        prop_assert_eq!(written.lines().count(), entries.len() + 3);
        let tables = count(|event| matches!(event, Event::End(TagEnd::Table)));
        prop_assert_eq!(tables, 1);
    }

    #[test]
    fn a_summary_has_the_parts_it_has_whatever_they_say(text in texts()) {
        let document = summary(&text);
        let calm = summary(&["a", "b", "c", "d", "e"].map(String::from));
        let body = |document: &str| document.split_once("\n---\n").unwrap().1.to_owned();
        let front = super::front_matter(&document);
        prop_assert_eq!(front["duration"].as_str(), Some("less than a minute"));
        prop_assert!(!events(&body(&document)).iter().any(is_foreign), "{}", document);
        prop_assert_eq!(shape(&body(&document)), shape(&body(&calm)), "{}", document);
        prop_assert_eq!(lint::problems(&document), Vec::<String>::new(), "{}", document);
        prop_assert!(document.lines().all(display::is_visible), "{:?}", document);
    }
}
