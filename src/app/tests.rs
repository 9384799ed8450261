//! What keys decide, without a terminal, a disk or a clock.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::typed::typed;
use super::*;
use crate::config::Config;
use crate::fault::{Fault, Kind as FaultKind};
use crate::methodology::LevelId;
use crate::report::{Report, To};
use crate::triage::query::complete::complete;
use crate::triage::query::facets::facets;
use crate::triage::query::{Matches, Query};
use crate::triage::{Arranged, Decision, Event, Kind, Set};

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError

### BUG-3: Odd one
- **Severity:** P2 - Warning

## P1 Bugs

### BUG-4: Slow test
- **Severity:** P1 - Timeout
";

const WHY: &str = "Only the tests are concerned.";

fn decision(draft: Draft) -> Decision {
    Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft }
}

fn reopened(session: Session, places: Vec<Option<BugIx>>) -> Box<Reopened> {
    Box::new(Reopened { session, places, carried: false, fault: None, notes: Vec::new(), holder: None })
}

/// A desk whose effects are done at once, but for saving.
struct Player {
    app: App,
    asked: Vec<Effect>,
    full_disk: bool,
}

impl Player {
    fn new() -> Player {
        Player::on(REPORT)
    }

    fn on(report: &str) -> Player {
        let config = Config::embedded();
        let methodology = Arc::new(config.methodology);
        let report = Arc::new(Report::parse(report.as_bytes().into(), &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let app = App::new(session, "bugs.md", Arc::new(config.settings), Arc::new(config.keymap));
        Player { app, asked: Vec::new(), full_disk: false }
    }

    fn press(&mut self, keys: &str) -> &mut Player {
        for key in typed(keys).expect("keys") {
            self.take(Msg::Key(key));
        }
        self
    }

    fn take(&mut self, msg: Msg) {
        self.app.update(msg).into_iter().for_each(|effect| self.carry_out(effect));
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Commit(intent) => self.commit(intent),
            Effect::Filter { generation, query, within } => self.search(generation, &query, within),
            Effect::Complete { generation, text, cursor } => {
                let completion = complete(&text, cursor, &self.app.session, &self.app.known());
                self.take(Msg::Completed { generation, completion });
            }
            Effect::Facets { generation, text } => {
                let (known, overtaken) = (self.app.known(), AtomicBool::new(false));
                let facets = facets(&text, &self.app.session, &known, &overtaken);
                self.take(Msg::Faceted { generation, facets: facets.expect("nothing overtakes it") });
            }
            Effect::Arrange { generation, matches, order } => {
                let arranged = Arranged::of(&self.app.session, &matches.bugs, order);
                self.take(Msg::Arranged { generation, matches, arranged });
            }
            Effect::Find { generation, text } => {
                let found = self.searched(&text);
                self.take(Msg::Found { generation, matches: found.expect("nothing overtakes it") });
            }
            Effect::Today => self.take(Msg::Today(jiff::civil::Date::constant(2026, 3, 9))),
            Effect::Replay(held) => held.into_iter().for_each(|msg| self.take(msg)),
            other => self.asked.push(other),
        }
    }

    fn commit(&mut self, intent: Intent) {
        if self.full_disk {
            return self.take(Msg::NotCommitted(Fault::new(FaultKind::Unwritable, "the disk is full")));
        }
        let event = match intent {
            Intent::Decide(draft) => Event::Decided(decision(draft)),
            Intent::Settle { misfit, draft } => Event::Settled { misfit, decision: draft.map(decision) },
            Intent::Undo => Event::Undone,
            Intent::Redo => Event::Redone,
        };
        self.take(Msg::Committed(event));
    }

    fn search(&mut self, generation: u64, query: &Query, within: Option<Vec<BugIx>>) {
        let (session, known) = (&self.app.session, self.app.known());
        let matches = Matches::search(session, &known, query, within.as_deref(), &AtomicBool::new(false));
        self.take(Msg::Filtered { generation, matches: matches.expect("nothing overtakes it") });
    }

    fn searched(&self, text: &str) -> Option<Matches> {
        let query = Query::parse(text, self.app.session.report());
        Matches::search(&self.app.session, &self.app.known(), &query, None, &AtomicBool::new(false))
    }

    fn cursor(&self) -> u32 {
        self.app.cursor().expect("a bug").0
    }

    fn levels(&self) -> Vec<u8> {
        let session = &self.app.session;
        session.report().indexes().filter_map(|bug| session.level(bug)).map(|level| level.0).collect()
    }

    fn said(&self) -> &str {
        self.app.ui.toast.as_ref().map_or("", |toast| &toast.text)
    }

    fn popup(&self) -> &'static str {
        match self.app.popup() {
            None => "none",
            Some(Popup::Rationale(_)) => "rationale",
            Some(Popup::Picker(_)) => "picker",
            Some(Popup::Form(_)) => "form",
            Some(Popup::Originals(_)) => "originals",
            Some(Popup::Objection(_)) => "objection",
            Some(Popup::Filter(_)) => "filter",
            Some(Popup::Error(_)) => "error",
            Some(Popup::Quit) => "quit",
            Some(_) => "other",
        }
    }

    fn rationale(&self) -> &Rationale {
        match self.app.popup() {
            Some(Popup::Rationale(rationale)) => rationale,
            other => panic!("no rationale popup, but {other:?}"),
        }
    }

    fn last(&self) -> &Draft {
        &self.app.session.pending().last().expect("a decision").draft
    }
}

#[test]
fn a_key_and_a_rationale_reclassify_and_the_cursor_goes_on() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter>");
    assert_eq!(player.levels(), [2, 0, 2, 1]);
    assert_eq!((player.last().kind, player.last().rationale.as_str()), (Kind::Reclassified, WHY));
    assert_eq!((player.popup(), player.cursor(), player.said()), ("none", 1, "BUG-1 P0→P2 — u undoes"));
    assert_eq!(player.app.ui.counts, [(2, 1), (1, 1), (1, 2), (0, 0)]);
}

#[test]
fn severity_scope_rule_and_rationale_are_one_decision() {
    let mut player = Player::new();
    player.press("1<Alt-s>t<Alt-r>2").press(WHY).press("<Enter>");
    assert_eq!(player.app.unsaved(), 1);
    let draft = player.last();
    assert_eq!(draft.rule, Some(2));
    assert_eq!(draft.parts[0].set.severity, To::Value(LevelId(1)));
    assert_eq!(draft.parts[0].set.scope, To::Value("Test infrastructure".to_owned()));
}

#[test]
fn a_rationale_that_is_too_short_is_refused_where_it_is_typed() {
    let mut player = Player::new();
    player.press("2short<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("rationale", 0));
    assert_eq!(player.rationale().refused.as_deref(), Some("5 more characters needed"));
    player.press(" no more<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 1));
}

#[test]
fn escape_never_decides_and_what_was_typed_is_offered_again() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Esc>");
    assert_eq!((player.popup(), player.app.unsaved(), player.cursor()), ("none", 0, 0));
    player.press("1<Tab>");
    assert_eq!(player.rationale().text.text(), WHY);
}

#[test]
fn a_rationale_survives_a_full_disk() {
    let mut player = Player::new();
    player.full_disk = true;
    player.press("2").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("error", 0));
    player.press("<Esc>");
    assert_eq!(player.rationale().text.text(), WHY);
    player.full_disk = false;
    player.press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 1));
}

/// What is typed after the key of the level that a bug has already would run as keys.
#[test]
fn the_severity_that_a_bug_has_already_is_confirmed_in_the_same_popup() {
    let mut player = Player::new();
    player.press("0").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved(), player.levels()), ("none", 1, vec![0, 0, 2, 1]));
    assert_eq!((player.last().kind, player.last().rationale.as_str()), (Kind::Confirmed, WHY));
    player.press("0<Alt-2><Enter>");
    assert_eq!((player.last().rationale.as_str(), player.last().rule), ("", Some(2)));
    player.press("k0<Enter>");
    assert_eq!((player.popup(), player.said(), player.app.unsaved()), ("rationale", "decided already", 2));
    player.press("Looked at again.<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 3));
    player.press("kk0<Alt-s>tNot the product.<Enter>");
    assert_eq!(player.popup(), "objection");
    player.press("Named after it only.<Enter>");
    assert_eq!(player.last().kind, Kind::Reclassified);
}

#[test]
fn where_the_report_contradicts_itself_the_same_severity_is_a_decision() {
    let mut player = Player::new();
    player.press("jj2");
    assert_eq!(player.popup(), "rationale");
}

#[test]
fn confirming_needs_no_popup_and_goes_to_the_next_undecided() {
    let mut player = Player::new();
    player.press("j<Enter>kk<Enter>");
    assert_eq!(player.app.session.reviewed().len(), 2);
    assert_eq!((player.cursor(), player.levels()), (2, vec![0, 0, 2, 1]));
    player.press("k<Enter>");
    assert_eq!(player.said(), "decided already");
    assert_eq!(player.app.unsaved(), 2);
}

#[test]
fn without_auto_advance_the_cursor_stays() {
    let mut player = Player::new();
    player.app.ui.settings = Arc::new(Settings { auto_advance: false, ..Settings::default() });
    player.press("<Enter>");
    assert_eq!(player.cursor(), 0);
}

#[test]
fn repeating_makes_the_same_decision_elsewhere_at_once() {
    let mut player = Player::new();
    player.press(".");
    assert_eq!(player.said(), "there is no decision to repeat yet");
    player.press("2<Alt-1>").press(WHY).press("<Enter>.");
    assert_eq!(player.levels(), [2, 2, 2, 1]);
    let draft = player.last();
    assert_eq!((draft.rationale.as_str(), draft.rule), (WHY, Some(1)));
    player.press("k.");
    assert_eq!(player.said(), "BUG-2 had that decision already");
}

#[test]
fn marks_make_one_decision_on_many_bugs_after_showing_what_it_hits() {
    let mut player = Player::new();
    player.take(Msg::Drawn(Drawn { detail: player.app.cursor(), ..Drawn::default() }));
    player.press("<Enter>*/BUG-3<Enter>1");
    let blast = &player.rationale().blast;
    let level = |level| Some(LevelId(level));
    let moves = [(level(0), level(1), 2), (level(1), level(1), 1), (level(2), level(1), 1)];
    assert_eq!(blast.moves, moves);
    assert_eq!((blast.bugs, blast.hidden, blast.decided, blast.unseen), (4, 3, 1, 3));
    player.press(WHY).press("<Enter>");
    assert_eq!((player.levels(), player.app.unsaved()), (vec![1, 1, 1, 1], 2));
    assert!(player.app.ui.marks.is_empty());
    assert_eq!(player.last().seen.len(), 1);
    player.press("u");
    assert_eq!(player.levels(), [0, 0, 2, 1]);
}

#[test]
fn marking_all_twice_unmarks_and_escape_clears_marks_before_the_filter() {
    let mut player = Player::new();
    player.press("**");
    assert!(player.app.ui.marks.is_empty());
    player.press("/crash<Enter><Space>*");
    assert_eq!(player.app.ui.marks.len(), 2);
    player.press("<Esc>");
    assert_eq!((player.app.ui.marks.len(), player.app.ui.view.bugs().len()), (0, 2));
    player.press("<Esc>");
    assert_eq!(player.app.ui.view.bugs().len(), 4);
}

#[test]
fn undo_and_redo_go_to_the_bug_they_are_about() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter>Gu");
    assert_eq!((player.levels(), player.cursor()), (vec![0, 0, 2, 1], 0));
    assert_eq!(player.said(), "undone: BUG-1 P0→P2 — Ctrl-r redoes");
    player.press("G<Ctrl-r>");
    assert_eq!((player.levels(), player.cursor()), (vec![2, 0, 2, 1], 0));
    player.press("<Ctrl-r>");
    assert_eq!(player.said(), "there is no decision to redo");
}

#[test]
fn a_note_needs_words_and_reviews_nothing() {
    let mut player = Player::new();
    player.press("cLook here again.<Enter>");
    assert_eq!((player.last().kind, player.app.session.reviewed().len()), (Kind::Note, 0));
}

#[test]
fn a_status_is_picked_by_its_key_and_explained() {
    let mut player = Player::new();
    player.press("xi");
    assert_eq!(player.popup(), "rationale");
    player.press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("In progress".to_owned()));
}

#[test]
fn a_resolved_bug_says_how_and_that_is_a_fix() {
    let mut player = Player::new();
    player.press("xr");
    assert_eq!(player.popup(), "form");
    player.press("in the importer<Tab><Tab>41fa1643<Ctrl-Enter>").press(WHY).press("<Enter>");
    let (draft, set) = (player.last(), &player.last().parts[0].set);
    let value = |text: &str| To::Value(text.to_owned());
    assert_eq!((draft.kind, &set.status), (Kind::Fixed, &value("Resolved")));
    let fields = [("Fix", "in the importer"), ("Commit", "41fa1643")];
    assert_eq!(set.fields, fields.map(|(name, text)| (name.to_owned(), value(text))));
    assert_eq!(player.said(), "BUG-1 · Resolved · Fix · Commit — u undoes");
    player.press(".");
    let (draft, set) = (player.last(), &player.last().parts[0].set);
    assert_eq!((draft.kind, set.fields.len(), draft.rationale.as_str()), (Kind::Status, 0, WHY));
    player.press("k<Enter>kxr");
    let Some(Popup::Form(form)) = player.app.popup() else { panic!("a form") };
    let row = &form.rows[0];
    assert_eq!((row.was.as_str(), row.input.text()), ("in the importer", ""));
}

#[test]
fn a_resolved_bug_without_a_word_more_is_a_status_and_a_remark_stands_behind_it() {
    let mut player = Player::new();
    player.press("xr<Ctrl-Enter>").press(WHY).press("<Enter>xr<Up><Down><Down><Down><Down>done<Enter>");
    assert_eq!(player.last().kind, Kind::Status);
    player.press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Resolved - done".to_owned()));
}

#[test]
fn escape_goes_back_from_a_form_and_loses_nothing() {
    let mut player = Player::new();
    player.press("xrin the importer<Tab>run twice<Esc>");
    assert_eq!((player.popup(), player.app.unsaved()), ("picker", 0));
    player.press("<Enter><Ctrl-Enter><Esc>");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 0));
    player.press("xr<Ctrl-Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.fields.len(), 2);
    player.press("xr");
    let Some(Popup::Form(form)) = player.app.popup() else { panic!("a form") };
    assert!(form.rows.iter().all(|row| row.input.text().is_empty()), "another bug begins anew");
}

#[test]
fn a_duplicate_names_another_bug_and_never_itself() {
    let mut player = Player::new();
    player.press("xu<Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Duplicate of BUG-2".to_owned()));
    assert_eq!(player.last().kind, Kind::Status);
    player.press(".");
    assert_eq!((player.said(), player.app.unsaved()), ("BUG-2 cannot be a duplicate of itself", 1));
    player.press("j.xuodd<Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Duplicate of BUG-3".to_owned()));
    player.press("xuno such bug<Enter>");
    assert_eq!((player.popup(), player.said()), ("originals", "no other bug matches; Esc goes back"));
    player.press("<Esc><Esc>");
    assert_eq!(player.popup(), "none");
}

#[test]
fn a_deferral_ends_on_a_day() {
    let mut player = Player::new();
    player.press("xfsoon<Enter>");
    assert_eq!(player.popup(), "form");
    player.press("<Ctrl-u>+2w<Enter>").press(WHY).press("<Enter>");
    assert_eq!(player.last().parts[0].set.status, To::Value("Deferred until 2026-03-23".to_owned()));
}

#[test]
fn what_needs_no_more_goes_straight_to_the_rationale_and_a_question_is_kept() {
    let mut player = Player::new();
    player.press("xw");
    assert_eq!(player.popup(), "rationale");
    player.press("<Esc>xnTomoko<Enter>which disk?<Enter>").press(WHY).press("<Enter>");
    let set = &player.last().parts[0].set;
    assert_eq!(set.status, To::Value("Needs info".to_owned()));
    let fields = [("Asked", "Tomoko"), ("Question", "which disk?")];
    assert_eq!(set.fields, fields.map(|(name, text)| (name.to_owned(), To::Value(text.to_owned()))));
    assert_eq!(player.last().kind, Kind::Status);
}

#[test]
fn a_note_on_many_is_one_decision_and_an_empty_one_is_refused_with_words() {
    let mut player = Player::new();
    player.press("<Space><Space>c<Enter>");
    assert_eq!(player.rationale().refused.as_deref(), Some("a note needs words: 10 characters"));
    player.press("Look here again.<Enter>");
    assert_eq!((player.last().len(), player.last().kind, player.app.unsaved()), (2, Kind::Note, 1));
    assert_eq!(player.said(), "2 bugs · note — u undoes");
}

#[test]
fn a_rule_is_picked_from_a_list_or_set_at_once() {
    let mut player = Player::new();
    player.press("2<Alt-r>");
    assert_eq!(player.popup(), "picker");
    player.press("4");
    assert_eq!((player.popup(), player.rationale().rule), ("rationale", Some(4)));
    player.press("<Alt-3>");
    assert_eq!(player.rationale().rule, Some(3));
    player.press("<Alt-9>");
    assert_eq!(player.rationale().refused.as_deref(), Some("there is no rule 9"));
    player.press("<Alt-0>");
    assert_eq!(player.rationale().rule, None);
    player.press("<Alt-r><Enter><Alt-r>-");
    assert_eq!(player.rationale().rule, None);
}

#[test]
fn a_template_brings_the_scope_that_it_was_written_for_unless_one_was_picked() {
    let scope = |player: &Player| player.rationale().set.scope.clone();
    let named = |name: &str| To::Value(name.to_owned());
    let mut player = Player::new();
    player.press("2<Tab>");
    assert_eq!(scope(&player), named("Configuration"));
    player.press("<Ctrl-u>quality<Tab>");
    assert_eq!(scope(&player), To::Keep, "this one was written for any");
    player.press("<Alt-s>d<Ctrl-u><Tab>");
    assert_eq!(scope(&player), named("Documentation"));
    player.press("<Esc>c<Tab>");
    assert_eq!((scope(&player), player.rationale().kind), (To::Keep, Kind::Note));
}

#[test]
fn a_filter_follows_the_keys_and_escape_brings_back_what_was() {
    let mut player = Player::new();
    player.press("jjj/odd");
    assert_eq!((player.app.ui.view.bugs().len(), player.cursor()), (1, 2));
    player.press("<Esc>");
    assert_eq!((player.app.ui.view.bugs().len(), player.cursor()), (4, 3));
}

#[test]
fn the_search_overtaken_last_changes_nothing() {
    let mut player = Player::new();
    player.press("/odd");
    let none = Matches { bugs: Vec::new(), best: None };
    player.take(Msg::Filtered { generation: 1, matches: none });
    assert_eq!(player.app.ui.view.bugs().len(), 1);
}

#[test]
fn leaving_asks_only_where_something_is_unsaved() {
    let mut player = Player::new();
    player.press("q");
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
    player.press("<Enter>q");
    assert_eq!(player.popup(), "quit");
    player.press("<Esc>");
    assert_eq!((player.popup(), player.asked.len()), ("none", 0));
    player.press("qq");
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
}

#[test]
fn saving_from_the_question_leaves_once_it_is_saved() {
    let mut player = Player::new();
    player.press("<Enter>qs");
    assert!(matches!(player.asked.pop(), Some(Effect::Save)));
    let session = Player::new().app.session;
    let places = session.report().indexes().map(Some).collect();
    player.take(Msg::Saved(reopened(session, places)));
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Quietly))));
}

#[test]
fn deciding_keys_wait_for_a_save_under_way_and_moving_keys_do_not() {
    let mut player = Player::new();
    player.press("<Enter>wG");
    assert_eq!(player.cursor(), 3);
    player.press("g<Enter>");
    assert_eq!(player.app.unsaved(), 1);
    let session = Player::new().app.session;
    let places = session.report().indexes().map(Some).collect();
    player.take(Msg::Saved(reopened(session, places)));
    assert_eq!((player.app.unsaved(), player.last().kind), (1, Kind::Confirmed));
    assert_eq!(player.cursor(), 1);
}

#[test]
fn after_a_failed_save_everything_is_still_pending() {
    let mut player = Player::new();
    player.press("<Enter>wq");
    player.take(Msg::NotSaved(Fault::new(FaultKind::Changed, "the report changed on disk")));
    assert_eq!((player.popup(), player.app.unsaved()), ("error", 1));
    assert!(!player.asked.iter().any(|effect| matches!(effect, Effect::Quit(_))));
}

#[test]
fn cursor_and_marks_stay_with_their_bugs_when_a_save_moves_them() {
    let mut player = Player::new();
    player.press("<Space><Enter><Enter>gw");
    let session = Player::new().app.session;
    let places = [3, 0, 1, 2].map(|at| Some(BugIx(at))).to_vec();
    player.app.ui.marks = BugSet::from(BugIx(1));
    player.take(Msg::Saved(reopened(session, places)));
    assert_eq!(player.cursor(), 3);
    assert_eq!(player.app.ui.marks, BugSet::from(BugIx(0)));
}

#[test]
fn interrupting_twice_in_a_row_forces_out_wherever_one_is() {
    let mut player = Player::new();
    player.press("2abc<Ctrl-c>d<Ctrl-c>");
    assert!(player.asked.is_empty());
    assert_eq!(player.rationale().text.text(), "abcd");
    player.press("<Ctrl-c>");
    assert!(matches!(player.asked.pop(), Some(Effect::Quit(Leaving::Forced))));
}

#[test]
fn what_the_editor_leaves_is_the_rationale_even_if_it_failed() {
    let mut player = Player::new();
    player.press("2abc<Ctrl-e>");
    assert!(matches!(player.asked.pop(), Some(Effect::Edit(text)) if text == "abc"));
    let fault = Fault::new(FaultKind::Interrupted, "the editor ended with 1");
    player.take(Msg::Edited(format!("{WHY}\n"), Some(fault)));
    assert_eq!(player.popup(), "error");
    player.press("<Enter><Enter>");
    assert_eq!(player.last().rationale, WHY);
}

#[test]
fn a_paste_is_text_where_text_is_typed_and_never_keys() {
    let mut player = Player::new();
    player.take(Msg::Paste("jjq".to_owned()));
    assert_eq!((player.cursor(), player.asked.len()), (0, 0));
    player.press("2");
    player.take(Msg::Paste("Two\r\nlines\x1b[2J".to_owned()));
    assert_eq!(player.rationale().text.text(), "Two\nlines[2J");
}

#[test]
fn a_report_without_bugs_takes_every_key() {
    let mut player = Player::on("# Nothing here\n");
    player.press("jkGgJK<Ctrl-d><Ctrl-u>0123s<Esc>xc<Enter>.<Space>*u<Ctrl-r>D/x<Enter><Esc>lh?<Esc>w");
    assert_eq!((player.popup(), player.app.unsaved()), ("none", 0));
    assert!(player.asked.is_empty());
}

/// The searches that a desk asked for, answered only when told to.
fn answer(player: &mut Player, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Filter { generation, query, within } = effect {
            player.search(generation, &query, within);
        }
    }
}

/// Types keys while every search still runs.
fn burst(player: &mut Player, keys: &str) -> Vec<Effect> {
    typed(keys).expect("keys").into_iter().flat_map(|key| player.app.update(Msg::Key(key))).collect()
}

#[test]
fn keys_that_go_by_what_is_in_view_wait_for_the_search() {
    let mut player = Player::new();
    let asked = burst(&mut player, "/crash<Down><Enter><Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("filter", 0));
    answer(&mut player, asked);
    assert_eq!((player.popup(), player.app.session.reviewed()), ("none", &BugSet::from(BugIx(1))));
}

/// A search of the whole report for every letter would be slow; one of too little would lose bugs.
#[test]
fn a_search_goes_on_from_the_matches_that_it_narrows_while_nothing_else_has_changed() {
    let mut player = Player::new();
    let within = |player: &mut Player, keys: &str| {
        let effects = burst(player, keys);
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Filter { within, .. } => Some(within.as_ref().map(Vec::len)),
            _ => None,
        });
        answer(player, effects);
        asked
    };
    assert_eq!(within(&mut player, "/c"), Some(None));
    assert_eq!(within(&mut player, "r"), Some(Some(2)));
    assert_eq!(within(&mut player, "<Backspace>"), Some(None));
    player.press("<Enter><Space>");
    assert_eq!(within(&mut player, "/"), Some(None), "what is marked has changed");
    assert_eq!(within(&mut player, "<Esc>/"), None, "nothing has");
    assert_eq!(within(&mut player, "r"), Some(Some(2)));
}

#[test]
fn a_report_read_anew_keeps_filter_and_matches_with_their_bugs() {
    let mut player = Player::new();
    player.press("/crash<Enter><Esc>");
    let config = Config::embedded();
    let text = format!("# Bugs\n\n### BUG-0: New\n- **Severity:** P1\n\n{}", &REPORT[8..]);
    let report = Arc::new(Report::parse(text.as_bytes().into(), &Arc::new(config.methodology)));
    let session = Session::new(report, Arc::clone(player.app.session.methodology()), Vec::new());
    let places = (1..=4).map(|at| Some(BugIx(at))).collect();
    player.app.ui.busy = Busy::Reading;
    player.take(Msg::Reread(reopened(session, places)));
    player.press("gn");
    assert_eq!(player.cursor(), 1);
    player.press("nn");
    assert_eq!((player.cursor(), player.said()), (2, "no bug after this one matches “crash”"));
}

#[test]
fn escape_goes_back_to_its_bug_even_while_a_search_runs() {
    let mut player = Player::new();
    player.press("/crash<Enter>j");
    let asked = burst(&mut player, "/x<Backspace><Esc>");
    answer(&mut player, asked);
    assert_eq!(player.cursor(), 1);
}

#[test]
fn a_paste_never_overtakes_keys_that_wait() {
    let mut player = Player::new();
    let asked = burst(&mut player, "/odd<Enter>3");
    player.take(Msg::Paste(WHY.to_owned()));
    let later = burst(&mut player, "<Enter>");
    answer(&mut player, asked);
    assert!(later.is_empty());
    assert_eq!((player.last().rationale.as_str(), player.levels()), (WHY, vec![0, 0, 3, 1]));
}

#[test]
fn a_failed_search_says_how_many_keys_it_cost_and_a_failed_comparison_costs_none() {
    let mut player = Player::new();
    player.press("<Enter>");
    burst(&mut player, "/odd<Enter>jj");
    let broken = || Fault::new(FaultKind::Unwritable, "it broke");
    player.take(Msg::NotDiffed { generation: 0, fault: broken() });
    assert_eq!(player.popup(), "filter");
    player.take(Msg::NotFiltered { generation: 3, fault: broken() });
    let Some(Popup::Error(fault)) = player.app.popup() else { panic!("no error popup") };
    assert_eq!(fault.hints(), ["3 keys typed meanwhile were dropped."]);
}

#[test]
fn a_difference_fills_the_popup_that_asked_for_it_and_opens_none() {
    let mut player = Player::new();
    player.press("<Enter>DD");
    let diff = || crate::text::Diff::between(b"a\n", b"b\n", "bugs.md");
    player.take(Msg::Diffed { generation: 1, diff: diff() });
    assert_eq!(player.popup(), "none");
    player.press("D");
    player.take(Msg::Diffed { generation: 1, diff: diff() });
    let sheet = |player: &Player| match player.app.popup() {
        Some(Popup::Page(page)) => page.sheet.clone(),
        _ => panic!("no page"),
    };
    assert!(matches!(*sheet(&player), page::Sheet::Lines(_)));
    player.take(Msg::Diffed { generation: 2, diff: diff() });
    assert!(matches!(*sheet(&player), page::Sheet::Diff(_)));
    player.press("w");
    assert!(matches!(player.asked.pop(), Some(Effect::Save)));
    assert_eq!(player.popup(), "none");
}

#[test]
fn confirming_and_repeating_on_several_bugs_first_show_what_they_hit() {
    let mut player = Player::new();
    player.press("<Space><Space><Enter>");
    assert_eq!((player.popup(), player.app.unsaved(), player.rationale().blast.bugs), ("rationale", 0, 2));
    player.press("<Enter>");
    assert_eq!((player.last().kind, player.app.session.reviewed().len()), (Kind::Confirmed, 2));
    player.press("u1").press(WHY).press("<Enter>g*.");
    assert_eq!((player.popup(), player.rationale().text.text()), ("rationale", WHY));
    player.press("<Enter>");
    assert_eq!(player.levels(), [1, 1, 1, 1]);
}

#[test]
fn a_reclassification_of_nothing_is_refused() {
    let mut player = Player::new();
    player.press("c<Alt-s>t<Alt-s>-").press(WHY).press("<Enter>");
    assert_eq!((player.popup(), player.app.unsaved()), ("rationale", 0));
}

#[test]
fn a_decision_undone_is_not_repeated() {
    let mut player = Player::new();
    player.press("2").press(WHY).press("<Enter>u.");
    assert_eq!((player.app.unsaved(), player.said()), (0, "there is no decision to repeat yet"));
}

/// An action in the palette that does nothing would be a trap.
#[test]
fn every_action_of_the_palette_runs_as_its_key_would() {
    let offered = |player: &Player| match player.app.popup() {
        Some(Popup::Palette(palette)) => palette.matching().map(|offer| offer.action).collect::<Vec<_>>(),
        _ => panic!("no palette"),
    };
    let all = offered(Player::new().press(":"));
    assert_eq!(all.len(), crate::config::Action::all().filter(|action| all.contains(action)).count());
    for (at, action) in all.iter().enumerate() {
        let player = || {
            let mut player = Player::new();
            player.press("2").press(WHY).press("<Enter>");
            player
        };
        let mut chosen = player();
        chosen.press(":").press(&"<Down>".repeat(at)).press("<Enter>");
        assert_eq!(chosen.app.ui.recent, [*action]);
        let mut run = player();
        run.app.ui.toast = None;
        run.app.run(*action).into_iter().for_each(|effect| run.carry_out(effect));
        let state = |player: &Player| {
            (player.popup(), player.said().to_owned(), player.levels(), player.asked.len(), player.cursor())
        };
        assert_eq!(state(&chosen), state(&run), "{}", action.name());
    }
}

#[test]
fn the_palette_finds_by_name_and_remembers_what_it_ran() {
    let mut player = Player::new();
    player.press(":next-und<Enter>");
    assert_eq!((player.popup(), player.cursor()), ("none", 1));
    player.press(":");
    let Some(Popup::Palette(palette)) = player.app.popup() else { panic!("no palette") };
    let first = palette.matching().next().expect("an action");
    assert_eq!((first.name.as_str(), first.keys.as_str()), ("next-undecided", "J"));
    player.press("zzzz<Enter>");
    assert_eq!(player.popup(), "other");
    player.press("<Esc>");
    player.app.ui.holder = Some("Bob".to_owned());
    player.press(":Set the severity");
    let Some(Popup::Palette(palette)) = player.app.popup() else { panic!("no palette") };
    assert_eq!(palette.matching().filter(|offer| offer.name.starts_with("severity")).count(), 0);
}

const SUGGESTED: &str = "\
# Nightly

### BUG-1: Ticket printer tests
- **Severity:** P0
- **Test:** tests/test_printer.py
- **Error:** `ModuleNotFoundError: No module named 'inkpot'`

### BUG-2: Clock tests
- **Severity:** P0
- **Test:** tests/test_clock.py
- **Error:** `ModuleNotFoundError: No module named 'timewarp'`

### BUG-3: Fare tests
- **Severity:** P0
- **Test:** tests/test_fares.py
- **Error:** `ModuleNotFoundError: No module named 'coins'`
";

/// A desk that knows what is suggested.
fn suggested() -> Player {
    let mut player = Player::on(SUGGESTED);
    player.app.begin();
    let rules = crate::triage::suggest::all(&player.app.session, &AtomicBool::new(false));
    let generation = player.app.ui.suggestions.asked;
    player.take(Msg::Suggested { generation, rules: rules.expect("rules"), declined: BugSet::default() });
    player
}

/// A range that is drawn is what the next decision is about, marks or not.
#[test]
fn what_is_suggested_for_a_range_is_accepted_and_declined_together() {
    let mut player = suggested();
    player.press("vj<Tab>");
    let Some(Effect::Gather(gathering)) = player.asked.pop() else { panic!("nothing is gathered") };
    assert_eq!(gathering.iter().map(|(_, bugs)| bugs.len()).collect::<Vec<_>>(), [2]);
    let mut player = suggested();
    player.press("vj<Backspace>");
    let Some(Effect::Decline { bugs, is_declined: true }) = player.asked.pop() else {
        panic!("not declined")
    };
    let bugs: BugSet = bugs.into_iter().map(|(bug, _)| bug).collect();
    player.take(Msg::Declined { bugs, is_declined: true });
    assert_eq!((player.app.ui.suggested.len(), player.app.ui.view.range()), (1, None));
}

/// A proposal that is looked at and left would push out what a person has typed.
#[test]
fn only_what_was_typed_is_kept_as_unfinished() {
    let mut player = suggested();
    player.press("2Half a reason<Esc>A");
    let Some(Effect::Gather(gathering)) = player.asked.pop() else { panic!("nothing is gathered") };
    let (rule, bugs) = &gathering[0];
    let draft = crate::triage::suggest::together(&player.app.session, *rule, bugs).expect("a draft");
    player.take(Msg::Gathered(vec![draft]));
    assert!(!player.rationale().text.text().is_empty());
    player.press("<Esc>");
    assert_eq!(player.app.unfinished().as_deref(), Some("Half a reason"));
    player.press("2<Tab><Esc>");
    assert_eq!(player.app.unfinished().as_deref(), Some("Half a reason"));
}

/// Claims are set from beside the desk: somebody has begun to type meanwhile.
#[test]
fn setting_claims_takes_no_rationale_away() {
    let mut player = Player::new();
    player.press("2Only the te");
    let restated = crate::report::Restated { claim: crate::report::ClaimIx(0), from: 1, to: 2 };
    player.take(Msg::Committed(Event::Decided(decision(Draft::restating(vec![restated])))));
    assert_eq!(player.rationale().text.text(), "Only the te");
}

/// Enter on an entry would go to whichever bug stands where its bug stood before.
#[test]
fn the_log_that_is_open_follows_a_report_that_is_written_anew() {
    let mut player = Player::new();
    player.press(&format!("2{WHY}<Enter>wL"));
    let moved = REPORT.replace("### BUG-1: First crash\n- **Severity:** P0 - ImportError\n\n", "");
    let moved = format!("{moved}\n### BUG-1: First crash\n- **Severity:** P2 - ImportError\n");
    let mut session = Player::on(&moved).app.session;
    let set = Set { severity: To::Value(LevelId(2)), ..Set::default() };
    session.apply(Event::Decided(decision(Draft::new(Kind::Reclassified, BugSet::from(BugIx(3)), set))));
    let places = [3, 0, 1, 2].map(|at| Some(BugIx(at))).to_vec();
    player.take(Msg::Saved(reopened(session, places)));
    player.press("<Enter>");
    assert_eq!(player.cursor(), 3);
}

/// Settling would otherwise be a way around what the policy asks.
#[test]
fn the_policy_speaks_where_a_misfit_is_decided_anew() {
    let mut player = Player::new();
    let bug = BugSet::from(BugIx(2));
    let draft = Draft::new(Kind::Reclassified, bug, Set::severity(LevelId(0)));
    let draft = Draft { rationale: WHY.to_owned(), ..draft };
    let misfit = crate::triage::Misfit { decision: decision(draft), lost: crate::triage::Lost::Changed };
    player.app.session = player.app.session.clone().with_misfits(vec![misfit]);
    player.app.open_settle();
    player.press("<Enter>");
    assert!(matches!(player.app.popup(), Some(Popup::Objection(_))));
    assert_eq!((player.app.unsaved(), player.app.session.misfits().len()), (0, 1));
    player.press("seen in the ledger<Enter>");
    assert_eq!((player.app.unsaved(), player.app.session.misfits().len()), (1, 0));
    assert_eq!(player.last().answers[0].reason.as_deref(), Some("seen in the ledger"));
}

/// A notch would go past the bug that is looked for.
#[test]
fn the_wheel_goes_choice_by_choice_where_something_is_chosen() {
    let mut player = Player::new();
    player.press(":");
    player.take(Msg::Mouse(Mouse { x: 0, y: 0, does: mouse::Does::Wheel(1) }));
    assert!(matches!(player.app.popup(), Some(Popup::Palette(palette)) if palette.at == 1));
}
