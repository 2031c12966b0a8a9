//! Conformance debt (§3.1 Closure, §4.1): what this record would fail if it were closed now and a deed can still
//! pay, each item with those deeds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::asked::asked;
use super::attempts_left;
use crate::agreement::ClockKind;
use crate::communication::{Answer, Message, carried, told_of_resolution, told_of_restoration};
use crate::identification::identity::is_unidentified;
use crate::log::{Breach, Incident};
use crate::setup::Setup;
use crate::{Role, Verb, review};

/// What is owed before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "owing", rename_all = "snake_case")]
pub enum Owing {
    /// Nobody knows the client.
    Client,
    /// Category, a confirmed severity, or urgency.
    Prioritisation,
    /// Normal service.
    Restoration,
    /// The final resolution.
    Resolution,
    /// A permanent fix, or its plan, after a workaround.
    PermanentFix,
    /// The review of what was grave or came again.
    Review,
    /// Hands of a higher tier, after an escalation to them.
    HigherTier,
    /// The answer to a request for resources.
    Resources,
    /// The decision whether it is a major incident.
    MajorDecision,
    /// Somebody who leads the major incident.
    Lead,
    /// A bridge call, or a word to management, on the major incident.
    Coordination,
    /// The word to the client that service is back.
    RestorationNotice,
    /// The word to the client that it is resolved.
    ResolutionConfirmation,
    /// The client's validation, or the attempts to get it.
    Validation,
    /// Why a target was not met.
    BreachReason {
        /// Of which clock.
        clock: ClockKind,
    },
    /// A message that waits for approval or is on its way.
    Message,
    /// The statement that the boundary to a data breach was considered.
    Boundary,
}

/// Whether it stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It is paid first, or excepted.
    MustBePaid,
    /// It may be left, and shows.
    MayBeLeft,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Debt {
    /// What.
    pub owing: Owing,
    /// Why it is owed, in a clause that follows "Close:".
    pub why: String,
    /// What to do, in a sentence.
    pub instead: String,
    /// The clause it would fail.
    pub clause: String,
    /// Whether it stands in the way.
    pub weight: Weight,
    /// The deeds that pay it, in order.
    pub paid_by: Vec<Verb>,
    /// Who may grant an exception; nobody where it is empty.
    pub exception_by: Vec<Role>,
}

impl Debt {
    /// The demand that it would fail, by its number in the register; the paragraph where no exception opens the
    /// way.
    pub(crate) fn demand(&self) -> &str {
        match self.owing {
            Owing::Restoration => "§3.1/8",
            Owing::Resolution => "§3.1/10",
            Owing::PermanentFix => "§3.1/11",
            Owing::RestorationNotice => "§3.4/4",
            Owing::ResolutionConfirmation => "§3.4/5",
            Owing::Review => "§3.7/1",
            Owing::HigherTier => "§3.2/1",
            Owing::Resources => "§3.5/2",
            Owing::MajorDecision => "§3.6/2",
            Owing::Lead => "§3.6/3",
            Owing::Coordination => "§3.6/4",
            Owing::Client
            | Owing::Prioritisation
            | Owing::Validation
            | Owing::BreachReason { .. }
            | Owing::Message
            | Owing::Boundary => &self.clause,
        }
    }
}

/// Everything the record would fail if it were closed now and that can still be paid, in the order in which it is
/// paid.
pub fn debt(incident: &Incident, setup: &Setup) -> Vec<Debt> {
    let mut all = Vec::new();
    all.extend(of_the_entry(incident, setup));
    all.extend(of_the_work(incident));
    all.extend(asked(incident, setup));
    all.extend(of_the_breaches(incident));
    all.extend(of_the_client(incident, setup));
    all
}

fn of_the_entry(incident: &Incident, setup: &Setup) -> Vec<Debt> {
    let mut all = Vec::new();
    if is_unidentified(incident, setup) {
        let why = "nobody knows the client";
        all.push(must(Owing::Client, "§3.1", why, "Identify the client first.", &[Verb::IdentifyClient]));
    }
    let missing = incident.unsettled();
    if !missing.is_empty() {
        let (why, instead) =
            ("it is not categorised and prioritised", "Set category, severity and urgency first.");
        all.push(must(Owing::Prioritisation, "§3.1", why, instead, &missing));
    }
    if incident.identity.breach_considered_at.is_none() {
        all.push(Debt {
            weight: Weight::MayBeLeft,
            ..must(
                Owing::Boundary,
                "§2",
                "nobody stated that the boundary to a data breach was considered",
                "State it; a suspicion itself belongs elsewhere.",
                &[Verb::ConsiderBreach],
            )
        });
    }
    all
}

fn of_the_work(incident: &Incident) -> Vec<Debt> {
    let mut all = Vec::new();
    if incident.restored.is_none() {
        let (why, instead) = ("normal service is not restored", "Record restoration first.");
        all.push(excepted(must(Owing::Restoration, "§3.1", why, instead, &[Verb::RestoreService])));
    }
    if incident.resolved.is_none() {
        let (why, instead) = ("it is not resolved", "Resolve it with its final resolution first.");
        let mut verbs = vec![Verb::Resolve];
        if incident.steps == 0 {
            verbs.insert(0, Verb::RecordResolutionStep);
        }
        all.push(excepted(must(Owing::Resolution, "§3.1", why, instead, &verbs)));
    }
    if incident.closing.is_fix_outstanding(incident) {
        let why = "only a workaround is in place";
        let instead = "Record the step that repairs it, or plan the permanent fix with an owner and a date.";
        let verbs = [Verb::PlanPermanentFix, Verb::RecordResolutionStep];
        all.push(excepted(must(Owing::PermanentFix, "§3.1", why, instead, &verbs)));
    }
    if review::is_missing(incident) {
        let (why, instead) = ("its review is not arranged", "Open the review with an owner first.");
        all.push(excepted(must(Owing::Review, "§3.7", why, instead, &[Verb::OpenReview])));
    }
    all
}

fn of_the_breaches(incident: &Incident) -> Vec<Debt> {
    let one = |breach: &Breach| {
        let clock = breach.clock;
        let why = format!("nobody said why the {} target was not met", clock.name().to_lowercase());
        let instead = "Give the reason first.";
        must(Owing::BreachReason { clock }, "§3.3", &why, instead, &[Verb::ExplainBreach])
    };
    incident.closing.unexplained(incident).into_iter().map(one).collect()
}

fn of_the_client(incident: &Incident, setup: &Setup) -> Vec<Debt> {
    let mut all: Vec<Debt> = disputed(incident).into_iter().collect();
    if incident.restored.is_some() && !told_of_restoration(incident) {
        let why = "the client was not told that service is back";
        let instead =
            "Tell the client or ask for confirmation first; told is what was delivered or answered.";
        let verbs = [Verb::ConfirmRestoration, Verb::TellClient];
        all.push(excepted(must(Owing::RestorationNotice, "§3.4", why, instead, &verbs)));
    }
    if incident.resolved.is_some() && incident.restored.is_some() && !told_of_resolution(incident) {
        let why = "the client was not told that it is resolved";
        let instead = "Confirm the resolution to the client first; told is what was delivered or answered.";
        let verbs = [Verb::TellClient];
        all.push(excepted(must(Owing::ResolutionConfirmation, "§3.4", why, instead, &verbs)));
    }
    all.extend(validation_owed(incident, setup));
    let waits = incident.communication.messages.iter().any(Message::waits_for_approval);
    if waits || carried(incident).next().is_some() {
        let why = "a message waits for approval or is on its way";
        let verbs = [Verb::ApproveMessage, Verb::ReturnMessage, Verb::RecordDelivery];
        let owing = must(Owing::Message, "§3.4", why, "Settle what becomes of it.", &verbs);
        all.push(Debt { weight: Weight::MayBeLeft, ..owing });
    }
    all
}

/// Whoever says that service is not back is heard before anything else.
fn disputed(incident: &Incident) -> Option<Debt> {
    let why = "the client says that service is not back";
    let instead = "Reopen it, or confirm restoration with the client again.";
    let verbs = [Verb::Reopen, Verb::ConfirmRestoration];
    let is_disputed = incident.confirmation.as_ref().is_some_and(|said| said.answer == Answer::Disputed);
    is_disputed.then(|| must(Owing::Validation, "§3.4", why, instead, &verbs))
}

fn validation_owed(incident: &Incident, setup: &Setup) -> Option<Debt> {
    let ask = [Verb::ConfirmRestoration];
    match incident.confirmation.as_ref().map(|said| said.answer) {
        Some(Answer::Confirmed | Answer::Disputed) => None,
        Some(Answer::NoAnswer) => match attempts_left(incident, setup) {
            0 => None,
            left => {
                let why = format!("the client has not answered; {left} more attempts are asked for");
                Some(must(Owing::Validation, "§3.1", &why, "Ask the client again first.", &ask))
            }
        },
        // The policy wishes for validation; it may be left with a reason, and shows as not asked.
        None => {
            let why = "the client has not been asked to confirm restoration";
            let instead = "Ask, or give the reason for not asking.";
            Some(Debt { weight: Weight::MayBeLeft, ..must(Owing::Validation, "§3.1", why, instead, &ask) })
        }
    }
}

pub(super) fn must(owing: Owing, clause: &str, why: &str, instead: &str, paid_by: &[Verb]) -> Debt {
    Debt {
        owing,
        why: why.to_owned(),
        instead: instead.to_owned(),
        clause: clause.to_owned(),
        weight: Weight::MustBePaid,
        paid_by: paid_by.to_vec(),
        exception_by: Vec::new(),
    }
}

pub(super) fn excepted(debt: Debt) -> Debt {
    Debt { exception_by: vec![Role::Supervisor], ..debt }
}
