//! Guards and events about whose an incident is and what that client was told (§3.1 Logging, §3.4; rulings 5,
//! 11).

use std::collections::BTreeSet;

use super::{AHEAD_MAX_MS, Situation, unknown_client};
use crate::command::Rule;
use crate::communication::Message;
use crate::event::{Event, Fact, Subject};
use crate::exception::Scope;
use crate::identification::identity::stands_in;
use crate::log::{BoundAgreement, Incident, LogEntry};
use crate::refusal::{Refusal, RefusalCode};
use crate::{ClientId, ExceptionId, MessageId, ServiceId};

impl Situation<'_> {
    /// The times before the report: known or absent, and in an order that can be.
    pub(super) fn began(&self, rule: &Rule, entry: &LogEntry) -> Result<(), Refusal> {
        let wrong = |field: &str, what: &str, instead: &str| {
            let what = format!("{}: {what}", rule.label);
            Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).about(field))
        };
        let is_after = |at: Option<crate::Timestamp>, limit: crate::Timestamp| {
            at.is_some_and(|at| at.since(limit) > AHEAD_MAX_MS)
        };
        if is_after(entry.occurred_at, entry.reported_at) {
            let what = "it was reported before it began";
            return wrong("occurred_at", what, "Correct when it began, or leave it out if nobody knows.");
        }
        if is_after(entry.detected_at, self.now) {
            let what = "the time it was noticed lies in the future";
            return wrong("detected_at", what, "Enter when it was noticed; it cannot be after now.");
        }
        if entry.occurred_at.zip(entry.detected_at).is_some_and(|(began, noticed)| noticed < began) {
            let what = "it was noticed before it began";
            return wrong("detected_at", what, "Correct one of the two, or leave out what nobody knows.");
        }
        Ok(())
    }

    /// The message of an incident that a command names.
    pub(crate) fn message<'i>(
        &self,
        rule: &Rule,
        incident: &'i Incident,
        id: MessageId,
    ) -> Result<&'i Message, Refusal> {
        incident.communication.message(id).ok_or_else(|| {
            let what = format!("{}: this message is not known here", rule.label);
            let instead = "Look at the incident's messages again in a moment.";
            Refusal::new(rule, RefusalCode::Unknown, what, instead).about("message")
        })
    }

    /// A client that exists, that this person may see, and that is not the one it has, with a review that they go on
    /// seeing.
    pub(crate) fn other_client(
        &self,
        rule: &Rule,
        incident: &Incident,
        client: ClientId,
        services: &[ServiceId],
    ) -> Result<(), Refusal> {
        let setup = &self.records.setup;
        let clients = setup.people.get(&self.actor.person).and_then(|person| person.clients.as_ref());
        let may_see = clients.is_none_or(|clients| clients.contains(&client));
        if !may_see || !setup.clients.contains_key(&client) {
            return Err(unknown_client(rule));
        }
        if client == incident.entry.client {
            return Err(self.nothing_changes(rule, "it is this client's incident").about("client"));
        }
        if stands_in(client, setup, self.now) {
            let what = format!("{}: this stands for a client that nobody knows", rule.label);
            let instead = "Choose the client whose service is struck.";
            return Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).about("client"));
        }
        self.keeps_its_review(rule, incident, client)?;
        self.services(rule, client, services)
    }

    /// The change, and the agreement that counts from logging for this client; what it finds late it finds now,
    /// and before, the one left behind answers (ruling 5). What was allowed towards that one ends, whoever may not see
    /// the new client has it no longer, and what is about the incident goes along.
    pub(crate) fn change_client(
        &self,
        incident: &Incident,
        client: ClientId,
        services: &[ServiceId],
        change: Fact,
    ) -> Vec<Event> {
        let setup = &self.records.setup;
        let found = setup.agreement_for(client, services, incident.logged.at);
        let agreement =
            found.map(|agreement| BoundAgreement { id: agreement.id, version: agreement.version });
        let about = self.taken_along(incident).into_iter();
        let along: Vec<Event> = about.map(|about| self.event(about, change.clone())).collect();
        let mut facts = vec![change];
        if agreement != incident.agreement {
            let calendars = self.bind_calendars(agreement);
            let reason = "It belongs to another client".to_owned();
            facts.push(Fact::AgreementBound { agreement, calendars, reason });
        }
        facts.extend(self.left_behind(incident, client, services));
        let holder = incident.assignment.as_ref().and_then(|held| setup.people.get(&held.to));
        if holder.and_then(|person| person.clients.as_ref()).is_some_and(|seen| !seen.contains(&client)) {
            facts.push(Fact::Unassigned);
        }
        let on_incident = facts.into_iter().map(|fact| self.event(Subject::Incident(incident.id), fact));
        on_incident.chain(along).collect()
    }

    /// What is about the incident goes where it goes: its review, and the exceptions on it alone (decision 220).
    fn taken_along(&self, incident: &Incident) -> Vec<Subject> {
        let review = incident.review.review.filter(|id| self.records.reviews.contains_key(id));
        let scope = Scope::Incident { incident: incident.id };
        let exceptions = self.records.exceptions.values().filter(|one| one.request().scope == scope);
        review
            .map(Subject::Review)
            .into_iter()
            .chain(exceptions.map(|one| Subject::Exception(one.id)))
            .collect()
    }

    /// Its review comes to be about two clients where it covers other incidents: whoever moves one of them goes on
    /// seeing what they worked on (§3.2).
    fn keeps_its_review(&self, rule: &Rule, incident: &Incident, client: ClientId) -> Result<(), Refusal> {
        let review = incident.review.review.and_then(|id| self.records.reviews.get(&id));
        let is_lost = review.is_some_and(|review| {
            let mut convening = review.convening.clone();
            convening.goes_to(client);
            !convening.audience().includes(&self.records.setup, self.actor.person)
        });
        if !is_lost {
            return Ok(());
        }
        let what = format!("{}: its review covers others too, and would be about two clients", rule.label);
        let instead = "Ask somebody who works for every client to do it.";
        Err(Refusal::new(rule, RefusalCode::NotPermitted, what, instead).under("§3.2").about("client"))
    }

    /// The end of every exception in force on the incident whose scope does not reach it at this client (§4.2; decision
    /// 217). What it covered until now stays covered.
    fn left_behind(&self, incident: &Incident, client: ClientId, services: &[ServiceId]) -> Vec<Fact> {
        let is_left = |id: &ExceptionId| {
            let exception = self.records.exceptions.get(id);
            exception.is_some_and(|one| !one.request().scope.would_include(incident, client, services))
        };
        let in_force = incident.exceptions.iter().filter(|granted| self.now < granted.until);
        let ids: BTreeSet<ExceptionId> = in_force.map(|granted| granted.id).filter(is_left).collect();
        ids.into_iter().map(|id| Fact::ExceptionEnded { id }).collect()
    }
}
