//! The words of escalations (§3.5): why one began, where on its path it is, whom it calls and whom it passes over.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::escalation::{Addressee, ByHand, Cause, Doubt, PassedOver, PassedOverBecause, PathPlace};
use incident::on_call::{Rota, Rotation, Turn};
use incident::timeline::{Line, LineKind, line};
use incident::{Duty, Fact, Role, Setting, Setup, Severity, Timestamp};

/// The house, with a rota of its own.
fn house() -> Setup {
    let mut records = fixture::records();
    let rotation = Rotation {
        turn: Turn::Daily,
        length: 1,
        starts: "2026-06-01T08:00:00".to_owned(),
        participants: vec![fixture::person("tom")],
        restrictions: Vec::new(),
    };
    let rota = Rota {
        id: fixture::rota("network"),
        version: 1,
        name: "network".to_owned(),
        zone: "UTC".to_owned(),
        rotations: vec![rotation],
        overrides: Vec::new(),
        temporary: Vec::new(),
    };
    let setup = Arc::make_mut(&mut records.setup);
    setup.take(Setting::Rota(rota)).expect("a rota");
    setup.clone()
}

#[test]
fn a_cause_says_what_is_late_or_wanted() {
    let (response, restoration, resolution) =
        (ClockKind::Response, ClockKind::Restoration, ClockKind::Resolution);
    let (at, severity) = (Timestamp::from_millis(0), Severity::Two);
    let share = |clock, percent| Cause::Budget { clock, percent, severity };
    let doubt = |because| Cause::CannotBeMet { clock: resolution, because };
    let by_hand = |need| Cause::ByHand { need, at };
    for (cause, words) in [
        (share(resolution, 75), "75 % of the resolution target is used"),
        (share(response, 99), "99 % of the response target is used"),
        (share(restoration, 100), "the restoration target has passed"),
        (share(resolution, 130), "the resolution target has passed"),
        (
            Cause::DutyLapsed { duty: Duty::AssessAndAssign, due: at, owner: None },
            "\"Assess + assign\" was not done in time",
        ),
        (
            Cause::NotAccepted { person: fixture::person("tom"), assigned_at: at },
            "the assignment was not accepted",
        ),
        (
            doubt(Doubt::NobodyAssigned { severity }),
            "the resolution target cannot be met: nobody is assigned who could meet it",
        ),
        (doubt(Doubt::SaidSo { asked_at: at }), "the resolution target cannot be met: the resolver says so"),
        (
            doubt(Doubt::NoAnswer { asked_at: at }),
            "the resolution target cannot be met: the resolver did not answer whether it can",
        ),
        (by_hand(ByHand::Attention), "somebody asked for it"),
        (by_hand(ByHand::Resources), "additional resources are needed"),
    ] {
        assert_eq!(cause.name(), words);
    }
}

#[test]
fn places_on_a_path_are_counted_from_one() {
    for (place, words) in [
        (PathPlace::FIRST, "step 1"),
        (PathPlace::Step { round: 0, step: 2 }, "step 3"),
        (PathPlace::Step { round: 1, step: 0 }, "step 1, round 2"),
        (PathPlace::LastResort, "last resort"),
    ] {
        assert_eq!(place.name(), words);
    }
}

#[test]
fn a_person_a_rota_and_a_role_are_called_by_their_names() {
    let setup = house();
    for (addressee, words) in [
        (Addressee::Person { person: fixture::person("kay") }, "kay"),
        (Addressee::Rota { rota: fixture::rota("network") }, "network"),
        (Addressee::Rota { rota: fixture::rota("nowhere") }, "a rota"),
        (Addressee::Role { role: Role::Supervisor }, "Supervisor"),
    ] {
        assert_eq!(addressee.name(&setup), words);
    }
}

#[test]
fn a_call_reads_with_whom_it_reached_and_why_it_passed_others_over() {
    let setup = house();
    let passed = |addressee, because| PassedOver { addressee, because };
    let taken = |place, told: &[&str], passed_over| Fact::EscalationStepTaken {
        run: 0,
        place,
        due: Timestamp::from_millis(0),
        told: told.iter().map(|name| fixture::person(name)).collect::<BTreeSet<_>>(),
        passed_over,
    };
    let (rota, role) = (fixture::rota("network"), Role::Supervisor);
    let nobody = vec![
        passed(Addressee::Rota { rota }, PassedOverBecause::NobodyOnCall),
        passed(Addressee::Role { role }, PassedOverBecause::NotReachable),
        passed(Addressee::Person { person: fixture::person("kay") }, PassedOverBecause::Failing),
    ];
    let reads = |fact: &Fact, title: &str, text: &str| {
        let expected = Line { kind: LineKind::Escalation, title: title.to_owned(), text: text.to_owned() };
        assert_eq!(line(fact, &setup), expected);
    };
    reads(&taken(PathPlace::LastResort, &["vance"], Vec::new()), "Called vance (last resort)", "");
    reads(
        &taken(PathPlace::Step { round: 1, step: 1 }, &[], nobody),
        "Called nobody (step 2, round 2)",
        "network: nobody is on call\nSupervisor: nobody there can be reached\nkay: they are failing already",
    );
}
