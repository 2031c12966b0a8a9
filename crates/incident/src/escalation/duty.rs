//! What people owe on escalations (§3.5): an answer to a call, an answer to a question, and help where nobody
//! was reached or a call for more hands was left unanswered.

use super::forecast::{ForecastAnswer, ForecastQuestion};
use super::live::LiveRun;
use super::{EscalationPath, Run};
use crate::agreement::ClockKind;
use crate::clock::{self, Attention};
use crate::event::Subject;
use crate::log::Incident;
use crate::obligation::{Obligation, Owner};
use crate::records::Record;
use crate::setup::Setup;
use crate::{Duty, PersonId, Role, Timestamp, Verb};

/// The duties of an incident's escalations. `others` is what is owed on it beside them.
pub(crate) fn duties(
    incident: &Incident,
    setup: &Setup,
    others: &[Obligation],
    now: Timestamp,
) -> Vec<Obligation> {
    let owing = Owing { incident, setup };
    let live = incident.escalating.live(incident, setup, others, now);
    let mut all: Vec<_> = live.iter().filter_map(|live| owing.answer(live)).collect();
    let unanswered = incident.escalating.left_unanswered(&live);
    all.extend(unanswered.into_iter().map(|(_, run)| owing.hands(run)));
    // The latest question of each clock counts, however many are open.
    let latest = |clock: ClockKind| {
        incident.escalating.questions.iter().rfind(move |question| question.clock == clock)
    };
    let questions = ClockKind::ALL.into_iter().filter_map(latest);
    all.extend(questions.filter_map(|question| owing.word(question, now)));
    all
}

struct Owing<'a> {
    incident: &'a Incident,
    setup: &'a Setup,
}

impl Owing<'_> {
    /// Whoever was called last owes an acknowledgement until the next step; when nobody is left to be called,
    /// management owes help.
    fn answer(&self, LiveRun { run, cause, .. }: &LiveRun<'_>) -> Option<Obligation> {
        let last = run.taken.last()?;
        if run.acknowledged.is_some() {
            return None;
        }
        let next = self.setup.path(run.bound).and_then(|path| run.next(path));
        // The last resort may be whoever asked for more hands; they do not answer themselves.
        let people = last.told.iter().copied().filter(|person| !run.is_asked_by(*person));
        let role = role(run.path);
        let why = |what: &str| format!("Escalated, because {}. {what}", cause.name());
        let verbs = [Verb::AcknowledgeEscalation];
        Some(match next {
            Some((_, due)) => {
                let why = why("Whoever was called is to acknowledge it.");
                self.owed(duty(run.path), (role, self.only(people)), Some(due), &why, &verbs)
            }
            None => {
                let why = why("Nobody on the path has answered, the last resort included.");
                self.owed(duty(run.path), (Role::Supervisor, self.only(people)), Some(last.at), &why, &verbs)
            }
        })
    }

    /// Whoever called for more hands or means is owed an answer, though nothing calls for it any more.
    fn hands(&self, run: &Run) -> Obligation {
        let why = "More hands or means were called for along its path, and nobody has answered.";
        let owner = (Role::IncidentManager, None);
        self.owed(duty(run.path), owner, None, why, &[Verb::AcknowledgeEscalation])
    }

    /// The resolver owes an answer; once it is *no* and nothing followed, the incident is to be escalated.
    fn word(&self, question: &ForecastQuestion, now: Timestamp) -> Option<Obligation> {
        if !clock::read(self.incident, self.setup, question.clock, now).is_unfinished() {
            return None;
        }
        let clock = question.clock.name().to_lowercase();
        let path = EscalationPath::Technical;
        match &question.answer {
            None if !question.is_unanswered(self.incident) => None,
            None => {
                let why = format!("Say whether the {clock} target can be met.");
                let owner = (Role::Tier2, self.only([question.of].into_iter()));
                Some(self.owed(duty(path), owner, question.answer_by, &why, &[Verb::AnswerForecast]))
            }
            Some(answer) if self.is_open_no(question, answer) => {
                let why = format!("The resolver says that the {clock} target cannot be met.");
                let verbs = [Verb::StartEscalation, Verb::Escalate];
                Some(self.owed(duty(path), (Role::IncidentManager, None), Some(answer.at), &why, &verbs))
            }
            Some(_) => None,
        }
    }

    /// Whether a *no* is about the target that is promised, and nobody was told of it.
    fn is_open_no(&self, question: &ForecastQuestion, answer: &ForecastAnswer) -> bool {
        answer.is_no() && !question.is_void(self.incident) && !self.followed(answer.at)
    }

    fn followed(&self, since: Timestamp) -> bool {
        let by_hand = self.incident.escalations.iter().any(|escalation| escalation.at >= since);
        by_hand
            || EscalationPath::ALL.into_iter().any(|path| self.incident.escalating.reached_since(path, since))
    }

    /// The one person who works here now and may see it; a role answers for several and for nobody.
    fn only(&self, people: impl Iterator<Item = PersonId>) -> Option<PersonId> {
        let audience = self.incident.audience();
        let mut there = people.filter_map(|person| audience.answerable(self.setup, person));
        let first = there.next()?;
        there.next().is_none().then_some(first)
    }

    fn owed(
        &self,
        duty: Duty,
        (role, person): (Role, Option<PersonId>),
        due: Option<Timestamp>,
        why: &str,
        verbs: &[Verb],
    ) -> Obligation {
        Obligation {
            subject: Subject::Incident(self.incident.id),
            duty,
            owner: Owner { person, role },
            due,
            // A call that is not answered is as urgent as anything, from its first moment.
            attention: due.map(|_| {
                let at = self.incident.updated_at;
                Attention { watch: at, caution: at, warning: at }
            }),
            clock: None,
            paused: false,
            severity: self.incident.severity(),
            clause: "§3.5".into(),
            why: why.into(),
            fulfilled_by: verbs.to_vec(),
        }
    }
}

const fn duty(path: EscalationPath) -> Duty {
    match path {
        EscalationPath::Technical => Duty::EscalateTechnical,
        EscalationPath::Managerial => Duty::EscalateManagerial,
    }
}

const fn role(path: EscalationPath) -> Role {
    match path {
        EscalationPath::Technical => Role::Tier2,
        EscalationPath::Managerial => Role::IncidentManager,
    }
}
