//! When a running clock asks for more attention: watch, caution, warning, in open time before its deadline.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{MINUTE, Severity, Timestamp};

/// The instants at which a running clock asks for more attention (open time, on its calendar).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attention {
    /// Worth watching.
    pub watch: Timestamp,
    /// At risk.
    pub caution: Timestamp,
    /// Imminent.
    pub warning: Timestamp,
}

impl Attention {
    /// At a half, three quarters and nine tenths of the way.
    pub(crate) fn between(from: Timestamp, due: Timestamp) -> Self {
        let at = |percent: i64| from.plus_millis(due.since(from) / 100 * percent);
        Self { watch: at(50), caution: at(75), warning: at(90) }
    }
}

/// Open time left at which attention is asked for.
pub(super) struct Lead {
    pub(super) watch: i64,
    pub(super) caution: i64,
    pub(super) warning: i64,
}

impl Lead {
    /// A quarter and a tenth of the target, but not below a floor, nor above a half and a quarter; watched
    /// from half of the target for Severity 1 and 2, from the last quarter for 3 and 4.
    pub(super) fn of(budget: i64, severity: Severity) -> Self {
        let (caution_floor, warning_floor) = match severity {
            Severity::One => (15 * MINUTE, 5 * MINUTE),
            Severity::Two => (30 * MINUTE, 10 * MINUTE),
            Severity::Three => (60 * MINUTE, 30 * MINUTE),
            Severity::Four => (120 * MINUTE, 60 * MINUTE),
        };
        let caution = (budget / 4).max(caution_floor).min(budget / 2);
        let warning = (budget / 10).max(warning_floor).min(budget / 4);
        let watch = if severity.is_high() { budget / 2 } else { budget / 4 };
        Self { watch: watch.max(caution), caution, warning }
    }
}
