//! The alerts of a flood: counted and named on one signal of their hook, told one body at a time, each remembered
//! by its key, so that the end of each is known too.
//!
//! Nothing is turned away for being one of many, and one that is over does not end the others. One that still fires
//! when the flood is over gets a signal of its own, because nobody knows whether it has to do with the rest.

use std::collections::BTreeMap;
use std::ops::Bound;

use incident::command::{AlertNews, LINE_MAX, TEXT_MAX};
use incident::identification::{Sighting, Source};
use incident::{Signal, SignalId};
use protocol::Kind;

use super::reading::Reading;
use super::receipt::Taken;
use super::take_in::{Intake, cut};
use crate::store::hook::{Known, Standing};
use crate::store::{Error, load};

/// The key of a hook's rolled-up signal; no reading has a control character in its key.
const FLOOD_KEY: &str = "\u{1}flood";

/// One of the many, with its place in the body.
pub(super) type Rolled<'body> = (usize, &'body Reading);

/// What a body says of the many: told when all of it is known, so that it is one line however many they are.
#[derive(Default)]
pub(super) struct Many<'body> {
    /// Those that fire, by the signal they were rolled up into before, if any.
    flood: BTreeMap<Option<SignalId>, Vec<Rolled<'body>>>,
    /// Where each of them stands last, by its key.
    rolled: BTreeMap<&'body str, usize>,
    /// Those that were over when the body last spoke of them, by their key.
    over: BTreeMap<String, Rolled<'body>>,
    /// Those that got a signal of their own, by the one that they leave.
    alone: BTreeMap<SignalId, Vec<&'body Reading>>,
}

impl<'body> Many<'body> {
    pub(super) fn roll_up(&mut self, before: Option<SignalId>, place: usize, reading: &'body Reading) {
        self.over.remove(reading.source_key.as_str());
        self.rolled.insert(&reading.source_key, place);
        self.flood.entry(before).or_default().push((place, reading));
    }

    /// The end of the one of this key, in the words of a reading that may have another.
    pub(super) fn end(&mut self, key: String, place: usize, reading: &'body Reading) {
        self.over.insert(key, (place, reading));
    }

    /// Whether this very body tells of one of this key.
    pub(super) fn rolls(&self, key: &str) -> bool {
        self.rolled.contains_key(key)
    }

    /// The keys of those of a thing that this very body tells of.
    pub(super) fn rolled_of(&self, thing: &str) -> impl Iterator<Item = &'body str> {
        let from: (Bound<&str>, Bound<&str>) = (Bound::Included(thing), Bound::Unbounded);
        let keys = self.rolled.range::<str, _>(from).map(|(key, _)| *key);
        keys.take_while(move |key| key.starts_with(thing))
    }

    pub(super) fn let_go(&mut self, signal: SignalId, reading: &'body Reading) {
        self.over.remove(reading.source_key.as_str());
        self.alone.entry(signal).or_default().push(reading);
    }
}

impl Intake<'_, '_> {
    /// Tells all of it, and what an operator should know.
    pub(super) fn settle(
        &mut self,
        many: &Many<'_>,
        taken: &mut [Taken],
        body: &[u8],
    ) -> Result<Option<String>, Error> {
        let note = if many.flood.is_empty() { None } else { Some(self.roll_up(many, taken, body)?) };
        let mut over = BTreeMap::<_, Vec<(&str, &Reading)>>::new();
        for (key, (place, reading)) in &many.over {
            let told = |place: usize| taken.get(place).and_then(|taken| taken.signal);
            let signal = told(*place).or_else(|| told(*many.rolled.get(key.as_str())?));
            if let (Some(signal), Some(taken)) = (signal, taken.get_mut(*place)) {
                taken.signal = Some(signal);
                over.entry(signal).or_default().push((key.as_str(), *reading));
            }
        }
        for (signal, over) in &over {
            self.end_some(*signal, over)?;
        }
        for (signal, alone) in &many.alone {
            self.let_go(*signal, alone)?;
        }
        Ok(note)
    }

    /// Each of the many counts on the signal it was rolled up into before; those that were not in one yet share one
    /// that waits in triage. The body is kept.
    fn roll_up(&mut self, many: &Many<'_>, taken: &mut [Taken], body: &[u8]) -> Result<String, Error> {
        for (before, rolled) in &many.flood {
            let signal = match before {
                Some(signal) => self.count(*signal, rolled, rolled.len(), Vec::new()).map(|()| *signal)?,
                None => self.take_up(rolled)?,
            };
            for (place, _) in rolled {
                if let Some(taken) = taken.get_mut(*place) {
                    taken.signal = Some(signal);
                }
            }
        }
        let count: usize = many.flood.values().map(Vec::len).sum();
        let note = format!("{count} alerts from {} were rolled up into one signal", self.hook.name);
        tracing::warn!(hook = self.hook.name, count, "hook {}: {note}", self.hook.name);
        self.writing.keep_raw(self.hook.id, &note, body)?;
        Ok(format!("{note}; the body is kept."))
    }

    /// Rolls up what was in no flood before. A signal that somebody has dealt with takes no more: whatever it became
    /// part of was judged without them.
    fn take_up(&mut self, rolled: &[Rolled<'_>]) -> Result<SignalId, Error> {
        let waiting = match self.writing.known(self.hook.id, FLOOD_KEY)? {
            Some(known) if self.waits(known.signal)? => Some(known.signal),
            Some(_) | None => None,
        };
        let signal = match waiting {
            Some(signal) => signal,
            None => self.raise_sighting(self.flood_sighting(rolled))?,
        };
        self.writing.set_known(self.hook.id, FLOOD_KEY, Known { signal, standing: Standing::Own })?;
        match waiting {
            Some(_) => self.count(signal, rolled, rolled.len(), listed(rolled))?,
            None => self.count(signal, rolled, rolled.len().saturating_sub(1), Vec::new())?,
        }
        Ok(signal)
    }

    /// So many more on a signal of many, with how they stand now.
    fn count(
        &mut self,
        signal: SignalId,
        rolled: &[Rolled<'_>],
        repeats: usize,
        names: Vec<String>,
    ) -> Result<(), Error> {
        for (_, one) in rolled {
            let known = Known { signal, standing: Standing::Rolled };
            self.writing.set_known(self.hook.id, &one.source_key, known)?;
        }
        let (1.., Some((_, latest))) = (repeats, rolled.last()) else { return Ok(()) };
        let words = format!("{}; the latest: {}", self.standing_of(signal)?, latest.summary);
        let count = u32::try_from(repeats).unwrap_or(u32::MAX);
        self.record(signal, AlertNews::Repeated { count }, &words, names)
    }

    fn waits(&self, signal: SignalId) -> Result<bool, Error> {
        let signal = load::<Signal>(self.writing.connection(), Kind::SIGNAL, signal.0)?;
        Ok(signal.is_some_and(|signal| signal.is_open()))
    }

    /// Some of the many fire on after the flood and have signals of their own now: their old one says so.
    fn let_go(&mut self, signal: SignalId, alone: &[&Reading]) -> Result<(), Error> {
        let Some(latest) = alone.last() else { return Ok(()) };
        let count = u32::try_from(alone.len()).unwrap_or(u32::MAX);
        let standing = self.standing_of(signal)?;
        let words = format!("{standing}; on their own now: {count}, the latest: {}", latest.summary);
        self.record(signal, AlertNews::Repeated { count }, &words, Vec::new())
    }

    /// Some of the many are over: a fact on their signal and its incident, and the end only of the last ones.
    fn end_some(&mut self, signal: SignalId, over: &[(&str, &Reading)]) -> Result<(), Error> {
        for (key, _) in over {
            let known = Known { signal, standing: Standing::RolledAndOver };
            self.writing.set_known(self.hook.id, key, known)?;
        }
        let Some((_, latest)) = over.last() else { return Ok(()) };
        let words = format!("{}; the latest: {}", self.standing_of(signal)?, latest.summary);
        let rolled = self.writing.rolled_up(self.hook.id, signal)?;
        let news = if rolled.over == rolled.all {
            AlertNews::Recovered
        } else {
            AlertNews::PartlyRecovered { count: u32::try_from(over.len()).unwrap_or(u32::MAX) }
        };
        self.record(signal, news, &words, Vec::new())
    }

    /// How the many stand now, in words.
    fn standing_of(&self, signal: SignalId) -> Result<String, Error> {
        let rolled = self.writing.rolled_up(self.hook.id, signal)?;
        let over = if rolled.over == 0 { String::new() } else { format!(", {} of them over", rolled.over) };
        Ok(format!("{} alerts from {} in one{over}", rolled.all, self.hook.name))
    }

    fn flood_sighting(&self, rolled: &[Rolled<'_>]) -> Sighting {
        Sighting {
            source: Source::Monitoring,
            client: self.client(),
            service: None,
            summary: cut(&format!("More alerts from {} than are shown one by one", self.hook.name), LINE_MAX),
            details: listed(rolled).join("\n"),
            reporter: self.hook.name.clone(),
            reported_at: self.writing.now(),
            dedup_key: None,
            link: None,
        }
    }
}

/// The one line of each, as many as a signal has room for: how many there are stands in its latest words.
fn listed(rolled: &[Rolled<'_>]) -> Vec<String> {
    let mut room = TEXT_MAX;
    let mut lines = Vec::new();
    for (_, reading) in rolled {
        let line = cut(&reading.summary, LINE_MAX);
        let taken = line.chars().count() + 1;
        if taken > room {
            break;
        }
        room -= taken;
        lines.push(line);
    }
    lines
}
