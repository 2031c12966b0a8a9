//! Categorise: what kind of fault it is (§3.1 Categorization).
//!
//! - Given an open incident,
//! - when somebody chooses a category of the tree,
//! - then it has that category; with severity and urgency it is prioritised. A retired category is not
//!   chosen any more, and unknown yet only until there is a diagnosis.

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
        let categories = &s.house().categories;
        let Some(category) = categories.iter().find(|category| category.code == self.category) else {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Unknown,
                "Categorise: this category is not in the tree",
                "Choose one from the list; an Administrator can add one.",
            )
            .about("category"));
        };
        if category.is_retired(s.now) {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Invalid,
                format!("Categorise: {} is no longer used", category.name),
                "Choose one that is; records of before keep it.",
            )
            .about("category"));
        }
        if self.category.is_unknown_yet() && incident.diagnosis.is_some() {
            return Err(s
                .too_late(&RULE, "there is a diagnosis, so it is known", "Choose the category that it names.")
                .about("category"));
        }
        if incident.category.as_ref() == Some(&self.category) {
            return Err(s.nothing_changes(&RULE, "it has this category already"));
        }
        Ok(s.on_incident(incident.id, Fact::Categorised { category: self.category.clone() }))
    }
}
