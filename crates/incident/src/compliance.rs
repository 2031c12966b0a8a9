//! The clause register (§4.1): every demand of §3.1 to §4.3 with its check, and what a record says of it.
//!
//! - [`CLAUSES`]: the demands, each under a number that never changes.
//! - [`judge`]: one clause against one record; [`judgements`]: every clause that is about it.
//! - [`house`]: what holds of the house as a whole and of no single record; [`judge_house`] is one clause of it.
//! - [`register`]: many records counted by clause, with every failure and its entries in the log.
//!
//! A verdict is read from facts each time and stored nowhere. What no fact shows is never *kept*: it is not due,
//! not applicable, or for people to look at (ruling 13). It decides nothing about anybody; `enforcement` proposes.

mod cadence;
mod case;
mod clause;
mod clauses;
mod client;
mod escalation;
mod exception;
mod finding;
mod internal;
mod lifecycle;
mod major_incident;
mod measuring;
mod premises;
mod register;
mod review;
mod rhythm;
mod role;
mod service_level;
mod standing;
mod trail;

use std::borrow::Cow;

use serde::Serialize;
use ts_rs::TS;

use crate::escalation::EscalationPath;
use crate::event::Subject;
use crate::log::Incident;
use crate::records::{RecordRef, Records};
use crate::setup::Setup;
use crate::{ExceptionId, PersonId, Timestamp};

use case::Case;
use clause::Check;
pub use clause::Clause;
pub(crate) use clause::{names, paragraph_of, touches};
pub use clauses::CLAUSES;
use finding::{Finding, OTHER_KIND};
use premises::Premises;
pub use register::{Line, Register, Tally, register};
pub use trail::{Mark, TakenUp, Trail, Work};

/// What a record says of a clause at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[ts(rename = "ClauseVerdict")]
pub enum Verdict {
    /// Facts show that it was kept.
    Kept,
    /// Facts show that it was not.
    Failed {
        /// Since when.
        at: Timestamp,
    },
    /// There is time left.
    NotDueYet {
        /// Until when, where a target or setting says.
        due: Option<Timestamp>,
    },
    /// It asks nothing of this record.
    NotApplicable,
    /// It was not kept, and designated management had allowed that, or did so afterwards (§4.2).
    Excepted {
        /// The exception.
        exception: ExceptionId,
        /// Asked for only afterwards: the failure stays, and is counted apart (ruling 12).
        is_retroactive: bool,
    },
    /// No fact of the record can show it: somebody has to look.
    NeedsHumanReview,
}

impl Verdict {
    /// Whether it was not kept, and nobody had allowed that in time.
    pub const fn is_failure(self) -> bool {
        match self {
            Self::Failed { .. } | Self::Excepted { is_retroactive: true, .. } => true,
            Self::Excepted { is_retroactive: false, .. }
            | Self::Kept
            | Self::NotDueYet { .. }
            | Self::NotApplicable
            | Self::NeedsHumanReview => false,
        }
    }
}

/// One entry of the log that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Evidence {
    /// The kind of event, as the log names it.
    pub fact: &'static str,
    /// What it says, in words.
    pub what: Cow<'static, str>,
    /// When it happened: with the kind, this finds the entry.
    pub at: Timestamp,
    /// Whose deed it was; nobody where configuration or a passed deadline speaks.
    pub by: Option<PersonId>,
}

/// One clause against one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ClauseJudgement")]
pub struct Judgement {
    /// The clause's number.
    pub clause: &'static str,
    /// The record; none for what the house owes as a whole.
    pub subject: Option<Subject>,
    /// What the record says.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub why: Cow<'static, str>,
    /// The entries it rests on.
    pub evidence: Vec<Evidence>,
}

/// One clause against one record. A clause that is about another kind of record is not applicable.
pub fn judge(clause: &Clause, record: RecordRef<'_>, setup: &Setup, now: Timestamp) -> Judgement {
    let finding = match (record, &clause.check) {
        (RecordRef::Incident(incident), _) => Case::of(incident, setup, now).judged(clause),
        (RecordRef::Signal(signal), Check::Signal(check)) => check(signal, setup, now),
        (RecordRef::Exception(exception), Check::Exception(check)) => check(exception),
        (RecordRef::Review(review), Check::Review(check)) => check(review, now),
        (RecordRef::Audit(audit), Check::Audit(check)) => check(audit),
        _ => Finding::not_applicable(OTHER_KIND),
    };
    finding.under(clause, Some(record.subject()))
}

/// Whether it was escalated technically, and no higher tier has taken it up yet, as the register says it (§3.2).
pub(crate) fn awaits_higher_tier(incident: &Incident, setup: &Setup) -> bool {
    let path = EscalationPath::Technical;
    let by_hand = incident.escalations.iter().any(|one| one.path == path);
    let is_asked = by_hand || incident.escalating.delivered(path).next().is_some();
    let verdict = || role::tiers(&Case::of(incident, setup, incident.updated_at)).verdict;
    is_asked && incident.is_open() && matches!(verdict(), Verdict::NotDueYet { .. })
}

/// Every clause that is about this kind of record.
pub fn judgements(record: RecordRef<'_>, setup: &Setup, now: Timestamp) -> Vec<Judgement> {
    let mut all = Vec::new();
    findings(record, setup, now, |place, finding| {
        all.push(finding.under(&CLAUSES[place], Some(record.subject())));
    });
    all
}

/// One clause against the house as a whole. A clause that is about a record is not applicable.
pub fn judge_house(clause: &Clause, records: &Records, now: Timestamp) -> Judgement {
    Premises::of(records, now).judged(clause).under(clause, None)
}

/// Every clause that is about the house as a whole: its settings in force, and the records at hand that speak for
/// all of it. Without those records nothing shows that a clause is kept.
pub fn house(records: &Records, now: Timestamp) -> Vec<Judgement> {
    let mut all = Vec::new();
    house_findings(records, now, |place, finding| all.push(finding.under(&CLAUSES[place], None)));
    all
}

/// Judges every clause that is about the house, each by its place in [`CLAUSES`].
fn house_findings(records: &Records, now: Timestamp, mut each: impl FnMut(usize, Finding)) {
    let premises = Premises::of(records, now);
    for (place, clause) in CLAUSES.iter().enumerate() {
        if matches!(clause.check, Check::House(_)) {
            each(place, premises.judged(clause));
        }
    }
}

/// Judges every clause that is about the record, each by its place in [`CLAUSES`]; its clocks are read once.
fn findings(record: RecordRef<'_>, setup: &Setup, now: Timestamp, mut each: impl FnMut(usize, Finding)) {
    let case = match record {
        RecordRef::Incident(incident) => Some(Case::of(incident, setup, now)),
        _ => None,
    };
    for (place, clause) in CLAUSES.iter().enumerate() {
        match (&clause.check, &case, record) {
            (Check::Incident(_) | Check::Clock(_), Some(case), _) => each(place, case.judged(clause)),
            (Check::Signal(check), _, RecordRef::Signal(signal)) => each(place, check(signal, setup, now)),
            (Check::Exception(check), _, RecordRef::Exception(exception)) => each(place, check(exception)),
            (Check::Review(check), _, RecordRef::Review(review)) => each(place, check(review, now)),
            (Check::Audit(check), _, RecordRef::Audit(audit)) => each(place, check(audit)),
            // A clause about records of another kind.
            _ => {}
        }
    }
}
