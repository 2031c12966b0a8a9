//! Escalation along paths: the traps of §3.5, and the rehearsal against the engine.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use entry::entry;
use incident::agreement::ClockKind;
use incident::command::{
    AcknowledgeEscalation, AdvanceEscalation, AnswerForecast, AskForecast, Assess, Assign, Cancel,
    LogIncident, RestoreService, SetSeverity, StartEscalation,
};
use incident::escalation::{
    Addressee, BudgetTrigger, ByHand, Cause, DefinedPath, EscalationPath, ForecastTrigger, Forecasted,
    PassedOverBecause, PathPlace, PathStep, Run, Supposed, Triggers, forecast, rehearse,
};
use incident::on_call::{Restriction, Rota, Rotation, Turn, Weekday};
use incident::{
    Actor, Command, Impact, Incident, LogEntry, MINUTE, PersonId, Records, Role, Setting, Severity, Subject,
    Timestamp, apply, decide, server_duties,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn begun() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant")
}

fn after(minutes: i64) -> Timestamp {
    begun().plus_millis(minutes * MINUTE)
}

fn somebody(name: &str) -> Addressee {
    Addressee::Person { person: fixture::person(name) }
}

fn step(call: Addressee, delay_minutes: u32) -> PathStep {
    PathStep { call: vec![call], delay_minutes }
}

fn share(clock: ClockKind, percent: u32) -> BudgetTrigger {
    BudgetTrigger { clock, percent }
}

/// A technical path that half of the resolution target begins.
fn ladder(steps: Vec<PathStep>) -> DefinedPath {
    let budget = vec![share(ClockKind::Resolution, 50)];
    DefinedPath {
        id: fixture::path("ladder"),
        version: 1,
        effective_from: Timestamp::from_millis(0),
        name: "ladder".to_owned(),
        path: EscalationPath::Technical,
        client: None,
        service: None,
        severity: None,
        triggers: Triggers { budget, ..Triggers::default() },
        steps,
        repeats: 0,
        last_resort: somebody("vance"),
        acknowledged_minutes: 30,
    }
}

/// A house in which time passes and the server does what it owes.
struct House {
    records: Records,
    now: Timestamp,
}

impl House {
    fn with(settings: Vec<Setting>) -> Self {
        let mut records = fixture::records();
        for setting in settings {
            Arc::make_mut(&mut records.setup).take(setting).expect("a good setting");
        }
        Self { records, now: begun() }
    }

    fn on(path: DefinedPath) -> Self {
        Self::with(vec![Setting::EscalationPath(path)])
    }

    fn does(&mut self, name: &str, command: &Command) {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
        let actor = Actor { person: fixture::person(name), roles };
        self.act(&actor, command);
    }

    fn act(&mut self, actor: &Actor, command: &Command) {
        let events = decide(&self.records, actor, self.now, command);
        for event in events.unwrap_or_else(|refusal| panic!("{refusal}")) {
            assert!(apply(&mut self.records, &event));
        }
    }

    fn log(&mut self, impact: Impact) {
        let entry = LogEntry { impact, ..entry("acme", self.now) };
        self.does("ines", &Command::LogIncident(LogIncident { incident: fixture::incident("I1"), entry }));
    }

    fn assign(&mut self, name: &str) {
        let incident = fixture::incident("I1");
        let text = "The queue is full".to_owned();
        self.does("ines", &Command::Assess(Assess { incident, text }));
        let to = fixture::person(name);
        self.does("ines", &Command::Assign(Assign { incident, from: None, to }));
    }

    fn incident(&self) -> &Incident {
        &self.records.incidents[&fixture::incident("I1")]
    }

    fn run(&self, place: usize) -> &Run {
        &self.incident().escalating.runs[place]
    }

    /// The server looks at an instant and does what it owes; returns when it would look again.
    fn look(&mut self, minutes: i64) -> Option<Timestamp> {
        self.look_at(after(minutes))
    }

    fn look_at(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.now = now;
        loop {
            let subject = Subject::Incident(self.incident().id);
            let (due, next) = server_duties(&self.records, subject, self.now);
            if due.is_empty() {
                return next;
            }
            for duty in due {
                self.act(&Actor::server(), &duty.command);
            }
        }
    }

    /// Who was called by a run, by minutes since the beginning.
    fn calls(&self, run: usize) -> Vec<(i64, Vec<PersonId>)> {
        let taken = self.run(run).taken.iter();
        taken.map(|step| (step.at.since(begun()) / MINUTE, step.told.iter().copied().collect())).collect()
    }
}

fn people(names: &[&str]) -> Vec<PersonId> {
    let mut all: Vec<_> = names.iter().map(|name| fixture::person(name)).collect();
    all.sort();
    all
}

#[test]
fn trap_12_each_clock_begins_its_own_run() {
    let mut path = ladder(vec![step(somebody("kay"), 600)]);
    path.triggers.budget = vec![share(ClockKind::Response, 100), share(ClockKind::Resolution, 100)];
    let mut house = House::on(path);
    house.log(Impact::ManyUsers);
    house.look(30);
    house.look(480);
    assert_eq!(house.incident().escalating.runs.len(), 2);
    assert_eq!(house.calls(0)[0], (30, people(&["kay"])));
    assert_eq!(house.calls(1), vec![(480, people(&["kay"]))]);
}

#[test]
fn the_server_sleeps_until_something_falls_due() {
    let mut house = House::on(ladder(vec![step(somebody("kay"), 15)]));
    house.log(Impact::ManyUsers);
    // The response falls due first, then half of the resolution target, then the next step.
    assert_eq!(house.look(0), Some(after(30).plus_millis(1)));
    assert_eq!(house.look(31), Some(after(240)));
    assert_eq!(house.look(240), Some(after(255)));
}

#[test]
fn trap_48_a_server_that_was_down_catches_up_with_one_step() {
    let steps = vec![step(somebody("tom"), 15), step(somebody("kay"), 15), step(somebody("mora"), 15)];
    let mut house = House::on(ladder(steps));
    house.log(Impact::ManyUsers);
    house.look(400);
    assert_eq!(house.calls(0), vec![(400, people(&["tom"]))]);
    assert_eq!(house.run(0).taken[0].due, after(400), "the run begins when it is found");
    house.look(414);
    assert_eq!(house.calls(0).len(), 1);
    house.look(415);
    assert_eq!(house.calls(0)[1], (415, people(&["kay"])));
}

#[test]
fn trap_49_nobody_on_call_leads_to_the_next_step_at_once_and_is_told() {
    let days = [Weekday::Sunday].into_iter().collect();
    let rotation = Rotation {
        turn: Turn::Weekly,
        length: 1,
        starts: "2026-01-01T09:00:00".to_owned(),
        participants: people(&["tom"]),
        restrictions: vec![Restriction { days, from_minute: 0, to_minute: 0 }],
    };
    let rota = Rota {
        id: fixture::rota("sundays"),
        version: 1,
        name: "sundays".to_owned(),
        zone: "UTC".to_owned(),
        rotations: vec![rotation],
        overrides: Vec::new(),
        temporary: Vec::new(),
    };
    let path = ladder(vec![step(Addressee::Rota { rota: rota.id }, 60), step(somebody("kay"), 60)]);
    let mut house = House::with(vec![Setting::Rota(rota), Setting::EscalationPath(path)]);
    house.log(Impact::ManyUsers);
    house.look(240);
    assert_eq!(house.calls(0), vec![(240, vec![]), (240, people(&["kay"]))]);
    let passed_over: Vec<_> = house.run(0).taken[0].passed_over.iter().map(|one| one.because).collect();
    assert_eq!(passed_over, [PassedOverBecause::NobodyOnCall]);
}

#[test]
fn trap_50_loops_end_at_the_last_resort_and_the_failing_are_passed_over() {
    let mut path = ladder(vec![step(somebody("tom"), 10), step(somebody("kay"), 10)]);
    path.repeats = 1;
    path.triggers.budget = vec![share(ClockKind::Resolution, 100)];
    let mut house = House::on(path);
    house.log(Impact::ManyUsers);
    house.assign("tom");
    (480..600).for_each(|minute| {
        house.look(minute);
    });
    let told = [(480, vec![]), (480, people(&["kay"])), (490, vec![]), (490, people(&["kay"]))];
    let end = (500, people(&["vance"]));
    assert_eq!(house.calls(0), told.into_iter().chain([end]).collect::<Vec<_>>());
    assert_eq!(house.run(0).taken.last().map(|step| step.place), Some(PathPlace::LastResort));
}

#[test]
fn trap_51_a_path_edited_while_it_runs_changes_nothing_that_runs() {
    let path = ladder(vec![step(somebody("tom"), 15), step(somebody("kay"), 15)]);
    let mut house = House::on(path.clone());
    house.log(Impact::ManyUsers);
    house.look(240);
    let edited = DefinedPath { version: 2, steps: vec![step(somebody("mora"), 15)], ..path };
    Arc::make_mut(&mut house.records.setup).take(Setting::EscalationPath(edited)).expect("a path");
    house.look(255);
    assert_eq!(house.calls(0)[1], (255, people(&["kay"])));
}

#[test]
fn trap_52_an_acknowledgement_ends_and_the_same_step_calls_again() {
    let mut house = House::on(ladder(vec![step(somebody("tom"), 15), step(somebody("kay"), 15)]));
    house.log(Impact::ManyUsers);
    house.look(240);
    let incident = fixture::incident("I1");
    house.does("tom", &Command::AcknowledgeEscalation(AcknowledgeEscalation { incident }));
    assert_eq!(house.look(240), Some(after(270)), "nothing before the silence ends");
    house.look(270);
    house.look(285);
    let again = vec![(240, people(&["tom"])), (270, people(&["tom"])), (285, people(&["kay"]))];
    assert_eq!(house.calls(0), again);
}

#[test]
fn trap_53_thresholds_passed_together_call_once_and_are_all_on_record() {
    let mut path = ladder(vec![step(somebody("kay"), 15)]);
    path.triggers.budget = [50, 75, 90].map(|percent| share(ClockKind::Resolution, percent)).to_vec();
    let mut house = House::on(path);
    house.log(Impact::SingleUser);
    // Four hours are gone when it turns out to be Severity 1, which has four.
    house.now = after(235);
    let incident = fixture::incident("I1");
    let reason = "Everybody is affected".to_owned();
    let (from, severity) = (Severity::Four, Severity::One);
    house.does("mora", &Command::SetSeverity(SetSeverity { incident, from, severity, reason }));
    house.look(235);
    assert_eq!(house.incident().escalating.runs.len(), 1);
    let percent = |cause: &Cause| match cause {
        Cause::Budget { percent, .. } => *percent,
        other => panic!("{other:?}"),
    };
    assert_eq!(percent(&house.run(0).cause), 90);
    assert_eq!(house.run(0).over.iter().map(percent).collect::<Vec<_>>(), [50, 75]);
    assert_eq!(house.calls(0).len(), 1);
}

#[test]
fn trap_54_what_is_over_calls_nobody() {
    let path = || ladder(vec![step(somebody("tom"), 15), step(somebody("kay"), 15)]);
    let incident = fixture::incident("I1");
    let mut cancelled = House::on(path());
    cancelled.log(Impact::ManyUsers);
    cancelled.look(240);
    let reason = "Logged twice".to_owned();
    cancelled.does("mora", &Command::Cancel(Cancel { incident, reason }));
    assert_eq!(cancelled.look(300), None);
    assert_eq!(cancelled.calls(0).len(), 1);

    let mut path = path();
    path.triggers.budget = vec![share(ClockKind::Response, 50)];
    let mut answered = House::on(path);
    answered.log(Impact::ManyUsers);
    answered.look(15);
    answered.assign("tom");
    answered.look(60);
    assert_eq!(answered.calls(0).len(), 1, "the response was given");

    let mut restored = House::on(ladder(vec![step(somebody("tom"), 15)]));
    restored.log(Impact::ManyUsers);
    restored.assign("kay");
    let text = "A test mail came".to_owned();
    restored.does("kay", &Command::RestoreService(RestoreService { incident, text }));
    restored.look(240);
    assert_eq!(restored.incident().escalating.runs.len(), 1, "restored is not resolved");
}

#[test]
fn trap_54_a_doubt_that_is_over_calls_nobody() {
    let forecast =
        ForecastTrigger { clock: ClockKind::Resolution, ask_at_percent: 50, answer_within_minutes: 15 };
    let triggers = Triggers { forecast: Some(forecast), ..Triggers::default() };
    let steps = vec![step(somebody("kay"), 15), step(somebody("mora"), 15)];
    let unanswered = || {
        let mut house = House::on(DefinedPath { triggers: triggers.clone(), ..ladder(steps.clone()) });
        house.log(Impact::ManyUsers);
        house.assign("tom");
        house.look(240);
        house.look(255);
        house
    };
    let mut silent = unanswered();
    silent.look(270);
    assert_eq!(silent.calls(0), vec![(255, people(&["kay"])), (270, people(&["mora"]))]);

    let mut answered = unanswered();
    let (incident, reason) = (fixture::incident("I1"), "The part is here".to_owned());
    let (answer, clock) = (Forecasted::CanBeMet, Some(ClockKind::Resolution));
    answered.does("tom", &Command::AnswerForecast(AnswerForecast { incident, answer, reason, clock }));
    answered.look(270);
    assert_eq!(answered.calls(0), vec![(255, people(&["kay"]))]);
}

#[test]
fn trap_56_a_missed_tick_loses_nothing_and_repeats_nothing() {
    let path = || ladder(vec![step(somebody("tom"), 15), step(somebody("kay"), 15)]);
    let walked = |looks: &[i64]| {
        let mut house = House::on(path());
        house.log(Impact::ManyUsers);
        looks.iter().for_each(|minute| {
            house.look(*minute);
        });
        house.calls(0)
    };
    let often: Vec<i64> = (0..400).collect();
    assert_eq!(walked(&[240, 255, 270]), walked(&often));
    assert_eq!(walked(&[240, 240, 255, 255, 270, 270]), walked(&often));
}

#[test]
fn trap_57_a_step_without_a_receiver_is_a_failed_step() {
    let mut house = House::on(ladder(vec![step(somebody("tom"), 15), step(somebody("kay"), 15)]));
    let mut tom = house.records.setup.people[&fixture::person("tom")].clone();
    tom.clients = Some([fixture::client("bolt")].into());
    Arc::make_mut(&mut house.records.setup).take(Setting::Person(tom)).expect("a person");
    house.log(Impact::ManyUsers);
    house.look(240);
    assert_eq!(house.calls(0), vec![(240, vec![]), (240, people(&["kay"]))]);
    let because: Vec<_> = house.run(0).taken[0].passed_over.iter().map(|one| one.because).collect();
    assert_eq!(because, [PassedOverBecause::NotReachable]);
}

#[test]
fn whoever_starts_a_path_by_hand_is_not_called_by_it() {
    let mut house = House::on(ladder(vec![step(somebody("tom"), 15), step(somebody("kay"), 15)]));
    house.log(Impact::SomeUsers);
    let (incident, path, need) = (fixture::incident("I1"), EscalationPath::Technical, ByHand::Resources);
    let reason = "The switch needs a vendor".to_owned();
    house.does("tom", &Command::StartEscalation(StartEscalation { incident, path, need, reason }));
    house.look(0);
    assert_eq!(house.calls(0), vec![(0, vec![]), (0, people(&["kay"]))]);
}

#[test]
fn a_forecast_gives_its_reasons_and_the_resolvers_word() {
    let mut house = House::on(ladder(vec![step(somebody("kay"), 15)]));
    house.log(Impact::ManyUsers);
    let foreseen = |house: &House| {
        let known = forecast(house.incident(), &house.records.setup, ClockKind::Resolution, house.now);
        known.expect("a target")
    };
    house.now = after(120);
    let early = foreseen(&house);
    assert_eq!((early.percent, early.word), (25, None));
    assert_eq!(early.reasons, ["360 minutes of business time are left.", "Nobody is assigned."]);
    house.assign("tom");
    let incident = fixture::incident("I1");
    house.does("mora", &Command::AskForecast(AskForecast { incident, clock: ClockKind::Resolution }));
    let (answer, reason) = (Forecasted::CannotBeMet, "The part comes tomorrow".to_owned());
    let clock = Some(ClockKind::Resolution);
    house.does("tom", &Command::AnswerForecast(AnswerForecast { incident, answer, reason, clock }));
    let told = foreseen(&house);
    assert_eq!(told.word, Some(Forecasted::CannotBeMet));
    assert_eq!(
        told.reasons.last().map(String::as_str),
        Some("tom says that it cannot be met: The part comes tomorrow")
    );
    house.now = after(490);
    assert_eq!(foreseen(&house).reasons[0], "It passed 10 minutes of business time ago.");
}

#[test]
fn the_server_has_nothing_to_advance_where_nothing_is_due() {
    let mut house = House::on(ladder(vec![step(somebody("tom"), 15)]));
    house.log(Impact::ManyUsers);
    let advance = Command::AdvanceEscalation(AdvanceEscalation { incident: fixture::incident("I1") });
    let refused = decide(&house.records, &Actor::server(), house.now, &advance);
    assert!(refused.is_err_and(|refusal| refusal.to_string().contains("no step is due")));
}

#[test]
fn one_deed_of_the_server_takes_all_that_is_due() {
    let mut path = ladder(vec![step(somebody("kay"), 15)]);
    path.triggers.budget = vec![share(ClockKind::Response, 100), share(ClockKind::Resolution, 100)];
    let mut house = House::on(path);
    house.log(Impact::ManyUsers);
    let incident = house.incident().id;
    let (due, _) = server_duties(&house.records, Subject::Incident(incident), after(480));
    let advance = Command::AdvanceEscalation(AdvanceEscalation { incident });
    assert_eq!(due.iter().filter(|duty| duty.command == advance).count(), 1);
    house.look(480);
    let called = vec![(480, people(&["kay"]))];
    assert_eq!([house.calls(0), house.calls(1)], [called.clone(), called], "both targets have passed");
}

/// A path of up to four steps over people, roles and a rota of nights.
fn any_path() -> impl Strategy<Value = DefinedPath> {
    let addressee = prop_oneof![
        prop::sample::select(vec!["ines", "tom", "kay", "mora", "cole"]).prop_map(somebody),
        prop::sample::select(vec![Role::Tier2, Role::IncidentManager])
            .prop_map(|role| Addressee::Role { role }),
        Just(Addressee::Rota { rota: fixture::rota("nights") }),
    ];
    let steps = vec((vec(addressee, 1..3), 1..200_u32), 1..5);
    let budget = vec((0..3_usize, prop::sample::select(vec![25_u32, 50, 75, 90, 100, 130])), 1..4);
    (steps, budget, 0..3_u32).prop_map(|(steps, budget, repeats)| {
        let steps = steps.into_iter().map(|(call, delay_minutes)| PathStep { call, delay_minutes }).collect();
        let shares = budget.into_iter().map(|(clock, percent)| share(ClockKind::ALL[clock], percent));
        let triggers = Triggers { budget: shares.collect(), ..Triggers::default() };
        DefinedPath { triggers, repeats, ..ladder(steps) }
    })
}

fn nights(length: u32) -> Rota {
    let hours =
        Restriction { days: Weekday::ALL.into_iter().collect(), from_minute: 20 * 60, to_minute: 6 * 60 };
    let rotation = Rotation {
        turn: Turn::Daily,
        length,
        starts: "2026-01-01T20:00:00".to_owned(),
        participants: vec![fixture::person("tom"), fixture::person("kay"), fixture::person("ines")],
        restrictions: vec![hours],
    };
    Rota {
        id: fixture::rota("nights"),
        version: 1,
        name: "nights".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        rotations: vec![rotation],
        overrides: Vec::new(),
        temporary: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the rehearsal says is what the server then does, which also looks every minute for nothing.
    #[test]
    fn the_rehearsal_equals_the_engine(
        technical in any_path(),
        managerial in any_path(),
        length in 1..4_u32,
        at in 0..2_880_i64,
        severity in prop::sample::select(Severity::ALL.to_vec()),
    ) {
        let managerial = DefinedPath {
            id: fixture::path("chain"),
            path: EscalationPath::Managerial,
            ..managerial
        };
        let paths = [technical, managerial].map(Setting::EscalationPath);
        let mut house = House::with(paths.into_iter().chain([Setting::Rota(nights(length))]).collect());
        let until = 2 * 24 * 60;
        let supposed = Supposed {
            client: fixture::client("acme"),
            services: vec![fixture::service("acme", "mail")],
            severity,
            at: after(at),
        };
        let rehearsed = rehearse(&house.records, &supposed, after(at + until).plus_millis(-1)).expect("a rehearsal");
        house.now = after(at);
        let impact = Impact::ALL.into_iter().find(|impact| impact.provisional_severity() == severity);
        house.log(impact.expect("an impact of every severity"));
        for minute in at..at + until {
            let mut next = house.look(minute);
            while let Some(due) = next.filter(|due| *due < after(minute + 1)) {
                next = house.look_at(due);
            }
        }
        let mut done: Vec<_> = house.incident().escalating.runs.iter().flat_map(|run| {
            run.taken.iter().map(|step| (step.at, run.path, step.place, step.told.clone()))
        }).collect();
        done.sort_by_key(|(at, path, place, _)| (*at, *path, *place));
        let rehearsed: Vec<_> =
            rehearsed.into_iter().map(|call| (call.at, call.path, call.place, call.told)).collect();
        prop_assert_eq!(rehearsed, done);
    }
}
