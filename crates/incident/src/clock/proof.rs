//! "Why is it due then?": every stretch a clock counted or left out, and the versions it was counted by.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::basis::Basis;
use super::regime::regimes;
use super::trust::Marked;
use super::{LeftOut, Reading, read};
use crate::Timestamp;
use crate::agreement::{Agreement, ClockKind, ClockStart};
use crate::calendar::{Segment, tzdb_version};
use crate::exception::Granted;
use crate::log::Incident;
use crate::setup::{CompiledCalendar, Setup};

/// A clock with everything that it was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proof {
    /// The reading that is proved.
    pub reading: Reading,
    /// The agreement's name, reference and version.
    pub agreement: String,
    /// The calendar's name, zone and version.
    pub calendar: String,
    /// The zone rules' version.
    pub tzdb: String,
    /// The stamp it starts from, with its source and bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub start: Option<Marked>,
    /// What a reopening does to it, in words.
    #[serde(default)]
    pub reopening: String,
    /// The stretches in order; bounded.
    pub segments: Vec<Segment>,
    /// What was left out, and why.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// The exceptions about this clock (§4.2).
    #[serde(default)]
    pub exceptions: Vec<Granted>,
    /// Open time counted so far, in milliseconds.
    #[ts(type = "number")]
    pub spent_ms: i64,
    /// Open time counted since the severity in force was set, in milliseconds.
    #[serde(default)]
    #[ts(type = "number")]
    pub since_severity_ms: i64,
    /// Open time promised, in milliseconds.
    #[ts(type = "number")]
    pub budget_ms: i64,
}

/// The versions that a verdict was counted by: with them it can be counted again, whatever is in force then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountedBy {
    /// The agreement's name, reference and version.
    pub agreement: String,
    /// The calendar's name, zone and version.
    pub calendar: String,
    /// The zone rules' version.
    pub tzdb: String,
}

/// What a promise that was broken at an instant was counted by: the versions in force then, whatever the incident is
/// bound to since. `None` where nothing was promised.
pub(crate) fn counted_by(
    incident: &Incident,
    setup: &Setup,
    kind: ClockKind,
    broken: Timestamp,
) -> Option<CountedBy> {
    let all = regimes(incident, setup);
    let regime = all.iter().rfind(|regime| regime.from <= broken)?;
    let (agreement, promise) = (regime.agreement?, regime.promise(incident, setup, kind).ok()?);
    Some(CountedBy::of(agreement, promise.calendar))
}

impl CountedBy {
    fn of(agreement: &Agreement, compiled: &CompiledCalendar) -> Self {
        let calendar = &compiled.calendar;
        Self {
            agreement: format!("{} {}, version {}", agreement.name, agreement.reference, agreement.version),
            calendar: format!("{} ({}), version {}", calendar.name, calendar.zone, calendar.version),
            tzdb: tzdb_version().to_owned(),
        }
    }
}

/// Stretches printed before a proof says that there are more.
const SEGMENTS_MAX: usize = 200;

/// The proof of a clock that has a target.
pub fn proof(incident: &Incident, setup: &Setup, kind: ClockKind, now: Timestamp) -> Option<Proof> {
    let reading = read(incident, setup, kind, now);
    let basis = Basis::of(incident, setup, kind, now);
    let agreement = basis.regime().agreement?;
    let promise = basis.promise().ok()?;
    let course = basis.course(agreement);
    let (compiled, reached) = (promise.calendar, basis.end);
    let end = reading.due.map_or(reached, |due| due.max(reached));
    let (index, excluded) = (&compiled.index, &course.excluded);
    let start = match agreement.terms.start {
        ClockStart::Logged => Marked::of_log(incident),
        ClockStart::Reported => Marked::of_report(incident),
    };
    let CountedBy { agreement: named, calendar, tzdb } = CountedBy::of(agreement, compiled);
    Some(Proof {
        agreement: named,
        calendar,
        tzdb,
        start: Some(start),
        reopening: agreement.terms.reopening.name().to_owned(),
        segments: index.segments(course.started(), end, excluded, SEGMENTS_MAX),
        left_out: basis.left_out(agreement),
        exceptions: incident
            .exceptions
            .iter()
            .filter(|granted| granted.clock == Some(kind))
            .cloned()
            .collect(),
        spent_ms: index.elapsed(course.started(), reached, excluded),
        since_severity_ms: index.elapsed(basis.regime().from.max(course.started()), reached, excluded),
        budget_ms: promise.target.budget_ms(),
        reading,
    })
}
