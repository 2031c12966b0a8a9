//! Prometheus Alertmanager's webhook (version 4, and 3 and 1 before it), Grafana's unified alerting, which sends the
//! same envelope, and Prometheus alerts that come without one.
//!
//! Alerts of one body stay apart even where a sender gave them one fingerprint.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::body::{ALERTS_MAX, Reason};
use super::drafted::{Draft, digest};
use super::gathered::{self, Labels};
use super::guess::Guess;
use super::heard::Heard;
use super::pick::text_of;
use super::{Reading, ReadingKind, Sender, instant, vocabulary};

const ENVELOPE_FIELDS: &[&str] =
    &["receiver", "groupKey", "groupLabels", "commonLabels", "commonAnnotations", "truncatedAlerts"];
const ALERT_FIELDS: &[&str] = &["labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"];
const BARE_FIELDS: &[&str] = &[
    "labels",
    "annotations",
    "startsAt",
    "endsAt",
    "generatorURL",
    "fingerprint",
    "status",
    "state",
    "summary",
    "description",
    "name",
    "value",
    "activeAt",
    "receivers",
    "updatedAt",
    "severity",
];
/// Taken first, so that a flood of labels cannot push them out.
const FIRST_LABELS: &[&str] =
    &["alertname", "severity", "instance", "service", "customer", "client", "tenant"];

/// Whether a body is Alertmanager's envelope.
pub(super) fn is_envelope(body: &Value) -> bool {
    let Some(alerts) = alerts_of(body) else { return false };
    let mut alerts = alerts.as_array().into_iter().flatten();
    ENVELOPE_FIELDS.iter().any(|field| body.get(field).is_some())
        || alerts.any(|alert| ALERT_FIELDS.iter().any(|field| alert.get(field).is_some()))
}

/// Whether a body says that it lists alerts, and lists none.
pub(super) fn lists_none(body: &Value) -> bool {
    body.get("alerts").is_some_and(|alerts| alerts.is_null() || alerts.as_array().is_some_and(Vec::is_empty))
}

/// Whether a body is one alert without an envelope.
pub(super) fn is_bare_alert(body: &Value) -> bool {
    let Some(labels) = body.get("labels").and_then(Value::as_object) else { return false };
    let fields = body.as_object().into_iter().flat_map(Map::keys);
    labels.contains_key("alertname")
        || body.get("startsAt").is_some()
        || body.get("annotations").is_some_and(Value::is_object)
        || fields.into_iter().all(|field| BARE_FIELDS.contains(&field.as_str()))
}

/// The readings of an envelope.
pub(super) fn read_envelope(body: &Value, heard: &mut Heard) -> Result<(), Reason> {
    let wrong = Reason::WrongShape { field: "alerts", wanted: "a list of alerts" };
    let alerts = alerts_of(body).and_then(Value::as_array).ok_or(wrong)?;
    if alerts.is_empty() {
        return Err(Reason::NoAlerts { found: "an empty list in `alerts`" });
    }
    if alerts.len() > ALERTS_MAX {
        return Err(Reason::TooMany { count: alerts.len() });
    }
    read_alerts(alerts, body, heard);
    Ok(())
}

/// The readings of alerts in a list; `envelope` is null where there is none.
pub(super) fn read_alerts(alerts: &[Value], envelope: &Value, heard: &mut Heard) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for alert in alerts {
        *seen.entry(fingerprint(alert).unwrap_or_default()).or_default() += 1;
    }
    let repeated: BTreeSet<&str> =
        seen.into_iter().filter(|(_, count)| *count > 1).map(|(text, _)| text).collect();
    let sender = Sender::of(envelope);
    for (place, alert) in (1..).zip(alerts) {
        match alert.as_object() {
            Some(fields) => {
                let kind = kind(fields, envelope);
                heard.push(Reading { kind, sender: sender.clone(), ..read_alert(fields, alert, &repeated) });
            }
            None => heard.pass_over(place, alert),
        }
    }
}

fn alerts_of(body: &Value) -> Option<&Value> {
    body.get("alerts").or_else(|| body.get("alert").filter(|alert| alert.is_array()))
}

fn fingerprint(alert: &Value) -> Option<&str> {
    alert.get("fingerprint").and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn read_alert(fields: &Map<String, Value>, alert: &Value, repeated: &BTreeSet<&str>) -> Reading {
    let labels = strings(fields.get("labels"));
    let annotations = strings(fields.get("annotations"));
    let label = |name: &str| labels.get(name).cloned();
    let told = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| annotations.get(*name).cloned().or_else(|| fields.get(*name).and_then(text_of)))
    };
    let name = label("alertname").or_else(|| told(&["alertname", "name", "summary", "title", "description"]));
    let name = name.unwrap_or_else(|| {
        let guess = Guess::of(alert);
        guess.name().unwrap_or_else(|| guess.no_name())
    });
    let place = ["instance", "host", "pod", "service", "job"].into_iter().find_map(label);
    let titled = place.map_or_else(|| name.clone(), |place| format!("{name} on {place}"));
    let draft = Draft {
        key: Some(key(alert, &labels, &name, repeated)),
        fingerprint: fingerprint(alert).map(str::to_owned),
        severity: ["severity", "priority", "level"]
            .into_iter()
            .find_map(label)
            .or_else(|| told(&["severity"])),
        summary: told(&["summary", "title", "description", "message"]).or(Some(titled)),
        prose: prose(&annotations, &labels, fields),
        started_at: ["startsAt", "activeAt"].iter().find_map(|field| instant::of_value(fields.get(*field)?)),
        labels: bounded(&labels),
        link: link(fields),
        name,
        ..Draft::default()
    };
    draft.finish(&rest(fields))
}

fn key(alert: &Value, labels: &Labels, name: &str, repeated: &BTreeSet<&str>) -> String {
    let of_labels = digest(&[if labels.is_empty() { name } else { "" }, &gathered::canonical(labels)]);
    match fingerprint(alert) {
        Some(fingerprint) if repeated.contains(fingerprint) => format!("{fingerprint}-{of_labels}"),
        Some(fingerprint) => fingerprint.to_owned(),
        None => of_labels,
    }
}

fn kind(fields: &Map<String, Value>, envelope: &Value) -> ReadingKind {
    let none = BTreeMap::new();
    // Alertmanager's own API nests it: {"status": {"state": "active"}}.
    let state = |value: &Value| text_of(value.get("state").unwrap_or(value));
    let own = fields.get("status").or_else(|| fields.get("state")).and_then(state);
    let told = own.or_else(|| envelope.get("status").and_then(state));
    told.and_then(|told| vocabulary::kind_of(&told, &none)).unwrap_or(ReadingKind::Problem)
}

fn prose(annotations: &Labels, labels: &Labels, fields: &Map<String, Value>) -> Vec<String> {
    const TEXTS: [&str; 3] = ["description", "message", "summary"];
    let told = |name: &str| annotations.get(name).cloned().or_else(|| fields.get(name).and_then(text_of));
    let mut prose: Vec<String> = TEXTS.into_iter().filter_map(told).collect();
    let others = annotations
        .iter()
        .filter(|(name, value)| !TEXTS.contains(&name.as_str()) && labels.get(*name) != Some(value));
    let others: Vec<String> = others.map(|(name, value)| format!("{name}: {value}")).collect();
    if !others.is_empty() {
        prose.push(others.join("\n"));
    }
    prose
}

fn link(fields: &Map<String, Value>) -> Option<String> {
    let own = ["generatorURL", "panelURL", "dashboardURL"].iter().filter_map(|field| fields.get(*field));
    own.filter_map(Value::as_str).find(|url| url.starts_with("http")).map(str::to_owned)
}

/// What is left to show beside labels and annotations: the alert's other fields.
fn rest(fields: &Map<String, Value>) -> Value {
    let spoken = ["labels", "annotations", "summary", "description", "status", "startsAt", "generatorURL"];
    let mut rest: Map<String, Value> = fields
        .iter()
        .filter(|(name, _)| !spoken.contains(&name.as_str()))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    // Year one is how Go writes "not yet".
    if fields.get("endsAt").and_then(instant::of_value).is_none() {
        rest.remove("endsAt");
    }
    Value::Object(rest)
}

/// Every scalar of an object as text: labels are strings, but senders vary.
fn strings(value: Option<&Value>) -> Labels {
    let fields = value.and_then(Value::as_object).into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.clone(), text_of(value)?))).collect()
}

fn bounded(labels: &Labels) -> Labels {
    let mut kept = Labels::new();
    let first = FIRST_LABELS.iter().filter_map(|name| labels.get_key_value(*name));
    for (name, value) in first.chain(labels) {
        gathered::add(&mut kept, name, value);
    }
    kept
}
