//! Where in a body a field lies: a path like `/heartbeat/msg`, or a sentence with paths in braces.
//!
//! It only finds; what the field means is the mapping's.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

const TEXT_CHARACTERS_MAX: usize = 400;
const STARS_MAX: usize = 2;
const STAR_WIDTH: usize = 50;
const LISTED_MAX: usize = 20;

/// One place in a body: `/a/b/0` (as in JSON Pointer; `*` is the first entry that fits), or text such as
/// `{/host} / {/service}` that exists where all its paths do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pick {
    written: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Path(Vec<Step>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Any,
}

/// Why a place cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PickError {
    /// Too long.
    #[error("the place has more than {TEXT_CHARACTERS_MAX} characters; write a shorter path")]
    TooLong,
    /// Neither a path nor a sentence with one.
    #[error(
        "`{0}` names no field; write a path such as /alert/title, or text with paths in braces such as {{/host}} is down"
    )]
    NoPath(String),
    /// A brace without its partner.
    #[error("`{0}` has an open brace without its end; close it with }}")]
    OpenBrace(String),
    /// Too many stars.
    #[error("`{0}` has more than {STARS_MAX} stars; name the fields between")]
    TooManyStars(String),
}

impl TryFrom<String> for Pick {
    type Error = PickError;

    fn try_from(written: String) -> Result<Self, PickError> {
        if written.chars().count() > TEXT_CHARACTERS_MAX {
            return Err(PickError::TooLong);
        }
        let pieces =
            if written.starts_with('/') { vec![Piece::Path(steps(&written)?)] } else { template(&written)? };
        Ok(Self { written, pieces })
    }
}

impl From<Pick> for String {
    fn from(pick: Pick) -> Self {
        pick.written
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

impl Pick {
    /// The value at a path; a sentence has text but no value.
    pub(super) fn value<'a>(&self, body: &'a Value) -> Option<&'a Value> {
        match self.pieces.as_slice() {
            [Piece::Path(steps)] => walk(body, steps),
            _ => None,
        }
    }

    /// The text there, if there is any.
    pub(super) fn text(&self, body: &Value) -> Option<String> {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Path(steps) => text.push_str(&text_of(walk(body, steps)?)?),
            }
        }
        Some(text)
    }
}

/// A scalar, or a list of scalars, as text; `None` where there is nothing to say.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(claim) => Some(claim.to_string()),
        Value::Array(items) => {
            let texts: Option<Vec<String>> = items
                .iter()
                .take(LISTED_MAX)
                .map(|item| if item.is_array() { None } else { text_of(item) })
                .collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join(", "))
        }
        Value::Null | Value::Object(_) => None,
    }
}

fn walk<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    let Some((step, rest)) = steps.split_first() else { return (!value.is_null()).then_some(value) };
    match (step, value) {
        (Step::Field(name), Value::Object(fields)) => walk(fields.get(name)?, rest),
        (Step::Field(name), Value::Array(items)) => walk(items.get(name.parse::<usize>().ok()?)?, rest),
        (Step::Any, Value::Object(fields)) => {
            fields.values().take(STAR_WIDTH).find_map(|item| walk(item, rest))
        }
        (Step::Any, Value::Array(items)) => items.iter().take(STAR_WIDTH).find_map(|item| walk(item, rest)),
        (_, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => None,
    }
}

fn steps(path: &str) -> Result<Vec<Step>, PickError> {
    let steps: Vec<Step> = path
        .split('/')
        .skip(1)
        .map(|part| match part {
            "*" => Step::Any,
            name => Step::Field(name.replace("~1", "/").replace("~0", "~")),
        })
        .collect();
    if steps.iter().filter(|step| **step == Step::Any).count() > STARS_MAX {
        return Err(PickError::TooManyStars(path.to_owned()));
    }
    Ok(steps)
}

fn template(written: &str) -> Result<Vec<Piece>, PickError> {
    let mut pieces = Vec::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('{') {
        let (path, after) = after.split_once('}').ok_or_else(|| PickError::OpenBrace(written.to_owned()))?;
        if !path.starts_with('/') {
            return Err(PickError::NoPath(written.to_owned()));
        }
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(Piece::Path(steps(path)?));
        rest = after;
    }
    if pieces.is_empty() {
        return Err(PickError::NoPath(written.to_owned()));
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

/// Places in the order they are tried; written as one text or as a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "OneOrMany")]
pub struct Picks(Vec<Pick>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl TryFrom<OneOrMany> for Picks {
    type Error = PickError;

    fn try_from(written: OneOrMany) -> Result<Self, PickError> {
        let places = match written {
            OneOrMany::One(place) => vec![place],
            OneOrMany::Many(places) => places,
        };
        places.into_iter().map(Pick::try_from).collect::<Result<_, _>>().map(Self)
    }
}

impl Picks {
    /// Whether no place was named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Pick> {
        self.0.iter()
    }

    /// The first text found.
    pub(super) fn text(&self, body: &Value) -> Option<String> {
        self.0.iter().find_map(|pick| pick.text(body))
    }

    /// Every text found, once each.
    pub(super) fn texts(&self, body: &Value) -> Vec<String> {
        let mut texts = Vec::new();
        for text in self.0.iter().filter_map(|pick| pick.text(body)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

/// Single labels by name, each with its place.
pub(super) type NamedPicks = BTreeMap<String, Pick>;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pick(written: &str) -> Pick {
        Pick::try_from(written.to_owned()).unwrap()
    }

    #[test]
    fn a_path_and_a_sentence_find_their_text() {
        let body = json!({"a": {"b/c": [null, {"d": 7}]}, "hosts": ["x", "y"], "empty": " "});
        assert_eq!(pick("/a/b~1c/1/d").text(&body).as_deref(), Some("7"));
        assert_eq!(pick("/a/*/*/d").text(&body).as_deref(), Some("7"));
        assert_eq!(pick("{/hosts} at {/a/b~1c/1/d}!").text(&body).as_deref(), Some("x, y at 7!"));
        assert_eq!(pick("/empty").text(&body), None);
        assert_eq!(pick("{/hosts}{/nowhere}").text(&body), None);
    }

    #[test]
    fn a_place_that_names_nothing_is_refused_with_its_cure() {
        for written in ["", "title", "{title}", "{/a", "/*/*/*/x", &"/".repeat(500)] {
            assert!(Pick::try_from(written.to_owned()).is_err(), "{written}");
        }
    }
}
