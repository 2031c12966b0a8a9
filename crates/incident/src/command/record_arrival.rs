//! Record an arrival: what was granted is here (§3.5, §3.6 resource allocation).
//!
//! - Given a request that was granted,
//! - when somebody marks that it is here,
//! - then the record says how long it took from asked to here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, ResourceRequestId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordArrival {
    /// The incident.
    pub incident: IncidentId,
    /// The request.
    pub request: ResourceRequestId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordArrival, clause: "§3.5", label: "Record arrival", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.resource_requests().any(|request| request.is_on_its_way()) {
        return Ok(());
    }
    Err(s.too_early(&RULE, "nothing that was granted is on its way", "Let the request be granted first."))
}

impl RecordArrival {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if !incident.resource_requests().any(|known| known.id == self.request && known.is_on_its_way()) {
            let what = "Record arrival: this request is not on its way";
            let instead = "Choose one that was granted.";
            return Err(Refusal::new(&RULE, RefusalCode::Unknown, what, instead).about("request"));
        }
        Ok(s.on_incident(incident.id, Fact::ResourceArrived { request: self.request }))
    }
}
