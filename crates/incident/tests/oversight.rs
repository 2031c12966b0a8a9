//! Reviews, exceptions, enforcement, samples and measures as values: what no shift can count.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "oversight/measured.rs"]
mod measured;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use entry::entry;
use incident::agreement::ClockKind;
use incident::category::CategoryCode;
use incident::clock::Attention;
use incident::command::{
    ApproveException, Assess, Assign, Cancel, Categorise, DelegateApproval, DrawSample, LinkChild,
    LogIncident, LookUp, MergeIncident, ProposeViolation, RecordRecurrence, RecordResolutionStep,
    RequestException, Resolve, RestoreService,
};
use incident::enforcement::{Failure, grouped};
use incident::exception::{ExceptionState, Granted, Ground};
use incident::log::BoundAgreement;
use incident::measure::{
    Cell, CellKey, CountedBy, OddityKind, Period, Share, log_lag, oddities, performance,
};
use incident::oversight::{Oversight, RecurrenceRule, RiskWeights, Within};
use incident::review::{Trigger, recurring};
use incident::sampling::{ordered, weight};
use incident::{
    Actor, Command, DelegationId, Duty, Event, ExceptionId, Fact, Incident, IncidentId, Likeness, MINUTE,
    Records, RefusalCode, Role, Setting, Severity, Source, Span, Subject, Timestamp, ViolationId, alike,
    apply, decide,
};

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("an instant")
}

/// A house in which things happen.
struct House {
    records: Records,
}

impl House {
    fn new() -> Self {
        Self { records: fixture::records() }
    }

    fn does(&mut self, name: &str, now: Timestamp, command: &Command) {
        let actor: Actor = fixture::actor(name);
        let events = decide(&self.records, &actor, now, command).expect("it is allowed");
        events.iter().for_each(|event| assert!(apply(&mut self.records, event)));
    }

    fn refuses(&self, name: &str, now: Timestamp, command: &Command) -> RefusalCode {
        decide(&self.records, &fixture::actor(name), now, command).expect_err("it is not allowed").code
    }

    fn happens(&mut self, id: IncidentId, at: Timestamp, fact: Fact) {
        self.happens_on(Subject::Incident(id), at, fact);
    }

    fn happens_on(&mut self, subject: Subject, at: Timestamp, fact: Fact) {
        let actor = fixture::person("vance");
        let event = Event { at, received: at, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut self.records, &event));
    }

    fn logged(&mut self, name: &str, client: &str, now: Timestamp, lag: i64) -> IncidentId {
        let incident = fixture::incident(name);
        let entry = entry(client, now.plus_millis(-lag * MINUTE));
        self.does("ines", now, &Command::LogIncident(LogIncident { incident, entry }));
        incident
    }

    fn categorised(&mut self, id: IncidentId, now: Timestamp) {
        let category = CategoryCode("network_outage".into());
        self.does("ines", now, &Command::Categorise(Categorise { incident: id, category }));
    }

    /// As it stands on record, however many people it took.
    fn severity(&mut self, id: IncidentId, now: Timestamp, severity: Severity) {
        let reason = "what the client says".into();
        self.happens(id, now, Fact::SeverityChanged { severity, reason, matrix: None });
        if severity == Severity::One {
            self.happens(id, now, Fact::MajorIncidentDeclared { because: "Severity 1".into() });
        }
    }

    fn answered(&mut self, id: IncidentId, now: Timestamp) {
        self.does("ines", now, &Command::Assess(Assess { incident: id, text: "The queue is full".into() }));
        let to = fixture::person("tom");
        self.does("ines", now, &Command::Assign(Assign { incident: id, from: None, to }));
    }

    fn ended(&mut self, id: IncidentId, now: Timestamp) {
        let text = || "It works again".to_owned();
        let step = RecordResolutionStep { incident: id, text: text() };
        self.does("tom", now, &Command::RecordResolutionStep(step));
        self.does("tom", now, &Command::RestoreService(RestoreService { incident: id, text: text() }));
        let cause = "The disk was full".into();
        self.does("tom", now, &Command::Resolve(Resolve { incident: id, text: text(), cause }));
    }

    /// What a record shows of Tom, proposed as a violation.
    fn proposed(&mut self, incident: IncidentId) -> ViolationId {
        let violation = fixture::violation("V1");
        let proposed = ProposeViolation {
            violation,
            person: fixture::person("tom"),
            clause: "§3.1".into(),
            incident,
            incidents: Vec::new(),
            evidence: Vec::new(),
            text: "Nobody logged it for an hour".into(),
        };
        self.does("vance", at(MONDAY), &Command::ProposeViolation(proposed));
        violation
    }

    fn incident(&self, id: IncidentId) -> &Incident {
        &self.records.incidents[&id]
    }

    fn all(&self) -> impl Iterator<Item = &Incident> {
        self.records.incidents.values().map(AsRef::as_ref)
    }

    fn june(&self) -> BTreeMap<CellKey, Cell> {
        let june = Period::month(2026, 6, "America/New_York", CountedBy::Logged).expect("a month");
        performance(self.all(), &self.records.setup, june, at("2026-07-01T12:00:00Z"))
    }

    fn cell(&self, clock: ClockKind) -> Cell {
        let key = CellKey { client: fixture::client("acme"), severity: Severity::Three, clock };
        self.june().remove(&key).unwrap_or_default()
    }
}

const MONDAY: &str = "2026-06-01T13:00:00Z";

#[test]
fn trap_45_a_month_is_that_of_the_clients_wall() {
    let logged = at("2026-06-01T02:30:00Z");
    let month = |month| Period::month(2026, month, "America/New_York", CountedBy::Logged).expect("a month");
    assert!(month(5).contains(logged) && !month(6).contains(logged));
    let december = Period::month(2026, 12, "Asia/Kolkata", CountedBy::Logged).expect("a month");
    assert_eq!(december.until, at("2026-12-31T18:30:00Z"));
    assert!(Period::month(i16::MAX, 12, "UTC", CountedBy::Logged).is_err(), "no calendar goes so far");
    assert!(Period::month(2026, 1, "Moon/Crater", CountedBy::Logged).is_err());
}

#[test]
fn an_incident_counts_where_its_clock_stopped_if_the_report_says_so() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at("2026-05-31T20:00:00Z"), 0);
    house.answered(id, at("2026-05-31T20:30:00Z"));
    house.ended(id, at("2026-06-01T13:00:00Z"));
    let june = Period::month(2026, 6, "America/New_York", CountedBy::Stopped).expect("a month");
    let cells = performance(house.all(), &house.records.setup, june, at("2026-07-01T12:00:00Z"));
    let counted: Vec<_> =
        cells.into_iter().filter(|(_, cell)| cell.decided() > 0).map(|(key, _)| key.clock).collect();
    assert_eq!(counted, [ClockKind::Resolution]);
    assert_eq!(house.june().len(), 0);
}

#[test]
fn trap_74_nothing_is_no_data() {
    assert!(House::new().june().is_empty());
    let nothing = Cell::default();
    assert_eq!((nothing.raw(), nothing.net()), (None, None));
    assert_eq!(Share::of(0, 1).map(Share::per_mille), Some(0));
    assert_eq!(Share::of(1_999, 2_000).map(Share::per_mille), Some(999));
}

#[test]
fn every_incident_of_a_period_is_in_one_list_and_the_lists_make_the_figure() {
    let mut house = House::new();
    let kept = house.logged("I1", "acme", at(MONDAY), 0);
    house.answered(kept, at("2026-06-01T13:30:00Z"));
    let broken = house.logged("I2", "acme", at(MONDAY), 0);
    house.answered(broken, at("2026-06-01T15:00:00Z"));
    let other = house.logged("I3", "bolt", at(MONDAY), 0);
    let cell = house.cell(ClockKind::Response);
    assert_eq!((cell.met.clone(), cell.breached.clone()), (vec![kept], vec![broken]));
    assert_eq!(cell.raw(), Some(Share { kept: 1, of: 2 }));
    let cells = house.june();
    let listed: usize =
        cells.values().map(|cell| cell.decided() + cell.pending.len() + cell.no_target.len()).sum();
    assert_eq!(listed, 3 * ClockKind::ALL.len());
    assert!(
        cells
            .iter()
            .all(|(key, cell)| key.client != fixture::client("acme") || !cell.pending.contains(&other))
    );
}

#[test]
fn trap_32_what_was_cancelled_is_listed_as_not_counted_and_a_duplicate_counts_with_its_own() {
    let mut house = House::new();
    let [kept, cancelled, merged] = ["I1", "I2", "I3"].map(|name| house.logged(name, "acme", at(MONDAY), 0));
    let reason = || "Logged twice".to_owned();
    house.does("ines", at(MONDAY), &Command::Cancel(Cancel { incident: cancelled, reason: reason() }));
    let merge = MergeIncident { incident: merged, into: kept, reason: reason() };
    house.does("ines", at(MONDAY), &Command::MergeIncident(merge));
    house.answered(kept, at("2026-06-01T13:30:00Z"));
    let cell = house.cell(ClockKind::Response);
    assert_eq!((cell.met.clone(), cell.not_counted.clone()), (vec![kept], vec![cancelled]));
    assert_eq!((cell.decided(), cell.raw()), (1, Some(Share { kept: 1, of: 1 })), "neither for nor against");
}

/// A response that was due at 14:00 and was given at 15:00, under an exception for a stretch of time.
fn excepted(from: &str, until: &str, is_retroactive: bool) -> Cell {
    granted(from, until, is_retroactive, Ground::Deviation)
}

fn granted(from: &str, until: &str, is_retroactive: bool, ground: Ground) -> Cell {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    house.answered(id, at("2026-06-01T15:00:00Z"));
    let granted = Granted {
        id: fixture::exception("X1"),
        clause: "§6".into(),
        clock: Some(ClockKind::Response),
        from: at(from),
        until: at(until),
        is_retroactive,
        is_undecided: false,
        ground,
    };
    house.happens(id, at("2026-06-01T16:00:00Z"), Fact::ExceptionGranted { granted });
    house.cell(ClockKind::Response)
}

#[test]
fn trap_69_what_is_excepted_afterwards_stays_a_failure_and_is_counted_apart() {
    let in_time = excepted(MONDAY, "2026-06-01T18:00:00Z", false);
    assert_eq!((in_time.breached.len(), in_time.excepted.len()), (1, 1));
    assert_eq!((in_time.raw(), in_time.net()), (Some(Share { kept: 0, of: 1 }), None));
    let afterwards = excepted(MONDAY, "2026-06-01T18:00:00Z", true);
    assert_eq!((afterwards.excepted.len(), afterwards.excepted_afterwards.len()), (0, 1));
    assert_eq!(afterwards.net(), Some(Share { kept: 0, of: 1 }));
    // Late until three: what covers the first hour but for a millisecond excuses nothing (decision 97).
    let part = excepted(MONDAY, "2026-06-01T14:59:59.999Z", true);
    assert_eq!((part.breached.len(), part.excepted_afterwards.len()), (1, 0));
}

#[test]
fn trap_06_a_breach_that_was_recorded_wrongly_stays_on_record_beside_the_corrected_figure() {
    let wrong = granted("2026-06-01T14:00:00Z", "2026-06-01T14:00:00.001Z", true, Ground::WrongRecord);
    assert_eq!((wrong.breached.len(), wrong.corrected.len(), wrong.excepted_afterwards.len()), (1, 1, 0));
    let failed = Some(Share { kept: 0, of: 1 });
    assert_eq!((wrong.raw(), wrong.net(), wrong.corrected()), (failed, failed, None));
    // Of another instant it says nothing.
    let elsewhere = granted("2026-06-01T14:30:00Z", "2026-06-01T14:30:00.001Z", true, Ground::WrongRecord);
    assert_eq!((elsewhere.corrected.len(), elsewhere.corrected()), (0, failed));
}

/// Due at 14:00 by acme's agreement, which was found to be bound wrongly; from a quarter past on it runs by one that
/// gives it until 15:00.
fn rebound(answered: &str) -> Cell {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    let granted = Granted {
        id: fixture::exception("X1"),
        clause: "§3.3".into(),
        clock: Some(ClockKind::Response),
        from: at("2026-06-01T14:00:00Z"),
        until: at("2026-06-01T14:00:00.001Z"),
        is_retroactive: true,
        is_undecided: false,
        ground: Ground::WrongRecord,
    };
    house.happens(id, at("2026-06-01T14:10:00Z"), Fact::ExceptionGranted { granted });
    let agreement = Some(BoundAgreement { id: fixture::agreement("bolt"), version: 1 });
    let (calendars, reason) = (Vec::new(), "The other one was meant".into());
    house.happens(id, at("2026-06-01T14:15:00Z"), Fact::AgreementBound { agreement, calendars, reason });
    house.answered(id, at(answered));
    house.cell(ClockKind::Response)
}

#[test]
fn trap_06_a_correction_hides_no_later_failure() {
    let kept = rebound("2026-06-01T15:00:00Z");
    assert_eq!((kept.breached.len(), kept.corrected.len()), (1, 1), "the wrong line stays on record");
    let late = rebound("2026-06-01T15:00:00.001Z");
    assert_eq!((late.breached.len(), late.corrected.len()), (1, 0));
    assert_eq!(late.corrected(), Some(Share { kept: 0, of: 1 }));
}

#[test]
fn trap_70_an_exception_covers_instants_not_incidents() {
    // Late from 14:00 until it was answered at 15:00.
    let whole = excepted(MONDAY, "2026-06-01T15:00:00Z", false);
    assert_eq!(whole.excepted.len(), 1);
    let part = excepted(MONDAY, "2026-06-01T14:59:59.999Z", false);
    assert_eq!(part.excepted.len(), 0, "a millisecond of it is late outside of the exception");
}

#[test]
fn the_lag_of_a_report_entered_late_is_seen() {
    let mut house = House::new();
    for (place, lag) in [0, 5, 10, 40].into_iter().enumerate() {
        house.logged(&format!("I{}", place + 1), "acme", at(MONDAY), lag);
    }
    let june = Period::month(2026, 6, "America/New_York", CountedBy::Logged).expect("a month");
    let lags = log_lag(house.all(), &house.records.setup, june);
    let phone = &lags[&Source::Phone];
    assert_eq!((phone.median_ms(), phone.p90_ms()), (Some(5 * MINUTE), Some(40 * MINUTE)));
    assert_eq!(phone.late, Some(vec![fixture::incident("I4")]));
    assert_eq!(phone.prompt(), Some(Share { kept: 3, of: 4 }));
    assert_eq!(phone.invalid, []);
    assert!(!lags.contains_key(&Source::Email));
}

#[test]
fn what_was_steered_is_found_and_what_was_not_is_not() {
    let mut house = House::new();
    let plain = house.logged("I1", "acme", at(MONDAY), 0);
    house.severity(plain, at("2026-06-01T13:10:00Z"), Severity::Four);
    // 24 hours are promised for Severity 3; 23 of them are spent.
    let steered = house.logged("I2", "acme", at(MONDAY), 0);
    house.severity(steered, at("2026-06-02T12:00:00Z"), Severity::Four);
    let kinds = |id| {
        oddities(house.incident(id), &house.records.setup).iter().map(|odd| odd.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(plain), []);
    assert_eq!(kinds(steered), [OddityKind::LoweredLate]);
}

#[test]
fn trap_60_the_gravest_severity_decides_that_it_is_reviewed() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    assert_eq!(house.incident(id).review_triggers(), []);
    house.severity(id, at("2026-06-01T13:10:00Z"), Severity::One);
    house.severity(id, at("2026-06-01T13:20:00Z"), Severity::Three);
    assert_eq!(house.incident(id).review_triggers(), [Trigger::Severity, Trigger::Major]);
}

#[test]
fn trap_68_one_person_decides_once_whoever_they_act_for() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    house.severity(id, at(MONDAY), Severity::One);
    let exception = ExceptionId(fixture::thing("exception", "X1"));
    let request = RequestException {
        exception,
        clause: "§3.5".into(),
        clock: None,
        incident: Some(id),
        client: None,
        service: None,
        begins_at: None,
        until: at("2026-06-01T15:00:00Z"),
        prevents: "The path leads to one who is away".into(),
        if_refused: "Nobody is called".into(),
        affected: "Nobody else".into(),
        control: "Somebody stays on the phone".into(),
        evidence: Vec::new(),
        beneficiaries: Vec::new(),
        renewal_of: None,
    };
    let now = at("2026-06-01T13:10:00Z");
    house.does("mora", now, &Command::RequestException(request));
    let delegate = DelegateApproval {
        delegation: DelegationId(fixture::thing("delegation", "G1")),
        to: fixture::person("kay"),
        until: at("2026-06-01T18:00:00Z"),
        client: None,
    };
    house.does("vance", now, &Command::DelegateApproval(delegate));
    let approve = |acting_for: Option<&str>| {
        Command::ApproveException(ApproveException {
            exception,
            incident: Some(id),
            acting_for: acting_for.map(fixture::person),
            reason: "It is controlled".into(),
            until: None,
            control: None,
        })
    };
    // By the delegate, the person acted for has decided.
    house.does("kay", now, &approve(Some("vance")));
    assert_eq!(house.refuses("vance", now, &approve(None)), RefusalCode::NotPermitted);
    assert_eq!(house.refuses("kay", now, &approve(Some("vance"))), RefusalCode::NotPermitted);
    assert_eq!(house.refuses("mora", now, &approve(None)), RefusalCode::NotPermitted);
    // The right is that of the moment: a former Supervisor has none.
    let mut vera = house.records.setup.people[&fixture::person("vance")].clone();
    (vera.id, vera.name) = (fixture::person("vera"), "vera".into());
    let mut set = |house: &mut House, roles: &[Role]| {
        vera.roles = roles.iter().copied().collect();
        let setup = Arc::make_mut(&mut house.records.setup);
        setup.take(Setting::Person(vera.clone())).expect("a person");
        setup.actor(vera.id).expect("somebody who works here")
    };
    let former = set(&mut house, &[Role::Tier2]);
    assert!(decide(&house.records, &former, now, &approve(None)).is_err());
    let second = set(&mut house, &[Role::Supervisor]);
    let events = decide(&house.records, &second, now, &approve(None)).expect("a second person");
    events.iter().for_each(|event| assert!(apply(&mut house.records, event)));
    assert_eq!(house.records.exceptions[&exception].state, ExceptionState::Granted);
}

#[test]
fn trap_71_days_of_the_calendar_are_not_days_of_business() {
    let setup = fixture::records().setup;
    let friday = at("2026-06-05T14:00:00Z");
    let calendar = Within { minutes: 3 * 24 * 60, calendar: None };
    let business = Within { minutes: 3 * 480, calendar: Some(fixture::calendar("new_york")) };
    assert_eq!(calendar.due(&setup, friday, &[]), Some(at("2026-06-08T14:00:00Z")));
    assert_eq!(business.due(&setup, friday, &[]), Some(at("2026-06-10T14:00:00Z")));
    let unknown = Within { minutes: 1, calendar: Some(fixture::calendar("nowhere")) };
    assert_eq!(unknown.due(&setup, friday, &[]), None);
}

#[test]
fn trap_71_a_review_has_days_of_the_calendar_after_severity_1_and_days_of_business_after_severity_2() {
    let friday = at("2026-06-05T14:00:00Z");
    let due = |severity: Severity| {
        let mut house = House::new();
        let id = house.logged("I1", "acme", at(MONDAY), 0);
        let reason = "Mail is down".into();
        house.happens(id, at(MONDAY), Fact::SeverityChanged { severity, reason, matrix: None });
        house.happens(id, at(MONDAY), Fact::MajorIncidentDeclared { because: "Widespread".into() });
        house.answered(id, at(MONDAY));
        house.ended(id, friday);
        let record = house.records.get(Subject::Incident(id)).expect("an incident");
        let owed = record.duties(&house.records.setup, friday);
        owed.iter().find(|owed| owed.duty == Duty::ScheduleReview).expect("a review to arrange").due
    };
    assert_eq!(due(Severity::One), Some(at("2026-06-08T14:00:00Z")), "three days, over the weekend");
    assert_eq!(due(Severity::Two), Some(at("2026-06-12T14:00:00Z")), "five days without it");
}

#[test]
fn numbers_that_nobody_set_are_absent() {
    let none = Oversight::at(&incident::Setup::default(), at(MONDAY));
    assert_eq!(none, Oversight::default());
    assert_eq!((none.exceptions.renewals_max, none.reviews.recurrence), (None, None));
}

#[test]
fn trap_73_one_outage_counts_once() {
    let mut house = House::new();
    let ids: Vec<_> =
        (1..=4).map(|number| house.logged(&format!("I{number}"), "acme", at(MONDAY), 0)).collect();
    ids.iter().for_each(|id| house.categorised(*id, at(MONDAY)));
    let rule = RecurrenceRule { count: 3, days: 30 };
    assert_eq!(recurring(house.all(), house.incident(ids[0]), rule).len(), 4);
    for id in &ids[2..] {
        let reason = "logged twice".into();
        house.does("ines", at(MONDAY), &Command::Cancel(Cancel { incident: *id, reason }));
    }
    assert!(recurring(house.all(), house.incident(ids[0]), rule).is_empty());
    // The same record twice is no second outage.
    let twice = house.all().chain(house.all());
    assert!(recurring(twice, house.incident(ids[0]), rule).is_empty());
}

#[test]
fn trap_73_what_was_merged_and_what_is_a_child_are_no_outages_of_their_own() {
    let mut house = House::new();
    let [first, second, merged, child] =
        ["I1", "I2", "I3", "I4"].map(|name| house.logged(name, "acme", at(MONDAY), 0));
    [first, second, merged, child].into_iter().for_each(|id| house.categorised(id, at(MONDAY)));
    let outages = |house: &House, count: u32| {
        recurring(house.all(), house.incident(second), RecurrenceRule { count, days: 30 })
    };
    assert_eq!(outages(&house, 4), BTreeSet::from([first, second, merged, child]));
    let merge = MergeIncident { incident: merged, into: first, reason: "Logged twice".into() };
    house.does("ines", at(MONDAY), &Command::MergeIncident(merge));
    assert_eq!(outages(&house, 3), BTreeSet::from([first, second, child]));
    house.does("ines", at(MONDAY), &Command::LinkChild(LinkChild { incident: first, child }));
    assert!(outages(&house, 3).is_empty());
    assert_eq!(outages(&house, 2), BTreeSet::from([first, second]));
}

#[test]
fn like_incidents_are_looked_for_thirty_days_before_and_after() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    assert_eq!(alike(&house.records, Subject::Incident(id)), None, "it is not categorised");
    house.categorised(id, at(MONDAY));
    let like = alike(&house.records, Subject::Incident(id)).expect("what it may recur with");
    assert_eq!(like.key, format!("{}/network_outage", fixture::client("acme")));
    assert_eq!((like.from, like.until), (at("2026-05-02T13:00:00Z"), at("2026-07-01T13:00:00Z")));
}

#[test]
fn trap_76_fourteen_records_of_one_outage_are_one_violation() {
    let outage = fixture::incident("I1");
    let failure = |number: u32| Failure {
        person: fixture::person("tom"),
        clause: "§3.1".into(),
        incident: fixture::incident(&format!("I{number}")),
        outage,
    };
    let groups = grouped((1..=14).map(failure));
    assert_eq!(groups.len(), 1);
    assert_eq!(groups.values().next().map(BTreeSet::len), Some(14));
    let other = Failure { person: fixture::person("kay"), ..failure(1) };
    assert_eq!(grouped([failure(1), other]).len(), 2);
}

#[test]
fn trap_76_what_a_child_shows_belongs_to_the_outage_of_its_parent() {
    let mut house = House::new();
    let parent = house.logged("I1", "acme", at(MONDAY), 0);
    let child = house.logged("I2", "bolt", at(MONDAY), 0);
    house.does("ines", at(MONDAY), &Command::LinkChild(LinkChild { incident: parent, child }));
    let violation = house.proposed(child);
    let proposal = &house.records.violations[&violation].proposal;
    assert_eq!((proposal.outage, proposal.incidents.as_slice()), (parent, [child].as_slice()));
}

#[test]
fn who_stays_silent_is_decided_on_once_there_is_a_time_to_reply() {
    let mut house = House::new();
    let incident = house.logged("I1", "acme", at(MONDAY), 0);
    let setup = Arc::make_mut(&mut house.records.setup);
    let mut numbers = setup.oversight.values().next_back().cloned().expect("numbers of oversight");
    for version in setup.oversight.values_mut() {
        version.enforcement.reply_within = None;
    }
    let violation = house.proposed(incident);
    let is_heard = |house: &House, now: Timestamp| {
        house.records.violations[&violation].is_heard(&house.records.setup, now)
    };
    let (set_at, day) = (at("2026-06-08T13:00:00Z"), 24 * 60 * MINUTE);
    assert!(!is_heard(&house, at("2027-06-01T13:00:00Z")), "nobody has said how long a reply may take");
    (numbers.version, numbers.effective_from) = (numbers.version + 1, set_at);
    numbers.enforcement.reply_within = Some(Within { minutes: 24 * 60, calendar: None });
    let setup = Arc::make_mut(&mut house.records.setup);
    setup.take(Setting::Oversight(numbers)).expect("numbers of oversight");
    assert!(!is_heard(&house, set_at.plus_millis(day - 1)), "the time runs from when it was said");
    assert!(is_heard(&house, set_at.plus_millis(day)));
}

#[test]
fn a_reply_asks_for_attention_at_a_half_three_quarters_and_nine_tenths_of_its_time() {
    let mut house = House::new();
    let incident = house.logged("I1", "acme", at(MONDAY), 0);
    let violation = house.proposed(incident);
    let proposal = house.records.get(Subject::Violation(violation)).expect("a proposal");
    let owed = proposal.duties(&house.records.setup, at(MONDAY));
    assert_eq!((owed.len(), owed[0].due), (1, Some(at("2026-06-06T13:00:00Z"))), "five days to reply");
    let asks = Attention {
        watch: at("2026-06-04T01:00:00Z"),
        caution: at("2026-06-05T07:00:00Z"),
        warning: at("2026-06-06T01:00:00Z"),
    };
    assert_eq!(owed[0].attention, Some(asks));
}

#[test]
fn an_incident_is_kept_with_whether_it_is_open_when_it_changed_and_what_it_is_like() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    let kept = |house: &House| {
        let record = house.records.get(Subject::Incident(id)).expect("an incident");
        (record.is_open(), record.changed_at(), record.likeness())
    };
    assert_eq!(kept(&house), (true, at(MONDAY), None), "it is like none before it is categorised");
    let (categorised, cancelled) = (at("2026-06-01T13:05:00Z"), at("2026-06-01T13:10:00Z"));
    house.categorised(id, categorised);
    let key = format!("{}/network_outage", fixture::client("acme"));
    assert_eq!(kept(&house), (true, categorised, Some(Likeness { key, at: at(MONDAY) })));
    let reason = "A question, no incident".into();
    house.does("ines", cancelled, &Command::Cancel(Cancel { incident: id, reason }));
    assert_eq!(kept(&house), (false, cancelled, None), "what was no incident recurs with none");
}

#[test]
fn a_draw_can_be_made_again_by_anybody() {
    let ids: Vec<_> = (0..100).map(|number| fixture::incident(&format!("I{number}"))).collect();
    let equal = |ids: &[IncidentId]| ids.iter().map(|id| (*id, 1)).collect::<Vec<_>>();
    let drawn = ordered(7, equal(&ids));
    let mut reversed = ids.clone();
    reversed.reverse();
    assert_eq!(
        ordered(7, equal(&reversed)),
        drawn,
        "the order in which records are given counts for nothing"
    );
    assert_ne!(ordered(8, equal(&ids)), drawn);
    let mut sorted = drawn;
    sorted.sort();
    let mut all = ids;
    all.sort();
    assert_eq!(sorted, all, "every record is drawn once");
}

#[test]
fn a_sample_is_never_drawn_from_what_was_cut_off() {
    let mut house = House::new();
    let first = house.logged("I1", "acme", at(MONDAY), 0);
    let logged = house.incident(first).clone();
    // Whoever looks for them finds so many and stops: most of them are rehearsals.
    let rehearsals = (0..5_000_u128).map(|place| {
        let mut rehearsal = logged.clone();
        rehearsal.id = IncidentId(uuid::Uuid::from_u128(1 + place));
        rehearsal.entry.drill = true;
        (rehearsal.id, Arc::new(rehearsal))
    });
    let audit = fixture::audit("A1");
    let (begins_at, until) = (at(MONDAY), at(MONDAY).plus_millis(60 * MINUTE));
    let reviewer = fixture::person("vance");
    let draw = DrawSample { audit, begins_at, until, client: None, seed: 7, count: 1, reviewer };
    house.records.incidents.extend(rehearsals);
    let refused = house.refuses("vance", until, &Command::DrawSample(draw.clone()));
    assert_eq!(refused, RefusalCode::TooLong);
    house.records.incidents.pop_first();
    house.does("vance", until, &Command::DrawSample(draw));
}

#[test]
fn a_draw_looks_at_each_record_alone_and_a_recurrence_at_its_kin() {
    let mut house = House::new();
    let incident = house.logged("I1", "acme", at(MONDAY), 0);
    house.categorised(incident, at(MONDAY));
    let (audit, reviewer) = (fixture::audit("A1"), fixture::person("vance"));
    let (begins_at, until) = (at(MONDAY), at(MONDAY).plus_millis(60 * MINUTE));
    let draw = DrawSample { audit, begins_at, until, client: None, seed: 7, count: 1, reviewer };
    let recurrence = RecordRecurrence { incident, incidents: Vec::new() };
    for (command, is_reached) in
        [(Command::DrawSample(draw), false), (Command::RecordRecurrence(recurrence), true)]
    {
        let look_ups = command.look_ups(&house.records, until);
        assert_eq!(look_ups.iter().map(LookUp::reaches_kin).collect::<Vec<_>>(), [is_reached]);
    }
}

#[test]
fn a_heavier_record_is_drawn_sooner() {
    let (heavy, light) = (fixture::incident("I1"), fixture::incident("I2"));
    let first = (0..1_000).filter(|seed| ordered(*seed, [(heavy, 9), (light, 1)])[0] == heavy).count();
    assert!((860..=940).contains(&first), "{first} of 1000 draws, where 900 are expected");
    assert_eq!(ordered(0, [(light, 0)]), [light], "no record is out of reach");
}

#[test]
fn a_wait_that_begins_when_a_time_is_up_moves_it_no_more() {
    let hour = Within { minutes: 60, calendar: None };
    let setup = fixture::records().setup;
    let due = |waited: &str| {
        let from = at(waited);
        hour.due(&setup, at(MONDAY), &[Span { from, to: from.plus_millis(10 * MINUTE) }])
    };
    assert_eq!(due("2026-06-01T13:59:59.999Z"), Some(at("2026-06-01T14:10:00Z")));
    assert_eq!(due("2026-06-01T14:00:00Z"), Some(at("2026-06-01T14:00:00Z")));
}

#[test]
fn risks_add_to_the_weight() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    let weights = RiskWeights { severity: [6, 3, 1, 0], lowered: 2, ..RiskWeights::default() };
    assert_eq!(weight(house.incident(id), &weights), 2);
    house.severity(id, at("2026-06-01T13:10:00Z"), Severity::Two);
    house.severity(id, at("2026-06-01T13:20:00Z"), Severity::Four);
    assert_eq!(weight(house.incident(id), &weights), 6);
}

#[test]
fn what_no_number_was_in_force_for_is_neither_prompt_nor_late() {
    let mut house = House::new();
    let setup = Arc::make_mut(&mut house.records.setup);
    let mut counting = setup.house.clone();
    counting.version += 1;
    counting.effective_from = at("2026-06-15T04:00:00Z");
    setup.house.log_within_minutes = None;
    setup.take(Setting::House(counting)).expect("a house");
    for number in 1..=9 {
        house.logged(&format!("I{number}"), "acme", at(MONDAY), 180);
    }
    let june = Period::month(2026, 6, "America/New_York", CountedBy::Logged).expect("a month");
    let phone = |house: &House| log_lag(house.all(), &house.records.setup, june)[&Source::Phone].clone();
    assert_eq!((phone(&house).late, phone(&house).prompt()), (None, None));
    let slow = house.logged("I10", "acme", at("2026-06-16T13:00:00Z"), 20);
    assert_eq!((phone(&house).late, phone(&house).unjudged.len()), (Some(vec![slow]), 9));
    assert_eq!(phone(&house).prompt(), Some(Share { kept: 0, of: 1 }));
    house.logged("I11", "acme", at("2026-06-16T14:00:00Z"), 15);
    assert_eq!(phone(&house).prompt(), Some(Share { kept: 1, of: 2 }));
    // How long it took is known of all of them.
    assert_eq!(phone(&house).median_ms(), Some(180 * MINUTE));
}
