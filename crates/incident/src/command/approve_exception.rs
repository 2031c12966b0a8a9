//! Approve exception: designated management agrees, perhaps to less than was asked (§4.2; ruling 12).
//!
//! - Given a request that waits for a decision,
//! - when somebody designated, or their delegate, who gains nothing by it approves, perhaps shorter, narrower or
//!   with a further control,
//! - then it counts once as many different people as it needs have approved, for what all of them agreed to. How
//!   many that are is judged with every approval, by how grave the incident is then. What a wide request excuses on
//!   an incident that moved into its scope begins with that move.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Event, Fact, Subject};
use crate::exception::{Conditions, Exception, ExceptionState, Granted, Scope, Word, gaining};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{ExceptionId, IncidentId, PersonId, Role, Span, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ApproveException {
    /// The exception.
    pub exception: ExceptionId,
    /// The incident it is about; of a wider request, the only one it is approved for.
    pub incident: Option<IncidentId>,
    /// For whom, where it was delegated.
    pub acting_for: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// An earlier end.
    pub until: Option<Timestamp>,
    /// A further control.
    pub control: Option<String>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ApproveException,
    clause: "§4.2",
    label: "Approve exception",
    roles: &[Role::Personnel],
};

/// Whether the state of the request, and who acts, allow it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    pending(s, &RULE, exception)?;
    s.decider_at_all(&RULE, exception)
}

/// Waits for a decision, not for an answer.
pub(crate) fn pending(s: &Situation<'_>, rule: &Rule, exception: &Exception) -> Result<(), Refusal> {
    s.undecided(rule, exception)?;
    if exception.state == ExceptionState::Returned {
        return Err(s.too_early(rule, "it waits for an answer", "Whoever asked for it answers first."));
    }
    Ok(())
}

impl ApproveException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incident = self.incident.map(Subject::Incident);
        std::iter::once(Subject::Exception(self.exception)).chain(incident).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        pending(s, &RULE, exception)?;
        s.decider(&RULE, exception, self.acting_for)?;
        let incident = self.about(s, exception)?;
        self.gains_nobody_here(s, exception, incident)?;
        let narrowed_to = incident.map(|incident| incident.id).filter(|_| !is_about_one(exception));
        let conditions = Conditions { until: self.until, narrowed_to, control: self.control.clone() };
        self.check(s, exception)?;
        let continued = s.continued(exception.request(), exception.id);
        let renewal = continued.map_or(Ok(0), |old| s.renewal_after(&RULE, old, exception.requested_at))?;
        let renewal = renewal.max(exception.application.renewal);
        let needed = s.takes(exception, incident, renewal);
        let (acting_for, reason) = (self.acting_for, self.reason.clone());
        let (people_needed, renewal) = (Some(needed), Some(renewal));
        let approved = Fact::ExceptionApproved { acting_for, reason, conditions, people_needed, renewal };
        let mut events = vec![s.event(Subject::Exception(self.exception), approved)];
        if needed as usize <= exception.approvals.len() + 1
            && let Some(incident) = incident
        {
            let request = exception.request();
            // What lies before it moved there was owed to somebody else (decision 217).
            let from = request.begins_at.max(request.scope.includes_since(incident));
            let good_for = Span { from, to: self.end(exception) };
            let is_retroactive = exception.application.is_retroactive;
            events.extend(granted(s, exception, incident, good_for, is_retroactive));
        }
        Ok(events)
    }

    /// A wide request that becomes about one incident here: neither this person nor anybody who has approved it
    /// gains by it there.
    fn gains_nobody_here(
        &self,
        s: &Situation<'_>,
        exception: &Exception,
        incident: Option<&Incident>,
    ) -> Result<(), Refusal> {
        s.decider_on(&RULE, exception, incident, self.acting_for)?;
        let Some(incident) = incident else { return Ok(()) };
        let request = exception.request();
        let gain = gaining(&s.records.setup, incident, &request.clause, request.begins_at);
        if exception.approvals.iter().flat_map(Word::people).any(|person| gain.contains(&person)) {
            let what = "Approve exception: somebody who has approved it would gain by it on this incident";
            let instead = "Leave it as wide as it is, or have it requested for this incident.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("incident"));
        }
        Ok(())
    }

    fn check(&self, s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
        text(&RULE, "reason", &self.reason)?;
        if let Some(control) = &self.control {
            text(&RULE, "control", control)?;
        }
        let Some(until) = self.until else { return Ok(()) };
        s.ends(&RULE, exception.request().begins_at, until)?;
        if until > exception.until() {
            let what = "Approve exception: a condition makes it shorter, never longer";
            let instead = "Enter an earlier end, or have it requested anew.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("until"));
        }
        Ok(())
    }

    /// The one incident it is, or becomes, about: one that lies inside, and came to do so before it ends.
    fn about<'a>(&self, s: &Situation<'a>, exception: &Exception) -> Result<Option<&'a Incident>, Refusal> {
        let fixed = exception.about();
        if fixed.is_some() && self.incident != fixed {
            let what = "Approve exception: it is about one incident, and not the one named here";
            let instead = "Name the incident that the request is about.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("incident"));
        }
        let Some(id) = self.incident else { return Ok(None) };
        let incident = s.incident(&RULE, id)?;
        let scope = exception.request().scope;
        if !scope.includes(incident) || self.end(exception) <= scope.includes_since(incident) {
            let what = "Approve exception: this incident lies outside what was asked for";
            let instead = "Narrow it to an incident inside, or leave it as wide as it is.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("incident"));
        }
        Ok(Some(incident))
    }

    /// When it ends by this word and by those that were given before.
    fn end(&self, exception: &Exception) -> Timestamp {
        self.until.map_or(exception.until(), |until| until.min(exception.until()))
    }
}

const fn is_about_one(exception: &Exception) -> bool {
    matches!(exception.request().scope, Scope::Incident { .. })
}

/// What makes an exception count on an incident.
pub(crate) fn granted(
    s: &Situation<'_>,
    exception: &Exception,
    incident: &Incident,
    good_for: Span,
    is_retroactive: bool,
) -> [Event; 2] {
    let request = exception.request();
    let granted = Granted {
        id: exception.id,
        clause: request.clause.clone(),
        clock: request.clock,
        from: good_for.from,
        until: good_for.to,
        is_retroactive,
        is_undecided: false,
        ground: request.ground,
    };
    [
        s.event(Subject::Exception(exception.id), Fact::ExceptionInvoked { incident: incident.id }),
        s.event(Subject::Incident(incident.id), Fact::ExceptionGranted { granted }),
    ]
}
