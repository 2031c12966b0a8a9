//! Cancel: logged twice, or no incident after all (§6 Incident).
//!
//! - Given an open incident that was neither restored nor resolved,
//! - when the Service Desk cancels it with a reason — the Incident Manager, for Severity 1 and 2 (§3.2),
//! - then it is kept with the reason, and out of the measures, but for promises that were broken before. What was
//!   Severity 1 or major has its review arranged first (§3.7).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::closing::{Debt, Owing, debt};
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::review::Trigger;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// The incident.
    pub incident: IncidentId,
    /// Why it is no incident.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::Cancel,
    clause: "§3.1",
    label: "Cancel",
    roles: &[Role::ServiceDesk, Role::IncidentManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    s.incident_manager_for_high(&RULE, incident)?;
    if incident.restored.is_some() || incident.resolved.is_some() {
        return Err(s.too_late(
            &RULE,
            "it has been restored or resolved, so it was an incident",
            "Confirm and close it.",
        ));
    }
    match review_owed(s, incident) {
        None => Ok(()),
        Some(owed) => {
            let refusal = s.too_early(&RULE, &owed.why, &owed.instead);
            Err(refusal.under(&owed.clause).unless_excepted_by(&owed.exception_by))
        }
    }
}

/// The review of what was grave once (ruling 9): calling it no incident does not let it slip. One that is due for
/// recurrence alone goes with the incident, because what was none is no outage.
fn review_owed(s: &Situation<'_>, incident: &Incident) -> Option<Debt> {
    let was_grave = incident.review_triggers().into_iter().any(|trigger| match trigger {
        Trigger::Severity | Trigger::Major => true,
        Trigger::Recurrence => false,
    });
    let owed = debt(incident, &s.records.setup).into_iter().find(|owed| owed.owing == Owing::Review)?;
    (was_grave && !s.excepted(owed.demand(), incident)).then_some(owed)
}

impl Cancel {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        Ok(s.on_incident(incident.id, Fact::Cancelled { reason: self.reason.clone() }))
    }
}
