//! Bounds that hold for every body, thought of or not.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::intake::reading::{
    ALERTS_MAX, Body, DETAILS_BYTES_MAX, KEY_BYTES_MAX, Mapping, NAME_CHARACTERS_MAX, ReadingKind,
    SUMMARY_CHARACTERS_MAX, read_alertmanager, read_any, read_generic,
};

/// Checks every bound; a body with readings has at least one.
pub(super) fn check(body: &Body) -> Result<(), TestCaseError> {
    let (Body::Readings(readings) | Body::Partly { readings, .. }) = body else { return Ok(()) };
    prop_assert!(!readings.is_empty());
    prop_assert!(readings.len() <= ALERTS_MAX);
    for reading in readings {
        prop_assert!(!reading.source_key.is_empty() && reading.source_key.len() <= KEY_BYTES_MAX);
        prop_assert!(reading.name.chars().count() <= NAME_CHARACTERS_MAX);
        prop_assert!(reading.summary.chars().count() <= SUMMARY_CHARACTERS_MAX);
        let unfit =
            reading.summary.chars().any(|character| character.is_control() || character == '\u{202e}');
        prop_assert!(!unfit);
        prop_assert!(
            reading.details.len() <= DETAILS_BYTES_MAX
                && reading.details.chars().all(|character| character != '\0')
        );
        prop_assert!(reading.labels.len() <= 64);
        prop_assert!(
            reading
                .labels
                .iter()
                .all(|(name, value)| name.chars().count() <= 128 && value.chars().count() <= 1024)
        );
        prop_assert!(reading.severity_label.as_ref().is_none_or(|label| label.chars().count() <= 64));
        prop_assert!(reading.link.as_ref().is_none_or(|link| link.starts_with("http") && link.len() <= 2048));
        prop_assert!(!reading.summary.is_empty(), "a reading without a title: {reading:?}");
    }
    Ok(())
}

/// Values whose names are the ones the mappings look for, so that they reach past the recogniser.
fn json_value() -> impl Strategy<Value = Value> {
    let names = prop_oneof![
        4 => prop::sample::select(vec![
            "alerts", "labels", "annotations", "status", "state", "fingerprint", "startsAt", "Records", "Sns", "Message",
            "Type", "TopicArn", "AlarmName", "NewStateValue", "event", "data", "alert", "incident", "monitor",
            "heartbeat", "title", "name", "severity", "tags", "message", "ruleName", "detail", "detail-type", "source",
            "receiver", "alertname", "check", "rule", "context", "messages", "payload", "event_action", "schemaId",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec![
            "firing",
            "resolved",
            "[OK] x",
            "Notification",
            "{\"AlarmName\":1}",
            "0001-01-01T00:00:00Z",
            "http://x"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 80, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_within_bounds(value in json_value()) {
        let body = value.to_string();
        let mapping: Mapping = serde_json::from_value(json!({"each": "/alerts", "open": ["/Message", "/payload"], "name": "/*/name", "state": "/status"})).unwrap();
        check(&read_any(body.as_bytes()))?;
        check(&read_alertmanager(body.as_bytes()))?;
        check(&read_generic(body.as_bytes(), &mapping))?;
    }

    #[test]
    fn any_bytes_are_read_within_bounds(body in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&read_any(&body))?;
        check(&read_alertmanager(&body))?;
    }

    #[test]
    fn a_cut_body_is_refused(at in 1usize..200) {
        let whole = json!({"alerts": [{"status": "firing", "labels": {"alertname": "Disk"}, "annotations": {"summary": "x".repeat(200)}}]}).to_string();
        prop_assert!(matches!(read_any(&whole.as_bytes()[..at]), Body::Refused(_)));
    }

    #[test]
    fn a_key_does_not_depend_on_state_or_order(host in "[a-z]{1,8}", name in "[A-Za-z]{1,8}") {
        let firing = json!({"alerts": [{"status": "firing", "labels": {"alertname": &name, "host": &host}}]});
        let resolved = format!(r#"{{"alerts": [{{"labels": {{"host": "{host}", "alertname": "{name}"}}, "status": "resolved"}}]}}"#);
        let (Body::Readings(firing), Body::Readings(resolved)) = (read_any(firing.to_string().as_bytes()), read_any(resolved.as_bytes())) else {
            return Err(TestCaseError::fail("refused"));
        };
        prop_assert_eq!(&firing[0].source_key, &resolved[0].source_key);
        prop_assert_eq!((firing[0].kind, resolved[0].kind), (ReadingKind::Problem, ReadingKind::Recovery));
    }
}
