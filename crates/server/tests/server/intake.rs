//! Alerts through their hooks: counted, rolled up, never lost, never closing anything.

use incident::command::AcceptSignal;
use incident::identification::SignalState;
use incident::log::LogEntry;
use incident::timeline::{LineKind, line};
use incident::{Command, Event, Incident, IncidentId, Signal};
use protocol::{Kind, Verdict};
use serde_json::{Value, json};
use server::store::hook::HookKind;

use crate::Fixture;
use crate::fixture::{ACME, INES, MINUTE, START, first, log_incident};
use crate::http::{Served, serve};

pub(crate) async fn hook(
    served: &Served,
    name: &'static str,
    kind: HookKind,
    mapping: Option<&'static str>,
) -> String {
    served
        .house
        .server
        .work_async(move |store, clock| {
            store.write(clock.now(), |writing| writing.add_hook(name, kind, Some(ACME), mapping))
        })
        .await
        .expect("done")
        .expect("added")
}

pub(crate) fn alert(name: &str, status: &str) -> Value {
    json!({
        "status": status, "labels": {"alertname": name, "severity": "critical"},
        "annotations": {"summary": format!("{name} is wrong")},
        "startsAt": "2026-03-02T08:59:00Z", "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example/graph", "fingerprint": format!("f-{name}"),
    })
}

pub(crate) fn envelope(alerts: Vec<Value>) -> Vec<u8> {
    let body = json!({
        "version": "4", "groupKey": "{}:{}", "status": "firing", "receiver": "desk", "groupLabels": {},
        "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager.example", "alerts": alerts,
    });
    serde_json::to_vec(&body).expect("json")
}

pub(crate) async fn send(served: &Served, token: &str, alerts: Vec<Value>) -> Value {
    let (status, body) = served.send("POST", "/v1/intake/alertmanager", Some(token), &envelope(alerts)).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).expect("json")
}

pub(crate) fn documents<Doc: serde::de::DeserializeOwned>(house: &Fixture, kind: Kind) -> Vec<Doc> {
    let frame = house.pull(INES, &first());
    let images = frame.put.iter().filter(|image| image.kind == kind);
    images.map(|image| serde_json::from_str(image.doc.get()).expect("a document")).collect()
}

pub(crate) fn actions(answer: &Value) -> Vec<&str> {
    answer["readings"]
        .as_array()
        .expect("readings")
        .iter()
        .map(|one| one["action"].as_str().expect("an action"))
        .collect()
}

pub(crate) fn kept(house: &Fixture) -> (u64, Option<String>) {
    house.server.work(|store, _| store.raw_kept()).expect("done").expect("counted")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_comes_again_counts_on_its_signal_and_then_on_its_incident() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    assert_eq!(actions(&send(&served, &token, vec![alert("Disk", "firing")]).await), ["raised"]);
    assert_eq!(actions(&send(&served, &token, vec![alert("Disk", "firing")]).await), ["repeated"]);
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    let [signal] = signals.as_slice() else { panic!("one signal: {signals:?}") };
    assert_eq!((signal.tally.repeats, signal.sighting.client), (1, Some(ACME)));
    assert_eq!(signal.sighting.reporter, "prometheus");
    // A person accepts it; from then on it counts on the incident.
    let incident = IncidentId(served.house.id());
    let Command::LogIncident(log) = log_incident(incident, ACME, "Disk is full") else {
        panic!("a log entry")
    };
    let entry = LogEntry { source: signal.sighting.source, ..log.entry };
    let accept = Command::AcceptSignal(AcceptSignal { signal: signal.id, incident, entry });
    assert!(matches!(served.house.act(INES, accept), Verdict::Accepted { .. }));
    assert_eq!(actions(&send(&served, &token, vec![alert("Disk", "firing")]).await), ["repeated"]);
    assert_eq!(actions(&send(&served, &token, vec![alert("Disk", "resolved")]).await), ["recovered"]);
    let incidents: Vec<Incident> = documents(&served.house, Kind::INCIDENT);
    let [incident] = incidents.as_slice() else { panic!("one incident") };
    assert_eq!(incident.alerts.repeats, 1);
    assert!(incident.alerts.recovered_at.is_some() && incident.is_open(), "a recovery closes nothing");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_of_the_unknown_is_noted_and_raises_nothing() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    assert_eq!(actions(&send(&served, &token, vec![alert("Disk", "resolved")]).await), ["noted"]);
    assert!(documents::<Signal>(&served.house, Kind::SIGNAL).is_empty());
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dismissed_alert_that_fires_again_is_a_new_signal() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    send(&served, &token, vec![alert("Disk", "firing")]).await;
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    let reason = "A planned test".to_owned();
    let dismiss = incident::command::DismissSignal { signal: signals[0].id, reason };
    assert!(matches!(served.house.act(INES, Command::DismissSignal(dismiss)), Verdict::Accepted { .. }));
    assert_eq!(actions(&send(&served, &token, vec![alert("Disk", "firing")]).await), ["raised"]);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_rolls_up_and_is_never_turned_away() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let flood: Vec<_> = (0..500).map(|place| alert(&format!("Node{place}"), "firing")).collect();
    let answer = send(&served, &token, flood.clone()).await;
    let count = |answer: &Value, action| actions(answer).iter().filter(|one| **one == action).count();
    assert_eq!((count(&answer, "raised"), count(&answer, "rolled_up")), (60, 440));
    let again = send(&served, &token, flood).await;
    assert_eq!((count(&again, "repeated"), count(&again, "rolled_up")), (60, 440));
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    assert_eq!(signals.len(), 61);
    let rolled = flood_of(&signals);
    assert_eq!(rolled.tally.repeats, 440 + 439, "all but the first came after it");
    assert_eq!(rolled.summary(), "440 alerts from prometheus in one; the latest: Node499 is wrong");
    assert_eq!(rolled.sighting.summary, "More alerts from prometheus than are shown one by one");
    assert!(rolled.sighting.details.starts_with("Node60 is wrong\nNode61 is wrong\n"));
    assert!(matches!(rolled.state, SignalState::Open));
    assert_eq!(kept(&served.house).0, 2, "both bodies are kept as they came");
    // The next minute has room again.
    served.house.clock.step(2 * MINUTE);
    let answer = send(&served, &token, vec![alert("Another", "firing")]).await;
    assert_eq!(actions(&answer), ["raised"]);
    served.stop().await;
}

pub(crate) fn flood_of(signals: &[Signal]) -> &Signal {
    let is_flood = |signal: &&Signal| signal.sighting.summary.starts_with("More alerts");
    signals.iter().find(is_flood).expect("a flood")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_each_of_many_is_told_and_only_the_last_one_proposes_restoration() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let nodes = |places: std::ops::Range<u32>, status: &str| {
        places.map(|place| alert(&format!("Node{place}"), status)).collect::<Vec<_>>()
    };
    send(&served, &token, nodes(0..63, "firing")).await;
    // One more comes later: what triage shows grows.
    send(&served, &token, nodes(63..64, "firing")).await;
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    let flood = flood_of(&signals);
    assert_eq!(flood.summary(), "4 alerts from prometheus in one; the latest: Node63 is wrong");
    let incident = IncidentId(served.house.id());
    let Command::LogIncident(log) = log_incident(incident, ACME, "Nodes are down") else {
        panic!("a log entry")
    };
    let entry = LogEntry { source: flood.sighting.source, ..log.entry };
    let accept = Command::AcceptSignal(AcceptSignal { signal: flood.id, incident, entry });
    assert!(matches!(served.house.act(INES, accept), Verdict::Accepted { .. }));
    let first_ends = send(&served, &token, nodes(60..62, "resolved")).await;
    assert_eq!(actions(&first_ends), ["recovered", "recovered"]);
    let again = send(&served, &token, nodes(60..61, "resolved")).await;
    assert_eq!(actions(&again), ["noted"], "it is over already");
    let incidents: Vec<Incident> = documents(&served.house, Kind::INCIDENT);
    assert_eq!(incidents[0].alerts.recovered_at, None, "two of four are no restoration");
    send(&served, &token, nodes(62..64, "resolved")).await;
    let incidents: Vec<Incident> = documents(&served.house, Kind::INCIDENT);
    assert!(incidents[0].alerts.recovered_at.is_some() && incidents[0].is_open());
    let setup = served.house.server.setup();
    let told: Vec<String> = documents::<Event>(&served.house, Kind::ENTRY)
        .iter()
        .map(|event| line(&event.fact, &setup))
        .filter(|line| line.kind == LineKind::Alert)
        .map(|line| format!("{}: {}", line.title, line.text))
        .collect();
    for words in [
        "Some alerts are over (2): 4 alerts from prometheus in one, 2 of them over; the latest: Node61 is wrong",
        "Monitor says it is over: service restored?: 4 alerts from prometheus in one, 4 of them over; the latest: Node63 is wrong",
    ] {
        assert!(told.iter().any(|line| line == words), "{words:?} in {told:#?}");
    }
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_older_than_a_year_is_raised_all_the_same() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let mut old = alert("Battery", "firing");
    old["startsAt"] = json!("2019-01-01T00:00:00Z");
    assert_eq!(actions(&send(&served, &token, vec![old]).await), ["raised"]);
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    let details = &signals[0].sighting.details;
    assert!(
        details.starts_with("Began at 2019-01-01T00:00:00Z, its tool says."),
        "its own date stays: {details}"
    );
    send(&served, &token, vec![alert("Disk", "firing")]).await;
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    let told = signals.iter().filter(|signal| signal.sighting.details.starts_with("Began at")).count();
    assert_eq!(told, 1, "where it is the time of the report it is not said twice");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_with_half_a_character_raises_its_signal() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let body = String::from_utf8(envelope(vec![alert("Disk", "firing")])).expect("text");
    let cut = body.replace("Disk is wrong", r"Disk is wrong \ud83d");
    assert_ne!(cut, body);
    let (status, answer) = served.send("POST", "/v1/intake/alertmanager", Some(&token), cut.as_bytes()).await;
    assert_eq!(status, 200, "{answer}");
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    assert_eq!(signals.len(), 1);
    assert!(signals[0].sighting.summary.ends_with("Disk is wrong \u{fffd}"), "{:?}", signals[0].sighting);
    assert_eq!(kept(&served.house).0, 0, "nothing was refused");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_and_kept() {
    let served = serve().await;
    let token = hook(&served, "anything", HookKind::Generic, None).await;
    let head = *served.house.server.head().borrow();
    let bodies: [&[u8]; 7] = [
        b"",
        b"payload=%7B%7D",
        b"{\"a\":",
        b"[1,2,3]",
        b"\xff\xff",
        &[b'['; 300],
        br#"{"version":"4","status":"firing","alerts":[]}"#,
    ];
    for (place, body) in (1u64..).zip(bodies) {
        let (status, answer) = served.send("POST", "/v1/intake/hook", Some(&token), body).await;
        assert_eq!(status, 400, "{answer}");
        assert!(answer.contains("The body is kept as it came"), "{answer}");
        assert_eq!(kept(&served.house).0, place);
    }
    let large = vec![b'x'; 1024 * 1024 + 10];
    let (status, _) = served.send("POST", "/v1/intake/hook", Some(&token), &large).await;
    assert_eq!((status, kept(&served.house).0), (400, 8));
    let larger = vec![b'x'; 5 * 1024 * 1024];
    let (status, answer) = served.send("POST", "/v1/intake/hook", Some(&token), &larger).await;
    assert_eq!((status, kept(&served.house).0), (413, 9));
    assert!(answer.contains("at most 4194304"), "{answer}");
    let bodies = |hook, limit| {
        served.house.server.work(move |store, _| store.kept_bodies(hook, limit)).expect("done").expect("read")
    };
    let newest = bodies(Some("anything"), 1).remove(0);
    assert_eq!((newest.body.len(), newest.hook.as_str(), newest.at), (64 * 1024, "anything", START));
    assert!(newest.reason.contains("5242880 bytes, a hook takes 4194304"), "{}", newest.reason);
    assert_eq!((bodies(None, 100).len(), bodies(Some("another"), 100).len()), (9, 0));
    assert_eq!(*served.house.server.head().borrow(), head);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_no_alert_costs_the_others_nothing() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let answer = send(&served, &token, vec![json!(7), alert("Disk", "firing"), Value::Null]).await;
    assert_eq!(actions(&answer), ["raised"]);
    let note = answer["note"].as_str().expect("a note");
    assert!(note.contains("2 of its entries are no alerts (the first is entry 1, a number)"), "{note}");
    let (bodies, reason) = kept(&served.house);
    assert!(bodies == 1 && reason.is_some_and(|reason| reason.contains("entry 1, a number")));
    let body = envelope(vec![json!(7), Value::Null]);
    let (status, said) = served.send("POST", "/v1/intake/alertmanager", Some(&token), &body).await;
    assert!(status == 400 && said.contains("The body is kept as it came"), "{status} {said}");
    assert_eq!(kept(&served.house).0, 2);
    let any = hook(&served, "anything", HookKind::Generic, None).await;
    let mapping =
        hook(&served, "mapped", HookKind::Generic, Some(r#"{"each":"/list","name":"/check"}"#)).await;
    let mixed: [(&str, &str); 3] = [
        (&any, r#"[{"title": "Fan is slow", "status": "critical"}, true, 3]"#),
        (&mapping, r#"[{"check": "Fan"}, null]"#),
        (&mapping, r#"{"list": [{"check": "Pump"}, 5]}"#),
    ];
    for (token, body) in mixed {
        let (status, said) = served.send("POST", "/v1/intake/hook", Some(token), body.as_bytes()).await;
        let answer: Value = serde_json::from_str(&said).expect("json");
        assert_eq!((status, actions(&answer)), (200, vec!["raised"]), "{body} {said}");
        assert!(answer["note"].as_str().is_some_and(|note| note.contains("of its entries")), "{said}");
    }
    let signals: Vec<Signal> = documents(&served.house, Kind::SIGNAL);
    assert_eq!(signals.len(), 4, "{signals:#?}");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_mapping_does_not_fit_is_kept_and_named() {
    let served = serve().await;
    let mapping = r#"{"each": "/events", "name": "/check", "state": "/state", "states": {"blue": "information"}, "otherwise": "information"}"#;
    let token = hook(&served, "mapped", HookKind::Generic, Some(mapping)).await;
    let bodies = [
        (
            r#"{"events": {"check": "Fan", "state": "red"}}"#,
            "raised",
            "`/events`, where the hook's mapping looks for a list",
        ),
        (
            r#"{"events": [{"check": "Pump", "state": "purple"}]}"#,
            "noted",
            r#"the state of 1 of its alerts (the first says "purple")"#,
        ),
        (
            r#"{"check": "Door", "level": "red"}"#,
            "noted",
            "the state of 1 of its alerts (the first says none)",
        ),
    ];
    for (place, (body, action, words)) in (1u64..).zip(bodies) {
        let (status, said) = served.send("POST", "/v1/intake/hook", Some(&token), body.as_bytes()).await;
        let answer: Value = serde_json::from_str(&said).expect("json");
        assert_eq!((status, actions(&answer)), (200, vec![action]), "{body} {said}");
        let note = answer["note"].as_str().expect("a note");
        assert!(note.contains(words) && note.contains("The body is kept as it came"), "{note}");
        let (count, reason) = kept(&served.house);
        assert!(count == place && reason.is_some_and(|reason| reason.contains(words)), "{body}");
    }
    // What the mapping names as information is no loss.
    let named = br#"{"events": [{"check": "Fan", "state": "blue"}]}"#;
    served.send("POST", "/v1/intake/hook", Some(&token), named).await;
    assert_eq!(kept(&served.house).0, 3);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_its_own_hook_alone_and_nothing_once_revoked() {
    let served = serve().await;
    let token = hook(&served, "prometheus", HookKind::Alertmanager, None).await;
    let (status, _) = served.send("POST", "/v1/intake/hook", Some(&token), b"{}").await;
    assert_eq!(status, 403);
    let in_query = format!("/v1/intake/alertmanager?token={token}");
    let (status, _) = served.send("POST", &in_query, None, &envelope(vec![alert("Disk", "firing")])).await;
    assert_eq!(status, 200);
    let (status, _) = served.send("POST", "/v1/sync/pull", Some(&token), b"{}").await;
    assert_eq!(status, 401, "a hook's token is no session");
    let revoked = served
        .house
        .server
        .work_async(|store, clock| store.write(clock.now(), |writing| writing.revoke_hook("prometheus")));
    revoked.await.expect("done").expect("revoked");
    let (status, _) = served.send("POST", &in_query, None, &envelope(vec![alert("Disk", "firing")])).await;
    assert_eq!(status, 401);
    served.stop().await;
}
