//! One demand of the policy.

use super::case::Case;
use super::finding::Finding;
use super::premises::Premises;
use crate::agreement::ClockKind;
use crate::exception::Exception;
use crate::identification::Signal;
use crate::review::Review;
use crate::sampling::Audit;
use crate::setup::Setup;
use crate::{Timestamp, Verb};

/// A demand of the policy, in our words, with its check.
#[derive(Debug)]
pub struct Clause {
    /// Its number: the paragraph, and its place among the paragraph's demands. Records of years to come cite it,
    /// so it is never given to another demand; a new demand gets the next number of its paragraph.
    pub id: &'static str,
    /// What is demanded.
    pub demand: &'static str,
    /// The module that holds its rule.
    pub module: &'static str,
    /// The verbs that keep it.
    pub verbs: &'static [Verb],
    /// How a record is judged.
    pub(super) check: Check,
}

/// How a record of one kind, or the house, is judged.
#[derive(Debug)]
pub(super) enum Check {
    /// An incident by its facts.
    Incident(fn(&Case<'_>) -> Finding),
    /// An incident by one of its clocks.
    Clock(ClockKind),
    /// An exception.
    Exception(fn(&Exception) -> Finding),
    /// A signal.
    Signal(fn(&Signal, &Setup, Timestamp) -> Finding),
    /// A review.
    Review(fn(&Review, Timestamp) -> Finding),
    /// An audit.
    Audit(fn(&Audit) -> Finding),
    /// The house as a whole.
    House(fn(&Premises<'_>) -> Finding),
}

impl Clause {
    /// The clause of a number.
    pub fn of(id: &str) -> Option<&'static Self> {
        super::CLAUSES.iter().find(|clause| clause.id == id)
    }

    /// Its paragraph, such as §3.4.
    pub fn paragraph(&self) -> &'static str {
        paragraph_of(self.id)
    }

    /// The clock that it is judged by.
    pub const fn clock(&self) -> Option<ClockKind> {
        match self.check {
            Check::Clock(kind) => Some(kind),
            Check::Incident(_)
            | Check::Signal(_)
            | Check::Exception(_)
            | Check::Review(_)
            | Check::Audit(_)
            | Check::House(_) => None,
        }
    }

    /// Whether an exception can cover it: one is granted on incidents, or for the house in a period.
    pub const fn can_be_excepted(&self) -> bool {
        match self.check {
            Check::Incident(_) | Check::Clock(_) | Check::House(_) => true,
            Check::Signal(_) | Check::Exception(_) | Check::Review(_) | Check::Audit(_) => false,
        }
    }

    /// The kind of record that it is judged on; the house for what holds of no single record.
    pub const fn about(&self) -> &'static str {
        match self.check {
            Check::Incident(_) | Check::Clock(_) => "incident",
            Check::Exception(_) => "exception",
            Check::Signal(_) => "signal",
            Check::Review(_) => "review",
            Check::Audit(_) => "audit",
            Check::House(_) => "house",
        }
    }
}

/// The paragraph of a clause's number, which may be a paragraph's own.
pub(crate) fn paragraph_of(clause: &str) -> &str {
    clause.split_once('/').map_or(clause, |(paragraph, _)| paragraph)
}

/// Whether what is said of `named` is said of `clause`: it is the same, or the paragraph that it stands in.
pub(crate) fn names(named: &str, clause: &str) -> bool {
    named == clause || named == paragraph_of(clause)
}

/// Whether two name something in common: one is the other, or the paragraph that it stands in.
pub(crate) fn touches(one: &str, other: &str) -> bool {
    names(one, other) || names(other, one)
}
