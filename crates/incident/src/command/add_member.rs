//! Add a member: one more person may know of a suspected data breach (§5 Data Breach Response).
//!
//! - Given an open suspicion,
//! - when a member names a colleague,
//! - then that colleague sees all of it from here on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::suspicion::Suspicion;
use crate::{PersonId, Role, SuspicionId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    /// The suspicion.
    pub suspicion: SuspicionId,
    /// Who is to know.
    pub person: PersonId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AddMember, clause: "§5", label: "Add member", roles: &[Role::Personnel] };

/// Whether the state of the suspicion allows it.
pub(crate) fn ready(s: &Situation<'_>, suspicion: &Suspicion) -> Result<(), Refusal> {
    s.open_suspicion(&RULE, suspicion)
}

/// Whether that person can become a member: a colleague who is none.
pub(crate) fn member(s: &Situation<'_>, suspicion: &Suspicion, person: PersonId) -> Result<(), Refusal> {
    let incident = s.incident(&RULE, suspicion.incident)?;
    s.colleague(&RULE, incident, person, "person")?;
    if suspicion.members.contains(&person) {
        return Err(s.nothing_changes(&RULE, "this person is a member already"));
    }
    Ok(())
}

impl AddMember {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let suspicion = s.suspicion(&RULE, self.suspicion)?;
        ready(s, suspicion)?;
        member(s, suspicion, self.person)?;
        Ok(vec![
            s.event(Subject::Suspicion(suspicion.id), Fact::SuspicionMemberAdded { person: self.person }),
        ])
    }
}
