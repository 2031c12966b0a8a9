//! Events as lines of a timeline, and commands as the words that were typed.

use incident::{Command, Event};
use uuid::Uuid;

use super::Looking;
use crate::view::{TimelineLine, Word};

/// A difference between deed and receipt that is worth telling, in milliseconds.
const RECEIPT_LAG_MS: i64 = 60_000;

/// One event as a line.
pub fn timeline_line(id: Uuid, event: &Event, looking: &Looking<'_>, unsent: bool) -> TimelineLine {
    let incident::timeline::Line { kind, title, text } = incident::timeline::line(&event.fact, looking.setup);
    let late = event.received.since(event.at) > RECEIPT_LAG_MS;
    TimelineLine {
        id,
        at: looking.wall(event.at),
        received: late.then(|| looking.wall(event.received)),
        who: looking.setup.person_name(event.actor).to_owned(),
        kind,
        title,
        text,
        unsent,
    }
}

/// What a person had typed into a command: every text in it, by field.
pub fn fields(command: &Command) -> Vec<Word> {
    let mut words = Vec::new();
    if let Ok(value) = serde_json::to_value(command) {
        collect("", &value, &mut words);
    }
    words
}

fn collect(field: &str, value: &serde_json::Value, words: &mut Vec<Word>) {
    match value {
        serde_json::Value::String(text) if field != "verb" && text.parse::<Uuid>().is_err() => {
            words.push(Word { field: field.replace('_', " "), text: text.clone() });
        }
        serde_json::Value::Object(map) => map.iter().for_each(|(key, inner)| collect(key, inner, words)),
        serde_json::Value::Array(list) => list.iter().for_each(|inner| collect(field, inner, words)),
        serde_json::Value::String(_)
        | serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_) => {}
    }
}
