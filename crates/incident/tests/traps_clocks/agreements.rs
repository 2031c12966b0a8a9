//! Agreements, calendars and their versions: traps 25, 39, 41 and 43.

use std::collections::BTreeMap;

use incident::agreement::{ClockKind, Precedence};
use incident::calendar::{Calendar, CalendarId, Hours};
use incident::clock::Verdict;
use incident::{Agreement, RefusalCode, Setting, Timestamp, WhatIf, what_if};

use super::{Story, at, configured, fixture};

fn changed(change: impl FnOnce(&mut Agreement)) -> Setting {
    let house = fixture::records();
    let mut next = house.setup.agreements[&(fixture::agreement("acme"), 1)].clone();
    (next.version, next.effective_from) = (2, at("10:00"));
    change(&mut next);
    Setting::Agreement(next)
}

#[test]
fn trap_25_an_amended_contract_counts_for_what_is_logged_under_it() {
    let amended = changed(|next| next.targets[2].resolution.as_mut().expect("a target").minutes = 60);
    let story = Story::logged("acme", "09:00");
    let before = story.resolution("10:30");
    let ahead = what_if(&story.records, &fixture::actor("root"), at("10:00"), &[configured(amended.clone())]);
    assert_eq!(ahead, WhatIf::default(), "a new version moves no open clock");
    let story = story.deed("root", "10:00", configured(amended));
    assert_eq!(story.resolution("10:30"), before);
    let after = Story { id: fixture::incident("I2"), ..story }.log("acme", "10:30");
    assert_eq!(after.resolution("10:31").due, Some(at("11:30")));
}

#[test]
fn what_if_reads_again_whatever_a_setting_tells_of_anew() {
    let story = Story::logged("cobalt", "09:00");
    let ended = changed(|next| {
        (next.id, next.version, next.name) = (fixture::agreement("cobalt"), 1, "bronze".into());
        (next.client, next.effective_from) = (Some(fixture::client("cobalt")), at("07:00"));
        next.terms.until = Some(at("08:00"));
    });
    let ahead = what_if(&story.records, &fixture::actor("root"), at("10:00"), &[configured(ended)]);
    let told: Vec<_> =
        ahead.changes.iter().map(|change| (change.after.kind, &change.after.verdict)).collect();
    let ended = Verdict::NoTarget { reason: "bronze had ended when it was logged".into() };
    assert_eq!(told, ClockKind::ALL.map(|kind| (kind, &ended)));
}

#[test]
fn trap_25_the_narrower_agreement_goes_first_and_the_standard_last() {
    let of = |client, service| {
        let Setting::Agreement(mut next) = changed(|_| {}) else { unreachable!("an agreement") };
        (next.client, next.service) = (client, service);
        next.precedence()
    };
    let (acme, mail) = (fixture::client("acme"), fixture::service("acme", "mail"));
    let order = [of(None, None), of(Some(acme), None), of(Some(acme), Some(mail))];
    assert_eq!(order, [Precedence::Standard, Precedence::Client, Precedence::Service]);
    assert!(order.is_sorted());
}

#[test]
fn trap_39_an_agreement_names_a_calendar_that_is_there() {
    let nowhere = CalendarId(uuid::Uuid::from_u128(9));
    let lost = changed(|next| next.targets[0].response.as_mut().expect("a target").calendar = nowhere);
    let refusal = Story::house().tried("root", "10:00", &configured(lost)).expect_err("no such calendar");
    assert_eq!(refusal.code, RefusalCode::Unknown);
    let message = changed(|next| {
        next.targets[0].update.clone_from(&next.targets[0].response);
        next.targets[0].update.as_mut().expect("a target").calendar = nowhere;
    });
    assert!(
        Story::house().tried("root", "10:00", &configured(message)).is_err(),
        "messages count on one too"
    );
}

#[test]
fn trap_39_a_calendar_that_is_lost_is_no_target_and_says_so() {
    let nowhere = CalendarId(uuid::Uuid::from_u128(9));
    let lost = |agreement: &mut Agreement| {
        agreement.targets[2].resolution.as_mut().expect("a target").calendar = nowhere;
    };
    let story = Story::house().given("acme", lost).log("acme", "09:00");
    let verdict = story.resolution("2026-09-01T09:00:00-04:00").verdict;
    assert_eq!(verdict, Verdict::NoTarget { reason: "its calendar is not set up".into() });
}

#[test]
fn trap_41_a_holiday_added_today_rewrites_nothing() {
    let story = Story::logged("bolt", "09:00");
    let due = story.resolution("09:01").due;
    let office = &story.records.setup.calendar(fixture::calendar("new_york")).expect("a calendar").calendar;
    let mut next: Calendar = office.clone();
    next.version = 2;
    if let Hours::Weekly { holidays, .. } = &mut next.hours {
        holidays.insert("2026-06-02".parse().expect("a date"));
    }
    let story = story.deed("root", "10:00", configured(Setting::Calendar(next)));
    assert_eq!(story.resolution("10:01").due, due);
    let after = Story { id: fixture::incident("I2"), ..story }.log("bolt", "10:00");
    assert_eq!(after.resolution("10:01").due, Some(at("2026-06-03T14:00:00-04:00")));
}

#[test]
fn trap_43_a_day_is_what_the_calendar_makes_of_its_minutes() {
    let day = |client: &str| {
        let a_day = |agreement: &mut Agreement| {
            agreement.targets[2].resolution.as_mut().expect("a target").minutes = 24 * 60;
        };
        Story::house().given(client, a_day).log(client, "09:00").resolution("09:01").due
    };
    assert_eq!(day("acme"), Some(at("2026-06-02T09:00:00-04:00")), "day and night");
    assert_eq!(day("bolt"), Some(at("2026-06-03T17:00:00-04:00")), "three days of office hours");
}

#[test]
fn trap_44_a_target_that_never_comes_is_never_due_and_never_met() {
    let closed = |agreement: &mut Agreement| {
        agreement.targets[2].resolution.as_mut().expect("a target").minutes = u32::MAX;
    };
    let story = Story::house().given("bolt", closed).log("bolt", "09:00");
    let reading = story.clock(ClockKind::Resolution, "09:01");
    assert_eq!((reading.due, reading.verdict), (None, Verdict::Pending));
    let _ = story.resolution("2190-01-01T00:00:00Z");
    assert_eq!(
        story.clock(ClockKind::Resolution, "09:01").started,
        Timestamp::from_millis(at("09:00").millis())
    );
}

#[test]
fn every_version_is_kept_of_what_something_may_be_bound_to() {
    let kind = |setting: &Setting| {
        let json = serde_json::to_value(setting).expect("json");
        json["setting"].as_str().expect("the kind of a setting").to_owned()
    };
    let kept: BTreeMap<_, _> =
        fixture::settings().iter().map(|setting| (kind(setting), setting.kept_version())).collect();
    let kept: Vec<_> = kept.iter().map(|(kind, version)| (kind.as_str(), *version)).collect();
    assert_eq!(
        kept,
        [
            ("agreement", Some(1)),
            ("calendar", Some(1)),
            ("client", None),
            ("house", Some(1)),
            ("oversight", Some(1)),
            ("person", None),
            ("service", None),
            ("vendor", Some(1)),
        ]
    );
    assert_eq!(changed(|_| ()).kept_version(), Some(2));
}
