//! Check a task: how it stands, and when it is asked again (§3.6).
//!
//! - Given an open task of a process that runs,
//! - when somebody says how it stands and names the next time,
//! - then it is owed again by then; without a next time it is done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role, TaskId, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckTask {
    /// The incident.
    pub incident: IncidentId,
    /// The task.
    pub task: TaskId,
    /// How it stands.
    pub text: String,
    /// When it is asked again; done where absent.
    pub check_at: Option<Timestamp>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::CheckTask, clause: "§3.6", label: "Check task", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    if major.open_tasks().next().is_none() {
        return Err(s.too_early(&RULE, "no task is open", "Give one first."));
    }
    Ok(())
}

impl CheckTask {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let major = s.running_major(&RULE, incident)?;
        match major.tasks.iter().find(|known| known.id == self.task) {
            None => {
                let what = "Check task: this task is not known here";
                let instead = "Choose one from the list of open tasks.";
                return Err(Refusal::new(&RULE, RefusalCode::Unknown, what, instead).about("task"));
            }
            Some(task) if task.done.is_some() => {
                return Err(s.nothing_changes(&RULE, "this task is done"));
            }
            Some(_) => {}
        }
        text(&RULE, "text", &self.text)?;
        if let Some(at) = self.check_at {
            s.ahead(&RULE, "check_at", at)?;
        }
        let (task, text, check_at) = (self.task, self.text.clone(), self.check_at);
        Ok(s.on_incident(incident.id, Fact::TaskChecked { task, text, check_at }))
    }
}
