//! What an alarm is, and its words. Which one rings when is `owing`'s to say.

use incident::alarm::{Nearness, Tier};
use incident::{Duty, Severity, Subject, Timestamp};
use replica::view::DutyChip;

/// Which alarm: there is one live notification of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AlarmId {
    /// Of one duty.
    Duty(Subject, Duty),
    /// Of many that came at once.
    Several,
}

/// What the operating system shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alarm {
    /// Which.
    pub(crate) id: AlarmId,
    /// Where a click leads.
    pub(crate) subject: Subject,
    /// How loud.
    pub(crate) tier: Tier,
    /// Stands alone: duty, time, client, incident.
    pub(crate) title: String,
    /// Why, with the clause.
    pub(crate) body: String,
}

/// What whoever shows alarms is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Show it, in place of an earlier one of the same id.
    Ring(Alarm),
    /// Its reason is gone: take it away.
    Over(AlarmId),
    /// Nobody is signed in any more: take all away.
    AllOver,
}

/// One duty with the words its alarm needs.
#[derive(Debug, Clone)]
pub(crate) struct Owed {
    /// The duty.
    pub(crate) chip: DutyChip,
    /// How severe it is, what it is about.
    pub(crate) severity: Severity,
    /// `Acme · INC-1042`.
    pub(crate) about: String,
}

impl Owed {
    /// The alarm of this duty.
    pub(crate) fn id(&self) -> AlarmId {
        AlarmId::Duty(self.chip.subject, self.chip.duty)
    }

    /// The instants at which it comes nearer to its deadline; none while it stands still.
    pub(crate) fn instants(&self) -> impl Iterator<Item = (Timestamp, Nearness)> {
        let chip = &self.chip;
        let due = chip.due.filter(|_| !chip.paused);
        let attention = chip.attention.filter(|_| due.is_some());
        [
            attention.map(|a| (a.caution, Nearness::AtRisk)),
            attention.map(|a| (a.warning, Nearness::Imminent)),
            due.map(|due| (due, Nearness::Overdue)),
        ]
        .into_iter()
        .flatten()
    }

    /// What to show at `now`.
    pub(crate) fn alarm(&self, due: Timestamp, nearness: Nearness, now: Timestamp) -> Alarm {
        let left = due.since(now);
        let time = match nearness {
            Nearness::Overdue if left > -60_000 => "due now".to_owned(),
            Nearness::Overdue => format!("overdue by {}", span(left.abs())),
            Nearness::AtRisk | Nearness::Imminent => format!("due in {}", span(left)),
        };
        Alarm {
            id: self.id(),
            subject: self.chip.subject,
            tier: Tier::of(self.severity, nearness),
            title: format!("{} {time} · {}", self.chip.label, self.about),
            body: format!("{} ({})", self.chip.why, self.chip.clause),
        }
    }
}

/// One alarm for many that came at once in their order, such as after a night: the first leads, the rest is counted.
pub(crate) fn several(mut alarms: Vec<Alarm>) -> Vec<Alarm> {
    let count = alarms.len();
    alarms.truncate(1);
    for first in &mut alarms {
        first.id = AlarmId::Several;
        first.body = format!("First: {}", first.title);
        first.title = format!("{count} duties press");
    }
    alarms
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
