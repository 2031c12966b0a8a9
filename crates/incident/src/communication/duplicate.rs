//! What two incidents of one outage owe their client, before one of them goes into the other (§3.4; decision 62).
//!
//! It compares and moves nothing: a beat that is lost with the duplicate has to be there on the one that stays.

use super::cadence::{Beat, BeatState, beats};
use crate::Timestamp;
use crate::log::Incident;
use crate::setup::Setup;

/// The first beat of an incident, owed or missed, that is not there on the one that stays: the client neither heard
/// by it in time, nor is as late or as soon to hear by it.
pub(crate) fn lost_beat(
    incident: &Incident,
    stays: &Incident,
    setup: &Setup,
    now: Timestamp,
) -> Option<Beat> {
    let there = beats(stays, setup);
    let counts = |beat: &Beat| beat.state == BeatState::Owed || beat.is_missed(now);
    let stands = |own: &Beat| there.iter().any(|beat| was_heard(beat, own) || is_as_strict(beat, own));
    beats(incident, setup).into_iter().find(|own| counts(own) && !stands(own))
}

/// Whether the word of another beat came within this one.
fn was_heard(other: &Beat, own: &Beat) -> bool {
    match other.state {
        BeatState::Told { at } => own.from <= at && own.due.is_none_or(|due| at <= due),
        BeatState::Owed | BeatState::Ceased { .. } => false,
    }
}

/// Whether another beat was due no later, and nobody was heard by it before this one was due.
fn is_as_strict(other: &Beat, own: &Beat) -> bool {
    let ended = match other.state {
        BeatState::Owed => None,
        BeatState::Told { at } | BeatState::Ceased { at } => Some(at),
    };
    match (other.due, own.due) {
        (Some(other), Some(own)) => other <= own && ended.is_none_or(|ended| own <= ended),
        (None, Some(_)) => false,
        (_, None) => ended.is_none(),
    }
}
