//! A rule may be met or argued with, never switched off in silence.
//!
//! An expected lint says its reason and goes when it no longer fires; an
//! allowed one stays for ever. A skipped test proves nothing.

use super::Fault;
use crate::checkout::{Tree, extension};

/// What may not stand at the start of a line of Rust, and its cure.
const RUST: [(&str, &str); 4] = [
    ("#[allow(", "meet the lint, or write `#[expect(lint, reason = \"…\")]`"),
    ("#![allow(", "meet the lint, or write `#![expect(lint, reason = \"…\")]`"),
    ("#[ignore", "mend the test, or assert the wrong behaviour and say that it is wrong"),
    ("#[cfg_attr(test, allow(", "clippy.toml already allows `unwrap` in tests; meet the other lints"),
];

/// What may not stand anywhere in TypeScript, and its cure.
const TYPESCRIPT: [(&str, &str); 7] = [
    ("@ts-ignore", "give the value its type from ui/src/bindings"),
    ("@ts-nocheck", "give the values their types from ui/src/bindings"),
    ("@ts-expect-error", "give the value its type from ui/src/bindings"),
    ("eslint-disable", "nothing reads it: remove the line"),
    (".only(", "run one test with `npx vitest -t NAME`"),
    ("it.skip(", "mend the test, or assert the wrong behaviour and say that it is wrong"),
    ("describe.skip(", "mend the tests, or assert the wrong behaviour and say that it is wrong"),
];

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.files() {
        for (index, line) in text.lines().enumerate() {
            let found = match extension(path) {
                "rs" => RUST.iter().find(|(word, _)| line.trim_start().starts_with(word)),
                "ts" | "tsx" => TYPESCRIPT.iter().find(|(word, _)| line.contains(word)),
                _ => None,
            };
            if let Some((word, cure)) = found {
                faults.push(Fault::new(path, index + 1, format!("`{word}` silences a rule"), *cure));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowed_lint_is_found_wherever_it_stands() {
        let tree =
            Tree::of(&[("crates/a/tests/a.rs", "fn a() {\n    #[allow(dead_code)]\n    fn b() {}\n}\n")]);
        let faults = faults(&tree);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].line, 2);
        assert!(faults[0].cure.contains("#[expect("));
    }

    #[test]
    fn an_expected_lint_and_a_quoted_one_pass() {
        let text = "#[expect(dead_code, reason = \"later\")]\nlet text = \"#[allow(dead_code)]\";\n";
        assert!(faults(&Tree::of(&[("crates/a/src/a.rs", text)])).is_empty());
    }

    #[test]
    fn skipped_tests_are_found() {
        assert_eq!(faults(&Tree::of(&[("crates/a/src/a.rs", "    #[ignore = \"slow\"]\n")])).len(), 1);
        assert_eq!(faults(&Tree::of(&[("ui/src/parts/a.test.ts", "it.skip('a', () => {})\n")])).len(), 1);
        assert!(faults(&Tree::of(&[("ui/src/parts/a.test.ts", "it('a', () => {})\n")])).is_empty());
    }
}
