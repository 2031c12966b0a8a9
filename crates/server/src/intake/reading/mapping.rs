//! A mapping: which place of a tool's body means what. The generic hook is configured with one.
//!
//! It holds no tool's knowledge; the built-in mappings are data (`mappings.json`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::body::{ALERTS_MAX, Reason};
use super::drafted::Draft;
use super::gathered::{self, Labels};
use super::guess::Guess;
use super::heard::Heard;
use super::identity::Identity;
use super::pick::{NamedPicks, Pick, Picks};
use super::{Body, Reading, ReadingKind, instant, recognise, vocabulary};

/// Places for each field of a reading; every place may be one text or a list tried in order.
/// A field left out is guessed from common names, except the kind; one given as an empty list is never guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// A list whose entries are one alert each.
    pub each: Option<Pick>,
    /// Places that hold another body (an object, JSON in a text, or that in base64), read first if its shape is known.
    pub open: Picks,
    /// What stays the same while the same thing is wrong.
    pub key: Option<Picks>,
    /// The alert's name.
    pub name: Picks,
    /// Words that tell the kind.
    pub state: Picks,
    /// What those words mean, before the common meanings; case and punctuation do not matter.
    pub states: BTreeMap<String, ReadingKind>,
    /// The kind where no word is known.
    pub otherwise: ReadingKind,
    /// How bad the tool calls it.
    pub severity: Option<Picks>,
    /// One line that says what is wrong.
    pub summary: Picks,
    /// Longer texts, all of them shown.
    pub details: Option<Picks>,
    /// When it began.
    pub started_at: Option<Picks>,
    /// Objects or lists of labels, all of them taken.
    pub labels: Picks,
    /// Single fields taken as labels, by label name.
    pub label: NamedPicks,
    /// Where to look in the tool.
    pub link: Option<Picks>,
}

impl Mapping {
    /// Readings of a body of this mapping's shape, added to `readings`; a handshake or refusal inside ends it.
    pub(super) fn read(&self, tool: &str, body: &Value, nested: u8, heard: &mut Heard) -> Result<(), Body> {
        let there = self.each.as_ref().and_then(|each| Some((each, each.value(body)?)));
        let listed = there.and_then(|(_, value)| value.as_array()).map(Vec::as_slice);
        match listed {
            Some([]) => Err(Body::Refused(Reason::NoAlerts {
                found: "an empty list where the mapping looks for alerts",
            })),
            Some(items) if items.len() > ALERTS_MAX => {
                Err(Body::Refused(Reason::TooMany { count: items.len() }))
            }
            Some(items) => self.read_each(tool, items, nested, heard),
            None => match there {
                None => self.read_one(tool, body, nested, heard),
                Some((each, other)) => {
                    heard.find_no_list(&each.to_string(), other);
                    let alert = if other.is_object() { other } else { body };
                    self.read_one(tool, alert, nested, heard)
                }
            },
        }
    }

    /// Readings of a body that is a list of such bodies.
    pub(super) fn read_list(&self, tool: &str, items: &[Value], heard: &mut Heard) -> Result<(), Body> {
        for (place, item) in (1..).zip(items) {
            if item.is_object() {
                self.read(tool, item, 0, heard)?;
            } else {
                heard.pass_over(place, item);
            }
        }
        Ok(())
    }

    /// Readings of entries; a text may be one too, for some tools list names.
    fn read_each(&self, tool: &str, items: &[Value], nested: u8, heard: &mut Heard) -> Result<(), Body> {
        for (place, item) in (1..).zip(items) {
            match item {
                Value::Object(_) | Value::Array(_) | Value::String(_) => {
                    self.read_one(tool, item, nested, heard)?;
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => heard.pass_over(place, item),
            }
        }
        Ok(())
    }

    fn read_one(&self, tool: &str, body: &Value, nested: u8, heard: &mut Heard) -> Result<(), Body> {
        for place in self.open.iter().filter_map(|pick| pick.value(body)) {
            let Some(inner) = recognise::opened(place) else { continue };
            if recognise::read_known(&inner, nested + 1, heard)? {
                return Ok(());
            }
        }
        let reading = self.reading(tool, body, heard);
        heard.push(reading);
        Ok(())
    }

    fn reading(&self, tool: &str, body: &Value, heard: &mut Heard) -> Reading {
        let guess = Guess::of(body);
        let told = |picks: &Option<Picks>, guessed: &dyn Fn() -> Option<String>| match picks {
            Some(picks) => picks.text(body),
            None => guessed(),
        };
        let named = self.name.text(body);
        let labels = self.labels(body, &guess);
        let key = told(&self.key, &|| guess.key());
        // A name that somebody pointed out names the thing; a guessed one may say how it is now.
        let guessed = (key.is_none() && named.is_none()).then(|| guess.identity(&labels));
        let (key, thing) = guessed.map_or((key, None), |Identity { key, thing }| (Some(key), thing));
        let summary = self.summary.text(body).or_else(|| named.clone()).or_else(|| guess.summary());
        let name = named.or_else(|| guess.name()).unwrap_or_else(|| guess.no_name());
        let draft = Draft {
            tool: tool.to_owned(),
            key,
            thing,
            fingerprint: None,
            kind: Some(self.kind(body, &[Some(name.as_str()), summary.as_deref()], heard)),
            severity: told(&self.severity, &|| guess.severity()),
            prose: self.details.as_ref().map_or_else(|| guess.prose(), |picks| picks.texts(body)),
            started_at: self.started_at(body, &guess),
            labels,
            link: told(&self.link, &|| guess.link()),
            name,
            summary,
            sender: None,
        };
        draft.finish(body)
    }

    fn kind(&self, body: &Value, titles: &[Option<&str>], heard: &mut Heard) -> ReadingKind {
        let told = self.state.iter().filter_map(|pick| pick.text(body));
        let by_state = || told.into_iter().find_map(|state| vocabulary::kind_of(&state, &self.states));
        let by_title = || {
            let titles = titles.iter().flatten();
            if self.state.is_empty() {
                None
            } else {
                titles.into_iter().find_map(|title| vocabulary::kind_of_title(title))
            }
        };
        by_state().or_else(by_title).unwrap_or_else(|| {
            // Where no place tells a state, every alert is of one kind because somebody said so.
            if !self.state.is_empty() {
                heard.find_strange(self.otherwise, self.state.text(body).as_deref());
            }
            self.otherwise
        })
    }

    fn started_at(&self, body: &Value, guess: &Guess<'_>) -> Option<incident::Timestamp> {
        let Some(places) = &self.started_at else { return guess.started_at() };
        places.iter().find_map(|pick| match pick.value(body) {
            Some(value) => instant::of_value(value),
            None => instant::of_text(&pick.text(body)?),
        })
    }

    fn labels(&self, body: &Value, guess: &Guess<'_>) -> Labels {
        let mut labels = Labels::new();
        for (name, pick) in &self.label {
            if let Some(text) = pick.text(body) {
                gathered::add(&mut labels, name, &text);
            }
        }
        for value in self.labels.iter().filter_map(|pick| pick.value(body)) {
            gathered::gather(&mut labels, value);
        }
        if self.label.is_empty() && self.labels.is_empty() {
            guess.labels(&mut labels);
        }
        labels
    }
}
