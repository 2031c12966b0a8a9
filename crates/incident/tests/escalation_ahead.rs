//! What lies ahead on escalations (§3.5): when the server looks again, what it asks, who would be called, and what
//! is known of a target.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use entry::entry;
use incident::agreement::ClockKind;
use incident::command::{AcceptAssignment, AnswerForecast, AskForecast, Assign, LogIncident, SetSeverity};
use incident::escalation::{
    Addressee, BudgetTrigger, DefinedPath, EscalationPath, ForecastTrigger, Forecasted, PathStep, Supposed,
    Triggers, forecast, next_due, rehearse,
};
use incident::{
    Actor, Command, Impact, Incident, LogEntry, MINUTE, PersonId, Records, Role, Setting, Severity, Subject,
    Timestamp, apply, decide, server_duties,
};

fn after(minutes: i64) -> Timestamp {
    let begun = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
    begun.plus_millis(minutes * MINUTE)
}

/// A technical path: Tom, Kay a quarter of an hour later, and Vance at last.
fn ladder(triggers: Triggers) -> DefinedPath {
    let call = |name| Addressee::Person { person: fixture::person(name) };
    let step = |name| PathStep { call: vec![call(name)], delay_minutes: 15 };
    DefinedPath {
        id: fixture::path("ladder"),
        version: 1,
        effective_from: Timestamp::from_millis(0),
        name: "ladder".to_owned(),
        path: EscalationPath::Technical,
        client: None,
        service: None,
        severity: None,
        triggers,
        steps: vec![step("tom"), step("kay")],
        repeats: 0,
        last_resort: call("vance"),
        acknowledged_minutes: 30,
    }
}

/// A path that half of the resolution target begins.
fn at_the_half() -> DefinedPath {
    let budget = vec![BudgetTrigger { clock: ClockKind::Resolution, percent: 50 }];
    ladder(Triggers { budget, ..Triggers::default() })
}

/// A path that asks at half of the resolution target.
fn asking_at_the_half() -> DefinedPath {
    let asked =
        ForecastTrigger { clock: ClockKind::Resolution, ask_at_percent: 50, answer_within_minutes: 15 };
    ladder(Triggers { forecast: Some(asked), ..Triggers::default() })
}

/// A house with one incident, logged at the beginning; eight hours are promised for its resolution.
struct House {
    records: Records,
}

impl House {
    fn on(path: DefinedPath) -> Self {
        let mut records = fixture::records();
        Arc::make_mut(&mut records.setup).take(Setting::EscalationPath(path)).expect("a good path");
        let mut house = Self { records };
        let entry = LogEntry { impact: Impact::ManyUsers, ..entry("acme", after(0)) };
        house.does(
            "ines",
            0,
            &Command::LogIncident(LogIncident { incident: fixture::incident("I1"), entry }),
        );
        house
    }

    fn does(&mut self, name: &str, minutes: i64, command: &Command) {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
        let actor = Actor { person: fixture::person(name), roles };
        let events = decide(&self.records, &actor, after(minutes), command);
        for event in events.unwrap_or_else(|refusal| panic!("{refusal}")) {
            assert!(apply(&mut self.records, &event));
        }
    }

    fn assigned(&mut self, minutes: i64) {
        let (incident, to) = (fixture::incident("I1"), fixture::person("tom"));
        self.does("ines", minutes, &Command::Assign(Assign { incident, from: None, to }));
    }

    fn asks(&mut self, minutes: i64) {
        let (incident, clock) = (fixture::incident("I1"), ClockKind::Resolution);
        self.does("mora", minutes, &Command::AskForecast(AskForecast { incident, clock }));
    }

    fn incident(&self) -> &Incident {
        &self.records.incidents[&fixture::incident("I1")]
    }

    /// Which questions the server would ask.
    fn questions(&self, minutes: i64) -> Vec<ClockKind> {
        let (due, _) = server_duties(&self.records, Subject::Incident(self.incident().id), after(minutes));
        let clock = |command: &Command| match command {
            Command::AskForecast(asked) => Some(asked.clock),
            _ => None,
        };
        due.iter().filter_map(|duty| clock(&duty.command)).collect()
    }

    /// What is known of a target, in sentences.
    fn known(&self, clock: ClockKind, minutes: i64) -> Vec<String> {
        let known = forecast(self.incident(), &self.records.setup, clock, after(minutes));
        known.expect("a target").reasons
    }
}

#[test]
fn what_falls_due_next_lies_ahead() {
    let house = House::on(at_the_half());
    let next = |minutes| next_due(house.incident(), &house.records.setup, after(minutes));
    assert_eq!(next(0), Some(after(240)));
    assert_eq!(next(239), Some(after(240)));
    assert_eq!(next(240), None, "that is due, and what follows it hangs on when it is done");
}

#[test]
fn a_rehearsal_tells_who_would_be_called_until_an_instant() {
    let mut records = fixture::records();
    Arc::make_mut(&mut records.setup).take(Setting::EscalationPath(at_the_half())).expect("a good path");
    let supposed = Supposed {
        client: fixture::client("acme"),
        services: vec![fixture::service("acme", "mail")],
        severity: Severity::Two,
        at: after(0),
    };
    let calls = |until: i64| -> Vec<(Timestamp, Vec<PersonId>)> {
        let calls = rehearse(&records, &supposed, after(until)).expect("a rehearsal");
        calls.into_iter().map(|call| (call.at, call.told.into_iter().collect())).collect()
    };
    let [tom, kay, vance] = ["tom", "kay", "vance"].map(|name| vec![fixture::person(name)]);
    let first = [(after(240), tom), (after(255), kay)];
    assert!(calls(239).is_empty());
    assert_eq!(calls(255), first);
    let all: Vec<_> = first.into_iter().chain([(after(270), vance)]).collect();
    assert_eq!(calls(24 * 60), all);
}

#[test]
fn the_server_asks_once_and_anew_where_the_target_is_a_tighter_one() {
    let mut house = House::on(asking_at_the_half());
    house.assigned(10);
    assert_eq!(house.questions(239), []);
    assert_eq!(house.questions(240), [ClockKind::Resolution]);
    house.asks(240);
    assert_eq!(house.questions(241), [], "it has been asked");
    let (incident, clock) = (fixture::incident("I1"), Some(ClockKind::Resolution));
    let (answer, reason) = (Forecasted::CanBeMet, "The part is here".to_owned());
    house.does("tom", 245, &Command::AnswerForecast(AnswerForecast { incident, answer, reason, clock }));
    assert_eq!(house.questions(300), [], "it has been answered");
    // Half of the four hours of Severity 1 have gone by then.
    let (from, severity, reason) = (Severity::Two, Severity::One, "Everybody is affected".to_owned());
    house.does("mora", 300, &Command::SetSeverity(SetSeverity { incident, from, severity, reason }));
    assert_eq!(house.questions(300), [ClockKind::Resolution]);
}

#[test]
fn a_target_in_its_last_minute_has_not_passed() {
    let house = House::on(at_the_half());
    let first = |minutes| house.known(ClockKind::Resolution, minutes)[0].clone();
    assert_eq!(first(479), "1 minutes of business time are left.");
    assert_eq!(first(480), "0 minutes of business time are left.");
    assert_eq!(first(481), "It passed 1 minutes of business time ago.");
}

#[test]
fn a_forecast_names_who_has_not_accepted_and_what_was_asked_about_this_target() {
    let mut house = House::on(at_the_half());
    house.assigned(10);
    let (response, resolution) = (ClockKind::Response, ClockKind::Resolution);
    let unaccepted = "tom has not accepted it yet.";
    assert_eq!(house.known(resolution, 10), ["470 minutes of business time are left.", unaccepted]);
    let incident = fixture::incident("I1");
    house.does("tom", 11, &Command::AcceptAssignment(AcceptAssignment { incident }));
    assert_eq!(house.known(resolution, 11), ["469 minutes of business time are left."]);
    house.asks(12);
    let unanswered = "tom was asked and has not answered.";
    assert_eq!(house.known(resolution, 12), ["468 minutes of business time are left.", unanswered]);
    assert_eq!(house.known(response, 12), ["18 minutes of business time are left."]);
}
