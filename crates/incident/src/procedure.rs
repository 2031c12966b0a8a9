//! Procedures that are documented and understood (§3.5): who has said so of which version, and who has not.
//!
//! A [`Procedure`] is configuration with versions; that a person has understood one is an event, earned by
//! answering its scenario. A new version makes stale only the attestations of those for whom it changes
//! something. It judges nobody: a gap is a list for whoever plans the shift.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::audience::Audience;
use crate::event::{Event, Fact};
use crate::obligation::Obligation;
use crate::records::{Record, Records};
use crate::setup::{Person, Setup};
use crate::{PersonId, ProcedureId, Role, RotaId, Span, Timestamp};

/// Answers that a scenario may offer.
pub(crate) const ANSWERS_MAX: usize = 10;

/// One version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// The procedure, over all its versions.
    pub id: ProcedureId,
    /// Raised by one with every change; attestations name the version they were given for.
    pub version: u32,
    /// In force from here on.
    pub effective_from: Timestamp,
    /// Name on screen.
    pub name: String,
    /// What is to be known.
    pub text: String,
    /// Who must know it.
    pub must_know: BTreeSet<Role>,
    /// For whom this version changes something; the others keep what they have attested.
    pub changed_for: BTreeSet<Role>,
    /// The question that shows whether it is understood.
    pub scenario: Scenario,
}

/// A short case with one right answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The case.
    pub question: String,
    /// What one might do.
    pub answers: Vec<String>,
    /// The place of the right answer, from 0.
    pub right: u32,
}

impl Scenario {
    /// Whether the answer at a place is the right one.
    pub const fn is_right(&self, answer: u32) -> bool {
        self.right == answer
    }

    /// Whether it has a right answer among several.
    pub(crate) fn is_answerable(&self) -> bool {
        let count = self.answers.len();
        (2..=ANSWERS_MAX).contains(&count) && usize::try_from(self.right).is_ok_and(|right| right < count)
    }
}

/// Who has attested a procedure: the fold of its events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attestations {
    /// The procedure.
    pub id: ProcedureId,
    /// All of them, oldest first.
    pub attested: Vec<Attestation>,
}

/// One person has understood one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attestation {
    /// Who.
    pub person: PersonId,
    /// Which version.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// The answer given to its scenario, by its place.
    pub answer: u32,
}

impl Record for Attestations {
    type Id = ProcedureId;

    fn begin(id: ProcedureId, event: &Event) -> Option<Self> {
        matches!(event.fact, Fact::ProcedureAttested { .. }).then(|| {
            let mut begun = Self { id, attested: Vec::new() };
            begun.take(event);
            begun
        })
    }

    fn take(&mut self, event: &Event) {
        if let Fact::ProcedureAttested { version, answer } = event.fact {
            self.attested.push(Attestation { person: event.actor, version, at: event.at, answer });
        }
    }

    fn audience(&self) -> Audience {
        Audience::House
    }

    fn is_open(&self) -> bool {
        true
    }

    fn changed_at(&self) -> Timestamp {
        self.attested.last().map_or(Timestamp::from_millis(0), |last| last.at)
    }

    /// What is missing is a list of [`gaps`]; no duty of an incident hangs on it.
    fn duties(&self, _: &Setup, _: Timestamp) -> Vec<Obligation> {
        Vec::new()
    }
}

impl Setup {
    /// Every procedure in the version in force at an instant.
    pub fn procedures_in_force(&self, at: Timestamp) -> Vec<&Procedure> {
        let mut in_force: BTreeMap<ProcedureId, &Procedure> = BTreeMap::new();
        // Versions of one procedure come in their order.
        for procedure in self.procedures.values().filter(|procedure| procedure.effective_from <= at) {
            in_force.insert(procedure.id, procedure);
        }
        in_force.into_values().collect()
    }
}

/// Whether what a person has attested still stands for a version: nothing has changed for them since.
pub fn stands(setup: &Setup, known: Option<&Attestations>, procedure: &Procedure, person: &Person) -> bool {
    let mine = known.into_iter().flat_map(|known| &known.attested).filter(|one| one.person == person.id);
    let latest = mine.map(|one| one.version).filter(|version| *version <= procedure.version).max();
    latest.is_some_and(|latest| {
        let since =
            setup.procedures.range((procedure.id, latest)..=(procedure.id, procedure.version)).skip(1);
        since.into_iter().all(|(_, version)| version.changed_for.is_disjoint(&person.roles))
    })
}

/// Somebody on call who must know a procedure and has not attested it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnowledgeGap {
    /// The rota.
    pub rota: RotaId,
    /// Who.
    pub person: PersonId,
    /// When they are on call first.
    pub on_call: Span,
    /// What they have not attested.
    pub procedure: ProcedureId,
    /// In which version.
    pub version: u32,
    /// Whether nobody of that rota's shifts knows it.
    pub nobody_knows: bool,
}

/// The gaps of everybody who is on call from one instant to another, by the beginning of their shifts.
pub fn gaps(records: &Records, from: Timestamp, to: Timestamp) -> Vec<KnowledgeGap> {
    let setup = &*records.setup;
    let mut all = Vec::new();
    for (rota, known) in &setup.rotas {
        let shifts = known.roster.shifts(from, to);
        for procedure in setup.procedures_in_force(from) {
            let attested = records.attestations.get(&procedure.id).map(AsRef::as_ref);
            let knows = |person: &Person| stands(setup, attested, procedure, person);
            let staff = || shifts.iter().filter_map(|shift| Some((shift, setup.people.get(&shift.person)?)));
            let nobody_knows = !staff().any(|(_, person)| knows(person));
            let mut seen = BTreeSet::new();
            for (shift, person) in staff() {
                let must = !procedure.must_know.is_disjoint(&person.roles);
                if must && !knows(person) && seen.insert(person.id) {
                    let on_call = Span { from: shift.from, to: shift.to };
                    let (procedure, version) = (procedure.id, procedure.version);
                    let (rota, person) = (*rota, person.id);
                    all.push(KnowledgeGap { rota, person, on_call, procedure, version, nobody_knows });
                }
            }
        }
    }
    all.sort_by_key(|gap| (gap.on_call.from, gap.rota, gap.person, gap.procedure));
    all
}
