//! Categorise: what kind of fault it is (§3.1 Categorization).
//!
//! - Given an open incident,
//! - when somebody chooses a category of the tree,
//! - then it has that category; with severity and urgency it is prioritised.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::refusal::RefusalCode;
use crate::setup::CategoryCode;

use crate::IncidentId;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Categorise {
    /// The incident.
    pub incident: IncidentId,
    /// A code of the category tree.
    pub category: CategoryCode,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::Categorise, clause: "§3.1", label: "Categorise", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl Categorise {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let known = s.records.setup.house.categories.iter().any(|category| category.code == self.category);
        if !known {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Unknown,
                "Categorise: this category is not in the tree",
                "Choose one from the list; an Administrator can add one.",
            )
            .about("category"));
        }
        if incident.category.as_ref() == Some(&self.category) {
            return Err(s.nothing_changes(&RULE, "it has this category already"));
        }
        Ok(s.on_incident(incident.id, Fact::Categorised { category: self.category.clone() }))
    }
}
