//! Decide violation: management says whether it was one, and how grave (§4.3).
//!
//! - Given a proposed violation whose person has been heard or has let the time pass,
//! - when somebody of management with no part in it decides, with a reason,
//! - then that is on record and has no consequence by itself. *Repeated* is what enough confirmed outages within
//!   the configured days make it, not a word of anger.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::enforcement::{Grading, Judgement, Violation, repeated};
use crate::event::{Fact, Subject};
use crate::oversight::Oversight;
use crate::refusal::{Refusal, RefusalCode};
use crate::{Role, ViolationId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DecideViolation {
    /// The violation.
    pub violation: ViolationId,
    /// How grave it was; it was none where this is absent.
    pub grading: Option<Grading>,
    /// Earlier ones of the same person, where it is graded as repeated.
    #[serde(default)]
    pub violations: Vec<ViolationId>,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::DecideViolation,
    clause: "§4.3",
    label: "Decide violation",
    roles: &[Role::Supervisor],
};

/// Whether it is time to decide, and this person may.
pub(crate) fn ready(s: &Situation<'_>, violation: &Violation) -> Result<(), Refusal> {
    if violation.judgement.is_some() {
        return Err(s.too_late(&RULE, "it has been decided", "A decision is not unmade here."));
    }
    if [violation.proposal.person, violation.proposed_by].contains(&s.actor.person) {
        let what = "Decide violation: you have a part in it";
        let instead = "Another Supervisor decides.";
        return Err(Refusal::new(&RULE, RefusalCode::NotPermitted, what, instead));
    }
    if !violation.is_heard(&s.records.setup, s.now) {
        let instead = match violation.reply_by(&s.records.setup) {
            Some(_) => "Wait for the answer, or until the time for it is over.",
            None => "Wait for the answer; an Administrator can set a time for it, which runs from then.",
        };
        return Err(s.too_early(&RULE, "the person has not been heard", instead));
    }
    Ok(())
}

impl DecideViolation {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        std::iter::once(self.violation)
            .chain(self.violations.iter().copied())
            .map(Subject::Violation)
            .collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let violation = s.violation(&RULE, self.violation)?;
        ready(s, violation)?;
        text(&RULE, "reason", &self.reason)?;
        let judgement = match self.grading {
            None => Judgement::Dismissed,
            Some(grading) => {
                self.check_repeated(s, violation, grading)?;
                Judgement::Confirmed { grading }
            }
        };
        let decided = Fact::ViolationDecided { judgement, reason: self.reason.clone() };
        Ok(vec![s.event(Subject::Violation(self.violation), decided)])
    }

    fn check_repeated(&self, s: &Situation<'_>, this: &Violation, grading: Grading) -> Result<(), Refusal> {
        if grading != Grading::Repeated {
            return Ok(());
        }
        let others =
            self.violations.iter().map(|id| s.violation(&RULE, *id)).collect::<Result<Vec<_>, _>>()?;
        let rules = Oversight::at(&s.records.setup, s.now).enforcement;
        let outage_of = |incident| s.records.outage_of(incident);
        let (what, instead) = match repeated(this, others, outage_of, &rules, s.now) {
            Some(true) => return Ok(()),
            Some(false) => (
                "Decide violation: the confirmed ones named here are too few to make it repeated",
                "Name those of the days that count; one outage counts once.",
            ),
            None => (
                "Decide violation: no number is set that makes one repeated",
                "Grade it otherwise, or have an Administrator set the number.",
            ),
        };
        Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("grading"))
    }
}
