//! Give a task: one owner, and a time at which it is asked how it stands (§3.6).
//!
//! - Given a process that runs,
//! - when somebody gives a colleague a task with a time of the next check,
//! - then its owner owes a word by then.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, Role, TaskId, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GiveTask {
    /// The incident.
    pub incident: IncidentId,
    /// The task, named by the desk that gives it.
    pub task: TaskId,
    /// What is to be done.
    pub text: String,
    /// The one who does it.
    pub owner: PersonId,
    /// When it is asked how it stands.
    pub check_at: Timestamp,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::GiveTask, clause: "§3.6", label: "Give task", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident).map(|_| ())
}

impl GiveTask {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let major = s.running_major(&RULE, incident)?;
        if major.tasks.iter().any(|known| known.id == self.task) {
            let what = "Give task: this task is there already";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, "Check it instead."));
        }
        text(&RULE, "text", &self.text)?;
        s.colleague(&RULE, incident, self.owner, "owner")?;
        s.ahead(&RULE, "check_at", self.check_at)?;
        let (task, text, owner, check_at) = (self.task, self.text.clone(), self.owner, self.check_at);
        Ok(s.on_incident(incident.id, Fact::TaskGiven { task, text, owner, check_at }))
    }
}
