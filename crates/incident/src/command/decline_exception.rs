//! Decline exception: the normal rule stays (§4.2; ruling 12).
//!
//! - Given a request that is not decided yet,
//! - when somebody who may decide declines it with a reason,
//! - then it is declined, even where somebody else had approved: both reasons are kept. Broken glass that is
//!   declined covers nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::Exception;
use crate::refusal::Refusal;
use crate::{ExceptionId, IncidentId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeclineException {
    /// The exception.
    pub exception: ExceptionId,
    /// The incidents it covers already: those behind broken glass.
    #[serde(default)]
    pub incidents: Vec<IncidentId>,
    /// For whom, where it was delegated.
    pub acting_for: Option<PersonId>,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::DeclineException,
    clause: "§4.2",
    label: "Decline exception",
    roles: &[Role::Personnel],
};

/// Whether the state of the request, and who acts, allow it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    s.undecided(&RULE, exception)?;
    s.decider_at_all(&RULE, exception)
}

impl DeclineException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incidents = self.incidents.iter().copied().map(Subject::Incident);
        std::iter::once(Subject::Exception(self.exception)).chain(incidents).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        s.undecided(&RULE, exception)?;
        s.decider(&RULE, exception, self.acting_for)?;
        s.all_covered(&RULE, exception, &self.incidents)?;
        text(&RULE, "reason", &self.reason)?;
        let declined = Fact::ExceptionDeclined { acting_for: self.acting_for, reason: self.reason.clone() };
        let voided = Fact::ExceptionVoided { id: self.exception };
        let on_incidents = self.incidents.iter().map(|id| s.event(Subject::Incident(*id), voided.clone()));
        Ok(std::iter::once(s.event(Subject::Exception(self.exception), declined))
            .chain(on_incidents)
            .collect())
    }
}
