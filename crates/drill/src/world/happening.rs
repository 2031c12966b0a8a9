//! What can happen next, and when: one queue, ordered by time and then by when it was planned.

use std::collections::BTreeMap;

use incident::Timestamp;
use protocol::{Fault, Frame, PullRequest, PushReply, PushRequest};

use super::model::Sight;

/// A message to the server.
#[derive(Debug, Clone)]
pub(super) enum Up {
    /// What time is it there? Asked at.
    Time(Timestamp),
    /// Open a stream.
    Listen(PullRequest),
    /// Commands; which push of this desk it is.
    Push(u32, PushRequest),
}

/// A message to a desk.
#[derive(Debug, Clone)]
pub(super) enum Down {
    /// Asked at, the server's time.
    Time(Timestamp, Timestamp),
    /// A frame, and what the person sees there.
    Frame(Box<Frame>, Option<Sight>),
    /// The stream ends with a fault.
    Ended(Fault),
    /// The stream lives.
    Beat,
    /// The answer to a push.
    Pushed(u32, Result<PushReply, Fault>),
}

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) enum Happening {
    /// The next thing of the story: a deed or a fault.
    Op,
    /// A message reaches the server; from which life of which desk's line.
    Reaches(usize, u32, Up),
    /// A message reaches a desk.
    Returns(usize, u32, Down),
    /// A desk tries its line.
    Connect(usize, u32),
    /// Something should have been heard by now.
    Silence(usize, u32),
    /// The answer to a push should be here.
    PushOverdue(usize, u32, u32),
    /// The outbox may have something due.
    Send(usize, u32),
    /// The server looks at its deadlines.
    Attend,
    /// Streams show that they live.
    Beat,
    /// A desk that went down comes back.
    DeskBack(usize),
    /// The server comes back.
    ServerBack,
    /// Faults stop, people go home.
    Calm,
    /// Every outbox must be empty.
    Emptied,
    /// Every cursor must be at the head.
    Level,
}

/// What is planned.
#[derive(Debug, Default)]
pub(super) struct Plan {
    queue: BTreeMap<(i64, u64), Happening>,
    planned: u64,
}

impl Plan {
    /// Plans it.
    pub(super) fn at(&mut self, millis: i64, happening: Happening) {
        self.planned += 1;
        self.queue.insert((millis, self.planned), happening);
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> Option<(i64, Happening)> {
        self.queue.pop_first().map(|((millis, _), happening)| (millis, happening))
    }
}
