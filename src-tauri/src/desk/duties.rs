//! The deadline scheduler: the operating system's clock, never the webview's, says when a duty rings.

use std::sync::Arc;
use std::time::Duration;

use replica::view::{DoorError, DutyChip};

use super::{Desk, lock};
use crate::alarm::{self, Owed, Rung};
use crate::clock;

/// A computer that slept looks again at most this late after waking.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

impl Desk {
    /// The duties of whoever is signed in, soonest first.
    pub(crate) fn my_duties(&self) -> Result<Vec<DutyChip>, DoorError> {
        let profile = self.profile()?;
        let mut chips: Vec<_> =
            lock(&profile.owed).values().flatten().map(|owed| owed.chip.clone()).collect();
        chips.sort_by_key(|chip| (chip.paused, chip.due.is_none(), chip.due, chip.duty));
        Ok(chips)
    }

    /// How many duties whoever is signed in owes.
    pub(crate) fn owed_count(&self) -> usize {
        self.profile().map_or(0, |profile| lock(&profile.owed).values().map(Vec::len).sum())
    }

    fn owed(&self) -> (Vec<Owed>, i64) {
        let Ok(profile) = self.profile() else { return (Vec::new(), 0) };
        let offset = profile.shared.replica().offset.offset_ms();
        let owed = lock(&profile.owed).values().flatten().cloned().collect();
        (owed, offset)
    }
}

/// Rings what is due, then waits for the next instant or for duties to change.
pub(super) async fn ring(desk: Arc<Desk>) {
    let mut rung = Rung::default();
    loop {
        let (owed, offset) = desk.owed();
        let now = clock::now().plus_millis(offset);
        for alarm in rung.ring(&owed, now) {
            tracing::info!(title = alarm.title, "alarm");
            if desk.alarms.send(alarm).is_err() {
                tracing::debug!("nobody shows alarms here");
            }
        }
        let wait = alarm::next_instant(&owed, now).map(|at| at.since(now).max(1).unsigned_abs());
        let nap = wait.map_or(LOOK_AGAIN * 30, |ms| Duration::from_millis(ms).min(LOOK_AGAIN));
        tokio::select! {
            () = tokio::time::sleep(nap) => {}
            () = desk.duties_changed.notified() => {}
        }
    }
}
