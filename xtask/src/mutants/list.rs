//! cargo-mutants' own list of what may be changed in the rule book.
//!
//! It says what a mutant is and what it is called; nothing here invents one.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use crate::process;

/// The package that is changed.
const PACKAGE: &str = "incident";

/// A mutant's place in the list, from one; zero is none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct MutantId(pub(super) u32);

impl fmt::Display for MutantId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// One change of one place.
#[derive(Debug, Clone)]
pub(super) struct Mutant {
    pub(super) id: MutantId,
    pub(super) genre: Genre,
    pub(super) replacement: String,
    pub(super) extent: Extent,
    pub(super) key: Key,
    /// As cargo-mutants names it, with line and column.
    pub(super) name: String,
}

/// What stays the same of a mutant while lines above it come and go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) file: String,
    /// Its name without a place; with `#2` behind it where the file has several of that name.
    pub(super) what: String,
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

/// What of the file is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Extent {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// Line and letter, both from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A line of the list, as far as it is read.
#[derive(Debug, Deserialize)]
struct Listed {
    file: String,
    genre: Genre,
    name: String,
    replacement: String,
    span: Extent,
}

/// Every mutant of the rule book.
pub(super) fn read(root: &Path) -> anyhow::Result<Vec<Mutant>> {
    let version = Command::new("cargo").args(["mutants", "--version"]).output();
    ensure!(
        version.is_ok_and(|version| version.status.success()),
        "the list of mutants is cargo-mutants', which is not installed; run: cargo install cargo-mutants --locked"
    );
    let mut list = Command::new("cargo");
    list.args(["mutants", "--list", "--json", "--package", PACKAGE]).current_dir(root);
    parse(&process::told(&mut list)?)
}

/// Reads the list as JSON.
pub(super) fn parse(text: &str) -> anyhow::Result<Vec<Mutant>> {
    let listed: Vec<Listed> =
        serde_json::from_str(text).context("the list of cargo-mutants is not as expected")?;
    // In the order of the text, which is not always that of the list.
    let mut equal: BTreeMap<(String, String), Vec<Extent>> = BTreeMap::new();
    for one in &listed {
        equal.entry((one.file.clone(), unplaced(&one.name).to_owned())).or_default().push(one.span);
    }
    equal.values_mut().for_each(|extents| extents.sort());
    let mut mutants = Vec::with_capacity(listed.len());
    for (number, one) in (1..).zip(listed) {
        let key = (one.file, unplaced(&one.name).to_owned());
        let extents = equal.get(&key).map_or(&[][..], Vec::as_slice);
        let (file, mut what) = key;
        if let Some(place) =
            extents.iter().position(|extent| *extent == one.span).filter(|_| extents.len() > 1)
        {
            what.push_str(&format!(" #{}", place + 1));
        }
        mutants.push(Mutant {
            id: MutantId(number),
            genre: one.genre,
            replacement: one.replacement,
            extent: one.span,
            key: Key { file, what },
            name: one.name,
        });
    }
    Ok(mutants)
}

/// The name without `file:line:column: ` before it.
fn unplaced(name: &str) -> &str {
    name.split_once(": ").map_or(name, |(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(line: usize, column: usize) -> String {
        format!(
            r#"{{"file": "a.rs", "genre": "BinaryOperator", "name": "a.rs:{line}:{column}: replace * with + in f",
               "replacement": "+", "package": "incident",
               "span": {{"start": {{"line": {line}, "column": {column}}}, "end": {{"line": {line}, "column": {}}}}}}}"#,
            column + 1
        )
    }

    #[test]
    fn equal_names_are_numbered_in_the_order_of_the_text() {
        let mutants = parse(&format!("[{}, {}]", listed(3, 30), listed(3, 25))).unwrap();
        let told: Vec<_> = mutants.iter().map(|mutant| (mutant.id.0, mutant.key.what.as_str())).collect();
        assert_eq!(told, [(1, "replace * with + in f #2"), (2, "replace * with + in f #1")]);
    }

    #[test]
    fn one_of_its_name_has_no_number() {
        let mutants = parse(&format!("[{}]", listed(3, 30))).unwrap();
        assert_eq!(mutants[0].key, Key { file: "a.rs".to_owned(), what: "replace * with + in f".to_owned() });
        assert_eq!(mutants[0].extent.start, Position { line: 3, column: 30 });
    }

    #[test]
    fn an_unknown_kind_of_change_is_no_list() {
        assert!(parse(&format!("[{}]", listed(3, 30).replace("BinaryOperator", "Loop"))).is_err());
    }
}
