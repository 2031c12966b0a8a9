//! The cadence of §3.4: the first notice and the updates that a client of a Severity 1 or 2 incident is owed, and
//! what was promised to a client at any severity.
//!
//! A cadence is computed from the record, like a clock: beat after beat, from the moment the severity became
//! high until restoration is confirmed. A promised time counts where it comes before the agreement's; a later
//! one never loosens it. On Severity 3 and 4 no word is asked for, and a beat is there where one was promised alone
//! (decision 171). It writes nothing, and a beat that was missed stays missed, with the client that missed it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Message;
use crate::clock::{Attention, agreed_time};
use crate::identification::identity::Tenure;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, MINUTE, Severity, Span, Timestamp};

/// What a beat asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BeatKind {
    /// The client does not know of it yet.
    FirstNotice,
    /// The client is to hear how it stands.
    Update,
}

/// Who set the time of a beat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetBy {
    /// The agreement's cadence.
    Agreement,
    /// The time promised in the message before.
    Promise,
    /// Nobody: no cadence is agreed, and none was promised.
    Nobody,
}

/// How a beat ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BeatState {
    /// It is owed.
    Owed,
    /// The client was told.
    Told {
        /// When.
        at: Timestamp,
    },
    /// It ceased to be owed: restoration was confirmed, the severity was raised or lowered, or the incident ended or
    /// moved. A promise that is still ahead is the next beat's.
    Ceased {
        /// When.
        at: Timestamp,
    },
}

/// One beat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Beat {
    /// Whose incident it was then.
    pub client: ClientId,
    /// What it asks for.
    pub kind: BeatKind,
    /// From when it counts.
    pub from: Timestamp,
    /// When it falls due; absent where nobody set a time.
    pub due: Option<Timestamp>,
    /// Who set the time.
    pub set_by: SetBy,
    /// The severity in force when it fell due or ended.
    pub severity: Severity,
    /// How it ended.
    pub state: BeatState,
}

impl Beat {
    /// The demand that it serves, by its number in the register.
    pub(crate) const fn clause(&self) -> &'static str {
        match (self.kind, self.severity) {
            (BeatKind::FirstNotice, _) => "§3.4/1",
            (BeatKind::Update, Severity::One | Severity::Two) => "§3.4/2",
            (BeatKind::Update, Severity::Three | Severity::Four) => "§3.4/9",
        }
    }

    /// Whether it was not kept, as far as `now` can tell: told at the due instant is kept (ruling 7).
    pub fn is_missed(&self, now: Timestamp) -> bool {
        self.late(now).is_some()
    }

    /// How long it was late, as far as `now` can tell; none where it was kept, or is not due.
    pub fn late(&self, now: Timestamp) -> Option<Span> {
        let to = match self.state {
            BeatState::Owed => now,
            BeatState::Told { at } | BeatState::Ceased { at } => at,
        };
        self.due.filter(|due| *due < to).map(|from| Span { from, to })
    }

    /// Ten minutes before it is due, and three; a third and a tenth where the whole beat is shorter than half
    /// an hour.
    pub fn attention(&self) -> Option<Attention> {
        let due = self.due?;
        let length = due.since(self.from).max(0);
        let (caution, warning) =
            if length < 30 * MINUTE { (length / 3, length / 10) } else { (10 * MINUTE, 3 * MINUTE) };
        let caution = due.plus_millis(-caution);
        Some(Attention { watch: caution, caution, warning: due.plus_millis(-warning) })
    }
}

/// Every beat, oldest first, each of the client whose incident it was then (decision 99); only the last one may still
/// be owed.
pub fn beats(incident: &Incident, setup: &Setup) -> Vec<Beat> {
    let mut all = Vec::new();
    for tenure in incident.identity.tenures(incident.entry.client) {
        // Words of before the client was known were said to whoever it turned out to be (decision 101).
        let hearer = incident.identity.hearer_at(tenure.span.from, incident.entry.client);
        let score = Score { incident, setup, client: tenure.client, told: told(incident, hearer) };
        all.extend(stretches(incident, &tenure).iter().flat_map(|stretch| score.play(stretch)));
    }
    all
}

/// The beat that is owed now.
pub fn owed(incident: &Incident, setup: &Setup) -> Option<Beat> {
    beats(incident, setup).pop().filter(|beat| beat.state == BeatState::Owed)
}

/// What the client was told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    at: Timestamp,
    /// Whether it says where the incident stands; what corrects another word only adds its promise.
    is_news: bool,
    /// When the next word was promised in it.
    next: Option<Timestamp>,
}

impl Word {
    /// What is promised after it, where this was promised before it.
    fn promise(&self, before: Option<Timestamp>) -> Option<Timestamp> {
        if self.is_news { self.next } else { soonest(before, self.next) }
    }
}

fn told(incident: &Incident, client: ClientId) -> Vec<Word> {
    let word = |message: &Message| {
        let (at, is_news) = (message.told_at()?, message.draft.kind.is_news());
        // A time that had passed when the word arrived was promised to nobody.
        let next = message.draft.next_update_at.filter(|next| *next > at);
        Some(Word { at, is_news, next })
    };
    let is_theirs = |at: &&Timestamp| incident.identity.hearer_at(**at, incident.entry.client) == client;
    let messages = incident.communication.to(client).filter_map(word);
    let answers = incident.communication.answered.iter().filter(is_theirs);
    let answers = answers.map(|at| Word { at: *at, is_news: true, next: None });
    let mut all: Vec<Word> = messages.chain(answers).collect();
    all.sort_unstable();
    all
}

/// A stretch without rest, in which the severity was high throughout or low throughout; open while it lasts.
struct Stretch {
    from: Timestamp,
    until: Option<Timestamp>,
    /// Severities in force in it, from when; never empty.
    severities: Vec<(Timestamp, Severity)>,
}

fn stretches(incident: &Incident, tenure: &Tenure) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for set in &incident.severities {
        let at = set.at.max(tenure.span.from);
        match all.last_mut() {
            Some(stretch) if stretch.is_high() == set.severity.is_high() => {
                stretch.severities.push((at, set.severity));
                continue;
            }
            Some(stretch) => stretch.until = Some(at),
            None => {}
        }
        all.push(Stretch { from: at, until: None, severities: vec![(at, set.severity)] });
    }
    let theirs = all.into_iter().filter_map(|stretch| stretch.within(tenure));
    theirs.flat_map(|stretch| without_rest(incident, stretch)).collect()
}

/// The parts of a stretch in which restoration is not confirmed.
fn without_rest(incident: &Incident, stretch: Stretch) -> Vec<Stretch> {
    let mut parts = Vec::new();
    let mut from = Some(stretch.from);
    for rest in &incident.communication.at_rest {
        let Some(begun) = from else { break };
        if stretch.until.is_some_and(|until| rest.from >= until) {
            break;
        }
        if rest.from > begun {
            parts.push(stretch.part(begun, Some(rest.from)));
        }
        from = rest.to.map(|to| to.max(begun));
    }
    if let Some(from) = from.filter(|from| stretch.until.is_none_or(|until| *from < until)) {
        parts.push(stretch.part(from, stretch.until));
    }
    parts
}

impl Stretch {
    fn is_high(&self) -> bool {
        self.severities.iter().any(|(_, severity)| severity.is_high())
    }

    /// As far as the incident was theirs.
    fn within(self, tenure: &Tenure) -> Option<Self> {
        let end = Some(tenure.span.to).filter(|to| *to < Span::EVER.to);
        let is_theirs = end.is_none_or(|end| self.from < end);
        is_theirs.then(|| Self { until: soonest(self.until, end), ..self })
    }

    fn part(&self, from: Timestamp, until: Option<Timestamp>) -> Self {
        Self { from, until, severities: self.severities.clone() }
    }

    /// The severities in force from `at` on, each with where it begins and ends.
    fn sections(&self, at: Timestamp) -> impl Iterator<Item = Section> {
        self.severities.iter().enumerate().filter_map(move |(place, (from, severity))| {
            let until = self.severities.get(place + 1).map(|next| next.0).or(self.until);
            let is_raise = place > 0 && severity.is_worse_than(self.severities[place - 1].1);
            let section = Section { from: *from, until, severity: *severity, is_raise };
            until.is_none_or(|until| until > at).then_some(section)
        })
    }
}

struct Section {
    from: Timestamp,
    until: Option<Timestamp>,
    severity: Severity,
    is_raise: bool,
}

struct Score<'a> {
    incident: &'a Incident,
    setup: &'a Setup,
    client: ClientId,
    told: Vec<Word>,
}

impl Score<'_> {
    fn play(&self, stretch: &Stretch) -> Vec<Beat> {
        let before = || self.told.iter().take_while(|word| word.at < stretch.from);
        let is_known = before().any(|word| word.is_news);
        let mut kind = if is_known { BeatKind::Update } else { BeatKind::FirstNotice };
        // What was promised before it became grave, or grave no longer, is kept; what had passed by then is not late
        // here.
        let ahead = before().fold(None, |promise, word| word.promise(promise));
        let (mut from, mut promise) = (stretch.from, ahead.filter(|next| *next > stretch.from));
        let mut beats = Vec::new();
        let owes = |promise: Option<Timestamp>| stretch.is_high() || promise.is_some();
        let within = |at: Timestamp| at >= stretch.from && stretch.until.is_none_or(|until| at <= until);
        for word in self.told.iter().filter(|word| within(word.at)) {
            if word.is_news {
                beats.extend(owes(promise).then(|| self.beat(stretch, kind, from, promise, Some(word.at))));
                (kind, from) = (BeatKind::Update, word.at);
            }
            promise = word.promise(promise);
        }
        // What ended in the instant of the last word owes no further one.
        if stretch.until != Some(from) && owes(promise) {
            beats.push(self.beat(stretch, kind, from, promise, None));
        }
        beats
    }

    fn beat(
        &self,
        stretch: &Stretch,
        kind: BeatKind,
        from: Timestamp,
        promise: Option<Timestamp>,
        told: Option<Timestamp>,
    ) -> Beat {
        let ended = told.or(stretch.until);
        let (mut agreed, mut severity): (Option<Timestamp>, _) = (None, self.incident.severity());
        for section in stretch.sections(from) {
            if ended.is_some_and(|ended| section.from > ended) {
                break;
            }
            severity = section.severity;
            // Raised: the new cadence begins at the change, and never gives more time than there was.
            let begins = if section.is_raise { from.max(section.from) } else { from };
            let new = self.agreed(kind, section.severity, begins);
            agreed = if section.is_raise { soonest(agreed, new) } else { new };
            if agreed.is_some_and(|due| section.until.is_some_and(|until| due < until)) {
                break;
            }
        }
        let due = soonest(agreed, promise);
        let set_by = match due {
            None => SetBy::Nobody,
            Some(_) if due == agreed => SetBy::Agreement,
            Some(_) => SetBy::Promise,
        };
        let state = match (told, stretch.until) {
            (Some(at), _) => BeatState::Told { at },
            (None, Some(at)) => BeatState::Ceased { at },
            (None, None) => BeatState::Owed,
        };
        Beat { client: self.client, kind, from, due, set_by, severity, state }
    }

    /// By when the agreement asks for a word; on Severity 3 and 4 the policy asks for none.
    fn agreed(&self, kind: BeatKind, severity: Severity, from: Timestamp) -> Option<Timestamp> {
        if !severity.is_high() {
            return None;
        }
        agreed_time(self.incident, self.setup, from, |agreement| match kind {
            BeatKind::FirstNotice => agreement.targets(severity).first_notice.as_ref(),
            BeatKind::Update => agreement.targets(severity).update.as_ref(),
        })
    }
}

fn soonest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}
