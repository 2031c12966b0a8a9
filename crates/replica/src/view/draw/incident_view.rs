//! One incident in full.

use std::sync::Arc;

use incident::clock::{self, ClockState, Reading, Verdict, off_by};
use incident::communication::{Approval, Message, is_shown, shown_to};
use incident::log::{Breach, Incident};
use incident::obligation::of_incident;
use incident::severity::lowering::Lowering;
use incident::{Event, MessageId, Records, Severity, Subject, SurveyId, Timestamp, moves, offers_on};
use uuid::Uuid;

use super::{Looking, card, duty_chip, timeline_line, wall};
use crate::view::{BreachChoice, Choice, ClockView, IncidentView, Pending};

/// What an incident view is made of, as the store holds it.
#[derive(Debug)]
pub struct IncidentParts {
    /// The record.
    pub incident: Arc<Incident>,
    /// Its events with their ids, newest first, and whether each still waits on this computer.
    pub timeline: Vec<(Uuid, Event, bool)>,
    /// Whether older events are still on their way.
    pub timeline_complete: bool,
    /// What has not reached the server.
    pub pending: Pending,
}

/// One incident in full, but for words of a former client that the viewer may not see.
pub fn incident_view(parts: IncidentParts, records: &Records, looking: &Looking<'_>) -> IncidentView {
    let (setup, reader) = (looking.setup, looking.viewer.person);
    let lines = parts.timeline.iter().filter(|(_, event, _)| is_shown(event, &parts.incident, setup, reader));
    let timeline = lines.map(|(id, event, unsent)| timeline_line(*id, event, looking, *unsent)).collect();
    let incident = shown_to(Arc::unwrap_or_clone(parts.incident), setup, reader);
    let category_name = incident.category.as_ref().map(|code| {
        let found = setup.house.categories.iter().find(|category| category.code == *code);
        found.map_or_else(|| code.0.clone(), |category| category.name.clone())
    });
    let agreement = incident.agreement.and_then(|bound| setup.agreements.get(&(bound.id, bound.version)));
    let duties = of_incident(&incident, setup, looking.now);
    let readings = clock::readings(&incident, setup, looking.now);
    IncidentView {
        card: card(&incident, looking, parts.pending),
        logged_by: setup.person_name(incident.logged.by).to_owned(),
        logged_local: looking.wall(incident.logged.at),
        reported_local: looking.wall(incident.entry.reported_at),
        source: incident.entry.source.name().to_owned(),
        symptoms: incident.entry.symptoms.clone(),
        reporter: incident.entry.reporter.clone(),
        category_name,
        category: incident.category.clone(),
        urgency: incident.urgency,
        agreement: agreement.map_or_else(
            || "No agreement covers this client and service: no targets".to_owned(),
            |agreement| {
                format!("{} ({}, version {})", agreement.name, agreement.reference, agreement.version)
            },
        ),
        phase: incident.phase.name().to_owned(),
        breaches: standing(&incident, &readings, looking),
        clocks: readings.into_iter().map(|reading| clock_view(reading, &incident, looking)).collect(),
        duties: duties.iter().map(|duty| duty_chip(duty, Some(incident.entry.client), looking)).collect(),
        messages: incident
            .communication
            .messages
            .iter()
            .rev()
            .map(|message| written(message, looking))
            .collect(),
        survey: SurveyId::of(&incident),
        lowering: incident.lowering.as_ref().map(|asked| proposed(asked, looking)),
        timeline,
        timeline_complete: parts.timeline_complete,
        offers: offers_on(records, looking.viewer, looking.now, Subject::Incident(incident.id)),
        moves: moves(records, looking.viewer, looking.now, incident.id),
        record: incident,
    }
}

fn proposed(asked: &Lowering, looking: &Looking<'_>) -> Choice<Severity> {
    let severity = asked.severity;
    Choice {
        value: severity,
        name: format!("{} {}, instead of {}", severity.number(), severity.name(), asked.from.number()),
        hint: format!("{}: {}", looking.setup.person_name(asked.by), asked.reason),
    }
}

fn written(message: &Message, looking: &Looking<'_>) -> Choice<MessageId> {
    let draft = &message.draft;
    let clock_time = looking.wall(message.at).local.get(11..16).unwrap_or_default().to_owned();
    let hint = match (&message.approval, &message.delivery) {
        (Approval::Waiting, _) => "waits for approval".to_owned(),
        (Approval::Returned { reason, .. }, _) => format!("returned: {reason}"),
        (Approval::NotNeeded | Approval::Approved { .. }, None) => "on its way".to_owned(),
        (Approval::NotNeeded | Approval::Approved { .. }, Some(known)) => known.outcome.name().to_owned(),
    };
    let name =
        format!("{} to {} by {}, {clock_time}", draft.kind.name(), draft.contact, draft.channel.name());
    Choice { value: draft.message, name, hint }
}

/// The breaches that can still be corrected; two of one deadline are corrected as one (ruling 5).
fn standing(incident: &Incident, readings: &[Reading], looking: &Looking<'_>) -> Vec<BreachChoice> {
    let mut breaches: Vec<_> =
        incident.breaches.iter().filter(|breach| !incident.is_corrected(breach)).collect();
    breaches.sort_by_key(|breach| (breach.due, breach.clock));
    breaches.dedup_by_key(|breach| (breach.due, breach.clock));
    breaches.into_iter().map(|breach| breach_choice(breach, readings, looking)).collect()
}

fn breach_choice(breach: &Breach, readings: &[Reading], looking: &Looking<'_>) -> BreachChoice {
    let state = readings.iter().find(|reading| reading.kind == breach.clock).map(|reading| &reading.state);
    let done = match state {
        Some(ClockState::Stopped { at }) => format!("done {}", looking.minute(*at)),
        Some(ClockState::NotCounted) => "never done".to_owned(),
        Some(ClockState::Running | ClockState::Paused { .. }) | None => "not done yet".to_owned(),
    };
    let (due, zone) = (looking.minute(breach.due), &looking.setup.house.zone);
    BreachChoice {
        clock: breach.clock,
        due: breach.due,
        name: format!("{}, due {due} ({zone})", breach.clock.name()),
        hint: format!("Severity {}, {done}", breach.severity.number()),
    }
}

fn clock_view(reading: Reading, incident: &Incident, looking: &Looking<'_>) -> ClockView {
    let client = looking.setup.clients.get(&incident.entry.client);
    let on_client = |due: Timestamp| client.map(|client| wall(due, &client.zone));
    ClockView {
        name: reading.kind.name().to_owned(),
        due_local: reading.due.map(|due| looking.wall(due)),
        due_client: reading.due.and_then(on_client),
        words: words(&reading, looking),
        reading,
    }
}

fn words(reading: &Reading, looking: &Looking<'_>) -> String {
    let clock_time = |at: Timestamp| looking.minute(at);
    match (&reading.verdict, &reading.state) {
        (Verdict::Met { .. }, ClockState::Stopped { at }) => format!("met {}", clock_time(*at)),
        (Verdict::Met { .. }, _) => "met".to_owned(),
        (Verdict::Breached { at, on_arrival: true }, _) => {
            format!("late on arrival, severity raised {}", clock_time(*at))
        }
        (Verdict::Breached { at, .. }, ClockState::Paused { reason, .. }) => {
            format!("not met {}, now {}", clock_time(*at), reason.name())
        }
        (Verdict::Breached { at, .. }, _) => format!("not met, passed {}", clock_time(*at)),
        (Verdict::Excluded { at, .. }, _) => format!("excepted (§4.2), passed {}", clock_time(*at)),
        (Verdict::NoTarget { reason }, _) => format!("no target: {reason}"),
        (Verdict::Uncertain { within_ms }, _) => {
            format!("uncertain, its stamps may be off {}", off_by(*within_ms))
        }
        (Verdict::NotApplicable, _) => "not counted".to_owned(),
        (Verdict::Pending, ClockState::Paused { reason, since, .. }) => {
            format!("stands still since {}, {}", clock_time(*since), reason.name())
        }
        (Verdict::Pending, _) => "running".to_owned(),
    }
}
