//! Instants as monitoring tools write them, read without guessing.
//!
//! A local time without an offset names no instant, so it gives none: a wrong start would be an invented fact.

use incident::Timestamp;
use serde_json::Value;

/// 1990-01-01, the earliest start that is believed: zero and year one mean "not set".
const EARLIEST_MILLIS: i64 = 631_152_000_000;
/// 2200-01-01, the latest.
const LATEST_MILLIS: i64 = 7_258_118_400_000;

/// The instant a JSON value names, if it names one.
pub(super) fn of_value(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => of_text(text),
        Value::Number(number) => of_epoch(number.as_f64()?),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The instant a text names: RFC 3339 and its common slips, or an epoch number.
pub(super) fn of_text(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return of_epoch(text.parse().ok()?);
    }
    believable(Timestamp::from_rfc3339(&tidied(text))?)
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970: their ranges do not meet.
fn of_epoch(number: f64) -> Option<Timestamp> {
    let millis = match number {
        n if !(6e8..8e18).contains(&n) => return None,
        n if n < 1e10 => n * 1e3,
        n if n < 1e13 => n,
        n if n < 1e16 => n / 1e3,
        n => n / 1e6,
    };
    // The range above keeps the cast exact enough: at most 7.3e12 is believed.
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    believable(Timestamp::from_millis(millis.round() as i64))
}

fn believable(at: Timestamp) -> Option<Timestamp> {
    (EARLIEST_MILLIS..LATEST_MILLIS).contains(&at.millis()).then_some(at)
}

/// `+01.00` and `+0100` as `+01:00`, ` UTC` as `Z`, a space before the offset dropped.
fn tidied(text: &str) -> String {
    let mut text = text.to_owned();
    for zone in [" UTC", " GMT", "UTC", " Z"] {
        if let Some(bare) = text.strip_suffix(zone) {
            return format!("{}Z", bare.trim_end());
        }
    }
    let Some(sign) = text.rfind(['+', '-']).filter(|at| *at > 10) else { return text };
    let offset: String = text[sign + 1..].chars().filter(char::is_ascii_digit).collect();
    if text[sign + 1..].chars().all(|c| c.is_ascii_digit() || c == '.' || c == ':') && offset.len() == 4 {
        let signed = text.as_bytes()[sign] as char;
        text.truncate(sign);
        return format!("{}{signed}{}:{}", text.trim_end(), &offset[..2], &offset[2..]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_instant_is_the_same_instant() {
        let wanted = Timestamp::from_rfc3339("2019-02-15T23:53:45Z");
        assert!(wanted.is_some());
        for text in [
            "2019-02-15T23:53:45.000+0000",
            "2019-02-16T00:53:45+01.00",
            "2019-02-15 23:53:45+00:00",
            "2019-02-15 23:53:45 UTC",
            "2019-02-15T18:53:45 -0500",
            "1550274825",
            "1550274825000",
            "1550274825000000000",
        ] {
            assert_eq!(of_text(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_names_no_instant_gives_none() {
        for text in [
            "",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2019-02-15 23:53:45",
            "yesterday",
            "7",
            "9e99",
        ] {
            assert_eq!(of_text(text), None, "{text}");
        }
        assert_eq!(of_value(&serde_json::json!(1e300)), None);
        assert_eq!(of_text(&"9".repeat(60)), None);
    }
}
