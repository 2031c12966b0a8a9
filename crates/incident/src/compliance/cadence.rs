//! The cadence towards the client (§3.4): the first notice, the updates, and how they were given.
//!
//! Told is what was delivered or answered (ruling 10). The beats themselves are `communication::cadence`'s.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::agreement::ClockKind;
use crate::clock::{Easing, HeardLate, evidence};
use crate::communication::cadence::{Beat, BeatKind, BeatState, SetBy};
use crate::communication::{Message, MessageKind};
use crate::{ClientId, Timestamp};

const NEVER_HIGH: &str = "It was never of Severity 1 or 2.";
const BACK_DATED: &str = "The client heard, as was entered after the time had passed: nothing shows when.";

/// Clients hear of a Severity 1 or 2 within the agreement's time.
pub(super) fn first_notice(case: &Case<'_>) -> Finding {
    let Some(high) = case.severity_set(|severity| severity.is_high()) else {
        return Finding::not_applicable(NEVER_HIGH);
    };
    let asks =
        |beat: &Beat| beat.kind == BeatKind::FirstNotice && (is_own(case, beat) || beat.is_missed(case.now));
    if case.beats.iter().any(asks) {
        return told_in_time(case, BeatKind::FirstNotice, high);
    }
    // The client knew of it before it became grave.
    let first = case.beats.iter().find(|beat| is_own(case, beat) && beat.severity.is_high());
    match first.and_then(|beat| heard(case, beat.client, |at| at < beat.from)) {
        Some(known) => Finding::kept("The client knew of it already.", vec![high, known]),
        None => Finding::not_applicable("It ended before the client was to hear of it."),
    }
}

/// They hear again by the times agreed and promised, until the restoration is confirmed.
pub(super) fn updates(case: &Case<'_>) -> Finding {
    match case.severity_set(|severity| severity.is_high()) {
        None => Finding::not_applicable(NEVER_HIGH),
        Some(high) => told_in_time(case, BeatKind::Update, high),
    }
}

/// Whether it is a beat of the client whose incident it is now. What was missed before it moved stays missed; all else
/// is between this client and the house (decision 99).
fn is_own(case: &Case<'_>, beat: &Beat) -> bool {
    beat.client == case.incident.entry.client
}

/// Below Severity 2 nobody is owed a cadence, and who was promised a word by a time hears it by then (decision 171).
pub(super) fn promises(case: &Case<'_>) -> Finding {
    let beats: Vec<&Beat> = case.beats.iter().filter(|beat| !beat.severity.is_high()).collect();
    let missed = beats.iter().filter_map(|beat| Some((beat.late(case.now)?, beat)));
    if let Some((late, beat)) = case.worst("§3.4/9", missed) {
        let why = "The client did not hear by the time that was promised.";
        let evidence = promised_in(case, beat).into_iter().chain(entry(case, beat)).collect();
        return case.unless_taken_over(Finding::late(late, why, evidence));
    }
    if let Some(owed) = beats.iter().find(|beat| beat.state == BeatState::Owed) {
        return Finding::not_due(owed.due, "The client was promised to hear by then.");
    }
    let own = beats.iter().filter(|beat| is_own(case, beat));
    let shown: Vec<_> =
        own.filter_map(|beat| Some([promised_in(case, beat)?, entry(case, beat)?])).flatten().collect();
    if shown.is_empty() {
        return Finding::not_applicable("Nothing was promised below Severity 2 that had to be kept.");
    }
    if beats.iter().any(|beat| is_own(case, beat) && is_back_dated(case, beat)) {
        return Finding::for_people(BACK_DATED, shown);
    }
    Finding::kept("The client heard by the time promised, each time.", shown)
}

/// The message in which the time of a beat was promised.
fn promised_in(case: &Case<'_>, beat: &Beat) -> Option<Evidence> {
    let names_it =
        |message: &&Message| message.draft.next_update_at == beat.due && message.told_at().is_some();
    let message = case.incident.communication.to(beat.client).filter(names_it).last()?;
    Some(Evidence::deed("message_written", "the next word was promised", message.at, message.by))
}

/// Every beat of a kind at Severity 1 and 2, as one verdict.
fn told_in_time(case: &Case<'_>, kind: BeatKind, high: Evidence) -> Finding {
    let is_asked = |beat: &&Beat| beat.kind == kind && beat.severity.is_high();
    let beats: Vec<&Beat> = case.beats.iter().filter(is_asked).collect();
    let missed = beats.iter().filter_map(|beat| Some((beat.late(case.now)?, beat)));
    let clause = match kind {
        BeatKind::FirstNotice => "§3.4/1",
        BeatKind::Update => "§3.4/2",
    };
    if let Some((late, beat)) = case.worst(clause, missed) {
        let why = match kind {
            BeatKind::FirstNotice => "The client was not told of it in time.",
            BeatKind::Update => "The client did not hear again in time.",
        };
        // The word that came too late, where one came.
        let evidence = std::iter::once(high).chain(entry(case, beat)).collect();
        return case.unless_taken_over(Finding::late(late, why, evidence));
    }
    if let Some(owed) = beats.iter().find(|beat| beat.state == BeatState::Owed) {
        return Finding::not_due(owed.due, "The client is to hear by then.");
    }
    let own = || beats.iter().filter(|beat| is_own(case, beat));
    let told: Vec<_> = own().filter_map(|beat| entry(case, beat)).collect();
    if told.is_empty() {
        return untold(case, kind, high);
    }
    let is_measured = own().all(|beat| beat.set_by != SetBy::Nobody);
    let evidence = std::iter::once(high).chain(told).collect();
    if own().any(|beat| is_back_dated(case, beat)) {
        return Finding::for_people(BACK_DATED, evidence);
    }
    if is_measured {
        Finding::kept("The client heard in time, each time.", evidence)
    } else {
        Finding::for_people("The client heard, and nobody had set a time by which.", evidence)
    }
}

/// Nothing was said, and no time had passed by which it should have been.
fn untold(case: &Case<'_>, kind: BeatKind, high: Evidence) -> Finding {
    match (kind, case.closed()) {
        _ if case.is_taken_over() => Case::untold_elsewhere(vec![high]),
        (BeatKind::FirstNotice, Some((at, closed))) => {
            let why = "It was closed, and the client was never told of it.";
            Finding::failed(at, why, vec![high, closed])
        }
        (BeatKind::FirstNotice | BeatKind::Update, _) => {
            Finding::not_applicable("It ceased to be owed before its time.")
        }
    }
}

/// The word that a beat was told by.
fn entry(case: &Case<'_>, beat: &Beat) -> Option<Evidence> {
    match beat.state {
        BeatState::Told { at } => heard(case, beat.client, |told| told == at),
        BeatState::Owed | BeatState::Ceased { .. } => None,
    }
}

/// Whether the word that a beat was told by was entered after the beat had fallen due, and nothing shows when it was
/// given (decision 211).
fn is_back_dated(case: &Case<'_>, beat: &Beat) -> bool {
    let (BeatState::Told { at }, Some(due)) = (beat.state, beat.due) else { return false };
    let told = |heard: &&HeardLate| heard.deed == Easing::Replied && heard.at == at;
    let entered = case.incident.heard_late.iter().filter(told).map(|heard| heard.entered).max();
    let is_shown = evidence(case.incident, ClockKind::Response, at).is_some();
    entered.is_some_and(|entered| due < entered) && !is_shown
}

/// The first word that reached the client at such a time.
fn heard(case: &Case<'_>, client: ClientId, fits: impl Fn(Timestamp) -> bool) -> Option<Evidence> {
    let communication = &case.incident.communication;
    let news = communication.to(client).filter(|message| message.draft.kind.is_news());
    let mut told = news.filter_map(Message::told_by);
    let by_message = told.find(|delivery| fits(delivery.at)).map(|delivery| {
        let what = format!("the client was told: {}", delivery.outcome.name());
        Evidence::deed("delivery_recorded", what, delivery.at, delivery.by)
    });
    let answered = || communication.answered.iter().find(|at| fits(**at));
    let asked = || {
        answered().map(|at| Evidence::fact("restoration_confirmed", "the client answered when asked", *at))
    };
    by_message.or_else(asked)
}

/// Each notice and update says when the next one comes, the agreement says how often that is, and it goes by a way
/// that the agreement names.
pub(super) fn methods(case: &Case<'_>) -> Finding {
    let Some(high) = case.severity_set(|severity| severity.is_high()) else {
        return Finding::not_applicable(NEVER_HIGH);
    };
    let words: Vec<_> = running_news(case).collect();
    let written = |message: &Message| {
        Evidence::deed("message_written", message.draft.kind.name().to_lowercase(), message.at, message.by)
    };
    if let Some(open) = words.iter().find(|message| message.draft.next_update_at.is_none()) {
        let why = "An update of Severity 1 or 2 did not say when the next one comes.";
        return Finding::failed(open.at, why, vec![written(open)]);
    }
    let elsewhere: Vec<_> = words.iter().filter(|message| !by_agreed_way(case, message)).collect();
    if !elsewhere.is_empty() {
        let why = "Not by a way that the agreement names: whether it asked for that, people judge.";
        let shown = elsewhere.into_iter().map(|message| {
            let what =
                format!("{} by {}", message.draft.kind.name().to_lowercase(), message.draft.channel.name());
            Evidence::deed("message_written", what, message.at, message.by)
        });
        return Finding::for_people(why, shown.collect());
    }
    if case.beats.iter().any(|beat| is_own(case, beat) && beat.set_by == SetBy::Nobody) {
        let evidence = std::iter::once(high).chain(words.into_iter().map(written)).collect();
        return Finding::for_people("The agreement does not say how often: people judge it.", evidence);
    }
    if case.beats.iter().any(|beat| beat.state == BeatState::Owed && beat.severity.is_high()) {
        return Finding::not_due(None, "The client is still to hear of it.");
    }
    if words.is_empty() && case.is_taken_over() {
        return Case::untold_elsewhere(vec![high]);
    }
    if words.is_empty() {
        return Finding::not_applicable("No notice and no update was given.");
    }
    Finding::kept("Each one said when the next would come.", words.into_iter().map(written).collect())
}

/// Whether the agreement of its time names the way that a message went, or names none.
fn by_agreed_way(case: &Case<'_>, message: &Message) -> bool {
    let agreement = case.incident.agreement_at(case.setup, message.at);
    let methods = agreement.map_or(&[][..], |agreement| &agreement.contact.methods);
    methods.is_empty() || methods.contains(&message.draft.channel)
}

/// First notices and updates to the client that were written while the severity was high and may have gone out.
fn running_news<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Message> {
    let incident = case.incident;
    let goes_on = |message: &&Message| match message.draft.kind {
        MessageKind::FirstNotice | MessageKind::Update => true,
        MessageKind::RestorationNotice | MessageKind::ResolutionConfirmation | MessageKind::Correction => {
            false
        }
    };
    let was_high = move |at: Timestamp| {
        incident.severities.iter().rfind(|set| set.at <= at).is_some_and(|set| set.severity.is_high())
    };
    let words = incident.communication.to(incident.entry.client);
    words.filter(|message| message.may_go_out()).filter(goes_on).filter(move |message| was_high(message.at))
}
