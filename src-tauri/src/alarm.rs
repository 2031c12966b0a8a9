//! Which duty rings when: pure, over the duties of whoever is signed in.
//!
//! The instants come from `incident`; here is only "not rung yet, and its time has come". Level-triggered:
//! after a sleep of the computer, what is due rings once.

use std::collections::HashMap;

use incident::{Subject, Timestamp};
use replica::view::DutyChip;

/// How urgent an alarm is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    /// At risk.
    Caution,
    /// Imminent.
    Warning,
    /// Passed.
    Overdue,
}

/// What the operating system shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alarm {
    /// Where a click leads.
    pub(crate) subject: Subject,
    /// How urgent.
    pub(crate) level: Level,
    /// Stands alone: duty, time, client, incident.
    pub(crate) title: String,
    /// Why, with the clause.
    pub(crate) body: String,
}

/// One duty with the words its alarm needs.
#[derive(Debug, Clone)]
pub(crate) struct Owed {
    /// The duty.
    pub(crate) chip: DutyChip,
    /// `Acme · INC-1042`.
    pub(crate) about: String,
}

/// What has rung: a duty and its deadline, with the highest level that rang.
#[derive(Debug, Default)]
pub(crate) struct Rung {
    highest: HashMap<(Subject, incident::Duty), (Timestamp, Level)>,
}

impl Rung {
    /// The alarms whose time has come, each level once for a deadline; only the highest of several.
    pub(crate) fn ring(&mut self, owed: &[Owed], now: Timestamp) -> Vec<Alarm> {
        self.highest.retain(|key, _| owed.iter().any(|o| (o.chip.subject, o.chip.duty) == *key));
        let mut alarms = Vec::new();
        for duty in owed {
            let (Some(due), Some(level)) = (duty.chip.due, level_at(&duty.chip, now)) else { continue };
            let key = (duty.chip.subject, duty.chip.duty);
            let rang =
                self.highest.get(&key).filter(|(deadline, _)| *deadline == due).map(|(_, level)| *level);
            if rang.is_none_or(|rang| rang < level) {
                self.highest.insert(key, (due, level));
                alarms.push(alarm(duty, due, level, now));
            }
        }
        alarms
    }
}

/// The next instant at which something rings, strictly after `now`.
pub(crate) fn next_instant(owed: &[Owed], now: Timestamp) -> Option<Timestamp> {
    owed.iter()
        .filter(|duty| !duty.chip.paused)
        .flat_map(|duty| {
            let attention = duty.chip.attention;
            [attention.map(|a| a.caution), attention.map(|a| a.warning), duty.chip.due]
        })
        .flatten()
        .filter(|at| *at > now)
        .min()
}

fn level_at(chip: &DutyChip, now: Timestamp) -> Option<Level> {
    if chip.paused {
        return None;
    }
    let passed = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    if passed(chip.due) {
        Some(Level::Overdue)
    } else if passed(chip.attention.map(|a| a.warning)) {
        Some(Level::Warning)
    } else if passed(chip.attention.map(|a| a.caution)) {
        Some(Level::Caution)
    } else {
        None
    }
}

fn alarm(duty: &Owed, due: Timestamp, level: Level, now: Timestamp) -> Alarm {
    let minutes = (due.since(now).abs() + 59_999) / 60_000;
    let time = match level {
        Level::Overdue if due.since(now) > -60_000 => "due now".to_owned(),
        Level::Overdue => format!("overdue by {}", span(minutes)),
        Level::Caution | Level::Warning => format!("due in {}", span(minutes)),
    };
    Alarm {
        subject: duty.chip.subject,
        level,
        title: format!("{} {time} · {}", duty.chip.label, duty.about),
        body: format!("{} ({})", duty.chip.why, duty.chip.clause),
    }
}

fn span(minutes: i64) -> String {
    if minutes < 120 { format!("{minutes}m") } else { format!("{}h {:02}m", minutes / 60, minutes % 60) }
}
