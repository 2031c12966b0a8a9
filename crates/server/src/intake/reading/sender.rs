//! What a body says of all its alerts alike: who sent them, and where.
//!
//! It is held once, however many alerts share it: an address of two thousand characters times forty thousand alerts
//! would be a hundred times the body.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::drafted::web_link;
use super::gathered;

const SHOWN: &[&str] = &["receiver", "groupKey", "externalURL"];

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// A section for the details of any of its alerts.
    pub(super) details: String,
    /// Where to look; http or https only.
    pub(super) link: Option<String>,
}

impl Sender {
    /// What an envelope says of itself, where it says something.
    pub(super) fn of(envelope: &Value) -> Option<Arc<Self>> {
        let said: Map<String, Value> = SHOWN
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), envelope.get(*name)?.clone())))
            .collect();
        let mut said = Value::Object(said);
        if let Some(cut) = envelope.get("truncatedAlerts").and_then(Value::as_u64).filter(|cut| *cut > 0) {
            said["cut off by the sender"] = json!(format!("{cut} more alerts of this group"));
        }
        let lines = gathered::lines(&said, &[]);
        let details =
            if lines.is_empty() { String::new() } else { format!("Sent by\n  {}", lines.join("\n  ")) };
        let link = envelope.get("externalURL").and_then(Value::as_str).and_then(web_link);
        (!details.is_empty() || link.is_some()).then(|| Arc::new(Self { details, link }))
    }
}
