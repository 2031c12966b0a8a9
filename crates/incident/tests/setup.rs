//! The house and its people over time (§3.2; ruling 15): what happened is judged by what was set then, and by who
//! somebody was.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use incident::setup::{Client, FormerAnswerer, FormerStanding, House, Person};
use incident::{PersonId, Role, Setting, Setup, Timestamp};

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

/// Tom worked here in Tier 2 until a hundred, was away until two hundred, and is in Tier 3 now.
fn tom() -> Person {
    let former =
        |until, role, active| FormerStanding { until: at(until), roles: BTreeSet::from([role]), active };
    Person {
        id: fixture::person("tom"),
        name: "tom".to_owned(),
        roles: BTreeSet::from([Role::Tier3]),
        clients: None,
        active: true,
        before: vec![former(100, Role::Tier2, true), former(200, Role::Tier2, false)],
    }
}

#[test]
fn a_person_is_judged_by_who_they_were_then_and_a_change_counts_from_its_own_instant() {
    let person = tom();
    for (moment, role, worked_here) in [
        (0, Role::Tier2, true),
        (99, Role::Tier2, true),
        (100, Role::Tier2, false),
        (199, Role::Tier2, false),
        (200, Role::Tier3, true),
        (201, Role::Tier3, true),
    ] {
        assert_eq!(person.roles_at(at(moment)), &BTreeSet::from([role]), "roles at {moment}");
        assert_eq!(person.worked_here_at(at(moment)), worked_here, "at work at {moment}");
    }
}

#[test]
fn whoever_answers_for_a_client_does_so_from_the_instant_of_the_change_on() {
    let former =
        |until, account_manager: Option<PersonId>| FormerAnswerer { until: at(until), account_manager };
    let (cole, kay) = (fixture::person("cole"), fixture::person("kay"));
    let client = Client {
        id: fixture::client("acme"),
        name: "acme".to_owned(),
        zone: "UTC".to_owned(),
        account_manager: Some(kay),
        before: vec![former(100, Some(cole)), former(200, None)],
    };
    for (moment, answers) in [(99, Some(cole)), (100, None), (199, None), (200, Some(kay))] {
        assert_eq!(client.account_manager_at(at(moment)), answers, "at {moment}");
    }
}

#[test]
fn every_version_of_the_house_but_the_newest_is_kept_as_a_former_one() {
    let version = |version: u32| {
        let effective_from = at(i64::from(version) * 100);
        Setting::House(House { version, effective_from, ..House::default() })
    };
    let mut setup = Setup::default();
    let mut take = |number: u32| {
        setup.take(version(number)).expect("a house");
        (setup.house.version, setup.former_houses.keys().copied().collect::<Vec<_>>())
    };
    assert_eq!(take(2), (2, vec![]), "what nobody had set up is no version");
    assert_eq!(take(2), (2, vec![]), "it is here already");
    assert_eq!(take(3), (3, vec![2]));
    assert_eq!(take(1), (3, vec![1, 2]), "an older one arrives later");
    let in_force = [99, 100, 250, 300].map(|moment| setup.house_at(at(moment)).map(|house| house.version));
    assert_eq!(in_force, [None, Some(1), Some(2), Some(3)]);
}
