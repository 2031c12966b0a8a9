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
    let left = due.since(now);
    let time = match level {
        Level::Overdue if left > -60_000 => "due now".to_owned(),
        Level::Overdue => format!("overdue by {}", span(left.abs())),
        Level::Caution | Level::Warning => format!("due in {}", span(left)),
    };
    Alarm {
        subject: duty.chip.subject,
        level,
        title: format!("{} {time} · {}", duty.chip.label, duty.about),
        body: format!("{} ({})", duty.chip.why, duty.chip.clause),
    }
}

/// Seconds below two minutes, then minutes, then hours: rounded up.
fn span(ms: i64) -> String {
    let seconds = (ms + 999) / 1_000;
    let minutes = (seconds + 59) / 60;
    match (seconds, minutes) {
        (..120, _) => format!("{seconds}s"),
        (_, ..120) => format!("{minutes}m"),
        _ => format!("{}h {:02}m", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use incident::clock::Attention;
    use incident::{Duty, IncidentId, Role};
    use uuid::Uuid;

    use super::*;

    const MINUTE: i64 = 60_000;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + minute * MINUTE)
    }

    /// Due at minute 60: caution at 45, warning at 54.
    fn owed() -> Owed {
        let subject = Subject::Incident(IncidentId(Uuid::from_u128(7)));
        let chip = DutyChip {
            subject,
            duty: Duty::Restore,
            label: Duty::Restore.name().into(),
            due: Some(at(60)),
            due_local: None,
            attention: Some(Attention { watch: at(30), caution: at(45), warning: at(54) }),
            paused: false,
            person: None,
            owner: "Tier 2".into(),
            role: Role::Tier2,
            mine: true,
            clause: "§3.1".into(),
            why: "Normal service is to be restored.".into(),
            verbs: Vec::new(),
        };
        Owed { chip, about: "Acme · INC-7".into() }
    }

    #[test]
    fn each_level_rings_once_and_its_title_stands_alone() {
        let (mut rung, owed) = (Rung::default(), [owed()]);
        assert_eq!(next_instant(&owed, at(0)), Some(at(45)));
        assert!(rung.ring(&owed, at(44)).is_empty());
        let caution = rung.ring(&owed, at(45));
        assert_eq!(caution[0].title, "Restore due in 15m · Acme · INC-7");
        assert!(rung.ring(&owed, at(46)).is_empty(), "the same level rings once");
        assert_eq!(rung.ring(&owed, at(54))[0].level, Level::Warning);
        assert_eq!(rung.ring(&owed, at(60))[0].title, "Restore due now · Acme · INC-7");
        assert!(rung.ring(&owed, at(90)).is_empty());
        assert_eq!(next_instant(&owed, at(60)), None);
    }

    #[test]
    fn a_computer_that_slept_rings_the_highest_level_only() {
        let (mut rung, owed) = (Rung::default(), [owed()]);
        let rang = rung.ring(&owed, at(75));
        assert_eq!(rang.len(), 1);
        assert_eq!(rang[0].title, "Restore overdue by 15m · Acme · INC-7");
    }

    #[test]
    fn a_new_deadline_rings_anew_and_a_pause_is_silent() {
        let (mut rung, mut duty) = (Rung::default(), owed());
        assert_eq!(rung.ring(&[duty.clone()], at(60)).len(), 1);
        duty.chip.due = Some(at(120));
        duty.chip.attention = Some(Attention { watch: at(90), caution: at(105), warning: at(114) });
        assert!(rung.ring(&[duty.clone()], at(61)).is_empty());
        assert_eq!(rung.ring(&[duty.clone()], at(120)).len(), 1);
        duty.chip.paused = true;
        assert!(Rung::default().ring(&[duty.clone()], at(500)).is_empty());
        assert_eq!(next_instant(&[duty], at(0)), None);
    }

    #[test]
    fn a_duty_that_ended_is_forgotten() {
        let mut rung = Rung::default();
        assert_eq!(rung.ring(&[owed()], at(60)).len(), 1);
        assert!(rung.ring(&[], at(61)).is_empty());
        assert_eq!(rung.ring(&[owed()], at(62)).len(), 1, "it came back, so it rings again");
    }
}
