//! When a person acted, as the log counts it (ruling 8): what the desk claims, as far as it can be believed.
//!
//! It refuses nothing: whatever a desk's clock says, the words are kept.

use incident::clock::UNBOUNDED_MS;
use incident::{Event, Records, Timestamp};

use super::{Submission, Writing};

/// How far before its receipt a claim is believed, in milliseconds: thirty days, as long as a session lasts, so
/// that a desk may honestly have been offline.
pub const CLAIM_BACK_MAX_MS: i64 = 30 * 24 * 60 * 60 * 1000;

impl Writing<'_> {
    /// When it counts, and how far that may be off: never after receipt, never before what the records that it
    /// names know already; what their kin heard since moves no deed. A claim too far back tells of a broken clock:
    /// receipt counts then, with an uncertainty that lets no clock say "met".
    pub(super) fn acted_at(&self, submission: &Submission, records: &Records) -> (Timestamp, u32) {
        let Some(claim) = submission.claim else { return (self.now, 0) };
        if self.heard_from().since(claim.at) > CLAIM_BACK_MAX_MS {
            tracing::warn!(
                command = %submission.id, desk = %submission.desk, claimed = %claim.at.to_rfc3339(),
                "command {}: its desk claims {}, too long ago to be believed; receipt counts",
                submission.id, claim.at.to_rfc3339()
            );
            return (self.now, UNBOUNDED_MS);
        }
        let named = submission.command.subjects();
        let known = named.iter().filter_map(|subject| Some(records.get(*subject)?.changed_at())).max();
        (claim.at.max(known.unwrap_or(claim.at)).min(self.now), claim.uncertainty_ms)
    }

    /// Stamps events on arrival. What kin hears of a command comes after what that knows already.
    pub(super) fn stamp(&self, events: &mut [Event], records: &Records, uncertainty_ms: u32) {
        for event in events {
            let known = records.get(event.subject).map_or(event.at, |record| record.changed_at());
            event.at = event.at.max(known).min(self.now);
            event.received = self.now;
            event.uncertainty_ms = uncertainty_ms;
        }
    }

    /// From where a claim's age is counted: receipt, or the end of what a backup knew while desks send again
    /// what was received after it.
    fn heard_from(&self) -> Timestamp {
        let recovery = self.live.recovery.filter(|recovery| recovery.is_under_way(self.now));
        recovery.map_or(self.now, |recovery| recovery.known_at)
    }
}
