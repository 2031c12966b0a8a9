//! What is owed to the client next (§3.4): the beat of the cadence, and the notices at the end.

use super::cadence::{self, BeatKind, SetBy};
use super::{Answer, Message, carried, told_of_resolution, told_of_restoration};
use crate::log::Incident;
use crate::obligation::{Duty, Obligation, Owner};
use crate::setup::Setup;
use crate::{Role, Subject, Verb};

/// The duties towards the client, at most one of a kind.
pub(crate) fn duties(incident: &Incident, setup: &Setup) -> Vec<Obligation> {
    let owed = Owed { incident, setup };
    let mut all = Vec::new();
    all.extend(owed.beat());
    // One word of the fifteen stands for one thing to do: the first notice goes before the others.
    if all.iter().all(|duty| duty.duty != Duty::TellClient) {
        all.extend(owed.notice());
    }
    all
}

/// The first word to the client, where the agreement takes that for the response (§6; ruling 2).
pub(crate) fn first_reply(incident: &Incident, setup: &Setup) -> Obligation {
    let why = "A first reply that reaches the client is the response that was agreed on.";
    Obligation { clause: "§6".into(), ..Owed { incident, setup }.telling(Duty::TellClient, why) }
}

struct Owed<'a> {
    incident: &'a Incident,
    setup: &'a Setup,
}

impl Owed<'_> {
    fn beat(&self) -> Option<Obligation> {
        let beat = cadence::owed(self.incident, self.setup)?;
        let (duty, what) = match beat.kind {
            BeatKind::FirstNotice => (Duty::TellClient, "The client is told of a Severity 1 or 2 incident"),
            BeatKind::Update => (Duty::UpdateClient, "The client hears how it stands"),
        };
        let when = match (beat.set_by, beat.kind) {
            (SetBy::Agreement, BeatKind::FirstNotice) => "within the time agreed",
            (SetBy::Agreement, BeatKind::Update) => "at the agreed cadence",
            (SetBy::Promise, _) => "at the time promised",
            (SetBy::Nobody, _) => "promptly; no cadence is agreed",
        };
        let mut owed = self.telling(duty, &format!("{what} {when}."));
        owed.due = beat.due;
        owed.attention = beat.attention();
        Some(owed)
    }

    /// Restoration and resolution, once asking has not told the client already.
    fn notice(&self) -> Option<Obligation> {
        let asked = self.incident.confirmation.as_ref()?;
        let is_back = self.incident.restored.is_some() && asked.answer != Answer::Disputed;
        if is_back && !told_of_restoration(self.incident) {
            let why = "The client did not answer: service is back, and the client does not know.";
            return Some(self.telling(Duty::TellClient, why));
        }
        if is_back && self.incident.resolved.is_some() && !told_of_resolution(self.incident) {
            let why = "The client is told that it is resolved.";
            return Some(self.telling(Duty::TellClient, why));
        }
        None
    }

    /// The ways that the agreement names, the preferred one first.
    fn by_which_way(&self) -> Option<String> {
        let bound = self.incident.agreement?;
        let methods = &self.setup.agreements.get(&(bound.id, bound.version))?.contact.methods;
        let (first, others) = methods.split_first()?;
        let others: Vec<_> = others.iter().map(|channel| channel.name()).collect();
        Some(match others.as_slice() {
            [] => format!("The agreement says: by {}.", first.name()),
            others => format!("The agreement says: by {}, or else by {}.", first.name(), others.join(" or ")),
        })
    }

    fn telling(&self, duty: Duty, why: &str) -> Obligation {
        let messages = || self.incident.communication.to(self.incident.entry.client);
        let (why, fulfilled_by) = if messages().any(Message::waits_for_approval) {
            let verbs = vec![Verb::ApproveMessage, Verb::ReturnMessage, Verb::TellClient];
            (format!("{why} A message waits for approval."), verbs)
        } else if self.incident.is_drill() && messages().any(Message::is_on_its_way) {
            let verbs = vec![Verb::RecordDelivery, Verb::TellClient];
            (format!("{why} A drill sends nothing: say how the message would have ended."), verbs)
        } else if carried(self.incident).any(|message| message.client == self.incident.entry.client) {
            let verbs = vec![Verb::RecordDelivery, Verb::TellClient];
            (format!("{why} A message is on its way; told is what arrived."), verbs)
        } else {
            (why.to_owned(), vec![Verb::TellClient])
        };
        let why = self.by_which_way().map_or_else(|| why.clone(), |way| format!("{why} {way}"));
        Obligation {
            subject: Subject::Incident(self.incident.id),
            duty,
            owner: account_manager(self.incident, self.setup),
            due: None,
            attention: None,
            clock: None,
            paused: false,
            severity: self.incident.severity(),
            clause: "§3.4".into(),
            why,
            fulfilled_by,
        }
    }
}

/// The client's Account Manager (§3.2), where one works here now; the role otherwise.
pub(crate) fn account_manager(incident: &Incident, setup: &Setup) -> Owner {
    let named = setup.clients.get(&incident.entry.client).and_then(|client| client.account_manager);
    let person = named.filter(|id| setup.people.get(id).is_some_and(|person| person.active));
    Owner { person, role: Role::AccountManager }
}
