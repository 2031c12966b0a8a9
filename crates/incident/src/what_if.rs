//! What-if: what deeds would make of the clocks, and which breaches would appear, without doing them (§3.3).
//!
//! It decides, folds and reads with the functions of the deed itself, on a copy, so that it cannot say
//! anything else than the deed would. It writes nothing and asks nobody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::{self, Reading};
use crate::log::Breach;
use crate::{Actor, Command, IncidentId, Records, Refusal, Severity, Timestamp, apply, decide};

/// What deeds would come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhatIf {
    /// Clocks that would stand otherwise.
    pub changes: Vec<ClockChange>,
    /// Promises that would be broken at that moment, and are not now.
    pub breaches: Vec<BreachAhead>,
    /// The refusal that the first impossible deed would earn; what came before it is counted.
    pub refusal: Option<Refusal>,
}

/// One clock before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClockChange {
    /// Whose.
    pub incident: IncidentId,
    /// The severity after.
    pub severity: Severity,
    /// As it stands; none of an incident that the deeds would log.
    pub before: Option<Reading>,
    /// As it would stand.
    pub after: Reading,
}

/// A breach that the deeds would bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachAhead {
    /// Whose.
    pub incident: IncidentId,
    /// The breach.
    pub breach: Breach,
}

/// What `commands`, one after the other at `now`, would make of the clocks of the records at hand.
pub fn what_if(records: &Records, actor: &Actor, now: Timestamp, commands: &[Command]) -> WhatIf {
    let mut after = records.clone();
    let mut answer = WhatIf::default();
    for command in commands {
        match decide(&after, actor, now, command) {
            Ok(events) => {
                for event in &events {
                    apply(&mut after, event);
                }
            }
            Err(refusal) => {
                answer.refusal = Some(refusal);
                break;
            }
        }
    }
    let setup_changed = !std::sync::Arc::ptr_eq(&records.setup, &after.setup);
    for (id, incident) in &after.incidents {
        let was = records.incidents.get(id);
        // An untouched record under untouched rules reads as before.
        if !setup_changed && was.is_some_and(|was| std::sync::Arc::ptr_eq(was, incident)) {
            continue;
        }
        let before = was.map(|was| clock::readings(was, &records.setup, now));
        for (place, reading) in clock::readings(incident, &after.setup, now).into_iter().enumerate() {
            let before = before.as_ref().and_then(|before| before.get(place)).cloned();
            let was_broken = before.as_ref().and_then(Reading::breach);
            if let Some(breach) = reading.breach().filter(|breach| was_broken.as_ref() != Some(breach)) {
                answer.breaches.push(BreachAhead { incident: *id, breach });
            }
            if before.as_ref() != Some(&reading) {
                let severity = incident.severity();
                answer.changes.push(ClockChange { incident: *id, severity, before, after: reading });
            }
        }
    }
    answer
}
