//! The line to the server: one stream of frames down, commands up, and a state that never claims too much.
//!
//! The sender is level-triggered: whatever waits in the outbox while the line is up gets sent, whoever put
//! it there and whenever. A line without a byte for 25 s is dead and is opened anew, with jittered waits.

mod http;
mod line;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use incident::Timestamp;
use protocol::HEARTBEAT_MS;
use tokio::sync::{Notify, mpsc, watch};

use crate::{Changed, Error, Replica};

pub use http::{Http, LineFault, SignInFault};

use line::Line;

/// Longest silence of a live line.
const SILENCE: Duration = Duration::from_millis(HEARTBEAT_MS * 5 / 2);
/// First and longest wait before the line is tried again.
const RETRY_MS: (u64, u64) = (500, 30_000);

/// How often the server's clock is asked for.
const CLOCK_EVERY: Duration = Duration::from_mins(1);
/// How long frames are pulled one by one before the stream is tried again.
const POLL_FOR: Duration = Duration::from_mins(10);
/// How often the outbox is looked at, whatever it said when it would be due.
const OUTBOX_EVERY: Duration = Duration::from_secs(30);
/// How far the server's last word moves on before it is told again: every heartbeat is told of, and no flood of
/// frames tells more often. In milliseconds.
const TOLD_EVERY_MS: i64 = HEARTBEAT_MS.cast_signed() / 2;

/// How the line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Being opened.
    Connecting,
    /// Frames arrive as they are made.
    Live {
        /// Since when, by the server's clock.
        since: Timestamp,
    },
    /// No server since its last word; the desk works on.
    Offline {
        /// Why, in words.
        why: String,
    },
    /// Nobody is signed in, or the session ended.
    SignedOut,
    /// The server speaks another protocol.
    OutOfDate,
}

/// The line's state as others watch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineState {
    /// The line.
    pub link: Link,
    /// The server's last word, by its clock: of an earlier run, until there is one of this run.
    pub as_of: Option<Timestamp>,
    /// The last word that whoever watches was told of.
    told: Option<Timestamp>,
}

impl LineState {
    /// A line that is being opened for the first time in this run.
    const fn opening(last_word: Option<Timestamp>) -> Self {
        Self { link: Link::Connecting, as_of: last_word, told: None }
    }

    /// The server said something: the line is live as of then. Whether that is to be told: a quiet line that is
    /// told of only when it changes would look as if it were stale.
    fn heard(&mut self, there: Timestamp) -> bool {
        let was_live = matches!(self.link, Link::Live { .. });
        if !was_live {
            self.link = Link::Live { since: there };
        }
        self.as_of = Some(there);
        let is_news = self.told.is_none_or(|told| there.since(told).abs() >= TOLD_EVERY_MS);
        if was_live && !is_news {
            return false;
        }
        self.told = Some(there);
        true
    }
}

/// What the line and the screen share.
#[derive(Debug)]
pub struct Shared {
    replica: Mutex<Replica>,
    changed: mpsc::UnboundedSender<Changed>,
    state: watch::Sender<LineState>,
    outbox: Notify,
    retry: Notify,
}

impl Shared {
    /// Around a replica; changes made by frames go to the receiver.
    pub fn new(replica: Replica) -> (Arc<Self>, mpsc::UnboundedReceiver<Changed>) {
        let (changed, changes) = mpsc::unbounded_channel();
        let state = watch::Sender::new(LineState::opening(replica.last_word()));
        let (outbox, retry) = (Notify::new(), Notify::new());
        (Arc::new(Self { replica: Mutex::new(replica), changed, state, outbox, retry }), changes)
    }

    /// The replica, for one step.
    pub fn replica(&self) -> MutexGuard<'_, Replica> {
        self.replica.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches the line.
    pub fn state(&self) -> watch::Receiver<LineState> {
        self.state.subscribe()
    }

    /// The outbox has something: send it now if the line is up.
    pub fn outbox_filled(&self) {
        self.outbox.notify_one();
    }

    /// Try the line now.
    pub fn retry_now(&self) {
        self.retry.notify_one();
    }

    /// There is no line, and none will be tried: why.
    pub fn never_opened(&self, why: &LineFault) {
        self.set_link(Link::Offline { why: why.to_string() });
    }

    /// Keeps the server's last word for the next start.
    fn keep_last_word(&self) -> Result<(), Error> {
        let as_of = self.state.borrow().as_of;
        as_of.map_or(Ok(()), |as_of| self.replica().keep_last_word(as_of))
    }

    fn set_link(&self, link: Link) {
        self.state.send_if_modified(|state| {
            let differs = state.link != link;
            state.link = link;
            differs
        });
    }
}

/// Keeps the line open until the session ends: returns when nobody is signed in any more. `now` is this
/// computer's clock; `jitter` gives numbers from 0 to 1.
pub async fn run(shared: Arc<Shared>, http: Http, now: fn() -> Timestamp, jitter: fn() -> f64) {
    let (mut failures, mut long_poll) = (0_u32, false);
    shared.set_link(Link::Connecting);
    loop {
        let line = Line { shared: &shared, http: &http, now, jitter };
        let (why, was_live) = line.hold(long_poll).await;
        if let Err(error) = shared.keep_last_word() {
            tracing::warn!(%error, "the server's last word could not be kept");
        }
        let why = started_over(&shared, why, now());
        failures = if was_live { 0 } else { failures.saturating_add(1) };
        match why {
            LineFault::SignedOut => return shared.set_link(Link::SignedOut),
            LineFault::OutOfDate => shared.set_link(Link::OutOfDate),
            LineFault::Ended => {
                long_poll = false;
                shared.set_link(Link::Connecting);
            }
            LineFault::Diverged => {}
            LineFault::Damaged(cause) => {
                let why = shared.replica().suspect(cause).to_string();
                shared.set_link(Link::Offline { why });
            }
            LineFault::Silent | LineFault::Rejected(_) | LineFault::Busy(_) | LineFault::Down(_) => {
                // Not one byte of a stream: something on the way keeps it back. Pulls get through.
                long_poll |= why == LineFault::Silent && !was_live;
                shared.set_link(Link::Offline { why: why.to_string() });
            }
        }
        tokio::select! {
            () = tokio::time::sleep(retry_after(failures, jitter())) => {}
            () = shared.retry.notified() => shared.set_link(Link::Connecting),
        }
    }
}

/// Starts a copy of an abandoned history over; what ended the line, where that cannot be done.
fn started_over(shared: &Shared, why: LineFault, now: Timestamp) -> LineFault {
    if why != LineFault::Diverged {
        return why;
    }
    let started = shared.replica().start_over(now);
    started.map_or_else(|error| failed(&error), |()| why)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "at most 30 s"
)]
fn retry_after(failures: u32, jitter: f64) -> Duration {
    let full = RETRY_MS.0.saturating_mul(1 << failures.min(10)).min(RETRY_MS.1);
    Duration::from_millis(full / 2 + (full as f64 / 2.0 * jitter.clamp(0.0, 1.0)) as u64)
}

fn announce(shared: &Shared, changed: Changed) {
    if shared.changed.send(changed).is_err() {
        tracing::debug!("nobody draws any more");
    }
}

fn failed(error: &Error) -> LineFault {
    tracing::error!(%error, "this computer's copy failed");
    match error.damage() {
        Some(cause) => LineFault::Damaged(cause),
        None => LineFault::Down(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use incident::Timestamp;
    use protocol::HEARTBEAT_MS;

    use super::{LineFault, LineState, Link, RETRY_MS, Shared, failed, retry_after, started_over};
    use crate::{Error, Replica};

    const THEN: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    #[test]
    fn the_line_is_opened_again_soon_at_first_and_never_later_than_half_a_minute() {
        assert_eq!(retry_after(0, 1.0).as_millis(), u128::from(RETRY_MS.0));
        assert_eq!(retry_after(3, 0.0).as_millis(), 2_000);
        for failures in 6..200 {
            assert_eq!(retry_after(failures, 1.0).as_millis(), u128::from(RETRY_MS.1));
        }
    }
    #[test]
    fn a_quiet_line_tells_of_every_heartbeat() {
        let mut state = LineState::opening(None);
        assert!(state.heard(THEN), "the line came up");
        // A heartbeat on its way may arrive somewhat earlier than the one before.
        for beat in 1..=6 {
            let there = THEN.plus_millis(HEARTBEAT_MS.cast_signed() * beat - 200 * (beat % 2));
            assert!(state.heard(there), "heartbeat {beat}");
            assert_eq!(state.as_of, Some(there));
        }
        assert_eq!(state.link, Link::Live { since: THEN });
    }

    #[test]
    fn a_flood_of_frames_is_told_no_more_often_than_heartbeats() {
        let mut state = LineState::opening(None);
        let told = (0..10_000).filter(|frame| state.heard(THEN.plus_millis(*frame))).count();
        assert_eq!(told, 2, "once when the line came up, once in the ten seconds after");
        assert_eq!(state.as_of, Some(THEN.plus_millis(9_999)), "what is asked for is exact all the same");
    }

    #[test]
    fn a_clock_that_was_set_back_is_told_at_once() {
        let mut state = LineState::opening(None);
        state.heard(THEN);
        assert!(state.heard(THEN.plus_millis(-3_600_000)));
    }

    #[test]
    fn a_desk_that_starts_again_knows_the_last_word_of_before() {
        let folder = std::env::temp_dir().join(format!("holdfast-last-word-{}", std::process::id()));
        let started = |now| {
            let desk = incident::DeskId(uuid::Uuid::from_u128(801));
            Shared::new(Replica::open(&folder, desk, now).expect("a copy")).0
        };
        let first = started(THEN);
        assert_eq!(first.state().borrow().as_of, None, "the server has said nothing yet");
        first.keep_last_word().expect("nothing to keep");
        first.state.send_if_modified(|state| state.heard(THEN));
        first.keep_last_word().expect("kept");
        drop(first);
        let again = started(THEN.plus_millis(3_600_000));
        again.never_opened(&LineFault::Down("no route".to_owned()));
        let state = again.state().borrow().clone();
        assert_eq!((state.as_of, state.link), (Some(THEN), Link::Offline { why: "no route".to_owned() }));
        drop(again);
        std::fs::remove_dir_all(&folder).expect("gone");
    }

    #[test]
    fn a_copy_that_cannot_be_started_over_for_its_damage_is_damaged() {
        let folder = std::env::temp_dir().join(format!("holdfast-diverged-{}", std::process::id()));
        let desk = incident::DeskId(uuid::Uuid::from_u128(800));
        let replica = Replica::open(&folder, desk, THEN).expect("a copy");
        let file = replica.path().to_owned();
        let (shared, _changes) = Shared::new(replica);
        assert_eq!(started_over(&shared, LineFault::Diverged, THEN), LineFault::Diverged);
        let harm = "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'no table' WHERE name = 'record';
             PRAGMA schema_version = 999;";
        rusqlite::Connection::open(&file).and_then(|db| db.execute_batch(harm)).expect("damaged");
        let ended = started_over(&shared, LineFault::Diverged, THEN);
        assert!(matches!(ended, LineFault::Damaged(_)), "{ended}");
        assert_eq!(started_over(&shared, LineFault::Ended, THEN), LineFault::Ended);
        drop(shared);
        std::fs::remove_dir_all(&folder).expect("gone");
    }

    #[test]
    fn a_damaged_copy_is_told_apart_from_a_line_that_is_down() {
        let said = |code| {
            let failure = rusqlite::ffi::Error::new(code);
            failed(&Error::Store(rusqlite::Error::SqliteFailure(failure, None)))
        };
        for damaged in [rusqlite::ffi::SQLITE_CORRUPT, rusqlite::ffi::SQLITE_NOTADB] {
            assert!(matches!(said(damaged), LineFault::Damaged(_)));
        }
        assert!(matches!(said(rusqlite::ffi::SQLITE_FULL), LineFault::Down(_)));
    }
}
