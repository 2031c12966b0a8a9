//! Deadlines write a breach, once, and nothing else.

use incident::agreement::ClockKind;
use incident::event::Fact;
use incident::{IncidentId, Timestamp};
use server::deadlines::Deadlines;
use server::store::Store;

use crate::Fixture;
use crate::fixture::{ACME, BORG, MINUTE, START};
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
