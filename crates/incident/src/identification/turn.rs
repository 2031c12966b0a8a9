//! In which order signals are taken up in triage (§3.1; decision 213): the oldest first, and what repeats a service
//! that waits already after what is new.
//!
//! It moves no time: each is to be logged as promptly as before.

use std::collections::BTreeMap;

use super::{Signal, Source};
use crate::{ClientId, ServiceId, SignalId, Timestamp};

/// What the alerts of one flood have in common: the service, or the monitor and its client where no service is known.
/// A person's word repeats nobody else's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Service(ServiceId),
    Monitor { client: Option<ClientId>, name: String },
    Person(SignalId),
}

impl Origin {
    fn of(signal: &Signal) -> Self {
        let sighting = &signal.sighting;
        match (sighting.source, sighting.service) {
            (Source::Monitoring, Some(service)) => Self::Service(service),
            (Source::Monitoring, None) => {
                Self::Monitor { client: sighting.client, name: sighting.reporter.clone() }
            }
            (Source::Phone | Source::Email | Source::Portal | Source::Staff, _) => Self::Person(signal.id),
        }
    }
}

/// By age; the id parts what came at one instant.
type Place = (Timestamp, SignalId);

/// Where every signal that waits stands among those of its origin, from one change to the next.
#[derive(Debug, Default)]
pub struct Turns {
    /// The oldest first.
    queues: BTreeMap<Origin, Vec<Place>>,
    places: BTreeMap<SignalId, (Origin, Place)>,
}

impl Turns {
    /// The turns of these signals, as far as they wait.
    pub fn of<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Self {
        let mut turns = Self::default();
        for signal in signals.into_iter().filter(|signal| signal.is_open()) {
            let (origin, place) = (Origin::of(signal), (signal.identified_at, signal.id));
            turns.queues.entry(origin.clone()).or_default().push(place);
            turns.places.insert(signal.id, (origin, place));
        }
        turns.queues.values_mut().for_each(|queue| queue.sort_unstable());
        turns
    }

    /// Takes in signals as they are now, or that they have gone, and answers with the turns of those that wait and of
    /// all whose turn they moved. What stands before them, and every other origin, is not looked at.
    pub fn take_in<'a>(
        &mut self,
        changed: impl IntoIterator<Item = (SignalId, Option<&'a Signal>)>,
    ) -> Vec<(SignalId, u32)> {
        // Of each origin, the first place from which on turns may be others.
        let mut moved: BTreeMap<Origin, usize> = BTreeMap::new();
        let mut stayed = Vec::new();
        for (id, signal) in changed {
            let waits = signal.filter(|signal| signal.is_open());
            let now = waits.map(|signal| (Origin::of(signal), (signal.identified_at, id)));
            if now.as_ref() == self.places.get(&id) {
                stayed.extend(now);
                continue;
            }
            for (origin, at) in
                self.leave(id).into_iter().chain(now.map(|(origin, place)| self.join(origin, place)))
            {
                let first = moved.entry(origin).or_insert(at);
                *first = at.min(*first);
            }
        }
        let mut turns = BTreeMap::new();
        for (origin, first) in moved {
            let queue = self.queues.get(&origin).map_or(&[][..], Vec::as_slice);
            turns.extend(queue.iter().enumerate().skip(first).map(|(turn, &(_, id))| (id, counted(turn))));
        }
        for (origin, place) in stayed {
            let at = self.queues.get(&origin).and_then(|queue| queue.binary_search(&place).ok());
            turns.extend(at.map(|turn| (place.1, counted(turn))));
        }
        turns.into_iter().collect()
    }

    /// All that wait, in the order in which they are taken up, each with its turn: how many of its origin wait before
    /// it. The lower turn goes first, and of one turn the oldest.
    pub fn in_order(&self) -> Vec<(SignalId, u32)> {
        let placed = |queue: &Vec<Place>| {
            queue.iter().enumerate().map(|(turn, &place)| (counted(turn), place)).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.queues.values().flat_map(placed).collect();
        all.sort_unstable();
        all.into_iter().map(|(turn, (_, id))| (id, turn)).collect()
    }

    /// Takes a signal out of its queue: of which origin, and from where on the others moved up.
    fn leave(&mut self, id: SignalId) -> Option<(Origin, usize)> {
        let (origin, place) = self.places.remove(&id)?;
        let queue = self.queues.get_mut(&origin)?;
        let at = queue.binary_search(&place).ok()?;
        queue.remove(at);
        if queue.is_empty() {
            self.queues.remove(&origin);
        }
        Some((origin, at))
    }

    /// Puts a signal into its queue: from where on the others moved back, itself first.
    fn join(&mut self, origin: Origin, place: Place) -> (Origin, usize) {
        self.places.insert(place.1, (origin.clone(), place));
        let queue = self.queues.entry(origin.clone()).or_default();
        let at = queue.partition_point(|other| *other < place);
        queue.insert(at, place);
        (origin, at)
    }
}

/// The signals that wait, in the order in which they are taken up, each with its turn.
pub fn in_turn<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Vec<(SignalId, u32)> {
    Turns::of(signals).in_order()
}

fn counted(turn: usize) -> u32 {
    u32::try_from(turn).unwrap_or(u32::MAX)
}
