//! What a person gets to read of typical bodies, as snapshots.

use serde_json::{Value, json};

use crate::intake::reading::{Body, read_any};

fn bodies() -> Vec<(&'static str, Value)> {
    let alarm = json!({
        "AlarmName": "queue-depth", "AlarmDescription": "Orders wait too long", "AWSAccountId": "111122223333",
        "NewStateValue": "INSUFFICIENT_DATA", "NewStateReason": "3 datapoints were unknown.",
        "StateChangeTime": "2024-05-06T07:08:09.100+0000", "Region": "EU (Ireland)", "OldStateValue": "ALARM",
        "Trigger": {"MetricName": "Depth", "Namespace": "Orders", "Dimensions": [{"name": "Queue", "value": "orders"}]},
    });
    vec![
        (
            "alertmanager",
            json!({
                "version": "4", "receiver": "holdfast", "status": "firing", "groupKey": "{}:{alertname=\"DiskFull\"}",
                "externalURL": "https://alerts.example", "truncatedAlerts": 2, "alerts": [
                    {"status": "firing", "fingerprint": "aa01", "startsAt": "2024-05-06T07:08:09+02:00", "endsAt": "0001-01-01T00:00:00Z",
                     "labels": {"alertname": "DiskFull", "severity": "critical", "instance": "db1", "customer": "acme"},
                     "annotations": {"summary": "Disk of db1 is full", "description": "97 % of /var is used.", "runbook_url": "https://wiki.example/disk"},
                     "generatorURL": "https://prometheus.example/graph?g0.expr=x"},
                    {"status": "resolved", "fingerprint": "aa01", "startsAt": "2024-05-06T05:00:00Z", "endsAt": "2024-05-06T05:08:00Z",
                     "labels": {"alertname": "DiskFull", "severity": "warning", "instance": "db2", "customer": "globex"}},
                ],
            }),
        ),
        (
            "bare prometheus alert",
            json!({"summary": "Queue is over 90 %", "labels": {"severity": "critical", "customer": "acme"}}),
        ),
        (
            "grafana",
            json!({
                "ruleId": 12, "ruleName": "Battery", "ruleUrl": "https://grafana.example/d/1", "state": "ok", "title": "[OK] Battery",
                "message": "Voltage is low", "tags": {"severity": "warning"}, "evalMatches": [{"metric": "volts", "value": 23.1, "tags": {"rack": "7"}}],
            }),
        ),
        (
            "cloudwatch through sns",
            json!({
                "Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:111122223333:ops", "Subject": "INSUFFICIENT_DATA: queue-depth",
                "Message": alarm.to_string(), "Timestamp": "2024-05-06T07:08:10Z", "Signature": "c2lnbmVk",
            }),
        ),
        (
            "checkmk",
            json!({
                "host": "web1", "site": "main", "event": "DOWN -> UP", "status": "UP", "notification_type": "RECOVERY", "what": "HOST",
                "summary": "web1 - DOWN -> UP", "output": "Packet received", "url": "/check_mk/index.py?host=web1", "severity": "OK",
            }),
        ),
        (
            "uptime kuma",
            json!({
                "monitor": {"id": 4, "name": "Shop", "url": "https://shop.example"}, "msg": "timeout of 48000 ms",
                "heartbeat": {"status": 0, "localDateTime": "2024-05-06 09:08:09", "timezoneOffset": "+02:00", "msg": "timeout of 48000 ms"},
            }),
        ),
        (
            "inventory change",
            json!({
                "event": "updated", "model": "device", "username": "ines", "timestamp": "2024-05-06T07:08:09Z",
                "data": {"id": 9, "display": "sw1", "custom_fields": {}}, "snapshots": {"prechange": null, "postchange": {"name": "sw1"}},
            }),
        ),
        (
            "a tool nobody knows",
            json!({
                "alarm": {"headline": "UPS on battery", "batteryState": "discharging", "device": {"hostname": "ups-7", "site": "Lyon"}, "apiToken": "hidden"},
                "when": "2024-05-06 09:08:09", "more": [{"name": "load", "value": 81}],
            }),
        ),
    ]
}

#[test]
fn typical_bodies_read_well() {
    for (name, body) in bodies() {
        let Body::Readings(readings) = read_any(body.to_string().as_bytes()) else {
            panic!("{name} gave no reading")
        };
        insta::assert_json_snapshot!(name.replace(' ', "_"), readings);
    }
}
