//! Auto-close: the client stayed silent for as long as the agreement says (§3.1 Closure).
//!
//! - Given an incident that is restored, resolved, told to the client, was never major nor Severity 1 or 2, and stands
//!   for no other client's,
//! - when nothing came from the client, since it knew, for the open time that the agreement names,
//! - then it is closed, and its validation stays *no answer* or *not asked*: silence confirms nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::closing::{Silence, silence};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AutoClose {
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AutoClose, clause: "§3.1", label: "Close after silence", roles: &[Role::Server] };

impl AutoClose {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        s.open(&RULE, incident)?;
        let by_hand = "Leave it to a person.";
        match silence(incident, &s.records.setup) {
            Silence::NoRule => Err(s.too_early(&RULE, "the agreement has no rule for silence", by_hand)),
            Silence::Major => Err(s.too_early(&RULE, "a major incident is closed by a person", by_hand)),
            Silence::Grave => {
                let why = "Severity 1 and 2 are closed by an Incident Manager";
                Err(s.too_early(&RULE, why, by_hand).under("§3.2"))
            }
            Silence::Parent => {
                let instead = "Let a person close it, once every client has confirmed.";
                Err(s.too_early(&RULE, "other clients' incidents are linked to it", instead).under("§3.4"))
            }
            Silence::Broken => Err(s.too_early(&RULE, "the client has said something", by_hand)),
            Silence::InDebt => Err(s.too_early(&RULE, "something is owed first", by_hand)),
            Silence::Closes { at } if at > s.now => {
                Err(s.too_early(&RULE, "the client may still answer", "Wait for the time agreed."))
            }
            Silence::Closes { .. } => {
                let text = "Closed after the client's silence, as agreed".to_owned();
                let unconfirmed_reason = Some("The client did not answer within the time agreed".to_owned());
                Ok(s.on_incident(incident.id, Fact::Closed { text, unconfirmed_reason }))
            }
        }
    }
}
