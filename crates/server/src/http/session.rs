//! Signing in and out.

use axum::extract::State;
use axum::http::StatusCode;
use protocol::{SignIn, SignedIn};

use super::House;
use super::answer::{Answer, Failed};
use super::wire::{Wire, place};
use crate::sign_in::Session;

pub(super) async fn sign_in(
    State(house): State<House>,
    Wire(request): Wire<SignIn>,
) -> Result<Answer<SignedIn>, Failed> {
    let _place = place(&house.hashing).await?;
    Ok(Answer(house.server.aside(move |server| server.sign_in(&request)).await?))
}

pub(super) async fn sign_out(house: House, session: Session) -> Result<StatusCode, Failed> {
    house.server.aside(move |server| server.sign_out(&session)).await?;
    Ok(StatusCode::NO_CONTENT)
}
