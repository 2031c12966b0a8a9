//! Each mutant is put to what reaches it, until something notices.
//!
//! What noticed it before is first. Then come shifts, the most specific before the others, all in one run;
//! then tests, the quickest program first. What takes long is tried when all mutants were put to what does not:
//! most are done with by then, and the others are named meanwhile. A verdict is written down at once, so that a run which is broken off is taken up where it was.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::hands;
use super::killers::Killers;
use super::list::{Mutant, MutantId};
use super::reach::Reach;
use super::rewrite::Site;
use super::trial::{Ended, Stage, Switch, Trial};

/// A mutant may take so many times as long as no mutant does, and never less than the seconds below.
const TIMES_AS_LONG_MAX: f64 = 8.0;
const SECONDS_MIN: f64 = 20.0;
/// What takes longer waits until every mutant was put to what does not.
const QUICK_SECONDS_MAX: f64 = 1.0;
/// How often a person hears how far it is.
const TOLD_EVERY: usize = 100;

/// How a mutant ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub(super) enum End {
    /// Something failed, and says so.
    Killed { by: String },
    /// It took too long, which is noticed as well.
    TimedOut,
    /// Everything that reaches it passes.
    Survived,
    /// Nothing reaches it.
    Unreached,
}

/// A line of the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Verdict {
    pub(super) mutant: MutantId,
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) end: End,
}

/// What was judged before; a line that was broken off counts for nothing.
pub(super) fn known(results: &Path) -> Vec<Verdict> {
    let text = std::fs::read_to_string(results).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// What a judgement needs.
#[derive(Debug)]
pub(super) struct Court<'a> {
    pub(super) stage: &'a Stage,
    pub(super) sites: &'a BTreeMap<MutantId, Site>,
    pub(super) reaches: &'a [Reach],
    pub(super) killers: &'a Killers,
    pub(super) jobs: usize,
}

impl Court<'_> {
    /// Judges these mutants, but for those that were judged before, and gives the verdicts on all.
    pub(super) fn judged(&self, mutants: &[&Mutant], results: &Path) -> anyhow::Result<Vec<Verdict>> {
        let before = known(results);
        let mut file = File::create(results).context("beginning the results")?;
        before.iter().try_for_each(|verdict| write(&mut file, verdict))?;
        let is_new = |mutant: &&Mutant| before.iter().all(|verdict| verdict.mutant != mutant.id);
        let waiting: Vec<&Mutant> = mutants.iter().copied().filter(is_new).collect();
        println!("Trying {} mutants; {} were judged before …", waiting.len(), mutants.len() - waiting.len());
        let done = Mutex::new((file, before));
        let tried = |mutant: &Mutant, end: End| {
            let verdict = Verdict { mutant: mutant.id, name: mutant.name.clone(), end };
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            let (file, verdicts) = &mut *done;
            write(file, &verdict)?;
            verdicts.push(verdict);
            if verdicts.len().is_multiple_of(TOLD_EVERY) {
                println!("  {} judged", verdicts.len());
            }
            Ok(())
        };
        let unnoticed = Mutex::new(Vec::new());
        hands::share(self.jobs, &waiting, |mutant| match self.quick_end(mutant)? {
            Some(end) => tried(mutant, end),
            None => {
                unnoticed.lock().unwrap_or_else(PoisonError::into_inner).push(*mutant);
                Ok(())
            }
        })?;
        let unnoticed = unnoticed.into_inner().unwrap_or_else(PoisonError::into_inner);
        println!("Trying {} of them by what takes longer …", unnoticed.len());
        hands::share(self.jobs, &unnoticed, |mutant| tried(mutant, self.slow_end(mutant)?))?;
        let (_, mut verdicts) = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        verdicts.retain(|verdict| mutants.iter().any(|mutant| mutant.id == verdict.mutant));
        verdicts.sort_by_key(|verdict| verdict.mutant);
        Ok(verdicts)
    }

    /// How it ends by what is quick; `None` where that notices nothing, and something else reaches it.
    fn quick_end(&self, mutant: &Mutant) -> anyhow::Result<Option<End>> {
        let rounds = self.rounds(mutant)?;
        if rounds.is_empty() {
            return Ok(Some(End::Unreached));
        }
        let noticed = self.noticed(mutant, rounds.iter().filter(|round| round.is_quick))?;
        let is_last = rounds.iter().all(|round| round.is_quick);
        Ok(noticed.or_else(|| is_last.then_some(End::Survived)))
    }

    /// How it ends by what is not, where nothing quick noticed it.
    fn slow_end(&self, mutant: &Mutant) -> anyhow::Result<End> {
        let rounds = self.rounds(mutant)?;
        let noticed = self.noticed(mutant, rounds.iter().filter(|round| !round.is_quick))?;
        Ok(noticed.unwrap_or(End::Survived))
    }

    fn rounds(&self, mutant: &Mutant) -> anyhow::Result<Vec<Round<'_>>> {
        let site = self.sites.get(&mutant.id).context("a mutant without a site is not tried")?;
        let reaching: Vec<&Reach> = self.reaches.iter().filter(|reach| reach.sites.contains(site)).collect();
        Ok(rounds(&reaching, self.killers.of(&mutant.name)))
    }

    fn noticed<'r>(
        &self,
        mutant: &Mutant,
        rounds: impl Iterator<Item = &'r Round<'r>>,
    ) -> anyhow::Result<Option<End>> {
        for round in rounds {
            let seconds_max = (round.seconds * TIMES_AS_LONG_MAX).max(SECONDS_MIN);
            match self.stage.run(&round.trials, Switch::On(mutant.id), seconds_max)? {
                Ended::Passed => {}
                Ended::Failed(by) => return Ok(Some(End::Killed { by })),
                Ended::TimedOut => return Ok(Some(End::TimedOut)),
            }
        }
        Ok(None)
    }
}

fn write(file: &mut File, verdict: &Verdict) -> anyhow::Result<()> {
    let line = serde_json::to_string(verdict).context("writing a verdict")?;
    writeln!(file, "{line}").context("writing a verdict")
}

/// Trials that run in one program.
#[derive(Debug)]
struct Round<'a> {
    trials: Vec<&'a Trial>,
    seconds: f64,
    is_quick: bool,
}

impl<'a> Round<'a> {
    fn of(reaches: Vec<&'a Reach>) -> Self {
        let seconds = reaches.iter().map(|reach| reach.seconds).sum();
        let trials = reaches.into_iter().map(|reach| &reach.trial).collect();
        Self { trials, seconds, is_quick: seconds <= QUICK_SECONDS_MAX }
    }

    /// One that comes first, however long it takes.
    fn at_once(self) -> Self {
        Self { is_quick: true, ..self }
    }
}

/// What killed it before, then the shifts, then each program of tests.
fn rounds<'a>(reaching: &[&'a Reach], killer: Option<&str>) -> Vec<Round<'a>> {
    let is_killer = |reach: &&&Reach| killer.is_some_and(|killer| reach.trial.said(killer));
    let first = reaching.iter().find(is_killer).map(|reach| Round::of(vec![reach]).at_once());
    let (mut shifts, mut tests) = (Vec::new(), BTreeMap::<&str, Vec<&Reach>>::new());
    for &reach in reaching {
        match &reach.trial {
            Trial::Shift(_) => shifts.push(reach),
            Trial::Test { program, .. } => tests.entry(program).or_default().push(reach),
        }
    }
    // Whoever reaches little is about what it reaches.
    shifts.sort_by_key(|reach| reach.sites.len());
    let mut programs: Vec<Round> = tests.into_values().map(Round::of).collect();
    programs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let shifts = (!shifts.is_empty()).then(|| Round::of(shifts).at_once());
    first.into_iter().chain(shifts).chain(programs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(trial: Trial, sites: &[u32], seconds: f64) -> Reach {
        Reach { trial, sites: sites.iter().copied().map(Site).collect(), seconds }
    }

    fn test(program: &str, name: &str) -> Trial {
        Trial::Test { program: program.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn the_most_specific_shifts_come_first_and_the_slowest_tests_last() {
        let reaches = [
            reach(test("laws", "whole"), &[1], 9.0),
            reach(Trial::Shift("wide".to_owned()), &[1, 2, 3], 0.1),
            reach(test("traps", "a"), &[1], 0.5),
            reach(test("traps", "b"), &[1], 0.5),
            reach(Trial::Shift("narrow".to_owned()), &[1], 0.1),
        ];
        let reaches: Vec<&Reach> = reaches.iter().collect();
        assert_eq!(told(&reaches, None), ["narrow wide", "traps: a traps: b", "laws: whole"]);
        assert!(rounds(&[], Some("whole")).is_empty());
    }

    #[test]
    fn what_killed_it_before_comes_first() {
        let reaches = [
            reach(test("laws", "whole"), &[1], 9.0),
            reach(Trial::Shift("wide".to_owned()), &[1, 2, 3], 0.1),
            reach(Trial::Shift("narrow".to_owned()), &[1], 0.1),
        ];
        let reaches: Vec<&Reach> = reaches.iter().collect();
        assert_eq!(told(&reaches, Some("whole")), ["laws: whole", "narrow wide", "laws: whole"]);
        assert_eq!(told(&reaches, Some("tests/shifts/wide:3")), ["wide", "narrow wide", "laws: whole"]);
        assert_eq!(told(&reaches, Some("gone")), ["narrow wide", "laws: whole"]);
    }

    fn told(reaching: &[&Reach], killer: Option<&str>) -> Vec<String> {
        let trials =
            |round: &Round| round.trials.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        rounds(reaching, killer).iter().map(trials).collect()
    }

    #[test]
    fn results_are_taken_up_where_they_were_broken_off() {
        let file = std::env::temp_dir().join(format!("xtask-{}-results.ndjson", std::process::id()));
        let verdict = |id, end| Verdict { mutant: MutantId(id), name: format!("m{id}"), end };
        let killed = verdict(1, End::Killed { by: "laws::whole".to_owned() });
        let survived = verdict(2, End::Survived);
        let mut written = File::create(&file).unwrap();
        write(&mut written, &killed).unwrap();
        write(&mut written, &survived).unwrap();
        written.write_all(b"{\"mutant\":3,\"na").unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("{\"mutant\":1,\"name\":\"m1\",\"end\":\"killed\",\"by\":\"laws::whole\"}\n")
        );
        assert_eq!(known(&file), [killed, survived]);
        std::fs::remove_file(&file).unwrap();
        assert!(known(&file).is_empty());
    }
}
