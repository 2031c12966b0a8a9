//! Whose time it was: every instant from logged to stopped belongs to the client, to a vendor, or to us
//! (§5, for talks with vendors). The parts sum to the whole. Nothing here moves a clock.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::PauseReason;
use crate::log::Incident;
use crate::{Span, Timestamp};

/// Elapsed time by whom it waited for, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attribution {
    /// From logged to stopped, or to now.
    #[ts(type = "number")]
    pub total_ms: i64,
    /// While it waited for the client.
    #[ts(type = "number")]
    pub client_ms: i64,
    /// While a vendor had not answered, and the client was not waited for.
    #[ts(type = "number")]
    pub vendor_ms: i64,
    /// All the rest.
    #[ts(type = "number")]
    pub own_ms: i64,
}

/// The elapsed time of an incident, attributed. Where client and vendor are waited for at once, it is the
/// client's: the vendor could have held nothing up then.
pub fn attribution(incident: &Incident, now: Timestamp) -> Attribution {
    let whole = Span { from: incident.logged.at, to: end(incident, now).max(incident.logged.at) };
    let client = incident.pauses.iter().filter(|pause| pause.reason == PauseReason::AwaitingClient);
    let client: Vec<_> =
        client.map(|pause| Span { from: pause.from, to: pause.to.unwrap_or(whole.to) }).collect();
    let vendor: Vec<_> = incident
        .related
        .vendor_cases
        .iter()
        .map(|case| Span {
            from: case.asked.at,
            to: case.answered.as_ref().map_or(whole.to, |answered| answered.at),
        })
        .collect();
    let client_ms = covered(whole, &client);
    let either: Vec<_> = client.into_iter().chain(vendor).collect();
    let either_ms = covered(whole, &either);
    let total_ms = whole.to.since(whole.from);
    Attribution { total_ms, client_ms, vendor_ms: either_ms - client_ms, own_ms: total_ms - either_ms }
}

fn end(incident: &Incident, now: Timestamp) -> Timestamp {
    incident.stopped_at().or(incident.phase.ended_at()).unwrap_or(now)
}

/// How much of `whole` lies in any of the spans.
fn covered(whole: Span, spans: &[Span]) -> i64 {
    let mut within: Vec<_> = spans
        .iter()
        .map(|span| (span.from.max(whole.from), span.to.min(whole.to)))
        .filter(|(from, to)| from < to)
        .collect();
    within.sort_unstable();
    let mut reached = whole.from;
    let mut sum = 0;
    for (from, to) in within {
        sum += to.since(from.max(reached)).max(0);
        reached = reached.max(to);
    }
    sum
}
