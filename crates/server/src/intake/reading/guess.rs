//! The best reading of a body nobody described: fields found by the names tools usually give them.
//!
//! The shallowest field wins, then the more telling name. A kind is only claimed where a word says it.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::drafted::Draft;
use super::gathered::{self, Labels};
use super::identity::{Identity, identity};
use super::names::{
    KEYS, LABEL_LISTS, LINKS, NAMES, OVER, PROSE, SEVERITIES, SINGLE_LABELS, STARTS, STATES, SUMMARIES,
};
use super::pick::text_of;
use super::{Reading, ReadingKind, instant, vocabulary};
use incident::Timestamp;

const LEAVES_MAX: usize = 1000;
const DEPTH_MAX: usize = 5;
const LIST_WIDTH: usize = 5;

/// The fields of a body by normalised name, shallow ones first.
pub(super) struct Guess<'a> {
    leaves: Vec<Leaf<'a>>,
    body: &'a Value,
}

struct Leaf<'a> {
    depth: usize,
    name: String,
    value: &'a Value,
}

impl<'a> Guess<'a> {
    pub(super) fn of(body: &'a Value) -> Self {
        let mut leaves = Vec::new();
        let mut waiting = VecDeque::from([(0, body)]);
        while let Some((depth, value)) = waiting.pop_front() {
            match value {
                Value::Object(fields) => {
                    for (name, inner) in fields {
                        if leaves.len() >= LEAVES_MAX {
                            return Self { leaves, body };
                        }
                        leaves.push(Leaf {
                            depth,
                            name: vocabulary::phrase(name).replace('_', ""),
                            value: inner,
                        });
                        if depth < DEPTH_MAX {
                            waiting.push_back((depth + 1, inner));
                        }
                    }
                }
                Value::Array(items) if depth <= DEPTH_MAX => {
                    waiting.extend(items.iter().take(LIST_WIDTH).map(|item| (depth + 1, item)));
                }
                Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        Self { leaves, body }
    }

    /// A reading of the body, always.
    pub(super) fn reading(&self) -> Reading {
        let name = self.name().unwrap_or_else(|| self.no_name());
        let mut labels = Labels::new();
        self.labels(&mut labels);
        let Identity { key, thing } = self.key().map_or_else(|| self.identity(&labels), Identity::told);
        let draft = Draft {
            tool: "guess".to_owned(),
            key: Some(key),
            thing,
            kind: Some(self.kind(&name)),
            severity: self.severity(),
            summary: self.summary(),
            prose: self.prose(),
            started_at: self.started_at(),
            labels,
            link: self.link(),
            name,
            ..Draft::default()
        };
        draft.finish(self.body)
    }

    fn found(&self, names: &[&'static str], fits: impl Fn(&str) -> bool) -> Option<String> {
        self.found_as(names, fits).map(|(_, text)| text)
    }

    /// The first text of the shallowest depth that has one under any of the names, in their order, and its name.
    fn found_as(
        &self,
        names: &[&'static str],
        fits: impl Fn(&str) -> bool,
    ) -> Option<(&'static str, String)> {
        // Shallow leaves come first: nothing lies deeper than the last one.
        let deepest = self.leaves.last().map_or(0, |leaf| leaf.depth.min(DEPTH_MAX));
        for depth in 0..=deepest {
            for name in names {
                let at =
                    |leaf: &&Leaf<'_>| leaf.depth == depth && leaf.name == *name && !leaf.value.is_array();
                let text = self
                    .leaves
                    .iter()
                    .filter(at)
                    .find_map(|leaf| text_of(leaf.value).filter(|text| fits(text)));
                if let Some(text) = text {
                    return Some((*name, text));
                }
            }
        }
        None
    }

    pub(super) fn name(&self) -> Option<String> {
        self.found(NAMES, |_| true)
    }

    /// What an alert is called that has no name.
    pub(super) fn no_name(&self) -> String {
        let names: Vec<&str> = match self.body {
            Value::Object(fields) => fields.keys().take(8).map(String::as_str).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Vec::new()
            }
        };
        match text_of(self.body) {
            Some(text) => text,
            None => format!("Alert without a name (fields: {})", names.join(", ")),
        }
    }

    pub(super) fn summary(&self) -> Option<String> {
        self.found(SUMMARIES, |_| true)
    }

    pub(super) fn key(&self) -> Option<String> {
        self.found(KEYS, |text| text != "0")
    }

    /// What makes it the same alert again, where the body gives it no key. A state names nothing while another name
    /// is there.
    pub(super) fn identity(&self, labels: &Labels) -> Identity {
        let named = self.found_as(NAMES, |text| !vocabulary::is_state(text));
        match named.or_else(|| self.found_as(NAMES, |_| true)) {
            Some((field, name)) => identity(Some(field), &name, labels),
            None => identity(None, &self.no_name(), labels),
        }
    }

    pub(super) fn severity(&self) -> Option<String> {
        self.found(SEVERITIES, |text| text.len() <= 64)
    }

    pub(super) fn link(&self) -> Option<String> {
        self.found(LINKS, |text| text.starts_with("http"))
    }

    pub(super) fn started_at(&self) -> Option<Timestamp> {
        self.found(STARTS, |text| instant::of_text(text).is_some()).and_then(|text| instant::of_text(&text))
    }

    pub(super) fn prose(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for leaf in self.leaves.iter().filter(|leaf| leaf.depth <= 2 && PROSE.contains(&leaf.name.as_str())) {
            if let Some(text) = text_of(leaf.value).filter(|text| !texts.contains(text)) {
                texts.push(text);
            }
        }
        texts
    }

    pub(super) fn labels(&self, labels: &mut Labels) {
        for leaf in &self.leaves {
            if LABEL_LISTS.contains(&leaf.name.as_str()) {
                gathered::gather(labels, leaf.value);
            } else if leaf.depth <= 2
                && SINGLE_LABELS.contains(&leaf.name.as_str())
                && let Some(text) = text_of(leaf.value)
            {
                gathered::add(labels, &leaf.name, &text);
            }
        }
    }

    fn kind(&self, name: &str) -> ReadingKind {
        let says_over =
            |leaf: &Leaf<'_>| OVER.contains(&leaf.name.as_str()) && leaf.value.as_bool() == Some(true);
        if self.leaves.iter().any(says_over) {
            return ReadingKind::Recovery;
        }
        let none = BTreeMap::new();
        let known = |text: &str| vocabulary::kind_of(text, &none);
        let by_state = || self.found(STATES, |text| text.len() <= 60 && known(text).is_some());
        // Tools whose field name nobody foresaw still end it in "status" or "state".
        let by_suffix = || {
            let ends = |leaf: &&Leaf<'_>| leaf.name.ends_with("status") || leaf.name.ends_with("state");
            let texts = self
                .leaves
                .iter()
                .filter(ends)
                .filter(|leaf| !leaf.name.starts_with("prev") && !leaf.name.starts_with("old"));
            texts
                .filter_map(|leaf| text_of(leaf.value))
                .find(|text| text.len() <= 60 && known(text).is_some())
        };
        let by_title =
            || vocabulary::kind_of_title(name).or_else(|| vocabulary::kind_of_title(&self.summary()?));
        let by_severity = || self.severity().and_then(|text| known(&text));
        by_state()
            .and_then(|text| known(&text))
            .or_else(by_title)
            .or_else(|| by_suffix().and_then(|text| known(&text)))
            .or_else(by_severity)
            .unwrap_or(ReadingKind::Unknown)
    }
}
