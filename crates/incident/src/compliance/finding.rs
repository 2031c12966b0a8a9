//! What a check finds, before it is put under a clause.

use std::borrow::Cow;

use super::{Clause, Evidence, Judgement, Verdict};
use crate::event::Subject;
use crate::exception::Granted;
use crate::{ExceptionId, PersonId, Span, Timestamp};

/// Words of a finding: mostly written in the source.
pub(super) type Words = Cow<'static, str>;

/// Why a clause asks nothing of a record of another kind.
pub(super) const OTHER_KIND: &str = "It is about another kind of record.";

/// What a check finds.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    pub(super) why: Words,
    pub(super) evidence: Vec<Evidence>,
    /// Until when a failure went on; none where it was the deed of one instant.
    pub(super) until: Option<Timestamp>,
}

impl Finding {
    /// Kept, as these entries show. Without an entry nothing was shown: somebody has to look (ruling 13).
    pub(super) fn kept(why: impl Into<Words>, evidence: Vec<Evidence>) -> Self {
        let verdict = if evidence.is_empty() { Verdict::NeedsHumanReview } else { Verdict::Kept };
        Self { verdict, why: why.into(), evidence, until: None }
    }

    /// Failed in an instant.
    pub(super) fn failed(at: Timestamp, why: impl Into<Words>, evidence: Vec<Evidence>) -> Self {
        Self { verdict: Verdict::Failed { at }, why: why.into(), evidence, until: None }
    }

    /// Failed for a stretch: what was to be there at its beginning came at its end, or has not come yet.
    pub(super) fn late(late: Span, why: impl Into<Words>, evidence: Vec<Evidence>) -> Self {
        Self { until: Some(late.to), ..Self::failed(late.from, why, evidence) }
    }

    /// Every instant of a failure that began at `at`.
    pub(super) fn stretch(&self, at: Timestamp) -> Span {
        let next = at.plus_millis(1);
        Span { from: at, to: self.until.map_or(next, |until| until.max(next)) }
    }

    /// Not kept, with an exception that covers all of it and was granted in time.
    pub(super) fn excepted(exception: ExceptionId, why: impl Into<Words>, evidence: Vec<Evidence>) -> Self {
        let verdict = Verdict::Excepted { exception, is_retroactive: false };
        Self { verdict, why: why.into(), evidence, until: None }
    }

    /// On record as a failure, and found afterwards to be recorded wrongly: the record stays (ruling 5).
    pub(super) fn corrected(
        at: Timestamp,
        correction: ExceptionId,
        why: impl Into<Words>,
        evidence: Vec<Evidence>,
    ) -> Self {
        let verdict = Verdict::Excepted { exception: correction, is_retroactive: true };
        Self { verdict, ..Self::failed(at, why, evidence) }
    }

    /// The same failure, where an exception covers it.
    pub(super) fn excepted_by(self, granted: Option<&Granted>) -> Self {
        let Some(granted) = granted else { return self };
        let verdict = Verdict::Excepted { exception: granted.id, is_retroactive: granted.is_retroactive };
        Self { verdict, ..self }
    }

    /// Still to be kept.
    pub(super) fn not_due(due: Option<Timestamp>, why: impl Into<Words>) -> Self {
        Self { verdict: Verdict::NotDueYet { due }, why: why.into(), evidence: Vec::new(), until: None }
    }

    /// Asks nothing here.
    pub(super) fn not_applicable(why: impl Into<Words>) -> Self {
        Self { verdict: Verdict::NotApplicable, why: why.into(), evidence: Vec::new(), until: None }
    }

    /// For people to judge, with where they may begin.
    pub(super) fn for_people(why: impl Into<Words>, evidence: Vec<Evidence>) -> Self {
        Self { verdict: Verdict::NeedsHumanReview, why: why.into(), evidence, until: None }
    }

    /// Under its clause, about its record.
    pub(super) fn under(self, clause: &Clause, subject: Option<Subject>) -> Judgement {
        Judgement {
            clause: clause.id,
            subject,
            verdict: self.verdict,
            why: self.why,
            evidence: self.evidence,
        }
    }
}

impl Evidence {
    /// A deed of somebody.
    pub(super) fn deed(fact: &'static str, what: impl Into<Words>, at: Timestamp, by: PersonId) -> Self {
        Self { fact, what: what.into(), at, by: Some(by) }
    }

    /// Something that nobody did: a target that passed, a setting in force.
    pub(super) fn fact(fact: &'static str, what: impl Into<Words>, at: Timestamp) -> Self {
        Self { fact, what: what.into(), at, by: None }
    }
}
