//! Guards of what several people do together: major incidents (§3.6), families (ruling 11) and the restricted
//! track (§5).

use super::{Situation, line, text};
use crate::command::{Decision, Rule};
use crate::event::{Event, Fact};
use crate::log::{Incident, LogEntry};
use crate::major_incident::{MajorIncident, widespread};
use crate::records::apply;
use crate::refusal::{Refusal, RefusalCode};
use crate::related::LinkKind;
use crate::suspicion::Suspicion;
use crate::{IncidentId, PersonId, Role, SuspicionId, Timestamp, VendorCaseId};

/// People whom one deed may name.
pub(crate) const PEOPLE_MAX: usize = 100;

impl<'a> Situation<'a> {
    /// The process of a major incident that runs now.
    pub(crate) fn running_major(
        &self,
        rule: &Rule,
        incident: &'a Incident,
    ) -> Result<&'a MajorIncident, Refusal> {
        self.open(rule, incident)?;
        incident
            .major
            .as_deref()
            .filter(|major| major.is_running())
            .ok_or_else(|| self.too_early(rule, "no major incident process runs", "Declare it first."))
    }

    /// Somebody on a list of people who work here and may see this incident's client.
    pub(crate) fn colleagues(
        &self,
        rule: &Rule,
        incident: &Incident,
        people: impl ExactSizeIterator<Item = PersonId>,
        field: &str,
    ) -> Result<(), Refusal> {
        if people.len() == 0 {
            let what = format!("{}: nobody is named", rule.label);
            return Err(Refusal::new(rule, RefusalCode::Missing, what, "Name at least one.").about(field));
        }
        if people.len() > PEOPLE_MAX {
            let what = format!("{}: at most {PEOPLE_MAX} people can be named", rule.label);
            let instead = "Name those who matter most; write the others into a note.";
            return Err(Refusal::new(rule, RefusalCode::TooLong, what, instead).about(field));
        }
        for person in people {
            self.colleague(rule, incident, person, field)?;
        }
        Ok(())
    }

    /// A moment that is still to come.
    pub(crate) fn ahead(&self, rule: &Rule, field: &str, at: Timestamp) -> Result<(), Refusal> {
        if at > self.now {
            return Ok(());
        }
        let what = format!("{}: the time named lies in the past", rule.label);
        let instead = "Name a time that is still to come.";
        Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).about(field))
    }

    /// The suspicion that a command names. To whoever is no member it does not exist.
    pub(crate) fn suspicion(&self, rule: &Rule, id: SuspicionId) -> Result<&'a Suspicion, Refusal> {
        let found = self.records.suspicions.get(&id).map(AsRef::as_ref);
        found
            .filter(|suspicion| suspicion.members.contains(&self.actor.person))
            .ok_or_else(|| unknown_suspicion(rule))
    }

    /// The suspicion is followed up still, and this person may know of it.
    pub(crate) fn open_suspicion(&self, rule: &Rule, suspicion: &Suspicion) -> Result<(), Refusal> {
        if !suspicion.members.contains(&self.actor.person) {
            return Err(unknown_suspicion(rule));
        }
        if suspicion.is_open() {
            return Ok(());
        }
        let what = format!("{}: this suspicion is closed", rule.label);
        let instead = "If there is something new, report another suspicion.";
        Err(Refusal::new(rule, RefusalCode::NotOpen, what, instead))
    }

    /// What an entry says to have come again is at its end, and of the same client (ruling 6).
    pub(super) fn came_again(&self, rule: &Rule, entry: &LogEntry) -> Result<(), Refusal> {
        let Some(earlier) = entry.recurrence_of else { return Ok(()) };
        let earlier = self.incident(rule, earlier)?;
        let refused = |code, why: &str, instead: &str| {
            Err(Refusal::new(rule, code, format!("{}: {why}", rule.label), instead).about("recurrence_of"))
        };
        if earlier.entry.client != entry.client {
            let instead = "Name an earlier incident of this client, or none.";
            return refused(RefusalCode::OtherClient, "the earlier incident is another client's", instead);
        }
        if earlier.is_open() {
            let instead = "Reopen it, or merge this one into it as a duplicate.";
            return refused(RefusalCode::Invalid, "the earlier incident is still open", instead);
        }
        if earlier.is_drill() != entry.drill {
            let instead = "Keep drills and real incidents apart.";
            return refused(RefusalCode::Invalid, "one of them is a drill", instead);
        }
        Ok(())
    }

    /// Rehearsals and real incidents are kept apart.
    pub(crate) fn both_real(&self, rule: &Rule, one: &Incident, other: &Incident) -> Result<(), Refusal> {
        if one.is_drill() == other.is_drill() {
            return Ok(());
        }
        let what = format!("{}: one of them is a drill", rule.label);
        let instead = "Keep drills and real incidents apart.";
        Err(Refusal::new(rule, RefusalCode::Invalid, what, instead))
    }

    /// The events, and the proposal that follows where the outage is widespread by then (§3.6). What was
    /// declined is proposed again only when it has grown.
    pub(crate) fn with_proposal(&self, id: IncidentId, mut events: Vec<Event>) -> Vec<Event> {
        let mut after = self.records.clone();
        for event in &events {
            apply(&mut after, event);
        }
        let Some(incident) = after.incidents.get(&id) else { return events };
        let Some(because) = widespread(&after, incident).filter(|_| !incident.is_major_running()) else {
            return events;
        };
        if incident.major_proposal.as_ref().is_none_or(|known| known.said.text != because) {
            events.extend(self.on_incident(id, Fact::MajorIncidentProposed { because }));
        }
        events
    }

    /// Every incident of the outage below this one is at its end (§3.1, §3.4: each client confirms for
    /// itself), or an exception says that it need not be.
    pub(crate) fn children_ended(&self, rule: &Rule, incident: &Incident) -> Result<(), Refusal> {
        if self.excepted("§3.4", incident) {
            return Ok(());
        }
        let known = |id| self.records.incidents.get(id);
        let open = incident.family.children.keys().filter(|id| known(id).is_none_or(|child| child.is_open()));
        match open.count() {
            0 => Ok(()),
            count => Err(self
                .too_early(
                    rule,
                    &format!("{count} of the incidents linked to it are open, or not known here"),
                    "Let each client confirm, and close those first; or part them from this one.",
                )
                .under("§3.4")
                .unless_excepted_by(&[Role::Supervisor])),
        }
    }
}

fn unknown_suspicion(rule: &Rule) -> Refusal {
    Refusal::new(
        rule,
        RefusalCode::Unknown,
        format!("{}: this suspicion is not known here", rule.label),
        "It may not have reached this desk yet; look again in a moment.",
    )
}

/// A record of another policy, linked to an incident: number, and where that record names the incident.
pub(crate) fn linked(
    s: &Situation<'_>,
    rule: &Rule,
    incident: &Incident,
    kind: LinkKind,
    (number, back_link): (&str, Option<&str>),
) -> Decision {
    line(rule, "number", number)?;
    if let Some(back_link) = back_link {
        text(rule, "back_link", back_link)?;
    }
    let known = incident.related.link(kind, number);
    if known.is_some_and(|known| known.back_link.as_deref() == back_link) {
        return Err(s.nothing_changes(rule, "it is linked already"));
    }
    let (number, back_link) = (number.to_owned(), back_link.map(str::to_owned));
    Ok(s.on_incident(incident.id, Fact::RecordLinked { kind_of_record: kind, number, back_link }))
}

/// A case whose vendor has not answered.
pub(crate) fn waiting_case(rule: &Rule, incident: &Incident, id: VendorCaseId) -> Result<(), Refusal> {
    if incident.related.waiting().any(|case| case.id == id) {
        return Ok(());
    }
    let what = format!("{}: no vendor owes an answer to this", rule.label);
    let instead = "Choose one that is waited for.";
    Err(Refusal::new(rule, RefusalCode::Unknown, what, instead).about("case"))
}
