//! The words monitoring tools use for states, and what they mean here.
//!
//! A state nobody has met before means nothing, rather than the nearest thing.

use std::collections::BTreeMap;

use super::ReadingKind;

const PROBLEM: &[&str] = &[
    "activated",
    "active",
    "alarm",
    "alarming",
    "alert",
    "alerting",
    "anomalous",
    "breach",
    "breached",
    "crash",
    "create",
    "crit",
    "critical",
    "dead",
    "degraded",
    "disaster",
    "down",
    "emergency",
    "err",
    "error",
    "exceeded",
    "fail",
    "failed",
    "failing",
    "failure",
    "fatal",
    "fault",
    "faulted",
    "fired",
    "firing",
    "flapping",
    "investigating",
    "late",
    "major",
    "major_outage",
    "minor",
    "missed",
    "not_ok",
    "notok",
    "offline",
    "ongoing",
    "open",
    "opened",
    "outage",
    "page",
    "partial_outage",
    "problem",
    "raised",
    "red",
    "reopened",
    "started",
    "timeout",
    "timed_out",
    "trigger",
    "triggered",
    "unavailable",
    "unhealthy",
    "unreachable",
    "unresolved",
    "unsuccessful",
    "violated",
    "violation",
    "warn",
    "warning",
    "yellow",
    "breaching",
];
const RECOVERY: &[&str] = &[
    "available",
    "back_to_normal",
    "clear",
    "cleared",
    "close",
    "closed",
    "deactivated",
    "ended",
    "fixed",
    "good",
    "green",
    "healthy",
    "inactive",
    "normal",
    "ok",
    "okay",
    "online",
    "operational",
    "passed",
    "passing",
    "recover",
    "recovered",
    "recovery",
    "resolve",
    "resolved",
    "restored",
    "succeeded",
    "success",
    "up",
];
const UNKNOWN: &[&str] = &[
    "insufficient",
    "insufficient_data",
    "missing",
    "no_data",
    "nodata",
    "pending",
    "stale",
    "undetermined",
    "unknown",
];
const INFORMATION: &[&str] = &[
    "ack",
    "acknowledge",
    "acknowledged",
    "acknowledgement",
    "addnote",
    "annotated",
    "assigned",
    "commented",
    "custom",
    "debug",
    "delegated",
    "downtime",
    "downtimecancelled",
    "downtimeend",
    "downtimestart",
    "escalated",
    "flappingstop",
    "flappingdisabled",
    "info",
    "information",
    "informational",
    "maintenance",
    "muted",
    "notice",
    "paused",
    "ping",
    "reassigned",
    "scheduled",
    "silenced",
    "snooze",
    "snoozed",
    "suppressed",
    "test",
    "unacknowledged",
    "updated",
];
/// With one of these inside, a phrase is not the sum of its words ("not resolved").
const NEGATIONS: &[&str] = &["not", "no", "never", "isn", "without"];
const WORDS_MAX: usize = 8;

/// What a state says: `table` first, then the common words, the whole phrase before its parts.
pub(super) fn kind_of(state: &str, table: &BTreeMap<String, ReadingKind>) -> Option<ReadingKind> {
    let phrase = phrase(state);
    let in_table =
        |word: &str| table.iter().find(|(key, _)| self::phrase(key) == word).map(|(_, kind)| *kind);
    if let Some(kind) = in_table(&phrase).or_else(|| common(&phrase)) {
        return Some(kind);
    }
    let words: Vec<&str> = phrase.split('_').filter(|word| !word.is_empty()).collect();
    if words.len() > WORDS_MAX || words.iter().any(|word| NEGATIONS.contains(word)) {
        return None;
    }
    // "DOWN -> UP" and "incident.resolved": the last word known is where it ended.
    words.iter().rev().find_map(|word| in_table(word).or_else(|| common(word)))
}

/// The state a title begins with, as in "[OK] CPU alert" or "RESOLVED: disk full".
pub(super) fn kind_of_title(title: &str) -> Option<ReadingKind> {
    common(&phrase(state_prefix(title)?.0))
}

/// Whether a text is a state and nothing else.
pub(super) fn is_state(text: &str) -> bool {
    common(&phrase(text)).is_some()
}

/// A title without the state it begins with: the same alert has the same rest in every state.
pub(super) fn without_state(title: &str) -> &str {
    let mut rest = title.trim();
    while let Some((state, after)) = state_prefix(rest) {
        if common(&phrase(state)).is_none() || after.is_empty() {
            break;
        }
        rest = after;
    }
    rest
}

/// Lower case, with every run of other characters as one underscore.
pub(super) fn phrase(text: &str) -> String {
    let mut phrase = String::new();
    for character in text.chars().take(200) {
        if character.is_alphanumeric() {
            phrase.extend(character.to_lowercase());
        } else if !phrase.is_empty() && !phrase.ends_with('_') {
            phrase.push('_');
        }
    }
    phrase.truncate(phrase.trim_end_matches('_').len());
    phrase
}

fn state_prefix(title: &str) -> Option<(&str, &str)> {
    let title = title.trim();
    if let Some((state, rest)) = title.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        // Alertmanager's templates write "[FIRING:3]".
        return Some((state.split(':').next().unwrap_or(state), rest.trim()));
    }
    let (state, rest) = title.split_once(':')?;
    (state.len() <= 24).then(|| (state, rest.trim()))
}

fn common(phrase: &str) -> Option<ReadingKind> {
    let tables = [
        (PROBLEM, ReadingKind::Problem),
        (RECOVERY, ReadingKind::Recovery),
        (UNKNOWN, ReadingKind::Unknown),
        (INFORMATION, ReadingKind::Information),
    ];
    tables.into_iter().find(|(words, _)| words.contains(&phrase)).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_their_tools_mean_them() {
        let none = BTreeMap::new();
        for (state, wanted) in [
            ("ALARM", Some(ReadingKind::Problem)),
            ("DOWN -> UP", Some(ReadingKind::Recovery)),
            ("incident.triggered", Some(ReadingKind::Problem)),
            ("INSUFFICIENT_DATA", Some(ReadingKind::Unknown)),
            ("No Data", Some(ReadingKind::Unknown)),
            ("EC2 Instance Launch Unsuccessful", Some(ReadingKind::Problem)),
            ("not resolved", None),
            ("purple", None),
        ] {
            assert_eq!(kind_of(state, &none), wanted, "{state}");
        }
        let table = BTreeMap::from([("0".to_owned(), ReadingKind::Problem)]);
        assert_eq!(kind_of("0", &table), Some(ReadingKind::Problem));
    }

    #[test]
    fn a_title_tells_its_state_and_stays_itself_without_it() {
        assert_eq!(kind_of_title("[OK] CPU alert"), Some(ReadingKind::Recovery));
        assert_eq!(kind_of_title("[FIRING:3] CPU"), Some(ReadingKind::Problem));
        assert_eq!(kind_of_title("CPU: high"), None);
        assert_eq!(without_state("[OK] CPU alert"), without_state("[Alerting] CPU alert"));
        assert_eq!(without_state("ALARM:"), "ALARM:");
    }
}
