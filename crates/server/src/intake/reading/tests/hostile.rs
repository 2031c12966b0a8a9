//! Bodies sent to hurt, and what they get: a reason that says what to do, or a bounded reading.

use std::collections::BTreeSet;

use serde_json::json;

use super::laws::check;
use crate::intake::reading::{
    ALERTS_MAX, BODY_BYTES_MAX, Body, Reading, ReadingKind, Reason, read_alertmanager, read_any,
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
fn each_alert_of_a_flood_in_one_body_is_read() {
    let alerts: Vec<_> = (0..2500)
        .map(|n| json!({"status": if n % 2 == 0 { "firing" } else { "resolved" }, "labels": {"alertname": format!("A{}", n % 3), "n": n.to_string()}}))
        .collect();
    let all = readings(json!({"receiver": "x", "alerts": alerts}).to_string().as_bytes());
    let keys: BTreeSet<&str> = all.iter().map(|reading| reading.source_key.as_str()).collect();
    let ended = all.iter().filter(|reading| reading.kind == ReadingKind::Recovery).count();
    assert_eq!((all.len(), keys.len(), ended), (2500, 2500, 1250));
}

#[test]
fn a_long_list_of_strangers_is_counted_too() {
    let items: Vec<_> =
        (0..10_000).map(|n| json!({"subject": format!("[FAILED] job {n}"), "x": {"y": n}})).collect();
    let all = readings(json!(items).to_string().as_bytes());
    assert_eq!(all.len(), 10_000);
}

#[test]
fn what_alerts_share_is_held_once() {
    let alert = r#"{"labels":{"n":"0"}},"#;
    let words = "x".repeat(1_900);
    let head =
        format!(r#"{{"groupKey":"{words}","receiver":"{words}","externalURL":"https://{words}","alerts":["#);
    let body = format!("{head}{}{{}}]}}", alert.repeat(ALERTS_MAX - 1));
    assert!(body.len() < BODY_BYTES_MAX);
    let all = readings(body.as_bytes());
    assert_eq!(all.len(), ALERTS_MAX);
    let held: usize = all
        .iter()
        .map(|one| {
            let labels: usize = one.labels.iter().map(|(name, value)| name.len() + value.len()).sum();
            let texts = [&one.source_key, &one.name, &one.summary, &one.details];
            size_of::<Reading>() + labels + texts.into_iter().map(String::len).sum::<usize>()
        })
        .sum();
    assert!(held < 8 * BODY_BYTES_MAX, "{held} bytes of {}", body.len());
    assert!(all[7].all_details().contains("receiver: xxx"), "{}", all[7].all_details());
    assert!(all[7].best_link().is_some_and(|link| link.starts_with("https://xxx")));
    let more = format!("{head}{}{{}}]}}", alert.repeat(ALERTS_MAX));
    assert_eq!(reason(more.as_bytes()), Reason::TooMany { count: ALERTS_MAX + 1 });
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
fn half_a_character_costs_no_alert() {
    let cases = [
        (r"disk \ud83d", "disk \u{fffd}"),
        (r"disk \ud83d full", "disk \u{fffd} full"),
        (r"\uDE00 disk", "\u{fffd} disk"),
        (r"disk \ud83d\ud83d\ude00", "disk \u{fffd}\u{1f600}"),
        (r"disk \ude00\ud83d", "disk \u{fffd}\u{fffd}"),
        (r"disk \ud83d\n\u00e9", "disk \u{fffd} é"),
        // Whole ones, and a backslash that escapes a backslash.
        (r"disk \ud83d\ude00", "disk \u{1f600}"),
        (r"C:\\ud83d", r"C:\ud83d"),
        (r"C:\\\ud83d", "C:\\\u{fffd}"),
    ];
    for (sent, read) in cases {
        let all = readings(format!(r#"{{"title": "{sent}", "description": "x"}}"#).as_bytes());
        assert_eq!((all.len(), all[0].summary.as_str()), (1, read), "{sent}");
    }
    let named =
        readings(br#"{"receiver": "x", "alerts": [{"labels": {"alertname": "Disk \ud83d", "host": "a"}}]}"#);
    assert_eq!(named[0].name, "Disk \u{fffd}");
    // Places in what is no JSON all the same stay where they were sent.
    let broken = reason(br#"{"title": "\ud83d", "state" 1}"#);
    assert_eq!(broken, reason(br#"{"title": "\u00e9", "state" 1}"#));
    for cut in [
        br#"{"title": "\ud8"#.as_slice(),
        br#"{"title": "\"#,
        br#"{"title": "\u"}"#,
        br#"{"title": "\ud83"}"#,
    ] {
        assert!(matches!(reason(cut), Reason::NotJson { .. }), "{}", reason(cut));
    }
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
