//! Every trap of the domain has a test that is named by its number.
//!
//! A trap is something that a naive build gets wrong; their numbers are given once. A test of several names
//! each: `trap_15_16_pauses_may_be_anything`.

use std::collections::BTreeSet;

use super::Fault;
use crate::checkout::{Tree, extension};

/// How many there are.
const TRAPS: u32 = 84;

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let sources = tree.files().filter(|(path, _)| extension(path) == "rs");
    let shown: BTreeSet<u32> = sources
        .flat_map(|(_, text)| text.lines())
        .flat_map(|line| numbers(line).collect::<Vec<_>>())
        .collect();
    // A tree without any is no checkout of the whole.
    if shown.is_empty() {
        return Vec::new();
    }
    let missing = (1..=TRAPS).filter(|number| !shown.contains(number));
    missing
        .map(|number| {
            let cure = format!("write the test that shows it, and begin its name with `trap_{number:02}_`");
            Fault::new("crates", 0, format!("trap {number} has no test"), cure)
        })
        .collect()
}

/// The numbers that a line's test is named by.
fn numbers(line: &str) -> impl Iterator<Item = u32> {
    let name = line.trim_start().strip_prefix("async ").unwrap_or(line.trim_start());
    let rest = name.strip_prefix("fn trap_").unwrap_or_default();
    rest.split('_').map_while(|part| part.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trap_without_a_test_is_told_with_its_cure() {
        let mut text: String = (3..=TRAPS).map(|number| format!("fn trap_{number}_shows() {{}}\n")).collect();
        text.push_str("    async fn trap_01_shows_in_1_way() {}\n// fn trap_2_is_a_remark\n");
        let tree = |text: &str| Tree::of(&[("crates/a/tests/a.rs", text)]);
        let found = faults(&tree(&text));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].what, "trap 2 has no test");
        assert!(found[0].cure.contains("trap_02_"));
        text.push_str("fn trap_1_2_show() {}\n");
        assert!(faults(&tree(&text)).is_empty());
        assert!(faults(&tree("fn shows() {}")).is_empty());
    }
}
