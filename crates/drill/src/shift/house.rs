//! `given` lines and the `configure` verb: settings in a few words.
//!
//! - `calendar NAME zone=Asia/Kolkata open=09:30-18:30 [version=2] [holiday=2026-06-03]`
//! - `agreement CLIENT [sev1=15m/4h[/2h[/15m[/1h]]]] … [calendar=NAME] [pause=awaiting_client:resolution|none]
//!   [start=reported] [response=first_reply] [reopening=counted] [from=TIME] [until=TIME] [methods=phone,email]`; of the
//!   client `standard` it is the house's own. A pause may add its cap and review: `awaiting_client:resolution:4h:2x:review-1h`.
//! - `person NAME [role=tier2] [clients=bolt] [active=no]`
//! - `oversight exceptions [renewals=2|none] [break_glass=24h|none] [two_people_over=24h] [recurrence=3/30]
//!   [approvers=vance,kay] [alternate=50|none] [warn=1h|none]`
//! - `client NAME [zone=…]`, `log_within 15m [from=TIME]`, `category CODE [under=CODE] [retired=yes] [dropped=yes]`
//! - `matrix VERSION [sev1=P1/P1/P2] …`: the row of a severity, high to low urgency
//! - `rota …`, `path …`, `procedure …`: see `ladder`
//! - `template NAME text=…`, `approval data_loss,security`, `internal_updates 30m/60m`, `attempts 3`,
//!   `breach_reasons parts,staff`, `survey 5`, `unidentified CLIENT`, `confirm_severity 30m`

use std::collections::BTreeSet;

use incident::agreement::{PauseCap, PauseRule, Target};
use incident::calendar::{Calendar, Hours, Opening};
use incident::communication::Template;
use incident::major_incident::MajorRules;
use incident::oversight::RecurrenceRule;
use incident::setup::{Category, CategoryCode, Client, House};
use incident::survey::Scale;
use incident::{Agreement, Oversight, Priority, Records, Role, Setting, Severity, Timestamp};

use super::fixture;
use super::ladder;
use super::time::{Almanac, minutes};
use super::words::{Words, vocabulary};

/// The setting that the words mean, in force from `now`, or `from=` a later time.
pub(super) fn setting(
    records: &Records,
    almanac: &Almanac,
    now: Timestamp,
    words: &Words,
) -> Result<Setting, String> {
    let mut setting = from_now(records, almanac, now, words)?;
    if let (Setting::House(house), Some(from)) = (&mut setting, words.named("from")) {
        house.effective_from = almanac.instant(from)?;
    }
    Ok(setting)
}

fn from_now(records: &Records, almanac: &Almanac, now: Timestamp, words: &Words) -> Result<Setting, String> {
    let name = words.plain(1, "a name")?;
    match words.plain(0, "what to set")? {
        "calendar" => Ok(Setting::Calendar(calendar(name, words)?)),
        "agreement" => {
            let mut next = agreement(records, now, name, words)?;
            if let Some(from) = words.named("from") {
                next.effective_from = almanac.instant(from)?;
            }
            terms(&mut next, almanac, words)?;
            Ok(Setting::Agreement(next))
        }
        "person" => Ok(Setting::Person(person(records, name, words)?)),
        "client" => {
            words.only(&["zone", "called"])?;
            Ok(Setting::Client(Client {
                id: fixture::client(name),
                name: words.named_or("called", name),
                zone: words.named_or("zone", "UTC"),
                account_manager: None,
                before: Vec::new(),
            }))
        }
        "oversight" => Ok(Setting::Oversight(oversight(records, now, words)?)),
        "rota" => Ok(Setting::Rota(ladder::rota(records, name, words)?)),
        "procedure" => Ok(Setting::Procedure(ladder::procedure(records, now, name, words)?)),
        "path" => Ok(Setting::EscalationPath(ladder::path(records, now, name, words)?)),
        "category" => Ok(Setting::House(categories(records, now, name, words)?)),
        "matrix" => {
            let mut house = next_house(records, now);
            house.matrix.version = name.parse().map_err(|_| "a matrix is called by its version")?;
            for severity in Severity::ALL {
                if let Some(row) = words.named(&format!("sev{}", severity.number())) {
                    let row: Vec<Priority> = row.split('/').map(vocabulary).collect::<Result<_, _>>()?;
                    let row = row.try_into().map_err(|_| "a row is P1/P2/P3")?;
                    house.matrix.rows[severity.index()] = row;
                }
            }
            Ok(Setting::House(house))
        }
        "log_within" => {
            let mut house = next_house(records, now);
            house.log_within_minutes = Some(minutes(name)?);
            Ok(Setting::House(house))
        }
        "major" | "merge_undo" | "breach_notice" => coordination(records, now, words),
        "template" | "approval" | "internal_updates" | "attempts" | "breach_reasons" | "survey"
        | "unidentified" | "confirm_severity" => Ok(Setting::House(contact(
            next_house(records, now),
            words.plain(0, "what to set")?,
            name,
            words,
        )?)),
        other => Err(format!("\"{other}\" cannot be set here")),
    }
}

/// One category more, or one that is changed: `under=`, `retired=yes`, `dropped=yes`, `from=`.
fn categories(records: &Records, now: Timestamp, name: &str, words: &Words) -> Result<House, String> {
    words.only(&["under", "retired", "dropped", "from"])?;
    let mut house = next_house(records, now);
    let code = CategoryCode(name.to_owned());
    house.categories.retain(|category| category.code != code);
    if words.named("dropped") != Some("yes") {
        house.categories.push(Category {
            code,
            name: name.replace('_', " "),
            under: words.named("under").map(|under| CategoryCode(under.to_owned())),
            retired_at: (words.named("retired") == Some("yes")).then_some(now),
        });
    }
    Ok(house)
}

/// `major rules clients=3 services=4 manager=5m brief=20m span=7`, `merge_undo 30m`, `breach_notice 72h`.
fn coordination(records: &Records, now: Timestamp, words: &Words) -> Result<Setting, String> {
    let mut house = next_house(records, now);
    let value = words.plain(1, "a span")?;
    match words.plain(0, "what to set")? {
        "merge_undo" => house.merge_undo_within_minutes = Some(minutes(value)?),
        "breach_notice" => house.breach_notice_within_minutes = Some(minutes(value)?),
        _ => {
            words.only(&["clients", "services", "manager", "brief", "span"])?;
            let number = |name| words.named(name).map(str::parse::<u32>).transpose();
            let span = |name| words.named(name).map(minutes).transpose();
            let wrong = |_| "clients=, services= and span= are numbers";
            house.major = MajorRules {
                clients_min: number("clients").map_err(wrong)?,
                services_min: number("services").map_err(wrong)?,
                manager_within_minutes: span("manager")?,
                brief_every_minutes: span("brief")?,
                span_max: number("span").map_err(wrong)?,
            };
        }
    }
    Ok(Setting::House(house))
}

/// What the house says of its clients and its words to them.
fn contact(mut house: House, what: &str, name: &str, words: &Words) -> Result<House, String> {
    let number = || name.parse().map_err(|_| format!("{what} takes a number"));
    match what {
        "template" => {
            let text = words.named_or("text", "We are sorry");
            house.communication.templates.push(Template { name: name.to_owned(), text });
        }
        "approval" => {
            let topics = name.split(',').filter(|topic| *topic != "none").map(vocabulary);
            house.communication.approval_for = topics.collect::<Result<_, _>>()?;
        }
        "internal_updates" => {
            let (one, two) = name.split_once('/').ok_or("internal_updates 30m/60m")?;
            house.communication.internal_update_minutes = [Some(minutes(one)?), Some(minutes(two)?)];
        }
        "attempts" => house.closing.attempts = Some(number()?),
        "breach_reasons" => house.closing.breach_reasons = name.split(',').map(str::to_owned).collect(),
        "survey" if name == "none" => house.survey = None,
        "survey" => {
            let best = number()?.try_into().map_err(|_| "a scale has at most 255 scores")?;
            house.survey = Some(Scale { best });
        }
        "unidentified" => house.identification.unidentified_client = Some(fixture::client(name)),
        _ => house.identification.confirm_severity_within_minutes = Some(minutes(name)?),
    }
    Ok(house)
}

fn next_house(records: &Records, now: Timestamp) -> House {
    let house = records.setup.house.clone();
    House { version: house.version + 1, effective_from: now, ..house }
}

fn calendar(name: &str, words: &Words) -> Result<Calendar, String> {
    words.only(&["zone", "open", "version", "holiday"])?;
    let zone = words.named_or("zone", "America/New_York");
    let mut hours = Hours::Always;
    if let Some((from, to)) = words.named("open").and_then(|open| open.split_once('-')) {
        let opening = Opening::parse(from, to).map_err(|error| error.to_string())?;
        hours = fixture::office(opening.from_minute, opening.to_minute);
    }
    if let Hours::Weekly { holidays, .. } = &mut hours {
        for (_, day) in words.named.iter().filter(|(name, _)| name == "holiday") {
            holidays.insert(day.parse().map_err(|error| format!("{error}"))?);
        }
    }
    let version = words.named_or("version", "1").parse().map_err(|_| "version= is a number")?;
    Ok(Calendar { version, ..fixture::hours(name, &zone, hours) })
}

fn person(records: &Records, name: &str, words: &Words) -> Result<incident::setup::Person, String> {
    words.only(&["role", "clients", "active"])?;
    let known = records.setup.people.get(&fixture::person(name)).cloned();
    let mut person = known.unwrap_or_else(|| fixture::a_person(name, Role::ServiceDesk));
    if let Some(role) = words.named("role") {
        person.roles = BTreeSet::from([vocabulary(role)?]);
    }
    if let Some(clients) = words.named("clients") {
        person.clients = Some(clients.split(',').map(fixture::client).collect());
    }
    person.active = words.named("active") != Some("no");
    Ok(person)
}

fn agreement(records: &Records, now: Timestamp, name: &str, words: &Words) -> Result<Agreement, String> {
    words.only(&[
        "sev1",
        "sev2",
        "sev3",
        "sev4",
        "calendar",
        "pause",
        "version",
        "start",
        "response",
        "reopening",
        "from",
        "until",
        "voicemail",
        "auto_close",
        "methods",
    ])?;
    let all = &records.setup.agreements;
    let id = fixture::agreement(name);
    let known = all.range((id, 0)..=(id, u32::MAX)).next_back().map(|(_, agreement)| agreement.clone());
    let mut next = match known {
        Some(known) => known,
        None => {
            let gold =
                all.get(&(fixture::agreement("acme"), 1)).cloned().ok_or("no agreement to start from")?;
            let client = (name != "standard").then(|| fixture::client(name));
            Agreement { id, version: 0, client, name: name.to_owned(), ..gold }
        }
    };
    next.version += 1;
    if let Some(version) = words.named("version") {
        next.version = version.parse().map_err(|_| "version= is a number")?;
    }
    next.effective_from = now;
    let counts = next.targets.iter().find_map(|targets| targets.response.as_ref()).map(|t| t.calendar);
    let counts = words.named("calendar").map(fixture::calendar).or(counts).ok_or("calendar= is missing")?;
    for severity in Severity::ALL {
        let targets = &mut next.targets[severity.index()];
        let clocks = [&mut targets.response, &mut targets.restoration, &mut targets.resolution];
        let messages = [&mut targets.first_notice, &mut targets.update];
        clocks.into_iter().chain(messages).flatten().for_each(|target| target.calendar = counts);
        if let Some(promise) = words.named(&format!("sev{}", severity.number())) {
            let mut parts = promise.split('/').map(|part| target(part, counts));
            let mut part = || parts.next().unwrap_or(Ok(None));
            (targets.response, targets.resolution, targets.restoration) = (part()?, part()?, part()?);
            (targets.first_notice, targets.update) = (part()?, part()?);
        }
    }
    if words.named("pause").is_some() {
        next.pauses = pauses(words)?;
    }
    Ok(next)
}

fn terms(next: &mut Agreement, almanac: &Almanac, words: &Words) -> Result<(), String> {
    if let Some(start) = words.named("start") {
        next.terms.start = vocabulary(start)?;
    }
    if let Some(response) = words.named("response") {
        next.terms.response = vocabulary(response)?;
    }
    if let Some(voicemail) = words.named("voicemail") {
        next.contact.voicemail = vocabulary(voicemail)?;
    }
    if let Some(methods) = words.named("methods") {
        next.contact.methods = methods.split(',').map(vocabulary).collect::<Result<_, _>>()?;
    }
    if let Some(silence) = words.named("auto_close") {
        let counts = next.targets.iter().find_map(|targets| targets.all().next()).map(|t| t.calendar);
        next.contact.auto_close = target(silence, counts.ok_or("calendar= is missing")?)?;
    }
    if let Some(reopening) = words.named("reopening") {
        next.terms.reopening = vocabulary(reopening)?;
    }
    if let Some(until) = words.named("until") {
        next.terms.until = Some(almanac.instant(until)?);
    }
    Ok(())
}

/// The next version of the numbers of oversight, in force from `now`.
fn oversight(records: &Records, now: Timestamp, words: &Words) -> Result<Oversight, String> {
    words.only(&[
        "renewals",
        "break_glass",
        "two_people_over",
        "recurrence",
        "approvers",
        "alternate",
        "warn",
        "sample_every",
    ])?;
    let held = records.setup.oversight.values().next_back().cloned().unwrap_or_default();
    let mut next = Oversight { version: held.version + 1, effective_from: now, ..held };
    let number = |name: &str| words.named(name).map(|word| word.parse::<u32>().ok());
    let span = |name: &str| words.named(name).map(|word| minutes(word).ok());
    next.exceptions.renewals_max = number("renewals").unwrap_or(next.exceptions.renewals_max);
    next.exceptions.break_glass_minutes = span("break_glass").unwrap_or(next.exceptions.break_glass_minutes);
    next.exceptions.two_people_over_minutes =
        span("two_people_over").unwrap_or(next.exceptions.two_people_over_minutes);
    next.sampling.every_days = number("sample_every").unwrap_or(next.sampling.every_days);
    next.exceptions.warn_before_minutes = span("warn").unwrap_or(next.exceptions.warn_before_minutes);
    if let Some(percent) = words.named("alternate") {
        next.exceptions.alternate_after_percent = percent.parse().ok();
    }
    if let Some(names) = words.named("approvers") {
        next.exceptions.approvers = names.split(',').map(fixture::person).collect();
    }
    if let Some(rule) = words.named("recurrence") {
        let parts =
            rule.split_once('/').and_then(|(count, days)| Some((count.parse().ok()?, days.parse().ok()?)));
        next.reviews.recurrence = parts.map(|(count, days)| RecurrenceRule { count, days });
    }
    Ok(next)
}

fn target(span: &str, counts: incident::calendar::CalendarId) -> Result<Option<Target>, String> {
    if span == "none" {
        return Ok(None);
    }
    Ok(Some(fixture::target(minutes(span)?, counts)))
}

fn pauses(words: &Words) -> Result<Vec<PauseRule>, String> {
    let rules = words.named.iter().filter(|(name, value)| name == "pause" && value != "none");
    rules
        .map(|(_, rule)| {
            let (reason, rest) = rule.split_once(':').ok_or("pause= is REASON:CLOCK,CLOCK")?;
            let mut parts = rest.split(':');
            let clocks = parts.next().unwrap_or_default().split(',').map(vocabulary);
            let mut rule = PauseRule {
                reason: vocabulary(reason)?,
                clocks: clocks.collect::<Result<_, _>>()?,
                cap: PauseCap::default(),
                review_minutes: None,
            };
            for part in parts {
                match (part.strip_prefix("review-"), part.strip_suffix('x')) {
                    (Some(after), _) => rule.review_minutes = Some(minutes(after)?),
                    (None, Some(times)) => rule.cap.times = Some(times.parse().map_err(|_| "2x is twice")?),
                    (None, None) => rule.cap.minutes = Some(minutes(part)?),
                }
            }
            Ok(rule)
        })
        .collect()
}
