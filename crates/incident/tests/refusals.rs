//! Every refusal as people read it, in one listing: read it as an editor would.
//!
//! Sensible commands are spoilt one value at a time and given to people with and without the role, at every
//! stage of an incident.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use incident::calendar::tzdb_version;
use incident::command::{Configure, TEXT_MAX};
use incident::setup::Client;
use incident::{Actor, Command, MINUTE, Records, RefusalCode, Role, Setting, Timestamp, Verb, apply, decide};
use sensible::Desk;
use serde_json::Value;

fn now() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant")
}

/// Somebody with every role but the server's.
fn everybody() -> Actor {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    Actor { person: fixture::person("tom"), roles }
}

/// Deeds that lead to a stage, each with its pick of values.
type Story = &'static [(Verb, u8)];

const WORKED_ON: [(Verb, u8); 7] = [
    (Verb::LogIncident, 6),
    (Verb::Categorise, 0),
    (Verb::SetSeverity, 2),
    (Verb::SetUrgency, 0),
    (Verb::Assess, 0),
    (Verb::Assign, 0),
    (Verb::AcceptAssignment, 0),
];

/// What follows on an incident that is worked on.
const STAGES: [Story; 20] = [
    &[],
    &[(Verb::PauseClock, 0)],
    &[(Verb::RestoreService, 0)],
    &[(Verb::RecordResolutionStep, 0), (Verb::Resolve, 0)],
    &[(Verb::RecordResolutionStep, 0), (Verb::RestoreService, 0)],
    &[(Verb::RecordResolutionStep, 0), (Verb::RestoreService, 0), (Verb::Resolve, 0)],
    &[
        (Verb::RecordResolutionStep, 0),
        (Verb::RestoreService, 0),
        (Verb::Resolve, 0),
        (Verb::ConfirmRestoration, 1),
    ],
    &[
        (Verb::RecordResolutionStep, 0),
        (Verb::RestoreService, 0),
        (Verb::Resolve, 0),
        (Verb::ConfirmRestoration, 2),
    ],
    &[
        (Verb::RecordResolutionStep, 0),
        (Verb::RestoreService, 0),
        (Verb::Resolve, 0),
        (Verb::ConfirmRestoration, 0),
        (Verb::Close, 0),
    ],
    &[(Verb::Cancel, 0)],
    &[(Verb::SetSeverity, 0)],
    &[(Verb::ProposeLowering, 0)],
    &[(Verb::RaiseSignal, 0), (Verb::DismissSignal, 0)],
    &[(Verb::RequestException, 0)],
    &[(Verb::RequestException, 2)],
    &[(Verb::BreakGlass, 0)],
    &[(Verb::SetSeverity, 0), (Verb::OpenReview, 0)],
    &[
        (Verb::SetSeverity, 0),
        (Verb::OpenReview, 0),
        (Verb::WriteReview, 0),
        (Verb::WriteReview, 0),
        (Verb::WriteReview, 0),
        (Verb::AddAction, 0),
        (Verb::CompleteReview, 0),
        (Verb::FinishAction, 0),
    ],
    &[(Verb::ProposeViolation, 0)],
    &[(Verb::DrawSample, 0), (Verb::ReportFinding, 0)],
];

fn told(beginning: &[(Verb, u8)], story: &[(Verb, u8)]) -> Records {
    let mut records = fixture::records();
    for (verb, pick) in beginning.iter().chain(story) {
        let command = desk(&records, &everybody(), *pick).command(*verb);
        let events = decide(&records, &everybody(), now(), &command);
        for event in events.unwrap_or_default() {
            apply(&mut records, &event);
        }
    }
    records
}

fn desk<'a>(records: &'a Records, actor: &'a Actor, pick: u8) -> Desk<'a> {
    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
    Desk { records, actor, now: now(), incident, signal, record: None, pick }
}

/// All stages, from nothing logged to closed, for the three clients.
fn stages() -> Vec<Records> {
    let mut all = vec![told(&[], &[]), told(&[], &[(Verb::RaiseSignal, 0)])];
    for pick in [6, 7, 8] {
        let mut beginning = WORKED_ON;
        beginning[0].1 = pick;
        all.push(told(&beginning[..1], &[]));
        all.push(told(&beginning[..1], &[(Verb::RaiseSignal, 0)]));
        all.push(told(&beginning[..1], &[(Verb::RestoreService, 0), (Verb::Assess, 0)]));
        all.push(told(&beginning, STAGES[5]));
        all.extend(STAGES.iter().map(|story| told(&beginning, story)));
    }
    let no_priority: Vec<_> = WORKED_ON.into_iter().filter(|(verb, _)| *verb != Verb::Categorise).collect();
    all.push(told(&no_priority, STAGES[5]));
    all
}

/// The command, and the command with each of its values spoilt in turn; most commands are the same at every
/// stage, and are spoilt once.
fn spoilt<'a>(command: &Command, known: &'a mut BTreeMap<String, Vec<Command>>) -> &'a [Command] {
    let whole = serde_json::to_value(command).expect("a command is written");
    known.entry(whole.to_string()).or_insert_with(|| spoilt_anew(whole))
}

fn spoilt_anew(whole: Value) -> Vec<Command> {
    let mut paths = Vec::new();
    leaves(&whole, String::new(), &mut paths);
    let mut all = Vec::new();
    for path in paths.iter().filter(|path| *path != "/verb") {
        for value in spoils(path, whole.pointer(path).expect("its own path")) {
            let mut next = whole.clone();
            *next.pointer_mut(path).expect("its own path") = value;
            all.push(next);
        }
    }
    all.push(whole);
    all.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
}

fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, format!("{path}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| leaves(item, format!("{path}/{place}"), found));
            found.push(path);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(path),
    }
}

fn spoils(path: &str, value: &Value) -> Vec<Value> {
    if path.ends_with("/zone") {
        return vec!["Moon/Crater".into()];
    }
    // One spoilt opening stands for those of the other days.
    if path.starts_with("/setting/hours") && !path.ends_with("/week/0/0/from_minute") {
        return Vec::new();
    }
    match value {
        Value::String(text) if uuid::Uuid::parse_str(text).is_ok() => others(),
        Value::String(_) if path == "/unconfirmed_reason" => vec![Value::Null, ".".into()],
        Value::String(_) | Value::Null => {
            let words = ["", ".", "server", "phone", "high", "low", "awaiting_vendor", "resolution"];
            let long = "x".repeat(TEXT_MAX + 1);
            words.into_iter().map(Value::from).chain([Value::from(long)]).collect()
        }
        Value::Number(_) if path.ends_with("_minute") => vec![2_000.into()],
        Value::Number(_) => {
            let ahead = now().plus_millis(60 * MINUTE).millis();
            [0, 1, 2, 3, 4, ahead].map(Value::from).to_vec()
        }
        Value::Array(items) => {
            let many = items.first().map_or_else(Vec::new, |item| vec![item.clone(); 1_001]);
            vec![Value::Array(Vec::new()), Value::Array(many), serde_json::json!(["server"])]
        }
        Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}

/// Ids of other things, known and unknown.
fn others() -> Vec<Value> {
    let ids = [
        fixture::incident("I9").0,
        fixture::person("tom").0,
        fixture::person("cole").0,
        fixture::person("mora").0,
        fixture::client("bolt").0,
        fixture::client("acme").0,
        fixture::service("bolt", "scada").0,
    ];
    ids.into_iter().chain([incident::PersonId::SERVER.0]).map(|id| id.to_string().into()).collect()
}

fn a_breach_recorded_twice() -> (Verb, RefusalCode, String) {
    let (mut records, server) = (told(&WORKED_ON[..1], &[]), Actor::server());
    let late = now().plus_millis(7 * 24 * 60 * MINUTE);
    let command = desk(&records, &server, 0).command(Verb::RecordBreach);
    for event in decide(&records, &server, late, &command).expect("a breach") {
        apply(&mut records, &event);
    }
    let refusal = decide(&records, &server, late, &command).expect_err("the same breach again");
    (refusal.verb, refusal.code, refusal.to_string())
}

/// A summary that would be read backwards, and a client whose name is another's from right to left.
fn words_that_turn_around() -> [(Verb, RefusalCode, String); 2] {
    let (records, server) = (fixture::records(), Actor::server());
    let mut logged = desk(&records, &everybody(), 6).command(Verb::LogIncident);
    if let Command::LogIncident(log) = &mut logged {
        log.entry.summary = "no mail \u{202e}emcA".into();
    }
    let acme = records.setup.clients[&fixture::client("acme")].clone();
    let setting = Setting::Client(Client { name: "\u{2066}Acme".into(), ..acme });
    let named = Command::Configure(Configure { setting });
    [(everybody(), logged), (server, named)].map(|(actor, command)| {
        let refusal = decide(&records, &actor, now(), &command).expect_err("it turns around");
        (refusal.verb, refusal.code, refusal.to_string())
    })
}

/// Every refusal that can be earned, by verb and code.
static REFUSALS: LazyLock<BTreeSet<(Verb, RefusalCode, String)>> = LazyLock::new(refusals);

fn refusals() -> BTreeSet<(Verb, RefusalCode, String)> {
    let mut all = BTreeSet::new();
    all.insert(a_breach_recorded_twice());
    all.extend(words_that_turn_around());
    let mut known = BTreeMap::new();
    let actors = [everybody(), fixture::actor("ines"), fixture::actor("cole"), Actor::server()];
    for records in stages() {
        for actor in &actors {
            let mut tried: Vec<_> =
                Verb::ALL.iter().map(|verb| desk(&records, actor, 2).command(*verb)).collect();
            if records.incidents.is_empty() {
                tried.extend(
                    fixture::settings().into_iter().map(|s| Command::Configure(Configure { setting: s })),
                );
            }
            for whole in &tried {
                for command in spoilt(whole, &mut known) {
                    if let Err(refusal) = decide(&records, actor, now(), command) {
                        let text = refusal.to_string().replace(tzdb_version(), "RELEASE");
                        all.insert((refusal.verb, refusal.code, text));
                    }
                }
            }
        }
    }
    all
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[test]
fn every_refusal_reads_well() {
    let mut listing = String::new();
    let mut last = None;
    for (verb, code, text) in &*REFUSALS {
        if last != Some(*verb) {
            writeln!(listing, "{}{}", if last.is_some() { "\n" } else { "" }, word(verb)).expect("a line");
            last = Some(*verb);
        }
        writeln!(listing, "  {:22} {text}", word(code)).expect("a line");
    }
    insta::assert_snapshot!(listing);
}

#[test]
fn every_code_is_earned_by_somebody() {
    let earned: BTreeSet<_> = REFUSALS.iter().map(|(_, code, _)| *code).collect();
    let never: Vec<_> = RefusalCode::ALL.into_iter().filter(|code| !earned.contains(code)).collect();
    assert!(never.is_empty(), "nobody is refused with {never:?}");
}

#[test]
fn a_refusal_is_a_finished_piece_of_writing() {
    for (_, _, text) in &*REFUSALS {
        assert!(text.ends_with('.'), "no full stop: {text}");
        assert!(text.contains(" (§"), "no clause: {text}");
        assert!(text.chars().count() <= 320, "too long to read in passing: {text}");
        assert!(!text.contains("..") && !text.contains("  "), "untidy: {text}");
    }
}
