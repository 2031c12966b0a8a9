//! `clause I1 §3.4/1 failed [at=TIME] [cites=closed,…]`: what the clause register says of a record, or of the
//! house where it is called `house`.

use incident::compliance::{Clause, Verdict, judge, judge_house};
use incident::{Records, Timestamp};

use super::sight::Looked;
use super::time::Almanac;
use super::{Words, fixture};

pub(super) fn clause(records: &Records, almanac: &Almanac, now: Timestamp, words: &Words) -> Looked {
    words.only(&["at", "cites"])?;
    let name = words.plain(0, "the record")?;
    let id = words.plain(1, "the clause, such as §3.4/1,")?;
    let clause =
        Clause::of(id).ok_or_else(|| format!("there is no clause {id}; docs/clauses.md lists them"))?;
    let judgement = if name == "house" {
        judge_house(clause, records, now)
    } else {
        let record = records.get(fixture::subject(name)?);
        judge(clause, record.ok_or_else(|| format!("there is no record {name}"))?, &records.setup, now)
    };

    let mut expected = words.plain(2, "the verdict")?.to_owned();
    let mut came = verdict(judgement.verdict).to_owned();
    if let Some(at) = words.named("at") {
        expected.push_str(&format!(" at={}", almanac.show(almanac.instant(at)?)));
        let since = match judgement.verdict {
            Verdict::Failed { at } => Some(at),
            Verdict::NotDueYet { due } => due,
            Verdict::Kept | Verdict::NotApplicable | Verdict::Excepted { .. } | Verdict::NeedsHumanReview => {
                None
            }
        };
        came.push_str(&format!(" at={}", since.map_or("none".to_owned(), |at| almanac.show(at))));
    }
    if let Some(cites) = words.named("cites") {
        expected.push_str(&format!(" cites={cites}"));
        let facts: Vec<_> = judgement.evidence.iter().map(|entry| entry.fact).collect();
        came.push_str(&format!(" cites={}", facts.join(",")));
    }
    Ok(if expected == came { Ok(()) } else { Err((expected, format!("{came} ({})", judgement.why))) })
}

/// A verdict as a shift writes it.
const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Failed { .. } => "failed",
        Verdict::NotDueYet { .. } => "not_due_yet",
        Verdict::NotApplicable => "not_applicable",
        Verdict::Excepted { is_retroactive: false, .. } => "excepted",
        Verdict::Excepted { is_retroactive: true, .. } => "excepted_afterwards",
        Verdict::NeedsHumanReview => "needs_human_review",
    }
}
