//! Post-incident review (§3.7): when one is due, what it holds, and that its actions are tracked to the end.
//!
//! Facts are lines of the log, named and never retyped. A review lives beyond its incidents: closing those
//! ends none of its actions. It judges no person; that is `enforcement`. One that is finished covers nothing that has
//! to be reviewed for its own sake (decision 219).

mod action;
mod need;
mod record;
mod recurrence;
mod stakes;

pub use action::{Action, ActionState, Effect};
pub use need::{Need, Trigger};
pub(crate) use need::{duties, former_ends, is_missing, present_end, take};
pub use record::{Convening, Review, ReviewState, Section, SectionKind};
pub use recurrence::recurring;
pub(crate) use recurrence::{alike, found_with};
pub use stakes::Stakes;
