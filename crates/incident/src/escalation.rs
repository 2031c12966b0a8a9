//! Escalation (§3.5): by hand to a person, and along defined paths when a target cannot be met or help is needed.
//!
//! A [`DefinedPath`] is configuration with a version. A [`Cause`] begins a [`Run`] along it; a run is bound to
//! the version it began with. Everything that is due follows from the facts on the incident: whoever asks
//! [`due_steps`] late is told of the next step, not of a backlog, and the server alone writes what was done.
//!
//! It sends nothing itself. A call is delivered where the step names somebody who works here, may see the
//! incident and is not the one who is failing; a step that reaches nobody leads to the next one at once.

mod cause;
mod doubt;
mod due;
mod duty;
mod forecast;
mod live;
mod path;
mod reach;
mod rehearsal;
mod run;
pub(crate) mod specialists;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, Timestamp};

pub use cause::{ByHand, Cause};
pub use doubt::Doubt;
pub(crate) use due::next_fact;
pub use due::{DueStep, Next, due_steps, next_due, upcoming};
pub(crate) use duty::duties;
pub use forecast::{
    Forecast, ForecastAnswer, ForecastQuestion, Forecasted, forecast, open_question, open_questions,
};
pub use path::{
    Addressee, BoundPath, BudgetTrigger, DefinedPath, ForecastTrigger, LapseTrigger, PathPlace, PathStep,
    Triggers,
};
pub(crate) use reach::is_management;
pub use reach::{PassedOver, PassedOverBecause};
pub use rehearsal::{Call, Supposed, rehearse};
pub use run::{Acknowledgement, Escalating, Run, TakenStep};

/// Which path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EscalationPath {
    /// To more specialised hands.
    Technical,
    /// To management.
    Managerial,
}

impl EscalationPath {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Technical, Self::Managerial];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Managerial => "managerial",
        }
    }
}

/// One escalation by hand, to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Escalation {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Along which path.
    pub path: EscalationPath,
    /// To whom.
    pub to: PersonId,
    /// Why: the target cannot be met, or resources are needed.
    pub reason: String,
}
