//! The server's clock: the machine's, or one that the drill and the tests move by hand.
//!
//! Nothing else in the server asks what time it is.

use std::sync::Arc;
use std::time::Duration;

use incident::Timestamp;
use tokio::sync::watch;

/// Where `now` comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until somebody sets it.
    Manual(ManualClock),
}

/// A clock moved by hand; its clones are one clock.
#[derive(Debug, Clone)]
pub struct ManualClock {
    now: Arc<watch::Sender<Timestamp>>,
}

impl ManualClock {
    /// A clock that stands at `now`.
    pub fn at(now: Timestamp) -> Self {
        Self { now: Arc::new(watch::Sender::new(now)) }
    }

    /// Sets it; whoever waits for an instant that has come goes on.
    pub fn set(&self, now: Timestamp) {
        self.now.send_replace(now);
    }

    /// Moves it on by so many milliseconds.
    pub fn step(&self, milliseconds: i64) {
        self.now.send_modify(|now| *now = now.plus_millis(milliseconds));
    }
}

impl Clock {
    /// What time it is.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::from_millis(machine_millis()),
            Self::Manual(clock) => *clock.now.borrow(),
        }
    }

    /// Returns once `instant` has come; never where there is none.
    pub async fn reach(&self, instant: Option<Timestamp>) {
        let Some(instant) = instant else { return std::future::pending().await };
        match self {
            Self::System => loop {
                let left = instant.since(self.now());
                if left <= 0 {
                    return;
                }
                // A machine that slept wakes late at most by this much.
                let left = Duration::from_millis(left.unsigned_abs()).min(Duration::from_secs(30));
                tokio::time::sleep(left).await;
            },
            Self::Manual(clock) => {
                let mut now = clock.now.subscribe();
                // Fails only when the last handle of the clock is gone, and `self` holds one.
                if now.wait_for(|now| *now >= instant).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place of the server that reads the machine's clock")]
fn machine_millis() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
