//! What holds of the house and not of one record (§3.3, §3.4, §3.5): targets and cadences are agreed, paths are
//! defined, procedures written down and understood.

use std::collections::BTreeSet;

use super::Evidence;
use super::finding::Finding;
use super::premises::{Premises, in_force};
use crate::Severity;
use crate::agreement::Targets;
use crate::command::says_something;
use crate::escalation::EscalationPath;
use crate::procedure::stands;

/// Every client's agreement has a response and a resolution target at each severity.
pub(super) fn targets_defined(house: &Premises<'_>) -> Finding {
    let promises = |targets: &Targets| targets.response.is_some() && targets.resolution.is_some();
    house.agreed(&Severity::ALL, promises, "No response and resolution targets are agreed")
}

/// Every client's agreement says when a client hears first of a Severity 1 or 2, and how often then.
pub(super) fn cadence_defined(house: &Premises<'_>) -> Finding {
    let promises = |targets: &Targets| targets.first_notice.is_some() && targets.update.is_some();
    house.agreed(&[Severity::One, Severity::Two], promises, "No first notice and cadence are agreed")
}

/// Triggers and procedures of escalation are written down.
pub(super) fn procedures_documented(house: &Premises<'_>) -> Finding {
    let in_force_now = house.setup.procedures_in_force(house.now);
    if in_force_now.is_empty() {
        return Finding::failed(house.now, "No procedure is in force.", Vec::new());
    }
    let (written, empty): (Vec<_>, Vec<_>) = in_force_now
        .into_iter()
        .partition(|procedure| says_something(&procedure.text) && !procedure.must_know.is_empty());
    let shown = written.iter().map(|procedure| in_force(&procedure.name, procedure.effective_from));
    let empty = empty.iter().map(|procedure| procedure.name.clone()).collect();
    house.settled(shown.collect(), empty, "A procedure says nothing, or concerns nobody")
}

/// Everybody who works here and must know a procedure has attested it as it reads now, or as it last changed for
/// them.
pub(super) fn procedures_understood(house: &Premises<'_>) -> Finding {
    let (mut shown, mut lacking) = (Vec::new(), BTreeSet::new());
    let mut concerns = false;
    for procedure in house.setup.procedures_in_force(house.now) {
        let known = house.records.attestations.get(&procedure.id).map(AsRef::as_ref);
        let people = house.setup.people.values().filter(|person| person.active);
        for person in people.filter(|person| !procedure.must_know.is_disjoint(&person.roles)) {
            concerns = true;
            if !stands(house.setup, known, procedure, person) {
                lacking.insert(format!("{}, {}", person.name, procedure.name));
                continue;
            }
            let mut own = known.into_iter().flat_map(|known| &known.attested);
            let latest = own.rfind(|one| one.person == person.id);
            shown.extend(latest.map(|one| {
                let what = format!("{} has understood {}", person.name, procedure.name);
                Evidence::deed("procedure_attested", what, one.at, one.person)
            }));
        }
    }
    if !concerns {
        return Finding::not_applicable("No procedure in force concerns anybody who works here.");
    }
    house.settled(shown, lacking, "Who must know a procedure has not attested it")
}

/// Whatever happens to a client, at each severity a technical and a managerial path lead to somebody who may see it.
pub(super) fn paths_defined(house: &Premises<'_>) -> Finding {
    let (mut shown, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for (client, services) in house.covered() {
        for (severity, kind) in
            Severity::ALL.into_iter().flat_map(|severity| EscalationPath::ALL.map(|kind| (severity, kind)))
        {
            let path = house.setup.path_covering(kind, client.id, &services, severity, house.now);
            match path.filter(|path| path.addressees().any(|addressee| house.reaches(addressee, client.id))) {
                Some(path) => {
                    shown.insert((path.effective_from, path.name.clone()));
                }
                None => {
                    lacking.insert(format!("{}, {}, {}", client.name, severity.name(), kind.name()));
                }
            }
        }
    }
    let shown = shown.into_iter().map(|(from, name)| in_force(&name, from)).collect();
    house.settled(shown, lacking, "No escalation path leads to anybody")
}
