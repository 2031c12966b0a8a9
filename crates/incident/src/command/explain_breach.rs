//! Explain breach: why a target was not met (§3.3, §4.1).
//!
//! - Given an incident with a recorded breach,
//! - when somebody says why, with a reason of the house's list where it keeps one,
//! - then the reason stands beside the breach, the earliest of that clock that has none, which stays a breach
//!   (ruling 5).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::agreement::ClockKind;
use crate::command::situation::{line, text};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExplainBreach {
    /// The incident.
    pub incident: IncidentId,
    /// The clock whose target was not met.
    pub clock: ClockKind,
    /// The reason.
    pub reason: String,
    /// In words.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ExplainBreach,
    clause: "§3.3",
    label: "Give reason for breach",
    roles: &[Role::ServiceDesk, Role::Tier2, Role::Tier3, Role::IncidentManager, Role::AccountManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.breaches.is_empty() {
        return Err(s.too_early(&RULE, "no breach is on record", "There is nothing to explain."));
    }
    if incident.closing.unexplained(incident).is_empty() {
        let why = "every breach has its reason";
        return Err(s.too_late(&RULE, why, "Add what became known since as a note."));
    }
    Ok(())
}

impl ExplainBreach {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if incident.closing.unexplained(incident).iter().all(|breach| breach.clock != self.clock) {
            let clock = self.clock.name().to_lowercase();
            let what = format!("the {clock} target has no breach without a reason");
            return Err(s.nothing_changes(&RULE, &what).about("clock"));
        }
        line(&RULE, "reason", &self.reason)?;
        text(&RULE, "text", &self.text)?;
        let listed = &s.house().closing.breach_reasons;
        if !listed.is_empty() && !listed.contains(&self.reason) {
            let what = "Give reason for breach: this reason is not on the house's list";
            let instead = "Choose one of the list, and say the rest in words.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("reason"));
        }
        let (clock, reason, text) = (self.clock, self.reason.clone(), self.text.clone());
        Ok(s.on_incident(incident.id, Fact::BreachExplained { clock, reason, text }))
    }
}
