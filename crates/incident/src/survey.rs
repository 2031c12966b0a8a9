//! Satisfaction surveys (§4.1): asked once per closure, answered or not, without a score that nobody gave.
//!
//! A survey is a record of its own, because a closed incident is not rewritten. What the answers add up to is
//! `measure`'s to say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::audience::Audience;
use crate::communication::Channel;
use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::obligation::Obligation;
use crate::records::Record;
use crate::setup::Setup;
use crate::{ClientId, IncidentId, PersonId, Phase, Severity, SurveyId, Timestamp};

/// The scale on which a client answers: 1 to `best`. The house sets it (ruling 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The best score.
    pub best: u8,
}

/// What the client answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SurveyAnswer {
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it; the server where it came by itself.
    pub by: PersonId,
    /// 1 to the best of the scale.
    pub score: u8,
    /// The best of the scale it was given on.
    pub best: u8,
    /// What the client wrote, if anything.
    pub text: String,
}

/// One survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Survey {
    /// The survey.
    pub id: SurveyId,
    /// The incident whose closure it asks about.
    pub incident: IncidentId,
    /// The client.
    pub client: ClientId,
    /// The gravest severity the incident had: answers lean with it.
    pub severity: Severity,
    /// Which closure.
    pub closed_at: Timestamp,
    /// When the client was asked.
    pub asked_at: Timestamp,
    /// Who asked.
    pub asked_by: PersonId,
    /// How.
    pub channel: Channel,
    /// Whom.
    pub contact: String,
    /// The answer; silence is no answer, and no score (ruling 13).
    pub answer: Option<SurveyAnswer>,
}

impl SurveyId {
    /// The survey of the first, second, … closure, whoever asks: another one cannot exist.
    pub fn of_closure(incident: IncidentId, closure: u32) -> Self {
        Self(Uuid::new_v5(&incident.0, format!("survey/{closure}").as_bytes()))
    }

    /// The survey of the closure that the incident has now.
    pub fn of(incident: &Incident) -> Option<Self> {
        closed_at(incident).map(|_| Self::of_closure(incident.id, incident.closing.closures))
    }
}

/// When the incident was closed, where it is.
pub(crate) const fn closed_at(incident: &Incident) -> Option<Timestamp> {
    match &incident.phase {
        Phase::Closed { at, .. } => Some(*at),
        Phase::Logged
        | Phase::Prioritised
        | Phase::Investigating
        | Phase::Resolving
        | Phase::Restored { .. }
        | Phase::Cancelled { .. } => None,
    }
}

impl Record for Survey {
    type Id = SurveyId;

    fn begin(id: SurveyId, event: &Event) -> Option<Self> {
        let Fact::SurveyAsked { incident, client, severity, closed_at, channel, contact } = &event.fact
        else {
            return None;
        };
        Some(Self {
            id,
            incident: *incident,
            client: *client,
            severity: *severity,
            closed_at: *closed_at,
            asked_at: event.at,
            asked_by: event.actor,
            channel: *channel,
            contact: contact.clone(),
            answer: None,
        })
    }

    fn take(&mut self, event: &Event) {
        if let Fact::SurveyAnswered { score, best, text } = &event.fact
            && self.answer.is_none()
        {
            let (at, by, text) = (event.at, event.actor, text.clone());
            self.answer = Some(SurveyAnswer { at, by, score: *score, best: *best, text });
        }
    }

    fn audience(&self) -> Audience {
        Audience::Client(self.client)
    }

    /// Nobody works on a survey: the client answers, or does not.
    fn is_open(&self) -> bool {
        false
    }

    fn changed_at(&self) -> Timestamp {
        self.answer.as_ref().map_or(self.asked_at, |answer| answer.at.max(self.asked_at))
    }

    fn duties(&self, _: &Setup, _: Timestamp) -> Vec<Obligation> {
        Vec::new()
    }
}
