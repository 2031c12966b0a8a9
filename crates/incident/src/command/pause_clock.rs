//! Pause clock: only for a reason the agreement names, and only the clocks it names (§3.3; ruling 4).
//!
//! - Given an incident whose clocks run,
//! - when somebody says what it waits for, and the agreement names that reason,
//! - then the clocks named with it stand still, up to the agreement's cap. A breach that happened stays a breach (ruling 5).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::agreement::{PauseReason, PauseRule};
use crate::clock::Allowance;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::refusal::RefusalCode;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PauseClock {
    /// The incident.
    pub incident: IncidentId,
    /// What it waits for.
    pub reason: PauseReason,
    /// Who owes what.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::PauseClock, clause: "§3.3", label: "Pause clock", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.open_pause().is_some() {
        return Err(s.nothing_changes(&RULE, "it waits already"));
    }
    if incident.stopped_at().is_some() {
        return Err(s.too_late(&RULE, "its clocks have stopped", "Confirm and close it."));
    }
    let rules = s.agreement(incident).map_or(&[][..], |agreement| &agreement.pauses);
    if rules.is_empty() {
        return Err(not_agreed());
    }
    if rules.iter().all(|rule| is_used_up(incident, rule)) {
        return Err(used_up());
    }
    Ok(())
}

impl PauseClock {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        let rules = s.agreement(incident).map_or(&[][..], |agreement| &agreement.pauses);
        let mut named = rules.iter().filter(|rule| rule.reason == self.reason).peekable();
        if named.peek().is_none() {
            return Err(not_agreed().about("reason"));
        }
        if named.all(|rule| is_used_up(incident, rule)) {
            return Err(used_up().about("reason"));
        }
        Ok(s.on_incident(incident.id, Fact::ClockPaused { reason: self.reason, text: self.text.clone() }))
    }
}

/// What to do where the agreement allows no pause. An exception is from the policy, and changes no agreement: it excuses
/// a clock that is late, and pauses none (§4.2; ruling 4).
const AGAINST_THE_CLOCK: &str = "Go on against the clock; write the wait down as a note. \
                                 An exception about the clock can excuse what that makes late (§4.2).";

fn not_agreed() -> Refusal {
    let what = "Pause clock: this client's agreement names no such pause";
    Refusal::new(&RULE, RefusalCode::PauseNotAgreed, what, AGAINST_THE_CLOCK)
}

fn is_used_up(incident: &Incident, rule: &PauseRule) -> bool {
    Allowance::after(rule, &incident.pauses).is_used_up()
}

fn used_up() -> Refusal {
    let what = "Pause clock: the agreement allows no more of this pause";
    Refusal::new(&RULE, RefusalCode::PauseNotAgreed, what, AGAINST_THE_CLOCK)
}
