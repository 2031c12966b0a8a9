//! What makes an alert the same one again where its tool gives it no key: what names the thing, never what was
//! measured (decision 192).
//!
//! A sentence that says how it is now tells faults of one thing apart, but the one that says that it is over is
//! another: beside the key stands what the keys of its thing begin with.

use super::drafted::digest;
use super::gathered::{self, Labels};
use super::names::{PROSE, SEVERITIES, STARTS};
use super::vocabulary;

/// Fields that hold a sentence about how it is now.
const SENTENCES: &[&str] = &["summary", "message", "msg", "text", "description"];
/// Labels that name what is looked at. A host alone does not: many things may be wrong with it at once.
const THINGS: &[&str] = &["service", "servicename", "component", "metric", "check", "checkname", "sensor"];
/// Labels that hold what was measured.
const MEASURED: &[&str] = &["summary", "value", "values", "currentvalue", "lastvalue", "valuestring"];
/// Units that follow a figure that was measured.
const UNITS: &[&str] = &[
    "percent", "ms", "s", "sec", "secs", "seconds", "min", "mins", "minutes", "h", "hours", "b", "bytes",
    "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "°c", "°f",
];

/// What makes an alert the same one again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// Its key.
    pub(super) key: String,
    /// What the keys of all alerts of its thing begin with, where its key has a sentence in it.
    pub(super) thing: Option<String>,
}

impl Identity {
    /// The key that a tool gave.
    pub(super) const fn told(key: String) -> Self {
        Self { key, thing: None }
    }
}

/// The identity of an alert that is called `name` by the field `field`, at the place that its labels tell.
pub(super) fn identity(field: Option<&str>, name: &str, labels: &Labels) -> Identity {
    let lasting = labels.iter().filter(|(label, _)| lasts(&bare(label)));
    let lasting: Labels = lasting.map(|(label, value)| (label.clone(), value.clone())).collect();
    let things = lasting.iter().filter(|(label, _)| THINGS.contains(&bare(label).as_str()));
    let things: Vec<&str> = things.map(|(_, thing)| thing.as_str()).collect();
    let has_thing = !things.is_empty();
    let is_sentence = field.is_some_and(|field| SENTENCES.contains(&field));
    // Beside the thing its own name says nothing of what is wrong with it.
    let is_bare = has_thing && (vocabulary::is_state(name) || things.contains(&name));
    let place = gathered::canonical(&lasting);
    let name = if is_bare { String::new() } else { without_measures(vocabulary::without_state(name)) };
    if is_bare || (has_thing && is_sentence) {
        let thing = format!("{}/", digest(&[&place]));
        return Identity { key: format!("{thing}{}", digest(&[&name])), thing: Some(thing) };
    }
    Identity { key: digest(&[&name, &place]), thing: None }
}

/// Whether a label stays as it is while the same thing is wrong.
fn lasts(label: &str) -> bool {
    let changing = [SEVERITIES, PROSE, STARTS, MEASURED];
    !label.ends_with("status")
        && !label.ends_with("state")
        && !changing.iter().any(|names| names.contains(&label))
}

/// A name of a field as the lists write it.
fn bare(name: &str) -> String {
    vocabulary::phrase(name).replace('_', "")
}

/// A text without the figures that have a unit. Others stay: they may be the number of what is meant.
fn without_measures(text: &str) -> String {
    let (mut kept, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, figure) = rest.split_at(start);
        kept.push_str(before);
        let end = figure.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        let (number, after) = figure.split_at(end.unwrap_or(figure.len()));
        if kept.ends_with(char::is_alphanumeric) || !begins_with_unit(after) {
            kept.push_str(number);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

fn begins_with_unit(text: &str) -> bool {
    let text = text.strip_prefix(' ').unwrap_or(text);
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '°').collect();
    text.starts_with('%') || UNITS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_measured_is_left_out_of_a_text_and_what_is_numbered_stays() {
        for (one, other) in [
            ("CPU 91%", "CPU 12%"),
            ("CPU at 91.5 % on web7", "CPU at 9 % on web7"),
            ("answers in 1,250 ms", "answers in 80 ms"),
            ("4.2GB free", "17GB free"),
        ] {
            assert_eq!(without_measures(one), without_measures(other));
        }
        for stays in
            ["job 7 failed", "10.0.0.7 is down", "web7 is down", "port 8080", "2nd disk", "v1.2 min-os", ""]
        {
            assert_eq!(without_measures(stays), stays);
        }
    }

    fn key(field: &str, name: &str, labels: &Labels) -> String {
        identity(Some(field), name, labels).key
    }

    fn state_of(state: &str, labels: &Labels) -> Identity {
        identity(Some("event"), state, labels)
    }

    #[test]
    fn a_sentence_beside_a_thing_tells_its_faults_apart_and_names_the_thing() {
        let db = labels(&[("host", "web7"), ("service", "db")]);
        let told = |text: &str| identity(Some("message"), text, &db);
        assert_eq!(told("CPU 91%"), told("CPU 12%"));
        assert_ne!(told("disk full").key, told("replication stopped").key);
        assert_eq!(told("disk full").thing, told("back to normal").thing);
        let (full, state) = (told("disk full"), told("OK"));
        let thing = full.thing.clone().expect("a thing");
        assert!(full.key.starts_with(&thing) && state.key.starts_with(&thing), "{full:?} {state:?}");
        let other = labels(&[("host", "web7"), ("service", "disk")]);
        assert!(!key("message", "disk full", &other).starts_with(&thing));
        let named = identity(Some("service"), "db", &db);
        assert_eq!(named, state_of("down", &db), "its own name says nothing more");
        let titled = identity(Some("title"), "A", &db);
        assert_eq!(titled.thing, None, "a title names it");
        assert_ne!(titled.key, key("title", "B", &db));
    }

    #[test]
    fn a_host_alone_keeps_what_is_wrong_with_it_apart() {
        let host = labels(&[("host", "web7")]);
        let told = |text: &str| identity(Some("message"), text, &host);
        assert_eq!(told("CPU 91%"), told("CPU 12%"));
        assert_ne!(told("CPU 91%"), told("Disk 91%"));
        assert_eq!(told("CPU 91%").thing, None, "nothing says what the word that it is over is about");
        assert_ne!(key("event", "down", &host), key("event", "up", &host), "a state names nothing there");
    }

    #[test]
    fn labels_that_change_and_names_that_are_states_are_no_part_of_the_key() {
        let labels = |severity: &str, value: &str| {
            labels(&[
                ("service", "shop"),
                ("Severity", severity),
                ("value", value),
                ("service_state", severity),
            ])
        };
        let (wrong, over) = (labels("critical", "91"), labels("ok", "12"));
        assert_eq!(key("title", "CPU", &wrong), key("title", "CPU", &over));
        assert_eq!(key("event", "problem", &wrong), key("event", "recovery", &over));
        let nothing = Labels::new();
        assert_ne!(key("event", "problem", &nothing), key("event", "disk", &nothing));
    }
}
