//! The names that types take in TypeScript, as the sources give them.
//!
//! `ts-rs` writes one file a name: of two types that share one, the screen would see whichever was written last.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;

use crate::workspace;

/// Names that more than one type takes, each with its files; empty when every type has its own.
pub(super) fn shared(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut takers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in workspace::packages(root)? {
        let mut waiting = vec![root.join(&package.manifest_path).with_file_name("src")];
        while let Some(here) = waiting.pop().filter(|here| here.is_dir()) {
            for entry in std::fs::read_dir(&here).with_context(|| format!("reading {}", here.display()))? {
                let path = entry.context("reading a folder")?.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path)
                        .with_context(|| format!("reading {}", path.display()))?;
                    let file = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                    for name in names(&text) {
                        takers.entry(name).or_default().push(file.clone());
                    }
                }
            }
        }
    }
    let shared = takers.into_iter().filter(|(_, files)| files.len() > 1);
    Ok(shared.map(|(name, files)| format!("{name}: {}", files.join(", "))).collect())
}

/// The TypeScript names of the types in a source that derive them.
fn names(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    // Attributes of the item that is being read; their lines are joined, because a list may be broken.
    let mut attributes = String::new();
    for line in source.lines().map(str::trim) {
        let is_open = attributes.matches('[').count() > attributes.matches(']').count();
        if line.starts_with("#[") || is_open {
            attributes.push_str(line);
        } else if !line.starts_with("//") {
            if derives(&attributes) {
                names.extend(renamed(&attributes).or_else(|| declared(line)));
            }
            attributes.clear();
        }
    }
    names
}

fn derives(attributes: &str) -> bool {
    let lists = attributes.split("#[derive(").skip(1).filter_map(|rest| rest.split(')').next());
    lists.flat_map(|list| list.split(',')).any(|one| matches!(one.trim(), "TS" | "ts_rs::TS"))
}

/// What `#[ts(rename = "…")]` says.
fn renamed(attributes: &str) -> Option<String> {
    let mut lists = attributes.split("#[ts(").skip(1).filter_map(|rest| rest.split(")]").next());
    lists.find_map(|list| {
        let value = list.split(',').find_map(|one| one.trim().strip_prefix("rename = "))?;
        Some(value.trim_matches('"').to_owned())
    })
}

/// The name in `pub struct Name {`.
fn declared(line: &str) -> Option<String> {
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.skip_while(|word| !matches!(*word, "struct" | "enum")).nth(1).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_type_is_called_by_its_name_or_as_it_is_renamed() {
        let source = "
/// A reply.
#[derive(Debug, Clone, TS)]
#[serde(tag = \"state\")]
#[ts(rename = \"ClientReply\")]
pub struct Reply {
    /// When.
    #[ts(type = \"number\")]
    pub at: i64,
}

#[derive(
    Debug,
    TS,
)]
pub(crate) enum Tone { Calm }

#[derive(Debug)]
pub struct Private;
";
        assert_eq!(names(source), ["ClientReply", "Tone"]);
    }
}
