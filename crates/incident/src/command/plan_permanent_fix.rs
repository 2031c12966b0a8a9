//! Plan permanent fix: what a workaround only goes round is repaired by somebody, by a date (§3.1 Resolution &
//! Recovery).
//!
//! - Given an incident with a workaround,
//! - when somebody names the owner, the date, and the problem or change under which it is followed,
//! - then the workaround no longer stands in the way of closing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::line;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlanPermanentFix {
    /// The incident.
    pub incident: IncidentId,
    /// Who owns it.
    pub owner: PersonId,
    /// By when.
    pub due_by: Timestamp,
    /// The problem or change.
    pub reference: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::PlanPermanentFix, clause: "§3.1", label: "Plan permanent fix", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.workaround.is_none() {
        let instead = "Repair it, and record what was done as a resolution step.";
        return Err(s.too_early(&RULE, "no workaround is in place", instead));
    }
    Ok(())
}

impl PlanPermanentFix {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let owner = s.colleague(&RULE, incident, self.owner, "owner")?.id;
        line(&RULE, "reference", &self.reference)?;
        if self.due_by <= s.now {
            let what = "Plan permanent fix: the date has passed";
            let instead = "Give a date ahead.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("due_by"));
        }
        let (due_by, reference) = (self.due_by, self.reference.clone());
        Ok(s.on_incident(incident.id, Fact::PermanentFixPlanned { owner, due_by, reference }))
    }
}
