//! The rule book alone, on one core: duties of 100,000 open incidents, and folding.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use incident::calendar::{Calendar, CalendarId};
use incident::{Event, Fact, IncidentId, PersonId, Records, Setting, Subject, Timestamp, apply, obligations};
use serde_json::{Value, json};

use super::business_time::office;
use super::table::{Finding, Floor, Measure};

/// Open incidents of a very large house.
const OPEN: u32 = 100_000;
/// Incidents whose events are folded for speed alone.
const FOLDED: u32 = 50_000;
/// Events whose duties are read again.
const AGAIN: u32 = 1_000;
const HOUR: i64 = 60 * incident::MINUTE;
/// Monday, 1 June 2026, 13:00 UTC.
const BEGINNING: Timestamp = Timestamp::from_millis(1_780_318_800_000);

/// Everything the rule book is asked for at speed.
pub(super) fn measured() -> anyhow::Result<Vec<Finding>> {
    let mut found = vec![folding()?];
    found.extend(duties()?);
    Ok(found)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures elapsed time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let done = black_box(work());
    (done, begun.elapsed().as_secs_f64())
}

fn measure(name: String, value: f64, unit: &str, aim: &str, floors: Vec<Floor>) -> Finding {
    Finding::Measured(Measure { name, value, unit: unit.to_owned(), floors, aim: aim.to_owned() })
}

/// Events a second, folded to records.
fn folding() -> anyhow::Result<Finding> {
    let story = Story::read()?;
    let mut events: Vec<Event> = Vec::new();
    for place in 0..FOLDED {
        events.extend(story.of(place, story.facts.len())?);
    }
    let count = events.len() as f64;
    let (records, seconds) = timed(|| incident::fold(&events));
    anyhow::ensure!(records.incidents.len() == FOLDED as usize, "the events did not fold");
    let (_, copying) = timed(|| events.to_vec());
    let floor = Floor { name: "the same events copied".to_owned(), value: count / copying };
    Ok(measure(
        "events folded to records, one core".to_owned(),
        count / seconds,
        "/s",
        "≥ 2,000,000 /s",
        vec![floor],
    ))
}

/// Every duty of every open incident, and the duties of one incident after one event.
fn duties() -> anyhow::Result<Vec<Finding>> {
    let story = Story::read()?;
    let mut records = house()?;
    for place in 0..OPEN {
        // A few new ones, most in work.
        let stage = 1 + place as usize % story.facts.len();
        for event in story.of(place, stage)? {
            apply(&mut records, &event);
        }
    }
    let now = BEGINNING.plus_millis(2 * HOUR);
    let (all, sweep) = timed(|| obligations(&records, now));
    let held: Vec<_> = records.incidents.values().map(Arc::clone).collect();
    let note = Fact::NoteAdded { text: "The client's contact was told".to_owned() };
    let ids: Vec<IncidentId> = records.incidents.keys().copied().step_by((OPEN / AGAIN) as usize).collect();
    let ((), again) = timed(|| {
        for id in &ids {
            let subject = Subject::Incident(*id);
            apply(&mut records, &event(subject, now, note.clone()));
            black_box(records.get(subject).map(|record| record.duties(&records.setup, now)));
        }
    });
    let touched =
        held.iter().zip(records.incidents.values()).filter(|(old, new)| !Arc::ptr_eq(old, new)).count();
    anyhow::ensure!(touched == ids.len(), "{touched} records changed after {} events", ids.len());
    let sweep_name =
        format!("duties of {OPEN} open incidents, full sweep on one core ({} duties)", all.len());
    let again_name = format!(
        "one event and the duties of its incident among {OPEN} ({touched} records touched by {} events)",
        ids.len()
    );
    Ok(vec![
        measure(sweep_name, sweep * 1_000.0, "ms", "≤ 1,000 ms", Vec::new()),
        measure(again_name, again * 1_000.0 / ids.len() as f64, "ms", "-", Vec::new()),
    ])
}

/// What happens to an incident from its log entry to a note, over and over.
struct Story {
    facts: Vec<Fact>,
}

impl Story {
    fn read() -> anyhow::Result<Self> {
        let facts = [
            json!({ "kind": "incident_logged", "number": 1, "signal": null,
                    "agreement": { "id": id(1), "version": 1 }, "entry": entry() }),
            json!({ "kind": "categorised", "category": "network_outage" }),
            json!({ "kind": "severity_changed", "severity": 3, "reason": "Part of the site works" }),
            json!({ "kind": "urgency_changed", "urgency": "medium" }),
            json!({ "kind": "assessed", "text": "The line of floor two is down" }),
            json!({ "kind": "assigned", "to": id(1) }),
            json!({ "kind": "assignment_accepted" }),
            json!({ "kind": "diagnosis_recorded", "text": "The switch in rack 4 lost its uplink" }),
            json!({ "kind": "resolution_step_recorded", "text": "Uplink moved to port 24" }),
            json!({ "kind": "note_added", "text": "The contact was told" }),
        ];
        let facts = facts.into_iter().map(serde_json::from_value).collect::<Result<_, _>>();
        Ok(Self { facts: facts.context("a fact of the bench")? })
    }

    /// The first events of the incident at this place, a minute apart.
    fn of(&self, place: u32, length: usize) -> anyhow::Result<impl Iterator<Item = Event>> {
        let subject = Subject::Incident(id(place).parse().context("an id of the bench")?);
        let begun = BEGINNING.plus_millis(i64::from(place % 3_600) * 1_000);
        Ok(self.facts.iter().take(length).zip(0_i64..).map(move |(fact, step)| {
            event(subject, begun.plus_millis(step * incident::MINUTE), fact.clone())
        }))
    }
}

fn entry() -> Value {
    json!({
        "client": id(1), "services": [id(1)], "summary": "No network on floor 2 since the morning",
        "symptoms": "Forty desks cannot reach the file server", "reporter": "Ada",
        "reported_at": BEGINNING, "source": "phone", "impact": "some_users",
    })
}

/// A client with an agreement on office hours.
fn house() -> anyhow::Result<Records> {
    let calendar = Calendar { id: CalendarId(id(1).parse().context("an id of the bench")?), ..office() };
    let target = |minutes: u32| json!({ "minutes": minutes, "calendar": calendar.id, "clause": "4.1" });
    let targets: Vec<Value> = [(15, 240), (30, 480), (60, 1_440), (240, 4_320)]
        .map(|(response, resolution)| {
            json!({
                "response": target(response), "restoration": null, "resolution": target(resolution),
            })
        })
        .to_vec();
    let settings = [
        json!({ "setting": "client", "id": id(1), "name": "Acme", "zone": "America/New_York", "account_manager": id(2) }),
        json!({ "setting": "service", "id": id(1), "client": id(1), "name": "Mail", "critical": true }),
        json!({ "setting": "agreement", "id": id(1), "version": 1, "effective_from": 0, "client": id(1),
                "service": null, "name": "Gold", "reference": "A-1", "targets": targets, "pauses": [] }),
    ];
    let mut records = Records::default();
    let setup = Arc::make_mut(&mut records.setup);
    setup.take(Setting::Calendar(calendar)).context("the calendar of the bench")?;
    for setting in settings {
        let setting: Setting = serde_json::from_value(setting).context("a setting of the bench")?;
        setup.take(setting).context("a setting of the bench")?;
    }
    Ok(records)
}

fn event(subject: Subject, at: Timestamp, fact: Fact) -> Event {
    Event { at, received: at, uncertainty_ms: 0, actor: PersonId::SERVER, subject, fact }
}

/// An id of the bench, as text.
fn id(place: u32) -> String {
    format!("01900000-0000-7000-8000-{place:012x}")
}
