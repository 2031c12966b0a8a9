//! One review of a sample of records (§4.1).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::audience::Audience;
use crate::event::{Event, Fact, Subject};
use crate::log::Statement;
use crate::obligation::{Duty, Obligation, Owner};
use crate::oversight::RiskWeights;
use crate::records::Record;
use crate::setup::Setup;
use crate::{AuditId, ClientId, FindingId, IncidentId, PersonId, Role, Severity, Span, Timestamp, Verb};

/// What was drawn from, and how: enough to draw it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Records logged in this period.
    pub period: Span,
    /// Of this client alone.
    pub client: Option<ClientId>,
    /// The seed.
    pub seed: u32,
    /// How many are looked at.
    pub count: u32,
    /// The weights used; none where every record had the same chance.
    pub weights: Option<RiskWeights>,
    /// Who looks at them.
    pub reviewer: PersonId,
    /// The records there were, in the order in which they were drawn.
    pub order: Vec<IncidentId>,
    /// Records left out because the reviewer handled them.
    pub handled: Vec<IncidentId>,
}

/// One record that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Drawn {
    /// The record.
    pub incident: IncidentId,
    /// Whether the reviewer has looked at it.
    pub is_seen: bool,
}

/// A drawn record that another one took the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Replacement {
    /// What was drawn.
    pub out: IncidentId,
    /// What is looked at instead: the next of the draw.
    pub instead: IncidentId,
    /// Why, by whom, when.
    pub said: Statement,
}

/// A drawn record that went out when the draw had no further one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reduction {
    /// What was drawn.
    pub out: IncidentId,
    /// Why, by whom, when.
    pub said: Statement,
}

/// What the reviewer found in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// The finding.
    pub id: FindingId,
    /// In which record.
    pub incident: IncidentId,
    /// The clause it is about.
    pub clause: String,
    /// What was found.
    pub said: Statement,
    /// What those who handled it say.
    pub reply: Option<Statement>,
    /// How it ended.
    pub closed: Option<Statement>,
}

/// What whoever reviewed the records says of the desk as a whole (§4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// What the figures of service levels say.
    pub figures: String,
    /// How the process itself does, and what is to change in it.
    pub process: String,
}

/// A sample of records under review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Audit {
    /// The audit.
    pub id: AuditId,
    /// What was drawn from, and how.
    pub plan: Plan,
    /// Who reviews it since, where that is somebody else.
    pub successor: Option<PersonId>,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// Who had it drawn.
    pub drawn_by: PersonId,
    /// The records that are looked at.
    pub drawn: Vec<Drawn>,
    /// Those that were replaced, and why.
    pub replacements: Vec<Replacement>,
    /// Those that nothing was left to replace, and why.
    #[serde(default)]
    pub reductions: Vec<Reduction>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// How it ended.
    pub closed: Option<Statement>,
    /// What was said of figures and process at its end; none from before that was asked.
    pub analysis: Option<Analysis>,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl Audit {
    /// Who may see a sample of the records of one client, or of all.
    pub(crate) fn audience_of(client: Option<ClientId>) -> Audience {
        client.map_or(Audience::EveryClient, Audience::Client)
    }

    /// Who looks at the records: whoever was named at the draw, or took it over since.
    pub fn reviewer(&self) -> PersonId {
        self.successor.unwrap_or(self.plan.reviewer)
    }

    /// The next record of the draw that neither is looked at nor went out.
    pub fn next(&self) -> Option<IncidentId> {
        let is_used = |id: &IncidentId| {
            self.drawn.iter().any(|drawn| drawn.incident == *id)
                || self.replacements.iter().any(|replaced| replaced.out == *id)
                || self.reductions.iter().any(|reduced| reduced.out == *id)
        };
        self.plan.order.iter().find(|id| !is_used(id)).copied()
    }

    /// The finding of an id.
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// Records nobody has looked at.
    pub fn unseen(&self) -> usize {
        self.drawn.iter().filter(|drawn| !drawn.is_seen).count()
    }

    /// Findings that are not closed.
    pub fn unsettled(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.closed.is_none())
    }

    fn replace(&mut self, out: IncidentId, instead: IncidentId, said: Statement) {
        for drawn in self.drawn.iter_mut().filter(|drawn| drawn.incident == out) {
            *drawn = Drawn { incident: instead, is_seen: false };
        }
        self.replacements.push(Replacement { out, instead, said });
    }

    fn reduce(&mut self, out: IncidentId, said: Statement) {
        self.drawn.retain(|drawn| drawn.incident != out);
        self.reductions.push(Reduction { out, said });
    }

    fn see(&mut self, incident: IncidentId) {
        self.drawn
            .iter_mut()
            .filter(|drawn| drawn.incident == incident)
            .for_each(|drawn| drawn.is_seen = true);
    }

    fn with(&mut self, id: FindingId, change: impl FnOnce(&mut Finding)) {
        if let Some(finding) = self.findings.iter_mut().find(|finding| finding.id == id) {
            change(finding);
        }
    }
}

impl Record for Audit {
    type Id = AuditId;

    fn begin(id: AuditId, event: &Event) -> Option<Self> {
        let Fact::SampleDrawn { plan } = &event.fact else { return None };
        let count = usize::try_from(plan.count).unwrap_or(usize::MAX);
        let first = plan.order.iter().take(count);
        Some(Self {
            id,
            drawn: first.map(|incident| Drawn { incident: *incident, is_seen: false }).collect(),
            plan: plan.clone(),
            successor: None,
            drawn_at: event.at,
            drawn_by: event.actor,
            replacements: Vec::new(),
            reductions: Vec::new(),
            findings: Vec::new(),
            closed: None,
            analysis: None,
            changed_at: event.at,
        })
    }

    fn take(&mut self, event: &Event) {
        let said = |text: &str| Statement { at: event.at, by: event.actor, text: text.to_owned() };
        match &event.fact {
            Fact::SampleReplaced { out, instead, reason } => self.replace(*out, *instead, said(reason)),
            Fact::SampleReduced { out, reason, .. } => self.reduce(*out, said(reason)),
            Fact::ReviewerChanged { reviewer, .. } => self.successor = Some(*reviewer),
            Fact::RecordReviewed { incident, .. } => self.see(*incident),
            Fact::FindingReported { finding, incident, clause, text } => {
                self.see(*incident);
                self.findings.push(Finding {
                    id: *finding,
                    incident: *incident,
                    clause: clause.clone(),
                    said: said(text),
                    reply: None,
                    closed: None,
                });
            }
            Fact::FindingAnswered { finding, text } => self.with(*finding, |f| f.reply = Some(said(text))),
            Fact::FindingClosed { finding, text } => self.with(*finding, |f| f.closed = Some(said(text))),
            Fact::AuditClosed { text, analysis } => {
                self.closed = Some(said(text));
                self.analysis.clone_from(analysis);
            }
            _ => return,
        }
        self.changed_at = event.at;
    }

    fn audience(&self) -> Audience {
        Self::audience_of(self.plan.client)
    }

    fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    /// Who may close a finding hangs on who had a hand in its record.
    fn kin(&self) -> Vec<Subject> {
        self.unsettled().map(|finding| Subject::Incident(finding.incident)).collect()
    }

    /// The reviewer owes it, and management once they have left or may not see it; an answer is for those who handled
    /// the record.
    fn duties(&self, setup: &Setup, _: Timestamp) -> Vec<Obligation> {
        if !self.is_open() {
            return Vec::new();
        }
        let reviewer = self.audience().answerable(setup, self.reviewer());
        let unanswered = self.unsettled().any(|finding| finding.reply.is_none());
        let (owner, why, verbs) = if self.unseen() > 0 {
            let why = format!("{} records of the sample are to be looked at.", self.unseen());
            (reviewer, why, vec![Verb::ReviewRecord, Verb::ReportFinding, Verb::ReplaceSample])
        } else if unanswered {
            (None, "A finding waits for an answer.".to_owned(), vec![Verb::AnswerFinding])
        } else if self.unsettled().next().is_some() {
            (reviewer, "A finding is answered: close it.".to_owned(), vec![Verb::CloseFinding])
        } else {
            (reviewer, "Every finding is closed: close the audit.".to_owned(), vec![Verb::CloseAudit])
        };
        vec![Obligation {
            subject: Subject::Audit(self.id),
            duty: Duty::FinishReview,
            owner: Owner { person: owner, role: Role::Supervisor },
            due: None,
            attention: None,
            clock: None,
            paused: false,
            severity: Severity::Four,
            clause: "§4.1".into(),
            why,
            fulfilled_by: verbs,
        }]
    }
}
