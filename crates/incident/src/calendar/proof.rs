//! The proof of a clock: the open stretches it ran or stood still in, as the wall clock showed them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pauses::from_start;
use super::{Index, Local};
use crate::{Span, Timestamp};

/// One line of a proof. Closed time has no line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Segment {
    /// Its instants.
    pub span: Span,
    /// Whether the clock ran.
    pub counting: Counting,
    /// Milliseconds the clock gained in it.
    #[ts(type = "number")]
    pub counted_ms: i64,
    /// Milliseconds the clock had at its end.
    #[ts(type = "number")]
    pub total_ms: i64,
    /// Its beginning on the wall.
    pub from: Local,
    /// Its end on the wall.
    pub to: Local,
}

/// What a clock does during an open stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// It runs.
    Running,
    /// It stands still: the service was open, but the agreement's pause was on.
    Paused,
}

impl Index {
    /// The open stretches from `start` to `end`, split where a pause begins or ends; at most `limit` of them.
    /// The running ones add up to [`Index::elapsed`].
    pub fn segments(&self, start: Timestamp, end: Timestamp, pauses: &[Span], limit: usize) -> Vec<Segment> {
        let mut pauses = from_start(pauses, start.millis()).into_iter().peekable();
        let (mut segments, mut total) = (Vec::new(), 0_i64);
        let (mut at, end) = (start.millis(), end.millis());
        while segments.len() < limit {
            let Some((from, to)) = self.stretch_after(at, end) else { break };
            while pauses.next_if(|pause| pause.1 <= from).is_some() {}
            let (counting, to) = match pauses.peek() {
                Some(pause) if pause.0 <= from => (Counting::Paused, to.min(pause.1)),
                Some(pause) => (Counting::Running, to.min(pause.0)),
                None => (Counting::Running, to),
            };
            let counted_ms = match counting {
                Counting::Running => to.saturating_sub(from),
                Counting::Paused => 0,
            };
            total = total.saturating_add(counted_ms);
            segments.push(self.segment(from, to, counting, counted_ms, total));
            at = to;
        }
        segments
    }

    fn segment(&self, from: i64, to: i64, counting: Counting, counted_ms: i64, total_ms: i64) -> Segment {
        let span = Span { from: Timestamp::from_millis(from), to: Timestamp::from_millis(to) };
        let (from, to) = (self.local(span.from), self.local(span.to));
        Segment { span, counting, counted_ms, total_ms, from, to }
    }
}
