//! What was asked of colleagues and has no answer yet (§3.2, §3.5, §3.6): a higher tier, hands, a decision, a lead, a
//! word with each other.
//!
//! Only what a deed can still pay stands in the way of the end: the room of a process that was stood down is the
//! register's alone. Standing down asks for what the room owes, before that is past paying.

use super::debt::{Debt, Owing, excepted, must};
use crate::Verb;
use crate::compliance::awaits_higher_tier;
use crate::log::Incident;
use crate::setup::Setup;

/// The debts of colleagues, in the order of their clauses.
pub(crate) fn asked(incident: &Incident, setup: &Setup) -> Vec<Debt> {
    let mut all = awaited(incident, setup);
    if incident.open_proposal().is_some() {
        let why = "nobody has decided whether it is a major incident";
        let verbs = [Verb::DeclineMajor, Verb::DeclareMajor];
        all.push(excepted(must(Owing::MajorDecision, "§3.6", why, "Decide that first.", &verbs)));
    }
    all.extend(of_the_room(incident));
    all
}

/// What somebody waits for on this very record, whatever becomes of its outage: hands of a higher tier, and an answer
/// about more of them.
pub(crate) fn awaited(incident: &Incident, setup: &Setup) -> Vec<Debt> {
    let mut all = Vec::new();
    if awaits_higher_tier(incident, setup) {
        let why = "it was escalated technically, and no higher tier has taken it up";
        let instead = "Assign it to whoever took it up, of Tier 2 or 3.";
        all.push(excepted(must(Owing::HigherTier, "§3.2", why, instead, &[Verb::Assign])));
    }
    all.extend(resources(incident));
    all
}

/// Whoever needs more hands or means waits for an answer, asked for in words or called for along a path.
fn resources(incident: &Incident) -> Option<Debt> {
    let is_asked = incident.resource_requests().any(|request| request.is_open());
    let is_called = incident.escalating.unanswered().next().is_some();
    let instead = match (is_asked, is_called) {
        (false, false) => return None,
        (true, false) => "Answer it, or take it back, first.",
        (false, true) => "Acknowledge the escalation that called for them first.",
        (true, true) => "Answer it, and acknowledge the escalation that called for more, first.",
    };
    let paying = [(is_asked, Verb::AnswerResourceRequest), (is_called, Verb::AcknowledgeEscalation)];
    let verbs: Vec<_> = paying.into_iter().filter_map(|(is_owed, verb)| is_owed.then_some(verb)).collect();
    let why = "a request for resources has no answer";
    Some(excepted(must(Owing::Resources, "§3.5", why, instead, &verbs)))
}

/// Of a major incident process that runs: what nobody can make up for once it is stood down.
pub(crate) fn of_the_room(incident: &Incident) -> Vec<Debt> {
    let mut all = Vec::new();
    let running = incident.major.as_deref().filter(|major| major.is_running());
    // What a run had that was stood down pays nothing of the one that goes on (decision 215).
    let Some(run) = running.and_then(|major| major.runs(&incident.trail).pop()) else { return all };
    if run.marks.led.is_none() {
        let why = "nobody leads the major incident";
        let instead = "Let an Incident Manager take the lead first.";
        let verbs = [Verb::AssignMajorRole, Verb::AcceptMajorRole];
        all.push(excepted(must(Owing::Lead, "§3.6", why, instead, &verbs)));
    }
    if run.marks.called.is_none() && run.marks.briefed.is_none() {
        let why = "there was no bridge call, and no word to management";
        let instead = "Tell management how it stands, or open a bridge call.";
        let verbs = [Verb::BriefManagement, Verb::OpenBridge];
        all.push(excepted(must(Owing::Coordination, "§3.6", why, instead, &verbs)));
    }
    all
}
