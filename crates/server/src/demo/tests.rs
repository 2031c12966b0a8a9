//! The whole demo, folded through `decide`: nothing in it is refused, and everything it promises is there.

use std::collections::BTreeSet;

use incident::agreement::ClockKind;
use incident::clock::{self, ClockState, Reading, Verdict};
use incident::communication::Answer;
use incident::identification::Source;
use incident::{Column, Command, Incident, Phase, Records, Role, Severity, Timestamp, obligations};

use super::{Deed, Demo, Unplayable, breaches, demo};

/// Weekday and weekend, day and night, and the nights on which the clocks change.
const MOMENTS: [&str; 8] = [
    "2026-11-23T14:05:00Z",
    "2026-11-22T03:00:00Z",
    "2026-03-08T07:30:00Z",
    "2026-03-29T01:00:00Z",
    "2026-10-25T01:30:00Z",
    "2026-11-01T06:15:00Z",
    "2026-12-25T09:00:00Z",
    "2027-01-04T08:59:59.999Z",
];

fn moment(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("an instant")
}

fn told(now: Timestamp) -> Demo {
    demo(now).unwrap_or_else(|unplayable| panic!("{unplayable}"))
}

fn played(demo: &Demo, now: Timestamp) -> Records {
    assert_eq!(demo.story.iter().find(|deed| deed.at > now), None, "it lies ahead");
    breaches::played(&demo.house, &demo.story, now).unwrap_or_else(|unplayable| panic!("{unplayable}"))
}

fn every_moment(check: impl Fn(&Records, Timestamp)) {
    for text in MOMENTS {
        let now = moment(text);
        check(&played(&told(now), now), now);
    }
}

fn readings(records: &Records, now: Timestamp) -> Vec<(&Incident, Reading)> {
    let of = |incident| clock::readings(incident, &records.setup, now);
    let incidents = records.incidents.values().map(AsRef::as_ref);
    incidents.flat_map(|incident| of(incident).into_iter().map(move |reading| (incident, reading))).collect()
}

#[test]
fn every_deed_is_accepted_and_every_column_is_filled() {
    every_moment(|records, now| {
        let count = |column| records.incidents.values().filter(|i| i.phase.column() == Some(column)).count();
        for column in Column::ALL.into_iter().filter(|column| *column != Column::Identified) {
            assert!(count(column) >= 5, "{column:?} holds {}", count(column));
        }
        let open = records.incidents.values().filter(|incident| incident.is_open()).count();
        assert!((55..=70).contains(&open), "{open} are open");
        let closed_since = |incident: &&std::sync::Arc<Incident>| match incident.phase {
            Phase::Closed { at, .. } => now.since(at) < 24 * 3_600_000,
            _ => false,
        };
        let of_today = records.incidents.values().filter(closed_since).count();
        assert!((18..=24).contains(&of_today), "{of_today} were closed within a day");
        let earlier = count(Column::Closed) - of_today;
        assert!((28..=36).contains(&earlier), "{earlier} were closed before");
        let cancelled =
            |incident: &&std::sync::Arc<Incident>| matches!(incident.phase, Phase::Cancelled { .. });
        assert_eq!(records.incidents.values().filter(cancelled).count(), 2);
    });
}

#[test]
fn a_deed_that_is_refused_stops_the_demo() {
    let now = moment(MOMENTS[0]);
    let Demo { house, story, .. } = told(now);
    let logs = |deed: &&Deed| matches!(deed.command, Command::LogIncident(_));
    let logged = story.iter().find(logs).expect("an entry of the log");
    let twice = breaches::noted(&house, vec![logged.clone(), logged.clone()], now);
    assert!(matches!(twice, Err(Unplayable::Refused { .. })), "{twice:?}");
    let elsewhere = breaches::noted(&[], vec![logged.clone()], now);
    assert_eq!(elsewhere, Err(Unplayable::Stranger(logged.person)));
}

#[test]
fn triage_holds_every_source_repeats_and_a_recovery() {
    every_moment(|records, _| {
        let open: Vec<_> = records.signals.values().filter(|signal| signal.is_open()).collect();
        let sources: BTreeSet<Source> = open.iter().map(|signal| signal.sighting.source).collect();
        assert_eq!(sources, BTreeSet::from(Source::ALL));
        assert!(open.iter().any(|signal| signal.tally.repeats > 10 && signal.tally.recovered_at.is_none()));
        assert_eq!(open.iter().filter(|signal| signal.tally.recovered_at.is_some()).count(), 1);
    });
}

#[test]
fn clocks_are_in_every_state() {
    every_moment(|records, now| {
        let all = readings(records, now);
        let some = |what: &str, is: &dyn Fn(&Incident, &Reading) -> bool| {
            assert!(all.iter().any(|(i, r)| i.is_open() && is(i, r)), "{what} at {}", now.to_rfc3339());
        };
        let stage = |reading: &Reading| {
            let running =
                matches!((&reading.state, &reading.verdict), (ClockState::Running, Verdict::Pending));
            let attention = reading.attention.filter(|_| running)?;
            Some((now >= attention.watch, now >= attention.caution, now >= attention.warning))
        };
        some("on track", &|_, r| stage(r) == Some((false, false, false)));
        some("watch", &|_, r| stage(r) == Some((true, false, false)));
        some("at risk", &|_, r| stage(r) == Some((true, true, false)));
        some("imminent", &|_, r| stage(r) == Some((true, true, true)));
        some("met", &|_, r| matches!(r.verdict, Verdict::Met { .. }));
        let late = |r: &Reading, arrived| matches!(r.verdict, Verdict::Breached { on_arrival, .. } if on_arrival == arrived);
        some("response overdue", &|_, r| {
            r.kind == ClockKind::Response && r.is_unfinished() && late(r, false)
        });
        some("resolution overdue", &|_, r| r.kind == ClockKind::Resolution && r.is_live() && late(r, false));
        some("late on arrival", &|_, r| late(r, true));
        some("paused", &|_, r| matches!(r.state, ClockState::Paused { .. }));
        some("no target", &|i, r| i.agreement.is_none() && matches!(r.verdict, Verdict::NoTarget { .. }));
        some("a restoration target of its own", &|_, r| {
            r.kind == ClockKind::Restoration && r.target.is_some()
        });
        assert!(all.iter().any(|(i, r)| !i.is_open() && matches!(r.verdict, Verdict::Met { .. })));
        assert!(all.iter().any(|(_, r)| matches!(r.verdict, Verdict::NotApplicable)), "cancelled");
    });
}

#[test]
fn breaches_are_on_record() {
    every_moment(|records, now| {
        for (incident, reading) in readings(records, now) {
            assert_eq!(reading.breach().is_some(), incident.breaches.iter().any(|b| b.clock == reading.kind));
        }
    });
}

#[test]
fn the_lifecycle_shows_its_turns() {
    every_moment(|records, _| {
        let open: Vec<&Incident> =
            records.incidents.values().map(AsRef::as_ref).filter(|incident| incident.is_open()).collect();
        let answer = |incident: &Incident| incident.confirmation.as_ref().map(|c| c.answer);
        assert!(open.iter().any(|i| !i.reopenings.is_empty() && i.restored.is_none()), "reopened");
        assert!(open.iter().any(|i| i.workaround.is_some() && i.restored.is_none()), "workaround in place");
        assert!(open.iter().any(|i| i.restored.is_some() && i.confirmation.is_none()), "to be confirmed");
        assert!(open.iter().any(|i| i.restored.is_some() && i.resolved.is_none()), "restored, not resolved");
        for wanted in Answer::ALL {
            assert!(open.iter().any(|i| answer(i) == Some(wanted)), "{wanted:?}");
        }
        let major: Vec<_> = open.iter().filter(|incident| incident.major.is_some()).collect();
        assert_eq!(major.len(), 1);
        assert_eq!(major[0].severity(), Severity::One);
        assert!(major[0].alerts.repeats > 10 && major[0].escalations.len() == 2);
    });
}

#[test]
fn something_is_overdue_and_something_is_due_in_minutes() {
    every_moment(|records, now| {
        let due = obligations(records, now);
        assert!(due.iter().any(|duty| !duty.paused && duty.due.is_some_and(|at| at < now)), "overdue");
        let soon = now.plus_millis(12 * incident::MINUTE);
        assert!(
            due.iter().any(|duty| duty.clock.is_some() && duty.due.is_some_and(|at| now < at && at <= soon))
        );
    });
}

#[test]
fn house_and_accounts_are_complete() {
    let now = moment(MOMENTS[0]);
    let demo = told(now);
    let records = played(&demo, now);
    assert_eq!(records.setup.clients.len(), 6);
    let names: BTreeSet<_> = demo.people.iter().map(|account| account.name.as_str()).collect();
    assert_eq!((names.len(), records.setup.people.len()), (12, 12));
    let roles: BTreeSet<Role> =
        records.setup.people.values().flat_map(|person| person.roles.clone()).collect();
    assert_eq!(roles.len(), Role::ALL.len() - 2, "all but the server and plain personnel");
    for account in &demo.people {
        assert!(records.setup.people.contains_key(&account.person));
        assert!(account.password.len() >= crate::store::account::PASSWORD_MIN);
    }
    // Both versions of an agreement have clocks bound to them.
    let versions = records.incidents.values().filter_map(|incident| incident.agreement);
    assert!(versions.clone().any(|bound| bound.version == 2));
    let two = versions.clone().find(|bound| bound.version == 2).expect("a second version");
    assert!(versions.clone().any(|bound| bound.id == two.id && bound.version == 1));
}

#[test]
fn the_same_moment_gives_the_same_demo() {
    let now = moment(MOMENTS[1]);
    assert_eq!(told(now), told(now));
    let ids = |demo: &Demo| demo.story.iter().map(|deed| deed.id).collect::<BTreeSet<_>>();
    let first = told(now);
    assert_eq!(ids(&first).len(), first.story.len(), "no id is used twice");
    assert!(first.story.is_sorted_by_key(|deed| deed.at));
    let earlier: BTreeSet<_> = played(&first, now).incidents.into_keys().collect();
    let elsewhen = moment(MOMENTS[2]);
    let later: BTreeSet<_> = played(&told(elsewhen), elsewhen).incidents.into_keys().collect();
    assert_eq!(earlier, later, "an incident has its id whenever the demo is told");
}
