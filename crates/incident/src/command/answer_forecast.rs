//! Answer forecast: the resolver says whether the target can be met (§3.5).
//!
//! - Given a question to me, or to whoever had the incident before me,
//! - when I answer it with a reason — of several, the one about the target that I name,
//! - then that is on record; a *no* begins the paths that wait for it, long before the target passes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::{ForecastQuestion, Forecasted, open_questions};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerForecast {
    /// The incident.
    pub incident: IncidentId,
    /// Whether it can be met.
    pub answer: Forecasted,
    /// Why.
    pub reason: String,
    /// Which target it is about; answers of before that was named go to the one that is expected first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub clock: Option<ClockKind>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AnswerForecast,
    clause: "§3.5",
    label: "Answer the forecast",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    question(s, incident, None).map(|_| ())
}

/// The question that is answered: of those to this person about that clock, or about any where none is named, the one
/// whose answer is expected first.
fn question<'a>(
    s: &Situation<'_>,
    incident: &'a Incident,
    clock: Option<ClockKind>,
) -> Result<&'a ForecastQuestion, Refusal> {
    let mut open = open_questions(incident, &s.records.setup, s.now);
    open.retain(|question| clock.is_none_or(|clock| question.clock == clock));
    let Some(first) = open.first() else {
        let instead = "Escalate it by hand, if it cannot be met.";
        return Err(s.too_early(&RULE, "nobody has asked whether it can be met", instead));
    };
    let has_it = incident.assignment.as_ref().is_some_and(|held| held.to == s.actor.person);
    open.iter().copied().find(|question| has_it || question.of == s.actor.person).ok_or_else(|| {
        Refusal::new(
            &RULE,
            RefusalCode::NotPermitted,
            format!("Answer the forecast: {} was asked", s.records.setup.person_name(first.of)),
            "Assign it to yourself first, if you take it over.",
        )
    })
}

impl AnswerForecast {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let clock = Some(question(s, incident, self.clock)?.clock);
        text(&RULE, "reason", &self.reason)?;
        let (answer, reason) = (self.answer, self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::ForecastAnswered { answer, reason, clock }))
    }
}
