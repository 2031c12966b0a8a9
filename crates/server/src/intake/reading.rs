//! Reading of monitoring webhooks (§3.1: identification through monitoring): a body of bytes becomes readings.
//!
//! Pure: no input or output, no clock, and no policy. A reading is what a stranger's tool claims; whether it becomes a
//! signal, a repeat of one or a fact on a timeline is decided elsewhere. Bodies are hostile until read: size, depth,
//! counts and every text are bounded, and what cannot be read is refused with a reason that says what to do.

mod alertmanager;
mod body;
mod drafted;
pub mod expectation;
mod gathered;
mod guess;
mod halves;
mod heard;
mod identity;
mod instant;
mod mapping;
mod names;
mod pick;
mod recognise;
mod sender;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use incident::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use heard::Heard;

pub use body::{ALERTS_MAX, BODY_BYTES_MAX, DEPTH_MAX, Reason};
pub use drafted::{DETAILS_BYTES_MAX, KEY_BYTES_MAX, NAME_CHARACTERS_MAX, SUMMARY_CHARACTERS_MAX};
pub use mapping::Mapping;
pub use pick::{Pick, PickError, Picks};
pub use recognise::{NamedMapping, builtin_mappings};
pub use sender::Sender;

/// What one alert of a body claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Stays the same while the same thing is wrong, whatever its state: repeats are counted by it.
    pub source_key: String,
    /// What the keys of all alerts of the same thing begin with, where its own has a sentence in it, which may be
    /// another when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<String>,
    /// The sender's own fingerprint, where it gave one; two alerts may share it by mistake.
    pub fingerprint: Option<String>,
    /// The alert's name.
    pub name: String,
    /// What it claims.
    pub kind: ReadingKind,
    /// How bad the tool calls it, in the tool's words.
    pub severity_label: Option<String>,
    /// One line that says what is wrong.
    pub summary: String,
    /// Everything else worth reading: texts, labels, the fields as received.
    pub details: String,
    /// When it began, where the body names an instant.
    pub started_at: Option<Timestamp>,
    /// Labels by name, for routing to a client.
    pub labels: BTreeMap<String, String>,
    /// Where to look in the tool; http or https only.
    pub link: Option<String>,
    /// What its body says of all its alerts alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<Arc<Sender>>,
}

impl Reading {
    /// Everything worth reading, what its body says of all its alerts included.
    pub fn all_details(&self) -> String {
        match &self.sender {
            Some(sender) if !sender.details.is_empty() => format!("{}\n\n{}", self.details, sender.details),
            Some(_) | None => self.details.clone(),
        }
    }

    /// Where to look: its own place, or that of whoever sent it.
    pub fn best_link(&self) -> Option<&str> {
        self.link.as_deref().or_else(|| self.sender.as_ref()?.link.as_deref())
    }
}

/// What a reading claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// Something is wrong.
    Problem,
    /// It is no longer wrong, says the tool; a person confirms restoration.
    Recovery,
    /// The tool cannot tell, or the body does not say.
    #[default]
    Unknown,
    /// Told for the record; not an alert.
    Information,
}

/// What a body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// At least one reading.
    Readings(Vec<Reading>),
    /// At least one reading, beside something that did not fit.
    Partly {
        /// The readings.
        readings: Vec<Reading>,
        /// What did not fit; at least one.
        reasons: Vec<Reason>,
    },
    /// A question whether this hook exists, for an operator to answer.
    Handshake {
        /// Who asks, and what the operator does.
        what: String,
    },
    /// Nothing was read, and why.
    Refused(Reason),
}

/// Reads a body of Prometheus Alertmanager, or alerts of Prometheus without its envelope.
pub fn read_alertmanager(body: &[u8]) -> Body {
    read(body, |value, heard| {
        let items = value.as_array().filter(|items| items.iter().all(alertmanager::is_bare_alert));
        if let Some(items) = items {
            alertmanager::read_alerts(items, &Value::Null, heard);
            return Ok(());
        }
        if let Some(reason) = recognise::rule_definition(value) {
            return Err(Body::Refused(reason));
        }
        if value.get("alerts").is_none() && alertmanager::is_bare_alert(value) {
            alertmanager::read_alerts(std::slice::from_ref(value), &Value::Null, heard);
            return Ok(());
        }
        alertmanager::read_envelope(value, heard).map_err(Body::Refused)
    })
}

/// Reads a body by a configured mapping; a list is read entry by entry.
pub fn read_generic(body: &[u8], mapping: &Mapping) -> Body {
    read(body, |value, heard| match value.as_array() {
        Some(items) => mapping.read_list("hook", items, heard),
        None => match recognise::handshake(value) {
            Some(handshake) => Err(handshake),
            None => mapping.read("hook", value, 0, heard),
        },
    })
}

/// Reads a body of any tool: a known shape by its mapping, an unknown object by the best guess.
pub fn read_any(body: &[u8]) -> Body {
    read(body, |value, heard| {
        if !recognise::read_known(value, 0, heard)? {
            heard.push(guess::Guess::of(value).reading());
        }
        Ok(())
    })
}

fn read(body: &[u8], read: impl FnOnce(&Value, &mut Heard) -> Result<(), Body>) -> Body {
    let value = match body::parse(body).and_then(|value| body::container(&value).map(|()| value)) {
        Ok(value) => value,
        Err(reason) => return Body::Refused(reason),
    };
    let mut heard = Heard::default();
    match read(&value, &mut heard) {
        Ok(()) => heard.into_body(),
        Err(other) => other,
    }
}
