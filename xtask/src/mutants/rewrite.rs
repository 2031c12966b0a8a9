//! All mutants in one source: each place asks which mutant is on, and goes on as that mutant would.
//!
//! A body begins by asking, and returns the mutant's value; an expression becomes a choice between itself and
//! others; an arm is passed over. Text that no mutant touches stays as it is. Nothing here knows whether the
//! result compiles: `viable` finds that out, and what does not is left out the next time.

mod find;
mod print;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use super::list::{Mutant, MutantId};
use super::tree::{Files, SOURCES};

/// The module that every site asks.
const SWITCH: &str = include_str!("switch.rs");
/// How many sites the switch has room for.
const SITES_MAX: u32 = 1 << 16;

/// A place that asks which mutant is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Site(pub(super) u32);

/// Why a mutant is not tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Left {
    /// It does not compile.
    Unfit,
    /// It does not compile beside the others: its type is another one, or an arm that is needed asks first.
    Alone,
    /// It stands where only a constant may.
    Constant,
    /// It stands between `if let` and its other conditions.
    LetChain,
    /// No text of its kind begins at its place.
    NotFound,
}

/// What the compiler has said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    /// Mutants that it refused.
    pub(super) left: BTreeMap<MutantId, Left>,
    /// Functions that constants call: they stay `const`, and unchanged.
    pub(super) constant: BTreeSet<String>,
}

/// What a stretch of rewritten text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a body returns with the mutant on.
    Value,
    /// What an expression is with the mutant on.
    Other,
    /// An expression with all that it may be.
    Choice,
    /// The question before an arm.
    Arm,
}

/// A stretch of rewritten text, and the mutants that answer for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) bytes: Range<usize>,
    pub(super) mutants: Vec<MutantId>,
}

/// The rewritten sources, and what stands where in them.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    pub(super) files: Files,
    /// By the file's path.
    pub(super) parts: BTreeMap<String, Vec<Part>>,
    pub(super) sites: BTreeMap<MutantId, Site>,
    pub(super) left: BTreeMap<MutantId, Left>,
}

/// The copy's files with every mutant in them that the compiler did not refuse.
pub(super) fn all(files: &Files, mutants: &[Mutant], said: &Said) -> anyhow::Result<Rewritten> {
    let mut by_file: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        by_file.entry(&mutant.key.file).or_default().push(mutant);
    }
    let mut all = Rewritten { files: files.clone(), left: said.left.clone(), ..Rewritten::default() };
    let mut sites = 0;
    let sources = files.iter().filter(|(path, _)| path.starts_with(SOURCES) && path.ends_with(".rs"));
    for (path, source) in sources {
        let here = by_file.remove(path.as_str()).unwrap_or_default();
        let found = find::edits(source, &here, said, sites).with_context(|| format!("reading {path}"))?;
        sites += u32::try_from(found.sites.len()).context("counting sites")?;
        let (mut text, parts) = print::printed(source, found.edits);
        if path.strip_prefix(SOURCES) == Some("lib.rs") {
            text.push_str("\nmod mutant;\n");
        }
        all.files.insert(path.clone(), text);
        all.parts.insert(path.clone(), parts);
        all.sites.extend(found.sites.iter().flat_map(|(site, ids)| ids.iter().map(|id| (*id, *site))));
        all.left.extend(found.left);
    }
    // Listed of a file that is not there.
    all.left.extend(by_file.values().flatten().map(|mutant| (mutant.id, Left::NotFound)));
    ensure!(sites < SITES_MAX, "{sites} sites are more than xtask/src/mutants/switch.rs has room for");
    all.files.insert(format!("{SOURCES}mutant.rs"), SWITCH.to_owned());
    Ok(all)
}

#[cfg(test)]
mod tests;
