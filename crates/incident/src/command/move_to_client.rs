//! Move to client: the incident was logged for the wrong client (§3.1 Logging; ruling 11).
//!
//! - Given an open incident of a client who was known,
//! - when somebody finds that it belongs to another, and says why,
//! - then it is theirs, with clocks that count from logging under their agreement. What the first client was
//!   told stays with the first client, and so does what was allowed towards them; the second is told anew. The
//!   review of the incident, and exceptions on it alone, go where it goes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Role;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::identification::identity::is_unidentified;
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{ClientId, IncidentId, ServiceId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveToClient {
    /// The incident.
    pub incident: IncidentId,
    /// Whose it is.
    pub client: ClientId,
    /// The services of that client that are struck.
    pub services: Vec<ServiceId>,
    /// How that was found.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::MoveToClient,
    clause: "§3.1",
    label: "Move to another client",
    roles: &[Role::ServiceDesk, Role::IncidentManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if is_unidentified(incident, &s.records.setup) {
        return Err(s.too_early(&RULE, "nobody knows yet whose it is", "Identify the client."));
    }
    s.incident_manager_for_high(&RULE, incident)
}

impl MoveToClient {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        s.other_client(&RULE, incident, self.client, &self.services)?;
        text(&RULE, "reason", &self.reason)?;
        let (client, services, reason) = (self.client, self.services.clone(), self.reason.clone());
        let fact = Fact::MovedToClient { client, services, reason };
        Ok(s.change_client(incident, self.client, &self.services, fact))
    }
}
