//! What comes in: bodies within limits, sessions and hooks by their tokens.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use protocol::{BODY_MAX, FaultCode};
use serde::de::DeserializeOwned;
use tokio_stream::StreamExt as _;

use super::House;
use super::answer::Failed;
use crate::fault::{fault, unavailable};
use crate::sign_in::{Session, unauthenticated};

/// How long a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(15);

/// A JSON body of exactly this shape.
#[derive(Debug)]
pub(super) struct Wire<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<House> for Wire<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, _: &House) -> Result<Self, Failed> {
        let body = read(request.into_body(), BODY_MAX).await?;
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            let message = format!(
                "The body is not what this route takes: {error}. Send it as JSON; nothing was changed."
            );
            fault(FaultCode::Malformed, message).into()
        })
    }
}

/// Reads a body up to a limit, from a sender who keeps sending.
pub(super) async fn read(body: Body, max: usize) -> Result<Bytes, Failed> {
    let too_large = || {
        let message =
            format!("The body is larger than {max} bytes; send less at a time. Nothing was changed.");
        Err(fault(FaultCode::TooLarge, message).into())
    };
    // Whoever announces too much is told at once, and not heard.
    if body.size_hint().lower() > max as u64 {
        return too_large();
    }
    match tokio::time::timeout(BODY_PATIENCE, axum::body::to_bytes(body, max)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => too_large(),
        Ok(Err(_)) | Err(_) => Err(not_whole()),
    }
}

/// A body, as far as it was taken.
#[derive(Debug)]
pub(super) enum Taken {
    /// All of it.
    Whole(Bytes),
    /// More than the limit came: what was heard until then, and how much it is, where its sender said so.
    Beginning {
        /// The bytes up to the limit.
        head: Vec<u8>,
        /// The size the sender announced.
        announced: Option<u64>,
    },
}

/// Reads a body whose beginning is worth keeping where the whole is too large; then its sender is not heard
/// any further.
pub(super) async fn read_beginning(body: Body, max: usize) -> Result<Taken, Failed> {
    let announced = body.size_hint().exact();
    let mut chunks = body.into_data_stream();
    let reading = async {
        let mut heard = Vec::new();
        while let Some(chunk) = chunks.next().await {
            heard.extend_from_slice(&chunk?);
            if heard.len() > max {
                heard.truncate(max);
                return Ok::<_, axum::Error>(Taken::Beginning { head: heard, announced });
            }
        }
        Ok(Taken::Whole(heard.into()))
    };
    match tokio::time::timeout(BODY_PATIENCE, reading).await {
        Ok(Ok(taken)) => Ok(taken),
        Ok(Err(_)) | Err(_) => Err(not_whole()),
    }
}

fn not_whole() -> Failed {
    fault(FaultCode::Malformed, "The body did not arrive whole; send it again. Nothing was changed.").into()
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The token of a request, if it carries one.
pub(super) fn bearer(parts: &Parts) -> Option<String> {
    let text = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

impl FromRequestParts<House> for Session {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Failed> {
        let token = bearer(parts).ok_or_else(unauthenticated)?;
        Ok(house.server.aside(move |server| server.session(&token)).await?)
    }
}

/// A place among so many at once; a fault that says to try again where all are taken for long.
pub(super) async fn place(
    places: &std::sync::Arc<tokio::sync::Semaphore>,
) -> Result<tokio::sync::OwnedSemaphorePermit, Failed> {
    let waited = tokio::time::timeout(BODY_PATIENCE, std::sync::Arc::clone(places).acquire_owned()).await;
    waited.map_err(|_| Failed::from(unavailable()))?.map_err(|_| unavailable().into())
}
