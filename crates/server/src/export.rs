//! Incidents as NDJSON, one per line, complete enough that any tool can recompute them (§4.1).
//!
//! A line is made of one record, its events and the configuration; nothing in it is stored anywhere.
//! It streams: one incident is in memory at a time.

mod clock;

use std::collections::BTreeMap;
use std::io::{self, Write};

use incident::clock::readings;
use incident::communication::Answer;
use incident::event::{Event, Fact};
use incident::setup::Setup;
use incident::{Incident, Phase, Priority, Severity, Source, Timestamp, Urgency};
use serde::{Serialize, Serializer};

use crate::import::servicenow;
use crate::store::Store;

pub use clock::{ExportedClock, ExportedVerdict};

/// One incident as it leaves the house.
#[derive(Debug, Clone, Serialize)]
pub struct ExportedIncident {
    /// Its id.
    pub id: String,
    /// Its number here.
    pub number: Option<u32>,
    /// Its number at the desk it was imported from.
    pub imported_from: Option<String>,
    /// Which severity each impact of the other desk became, in its words; `null` for incidents logged here.
    pub imported_severity_of_impact: Option<BTreeMap<String, Severity>>,
    /// Client, by name.
    pub client: String,
    /// Affected services, by name.
    pub services: Vec<String>,
    /// The entry's one line.
    pub summary: String,
    /// Who reported it.
    pub reporter: String,
    /// How it was reported.
    pub source: Source,
    /// The phase, as one word.
    pub phase: &'static str,
    /// The category's code.
    pub category: Option<String>,
    /// The severity in force, 1 to 4.
    pub severity: Severity,
    /// The gravest severity it had.
    pub peak_severity: Severity,
    /// The urgency.
    pub urgency: Option<Urgency>,
    /// The priority the matrix in force derives; none while the urgency is unset.
    pub priority: Option<Priority>,
    /// Whether the major incident process opened.
    pub is_major: bool,
    /// Every stamp.
    #[serde(flatten)]
    pub stamps: Stamps,
    /// Every severity that was in force.
    pub severities: Vec<Since<Severity>>,
    /// Every person it was given to, in order; `null` where it was taken back.
    pub assignments: Vec<Since<Option<String>>>,
    /// Every group of the other desk it was given to, in order; empty for incidents logged here.
    pub groups: Vec<Since<Option<String>>>,
    /// The other desk's states, in order; empty for incidents logged here.
    pub imported_states: Vec<Since<Option<String>>>,
    /// Changes of the person after the first, being taken back included.
    pub reassignments: usize,
    /// Changes of the group after the first row, as the other desk counts reassignments.
    pub group_reassignments: usize,
    /// Times it was reopened.
    pub reopens: usize,
    /// Each reopening, with the stop it undid.
    pub reopenings: Vec<ExportedReopening>,
    /// What each clock says.
    pub clocks: Vec<ExportedClock>,
}

/// Something that was so from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Since<Value> {
    /// From when.
    #[serde(serialize_with = "rfc3339")]
    pub at: Timestamp,
    /// What.
    pub is: Value,
}

/// The stamps of an incident; absent ones did not happen.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "each is the instant its name says")]
pub struct Stamps {
    #[serde(serialize_with = "rfc3339")]
    pub reported_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    pub logged_at: Timestamp,
    #[serde(serialize_with = "rfc3339")]
    pub received_at: Timestamp,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub assessed_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub first_assigned_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub responded_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub workaround_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub restored_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub resolved_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub confirmed_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub closed_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339_or_null")]
    pub cancelled_at: Option<Timestamp>,
    #[serde(serialize_with = "rfc3339")]
    pub updated_at: Timestamp,
}

/// One reopening.
#[derive(Debug, Clone, Serialize)]
pub struct ExportedReopening {
    /// When.
    #[serde(serialize_with = "rfc3339")]
    pub at: Timestamp,
    /// When it had been resolved and restored.
    #[serde(serialize_with = "rfc3339_or_null")]
    pub stopped_at: Option<Timestamp>,
    /// Whether the client had confirmed it.
    pub was_confirmed: bool,
}

/// The line of an incident, from its record, its events in order and the configuration at `now`.
pub fn exported(incident: &Incident, events: &[Event], setup: &Setup, now: Timestamp) -> ExportedIncident {
    let client = setup.clients.get(&incident.entry.client);
    let service = |id| setup.services.get(id).map_or("unknown".to_owned(), |service| service.name.clone());
    let assignments = assignments(events, setup);
    let groups = imported(events, "assignment_group");
    let first_assignee = usize::from(assignments.first().is_some_and(|first| first.is.is_some()));
    ExportedIncident {
        id: incident.id.to_string(),
        number: incident.number,
        imported_from: imported_from(events),
        imported_severity_of_impact: severity_of_impact(events),
        client: client.map_or("unknown".to_owned(), |client| client.name.clone()),
        services: incident.entry.services.iter().map(service).collect(),
        summary: incident.entry.summary.clone(),
        reporter: incident.entry.reporter.clone(),
        source: incident.entry.source,
        phase: incident.phase.name(),
        category: incident.category.as_ref().map(|category| category.0.clone()),
        severity: incident.severity(),
        peak_severity: incident.peak_severity(),
        urgency: incident.urgency,
        priority: incident.priority(setup),
        is_major: incident.major.is_some(),
        stamps: stamps(incident),
        severities: incident
            .severities
            .iter()
            .map(|in_force| Since { at: in_force.at, is: in_force.severity })
            .collect(),
        reassignments: assignments.len().saturating_sub(first_assignee),
        assignments,
        group_reassignments: group_changes(events),
        groups,
        imported_states: imported(events, "incident_state"),
        reopens: incident.reopenings.len(),
        reopenings: incident
            .reopenings
            .iter()
            .map(|reopening| ExportedReopening {
                at: reopening.at,
                stopped_at: reopening.stopped_at,
                was_confirmed: reopening.was_confirmed,
            })
            .collect(),
        clocks: readings(incident, setup, now).into_iter().map(ExportedClock::from).collect(),
    }
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    /// Whoever takes the lines.
    #[error("the export could not be written: {0}; what was written so far is whole lines")]
    Output(#[from] io::Error),
}

/// Writes every incident, in the order in which they were logged here; returns how many.
pub fn export_all(store: &Store, now: Timestamp, out: &mut impl Write) -> Result<u64, ExportError> {
    let setup = store.setup();
    let mut count = 0;
    store.incidents::<ExportError>(|incident, events| {
        count += 1;
        Ok(write_line(out, &exported(incident, events, &setup, now))?)
    })?;
    out.flush()?;
    Ok(count)
}

/// Writes one line.
pub fn write_line(out: &mut impl Write, incident: &ExportedIncident) -> io::Result<()> {
    serde_json::to_writer(&mut *out, incident)?;
    out.write_all(b"\n")
}

fn stamps(incident: &Incident) -> Stamps {
    let confirmed = incident.confirmation.as_ref().filter(|told| told.answer == Answer::Confirmed);
    let (closed_at, cancelled_at) = match incident.phase {
        Phase::Closed { at, .. } => (Some(at), None),
        Phase::Cancelled { at, .. } => (None, Some(at)),
        Phase::Logged
        | Phase::Prioritised
        | Phase::Investigating
        | Phase::Resolving
        | Phase::Restored { .. } => (None, None),
    };
    Stamps {
        reported_at: incident.entry.reported_at,
        logged_at: incident.logged.at,
        received_at: incident.logged.received,
        assessed_at: incident.assessed.as_ref().map(|said| said.at),
        first_assigned_at: incident.first_assigned_at,
        responded_at: incident.responded_at(),
        workaround_at: incident.workaround.as_ref().map(|said| said.at),
        restored_at: incident.restored.as_ref().map(|said| said.at),
        resolved_at: incident.resolved.as_ref().map(|resolved| resolved.at),
        confirmed_at: confirmed.map(|told| told.at),
        closed_at,
        cancelled_at,
        updated_at: incident.updated_at,
    }
}

fn assignments(events: &[Event], setup: &Setup) -> Vec<Since<Option<String>>> {
    let told = events.iter().filter_map(|event| match &event.fact {
        Fact::Assigned { to } => Some((event.at, Some(setup.person_name(*to).to_owned()))),
        Fact::Unassigned => Some((event.at, None)),
        _ => None,
    });
    told.map(|(at, is)| Since { at, is }).collect()
}

fn imported_from(events: &[Event]) -> Option<String> {
    events.iter().find_map(|event| match &event.fact {
        Fact::RowImported { record, .. } => Some(record.clone()),
        _ => None,
    })
}

/// What the desk that it was imported from meant by its impacts.
fn severity_of_impact(events: &[Event]) -> Option<BTreeMap<String, Severity>> {
    let desk = events.iter().find_map(|event| match &event.fact {
        Fact::RowImported { desk, .. } => Some(desk),
        _ => None,
    })?;
    (desk == servicenow::DESK).then(servicenow::severities_by_impact)
}

/// What a column of the other desk's log became, in order.
fn imported(events: &[Event], column: &str) -> Vec<Since<Option<String>>> {
    let told = events.iter().filter_map(|event| match &event.fact {
        Fact::RowImported { changes, .. } => Some((event.at, changes.get(column)?.clone())),
        _ => None,
    });
    told.map(|(at, is)| Since { at, is }).collect()
}

fn group_changes(events: &[Event]) -> usize {
    let rows = events.iter().filter_map(|event| match &event.fact {
        Fact::RowImported { changes, .. } => Some(changes),
        _ => None,
    });
    rows.skip(1).filter(|changes| changes.contains_key("assignment_group")).count()
}

fn rfc3339<Out: Serializer>(at: &Timestamp, out: Out) -> Result<Out::Ok, Out::Error> {
    out.serialize_str(&at.to_rfc3339())
}

fn rfc3339_or_null<Out: Serializer>(at: &Option<Timestamp>, out: Out) -> Result<Out::Ok, Out::Error> {
    match at {
        Some(at) => rfc3339(at, out),
        None => out.serialize_none(),
    }
}
