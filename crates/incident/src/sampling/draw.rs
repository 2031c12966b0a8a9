//! The draw: a small generator of our own, so that no library's next version draws other records.

use std::collections::BTreeSet;

use crate::communication::Answer;
use crate::log::Incident;
use crate::oversight::RiskWeights;
use crate::{IncidentId, PersonId, Phase};

/// SplitMix64: every seed, zero too, gives a full and well mixed sequence.
struct SplitMix(u64);

impl SplitMix {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }
}

/// The records in the order in which they are drawn, the heavier ones sooner on average. The order in which
/// they are given does not matter.
pub fn ordered(seed: u32, weighted: impl IntoIterator<Item = (IncidentId, u32)>) -> Vec<IncidentId> {
    let mut left: Vec<_> = weighted.into_iter().map(|(id, weight)| (id, u64::from(weight.max(1)))).collect();
    left.sort_unstable();
    left.dedup_by_key(|(id, _)| *id);
    let mut total: u64 = left.iter().map(|(_, weight)| weight).sum();
    let mut chance = SplitMix(u64::from(seed));
    let mut drawn = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let mut mark = chance.below(total);
        let place = left.iter().position(|(_, weight)| match mark.checked_sub(*weight) {
            Some(rest) => {
                mark = rest;
                false
            }
            None => true,
        });
        let (id, weight) = left.remove(place.unwrap_or(0));
        total -= weight;
        drawn.push(id);
    }
    drawn
}

/// How much more likely a record is drawn: one, and what its risks add.
pub fn weight(incident: &Incident, weights: &RiskWeights) -> u32 {
    let was_lowered =
        incident.severities.windows(2).any(|pair| pair[0].severity.is_worse_than(pair[1].severity));
    let is_confirmed =
        incident.confirmation.as_ref().is_some_and(|confirmation| confirmation.answer == Answer::Confirmed);
    let is_unconfirmed = matches!(incident.phase, Phase::Closed { .. }) && !is_confirmed;
    let risks = [
        (true, weights.severity[incident.peak_severity().index()]),
        (!incident.breaches.is_empty(), weights.breached),
        (!incident.reopenings.is_empty(), weights.reopened),
        (was_lowered, weights.lowered),
        (is_unconfirmed, weights.unconfirmed),
    ];
    risks.into_iter().filter(|(holds, _)| *holds).fold(1, |sum: u32, (_, added)| sum.saturating_add(added))
}

/// Everybody who had a hand in a record, in the work, in the room of a major incident, in its severity and clocks or
/// towards the client, once or now: none of them reviews it.
pub fn handlers(incident: &Incident) -> BTreeSet<PersonId> {
    let closed_by = match &incident.phase {
        Phase::Closed { by, .. } | Phase::Cancelled { by, .. } => Some(*by),
        Phase::Logged
        | Phase::Prioritised
        | Phase::Investigating
        | Phase::Resolving
        | Phase::Restored { .. } => None,
    };
    let said = [&incident.assessed, &incident.diagnosis, &incident.workaround, &incident.restored];
    std::iter::once(incident.logged.by)
        .chain(incident.assignment.iter().map(|held| held.to))
        .chain(incident.trail.held_by.iter().copied())
        .chain(incident.trail.led_by.iter().copied())
        .chain(incident.trail.hands.iter().copied())
        .chain(incident.major.iter().flat_map(|process| &process.posts.seats).map(|seat| seat.person))
        .chain(incident.communication.messages.iter().map(|message| message.by))
        .chain(incident.severities.iter().map(|set| set.by))
        .chain(said.into_iter().flatten().map(|said| said.by))
        .chain(incident.resolved.iter().map(|resolved| resolved.by))
        .chain(incident.confirmation.iter().map(|asked| asked.by))
        .chain(closed_by)
        .collect()
}
