//! Mark attendance: somebody joined the bridge call, or left it (§3.6).
//!
//! - Given a call that is open,
//! - when the scribe marks who joined or left,
//! - then the record says who was there when something was decided.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::major_incident::Mark;
use crate::refusal::Refusal;
use crate::{IncidentId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkAttendance {
    /// The incident.
    pub incident: IncidentId,
    /// Who.
    pub person: PersonId,
    /// What is marked.
    pub mark: Mark,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::MarkAttendance, clause: "§3.6", label: "Mark attendance", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    match major.open_bridge() {
        Some(_) => Ok(()),
        None => Err(s.too_early(&RULE, "no call is open", "Open the bridge call first.")),
    }
}

/// Whether that mark can be set for that person: a colleague joins who is not on the call, and leaves who is.
pub(crate) fn marked(
    s: &Situation<'_>,
    incident: &Incident,
    mark: Mark,
    person: PersonId,
) -> Result<(), Refusal> {
    s.colleague(&RULE, incident, person, "person")?;
    let call = incident.major.as_ref().and_then(|major| major.open_bridge());
    match (mark, call.is_some_and(|call| call.is_on(person))) {
        (Mark::Joined, true) => Err(s.nothing_changes(&RULE, "this person is on the call already")),
        (Mark::Left, false) => Err(s.nothing_changes(&RULE, "this person is not on the call")),
        (Mark::Joined, false) | (Mark::Left, true) => Ok(()),
    }
}

impl MarkAttendance {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let (person, mark) = (self.person, self.mark);
        marked(s, incident, mark, person)?;
        Ok(s.on_incident(incident.id, Fact::AttendanceMarked { person, mark }))
    }
}
