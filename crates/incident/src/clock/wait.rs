//! What a clock leaves out: waits that the agreement names, up to their cap, and time in which the incident
//! was over (rulings 4 and 6).
//!
//! A cap is computed, not written: over it the clock runs again at that very instant, whoever looks when.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::{Agreement, ClockKind, PauseReason, PauseRule, ReopenMode};
use crate::log::{Incident, Pause, Reopening};
use crate::{MINUTE, Span, Timestamp};

/// A stretch that a clock leaves out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// The stretch.
    pub span: Span,
    /// Why, in words.
    pub why: String,
}

/// A wait as one clock sees it.
pub(super) struct Wait {
    pub(super) reason: PauseReason,
    pub(super) span: Span,
    /// Whether it lasts at the end of what is looked at.
    pub(super) lasts: bool,
    /// When its cap ends it, if nothing does before.
    pub(super) until: Option<Timestamp>,
}

/// The waits that this clock leaves out under this agreement, looked at until `end`.
pub(super) fn waits(
    incident: &Incident,
    agreement: &Agreement,
    kind: ClockKind,
    end: Timestamp,
) -> Vec<Wait> {
    let rule_of =
        |reason| agreement.pauses.iter().find(|rule| rule.reason == reason && rule.clocks.contains(&kind));
    let mut found = Vec::new();
    for (place, pause) in incident.pauses.iter().enumerate() {
        let Some(rule) = rule_of(pause.reason) else { continue };
        let before = &incident.pauses[..place];
        let Some(left) = Allowance::after(rule, before).left_ms else {
            found.push(wait(pause, end, None));
            continue;
        };
        if left > 0 {
            found.push(wait(pause, end, Some(pause.from.plus_millis(left))));
        }
    }
    found
}

fn wait(pause: &Pause, end: Timestamp, until: Option<Timestamp>) -> Wait {
    let asked = pause.to.unwrap_or(end);
    let to = until.map_or(asked, |until| asked.min(until));
    let lasts = pause.to.is_none() && until.is_none_or(|until| end < until);
    Wait { reason: pause.reason, span: Span { from: pause.from, to }, lasts, until }
}

/// What an agreement's rule still allows.
pub(crate) struct Allowance {
    /// Milliseconds of waiting left; `None` where there is no cap, 0 where it is used up.
    pub(crate) left_ms: Option<i64>,
}

impl Allowance {
    /// What is left of a rule after these pauses. One that lasts still uses up nothing more than it has.
    pub(crate) fn after(rule: &PauseRule, before: &[Pause]) -> Self {
        let same = || before.iter().filter(|pause| pause.reason == rule.reason);
        let times_over = rule.cap.times.is_some_and(|times| same().count() >= times as usize);
        if times_over {
            return Self { left_ms: Some(0) };
        }
        let Some(minutes) = rule.cap.minutes else { return Self { left_ms: None } };
        let used: i64 = same().filter_map(|pause| Some(pause.to?.since(pause.from).max(0))).sum();
        Self { left_ms: Some((i64::from(minutes) * MINUTE).saturating_sub(used).max(0)) }
    }

    /// Whether another wait would stop the clock at all.
    pub(crate) fn is_used_up(&self) -> bool {
        self.left_ms == Some(0)
    }
}

/// The stretch that a reopening leaves out of a clock that had stopped, if the agreement says so (ruling 6).
pub(super) fn closed(agreement: &Agreement, kind: ClockKind, reopening: &Reopening) -> Option<Span> {
    let is_left_out = match agreement.terms.reopening {
        ReopenMode::LeftOutIfConfirmed => reopening.was_confirmed,
        ReopenMode::LeftOut => true,
        ReopenMode::Counted | ReopenMode::Restarted => false,
    };
    let from = stop_before(kind, reopening).filter(|_| is_left_out)?;
    Some(Span { from, to: reopening.at })
}

/// When the clock had stopped before a reopening. The response is never taken back.
pub(super) const fn stop_before(kind: ClockKind, reopening: &Reopening) -> Option<Timestamp> {
    match kind {
        ClockKind::Response => None,
        ClockKind::Restoration => reopening.restored_at,
        ClockKind::Resolution => reopening.stopped_at,
    }
}

/// Whether a clock has stopped since an instant, and runs again.
pub(crate) fn ran_again_since(incident: &Incident, kind: ClockKind, since: Timestamp) -> bool {
    let ran_again = |reopening: &Reopening| since < reopening.at && stop_before(kind, reopening).is_some();
    incident.reopenings.iter().any(ran_again)
}
