//! Identify client: the client that was unknown at logging becomes known (§3.1 Logging).
//!
//! - Given an incident logged for a client that nobody knew,
//! - when somebody finds out whose it is and which services are struck,
//! - then it is theirs, and its clocks count from logging under their agreement. What that finds late is found
//!   now; what was missed under the provisional agreement stays on record (ruling 5).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::identification::identity::is_unidentified;
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{ClientId, IncidentId, ServiceId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IdentifyClient {
    /// The incident.
    pub incident: IncidentId,
    /// Whose it is.
    pub client: ClientId,
    /// The services of that client that are struck.
    pub services: Vec<ServiceId>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::IdentifyClient, clause: "§3.1", label: "Identify client", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if !is_unidentified(incident, &s.records.setup) {
        let why = "its client is known";
        return Err(s.too_late(&RULE, why, "If it is the wrong one, move the incident to the right client."));
    }
    Ok(())
}

impl IdentifyClient {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        s.other_client(&RULE, incident, self.client, &self.services)?;
        let (client, services) = (self.client, self.services.clone());
        let fact = Fact::ClientIdentified { client, services };
        Ok(s.change_client(incident, self.client, &self.services, fact))
    }
}
