//! Configure: clients, services, people, agreements, calendars, the house (§3.3: targets are the
//! agreement's; ruling 15).
//!
//! - Given an administrator,
//! - when they set something that holds together,
//! - then it counts from here on; a new version of an agreement or a calendar moves no deadline of what is
//!   logged already, only a first version of anything may begin in the past (decision 174), and who somebody was before
//!   stays known.

mod escalation;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::PauseRule;
use crate::calendar::{self, Calendar, Index};
use crate::category;
use crate::command::situation::{line, text};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::is_designated;
use crate::refusal::{Refusal, RefusalCode};
use crate::related::Vendor;
use crate::setup::{Client, House, Person, Setting, Setup};
use crate::{Agreement, Oversight, PersonId, Role, Timestamp};

/// Categories a house may keep.
const CATEGORIES_MAX: usize = 1_000;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Configure {
    /// What to set.
    pub setting: Setting,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::Configure,
    clause: "§3.3",
    label: "Configure",
    roles: &[Role::Administrator, Role::Server],
};

impl Configure {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        Vec::new()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        if self.setting.id().is_nil() {
            return Err(Refusal::unusable_id(Verb::Configure));
        }
        self.check(s).map_err(|refusal| match refusal.clause.as_str() {
            own if own == RULE.clause => refusal.under(clause_of(&self.setting)),
            _ => refusal,
        })?;
        let subject = Subject::Setting(self.setting.id());
        Ok(vec![s.event(subject, Fact::Configured { setting: Box::new(self.remembering(s)) })])
    }

    /// With what was so before, where what happened then is judged by it (ruling 15).
    fn remembering(&self, s: &Situation<'_>) -> Setting {
        let setup = &*s.records.setup;
        match &self.setting {
            Setting::Client(client) => {
                Setting::Client(client.following(setup.clients.get(&client.id), s.now))
            }
            Setting::Person(person) => Setting::Person(person.following(setup.people.get(&person.id), s.now)),
            Setting::Service(_)
            | Setting::Agreement(_)
            | Setting::Calendar(_)
            | Setting::House(_)
            | Setting::Oversight(_)
            | Setting::Delegation(_)
            | Setting::Rota(_)
            | Setting::Vendor(_)
            | Setting::EscalationPath(_)
            | Setting::Procedure(_) => self.setting.clone(),
        }
    }

    fn check(&self, s: &Situation<'_>) -> Result<(), Refusal> {
        let setup = &*s.records.setup;
        match &self.setting {
            Setting::Client(client) => check_client(client)?,
            Setting::Service(service) => {
                line(&RULE, "name", &service.name)?;
                known(setup.clients.contains_key(&service.client), "client")?;
            }
            Setting::Person(person) => check_person(setup, person)?,
            Setting::Agreement(agreement) => {
                check_agreement(setup, agreement)?;
                let mut former = setup.agreements.range((agreement.id, 0)..=(agreement.id, u32::MAX));
                not_backdated(s, former.next().is_some(), agreement.effective_from)?;
            }
            Setting::Calendar(calendar) => check_calendar(setup, calendar)?,
            Setting::House(house) => {
                not_backdated(s, setup.house.version > 0, house.effective_from)?;
                check_house(setup, house)?;
            }
            Setting::Oversight(oversight) => {
                not_backdated(s, !setup.oversight.is_empty(), oversight.effective_from)?;
                check_oversight(setup, oversight)?;
            }
            Setting::Delegation(_) => {
                let instead = "Whoever holds the right delegates it.";
                return Err(invalid("setting", "nobody delegates for somebody else", instead).under("§4.2"));
            }
            Setting::Vendor(vendor) => check_vendor(setup, vendor)?,
            Setting::Rota(rota) => escalation::check_rota(setup, rota)?,
            Setting::EscalationPath(path) => {
                escalation::check_path(setup, path)?;
                let mut former = setup.paths.range((path.id, 0)..=(path.id, u32::MAX));
                not_backdated(s, former.next().is_some(), path.effective_from)?;
            }
            Setting::Procedure(procedure) => escalation::check_procedure(setup, procedure)?,
        }
        Ok(())
    }
}

/// Where the policy speaks of what is set.
const fn clause_of(setting: &Setting) -> &'static str {
    match setting {
        Setting::Client(_)
        | Setting::Service(_)
        | Setting::Agreement(_)
        | Setting::Calendar(_)
        | Setting::House(_) => RULE.clause,
        Setting::Person(_) => "§3.2",
        Setting::Rota(_) | Setting::EscalationPath(_) | Setting::Procedure(_) => "§3.5",
        Setting::Oversight(_) | Setting::Delegation(_) => "§4.2",
        Setting::Vendor(_) => "§5",
    }
}

fn check_client(client: &Client) -> Result<(), Refusal> {
    line(&RULE, "name", &client.name)?;
    zone(&client.zone)
}

fn check_person(setup: &Setup, person: &Person) -> Result<(), Refusal> {
    line(&RULE, "name", &person.name)?;
    if person.id == PersonId::SERVER || person.roles.contains(&Role::Server) {
        let instead = "Give the person one of the roles of §3.2.";
        return Err(invalid("roles", "no person can be the server", instead).under("§3.2"));
    }
    somebody_stays(setup, person)?;
    known(person.clients.iter().flatten().all(|client| setup.clients.contains_key(client)), "client")
}

/// The last of a role that the desk cannot do without stays in it: without an administrator nobody could put that
/// right, and without designated management nothing could be excused any more (§4.2; decision 214).
fn somebody_stays(setup: &Setup, person: &Person) -> Result<(), Refusal> {
    let is_last = |role: Role| {
        let holds = |one: &Person| one.active && one.roles.contains(&role);
        let mut others = setup.people.values().filter(|other| other.id != person.id);
        let did = setup.people.get(&person.id).is_some_and(holds);
        did && !holds(person) && !others.any(holds)
    };
    let (what, instead, clause) = if is_last(Role::Administrator) {
        let what = "nobody would be left who may configure";
        (what, "Make somebody else an administrator first.", "§3.2")
    } else if is_last(Role::Supervisor) {
        let what = "nobody would be left who decides on exceptions and has records reviewed";
        (what, "Make somebody else a Supervisor first.", "§4.2")
    } else {
        return Ok(());
    };
    Err(invalid("roles", what, instead).under(clause))
}

fn check_agreement(setup: &Setup, agreement: &Agreement) -> Result<(), Refusal> {
    line(&RULE, "name", &agreement.name)?;
    known(agreement.client.is_none_or(|client| setup.clients.contains_key(&client)), "client")?;
    let covers = |id| setup.services.get(&id).is_some_and(|own| Some(own.client) == agreement.client);
    known(agreement.service.is_none_or(covers), "service")?;
    let targets = || agreement.every_target();
    known(targets().all(|target| setup.calendar(target.calendar).is_some()), "calendar")?;
    if targets().any(|target| target.minutes == 0) {
        let instead = "Enter at least one minute, or leave the target out.";
        return Err(invalid("targets", "a target of no time cannot be met", instead));
    }
    check_pauses(&agreement.pauses)?;
    let methods = &agreement.contact.methods;
    if methods.iter().collect::<BTreeSet<_>>().len() < methods.len() {
        let instead = "Name each way once, the preferred one first.";
        return Err(invalid("methods", "a way of telling the client is named twice", instead).under("§3.4"));
    }
    if agreement.terms.until.is_some_and(|until| until <= agreement.effective_from) {
        let instead = "Let it end after it begins, or leave the end out.";
        return Err(invalid("until", "an agreement that ends before it begins covers nothing", instead));
    }
    not_taken(setup.agreements.contains_key(&(agreement.id, agreement.version)))
}

fn check_pauses(rules: &[PauseRule]) -> Result<(), Refusal> {
    let is_nothing = |rule: &PauseRule| {
        rule.cap.minutes == Some(0) || rule.cap.times == Some(0) || rule.review_minutes == Some(0)
    };
    if rules.iter().any(is_nothing) {
        let instead = "Leave the pause out, or allow at least one minute or time.";
        return Err(invalid("pauses", "a pause of nothing is no pause", instead));
    }
    let mut seen = BTreeSet::new();
    let mut all = rules.iter().flat_map(|rule| rule.clocks.iter().map(|clock| (rule.reason, *clock)));
    if all.all(|one| seen.insert(one)) {
        return Ok(());
    }
    let instead = "Write one rule for each reason and clock.";
    Err(invalid("pauses", "two rules say how long the same clock waits for the same reason", instead))
}

fn check_calendar(setup: &Setup, calendar: &Calendar) -> Result<(), Refusal> {
    line(&RULE, "name", &calendar.name)?;
    if let Err(error) = Index::compile(calendar) {
        return Err(invalid("calendar", &error.to_string(), "Correct the calendar and set it again."));
    }
    not_taken(setup.calendars.contains_key(&(calendar.id, calendar.version)))
}

fn check_vendor(setup: &Setup, vendor: &Vendor) -> Result<(), Refusal> {
    line(&RULE, "name", &vendor.name)?;
    known(vendor.answer.iter().all(|target| setup.calendar(target.calendar).is_some()), "calendar")?;
    if vendor.remind_every_minutes == Some(0) || vendor.answer.as_ref().is_some_and(|t| t.minutes == 0) {
        let instead = "Enter at least one minute, or leave it out.";
        return Err(invalid("remind_every_minutes", "a vendor cannot be held to no time", instead));
    }
    not_taken(setup.vendors.contains_key(&(vendor.id, vendor.version)))
}

fn check_house(setup: &Setup, house: &House) -> Result<(), Refusal> {
    zone(&house.zone)?;
    check_contact(setup, house)?;
    let before = &setup.house;
    if setup
        .matrices()
        .any(|matrix| matrix.version == house.matrix.version && matrix.rows != house.matrix.rows)
    {
        let instead = "Raise the version of the matrix by one.";
        return Err(invalid("matrix", "this version of the matrix gave priorities already", instead));
    }
    if house.categories.len() > CATEGORIES_MAX {
        let what = format!("{} categories are more than {CATEGORIES_MAX}", house.categories.len());
        return Err(invalid("categories", &what, "Drop those that nobody uses."));
    }
    for category in &house.categories {
        line(&RULE, "name", &category.name)?;
        line(&RULE, "code", &category.code.0)?;
    }
    if let Some(what) = category::fault(before, house) {
        return Err(invalid("categories", &what, "Correct the tree and set it again.").under("§3.1"));
    }
    let is_kept = setup.former_houses.contains_key(&house.version);
    not_taken(is_kept || (before.version > 0 && before.version == house.version))
}

/// Only the first version may count for what is past: a later one would judge it anew (ruling 15). A server that
/// has logged nothing yet has no past, and takes a house over with all its versions.
fn not_backdated(s: &Situation<'_>, has_former: bool, effective_from: Timestamp) -> Result<(), Refusal> {
    if !has_former || effective_from >= s.now || s.records.has_logged_nothing() {
        return Ok(());
    }
    let what = "what happened already is judged by what was in force then";
    Err(invalid("effective_from", what, "Let it begin now or later."))
}

fn check_oversight(setup: &Setup, oversight: &Oversight) -> Result<(), Refusal> {
    known(oversight.calendars().all(|id| setup.calendar(id).is_some()), "calendar")?;
    let exceptions = &oversight.exceptions;
    known(exceptions.approvers.iter().all(|id| setup.people.contains_key(id)), "person")?;
    if exceptions.alternate_after_percent.is_some_and(|percent| percent > 100) {
        let what = "the next one would be asked only after the time for the decision";
        let instead = "Enter at most 100 percent, or leave it out.";
        return Err(invalid("alternate_after_percent", what, instead).under("§4.2"));
    }
    somebody_oversees(setup, &exceptions.approvers)?;
    not_taken(setup.oversight.contains_key(&oversight.version))
}

/// Numbers for exceptions and reviews are nobody's without designated management (§4.2), which decides on the ones and
/// has records drawn for the others; of those named in an order at least one can decide.
fn somebody_oversees(setup: &Setup, approvers: &[PersonId]) -> Result<(), Refusal> {
    let (what, instead) = if !setup.people.keys().any(|person| is_designated(setup, *person)) {
        let what = "nobody works here who decides on exceptions and has records reviewed";
        (what, "Make somebody a Supervisor first.")
    } else if !approvers.is_empty() && !approvers.iter().any(|person| is_designated(setup, *person)) {
        let what = "none of those named decides on exceptions";
        (what, "Name a Supervisor who works here, or nobody, to ask each of them.")
    } else {
        return Ok(());
    };
    Err(invalid("approvers", what, instead).under("§4.2"))
}

/// What the house says of clients it does not know, of its words to them, and of what it asks them.
fn check_contact(setup: &Setup, house: &House) -> Result<(), Refusal> {
    let stand_in = house.identification.unidentified_client;
    known(stand_in.is_none_or(|client| setup.clients.contains_key(&client)), "client")?;
    for template in &house.communication.templates {
        line(&RULE, "name", &template.name)?;
        text(&RULE, "template", &template.text)?;
    }
    for reason in &house.closing.breach_reasons {
        line(&RULE, "reason", reason)?;
    }
    if house.survey.is_some_and(|scale| scale.best < 2) {
        let instead = "Enter the best score, at least 2, or ask for none.";
        return Err(invalid("survey", "a scale of one score says nothing", instead));
    }
    Ok(())
}

fn zone(name: &str) -> Result<(), Refusal> {
    match calendar::local(Timestamp::from_millis(0), name) {
        Ok(_) => Ok(()),
        Err(error) => Err(invalid("zone", &error.to_string(), "Correct the zone and set it again.")),
    }
}

fn invalid(field: &str, what: &str, instead: &str) -> Refusal {
    Refusal::new(&RULE, RefusalCode::Invalid, format!("Configure: {what}"), instead).about(field)
}

fn known(is_known: bool, field: &str) -> Result<(), Refusal> {
    if is_known {
        return Ok(());
    }
    let name = field.replace('_', " ");
    Err(Refusal::new(
        &RULE,
        RefusalCode::Unknown,
        format!("Configure: the {name} named here is not set up"),
        format!("Add the {name} first."),
    )
    .about(field))
}

fn not_taken(is_taken: bool) -> Result<(), Refusal> {
    if !is_taken {
        return Ok(());
    }
    Err(Refusal::new(
        &RULE,
        RefusalCode::AlreadyExists,
        "Configure: this version exists, and something may be bound to it",
        "Raise the version by one.",
    )
    .about("version"))
}
