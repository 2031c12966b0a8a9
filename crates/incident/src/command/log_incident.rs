//! Log incident: the entry with everything §3.1 Logging demands.
//!
//! - Given a client and its services,
//! - when somebody logs what was reported, by whom, when, through which source, and with what impact,
//! - then the clocks start (§6), bound to the agreement and calendars in force (ruling 15); an impact of
//!   Severity 1 opens the major incident process (§3.6).
//!
//! What a restore of the server lost is logged again by the desk that logged it: it gets another number, and the ones
//! that people know stay on record with it (decision 246).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{AcceptSignal, Command, Decision, Rule, Situation, Verb};
use crate::event::{Event, Fact, Subject};
use crate::log::LogEntry;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role, Severity, SignalId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LogIncident {
    /// The incident, named by the desk that logs it.
    pub incident: IncidentId,
    /// The entry.
    pub entry: LogEntry,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::LogIncident,
    clause: "§3.1",
    label: "Log incident",
    roles: &[
        Role::ServiceDesk,
        Role::Tier2,
        Role::Tier3,
        Role::IncidentManager,
        Role::AccountManager,
        Role::Supervisor,
    ],
};

impl LogIncident {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        std::iter::once(self.incident).chain(self.entry.recurrence_of).map(Subject::Incident).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let events = logged(&RULE, s, self.incident, &self.entry, None)?;
        Ok(with_former_numbers(s, self.incident, events))
    }
}

impl Command {
    /// The incident that it logs, where it logs one.
    pub const fn logs(&self) -> Option<IncidentId> {
        if let Self::LogIncident(LogIncident { incident, .. })
        | Self::AcceptSignal(AcceptSignal { incident, .. }) = self
        {
            return Some(*incident);
        }
        None
    }
}

/// The entry with every affected service named once: naming it twice tells nothing more.
fn each_service_once(entry: &LogEntry) -> LogEntry {
    let mut entry = entry.clone();
    let mut named = BTreeSet::new();
    entry.services.retain(|service| named.insert(*service));
    entry
}

/// The events of a new log entry, from a signal or not.
pub(crate) fn logged(
    rule: &Rule,
    s: &Situation<'_>,
    incident: IncidentId,
    entry: &LogEntry,
    signal: Option<SignalId>,
) -> Decision {
    if s.records.incidents.contains_key(&incident) {
        return Err(Refusal::new(
            rule,
            RefusalCode::AlreadyExists,
            format!("{}: this incident is logged already", rule.label),
            "Open it on the board.",
        ));
    }
    s.entry(rule, entry)?;
    let subject = Subject::Incident(incident);
    let agreement = s.bind_agreement(entry);
    let logged = Fact::IncidentLogged {
        number: s.records.next_number,
        entry: each_service_once(entry),
        signal,
        agreement,
        calendars: s.bind_calendars(agreement),
    };
    let mut events: Vec<Event> = vec![s.event(subject, logged)];
    if entry.impact.provisional_severity() == Severity::One {
        let because = "logged with an impact of Severity 1 (§3.6)".to_owned();
        events.push(s.event(subject, Fact::MajorIncidentDeclared { because }));
    }
    Ok(s.with_proposal(incident, events))
}

/// Those events and, at their end, the numbers that people know the incident by; so every other event keeps the place
/// that it had when the incident was logged first.
pub(crate) fn with_former_numbers(
    s: &Situation<'_>,
    incident: IncidentId,
    mut events: Vec<Event>,
) -> Vec<Event> {
    if !s.records.former_numbers.is_empty() {
        let before = s.records.former_numbers.clone();
        events.push(s.event(Subject::Incident(incident), Fact::Renumbered { before }));
    }
    events
}
