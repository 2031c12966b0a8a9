//! The open stream of frames, framed as server-sent events.
//!
//! There is no queue for a desk: a slow one gets a larger step. The session is asked for again before every
//! frame, and each stream ends after a while so that nothing lives for ever.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::{Fault, Frame, HEARTBEAT_MS, PullRequest};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::Instant;
use tokio_stream::wrappers::ReceiverStream;

use super::House;
use super::answer::Failed;
use super::wire::place;
use crate::frames::{advance, has_news};
use crate::sign_in::Session;

/// The longest a stream lives.
const LIFE: Duration = Duration::from_secs(15 * 60);
const HEARTBEAT: Duration = Duration::from_millis(HEARTBEAT_MS);

pub(super) async fn stream(house: House, session: Session, request: PullRequest) -> Result<Response, Failed> {
    let place = place(&house.streams).await?;
    // The first frame comes before the answer, so that a fault is an answer like any.
    let first = next(&house, &session, &request).await?;
    let (line, lines) = mpsc::channel(1);
    tokio::spawn(Feed { house, session, request, line, _place: place }.run(first));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store, no-transform"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(lines))).into_response())
}

async fn next(house: &House, session: &Session, request: &PullRequest) -> Result<Frame, Fault> {
    let (session, request) = (session.clone(), request.clone());
    house
        .server
        .aside(move |server| {
            let session = server.again(&session)?;
            server.pull(session.actor.person, &request)
        })
        .await
}

struct Feed {
    house: House,
    session: Session,
    request: PullRequest,
    line: mpsc::Sender<Result<Bytes, Infallible>>,
    _place: OwnedSemaphorePermit,
}

impl Feed {
    async fn run(mut self, first: Frame) {
        let ends = Instant::now() + LIFE;
        let mut head = self.house.server.head();
        let mut sessions = self.house.server.sessions().subscribe();
        let mut closing = self.house.closing.clone();
        let mut frame = first;
        let mut is_beat = true;
        loop {
            let is_behind = frame.to < *head.borrow_and_update();
            let is_moved = has_news(&frame) || (frame.to > frame.from && (is_behind || is_beat));
            if is_moved && !self.send_frame(&frame).await
                || !is_moved && is_beat && !self.send(": beat\n\n".into()).await
            {
                return;
            }
            is_beat = false;
            if !is_moved {
                tokio::select! {
                    changed = head.changed() => if changed.is_err() { return },
                    changed = sessions.changed() => if changed.is_err() { return },
                    () = tokio::time::sleep(HEARTBEAT) => is_beat = true,
                    () = self.line.closed() => return,
                    () = async { closing.wait_for(|is_closing| *is_closing).await.ok(); } => return,
                }
            }
            if Instant::now() >= ends {
                return;
            }
            frame = match next(&self.house, &self.session, &self.request).await {
                Ok(frame) => frame,
                Err(fault) => {
                    self.send_fault(&fault).await;
                    return;
                }
            };
        }
    }

    async fn send_frame(&mut self, frame: &Frame) -> bool {
        let Ok(text) = serde_json::to_string(frame) else { return false };
        let event = format!("id: {}/{}\nevent: frame\ndata: {text}\n\n", frame.epoch, frame.to);
        advance(&mut self.request, frame);
        self.send(event).await
    }

    async fn send_fault(&self, fault: &Fault) {
        if let Ok(text) = serde_json::to_string(fault) {
            self.send(format!("event: fault\ndata: {text}\n\n")).await;
        }
    }

    /// Whether the desk is still there; waits for as long as it reads slowly.
    async fn send(&self, text: String) -> bool {
        self.line.send(Ok(Bytes::from(text))).await.is_ok()
    }
}
