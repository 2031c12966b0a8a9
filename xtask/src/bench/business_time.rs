//! How many deadlines one core computes in a second, on a calendar with lunch breaks and holidays.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use incident::Timestamp;
use incident::calendar::{Calendar, CalendarId, Date, Due, Hours, Index, Opening};
use incident::time::MINUTE;

/// Deadlines computed for one measure.
const DEADLINES: usize = 4_000_000;

/// Deadlines per second, without pauses.
#[expect(clippy::disallowed_methods, reason = "a bench measures elapsed time")]
pub(crate) fn due_per_second() -> f64 {
    let Ok(index) = Index::compile(&office()) else {
        unreachable!("the calendar of this bench is a good one");
    };
    let clocks = clocks();
    let begun = Instant::now();
    let mut found = 0_usize;
    for (start, budget_ms) in clocks.iter().cycle().take(DEADLINES) {
        if let Due::At(at) = index.due(black_box(*start), black_box(*budget_ms), &[]) {
            black_box(at);
            found += 1;
        }
    }
    found as f64 / begun.elapsed().as_secs_f64()
}

/// New York, Monday to Friday with a lunch break, ten holidays in each of twenty years.
pub(super) fn office() -> Calendar {
    let openings = [(8 * 60 + 30, 12 * 60), (13 * 60, 17 * 60 + 45)]
        .map(|(from, to)| Opening { from_minute: from, to_minute: to });
    let week = std::array::from_fn(|day| if day < 5 { openings.to_vec() } else { Vec::new() });
    let dates = [(1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 3), (9, 7), (10, 12), (11, 26), (12, 25)];
    let holidays = (2020..2040)
        .flat_map(|year| dates.map(|(month, day)| Date::new(year, month, day)))
        .flatten()
        .collect();
    Calendar {
        id: CalendarId::UNKEPT,
        name: "Office".to_owned(),
        zone: "America/New_York".to_owned(),
        hours: Hours::Weekly { week, holidays, special: BTreeMap::new() },
        version: 1,
    }
}

/// Starts scattered over 2020 to 2035, and budgets from minutes to two weeks: nothing the branch predictor can learn.
fn clocks() -> Vec<(Timestamp, i64)> {
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as i64
    };
    let year_2020 = 1_577_836_800_000;
    (0..65_536)
        .map(|_| {
            let start = year_2020 + random(15 * 365 * 1_440) * MINUTE + random(60_000);
            (Timestamp::from_millis(start), (random(80 * 60) + 1) * MINUTE)
        })
        .collect()
}
