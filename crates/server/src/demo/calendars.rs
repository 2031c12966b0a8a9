//! The calendars of the demo: day and night, office weeks with holidays and half days, a split day, a night
//! shift.

use std::collections::{BTreeMap, BTreeSet};

use incident::Setting;
use incident::calendar::{Calendar, CalendarId, DAY_END_MINUTE, Date, Hours, Opening};

use super::script::named;

/// A calendar of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    RoundTheClock,
    BerlinOffice,
    ClinicHours,
    KolkataOffice,
    KolkataNight,
    ChicagoOffice,
}

impl Kept {
    const ALL: [Self; 6] = [
        Self::RoundTheClock,
        Self::BerlinOffice,
        Self::ClinicHours,
        Self::KolkataOffice,
        Self::KolkataNight,
        Self::ChicagoOffice,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::RoundTheClock => "Round the clock",
            Self::BerlinOffice => "Berlin office",
            Self::ClinicHours => "Clinic hours",
            Self::KolkataOffice => "Kolkata office",
            Self::KolkataNight => "Kolkata night shift",
            Self::ChicagoOffice => "Chicago office",
        }
    }

    const fn zone(self) -> &'static str {
        match self {
            Self::RoundTheClock => "UTC",
            Self::BerlinOffice => "Europe/Berlin",
            Self::ClinicHours => "Europe/London",
            Self::KolkataOffice | Self::KolkataNight => "Asia/Kolkata",
            Self::ChicagoOffice => "America/Chicago",
        }
    }

    pub(super) fn id(self) -> CalendarId {
        CalendarId(named("calendar", self.name()))
    }

    fn hours(self) -> Hours {
        match self {
            Self::RoundTheClock => Hours::Always,
            Self::BerlinOffice => {
                let half = [opening(8, 12)];
                weekly(office(opening(8, 18)), BERLIN, HALF_DAYS_BERLIN, &half)
            }
            Self::ClinicHours => {
                let split = vec![opening(8, 12), opening(13, 18)];
                let saturday = vec![opening(9, 12)];
                let mut week: [Vec<Opening>; 7] = std::array::from_fn(|_| split.clone());
                (week[5], week[6]) = (saturday, Vec::new());
                weekly(week, ENGLAND, HALF_DAYS_ENGLAND, &[opening(8, 12)])
            }
            Self::KolkataOffice => {
                let mut week = office(opening(9, 18));
                week[5] = vec![opening(9, 14)];
                weekly(week, INDIA, &[], &[])
            }
            Self::KolkataNight => {
                let night = vec![opening(0, 6), opening(22, 24)];
                weekly(std::array::from_fn(|_| night.clone()), &[], &[], &[])
            }
            Self::ChicagoOffice => {
                weekly(office(opening(7, 19)), UNITED_STATES, HALF_DAYS_CHICAGO, &[opening(7, 13)])
            }
        }
    }
}

/// A date as one number: 20261231 is the last day of 2026.
type Day = i32;

const BERLIN: &[Day] = &[
    20260101, 20260308, 20260403, 20260406, 20260501, 20260514, 20260525, 20261003, 20261225, 20261226,
    20270101, 20270308, 20270326, 20270329, 20270501, 20270506, 20270517, 20271003, 20271225, 20271226,
];
const HALF_DAYS_BERLIN: &[Day] = &[20261224, 20261231, 20271224, 20271231];

const ENGLAND: &[Day] = &[
    20260101, 20260403, 20260406, 20260504, 20260525, 20260831, 20261225, 20261228, 20270101, 20270326,
    20270329, 20270503, 20270531, 20270830, 20271227, 20271228,
];
const HALF_DAYS_ENGLAND: &[Day] = &[20261224, 20271224];

const INDIA: &[Day] = &[20260126, 20260815, 20261002, 20261225, 20270126, 20270815, 20271002, 20271225];

const UNITED_STATES: &[Day] = &[
    20260101, 20260119, 20260216, 20260525, 20260619, 20260703, 20260907, 20261012, 20261111, 20261126,
    20261225, 20270101, 20270118, 20270215, 20270531, 20270618, 20270705, 20270906, 20271011, 20271111,
    20271125, 20271224,
];
const HALF_DAYS_CHICAGO: &[Day] = &[20261127, 20261224, 20271126, 20271223];

/// From one full hour to another.
const fn opening(from: u16, to: u16) -> Opening {
    let to_minute = if to == 24 { DAY_END_MINUTE } else { to * 60 };
    Opening { from_minute: from * 60, to_minute }
}

/// Monday to Friday.
fn office(hours: Opening) -> [Vec<Opening>; 7] {
    std::array::from_fn(|day| if day < 5 { vec![hours] } else { Vec::new() })
}

fn date(day: Day) -> Option<Date> {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn weekly(week: [Vec<Opening>; 7], holidays: &[Day], half_days: &[Day], half: &[Opening]) -> Hours {
    let dates = |days: &[Day]| -> BTreeSet<Date> { days.iter().filter_map(|&day| date(day)).collect() };
    let special: BTreeMap<_, _> = dates(half_days).into_iter().map(|date| (date, half.to_vec())).collect();
    Hours::Weekly { week, holidays: dates(holidays), special }
}

/// All calendars, as configuration.
pub(super) fn calendars() -> impl Iterator<Item = Setting> {
    Kept::ALL.into_iter().map(|kept| {
        let (name, zone) = (kept.name().into(), kept.zone().into());
        Setting::Calendar(Calendar { id: kept.id(), name, zone, hours: kept.hours(), version: 1 })
    })
}
