//! Assign a role of a major incident: manager, deputy, scribe, client liaison or technical lead (§3.6).
//!
//! - Given a process that runs,
//! - when somebody who leads asks a colleague to take a role,
//! - then whoever holds it keeps it until the colleague accepts. Taking a role oneself is accepted at once. An
//!   Incident Manager who also leads technically is warned of and not refused.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::major_incident::MajorRole;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssignMajorRole {
    /// The incident.
    pub incident: IncidentId,
    /// Which.
    pub role: MajorRole,
    /// Who is to take it.
    pub to: PersonId,
    /// The technical lead whom they replace; other roles have one holder.
    pub in_place_of: Option<PersonId>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AssignMajorRole,
    clause: "§3.6",
    label: "Assign role",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident).map(|_| ())
}

/// Whether that person can take that role: a colleague who does not have it, and an Incident Manager to lead.
pub(crate) fn holder(
    s: &Situation<'_>,
    incident: &Incident,
    role: MajorRole,
    to: PersonId,
) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    let person = s.colleague(&RULE, incident, to, "to")?;
    if role == MajorRole::IncidentManager && !person.roles.contains(&Role::IncidentManager) {
        let what = format!("Assign role: {} is no Incident Manager", person.name);
        let instead = "Ask somebody who is; a deputy may be anybody.";
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).under("§3.2").about("to"));
    }
    if major.posts.is_held_by(role, to) || major.posts.handover(role, to).is_some() {
        return Err(s.nothing_changes(&RULE, "this person has it, or is asked to take it"));
    }
    Ok(())
}

impl AssignMajorRole {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let major = s.running_major(&RULE, incident)?;
        holder(s, incident, self.role, self.to)?;
        let in_place_of =
            if self.role.is_single() { major.posts.holder(self.role) } else { self.in_place_of };
        let (role, to) = (self.role, self.to);
        let mut events = s.on_incident(incident.id, Fact::MajorRoleAssigned { role, to, in_place_of });
        if to == s.actor.person {
            events.extend(s.on_incident(incident.id, Fact::MajorRoleAccepted { role }));
        }
        Ok(events)
    }
}
