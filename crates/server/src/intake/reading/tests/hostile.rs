//! Bodies sent to hurt, and what they get: a reason that says what to do, or a bounded reading.

use serde_json::json;

use super::laws::check;
use crate::intake::reading::{
    ALERTS_EACH_MAX, BODY_BYTES_MAX, Body, Reading, ReadingKind, Reason, read_alertmanager, read_any,
};

fn reason(body: &[u8]) -> Reason {
    match read_any(body) {
        Body::Refused(reason) => reason,
        other => panic!("{other:?}"),
    }
}

fn readings(body: &[u8]) -> Vec<Reading> {
    let body = read_any(body);
    check(&body).unwrap();
    match body {
        Body::Readings(readings) | Body::Partly { readings, .. } => readings,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_an_alert_is_refused_with_a_cure() {
    let bodies: [&[u8]; 17] = [
        b"",
        b" \n",
        b"null",
        b"17",
        b"\"down\"",
        b"[]",
        b"{}",
        b"[1, 2]",
        b"{\"a\": 1",
        b"{\"a\": 1}}",
        b"{\"a\": 1e999}",
        b"{\"a\": \"\x00\"}",
        b"\xff\xfe{\x00}\x00",
        b"payload=%7B%7D&x=1",
        b"<alert/>",
        br#"{"receiver": "x", "alerts": []}"#,
        br#"{"receiver": "x", "alerts": "two"}"#,
    ];
    let texts: Vec<String> = bodies
        .iter()
        .map(|body| format!("{:?}\n  {}", String::from_utf8_lossy(body), reason(body)))
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn depth_size_and_count_have_limits() {
    assert!(matches!(reason("[".repeat(500_000).as_bytes()), Reason::TooDeep { offset: 64 }));
    let deep = format!("{}1{}", "{\"a\":".repeat(65), "}".repeat(65));
    assert!(matches!(reason(deep.as_bytes()), Reason::TooDeep { .. }));
    let brackets_in_text = json!({"title": "[".repeat(100)}).to_string();
    assert_eq!(readings(brackets_in_text.as_bytes()).len(), 1);
    assert_eq!(reason(&vec![b' '; BODY_BYTES_MAX + 1]), Reason::TooLarge { bytes: BODY_BYTES_MAX + 1 });
    let many = format!("{{\"alerts\":[{}{{}}],\"receiver\":\"x\"}}", "{},".repeat(99_999));
    assert_eq!(reason(many.as_bytes()), Reason::TooMany { count: 100_000 });
    let listed = format!("[{}{{}}]", "{},".repeat(99_999));
    assert_eq!(reason(listed.as_bytes()), Reason::TooMany { count: 100_000 });
}

#[test]
fn a_flood_in_one_body_is_counted_and_not_rejected() {
    let alerts: Vec<_> = (0..2500)
        .map(|n| json!({"status": if n % 2 == 0 { "firing" } else { "resolved" }, "labels": {"alertname": format!("A{}", n % 3), "n": n.to_string()}}))
        .collect();
    let all = readings(json!({"receiver": "x", "alerts": alerts}).to_string().as_bytes());
    assert_eq!(all.len(), ALERTS_EACH_MAX + 2);
    let beyond: Vec<_> =
        all[ALERTS_EACH_MAX..].iter().map(|r| (r.kind, r.labels["rolled_up"].as_str())).collect();
    assert_eq!(beyond, [(ReadingKind::Problem, "750"), (ReadingKind::Recovery, "750")]);
    assert!(all[ALERTS_EACH_MAX].summary.contains("A0, A1, A2"), "{}", all[ALERTS_EACH_MAX].summary);
}

#[test]
fn a_long_list_of_strangers_is_counted_too() {
    let items: Vec<_> =
        (0..10_000).map(|n| json!({"subject": format!("[FAILED] job {n}"), "x": {"y": n}})).collect();
    let all = readings(json!(items).to_string().as_bytes());
    assert_eq!(all.len(), ALERTS_EACH_MAX + 1);
    assert_eq!(all[ALERTS_EACH_MAX].labels["rolled_up"], "9000");
}

#[test]
fn giant_texts_and_numbers_are_bounded() {
    let text = "ä".repeat(100_000);
    let all =
        readings(json!({"title": text, "description": text, "labels": {"a": text}}).to_string().as_bytes());
    assert_eq!(all[0].summary.chars().count(), 300);
    let wide: serde_json::Map<_, _> = (0..20_000).map(|n| (format!("k{n}"), json!(n))).collect();
    readings(json!({"labels": wide, "annotations": wide}).to_string().as_bytes());
    readings(br#"{"title": "x", "timestamp": 99999999999999999999999999999, "id": -0.0, "state": 1e308}"#);
    readings(br#"{"alerts": [{"labels": {"alertname": 7, "deep": {"x": 1}}, "status": {"state": "active"}, "startsAt": false}], "groupKey": 43434343434343434343}"#);
}

#[test]
fn nul_and_turned_text_do_not_reach_the_screen() {
    let all = readings(br#"{"title": "disk\u0000 full\u202egpj.exe", "description": "a\u0000b"}"#);
    assert_eq!(all[0].summary, "disk fullgpj.exe");
    assert!(!all[0].details.contains('\0'));
}

#[test]
fn alerts_that_share_a_fingerprint_stay_apart() {
    let one = |host: &str, print: &str| json!({"status": "firing", "fingerprint": print, "labels": {"alertname": "Disk", "host": host}});
    let all =
        readings(json!({"alerts": [one("a", "f"), one("b", "f"), one("c", "g")]}).to_string().as_bytes());
    assert_ne!(all[0].source_key, all[1].source_key);
    assert_eq!(all[2].source_key, "g");
    let again = readings(json!({"alerts": [one("b", "f"), one("a", "f")]}).to_string().as_bytes());
    assert_eq!(again[1].source_key, all[0].source_key);
}

#[test]
fn envelopes_within_envelopes_end() {
    let mut body = json!({"AlarmName": "x", "NewStateValue": "ALARM"});
    for _ in 0..8 {
        body = json!({"Type": "Notification", "TopicArn": "arn", "Subject": "disk", "Message": body.to_string()});
        assert_eq!(readings(body.to_string().as_bytes()).len(), 1);
    }
    let mixed = readings(br#"[{"title": "disk full"}, 7, null]"#);
    assert_eq!(mixed.len(), 1, "a number and nothing are no alerts");
}

#[test]
fn another_tools_body_on_the_alertmanager_hook_is_refused_with_a_cure() {
    let body = br#"{"monitor": {"name": "x"}, "heartbeat": {"status": 0}}"#;
    let Body::Refused(reason) = read_alertmanager(body) else { panic!("was read") };
    assert!(reason.to_string().contains("generic hook"), "{reason}");
}

#[test]
fn secrets_in_a_body_are_not_shown() {
    let all = readings(br#"{"event_action": "trigger", "dedup_key": "k", "routing_key": "hunter2", "payload": {"summary": "disk", "source": "h", "severity": "critical"}}"#);
    assert!(!format!("{all:?}").contains("hunter2"), "{all:?}");
}
