//! What makes an alert the same one again where its tool gives it no key: what names the thing, never what was
//! measured (decision 192).
//!
//! A sentence that says how it is now differs from one alert to the next, and most of all from the last one, which
//! says that it is over.

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

/// The key of an alert that is called `name` by the field `field`, at the place that its labels tell.
pub(super) fn key(field: Option<&str>, name: &str, labels: &Labels) -> String {
    let lasting = labels.iter().filter(|(label, _)| lasts(&bare(label)));
    let lasting: Labels = lasting.map(|(label, value)| (label.clone(), value.clone())).collect();
    let names_a_thing = lasting.keys().any(|label| THINGS.contains(&bare(label).as_str()));
    let is_sentence = field.is_some_and(|field| SENTENCES.contains(&field));
    let says_nothing_lasting =
        (is_sentence && names_a_thing) || (vocabulary::is_state(name) && !lasting.is_empty());
    let name = match says_nothing_lasting {
        true => String::new(),
        false => without_measures(vocabulary::without_state(name)),
    };
    digest(&[&name, &gathered::canonical(&lasting)])
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

    #[test]
    fn a_sentence_beside_a_thing_is_no_part_of_the_key() {
        let cpu = labels(&[("host", "web7"), ("service", "cpu")]);
        let told = |text: &str| key(Some("message"), text, &cpu);
        assert_eq!(told("CPU 91%"), told("back to normal"));
        let disk = labels(&[("host", "web7"), ("service", "disk")]);
        assert_ne!(told("too high"), key(Some("message"), "too high", &disk));
        assert_ne!(key(Some("title"), "A", &cpu), key(Some("title"), "B", &cpu), "a title names it");
    }

    #[test]
    fn a_host_alone_keeps_what_is_wrong_with_it_apart() {
        let host = labels(&[("host", "web7")]);
        let told = |text: &str| key(Some("message"), text, &host);
        assert_eq!(told("CPU 91%"), told("CPU 12%"));
        assert_ne!(told("CPU 91%"), told("Disk 91%"));
    }

    #[test]
    fn labels_that_change_and_names_that_are_states_are_no_part_of_the_key() {
        let labels = |severity: &str, value: &str| {
            labels(&[("host", "web7"), ("Severity", severity), ("value", value), ("service_state", severity)])
        };
        let (wrong, over) = (labels("critical", "91"), labels("ok", "12"));
        assert_eq!(key(Some("title"), "CPU", &wrong), key(Some("title"), "CPU", &over));
        assert_eq!(key(Some("event"), "problem", &wrong), key(Some("event"), "recovery", &over));
        let nothing = Labels::new();
        assert_ne!(key(Some("event"), "problem", &nothing), key(Some("event"), "disk", &nothing));
    }
}
