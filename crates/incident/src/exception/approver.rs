//! Who may decide on an exception, and how many it takes (§4.2; ruling 12).
//!
//! Nobody who gains by it decides: not the requester, not whoever owns or leads the incident or ever did, not whoever
//! would otherwise be in breach, and not the delegate of any of these. The right is looked at when it is used: whether
//! a person was designated a week ago does not matter.

use std::collections::BTreeSet;

use super::delegation::{acts_for, is_designated, principals};
use super::record::Exception;
use super::request::Request;
use crate::compliance::paragraph_of;
use crate::log::Incident;
use crate::major_incident::MajorRole;
use crate::oversight::ExceptionRules;
use crate::setup::Setup;
use crate::{ClientId, MINUTE, PersonId, Severity, Timestamp};

/// Who gains by an exception on this incident that begins at `since`, beside whoever asks for it: giving it away makes
/// nobody independent.
pub(crate) fn gaining(
    setup: &Setup,
    incident: &Incident,
    clause: &str,
    since: Timestamp,
) -> BTreeSet<PersonId> {
    let mut all: BTreeSet<_> = incident.trail.held_by.union(&incident.trail.led_by).copied().collect();
    // Records of before the trail kept them know who has it now.
    all.extend(incident.assignment.iter().map(|held| held.to));
    let process = incident.major.iter();
    all.extend(process.filter_map(|process| process.posts.holder(MajorRole::IncidentManager)));
    // The Account Manager answers for what the client is told (§3.4): whoever did so since it began, for whichever
    // client's incident it was (decision 131).
    if paragraph_of(clause) == "§3.4" {
        let tenures = incident.identity.tenures(incident.entry.client);
        let covered = tenures.into_iter().filter(|tenure| since < tenure.span.to);
        let clients = covered.filter_map(|tenure| setup.clients.get(&tenure.client));
        all.extend(clients.flat_map(|client| client.account_managers_since(since)));
    }
    all
}

/// How many different people have to approve.
pub(crate) fn people_needed(
    rules: &ExceptionRules,
    request: &Request,
    severity: Option<Severity>,
    is_retroactive: bool,
    renewal: u32,
) -> u32 {
    let lasts = request.until.since(request.begins_at);
    let is_long = rules.two_people_over_minutes.is_none_or(|max| lasts > i64::from(max) * MINUTE);
    let is_grave = severity.is_some_and(Severity::is_high);
    if is_grave || request.clock.is_some() || is_retroactive || is_long || renewal >= 2 { 2 } else { 1 }
}

/// Why somebody may not decide.
pub(crate) enum Bar {
    /// Neither designated management nor anybody's delegate.
    NotDesignated,
    /// Asked for it.
    Requester,
    /// Gains by it.
    Gains,
    /// Acts for somebody who asked for it or gains by it.
    ActsForThem,
    /// Has decided already, in person or through a delegate.
    HasDecided,
}

/// Whether `person` may decide, in person or for `acting_for`.
pub(crate) fn may_decide(
    setup: &Setup,
    exception: &Exception,
    incident: Option<&Incident>,
    (person, acting_for): (PersonId, Option<PersonId>),
    now: Timestamp,
) -> Result<(), Bar> {
    let client = exception.application.client;
    let holds_right = match acting_for {
        None => true,
        Some(of) => principals(setup, person, client, now).any(|principal| principal == of),
    };
    if !holds_right {
        return Err(Bar::NotDesignated);
    }
    let parties = parties(setup, exception, incident);
    let deciding: BTreeSet<_> = std::iter::once(person).chain(acting_for).collect();
    if deciding.contains(&exception.requested_by) {
        return Err(Bar::Requester);
    }
    if deciding.iter().any(|one| parties.contains(one)) {
        return Err(Bar::Gains);
    }
    if parties.iter().any(|party| deciding.iter().any(|one| acts_for(setup, *one, *party, now))) {
        return Err(Bar::ActsForThem);
    }
    if exception.approvals.iter().flat_map(super::record::Word::people).any(|one| deciding.contains(&one)) {
        return Err(Bar::HasDecided);
    }
    Ok(())
}

/// Requester, owner then and now, and whoever would be in breach.
fn parties(setup: &Setup, exception: &Exception, incident: Option<&Incident>) -> BTreeSet<PersonId> {
    let mut all = exception.application.gaining.clone();
    all.extend(&exception.request().beneficiaries);
    all.insert(exception.requested_by);
    if let Some(incident) = incident {
        let request = exception.request();
        all.extend(gaining(setup, incident, &request.clause, request.begins_at));
    }
    all
}

/// For whom a person who is not designated may act on exceptions of `client`.
pub(crate) fn acting_for(
    setup: &Setup,
    person: PersonId,
    client: Option<ClientId>,
    now: Timestamp,
) -> Option<PersonId> {
    if is_designated(setup, person) { None } else { principals(setup, person, client, now).next() }
}
