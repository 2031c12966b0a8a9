//! What came of it: counts, every mutant that nothing noticed, and what people have still to say of them.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::{End, Verdict};
use super::judgements::{self, DOCUMENT, Judgements};
use super::list::{Extent, Key, Mutant, MutantId};
use super::rewrite::Left;

/// The end of a run.
#[derive(Debug)]
pub(super) struct Report {
    text: String,
    is_settled: bool,
}

impl Report {
    /// What is printed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether every survivor has its judgement, and every judgement its survivor, or one that ran out of time.
    pub(super) fn is_settled(&self) -> bool {
        self.is_settled
    }
}

/// Of these mutants, what became of each; `said` are the judgements of the same files.
pub(super) fn report(
    mutants: &[&Mutant],
    left: &BTreeMap<MutantId, Left>,
    verdicts: &[Verdict],
    said: &Judgements,
) -> Report {
    let by_id: BTreeMap<MutantId, &Mutant> = mutants.iter().map(|mutant| (mutant.id, *mutant)).collect();
    let survived = |verdict: &&Verdict| matches!(verdict.end, End::Survived | End::Unreached);
    let mut survivors: Vec<(&Mutant, &Verdict)> = verdicts
        .iter()
        .filter(survived)
        .filter_map(|verdict| Some((*by_id.get(&verdict.mutant)?, verdict)))
        .collect();
    survivors.sort_by_key(|(mutant, _)| (&mutant.key.file, mutant.extent, &mutant.key.what));
    let mut text: String = survivors.iter().map(|(mutant, verdict)| line(mutant, verdict)).collect();
    let kept: BTreeSet<&Key> = survivors.iter().map(|(mutant, _)| &mutant.key).collect();
    let silent = kept.iter().filter(|key| said.get(**key).is_none_or(String::is_empty));
    let silent: Vec<String> = silent.map(|key| judgements::row(key, "")).collect();
    // What only takes longer runs out of time on a busy machine, and survives on a quiet one.
    let slow = verdicts.iter().filter(|verdict| matches!(verdict.end, End::TimedOut));
    let slow: BTreeSet<&Key> = slow.filter_map(|verdict| Some(&by_id.get(&verdict.mutant)?.key)).collect();
    let idle = said.iter().filter(|(key, _)| !kept.contains(key) && !slow.contains(key));
    let idle: Vec<String> = idle.map(|(key, judgement)| judgements::row(key, judgement)).collect();
    for (rows, what) in [
        (&silent, "survivors have no judgement; kill them by a shift, or say why nothing can"),
        (&idle, "judgements have no survivor; take them out"),
    ] {
        if !rows.is_empty() {
            text.push_str(&format!("\n{DOCUMENT}: {} {what}\n{}\n", rows.len(), rows.join("\n")));
        }
    }
    text.push_str(&format!("\n{}\n", counts(mutants, left, verdicts)));
    Report { text, is_settled: silent.is_empty() && idle.is_empty() }
}

/// `file:line:column  what`, as an editor can follow it.
fn line(mutant: &Mutant, verdict: &Verdict) -> String {
    let Extent { start, .. } = mutant.extent;
    let unreached = if verdict.end == End::Unreached { "  (nothing reaches it)" } else { "" };
    format!("{}:{}:{}  {}{unreached}\n", mutant.key.file, start.line, start.column, mutant.key.what)
}

fn counts(mutants: &[&Mutant], left: &BTreeMap<MutantId, Left>, verdicts: &[Verdict]) -> String {
    let ended = |is: fn(&End) -> bool| verdicts.iter().filter(|verdict| is(&verdict.end)).count();
    let why = |wanted: &[Left]| {
        let here = mutants.iter().filter_map(|mutant| left.get(&mutant.id));
        here.filter(|left| wanted.contains(left)).count()
    };
    format!(
        "{} mutants: {} killed, {} timed out, {} survived, {} unreached; {} do not compile; \
         left to cargo-mutants: {} fit only alone, {} in constants, {} in chains of let, {} not found",
        mutants.len(),
        ended(|end| matches!(end, End::Killed { .. })),
        ended(|end| matches!(end, End::TimedOut)),
        ended(|end| matches!(end, End::Survived)),
        ended(|end| matches!(end, End::Unreached)),
        why(&[Left::Unfit]),
        why(&[Left::Alone]),
        why(&[Left::Constant]),
        why(&[Left::LetChain]),
        why(&[Left::NotFound]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutants::list::{Genre, Position};

    fn mutant(id: u32, line: usize, what: &str) -> Mutant {
        let place = Position { line, column: 5 };
        Mutant {
            id: MutantId(id),
            genre: Genre::BinaryOperator,
            replacement: "+".to_owned(),
            extent: Extent { start: place, end: place },
            key: key(what),
            name: format!("crates/a/src/a.rs:{line}:5: {what}"),
        }
    }

    fn key(what: &str) -> Key {
        Key { file: "crates/a/src/a.rs".to_owned(), what: what.to_owned() }
    }

    fn told(said: &[(&str, &str)]) -> Report {
        told_with(End::Killed { by: String::new() }, said)
    }

    fn told_with(third: End, said: &[(&str, &str)]) -> Report {
        let all = [mutant(1, 30, "b"), mutant(2, 9, "a"), mutant(3, 40, "c"), mutant(4, 50, "d")];
        let verdict = |id, end| Verdict { mutant: MutantId(id), name: String::new(), end };
        let verdicts = [verdict(1, End::Survived), verdict(2, End::Unreached), verdict(3, third)];
        let said = said.iter().map(|(what, words)| (key(what), (*words).to_owned())).collect();
        let left = BTreeMap::from([(MutantId(4), Left::Unfit), (MutantId(9), Left::Unfit)]);
        report(&all.each_ref(), &left, &verdicts, &said)
    }

    #[test]
    fn survivors_stand_in_the_order_of_the_text() {
        let report = told(&[("a", "never"), ("b", "nor this")]);
        assert!(report.is_settled());
        assert_eq!(
            report.text(),
            "crates/a/src/a.rs:9:5  a  (nothing reaches it)\ncrates/a/src/a.rs:30:5  b\n\n\
             4 mutants: 1 killed, 0 timed out, 1 survived, 1 unreached; 1 do not compile; left to cargo-mutants: \
             0 fit only alone, 0 in constants, 0 in chains of let, 0 not found\n"
        );
    }

    #[test]
    fn a_survivor_without_words_is_named() {
        let report = told(&[("a", "")]);
        assert!(!report.is_settled());
        assert!(report.text().contains("2 survivors have no judgement"));
        assert!(report.text().contains("\n| `crates/a/src/a.rs` | `b` |  |\n"));
    }

    #[test]
    fn words_without_a_survivor_are_named() {
        let report = told(&[("a", "never"), ("b", "nor this"), ("c", "long gone")]);
        assert!(!report.is_settled());
        assert!(report.text().contains("1 judgements have no survivor"));
        assert!(report.text().contains("\n| `crates/a/src/a.rs` | `c` | long gone |\n"));
    }
    #[test]
    fn words_stand_where_their_mutant_ran_out_of_time() {
        let report = told_with(End::TimedOut, &[("a", "never"), ("b", "nor this"), ("c", "it takes longer")]);
        assert!(report.is_settled());
    }
}
