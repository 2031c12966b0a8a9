//! Events as lines of a timeline, and commands as the words that were typed.

use incident::event::{Event, Fact};
use incident::{Command, Setup};
use uuid::Uuid;

use super::Looking;
use crate::view::{LineKind, TimelineLine, Word};

/// A difference between deed and receipt that is worth telling, in milliseconds.
const RECEIPT_LAG_MS: i64 = 60_000;

/// One event as a line.
pub fn timeline_line(id: Uuid, event: &Event, looking: &Looking<'_>, unsent: bool) -> TimelineLine {
    let (kind, title, text) = words(&event.fact, looking.setup);
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

#[expect(clippy::too_many_lines, reason = "one uniform arm per kind of event")]
fn words(fact: &Fact, setup: &Setup) -> (LineKind, String, String) {
    let none = String::new;
    let line = |kind, title: &str, text: String| (kind, title.to_owned(), text);
    match fact {
        Fact::SignalRaised { sighting } => {
            line(LineKind::Alert, &format!("Reported: {}", sighting.summary), sighting.details.clone())
        }
        Fact::SignalAccepted { .. } => line(LineKind::State, "Accepted as an incident", none()),
        Fact::SignalDismissed { reason } => line(LineKind::State, "Not an incident", reason.clone()),
        Fact::SignalMerged { .. } => line(LineKind::State, "Merged into an incident", none()),
        Fact::AlertRepeated { count, summary } => {
            line(LineKind::Alert, &format!("Alert came again ({count}×)"), summary.clone())
        }
        Fact::AlertRecovered { summary } => {
            line(LineKind::Alert, "Monitor says it is over: service restored?", summary.clone())
        }
        Fact::SignalJoined { summary, .. } => line(LineKind::Alert, "A signal joined", summary.clone()),
        Fact::IncidentLogged { entry, .. } => {
            let title = format!("Logged, reported by {} ({})", entry.reporter, entry.source.name());
            line(LineKind::State, &title, entry.symptoms.clone())
        }
        Fact::Categorised { category } => {
            let found = setup.house.categories.iter().find(|c| c.code == *category);
            let name = found.map_or(category.0.as_str(), |c| c.name.as_str());
            line(LineKind::State, &format!("Categorised: {name}"), none())
        }
        Fact::SeverityChanged { severity, reason } => {
            let title = format!("Severity {} ({})", severity.number(), severity.name());
            line(LineKind::State, &title, reason.clone())
        }
        Fact::UrgencyChanged { urgency } => {
            line(LineKind::State, &format!("Urgency {}", urgency.name().to_lowercase()), none())
        }
        Fact::MajorIncidentDeclared { because } => {
            line(LineKind::Escalation, "Major incident declared", because.clone())
        }
        Fact::Assessed { text } => line(LineKind::Note, "Initial assessment", text.clone()),
        Fact::Assigned { to } => {
            line(LineKind::Work, &format!("Assigned to {}", setup.person_name(*to)), none())
        }
        Fact::Unassigned => line(LineKind::Work, "Assigned to nobody", none()),
        Fact::AssignmentAccepted => line(LineKind::Work, "Assignment accepted", none()),
        Fact::NoteAdded { text } => line(LineKind::Note, "Note", text.clone()),
        Fact::DiagnosisRecorded { text } => line(LineKind::Note, "Diagnosis", text.clone()),
        Fact::WorkaroundApplied { text } => line(LineKind::Work, "Workaround applied", text.clone()),
        Fact::ResolutionStepRecorded { text } => line(LineKind::Work, "Resolution step", text.clone()),
        Fact::ServiceRestored { text } => line(LineKind::State, "Service restored", text.clone()),
        Fact::Resolved { text, cause } => {
            line(LineKind::State, "Resolved", format!("{text}\nCause: {cause}"))
        }
        Fact::RestorationConfirmed { channel, contact, answer, text } => {
            let title = format!("Asked {contact} by {}: {}", channel.name(), answer.name());
            line(LineKind::Client, &title, text.clone())
        }
        Fact::Closed { text } => line(LineKind::State, "Closed", text.clone()),
        Fact::Reopened { reason, .. } => line(LineKind::State, "Reopened", reason.clone()),
        Fact::Cancelled { reason } => line(LineKind::State, "Cancelled", reason.clone()),
        Fact::Escalated { path, to, reason } => {
            let title = format!("Escalated ({}) to {}", path.name(), setup.person_name(*to));
            line(LineKind::Escalation, &title, reason.clone())
        }
        Fact::ClockPaused { reason, text } => {
            line(LineKind::Work, &format!("Clock paused: {}", reason.name()), text.clone())
        }
        Fact::ClockResumed { text } => line(LineKind::Work, "Clock resumed", text.clone()),
        Fact::TargetBreached { clock, severity, .. } => {
            let title = format!("{} target of Severity {} was not met", clock.name(), severity.number());
            line(LineKind::Breach, &title, none())
        }
        Fact::RowImported { .. } => line(LineKind::State, "Row of an imported log", none()),
        Fact::Configured { .. } => line(LineKind::State, "Configured", none()),
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
