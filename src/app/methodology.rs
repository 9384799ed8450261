//! The methodology in words: what the levels, scopes and statuses are, and the rules that decisions are held to.

use super::page::{Line, Lines};
use crate::config::{Action, Keymap};
use crate::methodology::{Act, Methodology};

/// How many aliases are named.
const ALIASES: usize = 8;

/// The page of a methodology; of which level is set by which key of the desk the map tells.
pub fn lines(methodology: &Methodology, keymap: &Keymap) -> Lines {
    let mut lines = Lines::default();
    sources(methodology, &mut lines);
    levels(methodology, keymap, &mut lines);
    scopes(methodology, &mut lines);
    statuses(methodology, &mut lines);
    rules(methodology, &mut lines);
    lines
}

fn sources(methodology: &Methodology, lines: &mut Lines) {
    lines.part(methodology.name());
    lines.push(Line::of("quiet", "The methodology that comes with regrade"));
    for path in methodology.sources() {
        lines.push(
            Line::of("quiet", "with what this file says over it: ").and("link", &path.to_string_lossy()),
        );
    }
}

fn levels(methodology: &Methodology, keymap: &Keymap, lines: &mut Lines) {
    lines.part("Levels");
    for (rank, level) in (0..).zip(methodology.levels()) {
        let key = keymap.keys(Action::Severity(rank)).first();
        let key = key.map(|key| format!("  key {key}")).unwrap_or_default();
        let sla = level.sla.as_ref().map(|sla| format!("  to be fixed within {sla}")).unwrap_or_default();
        lines.push(
            Line::of(level.colour.clone(), &format!("{} {}", level.key, level.name))
                .and("quiet", &format!("{key}{sla}"))
                .hanging(4),
        );
        about(&level.definition, &level.aliases, lines);
    }
}

fn scopes(methodology: &Methodology, lines: &mut Lines) {
    lines.part("Scopes");
    for scope in methodology.scopes() {
        named(&scope.name, &scope.key, scope.hotkey, lines);
        about(&scope.definition, &scope.aliases, lines);
    }
}

fn statuses(methodology: &Methodology, lines: &mut Lines) {
    lines.part("Statuses");
    for status in methodology.statuses() {
        let closes = if status.closes { ", closes the bug" } else { "" };
        named(&status.name, &format!("{}{closes}", status.key), status.hotkey, lines);
        about(&status.definition, &status.aliases, lines);
    }
}

fn rules(methodology: &Methodology, lines: &mut Lines) {
    lines.part("Deviation rules");
    for rule in methodology.rules() {
        lines.push(Line::of("emphasis", &format!("{} {}", rule.number, rule.name)));
        about(&rule.definition, &[], lines);
    }
    lines.part("Guards");
    let minimum = methodology.rationale().minimum;
    lines.push(Line::of("text", &format!("A rationale has {minimum} characters at least.")));
    for guard in methodology.policy() {
        let act = match guard.act {
            Act::Note => "says so",
            Act::Warn => "asks for a reason",
            Act::Block => "refuses",
        };
        lines.push(Line::of("emphasis", &guard.name).and("quiet", &format!("  {act}")));
        when(&guard.when.said(methodology), lines);
        about(&guard.message, &[], lines);
    }
    lines.part("Suggestions");
    for suggestion in methodology.suggestions() {
        let then = &suggestion.then;
        let to = format!("  → {}", then.said(methodology));
        lines.push(Line::of("emphasis", &suggestion.name).and("quiet", &to));
        when(&suggestion.when.said(methodology), lines);
        about(&then.rationale, &[], lines);
    }
    lines.part("Templates of rationales");
    for template in &methodology.rationale().templates {
        lines.push(Line::of("emphasis", &template.name));
        about(&template.text, &[], lines);
    }
}

fn named(name: &str, key: &str, hotkey: Option<char>, lines: &mut Lines) {
    let hotkey = hotkey.map(|key| format!("  key {key}")).unwrap_or_default();
    lines.push(Line::of("emphasis", name).and("quiet", &format!("  {key}{hotkey}")).hanging(4));
}

fn when(conditions: &str, lines: &mut Lines) {
    let conditions = if conditions.is_empty() { "always" } else { conditions };
    lines.push(Line::of("quiet", &format!("  when {conditions}")).hanging(7));
}

fn about(definition: &str, aliases: &[String], lines: &mut Lines) {
    if !definition.trim().is_empty() {
        lines.push(Line::of("text", &format!("  {definition}")).hanging(2));
    }
    if !aliases.is_empty() {
        let more = aliases.len().saturating_sub(ALIASES);
        let more = if more > 0 { format!(" … and {more} more") } else { String::new() };
        let shown = aliases[..aliases.len().min(ALIASES)].join(", ");
        lines.push(Line::of("quiet", &format!("  also: {shown}{more}")).hanging(8));
    }
}
