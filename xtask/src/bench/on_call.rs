//! How long it takes to say who is on call in every hour of a year, in two hundred rotas.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use incident::on_call::{Restriction, Roster, Rota, Rotation, Turn, Weekday};
use incident::time::MINUTE;
use incident::{PersonId, RotaId, Timestamp};

const ROTAS: u32 = 200;
const HOURS: i64 = 8_760;
const ZONES: [&str; 5] =
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"];

/// Seconds for a year of all rotas, hour by hour.
#[expect(clippy::disallowed_methods, reason = "a bench measures elapsed time")]
pub(crate) fn year_seconds() -> f64 {
    let rosters: Vec<Roster> = (0..ROTAS).filter_map(|number| Roster::of(&rota(number)).ok()).collect();
    assert_eq!(rosters.len(), ROTAS as usize, "the rotas of this bench are good ones");
    let new_year = Timestamp::from_millis(1_767_225_600_000);
    let begun = Instant::now();
    for roster in &rosters {
        for hour in 0..HOURS {
            black_box(roster.at(new_year.plus_millis(black_box(hour) * 60 * MINUTE)));
        }
    }
    begun.elapsed().as_secs_f64()
}

/// Office hours by day and by week, nights and weekends by turns of their own.
fn rota(number: u32) -> Rota {
    let person = |place: u32| format!("00000000-0000-7000-9000-{:012x}", number * 16 + place).parse();
    let participants: Vec<PersonId> = (0..6).filter_map(|place| person(place).ok()).collect();
    let rotation = |turn, from_minute, to_minute, days: &[Weekday]| Rotation {
        turn,
        length: 1 + number % 3,
        starts: "2025-01-06T09:00:00".to_owned(),
        participants: participants.clone(),
        restrictions: vec![Restriction {
            days: days.iter().copied().collect::<BTreeSet<_>>(),
            from_minute,
            to_minute,
        }],
    };
    let (office, weekend) = Weekday::ALL.split_at(5);
    let id: Result<RotaId, _> = format!("00000000-0000-7000-a000-{number:012x}").parse();
    let Ok(id) = id else { unreachable!("a number is an id") };
    Rota {
        id,
        version: 1,
        name: "Bench".to_owned(),
        zone: ZONES[number as usize % ZONES.len()].to_owned(),
        rotations: vec![
            rotation(Turn::Daily, 9 * 60, 17 * 60, office),
            rotation(Turn::Weekly, 17 * 60, 9 * 60, office),
            rotation(Turn::Monthly, 0, 0, weekend),
        ],
        overrides: Vec::new(),
        temporary: Vec::new(),
    }
}
