//! What forms offer to choose from.

use std::fmt::Display;

use incident::agreement::{ClockKind, PauseReason};
use incident::category::{Category, CategoryCode};
use incident::communication::{Answer, Channel};
use incident::compliance::CLAUSES;
use incident::escalation::EscalationPath;
use incident::setup::{House, Person};
use incident::{Impact, Offer, PersonId, Setup, Severity, Source, Urgency};

use super::Looking;
use super::record_choices::beginning;
use crate::view::{Choice, Choices, DemandChoice, SeverityChoice};

/// All choices; `offers` are those that begin something.
pub fn choices(looking: &Looking<'_>, offers: Vec<Offer>) -> Choices {
    let setup = looking.setup;
    let house = setup.house_for(looking.now);
    let agreement = |client| {
        let found = setup.agreement_for(client, &[], looking.now);
        found.map_or_else(|| "no agreement: no targets".to_owned(), |found| found.name.clone())
    };
    let mut choices = Choices {
        clients: setup.clients.values().map(|c| choice(c.id, &c.name, agreement(c.id))).collect(),
        services: setup.services.values().map(|s| choice(s.id, &s.name, s.client)).collect(),
        people: by_name(setup.people.values().filter(|person| person.active)),
        categories: house
            .categories
            .iter()
            .filter(|category| !category.is_retired(looking.now))
            .map(|c| choice(c.code.clone(), &c.name, above(c, house)))
            .collect(),
        severities: Severity::ALL
            .map(|severity| SeverityChoice {
                severity,
                name: severity.name().into(),
                definition: severity.definition().into(),
            })
            .to_vec(),
        impacts: Impact::ALL
            .map(|i| choice(i, i.name(), format!("Severity {}", i.provisional_severity().number())))
            .to_vec(),
        urgencies: Urgency::ALL.map(|u| choice(u, u.name(), "")).to_vec(),
        sources: Source::ALL.map(|s| choice(s, s.name(), "")).to_vec(),
        channels: Channel::ALL.map(|c| choice(c, c.name(), "")).to_vec(),
        answers: Answer::ALL.map(|a| choice(a, a.name(), "")).to_vec(),
        agreements: setup
            .agreements_in_force(looking.now)
            .map(|found| choice(found.id, &found.name, &found.reference))
            .collect(),
        pauses: PauseReason::ALL.map(|p| choice(p, p.name(), "")).to_vec(),
        paths: EscalationPath::ALL.map(|p| choice(p, p.name(), "")).to_vec(),
        clocks: ClockKind::ALL.map(|c| choice(c, c.name(), "")).to_vec(),
        templates: house
            .communication
            .templates
            .iter()
            .map(|known| choice(known.name.clone(), &known.name, beginning(&known.text)))
            .collect(),
        breach_reasons: house
            .closing
            .breach_reasons
            .iter()
            .map(|reason| choice(reason.clone(), reason, ""))
            .collect(),
        demands: demands(),
        procedures: setup.procedures_in_force(looking.now).into_iter().cloned().collect(),
        offers,
    };
    choices.clients.sort_by(|a, b| a.name.cmp(&b.name));
    choices.services.sort_by(|a, b| a.name.cmp(&b.name));
    choices
}

/// These people, to choose from.
pub fn people(setup: &Setup, named: &[PersonId]) -> Vec<Choice<PersonId>> {
    by_name(named.iter().filter_map(|id| setup.people.get(id)))
}

fn by_name<'a>(people: impl Iterator<Item = &'a Person>) -> Vec<Choice<PersonId>> {
    let roles = |person: &Person| person.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    let mut all: Vec<_> = people.map(|person| choice(person.id, &person.name, roles(person))).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// The name of the category above, where there is one.
fn above<'a>(category: &Category, house: &'a House) -> &'a str {
    let under = |code: &CategoryCode| house.categories.iter().find(|known| known.code == *code);
    category.under.as_ref().and_then(under).map_or("", |known| known.name.as_str())
}

fn demands() -> Vec<DemandChoice> {
    CLAUSES
        .iter()
        .filter(|demand| demand.can_be_excepted())
        .map(|demand| DemandChoice {
            value: demand.id.to_owned(),
            name: format!("{} {}", demand.id, demand.demand),
            clock: demand.clock(),
        })
        .collect()
}

fn choice<T>(value: T, name: &str, hint: impl Display) -> Choice<T> {
    Choice { value, name: name.to_owned(), hint: hint.to_string() }
}
