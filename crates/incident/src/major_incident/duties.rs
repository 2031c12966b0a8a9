//! What is owed in a major incident (§3.6), in the closed vocabulary of duties.
//!
//! - Nobody leads it, or a proposal waits: *Assign IM*.
//! - Management was promised a word: *Escalate (mgr)*, because that is whom it goes to.
//! - More hands or means are asked for, in a major incident or in any other: *Escalate (mgr)* until answered.
//! - A task is to be asked after: *Recommit*, because its owner says how it stands and until when.

use super::{MajorIncident, MajorRole};
use crate::clock::Attention;
use crate::log::Incident;
use crate::obligation::{Duties, Duty, Obligation};
use crate::setup::Setup;
use crate::{MINUTE, Role, Timestamp, Verb};

/// What is owed because the incident is a major one, or is said to be.
pub(crate) fn duties(incident: &Incident, setup: &Setup) -> Vec<Obligation> {
    let duties = Duties { incident, setup };
    let mut all: Vec<_> = proposal(&duties).into_iter().chain(resources(&duties)).collect();
    if let Some(major) = incident.major.as_deref().filter(|major| major.is_running()) {
        all.extend(lead(&duties, major));
        all.extend(brief(&duties, major));
        all.extend(checks(&duties, major));
    }
    all
}

fn proposal(duties: &Duties<'_>) -> Option<Obligation> {
    duties.incident.open_proposal()?;
    let why = "It is proposed as a major incident: declare it, or say why it is none.";
    let verbs = [Verb::DeclareMajor, Verb::DeclineMajor];
    Some(duties.owed(Duty::AssignIncidentManager, Role::IncidentManager, "§3.6", why, &verbs))
}

/// Whoever needs more hands or means waits for an answer (§3.5), in the process and outside.
fn resources(duties: &Duties<'_>) -> Option<Obligation> {
    duties.incident.resource_requests().find(|request| request.is_open())?;
    let why = "More hands or means are asked for: grant them, or say why not.";
    let verbs = [Verb::AnswerResourceRequest];
    let mut duty = duties.owed(Duty::EscalateManagerial, Role::IncidentManager, "§3.5", why, &verbs);
    duty.owner.person = duties.incident.major.as_deref().and_then(|major| leader(duties, major));
    Some(duty)
}

fn lead(duties: &Duties<'_>, major: &MajorIncident) -> Option<Obligation> {
    // Whoever left the house, or may not see whose incident it has become, leads nothing.
    if leader(duties, major).is_some() {
        return None;
    }
    let why = "Nobody leads this major incident.";
    let verbs = [Verb::AssignMajorRole, Verb::AcceptMajorRole];
    let mut duty = duties.owed(Duty::AssignIncidentManager, Role::IncidentManager, "§3.6", why, &verbs);
    let asked = major.posts.handovers.iter().find(|asked| asked.role == MajorRole::IncidentManager);
    duty.owner.person = asked.and_then(|asked| duties.answerable(asked.to));
    let since = major.runs_since();
    let house = duties.setup.house_at(since);
    let was_led = major.posts.holder(MajorRole::IncidentManager).is_some();
    let minutes = house.and_then(|house| house.major.manager_within_minutes).filter(|_| !was_led);
    if let Some(minutes) = minutes {
        dated(&mut duty, since, since.plus_millis(i64::from(minutes) * MINUTE));
    }
    Some(duty)
}

fn brief(duties: &Duties<'_>, major: &MajorIncident) -> Option<Obligation> {
    let (since, due) = next_briefing(major, duties.setup)?;
    let why = "Management hears how a major incident stands.";
    let verbs = [Verb::BriefManagement];
    let mut duty = duties.owed(Duty::EscalateManagerial, Role::IncidentManager, "§3.4", why, &verbs);
    duty.owner.person = leader(duties, major);
    dated(&mut duty, since, due);
    Some(duty)
}

/// From when the next word to management counts, and when it is due: by the house's rhythm or as promised,
/// whichever comes first. A promise never loosens the rhythm.
fn next_briefing(major: &MajorIncident, setup: &Setup) -> Option<(Timestamp, Timestamp)> {
    let last = major.briefing.as_ref();
    let since = last.map_or(major.runs_since(), |briefing| briefing.said.at);
    let every = setup.house_at(since).and_then(|house| house.major.brief_every_minutes);
    let rhythm = every.map(|minutes| since.plus_millis(i64::from(minutes) * MINUTE));
    let promised = last.map(|briefing| briefing.next_at);
    rhythm.into_iter().chain(promised).min().map(|due| (since, due))
}

fn checks(duties: &Duties<'_>, major: &MajorIncident) -> Vec<Obligation> {
    let check = |task: &super::Task| {
        let why = format!("Say how this task stands: {}", task.given.text);
        let mut duty = duties.owed(Duty::Recommit, Role::Tier2, "§3.6", &why, &[Verb::CheckTask]);
        duty.owner.person = duties.answerable(task.owner).or_else(|| leader(duties, major));
        dated(&mut duty, task.asked_at, task.check_at);
        duty
    };
    major.open_tasks().map(check).collect()
}

fn leader(duties: &Duties<'_>, major: &MajorIncident) -> Option<crate::PersonId> {
    duties.answerable(major.posts.holder(MajorRole::IncidentManager)?)
}

/// Due at an instant of the wall clock: a room works day and night. Attention is asked for ten and three
/// minutes before, of a span under half an hour in its last third and tenth.
fn dated(duty: &mut Obligation, since: Timestamp, due: Timestamp) {
    let span = due.since(since).max(0);
    let before = |lead: i64| due.plus_millis(-lead);
    let (caution, warning) =
        if span < 30 * MINUTE { (span / 3, span / 10) } else { (10 * MINUTE, 3 * MINUTE) };
    duty.due = Some(due);
    duty.attention = Some(Attention {
        watch: before((span / 2).max(caution)),
        caution: before(caution),
        warning: before(warning),
    });
}
