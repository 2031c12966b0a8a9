//! The house rules that neither the compiler nor a linter reads.
//!
//! Each rule is a pure function from the tree to its faults, and lives in its
//! own file with its tests. A fault says where, what, and the cure.

mod arrows;
mod commands;
mod floors;
mod length;
mod names;
mod paths;
mod production;
mod silence;
mod traps;

use std::fmt;
use std::path::Path;

use crate::checkout::Tree;
use crate::workspace;

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    path: String,
    line: usize,
    what: String,
    cure: String,
}

impl Fault {
    fn new(path: &str, line: usize, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), cure: cure.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(out, "{}: {}\n    cure: {}", self.path, self.what, self.cure)
        } else {
            write!(out, "{}:{}: {}\n    cure: {}", self.path, self.line, self.what, self.cure)
        }
    }
}

/// Reads the checkout and lists every fault, in path order.
pub(crate) fn faults(root: &Path) -> anyhow::Result<Vec<Fault>> {
    let tree = Tree::read(root)?;
    let mut faults = floors::faults(&workspace::packages(root)?);
    faults.extend(floors::impurities(&tree));
    faults.extend(arrows::faults(&tree));
    faults.extend(commands::faults(&tree));
    faults.extend(length::faults(&tree));
    faults.extend(names::faults(&tree));
    faults.extend(paths::faults(&tree));
    faults.extend(silence::faults(&tree));
    faults.extend(traps::faults(&tree));
    faults.sort();
    Ok(faults)
}

/// Prints the faults; true when there are none.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let faults = faults(root)?;
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => println!("tidy: nothing to put right"),
        1 => println!("tidy: 1 thing to put right"),
        count => println!("tidy: {count} things to put right"),
    }
    Ok(faults.is_empty())
}
