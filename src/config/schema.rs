//! The schema of the files of settings, for editors: from the tables and types that read them.

use serde_json::{Map, Value as Json, json};

use super::theme::Theme;
use super::{Action, settings};
use crate::methodology::Overrides;
use crate::yaml::{OneOrMany, Outline};

/// The JSON schema of `config.yaml` and `.regrade.yaml`, pretty, with a newline at its end.
pub fn schema() -> String {
    let mut members: Map<String, Json> = settings::TABLE
        .iter()
        .map(|setting| (setting.name.to_owned(), described(of(setting), setting.help)))
        .collect();
    members.insert("colours".to_owned(), colours());
    members.insert("keys".to_owned(), keys());
    members.insert("methodology".to_owned(), Overrides::outline());
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of regrade",
        "type": ["object", "null"],
        "properties": members,
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}

/// What a setting may be set to; the name of a theme is more than a text.
pub(super) fn of(setting: &settings::Setting) -> Json {
    match setting.name {
        "theme" => json!({ "enum": Theme::NAMES }),
        _ => (setting.schema)(),
    }
}

fn described(mut schema: Json, help: &str) -> Json {
    schema["description"] = help.into();
    schema
}

fn keys() -> Json {
    let keys = |action: Action| {
        let keys = json!({ "anyOf": [OneOrMany::outline(), { "type": "null" }] });
        (action.name().to_owned(), described(keys, action.help()))
    };
    let members: Map<String, Json> = Action::all().map(keys).collect();
    let help = "What is pressed for an action: a key, several with blanks between them, or a list; [] takes it away.";
    json!({ "description": help, "type": ["object", "null"], "properties": members, "additionalProperties": false })
}

fn colours() -> Json {
    let style = json!({ "type": ["string", "integer", "null"] });
    let theme = Theme::named("dark");
    let roles = theme.iter().flat_map(Theme::roles);
    let members: Map<String, Json> = roles.map(|role| (role.to_owned(), style.clone())).collect();
    json!({
        "description": "How roles of the theme look: a colour, `on` and a colour, and bold, dim, italic, underline, reverse.",
        "type": ["object", "null"],
        "properties": members,
        "patternProperties": { "^(severity|scope|status)\\..+$": style },
        "additionalProperties": false,
    })
}
