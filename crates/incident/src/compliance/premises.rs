//! The house as the checks see it: the settings in force at a moment, and the records that speak for all of it.

use std::collections::BTreeSet;

use super::clause::{Check, Clause, names};
use super::finding::{Finding, OTHER_KIND};
use super::{Evidence, Verdict};
use crate::agreement::Targets;
use crate::audience::Audience;
use crate::escalation::Addressee;
use crate::exception::{Exception, Scope};
use crate::identification::identity::stands_in;
use crate::records::Records;
use crate::setup::{Client, Setup};
use crate::{ClientId, PersonId, ServiceId, Severity, Span, Timestamp};

/// How many failings a sentence names.
const NAMED_MAX: usize = 5;

/// The house at a moment.
pub(super) struct Premises<'a> {
    pub(super) records: &'a Records,
    pub(super) setup: &'a Setup,
    pub(super) now: Timestamp,
}

impl<'a> Premises<'a> {
    pub(super) fn of(records: &'a Records, now: Timestamp) -> Self {
        Self { records, setup: &records.setup, now }
    }

    /// What the clause's check finds, and the exception that covers it.
    pub(super) fn judged(&self, clause: &Clause) -> Finding {
        let Check::House(check) = clause.check else { return Finding::not_applicable(OTHER_KIND) };
        let finding = check(self);
        let Verdict::Failed { at } = finding.verdict else { return finding };
        match self.exception(clause.id, finding.stretch(at)) {
            Some(exception) => Finding {
                verdict: Verdict::Excepted {
                    exception: exception.id,
                    is_retroactive: exception.application.is_retroactive,
                },
                ..finding
            },
            None => finding,
        }
    }

    /// An exception of the whole house that covers every instant of a failure (decision 97), whatever became of it
    /// since. One that was narrowed to an incident is about that alone.
    fn exception(&self, clause: &str, late: Span) -> Option<&Exception> {
        let covers = |exception: &&Exception| {
            let request = exception.request();
            request.scope == Scope::Period
                && exception.narrowed_to().is_none()
                && request.clock.is_none()
                && names(&request.clause, clause)
                && exception.was_good_for().is_some_and(|good| good.from <= late.from && late.to <= good.to)
        };
        let all = self.records.exceptions.values().map(AsRef::as_ref).filter(covers);
        all.min_by_key(|exception| exception.application.is_retroactive)
    }

    /// Of several failures of a clause the first that counts most, as on an incident: one that is excused hides no
    /// other.
    pub(super) fn worst<T>(
        &self,
        clause: &str,
        failures: impl IntoIterator<Item = (Span, T)>,
    ) -> Option<(Span, T)> {
        failures.into_iter().min_by_key(|(late, _)| match self.exception(clause, *late) {
            None => 0,
            Some(exception) if exception.application.is_retroactive => 1,
            Some(_) => 2,
        })
    }

    /// The clients of the house, each with the services that one agreement or path may cover at a time. The
    /// stand-in for a client that nobody knows has none of its own.
    pub(super) fn covered(&self) -> impl Iterator<Item = (&Client, Vec<ServiceId>)> {
        let known = |client: &&Client| !stands_in(client.id, self.setup, self.now);
        self.setup.clients.values().filter(known).flat_map(|client| {
            let own = self.setup.services.values().filter(|service| service.client == client.id);
            let mut all: Vec<Vec<ServiceId>> = own.map(|service| vec![service.id]).collect();
            if all.is_empty() {
                all.push(Vec::new());
            }
            all.into_iter().map(move |services| (client, services))
        })
    }

    /// Every agreement in force, and who lacks what in theirs.
    pub(super) fn agreed(
        &self,
        severities: &[Severity],
        promises: fn(&Targets) -> bool,
        why: &str,
    ) -> Finding {
        let (mut shown, mut lacking) = (BTreeSet::new(), BTreeSet::new());
        for (client, services) in self.covered() {
            match self.setup.agreement_for(client.id, &services, self.now) {
                None => {
                    lacking.insert(client.name.clone());
                }
                Some(agreement) => {
                    shown.insert((agreement.effective_from, agreement.name.clone()));
                    let open = severities.iter().filter(|severity| !promises(agreement.targets(**severity)));
                    lacking.extend(open.map(|severity| format!("{}, {}", client.name, severity.name())));
                }
            }
        }
        self.settled(shown.into_iter().map(|(from, name)| in_force(&name, from)).collect(), lacking, why)
    }

    /// Kept where nobody lacks anything.
    pub(super) fn settled(&self, shown: Vec<Evidence>, lacking: BTreeSet<String>, why: &str) -> Finding {
        if lacking.is_empty() {
            return Finding::kept("It is there for everybody whom it concerns.", shown);
        }
        let (count, named) = (lacking.len(), lacking.into_iter().take(NAMED_MAX).collect::<Vec<_>>());
        let more = count.saturating_sub(NAMED_MAX);
        let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
        Finding::failed(self.now, format!("{why}: {}{rest}.", named.join("; ")), shown)
    }

    /// Whether it calls somebody who works here and may see what is this client's, now or when their turn comes
    /// (decision 53).
    pub(super) fn reaches(&self, addressee: Addressee, client: ClientId) -> bool {
        let audience = Audience::Client(client);
        let may_see = |person: PersonId| audience.includes(self.setup, person);
        match addressee {
            Addressee::Person { person } => may_see(person),
            Addressee::Rota { rota } => {
                let known = self.setup.rotas.get(&rota);
                known.is_some_and(|known| known.rota.to_come(self.now).into_iter().any(may_see))
            }
            Addressee::Role { role } => {
                let mut people = self.setup.people.values();
                people.any(|person| person.roles.contains(&role) && may_see(person.id))
            }
        }
    }
}

/// A setting that is in force.
pub(super) fn in_force(name: &str, from: Timestamp) -> Evidence {
    Evidence::fact("configured", format!("{name} is in force"), from)
}
