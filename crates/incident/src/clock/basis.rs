//! What a clock counts with, and when it was late: start, stop, what is left out, and each promise in turn.

use super::regime::{Promise, Regime, regimes};
use super::trust::came_back;
use super::wait::{LeftOut, Wait, closed, stop_before, waits};
use super::{Attention, Broken, ClockState, attention};
use crate::agreement::{Agreement, ClockKind, ClockStart, ReopenMode, ResponseReading};
use crate::calendar::Index;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{Phase, Severity, Span, Timestamp};

/// One clock of one incident, before any target is looked at.
pub(super) struct Basis<'a> {
    pub(super) incident: &'a Incident,
    pub(super) setup: &'a Setup,
    pub(super) kind: ClockKind,
    /// What the response clock takes for the response.
    pub(super) response: ResponseReading,
    pub(super) regimes: Vec<Regime<'a>>,
    /// The time whose promises are looked at: all of it, or that of one of the clients it belonged to.
    pub(super) judged: Span,
    pub(super) stopped: Option<Timestamp>,
    /// Whether it was closed, and the first reply came back afterwards.
    pub(super) lost: bool,
    /// Until when it ran: its stop, the end of the incident, or now.
    pub(super) end: Timestamp,
    pub(super) state: ClockState,
}

/// How a clock ran under one agreement.
pub(super) struct Course {
    /// Where the last run started, and all before it with their ends.
    started: Timestamp,
    ended_runs: Vec<Span>,
    /// Stretches that do not count.
    pub(super) excluded: Vec<Span>,
}

/// A stretch in which a promise was broken.
pub(super) struct Late {
    pub(super) span: Span,
    /// The deadline that had passed; before the stretch, where the promise was late when it was made.
    pub(super) due: Timestamp,
    pub(super) severity: Severity,
    pub(super) on_arrival: bool,
}

impl Late {
    pub(super) const fn broken(&self) -> Broken {
        Broken { at: self.span.from, severity: self.severity, on_arrival: self.on_arrival }
    }
}

impl<'a> Basis<'a> {
    /// A clock as its agreement reads it.
    pub(super) fn of(incident: &'a Incident, setup: &'a Setup, kind: ClockKind, now: Timestamp) -> Self {
        let bound = incident.agreement.and_then(|bound| setup.agreements.get(&(bound.id, bound.version)));
        let response = bound.map(|agreement| agreement.terms.response).unwrap_or_default();
        Self::reading(incident, setup, kind, response, now)
    }

    /// A clock under a reading of the response that is chosen here.
    pub(super) fn reading(
        incident: &'a Incident,
        setup: &'a Setup,
        kind: ClockKind,
        response: ResponseReading,
        now: Timestamp,
    ) -> Self {
        let stopped = stopped_at(incident, kind, response);
        let ended = incident.phase.ended_at();
        // What was no reply stopped no clock, and the end of the record kept no promise to reply (decision 92).
        let lost =
            kind == ClockKind::Response && response == ResponseReading::FirstReply && came_back(incident);
        let end = stopped.or(ended.filter(|_| !lost)).unwrap_or(now.max(incident.logged.at));
        let regimes = regimes(incident, setup);
        let (judged, state) = (Span::EVER, ClockState::Running);
        let mut basis = Self { incident, setup, kind, response, regimes, judged, stopped, lost, end, state };
        basis.state = match (stopped, ended) {
            _ if matches!(incident.phase, Phase::Cancelled { .. }) => ClockState::NotCounted,
            (Some(at), _) => ClockState::Stopped { at },
            (None, Some(_)) => ClockState::NotCounted,
            (None, None) => basis.waiting().unwrap_or(ClockState::Running),
        };
        if let Some(ended) = ended.filter(|_| lost) {
            basis.end = basis.owed_until(ended);
        }
        basis
    }

    /// Until when a reply that came back after the end was owed: to the end of the record, or to just past its due
    /// time. Nobody can give it any more, so that it grows no later than that.
    fn owed_until(&self, ended: Timestamp) -> Timestamp {
        let promise = self.promise().ok().zip(self.regime().agreement);
        let due = promise.and_then(|(promise, agreement)| {
            self.course(agreement).due(&promise.calendar.index, promise.target.budget_ms())
        });
        let over = due.map_or(ended, |due| ended.max(due.plus_millis(1)));
        self.end.min(over)
    }

    fn waiting(&self) -> Option<ClockState> {
        let lasting = self.waits(self.regime().agreement?).into_iter().rfind(|wait| wait.lasts)?;
        Some(ClockState::Paused { reason: lasting.reason, since: lasting.span.from, until: lasting.until })
    }

    fn waits(&self, agreement: &Agreement) -> Vec<Wait> {
        waits(self.incident, agreement, self.kind, self.end)
    }

    /// The regime in force just before the stop, or now.
    pub(super) fn regime(&self) -> &Regime<'a> {
        let before = |regime: &&Regime<'_>| self.stopped.is_none_or(|at| regime.from < at);
        // `regimes` never comes back empty.
        self.regimes.iter().rfind(before).unwrap_or(&self.regimes[0])
    }

    /// What is promised now, or was at the stop; `Err` says why nothing.
    pub(super) fn promise(&self) -> Result<Promise<'a>, String> {
        self.regime().promise(self.incident, self.setup, self.kind)
    }

    /// The earliest instant at which any promise could have fallen due: with nothing left out.
    pub(super) fn first_due(&self) -> Option<Timestamp> {
        let due = self.regimes.iter().filter_map(|regime| {
            let promise = regime.promise(self.incident, self.setup, self.kind).ok()?;
            let course = self.course(regime.agreement?);
            let began = course.ended_runs.first().map_or(course.started, |run| run.from);
            promise.calendar.index.add(began, promise.target.budget_ms()).at()
        });
        due.min()
    }

    /// How the clock runs under an agreement.
    pub(super) fn course(&self, agreement: &Agreement) -> Course {
        let logged = self.incident.logged.at;
        let mut started = match agreement.terms.start {
            ClockStart::Logged => logged,
            ClockStart::Reported => self.incident.entry.reported_at.min(logged),
        };
        let mut ended_runs = Vec::new();
        if agreement.terms.reopening == ReopenMode::Restarted {
            for reopening in &self.incident.reopenings {
                if let Some(to) = stop_before(self.kind, reopening) {
                    ended_runs.push(Span { from: started, to });
                    started = reopening.at;
                }
            }
        }
        // A wait that lasts ends at its cap at the latest: that deadline holds whatever nobody does.
        let waits = self.waits(agreement).into_iter().map(|wait| match wait.until.filter(|_| wait.lasts) {
            Some(until) => Span { from: wait.span.from, to: until },
            None => wait.span,
        });
        let reopenings = self.incident.reopenings.iter();
        let closed = reopenings.filter_map(|reopening| closed(agreement, self.kind, reopening));
        Course { started, ended_runs, excluded: waits.chain(closed).collect() }
    }

    /// The stretches left out under an agreement, with the reasons.
    pub(super) fn left_out(&self, agreement: &Agreement) -> Vec<LeftOut> {
        let waits = self.waits(agreement).into_iter().map(|wait| {
            let is_capped = wait.until.is_some_and(|until| wait.span.to == until);
            let cap = if is_capped { ", up to the agreement's cap" } else { "" };
            LeftOut { span: wait.span, why: format!("{}{cap}", wait.reason.name()) }
        });
        let closed = self.incident.reopenings.iter().filter_map(|reopening| {
            let confirmed = if reopening.was_confirmed { ", the client had confirmed" } else { "" };
            let span = closed(agreement, self.kind, reopening)?;
            Some(LeftOut { span, why: format!("it had stopped until it was reopened{confirmed}") })
        });
        waits.chain(closed).collect()
    }

    /// Every stretch in which a promise in force was broken, in the order of the record (ruling 5): a raise
    /// cannot be late before it happened, nor a promise before it was this client's, and lowering takes nothing
    /// back. Stopping at the deadline is met.
    pub(super) fn late(&self) -> Vec<Late> {
        let mut all = Vec::new();
        for regime in &self.regimes {
            let Some(agreement) = regime.agreement else { continue };
            let Ok(promise) = regime.promise(self.incident, self.setup, self.kind) else { continue };
            let course = self.course(agreement);
            let (index, budget) = (&promise.calendar.index, promise.target.budget_ms());
            let last = Span { from: course.started, to: self.end };
            for run in course.ended_runs.iter().chain([&last]) {
                let Some(due) = index.due(run.from, budget, &course.excluded).at() else { continue };
                let begun = regime.from.max(self.judged.from);
                let span = Span {
                    from: due.max(begun),
                    to: regime.until.map_or(run.to, |until| until.min(run.to)).min(self.judged.to),
                };
                if span.from < span.to {
                    all.push(Late { span, due, severity: regime.severity, on_arrival: due < begun });
                }
            }
        }
        all
    }
}

impl Course {
    /// Where the run that counts now started.
    pub(super) const fn started(&self) -> Timestamp {
        self.started
    }

    pub(super) fn due(&self, index: &Index, budget_ms: i64) -> Option<Timestamp> {
        index.due(self.started, budget_ms, &self.excluded).at()
    }

    pub(super) fn attention(&self, promise: &Promise<'_>, severity: Severity) -> Option<Attention> {
        let budget = promise.target.budget_ms();
        let lead = attention::Lead::of(budget, severity);
        let before = |left: i64| self.due(&promise.calendar.index, budget - left);
        Some(Attention {
            watch: before(lead.watch)?,
            caution: before(lead.caution)?,
            warning: before(lead.warning)?,
        })
    }
}

/// When the clock stopped, if it did.
pub(super) fn stopped_at(
    incident: &Incident,
    kind: ClockKind,
    response: ResponseReading,
) -> Option<Timestamp> {
    match (kind, response) {
        (ClockKind::Response, ResponseReading::AssessedAndAssigned) => incident.responded_at(),
        (ClockKind::Response, ResponseReading::AssessedAndAccepted) => {
            Some(incident.assessed.as_ref()?.at.max(incident.stamps.accepted?.at))
        }
        (ClockKind::Response, ResponseReading::FirstReply) => incident.stamps.replied.map(|told| told.at),
        (ClockKind::Restoration, _) => incident.restored.as_ref().map(|restored| restored.at),
        (ClockKind::Resolution, _) => incident.stopped_at(),
    }
}
