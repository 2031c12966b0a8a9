//! Which sites each shift and each test reaches, and how long it takes, with no mutant on.
//!
//! A mutant is put to those alone that reach its site: to all others it is not there.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use super::hands;
use super::rewrite::Site;
use super::trial::{Ended, Stage, Switch, Trial};
use crate::process::Stopwatch;

/// Longer than any trial takes while it notes whom it asks.
const SECONDS_MAX: f64 = 1800.0;

/// What a trial reaches.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reach {
    pub(super) trial: Trial,
    pub(super) sites: BTreeSet<Site>,
    pub(super) seconds: f64,
}

/// Runs every trial twice: once noting whom it asks, once by the clock. Each must pass.
pub(super) fn recorded(stage: &Stage, folder: &Path, jobs: usize) -> anyhow::Result<Vec<Reach>> {
    let notes = folder.join("seen");
    if notes.exists() {
        std::fs::remove_dir_all(&notes).context("clearing what was seen before")?;
    }
    std::fs::create_dir_all(&notes).context("making the folder of what is seen")?;
    let trials: Vec<(usize, Trial)> = stage.trials()?.into_iter().enumerate().collect();
    let all = Mutex::new(Vec::with_capacity(trials.len()));
    hands::share(jobs, &trials, |(number, trial)| {
        let reach = one(stage, trial, &notes.join(number.to_string()))?;
        all.lock().unwrap_or_else(PoisonError::into_inner).push(reach);
        Ok(())
    })?;
    Ok(all.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn one(stage: &Stage, trial: &Trial, note: &Path) -> anyhow::Result<Reach> {
    passes(stage, trial, Switch::Recording(note))?;
    let watch = Stopwatch::start();
    passes(stage, trial, Switch::Off)?;
    let seconds = watch.seconds();
    // What reaches no site notes nothing.
    let bytes =
        if note.exists() { std::fs::read(note).context("reading what was seen")? } else { Vec::new() };
    Ok(Reach { trial: trial.clone(), sites: sites(&bytes), seconds })
}

fn passes(stage: &Stage, trial: &Trial, switch: Switch) -> anyhow::Result<()> {
    let ended = stage.run(&[trial], switch, SECONDS_MAX)?;
    ensure!(
        ended == Ended::Passed,
        "{trial} does not pass with no mutant on ({ended:?}); nothing can be measured by it"
    );
    Ok(())
}

/// Four bytes each, as the switch writes them.
fn sites(bytes: &[u8]) -> BTreeSet<Site> {
    bytes.as_chunks().0.iter().map(|number| Site(u32::from_le_bytes(*number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_as_the_switch_writes_them() {
        let bytes: Vec<u8> = [7_u32, 70_000, 7].iter().flat_map(|site| site.to_le_bytes()).collect();
        assert_eq!(sites(&bytes), BTreeSet::from([Site(7), Site(70_000)]));
    }
}
