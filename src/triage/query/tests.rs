//! Filters as people type them, and what holds for any.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use proptest::prelude::*;

use super::complete::complete;
use super::facets::{facets, toggled};
use super::*;
use crate::methodology::Methodology;
use crate::report::{BugIx, Report, To};
use crate::triage::{Decision, Draft, Event, Kind, Session, Set};

const REPORT: &str = "\
# Nightly

## P0 Bugs

### BUG-1: Login loops for ever
- **Severity:** P0 - Security
- **Status:** Open
- **Error:** TimeoutError in `std::io`

The session cookie is lost.

### BUG-2: Missing flask
- **Severity:** P0 - ImportError
- **Scope:** Test infrastructure
- **Status:** ✅ FIXED - pinned
- **Error:** ModuleNotFoundError
- **Ticket No:** ABC-7

## P1 Bugs

### BUG-3: Slow suite
- **Severity:** P1 - Quality
- **Scope:** Test infrastructure
- **Status:** Open

### Backend

#### BUG-4: Größe der Datei
- **Severity:** P2
- **Error:**
  - Traceback, most recent call last
";

static READ: LazyLock<Arc<Report>> =
    LazyLock::new(|| Arc::new(Report::parse(REPORT.as_bytes().into(), &Arc::new(Methodology::embedded()))));

fn session() -> Session {
    assert_eq!(READ.len(), 4);
    Session::new(Arc::clone(&READ), Arc::clone(READ.methodology()), Vec::new())
}

fn set(bugs: &[u32]) -> BugSet {
    bugs.iter().map(|bug| BugIx(*bug)).collect()
}

fn decide(session: &mut Session, kind: Kind, bugs: &[u32], values: Set) {
    let draft = Draft::new(kind, set(bugs), values);
    session.apply(Event::Decided(Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft }));
}

/// The third bug is decided to be a P3 that is deferred, the fourth is confirmed, and the first was looked at.
fn reviewed() -> (Session, Known) {
    let mut session = session();
    let severity = To::Value(session.methodology().level_named("P3").expect("a level"));
    let (status, fields) =
        (To::Value("Deferred".to_owned()), vec![("Error".to_owned(), To::Value("Slowness".to_owned()))]);
    decide(&mut session, Kind::Reclassified, &[2], Set { severity, status, fields, ..Set::default() });
    decide(&mut session, Kind::Confirmed, &[3], Set::default());
    session.see(BugIx(0));
    let known = Known {
        marked: set(&[0, 1]),
        suggested: set(&[1, 2]),
        voices: Arc::new(vec![
            ("missing-module".to_owned(), set(&[1])),
            ("Review Agent".to_owned(), set(&[2])),
        ]),
        stale: set(&[3]),
        overdue: set(&[2]),
        contradicting: set(&[0, 3]),
    };
    (session, known)
}

fn search(session: &Session, known: &Known, text: &str) -> Matches {
    let query = Query::parse(text, session.report());
    Matches::search(session, known, &query, None, &AtomicBool::new(false)).expect("nothing overtakes it")
}

/// The numbers in the ids of the bugs that a filter leaves, in order.
fn found(text: &str) -> String {
    let (session, known) = reviewed();
    search(&session, &known, text).bugs.iter().map(|bug| (bug.0 + 1).to_string()).collect()
}

fn problems(text: &str) -> Vec<(String, String)> {
    let query = Query::parse(text, session().report());
    let said = |problem: &Problem| (text[problem.span.clone()].to_owned(), problem.what.clone());
    query.problems().iter().map(said).collect()
}

#[test]
fn a_severity_is_asked_by_key_name_list_or_bound() {
    assert_eq!(found("sev:P0"), "12");
    assert_eq!(found("sev:critical"), "12");
    assert_eq!(found("severity:high"), "", "a pending decision made it low");
    assert_eq!(found("sev:p2,low"), "34");
    assert_eq!(found("sev:>=P2"), "124");
    assert_eq!(found("sev:<p0"), "34");
    assert_eq!(found("sev:>P0"), "");
    assert_eq!(found("-sev:P0"), "34");
    assert_eq!(found("sev:none"), "");
}

#[test]
fn scopes_and_statuses_are_asked_by_any_of_their_words() {
    assert_eq!(found("scope:test"), "23");
    assert_eq!(found("scope:\"Test Infrastructure\""), "23");
    assert_eq!(found("scope:none"), "14");
    assert_eq!(found("status:fixed"), "2");
    assert_eq!(found("status:open,deferred"), "13");
    assert_eq!(found("status:none"), "4");
    assert_eq!(found("-status:none scope:test"), "23");
}

const ODD: &str = "\
# Bugs

### BUG-1: a
- **Severity:** P1
- **Scope:** production
- **Status:** open

### BUG-2: b
- **Severity:** Whopping
- **Scope:** the cellar
- **Status:** on the bench

### BUG-3: c
- **Ticket No:** ABC-7
";

/// Nobody would find the bugs that no severity, scope or status of the team counts.
#[test]
fn words_that_the_methodology_does_not_know_are_asked_for_and_counted() {
    let methodology = Arc::new(Methodology::embedded());
    let report = Arc::new(Report::parse(ODD.as_bytes().into(), &methodology));
    let mut session = Session::new(report, methodology, Vec::new());
    let (known, never) = (Known::default(), AtomicBool::new(false));
    let found = |text: &str, session: &Session| -> Vec<u32> {
        let query = Query::parse(text, session.report());
        assert_eq!(query.problems(), [], "{text}");
        let found = Matches::search(session, &known, &query, None, &never).expect("matches").bugs;
        found.into_iter().map(|bug| bug.0 + 1).collect()
    };
    for name in ["sev", "scope", "status"] {
        assert_eq!(found(&format!("{name}:unlisted"), &session), [2], "{name}");
        assert_eq!(found(&format!("{name}:none"), &session), [3], "{name}");
        assert_eq!(found(&format!("{name}:none,unlisted"), &session), [2, 3], "{name}");
    }
    let counted = |session: &Session| -> Vec<(String, usize)> {
        let facets = facets::facets("", session, &known, &never).expect("facets").into_iter();
        let unlisted = facets.flat_map(|facet| facet.values).filter(|value| value.label == "unlisted");
        unlisted.map(|value| (value.term, value.count)).collect()
    };
    let each = |names: &[&str]| names.iter().map(|name| (format!("{name}:unlisted"), 1)).collect::<Vec<_>>();
    assert_eq!(counted(&session), each(&["sev", "scope", "status"]));
    decide(&mut session, Kind::Reclassified, &[1], Set { severity: To::Clear, ..Set::default() });
    assert_eq!((counted(&session), found("sev:none", &session)), (each(&["scope", "status"]), vec![2, 3]));
}

#[test]
fn what_a_reviewer_did_is_asked_with_is() {
    for (word, bugs) in [
        ("undecided", "12"),
        ("decided", "34"),
        ("changed", "3"),
        ("marked", "12"),
        ("seen", "1"),
        ("unseen", "234"),
        ("suggested", "23"),
        ("stale", "4"),
        ("overdue", "3"),
        ("contradiction", "14"),
    ] {
        assert_eq!(found(&format!("is:{word}")), bugs, "{word}");
    }
    assert_eq!(found("is:undecided is:contradiction"), "1");
    assert_eq!(found("is:seen,overdue"), "13");
}

#[test]
fn who_suggests_something_is_asked_by_name() {
    for (name, bugs) in [
        ("missing-module", "2"),
        ("missing", "2"),
        ("\"review agent\"", "3"),
        ("module,agent", "23"),
        ("nobody", ""),
    ] {
        assert_eq!(found(&format!("suggested:{name}")), bugs, "{name}");
    }
    assert_eq!(found("-suggested:missing-module"), "134");
}

#[test]
fn sections_ids_titles_and_whole_texts_are_looked_into() {
    assert_eq!(found("section:p1"), "34");
    assert_eq!(found("section:\"P0 Bugs\""), "12");
    assert_eq!(found("section:\"p0 bugs\""), "12");
    assert_eq!(found("section:\"P0 bugs\""), "", "a capital asks for the very case");
    assert_eq!(found("id:bug-2,4"), "24");
    assert_eq!(found("title:SUITE"), "3");
    assert_eq!(found("text:cookie"), "1");
    assert_eq!(found("text:GRÖSSE,größe"), "4");
}

#[test]
fn any_field_is_asked_by_its_name() {
    assert_eq!(found("error:modulenotfound"), "2");
    assert_eq!(found("error:e"), "1234");
    assert_eq!(found("ticket-no:abc"), "2", "a name of this report alone");
    assert_eq!(found("error:slow"), "3", "a pending decision set it");
    assert_eq!(found("error:\"last\""), "4", "what stands below counts where the line is empty");
    assert_eq!(found("error:\"most recent, call\",traceback"), "4");
}

#[test]
fn other_words_are_fuzzy_or_quoted() {
    assert_eq!(found("lgn"), "1");
    assert_eq!(found("-lgn"), "234");
    assert_eq!(found("\"flask\" bug"), "2");
    assert_eq!(found("\"Flask\""), "");
    assert_eq!(found("-\"login loops\" sev:P0"), "2");
    assert_eq!(found("std::io"), "", "no name: looked for as it stands, in ids and titles");
    assert!(problems("std::io http://x").is_empty());
    let query = Query::parse("lgn -slow \"for ever\" sev:P0", session().report());
    assert_eq!((query.fuzzy().hits("login").len(), query.exact()), (3, &["for ever".to_owned()][..]));
}

#[test]
fn the_best_fuzzy_match_is_known_and_else_the_first() {
    let session = session();
    let best = |text: &str| search(&session, &Known::default(), text).best;
    assert_eq!(best("suite"), Some(BugIx(2)));
    assert_eq!(best("scope:test"), Some(BugIx(1)));
    assert_eq!(best("zzz"), None);
}

#[test]
fn what_is_half_typed_restricts_nothing() {
    for text in ["", "  ", "sev:", "-sev:", "sev:P0 ,", "sev:>=", "-", "\"", "is:", "section:\"", "text:,"] {
        let whole = if text.contains("P0") { "" } else { "1234" };
        assert_eq!((found(text).as_str(), problems(text).len()), (whole, 0), "{text:?}");
    }
    assert!(Query::parse("sev: -", session().report()).is_empty());
}

#[test]
fn what_names_nothing_is_told_with_what_there_is_and_restricts_nothing() {
    assert_eq!(found("sev:P9"), "1234");
    assert_eq!(found("-is:odd"), "1234");
    assert_eq!(found("sev:P9,P0"), "12");
    let there = "no level is called P9; there are: P0, P1, P2, P3, none, unlisted";
    assert_eq!(problems("slow -sev:P0,P9"), [("P9".to_owned(), there.to_owned())]);
    assert_eq!(problems("scope:\"the moon\"")[0].0, "\"the moon\"");
    assert_eq!(problems("is:odd status:x sev:>=x").len(), 3);
}

#[test]
fn a_search_that_is_overtaken_stops() {
    let (session, known) = reviewed();
    let query = Query::parse("sev:P0", session.report());
    assert_eq!(Matches::search(&session, &known, &query, None, &AtomicBool::new(true)), None);
    assert_eq!(facets("", &session, &known, &AtomicBool::new(true)), None);
}

#[test]
fn a_filter_narrows_another_where_it_says_at_least_as_much() {
    let narrows = |text: &str, before: &str| {
        let report = session();
        Query::parse(text, report.report()).narrows(&Query::parse(before, report.report()))
    };
    for (text, before) in [
        ("login", "log"),
        ("sev:P0 log", "log"),
        ("sev:P0", "sev:P0,P1"),
        ("sev:>=P0", "sev:>=P1"),
        ("-sev:P0,P1", "-sev:P0"),
        ("text:cookies", "text:cook"),
        ("error:\"Module\"", "error:module"),
        ("-log", "-login"),
        ("anything", "sev:"),
    ] {
        assert!(narrows(text, before), "{text} narrows {before}");
        assert!(text == before || !narrows(before, text), "{before} does not narrow {text}");
    }
    assert!(!narrows("sev:P0", "-sev:P0"));
    assert!(!narrows("section:p0", "section:\"P0\""));
}

#[test]
fn a_term_is_put_in_and_taken_out() {
    assert_eq!(toggled("", "sev:P0"), "sev:P0");
    assert_eq!(toggled("slow sev:P0", "sev:P1"), "slow sev:P0,P1");
    assert_eq!(toggled("slow sev:p0,P1 x", "sev:P0"), "slow sev:P1 x");
    assert_eq!(toggled("sev:P0 slow", "sev:P0"), "slow");
    assert_eq!(toggled("sev: slow", "sev:P0"), "sev:P0 slow");
    assert_eq!(toggled("-sev:P0", "sev:P0"), "-sev:P0 sev:P0");
    assert_eq!(toggled("is:seen", "is:overdue"), "is:seen is:overdue");
    assert_eq!(toggled("section:\"P0 B", "sev:P0"), "section:\"P0 B\" sev:P0");
    assert_eq!(toggled("x", "section:\"P0 Bugs\""), "x section:\"P0 Bugs\"");
}

#[test]
fn facets_show_what_each_value_would_leave_and_which_are_on() {
    let (session, known) = reviewed();
    let facets = facets("severity:critical scope:test", &session, &known, &AtomicBool::new(false));
    let facets = facets.expect("nothing overtakes it");
    let said: Vec<String> = facets
        .iter()
        .map(|facet| {
            let value = |value: &facets::Value| {
                format!("{}{}={}", if value.on { "+" } else { "" }, value.term, value.count)
            };
            format!("{}: {}", facet.name, facet.values.iter().map(value).collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        said,
        [
            "severity: +severity:critical=1 severity:P3=1",
            "scope: +scope:test=1 scope:none=1",
            "status: status:resolved=1",
            "section: section:\"P0 Bugs\"=1",
            "is: is:undecided=1 is:marked=1 is:unseen=1 is:suggested=1",
        ]
    );
    assert_eq!(toggled("severity:critical scope:test", "severity:P3"), "severity:critical,P3 scope:test");
}

fn offers(text: &str) -> Vec<String> {
    let (session, known) = reviewed();
    let completion = complete(text, text.len(), &session, &known);
    let put = |offer: &complete::Offer| {
        let mut whole = text.to_owned();
        whole.replace_range(completion.span.clone(), &offer.text);
        offer.count.map_or(whole.clone(), |count| format!("{whole}={count}"))
    };
    completion.offers.iter().map(put).collect()
}

#[test]
fn terms_and_values_are_offered_as_they_are_typed() {
    assert_eq!(offers("s"), ["sev:", "scope:", "status:", "section:", "suggested:"]);
    assert_eq!(offers("slow -ti"), ["slow -title:", "slow -ticket-no:"]);
    assert_eq!(
        offers("sev:"),
        ["sev:P0 =2", "sev:P1 =0", "sev:P2 =1", "sev:P3 =1", "sev:none =0", "sev:unlisted =0"]
    );
    assert_eq!(offers("scope:test sev:cri"), ["scope:test sev:P0 =1"]);
    assert_eq!(offers("sev:P0,l"), ["sev:P0,P3 =3"]);
    assert_eq!(offers("sev:>=p2"), ["sev:>=P2 =3"]);
    assert_eq!(offers("-is:unse"), ["-is:unseen =1"]);
    assert_eq!(
        offers("section:\"b"),
        ["section:\"Backend\" =1", "section:\"P0 Bugs\" =2", "section:\"P1 Bugs\" =2"]
    );
    assert!(offers("").len() > 8);
    assert!(offers("\"quoted").is_empty());
}

/// Something that a person may type, right or wrong.
fn typed() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "sev:P0",
        "-sev:P1",
        "sev:P0,P3",
        "sev:>=P2",
        "sev:<P1",
        "sev:none",
        "sev:x",
        "sev:",
        "scope:test",
        "-scope:none",
        "status:open",
        "status:fixed,none",
        "is:undecided",
        "-is:seen",
        "is:changed,marked",
        "is:odd",
        "section:p1",
        "section:\"P0 Bugs\"",
        "-section:Backend",
        "id:2",
        "title:\"Slow\"",
        "text:the,e",
        "text:\"Open\"",
        "error:Time",
        "-error:\"Module\"",
        "ticket-no:a",
        "l",
        "lo",
        "login",
        "Lo",
        "-s",
        "-sl",
        "\"flask\"",
        "-\"Bug\"",
        "\"BUG",
        "std::io",
        "größe",
        "\"GRÖ",
        "-",
    ]);
    prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_understood_somehow(text in ".{0,40}|[-a-z:,\"<>= é]{0,30}", at in 0usize..50, term in ".{0,10}") {
        let (session, known) = reviewed();
        let query = Query::parse(&text, session.report());
        prop_assert!(query.problems().iter().all(|problem| text.get(problem.span.clone()).is_some()));
        let completion = complete(&text, at, &session, &known);
        prop_assert!(text.get(completion.span).is_some());
        facets(&text, &session, &known, &AtomicBool::new(false));
        toggled(&text, &term);
    }

    /// `-` would hide what it should show.
    #[test]
    fn what_a_term_leaves_its_negation_leaves_out(text in typed()) {
        let (session, known) = reviewed();
        for word in lex::words(&text, |_| true).into_iter().filter(|word| !word.negated) {
            let word = &text[word.span];
            if Query::parse(word, session.report()).is_empty() {
                continue;
            }
            let (with, without) = (search(&session, &known, word), search(&session, &known, &format!("-{word}")));
            let mut all = [with.bugs, without.bugs].concat();
            all.sort_unstable();
            prop_assert_eq!(all, session.report().indexes().collect::<Vec<_>>(), "{}", word);
        }
    }

    /// A search that goes on from the last one would miss bugs.
    #[test]
    fn within_what_it_narrows_a_search_finds_the_same(before in typed(), text in typed(), more in "[a-zP0-9\"]{0,3}") {
        let (session, known) = reviewed();
        let earlier = Query::parse(&before, session.report());
        let first = search(&session, &known, &before).bugs;
        for text in [format!("{before}{more}"), format!("{before} {text}"), format!(" {before} "), text] {
            let query = Query::parse(&text, session.report());
            let anew = search(&session, &known, &text);
            prop_assert!(!query.finds_what(&earlier) || anew == search(&session, &known, &before));
            if !query.narrows(&earlier) {
                continue;
            }
            prop_assert!(anew.bugs.iter().all(|bug| first.contains(bug)), "{} after {}", text, before);
            let within = Matches::search(&session, &known, &query, Some(&first), &AtomicBool::new(false));
            prop_assert_eq!(within, Some(anew));
        }
    }

    /// A search would miss bugs once it is known which letters they have.
    #[test]
    fn known_letters_change_nothing_that_a_search_finds(
        titles in prop::collection::vec("[ab#1 Bé日-]{0,8}", 1..6), text in "[ab#12 Bé]{1,4}",
    ) {
        let bug = |title: &String| format!("### {title}\n- **Severity:** P1\n\n");
        let text_of: String = ["### B-1: ab\n- **Severity:** P1\n\n".repeat(2), titles.iter().map(bug).collect()].concat();
        let methodology = READ.methodology();
        let report = Arc::new(Report::parse(text_of.as_bytes().into(), methodology));
        let session = Session::new(Arc::clone(&report), Arc::clone(methodology), Vec::new());
        let unknown = search(&session, &Known::default(), &text);
        report.find_letters();
        prop_assert_eq!(search(&session, &Known::default(), &text), unknown);
    }

    /// A count would promise what choosing it does not give.
    #[test]
    fn what_a_facet_counts_is_what_choosing_it_alone_leaves(text in typed()) {
        let (session, known) = reviewed();
        for facet in facets(&text, &session, &known, &AtomicBool::new(false)).unwrap_or_default() {
            let own = |word: &&lex::Word<'_>| facet.name != "is" && !word.negated && word.name.is_some_and(|name| facet.name.starts_with(name));
            let words = lex::words(&text, |name| parse::Key::named(name, session.report()).is_some());
            let rest: Vec<&str> = words.iter().filter(|word| !own(word)).map(|word| &text[word.span.clone()]).collect();
            for value in facet.values {
                let alone = format!("{} {}", value.term, rest.join(" "));
                prop_assert_eq!(search(&session, &known, &alone).bugs.len(), value.count, "{}", alone);
                let there = toggled(&text, &value.term);
                if !value.on {
                    prop_assert!(facet.name == "is" || value.count == 0 || !search(&session, &known, &there).bugs.is_empty(), "{}", there);
                    let back = toggled(&there, &value.term);
                    prop_assert_eq!(search(&session, &known, &back).bugs, search(&session, &known, &text).bugs, "{}", back);
                }
            }
        }
    }

    /// An offer's count is what taking it leaves.
    #[test]
    fn what_an_offer_counts_is_what_taking_it_leaves(text in typed(), term in prop::sample::select(vec!["sev:", "-sev:P0,", "is:", "status:", "-scope:"])) {
        let (session, known) = reviewed();
        let typed = format!("{} {term}", text.replace('"', ""));
        let completion = complete(&typed, typed.len(), &session, &known);
        prop_assert!(!completion.offers.is_empty());
        for offer in completion.offers {
            let mut taken = typed.clone();
            taken.replace_range(completion.span.clone(), &offer.text);
            prop_assert_eq!(Some(search(&session, &known, &taken).bugs.len()), offer.count, "{}", taken);
        }
    }
}
