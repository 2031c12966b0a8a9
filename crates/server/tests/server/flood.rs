//! The many of a flood (trap 47): they ring as one, and none is hidden by the others, during it or afterwards.

use incident::command::AcceptSignal;
use incident::identification::SignalState;
use incident::log::LogEntry;
use incident::{Command, Incident, IncidentId, Signal, SignalId};
use protocol::{Kind, Verdict};
use serde_json::{Value, json};
use server::store::hook::HookKind;

use crate::fixture::{ACME, INES, MINUTE, log_incident};
use crate::http::{Served, serve};
use crate::intake::{actions, alert, documents, flood_of, hook, send};

fn nodes(places: std::ops::Range<u32>, status: &str) -> Vec<Value> {
    places.map(|place| alert(&format!("Node{place}"), status)).collect()
}

fn signals(served: &Served) -> Vec<Signal> {
    documents(&served.house, Kind::SIGNAL)
}

fn accept(served: &Served, signal: &Signal) -> IncidentId {
    let incident = IncidentId(served.house.id());
    let Command::LogIncident(log) = log_incident(incident, ACME, "Nodes are down") else {
        panic!("a log entry")
    };
    let entry = LogEntry { source: signal.sighting.source, ..log.entry };
    let accept = Command::AcceptSignal(AcceptSignal { signal: signal.id, incident, entry });
    assert!(matches!(served.house.act(INES, accept), Verdict::Accepted { .. }));
    incident
}

#[tokio::test(flavor = "multi_thread")]
async fn what_still_fires_after_a_flood_gets_a_signal_of_its_own() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    send(&served, &token, nodes(0..64, "firing")).await;
    assert_eq!(actions(&send(&served, &token, nodes(62..63, "firing")).await), ["rolled_up"]);
    served.house.clock.step(2 * MINUTE);
    let answer = send(&served, &token, nodes(62..63, "firing")).await;
    assert_eq!(actions(&answer), ["raised"]);
    let own: SignalId = serde_json::from_value(answer["readings"][0]["signal"].clone()).expect("an id");
    let known = signals(&served);
    let flood = flood_of(&known);
    let words = "3 alerts from prometheus in one; on their own now: 1, the latest: Node62 is wrong";
    assert_eq!((known.len(), flood.summary()), (62, words));
    assert!(known.iter().any(|signal| signal.id == own && matches!(signal.state, SignalState::Open)));
    // From here on it is an alert like any: it repeats and ends by itself, and the others end without it.
    assert_eq!(actions(&send(&served, &token, nodes(62..63, "firing")).await), ["repeated"]);
    send(&served, &token, nodes(60..62, "resolved")).await;
    assert_eq!(flood_of(&signals(&served)).tally.recovered_at, None);
    send(&served, &token, nodes(63..64, "resolved")).await;
    assert!(flood_of(&signals(&served)).tally.recovered_at.is_some(), "all that it still held are over");
    assert_eq!(actions(&send(&served, &token, nodes(62..63, "resolved")).await), ["recovered"]);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_in_a_flood_and_fires_again_is_no_longer_part_of_it() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    send(&served, &token, nodes(0..62, "firing")).await;
    send(&served, &token, nodes(60..61, "resolved")).await;
    served.house.clock.step(2 * MINUTE);
    assert_eq!(actions(&send(&served, &token, nodes(60..61, "firing")).await), ["raised"]);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_names_each_that_it_holds() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    send(&served, &token, nodes(0..62, "firing")).await;
    for place in 62..65 {
        send(&served, &token, nodes(place..place + 1, "firing")).await;
    }
    send(&served, &token, nodes(60..65, "firing")).await;
    let known = signals(&served);
    let flood = flood_of(&known);
    let named: Vec<String> = (60..65).map(|place| format!("Node{place} is wrong")).collect();
    assert_eq!(flood.sighting.details, named.join("\n"));
    assert!(flood.summary().starts_with("5 alerts from prometheus in one;"), "{}", flood.summary());
    // More than a signal has room for are counted all the same.
    send(&served, &token, nodes(100..1_000, "firing")).await;
    let known = signals(&served);
    let flood = flood_of(&known);
    assert!(flood.summary().starts_with("905 alerts from prometheus in one;"), "{}", flood.summary());
    assert!(flood.sighting.details.chars().count() <= incident::command::TEXT_MAX);
    assert!(flood.sighting.details.lines().all(|line| line.ends_with(" is wrong")), "whole lines");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_that_somebody_has_judged_takes_nothing_new() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    send(&served, &token, nodes(0..62, "firing")).await;
    let judged = flood_of(&signals(&served)).clone();
    accept(&served, &judged);
    let answer = send(&served, &token, nodes(60..64, "firing")).await;
    assert_eq!(actions(&answer), ["rolled_up"; 4]);
    let signal = |place: usize| answer["readings"][place]["signal"].as_str().expect("a signal").to_owned();
    assert_eq!((signal(0), signal(1)), (judged.id.to_string(), judged.id.to_string()));
    assert!(signal(2) != signal(0) && signal(2) == signal(3), "{answer}");
    let waiting: Vec<Signal> =
        signals(&served).into_iter().filter(|one| one.id.to_string() == signal(2)).collect();
    assert!(matches!(waiting.as_slice(), [one] if one.is_open()), "it waits in triage");
    assert_eq!(waiting[0].sighting.details, "Node62 is wrong\nNode63 is wrong");
    let incidents: Vec<Incident> = documents(&served.house, Kind::INCIDENT);
    assert_eq!(incidents[0].alerts.repeats, 2);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trap_47_each_of_thousands_in_one_body_is_counted_and_ends() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let answer = send(&served, &token, nodes(0..2_500, "firing")).await;
    let count = |answer: &Value, action| actions(answer).iter().filter(|one| **one == action).count();
    assert_eq!((count(&answer, "raised"), count(&answer, "rolled_up")), (60, 2_440));
    let words = "2440 alerts from prometheus in one; the latest: Node2499 is wrong";
    assert_eq!(flood_of(&signals(&served)).summary(), words);
    send(&served, &token, nodes(0..2_499, "resolved")).await;
    assert_eq!(flood_of(&signals(&served)).tally.recovered_at, None, "one of them fires on");
    let answer = send(&served, &token, nodes(0..2_500, "resolved")).await;
    assert_eq!(count(&answer, "recovered"), 61, "those of their own, and the last of the many");
    let known = signals(&served);
    assert_eq!(known.len(), 61);
    assert!(known.iter().all(|signal| signal.tally.recovered_at.is_some()), "each has ended");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trap_47_what_one_body_tells_of_one_alert_counts_in_its_order() {
    let served = serve().await;
    let token = hook(&served, "anything", HookKind::Generic, None).await;
    let event = |name: String, state| json!({"title": name, "alertid": name, "status": state});
    let fill = (0..60).map(|place| event(format!("Fill{place}"), "firing"));
    let told = ["firing", "firing", "ok", "firing", "ok"].map(|state| event("Fan".into(), state));
    let many = ["firing", "ok", "firing"].map(|state| event("Pump".into(), state));
    let body: Vec<Value> = told.into_iter().chain(fill).chain(many).collect();
    let body = serde_json::to_vec(&body).expect("json");
    let (status, answer) = served.send("POST", "/v1/intake/hook", Some(&token), &body).await;
    let answer: Value = serde_json::from_str(&answer).expect("json");
    assert_eq!(
        (status, &actions(&answer)[..5]),
        (200, &["raised", "repeated", "recovered", "repeated", "recovered"][..])
    );
    assert_eq!(actions(&answer)[64..], ["rolled_up", "rolled_up", "recovered", "rolled_up"]);
    let known = signals(&served);
    let fan = known.iter().find(|signal| signal.sighting.summary == "Fan").expect("a signal");
    assert!(fan.tally.repeats == 2 && fan.tally.recovered_at.is_some(), "{fan:?}");
    assert_eq!(flood_of(&known).tally.recovered_at, None, "the pump fires on");
    let end = serde_json::to_vec(&[event("Fill59".into(), "ok"), event("Pump".into(), "ok")]).expect("json");
    served.send("POST", "/v1/intake/hook", Some(&token), &end).await;
    assert!(flood_of(&signals(&served)).tally.recovered_at.is_some());
    served.stop().await;
}
