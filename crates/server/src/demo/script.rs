//! The script the demo is written in: deeds are told in minutes before the first look.

use incident::command::{AlertNews, DismissSignal, RaiseSignal, RecordAlert};
use incident::identification::{Sighting, Source};
use incident::{Command, CommandId, IncidentId, MINUTE, PersonId, SignalId, Timestamp};
use uuid::Uuid;

use super::Deed;
use super::case::Draft;
use super::cast::Who;
use super::clients::Firm;

/// Namespace of every id of the demo.
const NAMES: Uuid = Uuid::from_u128(0x6d1f_0c1e_52a7_5b0e_9c44_0f3a_de30_0001);

/// The id that a name has in every demo.
pub(super) fn named(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMES, format!("{kind}/{name}").as_bytes())
}

/// Deeds as they are told.
pub(super) struct Script {
    now: Timestamp,
    deeds: Vec<Deed>,
}

impl Script {
    pub(super) const fn new(now: Timestamp) -> Self {
        Self { now, deeds: Vec::new() }
    }

    /// All deeds, in time order; those of one moment as they were told.
    pub(super) fn deeds(mut self) -> Vec<Deed> {
        self.deeds.sort_by_key(|deed| deed.at);
        self.deeds
    }

    /// So many minutes before the first look.
    pub(super) const fn ago(&self, minutes: i64) -> Timestamp {
        self.now.plus_millis(-minutes * MINUTE)
    }

    /// Begins a case: an incident of `firm` on one of its services. The summary names it for ever.
    pub(super) fn case(&mut self, firm: Firm, service: &str, summary: &'static str) -> Draft<'_> {
        Draft::new(self, firm, service, summary)
    }

    pub(super) fn deed(&mut self, name: &str, person: PersonId, at: Timestamp, command: Command) {
        let id = CommandId(named("deed", name));
        self.deeds.push(Deed { id, person, at, command });
    }

    /// A monitor's alert; it says the same thing again for as long as it lasts.
    pub(super) fn alert(&mut self, minutes_ago: i64, firm: Firm, service: &str, what: Words) -> Watched<'_> {
        let sighting = Sighting {
            source: Source::Monitoring,
            client: Some(firm.id()),
            service: Some(firm.service(service)),
            summary: what.summary.into(),
            details: what.details.into(),
            reporter: "Monitoring".into(),
            reported_at: self.ago(minutes_ago),
            dedup_key: Some(format!("{}/{service}", firm.name())),
            link: None,
        };
        let signal = self.raise(PersonId::SERVER, self.ago(minutes_ago), sighting);
        Watched { script: self, signal, summary: what.summary, notes: 0 }
    }

    /// Words of a person that nobody has logged yet. A phone call or a colleague's remark is taken down by
    /// somebody; mail and portal come in by themselves.
    pub(super) fn report(
        &mut self,
        minutes_ago: i64,
        source: Source,
        firm: Option<Firm>,
        what: Words,
    ) -> SignalId {
        let taken_by = match source {
            Source::Phone => Who::Sam.id(),
            Source::Staff => Who::Tara.id(),
            Source::Monitoring | Source::Email | Source::Portal => PersonId::SERVER,
        };
        let sighting = Sighting {
            source,
            client: firm.map(Firm::id),
            service: None,
            summary: what.summary.into(),
            details: what.details.into(),
            reporter: what.reporter.into(),
            reported_at: self.ago(minutes_ago),
            dedup_key: None,
            link: None,
        };
        self.raise(taken_by, self.ago(minutes_ago), sighting)
    }

    /// Somebody looks at a signal and finds that it is no incident.
    pub(super) fn dismiss(&mut self, minutes_ago: i64, signal: SignalId, who: Who, reason: &str) {
        let command = Command::DismissSignal(DismissSignal { signal, reason: reason.into() });
        self.deed(&format!("dismiss/{signal}"), who.id(), self.ago(minutes_ago), command);
    }

    fn raise(&mut self, person: PersonId, at: Timestamp, sighting: Sighting) -> SignalId {
        let signal = SignalId(named("signal", &sighting.summary));
        let command = Command::RaiseSignal(RaiseSignal { signal, sighting });
        self.deed(&format!("raise/{signal}"), person, at, command);
        signal
    }
}

/// What a signal says.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) reporter: &'static str,
    pub(super) summary: &'static str,
    pub(super) details: &'static str,
}

/// An alert that a monitor keeps watching.
pub(super) struct Watched<'a> {
    script: &'a mut Script,
    signal: SignalId,
    summary: &'static str,
    notes: u32,
}

impl Watched<'_> {
    pub(super) const fn signal(&self) -> SignalId {
        self.signal
    }

    /// It fired again, `count` times by then.
    pub(super) fn again(self, minutes_ago: i64, count: u32, incident: Option<IncidentId>) -> Self {
        self.news(minutes_ago, AlertNews::Repeated { count }, incident)
    }

    /// It says that it is over.
    pub(super) fn recovered(self, minutes_ago: i64) -> Self {
        self.news(minutes_ago, AlertNews::Recovered, None)
    }

    fn news(mut self, minutes_ago: i64, news: AlertNews, incident: Option<IncidentId>) -> Self {
        let (signal, summary) = (self.signal, self.summary.into());
        let name = format!("alert/{signal}/{}", self.notes);
        self.notes += 1;
        let command =
            Command::RecordAlert(RecordAlert { signal, incident, news, summary, names: Vec::new() });
        let at = self.script.ago(minutes_ago);
        self.script.deed(&name, PersonId::SERVER, at, command);
        self
    }
}
