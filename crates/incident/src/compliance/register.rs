//! Many records counted by clause (§4.1).

use serde::Serialize;
use ts_rs::TS;

use super::finding::Finding;
use super::{CLAUSES, Clause, Judgement, Verdict, findings, house_findings};
use crate::records::{RecordRef, Records};
use crate::setup::Setup;
use crate::{Subject, Timestamp};

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
    /// Incidents that nothing counts: drills, and duplicates of others. They can be judged one by one.
    pub left_out: u32,
    /// Every failure with its entries, and those that were excepted afterwards.
    pub failures: Vec<Judgement>,
}

impl Register {
    /// Nothing judged yet.
    pub fn empty() -> Self {
        let line = |clause: &Clause| Line { clause: clause.id, tally: Tally::default() };
        Self { lines: CLAUSES.iter().map(line).collect(), left_out: 0, failures: Vec::new() }
    }

    /// Judges one more record, unless nothing counts it.
    pub fn add(&mut self, record: RecordRef<'_>, setup: &Setup, now: Timestamp) {
        if let RecordRef::Incident(incident) = record
            && !incident.counts()
        {
            self.left_out = self.left_out.saturating_add(1);
            return;
        }
        findings(record, setup, now, |place, finding| self.count(place, finding, Some(record.subject())));
    }

    /// Judges what holds of the house as a whole, by the records at hand.
    pub fn add_house(&mut self, records: &Records, now: Timestamp) {
        house_findings(records, now, |place, finding| self.count(place, finding, None));
    }

    fn count(&mut self, place: usize, finding: Finding, subject: Option<Subject>) {
        self.lines[place].tally.count(finding.verdict);
        if finding.verdict.is_failure() {
            self.failures.push(finding.under(&CLAUSES[place], subject));
        }
    }
}

/// Judges records and counts the verdicts.
pub fn register<'a>(
    records: impl IntoIterator<Item = RecordRef<'a>>,
    setup: &Setup,
    now: Timestamp,
) -> Register {
    let mut register = Register::empty();
    records.into_iter().for_each(|record| register.add(record, setup, now));
    register
}
