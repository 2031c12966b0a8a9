//! The one place where a reading is put together, so that every bound holds for every tool.

use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::gathered::{self, Labels};
use super::text::{one_line, paragraphs};
use super::{Reading, ReadingKind, Sender, vocabulary};
use incident::Timestamp;

/// Longest summary, in characters.
pub const SUMMARY_CHARACTERS_MAX: usize = 300;
/// Longest details, in bytes.
pub const DETAILS_BYTES_MAX: usize = 8 * 1024;
/// Longest name, in characters.
pub const NAME_CHARACTERS_MAX: usize = 200;
/// Longest key, in bytes.
pub const KEY_BYTES_MAX: usize = 256;
const LINK_BYTES_MAX: usize = 2048;
const SEVERITY_CHARACTERS_MAX: usize = 64;
const PROSE_BYTES_MAX: usize = 4 * 1024;

/// What was found, before it is bounded.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Where the key comes from, so that two tools on one hook cannot collide.
    pub(super) tool: String,
    pub(super) key: Option<String>,
    pub(super) thing: Option<String>,
    pub(super) fingerprint: Option<String>,
    pub(super) name: String,
    pub(super) kind: Option<ReadingKind>,
    pub(super) severity: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) prose: Vec<String>,
    pub(super) started_at: Option<Timestamp>,
    pub(super) labels: Labels,
    pub(super) link: Option<String>,
    pub(super) sender: Option<Arc<Sender>>,
}

impl Draft {
    /// The bounded reading; `received` is the part of the body it came from.
    pub(super) fn finish(self, received: &Value) -> Reading {
        let name = one_line(&self.name, NAME_CHARACTERS_MAX);
        let summary = self.summary.as_deref().map(|text| one_line(text, SUMMARY_CHARACTERS_MAX));
        let summary = summary.filter(|text| !text.is_empty()).unwrap_or_else(|| name.clone());
        Reading {
            source_key: self.source_key(),
            thing: self.thing.as_deref().map(|thing| self.of_tool(thing)),
            fingerprint: self.fingerprint.as_deref().map(|text| one_line(text, KEY_BYTES_MAX / 4)),
            kind: self.kind.unwrap_or(ReadingKind::Unknown),
            severity_label: self.severity.as_deref().map(|text| one_line(text, SEVERITY_CHARACTERS_MAX)),
            details: self.details(&summary, received),
            started_at: self.started_at,
            link: self.link.as_deref().and_then(web_link),
            labels: self.labels,
            sender: self.sender,
            name,
            summary,
        }
    }

    fn source_key(&self) -> String {
        let key = match &self.key {
            Some(key) => one_line(vocabulary::without_state(key), 4 * KEY_BYTES_MAX),
            None => digest(&[vocabulary::without_state(&self.name), &gathered::canonical(&self.labels)]),
        };
        let key = self.of_tool(&key);
        if key.len() > KEY_BYTES_MAX { digest(&[&key]) } else { key }
    }

    fn of_tool(&self, key: &str) -> String {
        if self.tool.is_empty() { key.to_owned() } else { format!("{}:{key}", self.tool) }
    }

    fn details(&self, summary: &str, received: &Value) -> String {
        let mut sections = Vec::new();
        let mut shown: Vec<&str> = vec![&self.name, summary];
        let prose: Vec<&str> =
            self.prose.iter().map(String::as_str).filter(|text| text.trim() != summary).collect();
        if !prose.is_empty() {
            sections.push(paragraphs(&prose.join("\n\n"), PROSE_BYTES_MAX));
        }
        shown.extend(&prose);
        let labels: Vec<String> =
            self.labels.iter().map(|(name, value)| format!("  {name}: {value}")).collect();
        if !labels.is_empty() {
            sections.push(format!("Labels\n{}", labels.join("\n")));
        }
        shown.extend(self.labels.values().map(String::as_str));
        let lines = gathered::lines(received, &shown);
        if !lines.is_empty() {
            sections.push(format!("Received\n  {}", lines.join("\n  ")));
        }
        paragraphs(&sections.join("\n\n"), DETAILS_BYTES_MAX)
    }
}

/// A stable key over texts: the first 128 bits of SHA-256, each text kept apart by its length.
pub(super) fn digest(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Only http and https: a link is clicked.
pub(super) fn web_link(text: &str) -> Option<String> {
    let text = text.trim();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let fine = text.len() > scheme.len()
        && text.len() <= LINK_BYTES_MAX
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    fine.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web_link(" https://a.example/x?y ").as_deref(), Some("https://a.example/x?y"));
        for text in ["javascript:alert(1)", "/check_mk/", "https://", "https://a b", "file:///etc/passwd"] {
            assert_eq!(web_link(text), None, "{text}");
        }
    }

    #[test]
    fn a_digest_keeps_its_texts_apart() {
        assert_eq!(digest(&["ab", "c"]).len(), 32);
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
