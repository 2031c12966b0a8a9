//! The server's routes, as this desk calls them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use incident::Timestamp;
use protocol::{Fault, FaultCode, Frame, PullRequest, PushReply, PushRequest, SignIn, SignedIn, TimeReply};
use reqwest::{Client, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use sse_stream::SseStream;
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
            Some(Fault { code: FaultCode::TooMany, message }) => SignInFault::TooMany(message),
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

    /// Frames as they are made; `None` for another event. `heard` counts every piece that arrives, also the
    /// heartbeats that are comments.
    pub(super) async fn stream(
        &self,
        pull: &PullRequest,
        heard: Arc<AtomicU64>,
    ) -> Result<impl Stream<Item = Result<Option<Frame>, LineFault>> + use<>, LineFault> {
        let request = self.client.post(format!("{}/v1/sync/stream", self.base)).json(pull);
        let answer = self.send(request).await?;
        let pieces = answer.bytes_stream().map(move |piece| {
            heard.fetch_add(1, Ordering::Relaxed);
            piece
        });
        let events = SseStream::from_bytes_stream(pieces);
        Ok(events.map(|event| {
            let event = event.map_err(|error| LineFault::Down(format!("the stream broke: {error}")))?;
            match (event.event.as_deref(), event.data) {
                (Some("frame"), Some(data)) => serde_json::from_str(&data)
                    .map(Some)
                    .map_err(|error| LineFault::Down(format!("a frame was not readable: {error}"))),
                (Some("fault"), Some(data)) => Err(serde_json::from_str(&data).map_or_else(
                    |error| LineFault::Down(format!("a fault was not readable: {error}")),
                    of_fault,
                )),
                _ => Ok(None),
            }
        }))
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
        FaultCode::WrongCredentials | FaultCode::NotFound => LineFault::Down(fault.message),
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
