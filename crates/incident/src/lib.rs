//! The incident management policy as code: pure, total, without I/O, clock or randomness.
//!
//! Four functions hold it. Everything else is the vocabulary they speak.
//!
//! - [`fold`]: events, in order, to records.
//! - [`decide`]: what a command makes happen, or the [`Refusal`].
//! - [`offers`] (and [`moves`]): may, or may not and why.
//! - [`obligations`]: must, by whom, by when.
//!
//! Two more are read from them: [`proof`] says why a clock is due then, [`what_if`] what deeds would make of it.
//!
//! ```
//! use incident::command::RaiseSignal;
//! use incident::identification::Sighting;
//! use incident::{Actor, Command, Duty, Records, SignalId, Source, Timestamp, Verb};
//! # use incident::{decide, fold, obligations, offers, PersonId};
//! # let ines = Actor { person: PersonId(uuid::Uuid::from_u128(7)), roles: [incident::Role::ServiceDesk].into() };
//! # let now = Timestamp::from_rfc3339("2026-06-01T09:00:00Z").expect("an instant");
//! # let seen = Sighting {
//! #     source: Source::Staff, client: None, service: None, summary: "The mail icon is red".into(),
//! #     details: String::new(), reporter: "Ines".into(), reported_at: now, dedup_key: None, link: None,
//! # };
//! let signal = SignalId(uuid::Uuid::from_u128(1));
//! let report = Command::RaiseSignal(RaiseSignal { signal, sighting: seen });
//!
//! let events = decide(&Records::default(), &ines, now, &report).expect("anyone may report (§3.2)");
//! let records = fold(&events);
//!
//! assert_eq!(obligations(&records, now)[0].duty, Duty::Log);
//! let accept = offers(&records, &ines, now).into_iter().find(|offer| offer.verb == Verb::AcceptSignal);
//! assert!(accept.expect("an offer").refusal.is_none());
//!
//! let again = decide(&records, &ines, now, &report).expect_err("the same signal twice");
//! assert_eq!(again.to_string(), "Report: this signal is here already (§3.1). Open it in triage.");
//! ```

pub mod agreement;
pub mod alarm;
pub mod audience;
pub mod calendar;
pub mod category;
pub mod clock;
pub mod closing;
pub mod command;
pub mod communication;
pub mod compliance;
pub mod enforcement;
pub mod escalation;
pub mod event;
pub mod exception;
pub mod family;
mod fold;
pub mod identification;
pub mod lifecycle;
pub mod log;
pub mod major_incident;
pub mod measure;
pub mod obligation;
pub mod offer;
pub mod on_call;
pub mod oversight;
pub mod priority;
pub mod procedure;
pub mod records;
pub mod refusal;
pub mod related;
pub mod review;
pub mod role;
pub mod sampling;
pub mod server_duties;
pub mod setup;
pub mod severity;
pub mod survey;
pub mod suspicion;
pub mod time;
pub mod timeline;
pub mod what_if;

mod id;
mod undo;

pub use agreement::Agreement;
pub use audience::Audience;
pub use clock::proof;
pub use command::{Command, Verb};
pub use enforcement::Violation;
pub use event::{Event, Fact, Subject};
pub use exception::Exception;
pub use fold::fold_incident;
pub use id::{
    ActionId, AgreementId, AuditId, ClientId, CommandId, DelegationId, DeskId, EntryId, ExceptionId,
    FindingId, IncidentId, MessageId, PathId, PersonId, ProcedureId, ResourceRequestId, ReviewId, RotaId,
    ServiceId, SignalId, SurveyId, SuspicionId, TaskId, VendorCaseId, VendorId, ViolationId,
};
pub use identification::{Signal, Source};
pub use lifecycle::{Column, Phase};
pub use log::{Incident, LogEntry};
pub use obligation::{Duty, Obligation, obligations};
pub use offer::{Move, Offer, moves, offers, offers_on};
pub use oversight::Oversight;
pub use priority::{Priority, Urgency};
pub use records::{Alike, Likeness, RecordRef, Records, apply};
pub use refusal::{Refusal, RefusalCode};
pub use review::Review;
pub use role::{Actor, Role};
pub use sampling::Audit;
pub use server_duties::{ServerDuty, alike, server_duties};
pub use setup::{Setting, Setup};
pub use severity::{Impact, Severity};
pub use time::{MINUTE, Span, Timestamp};
pub use undo::undo;
pub use what_if::{WhatIf, what_if};

/// The records that events tell of, in their order.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Records {
    let mut records = Records::default();
    for event in events {
        apply(&mut records, event);
    }
    records
}

/// What a command makes happen, or why not. The rule, written once: the desk asks it before sending, the
/// server asks it again with full authority.
pub fn decide(
    records: &Records,
    actor: &Actor,
    now: Timestamp,
    command: &Command,
) -> Result<Vec<Event>, Refusal> {
    let situation = command::Situation { records, actor, now };
    situation.ids(command)?;
    command.decide(&situation)
}
