//! In which order signals are taken up in triage (§3.1; decision 213): the oldest first, and what repeats a service
//! that waits already after what is new.
//!
//! It moves no time: each is to be logged as promptly as before.

use std::collections::BTreeMap;

use super::{Signal, Source};
use crate::{ClientId, ServiceId, SignalId};

/// What the alerts of one flood have in common: the service, or the monitor and its client where no service is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin<'a> {
    Service(ServiceId),
    Monitor { client: Option<ClientId>, name: &'a str },
}

impl<'a> Origin<'a> {
    /// A person's word repeats nobody else's.
    fn of(signal: &'a Signal) -> Option<Self> {
        let sighting = &signal.sighting;
        match (sighting.source, sighting.service) {
            (Source::Monitoring, Some(service)) => Some(Self::Service(service)),
            (Source::Monitoring, None) => {
                Some(Self::Monitor { client: sighting.client, name: &sighting.reporter })
            }
            (Source::Phone | Source::Email | Source::Portal | Source::Staff, _) => None,
        }
    }
}

/// The signals that wait, in the order in which they are taken up, each with its turn: how many of its service wait
/// before it. The lower turn goes first, and of one turn the oldest.
pub fn in_turn<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Vec<(SignalId, u32)> {
    let mut waiting: Vec<&Signal> = signals.into_iter().filter(|signal| signal.is_open()).collect();
    waiting.sort_by_key(|signal| (signal.identified_at, signal.id));
    let mut before: BTreeMap<Origin<'_>, u32> = BTreeMap::new();
    let mut turn_of = |signal: &'a Signal| {
        let Some(origin) = Origin::of(signal) else { return 0 };
        let next = before.entry(origin).or_default();
        let turn = *next;
        *next = next.saturating_add(1);
        turn
    };
    let mut turns: Vec<_> = waiting.into_iter().map(|signal| (signal.id, turn_of(signal))).collect();
    // The order of age stays within a turn.
    turns.sort_by_key(|(_, turn)| *turn);
    turns
}
