//! Laws over arbitrary histories: facts that no rule let in, in any order, with any stamps. What is folded from
//! them may be nonsense, but every question about it has an answer, and the answers hold together.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeSet;

use incident::agreement::ClockKind;
use incident::clock::{proof, read, readings};
use incident::compliance::{Verdict, judgements, register};
use incident::measure::{
    CountedBy, Period, communication, detection, log_lag, oddities, performance, satisfaction,
};
use incident::oversight::RecurrenceRule;
use incident::review::recurring;
use incident::{
    Actor, Column, Event, Fact, MINUTE, RecordRef, Records, Role, Subject, SurveyId, Timestamp, Verb, apply,
    decide, moves, obligations, offers,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sensible::Desk;
use serde_json::Value;

/// One deed that is tried, and how its events are spoilt.
#[derive(Debug, Clone)]
struct Step {
    verb: Index,
    pick: u8,
    incident: bool,
    later: i64,
    spoil: Spoil,
}

/// What becomes of an event before it is folded.
#[derive(Debug, Clone)]
enum Spoil {
    /// It stands.
    Nothing,
    /// Its stamp is moved by so many minutes.
    Moved(i64),
    /// A field of its fact holds something else.
    Field(Index, u8),
    /// It came twice.
    Twice,
    /// It never came.
    Lost,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let spoil = prop_oneof![
        6 => Just(Spoil::Nothing),
        2 => (-5_000..5_000_i64).prop_map(Spoil::Moved),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(field, value)| Spoil::Field(field, value)),
        1 => Just(Spoil::Twice),
        1 => Just(Spoil::Lost),
    ];
    let one = (any::<Index>(), any::<u8>(), any::<bool>(), 0..400_i64, spoil);
    let step =
        one.prop_map(|(verb, pick, incident, later, spoil)| Step { verb, pick, incident, later, spoil });
    vec(step, 1..60)
}

fn everybody() -> Actor {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    Actor { person: fixture::person("mora"), roles }
}

const BEGINNING: &str = "2026-06-01T13:00:00Z";

/// A history: facts that deeds led to, spoilt on their way.
fn history(steps: &[Step]) -> Vec<Event> {
    let mut now = Timestamp::from_rfc3339(BEGINNING).expect("an instant");
    let (mut records, mut events) = (fixture::records(), Vec::new());
    for step in steps {
        now = now.plus_millis(step.later * MINUTE);
        let actor = if step.pick % 5 == 0 { Actor::server() } else { everybody() };
        let open = offers(&records, &actor, now).into_iter().filter(|offer| offer.refusal.is_none());
        let mut verbs: Vec<Verb> = open.map(|offer| offer.verb).collect();
        verbs.extend([Verb::RecordBreach, Verb::LogIncident, Verb::RecordAlert]);
        let name = if step.incident { "1" } else { "2" };
        let desk = Desk {
            records: &records,
            actor: &actor,
            now,
            incident: fixture::incident(&format!("I{name}")),
            signal: fixture::signal(&format!("S{name}")),
            record: None,
            pick: step.pick,
        };
        let command = desk.command(verbs[step.verb.index(verbs.len())]);
        let happened = decide(&records, &actor, now, &command).unwrap_or_default();
        for event in happened.iter().flat_map(|event| spoilt(event, &step.spoil)) {
            apply(&mut records, &event);
            events.push(event);
        }
    }
    events
}

fn spoilt(event: &Event, spoil: &Spoil) -> Vec<Event> {
    match spoil {
        Spoil::Nothing => vec![event.clone()],
        Spoil::Moved(minutes) => vec![Event { at: event.at.plus_millis(minutes * MINUTE), ..event.clone() }],
        Spoil::Twice => vec![event.clone(), event.clone()],
        Spoil::Lost => Vec::new(),
        Spoil::Field(field, value) => {
            let mut fact = serde_json::to_value(&event.fact).expect("a fact is written");
            let paths = leaves(&fact, String::new());
            let path = &paths[field.index(paths.len())];
            if let Some(leaf) = fact.pointer_mut(path) {
                *leaf = other(leaf, *value);
            }
            // What is no fact any more never got into a log.
            let fact = serde_json::from_value::<Fact>(fact).unwrap_or_else(|_| event.fact.clone());
            vec![Event { fact, ..event.clone() }]
        }
    }
}

fn leaves(value: &Value, path: String) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| leaves(value, format!("{path}/{name}"))).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            let each = items.iter().enumerate();
            each.flat_map(|(place, value)| leaves(value, format!("{path}/{place}"))).collect()
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![path],
    }
}

fn other(leaf: &Value, value: u8) -> Value {
    match leaf {
        Value::Number(_) => match value % 4 {
            0 => 0.into(),
            1 => 1.into(),
            // The very last instant ends every span and lies in none.
            2 => (i64::MAX - 1).into(),
            _ => (i64::MIN + 1).into(),
        },
        Value::String(_) if value.is_multiple_of(2) => "".into(),
        Value::String(_) => uuid_of(value).into(),
        Value::Bool(is_so) => (!is_so).into(),
        Value::Null | Value::Array(_) | Value::Object(_) => uuid_of(value).into(),
    }
}

fn uuid_of(value: u8) -> String {
    let names = ["tom", "nobody", "cole"];
    fixture::person(names[usize::from(value) % names.len()]).to_string()
}

fn folded<'a>(events: impl IntoIterator<Item = &'a Event>) -> Records {
    let mut records = fixture::records();
    for event in events {
        apply(&mut records, event);
    }
    records
}

/// Every record as the stores keep it.
fn documents(records: &Records) -> Vec<(Subject, String)> {
    records.all().map(|record| (record.subject(), record.document().expect("a document"))).collect()
}

fn moments(events: &[Event]) -> Vec<Timestamp> {
    let begun = Timestamp::from_rfc3339(BEGINNING).expect("an instant");
    let last = events.iter().map(|event| event.at).max().unwrap_or(begun);
    vec![
        begun,
        last,
        last.plus_millis(30 * 24 * 60 * MINUTE),
        Timestamp::from_millis(i64::MAX),
        Timestamp::from_millis(i64::MIN),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// `decide`, `obligations`, `offers`, `moves`, clocks, proofs and the register are total.
    #[test]
    fn every_question_about_any_history_has_an_answer(steps in steps(), pick in any::<u8>()) {
        let events = history(&steps);
        let records = folded(&events);
        for at in moments(&events) {
            let _ = obligations(&records, at);
            let counted = register(records.all(), &records.setup, at);
            prop_assert!(counted.failures.iter().all(|judgement| judgement.verdict.is_failure()));
            for actor in [everybody(), Actor::server()] {
                let _ = offers(&records, &actor, at);
                for &verb in Verb::ALL {
                    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
                    let desk = Desk { records: &records, actor: &actor, now: at, incident, signal, record: None, pick };
                    drop(decide(&records, &actor, at, &desk.command(verb)));
                }
            }
            for (id, incident) in &records.incidents {
                prop_assert_eq!(moves(&records, &everybody(), at, *id).len(), Column::ALL.len());
                prop_assert_eq!(readings(incident, &records.setup, at).len(), ClockKind::ALL.len());
                for kind in ClockKind::ALL {
                    let _ = proof(incident, &records.setup, kind, at);
                }
            }
        }
    }

    /// A record that was stored at any point and read back goes on as if it had never been put down.
    #[test]
    fn replay_from_any_prefix_gives_the_same_records(steps in steps(), cut in any::<Index>()) {
        let events = history(&steps);
        let (before, after) = events.split_at(cut.index(events.len() + 1));
        let half = folded(before);
        let mut again = Records { setup: half.setup.clone(), ..Records::default() };
        for (subject, document) in documents(&half) {
            again.insert(subject, &document).expect("a document is read back");
        }
        for event in after {
            apply(&mut again, event);
        }
        prop_assert_eq!(documents(&again), documents(&folded(&events)));
    }

    /// Whatever comes before or after it, in whatever order: a breach on record stays on record (ruling 5).
    #[test]
    fn no_order_of_events_makes_a_breach_disappear(steps in steps(), order in any::<u64>()) {
        let mut events = history(&steps);
        let on_record = |records: &Records| -> BTreeSet<_> {
            let all = records.incidents.values().flat_map(|incident| {
                incident.breaches.iter().map(|breach| (incident.id, breach.clock, breach.due))
            });
            all.collect()
        };
        let known = folded(&events).incidents;
        let written: BTreeSet<_> = events.iter().filter_map(|event| match (event.subject, &event.fact) {
            (Subject::Incident(id), Fact::TargetBreached { clock, due, .. }) if known.contains_key(&id) => {
                Some((id, *clock, *due))
            }
            _ => None,
        }).collect();
        // The log entry comes first, as the server's order has it; all else is dealt anew.
        let begins = |event: &Event| matches!(event.fact, Fact::IncidentLogged { .. } | Fact::SignalRaised { .. } | Fact::Configured { .. });
        let (mut dealt, mut rest): (Vec<_>, Vec<_>) = events.drain(..).partition(begins);
        let mut state = order | 1;
        while !rest.is_empty() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let next = (state >> 33) as usize % rest.len();
            dealt.push(rest.swap_remove(next));
        }
        let records = folded(&dealt);
        prop_assert_eq!(on_record(&records), written);
        for incident in records.incidents.values() {
            for breach in incident.breaches.iter().filter(|breach| !incident.is_corrected(breach)) {
                for at in moments(&dealt) {
                    let broken = read(incident, &records.setup, breach.clock, at).broken;
                    prop_assert!(broken.is_some_and(|broken| broken.at <= breach.due));
                }
            }
        }
    }

    /// A house that rehearses everything that ever happened to it has the figures that it had.
    #[test]
    fn drills_change_no_measure(steps in steps()) {
        let events = history(&steps);
        let real = |event: &Event| Event { fact: awake(&event.fact), ..event.clone() };
        let events: Vec<Event> = events.iter().map(real).collect();
        let before = folded(&events);
        let twins = rehearsed(&events);
        let after = folded(events.iter().chain(&twins));
        prop_assert_eq!(after.incidents.len(), 2 * before.incidents.len());
        prop_assert_eq!(measured(&after, &events), measured(&before, &events));
    }

    /// A verdict cites entries that are in the log, and nothing is kept without one.
    #[test]
    fn every_verdict_rests_on_the_log(steps in steps()) {
        let events = history(&steps);
        let records = folded(&events);
        for record in records.all() {
            let of_it = || events.iter().filter(|event| event.subject == record.subject());
            let entries: BTreeSet<_> = of_it().map(|event| (kind(event), event.at)).collect();
            for at in moments(&events) {
                for judgement in judgements(record, &records.setup, at) {
                    let kept = judgement.verdict == Verdict::Kept;
                    prop_assert!(!kept || !judgement.evidence.is_empty(), "{:?}", judgement);
                    // A target that passed need not have been written down yet.
                    for cited in judgement.evidence.iter().filter(|cited| cited.fact != "target_breached") {
                        prop_assert!(entries.contains(&(cited.fact.to_owned(), cited.at)), "{:?}", cited);
                    }
                }
            }
        }
    }
}

/// A fact of a history in which nothing was a drill.
fn awake(fact: &Fact) -> Fact {
    let mut fact = fact.clone();
    if let Fact::IncidentLogged { entry, .. } = &mut fact {
        entry.drill = false;
    }
    fact
}

/// The same history as a rehearsal: every record in it is another one, and every entry is a drill's.
fn rehearsed(events: &[Event]) -> Vec<Event> {
    let mut text = serde_json::to_string(events).expect("events are written");
    for subject in events.iter().map(|event| event.subject).collect::<BTreeSet<_>>() {
        let twin = fixture::thing("drill", &subject.id().to_string());
        text = text.replace(&subject.id().to_string(), &twin.to_string());
    }
    // The survey of a closure is named after its incident.
    let mut twins: Vec<Event> = serde_json::from_str(&text).expect("events are read back");
    for event in &mut twins {
        if let Fact::IncidentLogged { entry, .. } = &mut event.fact {
            entry.drill = true;
        }
        if let (Subject::Survey(_), Fact::SurveyAsked { incident, .. }) = (event.subject, &event.fact) {
            event.subject = Subject::Survey(SurveyId::of_closure(*incident, 1));
        }
    }
    twins
}

/// Every figure there is, over all months that the history touches, and what counts like incidents.
fn measured(records: &Records, events: &[Event]) -> String {
    let setup = &records.setup;
    let incidents = || records.incidents.values().map(AsRef::as_ref);
    let now = moments(events)[2];
    let mut all = String::new();
    for counted_by in [CountedBy::Logged, CountedBy::Stopped] {
        let (from, until) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
        let period = Period { from, until, counted_by };
        all += &format!("{:?}", performance(incidents(), setup, period, now));
        all += &format!("{:?}", communication(incidents(), setup, period, now));
        all += &format!("{:?}", log_lag(incidents(), setup, period));
        all += &format!("{:?}", detection(incidents(), records.signals.values().map(AsRef::as_ref), period));
        all +=
            &format!("{:?}", satisfaction(incidents(), records.surveys.values().map(AsRef::as_ref), period));
    }
    all += &format!("{:?}", incidents().flat_map(|incident| oddities(incident, setup)).collect::<Vec<_>>());
    let counted = register(incidents().map(RecordRef::Incident), setup, now);
    all += &format!("{:?}{:?}", counted.lines, counted.failures);
    let rule = RecurrenceRule { count: 1, days: 30 };
    all + &format!(
        "{:?}",
        incidents()
            .map(|of| recurring(incidents(), of, rule))
            .filter(|with| !with.is_empty())
            .collect::<Vec<_>>()
    )
}

/// The kind of an event, as the log names it.
fn kind(event: &Event) -> String {
    let fact = serde_json::to_value(&event.fact).expect("a fact is written");
    fact["kind"].as_str().expect("a kind").to_owned()
}
