//! Oversight: the numbers behind reviews (§3.7), compliance (§4.1), exceptions (§4.2) and enforcement (§4.3).
//!
//! The policy names none of them, so every one is configuration with a version (ruling 15). One that is not
//! set is absent, and whoever needs it says so; nothing here has a number of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{CalendarId, Due};
use crate::log::{BoundCalendar, Incident};
use crate::setup::Setup;
use crate::{MINUTE, PersonId, Severity, Span, Timestamp};

/// Milliseconds in a day of twenty-four hours.
pub const DAY: i64 = 24 * 60 * MINUTE;

/// A time within which something is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// Minutes.
    pub minutes: u32,
    /// The calendar whose open time is counted; day and night where there is none.
    #[serde(default)]
    pub calendar: Option<CalendarId>,
}

impl Within {
    /// The instant it ends on an incident: on the version of its calendar that the incident is bound to (ruling 15).
    pub(crate) fn due_on(&self, incident: &Incident, setup: &Setup, from: Timestamp) -> Option<Timestamp> {
        let is_meant = |bound: &&BoundCalendar| Some(bound.id) == self.calendar;
        match incident.calendars.iter().find(is_meant) {
            Some(bound) => {
                let index = &setup.calendars.get(&(bound.id, bound.version))?.index;
                match index.due(from, i64::from(self.minutes) * MINUTE, &[]) {
                    Due::At(at) => Some(at),
                    Due::Never => None,
                }
            }
            None => self.due(setup, from, &[]),
        }
    }

    /// The instant it ends, counted from `from` without the `excluded` stretches; `None` where its calendar is
    /// not set up or never opens.
    pub fn due(&self, setup: &Setup, from: Timestamp, excluded: &[Span]) -> Option<Timestamp> {
        let budget = i64::from(self.minutes) * MINUTE;
        let Some(calendar) = self.calendar else {
            return Some(excluded.iter().fold(from.plus_millis(budget), |due, span| {
                if span.from < due { due.plus_millis(span.to.since(span.from).max(0)) } else { due }
            }));
        };
        match setup.calendar(calendar)?.index.due(from, budget, excluded) {
            Due::At(at) => Some(at),
            Due::Never => None,
        }
    }
}

/// A time for each severity, 1 to 4; absent where none was set.
pub type BySeverity = [Option<Within>; 4];

/// Numbers of §4.2.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ExceptionRules {
    /// How soon a request is decided.
    pub decide_within: BySeverity,
    /// An exception that lasts longer than this needs two people; without a number every one does.
    pub two_people_over_minutes: Option<u32>,
    /// How often one may be renewed; without a number never.
    pub renewals_max: Option<u32>,
    /// How soon a broken glass is decided on; without a number none may be broken.
    pub break_glass_minutes: Option<u32>,
    /// How long approval may be delegated; without a number never.
    pub delegation_days_max: Option<u32>,
    /// Those of designated management whom requests are put to, in order; all of them where it is empty.
    pub approvers: Vec<PersonId>,
    /// After so many percent of the time for the decision, it is put to the next; without a number to nobody else.
    pub alternate_after_percent: Option<u8>,
    /// How long before its end whoever has an exception is warned; without a number nobody is.
    pub warn_before_minutes: Option<u32>,
}

/// When like incidents become a recurring significant one (ruling 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecurrenceRule {
    /// So many distinct outages
    pub count: u32,
    /// within so many days.
    pub days: u32,
}

/// Numbers of §3.7.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewRules {
    /// How soon after the end of the incident its review is scheduled, by peak severity.
    pub schedule_within: BySeverity,
    /// How soon the review is finished, by peak severity.
    pub finish_within: BySeverity,
    /// What makes incidents recurring.
    pub recurrence: Option<RecurrenceRule>,
    /// How long after an action is verified its effect is watched.
    pub effect_days: Option<u32>,
    /// How long an action may be overdue before its owner's manager is asked too.
    pub manager_after_minutes: Option<u32>,
}

/// Numbers of §4.3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct EnforcementRules {
    /// So many confirmed violations, this one among them, are repeated
    pub repeated_count: Option<u32>,
    /// within so many days.
    pub repeated_days: Option<u32>,
    /// How long a person has to reply before management may decide.
    pub reply_within: Option<Within>,
}

/// Thresholds of the signals that a record was steered to look good.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct GamingRules {
    /// Severity lowered when less than this percentage of the budget was left.
    pub lowered_in_last_percent: Option<u8>,
    /// A pause that began when less than this percentage of the budget was left.
    pub paused_in_last_percent: Option<u8>,
    /// Reopened within so many minutes of being resolved.
    pub reopened_within_minutes: Option<u32>,
    /// A stop entered when less than this percentage of the budget was left, and said to lie before that.
    pub back_dated_in_last_percent: Option<u8>,
}

/// What a risk adds to the weight of a record, which is one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct RiskWeights {
    /// By peak severity.
    pub severity: [u32; 4],
    /// A breach is on record.
    pub breached: u32,
    /// It was reopened.
    pub reopened: u32,
    /// Its severity was lowered.
    pub lowered: u32,
    /// It was closed without the client's word.
    pub unconfirmed: u32,
}

/// Numbers of §4.1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct SamplingRules {
    /// What makes a record more likely to be drawn; without weights every one has the same chance.
    pub weights: Option<RiskWeights>,
    /// How many days may pass from one sample to the next; absent means no number was set.
    pub every_days: Option<u32>,
}

/// One version of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Oversight {
    /// Raised by one with every change.
    pub version: u32,
    /// Counts for what begins from here on.
    pub effective_from: Timestamp,
    /// Exceptions.
    pub exceptions: ExceptionRules,
    /// Reviews.
    pub reviews: ReviewRules,
    /// Enforcement.
    pub enforcement: EnforcementRules,
    /// Signals of gaming.
    pub gaming: GamingRules,
    /// Samples of records.
    pub sampling: SamplingRules,
}

impl Oversight {
    /// The version in force at an instant; one without any number where none is.
    pub fn at(setup: &Setup, at: Timestamp) -> Self {
        let versions = setup.oversight.values().filter(|version| version.effective_from <= at);
        versions.max_by_key(|version| (version.effective_from, version.version)).cloned().unwrap_or_default()
    }

    /// Every calendar it counts on.
    pub(crate) fn calendars(&self) -> impl Iterator<Item = CalendarId> {
        let tables =
            [&self.exceptions.decide_within, &self.reviews.schedule_within, &self.reviews.finish_within];
        let within = tables.into_iter().flatten().flatten().chain(&self.enforcement.reply_within);
        within.filter_map(|within| within.calendar)
    }
}

/// The time set for a severity.
pub(crate) const fn of_severity(table: &BySeverity, severity: Severity) -> Option<&Within> {
    table[severity.index()].as_ref()
}
