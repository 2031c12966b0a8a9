//! Gaps ahead: when nobody would answer a call (§3.5; trap 49).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::setup::Setup;
use crate::{RotaId, Span, Timestamp};

/// A stretch in which a rota has nobody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Gap {
    /// The rota.
    pub rota: RotaId,
    /// When.
    pub span: Span,
    /// Whether somebody is planned, but has left.
    pub is_of_leavers: bool,
}

/// The gaps of every rota from one instant to another, by their beginning.
pub fn gaps(setup: &Setup, from: Timestamp, to: Timestamp) -> Vec<Gap> {
    let works_here = |person: &crate::PersonId| setup.people.get(person).is_some_and(|person| person.active);
    let mut all: Vec<Gap> = Vec::new();
    for (rota, known) in &setup.rotas {
        for stretch in known.roster.stretches(from, to) {
            if stretch.people.iter().any(works_here) {
                continue;
            }
            let is_of_leavers = !stretch.people.is_empty();
            let span = Span { from: stretch.from, to: stretch.to };
            match all.last_mut() {
                Some(last)
                    if last.rota == *rota
                        && last.span.to == span.from
                        && last.is_of_leavers == is_of_leavers =>
                {
                    last.span.to = span.to;
                }
                _ => all.push(Gap { rota: *rota, span, is_of_leavers }),
            }
        }
    }
    all.sort_by_key(|gap| (gap.span.from, gap.rota));
    all
}
