//! Lapse exception: nobody decided behind broken glass in time (§4.2; ruling 12).
//!
//! - Given a broken glass whose time to be decided on has passed,
//! - when the server notices,
//! - then it has failed: what was done stands on record as a deviation that nobody approved.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::Exception;
use crate::refusal::Refusal;
use crate::{ExceptionId, IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LapseException {
    /// The exception.
    pub exception: ExceptionId,
    /// The incidents it covers.
    #[serde(default)]
    pub incidents: Vec<IncidentId>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::LapseException, clause: "§4.2", label: "Lapse exception", roles: &[Role::Server] };

/// Whether its time has passed undecided.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    s.undecided(&RULE, exception)?;
    if !exception.application.is_break_glass {
        return Err(s.nothing_changes(&RULE, "nothing was done before it was asked for"));
    }
    if exception.lapses_at().is_none_or(|due| s.now < due) {
        return Err(s.too_early(&RULE, "there is time to decide", "It is decided, or it lapses by itself."));
    }
    Ok(())
}

impl LapseException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incidents = self.incidents.iter().copied().map(Subject::Incident);
        std::iter::once(Subject::Exception(self.exception)).chain(incidents).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        ready(s, exception)?;
        s.all_covered(&RULE, exception, &self.incidents)?;
        let voided = Fact::ExceptionVoided { id: self.exception };
        let on_incidents = self.incidents.iter().map(|id| s.event(Subject::Incident(*id), voided.clone()));
        let lapsed = s.event(Subject::Exception(self.exception), Fact::ExceptionLapsed);
        Ok(std::iter::once(lapsed).chain(on_incidents).collect())
    }
}
