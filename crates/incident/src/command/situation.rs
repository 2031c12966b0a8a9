//! The situation a command is decided in, and the guards that several verbs share.

mod client;
mod coordination;
mod governed;

use std::collections::BTreeSet;

use crate::command::{Command, Rule};
use crate::event::{Event, Fact, Subject};
use crate::identification::Signal;
use crate::identification::identity::stands_in;
use crate::log::{BoundAgreement, BoundCalendar, Incident, LogEntry};
use crate::oversight::Oversight;
use crate::records::Records;
use crate::refusal::{Refusal, RefusalCode};
use crate::role::Actor;
use crate::setup::{House, Person};
use crate::{Agreement, ClientId, IncidentId, MINUTE, PersonId, Role, ServiceId, SignalId, Timestamp};

pub use crate::command::words::{LINE_MAX, TEXT_MAX, is_hidden};
pub(crate) use crate::command::words::{line, says_something, text, within};

/// Affected services of one incident.
pub const SERVICES_MAX: usize = 50;
/// How far ahead of the desk's clock a typed time may lie before it is called an error.
pub(crate) const AHEAD_MAX_MS: i64 = 2 * MINUTE;
/// How far back a time of report may lie before it is called an error: a year, counted as 366 days.
pub const REPORTED_BACK_MAX_MS: i64 = 366 * 24 * 60 * MINUTE;

pub(crate) use coordination::{linked, waiting_case};

/// Records, who acts, and when.
pub(crate) struct Situation<'a> {
    pub(crate) records: &'a Records,
    pub(crate) actor: &'a Actor,
    pub(crate) now: Timestamp,
}

impl<'a> Situation<'a> {
    /// The incident a command names.
    pub(crate) fn incident(&self, rule: &Rule, id: IncidentId) -> Result<&'a Incident, Refusal> {
        self.records.incidents.get(&id).map(std::convert::AsRef::as_ref).ok_or_else(|| {
            Refusal::new(
                rule,
                RefusalCode::Unknown,
                format!("{}: this incident is not known here", rule.label),
                "It may not have reached this desk yet, or it is not for you to see.",
            )
        })
    }

    /// The signal a command names.
    pub(crate) fn signal(&self, rule: &Rule, id: SignalId) -> Result<&'a Signal, Refusal> {
        self.records.signals.get(&id).map(std::convert::AsRef::as_ref).ok_or_else(|| {
            Refusal::new(
                rule,
                RefusalCode::Unknown,
                format!("{}: this signal is not known here", rule.label),
                "It may not have reached this desk yet: look at triage again in a moment.",
            )
        })
    }

    /// Roles of §3.2.
    pub(crate) fn permit(&self, rule: &Rule) -> Result<(), Refusal> {
        if self.actor.holds_any(rule.roles) {
            return Ok(());
        }
        let people: Vec<_> = rule.roles.iter().copied().filter(|role| *role != Role::Server).collect();
        let instead = if people.is_empty() {
            "The server does it by itself; there is nothing to do.".to_owned()
        } else {
            format!("Ask {} to do it.", Role::one_of(&people))
        };
        let what = format!("{}: your role does not include it", rule.label);
        Err(Refusal::new(rule, RefusalCode::NotPermitted, what, instead).under("§3.2"))
    }

    /// The record is neither closed nor cancelled.
    pub(crate) fn open(&self, rule: &Rule, incident: &Incident) -> Result<(), Refusal> {
        if incident.is_open() {
            return Ok(());
        }
        Err(Refusal::new(
            rule,
            RefusalCode::NotOpen,
            format!("{}: this incident is {}", rule.label, incident.phase.name().to_lowercase()),
            "If it came back, log a new incident; a record at its end takes notes only.",
        )
        .under("§3.1"))
    }

    /// High severities belong to the Incident Manager (§3.2).
    pub(crate) fn incident_manager_for_high(&self, rule: &Rule, incident: &Incident) -> Result<(), Refusal> {
        let peak = incident.peak_severity();
        if !peak.is_high() || self.actor.roles.contains(&Role::IncidentManager) {
            return Ok(());
        }
        Err(Refusal::new(
            rule,
            RefusalCode::NeedsIncidentManager,
            format!("{}: this incident was Severity {}", rule.label, peak.number()),
            "Ask the Incident Manager, who oversees Severity 1 and 2.",
        )
        .under("§3.2"))
    }

    /// The signal is neither accepted, merged nor dismissed.
    pub(crate) fn waits_in_triage(&self, rule: &Rule, signal: &Signal) -> Result<(), Refusal> {
        if signal.is_open() {
            return Ok(());
        }
        Err(Refusal::new(
            rule,
            RefusalCode::NotOpen,
            format!("{}: somebody has dealt with this signal", rule.label),
            "Open the signal to see what became of it.",
        ))
    }

    /// A person who works here now and may see this incident's client.
    pub(crate) fn colleague(
        &self,
        rule: &Rule,
        incident: &Incident,
        id: PersonId,
        field: &str,
    ) -> Result<&'a Person, Refusal> {
        let Some(person) = self.records.setup.people.get(&id).filter(|person| person.active) else {
            return Err(Refusal::new(
                rule,
                RefusalCode::Unknown,
                format!("{}: this person does not work here now", rule.label),
                "Choose somebody from the list of people.",
            )
            .about(field));
        };
        if person.clients.as_ref().is_some_and(|clients| !clients.contains(&incident.entry.client)) {
            return Err(Refusal::new(
                rule,
                RefusalCode::Invalid,
                format!("{}: {} does not work for this client", rule.label, person.name),
                "Choose somebody who does; an Administrator can change that.",
            )
            .under("§3.2")
            .about(field));
        }
        Ok(person)
    }

    /// The entry holds what §3.1 Logging demands.
    pub(crate) fn entry(&self, rule: &Rule, entry: &LogEntry) -> Result<(), Refusal> {
        if !self.records.setup.clients.contains_key(&entry.client) {
            return Err(unknown_client(rule));
        }
        // Where nobody knows the client, nobody knows its services.
        if !stands_in(entry.client, &self.records.setup, self.now) || !entry.services.is_empty() {
            self.services(rule, entry.client, &entry.services)?;
        }
        self.began(rule, entry)?;
        line(rule, "summary", &entry.summary)?;
        text(rule, "symptoms", &entry.symptoms)?;
        line(rule, "reporter", &entry.reporter)?;
        self.reported(rule, entry.reported_at)?;
        self.came_again(rule, entry)
    }

    /// A time of report that can be one: not ahead of now, not more than a year back.
    pub(crate) fn reported(&self, rule: &Rule, at: Timestamp) -> Result<(), Refusal> {
        let (what, instead) = if at.since(self.now) > AHEAD_MAX_MS {
            ("lies in the future", "Enter when it was reported; it cannot be after now.")
        } else if self.now.since(at) > REPORTED_BACK_MAX_MS {
            (
                "lies more than a year back",
                "Enter when it was reported to us; write down when it began in the symptoms.",
            )
        } else {
            return Ok(());
        };
        let what = format!("{}: the time reported {what}", rule.label);
        Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).about("reported_at"))
    }

    /// Every id that the command makes or names can be one.
    pub(crate) fn ids(&self, command: &Command) -> Result<(), Refusal> {
        if command.subjects().iter().any(|subject| subject.id().is_nil()) {
            return Err(Refusal::unusable_id(command.verb()));
        }
        Ok(())
    }

    /// A client and a service of it, as far as they are named.
    pub(crate) fn whose(
        &self,
        rule: &Rule,
        client: Option<ClientId>,
        service: Option<ServiceId>,
    ) -> Result<(), Refusal> {
        let setup = &self.records.setup;
        if client.is_some_and(|client| !setup.clients.contains_key(&client)) {
            return Err(unknown_client(rule));
        }
        match service.map(|service| setup.services.get(&service)) {
            None => Ok(()),
            Some(Some(known)) if client.is_none_or(|client| client == known.client) => Ok(()),
            Some(_) => Err(foreign_service(rule).about("service")),
        }
    }

    fn services(&self, rule: &Rule, client: ClientId, services: &[ServiceId]) -> Result<(), Refusal> {
        if services.is_empty() {
            return Err(Refusal::new(
                rule,
                RefusalCode::Missing,
                format!("{}: the affected service is missing", rule.label),
                "Choose at least one service of this client.",
            )
            .about("services"));
        }
        if services.len() > SERVICES_MAX {
            return Err(Refusal::new(
                rule,
                RefusalCode::TooLong,
                format!("{}: at most {SERVICES_MAX} services can be named", rule.label),
                "Name those that are hit hardest; write the others into the symptoms.",
            )
            .about("services"));
        }
        let known = |id: &ServiceId| self.records.setup.services.get(id).is_some_and(|s| s.client == client);
        if services.iter().all(known) {
            return Ok(());
        }
        Err(foreign_service(rule).about("services"))
    }

    /// The agreement the clocks of a new incident run by.
    pub(crate) fn bind_agreement(&self, entry: &LogEntry) -> Option<BoundAgreement> {
        self.records.setup.bound_agreement(entry, self.now)
    }

    /// The calendar versions the clocks of a new incident count on, and the time to arrange its review.
    pub(crate) fn bind_calendars(&self, agreement: Option<BoundAgreement>) -> Vec<BoundCalendar> {
        let bound = agreement.and_then(|bound| self.records.setup.agreements.get(&(bound.id, bound.version)));
        let mut named: BTreeSet<_> = bound
            .iter()
            .flat_map(|agreement| agreement.every_target())
            .map(|target| target.calendar)
            .collect();
        let reviews = Oversight::at(&self.records.setup, self.now).reviews.schedule_within;
        named.extend(reviews.iter().flatten().filter_map(|within| within.calendar));
        named
            .into_iter()
            .filter_map(|id| self.records.setup.calendar(id))
            .map(|compiled| BoundCalendar { id: compiled.calendar.id, version: compiled.calendar.version })
            .collect()
    }

    /// Whether a granted exception opens a guard of `clause` on this incident now (§4.2).
    pub(crate) fn excepted(&self, clause: &str, incident: &Incident) -> bool {
        incident.exceptions.iter().any(|granted| granted.opens(clause, self.now))
    }

    /// The agreement the incident's clocks run by.
    pub(crate) fn agreement(&self, incident: &Incident) -> Option<&'a Agreement> {
        let bound = incident.agreement?;
        self.records.setup.agreements.get(&(bound.id, bound.version))
    }

    /// The house whose rules are in force now; before the first, the newest.
    pub(crate) fn house(&self) -> &'a House {
        self.records.setup.house_for(self.now)
    }

    /// The version of the matrix that a priority set now comes from (ruling 15).
    #[expect(clippy::unnecessary_wraps, reason = "events of before the matrix had versions carry none")]
    pub(crate) fn matrix_version(&self) -> Option<u32> {
        Some(self.house().matrix.version)
    }

    /// Assessed and assigned: work on the cause starts after that (§3.1, §6).
    pub(crate) fn response_given(&self, rule: &Rule, incident: &Incident) -> Result<(), Refusal> {
        if incident.assessed.is_none() {
            return Err(self.too_early(rule, "it has no initial assessment", "Record the assessment first."));
        }
        if incident.assignment.is_none() {
            return Err(self.too_early(rule, "it is assigned to nobody", "Assign it to a person first."));
        }
        Ok(())
    }

    /// The deed is asked for before its turn in the lifecycle.
    pub(crate) fn too_early(&self, rule: &Rule, why: &str, instead: &str) -> Refusal {
        Refusal::new(rule, RefusalCode::TooEarly, format!("{}: {why}", rule.label), instead)
    }

    /// The deed is asked for after its turn in the lifecycle.
    pub(crate) fn too_late(&self, rule: &Rule, why: &str, instead: &str) -> Refusal {
        Refusal::new(rule, RefusalCode::TooLate, format!("{}: {why}", rule.label), instead)
    }

    /// The deed would leave everything as it is.
    pub(crate) fn nothing_changes(&self, rule: &Rule, what: &str) -> Refusal {
        Refusal::new(
            rule,
            RefusalCode::NothingChanges,
            format!("{}: {what}", rule.label),
            "There is nothing to do.",
        )
    }

    /// Somebody was faster.
    pub(crate) fn changed_meanwhile(&self, rule: &Rule, how: String) -> Refusal {
        Refusal::new(
            rule,
            RefusalCode::ChangedMeanwhile,
            format!("{}: {how}", rule.label),
            "Look at it again; if you still want to, do it once more.",
        )
    }

    /// An event of this actor, now.
    pub(crate) fn event(&self, subject: Subject, fact: Fact) -> Event {
        Event { at: self.now, received: self.now, uncertainty_ms: 0, actor: self.actor.person, subject, fact }
    }

    /// One event on an incident.
    pub(crate) fn on_incident(&self, id: IncidentId, fact: Fact) -> Vec<Event> {
        vec![self.event(Subject::Incident(id), fact)]
    }
}

fn unknown_client(rule: &Rule) -> Refusal {
    Refusal::new(
        rule,
        RefusalCode::Unknown,
        format!("{}: this client is not set up", rule.label),
        "Choose the client from the list; an Administrator can add one.",
    )
    .about("client")
}

fn foreign_service(rule: &Rule) -> Refusal {
    Refusal::new(
        rule,
        RefusalCode::OtherClient,
        format!("{}: a service named here is not one of this client's", rule.label),
        "Choose services of this client; an Administrator can add one.",
    )
}
