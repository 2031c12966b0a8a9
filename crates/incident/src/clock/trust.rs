//! Clock trust: where each stamp comes from, and how far it may be off (ruling 8).
//!
//! A verdict that hangs on less than the bound is called uncertain, whichever way it would fall: a laptop
//! whose clock is wrong neither makes a breach nor hides one. It corrects no stamp; the desk has done that.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::heard;
use crate::agreement::{ClockKind, ClockStart, ResponseReading};
use crate::communication::{Answer, Message};
use crate::event::{Event, Fact};
use crate::identification::Source;
use crate::log::Incident;
use crate::{MessageId, PersonId, Phase, Timestamp};

/// The bound of a stamp that may be off by any time, in milliseconds.
pub const UNBOUNDED_MS: u32 = u32::MAX;

/// How far a stamp may be off, in words.
pub fn off_by(within_ms: u32) -> String {
    match within_ms {
        UNBOUNDED_MS => "by any time".to_owned(),
        within_ms => format!("by {} s", within_ms.div_ceil(1_000)),
    }
}

/// Where a stamp comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StampSource {
    /// The server's own clock.
    Server,
    /// A desk's clock, corrected by its measured offset.
    Desk,
    /// Typed by hand, to the minute.
    Typed,
    /// The header of a mail, to the second.
    MailHeader,
    /// A monitor's word, to the second.
    Monitor,
}

/// An instant with its source and its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Marked {
    /// The instant.
    pub at: Timestamp,
    /// Where it comes from.
    pub source: StampSource,
    /// How far it may be off, in milliseconds.
    pub within_ms: u32,
}

impl Marked {
    /// The stamp of a deed.
    pub fn of_event(event: &Event) -> Self {
        let source = match (&event.fact, event.actor) {
            (Fact::AlertRepeated { .. } | Fact::AlertRecovered { .. }, _) => StampSource::Monitor,
            (_, PersonId::SERVER) => StampSource::Server,
            (_, _) => StampSource::Desk,
        };
        Self { at: event.at, source, within_ms: event.uncertainty_ms }
    }

    /// When the incident was reported: how good that is depends on who wrote it down.
    pub fn of_report(incident: &Incident) -> Self {
        let (source, within_ms) = match incident.entry.source {
            Source::Monitoring => (StampSource::Monitor, 1_000),
            Source::Email => (StampSource::MailHeader, 1_000),
            Source::Portal => (StampSource::Server, 0),
            Source::Phone | Source::Staff => (StampSource::Typed, 60_000),
        };
        Self { at: incident.entry.reported_at, source, within_ms }
    }

    /// When it was logged.
    pub fn of_log(incident: &Incident) -> Self {
        let is_server = incident.logged.by == PersonId::SERVER;
        let source = if is_server { StampSource::Server } else { StampSource::Desk };
        Self { at: incident.logged.at, source, within_ms: incident.logged.uncertainty_ms }
    }
}

/// The stamps that stop clocks, each with its trust. The first of a kind counts, but for restored and
/// resolved, which a reopening takes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Stamps {
    /// First assessed.
    pub assessed: Option<Marked>,
    /// First assigned to a person.
    pub assigned: Option<Marked>,
    /// First taken by the person it was assigned to.
    pub accepted: Option<Marked>,
    /// First answer of a person to the client.
    pub replied: Option<Marked>,
    /// Normal service restored.
    pub restored: Option<Marked>,
    /// Resolved.
    pub resolved: Option<Marked>,
}

impl Stamps {
    /// Takes in what may stop a clock by itself; what became of a message is taken in by [`stamp`].
    fn take(&mut self, event: &Event) {
        let now = Marked::of_event(event);
        match &event.fact {
            Fact::Assessed { .. } => _ = self.assessed.get_or_insert(now),
            Fact::Assigned { .. } => _ = self.assigned.get_or_insert(now),
            Fact::AssignmentAccepted => _ = self.accepted.get_or_insert(now),
            // Whoever answers has been reached; a call that nobody took is no reply.
            Fact::RestorationConfirmed { answer: Answer::Confirmed | Answer::Disputed, .. } => {
                _ = self.replied.get_or_insert(now);
            }
            Fact::ServiceRestored { .. } => self.restored = Some(now),
            Fact::Resolved { .. } => self.resolved = Some(now),
            Fact::Reopened { .. } => (self.restored, self.resolved) = (None, None),
            _ => {}
        }
    }
}

/// Takes in what may stop a clock of an incident, once the event stands in the rest of its record.
pub(crate) fn stamp(incident: &mut Incident, event: &Event) {
    heard::note(incident, event);
    incident.stamps.take(event);
    match &event.fact {
        Fact::DeliveryRecorded { is_told: false, .. } => incident.stamps.replied = still_replied(incident),
        Fact::DeliveryRecorded { message, is_told: true, .. } if is_to_the_client(incident, *message) => {
            _ = incident.stamps.replied.get_or_insert(Marked::of_event(event));
        }
        // A word to the first client is no reply to the second; to one that has it back it still is.
        Fact::MovedToClient { .. } => incident.stamps.replied = first_reply(incident),
        _ => {}
    }
}

/// Whether a message went to the client whose incident it is now (ruling 11).
fn is_to_the_client(incident: &Incident, message: MessageId) -> bool {
    incident.communication.message(message).is_some_and(|message| message.client == incident.entry.client)
}

/// The first reply, after a message turned out not to have told anybody: where that was the one, the earliest of
/// those that did takes its place.
fn still_replied(incident: &Incident) -> Option<Marked> {
    let was = incident.stamps.replied?;
    let communication = &incident.communication;
    let mut told = communication.messages.iter().filter_map(Message::told_at);
    if told.any(|at| at == was.at) || communication.answered.contains(&was.at) {
        return Some(was);
    }
    let reply = first_reply(incident)?;
    Some(Marked { within_ms: reply.within_ms.max(was.within_ms), ..reply })
}

/// The earliest word that reached the client whose incident it is, or that this client gave when asked. How far it may
/// be off was not kept, so that the worst bound on record counts.
fn first_reply(incident: &Incident) -> Option<Marked> {
    let (communication, client) = (&incident.communication, incident.entry.client);
    let told = communication.to(client).filter_map(Message::told_at);
    let is_theirs = |at: &Timestamp| incident.identity.client_at(*at, client) == client;
    let answered = communication.answered.iter().copied().filter(is_theirs);
    let at = told.chain(answered).min()?;
    let within_ms = incident.stop_uncertainty_ms;
    Some(Marked { at, source: StampSource::Desk, within_ms })
}

/// Whether it is closed without a first reply, because a message that had been out came back afterwards.
pub(crate) fn came_back(incident: &Incident) -> bool {
    let Phase::Closed { at: closed, .. } = incident.phase else { return false };
    let mut known =
        incident.communication.to(incident.entry.client).filter_map(|sent| sent.delivery.as_ref());
    incident.stamps.replied.is_none() && known.any(|known| !known.is_told && known.at > closed)
}

/// How far start and stop of a clock may be off together, in milliseconds.
pub(super) fn within_ms(
    incident: &Incident,
    kind: ClockKind,
    reading: ResponseReading,
    start: ClockStart,
) -> u32 {
    let stamps = &incident.stamps;
    let stops = match (kind, reading) {
        (ClockKind::Response, ResponseReading::AssessedAndAssigned) => [stamps.assessed, stamps.assigned],
        (ClockKind::Response, ResponseReading::AssessedAndAccepted) => [stamps.assessed, stamps.accepted],
        (ClockKind::Response, ResponseReading::FirstReply) => [stamps.replied, None],
        (ClockKind::Restoration, _) => [stamps.restored, None],
        (ClockKind::Resolution, _) => [stamps.resolved, stamps.restored],
    };
    let start = match start {
        ClockStart::Logged => Marked::of_log(incident),
        ClockStart::Reported => Marked::of_report(incident),
    };
    // Records of before stamps were kept one by one know the worst of them all.
    let stop = stops.into_iter().flatten().map(|stop| stop.within_ms).max();
    start.within_ms.saturating_add(stop.unwrap_or(incident.stop_uncertainty_ms))
}
