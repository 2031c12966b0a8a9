//! Deadlines write what the server owes, once: breaches, and the steps of an escalation.

use incident::agreement::ClockKind;
use incident::command::{AcknowledgeEscalation, Configure};
use incident::escalation::{Addressee, BudgetTrigger, DefinedPath, EscalationPath, PathStep, Triggers};
use incident::event::Fact;
use incident::{Command, IncidentId, PathId, PersonId, Setting, Timestamp};
use protocol::Verdict;
use server::deadlines::Deadlines;
use server::store::Store;
use uuid::Uuid;

use crate::Fixture;
use crate::fixture::{ACME, BOB, BORG, INES, MINUTE, START};
use crate::http::serve;

fn breaches(store: &Store, id: IncidentId) -> Vec<(ClockKind, i64, i64)> {
    let mut found = Vec::new();
    store
        .incidents(|incident, events| {
            for event in events.iter().filter(|_| incident.id == id) {
                if let Fact::TargetBreached { clock, due, .. } = &event.fact {
                    found.push((*clock, due.since(START) / MINUTE, event.at.since(START) / MINUTE));
                }
            }
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
    found
}

#[test]
fn a_breach_is_written_once_also_after_a_restart() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let unpromised = house.log(BORG, "Borg has no agreement");
    let mut deadlines = Deadlines::default();
    let next = deadlines.attend(&house.server).expect("attended");
    let due = START.plus_millis(30 * MINUTE);
    assert_eq!(next, Some(due.plus_millis(1)), "a deadline that is reached is still met");
    house.clock.set(due);
    deadlines.attend(&house.server).expect("attended");
    let head = *house.server.head().borrow();
    // The server is down while the deadline passes, and comes back an hour late.
    let house = house.restart();
    house.clock.set(due.plus_millis(60 * MINUTE));
    let mut deadlines = Deadlines::default();
    let next = deadlines.attend(&house.server).expect("attended");
    assert_eq!(next, Some(START.plus_millis(240 * MINUTE + 1)));
    deadlines.attend(&house.server).expect("attended");
    assert_eq!(*house.server.head().borrow(), head + 1);
    let house = house.restart();
    Deadlines::default().attend(&house.server).expect("attended");
    assert_eq!(*house.server.head().borrow(), head + 1);
    let (store, _gone) = house.into_store();
    assert_eq!(breaches(&store, incident), vec![(ClockKind::Response, 30, 90)]);
    assert_eq!(breaches(&store, unpromised), vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_running_server_wakes_at_the_deadline() {
    let served = serve().await;
    let incident = served.house.log(ACME, "Mail is down");
    let mut head = served.house.server.head();
    let before = *head.borrow_and_update();
    served.house.clock.set(Timestamp::from_millis(START.millis() + 30 * MINUTE + 1));
    head.wait_for(|seq| *seq > before).await.expect("a breach");
    served.house.clock.step(240 * MINUTE);
    head.wait_for(|seq| *seq > before + 1).await.expect("another");
    let (store, _gone) = served.stop().await.into_store();
    assert_eq!(
        breaches(&store, incident),
        vec![(ClockKind::Response, 30, 30), (ClockKind::Resolution, 240, 270)]
    );
}

/// Half of the response target calls Bob, a quarter of an hour later Ines.
fn path() -> DefinedPath {
    let step = |person| PathStep { call: vec![Addressee::Person { person }], delay_minutes: 15 };
    DefinedPath {
        id: PathId(Uuid::from_u128(0xE5)),
        version: 1,
        effective_from: START,
        name: "Ladder".into(),
        path: EscalationPath::Technical,
        client: None,
        service: None,
        severity: None,
        triggers: Triggers {
            budget: vec![BudgetTrigger { clock: ClockKind::Response, percent: 50 }],
            ..Triggers::default()
        },
        steps: vec![step(BOB), step(INES)],
        repeats: 0,
        last_resort: Addressee::Person { person: INES },
        acknowledged_minutes: 60,
    }
}

/// Who was called, by minutes since the beginning.
fn calls(store: &Store, id: IncidentId) -> Vec<(i64, Vec<PersonId>)> {
    let mut found = Vec::new();
    store
        .incidents(|incident, events| {
            for event in events.iter().filter(|_| incident.id == id) {
                if let Fact::EscalationStepTaken { told, .. } = &event.fact {
                    found.push((event.at.since(START) / MINUTE, told.iter().copied().collect()));
                }
            }
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
    found
}

#[test]
fn a_path_is_walked_also_over_a_restart_until_somebody_acknowledges() {
    let house = Fixture::new();
    let configured =
        house.act(INES, Command::Configure(Configure { setting: Setting::EscalationPath(path()) }));
    assert!(matches!(configured, Verdict::Accepted { .. }), "{configured:?}");
    let incident = house.log(ACME, "Mail is down");
    let minute = |minutes: i64| START.plus_millis(minutes * MINUTE);
    let mut deadlines = Deadlines::default();
    assert_eq!(deadlines.attend(&house.server).expect("attended"), Some(minute(15)));
    house.clock.set(minute(15));
    deadlines.attend(&house.server).expect("attended");
    // The server is down when the next step falls due; it takes that one, once, and not the last resort.
    let house = house.restart();
    house.clock.set(minute(50));
    let mut deadlines = Deadlines::default();
    deadlines.attend(&house.server).expect("attended");
    assert_eq!(deadlines.attend(&house.server).expect("attended"), Some(minute(65)));
    let silent = house.act(INES, Command::AcknowledgeEscalation(AcknowledgeEscalation { incident }));
    assert!(matches!(silent, Verdict::Accepted { .. }), "{silent:?}");
    assert_eq!(deadlines.attend(&house.server).expect("attended"), Some(minute(110)));
    let (store, _gone) = house.into_store();
    assert_eq!(calls(&store, incident), vec![(15, vec![BOB]), (50, vec![INES])]);
    assert_eq!(breaches(&store, incident), vec![(ClockKind::Response, 30, 50)]);
}
