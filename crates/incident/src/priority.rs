//! Urgency, and priority derived from severity and urgency (§3.1, §6; ruling 1).
//!
//! Priority is never stored: the matrix in force gives it, and the matrix has a version (ruling 15).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Severity;
use crate::log::Incident;
use crate::setup::Setup;

/// How soon the incident needs resolving (§6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Work stands still now.
    High,
    /// It hinders; it can wait a little.
    Medium,
    /// It can wait.
    Low,
}

impl Urgency {
    /// All, most urgent first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "High",
            Self::Medium => "Medium",
            Self::Low => "Low",
        }
    }
}

/// The order of handling (§6). Orders first-to-be-handled first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum Priority {
    /// Before all else.
    P1,
    /// Next.
    P2,
    /// After those.
    P3,
    /// Last.
    P4,
}

/// Severity × urgency → priority, one versioned table (ruling 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// Raised by one with every change.
    pub version: u32,
    /// Rows: severity 1 to 4; columns: urgency high, medium, low.
    pub rows: [[Priority; 3]; 4],
}

impl Matrix {
    /// The priority of a severity and an urgency.
    pub const fn priority(&self, severity: Severity, urgency: Urgency) -> Priority {
        let column = match urgency {
            Urgency::High => 0,
            Urgency::Medium => 1,
            Urgency::Low => 2,
        };
        self.rows[severity.index()][column]
    }
}

impl Default for Matrix {
    /// The matrix in force until an administrator sets another.
    fn default() -> Self {
        use Priority::{P1, P2, P3, P4};
        Self { version: 0, rows: [[P1, P1, P2], [P1, P2, P3], [P2, P3, P4], [P3, P4, P4]] }
    }
}

impl Incident {
    /// The order of handling, by the matrix in force when severity or urgency was last set (§6; ruling 15).
    pub fn priority(&self, setup: &Setup) -> Option<Priority> {
        let matrix = setup.matrix_of(self.matrix_version);
        Some(matrix.priority(self.severity(), self.urgency?))
    }
}
