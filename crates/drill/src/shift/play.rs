//! Plays a shift against the rule book alone: `decide`, and `fold` of what it accepts.

use std::sync::Arc;

use incident::{Actor, Event, Records, Setting, Timestamp, apply, decide};

use super::house::setting;
use super::sight::look;
use super::time::millis;
use super::{Deed, Line, Outcome, Shift, Step, Words, command, fixture};

/// A line that did not end as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file and the line.
    pub place: String,
    /// What the line says.
    pub expected: String,
    /// What happened instead.
    pub came: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n    expected  {}\n    came      {}", self.place, self.expected, self.came)
    }
}

/// What was expected and what came.
pub(super) type Difference = (String, String);

/// Plays every line; a line that fails does not stop the others.
pub fn play(shift: &Shift) -> Vec<Failure> {
    let mut records = fixture::records();
    let mut failures = Vec::new();
    for line in &shift.lines {
        if let Err((expected, came)) = one(shift, &mut records, line) {
            failures.push(Failure { place: format!("{}:{}", shift.file, line.number), expected, came });
        }
    }
    failures
}

fn one(shift: &Shift, records: &mut Records, line: &Line) -> Result<(), Difference> {
    let unreadable = |wrong: String| ("a line that can be played".to_owned(), wrong);
    match &line.step {
        Step::Given(words) => {
            let mut given = setting(records, &shift.almanac, line.at, words).map_err(unreadable)?;
            // What is given was always so; what is configured counts from its moment.
            if let Setting::House(house) = &mut given {
                house.effective_from = Timestamp::default();
            }
            let taken = Arc::make_mut(&mut records.setup).take(given);
            taken.map_err(|error| unreadable(error.to_string()))
        }
        Step::Deed(deed) => {
            let words = words_of(&deed.words);
            let wanted = command(records, &shift.almanac, line.at, deed.verb, &words).map_err(unreadable)?;
            let actor = Actor { person: fixture::person(&deed.actor), roles: deed.roles.clone() };
            let result = decide(records, &actor, line.at, &wanted);
            if let Ok(events) = &result {
                for event in arrived(shift, deed, events).map_err(unreadable)? {
                    apply(records, &event);
                }
            }
            compare(&deed.outcome, &result)
        }
        Step::Sight(sight, words) => look(shift, records, line.at, *sight, words),
    }
}

/// Words that say how the deed reached the server; the command does not know them.
const WIRE: [&str; 2] = ["received", "uncertain"];

fn words_of(words: &Words) -> Words {
    let named = words.named.iter().filter(|(name, _)| !WIRE.contains(&name.as_str())).cloned().collect();
    Words { plain: words.plain.clone(), named }
}

/// The events as the server stamps them on arrival.
fn arrived(shift: &Shift, deed: &Deed, events: &[Event]) -> Result<Vec<Event>, String> {
    let received: Option<Timestamp> =
        deed.words.named("received").map(|at| shift.almanac.instant(at)).transpose()?;
    let off = deed.words.named("uncertain").map_or(Ok(0), millis)?;
    let stamp = |event: &Event| Event {
        received: received.unwrap_or(event.received),
        uncertainty_ms: u32::try_from(off).unwrap_or(u32::MAX),
        ..event.clone()
    };
    Ok(events.iter().map(stamp).collect())
}

fn compare(outcome: &Outcome, result: &Result<Vec<Event>, incident::Refusal>) -> Result<(), Difference> {
    match (outcome, result) {
        (Outcome::Ok(kinds), Ok(events)) => {
            let came: Vec<_> = events.iter().map(kind).collect();
            let mut left = came.iter();
            if kinds.iter().all(|wanted| left.any(|kind| kind == wanted)) {
                return Ok(());
            }
            Err((format!("ok {}", kinds.join(" ")), format!("ok {}", came.join(" "))))
        }
        (Outcome::Only(kinds), Ok(events)) => {
            let came: Vec<_> = events.iter().map(kind).collect();
            if *kinds == came {
                return Ok(());
            }
            Err((format!("ok only {}", kinds.join(" ")), format!("ok {}", came.join(" "))))
        }
        (Outcome::Refused(code, clause), Err(refusal)) => {
            if refusal.code == *code && refusal.clause == *clause {
                return Ok(());
            }
            Err((format!("refused {} {clause}", word(code)), refused(refusal)))
        }
        (Outcome::Ok(_) | Outcome::Only(_), Err(refusal)) => Err(("ok".to_owned(), refused(refusal))),
        (Outcome::Refused(code, clause), Ok(events)) => {
            let came: Vec<_> = events.iter().map(kind).collect();
            Err((format!("refused {} {clause}", word(code)), format!("ok {}", came.join(" "))))
        }
    }
}

/// A refusal as a shift writes it, with its text.
pub(super) fn refused(refusal: &incident::Refusal) -> String {
    format!("refused {} {} ({refusal})", word(&refusal.code), refusal.clause)
}

fn kind(event: &Event) -> String {
    let fact = serde_json::to_value(&event.fact).unwrap_or_default();
    fact.get("kind").and_then(|kind| kind.as_str()).unwrap_or("unknown").to_owned()
}

/// A value of the rule book's vocabulary as a shift writes it.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}
