//! Record a decision: what was decided, and whether anybody objected (§3.6).
//!
//! - Given a process that runs,
//! - when somebody writes down a decision and what came of asking for objections,
//! - then it is on record with who and when. An objection is written down in its own words.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::major_incident::Poll;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordDecision {
    /// The incident.
    pub incident: IncidentId,
    /// What was decided.
    pub text: String,
    /// What came of asking for objections.
    pub poll: Poll,
    /// The objection, where there was one.
    pub objection: Option<String>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordDecision, clause: "§3.6", label: "Record decision", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident).map(|_| ())
}

impl RecordDecision {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        match (self.poll, &self.objection) {
            (Poll::Objected, Some(objection)) => text(&RULE, "objection", objection)?,
            (Poll::Objected, None) => text(&RULE, "objection", "")?,
            (Poll::NotPolled | Poll::NoObjection, None) => {}
            (Poll::NotPolled | Poll::NoObjection, Some(_)) => {
                let what = "Record decision: it names an objection that nobody is said to have made";
                let instead = "Say that somebody objected, or leave the objection out.";
                return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("objection"));
            }
        }
        let (text, poll, objection) = (self.text.clone(), self.poll, self.objection.clone());
        Ok(s.on_incident(incident.id, Fact::DecisionRecorded { text, poll, objection }))
    }
}
