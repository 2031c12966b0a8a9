//! Switch agreement: an open incident runs by another contract from here on (§3.3; ruling 15).
//!
//! - Given an open incident and an agreement that covers its client and services,
//! - when designated management says why, and is not the one it is assigned to,
//! - then its clocks count from logged under the version in force now. What was late under the agreement left
//!   behind stays late, and the new one is broken at the earliest now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::{BoundAgreement, Incident};
use crate::refusal::{Refusal, RefusalCode};
use crate::{Agreement, AgreementId, IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SwitchAgreement {
    /// The incident.
    pub incident: IncidentId,
    /// The agreement it is to run by.
    pub agreement: AgreementId,
    /// Why the one in force when it was logged does not count.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::SwitchAgreement,
    clause: "§3.3",
    label: "Switch agreement",
    roles: &[Role::Supervisor],
};

/// Whether the state of the incident allows it, to this person.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.assignment.as_ref().is_some_and(|held| held.to == s.actor.person) {
        return Err(Refusal::new(
            &RULE,
            RefusalCode::NeedsSecondPerson,
            "Switch agreement: it is assigned to you",
            "Ask another Supervisor, or hand the incident over first.",
        ));
    }
    Ok(())
}

impl SwitchAgreement {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        let entry = &incident.entry;
        let is_meant = |agreement: &&Agreement| {
            agreement.id == self.agreement && agreement.covers(entry.client, &entry.services)
        };
        let Some(agreement) = s.records.setup.agreements_in_force(s.now).find(is_meant) else {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Unknown,
                "Switch agreement: this agreement does not cover the client and service now",
                "Choose one that does; an Administrator can add a version.",
            )
            .about("agreement"));
        };
        let bound = Some(BoundAgreement { id: agreement.id, version: agreement.version });
        if incident.agreement == bound {
            return Err(s.nothing_changes(&RULE, "it runs by this version already"));
        }
        let (calendars, reason) = (s.bind_calendars(bound), self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::AgreementBound { agreement: bound, calendars, reason }))
    }
}
