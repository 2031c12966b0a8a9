//! Whose promise a clock was: an incident that moved was promised to one client after the other (decision 99).
//!
//! Each of them is judged by what was broken while the incident was theirs, so that no breach stands before
//! another client's.

use super::basis::Basis;
use super::{Reading, reading};
use crate::agreement::ClockKind;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, Timestamp};

/// A clock as it stands for one client.
pub(crate) struct Promised {
    /// Whose promise it was.
    pub(crate) client: ClientId,
    /// Since when it was promised to them, by the agreement and at the severity that was broken.
    pub(crate) since: Timestamp,
    /// Until when the incident was theirs; the present client's has no end.
    pub(crate) until: Timestamp,
    /// The clock, judged by what happened while the incident was theirs.
    pub(crate) reading: Reading,
}

/// A clock for each client it was promised to, the present one last. Whoever had it before is there where it was
/// broken to them, and the present one unless it had stopped by then and was broken to somebody else.
pub(crate) fn promised(incident: &Incident, setup: &Setup, kind: ClockKind, now: Timestamp) -> Vec<Promised> {
    let tenures = incident.identity.tenures(incident.entry.client);
    let last = tenures.len() - 1;
    let mut all = Vec::with_capacity(1);
    for (place, tenure) in tenures.into_iter().enumerate() {
        let basis = Basis { judged: tenure.span, ..Basis::of(incident, setup, kind, now) };
        let reading = reading(&basis);
        let is_theirs = match place == last {
            true => all.is_empty() || basis.end > tenure.span.from,
            false => reading.broken.is_some(),
        };
        if is_theirs {
            let since = bound_since(incident, &reading).max(tenure.span.from);
            all.push(Promised { client: tenure.client, since, until: tenure.span.to, reading });
        }
    }
    all
}

/// Since when the promise that was broken, or the present one, was in force: another agreement and another severity
/// make another promise; to confirm a severity makes none.
fn bound_since(incident: &Incident, reading: &Reading) -> Timestamp {
    let counts = |at: &Timestamp| reading.broken.is_none_or(|broken| *at <= broken.at);
    let bound = incident.rebindings.iter().map(|rebinding| rebinding.at);
    let changed = incident.severities.windows(2).filter(|pair| pair[0].severity != pair[1].severity);
    let changed = changed.map(|pair| pair[1].at);
    bound.chain(changed).filter(counts).max().unwrap_or(incident.logged.at)
}
