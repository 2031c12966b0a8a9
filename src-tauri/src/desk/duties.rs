//! The deadline scheduler: the operating system's clock, never the webview's, says when a duty rings.

use std::sync::Arc;
use std::time::Duration;

use incident::Timestamp;
use replica::view::{DoorError, MyDuties};

use super::{Desk, lock};
use crate::alarm::Notice;
use crate::clock;

/// A computer that slept looks again at most this late after waking.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Wait while nothing is to come.
const IDLE: Duration = Duration::from_mins(1);
/// Duties listed; the rest is counted.
const LISTED_MAX: usize = 200;

impl Desk {
    /// The duties of whoever is signed in, soonest first.
    pub(crate) fn my_duties(&self) -> Result<MyDuties, DoorError> {
        let profile = self.profile()?;
        let owing = lock(&profile.owing);
        Ok(MyDuties { soonest: owing.soonest(LISTED_MAX), owed: count(owing.count()) })
    }

    /// How many duties whoever is signed in owes.
    pub(crate) fn owed_count(&self) -> u32 {
        self.profile().map_or(0, |profile| count(lock(&profile.owing).count()))
    }

    /// Rings what is due; the instant now, and the next one at which something rings.
    fn ring(&self) -> Option<(Timestamp, Timestamp)> {
        let profile = self.profile().ok()?;
        let offset = profile.shared.replica().offset.offset_ms();
        let now = clock::now().plus_millis(offset);
        let mut owing = lock(&profile.owing);
        owing.over().into_iter().for_each(|id| self.notice(Notice::Over(id)));
        for alarm in owing.ring(now) {
            tracing::info!(title = alarm.title, "alarm");
            self.notice(Notice::Ring(alarm));
        }
        owing.next_instant().map(|next| (now, next))
    }

    /// Tells whoever shows alarms.
    pub(super) fn notice(&self, notice: Notice) {
        if self.notices.send(notice).is_err() {
            tracing::debug!("nobody shows alarms here");
        }
    }
}

/// A number of duties or of their alarms as the screen gets it.
pub(super) fn count(duties: usize) -> u32 {
    u32::try_from(duties).unwrap_or(u32::MAX)
}

/// Rings what is due, then waits for the next instant or for duties to change.
pub(super) async fn ring(desk: Arc<Desk>) {
    loop {
        let wait = desk.ring().map(|(now, next)| next.since(now).max(1).unsigned_abs());
        let nap = wait.map_or(IDLE, |ms| Duration::from_millis(ms).min(LOOK_AGAIN));
        tokio::select! {
            () = tokio::time::sleep(nap) => {}
            () = desk.duties_changed.notified() => {}
        }
    }
}
