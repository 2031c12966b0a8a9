//! Bringing in the history that another desk kept.
//!
//! An import records what happened elsewhere and judges none of it: no rule of the policy is
//! asked, no clock is started by it.
//! What it cannot read it reports, with the line and the reason, and never drops silently.

pub mod progress;
pub mod servicenow;
