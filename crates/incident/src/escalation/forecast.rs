//! Can the target be met? (§3.5) A forecast with its reasons, and the resolver's own word.
//!
//! It computes no probability: it says what is known, and whether that already means *no*.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cause::is_promised;
use crate::agreement::ClockKind;
use crate::clock::{self, ClockState};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{PersonId, Timestamp};

/// A question to the resolver whether a target can be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ForecastQuestion {
    /// The clock.
    pub clock: ClockKind,
    /// Who was asked.
    pub of: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// Until when an answer is expected; absent where no path sets a time.
    pub answer_by: Option<Timestamp>,
    /// The answer.
    pub answer: Option<ForecastAnswer>,
}

impl ForecastQuestion {
    /// Whether it waits for an answer in spite of what has happened since.
    pub(super) fn is_unanswered(&self, incident: &Incident) -> bool {
        self.answer.is_none() && !self.is_void(incident)
    }

    /// Whether its clock has stopped since it was asked, or its target was taken back: it stays void when the clock
    /// runs again.
    pub(super) fn is_void(&self, incident: &Incident) -> bool {
        clock::ran_again_since(incident, self.clock, self.asked_at)
            || !means_this_target(incident, self.asked_at)
    }
}

/// Whether what was asked or said of a target at an instant is about the one that is promised now, or a looser one.
pub(super) fn means_this_target(incident: &Incident, at: Timestamp) -> bool {
    let then = incident.severities.iter().rfind(|set| set.at <= at);
    let severity = then.map_or(incident.severity(), |set| set.severity);
    let is_another = incident.promised_anew_at().is_some_and(|since| since > at);
    is_promised(incident, severity) && !is_another
}

/// The question about a clock that waits for an answer. One about a clock that has stopped is void.
pub fn open_question<'a>(
    incident: &'a Incident,
    setup: &Setup,
    clock: ClockKind,
    now: Timestamp,
) -> Option<&'a ForecastQuestion> {
    let asked = incident.escalating.questions.iter().rfind(|question| question.clock == clock)?;
    let is_open = asked.is_unanswered(incident) && clock::read(incident, setup, clock, now).is_unfinished();
    is_open.then_some(asked)
}

/// Every question that waits for an answer, whichever is to be answered first in front.
pub fn open_questions<'a>(
    incident: &'a Incident,
    setup: &Setup,
    now: Timestamp,
) -> Vec<&'a ForecastQuestion> {
    let open = ClockKind::ALL.into_iter().filter_map(|clock| open_question(incident, setup, clock, now));
    let mut all: Vec<_> = open.collect();
    all.sort_by_key(|question| (question.answer_by.is_none(), question.answer_by, question.asked_at));
    all
}

/// The resolver's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ForecastAnswer {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub word: Forecasted,
    /// Why.
    pub reason: String,
}

impl ForecastAnswer {
    pub(super) const fn is_no(&self) -> bool {
        matches!(self.word, Forecasted::CannotBeMet)
    }
}

/// The answer in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Forecasted {
    /// Yes.
    CanBeMet,
    /// No.
    CannotBeMet,
}

impl Forecasted {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CanBeMet => "it can be met",
            Self::CannotBeMet => "it cannot be met",
        }
    }
}

/// What is known of a target that has not been reached yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Forecast {
    /// The clock.
    pub clock: ClockKind,
    /// When it falls due.
    pub due: Option<Timestamp>,
    /// Business time left, in milliseconds; negative once it has passed.
    #[ts(type = "number")]
    pub left_ms: i64,
    /// Share of the target used up.
    pub percent: u32,
    /// What it will be, where that is known; absent means open.
    pub word: Option<Forecasted>,
    /// Why, each in a sentence.
    pub reasons: Vec<String>,
}

/// The forecast of a clock that runs against a target; `None` for any other.
pub fn forecast(incident: &Incident, setup: &Setup, kind: ClockKind, now: Timestamp) -> Option<Forecast> {
    let proof = clock::proof(incident, setup, kind, now).filter(|proof| proof.reading.is_live())?;
    let left_ms = proof.budget_ms.saturating_sub(proof.spent_ms);
    let percent = proof.spent_ms.saturating_mul(100).checked_div(proof.budget_ms).unwrap_or(100);
    let minutes = left_ms / crate::MINUTE;
    let mut word = None;
    let mut reasons = Vec::new();
    if left_ms < 0 {
        word = Some(Forecasted::CannotBeMet);
        reasons.push(format!("It passed {} minutes of business time ago.", minutes.saturating_neg()));
    } else {
        reasons.push(format!("{minutes} minutes of business time are left."));
    }
    if let ClockState::Paused { reason, .. } = &proof.reading.state {
        reasons.push(format!("The clock stands still, {}.", reason.name()));
    }
    match &incident.assignment {
        None => reasons.push("Nobody is assigned.".to_owned()),
        Some(held) if held.accepted_at.is_none() => {
            reasons.push(format!("{} has not accepted it yet.", setup.person_name(held.to)));
        }
        Some(_) => {}
    }
    let is_about_it = |question: &&ForecastQuestion| question.clock == kind && !question.is_void(incident);
    if let Some(question) = incident.escalating.questions.iter().rfind(is_about_it) {
        match &question.answer {
            Some(answer) => {
                word = word.or(Some(answer.word));
                let who = setup.person_name(answer.by);
                reasons.push(format!("{who} says that {}: {}", answer.word.name(), answer.reason));
            }
            None => {
                reasons.push(format!("{} was asked and has not answered.", setup.person_name(question.of)))
            }
        }
    }
    Some(Forecast {
        clock: kind,
        due: proof.reading.due,
        left_ms,
        percent: u32::try_from(percent.max(0)).unwrap_or(u32::MAX),
        word,
        reasons,
    })
}
