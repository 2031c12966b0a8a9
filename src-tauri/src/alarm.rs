//! What an alarm is, and its words. Which one rings when is `owing`'s to say.

use incident::alarm::{Nearness, Tier};
use incident::{Duty, Severity, Subject, Timestamp};
use replica::view::DutyChip;
use replica::view::draw::{full_minute, near_minute, wall};

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
    /// Stands alone: duty, time, client, incident. Whenever it is read, it is true: it may stand for hours.
    pub(crate) title: String,
    /// Why, with the clause, and the time in full.
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
        let zone = self.chip.due_local.as_ref().map_or("UTC", |local| local.zone.as_str());
        let (due, now) = (wall(due, zone), wall(now, zone));
        let how = match nearness {
            Nearness::Overdue => "overdue since",
            Nearness::AtRisk | Nearness::Imminent => "due",
        };
        let time = near_minute(&due, &now);
        Alarm {
            id: self.id(),
            subject: self.chip.subject,
            tier: Tier::of(self.severity, nearness),
            title: format!("{} {how} {time} · {}", self.chip.label, self.about),
            body: format!("{} ({}) Due {}.", self.chip.why, self.chip.clause, full_minute(&due)),
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
