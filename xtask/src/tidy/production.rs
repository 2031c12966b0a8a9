//! Which files are production, and which of their lines are.
//!
//! Tests are left out: a table of cases may be as long as it needs to be.

use crate::checkout::{Tree, extension, stem};

/// The production sources with the lines that ship, each with its number from one.
pub(super) fn sources(tree: &Tree) -> impl Iterator<Item = (&str, Vec<(usize, &str)>)> {
    tree.files().filter(|(path, _)| is_production(path)).map(|(path, text)| (path, shipped(path, text)))
}

/// Rust and TypeScript that reaches a user or a developer's hands.
pub(super) fn is_production(path: &str) -> bool {
    let source = matches!(extension(path), "rs" | "ts" | "tsx");
    let generated = path.split('/').any(|part| matches!(part, "bindings" | "generated" | "gen"));
    let test = path.split('/').any(|part| matches!(part, "tests" | "test" | "benches" | "examples"))
        || stem(path) == "tests"
        || path.contains(".test.")
        || path.contains(".spec.")
        || path.ends_with(".d.ts");
    source && !generated && !test && path.contains("src/")
}

/// The lines without the test modules of a Rust file.
fn shipped<'a>(path: &str, text: &'a str) -> Vec<(usize, &'a str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    if extension(path) != "rs" {
        return numbered.collect();
    }
    let mut kept = Vec::new();
    let mut inside = Inside::Production;
    for (number, line) in numbered {
        inside = match inside {
            Inside::Production if line.starts_with("#[cfg(test)]") => Inside::TestItem,
            Inside::Production => {
                kept.push((number, line));
                Inside::Production
            }
            // The formatter puts the end of an item of the outermost level in the first column.
            Inside::TestItem if line.starts_with('}') || line.ends_with(';') && !line.starts_with(' ') => {
                Inside::Production
            }
            Inside::TestItem => Inside::TestItem,
        };
    }
    kept
}

enum Inside {
    Production,
    TestItem,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_modules_do_not_ship() {
        let text = "fn kept() {}\n#[cfg(test)]\nmod tests {\n    fn dropped() {}\n}\nfn also_kept() {}\n";
        let kept: Vec<usize> = shipped("crates/a/src/a.rs", text).into_iter().map(|(n, _)| n).collect();
        assert_eq!(kept, [1, 6]);
        let outside = "#[cfg(test)]\nmod tests;\nfn kept() {}\n";
        assert_eq!(shipped("crates/a/src/a.rs", outside), [(3, "fn kept() {}")]);
    }

    #[test]
    fn tests_and_generated_files_are_not_production() {
        assert!(is_production("ui/src/nouns/board/Board.tsx"));
        assert!(is_production("crates/incident/src/severity.rs"));
        assert!(!is_production("ui/src/bindings/Severity.ts"));
        assert!(!is_production("ui/src/nouns/board/Board.test.tsx"));
        assert!(!is_production("crates/incident/tests/shifts.rs"));
        assert!(!is_production("crates/incident/src/clock/tests.rs"));
        assert!(!is_production("docs/glossary.md"));
    }
}
