//! One body of a hook, from bytes to signals, in one transaction.

use std::collections::BTreeMap;

use incident::command::{AlertNews, LINE_MAX, REPORTED_BACK_MAX_MS, RaiseSignal, RecordAlert, TEXT_MAX};
use incident::identification::{Sighting, Source};
use incident::{Command, CommandId, Incident, Signal, SignalId};
use protocol::{Fault, FaultCode, Kind, Verdict};

use super::ending::Ended;
use super::flood::Many;
use super::reading::{Body, Mapping, Reading, ReadingKind, read_alertmanager, read_any, read_generic};
use super::receipt::{Action, Receipt, Taken};
use crate::clock::Clock;
use crate::fault::fault;
use crate::store::hook::{Hook, HookKind, Known, Standing};
use crate::store::{Error, Ruling, Store, Submission, Writing, load, random_id};

/// New signals of one hook in a minute; more roll up into one.
const NEW_PER_MINUTE_MAX: u64 = 60;

/// Takes in a body that was read. What could not be read is kept raw, and refused with what to do about it.
pub(crate) fn take_in(
    store: &mut Store,
    clock: &Clock,
    hook: &Hook,
    read: Body,
    body: &[u8],
) -> Result<Receipt, Fault> {
    let now = clock.now();
    match read {
        Body::Readings(readings) => take_readings(store, clock, hook, &readings, body),
        Body::Partly { readings, reasons } => {
            let reason = reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            tracing::warn!(hook = hook.name, reason, "hook {}: a body was read in part: {reason}", hook.name);
            let mut receipt = take_readings(store, clock, hook, &readings, body)?;
            store.write(now, |writing| writing.keep_raw(hook.id, &reason, body))?;
            let note = format!("What fitted was taken: {reason}. The body is kept as it came.");
            receipt.note = Some(receipt.note.map_or(note.clone(), |flood| format!("{flood} {note}")));
            Ok(receipt)
        }
        Body::Handshake { what } => {
            tracing::info!(hook = hook.name, "hook {}: {what}", hook.name);
            store.write(now, |writing| writing.keep_raw(hook.id, &what, body))?;
            Ok(Receipt { readings: Vec::new(), note: Some(what) })
        }
        Body::Refused(reason) => {
            tracing::warn!(hook = hook.name, %reason, "hook {}: a body was refused: {reason}", hook.name);
            let reason = reason.to_string();
            store.write(now, |writing| writing.keep_raw(hook.id, &reason, body))?;
            let message = format!("Nothing was raised: {reason}. The body is kept as it came.");
            Err(fault(FaultCode::Malformed, message))
        }
    }
}

fn take_readings(
    store: &mut Store,
    clock: &Clock,
    hook: &Hook,
    readings: &[Reading],
    body: &[u8],
) -> Result<Receipt, Fault> {
    let now = clock.now();
    match store.write(now, |writing| Intake::of(writing, hook).take_all(readings, body)) {
        Err(Error::Asked(reason)) => {
            store.write(now, |writing| writing.keep_raw(hook.id, &reason, body))?;
            Err(fault(FaultCode::Malformed, format!("{reason} The body is kept as it came.")))
        }
        taken => Ok(taken?),
    }
}

/// Reads a body as its hook says; needs no store, so that a large one holds up nobody.
pub(crate) fn read(hook: &Hook, body: &[u8]) -> Result<Body, Error> {
    Ok(match (hook.kind, &hook.mapping) {
        (HookKind::Alertmanager, _) => read_alertmanager(body),
        (HookKind::Generic, None) => read_any(body),
        (HookKind::Generic, Some(mapping)) => {
            let mapping: Mapping = serde_json::from_str(mapping)?;
            read_generic(body, &mapping)
        }
    })
}

/// One body of one hook, while it is taken in.
pub(super) struct Intake<'work, 'store> {
    pub(super) writing: &'work mut Writing<'store>,
    pub(super) hook: &'work Hook,
    /// Whether signals still stand for their alerts: many alerts of a body may share one.
    live: BTreeMap<SignalId, bool>,
    /// How often alerts came again on their own signals, and the latest words, until that is told.
    repeats: BTreeMap<SignalId, (u32, String)>,
    /// Whether the hook may raise one more in this minute. Once it may not, it may not for the rest of the body.
    has_room: bool,
}

/// What becomes of one reading.
enum Taking {
    /// It is dealt with.
    Done(Taken),
    /// It rolls up with others of its body, into the signal it was rolled up into before, if it was.
    RollsUp(Option<SignalId>),
    /// One of many, of this key, is over; the signal it was rolled up into, where that was before this body.
    IsOver(String, Option<SignalId>),
    /// One of so many alerts of its thing may be over.
    MayBeOver(usize),
    /// One of many that were rolled up into this signal has a signal of its own now.
    StandsAlone(Taken, SignalId),
}

impl<'work, 'store> Intake<'work, 'store> {
    const fn of(writing: &'work mut Writing<'store>, hook: &'work Hook) -> Self {
        Self { writing, hook, live: BTreeMap::new(), repeats: BTreeMap::new(), has_room: true }
    }

    fn take_all(&mut self, readings: &[Reading], body: &[u8]) -> Result<Receipt, Error> {
        let mut taken = Vec::with_capacity(readings.len());
        let (mut many, mut unclear) = (Many::default(), Vec::new());
        for (place, reading) in readings.iter().enumerate() {
            taken.push(match self.take(reading, &many)? {
                Taking::Done(one) => one,
                Taking::RollsUp(before) => {
                    many.roll_up(before, place, reading);
                    Taken::new(reading, Action::RolledUp, None)
                }
                Taking::IsOver(key, signal) => {
                    many.end(key, place, reading);
                    Taken::new(reading, Action::Recovered, signal)
                }
                Taking::MayBeOver(count) => {
                    unclear.push((reading, count));
                    Taken::new(reading, Action::Noted, None)
                }
                Taking::StandsAlone(one, signal) => {
                    many.let_go(signal, reading);
                    one
                }
            });
        }
        for signal in self.repeats.keys().copied().collect::<Vec<_>>() {
            self.tell_repeats(signal)?;
        }
        self.log_noted(&taken);
        let notes = [self.settle(&many, &mut taken, body)?, self.keep_unclear(&unclear, body)?];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        Ok(Receipt { readings: taken, note: (!notes.is_empty()).then(|| notes.join(" ")) })
    }

    /// What becomes of one reading.
    fn take(&mut self, reading: &Reading, many: &Many<'_>) -> Result<Taking, Error> {
        match reading.kind {
            ReadingKind::Problem | ReadingKind::Unknown => self.take_firing(reading),
            ReadingKind::Recovery => self.take_end(reading, many),
            ReadingKind::Information => Ok(Taking::Done(Taken::new(reading, Action::Noted, None))),
        }
    }

    /// What becomes of one that fires; it rolls up where the hook has raised too many already.
    fn take_firing(&mut self, reading: &Reading) -> Result<Taking, Error> {
        let known = self.writing.known(self.hook.id, &reading.source_key)?;
        let live = match known {
            Some(known) if self.is_live(known.signal)? => Some(known),
            Some(_) | None => None,
        };
        match live.map(|known| (known.standing, known.signal)) {
            Some((Standing::Own, signal)) => {
                let (count, latest) = self.repeats.entry(signal).or_default();
                *count = count.saturating_add(1);
                latest.clone_from(&reading.summary);
                Ok(Taking::Done(Taken::new(reading, Action::Repeated, Some(signal))))
            }
            // It still fires: once the hook has room again it is as good as new.
            Some((Standing::Rolled | Standing::RolledAndOver, signal)) => Ok(match self.raise(reading)? {
                Some(taken) => Taking::StandsAlone(taken, signal),
                None => Taking::RollsUp(Some(signal)),
            }),
            None => Ok(self.raise(reading)?.map_or(Taking::RollsUp(None), Taking::Done)),
        }
    }

    /// What becomes of one that says that it is over.
    fn take_end(&mut self, reading: &Reading, many: &Many<'_>) -> Result<Taking, Error> {
        let done = |action, signal| Ok(Taking::Done(Taken::new(reading, action, signal)));
        match self.ended(reading, many)? {
            Ended::Known(_, Known { signal, standing: Standing::Own }) => {
                self.tell_repeats(signal)?;
                self.record(signal, AlertNews::Recovered, &reading.summary, Vec::new())?;
                done(Action::Recovered, Some(signal))
            }
            Ended::Known(key, Known { signal, standing: Standing::Rolled }) => {
                Ok(Taking::IsOver(key, Some(signal)))
            }
            Ended::OfThisBody(key) => Ok(Taking::IsOver(key, None)),
            Ended::Known(_, Known { standing: Standing::RolledAndOver, .. }) | Ended::Nothing => {
                done(Action::Noted, None)
            }
            Ended::OneOf(count) => Ok(Taking::MayBeOver(count)),
        }
    }

    /// What raised nothing is in the log, in one line a body.
    fn log_noted(&self, taken: &[Taken]) {
        let noted = || taken.iter().filter(|one| one.action == Action::Noted);
        let (hook, count) = (&self.hook.name, noted().count());
        if let Some(latest) = noted().next_back() {
            tracing::info!(hook, count, "hook {hook}: noted {count}, the latest {:?}", latest.name);
        }
    }

    /// How often the alert of a signal came again until now.
    fn tell_repeats(&mut self, signal: SignalId) -> Result<(), Error> {
        let Some((count, latest)) = self.repeats.remove(&signal) else { return Ok(()) };
        self.record(signal, AlertNews::Repeated { count }, &latest, Vec::new())
    }

    /// Whether a signal still stands for what its alert tells; nothing in a body changes that.
    pub(super) fn is_live(&mut self, signal: SignalId) -> Result<bool, Error> {
        if let Some(known) = self.live.get(&signal) {
            return Ok(*known);
        }
        let found = self.stands(signal)?;
        self.live.insert(signal, found);
        Ok(found)
    }

    /// Whether it is in triage, or part of an open incident.
    fn stands(&self, signal: SignalId) -> Result<bool, Error> {
        let conn = self.writing.connection();
        let Some(signal) = load::<Signal>(conn, Kind::SIGNAL, signal.0)? else { return Ok(false) };
        if signal.is_open() {
            return Ok(true);
        }
        let Some(incident) = signal.incident() else { return Ok(false) };
        Ok(load::<Incident>(conn, Kind::INCIDENT, incident.0)?.is_some_and(|incident| incident.is_open()))
    }

    /// A signal of its own, where the hook has room for one more in this minute.
    fn raise(&mut self, reading: &Reading) -> Result<Option<Taken>, Error> {
        self.has_room = self.has_room && self.writing.count_new(self.hook.id)? <= NEW_PER_MINUTE_MAX;
        if !self.has_room {
            return Ok(None);
        }
        let sighting = self.sighting(reading);
        let signal = self.raise_sighting(sighting)?;
        let known = Known { signal, standing: Standing::Own };
        self.writing.set_known(self.hook.id, &reading.source_key, known)?;
        Ok(Some(Taken::new(reading, Action::Raised, Some(signal))))
    }

    pub(super) fn raise_sighting(&mut self, sighting: Sighting) -> Result<SignalId, Error> {
        let signal = SignalId(random_id()?);
        self.command(Command::RaiseSignal(RaiseSignal { signal, sighting }))?;
        Ok(signal)
    }

    pub(super) fn record(
        &mut self,
        signal: SignalId,
        news: AlertNews,
        summary: &str,
        names: Vec<String>,
    ) -> Result<(), Error> {
        let incident = load::<Signal>(self.writing.connection(), Kind::SIGNAL, signal.0)?
            .and_then(|signal| signal.incident());
        let summary = cut(summary, LINE_MAX);
        self.command(Command::RecordAlert(RecordAlert { signal, incident, news, summary, names }))
    }

    fn command(&mut self, command: Command) -> Result<(), Error> {
        let id = CommandId(random_id()?);
        match self.writing.settle_command(&Submission::of_server(id, command))? {
            Ruling::Settled(outcome) => match outcome.verdict {
                Verdict::Accepted { .. } => Ok(()),
                Verdict::Refused { refusal } => {
                    Err(Error::Asked(format!("The alert was not taken: {refusal}")))
                }
                Verdict::Deferred => Err(Error::Asked("The alert came too early; send it again.".into())),
            },
            Ruling::Reused => Err(Error::Corrupt("a fresh command id is taken".into())),
        }
    }

    fn sighting(&self, reading: &Reading) -> Sighting {
        let says_something = reading.summary.chars().filter(|c| c.is_alphanumeric()).take(2).count() == 2;
        let summary =
            if says_something { reading.summary.clone() } else { format!("Alert: {}", reading.summary) };
        let now = self.writing.now();
        // An alert may be older than a report can be, or of a clock that is ahead; its details say since when.
        let earliest = now.plus_millis(-REPORTED_BACK_MAX_MS);
        let reported_at = reading.started_at.map_or(now, |at| at.min(now)).max(earliest);
        let details = match reading.started_at.filter(|at| *at != reported_at) {
            Some(at) => format!("Began at {}, its tool says.\n\n{}", at.to_rfc3339(), reading.all_details()),
            None => reading.all_details(),
        };
        Sighting {
            source: Source::Monitoring,
            client: self.client(),
            service: None,
            summary: cut(&summary, LINE_MAX),
            details: cut(&details, TEXT_MAX),
            reporter: self.hook.name.clone(),
            reported_at,
            dedup_key: Some(reading.source_key.clone()),
            link: reading.best_link().map(str::to_owned),
        }
    }

    pub(super) fn client(&self) -> Option<incident::ClientId> {
        self.hook.client.filter(|client| self.writing.setup().clients.contains_key(client))
    }
}

/// At most so many characters, with a sign that there was more.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    text.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}
