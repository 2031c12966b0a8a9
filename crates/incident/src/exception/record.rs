//! The life of an exception (§4.2): asked for, decided, in force until its end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::request::{Application, Request, Scope, asked_on};
use crate::audience::Audience;
use crate::event::{Event, Fact, Subject};
use crate::log::{Incident, Statement};
use crate::obligation::Obligation;
use crate::records::{Likeness, Record};
use crate::setup::Setup;
use crate::{ExceptionId, IncidentId, PersonId, Span, Timestamp};

/// The conditions under which one person approves: shorter, narrower, better controlled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Conditions {
    /// An earlier end.
    pub until: Option<Timestamp>,
    /// This incident alone.
    pub narrowed_to: Option<IncidentId>,
    /// A further control.
    pub control: Option<String>,
}

/// One person's word on a request. A delegate's word is that of the person acted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ExceptionWord")]
pub struct Word {
    /// Who acted.
    pub by: PersonId,
    /// For whom, where it was delegated.
    pub acting_for: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// Under which conditions; none where it was declined.
    pub conditions: Conditions,
}

impl Word {
    /// Everybody whose word it is.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        std::iter::once(self.by).chain(self.acting_for)
    }
}

/// A question back to the requester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    /// What is asked.
    pub asked: Statement,
    /// The answer.
    pub answer: Option<Statement>,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ExceptionState {
    /// Waits for a decision.
    Pending,
    /// Went back with a question.
    Returned,
    /// Approved by as many as it needs.
    Granted,
    /// Declined, by whoever said so first.
    Declined,
    /// Ended before its time.
    Revoked,
    /// Nobody decided behind broken glass in time: the failure stands.
    Lapsed,
    /// Its end came.
    Expired,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exception {
    /// The exception.
    pub id: ExceptionId,
    /// Who asked.
    pub requested_by: PersonId,
    /// When.
    pub requested_at: Timestamp,
    /// What for, and what was true then.
    pub application: Application,
    /// Approvals of the request as it reads now.
    pub approvals: Vec<Word>,
    /// Approvals of what it read before it was changed: they count for nothing.
    pub voided: Vec<Word>,
    /// Who declined.
    pub declined: Option<Word>,
    /// Questions back.
    pub questions: Vec<Question>,
    /// Where it stands.
    pub state: ExceptionState,
    /// When the request was changed last: the time to decide counts from there.
    #[serde(default)]
    pub amended_at: Option<Timestamp>,
    /// The incidents it covers or has covered.
    pub covered: Vec<IncidentId>,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Exception {
    /// What is asked for.
    pub const fn request(&self) -> &Request {
        &self.application.request
    }

    /// When it ends: the earliest end that anybody who approved has set.
    pub fn until(&self) -> Timestamp {
        let shorter = self.approvals.iter().filter_map(|word| word.conditions.until);
        shorter.fold(self.request().until, Timestamp::min)
    }

    /// The only incident it covers, where somebody who approved narrowed it so.
    pub fn narrowed_to(&self) -> Option<IncidentId> {
        self.approvals.iter().find_map(|word| word.conditions.narrowed_to)
    }

    /// Since when its words have read as they do.
    pub fn stands_since(&self) -> Timestamp {
        self.amended_at.unwrap_or(self.requested_at)
    }

    /// The one incident that it is about, or that somebody narrowed it to.
    pub fn about(&self) -> Option<IncidentId> {
        match self.request().scope {
            Scope::Incident { incident } => Some(incident),
            Scope::Client { .. } | Scope::Service { .. } | Scope::Period => self.narrowed_to(),
        }
    }

    /// The stretch it was good for; none where it was never granted.
    pub fn was_good_for(&self) -> Option<Span> {
        let to = match self.state {
            ExceptionState::Granted | ExceptionState::Expired => self.until(),
            ExceptionState::Revoked => self.until().min(self.changed_at),
            ExceptionState::Pending
            | ExceptionState::Returned
            | ExceptionState::Declined
            | ExceptionState::Lapsed => return None,
        };
        Some(Span { from: self.request().begins_at, to })
    }

    /// Whether it counts at an instant.
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        self.state == ExceptionState::Granted && self.request().begins_at <= at && at < self.until()
    }

    /// Whether a decision is still owed.
    pub const fn is_undecided(&self) -> bool {
        matches!(self.state, ExceptionState::Pending | ExceptionState::Returned)
    }

    /// How many more people have to approve.
    pub fn people_missing(&self) -> usize {
        usize::try_from(self.application.people_needed)
            .unwrap_or(usize::MAX)
            .saturating_sub(self.approvals.len())
    }

    fn hear(
        &mut self,
        event: &Event,
        acting_for: Option<PersonId>,
        reason: &str,
        conditions: &Conditions,
    ) -> Word {
        self.changed_at = event.at;
        Word {
            by: event.actor,
            acting_for,
            at: event.at,
            reason: reason.to_owned(),
            conditions: conditions.clone(),
        }
    }
}

impl Record for Exception {
    type Id = ExceptionId;

    fn begin(id: ExceptionId, event: &Event) -> Option<Self> {
        let Fact::ExceptionRequested { application } = &event.fact else { return None };
        Some(Self {
            id,
            requested_by: event.actor,
            requested_at: event.at,
            application: (**application).clone(),
            approvals: Vec::new(),
            voided: Vec::new(),
            declined: None,
            questions: Vec::new(),
            state: ExceptionState::Pending,
            amended_at: None,
            covered: Vec::new(),
            changed_at: event.at,
        })
    }

    fn take(&mut self, event: &Event) {
        match &event.fact {
            Fact::ExceptionAmended { request, demand } => {
                self.application.request = request.clone();
                if let Some(demand) = demand {
                    self.application.severity = demand.severity;
                    self.application.decide_by = demand.decide_by;
                    self.application.people_needed = demand.people_needed;
                }
                self.amended_at = Some(event.at);
                self.voided.append(&mut self.approvals);
                self.changed_at = event.at;
            }
            Fact::ExceptionApproved { acting_for, reason, conditions, people_needed, renewal } => {
                // It never takes fewer than it took when it was asked for.
                let known = &mut self.application;
                known.people_needed = people_needed.unwrap_or(0).max(known.people_needed);
                known.renewal = renewal.unwrap_or(0).max(known.renewal);
                let word = self.hear(event, *acting_for, reason, conditions);
                self.approvals.push(word);
                if self.people_missing() == 0 {
                    self.state = ExceptionState::Granted;
                }
            }
            Fact::ExceptionDeclined { acting_for, reason } => {
                self.declined = Some(self.hear(event, *acting_for, reason, &Conditions::default()));
                self.state = ExceptionState::Declined;
            }
            Fact::ExceptionReturned { question } => {
                let asked = Statement { at: event.at, by: event.actor, text: question.clone() };
                self.questions.push(Question { asked, answer: None });
                self.set(ExceptionState::Returned, event);
            }
            Fact::ExceptionAnswered { text, decide_by } => {
                if let Some(open) = self.questions.last_mut() {
                    open.answer = Some(Statement { at: event.at, by: event.actor, text: text.clone() });
                }
                self.application.decide_by = *decide_by;
                self.set(ExceptionState::Pending, event);
            }
            Fact::ExceptionInvoked { incident } => {
                if !self.covered.contains(incident) {
                    self.covered.push(*incident);
                }
                self.changed_at = event.at;
            }
            // It goes where its incident goes (decision 220).
            Fact::ClientIdentified { client, .. } | Fact::MovedToClient { client, .. } => {
                self.application.client = Some(*client);
                self.changed_at = event.at;
            }
            Fact::ExceptionRevoked { .. } => self.set(ExceptionState::Revoked, event),
            Fact::ExceptionLapsed => self.set(ExceptionState::Lapsed, event),
            Fact::ExceptionExpired => self.set(ExceptionState::Expired, event),
            _ => {}
        }
    }

    fn audience(&self) -> Audience {
        self.application.client.map_or(Audience::House, Audience::Client)
    }

    /// What is in force has an end to come.
    fn is_open(&self) -> bool {
        self.is_undecided() || self.state == ExceptionState::Granted
    }

    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    /// Who gains by it, and how many it takes, is looked at on the incident.
    fn kin(&self) -> Vec<Subject> {
        self.about().map(Subject::Incident).into_iter().collect()
    }

    /// What goes on where it ends renews it (decision 96). Until it is decided, it is found by the one incident that it
    /// is about.
    fn likeness(&self) -> Option<Likeness> {
        if let (true, Scope::Incident { incident }) = (self.is_undecided(), self.request().scope) {
            return Some(Likeness { key: asked_on(incident).key, at: self.requested_at });
        }
        Some(Likeness { key: self.request().likeness(), at: self.was_good_for()?.to })
    }

    fn duties(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        self.owed_beside(None, setup, now)
    }
}

impl Exception {
    /// What is owed on it, where the one incident that it is about is at hand: whoever came to hold or lead that since
    /// it was asked for decides nothing either (decision 193).
    pub fn owed_beside(&self, incident: Option<&Incident>, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        if self.is_undecided() { self.deciding(incident, setup, now) } else { self.ending(setup, now) }
    }

    fn set(&mut self, state: ExceptionState, event: &Event) {
        self.state = state;
        self.changed_at = event.at;
    }
}
