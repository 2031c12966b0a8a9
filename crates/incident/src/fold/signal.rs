//! Signals, folded from what was seen and what became of it (§3.1 Identification).

use crate::audience::Audience;
use crate::command::TEXT_MAX;
use crate::event::{Event, Fact};
use crate::identification::{AlertTally, Signal, SignalState};
use crate::obligation::{self, Obligation};
use crate::records::Record;
use crate::setup::Setup;
use crate::{SignalId, Timestamp};

impl Record for Signal {
    type Id = SignalId;

    fn begin(id: SignalId, event: &Event) -> Option<Self> {
        raise_signal(id, event)
    }

    fn take(&mut self, event: &Event) {
        apply_to_signal(self, event);
    }

    fn audience(&self) -> Audience {
        self.sighting.client.map_or(Audience::House, Audience::Client)
    }

    fn is_open(&self) -> bool {
        Self::is_open(self)
    }

    fn changed_at(&self) -> Timestamp {
        self.tally.last_at.map_or(self.identified_at, |last| last.max(self.identified_at))
    }

    fn duties(&self, setup: &Setup, _: Timestamp) -> Vec<Obligation> {
        obligation::of_signal(self, setup).into_iter().collect()
    }
}

fn raise_signal(id: SignalId, event: &Event) -> Option<Signal> {
    let Fact::SignalRaised { sighting } = &event.fact else { return None };
    Some(Signal {
        id,
        sighting: sighting.clone(),
        identified_at: event.at,
        raised_by: event.actor,
        latest: None,
        tally: AlertTally::default(),
        state: SignalState::Open,
    })
}

fn apply_to_signal(signal: &mut Signal, event: &Event) {
    let at = event.at;
    match &event.fact {
        Fact::SignalAccepted { incident } => signal.state = SignalState::Accepted { incident: *incident, at },
        Fact::SignalMerged { into } => signal.state = SignalState::Merged { into: *into, at },
        Fact::SignalDismissed { reason } => {
            signal.state = SignalState::Dismissed { reason: reason.clone(), by: event.actor, at };
        }
        Fact::AlertRepeated { count, summary } => {
            signal.latest = Some(summary.clone());
            repeat(&mut signal.tally, *count, event);
        }
        Fact::AlertPartlyRecovered { summary, .. } => {
            signal.latest = Some(summary.clone());
            signal.tally.last_at = Some(at);
        }
        Fact::AlertRecovered { .. } => signal.tally.recovered_at = Some(at),
        Fact::AlertsRolledUp { names } => join(&mut signal.sighting.details, names),
        _ => {}
    }
}

/// What was rolled up into a signal stands below its first words, so that whoever reads it knows which; what has no
/// room any more is counted in its latest words all the same.
fn join(details: &mut String, names: &[String]) {
    let mut room = TEXT_MAX.saturating_sub(details.chars().count());
    for name in names {
        let taken = name.chars().count() + 1;
        if taken > room {
            return;
        }
        room -= taken;
        details.push('\n');
        details.push_str(name);
    }
}

pub(super) fn repeat(tally: &mut AlertTally, count: u32, event: &Event) {
    tally.repeats = tally.repeats.saturating_add(count);
    tally.last_at = Some(event.at);
    tally.recovered_at = None;
}
