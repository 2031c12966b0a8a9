//! Exceptions (§4.2): a deviation is justified in writing, approved by designated management, and ends.
//!
//! [`Granted`] is what an incident knows of one: the clause, the clock, from when until when. It covers
//! instants, not incidents: whatever happens before it begins or after it ends stands under the normal rule.
//! It never changes what happened; a failure that it covers afterwards stays a failure and is shown so.

mod approver;
mod asked;
mod delegation;
mod ending;
mod record;
mod request;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::compliance::names;
use crate::event::{Event, Fact};
use crate::{ExceptionId, Span, Timestamp};

pub(crate) use approver::{Bar, acting_for, gaining, may_decide, people_needed};
pub use delegation::Delegation;
pub(crate) use delegation::is_designated;
pub use ending::EndWarning;
pub use record::{Conditions, Exception, ExceptionState, Question, Word};
pub use request::{Application, CLAUSES, Demand, FrozenReading, Ground, Request, Scope};
pub(crate) use request::{asked_on, frozen};

/// An exception in force on an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Granted {
    /// The exception.
    pub id: ExceptionId,
    /// The clause it deviates from: a paragraph such as `§3.1`, or one of its demands such as `§3.1/11`.
    pub clause: String,
    /// The clock whose target it excuses; none where it opens a guard.
    pub clock: Option<ClockKind>,
    /// First instant covered.
    pub from: Timestamp,
    /// First instant no longer covered.
    pub until: Timestamp,
    /// Whether it was asked for after what it covers had begun: shown and counted apart.
    pub is_retroactive: bool,
    /// Whether it stands behind broken glass that nobody has decided on: it opens guards and excuses nothing.
    #[serde(default)]
    pub is_undecided: bool,
    /// Whether it allows a deviation or corrects a record.
    #[serde(default)]
    pub ground: Ground,
}

impl Granted {
    /// Whether `at` lies inside.
    pub fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether it opens a guard of `clause` at `at`. One about a clock opens none, and one about a demand only
    /// that demand's.
    pub fn opens(&self, clause: &str, at: Timestamp) -> bool {
        self.clock.is_none() && names(&self.clause, clause) && self.covers(at)
    }

    /// Whether it says that the breach of the clock `kind` at `at` was recorded wrongly.
    pub fn corrects(&self, kind: ClockKind, at: Timestamp) -> bool {
        self.ground == Ground::WrongRecord && self.clock == Some(kind) && self.covers(at)
    }

    /// Whether it excuses what `clause` demanded in every instant of a stretch (§4.2; decision 71).
    pub fn excuses_all_of(&self, clause: &str, late: Span) -> bool {
        let names = self.clock.is_none() && names(&self.clause, clause) && !self.is_undecided;
        names && self.from <= late.from && late.to <= self.until
    }
}

/// Takes in what became of exceptions on one incident.
pub(crate) fn take(granted: &mut Vec<Granted>, event: &Event) {
    match &event.fact {
        Fact::ExceptionGranted { granted: new } => {
            // What had ended before the new one begins excuses what it covered then.
            let is_other = |known: &Granted| known.id != new.id || known.clock != new.clock;
            granted.retain(|known| is_other(known) || known.until <= new.from);
            granted.push(new.clone());
        }
        Fact::ExceptionVoided { id } => granted.retain(|known| known.id != *id),
        Fact::ExceptionEnded { id } => {
            for known in granted.iter_mut().filter(|known| known.id == *id) {
                known.until = known.until.min(event.at);
            }
        }
        _ => {}
    }
}
