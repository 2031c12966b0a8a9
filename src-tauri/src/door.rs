//! The one door: every call of the screen, answered. Both hosts pass through here and add nothing.

use std::sync::Arc;

use incident::Subject;
use incident::command::Naming;
use replica::view::{Answered, Call, DoorError, DoorErrorCode};
use uuid::Uuid;

use crate::desk::Desk;

/// Ids given at once: more than any form needs.
const FRESH_IDS_MAX: u32 = 16;
/// Places asked about at once: more than any form has.
const PLACES_MAX: usize = 16;
/// Characters of a date and time.
const WALL_MAX: usize = 40;
/// Characters of a search.
const SEARCH_MAX: usize = 200;
/// Characters of a draft and of its key.
const DRAFT_MAX: usize = 64 * 1024;
const DRAFT_KEY_MAX: usize = 200;

/// Answers one call.
pub(crate) async fn answer(desk: &Arc<Desk>, call: Call) -> Result<Answered, DoorError> {
    Ok(match call {
        Call::Session => {
            desk.recalled().await;
            Answered::Session(desk.session())
        }
        Call::SignIn { server, name, password } => {
            Answered::SignIn(desk.sign_in(&server, &name, password).await?)
        }
        Call::SignOut => Answered::SignOut(desk.sign_out().await),
        Call::Board => {
            desk.recalled().await;
            Answered::Board(desk.board()?)
        }
        Call::Incident { id } => Answered::Incident(Box::new(desk.incident(id)?)),
        Call::Proof { id, clock } => Answered::Proof(Box::new(desk.proof(id, clock)?)),
        Call::Choices => Answered::Choices(Box::new(desk.choices()?)),
        Call::Records => Answered::Records(desk.records()?),
        Call::Nameable { places } => Answered::Nameable(desk.nameable(few(&places)?)?),
        Call::MyDuties => Answered::MyDuties(desk.my_duties()?),
        Call::Execute { command } => Answered::Execute(desk.execute(*command)?),
        Call::Undo { command } => Answered::Undo(desk.undo(command)?),
        Call::FreshIds { count } => Answered::FreshIds(fresh_ids(count)?),
        Call::Moment { wall } => Answered::Moment(desk.moment(within(&wall, WALL_MAX, "time")?)?),
        Call::Search { text } => Answered::Search(desk.search(within(&text, SEARCH_MAX, "search")?)?),
        Call::Attention => Answered::Attention(desk.attention()?),
        Call::SettleAttention { command } => {
            desk.settle_attention(command)?;
            Answered::SettleAttention(())
        }
        Call::Sync => Answered::Sync(desk.sync_view()),
        Call::RetryNow => {
            desk.retry_now();
            Answered::RetryNow(())
        }
        Call::SaveDraft { key, body, typist } => {
            let (key, body) = (within(&key, DRAFT_KEY_MAX, "draft key")?, within(&body, DRAFT_MAX, "draft")?);
            desk.save_draft(key, body, typist)?;
            Answered::SaveDraft(())
        }
        Call::Draft { key } => Answered::Draft(desk.draft(within(&key, DRAFT_KEY_MAX, "draft key")?)?),
        Call::Painted => {
            desk.painted();
            Answered::Painted(())
        }
        Call::Quit => {
            desk.quit();
            Answered::Quit(())
        }
    })
}

/// A subject as `--open` and links write it: its kind and its id, such as `incident:ID`.
pub(crate) fn subject(text: &str) -> Option<Subject> {
    let (kind, id) = text.split_once(':')?;
    Subject::of(kind, id.parse().ok()?).filter(|subject| !matches!(subject, Subject::Setting(_)))
}

/// A call that is none.
pub(crate) fn malformed(why: &str) -> DoorError {
    DoorError {
        code: DoorErrorCode::Malformed,
        message: format!("The desk did not understand this call: {why}. Nothing was changed."),
        refusal: None,
    }
}

fn fresh_ids(count: u32) -> Result<Vec<Uuid>, DoorError> {
    if count > FRESH_IDS_MAX {
        return Err(malformed(&format!("it asks for more than {FRESH_IDS_MAX} ids")));
    }
    Ok((0..count).map(|_| Uuid::now_v7()).collect())
}

fn few(places: &[Naming]) -> Result<&[Naming], DoorError> {
    if places.len() > PLACES_MAX {
        return Err(malformed(&format!("it asks about more than {PLACES_MAX} places")));
    }
    Ok(places)
}

fn within<'a>(text: &'a str, max: usize, what: &str) -> Result<&'a str, DoorError> {
    if text.chars().count() > max {
        return Err(malformed(&format!("the {what} is longer than {max} characters")));
    }
    Ok(text)
}
