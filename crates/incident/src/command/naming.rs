//! Whom a deed may name (§3.2): the guards of the verbs, asked of everybody before a form is filled in.
//!
//! It holds no rule. Each place asks the function by which its verb refuses a person, so that whoever is listed is
//! accepted, and nobody else (decision 227). What else a deed needs, such as its words, is not asked here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Situation, add_action, add_member, answer_resource_request, assign, assign_major_role, change_reviewer,
    delegate_approval, draw_sample, escalate, give_task, mark_attendance, open_review, propose_violation,
    remove_member, reopen_action,
};
use crate::escalation::EscalationPath;
use crate::event::Subject;
use crate::major_incident::{MajorRole, Mark};
use crate::records::Records;
use crate::refusal::Refusal;
use crate::role::Actor;
use crate::{
    ActionId, AuditId, ClientId, IncidentId, PersonId, ResourceRequestId, ReviewId, SuspicionId, Timestamp,
};

/// A place in a deed where somebody is named, with what else the answer hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "naming", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "fields are named after what they carry")]
pub enum Naming {
    /// Who gets an incident.
    Assignee { incident: IncidentId },
    /// To whom it is escalated.
    EscalatedTo { incident: IncidentId, path: EscalationPath },
    /// Who takes a role of a major incident.
    RoleHolder { incident: IncidentId, role: MajorRole },
    /// Who joined the bridge call, or left it.
    Attendee { incident: IncidentId, mark: Mark },
    /// Whoever works for its client: who gets a task, owns a fix, is asked for, or may know of a suspicion.
    Colleague { incident: IncidentId },
    /// Who covers the work that somebody leaves behind.
    Cover { incident: IncidentId, request: ResourceRequestId },
    /// Who writes its review, or asks where it is late; `beside` is named for the other part.
    Convened { incident: IncidentId, incidents: Vec<IncidentId>, beside: Option<PersonId> },
    /// Who owns an action of a review: a new one where none is named.
    ActionOwner { review: ReviewId, action: Option<ActionId> },
    /// Who looks at a sample of the records of a client, or of all.
    Reviewer { client: Option<ClientId> },
    /// Who looks at it from now on.
    NextReviewer { audit: AuditId },
    /// Who is to know of a suspicion too.
    NewMember { suspicion: SuspicionId },
    /// Who is to know no more of it.
    Member { suspicion: SuspicionId },
    /// Who decides on exceptions in somebody's place.
    Delegate,
    /// Whose a violation would be.
    Answerable,
}

/// Everybody whom this actor may name there.
pub fn nameable(records: &Records, actor: &Actor, now: Timestamp, naming: &Naming) -> Vec<PersonId> {
    let s = Situation { records, actor, now };
    let people = records.setup.people.keys().copied();
    people.filter(|person| naming.accepts(&s, *person).is_ok()).collect()
}

impl Naming {
    /// The records that the answer is read from: load these before asking.
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::Assignee { incident }
            | Self::EscalatedTo { incident, .. }
            | Self::RoleHolder { incident, .. }
            | Self::Attendee { incident, .. }
            | Self::Colleague { incident }
            | Self::Cover { incident, .. } => vec![Subject::Incident(*incident)],
            Self::Convened { incident, incidents, .. } => {
                let others = incidents.iter().copied().map(Subject::Incident);
                std::iter::once(Subject::Incident(*incident)).chain(others).collect()
            }
            Self::ActionOwner { review, .. } => vec![Subject::Review(*review)],
            Self::NextReviewer { audit } => vec![Subject::Audit(*audit)],
            Self::NewMember { suspicion } | Self::Member { suspicion } => {
                vec![Subject::Suspicion(*suspicion)]
            }
            Self::Reviewer { .. } | Self::Delegate | Self::Answerable => Vec::new(),
        }
    }

    /// The guard of the verb.
    fn accepts(&self, s: &Situation<'_>, person: PersonId) -> Result<(), Refusal> {
        match self {
            Self::Assignee { incident } => assign::assignee(s, s.incident(&assign::RULE, *incident)?, person),
            Self::EscalatedTo { incident, path } => {
                escalate::escalated_to(s, s.incident(&escalate::RULE, *incident)?, *path, person)
            }
            Self::RoleHolder { incident, role } => {
                let incident = s.incident(&assign_major_role::RULE, *incident)?;
                assign_major_role::holder(s, incident, *role, person)
            }
            Self::Attendee { incident, mark } => {
                let incident = s.incident(&mark_attendance::RULE, *incident)?;
                mark_attendance::marked(s, incident, *mark, person)
            }
            Self::Colleague { incident } => {
                let rule = &give_task::RULE;
                s.colleague(rule, s.incident(rule, *incident)?, person, "person").map(|_| ())
            }
            Self::Cover { incident, request } => {
                let incident = s.incident(&answer_resource_request::RULE, *incident)?;
                answer_resource_request::cover(s, incident, *request, person)
            }
            Self::Convened { incident, incidents, beside } => {
                let incident = s.incident(&open_review::RULE, *incident)?;
                open_review::convened(s, incident, incidents, (person, *beside))
            }
            Self::ActionOwner { review, action: None } => {
                add_action::owner(s, s.review(&add_action::RULE, *review)?, person)
            }
            Self::ActionOwner { review, action: Some(action) } => {
                let review = s.review(&reopen_action::RULE, *review)?;
                let action = s.found(&reopen_action::RULE, review.action(*action), "action")?;
                reopen_action::owner(s, review, action, person)
            }
            Self::Reviewer { client } => draw_sample::reviewer(s, *client, person),
            Self::NextReviewer { audit } => {
                change_reviewer::reviewer(s, s.audit(&change_reviewer::RULE, *audit)?, person)
            }
            Self::NewMember { suspicion } => {
                add_member::member(s, s.suspicion(&add_member::RULE, *suspicion)?, person)
            }
            Self::Member { suspicion } => {
                remove_member::member(s, s.suspicion(&remove_member::RULE, *suspicion)?, person)
            }
            Self::Delegate => delegate_approval::delegate(s, person),
            Self::Answerable => propose_violation::person(s, person),
        }
    }
}
