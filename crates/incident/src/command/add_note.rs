//! Add note: an internal note on the record (§3.4 Internal Communication). It is never a message to the
//! client.
//!
//! - Given an incident, open or at its end,
//! - when anyone who works here adds a note,
//! - then it is on the timeline, and nothing else changes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    /// The incident.
    pub incident: IncidentId,
    /// The note.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AddNote, clause: "§3.4", label: "Add note", roles: &[Role::Personnel] };

/// Notes always append, after closure too: late knowledge belongs on the record.
pub(crate) fn ready(_: &Situation<'_>, _: &Incident) -> Result<(), Refusal> {
    Ok(())
}

impl AddNote {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::NoteAdded { text: self.text.clone() }))
    }
}
