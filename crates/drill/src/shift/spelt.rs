//! A deed whose fields are spelt out by name: any verb whose command is a plain list of fields.
//!
//! `09:20 mora incident_manager open_bridge I1 number="4471" ok`: the first word is the subject, the others
//! are fields. What is left out and has to say something is filled with plain words.

use incident::{Command, Timestamp, Verb};
use serde_json::{Map, Value};

use super::fixture;
use super::time::{Almanac, minutes};
use super::words::Words;

/// How the value of a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// The name of a person.
    Person,
    /// The name of a client.
    Client,
    /// `client/service`.
    Service,
    /// The agreement of a client.
    Agreement,
    /// `I1`, `R1`, `X1`: whatever has an id of its own.
    Subject,
    /// The name of something that is no record, such as a delegation.
    Thing,
    /// `M1`: a message.
    Message,
    /// A moment.
    Moment,
    /// A number, a word of the vocabulary, or free words.
    Word,
}

/// Fields that are written in a way of their own.
const FIELDS: &[(&str, Spelling)] = &[
    ("to", Spelling::Person),
    ("person", Spelling::Person),
    ("client", Spelling::Client),
    ("service", Spelling::Service),
    ("agreement", Spelling::Agreement),
    ("incident", Spelling::Subject),
    ("incidents", Spelling::Subject),
    ("signal", Spelling::Subject),
    ("exception", Spelling::Subject),
    ("review", Spelling::Subject),
    ("violation", Spelling::Subject),
    ("violations", Spelling::Subject),
    ("audit", Spelling::Subject),
    ("owner", Spelling::Person),
    ("manager", Spelling::Person),
    ("reviewer", Spelling::Person),
    ("action", Spelling::Thing),
    ("finding", Spelling::Thing),
    ("facts", Spelling::Thing),
    ("entries", Spelling::Thing),
    ("renewal_of", Spelling::Subject),
    ("acting_for", Spelling::Person),
    ("beneficiaries", Spelling::Person),
    ("delegation", Spelling::Thing),
    ("suspicion", Spelling::Subject),
    ("child", Spelling::Subject),
    ("into", Spelling::Subject),
    ("review_owner", Spelling::Person),
    ("covered_by", Spelling::Person),
    ("in_place_of", Spelling::Person),
    ("attendees", Spelling::Person),
    ("members", Spelling::Person),
    ("task", Spelling::Thing),
    ("request", Spelling::Thing),
    ("case", Spelling::Thing),
    ("vendor", Spelling::Thing),
    ("procedure", Spelling::Subject),
    ("survey", Spelling::Subject),
    ("services", Spelling::Service),
    ("message", Spelling::Message),
    ("correction_of", Spelling::Message),
    ("topics", Spelling::Word),
];

/// Ends of names that are moments.
const MOMENTS: [&str; 4] = ["_at", "_by", "_since", "until"];

/// The command of a verb whose fields are spelt out.
pub(super) fn command(
    almanac: &Almanac,
    now: Timestamp,
    verb: Verb,
    words: &Words,
) -> Result<Command, String> {
    let mut fields = Map::new();
    fields.insert("verb".to_owned(), verb.name().into());
    let subject = words.plain.first().map(String::as_str);
    for (name, value) in &words.named {
        fields.insert(name.clone(), read(almanac, now, name, value)?);
    }
    // Serde names one missing field at a time; each is filled until the command is whole.
    for _ in 0..32 {
        match serde_json::from_value::<Command>(Value::Object(fields.clone())) {
            Ok(command) => return Ok(command),
            Err(error) => {
                let told = error.to_string();
                let missing = told.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
                let Some(missing) = missing else { return Err(told) };
                fields.insert(missing.to_owned(), filled(missing, subject, &told)?);
            }
        }
    }
    Err(format!("{} has too many fields to fill", verb.name()))
}

/// What stands for a field that the line leaves out.
fn filled(name: &str, subject: Option<&str>, told: &str) -> Result<Value, String> {
    match (spelling(name), subject) {
        (Spelling::Subject, Some(subject)) => Ok(Value::String(fixture::subject(subject)?.id().to_string())),
        (Spelling::Thing, Some(subject)) => Ok(fixture::thing(name, subject).to_string().into()),
        (Spelling::Word, _) => Ok(format!("What there is to say of the {}", name.replace('_', " ")).into()),
        _ => Err(told.to_owned()),
    }
}

fn read(almanac: &Almanac, now: Timestamp, name: &str, value: &str) -> Result<Value, String> {
    if value == "none" {
        return Ok(Value::Null);
    }
    let is_list = name.ends_with('s') && FIELDS.iter().any(|(known, _)| *known == name);
    if is_list {
        let all = value.split(',').map(|one| one_value(almanac, now, name, one));
        return Ok(Value::Array(all.collect::<Result<_, _>>()?));
    }
    one_value(almanac, now, name, value)
}

fn one_value(almanac: &Almanac, now: Timestamp, name: &str, value: &str) -> Result<Value, String> {
    Ok(match spelling(name) {
        Spelling::Person => fixture::person(value).to_string().into(),
        Spelling::Client => fixture::client(value).to_string().into(),
        Spelling::Service => {
            let (client, service) = value.split_once('/').ok_or("a service is written client/service")?;
            fixture::service(client, service).to_string().into()
        }
        Spelling::Agreement => fixture::agreement(value).to_string().into(),
        Spelling::Subject => fixture::subject(value)?.id().to_string().into(),
        Spelling::Thing => fixture::thing(name, value).to_string().into(),
        Spelling::Message => fixture::message(value).to_string().into(),
        Spelling::Moment => moment(almanac, now, value)?.millis().into(),
        Spelling::Word => match value {
            "yes" => true.into(),
            "no" => false.into(),
            _ => value.parse::<u32>().map_or_else(|_| long(value).into(), Value::from),
        },
    })
}

/// A time, or `+30m` from now.
fn moment(almanac: &Almanac, now: Timestamp, value: &str) -> Result<Timestamp, String> {
    match value.strip_prefix('+') {
        Some(span) => Ok(now.plus_millis(i64::from(minutes(span)?) * incident::MINUTE)),
        None => almanac.instant(value),
    }
}

fn spelling(name: &str) -> Spelling {
    let known = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, spelling)| *spelling);
    known.unwrap_or(if is_moment(name) { Spelling::Moment } else { Spelling::Word })
}

/// Whether a field of that name holds a moment.
pub(super) fn is_moment(name: &str) -> bool {
    MOMENTS.iter().any(|end| name.ends_with(end))
}

/// Words as written; `<9000 letters>` stands for as many.
pub(super) fn long(words: &str) -> String {
    let count = words.strip_prefix('<').and_then(|rest| rest.strip_suffix(" letters>"));
    match count.and_then(|count| count.parse().ok()) {
        Some(count) => "x".repeat(count),
        None => words.to_owned(),
    }
}
