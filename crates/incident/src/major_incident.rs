//! Major incident management (§3.6): the process that Severity 1 opens, and that widespread impact proposes.
//!
//! It holds who leads, who is on the call, what was decided and what was asked for. It never ends an incident
//! and never leaves the record: a process that was stood down stays in the statistics (ruling 9).

mod bridge;
pub(crate) mod duties;
mod post;
mod resource;
mod room;
mod run;
mod task;
mod timeline;
mod widespread;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::log::{Incident, Statement};
use crate::{PersonId, Timestamp};

pub use bridge::{Attendance, BridgeCall, Mark, RollCall};
pub use post::{Handover, MajorRole, Posts, Seat, Warning};
pub use resource::{Reply, ResourceRequest, ResourceState};
pub use room::{Briefing, ConditionReport, Decision, Poll, Standing};
pub(crate) use run::Run;
pub use run::RunMarks;
pub use task::Task;
pub(crate) use timeline::line;
pub use widespread::widespread;

/// The house's numbers for the process (ruling 15). An absent one means that none was set, never that it is
/// kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct MajorRules {
    /// From how many clients on an outage is proposed as major.
    pub clients_min: Option<u32>,
    /// From how many affected services on an outage is proposed as major.
    pub services_min: Option<u32>,
    /// Within how many minutes somebody leads it.
    pub manager_within_minutes: Option<u32>,
    /// How often management hears how it stands, in minutes.
    pub brief_every_minutes: Option<u32>,
    /// How many people one Incident Manager can lead before it is said to be too many.
    pub span_max: Option<u32>,
}

/// Words that an incident is as wide as a major one, until somebody decides (§3.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MajorProposal {
    /// Who said so, when, and why.
    pub said: Statement,
    /// Why it is none after all; open while absent.
    pub declined: Option<Statement>,
}

/// The end of a process, and who answers for the review that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandDown {
    /// Who said so, when, and why.
    pub said: Statement,
    /// Who owns the review (§3.7).
    pub review_owner: PersonId,
    /// When the process was opened again, if it was.
    pub resumed_at: Option<Timestamp>,
    /// What was done since it was opened again.
    #[serde(default)]
    pub again: RunMarks,
}

/// The major incident process, once triggered (§3.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MajorIncident {
    /// Since when.
    pub declared_at: Timestamp,
    /// What triggered it.
    pub because: String,
    /// Who holds which role.
    #[serde(default)]
    pub posts: Posts,
    /// Bridge calls, oldest first.
    #[serde(default)]
    pub bridges: Vec<BridgeCall>,
    /// The latest report of conditions, actions and needs.
    #[serde(default)]
    pub report: Option<ConditionReport>,
    /// How many reports there were.
    #[serde(default)]
    pub reports: u32,
    /// How many facts were established.
    #[serde(default)]
    pub facts: u32,
    /// How many hypotheses were put up.
    #[serde(default)]
    pub hypotheses: u32,
    /// Decisions, oldest first.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// Tasks, oldest first.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// What was asked for, oldest first.
    #[serde(default)]
    pub resources: Vec<ResourceRequest>,
    /// The latest word to management since the process runs, or ran last.
    #[serde(default)]
    pub briefing: Option<Briefing>,
    /// How often management heard how it stands.
    #[serde(default)]
    pub briefings: u32,
    /// How often it ended, oldest first.
    #[serde(default)]
    pub stand_downs: Vec<StandDown>,
}

impl MajorIncident {
    fn declared(because: &str, event: &Event) -> Self {
        Self {
            declared_at: event.at,
            because: because.to_owned(),
            posts: Posts::default(),
            bridges: Vec::new(),
            report: None,
            reports: 0,
            facts: 0,
            hypotheses: 0,
            decisions: Vec::new(),
            tasks: Vec::new(),
            resources: Vec::new(),
            briefing: None,
            briefings: 0,
            stand_downs: Vec::new(),
        }
    }

    /// Whether the process runs: declared and not stood down since.
    pub fn is_running(&self) -> bool {
        self.stand_downs.last().is_none_or(|last| last.resumed_at.is_some())
    }

    /// The call that is open now.
    pub fn open_bridge(&self) -> Option<&BridgeCall> {
        self.bridges.last().filter(|call| call.closed.is_none())
    }

    /// Tasks that are not done.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.done.is_none())
    }

    /// Everybody whom the Incident Manager leads now: the other roles and the owners of open tasks.
    fn led(&self) -> std::collections::BTreeSet<PersonId> {
        let manager = self.posts.holder(MajorRole::IncidentManager);
        let seated = self.posts.seats.iter().map(|seat| seat.person);
        let mut led: std::collections::BTreeSet<_> =
            seated.chain(self.open_tasks().map(|task| task.owner)).collect();
        if let Some(manager) = manager {
            led.remove(&manager);
        }
        led
    }

    /// What is unwise but not forbidden about who does what.
    pub fn warnings(&self, rules: &MajorRules) -> Vec<Warning> {
        let mut all = self.posts.warnings();
        let people = u32::try_from(self.led().len()).unwrap_or(u32::MAX);
        if let Some(max) = rules.span_max.filter(|max| people > *max) {
            all.push(Warning::SpanTooWide { people, max });
        }
        all
    }

    fn take(&mut self, event: &Event) {
        self.posts.take(event);
        bridge::take(&mut self.bridges, event);
        task::take(&mut self.tasks, event);
        resource::take(&mut self.resources, event);
        room::take(self, event);
        match &event.fact {
            Fact::MajorIncidentDeclared { .. } => self.resume(event.at),
            Fact::MajorIncidentStoodDown { reason, review_owner } => self.stand_downs.push(StandDown {
                said: said(event, reason),
                review_owner: *review_owner,
                resumed_at: None,
                again: RunMarks::default(),
            }),
            _ => {}
        }
        if let Some(last) = self.stand_downs.last_mut().filter(|last| last.resumed_at.is_some()) {
            last.again.take(event);
        }
    }

    /// Opened again: whoever led it and worked in it may be gone, and what management heard is of before.
    fn resume(&mut self, at: Timestamp) {
        let Some(last) = self.stand_downs.last_mut().filter(|last| last.resumed_at.is_none()) else { return };
        last.resumed_at = Some(at);
        self.posts = Posts::default();
        self.briefing = None;
    }
}

/// Folds what the process knows of an event.
pub(crate) fn take(incident: &mut Incident, event: &Event) {
    match &event.fact {
        Fact::MajorIncidentDeclared { because } => {
            incident
                .major
                .get_or_insert_with(|| Box::new(MajorIncident::declared(because, event)))
                .take(event);
            incident.major_proposal = None;
        }
        Fact::MajorIncidentProposed { because } => {
            incident.major_proposal = Some(MajorProposal { said: said(event, because), declined: None });
        }
        Fact::MajorIncidentDeclined { reason } => {
            if let Some(proposal) = &mut incident.major_proposal {
                proposal.declined = Some(said(event, reason));
            }
        }
        _ => match &mut incident.major {
            Some(major) => {
                major.take(event);
                resource::follow(&mut incident.resources, event);
            }
            None => resource::take(&mut incident.resources, event),
        },
    }
}

impl Incident {
    /// Everything that was asked for on it, in the process and outside.
    pub fn resource_requests(&self) -> impl Iterator<Item = &ResourceRequest> {
        self.resources.iter().chain(self.major.iter().flat_map(|major| &major.resources))
    }

    /// Whether the major incident process runs now.
    pub fn is_major_running(&self) -> bool {
        self.major.as_deref().is_some_and(MajorIncident::is_running)
    }

    /// The proposal that waits for a decision.
    pub fn open_proposal(&self) -> Option<&MajorProposal> {
        self.major_proposal.as_ref().filter(|proposal| proposal.declined.is_none())
    }
}

/// Words with their stamp.
fn said(event: &Event, text: &str) -> Statement {
    Statement { at: event.at, by: event.actor, text: text.to_owned() }
}
