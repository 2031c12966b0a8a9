//! Suspect a data breach: a record of its own, for its members alone (§2, §5 Data Breach Response).
//!
//! - Given any incident, open or not,
//! - when anyone says what they suspect, and who is to know of it,
//! - then a restricted record begins, and the statutory clock with it. Nothing on the incident says so; its own
//!   clocks go on.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, Role, SuspicionId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SuspectBreach {
    /// The incident.
    pub incident: IncidentId,
    /// The suspicion, named by the desk that begins it.
    pub suspicion: SuspicionId,
    /// What is suspected.
    pub text: String,
    /// Who is to know of it, beside whoever says it.
    pub members: Vec<PersonId>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::SuspectBreach,
    clause: "§5",
    label: "Suspect a data breach",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, _: &Incident) -> Result<(), Refusal> {
    // The same answer whatever stands on the restricted track: an offer must not tell that there is one.
    s.permit(&RULE)
}

impl SuspectBreach {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if s.records.suspicions.contains_key(&self.suspicion) {
            let what = "Suspect a data breach: this suspicion is there already";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, "Open it instead."));
        }
        text(&RULE, "text", &self.text)?;
        let members = self.members.iter().copied().chain([s.actor.person]).collect::<BTreeSet<_>>();
        s.colleagues(&RULE, incident, members.iter().copied(), "members")?;
        let suspected = Fact::BreachSuspected { incident: incident.id, text: self.text.clone(), members };
        Ok(vec![s.event(Subject::Suspicion(self.suspicion), suspected)])
    }
}
