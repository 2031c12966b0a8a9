//! The alerts of a flood: counted on one signal of their hook, told one body at a time, each remembered by its
//! key, so that the end of each is known too.
//!
//! Nothing is turned away for being one of many, and one that is over does not end the others.

use incident::SignalId;
use incident::command::{AlertNews, LINE_MAX, TEXT_MAX};
use incident::identification::{Sighting, Source};

use super::reading::Reading;
use super::receipt::Taken;
use super::take_in::{Intake, cut};
use crate::store::Error;
use crate::store::hook::{Known, Standing};

/// The key of a hook's rolled-up signal; no reading has a control character in its key.
const FLOOD_KEY: &str = "\u{1}flood";
/// Alerts named in the details of a rolled-up signal.
const NAMED_MAX: usize = 50;

impl Intake<'_, '_> {
    /// One signal for the many that came too fast; each is counted, and the body is kept.
    pub(super) fn roll_up(
        &mut self,
        readings: &[Reading],
        flood: &[usize],
        taken: &mut [Taken],
        body: &[u8],
    ) -> Result<String, Error> {
        let rolled: Vec<&Reading> = flood.iter().filter_map(|place| readings.get(*place)).collect();
        let standing = self.writing.known(self.hook.id, FLOOD_KEY)?;
        let (signal, repeats) = match standing {
            Some(known) if self.is_live(known.signal)? => (known.signal, rolled.len()),
            Some(_) | None => {
                let sighting = self.flood_sighting(&rolled);
                (self.raise_sighting(sighting)?, rolled.len().saturating_sub(1))
            }
        };
        self.writing.set_known(self.hook.id, FLOOD_KEY, Known { signal, standing: Standing::Own })?;
        for reading in &rolled {
            let known = Known { signal, standing: Standing::Rolled };
            self.writing.set_known(self.hook.id, &reading.source_key, known)?;
        }
        for place in flood {
            if let Some(taken) = taken.get_mut(*place) {
                taken.signal = Some(signal);
            }
        }
        if let (1.., Some(latest)) = (repeats, rolled.last()) {
            let words = format!("{}; the latest: {}", self.standing_of(signal)?, latest.summary);
            let count = u32::try_from(repeats).unwrap_or(u32::MAX);
            self.record(signal, AlertNews::Repeated { count }, &words)?;
        }
        let count = rolled.len();
        let note = format!("{count} alerts from {} were rolled up into one signal", self.hook.name);
        tracing::warn!(hook = self.hook.name, count, "hook {}: {note}", self.hook.name);
        self.writing.keep_raw(self.hook.id, &note, body)?;
        Ok(format!("{note}; the body is kept."))
    }

    /// Some of the many are over: a fact on their signal and its incident, and the end only of the last ones.
    pub(super) fn end_some(&mut self, signal: SignalId, over: &[&Reading]) -> Result<(), Error> {
        for reading in over {
            let known = Known { signal, standing: Standing::RolledAndOver };
            self.writing.set_known(self.hook.id, &reading.source_key, known)?;
        }
        let Some(latest) = over.last() else { return Ok(()) };
        let words = format!("{}; the latest: {}", self.standing_of(signal)?, latest.summary);
        let rolled = self.writing.rolled_up(self.hook.id, signal)?;
        let news = if rolled.over == rolled.all {
            AlertNews::Recovered
        } else {
            AlertNews::PartlyRecovered { count: u32::try_from(over.len()).unwrap_or(u32::MAX) }
        };
        self.record(signal, news, &words)
    }

    /// How the many stand now, in words.
    fn standing_of(&self, signal: SignalId) -> Result<String, Error> {
        let rolled = self.writing.rolled_up(self.hook.id, signal)?;
        let over = if rolled.over == 0 { String::new() } else { format!(", {} of them over", rolled.over) };
        Ok(format!("{} alerts from {} in one{over}", rolled.all, self.hook.name))
    }

    fn flood_sighting(&self, rolled: &[&Reading]) -> Sighting {
        let named: Vec<&str> =
            rolled.iter().map(|reading| reading.summary.as_str()).take(NAMED_MAX).collect();
        Sighting {
            source: Source::Monitoring,
            client: self.client(),
            service: None,
            summary: cut(&format!("More alerts from {} than are shown one by one", self.hook.name), LINE_MAX),
            details: cut(&named.join("\n"), TEXT_MAX),
            reporter: self.hook.name.clone(),
            reported_at: self.writing.now(),
            dedup_key: None,
            link: None,
        }
    }
}
