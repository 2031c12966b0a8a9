//! Labels gathered from the many shapes tools give them, and whole bodies laid out as lines to read.
//!
//! Everything is bounded, and fields named like secrets are named but never shown.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::pick::text_of;
use super::text::one_line;

const LABELS_MAX: usize = 64;
const LABEL_NAME_MAX: usize = 128;
const LABEL_VALUE_MAX: usize = 1024;
const LINES_MAX: usize = 300;
const LINE_MAX: usize = 600;
const DEPTH_MAX: usize = 8;
/// Kept out of sight: whoever holds them could act in the tool's name.
const SECRET_WORDS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "apikey",
    "api_key",
    "routing_key",
    "service_key",
    "signature",
    "authorization",
    "cookie",
    "unsubscribeurl",
    "subscribeurl",
    "signingcerturl",
    "private_key",
    "credential",
];

/// Labels by name, never more or longer than shown at the top of this file.
pub(super) type Labels = BTreeMap<String, String>;

/// Adds one label, unless it is empty, a secret, or one too many.
pub(super) fn add(labels: &mut Labels, name: &str, value: &str) {
    let name = one_line(name, LABEL_NAME_MAX);
    let value = one_line(value, LABEL_VALUE_MAX);
    if name.is_empty() || value.is_empty() || is_secret(&name) || labels.len() >= LABELS_MAX {
        return;
    }
    labels.entry(name).or_insert(value);
}

/// Adds the labels of a value: an object, a list of pairs, of `{name, value}`, of `name:value` texts, or one such text.
pub(super) fn gather(labels: &mut Labels, value: &Value) {
    match value {
        Value::Object(fields) => gather_object(labels, fields),
        Value::Array(items) => items.iter().take(LABELS_MAX * 2).for_each(|item| gather_item(labels, item)),
        Value::String(text) => {
            text.split([',', '\n']).take(LABELS_MAX * 2).for_each(|part| gather_text(labels, part))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn gather_object(labels: &mut Labels, fields: &Map<String, Value>) {
    for (name, value) in fields {
        if let Some(text) = text_of(value) {
            add(labels, name, &text);
        }
    }
}

fn gather_item(labels: &mut Labels, item: &Value) {
    match item {
        Value::Array(pair) => {
            if let [name, value] = pair.as_slice()
                && let (Some(name), Some(value)) = (text_of(name), text_of(value))
            {
                add(labels, &name, &value);
            }
        }
        Value::Object(fields) => match named(fields) {
            Some((name, value)) => add(labels, &name, &value),
            None => gather_object(labels, fields),
        },
        Value::String(text) => gather_text(labels, text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn gather_text(labels: &mut Labels, text: &str) {
    match text.split_once([':', '=']) {
        Some((name, value)) if !value.trim().is_empty() => add(labels, name, value),
        _ => add(labels, text, "yes"),
    }
}

/// The pair in an object such as `{"key": …, "value": …}`.
fn named(fields: &Map<String, Value>) -> Option<(String, String)> {
    let value = text_of(fields.get("value")?)?;
    let name =
        ["name", "key", "label", "tag", "context"].into_iter().find_map(|name| text_of(fields.get(name)?))?;
    Some((name, value))
}

/// Hash-stable text of labels: sorted, with separators that cannot be forged by a value.
pub(super) fn canonical(labels: &Labels) -> String {
    let pairs: Vec<String> =
        labels.iter().map(|(name, value)| format!("{}={value:?}", name.escape_debug())).collect();
    pairs.join(",")
}

/// A body as `path: value` lines, without the values already `shown`.
pub(super) fn lines(value: &Value, shown: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    lay_out(value, &mut Vec::new(), shown, &mut lines);
    lines
}

fn lay_out<'a>(value: &'a Value, path: &mut Vec<&'a str>, shown: &[&str], lines: &mut Vec<String>) {
    if lines.len() >= LINES_MAX || path.len() > DEPTH_MAX {
        return;
    }
    if path.last().is_some_and(|name| is_secret(name)) {
        return say(lines, &path.join("."), "(not shown)");
    }
    if let Some(text) = text_of(value) {
        if !shown.contains(&text.as_str()) {
            say(lines, &path.join("."), &text);
        }
        return;
    }
    match value {
        Value::Object(fields) => {
            if let Some((name, text)) =
                named(fields).filter(|(name, _)| fields.len() <= 3 && !is_secret(name))
            {
                return say(lines, &name, &text);
            }
            for (name, inner) in fields {
                path.push(name);
                lay_out(inner, path, shown, lines);
                path.pop();
            }
        }
        Value::Array(items) => {
            for item in items.iter().take(LINES_MAX) {
                lay_out(item, path, shown, lines);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Adds a line, once: lists of alike entries say the same thing again and again.
fn say(lines: &mut Vec<String>, path: &str, text: &str) {
    let line = format!("{}: {}", one_line(path, LABEL_NAME_MAX), one_line(text, LINE_MAX));
    if !lines.contains(&line) {
        lines.push(line);
    }
}

/// Whether a name holds one of those words. It is asked of every field of every alert, and names are short: looking
/// at each place is cheaper than a search that prepares itself for each word.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace('-', "_").into_bytes();
    SECRET_WORDS.iter().any(|word| name.windows(word.len()).any(|part| part == word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn labels_come_from_every_shape() {
        for shape in [
            json!({"host": "a", "n": 1, "deep": {"x": 1}}),
            json!([["host", "a"], ["n", 1], ["odd"]]),
            json!([{"name": "host", "value": "a"}, {"key": "n", "value": 1}]),
            json!(["host:a", "n=1"]),
            json!("host:a, n:1"),
        ] {
            let mut labels = Labels::new();
            gather(&mut labels, &shape);
            assert_eq!(labels.get("host").map(String::as_str), Some("a"), "{shape}");
            assert_eq!(labels.get("n").map(String::as_str), Some("1"), "{shape}");
        }
    }

    #[test]
    fn secrets_are_named_but_not_shown() {
        let mut labels = Labels::new();
        gather(&mut labels, &json!({"api_key": "hunter2", "host": "a"}));
        assert_eq!(labels.len(), 1);
        let text =
            lines(&json!({"deep": {"Routing-Key": {"x": "hunter2"}}, "list": [{"a": 1}]}), &[]).join("\n");
        assert_eq!(text, "deep.Routing-Key: (not shown)\nlist.a: 1");
    }
}
