//! One frame at a time.

use protocol::{Frame, PullRequest};

use super::House;
use super::answer::{Answer, Failed};
use crate::sign_in::Session;

pub(super) async fn pull(
    house: House,
    session: Session,
    request: PullRequest,
) -> Result<Answer<Frame>, Failed> {
    let mut closing = house.closing.clone();
    let soon = PullRequest { wait_ms: 0, ..request.clone() };
    let person = session.actor.person;
    let frame = tokio::select! {
        frame = house.server.pull_wait(person, request) => frame?,
        // A stopping server answers at once, so that its desks look for the next one.
        () = async { closing.wait_for(|is_closing| *is_closing).await.ok(); } => house.server.pull_aside(person, soon).await?,
    };
    // Rights may have gone while it waited.
    house.server.aside(move |server| server.again(&session)).await?;
    Ok(Answer(frame))
}
