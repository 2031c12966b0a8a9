//! The review itself (§3.7).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::action::{Action, ActionState};
use super::need::Trigger;
use crate::audience::Audience;
use crate::clock::Attention;
use crate::event::{Event, Fact, Subject};
use crate::log::Statement;
use crate::obligation::{Duty, Obligation, Owner};
use crate::oversight::Oversight;
use crate::records::Record;
use crate::setup::Setup;
use crate::{
    ActionId, ClientId, EntryId, IncidentId, MINUTE, PersonId, ReviewId, Role, Severity, Timestamp, Verb,
};

/// The parts that §3.7 asks for beside the actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Root cause.
    RootCause,
    /// Lessons learned.
    Lessons,
    /// How effective the response was.
    Response,
}

impl SectionKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::RootCause, Self::Lessons, Self::Response];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RootCause => "Root cause",
            Self::Lessons => "Lessons learned",
            Self::Response => "Effectiveness of the response",
        }
    }
}

/// One part as it reads now; what it read before is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Section {
    /// Which.
    pub kind: SectionKind,
    /// The words.
    pub said: Statement,
    /// The lines of the log they rest on.
    pub facts: Vec<EntryId>,
}

/// What a review is called together for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Convening {
    /// The incidents it covers, and those that it was told of once it was finished.
    pub incidents: Vec<IncidentId>,
    /// Those among them that whoever opened it named, beside what the records say recurs: that they belong together is
    /// that person's word.
    #[serde(default)]
    pub named: Vec<IncidentId>,
    /// Their clients.
    pub clients: BTreeSet<ClientId>,
    /// The gravest severity among them.
    pub severity: Severity,
    /// What made it due.
    pub because: Vec<Trigger>,
    /// Who writes it.
    pub owner: PersonId,
    /// Who is asked where it is late.
    pub manager: PersonId,
    /// By when it is finished; none where no number is set.
    pub finish_by: Option<Timestamp>,
}

/// Where a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// It is written.
    Open,
    /// All its parts are there; its actions are tracked.
    Reviewed,
    /// Every action is verified, or an exception says why not.
    Closed,
}

/// A post-incident review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Review {
    /// The review.
    pub id: ReviewId,
    /// What it was called together for; incidents may join.
    pub convening: Convening,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Timestamp,
    /// Its parts.
    pub sections: Vec<Section>,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Where it stands.
    pub state: ReviewState,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When the last of its parts was there, its actions among them; absent in reviews that were whole before that was
    /// kept.
    #[serde(default)]
    pub whole_at: Option<Timestamp>,
}

impl Convening {
    /// Who may see the review.
    pub(crate) fn audience(&self) -> Audience {
        Self::audience_of(&self.clients)
    }

    /// Who may see a review of what struck these clients.
    pub(crate) fn audience_of(clients: &BTreeSet<ClientId>) -> Audience {
        let mut clients = clients.iter();
        match (clients.next(), clients.next()) {
            (Some(only), None) => Audience::Client(*only),
            (None, _) | (Some(_), Some(_)) => Audience::EveryClient,
        }
    }

    /// An incident of it is another client's now. Of several it does not say whose the others are: it stays theirs too.
    pub(crate) fn goes_to(&mut self, client: ClientId) {
        if self.incidents.len() == 1 {
            self.clients.clear();
        }
        self.clients.insert(client);
    }
}

impl Review {
    /// The parts nobody has written yet.
    pub fn unwritten(&self) -> impl Iterator<Item = SectionKind> {
        let written = |kind: &SectionKind| self.sections.iter().any(|section| section.kind == *kind);
        SectionKind::ALL.into_iter().filter(move |kind| !written(kind))
    }

    /// Whether every part of it is there, and an action to prevent it.
    pub fn is_whole(&self) -> bool {
        self.unwritten().next().is_none() && !self.actions.is_empty()
    }

    /// The action of an id.
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// Actions that nobody has verified.
    pub fn unverified(&self) -> usize {
        self.actions.iter().filter(|action| action.state != ActionState::Verified).count()
    }

    fn with(&mut self, id: ActionId, change: impl FnOnce(&mut Action)) {
        if let Some(action) = self.actions.iter_mut().find(|action| action.id == id) {
            change(action);
        }
    }

    fn owed(
        &self,
        person: Option<PersonId>,
        due: Option<Timestamp>,
        why: String,
        verbs: &[Verb],
    ) -> Obligation {
        Obligation {
            subject: Subject::Review(self.id),
            duty: Duty::FinishReview,
            owner: Owner { person, role: Role::IncidentManager },
            due,
            attention: due.map(|due| Attention::between(self.opened_at, due)),
            clock: None,
            paused: false,
            severity: self.convening.severity,
            clause: "§3.7".into(),
            why,
            fulfilled_by: verbs.to_vec(),
        }
    }

    /// A person, while they work here and may see it: what it asks of anybody else is the role's (§3.2).
    fn seen_by(&self, setup: &Setup, person: PersonId) -> Option<PersonId> {
        self.audience().answerable(setup, person)
    }

    /// What is owed on one action: by its owner, by whoever verifies it, and by the manager where it is late or its
    /// owner has left.
    fn on_action(&self, action: &Action, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        let due = Some(action.due_by);
        let manager = self.seen_by(setup, self.convening.manager);
        match action.state {
            ActionState::Open => {
                let Some(owner) = self.seen_by(setup, action.owner) else {
                    let why = format!(
                        "Whoever had this action can do it no more: give it to somebody. {}",
                        action.text
                    );
                    return vec![self.owed(manager, due, why, &[Verb::ReopenAction])];
                };
                let why = format!("An action of the review: {}", action.text);
                let mut all = vec![self.owed(Some(owner), due, why, &[Verb::FinishAction])];
                if self.is_long_overdue(action, setup, now) {
                    let why = format!(
                        "This action is overdue: its owner finishes it, or somebody else does. {}",
                        action.text
                    );
                    all.push(self.owed(manager, due, why, &[Verb::ReopenAction]));
                }
                all
            }
            ActionState::Done => {
                let why = format!("Somebody else looks whether it is done: {}", action.text);
                let verifier = self.seen_by(setup, self.verifier(action));
                vec![self.owed(verifier, due, why, &[Verb::VerifyAction, Verb::ReopenAction])]
            }
            ActionState::Verified if action.is_in_doubt() => {
                let why = format!("It came again: was this enough? {}", action.text);
                let verbs = [Verb::ReopenAction, Verb::UpholdAction];
                vec![self.owed(self.judge(action, setup), None, why, &verbs)]
            }
            ActionState::Verified if action.is_to_be_judged(now) => {
                let why =
                    format!("Its days are over: did it come again, or was this enough? {}", action.text);
                let verbs = [Verb::UpholdAction, Verb::ReopenAction, Verb::ExtendReview];
                vec![self.owed(self.judge(action, setup), None, why, &verbs)]
            }
            ActionState::Verified => Vec::new(),
        }
    }

    /// Whether its date passed so long ago that the manager is asked too.
    fn is_long_overdue(&self, action: &Action, setup: &Setup, now: Timestamp) -> bool {
        let minutes = Oversight::at(setup, self.opened_at).reviews.manager_after_minutes;
        minutes.is_some_and(|minutes| action.due_by.plus_millis(i64::from(minutes) * MINUTE) <= now)
    }

    /// Who verifies: the manager, or the review's owner where the manager did it.
    pub(crate) fn verifier(&self, action: &Action) -> PersonId {
        if self.convening.manager == action.owner { self.convening.owner } else { self.convening.manager }
    }

    /// Who says whether it was enough: whoever verifies it, and the role where they have left or did it themselves.
    fn judge(&self, action: &Action, setup: &Setup) -> Option<PersonId> {
        self.seen_by(setup, self.verifier(action)).filter(|person| *person != action.owner)
    }
}

impl Record for Review {
    type Id = ReviewId;

    fn begin(id: ReviewId, event: &Event) -> Option<Self> {
        let Fact::ReviewOpened { convening } = &event.fact else { return None };
        Some(Self {
            id,
            convening: convening.clone(),
            opened_by: event.actor,
            opened_at: event.at,
            sections: Vec::new(),
            actions: Vec::new(),
            state: ReviewState::Open,
            changed_at: event.at,
            whole_at: None,
        })
    }

    fn take(&mut self, event: &Event) {
        let said = |text: &str| Statement { at: event.at, by: event.actor, text: text.to_owned() };
        let was_whole = self.is_whole();
        match &event.fact {
            Fact::ReviewExtended { incident, client, logged_at } => {
                self.convening.incidents.push(*incident);
                self.convening.clients.insert(*client);
                self.actions.iter_mut().for_each(|action| action.heard_of(*incident, *logged_at));
            }
            Fact::ReviewRaised { stakes } => self.convening.raise(stakes),
            Fact::ClientIdentified { client, .. } | Fact::MovedToClient { client, .. } => {
                self.convening.goes_to(*client);
            }
            Fact::ReviewWritten { section, text, facts } => {
                self.sections.retain(|known| known.kind != *section);
                self.sections.push(Section { kind: *section, said: said(text), facts: facts.clone() });
                self.sections.sort_by_key(|section| section.kind);
            }
            Fact::ActionAdded { action, owner, text, due_by } => {
                self.actions.push(Action::new(*action, *owner, text.clone(), *due_by));
            }
            Fact::ActionFinished { action, evidence } => self.with(*action, |a| a.finish(said(evidence))),
            Fact::ActionVerified { action, text, effect_days } => {
                self.with(*action, |a| a.verify(said(text), *effect_days));
            }
            Fact::ActionReopened { action, due_by, owner, .. } => {
                self.with(*action, |a| a.reopen(owner.unwrap_or(a.owner), *due_by, event.at));
                if self.state == ReviewState::Closed {
                    self.state = ReviewState::Reviewed;
                }
            }
            Fact::ActionUpheld { action, reason } => self.with(*action, |a| a.upheld = Some(said(reason))),
            Fact::ReviewCompleted { .. } => self.state = ReviewState::Reviewed,
            Fact::ReviewClosed { .. } => self.state = ReviewState::Closed,
            _ => return,
        }
        if !was_whole && self.is_whole() {
            self.whole_at = Some(event.at);
        }
        self.changed_at = event.at;
    }

    fn audience(&self) -> Audience {
        self.convening.audience()
    }

    /// A closed review goes on with an action in doubt, one whose effect is to be said, or one that an exception left
    /// behind.
    fn is_open(&self) -> bool {
        let goes_on = |action: &Action| {
            action.is_in_doubt() || action.is_watched() || action.state != ActionState::Verified
        };
        self.state != ReviewState::Closed || self.actions.iter().any(goes_on)
    }

    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    /// Whether it may be closed hangs on what was allowed on each incident that it covers.
    fn kin(&self) -> Vec<Subject> {
        self.convening.incidents.iter().copied().map(Subject::Incident).collect()
    }

    fn duties(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        let mut all: Vec<_> =
            self.actions.iter().flat_map(|action| self.on_action(action, setup, now)).collect();
        let owner = self.seen_by(setup, self.convening.owner);
        match self.state {
            ReviewState::Open => {
                let why = "Root cause, lessons, response and actions are to be written down.".to_owned();
                let verbs = [Verb::WriteReview, Verb::AddAction, Verb::CompleteReview];
                all.push(self.owed(owner, self.convening.finish_by, why, &verbs));
            }
            ReviewState::Reviewed if self.unverified() == 0 => {
                let why = "Every action is verified: the review can be closed.".to_owned();
                all.push(self.owed(owner, None, why, &[Verb::CloseReview]));
            }
            ReviewState::Reviewed | ReviewState::Closed => {}
        }
        all
    }
}
