//! Cards of incidents and signals, and the chip of a duty.

use std::cmp::Reverse;
use std::sync::Arc;

use incident::log::Incident;
use incident::obligation::{of_incident, of_signal};
use incident::{ClientId, IncidentId, Obligation, Offer, PersonId, Role, Signal};

use super::Looking;
use crate::view::{Card, DutyChip, Pending, SignalCard};

/// Most incidents offered for a merge.
const CANDIDATES_MAX: usize = 8;

/// `INC-1042`; `new-3f2a` until the server has given a number.
pub fn label(incident: &Incident) -> String {
    match incident.number {
        Some(number) => format!("INC-{number}"),
        None => {
            let id = incident.id.0.simple().to_string();
            format!("new-{}", id.get(28..).unwrap_or(&id))
        }
    }
}

/// An incident as the board shows it.
pub fn card(incident: &Incident, looking: &Looking<'_>, pending: Pending) -> Card {
    let setup = looking.setup;
    let mut duties = of_incident(incident, setup, looking.now).into_iter();
    let duty = duties.next().map(|obligation| duty_chip(&obligation, Some(incident.entry.client), looking));
    let pressing = |o: &Obligation| o.attention.is_some_and(|a| a.caution <= looking.now);
    let second = duties.find(pressing).map(|o| duty_chip(&o, Some(incident.entry.client), looking));
    let assignee = incident.assignment.as_ref().map(|assignment| assignment.to);
    let service = |id| setup.services.get(id).map(|service| service.name.clone());
    Card {
        id: incident.id,
        label: label(incident),
        title: incident.entry.summary.clone(),
        client: incident.entry.client,
        client_name: client_name(looking, incident.entry.client),
        services: incident.entry.services.iter().filter_map(service).collect(),
        severity: incident.severity(),
        severity_set: incident.severity_set,
        priority: incident.priority(setup),
        column: incident.phase.column(),
        column_since: incident.phase_since,
        duty,
        second,
        assignee,
        assignee_name: assignee.map(|id| setup.person_name(id).to_owned()),
        major: incident.is_major_running(),
        breached: !incident.breaches.is_empty(),
        workaround: incident.workaround.is_some(),
        recovery_seen: incident.alerts.recovered_at.is_some(),
        repeats: incident.alerts.repeats,
        reopened: u32::try_from(incident.reopenings.len()).unwrap_or(u32::MAX),
        pending,
        updated_at: incident.updated_at,
    }
}

/// A signal as triage shows it, with its turn.
pub fn signal_card(
    signal: &Signal,
    turn: u32,
    candidates: Vec<IncidentId>,
    offers: Vec<Offer>,
    looking: &Looking<'_>,
    pending: Pending,
) -> SignalCard {
    let sighting = &signal.sighting;
    let duty = of_signal(signal, looking.setup);
    SignalCard {
        id: signal.id,
        summary: signal.summary().to_owned(),
        details: sighting.details.clone(),
        source: sighting.source,
        reporter: sighting.reporter.clone(),
        reported_at: sighting.reported_at,
        reported_local: Some(looking.wall(sighting.reported_at)),
        identified_at: signal.identified_at,
        turn,
        client: sighting.client,
        client_name: sighting.client.map(|client| client_name(looking, client)),
        service: sighting.service,
        repeats: signal.tally.repeats,
        recovery_seen: signal.tally.recovered_at.is_some(),
        link: sighting.link.clone(),
        candidates,
        duty: duty.map(|obligation| duty_chip(&obligation, None, looking)),
        offers,
        pending,
    }
}

/// Open incidents that a signal may belong to: of its client, those of its service first, the latest before the
/// others. Where its client is not known there are none: a signal joins no other client's incident (ruling 11).
pub fn merge_candidates<'a>(
    signal: &Signal,
    incidents: impl Iterator<Item = &'a Arc<Incident>>,
) -> Vec<IncidentId> {
    let Some(client) = signal.sighting.client else { return Vec::new() };
    let mut open: Vec<_> =
        incidents.filter(|incident| incident.is_open() && incident.entry.client == client).collect();
    let shares_service =
        |incident: &Incident| signal.sighting.service.is_some_and(|s| incident.entry.services.contains(&s));
    open.sort_by_key(|incident| (!shares_service(incident), Reverse(incident.updated_at)));
    open.into_iter().take(CANDIDATES_MAX).map(|incident| incident.id).collect()
}

/// A duty on something of `client`, where the client is known.
pub fn duty_chip(obligation: &Obligation, client: Option<ClientId>, looking: &Looking<'_>) -> DutyChip {
    let client = client.and_then(|id| looking.setup.clients.get(&id));
    let account_manager = client.and_then(|client| client.account_manager);
    let person = obligation.owner.person;
    let role = obligation.owner.role;
    DutyChip {
        subject: obligation.subject,
        duty: obligation.duty,
        label: obligation.duty.name().to_owned(),
        due: obligation.due,
        due_local: obligation.due.map(|due| looking.wall(due)),
        attention: obligation.attention,
        paused: obligation.paused,
        person,
        owner: person.map_or(role.name(), |id| looking.setup.person_name(id)).to_owned(),
        role,
        mine: is_mine(person, role, account_manager, looking),
        clause: obligation.clause.clone(),
        why: obligation.why.clone(),
        verbs: obligation.fulfilled_by.clone(),
        about: None,
    }
}

/// A duty is mine when it names me; one that names nobody is its role's. An account manager answers for
/// the own clients only.
fn is_mine(person: Option<PersonId>, role: Role, manager: Option<PersonId>, looking: &Looking<'_>) -> bool {
    match person {
        Some(person) => person == looking.viewer.person,
        None if role == Role::AccountManager => manager.is_none() && looking.viewer.roles.contains(&role),
        None => looking.viewer.roles.contains(&role),
    }
}

fn client_name(looking: &Looking<'_>, client: ClientId) -> String {
    looking
        .setup
        .clients
        .get(&client)
        .map_or_else(|| "Unknown client".to_owned(), |client| client.name.clone())
}
