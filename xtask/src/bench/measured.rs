//! Numbers that the product's own crates are needed for: `measure`, built optimised, prints them a line each.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::table::Finding;
use crate::process;

/// Runs one bench of `measure` in a folder of its own on the checkout's disk.
pub(super) fn measured(root: &Path, bench: &str, more: &[&str]) -> anyhow::Result<Vec<Finding>> {
    let folder = root.join("target/bench").join(bench);
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--package", "drill", "--bin", "measure", "--", bench]);
    command.arg("--folder").arg(&folder).args(more).current_dir(root);
    let said = process::told(&mut command);
    // What it leaves is hundreds of megabytes that nobody reads again.
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    findings(&said?)
}

/// One finding a line; other words are passed over.
pub(super) fn findings(said: &str) -> anyhow::Result<Vec<Finding>> {
    said.lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).with_context(|| format!("`{line}` is no finding")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_absences_are_told_apart() {
        let said = "building\n{\"name\":\"a\",\"value\":2.0,\"unit\":\"ms\",\"floors\":[{\"name\":\"f\",\"value\":1.0}],\"aim\":\"-\"}\n{\"name\":\"b\",\"why\":\"not here\"}\n";
        let found = findings(said).unwrap();
        assert!(matches!(&found[..], [Finding::Measured(_), Finding::Absent { .. }]));
        assert!(findings("{\"name\":1}").is_err());
    }
}
