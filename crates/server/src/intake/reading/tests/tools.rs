//! One short body for each way a tool speaks: the kind, the title, and the key that survives a change of state.

use serde_json::{Value, json};

use crate::intake::reading::{Body, Mapping, ReadingKind, Reason, read_any, read_generic};
use ReadingKind::{Information, Problem, Recovery, Unknown};

#[track_caller]
fn reads(body: &Value, kind: ReadingKind, mention: &str) -> String {
    let Body::Readings(readings) = read_any(body.to_string().as_bytes()) else {
        panic!("{body} gave no reading")
    };
    let first = &readings[0];
    assert_eq!(first.kind, kind, "{first:?}");
    assert!(first.summary.contains(mention), "{:?} does not say {mention:?}", first.summary);
    first.source_key.clone()
}

/// Both bodies speak of the same thing, wrong and then over.
#[track_caller]
fn pairs(wrong: &Value, over: &Value, mention: &str) {
    assert_eq!(reads(wrong, Problem, mention), reads(over, Recovery, mention));
}

#[test]
fn paging_tools() {
    let pagerduty = |event: &str| json!({"event": {"id": "01", "event_type": event, "data": {"id": "Q1", "type": "incident", "title": "Disk full on db1", "status": "triggered", "urgency": "high", "service": {"summary": "db"}, "html_url": "https://x.pagerduty.com/i/Q1"}}});
    pairs(&pagerduty("incident.triggered"), &pagerduty("incident.resolved"), "Disk full");
    reads(&pagerduty("incident.acknowledged"), Information, "Disk full");
    let event = |action: &str| json!({"routing_key": "r", "event_action": action, "dedup_key": "d1", "payload": {"summary": "Disk full", "source": "db1", "severity": "critical"}});
    pairs(&event("trigger"), &event("resolve"), "Disk full");
    let opsgenie = |action: &str| json!({"action": action, "alert": {"alertId": "a-1", "alias": "disk", "message": "Disk full", "priority": "P1"}, "integrationName": "hook"});
    pairs(&opsgenie("Create"), &opsgenie("Close"), "Disk full");
    reads(&opsgenie("AddNote"), Information, "Disk full");
    let victorops = |kind: &str| json!({"message_type": kind, "entity_id": "disk/db1", "entity_display_name": "Disk db1", "state_message": "full"});
    pairs(&victorops("CRITICAL"), &victorops("RECOVERY"), "Disk db1");
}

#[test]
fn host_checks() {
    let nagios = |kind: &str| json!({"NOTIFICATIONTYPE": kind, "HOSTNAME": "db1", "SERVICEDESC": "Disk", "SERVICESTATE": "CRITICAL", "SERVICEOUTPUT": "97% used"});
    pairs(&nagios("PROBLEM"), &nagios("RECOVERY"), "db1 Disk");
    reads(&nagios("ACKNOWLEDGEMENT"), Information, "db1 Disk");
    let icinga = |state: u8| json!({"type": "StateChange", "host": "db1", "service": "disk", "state": state, "check_result": {"output": "97%"}, "timestamp": 1_700_000_000.5});
    pairs(&icinga(2), &icinga(0), "db1 disk");
    reads(&icinga(3), Unknown, "db1 disk");
    let zabbix = |value: &str| json!({"event_id": "77", "event_value": value, "trigger_id": "9", "trigger_name": "Disk full", "host_name": "db1"});
    pairs(&zabbix("1"), &zabbix("0"), "Disk full");
    let sensu = |status: u8| json!({"entity": {"metadata": {"name": "db1"}}, "check": {"metadata": {"name": "disk"}, "status": status, "output": "97%"}});
    pairs(&sensu(2), &sensu(0), "db1 disk");
    let prtg = |status: &str| json!({"sensorid": "2001", "device": "db1", "name": "Disk", "status": status, "message": "97 %"});
    pairs(&prtg("Down"), &prtg("Up"), "db1 Disk");
    let kapacitor = |level: &str| json!({"id": "disk:db1", "message": "disk is full", "details": "", "level": level, "duration": 0, "time": "2020-01-01T00:00:00Z", "data": {"series": [{"name": "disk", "tags": {"host": "db1"}}]}});
    pairs(&kapacitor("CRITICAL"), &kapacitor("OK"), "disk is full");
    let auvik = |state: &str| json!({"alertName": "Device offline", "alertId": "1", "alertStatusString": state, "alertSeverityString": "Critical", "entityName": "sw1", "entityId": "e", "companyName": "acme"});
    pairs(&auvik("Triggered"), &auvik("Cleared"), "Device offline: sw1");
}

#[test]
fn clouds() {
    let azure = |condition: &str| json!({"schemaId": "azureMonitorCommonAlertSchema", "data": {"essentials": {"alertId": "/x", "alertRule": "High CPU", "severity": "Sev1", "monitorCondition": condition, "alertTargetIDs": ["/vm/1"], "firedDateTime": "2020-01-01T00:00:00.1234567Z"}, "alertContext": {}}});
    pairs(&azure("Fired"), &azure("Resolved"), "High CPU");
    let google = |state: &str| json!({"version": "1.2", "incident": {"incident_id": "0.x", "state": state, "policy_name": "CPU", "condition_name": "too high", "summary": "CPU of vm1", "started_at": 1_577_840_461, "resource": {"labels": {"instance_id": "1"}}}});
    pairs(&google("open"), &google("closed"), "CPU of vm1");
    let pubsub = json!({"message": {"data": "eyJpbmNpZGVudCI6eyJzdGF0ZSI6Im9wZW4iLCJwb2xpY3lfbmFtZSI6IkNQVSIsImNvbmRpdGlvbl9uYW1lIjoieCJ9fQ==", "messageId": "1"}, "subscription": "s"});
    reads(&pubsub, Problem, "CPU: x");
    let autoscaling = json!({"Type": "Notification", "TopicArn": "arn", "Message": json!({"AutoScalingGroupName": "web", "Event": "autoscaling:EC2_INSTANCE_LAUNCH_ERROR"}).to_string()});
    reads(&autoscaling, Problem, "web");
    let plain =
        json!({"Type": "Notification", "TopicArn": "arn", "Subject": "Disk", "Message": "the disk is full"});
    reads(&plain, Unknown, "Disk");
}

#[test]
fn websites_and_applications() {
    let pingdom = |state: &str| json!({"check_id": 1, "check_name": "Shop", "current_state": state, "previous_state": "UP", "importance_level": "HIGH", "state_changed_timestamp": 1_451_610_061, "description": "HTTP 500"});
    pairs(&pingdom("DOWN"), &pingdom("UP"), "Shop");
    let robot = |kind: &str| json!({"monitorID": "1", "monitorFriendlyName": "Shop", "alertType": kind, "alertDetails": "timeout"});
    pairs(&robot("1"), &robot("2"), "Shop");
    let cake = |status: &str| json!({"Token": "hunter2", "Status": status, "Name": "Shop", "URL": "https://shop.example", "StatusCode": "500"});
    pairs(&cake("Down"), &cake("Up"), "Shop");
    let site = |status: &str| json!({"MONITORNAME": "Shop", "MONITOR_ID": 1, "STATUS": status, "INCIDENT_REASON": "timeout"});
    pairs(&site("DOWN"), &site("UP"), "Shop");
    let dynatrace = |state: &str| json!({"PID": "-1", "ProblemID": "P-1", "ProblemTitle": "Failure rate", "State": state, "ImpactedEntity": "Shop"});
    pairs(&dynatrace("OPEN"), &dynatrace("RESOLVED"), "Failure rate");
    reads(
        &json!({"event_definition_id": "1", "event_definition_title": "Errors", "event": {"message": "500s", "priority": 2, "timestamp": "2020-01-01T00:00:00Z"}, "backlog": []}),
        Problem,
        "Errors: 500s",
    );
    reads(
        &json!({"sid": "s", "search_name": "Failed logins", "app": "search", "results_link": "http://splunk/x", "result": {"host": "db1", "count": "8"}}),
        Problem,
        "Failed logins",
    );
    let kibana = |group: &str| json!({"rule": {"id": "1", "name": "Errors"}, "alert": {"id": "h", "actionGroup": group}, "context": {"reason": "9 > 3"}});
    pairs(&kibana("threshold met"), &kibana("recovered"), "Errors: 9 > 3");
    let github = |conclusion: &str| json!({"action": "completed", "workflow_run": {"name": "CI", "head_branch": "main", "conclusion": conclusion}, "repository": {"full_name": "a/b"}, "sender": {"login": "x"}});
    pairs(&github("failure"), &github("success"), "CI");
}

#[test]
fn rules_are_not_events_and_handshakes_are_not_alerts() {
    for body in [
        json!({"alert": "Disk", "expr": "x > 1", "for": "5m", "labels": {"severity": "x"}, "annotations": {"summary": "x"}}),
        json!({"groups": [{"name": "g", "rules": [{"alert": "Disk", "expr": "x"}]}]}),
        json!({"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "metadata": {}}),
        json!({"name": "Disk", "type": "metric alert", "query": "avg", "options": {"thresholds": {"critical": 90}}}),
    ] {
        let read = read_any(body.to_string().as_bytes());
        assert!(matches!(read, Body::Refused(Reason::RuleDefinition { .. })), "{body}: {read:?}");
    }
    for body in [
        json!([{"eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "topic": "t", "data": {"validationCode": "1"}}]),
        json!({"zen": "Keep it logically awesome.", "hook_id": 1, "hook": {}}),
    ] {
        let read = read_any(body.to_string().as_bytes());
        assert!(matches!(read, Body::Handshake { .. }), "{body}: {read:?}");
    }
}

#[test]
fn a_tool_nobody_knows_is_read_by_common_names() {
    let unknown = |state: &str| json!({"notification": {"deviceHealth": state, "headline": "UPS on battery", "serial": "7"}, "sentBy": "ups"});
    reads(&unknown("purple"), Unknown, "UPS on battery");
    let by_status = |state: &str| json!({"device": {"name": "UPS 1"}, "batteryStatus": state, "headline": "UPS on battery"});
    reads(&by_status("degraded"), Problem, "UPS");
    reads(&by_status("healthy"), Recovery, "UPS");
    let titled = |state: &str| json!({"subject": format!("[{state}] Backup of acme"), "text": "job 7"});
    pairs(&titled("FAILED"), &titled("OK"), "Backup of acme");
    reads(&json!({"x": {"y": [1, 2]}}), Unknown, "x");
    reads(&json!({"resolved": true, "title": "Disk"}), Recovery, "Disk");
}

#[test]
fn what_was_measured_does_not_tell_alerts_apart() {
    let check = |status: &str, message: &str| json!({"host": "web7", "service": "cpu", "status": status, "message": message});
    let first = reads(&check("critical", "CPU 91%"), Problem, "91%");
    assert_eq!(first, reads(&check("critical", "CPU 92%"), Problem, "92%"));
    assert_eq!(first, reads(&check("ok", "CPU 12%"), Recovery, "12%"));
    let other = json!({"host": "web8", "service": "cpu", "status": "critical", "message": "CPU 91%"});
    assert_ne!(first, reads(&other, Problem, "91%"));
    // A mapping that says where the state is, and neither key nor name, reads the same.
    let mapping: Mapping = serde_json::from_value(json!({"state": "/status"})).unwrap();
    let key = |body: Value| match read_generic(body.to_string().as_bytes(), &mapping) {
        Body::Readings(readings) => readings[0].source_key.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(key(check("critical", "CPU 91%")), key(check("ok", "CPU 12%")));
}

#[test]
fn a_state_names_nothing_where_a_text_says_what_is_wrong() {
    let event = |state: &str, text: &str| json!({"event": state, "host": "web7", "description": text});
    let (disk, database) = (event("down", "Disk full"), event("down", "Database unreachable"));
    let disk = reads(&disk, Problem, "Disk full");
    let database = reads(&database, Problem, "unreachable");
    let fine = reads(&event("up", "Disk is fine"), Recovery, "fine");
    assert!(disk != database && fine != disk && fine != database, "{disk} {database} {fine}");
    let bare = |state: &str| json!({"event": state, "host": "web7"});
    pairs(&bare("down"), &bare("up"), "");
}

#[test]
fn a_configured_mapping_reads_what_it_names() {
    let mapping: Mapping = serde_json::from_value(json!({
        "each": "/items", "key": "{/dev}/{/sensor}", "name": "/sensor", "state": "/code", "states": {"13": "problem", "0": "recovery"},
        "otherwise": "unknown", "summary": "{/sensor} of {/dev}", "label": {"customer": "/site"}, "severity": [],
    }))
    .unwrap();
    let body = json!({"items": [{"dev": "ups1", "sensor": "battery", "code": 13, "site": "acme", "severity": "x"}, {"dev": "ups2", "sensor": "load", "code": 5}]});
    let Body::Readings(readings) = read_generic(body.to_string().as_bytes(), &mapping) else {
        panic!("refused")
    };
    assert_eq!((readings[0].kind, readings[1].kind), (Problem, Unknown));
    assert_eq!(
        (readings[0].source_key.as_str(), readings[0].summary.as_str()),
        ("hook:ups1/battery", "battery of ups1")
    );
    assert_eq!((readings[0].labels["customer"].as_str(), &readings[0].severity_label), ("acme", &None));
    let empty = read_generic(br#"{"items": []}"#, &mapping);
    assert!(matches!(empty, Body::Refused(Reason::NoAlerts { .. })), "{empty:?}");
    let misspelt = serde_json::from_value::<Mapping>(json!({"nmae": "/title"})).unwrap_err().to_string();
    assert!(misspelt.contains("nmae"), "{misspelt}");
    let no_path = serde_json::from_value::<Mapping>(json!({"name": "title"}));
    assert!(no_path.unwrap_err().to_string().contains("names no field"));
}
