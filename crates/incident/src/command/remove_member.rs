//! Remove a member: somebody is not to know more of a suspected data breach (§5 Data Breach Response).
//!
//! - Given an open suspicion with more than one member,
//! - when a member takes one out with a reason,
//! - then that person sees nothing of it any more. What they saw they saw.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::suspicion::Suspicion;
use crate::{PersonId, Role, SuspicionId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveMember {
    /// The suspicion.
    pub suspicion: SuspicionId,
    /// Who is to know no more.
    pub person: PersonId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RemoveMember, clause: "§5", label: "Remove member", roles: &[Role::Personnel] };

/// Whether the state of the suspicion allows it.
pub(crate) fn ready(s: &Situation<'_>, suspicion: &Suspicion) -> Result<(), Refusal> {
    s.open_suspicion(&RULE, suspicion)?;
    if suspicion.members.len() < 2 {
        return Err(s.too_late(&RULE, "nobody would know of it any more", "Add somebody else first."));
    }
    Ok(())
}

/// Whether that person can be taken out: another member, whether they work here still or not.
pub(crate) fn member(s: &Situation<'_>, suspicion: &Suspicion, person: PersonId) -> Result<(), Refusal> {
    if !suspicion.members.contains(&person) {
        return Err(s.nothing_changes(&RULE, "this person is no member"));
    }
    if person == s.actor.person {
        let what = "Remove member: nobody takes themselves out";
        let instead = "Ask another member to do it.";
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("person"));
    }
    Ok(())
}

impl RemoveMember {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let suspicion = s.suspicion(&RULE, self.suspicion)?;
        ready(s, suspicion)?;
        member(s, suspicion, self.person)?;
        text(&RULE, "reason", &self.reason)?;
        let (person, reason) = (self.person, self.reason.clone());
        Ok(vec![s.event(Subject::Suspicion(suspicion.id), Fact::SuspicionMemberRemoved { person, reason })])
    }
}
