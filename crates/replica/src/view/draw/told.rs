//! What a decider reads before the decision (§4.2, §4.3): the rule, what is asked, why, and who has spoken so far.
//!
//! Their words are shown as they were written; the lines of the log that they point to are named by their ids.

use incident::exception::{Ground, Request, Word as Decision};
use incident::{EntryId, Exception, Violation};

use super::Looking;
use crate::view::Word;

/// What an exception asks for; `what` names its clause and its scope.
pub(super) fn of_exception(
    exception: &Exception,
    what: &str,
    looking: &Looking<'_>,
) -> (Vec<Word>, Vec<EntryId>) {
    let request = exception.request();
    let mut told = vec![
        word("What is asked", &format!("{}: {what}", ground(request.ground))),
        word("For which time", &period(exception, looking)),
    ];
    if let Some(clock) = request.clock {
        told.push(word("Clock", clock.name()));
    }
    told.extend(reasons(request));
    told.extend(exception.application.readings.iter().map(|reading| {
        let due = reading.due.map_or_else(|| "no time set".to_owned(), |due| looking.minute(due));
        let state = match (reading.broken_at, reading.is_met) {
            (Some(at), _) => format!("missed {}", looking.minute(at)),
            (None, true) => "met".to_owned(),
            (None, false) => "running".to_owned(),
        };
        let name = format!("{} clock when it was asked", reading.clock.name());
        word(&name, &format!("due {due}, {state}"))
    }));
    told.extend(history(exception, looking));
    (told, request.evidence.clone())
}

const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Deviation => "A deviation, which is allowed or not",
        Ground::WrongRecord => "A correction, because the breach was recorded wrongly",
    }
}

fn period(exception: &Exception, looking: &Looking<'_>) -> String {
    let request = exception.request();
    let (from, until) = (looking.minute(request.begins_at), looking.minute(exception.until()));
    match request.ground {
        Ground::WrongRecord => format!("the breach of {from}"),
        Ground::Deviation if exception.application.is_retroactive => {
            format!("from {from} until {until}; asked for afterwards")
        }
        Ground::Deviation => format!("from {from} until {until}"),
    }
}

fn reasons(request: &Request) -> [Word; 4] {
    let [prevents, control] = match request.ground {
        Ground::Deviation => ["What prevents keeping to it", "What compensates for it meanwhile"],
        Ground::WrongRecord => ["What in the record is wrong", "How it truly was"],
    };
    [
        word(prevents, &request.prevents),
        word("What happens if it is refused", &request.if_refused),
        word("Who is affected", &request.affected),
        word(control, &request.control),
    ]
}

fn history(exception: &Exception, looking: &Looking<'_>) -> Vec<Word> {
    let (application, setup) = (&exception.application, looking.setup);
    let mut told = Vec::new();
    if application.is_break_glass {
        told.push(word("Behind broken glass", "It was done first, and is decided on afterwards."));
    }
    if application.renewal > 0 {
        told.push(word(
            "Renewal",
            &format!("It goes on from another one; renewed {} times.", application.renewal),
        ));
    }
    let gaining = exception.request().beneficiaries.iter().chain(&application.gaining);
    let mut names: Vec<_> = gaining.map(|person| setup.person_name(*person)).collect();
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() {
        told.push(word("Who gains by it and may not decide", &names.join(", ")));
    }
    for question in &exception.questions {
        let answer = question.answer.as_ref().map_or("not answered yet", |answer| answer.text.as_str());
        told.push(word(&format!("Asked back: {}", question.asked.text), answer));
    }
    let approval = |said: &Decision| {
        let by = setup.person_name(said.by);
        word(&format!("Approved by {by}, {}", looking.minute(said.at)), &said.reason)
    };
    told.extend(exception.approvals.iter().map(approval));
    told
}

/// What a proposed violation says, and what the person answered.
pub(super) fn of_violation(violation: &Violation, looking: &Looking<'_>) -> (Vec<Word>, Vec<EntryId>) {
    let proposal = &violation.proposal;
    let mut told = vec![word("What the record shows", &proposal.text)];
    if let Some(reply) = &violation.reply {
        let by = looking.setup.person_name(reply.said.by);
        told.push(word(&format!("What {by} answered"), &reply.said.text));
    }
    (told, proposal.evidence.clone())
}

fn word(field: &str, text: &str) -> Word {
    Word { field: field.to_owned(), text: text.to_owned() }
}
