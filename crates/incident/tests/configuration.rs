//! What may be configured, and what cannot hold (§3.3, §5; ruling 15): numbers at their limits, and versions.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use incident::command::Configure;
use incident::related::Vendor;
use incident::setup::{Category, CategoryCode, House};
use incident::{Agreement, Command, Oversight, Records, RefusalCode, Setting, Timestamp, decide};

fn now() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant")
}

/// What the administrator hears.
fn heard(records: &Records, setting: Setting) -> Result<(), RefusalCode> {
    let command = Command::Configure(Configure { setting });
    decide(records, &fixture::actor("root"), now(), &command).map(drop).map_err(|refusal| refusal.code)
}

#[test]
fn a_vendor_is_held_to_some_time_or_to_none() {
    let records = fixture::records();
    let telco = records.setup.vendor(fixture::vendor("telco")).expect("the vendor of the house");
    let with = |remind_every_minutes: Option<u32>, minutes: Option<u32>| {
        let answer = minutes.map(|minutes| fixture::target(minutes, fixture::calendar("always")));
        Setting::Vendor(Vendor { version: 2, answer, remind_every_minutes, ..telco.clone() })
    };
    for (reminded, answers, expected) in [
        (Some(0), Some(120), Err(RefusalCode::Invalid)),
        (Some(60), Some(0), Err(RefusalCode::Invalid)),
        (Some(1), Some(1), Ok(())),
        (None, None, Ok(())),
    ] {
        let said = heard(&records, with(reminded, answers));
        assert_eq!(said, expected, "reminded every {reminded:?} minutes, answers in {answers:?}");
    }
    let nameless = Vendor { version: 2, name: String::new(), ..telco.clone() };
    assert_eq!(heard(&records, Setting::Vendor(nameless)), Err(RefusalCode::Missing));
    assert_eq!(heard(&records, Setting::Vendor(telco.clone())), Err(RefusalCode::AlreadyExists));
}

#[test]
fn an_agreement_for_one_service_names_one_of_its_client() {
    let records = fixture::records();
    let gold = &records.setup.agreements[&(fixture::agreement("acme"), 1)];
    for (client, expected) in [("acme", Ok(())), ("bolt", Err(RefusalCode::Unknown))] {
        let service = Some(fixture::service(client, "mail"));
        let narrow = Agreement { version: 2, effective_from: now(), service, ..gold.clone() };
        assert_eq!(heard(&records, Setting::Agreement(narrow)), expected, "mail of {client}");
    }
}

#[test]
fn a_house_keeps_a_thousand_categories() {
    let records = fixture::records();
    let house = &records.setup.house;
    let with = |count: usize| {
        let more = (house.categories.len()..count).map(|number| Category {
            code: CategoryCode(format!("kind_{number}")),
            name: format!("kind {number}"),
            under: None,
            retired_at: None,
        });
        let categories = house.categories.iter().cloned().chain(more).collect();
        Setting::House(House { version: 2, effective_from: now(), categories, ..house.clone() })
    };
    assert_eq!(heard(&records, with(1_000)), Ok(()));
    assert_eq!(heard(&records, with(1_001)), Err(RefusalCode::Invalid));
}

#[test]
fn a_version_of_the_house_is_set_once() {
    let mut records = fixture::records();
    let first = House { effective_from: now(), ..records.setup.house.clone() };
    let second = House { version: 2, ..first.clone() };
    let third = House { version: 3, ..first.clone() };
    let taken = Err(RefusalCode::AlreadyExists);
    assert_eq!(heard(&records, Setting::House(first.clone())), taken, "the one in force");
    let setup = Arc::make_mut(&mut records.setup);
    setup.take(Setting::House(second.clone())).expect("a good setting");
    assert_eq!(heard(&records, Setting::House(first)), taken, "the one before");
    assert_eq!(heard(&records, Setting::House(second)), taken, "the one in force");
    assert_eq!(heard(&records, Setting::House(third)), Ok(()));
}

#[test]
fn the_first_house_has_any_version_and_may_count_for_what_is_past() {
    for version in [0, 1, 7] {
        let house = House { version, effective_from: Timestamp::from_millis(0), ..House::default() };
        assert_eq!(heard(&Records::default(), Setting::House(house)), Ok(()), "version {version}");
    }
}

#[test]
fn a_later_version_judges_nothing_that_is_past() {
    let records = fixture::records();
    let yesterday = now().plus_millis(-incident::oversight::DAY);
    for (effective_from, expected) in [(yesterday, Err(RefusalCode::Invalid)), (now(), Ok(()))] {
        let house = House { version: 2, effective_from, ..records.setup.house.clone() };
        assert_eq!(heard(&records, Setting::House(house)), expected);
        let oversight = Oversight { version: 2, effective_from, ..records.setup.oversight[&1].clone() };
        assert_eq!(heard(&records, Setting::Oversight(oversight)), expected);
    }
}
