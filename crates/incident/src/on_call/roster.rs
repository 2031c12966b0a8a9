//! A rota made ready to answer: who is on call at an instant, and in a stretch of time.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::turns::Turns;
use super::{Override, Restriction, Rota, TemporarySchedule};
use crate::calendar::{CalendarError, DAY, Offsets, zone_named};
use crate::{PersonId, Timestamp};

/// The end of every rota, 2200-01-01T00:00:00Z.
const HORIZON: i64 = 84_006 * DAY;

/// A rota made ready: immutable, a few kilobytes, shared between threads.
#[derive(Debug)]
pub struct Roster {
    offsets: Offsets,
    rotations: Vec<Taking>,
    overrides: Vec<Override>,
    temporary: Vec<TemporarySchedule>,
}

/// One rotation, ready.
#[derive(Debug)]
struct Taking {
    turns: Turns,
    participants: Vec<PersonId>,
    restrictions: Vec<Restriction>,
}

/// A stretch of time in which the same people are on call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stretch {
    /// First instant.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Who; nobody is a gap.
    pub people: BTreeSet<PersonId>,
}

/// A stretch of time in which one person is on call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Shift {
    /// Who.
    pub person: PersonId,
    /// First instant, or that of the window that was asked for.
    pub from: Timestamp,
    /// First instant after, or the end of the window.
    pub to: Timestamp,
    /// Whether the person is on call beyond the window.
    pub goes_on: bool,
}

impl Roster {
    /// Prepares a rota; refuses a zone that is not known and a start that is no wall time.
    pub fn of(rota: &Rota) -> Result<Self, CalendarError> {
        let zone = zone_named(&rota.zone)?;
        let rotations = rota.rotations.iter().map(|rotation| {
            Ok(Taking {
                turns: Turns::of(rotation)?,
                participants: rotation.participants.clone(),
                restrictions: rotation.restrictions.clone(),
            })
        });
        Ok(Self {
            rotations: rotations.collect::<Result<_, _>>()?,
            offsets: Offsets::between(&zone, -2 * DAY, HORIZON + 2 * DAY),
            overrides: rota.overrides.clone(),
            temporary: rota.temporary.clone(),
        })
    }

    /// Who is on call at an instant.
    pub fn at(&self, at: Timestamp) -> BTreeSet<PersonId> {
        if !(0..HORIZON).contains(&at.millis()) {
            return BTreeSet::new();
        }
        let mut plans = self.temporary.iter().filter(|plan| (plan.from..plan.to).contains(&at)).peekable();
        if plans.peek().is_some() {
            let shifts = plans.flat_map(|plan| &plan.shifts);
            return shifts
                .filter(|shift| (shift.from..shift.to).contains(&at))
                .map(|shift| shift.person)
                .collect();
        }
        let by_turns =
            self.rotations.iter().filter_map(|taking| taking.at(&self.offsets, at.millis())).collect();
        let in_force = self.overrides.iter().filter(|change| (change.from..change.to).contains(&at));
        overridden(by_turns, in_force)
    }

    /// Who is on call from one instant to another, stretch by stretch, without a hole between them.
    pub fn stretches(&self, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
        let mut all: Vec<Stretch> = Vec::new();
        for at in self.changes(from, to) {
            let people = self.at(at);
            match all.last_mut() {
                Some(last) if last.people == people => {}
                last => {
                    if let Some(last) = last {
                        last.to = at;
                    }
                    all.push(Stretch { from: at, to, people });
                }
            }
        }
        all
    }

    /// The same, person by person, by their beginning and then by person.
    pub fn shifts(&self, from: Timestamp, to: Timestamp) -> Vec<Shift> {
        let mut all: Vec<Shift> = Vec::new();
        for Stretch { from, to, people } in self.stretches(from, to) {
            for person in people {
                match all.iter_mut().rev().find(|shift| shift.person == person && shift.to == from) {
                    Some(shift) => shift.to = to,
                    None => all.push(Shift { person, from, to, goes_on: false }),
                }
            }
        }
        let beyond = self.at(to);
        for shift in all.iter_mut().filter(|shift| shift.to == to) {
            shift.goes_on = beyond.contains(&shift.person);
        }
        all.sort_by_key(|shift| (shift.from, shift.person));
        all
    }

    /// The hand-offs of its rotations around a stretch: from the one that began the turn at its first instant
    /// to the one that ends the turn at its last.
    pub fn handoffs(&self, from: Timestamp, to: Timestamp) -> BTreeSet<Timestamp> {
        let held = |at: Timestamp| at.millis().clamp(0, HORIZON);
        let mut all = BTreeSet::new();
        for taking in &self.rotations {
            let number = |at| taking.turns.number(&self.offsets, at);
            let numbers = number(held(from))..=number(held(to)) + 1;
            all.extend(numbers.map(|n| Timestamp::from_millis(taking.turns.handoff(&self.offsets, n))));
        }
        all
    }

    /// Every instant in a stretch at which somebody may come or go; the first is its beginning.
    fn changes(&self, from: Timestamp, to: Timestamp) -> BTreeSet<Timestamp> {
        let from = Timestamp::from_millis(from.millis().clamp(0, HORIZON));
        let to = Timestamp::from_millis(to.millis().clamp(0, HORIZON));
        let mut all = self.handoffs(from, to);
        for hours in self.rotations.iter().flat_map(|taking| &taking.restrictions) {
            for day in from.millis().div_euclid(DAY) - 2..=to.millis().div_euclid(DAY) + 2 {
                let edges = hours.stretch(&self.offsets, day).into_iter();
                all.extend(edges.flat_map(|(from, to)| [from, to]).map(Timestamp::from_millis));
            }
        }
        all.extend(self.overrides.iter().flat_map(|change| [change.from, change.to]));
        for plan in &self.temporary {
            all.extend([plan.from, plan.to]);
            all.extend(plan.shifts.iter().flat_map(|shift| [shift.from, shift.to]));
        }
        all.insert(from);
        all.retain(|at| (from..to).contains(at));
        all
    }
}

impl Taking {
    /// Whose turn it is; nobody's outside of its hours.
    fn at(&self, offsets: &Offsets, at: i64) -> Option<PersonId> {
        if !self.restrictions.is_empty() && !self.restrictions.iter().any(|hours| hours.covers(offsets, at)) {
            return None;
        }
        let count = i64::try_from(self.participants.len()).ok().filter(|count| *count > 0)?;
        let place = if count == 1 { 0 } else { self.turns.number(offsets, at).rem_euclid(count) };
        self.participants.get(usize::try_from(place).ok()?).copied()
    }
}

/// People on call by turns, as overrides that are in force change them.
pub fn overridden<'a>(
    by_turns: BTreeSet<PersonId>,
    in_force: impl Iterator<Item = &'a Override>,
) -> BTreeSet<PersonId> {
    let (mut added, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for change in in_force {
        let stands = change.remove.is_none_or(|person| by_turns.contains(&person));
        added.extend(change.add.filter(|_| stands));
        gone.extend(change.remove);
    }
    by_turns.into_iter().filter(|person| !gone.contains(person)).chain(added).collect()
}
