//! Frames: every desk reaches the same state, and none sees what is not for its person.

use std::collections::BTreeSet;

use incident::ClientId;
use incident::command::{AddNote, Configure};
use incident::{Command, IncidentId};
use protocol::{FaultCode, Frame, Kind, PullRequest, Verdict};

use crate::Fixture;
use crate::fixture::{ACME, BOB, BORG, DESK, EVE, INES, OTHER_DESK, after, first, ids, person};

/// Pulls until nothing is left, and shows every frame.
fn drain(
    house: &Fixture,
    who: incident::PersonId,
    mut request: PullRequest,
    mut see: impl FnMut(&Frame),
) -> PullRequest {
    for _ in 0..200 {
        let frame = house.pull(who, &request);
        see(&frame);
        let is_last = frame.to == frame.from
            && frame.fill.is_none()
            && frame.grant.is_empty()
            && frame.revoke.is_empty();
        request = after(request, &frame);
        if is_last {
            return request;
        }
    }
    panic!("a desk is filled in a bounded number of frames");
}

#[test]
fn the_board_comes_first_and_the_rest_follows() {
    let house = Fixture::new();
    let open: BTreeSet<_> = (0..5).map(|place| house.log(ACME, &format!("Incident {place}")).0).collect();
    for id in &open {
        for place in 0..30 {
            house.note(INES, IncidentId(*id), &format!("Note {place}"));
        }
    }
    let board = house.pull(INES, &first());
    assert_eq!(ids(&board, Kind::SETTING).len(), 9);
    assert_eq!(ids(&board, Kind::INCIDENT), open);
    assert_eq!(ids(&board, Kind::ENTRY).len(), 5 * 20);
    assert_eq!((board.grant.len(), board.fill.is_none()), (3, true));
    assert!(board.remaining > 0);
    let mut entries = BTreeSet::new();
    let mut left = board.remaining;
    let request = drain(&house, INES, after(first(), &board), |frame| {
        entries.extend(ids(frame, Kind::ENTRY));
        assert!(frame.remaining <= left);
        left = frame.remaining;
    });
    assert_eq!((entries.len(), left), (5 * 31, 0));
    assert!(request.scopes.iter().all(|held| held.low == 0));
}

#[test]
fn a_change_while_a_scope_fills_arrives_whole() {
    let house = Fixture::new();
    let old = house.log(ACME, "Old");
    house.note(INES, old, "Before the desk came");
    for place in 0..3 {
        house.log(BORG, &format!("Newer {place}"));
    }
    let board = house.pull(INES, &first());
    let request = after(first(), &board);
    house.note(INES, old, "While it fills");
    let mut entries = 0;
    drain(&house, INES, request, |frame| {
        entries += frame
            .put
            .iter()
            .chain(frame.fill.iter().flat_map(|fill| &fill.put))
            .filter(|image| image.of == old.0 && image.kind == Kind::ENTRY)
            .count();
    });
    assert_eq!(entries, 3, "the whole timeline, once");
}

#[test]
fn far_behind_is_caught_up_in_steps_without_a_gap() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Long story");
    let mut request = drain(&house, INES, first(), |_| {});
    let notes: Vec<_> = (0..2_500)
        .map(|place| house.envelope(Command::AddNote(AddNote { incident, text: format!("Note {place}") })))
        .collect();
    for some in notes.chunks(100) {
        house.server.submit(INES, OTHER_DESK, some.to_vec()).expect("settled");
    }
    let mut entries = BTreeSet::new();
    let mut frames = 0;
    request = drain(&house, INES, request, |frame| {
        assert!(frame.put.len() <= protocol::FRAME_RECORDS_MAX + 1);
        entries.extend(ids(frame, Kind::ENTRY));
        frames += 1;
    });
    assert_eq!(entries.len(), 2_500);
    assert!(frames > 2);
    assert_eq!(request.cursor, *house.server.head().borrow());
}

#[test]
fn outcomes_travel_to_their_desk_and_person_alone() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let request = drain(&house, INES, first(), |_| {});
    let good = house.envelope(Command::AddNote(AddNote { incident, text: "Looked".into() }));
    let bad = house.envelope(Command::AddNote(AddNote { incident, text: ".".into() }));
    house.server.submit(INES, DESK, vec![good.clone(), bad.clone()]).expect("settled");
    let frame = house.pull(INES, &request);
    let told: Vec<_> = frame.outcomes.iter().map(|outcome| (outcome.id, outcome.desk_seq)).collect();
    assert_eq!(told, vec![(good.id, good.seq), (bad.id, bad.seq)]);
    assert!(matches!(frame.outcomes[0].verdict, Verdict::Accepted { seq } if seq <= frame.to));
    assert!(matches!(frame.outcomes[1].verdict, Verdict::Refused { .. }));
    let elsewhere = PullRequest { desk: OTHER_DESK, ..request.clone() };
    assert!(house.pull(INES, &elsewhere).outcomes.is_empty());
    assert!(house.pull(BOB, &first()).outcomes.is_empty());
    assert_eq!(house.pull(INES, &first()).outcomes.len(), 3, "a desk filled anew hears of all its commands");
}

#[test]
fn no_byte_of_another_client_reaches_a_desk() {
    let house = Fixture::new();
    house.log(ACME, "Acme mail is down");
    let theirs = house.log(BORG, "Borg mail is down SECRET-B");
    house.note(INES, theirs, "Their password is SECRET-B");
    let search = |frame: &Frame| {
        let text = serde_json::to_string(frame).expect("json");
        assert!(!text.contains("SECRET-B"), "{text}");
    };
    let request = drain(&house, BOB, first(), search);
    house.note(INES, theirs, "Another SECRET-B");
    house.note(BOB, theirs, "Guessing");
    drain(&house, BOB, request, search);
    let mut found = false;
    drain(&house, EVE, first(), |frame| {
        found |= serde_json::to_string(frame).expect("json").contains("SECRET-B")
    });
    assert!(found, "who may see every client does");
}

#[test]
fn sight_is_granted_and_revoked_while_the_desk_watches() {
    let house = Fixture::new();
    house.log(ACME, "Acme mail is down");
    let theirs = house.log(BORG, "Borg mail is down");
    let may_see = |clients: &[ClientId]| {
        let setting = person(BOB, "Bob", &[incident::Role::ServiceDesk], Some(clients));
        assert!(matches!(
            house.act(INES, Command::Configure(Configure { setting })),
            Verdict::Accepted { .. }
        ));
    };
    let request = drain(&house, BOB, first(), |_| {});
    may_see(&[ACME, BORG]);
    let frame = house.pull(BOB, &request);
    assert_eq!((frame.grant.len(), frame.revoke.len()), (1, 0));
    assert!(frame.put.iter().any(|image| image.kind == Kind::SETTING && image.scope == frame.grant[0]));
    let mut seen = BTreeSet::new();
    let request = drain(&house, BOB, after(request, &frame), |frame| seen.extend(ids(frame, Kind::INCIDENT)));
    assert!(seen.contains(&theirs.0));
    may_see(&[ACME]);
    house.note(INES, theirs, "Not for Bob");
    let frame = house.pull(BOB, &request);
    assert_eq!((frame.grant.len(), frame.revoke.len()), (0, 1));
    assert!(!ids(&frame, Kind::INCIDENT).contains(&theirs.0));
    assert!(ids(&frame, Kind::ENTRY).is_empty());
}

#[test]
fn a_desk_of_another_history_is_told_so() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let request = drain(&house, INES, first(), |_| {});
    let fault = |request: &PullRequest| house.server.pull(INES, request).expect_err("not this history").code;
    let ahead = PullRequest { cursor: request.cursor + 1, ..request.clone() };
    assert_eq!(fault(&ahead), FaultCode::LogDiverged);
    let forged = PullRequest { chain: Some("00".repeat(32)), ..request.clone() };
    assert_eq!(fault(&forged), FaultCode::LogDiverged);
    let spoken = PullRequest { protocol: 99, ..request.clone() };
    assert_eq!(fault(&spoken), FaultCode::ProtocolUnsupported);
    house
        .server
        .work(|store, clock| store.begin_epoch("restored", clock.now()))
        .expect("done")
        .expect("begun");
    assert_eq!(fault(&request), FaultCode::LogDiverged);
    // What the backup does not know may still come from the desk that made it.
    assert_eq!(house.note(INES, IncidentId(house.id()), "Before its entry"), Verdict::Deferred);
    assert!(matches!(house.note(INES, incident, "Known"), Verdict::Accepted { .. }));
}
