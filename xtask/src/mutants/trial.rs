//! What may notice a mutant: a shift, or a test; and running it, within time and memory.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use super::list::MutantId;
use super::viable::Programs;
use crate::{check, process};

/// A mutant may ask for more and more: this ends it before the machine suffers.
const MEMORY_BYTES_MAX: u64 = 6 << 30;
/// Where shifts stand in the copy.
const SHIFTS: &str = "tests/shifts";
/// Nothing of the rule book; ts-rs writes files by them.
const EXPORTS: &str = "export_bindings";
/// Plays every shift at once; each is a trial of its own.
const ALL_SHIFTS: &str = "every_shift_ends_as_it_says";

/// One thing that passes while no mutant is on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Trial {
    /// A file of the shifts, by its name.
    Shift(String),
    /// A test of a program.
    Test { program: String, name: String },
}

impl Trial {
    /// Whether these words of a failure are its own; tests of one name in two programs say the same.
    pub(super) fn said(&self, failure: &str) -> bool {
        match self {
            Self::Shift(file) => {
                let path = failure.strip_prefix(SHIFTS).and_then(|path| path.strip_prefix('/'));
                path.and_then(|path| path.strip_prefix(file.as_str()))
                    .is_some_and(|rest| rest.starts_with(':'))
            }
            Self::Test { name, .. } => name == failure,
        }
    }
}

impl fmt::Display for Trial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shift(file) => out.write_str(file),
            Self::Test { program, name } => write!(out, "{program}: {name}"),
        }
    }
}

/// What the sites of a running program hear.
#[derive(Debug, Clone, Copy)]
pub(super) enum Switch<'a> {
    /// No mutant is on.
    Off,
    /// This one is.
    On(MutantId),
    /// None is, and who asks is noted in this file.
    Recording(&'a Path),
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    Passed,
    /// With the name of what failed first, where it says one.
    Failed(String),
    TimedOut,
}

/// The built copy.
#[derive(Debug)]
pub(super) struct Stage {
    tree: PathBuf,
    programs: Programs,
}

impl Stage {
    /// Over the copy, with what was built of it.
    pub(super) fn new(tree: PathBuf, programs: Programs) -> Self {
        Self { tree, programs }
    }

    /// Every trial there is.
    pub(super) fn trials(&self) -> anyhow::Result<Vec<Trial>> {
        let mut trials = BTreeSet::new();
        for entry in std::fs::read_dir(self.tree.join(SHIFTS)).context("reading the copy's shifts")? {
            let name = entry.context("reading the copy's shifts")?.file_name().to_string_lossy().into_owned();
            trials.extend(name.ends_with(".shift").then_some(Trial::Shift(name)));
        }
        for (program, path) in &self.programs.tests {
            let listed = process::told(Command::new(path).args(["--list", "--format", "terse"]))?;
            let names = listed.lines().filter_map(|line| line.strip_suffix(": test"));
            let names = names.filter(|name| !name.contains(EXPORTS) && *name != ALL_SHIFTS);
            trials.extend(names.map(|name| Trial::Test { program: program.clone(), name: name.to_owned() }));
        }
        Ok(trials.into_iter().collect())
    }

    /// Runs trials that one program can: shifts in their order, or tests of the first one's program.
    pub(super) fn run(&self, trials: &[&Trial], switch: Switch, seconds_max: f64) -> anyhow::Result<Ended> {
        // coreutils and util-linux bound what a mutant takes; both end with the program's own status.
        let mut bounded = Command::new("timeout");
        bounded.arg("--kill-after=5").arg(format!("{seconds_max:.1}"));
        bounded.args(["prlimit", &format!("--as={MEMORY_BYTES_MAX}"), "--"]);
        let folder = match trials.first() {
            Some(Trial::Test { program, .. }) => {
                let path = self.programs.tests.get(program);
                bounded.arg(path.with_context(|| format!("no program `{program}` was built"))?);
                bounded.args(["--test-threads=1", "--exact"]);
                self.tree.join("crates/incident")
            }
            Some(Trial::Shift(_)) | None => {
                bounded.arg(&self.programs.shifts);
                self.tree.clone()
            }
        };
        for trial in trials {
            match trial {
                Trial::Shift(file) => bounded.arg(Path::new(SHIFTS).join(file)),
                Trial::Test { name, .. } => bounded.arg(name),
            };
        }
        bounded.env("CARGO_MANIFEST_DIR", &folder).current_dir(folder);
        self.surround(&mut bounded, switch);
        let output = bounded.output().context("`timeout` of coreutils could not be started")?;
        let status = output.status.code();
        // A program that was never started has noticed nothing.
        ensure!(!matches!(status, Some(125..=127)), "{bounded:?} could not be started");
        Ok(ended(status, &String::from_utf8_lossy(&output.stdout)))
    }

    /// As `cargo xtask check` runs tests: the same laws each time, and no snapshot is written. What fails is not
    /// made smaller: that it fails is enough.
    fn surround(&self, command: &mut Command, switch: Switch) {
        command.env("INSTA_UPDATE", "no").env("INSTA_WORKSPACE_ROOT", &self.tree);
        command.env(check::LAWS_SEED_FROM, check::LAWS_SEED).env("PROPTEST_MAX_SHRINK_ITERS", "0");
        match switch {
            Switch::Off => command.env("MUTANT", "0"),
            Switch::On(mutant) => command.env("MUTANT", mutant.to_string()),
            Switch::Recording(file) => command.env("MUTANT_SEEN", file),
        };
        command.stdin(Stdio::null()).stderr(Stdio::null());
    }
}

/// By its status and its words.
fn ended(status: Option<i32>, said: &str) -> Ended {
    match status {
        Some(0) => Ended::Passed,
        // As `timeout` tells it.
        Some(124 | 137) => Ended::TimedOut,
        Some(_) | None => Ended::Failed(first_failure(said)),
    }
}

/// The first test that a program of tests says has failed, or the first line of what plays shifts.
fn first_failure(said: &str) -> String {
    let failed = |line: &str| line.strip_prefix("test ")?.strip_suffix(" ... FAILED").map(str::to_owned);
    let first_line = || said.lines().find(|line| !line.is_empty() && !line.starts_with("running "));
    said.lines().find_map(failed).or_else(|| first_line().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_first_is_named() {
        let said = "\nrunning 2 tests\ntest laws::kept ... ok\ntest laws::whole ... FAILED\n\nfailures:\n";
        assert_eq!(first_failure(said), "laws::whole");
        let said = "tests/shifts/3.1-told.shift:3\n    expected  closed\n    came      logged\n";
        assert_eq!(first_failure(said), "tests/shifts/3.1-told.shift:3");
        assert_eq!(first_failure(""), "");
    }

    #[test]
    fn a_run_is_told_by_how_its_program_ended() {
        assert_eq!(ended(Some(0), ""), Ended::Passed);
        assert_eq!(ended(Some(124), ""), Ended::TimedOut);
        assert_eq!(ended(Some(101), "test a ... FAILED\n"), Ended::Failed("a".to_owned()));
        // Ended by a signal, as where memory ran out.
        assert_eq!(ended(None, ""), Ended::Failed(String::new()));
    }

    #[test]
    fn a_program_hears_its_trials_and_which_mutant_is_on() {
        let tree = std::env::temp_dir().join(format!("xtask-{}-stage", std::process::id()));
        std::fs::create_dir_all(tree.join("crates/incident")).unwrap();
        let run = |program: &str, trials: &[&Trial]| {
            let programs = Programs { shifts: PathBuf::from(program), ..Programs::default() };
            Stage::new(tree.clone(), programs).run(trials, Switch::On(MutantId(7)), 20.0)
        };
        assert!(run("no-such-program-at-all", &[]).is_err());
        assert_eq!(run("true", &[]).unwrap(), Ended::Passed);
        let shift = Trial::Shift("told.shift".to_owned());
        assert_eq!(run("ls", &[&shift]).unwrap(), Ended::Failed(String::new()));
        std::fs::create_dir_all(tree.join("tests/shifts")).unwrap();
        std::fs::write(tree.join("tests/shifts/told.shift"), "echo mutant \"$MUTANT\"; exit 1").unwrap();
        assert_eq!(run("sh", &[&shift]).unwrap(), Ended::Failed("mutant 7".to_owned()));
        std::fs::remove_dir_all(&tree).unwrap();
    }
}
