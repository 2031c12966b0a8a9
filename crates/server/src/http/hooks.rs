//! Where monitoring tools send their alerts.

use axum::body::Body;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use protocol::FaultCode;
use serde::Deserialize;

use super::House;
use super::answer::{Answer, Failed};
use super::wire::{Taken, bearer, place, read_beginning};
use crate::clock::Clock;
use crate::fault::fault;
use crate::intake::{BODY_BYTES_MAX, Receipt, take_in};
use crate::store::Store;
use crate::store::hook::{Hook, HookKind, hook_of_token};

/// What is kept of a body larger than that.
const HEAD_KEPT: usize = 64 * 1024;

#[derive(Debug, Deserialize)]
struct InQuery {
    token: Option<String>,
}

/// A hook, by the token of the request: as bearer, or in the query for tools that can do no other.
pub(super) struct Caller(Hook);

impl FromRequestParts<House> for Caller {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Failed> {
        let refused = || {
            fault(
                FaultCode::Unauthenticated,
                "This hook's token is missing or not valid; send it as `Authorization: Bearer …` or `?token=…`. `holdfast-server intake add` makes one.",
            )
        };
        let in_query = Query::<InQuery>::try_from_uri(&parts.uri).ok().and_then(|query| query.0.token);
        let token = bearer(parts).or(in_query).ok_or_else(refused)?;
        let hook = house
            .server
            .aside(move |server| Ok(server.readers().snapshot(|conn| hook_of_token(conn, &token))?))
            .await?;
        Ok(Self(hook.ok_or_else(refused)?))
    }
}

pub(super) async fn alertmanager(
    state: State<House>,
    caller: Caller,
    body: Body,
) -> Result<Answer<Receipt>, Failed> {
    receive(state.0, caller.0, HookKind::Alertmanager, body).await
}

pub(super) async fn generic(
    state: State<House>,
    caller: Caller,
    body: Body,
) -> Result<Answer<Receipt>, Failed> {
    receive(state.0, caller.0, HookKind::Generic, body).await
}

async fn receive(house: House, hook: Hook, kind: HookKind, body: Body) -> Result<Answer<Receipt>, Failed> {
    if hook.kind != kind {
        let route = match hook.kind {
            HookKind::Alertmanager => "/v1/intake/alertmanager",
            HookKind::Generic => "/v1/intake/hook",
        };
        return Err(fault(FaultCode::Forbidden, format!("This token is for {route}; send there.")).into());
    }
    // One slow sender waits in its own hook's queue, and takes no place from the others until all of it is here.
    let queue = house.queue(hook.id);
    let _queued = place(&queue).await?;
    let body = match read_beginning(body, BODY_BYTES_MAX).await? {
        Taken::Whole(body) => body,
        Taken::Beginning { head, announced } => return Err(too_large(&house, &hook, head, announced).await),
    };
    let _place = place(&house.intake).await?;
    let (hook, body, read) = house
        .server
        .aside(move |_| {
            let read = crate::intake::read(&hook, &body)?;
            Ok((hook, body, read))
        })
        .await?;
    let take_in = move |store: &mut Store, clock: &Clock| take_in(store, clock, &hook, read, &body);
    let receipt = house.server.work_async(take_in).await??;
    Ok(Answer(receipt))
}

/// Says that a body is too large, and keeps its head for an operator to see what sends such bodies.
async fn too_large(house: &House, hook: &Hook, mut head: Vec<u8>, announced: Option<u64>) -> Failed {
    head.truncate(HEAD_KEPT);
    let size = announced.map_or_else(|| format!("more than {BODY_BYTES_MAX}"), |bytes| bytes.to_string());
    tracing::warn!(hook = hook.name, size, "hook {}: a body of {size} bytes was refused", hook.name);
    let reason = format!("the body has {size} bytes, a hook takes {BODY_BYTES_MAX}; this is its beginning");
    let id = hook.id;
    let keep = move |store: &mut Store, clock: &Clock| {
        store.write(clock.now(), |writing| writing.keep_raw(id, &reason, &head))
    };
    match house.server.work_async(keep).await {
        Ok(Ok(())) => fault(
            FaultCode::TooLarge,
            format!(
                "The body has {size} bytes; a hook takes at most {BODY_BYTES_MAX}. Nothing was raised; the first {HEAD_KEPT} bytes are kept (`holdfast-server intake kept`). Make the tool group fewer alerts per request."
            ),
        )
        .into(),
        Ok(Err(error)) => error.into(),
        Err(fault) => fault.into(),
    }
}
