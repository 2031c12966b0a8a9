//! The 51 bodies of the shared inputs against what their index expects.

use std::fs;
use std::path::{Path, PathBuf};

use crate::intake::reading::expectation::{IndexEntry, verdict};
use crate::intake::reading::read_any;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/alert-payloads");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "CI must have the shared alert bodies at {}", folder.display());
    eprintln!("no shared alert bodies at {}: they are not compared", folder.display());
    None
}

fn body(folder: &Path, file: &str) -> Vec<u8> {
    fs::read(folder.join(file)).unwrap()
}

#[test]
fn every_known_body_gives_what_its_index_expects() {
    let Some(folder) = folder() else { return };
    let entries: Vec<IndexEntry> = serde_json::from_slice(&body(&folder, "index.json")).unwrap();
    assert!(entries.len() >= 51, "{} entries", entries.len());
    let mut wrong = Vec::new();
    for entry in &entries {
        if let Err(difference) = verdict(&entry.expect, &read_any(&body(&folder, &entry.file))) {
            wrong.push(format!("{} ({}): {difference}", entry.file, entry.tool));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), entries.len(), wrong.join("\n"));
}
