//! What whoever is signed in owes, and what of it rings next: pure, and a change costs what it changes.
//!
//! The instants come from `incident`; here is only "not rung yet, and its time has come". Level-triggered:
//! after a sleep of the computer, what is due rings once.

use std::collections::{BTreeSet, HashMap};

use incident::alarm::{Heard, Nearness, Tier, place};
use incident::{Subject, Timestamp};
use replica::view::DutyChip;

use crate::alarm::{Alarm, AlarmId, Owed, several};

/// Alarms shown one by one when they come at once; more are told together.
const AT_ONCE_MAX: usize = 5;

/// The duties, by record.
#[derive(Debug, Default)]
pub(crate) struct Owing {
    duties: HashMap<Subject, Vec<Owed>>,
    count: usize,
    /// The next instant of each duty, soonest first, and the same by duty.
    next: BTreeSet<(Timestamp, AlarmId)>,
    planned: HashMap<AlarmId, Timestamp>,
    /// What rang: for which deadline, and how near it was.
    rung: HashMap<AlarmId, (Timestamp, Nearness)>,
    over: Vec<AlarmId>,
}

impl Owing {
    /// What is owed on a record now, instead of what was owed before.
    pub(crate) fn owe(&mut self, subject: Subject, duties: Vec<Owed>) {
        let before = self.duties.remove(&subject).unwrap_or_default();
        self.count = self.count.saturating_sub(before.len()) + duties.len();
        for owed in before {
            self.unplan(owed.id());
            let stays =
                |now: &Owed| now.id() == owed.id() && now.chip.due == owed.chip.due && !now.chip.paused;
            if !duties.iter().any(stays) && self.rung.remove(&owed.id()).is_some() {
                self.over.push(owed.id());
            }
        }
        for owed in &duties {
            self.plan(owed, None);
        }
        if !duties.is_empty() {
            self.duties.insert(subject, duties);
        }
    }

    /// All that is owed, instead of all that was.
    pub(crate) fn owe_all(&mut self, all: impl IntoIterator<Item = (Subject, Vec<Owed>)>) {
        let mut left: BTreeSet<Subject> = self.duties.keys().copied().collect();
        for (subject, duties) in all {
            left.remove(&subject);
            self.owe(subject, duties);
        }
        for subject in left {
            self.owe(subject, Vec::new());
        }
    }

    /// How many duties.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The duties that come first, soonest first.
    pub(crate) fn soonest(&self, most: usize) -> Vec<DutyChip> {
        let order = |owed: &&Owed| {
            let chip = &owed.chip;
            (chip.paused, chip.due.is_none(), chip.due, chip.duty, chip.subject)
        };
        let mut all: Vec<&Owed> = self.duties.values().flatten().collect();
        if all.len() > most {
            all.select_nth_unstable_by_key(most, order);
            all.truncate(most);
        }
        all.sort_by_key(order);
        all.into_iter().map(|owed| owed.chip.clone()).collect()
    }

    /// The next instant at which something rings.
    pub(crate) fn next_instant(&self) -> Option<Timestamp> {
        self.next.first().map(|(at, _)| *at)
    }

    /// Alarms that rang and whose reason has gone since this was asked last.
    pub(crate) fn over(&mut self) -> Vec<AlarmId> {
        std::mem::take(&mut self.over)
    }

    /// The alarms whose time has come, each nearness once for a deadline, only the nearest of several: in their order.
    pub(crate) fn ring(&mut self, now: Timestamp) -> Vec<Alarm> {
        let mut alarms = Vec::new();
        while let Some(&(at, id)) = self.next.first() {
            if at > now {
                break;
            }
            self.unplan(id);
            let AlarmId::Duty(subject, _) = id else { continue };
            let owed = self.duties.get(&subject).and_then(|duties| duties.iter().find(|one| one.id() == id));
            let Some(owed) = owed.cloned() else { continue };
            let nearest = owed.instants().filter(|(at, _)| *at <= now).map(|(_, nearness)| nearness).max();
            let rang = self.rang(&owed);
            if let (Some(due), Some(nearness)) = (owed.chip.due, nearest)
                && rang.is_none_or(|rang| rang < nearness)
            {
                self.rung.insert(id, (due, nearness));
                let heard = rang.map_or(Heard::Never, |_| Heard::Before);
                alarms.push((heard, owed.alarm(due, nearness, now)));
            }
            self.plan(&owed, Some(now));
        }
        alarms.retain(|(_, alarm)| alarm.tier > Tier::Journal);
        alarms.sort_by_key(|(heard, alarm)| place(alarm.tier, *heard));
        let alarms: Vec<Alarm> = alarms.into_iter().map(|(_, alarm)| alarm).collect();
        if alarms.len() > AT_ONCE_MAX { several(alarms) } else { alarms }
    }

    fn rang(&self, owed: &Owed) -> Option<Nearness> {
        let (due, nearness) = self.rung.get(&owed.id())?;
        (Some(*due) == owed.chip.due).then_some(*nearness)
    }

    /// Plans its next instant that has not rung, after `now` where that is given.
    fn plan(&mut self, owed: &Owed, now: Option<Timestamp>) {
        let rang = self.rang(owed);
        let ahead = |(at, nearness): &(Timestamp, Nearness)| {
            now.is_none_or(|now| *at > now) && rang.is_none_or(|rang| *nearness > rang)
        };
        if let Some(at) = owed.instants().filter(ahead).map(|(at, _)| at).min() {
            self.unplan(owed.id());
            self.next.insert((at, owed.id()));
            self.planned.insert(owed.id(), at);
        }
    }

    fn unplan(&mut self, id: AlarmId) {
        if let Some(at) = self.planned.remove(&id) {
            self.next.remove(&(at, id));
        }
    }
}

#[cfg(test)]
mod tests {
    use incident::clock::Attention;
    use incident::{Duty, IncidentId, Role, Severity};
    use replica::view::draw::wall;
    use uuid::Uuid;

    use super::*;

    const MINUTE: i64 = 60_000;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + minute * MINUTE)
    }

    fn subject(number: u128) -> Subject {
        Subject::Incident(IncidentId(Uuid::from_u128(number)))
    }

    /// Due at minute 60: caution at 45, warning at 54.
    fn owed_on(subject: Subject) -> Owed {
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
            about: None,
        };
        Owed { chip, severity: Severity::Two, about: "Acme · INC-7".into() }
    }

    fn owed() -> Owed {
        owed_on(subject(7))
    }

    fn owing(duties: Vec<Owed>) -> Owing {
        let mut owing = Owing::default();
        owing.owe(subject(7), duties);
        owing
    }

    #[test]
    fn each_nearness_rings_once_and_its_title_stands_alone() {
        let mut owing = owing(vec![owed()]);
        assert_eq!(owing.next_instant(), Some(at(45)));
        assert!(owing.ring(at(44)).is_empty());
        let caution = owing.ring(at(45));
        assert_eq!(caution[0].title, "Restore due 23:13 · Acme · INC-7");
        assert_eq!(caution[0].tier, Tier::Caution);
        assert!(owing.ring(at(46)).is_empty(), "it rings once");
        assert_eq!(owing.ring(at(54))[0].tier, Tier::Warning);
        assert_eq!(owing.ring(at(60))[0].title, "Restore overdue since 23:13 · Acme · INC-7");
        assert!(owing.ring(at(90)).is_empty());
        assert_eq!(owing.next_instant(), None);
    }

    #[test]
    fn its_time_is_the_house_s_and_names_the_day_where_that_is_another() {
        let mut duty = owed();
        duty.chip.due_local = Some(wall(at(60), "Europe/Berlin"));
        let mut owing = owing(vec![duty]);
        let caution = owing.ring(at(45));
        assert_eq!(
            caution[0].title, "Restore due 15 Nov 00:13 · Acme · INC-7",
            "it is 23:58 of the day before"
        );
        let body = "Normal service is to be restored. (§3.1) Due 15 Nov 2023 00:13 +01:00 (Europe/Berlin).";
        assert_eq!(caution[0].body, body);
        assert_eq!(owing.ring(at(60))[0].title, "Restore overdue since 00:13 · Acme · INC-7");
    }

    #[test]
    fn a_duty_told_anew_does_not_ring_anew() {
        let mut owing = owing(vec![owed()]);
        assert_eq!(owing.ring(at(45)).len(), 1);
        owing.owe(subject(7), vec![owed()]);
        assert!(owing.ring(at(46)).is_empty());
        assert!(owing.over().is_empty(), "its notification stays");
        assert_eq!(owing.next_instant(), Some(at(54)));
    }

    #[test]
    fn a_computer_that_slept_rings_the_nearest_only() {
        let rang = owing(vec![owed()]).ring(at(75));
        assert_eq!(rang.len(), 1);
        assert_eq!(rang[0].title, "Restore overdue since 23:13 · Acme · INC-7");
    }

    #[test]
    fn a_new_deadline_rings_anew_and_a_pause_is_silent() {
        let (mut owing, mut duty) = (owing(vec![owed()]), owed());
        assert_eq!(owing.ring(at(60)).len(), 1);
        duty.chip.due = Some(at(120));
        duty.chip.attention = Some(Attention { watch: at(90), caution: at(105), warning: at(114) });
        owing.owe(subject(7), vec![duty.clone()]);
        assert_eq!(owing.over(), [duty.id()], "what rang for the old deadline goes");
        assert!(owing.ring(at(61)).is_empty());
        assert_eq!(owing.ring(at(120)).len(), 1);
        duty.chip.paused = true;
        owing.owe(subject(7), vec![duty.clone()]);
        assert_eq!(owing.over(), [duty.id()]);
        assert!(owing.ring(at(500)).is_empty());
        assert_eq!(owing.next_instant(), None);
    }

    #[test]
    fn a_duty_that_ended_is_taken_away_and_forgotten() {
        let mut owing = owing(vec![owed()]);
        assert_eq!(owing.ring(at(60)).len(), 1);
        owing.owe_all([]);
        assert_eq!((owing.count(), owing.over()), (0, vec![owed().id()]));
        owing.owe(subject(7), vec![owed()]);
        assert_eq!(owing.ring(at(62)).len(), 1, "it came back, so it rings again");
    }

    #[test]
    fn many_at_once_are_told_together_and_nothing_twice() {
        let mut owing = Owing::default();
        let many = (1..=9).map(|number| (subject(number), vec![owed_on(subject(number))]));
        owing.owe_all(many);
        let rang = owing.ring(at(75));
        assert_eq!(rang.len(), 1);
        assert_eq!((rang[0].title.as_str(), rang[0].id), ("9 duties press", AlarmId::Several));
        assert!(owing.ring(at(76)).is_empty());
    }

    #[test]
    fn trap_47_what_is_new_leads_those_that_ring_again() {
        let mut owing = Owing::default();
        owing.owe_all((1..=8).map(|number| (subject(number), vec![owed_on(subject(number))])));
        assert_eq!(owing.ring(at(45)).len(), 1, "eight together");
        let mut new = owed_on(subject(9));
        new.about = "Bolt · INC-9".into();
        owing.owe(subject(9), vec![new]);
        let rang = owing.ring(at(54));
        assert_eq!(rang[0].title, "9 duties press");
        assert_eq!(rang[0].body, "First: Restore due 23:13 · Bolt · INC-9");
    }

    #[test]
    fn the_soonest_come_first_and_the_rest_is_counted() {
        let mut owing = Owing::default();
        for number in 1..=9 {
            let mut duty = owed_on(subject(number));
            duty.chip.due = Some(at(100 - i64::try_from(number).unwrap()));
            owing.owe(subject(number), vec![duty]);
        }
        let soonest = owing.soonest(2);
        assert_eq!(soonest.iter().map(|chip| chip.subject).collect::<Vec<_>>(), [subject(9), subject(8)]);
        assert_eq!(owing.count(), 9);
    }
}
