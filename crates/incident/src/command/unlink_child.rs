//! Part a child: it turned out to be another outage (§3.6; ruling 11).
//!
//! - Given an incident with a child,
//! - when somebody parts them with a reason,
//! - then neither points to the other any more, and what was said and done stays where it is. The reason stands in
//!   the record it was given on; the child's, which may be another client's, says only that they were parted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnlinkChild {
    /// The incident.
    pub incident: IncidentId,
    /// The incident to part.
    pub child: IncidentId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::UnlinkChild, clause: "§3.6", label: "Part child", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.family.children.is_empty() {
        return Err(s.too_early(&RULE, "no incident is linked to it", "There is nothing to part."));
    }
    Ok(())
}

impl UnlinkChild {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident), Subject::Incident(self.child)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let child = s.incident(&RULE, self.child)?;
        if !incident.family.children.contains_key(&child.id) {
            let what = "Part child: that incident is not linked to this one";
            return Err(Refusal::new(&RULE, RefusalCode::Unknown, what, "Choose one that is.").about("child"));
        }
        text(&RULE, "reason", &self.reason)?;
        let (parent, child, reason) = (incident.id, child.id, self.reason.clone());
        let mut events = s.on_incident(parent, Fact::ChildUnlinked { child, reason });
        let neutral = "It turned out to be another outage".to_owned();
        events.extend(s.on_incident(child, Fact::ParentUnlinked { parent, reason: neutral }));
        Ok(events)
    }
}
