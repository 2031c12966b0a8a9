//! One incident in full, its proofs, and the choices that forms offer.

use incident::agreement::{ClockKind, PauseReason};
use incident::calendar::Local;
use incident::clock::{Proof, Reading};
use incident::communication::{Answer, Channel};
use incident::escalation::EscalationPath;
use incident::setup::CategoryCode;
use incident::timeline::LineKind;
use incident::{
    EntryId, Impact, Incident, IncidentId, Move, Offer, Severity, Source, Subject, Timestamp, Urgency, Verb,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{Card, DutyChip, Word};

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TimelineLine {
    /// Its id.
    #[ts(type = "string")]
    pub id: Uuid,
    /// When, on the house's wall.
    pub at: Local,
    /// When it reached the server, where that differs by more than a minute.
    pub received: Option<Local>,
    /// Who.
    pub who: String,
    /// What kind.
    pub kind: LineKind,
    /// What happened, in a few words.
    pub title: String,
    /// The words that were said.
    pub text: String,
    /// Whether it still waits on this computer.
    pub unsent: bool,
}

/// A clock as the screen draws it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClockView {
    /// Where it stands.
    pub reading: Reading,
    /// Its name.
    pub name: String,
    /// When it falls due, on the house's wall.
    pub due_local: Option<Local>,
    /// When it falls due, on the client's wall.
    pub due_client: Option<Local>,
    /// What it says, in words: "due in", "met with", "no target", and why.
    pub words: String,
}

/// The printed proof of a clock: "why is it due then?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofView {
    /// Its parts.
    pub proof: Proof,
    /// The same as a page of text.
    pub printed: String,
}

/// One incident in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IncidentView {
    /// As on the board.
    pub card: Card,
    /// The record.
    #[ts(type = "unknown")]
    pub record: Incident,
    /// Who logged it.
    pub logged_by: String,
    /// When it was logged.
    pub logged_local: Local,
    /// When it was reported.
    pub reported_local: Local,
    /// Source of the report.
    pub source: String,
    /// Reported symptoms.
    pub symptoms: String,
    /// Who reported it.
    pub reporter: String,
    /// Name of the category.
    pub category_name: Option<String>,
    /// The code of the category.
    pub category: Option<CategoryCode>,
    /// Urgency.
    pub urgency: Option<Urgency>,
    /// The agreement, in words; or that there is none.
    pub agreement: String,
    /// The phase, in words.
    pub phase: String,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// The breaches on record that nobody has corrected, the earliest first.
    pub breaches: Vec<BreachChoice>,
    /// All its duties.
    pub duties: Vec<DutyChip>,
    /// Messages to the client, newest first; the hint says where each one stands.
    pub messages: Vec<Choice<incident::MessageId>>,
    /// The survey that asks about its closure, once it is closed.
    pub survey: Option<incident::SurveyId>,
    /// The lower severity that waits for a second person; the hint says who proposed it, and why.
    pub lowering: Option<Choice<Severity>>,
    /// Newest first.
    pub timeline: Vec<TimelineLine>,
    /// Whether older lines are still on their way.
    pub timeline_complete: bool,
    /// What may be done now, and why not.
    pub offers: Vec<Offer>,
    /// What it takes to reach each column.
    pub moves: Vec<Move>,
}

/// A breach on record, as a form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachChoice {
    /// Whose target it was.
    pub clock: ClockKind,
    /// The deadline that passed.
    pub due: Timestamp,
    /// The target and its deadline, in words.
    pub name: String,
    /// Its severity, and when it was done after all.
    pub hint: String,
}

/// One entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice<T> {
    /// What is chosen.
    pub value: T,
    /// What it is called.
    pub name: String,
    /// What helps to choose.
    pub hint: String,
}

/// A record beside the incidents, such as a review, as a form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordChoice {
    /// Which.
    pub subject: Subject,
    /// What it is about.
    pub name: String,
    /// Where it stands.
    pub hint: String,
    /// What whoever is signed in may do with it now.
    pub may: Vec<Verb>,
    /// What it consists of: the actions of a review, the findings of an audit.
    #[ts(as = "Vec<Choice<String>>")]
    pub parts: Vec<Choice<Uuid>>,
    /// The incidents that it covers, or that were drawn for it.
    pub incidents: Vec<Choice<IncidentId>>,
    /// The incident it is about, where it is about one alone.
    pub about: Option<IncidentId>,
    /// What whoever decides on it reads first: what is asked, in the words of whoever asks.
    pub told: Vec<Word>,
    /// The lines of the log that it points to.
    pub evidence: Vec<EntryId>,
}

/// A severity with its definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeverityChoice {
    /// 1 to 4.
    pub severity: Severity,
    /// Critical, high, medium, low.
    pub name: String,
    /// The policy's definition, paraphrased.
    pub definition: String,
}

/// A demand of the policy that an exception can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DemandChoice {
    /// Its number, such as `§3.4/2`.
    pub value: String,
    /// Its number, and what it demands.
    pub name: String,
    /// The clock that judges it; none where no clock does.
    pub clock: Option<ClockKind>,
}

/// What the forms offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choices {
    /// Clients; the hint is the agreement.
    pub clients: Vec<Choice<incident::ClientId>>,
    /// Services; the hint is the client's id.
    pub services: Vec<Choice<incident::ServiceId>>,
    /// Colleagues; the hint names their roles.
    pub people: Vec<Choice<incident::PersonId>>,
    /// Categories.
    pub categories: Vec<Choice<CategoryCode>>,
    /// Severities.
    pub severities: Vec<SeverityChoice>,
    /// Impacts; the hint is the provisional severity.
    pub impacts: Vec<Choice<Impact>>,
    /// Urgencies.
    pub urgencies: Vec<Choice<Urgency>>,
    /// Sources.
    pub sources: Vec<Choice<Source>>,
    /// Channels to the client.
    pub channels: Vec<Choice<Channel>>,
    /// Answers of the client.
    pub answers: Vec<Choice<Answer>>,
    /// Agreements in force; the hint is the contract's reference.
    pub agreements: Vec<Choice<incident::AgreementId>>,
    /// Reasons to pause.
    pub pauses: Vec<Choice<PauseReason>>,
    /// Paths of escalation.
    pub paths: Vec<Choice<EscalationPath>>,
    /// Clocks.
    pub clocks: Vec<Choice<ClockKind>>,
    /// Templates of messages to clients, by name; the hint is how each begins.
    pub templates: Vec<Choice<String>>,
    /// Reasons why a target was not met; empty where the house keeps no list and any words will do.
    pub breach_reasons: Vec<Choice<String>>,
    /// Demands of the policy that an exception can name.
    pub demands: Vec<DemandChoice>,
    /// Procedures in force, each with its case.
    pub procedures: Vec<incident::procedure::Procedure>,
    /// What may be begun now: report, log.
    pub offers: Vec<Offer>,
}
