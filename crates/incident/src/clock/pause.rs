//! What a pause that lasts asks for (§3.3, §3.4; ruling 4, decision 212): a word to the client, a look whether it
//! still waits, and an end once the agreement allows no more.
//!
//! The clocks run on at a cap by themselves (decision 30); here stands whom it is told. It ends no pause.

use std::collections::BTreeMap;

use super::read;
use super::wait::Allowance;
use crate::agreement::{ClockKind, PauseReason, PauseRule};
use crate::communication::Message;
use crate::log::{Incident, Pause};
use crate::obligation::{Duty, Obligation, Owner};
use crate::records::Record;
use crate::setup::Setup;
use crate::{MINUTE, Role, Subject, Timestamp, Verb};

/// An instant at which clocks run on, because the agreement allows no more of the pause that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cap {
    /// What it waits for.
    pub(crate) reason: PauseReason,
    /// When.
    pub(crate) at: Timestamp,
    /// Which.
    pub(crate) clocks: Vec<ClockKind>,
}

/// The caps of the pause that lasts, as far as the log does not say that they were reached: soonest first.
pub(crate) fn caps(incident: &Incident, setup: &Setup) -> Vec<Cap> {
    let Some(lasting) = Lasting::of(incident, setup) else { return Vec::new() };
    let mut clocks_at: BTreeMap<Timestamp, Vec<ClockKind>> = BTreeMap::new();
    for (at, rule) in lasting.ends() {
        let is_told = |clock: &ClockKind| lasting.pause.capped.contains(clock);
        // A clock that has stopped does not run on.
        let runs_on = |clock: &ClockKind| read(incident, setup, *clock, at).is_unfinished();
        let clocks = rule.clocks.iter().copied().filter(|clock| !is_told(clock) && runs_on(clock));
        clocks_at.entry(at).or_default().extend(clocks);
    }
    let reason = lasting.pause.reason;
    let caps = clocks_at.into_iter().filter(|(_, clocks)| !clocks.is_empty());
    caps.map(|(at, clocks)| Cap { reason, at, clocks }).collect()
}

/// What is owed while it waits.
pub(crate) fn pause_duties(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
    let Some(lasting) = Lasting::of(incident, setup) else { return Vec::new() };
    lasting.look(setup, now).into_iter().chain(lasting.word(setup)).collect()
}

/// A pause that lasts, with those before it and what the agreement says of such a one.
struct Lasting<'a> {
    incident: &'a Incident,
    pause: &'a Pause,
    before: &'a [Pause],
    rules: Vec<&'a PauseRule>,
}

impl<'a> Lasting<'a> {
    fn of(incident: &'a Incident, setup: &'a Setup) -> Option<Self> {
        let (pause, before) = incident.pauses.split_last()?;
        if pause.to.is_some() {
            return None;
        }
        let bound = incident.agreement?;
        let agreement = setup.agreements.get(&(bound.id, bound.version))?;
        let rules = agreement.pauses.iter().filter(|rule| rule.reason == pause.reason).collect();
        Some(Self { incident, pause, before, rules })
    }

    /// When each rule that has a cap lets its clocks run on; one that was used up before never stopped them.
    fn ends(&self) -> impl Iterator<Item = (Timestamp, &'a PauseRule)> {
        let (from, before) = (self.pause.from, self.before);
        self.rules.iter().copied().filter_map(move |rule| {
            let left = Allowance::after(rule, before).left_ms.filter(|left| *left > 0)?;
            Some((from.plus_millis(left), rule))
        })
    }

    /// To look whether it still waits, when the agreement says so; once it allows no more, to end it.
    fn look(&self, setup: &Setup, now: Timestamp) -> Option<Obligation> {
        let minutes = self.rules.iter().filter_map(|rule| rule.review_minutes).min();
        let from = self.pause.reviewed_at.unwrap_or(self.pause.from);
        let review = minutes.map(|minutes| from.plus_millis(i64::from(minutes) * MINUTE));
        let cap = self.ends().map(|(at, _)| at).min();
        let waits = self.pause.reason.name();
        match (review.filter(|review| cap.is_none_or(|cap| *review < cap && now < cap)), cap) {
            (Some(review), _) => {
                let why = format!("It is {waits}: ask again, and look whether it still waits.");
                Some(self.owed(setup, Some(review), why, &[Verb::ReviewPause, Verb::ResumeClock]))
            }
            (None, Some(cap)) => {
                let why =
                    format!("It is {waits}, and no more of that is agreed: the clock runs on, so resume it.");
                Some(self.owed(setup, Some(cap), why, &[Verb::ResumeClock]))
            }
            (None, None) => None,
        }
    }

    /// To say to the client that it waits, once for each pause: whoever hears nothing cannot help it on.
    fn word(&self, setup: &Setup) -> Option<Obligation> {
        let ended = |before: &Pause| before.to.unwrap_or(before.from);
        let since = self.before.last().map_or(self.incident.logged.at, ended);
        let client = self.incident.entry.client;
        let mut told = self.incident.communication.to(client).filter_map(Message::told_at);
        if told.any(|at| at >= since) {
            return None;
        }
        let why = format!("It is {}, and the client has heard nothing of it.", self.pause.reason.name());
        Some(self.owed(setup, None, why, &[Verb::TellClient]))
    }

    fn owed(&self, setup: &Setup, due: Option<Timestamp>, why: String, verbs: &[Verb]) -> Obligation {
        let held = self.incident.assignment.as_ref();
        let holder = held.and_then(|held| self.incident.audience().answerable(setup, held.to));
        Obligation {
            subject: Subject::Incident(self.incident.id),
            duty: Duty::UpdateClient,
            owner: Owner { person: holder, role: Role::ServiceDesk },
            due,
            attention: None,
            clock: None,
            paused: false,
            severity: self.incident.severity(),
            clause: "§3.4".into(),
            why,
            fulfilled_by: verbs.to_vec(),
        }
    }
}
