//! Events as lines of a timeline, and commands as the words that were typed.

use incident::setup::Setup;
use incident::{ClientId, Command, Event, PersonId, ServiceId};
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

/// What a person had typed or chosen in a command: every text in it, and whoever and whatever of the house it names,
/// by field. Ids of records stay out: nobody typed them.
pub fn fields(command: &Command, setup: &Setup) -> Vec<Word> {
    let mut words = Vec::new();
    if let Ok(value) = serde_json::to_value(command) {
        collect("", &value, setup, &mut words);
    }
    words
}

fn collect(field: &str, value: &serde_json::Value, setup: &Setup, words: &mut Vec<Word>) {
    match value {
        serde_json::Value::String(text) if field != "verb" => {
            let said = match text.parse() {
                Ok(id) => named(id, setup),
                Err(_) => Some(text.clone()),
            };
            words.extend(said.map(|text| Word { field: field.replace('_', " "), text }));
        }
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, inner)| collect(key, inner, setup, words));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| collect(field, inner, setup, words)),
        serde_json::Value::String(_)
        | serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_) => {}
    }
}

/// The name of a person, client or service.
fn named(id: Uuid, setup: &Setup) -> Option<String> {
    let person = setup.people.get(&PersonId(id)).map(|person| &person.name);
    let client = || setup.clients.get(&ClientId(id)).map(|client| &client.name);
    let service = || setup.services.get(&ServiceId(id)).map(|service| &service.name);
    person.or_else(client).or_else(service).cloned()
}
