//! The rhythm in which records are reviewed (§4.1), from the first number that the house set to now: what came too late
//! stays too late, whatever came after it.
//!
//! The time to the next one lasts as long as was said when it began to run (decision 100), and ends where the house
//! takes its number back. It reads the numbers and the samples alone, and judges nothing.

use super::Evidence;
use super::premises::Premises;
use crate::oversight::{DAY, Oversight};
use crate::{Span, Timestamp};

/// Something that keeps the rhythm.
pub(super) struct Kept {
    /// When it came.
    pub(super) at: Timestamp,
    /// From when the time to the next one runs.
    pub(super) next_from: Timestamp,
    /// The entry that shows it.
    pub(super) shown: Evidence,
}

/// A time within which the next one is to come.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    from: Timestamp,
    /// Its end.
    pub(super) due: Timestamp,
    /// How many days the house said.
    pub(super) days: u32,
    /// From when on it said so.
    pub(super) said_at: Timestamp,
}

/// A stretch that passed without one.
pub(super) struct Lapse {
    pub(super) stretch: Stretch,
    /// From its end to the one that came, or to now.
    pub(super) late: Span,
    /// The one before, and the one that came too late.
    pub(super) around: Vec<Evidence>,
}

/// All of it.
pub(super) struct Rhythm {
    /// The stretches that passed, oldest first.
    pub(super) lapses: Vec<Lapse>,
    /// The one that runs; none where no number is in force.
    pub(super) runs: Option<Stretch>,
}

/// Walks it, where one is due every `times` as many days as the house says.
pub(super) fn walk(house: &Premises<'_>, all: &[Kept], times: i64) -> Rhythm {
    let stretch = |from: Timestamp| {
        let rules = Oversight::at(house.setup, from);
        let days = rules.sampling.every_days?;
        let due = from.plus_millis(times * i64::from(days) * DAY);
        Some(Stretch { from, due, days, said_at: rules.effective_from })
    };
    // Only the first numbers may be dated back, to before there was a desk: what comes first is not late by them.
    let dated_back = house.setup.oversight.values().map(|version| version.effective_from).min();
    let (mut lapses, mut runs, mut last) = (Vec::new(), None::<Stretch>, None::<&Kept>);
    for (at, kept) in turns(house, all) {
        let next = match kept {
            None if stretch(at).is_some() && runs.is_some() => continue,
            None => stretch(at),
            Some(kept) => match stretch(kept.next_from) {
                Some(next) if runs.is_some_and(|ran| ran.from <= next.from) => Some(next),
                Some(_) | None => continue,
            },
        };
        let ended = runs.filter(|ran| ran.due < at && (last.is_some() || Some(ran.from) != dated_back));
        lapses.extend(ended.map(|ran| lapse(ran, at, last, kept)));
        (runs, last) = (next, kept.or(last));
    }
    lapses.extend(runs.filter(|ran| ran.due < house.now).map(|ran| lapse(ran, house.now, last, None)));
    Rhythm { lapses, runs }
}

/// Every instant at which the numbers changed or one came, oldest first; what comes with a new number is under it.
fn turns<'a>(house: &Premises<'_>, all: &'a [Kept]) -> Vec<(Timestamp, Option<&'a Kept>)> {
    let said = house.setup.oversight.values().map(|version| (version.effective_from, None));
    let came = all.iter().map(|kept| (kept.at, Some(kept)));
    let mut turns: Vec<_> = said.chain(came).filter(|(at, _)| *at <= house.now).collect();
    turns.sort_by_key(|(at, kept)| (*at, kept.is_some()));
    turns
}

fn lapse(stretch: Stretch, to: Timestamp, before: Option<&Kept>, after: Option<&Kept>) -> Lapse {
    let around = before.into_iter().chain(after).map(|kept| kept.shown.clone()).collect();
    Lapse { stretch, late: Span { from: stretch.due, to }, around }
}
