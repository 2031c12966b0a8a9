//! A weekly calendar laid out from 1970 to 2200: a few hundred runs, each closed, open or a repeating week.
//!
//! Between two days on which something is special (the wall clock moves, a holiday, hours of its own) the week
//! repeats exactly, so one run stands for months. Two binary searches answer any question; nothing is stepped
//! through, and memory grows with the exceptions, not with the years.

use std::collections::{BTreeMap, BTreeSet};

use super::Opening;
use super::pauses::union;
use super::week::{DAY, Week, weekday};
use super::zone::Offsets;
use crate::time::MINUTE;

/// The local day before 1970-01-01, so that every zone has begun by the epoch.
pub(super) const FIRST_DAY: i64 = -1;
/// 2200-01-01, counted from 1970-01-01: the horizon.
pub(super) const END_DAY: i64 = 84_006;

/// Open time as a function of the instant, and back.
pub(super) struct Timeline {
    /// First instant of each run; the last run is closed and never ends.
    starts: Vec<i64>,
    /// Open milliseconds before each run.
    before: Vec<i64>,
    shapes: Vec<Shape>,
    week: Week,
}

#[derive(Clone, Copy)]
enum Shape {
    Closed,
    Open,
    /// `origin` is a local Monday 00:00; open time before an instant is `base` plus that of the week.
    Weekly {
        origin: i64,
        base: i64,
    },
}

/// What the days of a calendar are like; openings must have been checked.
pub(super) struct Days<'a> {
    pub(super) week: &'a [Vec<Opening>; 7],
    /// Days that differ, counted from 1970-01-01; a holiday has no opening.
    pub(super) own: BTreeMap<i64, &'a [Opening]>,
}

impl Days<'_> {
    fn openings(&self, day: i64) -> &[Opening] {
        self.own.get(&day).copied().unwrap_or(&self.week[weekday(day)])
    }
}

impl Timeline {
    pub(super) fn new(days: &Days<'_>, offsets: &Offsets) -> Self {
        let mut timeline =
            Self { starts: Vec::new(), before: Vec::new(), shapes: Vec::new(), week: Week::new(days.week) };
        let mut single: BTreeSet<i64> = offsets.days_with_change().chain(days.own.keys().copied()).collect();
        single.retain(|day| (FIRST_DAY..END_DAY).contains(day));
        let mut next = FIRST_DAY;
        let mut open = 0;
        let mut single = single.into_iter().peekable();
        while let Some(first) = single.next() {
            open = timeline.push_weeks(next, first, offsets, open);
            let mut last = first;
            while let Some(day) = single.next_if_eq(&(last + 1)) {
                last = day;
            }
            next = last + 1;
            open = timeline.push_days(first, next, days, offsets, open);
        }
        open = timeline.push_weeks(next, END_DAY, offsets, open);
        timeline.push(offsets.first(END_DAY * DAY), open, Shape::Closed);
        timeline
    }

    /// Adds regular days, on none of which the wall clock moves.
    fn push_weeks(&mut self, day: i64, end: i64, offsets: &Offsets, open: i64) -> i64 {
        if day >= end {
            return open;
        }
        let (from, to) = (offsets.first(day * DAY), offsets.first(end * DAY));
        if self.week.is_closed() {
            self.push(from, open, Shape::Closed);
            return open;
        }
        if self.week.is_always_open() {
            self.push(from, open, Shape::Open);
            return open + (to - from);
        }
        // 1970-01-05 was a Monday.
        let origin = 4 * DAY - offsets.at(from);
        let base = open - self.week.before(from - origin);
        self.push(from, open, Shape::Weekly { origin, base });
        base + self.week.before(to - origin)
    }

    /// Adds days one by one, each with its own openings and whatever the wall clock did.
    fn push_days(&mut self, day: i64, end: i64, days: &Days<'_>, offsets: &Offsets, mut open: i64) -> i64 {
        let (begin, close) = (offsets.first(day * DAY), offsets.first(end * DAY));
        let mut spans = Vec::new();
        for day in day..end {
            for opening in days.openings(day) {
                let (from, to) = stretch(day, *opening, offsets);
                spans.push((from.max(begin), to.min(close)));
            }
        }
        let mut cursor = begin;
        for (from, to) in union(spans) {
            if cursor < from {
                self.push(cursor, open, Shape::Closed);
            }
            self.push(from, open, Shape::Open);
            open += to - from;
            cursor = to;
        }
        if cursor < close {
            self.push(cursor, open, Shape::Closed);
        }
        open
    }

    fn push(&mut self, start: i64, open: i64, shape: Shape) {
        self.starts.push(start);
        self.before.push(open);
        self.shapes.push(shape);
    }

    /// Open milliseconds before an instant.
    pub(super) fn open_before(&self, at: i64) -> i64 {
        let Some(run) = self.starts.partition_point(|start| *start <= at).checked_sub(1) else {
            return 0;
        };
        match self.shapes[run] {
            Shape::Closed => self.before[run],
            Shape::Open => self.before[run] + (at - self.starts[run]),
            Shape::Weekly { origin, base } => base + self.week.before(at - origin),
        }
    }

    /// The earliest instant before which `open` milliseconds were open; `open` is at least 1.
    /// `None` where the calendar never reaches it.
    pub(super) fn reaching(&self, open: i64) -> Option<i64> {
        if self.before.last().is_none_or(|total| *total < open) {
            return None;
        }
        let run = self.before.partition_point(|before| *before < open).checked_sub(1)?;
        match self.shapes[run] {
            Shape::Closed => None,
            Shape::Open => Some(self.starts[run] + (open - self.before[run])),
            Shape::Weekly { origin, base } => Some(origin + self.week.reaching(open - base)),
        }
    }

    /// The first open stretch that ends after `at`, cut to begin at `at` and to end at `end`.
    pub(super) fn stretch_after(&self, at: i64, end: i64) -> Option<(i64, i64)> {
        let from = self.reaching(self.open_before(at) + 1)? - 1;
        let mut to = from;
        // Runs that touch are one stretch: a night over a holiday's midnight, or the end of a week.
        loop {
            let closing = self.closing(to);
            if closing == to || to >= end {
                break;
            }
            to = closing;
        }
        (from < end).then_some((from, to.min(end)))
    }

    /// When the run or the week's stretch that is open at `at` ends; `at` itself where it is closed.
    fn closing(&self, at: i64) -> i64 {
        let Some(run) = self.starts.partition_point(|start| *start <= at).checked_sub(1) else {
            return at;
        };
        let run_end = self.starts.get(run + 1).copied().unwrap_or(i64::MAX);
        match self.shapes[run] {
            Shape::Closed => at,
            Shape::Open => run_end,
            Shape::Weekly { origin, .. } => (origin + self.week.closing(at - origin)).min(run_end),
        }
    }
}

/// The instants of one opening: from the first time its opening is shown to the last time its closing is.
fn stretch(day: i64, opening: Opening, offsets: &Offsets) -> (i64, i64) {
    let wall = |minute: u16| day * DAY + i64::from(minute) * MINUTE;
    let to = match opening.to_minute {
        super::DAY_END_MINUTE => offsets.day_end(wall(super::DAY_END_MINUTE)),
        minute => offsets.last(wall(minute)),
    };
    (offsets.first(wall(opening.from_minute)), to)
}
