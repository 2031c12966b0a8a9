//! Enforcement (§4.3): what may have been a violation, what the person says, what management decides.
//!
//! The machine proposes and never judges: a proposal has no grade, and a decision has no consequence here. One
//! outage is one violation, however many records tell of it. Nobody but the person and management sees it.

mod grouping;
mod record;

pub use grouping::{Failure, grouped, repeated};
pub use record::{Excuse, Grading, Judgement, Proposal, Reply, Violation};
