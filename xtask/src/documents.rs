//! Documents that are made from the code: docs/clauses.md from the clause register, docs/commands.md from the
//! words above each verb.
//!
//! They are generated, committed, and never edited; `cargo xtask check` compares them.

mod clauses;
mod commands;
mod shifts;

use std::path::Path;

use anyhow::{Context, bail};

use crate::checkout::Tree;

/// A document and how it is made.
struct Document {
    path: &'static str,
    make: fn(&Tree) -> Result<String, Vec<String>>,
}

const DOCUMENTS: [Document; 2] = [
    Document { path: "docs/clauses.md", make: |tree| Ok(clauses::document(tree)) },
    Document { path: "docs/commands.md", make: commands::document },
];

/// Writes the documents in place.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    for (path, text) in made(&Tree::read(root)?)? {
        let file = root.join(path);
        let old = std::fs::read_to_string(&file).unwrap_or_default();
        if old != text {
            std::fs::write(&file, &text).with_context(|| format!("writing {path}"))?;
        }
        println!("{path}: {}", if old == text { "as it was" } else { "written" });
    }
    Ok(true)
}

/// The documents that are not what the code says.
pub(crate) fn drift(root: &Path) -> anyhow::Result<Vec<String>> {
    let tree = Tree::read(root)?;
    let committed =
        |path: &str| tree.files().find(|(known, _)| *known == path).map(|(_, text)| text.to_owned());
    let made = made(&tree)?;
    Ok(made
        .into_iter()
        .filter(|(path, text)| committed(path).as_ref() != Some(text))
        .map(|(path, _)| path.to_owned())
        .collect())
}

fn made(tree: &Tree) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut all = Vec::new();
    for document in DOCUMENTS {
        match (document.make)(tree) {
            Ok(text) => all.push((document.path, text)),
            Err(faults) => bail!("{} cannot be made:\n  {}", document.path, faults.join("\n  ")),
        }
    }
    Ok(all)
}
