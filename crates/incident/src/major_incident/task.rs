//! Tasks of a major incident (§3.6): one owner each, and a time at which it is asked how it stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::log::Statement;
use crate::{PersonId, TaskId, Timestamp};

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Task {
    /// The task.
    pub id: TaskId,
    /// What is to be done, who said so, when.
    pub given: Statement,
    /// The one who does it.
    pub owner: PersonId,
    /// When it is asked how it stands.
    pub check_at: Timestamp,
    /// How often it was asked.
    pub checks: u32,
    /// When it was asked last; when it was given, before that.
    pub asked_at: Timestamp,
    /// What came of it; open while absent.
    pub done: Option<Statement>,
}

pub(super) fn take(tasks: &mut Vec<Task>, event: &Event) {
    match &event.fact {
        Fact::TaskGiven { task, text, owner, check_at } => tasks.push(Task {
            id: *task,
            given: super::said(event, text),
            owner: *owner,
            check_at: *check_at,
            checks: 0,
            asked_at: event.at,
            done: None,
        }),
        Fact::TaskChecked { task, text, check_at } => {
            let Some(found) = tasks.iter_mut().find(|known| known.id == *task) else { return };
            found.checks = found.checks.saturating_add(1);
            found.asked_at = event.at;
            match check_at {
                Some(at) => found.check_at = *at,
                None => found.done = Some(super::said(event, text)),
            }
        }
        _ => {}
    }
}
