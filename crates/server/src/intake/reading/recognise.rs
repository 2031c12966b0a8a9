//! Which tool sent a body: the built-in mappings (`mappings.json`, tried in their order) and what is tried around them.
//!
//! Adding a tool is adding an entry to that file; no tool has code of its own but Alertmanager.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::body::{self, Reason};
use super::guess::Guess;
use super::heard::Heard;
use super::mapping::Mapping;
use super::pick::{Pick, PickError, Picks, text_of};
use super::{Body, alertmanager};

/// Envelopes within envelopes that are opened.
const NESTED_MAX: u8 = 3;

/// How one tool's body is told from others, and what it means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedMapping {
    /// The tool.
    pub name: String,
    /// Places that must hold something.
    #[serde(default)]
    has: Picks,
    /// Places that must hold one of these texts, whatever the case; a text ending in `*` is a beginning.
    #[serde(default)]
    is: Wanted,
    /// Places that must hold nothing.
    #[serde(default)]
    lacks: Picks,
    /// What the body is.
    then: Then,
}

/// Places, each with the texts of which it must hold one, in lower case. They are read once: every entry of a long
/// list is held against all of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, Vec<String>>")]
struct Wanted(Vec<(Pick, Vec<String>)>);

impl TryFrom<BTreeMap<String, Vec<String>>> for Wanted {
    type Error = PickError;

    fn try_from(written: BTreeMap<String, Vec<String>>) -> Result<Self, PickError> {
        let lower = |texts: Vec<String>| texts.iter().map(|text| text.to_lowercase()).collect::<Vec<_>>();
        let read =
            |(place, texts): (String, Vec<String>)| Pick::try_from(place).map(|place| (place, lower(texts)));
        written.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Then {
    /// Alerts, read by this mapping.
    Read(Box<Mapping>),
    /// A question whether this hook exists.
    Handshake(Pick),
    /// A rule, not its firing.
    RuleDefinition,
}

/// The tools known without configuration, in the order they are tried.
pub fn builtin_mappings() -> &'static [NamedMapping] {
    static BUILTIN: LazyLock<Vec<NamedMapping>> = LazyLock::new(|| {
        serde_json::from_str(include_str!("mappings.json"))
            .expect("mappings.json is part of the binary and tested")
    });
    &BUILTIN
}

impl NamedMapping {
    /// The mapping, where the body holds alerts.
    pub fn mapping(&self) -> Option<&Mapping> {
        match &self.then {
            Then::Read(mapping) => Some(mapping),
            Then::Handshake(_) | Then::RuleDefinition => None,
        }
    }

    /// The question whether the hook exists, where the body is one.
    fn handshake(&self, body: &Value) -> Option<Body> {
        match &self.then {
            Then::Handshake(what) => {
                Some(Body::Handshake { what: what.text(body).unwrap_or_else(|| self.name.clone()) })
            }
            Then::Read(_) | Then::RuleDefinition => None,
        }
    }

    /// Why nothing fired, where the body defines a rule.
    fn rule_definition(&self) -> Option<Reason> {
        match self.then {
            Then::RuleDefinition => Some(Reason::RuleDefinition { tool: self.name.clone() }),
            Then::Read(_) | Then::Handshake(_) => None,
        }
    }

    fn fits(&self, body: &Value) -> bool {
        self.has.iter().all(|pick| pick.value(body).is_some())
            && self.lacks.iter().all(|pick| pick.value(body).is_none())
            && self.is.0.iter().all(|(place, wanted)| {
                let found = place.value(body).and_then(text_of).map(|text| text.to_lowercase());
                found.is_some_and(|found| wanted.iter().any(|text| is_text(&found, text)))
            })
    }
}

/// Whether a text is what is wanted; both are in lower case.
fn is_text(found: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => found.starts_with(beginning),
        None => found == wanted,
    }
}

/// The tools whose shape a body has, in the order they are tried.
fn fitting(body: &Value) -> impl Iterator<Item = &'static NamedMapping> {
    builtin_mappings().iter().filter(move |named| named.fits(body))
}

/// A body that only asks whether the hook exists.
pub(super) fn handshake(body: &Value) -> Option<Body> {
    fitting(body).find_map(|named| named.handshake(body))
}

/// A body that defines a rule instead of telling that it fired.
pub(super) fn rule_definition(body: &Value) -> Option<Reason> {
    fitting(body).find_map(NamedMapping::rule_definition)
}

/// Reads an object or list of a known shape; false where no shape is known and nothing was read.
pub(super) fn read_known(body: &Value, nested: u8, heard: &mut Heard) -> Result<bool, Body> {
    if nested > NESTED_MAX || body::container(body).is_err() {
        return Ok(false);
    }
    if let Some(items) = body.as_array() {
        if items.iter().all(alertmanager::is_bare_alert) {
            alertmanager::read_alerts(items, &Value::Null, heard);
            return Ok(true);
        }
        for (place, item) in (1..).zip(items) {
            if !item.is_object() && !item.is_array() {
                heard.pass_over(place, item);
            } else if !read_known(item, nested + 1, heard)? {
                heard.push(Guess::of(item).reading());
            }
        }
        return Ok(true);
    }
    let fitting: Vec<_> = fitting(body).collect();
    if let Some(handshake) = fitting.iter().find_map(|named| named.handshake(body)) {
        return Err(handshake);
    }
    if let Some(reason) = fitting.iter().find_map(|named| named.rule_definition()) {
        return Err(Body::Refused(reason));
    }
    if alertmanager::is_envelope(body) {
        return alertmanager::read_envelope(body, heard).map(|()| true).map_err(Body::Refused);
    }
    if alertmanager::lists_none(body) && Guess::of(body).name().is_none() {
        return Err(Body::Refused(Reason::NoAlerts { found: "an empty list in `alerts`" }));
    }
    let known = fitting.iter().find_map(|named| Some((named.name.as_str(), named.mapping()?)));
    if let Some((tool, mapping)) = known {
        return mapping.read(tool, body, nested, heard).map(|()| true);
    }
    if alertmanager::is_bare_alert(body) {
        alertmanager::read_alerts(std::slice::from_ref(body), &Value::Null, heard);
        return Ok(true);
    }
    if nested == 0 {
        return Ok(false);
    }
    let guess = Guess::of(body);
    let is_named = guess.name().is_some();
    if is_named {
        heard.push(guess.reading());
    }
    Ok(is_named)
}

/// The body within a field: an object or list as it is, or JSON in a text, plain or in base64.
pub(super) fn opened(place: &Value) -> Option<Value> {
    match place {
        Value::Object(_) | Value::Array(_) => Some(place.clone()),
        Value::String(text) => {
            let trimmed = text.trim();
            if trimmed.starts_with(['{', '[']) {
                return body::parse(trimmed.as_bytes()).ok();
            }
            body::parse(&from_base64(trimmed)?).ok().filter(|value| value.is_object() || value.is_array())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Standard base64 with padding, as Google's Pub/Sub wraps its messages.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    if text.len() < 8 || !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0u32;
    let digits = text.trim_end_matches('=');
    for (position, digit) in digits.bytes().enumerate() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        // Each digit after the first of four completes one byte.
        let complete = position % 4;
        if complete > 0 {
            bytes.push((bits >> (6 - 2 * complete) & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_opens_what_it_holds() {
        assert_eq!(opened(&Value::from("eyJhIjogMX0=")), Some(serde_json::json!({"a": 1})));
        assert_eq!(opened(&Value::from("[1, 2]")), Some(serde_json::json!([1, 2])));
        assert_eq!(opened(&Value::from("just a sentence here")), None);
        assert_eq!(opened(&Value::from("{broken")), None);
    }

    #[test]
    fn every_built_in_mapping_is_well_formed() {
        assert!(builtin_mappings().len() > 50);
        for named in builtin_mappings() {
            assert!(!named.has.is_empty() || !named.is.0.is_empty(), "{} would fit every body", named.name);
        }
    }

    #[test]
    fn a_mapping_with_a_place_that_cannot_be_read_is_none() {
        let named = |place: &str| {
            let written =
                serde_json::json!({"name": "a tool", "is": {place: ["Down*"]}, "then": "rule_definition"});
            serde_json::from_value::<NamedMapping>(written)
        };
        assert!(named("title").is_err());
        let named = named("/title").expect("a mapping");
        let fits = |title: &str| named.fits(&serde_json::json!({"title": title}));
        assert!(fits("DOWN again") && !fits("up"), "whatever the case, by its beginning");
    }
}
