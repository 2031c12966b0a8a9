//! Revoke exception: it ends before its time (§4.2).
//!
//! - Given an exception in force,
//! - when designated management, or whoever asked for it, ends it with a reason,
//! - then from that instant on the normal rule holds on every incident it covered.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::{Exception, ExceptionState};
use crate::refusal::Refusal;
use crate::{ExceptionId, IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RevokeException {
    /// The exception.
    pub exception: ExceptionId,
    /// Every incident it covers.
    #[serde(default)]
    pub incidents: Vec<IncidentId>,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RevokeException,
    clause: "§4.2",
    label: "Revoke exception",
    roles: &[Role::Personnel],
};

/// Whether the state of the exception, and who acts, allow it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    if s.actor.person != exception.requested_by && !s.actor.roles.contains(&Role::Supervisor) {
        let needs = Rule { roles: &[Role::Supervisor], ..RULE };
        s.permit(&needs)?;
    }
    if exception.state != ExceptionState::Granted {
        return Err(s.too_early(&RULE, "it is not in force", "Decline it, or leave it as it ended."));
    }
    if exception.until() <= s.now {
        return Err(s.too_late(&RULE, "it has ended by itself", "There is nothing to revoke."));
    }
    Ok(())
}

impl RevokeException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incidents = self.incidents.iter().copied().map(Subject::Incident);
        std::iter::once(Subject::Exception(self.exception)).chain(incidents).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        ready(s, exception)?;
        s.all_covered(&RULE, exception, &self.incidents)?;
        text(&RULE, "reason", &self.reason)?;
        let revoked = Fact::ExceptionRevoked { reason: self.reason.clone() };
        let ended = Fact::ExceptionEnded { id: self.exception };
        let on_incidents = self.incidents.iter().map(|id| s.event(Subject::Incident(*id), ended.clone()));
        Ok(std::iter::once(s.event(Subject::Exception(self.exception), revoked))
            .chain(on_incidents)
            .collect())
    }
}
