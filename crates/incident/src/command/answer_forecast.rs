//! Answer forecast: the resolver says whether the target can be met (§3.5).
//!
//! - Given a question to me, or to whoever had the incident before me,
//! - when I answer it with a reason,
//! - then that is on record; a *no* begins the paths that wait for it, long before the target passes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::Forecasted;
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
    let Some(question) = incident.escalating.open_question() else {
        let instead = "Escalate it by hand, if it cannot be met.";
        return Err(s.too_early(&RULE, "nobody has asked whether it can be met", instead));
    };
    let has_it = incident.assignment.as_ref().is_some_and(|held| held.to == s.actor.person);
    if question.of != s.actor.person && !has_it {
        return Err(Refusal::new(
            &RULE,
            RefusalCode::NotPermitted,
            format!("Answer the forecast: {} was asked", s.records.setup.person_name(question.of)),
            "Assign it to yourself first, if you take it over.",
        ));
    }
    Ok(())
}

impl AnswerForecast {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        let (answer, reason) = (self.answer, self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::ForecastAnswered { answer, reason }))
    }
}
