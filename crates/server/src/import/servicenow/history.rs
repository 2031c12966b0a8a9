//! The history of one incident: how it began and, row by row, what became different.

use incident::Timestamp;
use serde::Serialize;

use super::checks;
use super::oddity::{Oddity, OddityKind};
use super::row::{Detail, Row, Values};
use super::words::{Contact, Level, State};

/// One incident of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// The other desk's number, such as `INC0000045`.
    pub number: String,
    /// How it began.
    pub opening: Opening,
    /// One change per used row, in order; the first states what the first row shows.
    pub changes: Vec<Change>,
    /// What the log says of its end on every row.
    pub finals: Finals,
    /// `reassignment_count` of the last row.
    pub stated_reassignments: Option<u32>,
    /// `reopen_count` of the last row.
    pub stated_reopens: Option<u32>,
    /// Rows used.
    pub rows: u32,
    /// What was out of the ordinary.
    #[serde(skip)]
    pub oddities: Vec<Oddity>,
}

/// How an incident began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// When the person opened the entry: the start of the clocks.
    pub logged_at: Timestamp,
    /// When the other system received it.
    pub received_at: Timestamp,
    /// Who opened it.
    pub opened_by: Option<String>,
    /// Who saved it.
    pub created_by: Option<String>,
}

/// One row: when, by whom, and what became different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The line of the file.
    pub line: u64,
    /// When, as far as the order of the rows allows.
    pub at: Timestamp,
    /// The row's own `sys_updated_at`.
    pub stated_at: Timestamp,
    /// Who updated it.
    pub by: Option<String>,
    /// What became different; empty where only something unlogged did, such as a note.
    pub facts: Vec<Fact>,
}

/// What became different on a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The state; `from` is `None` on the first row.
    StateBecame {
        /// The last known state before.
        from: Option<State>,
        /// The state now.
        to: State,
    },
    /// The group.
    GroupBecame(Option<String>),
    /// The person.
    AssigneeBecame(Option<String>),
    /// The impact: the policy's severity.
    ImpactBecame(Level),
    /// The urgency.
    UrgencyBecame(Level),
    /// The way of contact.
    ContactBecame(Contact),
    /// Another column.
    DetailBecame {
        /// Which.
        detail: Detail,
        /// What it is now.
        value: Option<String>,
    },
}

/// Values the log repeats on every row, whenever they became true.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Finals {
    /// `resolved_at`: the last touch of the last resolution.
    pub resolved_at: Option<Timestamp>,
    /// `closed_at`.
    pub closed_at: Option<Timestamp>,
    /// `closed_code`.
    pub closed_code: Option<String>,
    /// `resolved_by`.
    pub resolved_by: Option<String>,
}

impl Finals {
    /// Whether a row says anything of the end.
    pub(super) fn says_something(&self) -> bool {
        *self != Self::default()
    }
}

impl Change {
    /// The state this row went to, with the one before; `None` where the state stayed.
    pub fn transition(&self) -> Option<(Option<&State>, &State)> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::StateBecame { from, to } => Some((from.as_ref(), to)),
            Fact::GroupBecame(_)
            | Fact::AssigneeBecame(_)
            | Fact::ImpactBecame(_)
            | Fact::UrgencyBecame(_)
            | Fact::ContactBecame(_)
            | Fact::DetailBecame { .. } => None,
        })
    }

    /// Whether this row resolved the incident.
    pub fn resolves(&self) -> bool {
        matches!(self.transition(), Some((_, State::Resolved)))
    }

    /// Whether this row took up work that had ended.
    pub fn reopens(&self) -> bool {
        match self.transition() {
            Some((Some(State::Resolved), to)) => !to.is_ended() && !matches!(to, State::Unknown(_)),
            Some((Some(State::Closed), to)) => !matches!(to, State::Unknown(_)),
            Some(_) | None => false,
        }
    }
}

impl History {
    /// Builds the history from an incident's rows, in the order of the file.
    pub(super) fn of(rows: Vec<Row>, is_scattered: bool) -> Option<Self> {
        let (first, last) = (rows.first()?, rows.last()?);
        let times = super::order::in_order(&rows);
        let history = Self {
            number: first.number.clone(),
            opening: opening(&rows, &times),
            changes: changes(&rows, &times),
            finals: last.values.finals.clone(),
            stated_reassignments: last.values.reassignment_count,
            stated_reopens: last.values.reopen_count,
            rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            oddities: Vec::new(),
        };
        let mut oddities = checks::check(&rows, &history);
        if is_scattered {
            let reason = format!("its rows stand apart, up to line {}; they were joined", last.line);
            let (line, number) = (first.line, Some(first.number.as_str()));
            oddities.push(Oddity::new(line, number, OddityKind::RowsScattered, reason));
        }
        oddities.extend(rows.into_iter().flat_map(|row| row.oddities));
        oddities.sort_by_key(|oddity| oddity.line);
        Some(Self { oddities, ..history })
    }

    /// How often the group changed after the first row, as ServiceNow counts reassignments.
    pub fn group_changes(&self) -> usize {
        self.count_after_first(|fact| matches!(fact, Fact::GroupBecame(_)))
    }

    /// How often the person changed after the first row.
    pub fn assignee_changes(&self) -> usize {
        self.count_after_first(|fact| matches!(fact, Fact::AssigneeBecame(_)))
    }

    /// How often work that had ended was taken up again.
    pub fn reopenings(&self) -> usize {
        self.changes.iter().filter(|change| change.reopens()).count()
    }

    fn count_after_first(&self, counts: impl Fn(&Fact) -> bool) -> usize {
        let later = self.changes.iter().skip(1);
        later.flat_map(|change| &change.facts).filter(|fact| counts(fact)).count()
    }
}

/// Logged is never later than receipt or the first update (ruling 8).
fn opening(rows: &[Row], times: &[Timestamp]) -> Opening {
    let first_seen = times[0];
    let opened = rows.iter().find_map(|row| row.values.opened_at);
    let created = rows.iter().find_map(|row| row.values.created_at);
    let received_at = created.unwrap_or(first_seen).min(first_seen);
    Opening {
        logged_at: opened.unwrap_or(received_at).min(received_at),
        received_at,
        opened_by: rows.iter().find_map(|row| row.values.opened_by.clone()),
        created_by: rows.iter().find_map(|row| row.values.created_by.clone()),
    }
}

fn changes(rows: &[Row], times: &[Timestamp]) -> Vec<Change> {
    let mut known = Known::default();
    let mut before: Option<&Values> = None;
    let mut changes = Vec::with_capacity(rows.len());
    for (row, &at) in rows.iter().zip(times) {
        let facts = known.facts(&row.values, before);
        before = Some(&row.values);
        let by = row.values.updated_by.clone();
        changes.push(Change { line: row.line, at, stated_at: row.updated_at, by, facts });
    }
    changes
}

/// The last readable value of what a row may lack without saying that it changed.
#[derive(Default)]
struct Known {
    state: Option<State>,
    shown_state: Option<State>,
    impact: Option<Level>,
    urgency: Option<Level>,
    contact: Option<Contact>,
}

impl Known {
    fn facts(&mut self, now: &Values, before: Option<&Values>) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.take_state(now, &mut facts);
        if became(&mut self.impact, now.impact) {
            facts.extend(now.impact.map(Fact::ImpactBecame));
        }
        if became(&mut self.urgency, now.urgency) {
            facts.extend(now.urgency.map(Fact::UrgencyBecame));
        }
        if became(&mut self.contact, now.contact) {
            facts.extend(now.contact.map(Fact::ContactBecame));
        }
        if before.and_then(|before| before.group.as_ref()) != now.group.as_ref() {
            facts.push(Fact::GroupBecame(now.group.clone()));
        }
        if before.and_then(|before| before.assignee.as_ref()) != now.assignee.as_ref() {
            facts.push(Fact::AssigneeBecame(now.assignee.clone()));
        }
        let none = super::row::Details::default();
        let details = before.map_or(&none, |before| &before.details);
        facts.extend(
            now.details
                .changed_from(details)
                .map(|(detail, value)| Fact::DetailBecame { detail, value: value.map(str::to_owned) }),
        );
        facts
    }

    fn take_state(&mut self, now: &Values, facts: &mut Vec<Fact>) {
        let Some(to) = &now.state else { return };
        if self.shown_state.as_ref() == Some(to) {
            return;
        }
        self.shown_state = Some(to.clone());
        if matches!(to, State::Unknown(_)) {
            facts.push(Fact::StateBecame { from: self.state.clone(), to: to.clone() });
        } else if self.state.as_ref() != Some(to) {
            let from = self.state.replace(to.clone());
            facts.push(Fact::StateBecame { from, to: to.clone() });
        }
    }
}

fn became<Value: Copy + PartialEq>(known: &mut Option<Value>, now: Option<Value>) -> bool {
    let differs = now.is_some() && *known != now;
    if differs {
        *known = now;
    }
    differs
}
