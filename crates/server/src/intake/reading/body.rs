//! From bytes to a JSON value within limits, and the reasons a body is refused.
//!
//! A refused body is not lost: whoever received it keeps the raw bytes beside the reason.

use serde_json::Value;

use super::halves;
use super::text::one_line;

/// Largest body that is read: a storm of some ten thousand alerts in one.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Deepest nesting that is read; monitoring tools stay below twenty.
pub const DEPTH_MAX: usize = 64;
/// Alerts read of one body, each of them counted and ended by itself: a real alert does not fit into the hundred bytes
/// that are left each of more. What they share is held once, so that all of them take a few times the body.
pub const ALERTS_MAX: usize = BODY_BYTES_MAX / 100;

/// Why a body gives no reading; its text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Nothing was sent.
    #[error("the body is empty; make the tool send its alert as JSON in the body of a POST")]
    Empty,
    /// More bytes than are read.
    #[error(
        "the body has {bytes} bytes, more than the {BODY_BYTES_MAX} that are read; make the tool group fewer alerts per request"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not text in UTF-8.
    #[error("byte {offset} of the body is not UTF-8; make the tool send JSON encoded as UTF-8, uncompressed")]
    NotUtf8 {
        /// First offending byte, from 0.
        offset: usize,
    },
    /// A web form.
    #[error(
        "the body is a web form, not JSON; choose JSON (application/json) as the format of the tool's webhook"
    )]
    Form,
    /// Not JSON.
    #[error(
        "the body is not JSON: {problem} at line {line} column {column}; check the tool's payload template there"
    )]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser met.
        problem: String,
    },
    /// Nested beyond the limit.
    #[error(
        "the body is nested deeper than {DEPTH_MAX} levels at byte {offset}; send the alert itself, not a dump around it"
    )]
    TooDeep {
        /// Where the limit was passed, from 0.
        offset: usize,
    },
    /// A number, text, or list without objects.
    #[error("the body is {found}; send a JSON object, or a list of objects, that describes the alert")]
    NotAnObject {
        /// What it is, with its article.
        found: &'static str,
    },
    /// An object or list without content.
    #[error("the body holds no alert: {found}; if this was the tool's connection test, it has worked")]
    NoAlerts {
        /// What was empty, with its article.
        found: &'static str,
    },
    /// Entries of a list that are no alerts.
    #[error(
        "{count} of its entries {} (the first is entry {place}, {found}); make the tool send each alert as a JSON object",
        if *count == 1 { "is no alert" } else { "are no alerts" }
    )]
    PassedOver {
        /// How many.
        count: usize,
        /// Where the first one stands, from 1.
        place: usize,
        /// What that is, with its article.
        found: &'static str,
    },
    /// Something else where a mapping looks for a list.
    #[error(
        "`{place}`, where the hook's mapping looks for a list of alerts, holds {found}, which was read as one alert; correct `each` in the mapping, or make the tool send a list there"
    )]
    NoList {
        /// Where the mapping looks.
        place: String,
        /// What is there, with its article.
        found: &'static str,
    },
    /// States that a mapping does not know, and takes for something that raises nothing.
    #[error(
        "the hook's mapping does not know the state of {count} of its alerts (the first says {}), so that nothing was raised for {}; name that state in `states` of the mapping",
        said(first), if *count == 1 { "it" } else { "them" }
    )]
    StrangeState {
        /// How many alerts.
        count: usize,
        /// What the first of them says.
        first: String,
    },
    /// A list too long to be alerts.
    #[error(
        "the body lists {count} alerts, more than the {ALERTS_MAX} that are read; make the tool group fewer alerts per request"
    )]
    TooMany {
        /// How many.
        count: usize,
    },
    /// A field of another type than the format says.
    #[error(
        "`{field}` must be {wanted}; check the tool's payload template, or use the generic hook with a mapping"
    )]
    WrongShape {
        /// The field.
        field: &'static str,
        /// What it must be, with its article.
        wanted: &'static str,
    },
    /// The definition of a rule, not its firing.
    #[error(
        "this is a rule definition ({tool}), not an event; connect the rule's notifications to this hook instead of its export"
    )]
    RuleDefinition {
        /// Whose definition.
        tool: String,
    },
}

/// A strange state, as a part of a sentence.
fn said(first: &str) -> String {
    match one_line(first, 60) {
        none if none.is_empty() => "none".to_owned(),
        state => format!("{state:?}"),
    }
}

/// Parses a body within the limits.
pub(super) fn parse(body: &[u8]) -> Result<Value, Reason> {
    if body.len() > BODY_BYTES_MAX {
        return Err(Reason::TooLarge { bytes: body.len() });
    }
    let text = std::str::from_utf8(body).map_err(|error| Reason::NotUtf8 { offset: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_ascii();
    if text.is_empty() {
        return Err(Reason::Empty);
    }
    if let Some(offset) = too_deep(text.as_bytes()) {
        return Err(Reason::TooDeep { offset });
    }
    serde_json::from_str(&halves::replaced(text))
        .map_err(|error| if looks_like_form(text) { Reason::Form } else { not_json(&error) })
}

/// The value as the JSON it is, where it is a container worth reading.
pub(super) fn container(value: &Value) -> Result<(), Reason> {
    match value {
        Value::Object(fields) if fields.is_empty() => Err(Reason::NoAlerts { found: "an empty object" }),
        Value::Object(_) => Ok(()),
        Value::Array(items) if items.is_empty() => Err(Reason::NoAlerts { found: "an empty list" }),
        Value::Array(items) if !items.iter().any(Value::is_object) => {
            Err(Reason::NotAnObject { found: "a list without objects" })
        }
        Value::Array(items) if items.len() > ALERTS_MAX => Err(Reason::TooMany { count: items.len() }),
        Value::Array(_) => Ok(()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            Err(Reason::NotAnObject { found: called(other) })
        }
    }
}

/// What a value is, with its article.
pub(super) const fn called(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::Null => "null",
        Value::Bool(_) => "a true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
    }
}

/// Offset at which brackets outside strings pass the limit.
fn too_deep(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut escaped = false;
    for (offset, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Some(offset);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn looks_like_form(text: &str) -> bool {
    let first = text.split('&').next().unwrap_or_default();
    first.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'%'))
    })
}

fn not_json(error: &serde_json::Error) -> Reason {
    let problem = error.to_string();
    let problem = problem.split(" at line ").next().unwrap_or_default().to_owned();
    Reason::NotJson { line: error.line(), column: error.column(), problem }
}
