//! Exceptions as values (§4.2): who is told what while a request waits, and how one is kept.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use entry::entry;
use incident::agreement::ClockKind;
use incident::clock::Attention;
use incident::command::{ApproveException, ExpireException, LogIncident, RequestException};
use incident::oversight::ExceptionRules;
use incident::{
    Actor, Command, Likeness, Obligation, PersonId, Records, Role, Setting, Subject, Timestamp, apply,
    decide, obligations, server_duties,
};

/// A time of one Monday.
fn at(time: &str) -> Timestamp {
    Timestamp::from_rfc3339(&format!("2026-06-01T{time}:00Z")).expect("an instant")
}

/// A request on the one incident, of one clause and nobody's clock.
fn request() -> RequestException {
    RequestException {
        exception: fixture::exception("X1"),
        clause: "§3.1".into(),
        clock: None,
        incident: Some(fixture::incident("I1")),
        client: None,
        service: None,
        begins_at: None,
        until: at("16:00"),
        prevents: "The client cannot be reached".into(),
        if_refused: "It stays open for nothing".into(),
        affected: "Nobody".into(),
        control: "The queue is watched".into(),
        evidence: Vec::new(),
        beneficiaries: Vec::new(),
        renewal_of: None,
    }
}

/// The same of a target, for which two people are needed.
fn of_a_target() -> RequestException {
    RequestException { clause: "§6".into(), clock: Some(ClockKind::Resolution), ..request() }
}

/// A house with one incident of Severity 3.
struct House {
    records: Records,
}

impl House {
    fn new() -> Self {
        let mut house = Self { records: fixture::records() };
        let (incident, entry) = (fixture::incident("I1"), entry("acme", at("13:00")));
        house.does("ines", "13:00", &Command::LogIncident(LogIncident { incident, entry }));
        house
    }

    fn with(rules: impl Fn(&mut ExceptionRules)) -> Self {
        let mut house = Self::new();
        let setup = Arc::make_mut(&mut house.records.setup);
        setup.oversight.values_mut().for_each(|version| rules(&mut version.exceptions));
        house
    }

    /// Somebody comes to hold these roles alone.
    fn holds(&mut self, name: &str, roles: &[Role]) {
        let mut person = self.records.setup.people[&fixture::person("vance")].clone();
        (person.id, person.name) = (fixture::person(name), name.to_owned());
        person.roles = roles.iter().copied().collect();
        let setup = Arc::make_mut(&mut self.records.setup);
        setup.take(Setting::Person(person)).expect("a person");
    }

    fn does(&mut self, name: &str, time: &str, command: &Command) {
        self.act(&fixture::actor(name), time, command);
    }

    fn act(&mut self, actor: &Actor, time: &str, command: &Command) {
        let events = decide(&self.records, actor, at(time), command).expect("it is allowed");
        events.iter().for_each(|event| assert!(apply(&mut self.records, event)));
    }

    fn asks(&mut self, name: &str, request: RequestException) {
        self.does(name, "13:10", &Command::RequestException(request));
    }

    fn approves(&mut self, name: &str, time: &str) {
        let approved = ApproveException {
            exception: fixture::exception("X1"),
            incident: Some(fixture::incident("I1")),
            acting_for: None,
            reason: "The control is enough".into(),
            until: None,
            control: None,
        };
        self.does(name, time, &Command::ApproveException(approved));
    }

    fn owed(&self, time: &str) -> Vec<Obligation> {
        let mut all = obligations(&self.records, at(time));
        all.retain(|owed| owed.subject == Subject::Exception(fixture::exception("X1")));
        all
    }

    /// Who owes something on it, and why.
    fn told(&self, time: &str) -> Vec<(Option<PersonId>, String)> {
        self.owed(time).into_iter().map(|owed| (owed.owner.person, owed.why)).collect()
    }
}

fn person(name: &str) -> Option<PersonId> {
    Some(fixture::person(name))
}

#[test]
fn a_request_that_enough_people_may_decide_says_what_it_waits_for() {
    let mut house = House::new();
    house.asks("mora", request());
    let waits = "An exception counts only once designated management has approved it.";
    assert_eq!(house.told("13:11"), [(None, waits.to_owned())]);
}

#[test]
fn a_request_that_too_few_may_decide_says_so_to_each_who_can_change_that() {
    let mut house = House::new();
    house.asks("mora", of_a_target());
    let mut told = house.told("13:11");
    told.sort();
    let lack = "It cannot be granted as it stands: it needs 2 more people, and 1 may decide.";
    let mut expected = [
        (
            None,
            "It needs 2 more people of designated management. Only 1 may decide on it as it stands."
                .to_owned(),
        ),
        (person("mora"), format!("{lack} Ask for less, or ask an administrator to name another Supervisor.")),
        (person("root"), format!("{lack} Name another Supervisor, who has no part in it.")),
    ];
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn an_administrator_who_decides_or_asked_is_told_once() {
    let owners = |house: &House| {
        let mut owners: Vec<_> = house.owed("13:11").iter().map(|owed| owed.owner.role).collect();
        owners.sort();
        owners
    };
    let mut decides = House::new();
    decides.holds("root", &[Role::Administrator, Role::Supervisor]);
    decides.asks("vance", of_a_target());
    assert_eq!(owners(&decides), [Role::Personnel, Role::Supervisor]);

    let mut asked = House::new();
    asked.asks("root", of_a_target());
    assert_eq!(owners(&asked), [Role::Personnel, Role::Supervisor]);
}

#[test]
fn a_request_says_that_it_went_on_and_that_nobody_named_may_decide() {
    let named = |rules: &mut ExceptionRules| {
        rules.approvers = ["vance", "wanda"].map(fixture::person).to_vec();
        rules.alternate_after_percent = Some(50);
    };
    let mut house = House::with(named);
    house.holds("wanda", &[Role::Supervisor]);
    house.holds("viola", &[Role::Supervisor]);
    let until = at("22:00");
    house.asks("mora", RequestException { until, ..request() });
    let waits = "An exception counts only once designated management has approved it.";
    assert_eq!(house.told("13:11"), [(person("vance"), waits.to_owned())]);
    // A day of eight hours is set for it; half of that is over.
    let gone_on = format!("{waits} Time has passed without a decision; it goes to the next.");
    assert_eq!(house.told("17:10"), [(person("wanda"), gone_on)]);

    let mut house = House::with(named);
    house.holds("wanda", &[Role::Supervisor]);
    house.holds("viola", &[Role::Supervisor]);
    let beneficiaries = ["vance", "wanda"].map(fixture::person).to_vec();
    house.asks("mora", RequestException { until, beneficiaries, ..request() });
    let nobody = format!("{waits} Nobody of those who are named for it may decide on this one.");
    assert_eq!(house.told("17:10"), [(person("viola"), nobody)]);
}

#[test]
fn the_end_of_an_exception_asks_for_attention_from_its_warning_on() {
    let mut house = House::with(|rules| rules.warn_before_minutes = Some(60));
    house.asks("mora", request());
    house.approves("vance", "13:20");
    assert_eq!(house.owed("14:59"), []);
    let owed = house.owed("15:00");
    // Imminent is the last tenth.
    let asks = Attention { watch: at("15:00"), caution: at("15:00"), warning: at("15:54") };
    assert_eq!(owed.iter().map(|owed| owed.attention).collect::<Vec<_>>(), [Some(asks), Some(asks)]);
    assert_eq!(owed[0].due, Some(at("16:00")));
}

#[test]
fn an_exception_is_kept_with_whether_it_is_open_when_it_changed_and_what_it_is_like() {
    let mut house = House::new();
    house.asks("mora", request());
    let (exception, incident) = (fixture::exception("X1"), fixture::incident("I1"));
    let kept = |house: &House| {
        let record = house.records.get(Subject::Exception(exception)).expect("an exception");
        let owed = record.duties(&house.records.setup, record.changed_at());
        ((record.is_open(), record.changed_at(), record.likeness()), record.kin(), owed.len())
    };
    let about = || vec![Subject::Incident(incident)];
    let asked = Some(Likeness { key: format!("exception/asked/{}", incident.0), at: at("13:10") });
    assert_eq!(kept(&house), ((true, at("13:10"), asked), about(), 1), "nothing goes on from a request");
    house.approves("vance", "13:20");
    let key = format!("exception/§3.1/none/incident/{}", incident.0);
    let like = || Some(Likeness { key: key.clone(), at: at("16:00") });
    assert_eq!(kept(&house), ((true, at("13:20"), like()), about(), 0), "its end is to come");
    house.act(&Actor::server(), "16:00", &Command::ExpireException(ExpireException { exception }));
    assert_eq!(kept(&house), ((false, at("16:00"), like()), about(), 0));
}

#[test]
fn the_server_waits_for_the_end_of_what_is_granted_and_for_no_decision() {
    let mut house = House::new();
    house.asks("mora", request());
    let subject = Subject::Exception(fixture::exception("X1"));
    let duties = |house: &House| server_duties(&house.records, subject, at("13:30"));
    assert_eq!(duties(&house), (Vec::new(), None), "a request that is late does not lapse");
    house.approves("vance", "13:20");
    assert_eq!(duties(&house), (Vec::new(), Some(at("16:00"))));
}
