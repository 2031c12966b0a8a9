//! Every *must*: the duty, who owes it, by when, and why (§3.1 to §3.5).
//!
//! One incident has one *next duty*; boards, alarms and lists all read that value. The vocabulary is closed.

mod late;
mod response;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock::{self, Attention, ClockState, Reading};
use crate::closing::{Weight, as_planned, debt, fix_owed};
use crate::communication::{self, Answer};
use crate::escalation;
use crate::event::Subject;
use crate::identification::Signal;
use crate::log::Incident;
use crate::records::{Record, RecordRef, Records};
use crate::review;
use crate::setup::Setup;
use crate::severity::lowering;
use crate::{MINUTE, PersonId, Role, Severity, Timestamp, Verb, major_incident, related};

/// What is owed: fifteen words, no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Log an identified signal (§3.1).
    Log,
    /// Assess and assign (§6 Response Time).
    AssessAndAssign,
    /// Tell the client of the incident (§3.4).
    TellClient,
    /// Update the client (§3.4).
    UpdateClient,
    /// Escalate along the technical path (§3.5).
    EscalateTechnical,
    /// Escalate along the managerial path (§3.5).
    EscalateManagerial,
    /// Name an Incident Manager (§3.6).
    AssignIncidentManager,
    /// Restore normal service (§3.1).
    Restore,
    /// Resolve (§3.1).
    Resolve,
    /// Confirm restoration with the client (§3.4).
    ConfirmWithClient,
    /// Validate and close (§3.1 Closure).
    ValidateAndClose,
    /// Commit to a new time after a breach (§3.4).
    Recommit,
    /// Schedule the review (§3.7).
    ScheduleReview,
    /// Finish the review (§3.7).
    FinishReview,
    /// Decide an exception (§4.2).
    DecideException,
}

impl Duty {
    /// Verb first, as cards and alarms say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Log => "Log",
            Self::AssessAndAssign => "Assess + assign",
            Self::TellClient => "Tell client",
            Self::UpdateClient => "Client update",
            Self::EscalateTechnical => "Escalate (tech)",
            Self::EscalateManagerial => "Escalate (mgr)",
            Self::AssignIncidentManager => "Assign IM",
            Self::Restore => "Restore",
            Self::Resolve => "Resolve",
            Self::ConfirmWithClient => "Confirm with client",
            Self::ValidateAndClose => "Validate + close",
            Self::Recommit => "Recommit",
            Self::ScheduleReview => "Schedule review",
            Self::FinishReview => "Finish review",
            Self::DecideException => "Decide exception",
        }
    }
}

/// Who owes it: the person where there is one, and the role that answers otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owner {
    /// The person.
    pub person: Option<PersonId>,
    /// The role.
    pub role: Role,
}

/// One duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Obligation {
    /// On what.
    pub subject: Subject,
    /// What.
    pub duty: Duty,
    /// Who.
    pub owner: Owner,
    /// By when; absent where no agreement and no setting gives a time.
    pub due: Option<Timestamp>,
    /// When it asks for attention.
    pub attention: Option<Attention>,
    /// The clock behind it.
    pub clock: Option<ClockKind>,
    /// Whether its clock stands still.
    pub paused: bool,
    /// The severity, for the alarm's tier.
    pub severity: Severity,
    /// The clause.
    pub clause: String,
    /// Why, in a sentence.
    pub why: String,
    /// The commands that fulfil it.
    pub fulfilled_by: Vec<Verb>,
}

/// All duties of the records at hand, soonest first.
pub fn obligations(records: &Records, now: Timestamp) -> Vec<Obligation> {
    let mut all: Vec<_> = records.all().flat_map(|record| owed_on(record, records, now)).collect();
    all.sort_by_key(order);
    all
}

/// What is owed on one record, with what it looks at.
fn owed_on(record: RecordRef<'_>, records: &Records, now: Timestamp) -> Vec<Obligation> {
    let RecordRef::Exception(exception) = record else { return record.duties(&records.setup, now) };
    let incident = exception.about().and_then(|id| records.incidents.get(&id));
    exception.owed_beside(incident.map(AsRef::as_ref), &records.setup, now)
}

/// Running before paused, dated before undated, soonest first; a fix that is planned beyond the resolution comes after
/// what ends the incident.
fn order(obligation: &Obligation) -> (bool, bool, Option<Timestamp>, bool, Duty) {
    let is_beyond = obligation.duty == Duty::Resolve && !obligation.fulfilled_by.contains(&Verb::Resolve);
    (obligation.paused, obligation.due.is_none(), obligation.due, is_beyond, obligation.duty)
}

/// The duty of a signal: to be logged, merged or dismissed (§3.1).
pub fn of_signal(signal: &Signal, setup: &Setup) -> Option<Obligation> {
    if !signal.is_open() {
        return None;
    }
    let promptly = setup.house_at(signal.identified_at).and_then(|house| house.log_within_minutes);
    let promptly = promptly.map(|minutes| i64::from(minutes) * MINUTE);
    let at = |percent: i64| promptly.map(|ms| signal.identified_at.plus_millis(ms * percent / 100));
    let attention = at(50).zip(at(75)).map(|(watch, caution)| Attention {
        watch,
        caution,
        warning: at(90).unwrap_or(caution),
    });
    Some(Obligation {
        subject: Subject::Signal(signal.id),
        duty: Duty::Log,
        owner: Owner { person: None, role: Role::ServiceDesk },
        due: at(100),
        attention,
        clock: None,
        paused: false,
        severity: Severity::Three,
        clause: "§3.1".into(),
        why: "Every identified incident is logged promptly.".into(),
        fulfilled_by: vec![Verb::AcceptSignal, Verb::MergeSignal, Verb::DismissSignal],
    })
}

/// The duties of an incident, soonest first.
pub fn of_incident(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
    if !incident.is_open() {
        return Vec::new();
    }
    let duties = Duties { incident, setup };
    let readings = clock::readings(incident, setup, now);
    let mut all = Vec::new();
    all.extend(duties.respond(&readings));
    // A separate restoration target hides no resolution target: each clock has its own duty.
    let separate = has_target(&readings, ClockKind::Restoration);
    if incident.restored.is_none() {
        let kind = if separate { ClockKind::Restoration } else { ClockKind::Resolution };
        all.push(duties.restore(&readings, kind));
    }
    let resolves = incident.resolved.is_none() && (separate || incident.restored.is_some());
    all.extend(as_planned(resolves.then(|| duties.resolve(&readings)), fix_owed(incident, setup)));
    all.extend(duties.confirm_severity());
    all.extend(duties.escalate(&readings, now));
    all.extend(lowering::duties(incident));
    all.extend(clock::pause_duties(incident, setup, now));
    all.extend(major_incident::duties::duties(incident, setup));
    all.extend(related::duties(incident, setup));
    all.extend(duties.tell(&readings));
    if incident.restored.is_some() {
        all.extend(duties.confirm_or_close());
        all.extend(clock::evidence_duty(incident, setup));
    }
    all.extend(review::duties(incident, setup, now));
    let escalating = escalation::duties(incident, setup, &all, now);
    all.extend(escalating);
    all.sort_by_key(order);
    all
}

fn has_target(readings: &[Reading], kind: ClockKind) -> bool {
    readings.iter().any(|reading| reading.kind == kind && reading.target.is_some())
}

/// The duties of one incident under one configuration.
pub(crate) struct Duties<'a> {
    pub(crate) incident: &'a Incident,
    pub(crate) setup: &'a Setup,
}

impl Duties<'_> {
    /// A duty without a time, of a role.
    pub(crate) fn owed(
        &self,
        duty: Duty,
        role: Role,
        clause: &str,
        why: &str,
        fulfilled_by: &[Verb],
    ) -> Obligation {
        Obligation {
            subject: Subject::Incident(self.incident.id),
            duty,
            owner: Owner { person: None, role },
            due: None,
            attention: None,
            clock: None,
            paused: false,
            severity: self.incident.severity(),
            clause: clause.into(),
            why: why.into(),
            fulfilled_by: fulfilled_by.to_vec(),
        }
    }

    fn timed(&self, mut obligation: Obligation, readings: &[Reading], kind: ClockKind) -> Obligation {
        if let Some(reading) = readings.iter().find(|reading| reading.kind == kind && reading.is_live()) {
            obligation.due = reading.due;
            obligation.attention = reading.attention;
            obligation.clock = Some(kind);
            // Where the pause has an end of its own, the deadline holds and is to be heard.
            obligation.paused = matches!(reading.state, ClockState::Paused { until: None, .. });
        }
        obligation
    }

    /// Who has it, while they work here and may see it.
    pub(crate) fn assignee(&self) -> Option<PersonId> {
        self.answerable(self.incident.assignment.as_ref()?.to)
    }

    /// A person who may see the incident and works here now; the role answers for anybody else.
    pub(crate) fn answerable(&self, person: PersonId) -> Option<PersonId> {
        self.incident.audience().answerable(self.setup, person)
    }

    fn restore(&self, readings: &[Reading], kind: ClockKind) -> Obligation {
        let why = match self.incident.family.proposed_at {
            Some(_) => "The incident of the outage is restored: see whether service is back here too.",
            None => "Normal service is to be restored.",
        };
        let mut duty = self.owed(Duty::Restore, Role::Tier2, "§3.1", why, &[Verb::RestoreService]);
        duty.owner.person = self.assignee();
        self.timed(duty, readings, kind)
    }

    fn resolve(&self, readings: &[Reading]) -> Obligation {
        let why = "The cause is still to be repaired and documented.";
        let verbs = [Verb::RecordResolutionStep, Verb::Resolve];
        let mut duty = self.owed(Duty::Resolve, Role::Tier2, "§3.1", why, &verbs);
        duty.owner.person = self.assignee();
        self.timed(duty, readings, ClockKind::Resolution)
    }

    /// After restoration: the client's word first, then the formal end (§3.4, §3.1 Closure).
    fn confirm_or_close(&self) -> Option<Obligation> {
        let is_resolved = self.incident.resolved.is_some();
        Some(match self.incident.confirmation.as_ref().map(|confirmation| confirmation.answer) {
            Some(Answer::Confirmed) if !is_resolved => return None,
            Some(Answer::Confirmed) => {
                let role = if self.incident.peak_severity().is_high() {
                    Role::IncidentManager
                } else {
                    Role::ServiceDesk
                };
                let mut verbs = self.owed_before_closing();
                let why = if verbs.is_empty() {
                    "Service is restored and confirmed."
                } else {
                    "Service is restored and confirmed; something is still owed before it can be closed."
                };
                verbs.push(Verb::Close);
                // A parent is closed after its children; the way on is theirs, or to part from them.
                if !self.incident.family.children.is_empty() {
                    verbs.push(Verb::UnlinkChild);
                }
                self.owed(Duty::ValidateAndClose, role, "§3.1", why, &verbs)
            }
            Some(Answer::Disputed) => {
                let why = "The client says that service is not back.";
                let verbs = [Verb::Reopen, Verb::ConfirmRestoration];
                self.confirming(why, &verbs)
            }
            Some(Answer::NoAnswer) if is_resolved => {
                let owed = self.owed_before_closing();
                let why = if owed.is_empty() {
                    "The client has not answered: ask again, or close with the reason."
                } else {
                    "The client has not answered: ask again, and pay what is owed before it can be closed."
                };
                let mut verbs = vec![Verb::ConfirmRestoration];
                verbs.extend(owed.into_iter().filter(|verb| *verb != Verb::ConfirmRestoration));
                verbs.push(Verb::Close);
                self.confirming(why, &verbs)
            }
            Some(Answer::NoAnswer) | None => {
                let why = "The client is told of the restoration and asked to confirm it.";
                self.confirming(why, &[Verb::ConfirmRestoration])
            }
        })
    }

    fn confirming(&self, why: &str, verbs: &[Verb]) -> Obligation {
        let mut duty = self.owed(Duty::ConfirmWithClient, Role::AccountManager, "§3.4", why, verbs);
        duty.owner = communication::account_manager(self.incident, self.setup);
        // What the client wrote may be the answer; a person says so, the words alone do not.
        if self.incident.communication.candidate.is_some() {
            duty.why = "The client has written since: read it, and say whether it confirms.".into();
        }
        duty
    }

    /// The deeds that pay what must be paid before the end, each once, in order.
    fn owed_before_closing(&self) -> Vec<Verb> {
        let owed =
            debt(self.incident, self.setup).into_iter().filter(|owed| owed.weight == Weight::MustBePaid);
        let mut verbs: Vec<Verb> = Vec::new();
        for verb in owed.flat_map(|owed| owed.paid_by) {
            if !verbs.contains(&verb) {
                verbs.push(verb);
            }
        }
        verbs
    }

    /// The provisional severity is a person's to confirm, where the house has set a time (§3.3).
    fn confirm_severity(&self) -> Option<Obligation> {
        let house = self.setup.house_at(self.incident.logged.at)?;
        let minutes = house.identification.confirm_severity_within_minutes?;
        if self.incident.severity_set || self.incident.responded_at().is_none() {
            return None;
        }
        let why = "The severity is provisional until a person has set it.";
        let mut duty = self.owed(Duty::AssessAndAssign, Role::ServiceDesk, "§3.3", why, &[Verb::SetSeverity]);
        duty.owner.person = self.assignee();
        duty.due = Some(self.incident.logged.at.plus_millis(i64::from(minutes) * MINUTE));
        Some(duty)
    }
}
