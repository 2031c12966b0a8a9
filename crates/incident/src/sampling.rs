//! Record review by sample (§4.1): which records are looked at, by whom, and what came of it.
//!
//! The draw is a function of a seed, so that anybody can make it again; the seed is data, given with the
//! command. Nobody reviews what they handled. It decides nothing about people: findings lead to replies.

mod audit;
mod draw;

pub use audit::{Analysis, Audit, Drawn, Finding, Plan, Reduction, Replacement};
pub use draw::{handlers, ordered, weight};
