//! Which promise was in force when: one severity under one agreement, from one change to the next.
//!
//! Each regime answers for its own time (ruling 5), so that neither a lowered severity nor another agreement
//! takes back what was late before.

use crate::agreement::{Agreement, ClockKind, Target};
use crate::log::{BoundAgreement, BoundCalendar, Incident};
use crate::setup::{CompiledCalendar, Setup};
use crate::{Severity, Timestamp};

/// A stretch with one severity and one agreement.
pub(super) struct Regime<'a> {
    pub(super) from: Timestamp,
    /// Until when; open for the last one.
    pub(super) until: Option<Timestamp>,
    pub(super) severity: Severity,
    pub(super) agreement: Option<&'a Agreement>,
    calendars: &'a [BoundCalendar],
}

/// A target and the calendar that counts it.
pub(super) struct Promise<'a> {
    pub(super) target: &'a Target,
    pub(super) calendar: &'a CompiledCalendar,
}

/// All of them, in the order of the record; there is always one.
pub(super) fn regimes<'a>(incident: &'a Incident, setup: &'a Setup) -> Vec<Regime<'a>> {
    if incident.severities.is_empty() {
        return vec![regime(incident, setup, incident.logged.at, None, incident.severity())];
    }
    let mut all = Vec::with_capacity(incident.severities.len() + incident.rebindings.len());
    for (place, in_force) in incident.severities.iter().enumerate() {
        let until = incident.severities.get(place + 1).map(|next| next.at);
        let inside = |at: Timestamp| at > in_force.at && until.is_none_or(|until| at < until);
        let mut from = in_force.at;
        let cuts = incident.rebindings.iter().map(|rebinding| rebinding.at).filter(|at| inside(*at));
        for cut in cuts {
            all.push(regime(incident, setup, from, Some(cut), in_force.severity));
            from = cut;
        }
        all.push(regime(incident, setup, from, until, in_force.severity));
    }
    all
}

fn regime<'a>(
    incident: &'a Incident,
    setup: &'a Setup,
    from: Timestamp,
    until: Option<Timestamp>,
    severity: Severity,
) -> Regime<'a> {
    let left = incident.rebindings.iter().find(|rebinding| from < rebinding.at);
    let (bound, calendars) = left.map_or((incident.agreement, &incident.calendars), |rebinding| {
        (rebinding.from.agreement, &rebinding.from.calendars)
    });
    Regime { from, until, severity, agreement: agreement_of(setup, bound), calendars }
}

fn agreement_of(setup: &Setup, bound: Option<BoundAgreement>) -> Option<&Agreement> {
    bound.and_then(|bound| setup.agreements.get(&(bound.id, bound.version)))
}

impl<'a> Regime<'a> {
    /// What it promises of a clock; `Err` says why nothing.
    pub(super) fn promise(
        &self,
        incident: &Incident,
        setup: &'a Setup,
        kind: ClockKind,
    ) -> Result<Promise<'a>, String> {
        let Some(agreement) = self.agreement else {
            let entry = &incident.entry;
            return Err(setup.no_agreement(entry.client, &entry.services, incident.logged.at));
        };
        let Some(target) = agreement.targets(self.severity).of(kind) else {
            let (clock, number) = (kind.name().to_lowercase(), self.severity.number());
            return Err(format!("{} names no {clock} target for Severity {number}", agreement.name));
        };
        let calendar = self.calendar(setup, target).ok_or("its calendar is not set up")?;
        Ok(Promise { target, calendar })
    }

    fn calendar(&self, setup: &'a Setup, target: &Target) -> Option<&'a CompiledCalendar> {
        version_of(self.calendars, setup, target)
    }
}

/// The calendar version that counts: the one in force when the incident was bound (ruling 15).
fn version_of<'a>(
    calendars: &[BoundCalendar],
    setup: &'a Setup,
    target: &Target,
) -> Option<&'a CompiledCalendar> {
    match calendars.iter().find(|bound| bound.id == target.calendar) {
        Some(bound) => setup.calendars.get(&(bound.id, bound.version)),
        None => setup.calendar(target.calendar),
    }
}

/// When open time that an agreement counts for something other than a clock is used up: by the agreement that
/// answered at `from`, on its calendar. `None` where it names no such time.
pub(crate) fn agreed_time(
    incident: &Incident,
    setup: &Setup,
    from: Timestamp,
    names: impl Fn(&Agreement) -> Option<&Target>,
) -> Option<Timestamp> {
    let regime = regime(incident, setup, from, None, incident.severity());
    let target = names(regime.agreement?)?;
    regime.calendar(setup, target)?.index.add(from, target.budget_ms()).at()
}
