//! Many records counted by clause (§4.1).

use serde::Serialize;
use ts_rs::TS;

use super::{CLAUSES, Judgement, Verdict, findings};
use crate::Timestamp;
use crate::records::RecordRef;
use crate::setup::Setup;

/// How often a clause was kept, and how often not. Nothing is divided here: who makes a share of it says by what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Tally {
    /// Kept.
    pub kept: u32,
    /// Failed.
    pub failed: u32,
    /// Time is left.
    pub not_due_yet: u32,
    /// Asked nothing of the record.
    pub not_applicable: u32,
    /// Not kept, with an exception that was granted in time.
    pub excepted: u32,
    /// Not kept, with an exception that was granted afterwards.
    pub excepted_afterwards: u32,
    /// For people to look at.
    pub needs_human_review: u32,
}

impl Tally {
    fn count(&mut self, verdict: Verdict) {
        let place = match verdict {
            Verdict::Kept => &mut self.kept,
            Verdict::Failed { .. } => &mut self.failed,
            Verdict::NotDueYet { .. } => &mut self.not_due_yet,
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::Excepted { is_retroactive: false, .. } => &mut self.excepted,
            Verdict::Excepted { is_retroactive: true, .. } => &mut self.excepted_afterwards,
            Verdict::NeedsHumanReview => &mut self.needs_human_review,
        };
        *place = place.saturating_add(1);
    }
}

/// One clause over all records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Line {
    /// The clause's number.
    pub clause: &'static str,
    /// The counts.
    pub tally: Tally,
}

/// Every clause over some records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Register {
    /// A line for each clause, in their order.
    pub lines: Vec<Line>,
    /// Every failure with its entries, and those that were excepted afterwards.
    pub failures: Vec<Judgement>,
}

/// Judges records and counts the verdicts.
pub fn register<'a>(
    records: impl IntoIterator<Item = RecordRef<'a>>,
    setup: &Setup,
    now: Timestamp,
) -> Register {
    let mut tallies = vec![Tally::default(); CLAUSES.len()];
    let mut failures = Vec::new();
    for record in records {
        findings(record, setup, now, |place, finding| {
            tallies[place].count(finding.verdict);
            if finding.verdict.is_failure() {
                failures.push(finding.under(&CLAUSES[place], Some(record.subject())));
            }
        });
    }
    let lines = CLAUSES.iter().zip(tallies).map(|(clause, tally)| Line { clause: clause.id, tally });
    Register { lines: lines.collect(), failures }
}
