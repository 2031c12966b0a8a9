//! The violations ledger (§4.3).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::audience::Audience;
use crate::clock::Attention;
use crate::event::{Event, Fact, Subject};
use crate::log::Statement;
use crate::obligation::{Duty, Obligation, Owner};
use crate::records::Record;
use crate::setup::Setup;
use crate::{EntryId, IncidentId, PersonId, Role, Severity, Timestamp, Verb, ViolationId};

/// How grave a confirmed violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grading {
    /// A slip.
    Slip,
    /// One of several within the days that are set.
    Repeated,
    /// The person knew, or had to know.
    Negligent,
}

/// What else explains it; shown beside the decision, whatever that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Excuse {
    /// Too few people were there.
    Staffing,
    /// Somebody entitled to it had said so.
    Instruction,
    /// Systems did not allow it.
    Tools,
}

/// What the record seems to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Whose it would be.
    pub person: PersonId,
    /// The clause.
    pub clause: String,
    /// The outage it belongs to.
    pub outage: IncidentId,
    /// The records that show it.
    pub incidents: Vec<IncidentId>,
    /// The lines of the log that show it.
    pub evidence: Vec<EntryId>,
    /// What they show.
    pub text: String,
    /// Until when the person may reply before it is decided; none where no number is set.
    pub reply_by: Option<Timestamp>,
    /// Who may see it: the person, and management then.
    pub seen_by: BTreeSet<PersonId>,
}

/// What the person says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ViolationReply")]
pub struct Reply {
    /// The words.
    pub said: Statement,
    /// What else explains it.
    pub excuse: Option<Excuse>,
}

/// What management decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Judgement {
    /// It was none.
    Dismissed,
    /// It was one.
    Confirmed {
        /// How grave.
        grading: Grading,
    },
}

/// A violation, as proposed and as decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Violation {
    /// The violation.
    pub id: ViolationId,
    /// What was proposed.
    pub proposal: Proposal,
    /// Who proposed it; the server, where the register found it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: Timestamp,
    /// What the person says.
    pub reply: Option<Reply>,
    /// What was decided.
    pub judgement: Option<Judgement>,
    /// By whom, when and why.
    pub decided: Option<Statement>,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Violation {
    /// When it was confirmed, if it was.
    pub fn confirmed_at(&self) -> Option<Timestamp> {
        match self.judgement.as_ref()? {
            Judgement::Confirmed { .. } => self.decided.as_ref().map(|decided| decided.at),
            Judgement::Dismissed => None,
        }
    }

    /// Until when the person may reply. Where no number was set when it was proposed, the time runs from the day from
    /// which one counts.
    pub fn reply_by(&self, setup: &Setup) -> Option<Timestamp> {
        self.proposal.reply_by.or_else(|| {
            let later = setup.oversight.values().filter(|version| self.proposed_at < version.effective_from);
            let numbered = later.filter(|version| version.enforcement.reply_within.is_some());
            let first = numbered.min_by_key(|version| (version.effective_from, version.version))?;
            first.enforcement.reply_within.as_ref()?.due(setup, first.effective_from, &[])
        })
    }

    /// Whether the person has been heard, or has let the time pass.
    pub fn is_heard(&self, setup: &Setup, now: Timestamp) -> bool {
        self.reply.is_some() || self.reply_by(setup).is_some_and(|due| due <= now)
    }
}

impl Record for Violation {
    type Id = ViolationId;

    fn begin(id: ViolationId, event: &Event) -> Option<Self> {
        let Fact::ViolationProposed { proposal } = &event.fact else { return None };
        Some(Self {
            id,
            proposal: proposal.clone(),
            proposed_by: event.actor,
            proposed_at: event.at,
            reply: None,
            judgement: None,
            decided: None,
            changed_at: event.at,
        })
    }

    fn take(&mut self, event: &Event) {
        let said = |text: &str| Statement { at: event.at, by: event.actor, text: text.to_owned() };
        match &event.fact {
            Fact::ViolationAnswered { text, excuse } => {
                self.reply = Some(Reply { said: said(text), excuse: *excuse });
            }
            Fact::ViolationDecided { judgement, reason } => {
                self.judgement = Some(judgement.clone());
                self.decided = Some(said(reason));
            }
            _ => return,
        }
        self.changed_at = event.at;
    }

    fn audience(&self) -> Audience {
        Audience::Only(self.proposal.seen_by.clone())
    }

    fn is_open(&self) -> bool {
        self.judgement.is_none()
    }

    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    /// What it tells of may be merged into another record, or linked to it, before it is decided.
    fn kin(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.proposal.outage)]
    }

    fn duties(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        if !self.is_open() {
            return Vec::new();
        }
        let due = self.reply_by(setup);
        let (owner, due, why, verb) = if self.is_heard(setup, now) {
            let owner = Owner { person: None, role: Role::Supervisor };
            (owner, None, "The person has been heard: management decides.", Verb::DecideViolation)
        } else {
            let owner = Owner { person: Some(self.proposal.person), role: Role::Personnel };
            (owner, due, "You may say how it was before anybody decides.", Verb::AnswerViolation)
        };
        vec![Obligation {
            subject: Subject::Violation(self.id),
            duty: Duty::FinishReview,
            owner,
            due,
            attention: due.map(|due| Attention::between(self.proposed_at, due)),
            clock: None,
            paused: false,
            severity: Severity::Four,
            clause: "§4.3".into(),
            why: why.into(),
            fulfilled_by: vec![verb],
        }]
    }
}
