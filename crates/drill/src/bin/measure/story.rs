//! What people do to an incident from its log entry to its first steps: the commands that are measured.

use incident::command::{
    AcceptAssignment, AddNote, Assess, Assign, Categorise, LogIncident, RecordDiagnosis,
    RecordResolutionStep, SetSeverity, SetUrgency,
};
use incident::log::LogEntry;
use incident::setup::CategoryCode;
use incident::{Command, Impact, IncidentId, Severity, Source, Urgency};
use uuid::Uuid;

use crate::house::{CATEGORY, client, person, service};
use crate::now;

/// Commands of a whole story.
pub(crate) const LENGTH: usize = 10;
const ASSIGN: usize = 5;
const ACCEPT: usize = 6;

/// How far the incident at this place of a filled board has come: a few new ones, most in work.
pub(crate) const fn stage_of(place: u32) -> usize {
    match place % 10 {
        0 => 1,
        // Assessed, and nobody has it yet: assigning moves it.
        1..=3 => 5,
        4..=7 => 8,
        _ => LENGTH,
    }
}

/// The first `length` commands of a new incident of a filled board; its people share the work.
pub(crate) fn until(place: u128, length: usize) -> impl Iterator<Item = Command> {
    let incident = IncidentId(Uuid::now_v7());
    let taken = |step: &usize| *step != ACCEPT;
    (0..length).filter(taken).map(move |step| match step {
        ASSIGN => Command::Assign(Assign { incident, from: None, to: person(place / 10) }),
        _ => command(place, incident, step),
    })
}

/// The `step`-th command on an incident.
pub(crate) fn command(place: u128, incident: IncidentId, step: usize) -> Command {
    let me = person(0);
    match step {
        0 => log(place, incident),
        1 => Command::Categorise(Categorise { incident, category: CategoryCode(CATEGORY.into()) }),
        2 => Command::SetSeverity(SetSeverity {
            incident,
            from: impact(place).provisional_severity(),
            severity: severity(place),
            reason: "Part of the site works over the second line".into(),
        }),
        3 => Command::SetUrgency(SetUrgency { incident, from: None, urgency: Urgency::Medium }),
        4 => Command::Assess(Assess {
            incident,
            text: "The line of floor two is down; the provider is asked".into(),
        }),
        ASSIGN => Command::Assign(Assign { incident, from: None, to: me }),
        ACCEPT => Command::AcceptAssignment(AcceptAssignment { incident }),
        7 => Command::RecordDiagnosis(RecordDiagnosis {
            incident,
            text: "The switch in rack 4 lost its uplink".into(),
        }),
        8 => Command::RecordResolutionStep(RecordResolutionStep {
            incident,
            text: "Uplink moved to port 24".into(),
        }),
        _ => note(incident, "The client's contact was told what was done and when to expect the next word"),
    }
}

/// A note.
pub(crate) fn note(incident: IncidentId, text: &str) -> Command {
    Command::AddNote(AddNote { incident, text: text.into() })
}

fn log(place: u128, incident: IncidentId) -> Command {
    Command::LogIncident(LogIncident {
        incident,
        entry: LogEntry {
            client: client(place),
            services: vec![service(place)],
            summary: format!("No network on floor {} since the morning", place % 40 + 1),
            symptoms:
                "Forty desks cannot reach the file server or the telephones; the lift panel shows an error \
                       too. It began at ten past eight after a short power cut in the street."
                    .into(),
            reporter: "Ada Moreau".into(),
            reported_at: now(),
            source: Source::Phone,
            impact: impact(place),
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        },
    })
}

const fn impact(place: u128) -> Impact {
    match place % 4 {
        0 => Impact::ManyUsers,
        1 | 2 => Impact::SomeUsers,
        _ => Impact::SingleUser,
    }
}

/// One worse than it looked for some, as people find out.
const fn severity(place: u128) -> Severity {
    match place % 4 {
        0 | 1 => Severity::Two,
        2 => Severity::Three,
        _ => Severity::Four,
    }
}
