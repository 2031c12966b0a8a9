//! The server in one process: commands in, frames out, over one store.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use incident::{DeskId, PersonId, Setup};
use protocol::{Envelope, Fault, FaultCode, Frame, PullRequest, PushReply};
use tokio::sync::watch;
use uuid::Uuid;

use crate::clock::Clock;
use crate::fault::{diverged, fault, unavailable};
use crate::frames;
use crate::store::{Error, Readers, Ruling, Store, Submission};
use crate::writer::{Rulings, Writer};

/// The system of record, running.
#[derive(Debug)]
pub struct Server {
    writer: Writer,
    readers: Readers,
    clock: Clock,
    /// The incarnation of the log: another one begins only while no server runs.
    epoch: Uuid,
    /// Ticks when a session ends, so that its streams end too.
    sessions: watch::Sender<()>,
}

impl Server {
    /// Opens the desk in `dir` by the machine's clock.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_with(dir, Clock::System)
    }

    /// Opens it by a clock of the caller's: for the drill and for tests.
    pub fn open_with(dir: &Path, clock: Clock) -> Result<Self, Error> {
        Self::start(Store::open(dir)?, clock)
    }

    /// Runs on a store that is open already.
    pub fn start(store: Store, clock: Clock) -> Result<Self, Error> {
        let (readers, epoch) = (store.readers(), store.head().epoch);
        Ok(Self {
            writer: Writer::start(store, clock.clone())?,
            readers,
            clock,
            epoch,
            sessions: watch::Sender::new(()),
        })
    }

    /// The configuration in force.
    pub fn setup(&self) -> Arc<Setup> {
        self.writer.setup()
    }

    /// The last sequence number, and when it changes.
    pub fn head(&self) -> watch::Receiver<u64> {
        self.writer.head()
    }

    /// The server's clock.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Read-only connections.
    pub const fn readers(&self) -> &Readers {
        &self.readers
    }

    pub(crate) const fn sessions(&self) -> &watch::Sender<()> {
        &self.sessions
    }

    /// Whether a desk that follows this incarnation of the log may send: one of another history first sends
    /// again what this log does not have.
    pub fn takes_from(&self, epoch: Option<Uuid>) -> Result<(), Fault> {
        if epoch.is_none_or(|epoch| epoch == self.epoch) { Ok(()) } else { Err(diverged(self.epoch)) }
    }

    /// Settles commands of a person's desk, in their order; blocks until they are on disk.
    pub fn submit(
        &self,
        person: PersonId,
        desk: DeskId,
        commands: Vec<Envelope>,
    ) -> Result<PushReply, Fault> {
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        let answer = Box::new(move |rulings| drop(answer.send(rulings)));
        self.writer.submit(submissions(person, desk, commands), answer)?;
        self.reply(answered.recv().map_err(|_| unavailable())?)
    }

    /// The same without blocking the task.
    pub async fn submit_async(
        &self,
        person: PersonId,
        desk: DeskId,
        commands: Vec<Envelope>,
    ) -> Result<PushReply, Fault> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let answer = Box::new(move |rulings| drop(answer.send(rulings)));
        self.writer.submit(submissions(person, desk, commands), answer)?;
        self.reply(answered.await.map_err(|_| unavailable())?)
    }

    fn reply(&self, rulings: Rulings) -> Result<PushReply, Fault> {
        let mut outcomes = Vec::with_capacity(rulings.len());
        let mut reused = 0usize;
        for ruling in rulings {
            match ruling? {
                Ruling::Settled(outcome) => outcomes.push(outcome),
                Ruling::Reused => reused += 1,
            }
        }
        if reused > 0 {
            return Err(fault(
                FaultCode::CommandReused,
                format!(
                    "{reused} of these commands carry the id of another command and were not done; send the others one by one, and give these a new id"
                ),
            ));
        }
        Ok(PushReply { outcomes, now: self.clock.now() })
    }

    /// The next frame for a person's desk, at once.
    pub fn pull(&self, person: PersonId, request: &PullRequest) -> Result<Frame, Fault> {
        let now = self.clock.now();
        self.readers.snapshot(|conn| frames::pull(conn, request, person, now))
    }

    /// The next frame; waits as long as the request says while there is nothing new.
    pub async fn pull_wait(self: &Arc<Self>, person: PersonId, request: PullRequest) -> Result<Frame, Fault> {
        let mut head = self.head();
        let patience = Duration::from_millis(u64::from(request.wait_ms.min(protocol::WAIT_MS_MAX)));
        let until = tokio::time::Instant::now() + patience;
        loop {
            head.mark_unchanged();
            let frame = self.pull_aside(person, request.clone()).await?;
            let is_behind = frame.to < *head.borrow();
            if is_behind || frames::has_news(&frame) {
                return Ok(frame);
            }
            match tokio::time::timeout_at(until, head.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return Ok(frame),
            }
        }
    }

    /// A frame, read where it blocks no task.
    pub(crate) async fn pull_aside(
        self: &Arc<Self>,
        person: PersonId,
        request: PullRequest,
    ) -> Result<Frame, Fault> {
        self.aside(move |server| server.pull(person, &request)).await
    }

    /// Runs what blocks on a thread for it.
    pub(crate) async fn aside<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let server = Arc::clone(self);
        tokio::task::spawn_blocking(move || read(&server)).await.map_err(|_| unavailable())?
    }

    /// Runs work on the store, behind what waits; blocks until it is done.
    pub fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store, &Clock) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (done, waited) = std::sync::mpsc::sync_channel(1);
        self.writer.work(Box::new(move |store, clock| {
            let found = work(store, clock);
            Box::new(move || drop(done.send(found)))
        }))?;
        waited.recv().map_err(|_| unavailable())
    }

    /// The same without blocking the task.
    pub async fn work_async<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store, &Clock) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (done, waited) = tokio::sync::oneshot::channel();
        self.writer.work(Box::new(move |store, clock| {
            let found = work(store, clock);
            Box::new(move || drop(done.send(found)))
        }))?;
        waited.await.map_err(|_| unavailable())
    }
}

fn submissions(person: PersonId, desk: DeskId, commands: Vec<Envelope>) -> Vec<Submission> {
    let one = |envelope: Envelope| Submission {
        person,
        desk,
        desk_seq: envelope.seq,
        id: envelope.id,
        claim: Some(envelope.claim),
        command: envelope.command,
        former_numbers: envelope.former_numbers,
    };
    commands.into_iter().map(one).collect()
}
