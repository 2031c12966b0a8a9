//! Doubts (§3.5): how it is known that a target cannot be met, and for how long that stands (decision 180).
//!
//! It asks nobody and computes no probability: the questions and their answers are `forecast`'s.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cause::{Cause, is_promised, used};
use super::forecast::{ForecastQuestion, means_this_target};
use super::path::DefinedPath;
use crate::agreement::ClockKind;
use crate::clock;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{Severity, Timestamp};

/// How it is known that a target cannot be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "doubt", rename_all = "snake_case")]
pub enum Doubt {
    /// Nobody is there who could be asked.
    NobodyAssigned {
        /// The severity whose target it is.
        severity: Severity,
    },
    /// The resolver says so.
    SaidSo {
        /// When the question was asked.
        asked_at: Timestamp,
    },
    /// The resolver did not answer in time.
    NoAnswer {
        /// When the question was asked.
        asked_at: Timestamp,
    },
}

impl Doubt {
    /// Whether it stands: until somebody is there, the resolver answers or says that it can be met, or the target that
    /// was meant is taken back.
    pub(super) fn stands(self, clock: ClockKind, incident: &Incident) -> bool {
        let about = || incident.escalating.questions.iter().filter(move |question| question.clock == clock);
        match self {
            Self::NobodyAssigned { severity } => {
                incident.assignment.is_none() && is_promised(incident, severity)
            }
            // The latest question counts, however many are open.
            Self::NoAnswer { asked_at } => about()
                .next_back()
                .is_some_and(|latest| latest.asked_at == asked_at && latest.is_unanswered(incident)),
            // So does the latest word, which may be another *no*.
            Self::SaidSo { .. } => {
                let words = about().filter_map(|question| Some((question, question.answer.as_ref()?)));
                words.max_by_key(|(_, answer)| answer.at).is_some_and(|(question, answer)| {
                    answer.is_no() && !question.is_void(incident) && means_this_target(incident, answer.at)
                })
            }
        }
    }
}

/// What makes it doubtful that a target can be met.
pub(super) fn doubts(
    path: &DefinedPath,
    incident: &Incident,
    setup: &Setup,
    now: Timestamp,
) -> Vec<(Timestamp, Cause)> {
    let Some(trigger) = path.triggers.forecast else { return Vec::new() };
    let clock = trigger.clock;
    if !clock::read(incident, setup, clock, now).is_unfinished() {
        return Vec::new();
    }
    let questions = incident.escalating.questions.iter().filter(|question| question.clock == clock);
    let mut all: Vec<_> = questions.filter_map(of_question).collect();
    if incident.assignment.is_none() {
        let severity = incident.severity();
        let at = used(incident, setup, (clock, trigger.ask_at_percent), now);
        all.extend(at.map(|at| (at, Doubt::NobodyAssigned { severity })));
    }
    all.retain(|(_, because)| because.stands(clock, incident));
    all.into_iter().map(|(at, because)| (at, Cause::CannotBeMet { clock, because })).collect()
}

/// What a question makes doubtful: by a *no*, or by silence.
fn of_question(question: &ForecastQuestion) -> Option<(Timestamp, Doubt)> {
    let asked_at = question.asked_at;
    match &question.answer {
        Some(answer) => answer.is_no().then_some((answer.at, Doubt::SaidSo { asked_at })),
        None => Some((question.answer_by?, Doubt::NoAnswer { asked_at })),
    }
}
