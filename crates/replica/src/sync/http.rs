//! The server's routes, as this desk calls them.

use std::sync::Arc;
use std::time::Duration;

use incident::Timestamp;
use protocol::{Fault, FaultCode, Frame, PullRequest, PushReply, PushRequest, SignIn, SignedIn, TimeReply};
use reqwest::{Client, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use sse_stream::{Sse, SseStream};
use tokio::sync::Notify;
use tokio_stream::{Stream, StreamExt as _};

/// Longest wait for an answer that is no stream.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the line failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// The session is not valid any more.
    #[error("the session has ended; sign in again")]
    SignedOut,
    /// The protocol versions differ.
    #[error("this desk and the server speak different versions")]
    OutOfDate,
    /// The server follows another history.
    #[error("the server was restored to another history")]
    Diverged,
    /// No byte for too long.
    #[error("the server went silent")]
    Silent,
    /// The stream ended in order.
    #[error("the server closed the line")]
    Ended,
    /// The server will never take this body as it is.
    #[error("{0}")]
    Rejected(String),
    /// The server is there and cannot do it now.
    #[error("{0}")]
    Busy(String),
    /// This computer's copy is damaged.
    #[error("this computer's copy is damaged: {0}")]
    Damaged(String),
    /// Anything else, in words.
    #[error("{0}")]
    Down(String),
}

/// Why nobody got in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInFault {
    /// Name or password is wrong.
    #[error("name or password is wrong")]
    WrongCredentials,
    /// Too many tries.
    #[error("{0}")]
    TooMany(String),
    /// The server cannot be reached or did not understand.
    #[error("{0}")]
    Unreachable(String),
}

/// One server, and the session with it.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client,
    base: String,
    token: String,
}

impl Http {
    /// A session with the server at `base`.
    pub fn new(base: &str, token: &str) -> Result<Self, LineFault> {
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { client: client()?, base, token: token.to_owned() })
    }

    /// Signs in with a local account.
    pub async fn sign_in(base: &str, sign_in: &SignIn) -> Result<SignedIn, SignInFault> {
        let base = base.trim_end_matches('/');
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(SignInFault::Unreachable(format!(
                "{base} is no server address; it begins with https:// or http://"
            )));
        }
        let down = |fault: LineFault| SignInFault::Unreachable(fault.to_string());
        let client = client().map_err(down)?;
        let asked = client.post(format!("{base}/v1/session")).timeout(PATIENCE).json(sign_in).send().await;
        let answer = asked.map_err(|error| down(unreachable(&error)))?;
        if answer.status().is_success() {
            return answer.json().await.map_err(|error| down(unreachable(&error)));
        }
        Err(match fault_of(answer).await {
            Some(Fault { code: FaultCode::WrongCredentials, .. }) => SignInFault::WrongCredentials,
            Some(Fault { code: FaultCode::TooMany, message, .. }) => SignInFault::TooMany(message),
            Some(Fault { message, .. }) => SignInFault::Unreachable(message),
            None => SignInFault::Unreachable("something else than Holdfast answered there".into()),
        })
    }

    /// Ends the session at the server.
    pub async fn sign_out(&self) -> Result<(), LineFault> {
        let request = self.client.delete(format!("{}/v1/session", self.base)).timeout(PATIENCE);
        self.send(request).await.map(drop)
    }

    pub(super) async fn time(&self) -> Result<Timestamp, LineFault> {
        let request = self.client.get(format!("{}/v1/time", self.base)).timeout(PATIENCE);
        Ok(self.json::<TimeReply>(request).await?.now)
    }

    pub(super) async fn push(&self, push: &PushRequest) -> Result<PushReply, LineFault> {
        let request = self.client.post(format!("{}/v1/commands", self.base)).timeout(PATIENCE).json(push);
        self.json(request).await
    }

    pub(super) async fn pull(&self, pull: &PullRequest) -> Result<Frame, LineFault> {
        self.json(self.client.post(format!("{}/v1/sync/pull", self.base)).json(pull)).await
    }

    /// Frames as they are made. `heard` is told of every piece that arrives, also of heartbeats; a line
    /// without a byte for `silence` ends as silent.
    pub(super) async fn stream(
        &self,
        pull: &PullRequest,
        silence: Duration,
        heard: Arc<Notify>,
    ) -> Result<impl Stream<Item = Result<Frame, LineFault>> + use<>, LineFault> {
        let request = self.client.post(format!("{}/v1/sync/stream", self.base)).json(pull);
        let answer = self.send(request).await?;
        let pieces = answer.bytes_stream().timeout(silence).map(move |piece| {
            let piece = piece.map_err(|_| LineFault::Silent)?.map_err(|error| {
                tracing::debug!(%error, "the stream broke");
                LineFault::Down("the line broke".into())
            });
            if piece.is_ok() {
                heard.notify_one();
            }
            piece
        });
        Ok(SseStream::from_bytes_stream(pieces).filter_map(|event| read_event(event).transpose()))
    }

    async fn json<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, LineFault> {
        self.send(request).await?.json().await.map_err(|error| unreachable(&error))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, LineFault> {
        let answer = request.bearer_auth(&self.token).send().await.map_err(|error| unreachable(&error))?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let status = answer.status();
        Err(fault_of(answer).await.map_or_else(
            || LineFault::Down(format!("something else than Holdfast answered there ({status})")),
            of_fault,
        ))
    }
}

/// A frame, a fault, or another event, which is none of ours.
fn read_event(event: Result<Sse, sse_stream::Error>) -> Result<Option<Frame>, LineFault> {
    let event = event.map_err(|error| match error {
        sse_stream::Error::Body(body) => match body.downcast::<LineFault>() {
            Ok(fault) => *fault,
            Err(other) => LineFault::Down(format!("the line broke: {other}")),
        },
        other => LineFault::Down(format!("the server's stream was not readable: {other}")),
    })?;
    match (event.event.as_deref(), event.data) {
        (Some("frame"), Some(data)) => serde_json::from_str(&data)
            .map(Some)
            .map_err(|error| LineFault::Down(format!("a frame was not readable: {error}"))),
        (Some("fault"), Some(data)) => Err(serde_json::from_str(&data)
            .map_or_else(|error| LineFault::Down(format!("a fault was not readable: {error}")), of_fault)),
        _ => Ok(None),
    }
}

/// What a fault means for the line.
fn of_fault(fault: Fault) -> LineFault {
    match fault.code {
        FaultCode::Unauthenticated | FaultCode::Forbidden => LineFault::SignedOut,
        FaultCode::LogDiverged => LineFault::Diverged,
        FaultCode::ProtocolUnsupported => LineFault::OutOfDate,
        FaultCode::Malformed | FaultCode::TooLarge | FaultCode::CommandReused => {
            LineFault::Rejected(fault.message)
        }
        FaultCode::TooMany | FaultCode::Unavailable => LineFault::Busy(fault.message),
        FaultCode::WrongCredentials | FaultCode::NotFound | FaultCode::MethodNotAllowed => {
            LineFault::Down(fault.message)
        }
    }
}

fn client() -> Result<Client, LineFault> {
    Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .tcp_keepalive(Duration::from_secs(15))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(|error| LineFault::Down(format!("the network could not be used: {error}")))
}

async fn fault_of(answer: Response) -> Option<Fault> {
    answer.json().await.ok()
}

fn unreachable(error: &reqwest::Error) -> LineFault {
    let what = if error.is_timeout() {
        "the server did not answer in time"
    } else if error.is_connect() {
        "the server cannot be reached"
    } else if error.is_decode() {
        "the server's answer was not readable"
    } else {
        "the line broke"
    };
    LineFault::Down(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(code: &str) -> Result<Option<Frame>, LineFault> {
        let data = format!(r#"{{"code":"{code}","message":"Because."}}"#);
        read_event(Ok(Sse::default().event("fault").data(data)))
    }

    #[test]
    fn a_fault_in_the_stream_means_what_it_would_as_an_answer() {
        assert_eq!(fault("log_diverged").unwrap_err(), LineFault::Diverged);
        assert_eq!(fault("unauthenticated").unwrap_err(), LineFault::SignedOut);
        assert_eq!(fault("protocol_unsupported").unwrap_err(), LineFault::OutOfDate);
        assert_eq!(fault("unavailable").unwrap_err(), LineFault::Busy("Because.".into()));
        assert!(matches!(fault("of a later version").unwrap_err(), LineFault::Down(_)));
    }

    #[test]
    fn silence_is_told_apart_from_a_broken_line() {
        let silent = sse_stream::Error::Body(Box::new(LineFault::Silent));
        assert_eq!(read_event(Err(silent)).unwrap_err(), LineFault::Silent);
        let broken = sse_stream::Error::Body("reset".into());
        assert_eq!(read_event(Err(broken)).unwrap_err(), LineFault::Down("the line broke: reset".into()));
    }

    #[test]
    fn half_a_frame_is_a_fault_and_another_event_is_nothing() {
        let half = Sse::default().event("frame").data(r#"{"epoch":"#);
        assert!(matches!(read_event(Ok(half)).unwrap_err(), LineFault::Down(_)));
        assert!(read_event(Ok(Sse::default().event("news").data("{}"))).unwrap().is_none());
    }
}
