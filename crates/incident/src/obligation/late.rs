//! What is owed on a target that was not met (§3.5): a word to management, and more specialised hands where a
//! technical path is defined. What each of the two asks for is the register's measure as well.

use super::{Duties, Obligation};
use crate::agreement::ClockKind;
use crate::clock::{self, Broken, Reading};
use crate::escalation::{EscalationPath, specialists};
use crate::{Duty, Role, Timestamp, Verb};

impl Duties<'_> {
    /// Every target that was not met has to be escalated (§3.5), each once along each path: to whichever client it
    /// was promised.
    pub(super) fn escalate(&self, readings: &[Reading], now: Timestamp) -> Vec<Obligation> {
        let late = readings
            .iter()
            .filter(|reading| reading.kind != ClockKind::Response && reading.is_unfinished())
            .filter(|reading| reading.broken.is_some());
        late.flat_map(|reading| {
            let promised = clock::promised(self.incident, self.setup, reading.kind, now).into_iter();
            let called_for = promised.filter(|own| own.reading.corrected.is_none());
            let broken: Vec<_> =
                called_for.filter_map(|own| Some((own.reading.broken?, own.since))).collect();
            let unput = broken.iter().filter(|(broken, _)| self.lacks_specialists(*broken));
            let unput = unput.map(|(broken, _)| broken.at).min();
            let untold =
                broken.iter().filter(|(broken, since)| !self.is_told(reading.kind, *since, broken.at));
            let untold = untold.map(|(broken, _)| broken.at).min();
            let technical = unput.map(|at| self.escalation(EscalationPath::Technical, reading.kind, at));
            let managerial = untold.map(|at| self.escalation(EscalationPath::Managerial, reading.kind, at));
            technical.into_iter().chain(managerial)
        })
        .collect()
    }

    /// Whether management was told of a promise that was broken at an instant, by hand or along its path
    /// (decision 98).
    fn is_told(&self, kind: ClockKind, promised_since: Timestamp, broken_at: Timestamp) -> bool {
        let path = EscalationPath::Managerial;
        let by_hand = self.incident.escalations.iter().any(|told| told.path == path && told.at >= broken_at);
        let escalating = &self.incident.escalating;
        let tells = |word| escalating.tells_of(word, kind, promised_since, broken_at);
        by_hand || escalating.delivered(path).any(tells)
    }

    /// Whether a technical path was defined for it when a promise was broken, and nobody has put it on (decision 170).
    fn lacks_specialists(&self, broken: Broken) -> bool {
        specialists::put_on(self.incident, self.setup).next().is_none()
            && specialists::are_defined(self.incident, self.setup, broken.severity, broken.at)
    }

    fn escalation(&self, path: EscalationPath, kind: ClockKind, at: Timestamp) -> Obligation {
        let target = kind.name().to_lowercase();
        let (word, why, verbs): (_, _, &[Verb]) = match path {
            EscalationPath::Technical => (
                Duty::EscalateTechnical,
                format!("The {target} target was not met, and no more specialised hands are on it."),
                &[Verb::Escalate, Verb::StartEscalation],
            ),
            EscalationPath::Managerial => {
                (Duty::EscalateManagerial, format!("The {target} target was not met."), &[Verb::Escalate])
            }
        };
        let mut duty = self.owed(word, Role::IncidentManager, "§3.5", &why, verbs);
        duty.due = Some(at);
        duty.clock = Some(kind);
        duty
    }
}
