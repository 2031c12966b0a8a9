//! Several things wrong with one service: each has a signal, and a word that one is over ends no other.

use incident::command::DismissSignal;
use incident::{Command, Signal, SignalId};
use protocol::{Kind, Verdict};
use serde_json::{Value, json};
use server::store::hook::HookKind;

use crate::fixture::INES;
use crate::http::{Served, serve};
use crate::intake::{actions, documents, hook, kept};

fn check(service: &str, status: &str, message: &str) -> Value {
    json!({"host": "web7", "service": service, "status": status, "message": message})
}

async fn send(served: &Served, token: &str, checks: Vec<Value>) -> Value {
    let body = Value::from(checks).to_string();
    let (status, said) = served.send("POST", "/v1/intake/hook", Some(token), body.as_bytes()).await;
    assert_eq!(status, 200, "{said}");
    serde_json::from_str(&said).expect("json")
}

fn over(served: &Served) -> Vec<(String, bool)> {
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    let told = |signal: &Signal| (signal.sighting.summary.clone(), signal.tally.recovered_at.is_some());
    let mut told: Vec<_> = signals.iter().map(told).collect();
    told.sort();
    told
}

fn signal_of(answer: &Value) -> SignalId {
    serde_json::from_value(answer["readings"][0]["signal"].clone()).expect("a signal")
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_one_service_have_a_signal_each_and_none_is_ended_for_another() {
    let served = serve().await;
    let token = hook(&served, "anything", HookKind::Generic, None).await;
    let faults = ["disk full", "replication stopped", "slow queries"];
    let firing = faults.map(|message| check("db", "critical", message)).to_vec();
    assert_eq!(actions(&send(&served, &token, firing).await), ["raised", "raised", "raised"]);
    let still = faults.map(|message| (message.to_owned(), false));
    assert_eq!(over(&served), still);
    // Nothing tells which of them is over: a person looks.
    let answer = send(&served, &token, vec![check("db", "ok", "all is well")]).await;
    assert_eq!(actions(&answer), ["noted"]);
    let note = answer["note"].as_str().expect("a note");
    assert!(note.contains("all is well") && note.contains("the end of 3"), "{note}");
    let (bodies, reason) = kept(&served.house);
    assert!(bodies == 1 && reason.is_some_and(|reason| reason.contains("all is well")));
    assert_eq!(over(&served), still);
    // The one that is named is over, and no other.
    let answer = send(&served, &token, vec![check("db", "ok", "disk full")]).await;
    assert_eq!(actions(&answer), ["recovered"]);
    assert_eq!(over(&served).into_iter().filter(|(_, over)| *over).count(), 1);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_measured_counts_on_one_signal_and_its_end_finds_it_in_any_words() {
    let served = serve().await;
    let token = hook(&served, "anything", HookKind::Generic, None).await;
    let cpu = |status: &str, message: &str| vec![check("cpu", status, message)];
    for (message, action) in [("CPU 91%", "raised"), ("CPU 92%", "repeated"), ("CPU 93%", "repeated")] {
        assert_eq!(actions(&send(&served, &token, cpu("critical", message)).await), [action], "{message}");
    }
    assert_eq!(actions(&send(&served, &token, cpu("ok", "CPU 12%")).await), ["recovered"]);
    assert_eq!(actions(&send(&served, &token, cpu("critical", "CPU 95%")).await), ["repeated"]);
    let answer = send(&served, &token, cpu("ok", "back to normal")).await;
    assert_eq!(actions(&answer), ["recovered"], "it is the only alert of its service");
    assert_eq!(over(&served), [("CPU 91%".to_owned(), true)]);
    assert_eq!(kept(&served.house).0, 0);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_one_that_a_person_dealt_with_is_not_the_end_of_another() {
    let served = serve().await;
    let token = hook(&served, "anything", HookKind::Generic, None).await;
    let full = signal_of(&send(&served, &token, vec![check("db", "critical", "disk full")]).await);
    send(&served, &token, vec![check("db", "critical", "replication stopped")]).await;
    let dismiss = DismissSignal { signal: full, reason: "It was cleaned up by hand".to_owned() };
    let verdict = served.house.act(INES, Command::DismissSignal(dismiss));
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    assert_eq!(actions(&send(&served, &token, vec![check("db", "ok", "disk full")]).await), ["noted"]);
    assert!(over(&served).iter().all(|(_, over)| !over));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_one_of_many_finds_it_by_its_thing_as_long_as_it_is_the_only_one() {
    let served = serve().await;
    let token = hook(&served, "anything", HookKind::Generic, None).await;
    let services: Vec<String> = (0..62).map(|place| format!("s{place}")).collect();
    let firing = services.iter().map(|service| check(service, "critical", "it is down")).collect();
    let answer = send(&served, &token, firing).await;
    assert_eq!(actions(&answer).iter().filter(|action| **action == "rolled_up").count(), 2);
    let ended = send(&served, &token, vec![check("s60", "ok", "well again")]).await;
    assert_eq!(actions(&ended), ["recovered"]);
    let again = send(&served, &token, vec![check("s60", "ok", "well again")]).await;
    assert_eq!(actions(&again), ["noted"], "it is over already");
    let last = send(&served, &token, vec![check("s61", "ok", "well again")]).await;
    assert_eq!(actions(&last), ["recovered"]);
    let flood = over(&served).into_iter().filter(|(_, over)| *over).collect::<Vec<_>>();
    assert!(matches!(flood.as_slice(), [(summary, _)] if summary.starts_with("More alerts")), "{flood:?}");
    served.stop().await;
}
