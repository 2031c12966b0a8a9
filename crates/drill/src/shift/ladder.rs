//! Rotas, escalation paths and procedures in a few words.
//!
//! - `rota NAME people=tom,kay [turn=daily] [length=1] [starts=2026-06-01T09:00:00] [zone=America/New_York]
//!   [days=monday,tuesday] [hours=09:00-17:00] [version=2]`
//! - `path NAME technical|managerial steps=rota:network/15m,person:kay+role:tier3/30m last=role:supervisor
//!   [ack=30m] [repeats=1] [client=acme] [service=acme/mail] [severity=1] [at=resolution:50,resolution:75]
//!   [lapsed=assess_and_assign:10m] [unaccepted=10m] [forecast=resolution:50:15m] [version=2]`
//! - `procedure P1 must_know=tier2,tier3 [changed_for=tier3] [answers=call,wait] [version=2]`; the first answer is
//!   the right one.

use incident::escalation::{
    Addressee, BudgetTrigger, DefinedPath, ForecastTrigger, LapseTrigger, PathStep, Triggers,
};
use incident::on_call::{Restriction, Rota, Rotation, Turn, Weekday};
use incident::procedure::{Procedure, Scenario};
use incident::{Records, Timestamp};

use super::fixture;
use super::time::minutes;
use super::words::{Words, vocabulary};

const ROTA: [&str; 8] = ["people", "turn", "length", "starts", "zone", "days", "hours", "version"];
const PATH: [&str; 12] = [
    "steps",
    "last",
    "ack",
    "repeats",
    "client",
    "service",
    "severity",
    "at",
    "lapsed",
    "unaccepted",
    "forecast",
    "version",
];

/// A rota with one rotation.
pub(super) fn rota(records: &Records, name: &str, words: &Words) -> Result<Rota, String> {
    words.only(&ROTA)?;
    let id = fixture::rota(name);
    let newest = records.setup.rotas.get(&id).map_or(0, |known| known.rota.version);
    let number = |name: &str, otherwise: u32| words.named(name).map_or(Ok(otherwise), number);
    let rotation = Rotation {
        turn: words.named("turn").map_or(Ok(Turn::Daily), vocabulary)?,
        length: number("length", 1)?,
        starts: words.named_or("starts", "2026-06-01T09:00:00"),
        participants: list(words, "people").map(fixture::person).collect(),
        restrictions: restrictions(words)?,
    };
    Ok(Rota {
        id,
        version: number("version", newest + 1)?,
        name: name.to_owned(),
        zone: words.named_or("zone", "America/New_York"),
        rotations: vec![rotation],
        overrides: Vec::new(),
        temporary: Vec::new(),
    })
}

fn restrictions(words: &Words) -> Result<Vec<Restriction>, String> {
    let Some(hours) = words.named("hours") else { return Ok(Vec::new()) };
    let (from, to) = hours.split_once('-').ok_or("hours= is 09:00-17:00")?;
    let minute = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<u16>().ok()? * 60 + minutes.parse::<u16>().ok()?)
    };
    let days = match words.named("days") {
        Some(_) => list(words, "days").map(vocabulary).collect::<Result<_, _>>()?,
        None => Weekday::ALL.into_iter().collect(),
    };
    let (from_minute, to_minute) = minute(from).zip(minute(to)).ok_or("hours= is 09:00-17:00")?;
    Ok(vec![Restriction { days, from_minute, to_minute }])
}

/// A path in force from `now`.
pub(super) fn path(
    records: &Records,
    now: Timestamp,
    name: &str,
    words: &Words,
) -> Result<DefinedPath, String> {
    words.only(&PATH)?;
    let id = fixture::path(name);
    let newest = records.setup.paths.range((id, 0)..=(id, u32::MAX)).next_back().map_or(0, |((_, v), _)| *v);
    let service = match words.named("service") {
        Some(service) => {
            let (client, service) = service.split_once('/').ok_or("service= is client/service")?;
            Some(fixture::service(client, service))
        }
        None => None,
    };
    Ok(DefinedPath {
        id,
        version: words.named("version").map_or(Ok(newest + 1), number)?,
        effective_from: now,
        name: name.to_owned(),
        path: vocabulary(words.plain(2, "technical or managerial")?)?,
        client: words.named("client").map(fixture::client),
        service,
        severity: words.named("severity").map(vocabulary).transpose()?,
        triggers: triggers(words)?,
        steps: list(words, "steps").map(step).collect::<Result<_, _>>()?,
        repeats: words.named("repeats").map_or(Ok(0), number)?,
        last_resort: addressee(words.named("last").ok_or("last= is missing")?)?,
        acknowledged_minutes: words.named("ack").map_or(Ok(30), minutes)?,
    })
}

/// A procedure in force from `now`.
pub(super) fn procedure(
    records: &Records,
    now: Timestamp,
    name: &str,
    words: &Words,
) -> Result<Procedure, String> {
    words.only(&["must_know", "changed_for", "answers", "version"])?;
    let id = fixture::procedure(name);
    let all = &records.setup.procedures;
    let newest = all.range((id, 0)..=(id, u32::MAX)).next_back().map_or(0, |((_, version), _)| *version);
    let roles = |name| list(words, name).map(vocabulary).collect::<Result<_, _>>();
    let answers = words.named_or("answers", "call,wait");
    Ok(Procedure {
        id,
        version: words.named("version").map_or(Ok(newest + 1), number)?,
        effective_from: now,
        name: format!("Procedure {name}"),
        text: "Call the next step when nobody answers".to_owned(),
        must_know: roles("must_know")?,
        changed_for: roles("changed_for")?,
        scenario: Scenario {
            question: "Nobody answers: what do you do?".to_owned(),
            answers: answers.split(',').map(str::to_owned).collect(),
            right: 0,
        },
    })
}

fn triggers(words: &Words) -> Result<Triggers, String> {
    let mut all = Triggers::default();
    for share in list(words, "at") {
        let (clock, percent) = share.split_once(':').ok_or("at= is CLOCK:PERCENT")?;
        all.budget.push(BudgetTrigger { clock: vocabulary(clock)?, percent: number(percent)? });
    }
    for lapse in list(words, "lapsed") {
        let (duty, after) = lapse.split_once(':').ok_or("lapsed= is DUTY:SPAN")?;
        all.lapsed.push(LapseTrigger { duty: vocabulary(duty)?, after_minutes: minutes(after)? });
    }
    all.unaccepted_minutes = words.named("unaccepted").map(minutes).transpose()?;
    if let Some(forecast) = words.named("forecast") {
        let parts: Vec<_> = forecast.split(':').collect();
        let [clock, percent, within] = parts[..] else {
            return Err("forecast= is CLOCK:PERCENT:SPAN".to_owned());
        };
        all.forecast = Some(ForecastTrigger {
            clock: vocabulary(clock)?,
            ask_at_percent: number(percent)?,
            answer_within_minutes: minutes(within)?,
        });
    }
    Ok(all)
}

fn step(text: &str) -> Result<PathStep, String> {
    let (call, delay) = text.split_once('/').ok_or("a step is WHO/SPAN")?;
    let call = call.split('+').map(addressee).collect::<Result<_, _>>()?;
    Ok(PathStep { call, delay_minutes: minutes(delay)? })
}

fn addressee(text: &str) -> Result<Addressee, String> {
    match text.split_once(':') {
        Some(("person", name)) => Ok(Addressee::Person { person: fixture::person(name) }),
        Some(("rota", name)) => Ok(Addressee::Rota { rota: fixture::rota(name) }),
        Some(("role", name)) => Ok(Addressee::Role { role: vocabulary(name)? }),
        _ => Err(format!("\"{text}\" is nobody; write person:NAME, rota:NAME or role:NAME")),
    }
}

/// The words of a list with commas.
fn list<'a>(words: &'a Words, name: &str) -> impl Iterator<Item = &'a str> {
    words.named(name).unwrap_or_default().split(',').filter(|word| !word.is_empty())
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a number"))
}
