//! Records beside the incidents, as forms offer them: what each is about, where it stands, what may be done.

use incident::exception::{ExceptionState, Scope};
use incident::review::{Action, ActionState, Effect, ReviewState};
use incident::sampling::Finding;
use incident::{
    Audit, Exception, IncidentId, RecordRef, Records, Review, Violation, offers_on, suspicion::Suspicion,
};
use uuid::Uuid;

use super::told::{of_exception, of_violation};
use super::{Looking, label};
use crate::view::{Choice, RecordChoice};

/// The kinds that are chosen from a list; incidents and signals stand on the board.
pub const CHOSEN: [&str; 5] = ["exception", "review", "violation", "audit", "suspicion"];

/// Characters of somebody's words that stand for the whole.
const WORDS_MAX: usize = 80;

/// The incidents that these records speak of and that are worth loading: a finished audit's are many.
pub fn incidents_named(records: &Records) -> Vec<IncidentId> {
    let mut all: Vec<_> = records.all().flat_map(named).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The incidents that one record speaks of.
pub fn named(record: RecordRef<'_>) -> Vec<IncidentId> {
    match record {
        RecordRef::Exception(exception) => covered(exception),
        RecordRef::Review(review) => review.convening.incidents.clone(),
        RecordRef::Violation(violation) => vec![violation.proposal.outage],
        RecordRef::Audit(audit) if audit.closed.is_none() => {
            audit.drawn.iter().map(|drawn| drawn.incident).collect()
        }
        RecordRef::Suspicion(suspicion) => vec![suspicion.incident],
        RecordRef::Audit(_)
        | RecordRef::Incident(_)
        | RecordRef::Signal(_)
        | RecordRef::Procedure(_)
        | RecordRef::Survey(_) => Vec::new(),
    }
}

/// Every record at hand that is chosen from a list.
pub fn record_choices(records: &Records, looking: &Looking<'_>) -> Vec<RecordChoice> {
    let told = Told { records, looking };
    records.all().filter_map(|record| told.choice(record)).collect()
}

/// What a record beside the board is about, with its kind: `Review: INC-7 Mail is down`.
pub fn record_name(records: &Records, record: RecordRef<'_>, looking: &Looking<'_>) -> String {
    let (kind, told) = (record.subject().kind(), Told { records, looking }.told(record));
    let mut letters = kind.chars();
    let kind = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
    let name = told.map(|(name, _)| name);
    kind.into_iter().chain(name).collect::<Vec<_>>().join(": ")
}

struct Told<'a> {
    records: &'a Records,
    looking: &'a Looking<'a>,
}

impl Told<'_> {
    /// What it is about, and where it stands.
    fn told(&self, record: RecordRef<'_>) -> Option<(String, String)> {
        match record {
            RecordRef::Exception(exception) => Some(self.exception(exception)),
            RecordRef::Review(review) => Some(self.review(review)),
            RecordRef::Violation(violation) => Some(self.violation(violation)),
            RecordRef::Audit(audit) => Some(self.audit(audit)),
            RecordRef::Suspicion(suspicion) => Some(self.suspicion(suspicion)),
            RecordRef::Incident(_)
            | RecordRef::Signal(_)
            | RecordRef::Procedure(_)
            | RecordRef::Survey(_) => None,
        }
    }

    fn choice(&self, record: RecordRef<'_>) -> Option<RecordChoice> {
        let (name, hint) = self.told(record)?;
        let subject = record.subject();
        let offers = offers_on(self.records, self.looking.viewer, self.looking.now, subject);
        let may = offers.into_iter().filter(|offer| offer.refusal.is_none()).map(|offer| offer.verb);
        let (told, evidence) = match record {
            RecordRef::Exception(exception) => of_exception(exception, &name, self.looking),
            RecordRef::Violation(violation) => of_violation(violation, self.looking),
            RecordRef::Review(_)
            | RecordRef::Audit(_)
            | RecordRef::Suspicion(_)
            | RecordRef::Incident(_)
            | RecordRef::Signal(_)
            | RecordRef::Procedure(_)
            | RecordRef::Survey(_) => (Vec::new(), Vec::new()),
        };
        Some(RecordChoice {
            subject,
            name,
            hint,
            may: may.collect(),
            parts: self.parts(record),
            incidents: self.incidents(record),
            about: about(record),
            told,
            evidence,
        })
    }

    fn exception(&self, exception: &Exception) -> (String, String) {
        let (request, setup) = (exception.request(), self.looking.setup);
        let about = match request.scope {
            Scope::Incident { incident } => self.incident(incident),
            Scope::Client { client } => {
                setup.clients.get(&client).map_or("a client", |client| client.name.as_str()).to_owned()
            }
            Scope::Service { service } => {
                setup.services.get(&service).map_or("a service", |service| service.name.as_str()).to_owned()
            }
            Scope::Period => "every incident".to_owned(),
        };
        let state = match exception.state {
            ExceptionState::Pending => "waits for a decision",
            ExceptionState::Returned => "a question waits for its answer",
            ExceptionState::Granted if exception.is_in_force(self.looking.now) => "in force",
            ExceptionState::Granted => "approved, not in force now",
            ExceptionState::Declined => "declined",
            ExceptionState::Revoked => "revoked",
            ExceptionState::Lapsed => "lapsed undecided",
            ExceptionState::Expired => "ended",
        };
        let (by, until) = (setup.person_name(exception.requested_by), self.looking.minute(exception.until()));
        (format!("{}, {about}", request.clause), format!("{state}; asked by {by}, until {until}"))
    }

    fn review(&self, review: &Review) -> (String, String) {
        let incidents = &review.convening.incidents;
        let first = incidents.first().map_or_else(String::new, |id| self.incident(*id));
        let name = match incidents.len() {
            0 | 1 => first,
            many => format!("{first}, and {} more", many - 1),
        };
        let state = match review.state {
            ReviewState::Open => "being written".to_owned(),
            ReviewState::Reviewed => format!("reviewed, {} actions not verified", review.unverified()),
            ReviewState::Closed => "closed".to_owned(),
        };
        let owner = self.looking.setup.person_name(review.convening.owner);
        (name, format!("{state}; {owner} writes it"))
    }

    fn violation(&self, violation: &Violation) -> (String, String) {
        let proposal = &violation.proposal;
        let person = self.looking.setup.person_name(proposal.person);
        let name = format!("{}, {person}, {}", proposal.clause, self.incident(proposal.outage));
        let state = match (&violation.judgement, &violation.reply) {
            (Some(_), _) => "decided",
            (None, Some(_)) => "answered, waits for a decision",
            (None, None) => "waits for the person's answer",
        };
        (name, format!("{state}; {}", beginning(&proposal.text)))
    }

    fn audit(&self, audit: &Audit) -> (String, String) {
        let setup = self.looking.setup;
        let client = audit.plan.client.and_then(|client| setup.clients.get(&client));
        let of = client.map_or("all clients", |client| client.name.as_str());
        let drawn_at = self.looking.minute(audit.drawn_at);
        let name = match audit.reductions.len() {
            0 => format!("{} records of {of}, drawn {drawn_at}", audit.drawn.len()),
            _ => {
                let (left, drawn) = (audit.drawn.len(), audit.plan.count);
                format!("{left} of {drawn} records of {of}, none left to draw, drawn {drawn_at}")
            }
        };
        let state = match &audit.closed {
            Some(_) => "closed".to_owned(),
            None => {
                let (unseen, findings) = (audit.unseen(), audit.unsettled().count());
                format!("{unseen} to be looked at, {findings} findings open")
            }
        };
        (name, format!("{state}; {} looks at them", setup.person_name(audit.reviewer())))
    }

    fn suspicion(&self, suspicion: &Suspicion) -> (String, String) {
        let state = if suspicion.is_open() { "open" } else { "closed" };
        let since = self.looking.minute(suspicion.suspected.at);
        let hint = format!("{state}, since {since}; {}", beginning(&suspicion.suspected.text));
        (self.incident(suspicion.incident), hint)
    }

    fn parts(&self, record: RecordRef<'_>) -> Vec<Choice<Uuid>> {
        match record {
            RecordRef::Review(review) => review.actions.iter().map(|action| self.action(action)).collect(),
            RecordRef::Audit(audit) => audit.findings.iter().map(|finding| self.finding(finding)).collect(),
            RecordRef::Exception(_)
            | RecordRef::Violation(_)
            | RecordRef::Suspicion(_)
            | RecordRef::Incident(_)
            | RecordRef::Signal(_)
            | RecordRef::Procedure(_)
            | RecordRef::Survey(_) => Vec::new(),
        }
    }

    fn action(&self, action: &Action) -> Choice<Uuid> {
        let state = match action.state {
            ActionState::Open => "open".to_owned(),
            ActionState::Done => "done, waits to be verified".to_owned(),
            ActionState::Verified => format!("verified{}", self.effect(action)),
        };
        let (owner, due) = (self.looking.setup.person_name(action.owner), self.looking.minute(action.due_by));
        let hint = format!("{state}; {owner}, by {due}");
        Choice { value: action.id.0, name: beginning(&action.text), hint }
    }

    /// Whether it helped, after the word that it is verified.
    fn effect(&self, action: &Action) -> String {
        match action.effect(self.looking.now) {
            Effect::CannotTell => String::new(),
            Effect::Watched { until } => format!(", watched until {}", self.looking.minute(until)),
            Effect::Worked => ", and it did not come again".to_owned(),
            Effect::CameAgain { .. } if action.is_in_doubt() => ", and it came again".to_owned(),
            Effect::CameAgain { .. } => ", and enough although it came again".to_owned(),
        }
    }

    fn finding(&self, finding: &Finding) -> Choice<Uuid> {
        let state = match (&finding.closed, &finding.reply) {
            (Some(_), _) => "closed",
            (None, Some(_)) => "answered",
            (None, None) => "waits for an answer",
        };
        let name = format!("{}, {}", finding.clause, beginning(&finding.said.text));
        Choice { value: finding.id.0, name, hint: format!("{state}; {}", self.incident(finding.incident)) }
    }

    fn incidents(&self, record: RecordRef<'_>) -> Vec<Choice<IncidentId>> {
        let choice =
            |id: IncidentId, hint: &str| Choice { value: id, name: self.incident(id), hint: hint.to_owned() };
        match record {
            RecordRef::Exception(exception) => exception.covered.iter().map(|id| choice(*id, "")).collect(),
            RecordRef::Review(review) => {
                review.convening.incidents.iter().map(|id| choice(*id, "")).collect()
            }
            RecordRef::Audit(audit) => audit
                .drawn
                .iter()
                .map(|drawn| choice(drawn.incident, if drawn.is_seen { "looked at" } else { "" }))
                .collect(),
            RecordRef::Violation(_)
            | RecordRef::Suspicion(_)
            | RecordRef::Incident(_)
            | RecordRef::Signal(_)
            | RecordRef::Procedure(_)
            | RecordRef::Survey(_) => Vec::new(),
        }
    }

    /// Its label and its title.
    fn incident(&self, id: IncidentId) -> String {
        self.records.incidents.get(&id).map_or_else(
            || "an incident that is not on this computer".to_owned(),
            |incident| format!("{} {}", label(incident), incident.entry.summary),
        )
    }
}

fn covered(exception: &Exception) -> Vec<IncidentId> {
    about(RecordRef::Exception(exception)).into_iter().chain(exception.covered.iter().copied()).collect()
}

/// The incident a record is about, where it is about one alone.
fn about(record: RecordRef<'_>) -> Option<IncidentId> {
    match record {
        RecordRef::Exception(exception) => match exception.request().scope {
            Scope::Incident { incident } => Some(incident),
            Scope::Client { .. } | Scope::Service { .. } | Scope::Period => exception.narrowed_to(),
        },
        RecordRef::Suspicion(suspicion) => Some(suspicion.incident),
        RecordRef::Violation(violation) => Some(violation.proposal.outage),
        RecordRef::Review(_)
        | RecordRef::Audit(_)
        | RecordRef::Incident(_)
        | RecordRef::Signal(_)
        | RecordRef::Procedure(_)
        | RecordRef::Survey(_) => None,
    }
}

/// The beginning of somebody's words, on one line.
pub(super) fn beginning(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    match line.char_indices().nth(WORDS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
