//! Whom a request is put to (§4.2; ruling 12): those whom the house names, in order, without anybody who gains
//! by it, and the next ones where they let the time pass.
//!
//! Whoever is asked first keeps the right to decide; only the duty moves on. Where nobody is named it is put to the
//! role, or, where somebody of it may not decide on this one, to each who may (decision 193).

use super::approver::may_decide;
use super::delegation::{designated, is_designated};
use super::record::{Exception, ExceptionState};
use crate::clock::Attention;
use crate::event::Subject;
use crate::log::Incident;
use crate::obligation::{Duty, Obligation, Owner};
use crate::oversight::{ExceptionRules, Oversight, Within, of_severity};
use crate::records::Record;
use crate::setup::Setup;
use crate::{PersonId, Role, Severity, Timestamp, Verb};

/// What decides on a request, or asks back.
const DECIDING: [Verb; 3] = [Verb::ApproveException, Verb::DeclineException, Verb::ReturnException];

/// Somebody who is asked to decide, and for whom, where it was delegated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked {
    person: PersonId,
    acting_for: Option<PersonId>,
}

/// What says who gains by it: the configuration, and the incident where it is at hand.
type Seen<'a> = (&'a Setup, Option<&'a Incident>);

impl Exception {
    /// The duty to decide, or to answer what was asked back; and where too few may decide, the word of it to those
    /// who can change that. The one incident that it is about says who has come to gain by it since.
    pub(super) fn deciding(
        &self,
        incident: Option<&Incident>,
        setup: &Setup,
        now: Timestamp,
    ) -> Vec<Obligation> {
        if self.state == ExceptionState::Returned {
            let owner = Owner { person: Some(self.requested_by), role: Role::Personnel };
            let why = "Whoever decides asked a question; the answer lets the decision go on.";
            return vec![self.owed(owner, why.to_owned(), &[Verb::AnswerException])];
        }
        let designated: Vec<PersonId> = designated(setup).collect();
        let able = self.able((setup, incident), designated.iter().copied(), now);
        let mut owed = self.put_to((setup, incident), &able, designated.len(), now);
        owed.extend(self.stuck(setup, &able));
        owed
    }

    /// The duty to decide: of those whose turn it is; of the role where all of it may decide; otherwise of each who
    /// may, and of nobody who may not.
    fn put_to(
        &self,
        (setup, incident): Seen<'_>,
        able: &[Asked],
        designated: usize,
        now: Timestamp,
    ) -> Vec<Obligation> {
        let mut needed = match self.people_missing() {
            1 => "An exception counts only once designated management has approved it.".to_owned(),
            missing => format!("It needs {missing} more people of designated management."),
        };
        if able.len() < self.people_missing() {
            needed.push_str(&format!(" Only {} may decide on it as it stands.", able.len()));
        }
        let turn = self.turn(setup, now);
        let asked = self.asked((setup, incident), turn, now);
        if asked.is_empty() && !Oversight::at(setup, self.requested_at).exceptions.approvers.is_empty() {
            needed.push_str(" Nobody of those who are named for it may decide on this one.");
        }
        let is_of_all = able.len() == designated && able.iter().all(|one| one.acting_for.is_none());
        if asked.is_empty() && is_of_all {
            return vec![self.owed(Owner { person: None, role: Role::Supervisor }, needed, &DECIDING)];
        }
        let gone_on = match asked.is_empty() || turn == 0 {
            true => "",
            false => " Time has passed without a decision; it goes to the next.",
        };
        let one = |asked: &Asked| {
            let acts = asked.acting_for.map(|of| format!(" You decide for {}.", setup.person_name(of)));
            let why = format!("{needed}{}{gone_on}", acts.unwrap_or_default());
            self.owed(Owner { person: Some(asked.person), role: Role::Supervisor }, why, &DECIDING)
        };
        if asked.is_empty() { able.iter().map(one).collect() } else { asked.iter().map(one).collect() }
    }

    /// Where fewer may decide than have to, it cannot be granted as it stands: whoever asked is told what to do
    /// instead, and administrators, who say who is designated management. Whoever decides is told by that duty.
    fn stuck(&self, setup: &Setup, able: &[Asked]) -> Vec<Obligation> {
        let (missing, may) = (self.people_missing(), able.len());
        if may >= missing {
            return Vec::new();
        }
        let lack = format!(
            "It cannot be granted as it stands: it needs {missing} more people, and {may} may decide."
        );
        let is_done = self.application.is_break_glass;
        let amending: &[Verb] = if is_done { &[] } else { &[Verb::AmendException] };
        let instead = match (is_done, is_designated(setup, self.requested_by)) {
            (true, _) => "Ask",
            (false, true) => "Have it asked for by somebody who would not decide on it, or ask",
            (false, false) => "Ask for less, or ask",
        };
        let ask = format!("{lack} {instead} an administrator to name another Supervisor.");
        let requester = Owner { person: Some(self.requested_by), role: Role::Personnel };
        let name = format!("{lack} Name another Supervisor, who has no part in it.");
        let is_told = |id: &PersonId| *id == self.requested_by || able.iter().any(|one| one.person == *id);
        let house = administrators(setup).filter(|id| !is_told(id)).map(|id| {
            let owner = Owner { person: Some(id), role: Role::Administrator };
            self.owed(owner, name.clone(), &[Verb::Configure])
        });
        std::iter::once(self.owed(requester, ask, amending)).chain(house).collect()
    }

    /// How often it has gone on to the next: at the configured share of the time, and when that time is over.
    fn turn(&self, setup: &Setup, now: Timestamp) -> usize {
        let rules = Oversight::at(setup, self.requested_at).exceptions;
        let (Some(percent), Some(within)) = (rules.alternate_after_percent, self.decided_within(&rules))
        else {
            return 0;
        };
        let share = Within { minutes: within.minutes.saturating_mul(u32::from(percent)) / 100, ..within };
        let next = share.due(setup, self.waits_since(), &[]);
        let is_past = |at: Option<Timestamp>| usize::from(at.is_some_and(|at| at <= now));
        is_past(next) + is_past(self.application.decide_by)
    }

    /// The time that was set for the decision.
    fn decided_within(&self, rules: &ExceptionRules) -> Option<Within> {
        if self.application.is_break_glass {
            return rules.break_glass_minutes.map(|minutes| Within { minutes, calendar: None });
        }
        of_severity(&rules.decide_within, self.application.severity.unwrap_or(Severity::Four)).cloned()
    }

    /// Since when whoever decides has had everything they asked for.
    fn waits_since(&self) -> Timestamp {
        let answered = self.questions.iter().filter_map(|question| Some(question.answer.as_ref()?.at));
        answered.fold(self.stands_since(), Timestamp::max)
    }

    /// As many as are missing, from those whose turn it is; the last ones where the list ends.
    fn asked(&self, (setup, incident): Seen<'_>, turn: usize, now: Timestamp) -> Vec<Asked> {
        let missing = self.people_missing();
        let named = Oversight::at(setup, self.requested_at).exceptions.approvers;
        let able = self.able((setup, incident), named, now);
        let skipped = turn.saturating_mul(missing).min(able.len().saturating_sub(missing));
        able.into_iter().skip(skipped).take(missing).collect()
    }

    /// Those of `people`, or who stand in for them, who may decide; each once.
    fn able(&self, seen: Seen<'_>, people: impl IntoIterator<Item = PersonId>, now: Timestamp) -> Vec<Asked> {
        let mut able: Vec<Asked> = Vec::new();
        for person in people {
            if let Some(found) = self.stands_in(seen, person, now)
                && able.iter().all(|known| known.person != found.person)
            {
                able.push(found);
            }
        }
        able
    }

    /// Whoever decides for a person of designated management now: their delegate, where they have one who may,
    /// or they themselves. Nobody decides on what they may not see.
    fn stands_in(&self, (setup, incident): Seen<'_>, of: PersonId, now: Timestamp) -> Option<Asked> {
        if !is_designated(setup, of) {
            return None;
        }
        let client = self.application.client;
        let given = setup.delegations.values().filter(|given| given.of == of && given.covers(now, client));
        let works_here = |id: PersonId| setup.people.get(&id).is_some_and(|person| person.active);
        let delegates = given.filter(|given| works_here(given.to));
        let able = delegates.map(|given| Asked { person: given.to, acting_for: Some(of) });
        let mut able = able.chain([Asked { person: of, acting_for: None }]);
        let may_see = |asked: &Asked| self.audience().includes(setup, asked.person);
        able.find(|asked| {
            may_see(asked) && may_decide(setup, self, incident, (asked.person, asked.acting_for), now).is_ok()
        })
    }

    fn owed(&self, owner: Owner, why: String, verbs: &[Verb]) -> Obligation {
        let due = self.application.decide_by;
        Obligation {
            subject: Subject::Exception(self.id),
            duty: Duty::DecideException,
            owner,
            due,
            attention: due.map(|due| Attention::between(self.stands_since(), due)),
            clock: None,
            paused: self.is_held_up() && !self.application.is_break_glass,
            severity: self.application.severity.unwrap_or(Severity::Four),
            clause: "§4.2".into(),
            why,
            fulfilled_by: verbs.to_vec(),
        }
    }
}

/// Those who say who is designated management, and work here.
fn administrators(setup: &Setup) -> impl Iterator<Item = PersonId> {
    let people = setup.people.values().filter(|person| person.active);
    people.filter(|person| person.roles.contains(&Role::Administrator)).map(|person| person.id)
}
