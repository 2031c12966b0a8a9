//! The command that a line means. What a line leaves out is filled with plain words, so that a shift says
//! only what it is about.

use incident::command::{
    AcceptSignal, AlertNews, Assign, Categorise, Close, Configure, ConfirmRestoration, DismissSignal,
    Escalate, LogIncident, MergeSignal, PauseClock, RaiseSignal, RecordAlert, RecordBreach, Resolve,
    SetSeverity, SetUrgency,
};
use incident::communication::Channel;
use incident::identification::Sighting;
use incident::setup::CategoryCode;
use incident::{
    Command, IncidentId, LogEntry, PersonId, Records, Severity, SignalId, Source, Timestamp, Verb,
};

use super::fixture;
use super::house::setting;
use super::spelt::{self, long};
use super::time::Almanac;
use super::words::{Words, vocabulary};

/// Reads the words of a deed at a moment.
struct Reading<'a> {
    records: &'a Records,
    almanac: &'a Almanac,
    now: Timestamp,
    words: &'a Words,
}

/// The command that a verb and its words mean to somebody who looks at `records`.
pub fn command(
    records: &Records,
    almanac: &Almanac,
    now: Timestamp,
    verb: Verb,
    words: &Words,
) -> Result<Command, String> {
    let read = Reading { records, almanac, now, words };
    match verb {
        Verb::RaiseSignal
        | Verb::AcceptSignal
        | Verb::DismissSignal
        | Verb::MergeSignal
        | Verb::LogIncident => read.identification(verb),
        Verb::Categorise | Verb::SetSeverity | Verb::SetUrgency | Verb::Assign | Verb::Escalate => {
            read.choice(verb)
        }
        Verb::RecordAlert | Verb::RecordBreach | Verb::Configure => read.server(verb),
        Verb::Resolve | Verb::ConfirmRestoration | Verb::Close | Verb::PauseClock => read.statement(verb),
        _ => spelt::command(almanac, now, verb, words),
    }
}

impl Reading<'_> {
    fn identification(&self, verb: Verb) -> Result<Command, String> {
        Ok(match verb {
            Verb::LogIncident => {
                Command::LogIncident(LogIncident { incident: self.incident(0)?, entry: self.entry(None)? })
            }
            Verb::AcceptSignal => {
                let signal = self.signal()?;
                let seen = self.records.signals.get(&signal).map(|signal| signal.sighting.clone());
                let entry = self.entry(seen.as_ref())?;
                Command::AcceptSignal(AcceptSignal { signal, incident: self.incident(1)?, entry })
            }
            Verb::RaiseSignal => {
                Command::RaiseSignal(RaiseSignal { signal: self.signal()?, sighting: self.sighting()? })
            }
            Verb::DismissSignal => Command::DismissSignal(DismissSignal {
                signal: self.signal()?,
                reason: self.text("reason", "A test of the monitor"),
            }),
            _ => Command::MergeSignal(MergeSignal { signal: self.signal()?, into: self.incident(1)? }),
        })
    }

    fn choice(&self, verb: Verb) -> Result<Command, String> {
        let incident = self.incident(0)?;
        let seen = self.records.incidents.get(&incident);
        let chosen = self.words.plain(1, "what to choose")?;
        Ok(match verb {
            Verb::Categorise => {
                self.words.only(&[])?;
                Command::Categorise(Categorise { incident, category: CategoryCode(chosen.to_owned()) })
            }
            Verb::SetSeverity => Command::SetSeverity(SetSeverity {
                incident,
                from: match self.words.named("from") {
                    Some(from) => vocabulary(from)?,
                    None => seen.map_or(Severity::Four, |incident| incident.severity()),
                },
                severity: vocabulary(chosen)?,
                reason: self.text("reason", "What the caller and the monitor say"),
            }),
            Verb::SetUrgency => Command::SetUrgency(SetUrgency {
                incident,
                from: match self.words.named("from") {
                    Some("none") => None,
                    Some(from) => Some(vocabulary(from)?),
                    None => seen.and_then(|incident| incident.urgency),
                },
                urgency: vocabulary(chosen)?,
            }),
            Verb::Assign => Command::Assign(Assign {
                incident,
                from: match self.words.named("from") {
                    Some("nobody") => None,
                    Some(from) => Some(fixture::person(from)),
                    None => seen.and_then(|incident| incident.assignment.as_ref()).map(|held| held.to),
                },
                to: fixture::person(chosen),
            }),
            _ => Command::Escalate(Escalate {
                incident,
                path: vocabulary(chosen)?,
                to: self.person(2)?,
                reason: self.text("reason", "The target cannot be met"),
            }),
        })
    }

    fn statement(&self, verb: Verb) -> Result<Command, String> {
        let incident = self.incident(0)?;
        let text = |words: &str| self.text("text", words);
        Ok(match verb {
            Verb::Resolve => Command::Resolve(Resolve {
                incident,
                text: text("Log rotation set up"),
                cause: self.text("cause", "Logs were never rotated"),
            }),
            Verb::ConfirmRestoration => Command::ConfirmRestoration(ConfirmRestoration {
                incident,
                channel: self.words.named("channel").map_or(Ok(Channel::Phone), vocabulary)?,
                contact: self.text("contact", "Ada, IT lead"),
                answer: vocabulary(self.words.plain(1, "the answer")?)?,
                text: text("Asked whether mail works"),
            }),
            Verb::Close => Command::Close(Close {
                incident,
                text: text("Done"),
                unconfirmed_reason: self.words.named("unconfirmed").map(long),
            }),
            _ => Command::PauseClock(PauseClock {
                incident,
                reason: vocabulary(self.words.plain(1, "the reason")?)?,
                text: text("Access to the server room is needed"),
            }),
        })
    }

    fn server(&self, verb: Verb) -> Result<Command, String> {
        Ok(match verb {
            Verb::RecordAlert => {
                let signal = self.signal()?;
                const NEWS: &str = "repeated, recovered or partly_recovered";
                let count = || self.words.named_or("count", "1").parse().map_err(|_| "count= is a number");
                let news = match self.words.plain(1, NEWS)? {
                    "recovered" => AlertNews::Recovered,
                    "repeated" => AlertNews::Repeated { count: count()? },
                    "partly_recovered" => AlertNews::PartlyRecovered { count: count()? },
                    other => return Err(format!("\"{other}\" is no news; write {NEWS}")),
                };
                let incident = self.records.signals.get(&signal).and_then(|signal| signal.incident());
                let summary = self.text("summary", "MailQueueFull");
                Command::RecordAlert(RecordAlert { signal, incident, news, summary, names: Vec::new() })
            }
            Verb::RecordBreach => Command::RecordBreach(RecordBreach {
                incident: self.incident(0)?,
                clock: vocabulary(self.words.plain(1, "the clock")?)?,
            }),
            _ => Command::Configure(Configure {
                setting: setting(self.records, self.almanac, self.now, self.words)?,
            }),
        })
    }

    fn entry(&self, seen: Option<&Sighting>) -> Result<LogEntry, String> {
        self.words.only(&ENTRY)?;
        let client = match (self.words.named("client"), seen.and_then(|seen| seen.client)) {
            (None, Some(client)) => client,
            (named, _) => fixture::client(named.ok_or("client= is missing")?),
        };
        let services = match self.words.named("service") {
            Some("none") => Vec::new(),
            Some(name) => {
                let whose = self.words.named("client").unwrap_or("acme");
                vec![fixture::service(whose, name)]
            }
            None => self.first_service(client),
        };
        Ok(LogEntry {
            client,
            services,
            summary: self.text("summary", "Mail does not arrive"),
            symptoms: self.text("symptoms", "Nothing since this morning"),
            reporter: self.text("reporter", "Ada"),
            reported_at: self.words.named("reported").map_or(Ok(self.now), |at| self.almanac.instant(at))?,
            source: match self.words.named("source") {
                Some(source) => vocabulary(source)?,
                None => seen.map_or(Source::Phone, |seen| seen.source),
            },
            impact: vocabulary(self.words.named("impact").unwrap_or("some_users"))?,
            drill: self.words.named("drill") == Some("yes"),
            recurrence_of: self.words.named("recurrence_of").map(fixture::incident),
            occurred_at: self.words.named("occurred").map(|at| self.almanac.instant(at)).transpose()?,
            detected_at: self.words.named("detected").map(|at| self.almanac.instant(at)).transpose()?,
        })
    }

    fn sighting(&self) -> Result<Sighting, String> {
        self.words.only(&SIGHTING)?;
        let client = self.words.named("client");
        Ok(Sighting {
            source: vocabulary(self.words.named("source").unwrap_or("monitoring"))?,
            client: client.map(fixture::client),
            service: self.words.named("service").map(|name| fixture::service(client.unwrap_or("acme"), name)),
            summary: self.text("summary", "MailQueueFull"),
            details: self.text("details", "queue length 4000"),
            reporter: self.text("reporter", "monitor"),
            reported_at: self.words.named("reported").map_or(Ok(self.now), |at| self.almanac.instant(at))?,
            dedup_key: None,
            link: None,
        })
    }

    fn first_service(&self, client: incident::ClientId) -> Vec<incident::ServiceId> {
        let mut services = fixture::CLIENTS.iter().filter(|(name, _)| fixture::client(name) == client);
        let first = services.next().and_then(|(name, services)| Some((name, services.first()?)));
        first.map(|(client, name)| fixture::service(client, name)).into_iter().collect()
    }

    fn incident(&self, place: usize) -> Result<IncidentId, String> {
        Ok(fixture::incident(self.words.plain(place, "the incident, such as I1,")?))
    }

    fn signal(&self) -> Result<SignalId, String> {
        Ok(fixture::signal(self.words.plain(0, "the signal, such as S1,")?))
    }

    fn person(&self, place: usize) -> Result<PersonId, String> {
        Ok(fixture::person(self.words.plain(place, "the person")?))
    }

    fn text(&self, name: &str, otherwise: &str) -> String {
        long(self.words.named(name).unwrap_or(otherwise))
    }
}

const ENTRY: [&str; 12] = [
    "client",
    "service",
    "summary",
    "symptoms",
    "reporter",
    "reported",
    "source",
    "impact",
    "drill",
    "recurrence_of",
    "occurred",
    "detected",
];
const SIGHTING: [&str; 7] = ["source", "client", "service", "summary", "details", "reporter", "reported"];
