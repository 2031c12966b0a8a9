//! One case of the script: an incident told verb by verb. Each verb moves the case's own time a little on;
//! [`Case::ago`] sets it.

use std::collections::BTreeSet;

use incident::agreement::PauseReason;
use incident::command::{
    AcceptAssignment, AcceptSignal, AddNote, ApplyWorkaround, Assess, Assign, AssignMajorRole, Cancel,
    Categorise, Close, ConfirmRestoration, Escalate, LogIncident, MergeSignal, OpenBridge, OpenReview,
    PauseClock, RecordDelivery, RecordDiagnosis, RecordResolutionStep, Reopen, Resolve, RestoreService,
    ResumeClock, SetSeverity, SetUrgency, TellClient,
};
use incident::communication::{Answer, Channel, MessageKind, Outcome};
use incident::escalation::EscalationPath;
use incident::identification::Source;
use incident::log::LogEntry;
use incident::major_incident::MajorRole;
use incident::setup::CategoryCode;
use incident::{
    Command, Impact, IncidentId, MINUTE, MessageId, PersonId, Severity, SignalId, Timestamp, Urgency,
};

use super::cast::Who;
use super::clients::Firm;
use super::script::{Script, named};

/// The incident that its summary names.
pub(super) fn incident_id(summary: &str) -> IncidentId {
    IncidentId(named("incident", summary))
}

/// A case before it is logged.
pub(super) struct Draft<'a> {
    script: &'a mut Script,
    firm: Firm,
    summary: &'static str,
    entry: LogEntry,
}

impl<'a> Draft<'a> {
    pub(super) fn new(script: &'a mut Script, firm: Firm, service: &str, summary: &'static str) -> Self {
        let entry = LogEntry {
            client: firm.id(),
            services: vec![firm.service(service)],
            summary: summary.into(),
            symptoms: String::new(),
            reporter: String::new(),
            reported_at: script.ago(0),
            source: Source::Monitoring,
            impact: Impact::SomeUsers,
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        };
        Self { script, firm, summary, entry }
    }

    /// A second service hit by the same fault.
    pub(super) fn and(mut self, service: &str) -> Self {
        self.entry.services.push(self.firm.service(service));
        self
    }

    /// Who reported it and how, and what was seen.
    pub(super) fn told(
        mut self,
        source: Source,
        reporter: &'static str,
        impact: Impact,
        symptoms: &str,
    ) -> Self {
        self.entry.source = source;
        self.entry.reporter = reporter.into();
        self.entry.impact = impact;
        self.entry.symptoms = symptoms.into();
        self
    }

    /// Logged so many minutes before the first look.
    pub(super) fn logged(self, minutes_ago: i64) -> Case<'a> {
        let (case, entry) = self.opened(minutes_ago);
        let incident = case.incident;
        let logger = case.desk;
        case.deed(logger, Command::LogIncident(LogIncident { incident, entry }))
    }

    /// The same, from a signal in triage.
    pub(super) fn accepted(self, minutes_ago: i64, signal: SignalId) -> Case<'a> {
        let (case, entry) = self.opened(minutes_ago);
        let incident = case.incident;
        let logger = case.desk;
        case.deed(logger, Command::AcceptSignal(AcceptSignal { signal, incident, entry }))
    }

    fn opened(mut self, minutes_ago: i64) -> (Case<'a>, LogEntry) {
        let incident = incident_id(self.summary);
        let chance = incident.0.as_bytes();
        let at = self.script.ago(minutes_ago);
        let waited = 1 + i64::from(chance[1] % 4);
        self.entry.reported_at = at.plus_millis(-waited * MINUTE);
        let severity = self.entry.impact.provisional_severity();
        let desk = if chance[0].is_multiple_of(2) { Who::Ines } else { Who::Sam };
        let case = Case {
            script: self.script,
            incident,
            firm: self.firm,
            at,
            desk,
            hands: desk,
            severity,
            peak: severity,
            urgency: None,
            deeds: 0,
        };
        (case, self.entry)
    }
}

/// A case on the record.
pub(super) struct Case<'a> {
    script: &'a mut Script,
    incident: IncidentId,
    firm: Firm,
    /// When the next deed happens.
    at: Timestamp,
    /// Who logged it.
    desk: Who,
    /// Who works on it.
    hands: Who,
    severity: Severity,
    peak: Severity,
    urgency: Option<Urgency>,
    deeds: u8,
}

impl Case<'_> {
    /// What follows happens so many minutes before the first look.
    pub(super) const fn ago(mut self, minutes: i64) -> Self {
        self.at = self.script.ago(minutes);
        self
    }

    /// Category, severity and urgency (§3.1).
    pub(super) fn ranked(self, category: &str, severity: Severity, urgency: Urgency, why: &str) -> Self {
        self.categorised(category).severity(severity, why).urgency(urgency)
    }

    pub(super) fn categorised(self, category: &str) -> Self {
        let (incident, category, who) = (self.incident, CategoryCode(category.into()), self.hands);
        self.later(1).deed(who, Command::Categorise(Categorise { incident, category }))
    }

    pub(super) fn severity(self, severity: Severity, why: &str) -> Self {
        let who = self.hands;
        self.severity_by(who, severity, why)
    }

    pub(super) fn severity_by(self, who: Who, severity: Severity, why: &str) -> Self {
        let (incident, from) = (self.incident, self.severity);
        let set = SetSeverity { incident, from, severity, reason: why.into() };
        let mut case = self.later(0).deed(who, Command::SetSeverity(set));
        case.severity = severity;
        case.peak = case.peak.min(severity);
        case
    }

    pub(super) fn urgency(self, urgency: Urgency) -> Self {
        let (incident, from, who) = (self.incident, self.urgency, self.hands);
        let mut case = self.later(0).deed(who, Command::SetUrgency(SetUrgency { incident, from, urgency }));
        case.urgency = Some(urgency);
        case
    }

    pub(super) fn assessed(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.desk);
        self.later(3).deed(who, Command::Assess(Assess { incident, text: text.into() }))
    }

    /// Given to somebody who has not taken it yet.
    pub(super) fn offered(self, to: Who) -> Self {
        let (incident, who) = (self.incident, self.desk);
        let from = (self.hands != self.desk).then(|| self.hands.id());
        let mut case = self.later(1).deed(who, Command::Assign(Assign { incident, from, to: to.id() }));
        case.hands = to;
        case
    }

    /// Given to somebody who took it.
    pub(super) fn given(self, to: Who) -> Self {
        let incident = self.incident;
        self.offered(to).later(2).deed(to, Command::AcceptAssignment(AcceptAssignment { incident }))
    }

    pub(super) fn note(self, who: Who, text: &str) -> Self {
        let incident = self.incident;
        self.later(4).deed(who, Command::AddNote(AddNote { incident, text: text.into() }))
    }

    pub(super) fn diagnosed(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        self.later(9).deed(who, Command::RecordDiagnosis(RecordDiagnosis { incident, text: text.into() }))
    }

    pub(super) fn worked_around(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        self.later(7).deed(who, Command::ApplyWorkaround(ApplyWorkaround { incident, text: text.into() }))
    }

    pub(super) fn step(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        let step = RecordResolutionStep { incident, text: text.into() };
        self.later(8).deed(who, Command::RecordResolutionStep(step))
    }

    pub(super) fn restored(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        self.later(5).deed(who, Command::RestoreService(RestoreService { incident, text: text.into() }))
    }

    pub(super) fn fixed(self, text: &str, cause: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        let resolve = Resolve { incident, text: text.into(), cause: cause.into() };
        self.later(3).deed(who, Command::Resolve(resolve))
    }

    pub(super) fn asked(self, channel: Channel, contact: &str, answer: Answer, text: &str) -> Self {
        let (incident, who) = (self.incident, self.firm.liaison());
        let (contact, text) = (contact.into(), text.into());
        let confirm = ConfirmRestoration { incident, channel, contact, answer, text };
        self.later(6).deed(who, Command::ConfirmRestoration(confirm))
    }

    /// The whole end of an ordinary case: asked by phone, confirmed, closed.
    pub(super) fn done(self, contact: &str, said: &str) -> Self {
        self.asked(Channel::Phone, contact, Answer::Confirmed, said)
            .closed("Confirmed; nothing is left to do.")
    }

    /// Closed with the client's word.
    pub(super) fn closed(self, text: &str) -> Self {
        self.ended(text, None)
    }

    /// Closed without it, and why; the client was told all the same.
    pub(super) fn closed_unanswered(self, text: &str, why: &str) -> Self {
        self.told_of_the_end(text).ended(text, Some(why.into()))
    }

    fn told_of_the_end(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.desk);
        let message = MessageId(named("message", &incident.to_string()));
        let tell = TellClient {
            incident,
            message,
            kind: MessageKind::ResolutionConfirmation,
            channel: Channel::Portal,
            contact: "Portal".into(),
            text: text.into(),
            template: None,
            next_update_at: None,
            topics: BTreeSet::new(),
            correction_of: None,
            outcome: None,
        };
        let arrived = RecordDelivery {
            incident,
            message,
            outcome: Outcome::Delivered,
            text: "Shown in the portal".into(),
        };
        let told = self.later(2).deed(who, Command::TellClient(tell));
        told.later(1).deed(who, Command::RecordDelivery(arrived))
    }

    fn ended(self, text: &str, unconfirmed_reason: Option<String>) -> Self {
        let (incident, who) = (self.incident, self.closer());
        let close = Close { incident, text: text.into(), unconfirmed_reason };
        self.later(4).deed(who, Command::Close(close))
    }

    /// The Incident Manager leads it, and opens a bridge call (§3.6).
    pub(super) fn led(self, line: &str) -> Self {
        let (incident, to) = (self.incident, Who::Mora.id());
        let lead = AssignMajorRole { incident, role: MajorRole::IncidentManager, to, in_place_of: None };
        let call = OpenBridge { incident, line: line.into() };
        let led = self.later(1).deed(Who::Mora, Command::AssignMajorRole(lead));
        led.later(1).deed(Who::Mora, Command::OpenBridge(call))
    }

    /// Its review is opened, as a closed major incident has one (§3.7).
    pub(super) fn review_opened(self) -> Self {
        let (incident, owner, manager) = (self.incident, Who::Mora.id(), Who::Vance.id());
        let open = OpenReview { incident, incidents: Vec::new(), owner, manager };
        self.later(3).deed(Who::Mora, Command::OpenReview(open))
    }

    pub(super) fn reopened(self, reason: &str) -> Self {
        let (incident, who) = (self.incident, self.desk);
        self.later(5).deed(who, Command::Reopen(Reopen { incident, reason: reason.into() }))
    }

    pub(super) fn cancelled(self, reason: &str) -> Self {
        let (incident, who) = (self.incident, self.closer());
        self.later(5).deed(who, Command::Cancel(Cancel { incident, reason: reason.into() }))
    }

    pub(super) fn escalated(self, path: EscalationPath, to: Who, reason: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        let escalate = Escalate { incident, path, to: to.id(), reason: reason.into() };
        self.later(2).deed(who, Command::Escalate(escalate))
    }

    pub(super) fn paused(self, reason: PauseReason, text: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        self.later(3).deed(who, Command::PauseClock(PauseClock { incident, reason, text: text.into() }))
    }

    pub(super) fn resumed(self, text: &str) -> Self {
        let (incident, who) = (self.incident, self.hands);
        self.later(3).deed(who, Command::ResumeClock(ResumeClock { incident, text: text.into() }))
    }

    /// Another signal of the same fault.
    pub(super) fn joined_by(self, signal: SignalId) -> Self {
        let (into, who) = (self.incident, self.desk);
        self.later(2).deed(who, Command::MergeSignal(MergeSignal { signal, into }))
    }

    /// The whole middle of an ordinary case: taken by `who`, repaired by one step, service back.
    pub(super) fn repaired(self, who: Who, assessment: &str, step: &str, cause: &str) -> Self {
        self.assessed(assessment)
            .given(who)
            .step(step)
            .restored("Checked with a test of our own: it works as before.")
            .fixed(step, cause)
    }

    /// Whoever may end it (§3.2): the Incident Manager what once was Severity 1 or 2.
    const fn closer(&self) -> Who {
        if self.peak.is_high() { Who::Mora } else { self.desk }
    }

    /// Time passes, a few seconds more or less.
    fn later(mut self, minutes: i64) -> Self {
        let seconds = i64::from(self.incident.0.as_bytes()[usize::from(self.deeds % 16)] % 40);
        self.at = self.at.plus_millis(minutes * MINUTE + (seconds + 1) * 1_000);
        self
    }

    fn deed(mut self, who: Who, command: Command) -> Self {
        let name = format!("{}/{}", self.incident, self.deeds);
        let person: PersonId = who.id();
        self.script.deed(&name, person, self.at, command);
        self.deeds += 1;
        self
    }
}
