//! Answers: a fault with its status, and JSON.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{Fault, FaultCode};
use serde::Serialize;

use crate::fault::fault;

/// How long "in a moment" is.
const MOMENT_SECONDS: u64 = 2;

/// A request that came to nothing.
#[derive(Debug)]
pub(super) struct Failed {
    status: StatusCode,
    fault: Fault,
}

impl Failed {
    /// With another status than its code has.
    pub(super) const fn with(status: StatusCode, fault: Fault) -> Self {
        Self { status, fault }
    }
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        let status = match fault.code {
            FaultCode::Unauthenticated | FaultCode::WrongCredentials => StatusCode::UNAUTHORIZED,
            FaultCode::Forbidden => StatusCode::FORBIDDEN,
            FaultCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
            FaultCode::Malformed => StatusCode::BAD_REQUEST,
            FaultCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            FaultCode::NotFound => StatusCode::NOT_FOUND,
            FaultCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            FaultCode::LogDiverged => StatusCode::CONFLICT,
            FaultCode::ProtocolUnsupported => StatusCode::UPGRADE_REQUIRED,
            FaultCode::CommandReused => StatusCode::UNPROCESSABLE_ENTITY,
            FaultCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self { status, fault }
    }
}

impl From<crate::store::Error> for Failed {
    fn from(error: crate::store::Error) -> Self {
        Fault::from(error).into()
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let is_for_now =
            matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS);
        let seconds = self.fault.retry_after_seconds.or(is_for_now.then_some(MOMENT_SECONDS));
        let mut response = (self.status, Answer(self.fault)).into_response();
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A value as JSON.
#[derive(Debug)]
pub(super) struct Answer<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], Body::from(body)).into_response(),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written: {error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

pub(super) async fn no_such_route(request: Request) -> Failed {
    let message = format!(
        "There is nothing at {}; the routes begin with /v1/. Check the server's address in the settings.",
        shown(request.uri().path())
    );
    fault(FaultCode::NotFound, message).into()
}

pub(super) async fn wrong_method(request: Request) -> Response {
    let path = request.uri().path();
    let known = super::routes().into_iter().filter(|route| route.path == path).map(|route| route.method);
    // Whoever takes GET takes HEAD, which is the same without the body.
    let known = known.flat_map(|method| match method {
        Method::GET => vec![Method::GET, Method::HEAD],
        other => vec![other],
    });
    let known: Vec<String> = known.map(|method| method.to_string()).collect();
    let message = format!(
        "{} takes {}, not {}; send it so. Nothing was changed.",
        shown(path),
        known.join(" or "),
        request.method().as_str().chars().take(20).collect::<String>()
    );
    let allow = HeaderValue::try_from(known.join(", "));
    let mut response = Failed::from(fault(FaultCode::MethodNotAllowed, message)).into_response();
    if let Ok(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

fn shown(path: &str) -> String {
    path.chars().take(100).collect()
}
