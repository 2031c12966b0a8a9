//! The kinds of events: what can happen to a record, each with the words that it folds into (§3.1).
//!
//! **Never change what is here**, as the module above says: a kind may gain an optional field or a sibling.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::{ClockKind, PauseReason};
use crate::clock::{CountedBy, Witness};
use crate::communication::{Answer, Approval, Channel, Colleagues, Draft, Outcome, ReplyKind};
use crate::enforcement::{Excuse, Judgement, Proposal};
use crate::escalation::{BoundPath, Cause, EscalationPath, Forecasted, PassedOver, PathPlace};
use crate::exception::{Application, Conditions, Demand, Granted, Request};
use crate::identification::Sighting;
use crate::log::{BoundAgreement, BoundCalendar, LogEntry};
use crate::major_incident::{MajorRole, Mark, Poll, Reply, Standing};
use crate::related::LinkKind;
use crate::review::{Convening, SectionKind, Stakes};
use crate::sampling::{Analysis, Plan};
use crate::setup::{CategoryCode, Setting};
use crate::suspicion::SuspicionOutcome;
use crate::{
    ActionId, ClientId, EntryId, ExceptionId, FindingId, IncidentId, MessageId, PersonId, ResourceRequestId,
    ReviewId, ServiceId, Severity, SignalId, TaskId, Timestamp, Urgency, VendorCaseId, VendorId,
};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "fields carry the words of the records that they fold into")]
pub enum Fact {
    /// Something was seen (§3.1 Identification).
    SignalRaised { sighting: Sighting },
    /// A signal was logged as an incident.
    SignalAccepted { incident: IncidentId },
    /// A signal was found to be no incident.
    SignalDismissed { reason: String },
    /// A signal was found to belong to an open incident.
    SignalMerged { into: IncidentId },
    /// The alert came again, `count` times since it was last noted.
    AlertRepeated { count: u32, summary: String },
    /// The monitor says it is over. Proposes restoration; closes nothing.
    AlertRecovered { summary: String },
    /// `count` of the alerts that were rolled up are over, the others are not. Proposes nothing.
    AlertPartlyRecovered { count: u32, summary: String },
    /// A signal joined this incident.
    SignalJoined { signal: SignalId, summary: String },
    /// An incident was logged (§3.1 Logging).
    IncidentLogged {
        number: Option<u32>,
        entry: LogEntry,
        signal: Option<SignalId>,
        agreement: Option<BoundAgreement>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calendars: Vec<BoundCalendar>,
    },
    /// It was categorised.
    Categorised { category: CategoryCode },
    /// Its severity was set, raised or lowered.
    SeverityChanged {
        severity: Severity,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matrix: Option<u32>,
    },
    /// Its urgency was set.
    UrgencyChanged {
        urgency: Urgency,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matrix: Option<u32>,
    },
    /// The major incident process opened (§3.6).
    MajorIncidentDeclared { because: String },
    /// It was assessed.
    Assessed { text: String },
    /// It was assigned to a person.
    Assigned { to: PersonId },
    /// That person took it.
    AssignmentAccepted,
    /// An internal note.
    NoteAdded { text: String },
    /// A diagnosis.
    DiagnosisRecorded { text: String },
    /// A workaround was put in place.
    WorkaroundApplied { text: String },
    /// A resolution step was taken.
    ResolutionStepRecorded { text: String },
    /// Normal service is back.
    ServiceRestored { text: String },
    /// It was resolved.
    Resolved { text: String, cause: String },
    /// The client was asked about restoration.
    RestorationConfirmed { channel: Channel, contact: String, answer: Answer, text: String },
    /// It was closed.
    Closed {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unconfirmed_reason: Option<String>,
    },
    /// It was reopened; whether the client had confirmed decides what the clock leaves out (ruling 6).
    Reopened { reason: String, was_confirmed: bool },
    /// It was cancelled.
    Cancelled { reason: String },
    /// It was escalated (§3.5).
    Escalated { path: EscalationPath, to: PersonId, reason: String },
    /// It waits for something.
    ClockPaused { reason: PauseReason, text: String },
    /// It no longer waits.
    ClockResumed { text: String },
    /// A target passed (ruling 13: nothing else is written at a deadline).
    TargetBreached {
        clock: ClockKind,
        due: Timestamp,
        severity: Severity,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted_by: Option<CountedBy>,
    },
    /// The agreement allows no more of a wait, and these clocks run on (decision 30).
    CapReached { reason: PauseReason, clocks: Vec<ClockKind>, since: Timestamp },
    /// Configuration was set (ruling 15).
    Configured { setting: Box<Setting> },
    /// It was logged again after a restore, and people know it by these numbers too (decision 246).
    Renumbered { before: BTreeSet<u32> },
    /// Nobody has it any more.
    Unassigned,
    /// A row of another desk's log, taken over as it stood: it moves no phase and no clock by itself, the
    /// events that follow from it stand beside it.
    RowImported {
        desk: String,
        record: String,
        line: u32,
        by: Option<String>,
        changes: BTreeMap<String, Option<String>>,
    },
    /// An approved exception covers this incident (§4.2).
    ExceptionGranted { granted: Granted },
    /// An exception no longer covers this incident.
    ExceptionEnded { id: ExceptionId },
    /// An exception was never good for this incident: nobody approved what was done behind broken glass.
    ExceptionVoided { id: ExceptionId },
    /// An exception was asked for (§4.2).
    ExceptionRequested { application: Box<Application> },
    /// The request was changed; approvals of its former words count for nothing.
    ExceptionAmended { request: Request, demand: Option<Demand> },
    /// One person approved it.
    ExceptionApproved {
        acting_for: Option<PersonId>,
        reason: String,
        conditions: Conditions,
        people_needed: Option<u32>,
        renewal: Option<u32>,
    },
    /// One person declined it; that decides it.
    ExceptionDeclined { acting_for: Option<PersonId>, reason: String },
    /// It went back with a question.
    ExceptionReturned { question: String },
    /// The question was answered.
    ExceptionAnswered { text: String, decide_by: Option<Timestamp> },
    /// It was used on an incident.
    ExceptionInvoked { incident: IncidentId },
    /// It was ended before its time.
    ExceptionRevoked { reason: String },
    /// Nobody decided on it in time.
    ExceptionLapsed,
    /// Its end came; it had stopped counting at that very instant.
    ExceptionExpired,
    /// Another agreement counts from here on; before, the one left behind answers (ruling 15).
    AgreementBound { agreement: Option<BoundAgreement>, calendars: Vec<BoundCalendar>, reason: String },
    /// A lower severity was proposed; a second person decides (§3.3).
    LoweringProposed { from: Severity, severity: Severity, reason: String },
    /// A second person agreed to it.
    LoweringAgreed { text: String },
    /// It was declined: the severity stays.
    LoweringDeclined { reason: String },
    /// Somebody looked, and it still waits.
    PauseReviewed { text: String },
    /// It was said to be as wide as a major incident (§3.6).
    MajorIncidentProposed { because: String },
    /// It was found to be none.
    MajorIncidentDeclined { reason: String },
    /// The major incident process ended.
    MajorIncidentStoodDown { reason: String, review_owner: PersonId },
    /// Somebody was asked to take a role; until they accept, whoever holds it keeps it.
    MajorRoleAssigned { role: MajorRole, to: PersonId, in_place_of: Option<PersonId> },
    /// They took it.
    MajorRoleAccepted { role: MajorRole },
    /// A bridge call was opened.
    BridgeOpened { line: String },
    /// Somebody joined or left it.
    AttendanceMarked { person: PersonId, mark: Mark },
    /// The roll was called.
    RollCalled { attendees: Vec<PersonId> },
    /// The bridge call ended.
    BridgeClosed { text: String },
    /// Conditions, actions and needs were reported.
    ConditionsReported { conditions: String, actions: String, needs: String },
    /// A fact was established, or a hypothesis put up.
    FindingRecorded { standing: Standing, text: String },
    /// Something was decided.
    DecisionRecorded { text: String, poll: Poll, objection: Option<String> },
    /// Somebody was given a task.
    TaskGiven { task: TaskId, text: String, owner: PersonId, check_at: Timestamp },
    /// It was asked how a task stands; without a next time it is done.
    TaskChecked { task: TaskId, text: String, check_at: Option<Timestamp> },
    /// Resources were asked for (§3.6).
    ResourceRequested { request: ResourceRequestId, text: String, person: Option<PersonId> },
    /// They were granted or refused.
    ResourceAnswered { request: ResourceRequestId, reply: Reply, covered_by: Option<PersonId>, text: String },
    /// They are here.
    ResourceArrived { request: ResourceRequestId },
    /// Management heard how it stands, and when it hears more (§3.4).
    ManagementBriefed { what: String, impact: String, doing: String, next: String, next_at: Timestamp },
    /// An incident of the same outage was linked below this one (ruling 11).
    ChildLinked { child: IncidentId },
    /// It was parted.
    ChildUnlinked { child: IncidentId, reason: String },
    /// This one was linked below the incident that stands for the outage.
    ParentLinked { parent: IncidentId },
    /// It was parted.
    ParentUnlinked { parent: IncidentId, reason: String },
    /// The incident above it was restored. Proposes restoration; closes nothing.
    ParentRestored { parent: IncidentId },
    /// It was a duplicate, and another incident goes on for both.
    IncidentMerged { into: IncidentId, reason: String },
    /// It was none after all.
    MergeUndone { reason: String },
    /// A duplicate was merged into this.
    DuplicateJoined { duplicate: IncidentId, summary: String },
    /// It was parted again.
    DuplicateParted { duplicate: IncidentId, reason: String },
    /// A record of another policy was linked (§5).
    RecordLinked { kind_of_record: LinkKind, number: String, back_link: Option<String> },
    /// A vendor was asked.
    VendorCaseOpened {
        case: VendorCaseId,
        vendor: VendorId,
        version: u32,
        calendar: Option<BoundCalendar>,
        number: String,
        text: String,
    },
    /// It was reminded.
    VendorChased { case: VendorCaseId, text: String },
    /// It answered.
    VendorAnswered { case: VendorCaseId, text: String },
    /// A data breach was suspected (§5 Data Breach Response).
    BreachSuspected { incident: IncidentId, text: String, members: BTreeSet<PersonId> },
    /// Somebody may know of it now.
    SuspicionMemberAdded { person: PersonId },
    /// Somebody may not any more.
    SuspicionMemberRemoved { person: PersonId, reason: String },
    /// A member wrote something down.
    SuspicionNoted { text: String },
    /// The authority was told.
    AuthorityNotified { text: String },
    /// A line was written into the incident's own log, as an ordinary note.
    SuspicionLineReleased { text: String },
    /// It is clear what became of it.
    SuspicionClosed { outcome: SuspicionOutcome, text: String },
    /// An escalation along a path began (§3.5), bound to the version of that moment; causes of the same topic
    /// stand back behind the one that began it.
    EscalationBegun {
        path: EscalationPath,
        bound: BoundPath,
        cause: Cause,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        over: Vec<Cause>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// A step of a run was taken; nobody told is a failed step.
    EscalationStepTaken {
        run: u32,
        place: PathPlace,
        due: Timestamp,
        told: BTreeSet<PersonId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        passed_over: Vec<PassedOver>,
    },
    /// Somebody took notice of a run; it is silent until then.
    EscalationAcknowledged { run: u32, until: Timestamp },
    /// The resolver was asked whether a target can be met (§3.5).
    ForecastAsked { clock: ClockKind, of: PersonId, answer_by: Option<Timestamp> },
    /// The resolver answered; which of several questions, where it is said.
    ForecastAnswered {
        answer: Forecasted,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clock: Option<ClockKind>,
    },
    /// A person has understood a version of a procedure (§3.5); the answer is the place of the one given.
    ProcedureAttested { version: u32, answer: u32 },
    /// It is one of several like it (§3.7).
    RecurrenceFound { with: Vec<IncidentId> },
    /// A review covers this incident.
    ReviewAttached { review: ReviewId },
    /// A review was opened (§3.7).
    ReviewOpened { convening: Convening },
    /// Another incident joined the review.
    ReviewExtended { incident: IncidentId, client: ClientId, logged_at: Timestamp },
    /// One that joined is graver than what it was called together for.
    ReviewRaised { stakes: Stakes },
    /// A part of it was written.
    ReviewWritten { section: SectionKind, text: String, facts: Vec<EntryId> },
    /// It got a preventive action.
    ActionAdded { action: ActionId, owner: PersonId, text: String, due_by: Timestamp },
    /// The owner says that the action is done.
    ActionFinished { action: ActionId, evidence: String },
    /// Somebody else has seen it.
    ActionVerified { action: ActionId, text: String, effect_days: Option<u32> },
    /// It was not done, or not enough, or it is somebody else's now.
    ActionReopened { action: ActionId, due_by: Timestamp, owner: Option<PersonId>, reason: String },
    /// It came again, and the action was enough all the same.
    ActionUpheld { action: ActionId, reason: String },
    /// All parts of the review are there.
    ReviewCompleted { took_part: String },
    /// The review was closed.
    ReviewClosed { text: String },
    /// The record seems to show a violation (§4.3).
    ViolationProposed { proposal: Proposal },
    /// The person said how it was.
    ViolationAnswered { text: String, excuse: Option<Excuse> },
    /// Management decided.
    ViolationDecided { judgement: Judgement, reason: String },
    /// A sample of records was drawn (§4.1).
    SampleDrawn { plan: Plan },
    /// A drawn record gave way to the next of the draw.
    SampleReplaced { out: IncidentId, instead: IncidentId, reason: String },
    /// A drawn record went out and the draw had no further one: so many of so many drawn are looked at.
    SampleReduced { out: IncidentId, reason: String, left: u32, of: u32 },
    /// A sample got another reviewer.
    ReviewerChanged { reviewer: PersonId, reason: String },
    /// A record of the sample was looked at and is in order.
    RecordReviewed { incident: IncidentId, text: String },
    /// A record of the sample does not show what a clause asks for.
    FindingReported { finding: FindingId, incident: IncidentId, clause: String, text: String },
    /// A finding was answered.
    FindingAnswered { finding: FindingId, text: String },
    /// A finding was closed.
    FindingClosed { finding: FindingId, text: String },
    /// The audit was closed.
    AuditClosed { text: String, analysis: Option<Analysis> },
    /// Somebody wrote to the client; told is what arrived (§3.4).
    MessageWritten { draft: Draft, approval: Approval },
    /// Somebody else has read a message: it may go out.
    MessageApproved { message: MessageId },
    /// A message may not go out as it is.
    MessageReturned { message: MessageId, reason: String },
    /// What became of a message.
    DeliveryRecorded { message: MessageId, outcome: Outcome, is_told: bool, text: String },
    /// Colleagues were told how it stands (§3.4 Internal Communication).
    InternallyUpdated { to: Colleagues, text: String },
    /// The client wrote by themselves, or a machine did for them.
    ClientReplied { reply: ReplyKind, channel: Channel, contact: String, text: String },
    /// The client that nobody knew at logging is known (§3.1 Logging).
    ClientIdentified { client: ClientId, services: Vec<ServiceId> },
    /// It was logged for the wrong client, and is another one's.
    MovedToClient { client: ClientId, services: Vec<ServiceId>, reason: String },
    /// The boundary to a data breach was considered; the answer stands elsewhere (§2).
    BreachConsidered,
    /// Why a target was not met.
    BreachExplained { clock: ClockKind, reason: String, text: String },
    /// Something shows that a clock stopped when its stop says (§4.1).
    EvidenceLinked { clock: ClockKind, witness: Witness, link: String },
    /// A permanent fix follows a workaround.
    PermanentFixPlanned { owner: PersonId, due_by: Timestamp, reference: String },
    /// The client was asked how satisfied they are (§4.1).
    SurveyAsked {
        incident: IncidentId,
        client: ClientId,
        severity: Severity,
        closed_at: Timestamp,
        channel: Channel,
        contact: String,
    },
    /// The client answered.
    SurveyAnswered { score: u8, best: u8, text: String },
    /// These alerts joined a signal of many, each by its one line.
    AlertsRolledUp { names: Vec<String> },
}
