//! Release a line: a word that everybody may read goes into the incident's log (§5 Data Breach Response).
//!
//! - Given an open suspicion,
//! - when a member writes a line for everybody who works on the incident,
//! - then it stands there as a member's ordinary note. What it gives away is the member's to judge.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::suspicion::Suspicion;
use crate::{Role, SuspicionId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReleaseLine {
    /// The suspicion.
    pub suspicion: SuspicionId,
    /// The line.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ReleaseLine, clause: "§5", label: "Release a line", roles: &[Role::Personnel] };

/// Whether the state of the suspicion allows it.
pub(crate) fn ready(s: &Situation<'_>, suspicion: &Suspicion) -> Result<(), Refusal> {
    s.open_suspicion(&RULE, suspicion)
}

impl ReleaseLine {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let suspicion = s.suspicion(&RULE, self.suspicion)?;
        ready(s, suspicion)?;
        let incident = s.incident(&RULE, suspicion.incident)?;
        text(&RULE, "text", &self.text)?;
        let text = self.text.clone();
        let released = Fact::SuspicionLineReleased { text: text.clone() };
        // The note comes first, so that its place tells no more than that of any other note.
        let mut events = s.on_incident(incident.id, Fact::NoteAdded { text });
        events.push(s.event(Subject::Suspicion(suspicion.id), released));
        Ok(events)
    }
}
