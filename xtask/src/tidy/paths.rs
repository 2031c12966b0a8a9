//! A path that a document names is there.
//!
//! Read are the relative links of a Markdown file, and the words in back-ticks
//! that begin with a folder of the root. A pattern or a placeholder is no path.

use super::Fault;
use crate::checkout::{Tree, extension};

/// Documents of the root; working notes have no place there.
const ROOT_DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Folders that a build makes: named freely, never tracked.
const BUILT: [&str; 4] = ["target", ".dev", "ui/dist", "ui/node_modules"];

pub(super) fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = missing_documents(tree);
    for (path, text) in tree.files().filter(|(path, _)| extension(path) == "md") {
        if !path.contains('/') && !ROOT_DOCUMENTS.contains(&path) {
            faults.push(Fault::new(
                path,
                0,
                "a note in the root",
                "what lasts goes to docs/ or docs/decisions/; what does not, goes",
            ));
        }
        for (line, named) in named_paths(text) {
            faults.extend(dead(tree, path, line, &named));
        }
    }
    faults
}

fn missing_documents(tree: &Tree) -> Vec<Fault> {
    let missing = |name: &&&str| !tree.holds(name);
    let fault = |name: &&str| Fault::new(name, 0, "is not there", "a reader begins with it: write it");
    ROOT_DOCUMENTS.iter().filter(missing).map(fault).collect()
}

/// A path as a document names it.
#[derive(Debug, PartialEq)]
enum Named {
    /// From the document's own folder.
    Link(String),
    /// From the root of the checkout.
    Quoted(String),
}

fn dead(tree: &Tree, document: &str, line: usize, named: &Named) -> Option<Fault> {
    let (Named::Link(text) | Named::Quoted(text)) = named;
    let path = match named {
        Named::Link(link) => {
            let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
            let Some(path) = joined(folder, link) else {
                let cure = "name what is inside the checkout, or give the address of what is not";
                return Some(Fault::new(document, line, format!("`{text}` leads out of the checkout"), cure));
            };
            path
        }
        Named::Quoted(quoted) if first_folder_is_ours(tree, quoted) => joined("", quoted)?,
        Named::Quoted(_) => return None,
    };
    let built = BUILT.iter().any(|folder| path == *folder || path.starts_with(&format!("{folder}/")));
    if built || tree.holds(&path) {
        return None;
    }
    let cure = "name the file where it lives now, or take the sentence out";
    Some(Fault::new(document, line, format!("`{text}` is not there"), cure))
}

fn first_folder_is_ours(tree: &Tree, path: &str) -> bool {
    path.split_once('/')
        .is_some_and(|(first, _)| !first.is_empty() && !first.starts_with("..") && tree.holds(first))
}

/// The path without `.` and `..`; nothing when it climbs out of the root.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Every path that the text names, with its line.
fn named_paths(text: &str) -> Vec<(usize, Named)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        // Every other piece between back-ticks is quoted; what is not may hold links.
        for (piece, text) in line.split('`').enumerate() {
            if piece % 2 == 1 {
                found.extend(quoted(text).map(|named| (index + 1, named)));
            }
        }
        found.extend(links(line).into_iter().map(|named| (index + 1, named)));
    }
    found
}

fn quoted(text: &str) -> Option<Named> {
    // `file.rs:12` names a line.
    let path = text.split(':').next().unwrap_or(text).trim_end_matches('/');
    let plain = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/".contains(letter));
    let placeholder = path.split(['/', '.']).any(|part| part == "NAME" || part == "0001-");
    (plain && path.contains('/') && !placeholder).then(|| Named::Quoted(path.to_owned()))
}

fn links(line: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("](") {
        let Some((target, remaining)) = after.split_once(')') else { break };
        rest = remaining;
        let path = target.split(['#', ' ']).next().unwrap_or(target);
        if !path.is_empty() && !path.contains(':') && !path.contains(['<', '*']) {
            found.push(Named::Link(path.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENTS: [(&str, &str); 3] =
        [("README.md", ""), ("ARCHITECTURE.md", ""), ("CONTRIBUTING.md", "")];

    fn check(document: &str, text: &str) -> Vec<String> {
        let mut files = DOCUMENTS.to_vec();
        files.retain(|(path, _)| *path != document);
        files.extend([
            (document, text),
            ("crates/incident/src/clock.rs", ""),
            ("docs/decisions/0001-severity.md", ""),
        ]);
        faults(&Tree::of(&files)).into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn a_dead_path_is_found() {
        assert_eq!(
            check("README.md", "see `crates/incident/src/watch.rs`"),
            ["`crates/incident/src/watch.rs` is not there"]
        );
        assert_eq!(
            check("docs/glossary.md", "see [why](decisions/0002-clock.md)"),
            ["`decisions/0002-clock.md` is not there"]
        );
        assert_eq!(
            check("README.md", "see [data](../elsewhere)"),
            ["`../elsewhere` leads out of the checkout"]
        );
    }

    #[test]
    fn living_paths_pass() {
        let text = "see `crates/incident/src/clock.rs:12`, `crates/`, [why](docs/decisions/0001-severity.md#cost) \
                    and [there](https://example.org/a)";
        assert!(check("README.md", text).is_empty());
        assert!(check("docs/glossary.md", "see [map](../README.md), [why](decisions/)").is_empty());
    }

    #[test]
    fn patterns_placeholders_and_other_words_pass() {
        let text = "`crates/*/src`, `crates/<name>/src`, `docs/NAME.md`, `text/plain`, `and/or`, `cargo run -p a/b`, \
                    `target/check/tidy.log`, `../shared/data`";
        assert!(check("README.md", text).is_empty());
        assert!(check("README.md", "```\ncrates/gone/src\n[a](b)\n```\n").is_empty());
    }

    #[test]
    fn the_root_holds_its_documents_and_no_notes() {
        assert_eq!(check("ideas.md", ""), ["a note in the root"]);
        assert_eq!(faults(&Tree::of(&[])).len(), 3);
    }
}
