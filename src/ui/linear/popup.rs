//! The popups in lines: what each asks, its keys, and last the choice that Enter would take.

use super::line::{self, WIDE, nth};
use super::page;
use crate::app::facets::Row;
use crate::app::picker::Choice;
use crate::app::policy::Objection;
use crate::app::{App, Drawn, Facets, FilterLine, Originals, Palette, Picker, Popup, palette};
use crate::fault::Fault;
use crate::report::BugIx;
use crate::text::display;
use crate::ui::paint::Paint;
use crate::ui::{facets, form, notice, objection, offers, original, picker, rationale, settle};

/// All that there is to say of a popup.
pub(super) fn told(app: &App, popup: &Popup, paint: &Paint<'_>, drawn: &mut Drawn) -> Vec<String> {
    let said = match popup {
        Popup::Rationale(rationale) => return line::all(&rationale::spoken(app, rationale, paint, WIDE)),
        Popup::Form(form) => return line::all(&form::spoken(app, form, paint, WIDE)),
        Popup::Page(page) => return page::told(app, page, drawn),
        Popup::Picker(picker) => of_picker(picker),
        Popup::Objection(objection) => of_objection(objection),
        Popup::Originals(originals) => of_originals(app, originals),
        Popup::Filter(line) => of_filter(app, line),
        Popup::Facets(facets) => of_facets(app, facets),
        Popup::Palette(palette) => of_palette(palette),
        Popup::Settle(at, _) => of_settle(app, *at, paint),
        Popup::Error(fault) => of_error(fault),
        Popup::Notice(title, said) => of_notice(title, said),
        Popup::Quit(_) => of_quit(app),
    };
    let said: Vec<String> = said.iter().filter_map(|said| line::plain(said)).collect();
    (drawn.popup_scroll, drawn.popup_lines) = (0, said.len());
    said
}

fn of_picker(picker: &Picker) -> Vec<String> {
    let mut said = vec![picker::title(picker.usage).to_owned()];
    let keyed = |(at, choice): (usize, &Choice)| {
        let holds = if picker.holds == Some(at) { ", as it is now" } else { "" };
        format!("{} {}{holds}", choice.key.unwrap_or(' '), name(choice))
    };
    said.extend(picker.choices.iter().enumerate().map(keyed));
    said.extend(picker.notes.iter().cloned());
    said.push(picker::KEYS.to_owned());
    let chosen = picker.choices.get(picker.at);
    said.extend(chosen.map(|choice| nth(picker.at, picker.choices.len(), &name(choice))));
    said
}

/// `Duplicate: the same as another bug`.
fn name(choice: &Choice) -> String {
    let name = display::brief(&choice.name);
    if choice.about.is_empty() {
        name.into_owned()
    } else {
        format!("{name}: {}", display::brief(&choice.about))
    }
}

fn of_objection(objection: &Objection) -> Vec<String> {
    let said = objection.said.iter().map(|said| display::brief(said).into_owned());
    let last = [objection::asked(objection).0, keys(objection::KEYS)];
    [objection::TITLE.to_owned()].into_iter().chain(said).chain(last).collect()
}

fn of_originals(app: &App, originals: &Originals) -> Vec<String> {
    let found = originals.found.get(originals.at);
    vec![
        app.named(&originals.bugs) + original::is(originals),
        keys(original::KEYS),
        match found {
            Some(bug) => nth(originals.at, originals.found.len(), &original(app, *bug)),
            None => original::nothing(app, originals).to_owned(),
        },
    ]
}

/// `BUG-007 P0 Coverage Configuration Warnings`.
fn original(app: &App, bug: BugIx) -> String {
    let report = app.session.report();
    let (id, title) = (report.handle(bug), report.title(bug));
    let level = app.level_key(app.session.level(bug));
    format!("{} {level} {}", display::brief(&id), display::brief(&title))
}

fn of_filter(app: &App, line: &FilterLine) -> Vec<String> {
    let mut said = vec!["Filter: Tab take what is on offer · Enter keep · Esc back".to_owned()];
    said.extend(line.input.is_selected().then(|| offers::REPLACES.to_owned()));
    said.extend(
        app.filter_problems(line).iter().map(|problem| format!("! {}", display::brief(&problem.what))),
    );
    let (shown, whole) = (app.ui.view.bugs().len(), app.counted_so_far(app.ui.view.whole()));
    // What is found is said as it was until it is there: the same number is no news.
    said.push(if shown == 0 { "no bug matches".to_owned() } else { format!("{shown} of {whole} match") });
    said.extend(offers::spoken(line));
    said
}

/// All values, and last the one under the cursor.
fn of_facets(app: &App, facets: &Facets) -> Vec<String> {
    let mut said = vec![facets::title(app), facets::filter(app)];
    if facets.are_awaited() {
        return said;
    }
    said.extend(facets.rows().iter().map(|row| match row {
        Row::Name(name) => display::brief(name).into_owned(),
        Row::Value(_, value) => {
            format!("{} {}: {}", if value.on { "[x]" } else { "[ ]" }, facets::label(value), value.count)
        }
    }));
    said.push(facets::KEYS.to_owned());
    said.extend(facets.current().map(|(name, value)| {
        let on = if value.on { "on" } else { "off" };
        format!("at {name}, {}: {}, {on}", facets::label(value), value.count)
    }));
    said
}

fn of_palette(palette: &Palette) -> Vec<String> {
    vec![
        "Actions".to_owned(),
        "Enter run · ↑ ↓ choose · Esc close".to_owned(),
        match (palette.chosen(), palette.matching().next()) {
            (Some((at, offer)), _) => nth(at, palette.matching().len(), &action(offer)),
            (None, Some(like)) => format!("nothing is called so; ↓ chooses what is like it: {}", like.name),
            (None, None) => "no such thing; Backspace takes back".to_owned(),
        },
    ]
}

/// `Save the report (save), w Ctrl-s`.
fn action(offer: &palette::Offer) -> String {
    let keys = if offer.keys.is_empty() { String::new() } else { format!(", {}", offer.keys) };
    format!("{} ({}){keys}", offer.help, offer.name)
}

/// The decision under the cursor, and why it no longer fits.
fn of_settle(app: &App, at: usize, paint: &Paint<'_>) -> Vec<String> {
    let misfits = app.session.misfits();
    let mut said = vec![settle::TITLE.to_owned(), settle::KEYS.to_owned()];
    let told = misfits.get(at).map(|misfit| settle::tell(app, misfit, paint, WIDE)).unwrap_or_default();
    let mut told = told.iter().map(ToString::to_string);
    said.extend(told.next().map(|first| nth(at, misfits.len(), &first)));
    said.extend(told);
    said
}

fn of_error(fault: &Fault) -> Vec<String> {
    let hints = fault.hints().iter().map(|hint| display::brief(hint).into_owned());
    let said = notice::told(fault).map(|said| display::brief(&said).into_owned());
    [notice::FAILED.to_owned()].into_iter().chain(said).chain(hints).chain([keys(notice::DISMISS)]).collect()
}

fn of_notice(title: &str, said: &[String]) -> Vec<String> {
    let said = said.iter().take(notice::SENTENCES).map(|sentence| display::brief(sentence).into_owned());
    [display::brief(title).into_owned()].into_iter().chain(said).chain([keys(notice::DISMISS)]).collect()
}

fn of_quit(app: &App) -> Vec<String> {
    vec![notice::QUIT.to_owned(), notice::unsaved(app), keys(notice::LEAVE)]
}

/// `Enter take · Esc back`.
fn keys(keys: &[(&str, &str)]) -> String {
    keys.iter().map(|(key, does)| format!("{key} {does}")).collect::<Vec<_>>().join(" · ")
}
