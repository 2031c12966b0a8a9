//! The line to the server: one stream of frames down, commands up, and a state that never claims too much.
//!
//! The sender is level-triggered: whatever waits in the outbox while the line is up gets sent, whoever put
//! it there and whenever. A line without a byte for 25 s is dead and is opened anew, with jittered waits.

mod http;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use incident::Timestamp;
use protocol::{Frame, HEARTBEAT_MS, PushRequest};
use tokio::sync::{Notify, mpsc, watch};
use tokio_stream::StreamExt as _;

use crate::{Applied, Changed, Error, Replica};

pub use http::{Http, LineFault, SignInFault};

/// Longest silence of a live line.
const SILENCE: Duration = Duration::from_millis(HEARTBEAT_MS * 5 / 2);
/// First and longest wait before the line is tried again.
const RETRY_MS: (u64, u64) = (500, 30_000);

/// How often the server's clock is asked for.
const CLOCK_EVERY: Duration = Duration::from_mins(1);
/// How often the outbox is looked at, whatever it said when it would be due.
const OUTBOX_EVERY: Duration = Duration::from_secs(30);

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
    /// No server; the desk works on.
    Offline {
        /// Since when, by the server's clock as last known.
        since: Timestamp,
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
    /// The server's last word, by its clock.
    pub as_of: Option<Timestamp>,
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
        let state = watch::Sender::new(LineState { link: Link::SignedOut, as_of: None });
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
    let (mut failures, mut since, mut long_poll) = (0_u32, None, false);
    shared.set_link(Link::Connecting);
    loop {
        let line = Line { shared: &shared, http: &http, now, jitter };
        let (why, was_live) = line.hold(long_poll).await;
        if was_live {
            (failures, since) = (0, None);
        } else {
            failures = failures.saturating_add(1);
        }
        match why {
            LineFault::SignedOut => return shared.set_link(Link::SignedOut),
            LineFault::OutOfDate => shared.set_link(Link::OutOfDate),
            LineFault::Ended => shared.set_link(Link::Connecting),
            LineFault::Diverged => {
                if let Err(error) = shared.replica().start_over(now()) {
                    tracing::error!(%error, "the copy could not be started over");
                }
            }
            LineFault::Silent | LineFault::Rejected(_) | LineFault::Busy(_) | LineFault::Down(_) => {
                long_poll ^= why == LineFault::Silent;
                // The first failure of this outage counts, not the latest.
                let since = *since.get_or_insert_with(|| shared.replica().offset.corrected(now()));
                shared.set_link(Link::Offline { since, why: why.to_string() });
            }
        }
        tokio::select! {
            () = tokio::time::sleep(retry_after(failures, jitter())) => {}
            () = shared.retry.notified() => shared.set_link(Link::Connecting),
        }
    }
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

struct Line<'a> {
    shared: &'a Shared,
    http: &'a Http,
    now: fn() -> Timestamp,
    jitter: fn() -> f64,
}

impl Line<'_> {
    /// One life of the line: how it ended, and whether it was ever live.
    async fn hold(&self, long_poll: bool) -> (LineFault, bool) {
        if let Err(fault) = self.measure_clock().await {
            return (fault, false);
        }
        if let Err(error) = self.shared.replica().line_is_back() {
            return (failed(&error), false);
        }
        let mut live = false;
        let ended = tokio::select! {
            ended = self.receive(long_poll, &mut live) => ended,
            ended = self.send() => ended,
            ended = self.keep_time() => ended,
        };
        (ended, live)
    }

    async fn measure_clock(&self) -> Result<(), LineFault> {
        let sent = (self.now)();
        let there = self.http.time().await?;
        let seen = (self.now)();
        self.shared.replica().clock_measured(sent, there, seen).map_err(|error| failed(&error))
    }

    /// Asks for the time again and again: clocks drift, and computers sleep.
    async fn keep_time(&self) -> LineFault {
        loop {
            tokio::time::sleep(CLOCK_EVERY).await;
            match self.measure_clock().await {
                Ok(()) => {}
                Err(fault @ (LineFault::SignedOut | LineFault::OutOfDate)) => return fault,
                // Whether the line is dead is for the frames to say.
                Err(fault) => tracing::debug!(%fault, "the clock could not be measured"),
            }
        }
    }

    async fn receive(&self, long_poll: bool, live: &mut bool) -> LineFault {
        let outcome = if long_poll { self.poll(live).await } else { self.stream(live).await };
        outcome.err().unwrap_or(LineFault::Ended)
    }

    async fn stream(&self, live: &mut bool) -> Result<(), LineFault> {
        let request = self.shared.replica().pull_request(0).map_err(|error| failed(&error))?;
        let pieces = Arc::new(AtomicU64::new(0));
        let frames = self.http.stream(&request, Arc::clone(&pieces)).await?;
        tokio::pin!(frames);
        let mut known = 0;
        loop {
            match tokio::time::timeout(SILENCE, frames.next()).await {
                Err(_) if pieces.load(Ordering::Relaxed) == known => return Err(LineFault::Silent),
                Err(_) => {
                    known = pieces.load(Ordering::Relaxed);
                    self.heard(live, None);
                }
                Ok(None) => return Ok(()),
                Ok(Some(Err(fault))) => return Err(fault),
                Ok(Some(Ok(None))) => self.heard(live, None),
                Ok(Some(Ok(Some(frame)))) => {
                    if self.take(&frame)? {
                        self.heard(live, Some(frame.now));
                    } else {
                        return Ok(());
                    }
                }
            }
        }
    }

    async fn poll(&self, live: &mut bool) -> Result<(), LineFault> {
        loop {
            let request = self.shared.replica().pull_request(20_000).map_err(|error| failed(&error))?;
            let frame = match tokio::time::timeout(SILENCE * 2, self.http.pull(&request)).await {
                Err(_) => return Err(LineFault::Silent),
                Ok(frame) => frame?,
            };
            self.take(&frame)?;
            self.heard(live, Some(frame.now));
        }
    }

    /// The server said something: the line is live as of then.
    fn heard(&self, live: &mut bool, now: Option<Timestamp>) {
        let there = now.unwrap_or_else(|| self.shared.replica().offset.corrected((self.now)()));
        *live = true;
        self.shared.state.send_if_modified(|state| {
            let changes = !matches!(state.link, Link::Live { .. });
            if changes {
                state.link = Link::Live { since: there };
            }
            state.as_of = Some(there);
            changes
        });
    }

    /// Takes in a frame; whether it fitted.
    fn take(&self, frame: &Frame) -> Result<bool, LineFault> {
        let applied = self.shared.replica().apply(frame, (self.now)());
        match applied.map_err(|error| failed(&error))? {
            Applied::Changed(changed) => {
                announce(self.shared, changed);
                Ok(true)
            }
            Applied::Stale => Ok(false),
            Applied::Diverged => Err(LineFault::Diverged),
        }
    }

    /// Sends whatever waits, for as long as the line is up.
    async fn send(&self) -> LineFault {
        loop {
            match self.send_due().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(fault) => return fault,
            }
            let next = match self.shared.replica().next_push_at() {
                Ok(next) => next,
                Err(error) => return failed(&error),
            };
            let wait = next.map_or(OUTBOX_EVERY, |at| {
                let wait = at.since((self.now)()).max(10);
                Duration::from_millis(u64::try_from(wait).unwrap_or(10)).min(OUTBOX_EVERY)
            });
            tokio::select! {
                () = self.shared.outbox.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Sends what is due; whether there was anything.
    async fn send_due(&self) -> Result<bool, LineFault> {
        let due = self.shared.replica().next_push((self.now)()).map_err(|error| failed(&error))?;
        let Some(push) = due else { return Ok(false) };
        match self.hand_over(&push).await {
            Err(LineFault::Rejected(_)) if push.commands.len() > 1 => self.one_by_one(push).await?,
            Err(LineFault::Rejected(why)) => self.set_aside(&push, &why)?,
            // Put off already; the line itself is up.
            Err(LineFault::Busy(why)) => tracing::debug!(%why, "commands wait"),
            other => other?,
        }
        Ok(true)
    }

    /// One of a push is rejected as it stands: each goes alone, so that it holds up no other.
    async fn one_by_one(&self, push: PushRequest) -> Result<(), LineFault> {
        for command in push.commands {
            let alone = PushRequest { desk: push.desk, commands: vec![command] };
            match self.hand_over(&alone).await {
                Err(LineFault::Rejected(why)) => self.set_aside(&alone, &why)?,
                other => other?,
            }
        }
        Ok(())
    }

    async fn hand_over(&self, push: &PushRequest) -> Result<(), LineFault> {
        let (now, jitter) = (self.now, self.jitter);
        match self.http.push(push).await {
            Ok(reply) => {
                let answered = self.shared.replica().push_answered(&reply.outcomes, now(), jitter());
                announce(self.shared, answered.map_err(|error| failed(&error))?);
                Ok(())
            }
            Err(fault) => {
                let noted = self.shared.replica().push_failed(push, &fault.to_string(), now(), jitter());
                noted.map_err(|error| failed(&error))?;
                Err(fault)
            }
        }
    }

    fn set_aside(&self, push: &PushRequest, why: &str) -> Result<(), LineFault> {
        let changed = self.shared.replica().push_rejected(push, why, (self.now)());
        announce(self.shared, changed.map_err(|error| failed(&error))?);
        Ok(())
    }
}

fn failed(error: &Error) -> LineFault {
    tracing::error!(%error, "this computer's copy failed");
    LineFault::Down(error.to_string())
}
