//! The one thread that writes: takes what waits, settles it in one transaction, then answers.
//!
//! A batch is whatever has come while the last one was being written, so that a lone command waits for
//! nobody and a crowd shares one write to disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use incident::Setup;
use protocol::Fault;
use tokio::sync::{mpsc, watch};

use crate::clock::Clock;
use crate::fault::unavailable;
use crate::store::{Error, Ruling, Store, Submission};

/// Commands in one transaction.
const BATCH_MAX: usize = 64;
/// Pushes that may wait; beyond, a desk is told to try again.
const QUEUE_MAX: usize = 512;

/// One ruling a submission, in the same order.
pub(crate) type Rulings = Vec<Result<Ruling, Fault>>;
type Answer = Box<dyn FnOnce(Rulings) + Send>;
/// Work on the store; what it returns tells whoever waits that it is done.
type Work = Box<dyn FnOnce(&mut Store, &Clock) -> Told + Send>;
type Told = Box<dyn FnOnce() + Send>;

enum Job {
    Commands(Vec<Submission>, Answer),
    Work(Work),
}

/// The writer's queue and what it tells the others.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    head: watch::Receiver<u64>,
    setup: watch::Receiver<Arc<Setup>>,
}

impl Writer {
    /// Starts the thread; the store is its own from here on.
    pub(crate) fn start(store: Store, clock: Clock) -> Result<Self, Error> {
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        let (head, head_seen) = watch::channel(store.head().seq);
        let (setup, setup_seen) = watch::channel(store.setup());
        let desk = Desk { store, clock, head, setup };
        let thread = std::thread::Builder::new().name("writer".into()).spawn(move || desk.run(jobs));
        let thread =
            thread.map_err(|error| Error::Asked(format!("the writer cannot be started: {error}")))?;
        Ok(Self { queue: Some(queue), thread: Some(thread), head: head_seen, setup: setup_seen })
    }

    /// The last sequence number, and when it changes.
    pub(crate) fn head(&self) -> watch::Receiver<u64> {
        self.head.clone()
    }

    /// The configuration in force.
    pub(crate) fn setup(&self) -> Arc<Setup> {
        Arc::clone(&self.setup.borrow())
    }

    /// Hands in commands; `answer` is called from the writer's thread.
    pub(crate) fn submit(&self, submissions: Vec<Submission>, answer: Answer) -> Result<(), Fault> {
        self.enqueue(Job::Commands(submissions, answer))
    }

    /// Hands in other work on the store.
    pub(crate) fn work(&self, work: Work) -> Result<(), Fault> {
        self.enqueue(Job::Work(work))
    }

    fn enqueue(&self, job: Job) -> Result<(), Fault> {
        let Some(queue) = &self.queue else { return Err(unavailable()) };
        queue.try_send(job).map_err(|_| unavailable())
    }
}

impl Drop for Writer {
    /// Lets it finish what waits, and gives the file free.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer's thread broke");
        }
    }
}

/// What the thread holds.
struct Desk {
    store: Store,
    clock: Clock,
    head: watch::Sender<u64>,
    setup: watch::Sender<Arc<Setup>>,
}

impl Desk {
    fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut next = jobs.blocking_recv();
        while let Some(job) = next {
            next = match job {
                Job::Work(work) => {
                    self.work(work);
                    None
                }
                Job::Commands(submissions, answer) => self.batch(submissions, answer, &mut jobs),
            };
            self.publish();
            next = next.or_else(|| jobs.blocking_recv());
        }
    }

    /// Settles this push and those that wait behind it; returns the first job that is something else.
    fn batch(
        &mut self,
        submissions: Vec<Submission>,
        answer: Answer,
        jobs: &mut mpsc::Receiver<Job>,
    ) -> Option<Job> {
        let mut count = submissions.len();
        let mut pushes = vec![(submissions, answer)];
        let mut other = None;
        while count < BATCH_MAX && other.is_none() {
            match jobs.try_recv() {
                Ok(Job::Commands(submissions, answer)) => {
                    count += submissions.len();
                    pushes.push((submissions, answer));
                }
                Ok(job) => other = Some(job),
                Err(_) => break,
            }
        }
        let rulings = self.settle(&pushes);
        // Whoever is answered sees the head already.
        self.publish();
        for ((_, answer), rulings) in pushes.into_iter().zip(rulings) {
            answer(rulings);
        }
        other
    }

    fn settle(&mut self, pushes: &[(Vec<Submission>, Answer)]) -> Vec<Rulings> {
        let now = self.clock.now();
        let all: Vec<&[Submission]> = pushes.iter().map(|(submissions, _)| submissions.as_slice()).collect();
        let together = contained(|| {
            self.store.write(now, |writing| {
                all.iter()
                    .map(|push| push.iter().map(|submission| writing.settle_command(submission)).collect())
                    .collect::<Result<Vec<Vec<Ruling>>, Error>>()
            })
        });
        match together {
            Some(Ok(rulings)) => rulings.into_iter().map(|push| push.into_iter().map(Ok).collect()).collect(),
            Some(Err(_)) | None => all
                .iter()
                .map(|push| push.iter().map(|submission| self.settle_alone(submission)).collect())
                .collect(),
        }
    }

    /// One command in a transaction of its own, after its batch failed: it cannot hurt the others.
    fn settle_alone(&mut self, submission: &Submission) -> Result<Ruling, Fault> {
        let now = self.clock.now();
        match contained(|| self.store.write(now, |writing| writing.settle_command(submission))) {
            Some(settled) => Ok(settled?),
            None => Ok(self.store.write(now, |writing| writing.set_aside(submission))?),
        }
    }

    fn work(&mut self, work: Work) {
        match contained(|| work(&mut self.store, &self.clock)) {
            Some(tell) => {
                // Whoever is answered sees the head already.
                self.publish();
                tell();
            }
            None => tracing::error!("a piece of work on the store broke; it was undone"),
        }
    }

    fn publish(&self) {
        let setup = self.store.setup();
        self.setup.send_if_modified(|known| {
            let is_new = !Arc::ptr_eq(known, &setup);
            if is_new {
                *known = setup;
            }
            is_new
        });
        let seq = self.store.head().seq;
        self.head.send_if_modified(|known| std::mem::replace(known, seq) != seq);
    }
}

/// Runs it; `None` where it panicked. A transaction that was open is undone as it is dropped.
fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
