//! No type and no file is named by a word that says nothing.
//!
//! The policy's own words that happen to end so are kept: its roles, and the
//! service that an incident strikes and a restoration returns.

use super::{Fault, production};
use crate::checkout::{Tree, stem};

const EMPTY_WORDS: [&str; 14] = [
    "manager",
    "managers",
    "service",
    "services",
    "helper",
    "helpers",
    "util",
    "utils",
    "utilities",
    "common",
    "processor",
    "processors",
    "data",
    "info",
];

/// Names of the policy, as words.
const POLICY_NAMES: [&str; 9] = [
    "incident manager",
    "account manager",
    "major incident manager",
    "service",
    "services",
    "affected service",
    "affected services",
    "restore service",
    "client service",
];

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, lines) in production::sources(tree) {
        if is_empty(stem(path)) {
            faults.push(fault(path, 0, stem(path)));
        }
        for folder in path.split('/').rev().skip(1).take_while(|part| *part != "src") {
            if is_empty(folder) {
                faults.push(fault(path, 0, folder));
            }
        }
        for (number, line) in lines {
            if let Some(name) = defined_type(line).filter(|name| is_empty(name)) {
                faults.push(fault(path, number, name));
            }
        }
    }
    faults
}

fn fault(path: &str, line: usize, name: &str) -> Fault {
    Fault::new(
        path,
        line,
        format!("`{name}` is a name that says nothing"),
        "name it by the policy's word for what it is or does; docs/glossary.md lists ours",
    )
}

/// The type that a line of Rust or TypeScript defines.
fn defined_type(line: &str) -> Option<&str> {
    let mut words =
        line.trim_start().split([' ', '(', '<', '{', ':', ';', '=']).filter(|word| !word.is_empty());
    loop {
        match words.next()? {
            "pub" | "crate)" | "super)" | "export" | "default" | "declare" | "abstract" | "unsafe" => {}
            "struct" | "enum" | "trait" | "type" | "union" | "class" | "interface" | "mod" => {
                return words.next();
            }
            _ => return None,
        }
    }
}

fn is_empty(name: &str) -> bool {
    let words = words(name);
    let last = words.last().map_or("", String::as_str);
    EMPTY_WORDS.contains(&last) && !POLICY_NAMES.contains(&words.join(" ").as_str())
}

/// `ClockInfo`, `clock_info` and `clock-info` are all "clock info".
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter.is_uppercase() || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &str, text: &str) -> Vec<String> {
        faults(&Tree::of(&[(path, text)])).into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn an_empty_type_name_is_found() {
        for line in [
            "pub struct ClockManager {",
            "pub(crate) enum SignalInfo {",
            "trait StoreHelper: Sized {",
            "export interface CardData {",
            "type IncidentService = Arc<Incidents>;",
        ] {
            assert_eq!(names("crates/a/src/clock.rs", line).len(), 1, "{line}");
        }
    }

    #[test]
    fn the_words_of_the_policy_are_kept() {
        for line in [
            "pub struct IncidentManager;",
            "pub struct RestoreService {",
            "pub struct ServiceId(Uuid);",
            "pub struct Service {",
            "pub struct Database {",
            "pub struct InfoPanel;",
            "let data = read(path);",
        ] {
            assert!(names("crates/a/src/clock.rs", line).is_empty(), "{line}");
        }
    }

    #[test]
    fn an_empty_file_or_folder_name_is_found() {
        assert_eq!(names("crates/a/src/utils.rs", "").len(), 1);
        assert_eq!(names("crates/a/src/common/clock.rs", "").len(), 1);
        assert_eq!(names("ui/src/parts/date-helper.ts", "").len(), 1);
        assert!(names("crates/incident/src/command/restore_service.rs", "").is_empty());
        assert!(names("ui/src/commands/restore-service.ts", "").is_empty());
    }
}
