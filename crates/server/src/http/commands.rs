//! Commands of a desk.

use protocol::{FORMER_NUMBERS_MAX, FaultCode, PUSH_MAX, PushReply, PushRequest};

use super::House;
use super::answer::{Answer, Failed};
use crate::fault::fault;
use crate::sign_in::Session;

pub(super) async fn push(
    house: House,
    session: Session,
    request: PushRequest,
) -> Result<Answer<PushReply>, Failed> {
    let count = request.commands.len();
    if count > PUSH_MAX {
        let message = format!(
            "A push holds at most {PUSH_MAX} commands, this one {count}; send them in parts. Nothing was done."
        );
        return Err(fault(FaultCode::TooLarge, message).into());
    }
    house.server.takes_from(request.epoch)?;
    if request.desk.0.is_nil() || request.commands.iter().any(|envelope| envelope.id.0.is_nil()) {
        let message = "A desk and each of its commands have an id of their own, not zeros. Nothing was done.";
        return Err(fault(FaultCode::Malformed, message).into());
    }
    if request.commands.iter().any(|envelope| envelope.former_numbers.len() > FORMER_NUMBERS_MAX) {
        let message = format!(
            "A command names at most {FORMER_NUMBERS_MAX} numbers that its incident had before. Nothing was done."
        );
        return Err(fault(FaultCode::Malformed, message).into());
    }
    let person = session.actor.person;
    Ok(Answer(house.server.submit_async(person, request.desk, request.commands).await?))
}
