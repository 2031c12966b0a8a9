//! One life of the line: the clock measured, frames taken in, whatever waits sent, until something ends it.

use std::sync::Arc;
use std::time::Duration;

use incident::Timestamp;
use protocol::{Frame, PushRequest};
use tokio::sync::Notify;
use tokio_stream::StreamExt as _;

use super::{CLOCK_EVERY, Http, LineFault, OUTBOX_EVERY, POLL_FOR, SILENCE, Shared, announce, failed};
use crate::Applied;

/// One opening of the line.
pub(super) struct Line<'a> {
    pub(super) shared: &'a Shared,
    pub(super) http: &'a Http,
    pub(super) now: fn() -> Timestamp,
    pub(super) jitter: fn() -> f64,
}

impl Line<'_> {
    /// One life of the line: how it ended, and whether it was ever live.
    pub(super) async fn hold(&self, long_poll: bool) -> (LineFault, bool) {
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

    /// Keeps the server's last word: when the line comes up, every minute from then on, and when it ends, so that a
    /// desk that is killed knows of one that is little older.
    fn keep_last_word(&self) -> Result<(), LineFault> {
        self.shared.keep_last_word().map_err(|error| failed(&error))
    }

    /// Asks for the time again and again: clocks drift, and computers sleep.
    async fn keep_time(&self) -> LineFault {
        loop {
            tokio::time::sleep(CLOCK_EVERY).await;
            match self.measure_clock().await.and_then(|()| self.keep_last_word()) {
                Ok(()) => {}
                Err(fault @ (LineFault::SignedOut | LineFault::OutOfDate | LineFault::Damaged(_))) => {
                    return fault;
                }
                // Whether the line is dead is for the frames to say.
                Err(fault) => tracing::debug!(%fault, "the clock could not be measured and kept"),
            }
        }
    }

    async fn receive(&self, long_poll: bool, live: &mut bool) -> LineFault {
        let outcome = if long_poll { self.poll(live).await } else { self.stream(live).await };
        outcome.err().unwrap_or(LineFault::Ended)
    }

    async fn stream(&self, live: &mut bool) -> Result<(), LineFault> {
        let request = self.shared.replica().pull_request(0).map_err(|error| failed(&error))?;
        let heard = Arc::new(Notify::new());
        let frames = self.http.stream(&request, SILENCE, Arc::clone(&heard)).await?;
        tokio::pin!(frames);
        loop {
            let frame = tokio::select! {
                frame = frames.next() => frame,
                () = heard.notified() => {
                    self.heard(live, None)?;
                    continue;
                }
            };
            let Some(frame) = frame else { return Ok(()) };
            let frame = frame?;
            if !self.take(&frame)? {
                return Ok(());
            }
            self.heard(live, Some(frame.now))?;
        }
    }

    /// Frames one by one, for a while; then the stream is tried again.
    async fn poll(&self, live: &mut bool) -> Result<(), LineFault> {
        let ends = tokio::time::Instant::now() + POLL_FOR;
        while tokio::time::Instant::now() < ends {
            let request = self.shared.replica().pull_request(20_000).map_err(|error| failed(&error))?;
            let frame = match tokio::time::timeout(SILENCE * 2, self.http.pull(&request)).await {
                Err(_) => return Err(LineFault::Silent),
                Ok(frame) => frame?,
            };
            self.take(&frame)?;
            self.heard(live, Some(frame.now))?;
        }
        Ok(())
    }

    /// The server said something: the line is live as of then.
    fn heard(&self, live: &mut bool, now: Option<Timestamp>) -> Result<(), LineFault> {
        let there = now.unwrap_or_else(|| self.shared.replica().offset.corrected((self.now)()));
        let was_live = std::mem::replace(live, true);
        self.shared.state.send_if_modified(|state| state.heard(there));
        if was_live { Ok(()) } else { self.keep_last_word() }
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
            let alone = PushRequest { desk: push.desk, epoch: push.epoch, commands: vec![command] };
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
