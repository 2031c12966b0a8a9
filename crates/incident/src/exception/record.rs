//! The life of an exception (§4.2): asked for, decided, in force until its end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::request::{Application, Request};
use crate::audience::Audience;
use crate::clock::Attention;
use crate::event::{Event, Fact, Subject};
use crate::log::Statement;
use crate::obligation::{Duty, Obligation, Owner};
use crate::records::Record;
use crate::setup::Setup;
use crate::{ExceptionId, IncidentId, PersonId, Role, Severity, Timestamp, Verb};

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

    fn duty(&self) -> Obligation {
        let due = self.application.decide_by;
        let (owner, verbs, why) = match self.state {
            ExceptionState::Returned => (
                Owner { person: Some(self.requested_by), role: Role::Personnel },
                vec![Verb::AnswerException],
                "Whoever decides asked a question; the answer lets the decision go on.".to_owned(),
            ),
            ExceptionState::Pending
            | ExceptionState::Granted
            | ExceptionState::Declined
            | ExceptionState::Revoked
            | ExceptionState::Lapsed => (
                Owner { person: None, role: Role::Supervisor },
                vec![Verb::ApproveException, Verb::DeclineException, Verb::ReturnException],
                match self.people_missing() {
                    1 => "An exception counts only once designated management has approved it.".to_owned(),
                    missing => format!("It needs {missing} more people of designated management."),
                },
            ),
        };
        Obligation {
            subject: Subject::Exception(self.id),
            duty: Duty::DecideException,
            owner,
            due,
            attention: due.map(|due| Attention::between(self.requested_at, due)),
            clock: None,
            paused: self.state == ExceptionState::Returned && self.questions.len() == 1,
            severity: self.application.severity.unwrap_or(Severity::Four),
            clause: "§4.2".into(),
            why,
            fulfilled_by: verbs,
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
            application: application.clone(),
            approvals: Vec::new(),
            voided: Vec::new(),
            declined: None,
            questions: Vec::new(),
            state: ExceptionState::Pending,
            covered: Vec::new(),
            changed_at: event.at,
        })
    }

    fn take(&mut self, event: &Event) {
        match &event.fact {
            Fact::ExceptionAmended { request } => {
                self.application.request = request.clone();
                self.voided.append(&mut self.approvals);
                self.changed_at = event.at;
            }
            Fact::ExceptionApproved { acting_for, reason, conditions } => {
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
            Fact::ExceptionRevoked { .. } => self.set(ExceptionState::Revoked, event),
            Fact::ExceptionLapsed => self.set(ExceptionState::Lapsed, event),
            _ => {}
        }
    }

    fn audience(&self) -> Audience {
        self.application.client.map_or(Audience::House, Audience::Client)
    }

    fn is_open(&self) -> bool {
        self.is_undecided()
    }

    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    fn duties(&self, _: &Setup, _: Timestamp) -> Vec<Obligation> {
        if self.is_undecided() { vec![self.duty()] } else { Vec::new() }
    }
}

impl Exception {
    fn set(&mut self, state: ExceptionState, event: &Event) {
        self.state = state;
        self.changed_at = event.at;
    }
}
