//! What a folder of known bodies expects of a reader, and whether a reading keeps it.
//!
//! The same comparison serves the crate's test and the oracle that sends a folder through a running server.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Body, Reading, ReadingKind, Reason};

/// One entry of a folder's `index.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct IndexEntry {
    /// The body's file.
    pub file: String,
    /// The tool that wrote it.
    #[serde(default)]
    pub tool: String,
    /// What a receiver must get out of it.
    pub expect: Expectation,
}

/// What a receiver must get out of a body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Expectation {
    /// Alertmanager's envelope, alert by alert.
    Alerts {
        /// How many alerts.
        alerts: usize,
        /// How many of them fire.
        firing: usize,
        /// How many are over.
        resolved: usize,
        /// Their distinct names.
        #[serde(default)]
        names: Vec<String>,
        /// Their distinct severities.
        #[serde(default)]
        severities: Vec<String>,
        /// Their fingerprints, each as often as it is given.
        #[serde(default)]
        fingerprints: Vec<String>,
    },
    /// Any other tool's body.
    Kind {
        /// In words.
        kind: String,
        /// Texts that a person must be able to read.
        #[serde(default)]
        must_mention: Vec<String>,
    },
}

/// Whether a body was read as expected; otherwise what differs.
pub fn verdict(expect: &Expectation, body: &Body) -> Result<(), String> {
    match expect {
        Expectation::Alerts { alerts, firing, resolved, names, severities, fingerprints } => {
            let readings = match body {
                Body::Readings(readings) | Body::Partly { readings, .. } => readings.as_slice(),
                Body::Refused(Reason::NoAlerts { .. }) => &[],
                Body::Refused(reason) => return Err(format!("refused: {reason}")),
                Body::Handshake { what } => return Err(format!("taken for a handshake: {what}")),
            };
            let of_kind = |kind| readings.iter().filter(|reading| reading.kind == kind).count();
            same("alerts", alerts, &readings.len())?;
            same("firing", firing, &of_kind(ReadingKind::Problem))?;
            same("resolved", resolved, &of_kind(ReadingKind::Recovery))?;
            same("names", &set(names), &labelled(readings, "alertname"))?;
            same("severities", &set(severities), &labelled(readings, "severity"))?;
            let mut wanted = fingerprints.clone();
            wanted.sort_unstable();
            let mut got: Vec<String> =
                readings.iter().filter_map(|reading| reading.fingerprint.clone()).collect();
            got.sort_unstable();
            same("fingerprints", &wanted, &got)
        }
        Expectation::Kind { kind, must_mention } => {
            kept_kind(kind, body)?;
            let text = everything_shown(body);
            match must_mention.iter().find(|wanted| !text.contains(wanted.as_str())) {
                Some(missing) => Err(format!("does not mention {missing:?} in {text:?}")),
                None => Ok(()),
            }
        }
    }
}

fn kept_kind(kind: &str, body: &Body) -> Result<(), String> {
    let word = kind.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let wanted = match word {
        "problem" => ReadingKind::Problem,
        "recovery" | "resolved" => ReadingKind::Recovery,
        "unknown" => ReadingKind::Unknown,
        "info" | "information" => ReadingKind::Information,
        "subscription" | "handshake" => {
            return match body {
                Body::Handshake { .. } => Ok(()),
                Body::Readings(_) | Body::Partly { .. } | Body::Refused(_) => {
                    Err(format!("expected a handshake, got {body:?}"))
                }
            };
        }
        "rule" => {
            return match body {
                Body::Refused(Reason::RuleDefinition { .. }) => Ok(()),
                Body::Readings(_) | Body::Partly { .. } | Body::Refused(_) | Body::Handshake { .. } => {
                    Err(format!("expected a rule definition refused, got {body:?}"))
                }
            };
        }
        // "see body": anything that a person can read.
        "see" => return readings_of(body).map(|_| ()),
        _ => return Err(format!("no comparison is known for the kind {kind:?}")),
    };
    let readings = readings_of(body)?;
    match readings.iter().find(|reading| reading.kind != wanted) {
        Some(other) => Err(format!("expected {wanted:?}, got {:?} ({})", other.kind, other.summary)),
        None => Ok(()),
    }
}

fn readings_of(body: &Body) -> Result<&[Reading], String> {
    match body {
        Body::Readings(readings) | Body::Partly { readings, .. } if !readings.is_empty() => Ok(readings),
        Body::Readings(_) | Body::Partly { .. } => Err("gave no reading".to_owned()),
        Body::Refused(reason) => Err(format!("refused: {reason}")),
        Body::Handshake { what } => Err(format!("taken for a handshake: {what}")),
    }
}

fn everything_shown(body: &Body) -> String {
    match body {
        Body::Readings(readings) | Body::Partly { readings, .. } => {
            let shown = readings.iter().map(|r| format!("{}\n{}\n{}\n", r.name, r.summary, r.all_details()));
            shown.collect()
        }
        Body::Handshake { what } => what.clone(),
        Body::Refused(reason) => reason.to_string(),
    }
}

fn labelled(readings: &[Reading], name: &str) -> BTreeSet<String> {
    readings.iter().filter_map(|reading| reading.labels.get(name).cloned()).collect()
}

fn set(texts: &[String]) -> BTreeSet<String> {
    texts.iter().cloned().collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, wanted: &T, got: &T) -> Result<(), String> {
    if wanted == got { Ok(()) } else { Err(format!("{what}: expected {wanted:?}, got {got:?}")) }
}
