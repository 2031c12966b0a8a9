//! Guards of oversight (§3.7, §4): the record a command names, and who may decide on an exception.

use crate::command::{Rule, Situation};
use crate::enforcement::Violation;
use crate::exception::{Bar, Exception, Scope, acting_for, may_decide};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::review::Review;
use crate::sampling::Audit;
use crate::{AuditId, ExceptionId, IncidentId, PersonId, ReviewId, Role, Timestamp, ViolationId};

impl<'a> Situation<'a> {
    /// The record of some kind that a command names.
    pub(crate) fn found<T>(&self, rule: &Rule, record: Option<&'a T>, kind: &str) -> Result<&'a T, Refusal> {
        record.ok_or_else(|| {
            Refusal::new(
                rule,
                RefusalCode::Unknown,
                format!("{}: this {kind} is not known here", rule.label),
                "It may not have reached this desk yet, or it is not for you to see.",
            )
        })
    }

    /// Nothing is begun twice under one id.
    pub(crate) fn is_new(&self, rule: &Rule, exists: bool, kind: &str) -> Result<(), Refusal> {
        if !exists {
            return Ok(());
        }
        let what = format!("{}: this {kind} exists already", rule.label);
        Err(Refusal::new(rule, RefusalCode::AlreadyExists, what, format!("Open the {kind}.")))
    }

    /// The exception a command names.
    pub(crate) fn exception(&self, rule: &Rule, id: ExceptionId) -> Result<&'a Exception, Refusal> {
        self.found(rule, self.records.exceptions.get(&id).map(AsRef::as_ref), "exception")
    }

    /// The review a command names.
    pub(crate) fn review(&self, rule: &Rule, id: ReviewId) -> Result<&'a Review, Refusal> {
        self.found(rule, self.records.reviews.get(&id).map(AsRef::as_ref), "review")
    }

    /// The violation a command names.
    pub(crate) fn violation(&self, rule: &Rule, id: ViolationId) -> Result<&'a Violation, Refusal> {
        self.found(rule, self.records.violations.get(&id).map(AsRef::as_ref), "violation")
    }

    /// The audit a command names.
    pub(crate) fn audit(&self, rule: &Rule, id: AuditId) -> Result<&'a Audit, Refusal> {
        self.found(rule, self.records.audits.get(&id).map(AsRef::as_ref), "audit")
    }

    /// The audit goes on.
    pub(crate) fn audit_open(&self, rule: &Rule, audit: &Audit) -> Result<(), Refusal> {
        if audit.closed.is_none() {
            return Ok(());
        }
        Err(self.too_late(rule, "the audit is closed", "Draw another sample."))
    }

    /// Somebody who works here now.
    pub(crate) fn at_work(&self, rule: &Rule, id: PersonId, field: &str) -> Result<(), Refusal> {
        if self.records.setup.people.get(&id).is_some_and(|person| person.active) {
            return Ok(());
        }
        let what = format!("{}: this person does not work here now", rule.label);
        let instead = "Choose somebody from the list of people.";
        Err(Refusal::new(rule, RefusalCode::Unknown, what, instead).about(field))
    }

    /// Still to be decided.
    pub(crate) fn undecided(&self, rule: &Rule, exception: &Exception) -> Result<(), Refusal> {
        if exception.is_undecided() {
            return Ok(());
        }
        Err(self.too_late(rule, "it has been decided", "Request a new exception that names this one."))
    }

    /// Somebody designated, or a delegate, who gains nothing by it (ruling 12).
    pub(crate) fn decider(
        &self,
        rule: &Rule,
        exception: &Exception,
        acting_for: Option<PersonId>,
    ) -> Result<(), Refusal> {
        if acting_for.is_none() && !self.actor.roles.contains(&Role::Supervisor) {
            return Err(barred(rule, &Bar::NotDesignated));
        }
        let incident = self.incident_of(exception);
        let people = (self.actor.person, acting_for);
        may_decide(&self.records.setup, exception, incident, people, self.now)
            .map_err(|bar| barred(rule, &bar))
    }

    /// The same before anybody has said for whom they act: in person, or for whoever delegated it to them.
    pub(crate) fn decider_at_all(&self, rule: &Rule, exception: &Exception) -> Result<(), Refusal> {
        self.decider(rule, exception, self.principal(exception))
    }

    /// For whom this actor would decide; nobody where they hold the right themselves.
    pub(crate) fn principal(&self, exception: &Exception) -> Option<PersonId> {
        if self.actor.roles.contains(&Role::Supervisor) {
            return None;
        }
        acting_for(&self.records.setup, self.actor.person, exception.application.client, self.now)
    }

    /// The one incident that an exception is about, where it is at hand.
    fn incident_of(&self, exception: &Exception) -> Option<&'a Incident> {
        let Scope::Incident { incident } = exception.request().scope else { return None };
        self.records.incidents.get(&incident).map(AsRef::as_ref)
    }

    /// Every incident an exception covers, all of which the command has to name.
    pub(crate) fn all_covered(
        &self,
        rule: &Rule,
        exception: &Exception,
        named: &[IncidentId],
    ) -> Result<(), Refusal> {
        let is_whole = exception.covered.iter().all(|id| named.contains(id));
        let is_known = named.iter().all(|id| self.records.incidents.contains_key(id));
        if is_whole && is_known && named.len() == exception.covered.len() {
            return Ok(());
        }
        let what = format!("{}: it covers {} incidents", rule.label, exception.covered.len());
        Err(Refusal::new(rule, RefusalCode::Missing, what, "Name each of them; it ends on all.")
            .about("incidents"))
    }

    /// An end that lies after the beginning.
    pub(crate) fn ends(&self, rule: &Rule, begins: Timestamp, until: Timestamp) -> Result<(), Refusal> {
        if begins < until {
            return Ok(());
        }
        let what = format!("{}: the end does not lie after the beginning", rule.label);
        Err(Refusal::new(rule, RefusalCode::Invalid, what, "Enter until when it is needed.").about("until"))
    }
}

fn barred(rule: &Rule, bar: &Bar) -> Refusal {
    let (why, instead) = match bar {
        Bar::NotDesignated => {
            ("it needs designated management", "Ask a Supervisor, or somebody they delegated it to.")
        }
        Bar::Requester => ("you asked for it yourself", "Somebody else of designated management decides."),
        Bar::Gains => ("you would gain by it", "Somebody with no part in the incident decides."),
        Bar::ActsForThem => {
            ("you act for somebody who would gain by it", "Somebody with no part in it decides.")
        }
        Bar::HasDecided => {
            ("your approval is there already", "Another person has to approve; one human counts once.")
        }
    };
    Refusal::new(rule, RefusalCode::NotPermitted, format!("{}: {why}", rule.label), instead).under("§4.2")
}
