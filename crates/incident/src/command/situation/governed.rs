//! Guards of oversight (§3.7, §4): the record a command names, and who may decide on an exception.

use crate::audience::Audience;
use crate::command::{Rule, Situation};
use crate::compliance::touches;
use crate::enforcement::Violation;
use crate::exception::{Bar, Exception, Ground, Request, acting_for, may_decide, people_needed};
use crate::log::Incident;
use crate::oversight::Oversight;
use crate::refusal::{Refusal, RefusalCode};
use crate::review::Review;
use crate::sampling::Audit;
use crate::{
    AuditId, ExceptionId, IncidentId, PersonId, ReviewId, Role, Severity, Span, Timestamp, ViolationId,
};

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

    /// Somebody who works here now and may see what is of this audience: nobody is given what they cannot open (§3.2).
    pub(crate) fn in_sight(
        &self,
        rule: &Rule,
        audience: &Audience,
        id: PersonId,
        field: &str,
    ) -> Result<(), Refusal> {
        self.at_work(rule, id, field)?;
        let setup = &self.records.setup;
        if audience.includes(setup, id) {
            return Ok(());
        }
        let name = setup.person_name(id);
        let what = format!("{}: {name} does not work for every client that it is about", rule.label);
        let instead = "Choose somebody who does; an Administrator can change that.";
        Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).under("§3.2").about(field))
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
        self.decider_on(rule, exception, self.incident_of(exception), acting_for)
    }

    /// The same of one incident, which a wide request may only now become about.
    pub(crate) fn decider_on(
        &self,
        rule: &Rule,
        exception: &Exception,
        incident: Option<&Incident>,
        acting_for: Option<PersonId>,
    ) -> Result<(), Refusal> {
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

    /// The one incident that an exception is about, or was narrowed to, where it is at hand.
    pub(crate) fn incident_of(&self, exception: &Exception) -> Option<&'a Incident> {
        self.records.incidents.get(&exception.about()?).map(AsRef::as_ref)
    }

    /// The gravest severity that an exception is to be judged by: that of the request, or of the incident since.
    pub(crate) fn gravest(&self, exception: &Exception, incident: Option<&Incident>) -> Option<Severity> {
        let asked = exception.application.severity;
        asked.into_iter().chain(incident.map(Incident::peak_severity)).min()
    }

    /// How many people it takes to approve an exception on this incident now; never fewer than when it was asked
    /// for, by the numbers of that time.
    pub(crate) fn takes(&self, exception: &Exception, incident: Option<&Incident>, renewal: u32) -> u32 {
        let rules = Oversight::at(&self.records.setup, exception.requested_at).exceptions;
        let application = &exception.application;
        let severity = self.gravest(exception, incident);
        let now = people_needed(&rules, exception.request(), severity, application.is_retroactive, renewal);
        now.max(application.people_needed)
    }

    /// The exception at hand that a request goes on from, whatever the request calls itself: granted for the same
    /// clause, clock and scope, without a gap between them. What renews the request itself does not come before it, and a
    /// correction goes on from nothing.
    pub(crate) fn continued(&self, request: &Request, but: ExceptionId) -> Option<&'a Exception> {
        let all = self.records.exceptions.values().map(AsRef::as_ref).filter(|one| one.id != but);
        let older = |id: &ExceptionId| self.records.exceptions.get(id)?.request().renewal_of;
        let renews_it =
            |one: &Exception| std::iter::successors(one.request().renewal_of, older).any(|id| id == but);
        let alike = all.filter(|one| {
            let old = one.request();
            old.ground == request.ground
                && request.ground == Ground::Deviation
                && touches(&old.clause, &request.clause)
                && old.clock == request.clock
                && old.scope == request.scope
        });
        let meets = |good: Span| good.from <= request.until && request.begins_at <= good.to;
        let meeting = alike.filter(|one| one.was_good_for().is_some_and(meets));
        meeting.filter(|one| !renews_it(one)).max_by_key(|one| (one.application.renewal, one.requested_at))
    }

    /// The number of a renewal, within how many the house allowed when it was asked for (decision 95).
    pub(crate) fn renewal_after(
        &self,
        rule: &Rule,
        old: &Exception,
        asked_at: Timestamp,
    ) -> Result<u32, Refusal> {
        let renewal = old.application.renewal.saturating_add(1);
        let max = Oversight::at(&self.records.setup, asked_at).exceptions.renewals_max.unwrap_or(0);
        if renewal > max {
            let what = format!("{}: it can be renewed {max} times", rule.label);
            let instead = "Keep to the clause, or have the policy changed.";
            return Err(Refusal::new(rule, RefusalCode::TooLate, what, instead).about("renewal_of"));
        }
        Ok(renewal)
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
