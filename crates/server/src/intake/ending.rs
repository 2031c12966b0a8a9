//! Which alert a recovery ends: the one of its own key, or the only one of its thing that stands (§3.1, decision 192).
//!
//! Where several stand, nothing tells which of them is over, and none is ended: a person looks.

use std::collections::BTreeMap;

use super::flood::Many;
use super::reading::Reading;
use super::take_in::Intake;
use crate::store::Error;
use crate::store::hook::{Known, Standing};

/// What a recovery ends.
pub(super) enum Ended {
    /// The alert of this key.
    Known(String, Known),
    /// The alert of this key, which this very body tells of as one of many.
    OfThisBody(String),
    /// No alert that stands.
    Nothing,
    /// One of so many alerts, and nothing tells which.
    OneOf(usize),
}

impl Intake<'_, '_> {
    /// What this recovery ends; the alerts that its body rolled up until now are not in the store yet.
    pub(super) fn ended(&mut self, reading: &Reading, many: &Many<'_>) -> Result<Ended, Error> {
        let key = &reading.source_key;
        if many.rolls(key) {
            return Ok(Ended::OfThisBody(key.clone()));
        }
        // One that had a signal is meant even where a person is done with it: it is not the end of another.
        if let Some(known) = self.writing.known(self.hook.id, key)? {
            let is_live = self.is_live(known.signal)?;
            return Ok(if is_live { Ended::Known(key.clone(), known) } else { Ended::Nothing });
        }
        let Some(thing) = &reading.thing else { return Ok(Ended::Nothing) };
        let mut standing = self.standing_of_thing(thing)?;
        let here: Vec<&str> = many.rolled_of(thing).filter(|key| !standing.contains_key(*key)).collect();
        let count = standing.len() + here.len();
        if count > 1 {
            return Ok(Ended::OneOf(count));
        }
        let known = standing.pop_first().map(|(key, known)| Ended::Known(key, known));
        let here = here.first().map(|key| Ended::OfThisBody((*key).to_owned()));
        Ok(known.or(here).unwrap_or(Ended::Nothing))
    }

    /// The alerts of a thing whose signals stand, by their keys.
    fn standing_of_thing(&mut self, thing: &str) -> Result<BTreeMap<String, Known>, Error> {
        let mut standing = BTreeMap::new();
        for key in self.writing.keys_of_thing(self.hook.id, thing)? {
            let Some(known) = self.writing.known(self.hook.id, &key)? else { continue };
            if known.standing != Standing::RolledAndOver && self.is_live(known.signal)? {
                standing.insert(key, known);
            }
        }
        Ok(standing)
    }

    /// Keeps a body with recoveries that may have ended one of several alerts; what an operator should know.
    pub(super) fn keep_unclear(
        &self,
        unclear: &[(&Reading, usize)],
        body: &[u8],
    ) -> Result<Option<String>, Error> {
        let Some((latest, count)) = unclear.last() else { return Ok(None) };
        let (hook, recoveries) = (&self.hook.name, unclear.len());
        let note = format!(
            "{recoveries} recoveries ended nothing, because several alerts of their thing stand: {:?} may be the end of \
             {count}",
            latest.summary
        );
        tracing::warn!(hook, recoveries, "hook {hook}: {note}");
        self.writing.keep_raw(self.hook.id, &note, body)?;
        Ok(Some(format!("{note}; the body is kept.")))
    }
}
