//! Whether the tests of the rule book would notice a fault: each change that cargo-mutants can think of is
//! made, and something must fail.
//!
//! All of them are compiled at once, each behind a switch, in a copy under target/mutants; one costs a run of
//! what reaches it, and no build. What survives needs a judgement in docs/mutants.md. The checkout is never
//! changed.

mod hands;
mod judge;
mod judgements;
mod killers;
mod list;
mod reach;
mod report;
mod rewrite;
mod tree;
mod trial;
mod viable;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use anyhow::{Context, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::checkout::Tree;
use judge::Court;
use killers::Killers;
use list::{Mutant, MutantId};
use rewrite::{Left, Said};
use tree::Files;
use trial::Stage;

/// Which mutants, and how fast.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "What it finds is kept in target/mutants, and a run that was broken off is taken up there, \
                  as long as neither the rule book nor its tests change. After a change every mutant is tried \
                  anew, and what killed it before is tried first."
)]
pub(crate) struct Options {
    /// Try those alone whose file begins so, such as crates/incident/src/clock
    #[arg(long, value_name = "FILE-PREFIX", default_value = "")]
    only: String,
    /// Try so many at a time; as many as the machine has processors, if nothing is said
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// Where everything is kept, from the root.
const FOLDER: &str = "target/mutants";
/// Of what the rest of the folder tells.
const STAMP: &str = "stamp";
/// What the compiler said, what reaches what, and the verdicts.
const SAID: &str = "said.json";
const REACHES: &str = "reach.json";
const RESULTS: &str = "results.ndjson";
/// What noticed each, in runs before.
const KILLERS: &str = "killers.json";
/// The mutants that are left to cargo-mutants itself, by name.
const LEFT: &str = "left.txt";

/// Tries them; true when every survivor has its judgement.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<bool> {
    let all = list::read(root)?;
    let wanted: Vec<&Mutant> =
        all.iter().filter(|mutant| mutant.key.file.starts_with(&options.only)).collect();
    ensure!(!wanted.is_empty(), "no mutant's file begins with `{}`", options.only);
    let jobs = options.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder).with_context(|| format!("making {FOLDER}"))?;
    tree::lend_recorded_truth(root, &folder)?;
    let files = tree::taken(&Tree::read(root)?)?;
    keep_what_tells_of_these(&folder, &rewrite::all(&files, &all, &Said::default())?.files)?;

    println!("Building the rule book with {} mutants in it …", all.len());
    let mut said: Said = kept(&folder.join(SAID)).unwrap_or_default();
    let (rewritten, programs) = viable::settled(&folder, &files, &all, &mut said, |said| {
        // Sites are numbered anew.
        forget(&folder, &[REACHES])?;
        keep(&folder.join(SAID), said)
    })?;
    name_those_left(&folder, &all, &rewritten.left)?;
    let stage = Stage::new(folder.join("tree"), programs);
    let reaches = match kept(&folder.join(REACHES)) {
        Some(reaches) => reaches,
        None => {
            println!("Finding what each shift and each test reaches …");
            let reaches = reach::recorded(&stage, &folder, jobs)?;
            keep(&folder.join(REACHES), &reaches)?;
            reaches
        }
    };
    let tried: Vec<&Mutant> =
        wanted.iter().copied().filter(|mutant| rewritten.sites.contains_key(&mutant.id)).collect();
    let killers: Killers = kept(&folder.join(KILLERS)).unwrap_or_default();
    let court = Court { stage: &stage, sites: &rewritten.sites, reaches: &reaches, killers: &killers, jobs };
    let verdicts = court.judged(&tried, &folder.join(RESULTS))?;
    let mut judgements = judgements::read(root);
    judgements.retain(|key, _| key.file.starts_with(&options.only));
    let report = report::report(&wanted, &rewritten.left, &verdicts, &judgements);
    print!("{}", report.text());
    Ok(report.is_settled())
}

/// What was found of other sources, other tests or by another rewriting goes. What the compiler said stays where
/// tests alone have changed; and who killed what stays always: that is where to look first.
fn keep_what_tells_of_these(folder: &Path, files: &Files) -> anyhow::Result<()> {
    let is_source = |path: &str| !path.starts_with(tree::SHIFTS) && !path.contains("/tests/");
    let (sources, tests): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| is_source(path));
    let stamp = format!("{}\n{}\n", hashed(&sources), hashed(&tests));
    let old = std::fs::read_to_string(folder.join(STAMP)).unwrap_or_default();
    if old == stamp {
        return Ok(());
    }
    let mut killers: Killers = kept(&folder.join(KILLERS)).unwrap_or_default();
    killers.learn(judge::known(&folder.join(RESULTS)));
    keep(&folder.join(KILLERS), &killers)?;
    forget(folder, &[REACHES, RESULTS])?;
    if old.lines().next() != stamp.lines().next() {
        forget(folder, &[SAID])?;
    }
    std::fs::write(folder.join(STAMP), stamp).context("noting what is tried")
}

fn hashed(files: &[(&String, &String)]) -> String {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn forget(folder: &Path, names: &[&str]) -> anyhow::Result<()> {
    for path in names.iter().map(|name| folder.join(name)).filter(|path| path.exists()) {
        std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    Ok(())
}

fn kept<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

fn keep(path: &Path, what: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string(what).with_context(|| format!("writing {}", path.display()))?;
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

/// `cargo mutants --re` tries them, one build each.
fn name_those_left(folder: &Path, all: &[Mutant], left: &BTreeMap<MutantId, Left>) -> anyhow::Result<()> {
    let is_left = |mutant: &&Mutant| match left.get(&mutant.id) {
        Some(Left::Alone | Left::Constant | Left::LetChain | Left::NotFound) => true,
        Some(Left::Unfit) | None => false,
    };
    let names: String = all.iter().filter(is_left).map(|mutant| format!("{}\n", mutant.name)).collect();
    std::fs::write(folder.join(LEFT), names).with_context(|| format!("writing {LEFT}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_other_sources_goes() {
        let folder = std::env::temp_dir().join(format!("xtask-{}-mutants", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let files = |text: &str| Files::from([("a.rs".to_owned(), text.to_owned())]);
        let results = folder.join(RESULTS);
        keep_what_tells_of_these(&folder, &files("1")).unwrap();
        let killed = r#"{"mutant":7,"name":"a.rs:3:5: replace + with *","end":"killed","by":"laws::whole"}"#;
        std::fs::write(&results, killed).unwrap();
        std::fs::write(folder.join(SAID), "").unwrap();
        keep_what_tells_of_these(&folder, &files("1")).unwrap();
        assert!(results.exists());
        keep_what_tells_of_these(&folder, &files("2")).unwrap();
        assert!(!results.exists());
        let killers: Killers = kept(&folder.join(KILLERS)).unwrap();
        assert_eq!(killers.of("a.rs:9:5: replace + with *"), Some("laws::whole"));
        assert!(!folder.join(SAID).exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_the_compiler_said_outlives_a_change_of_tests() {
        let folder = std::env::temp_dir().join(format!("xtask-{}-mutants-tests", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let files = |path: &str, text: &str| Files::from([(path.to_owned(), text.to_owned())]);
        for path in ["tests/shifts/a.shift", "crates/a/tests/a.rs"] {
            keep_what_tells_of_these(&folder, &files(path, "1")).unwrap();
            std::fs::write(folder.join(SAID), "").unwrap();
            std::fs::write(folder.join(RESULTS), "").unwrap();
            keep_what_tells_of_these(&folder, &files(path, "2")).unwrap();
            assert!(folder.join(SAID).exists() && !folder.join(RESULTS).exists());
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_the_compiler_said_is_read_as_it_was_kept() {
        let file = std::env::temp_dir().join(format!("xtask-{}-{SAID}", std::process::id()));
        let left = BTreeMap::from([(MutantId(3), Left::Unfit), (MutantId(41), Left::Alone)]);
        let said = Said { left, constant: ["of".to_owned()].into() };
        keep(&file, &said).unwrap();
        assert_eq!(kept(&file), Some(said));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(kept::<Said>(&file), None);
    }
}
