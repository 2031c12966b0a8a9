//! Who is on call (§3.5): rotas of people who take turns, with restrictions, overrides and temporary schedules.
//!
//! A [`Rota`] is configuration with a version; [`Roster::of`] makes it ready to answer who is on call at an
//! instant, and who hands over to whom in a stretch of time. Turns are counted on the wall clock of the rota's
//! zone, so that a hand-off at nine stays at nine when the clocks change.
//!
//! Three sentences decide every edge:
//! - A hand-off is at the *first* instant at which its wall time is shown; where that time is skipped, at the
//!   instant the gap ends. A turn that would have no length is left out.
//! - A restriction lasts from the first instant its opening is shown to the *last* instant its closing is
//!   shown: where a time comes twice people overlap rather than leave a gap.
//! - A temporary schedule replaces everything else while it lasts; overrides change the rotations only, all at
//!   once: what one adds, another does not take away.
//!
//! It knows nothing of incidents and escalates nothing (`escalation` does). Rotas count from 1970 to 2200;
//! outside nobody is on call.

mod gap;
mod restriction;
mod roster;
mod turns;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, RotaId, Span, Timestamp};

pub use gap::{Gap, gaps};
pub use roster::{Roster, Shift, Stretch, overridden};

/// Turns of the unit that one shift may last.
pub const SHIFT_LENGTH_MAX: u32 = 9_000;
/// Rotations, overrides and temporary schedules that one rota may list, each.
pub const ENTRIES_MAX: usize = 500;

/// Who is on call, as configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rota {
    /// The rota, over all its versions.
    pub id: RotaId,
    /// Rises with every change. Nothing is bound to a version: what was done names the people themselves.
    pub version: u32,
    /// Name on screen, such as "Network, nights".
    pub name: String,
    /// IANA name of the zone that its turns and restrictions are written in.
    pub zone: String,
    /// People who take turns; several rotations put several people on call at once.
    pub rotations: Vec<Rotation>,
    /// Single changes to the rotations.
    pub overrides: Vec<Override>,
    /// Stretches planned by hand, which replace the rotations.
    pub temporary: Vec<TemporarySchedule>,
}

/// People who take turns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// The unit that a shift is counted in.
    pub turn: Turn,
    /// Units that one shift lasts.
    pub length: u32,
    /// Wall time of the first hand-off, `2026-03-06T09:00:00`; turns are counted from it in both directions.
    pub starts: String,
    /// Who, in their order. One person alone is always on call.
    pub participants: Vec<PersonId>,
    /// The hours and days it covers; none is day and night.
    pub restrictions: Vec<Restriction>,
}

/// The unit of a shift, on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Hours.
    Hourly,
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Months; from the 31st it goes to the last day of shorter ones.
    Monthly,
}

/// Hours of some weekdays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Restriction {
    /// The days on which it begins.
    pub days: BTreeSet<Weekday>,
    /// Minute of the day it begins, from 0.
    pub from_minute: u16,
    /// Minute of the day it ends. Not later than the beginning means on the next day: 0 to 0 is a whole day.
    pub to_minute: u16,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days have their names")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// A change to who is on call by turns, for a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// From when.
    pub from: Timestamp,
    /// Until when; that instant does not belong to it.
    pub to: Timestamp,
    /// Who comes in. With somebody to remove as well: only in their place, while they are on call.
    pub add: Option<PersonId>,
    /// Who goes out.
    pub remove: Option<PersonId>,
}

/// A stretch planned by hand: only its own shifts count while it lasts, and its holes are gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TemporarySchedule {
    /// From when.
    pub from: Timestamp,
    /// Until when; that instant does not belong to it.
    pub to: Timestamp,
    /// Who is on call in it, and when.
    pub shifts: Vec<FixedShift>,
}

/// One person's shift in a temporary schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FixedShift {
    /// Who.
    pub person: PersonId,
    /// From when.
    pub from: Timestamp,
    /// Until when; that instant does not belong to it.
    pub to: Timestamp,
}

impl Rota {
    /// Everybody it names.
    pub fn people(&self) -> BTreeSet<PersonId> {
        let turns = self.rotations.iter().flat_map(|rotation| rotation.participants.iter().copied());
        let changes = self.overrides.iter().flat_map(|change| change.add.into_iter().chain(change.remove));
        let fixed = self.temporary.iter().flat_map(|plan| plan.shifts.iter().map(|shift| shift.person));
        turns.chain(changes).chain(fixed).collect()
    }

    /// Everybody whom it may put on call from an instant on: those who take turns, and those whom changes that are not
    /// over bring in.
    pub(crate) fn to_come(&self, at: Timestamp) -> BTreeSet<PersonId> {
        let turns = self.rotations.iter().flat_map(|rotation| rotation.participants.iter().copied());
        let changes = self.overrides.iter().filter(|change| at < change.to).filter_map(|change| change.add);
        let shifts = self.temporary.iter().flat_map(|plan| &plan.shifts).filter(|shift| at < shift.to);
        turns.chain(changes).chain(shifts.map(|shift| shift.person)).collect()
    }

    /// What is wrong with it, in words for the person who writes it; the zone and the wall times are checked
    /// by [`Roster::of`].
    pub(crate) fn fault(&self) -> Option<(&'static str, String)> {
        if self.rotations.is_empty() && self.temporary.is_empty() {
            return Some(("rotations", "a rota of nobody puts nobody on call".to_owned()));
        }
        if [self.rotations.len(), self.overrides.len(), self.temporary.len()].iter().max()
            > Some(&ENTRIES_MAX)
        {
            return Some(("rotations", format!("a rota can list at most {ENTRIES_MAX} of a kind")));
        }
        for rotation in &self.rotations {
            if rotation.participants.is_empty() {
                return Some(("participants", "a rotation of nobody puts nobody on call".to_owned()));
            }
            if !(1..=SHIFT_LENGTH_MAX).contains(&rotation.length) {
                return Some(("length", format!("a shift lasts 1 to {SHIFT_LENGTH_MAX} units")));
            }
            let day = crate::calendar::DAY_END_MINUTE;
            if rotation.restrictions.iter().any(|hours| hours.from_minute >= day || hours.to_minute > day) {
                return Some(("restrictions", "a day has 1440 minutes".to_owned()));
            }
        }
        let changes = self.overrides.iter().map(|change| Span { from: change.from, to: change.to });
        let plans = self.temporary.iter().map(|plan| Span { from: plan.from, to: plan.to });
        let fixed = self.temporary.iter().flat_map(|plan| &plan.shifts);
        let fixed = fixed.map(|shift| Span { from: shift.from, to: shift.to });
        if changes.chain(plans).chain(fixed).any(|span| span.to <= span.from) {
            return Some(("to", "a stretch ends later than it begins".to_owned()));
        }
        None
    }
}
