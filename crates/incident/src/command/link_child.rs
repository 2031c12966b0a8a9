//! Link a child: an incident of another client, struck by the same outage (§3.4, §3.6; ruling 11).
//!
//! - Given two open incidents,
//! - when somebody links the one below the one that stands for the outage,
//! - then both point to each other, and nothing else changes: the child keeps its client, agreement, clocks,
//!   messages and confirmation. Where the outage is widespread by then, it is proposed as major.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};

/// Incidents that may belong to one outage.
const CHILDREN_MAX: usize = 500;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkChild {
    /// The incident.
    pub incident: IncidentId,
    /// The incident of the same outage.
    pub child: IncidentId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::LinkChild, clause: "§3.6", label: "Link child", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.family.parent.is_some() {
        let instead = "Link to the incident that stands for the outage.";
        return Err(s.too_late(&RULE, "this incident is a child itself", instead));
    }
    Ok(())
}

impl LinkChild {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident), Subject::Incident(self.child)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if self.child == self.incident {
            let what = "Link child: an incident is no child of itself";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, "Choose another one.").about("child"));
        }
        let child = s.incident(&RULE, self.child)?;
        s.open(&RULE, child)?;
        s.both_real(&RULE, incident, child)?;
        if child.family.parent.is_some() || !child.family.children.is_empty() {
            let what = "Link child: that incident belongs to an outage already";
            let instead = "Part it there first, or link the others to the one that stands for the outage.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("child"));
        }
        if incident.family.children.len() >= CHILDREN_MAX {
            let what = format!("Link child: at most {CHILDREN_MAX} incidents belong to one outage");
            let instead = "Let another incident stand for a part of the outage.";
            return Err(Refusal::new(&RULE, RefusalCode::TooLong, what, instead));
        }
        let (parent, child) = (incident.id, child.id);
        let mut events = s.on_incident(parent, Fact::ChildLinked { child });
        events.extend(s.on_incident(child, Fact::ParentLinked { parent }));
        Ok(s.with_proposal(parent, events))
    }
}
