//! What a line looks at: duties, clocks, records, offers, moves. Every `name=value` is compared as text, so
//! that a failure reads like the line.

use incident::clock::{ClockState, Reading, Verdict, read};
use incident::identification::{SignalState, in_turn};
use incident::{
    Actor, Incident, Obligation, PersonId, RecordRef, Records, Role, Signal, SignalId, Timestamp, Verb,
    moves, obligations, offers,
};
use serde_json::Value;

use super::judged;
use super::play::{Difference, refused, word};
use super::spelt::is_moment;
use super::time::Almanac;
use super::words::vocabulary;
use super::{Shift, Sight, Words, fixture};

/// What is seen of something: names and values, in words.
type Seen = Vec<(String, String)>;

pub(super) fn look(
    shift: &Shift,
    records: &Records,
    now: Timestamp,
    sight: Sight,
    words: &Words,
) -> Result<(), Difference> {
    let view = View { records, almanac: &shift.almanac, now, words };
    let unreadable = |wrong| ("a line that can be read".to_owned(), wrong);
    let verdict = match sight {
        Sight::Due => view.due(),
        Sight::NoDue => view.no_due(),
        Sight::Clock => view.clock(),
        Sight::Clause => judged::clause(records, &shift.almanac, now, words),
        Sight::Phase => view.phase(),
        Sight::Record => view.record(),
        Sight::Signal => view.signal(),
        Sight::Offer => view.offer(true),
        Sight::NoOffer => view.offer(false),
        Sight::Move => view.movement(true),
        Sight::NoMove => view.movement(false),
    };
    verdict.map_err(unreadable)?
}

/// `Err` where the line cannot be read, `Ok(Err)` where it is not so.
pub(super) type Looked = Result<Result<(), Difference>, String>;

struct View<'a> {
    records: &'a Records,
    almanac: &'a Almanac,
    now: Timestamp,
    words: &'a Words,
}

impl View<'_> {
    /// `due OWNER DUTY SUBJECT [by=TIME] [§]`; the owner is a role or a person, and `person=none` asks for the role
    /// alone.
    fn due(&self) -> Looked {
        let owner = self.words.plain(0, "who owes it")?;
        let (duty, subject) = (self.words.plain(1, "the duty")?, self.words.plain(2, "the subject")?);
        let owed = self.owed(subject);
        let fits = |o: &&Obligation| word(&o.duty) == duty && self.owner(o).contains(&owner.to_owned());
        let Some(found) = owed.iter().find(fits) else {
            let all: Vec<_> =
                owed.iter().map(|o| format!("{} {}", self.owner(o).join("/"), word(&o.duty))).collect();
            return Ok(Err((format!("due {owner} {duty}"), format!("due {}", all.join(", ")))));
        };
        if let Some(clause) = self.words.plain.get(3)
            && *clause != found.clause
        {
            return Ok(Err((clause.clone(), found.clause.clone())));
        }
        self.same(seen([
            ("by", self.maybe(found.due)),
            ("person", self.person(found).unwrap_or_else(|| "none".to_owned())),
            ("paused", yes(found.paused)),
            ("clock", found.clock.map_or("none".to_owned(), |clock| word(&clock))),
            ("next", yes(owed.first() == Some(found))),
            ("verbs", found.fulfilled_by.iter().map(word).collect::<Vec<_>>().join(",")),
        ]))
    }

    /// `no_due SUBJECT [DUTY]`
    fn no_due(&self) -> Looked {
        let subject = self.words.plain(0, "the subject")?;
        let wanted = self.words.plain.get(1);
        let owed = self.owed(subject).into_iter().find(|o| wanted.is_none_or(|duty| word(&o.duty) == *duty));
        Ok(match owed {
            None => Ok(()),
            Some(owed) => Err(("no such duty".to_owned(), format!("due {}", word(&owed.duty)))),
        })
    }

    fn owed(&self, subject: &str) -> Vec<Obligation> {
        let mut all = obligations(self.records, self.now);
        all.retain(|owed| fixture::subject(subject) == Ok(owed.subject));
        all
    }

    fn owner(&self, owed: &Obligation) -> Vec<String> {
        [Some(word(&owed.owner.role)), self.person(owed)].into_iter().flatten().collect()
    }

    fn person(&self, owed: &Obligation) -> Option<String> {
        Some(self.records.setup.person_name(owed.owner.person?).to_owned())
    }

    /// `clock I1 resolution due=… verdict=… state=… …`
    fn clock(&self) -> Looked {
        let incident = self.incident()?;
        let kind = vocabulary(self.words.plain(1, "the clock")?)?;
        let reading = read(incident, &self.records.setup, kind, self.now);
        let (state, verdict) = (state(&reading), verdict(&reading));
        let attention = |pick: fn(&incident::clock::Attention) -> Timestamp| {
            self.maybe(reading.attention.as_ref().map(pick))
        };
        let on_arrival = matches!(reading.verdict, Verdict::Breached { on_arrival: true, .. });
        let at = match reading.verdict {
            Verdict::Breached { at, .. } | Verdict::Excluded { at, .. } => Some(at),
            Verdict::Pending
            | Verdict::Met { .. }
            | Verdict::NoTarget { .. }
            | Verdict::Uncertain { .. }
            | Verdict::NotApplicable => None,
        };
        let reason = match &reading.verdict {
            Verdict::NoTarget { reason } => reason.as_str(),
            _ => "none",
        };
        let until = match reading.state {
            ClockState::Paused { until, .. } => until,
            ClockState::Running | ClockState::Stopped { .. } | ClockState::NotCounted => None,
        };
        let stopped = match reading.state {
            ClockState::Stopped { at } => Some(at),
            ClockState::Running | ClockState::Paused { .. } | ClockState::NotCounted => None,
        };
        self.same(seen([
            ("due", self.maybe(reading.due)),
            ("verdict", verdict),
            ("state", state),
            ("at", self.maybe(at)),
            ("stopped", self.maybe(stopped)),
            ("started", self.maybe(Some(reading.started))),
            ("until", self.maybe(until)),
            ("reading", reading.response.map_or("none".to_owned(), |response| word(&response))),
            ("excepted_afterwards", yes(reading.excepted_afterwards.is_some())),
            ("reason", reason.to_owned()),
            ("severity", reading.severity.number().to_string()),
            ("on_arrival", yes(on_arrival)),
            ("watch", attention(|attention| attention.watch)),
            ("caution", attention(|attention| attention.caution)),
            ("warning", attention(|attention| attention.warning)),
        ]))
    }

    /// `phase I1 investigating`
    fn phase(&self) -> Looked {
        let expected = self.words.plain(1, "the phase")?.to_owned();
        let came = self.incident()?.phase.name().to_lowercase();
        Ok(if expected == came { Ok(()) } else { Err((expected, came)) })
    }

    /// `record I1 severity=… peak=… major=yes …`
    fn record(&self) -> Looked {
        let name = self.words.plain(0, "the record")?;
        let subject = fixture::subject(name)?;
        let record = self.records.get(subject).ok_or_else(|| format!("there is no record {name}"))?;
        let mut seen = match record {
            RecordRef::Incident(incident) => self.record_of(incident),
            _ => Vec::new(),
        };
        let document = record.document().map_err(|error| error.to_string())?;
        let document: Value = serde_json::from_str(&document).map_err(|error| error.to_string())?;
        for (name, _) in &self.words.named {
            if !seen.iter().any(|(known, _)| known == name)
                && let Some(value) = document.pointer(&format!("/{}", name.replace('.', "/")))
            {
                seen.push((name.clone(), self.shown(name, value)));
            }
        }
        self.same(seen)
    }

    /// A value of a record as a shift writes it: lists by their length, people by name, moments as times.
    fn shown(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Null => "none".to_owned(),
            Value::Bool(is_so) => yes(*is_so),
            Value::Array(all) => all.len().to_string(),
            Value::Number(number) => match number.as_i64().filter(|_| is_moment(name)) {
                Some(at) => self.maybe(Some(Timestamp::from_millis(at))),
                None => number.to_string(),
            },
            Value::String(word) => match word.parse().map(PersonId) {
                Ok(person) if self.records.setup.people.contains_key(&person) => {
                    self.records.setup.person_name(person).to_owned()
                }
                _ => word.clone(),
            },
            Value::Object(fields) => match fields.values().next() {
                Some(Value::String(word)) => word.clone(),
                _ => format!("{} fields", fields.len()),
            },
        }
    }

    fn record_of(&self, incident: &Incident) -> Seen {
        let severity = incident.severity();
        let priority = incident.priority(&self.records.setup).map(|priority| word(&priority));
        let assignment = incident.assignment.as_ref();
        let name = |person| self.records.setup.person_name(person).to_owned();
        let none = || "none".to_owned();
        seen([
            ("severity", severity.number().to_string()),
            ("peak", incident.peak_severity().number().to_string()),
            ("urgency", incident.urgency.map_or_else(none, |urgency| word(&urgency))),
            ("priority", priority.unwrap_or_else(none)),
            ("category", incident.category.as_ref().map_or_else(none, |category| category.0.clone())),
            ("major", yes(incident.major.is_some())),
            ("assignee", assignment.map_or_else(none, |held| name(held.to))),
            ("accepted", yes(assignment.is_some_and(|held| held.accepted_at.is_some()))),
            ("reassigned", incident.reassignments.to_string()),
            ("reopened", incident.reopenings.len().to_string()),
            ("steps", incident.steps.to_string()),
            ("attempts", incident.confirmation_attempts.to_string()),
            ("answer", incident.confirmation.as_ref().map_or_else(none, |told| word(&told.answer))),
            ("escalations", incident.escalations.len().to_string()),
            ("breaches", incident.breaches.len().to_string()),
            ("logged", self.maybe(Some(incident.logged.at))),
            ("received", self.maybe(Some(incident.logged.received))),
            ("reported", self.maybe(Some(incident.entry.reported_at))),
            ("responded", self.maybe(incident.responded_at())),
            ("workaround", yes(incident.workaround.is_some())),
            ("restored", self.maybe(incident.restored.as_ref().map(|said| said.at))),
            ("resolved", self.maybe(incident.resolved.as_ref().map(|said| said.at))),
            ("repeats", incident.alerts.repeats.to_string()),
            ("recovered", yes(incident.alerts.recovered_at.is_some())),
        ])
    }

    /// `signal S1 state=open repeats=3 recovered=yes`
    fn signal(&self) -> Looked {
        let name = self.words.plain(0, "the signal")?;
        let signal = self.records.signals.get(&fixture::signal(name));
        let signal: &Signal = signal.ok_or_else(|| format!("there is no signal {name}"))?;
        let state = match signal.state {
            SignalState::Open => "open",
            SignalState::Accepted { .. } => "accepted",
            SignalState::Merged { .. } => "merged",
            SignalState::Dismissed { .. } => "dismissed",
        };
        self.same(seen([
            ("state", state.to_owned()),
            ("repeats", signal.tally.repeats.to_string()),
            ("recovered", yes(signal.tally.recovered_at.is_some())),
            ("turn", self.turn(signal.id)),
        ]))
    }

    /// When it is taken up, from 1 on; `none` where somebody has dealt with it.
    fn turn(&self, id: SignalId) -> String {
        let waiting = in_turn(self.records.signals.values().map(AsRef::as_ref));
        let place = waiting.iter().position(|(waiting, _)| *waiting == id);
        place.map_or("none".to_owned(), |place| (place + 1).to_string())
    }

    /// `offer PERSON ROLE VERB [SUBJECT]`, `no_offer PERSON ROLE VERB [SUBJECT] CODE §`
    fn offer(&self, is_open: bool) -> Looked {
        let actor = self.actor()?;
        let verb: Verb = vocabulary(self.words.plain(2, "the verb")?)?;
        let named = self.words.plain.get(3).filter(|word| fixture::subject(word).is_ok());
        let subject = named.map(|name| fixture::subject(name)).transpose()?;
        let all = offers(self.records, &actor, self.now);
        let offer = all.into_iter().find(|offer| offer.verb == verb && offer.subject == subject);
        let offer = offer.ok_or_else(|| format!("{} is never offered there", word(&verb)))?;
        let rest = self.words.plain.get(3 + usize::from(named.is_some())..).unwrap_or_default().join(" ");
        Ok(self.verdict(is_open, &rest, offer.refusal.as_ref()))
    }

    /// `move PERSON ROLE I1 COLUMN [verbs=a,b]`, `no_move PERSON ROLE I1 COLUMN CODE §`
    fn movement(&self, is_open: bool) -> Looked {
        let actor = self.actor()?;
        let id = fixture::incident(self.words.plain(2, "the incident")?);
        let to = self.words.plain(3, "the column")?;
        let all = moves(self.records, &actor, self.now, id);
        let found = all.into_iter().find(|found| word(&found.to) == to);
        let found = found.ok_or_else(|| format!("there is no column {to} for it"))?;
        let rest = self.words.plain.get(4..).unwrap_or_default().join(" ");
        if let Err(difference) = self.verdict(is_open, &rest, found.refusal.as_ref()) {
            return Ok(Err(difference));
        }
        self.same(seen([("verbs", found.verbs.iter().map(word).collect::<Vec<_>>().join(","))]))
    }

    fn verdict(
        &self,
        is_open: bool,
        code_and_clause: &str,
        refusal: Option<&incident::Refusal>,
    ) -> Result<(), Difference> {
        let came = refusal.map_or("offered".to_owned(), refused);
        match (is_open, refusal) {
            (true, None) => Ok(()),
            (false, Some(refusal))
                if code_and_clause == format!("{} {}", word(&refusal.code), refusal.clause) =>
            {
                Ok(())
            }
            (true, Some(_)) => Err(("offered".to_owned(), came)),
            (false, _) => Err((format!("refused {code_and_clause}"), came)),
        }
    }

    fn actor(&self) -> Result<Actor, String> {
        let person = fixture::person(self.words.plain(0, "the person")?);
        let roles = self.words.plain(1, "the role")?.split(',').map(vocabulary::<Role>);
        Ok(Actor { person, roles: roles.collect::<Result<_, _>>()? })
    }

    fn incident(&self) -> Result<&Incident, String> {
        let name = self.words.plain(0, "the incident")?;
        let incident = self.records.incidents.get(&fixture::incident(name));
        incident.map(AsRef::as_ref).ok_or_else(|| format!("there is no incident {name}"))
    }

    fn maybe(&self, at: Option<Timestamp>) -> String {
        at.map_or("none".to_owned(), |at| self.almanac.show(at))
    }

    /// Every name of the line has the value that is seen. Times are compared as instants.
    fn same(&self, seen: Seen) -> Looked {
        let names: Vec<_> = seen.iter().map(|(name, _)| name.as_str()).collect();
        self.words.only(&names)?;
        let (mut expected, mut came) = (Vec::new(), Vec::new());
        for (name, value) in &self.words.named {
            let found = seen.iter().find(|(known, _)| known == name).map_or("", |(_, found)| found.as_str());
            let wanted = self.almanac.instant(value).map_or(value.clone(), |at| self.almanac.show(at));
            if wanted != found {
                expected.push(format!("{name}={wanted}"));
                came.push(format!("{name}={found}"));
            }
        }
        Ok(if expected.is_empty() { Ok(()) } else { Err((expected.join("  "), came.join("  "))) })
    }
}

fn seen<const N: usize>(all: [(&str, String); N]) -> Seen {
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn state(reading: &Reading) -> String {
    match reading.state {
        ClockState::Running => "running",
        ClockState::Paused { .. } => "paused",
        ClockState::Stopped { .. } => "stopped",
        ClockState::NotCounted => "not_counted",
    }
    .to_owned()
}

fn verdict(reading: &Reading) -> String {
    match reading.verdict {
        Verdict::Pending => "pending",
        Verdict::Met { .. } => "met",
        Verdict::Breached { .. } => "breached",
        Verdict::Excluded { .. } => "excluded",
        Verdict::NoTarget { .. } => "no_target",
        Verdict::Uncertain { .. } => "uncertain",
        Verdict::NotApplicable => "not_applicable",
    }
    .to_owned()
}

fn yes(is_so: bool) -> String {
    if is_so { "yes".to_owned() } else { "no".to_owned() }
}
