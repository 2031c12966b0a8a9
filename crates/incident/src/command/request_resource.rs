//! Request resources: people or means that an incident needs (§3.5; §3.6 resource allocation).
//!
//! - Given an open incident, major or not,
//! - when anyone asks for something, or for a colleague by name,
//! - then it waits for an answer of whoever leads or answers for it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, ResourceRequestId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RequestResource {
    /// The incident.
    pub incident: IncidentId,
    /// The request, named by the desk that makes it.
    pub request: ResourceRequestId,
    /// What is needed, and what for.
    pub text: String,
    /// The colleague who is asked for, where it is one.
    pub person: Option<PersonId>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RequestResource,
    clause: "§3.5",
    label: "Request resources",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl RequestResource {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if incident.resource_requests().any(|known| known.id == self.request) {
            let what = "Request resources: this request is there already";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, "Wait for its answer."));
        }
        text(&RULE, "text", &self.text)?;
        if let Some(person) = self.person {
            s.colleague(&RULE, incident, person, "person")?;
        }
        let (request, text, person) = (self.request, self.text.clone(), self.person);
        Ok(s.on_incident(incident.id, Fact::ResourceRequested { request, text, person }))
    }
}
