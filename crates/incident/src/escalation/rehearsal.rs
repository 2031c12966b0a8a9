//! Rehearsal (§3.5): who would be called when, if an incident happened and nobody did anything.
//!
//! It logs the incident for itself, lets time pass and does what the server would do, with the same functions;
//! nothing is written. Whoever wants a whole year of a rota asks [`crate::on_call::Roster::stretches`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cause::Cause;
use super::path::PathPlace;
use super::reach::PassedOver;
use super::{EscalationPath, due};
use crate::command::{AdvanceEscalation, LogIncident};
use crate::identification::Source;
use crate::records::{Records, apply};
use crate::refusal::Refusal;
use crate::role::Actor;
use crate::{
    ClientId, Command, Impact, IncidentId, LogEntry, PersonId, Role, ServiceId, Severity, Timestamp,
};

/// Instants that one rehearsal looks at before it stops.
const INSTANTS_MAX: usize = 2_000;

/// What is supposed to happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Supposed {
    /// To which client.
    pub client: ClientId,
    /// On which services; at least one.
    pub services: Vec<ServiceId>,
    /// How severe.
    pub severity: Severity,
    /// When.
    pub at: Timestamp,
}

/// A call that would be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "RehearsedCall")]
pub struct Call {
    /// When.
    pub at: Timestamp,
    /// Along which path.
    pub path: EscalationPath,
    /// Why the path is walked.
    pub cause: Cause,
    /// Where on the path.
    pub place: PathPlace,
    /// Who; nobody where nobody can be reached.
    pub told: BTreeSet<PersonId>,
    /// Who would be passed over, and why.
    pub passed_over: Vec<PassedOver>,
}

/// Every call until an instant.
pub fn rehearse(records: &Records, supposed: &Supposed, until: Timestamp) -> Result<Vec<Call>, Refusal> {
    let mut stage = Records { setup: records.setup.clone(), ..Records::default() };
    let (id, mut now) = (IncidentId(uuid::Uuid::from_u128(1)), supposed.at);
    let desk = Actor { person: PersonId::SERVER, roles: Role::ALL.into_iter().collect() };
    let said = || "A rehearsal".to_owned();
    let of_severity = |impact: &Impact| impact.provisional_severity() == supposed.severity;
    let impact = Impact::ALL.into_iter().find(of_severity).unwrap_or(Impact::EntireSite);
    let entry = LogEntry {
        client: supposed.client,
        services: supposed.services.clone(),
        summary: said(),
        symptoms: said(),
        reporter: said(),
        reported_at: now,
        source: Source::Staff,
        impact,
        drill: false,
        recurrence_of: None,
        occurred_at: None,
        detected_at: None,
    };
    act(&mut stage, &desk, now, &Command::LogIncident(LogIncident { incident: id, entry }))?;
    let advance = Command::AdvanceEscalation(AdvanceEscalation { incident: id });
    for _ in 0..INSTANTS_MAX {
        // What is due leads on; where nothing is, the refusal only says so.
        drop(act(&mut stage, &Actor::server(), now, &advance));
        let next = stage.incidents.get(&id).and_then(|incident| due::next_due(incident, &stage.setup, now));
        match next.filter(|next| *next <= until) {
            Some(next) => now = next,
            None => break,
        }
    }
    Ok(stage.incidents.get(&id).map(|incident| calls(incident)).unwrap_or_default())
}

fn act(records: &mut Records, actor: &Actor, now: Timestamp, command: &Command) -> Result<(), Refusal> {
    for event in crate::decide(records, actor, now, command)? {
        apply(records, &event);
    }
    Ok(())
}

/// The calls on an incident's record, in their order.
fn calls(incident: &crate::Incident) -> Vec<Call> {
    let mut all: Vec<_> = incident
        .escalating
        .runs
        .iter()
        .flat_map(|run| {
            run.taken.iter().map(|step| Call {
                at: step.at,
                path: run.path,
                cause: run.cause,
                place: step.place,
                told: step.told.clone(),
                passed_over: step.passed_over.clone(),
            })
        })
        .collect();
    all.sort_by_key(|call| (call.at, call.path, call.place));
    all
}
