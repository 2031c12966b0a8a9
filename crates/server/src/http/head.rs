//! How much the head of a request may hold, said in words; what is far beyond it the HTTP library answers bare.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use protocol::FaultCode;

use super::answer::Failed;
use crate::fault::fault;

/// Bytes of an address.
const ADDRESS_MAX: usize = 8 * 1024;
/// Bytes of all names and values of headers.
const HEADERS_MAX: usize = 32 * 1024;

/// Turns a request away whose head is too large.
pub(super) async fn within_limits(request: Request, next: Next) -> Response {
    let too_large = |status, what: String| {
        Failed::with(status, fault(FaultCode::TooLarge, format!("{what} Nothing was changed.")))
            .into_response()
    };
    let query = request.uri().query().map_or(0, str::len);
    if request.uri().path().len() + query > ADDRESS_MAX {
        let what = format!("The address is longer than {ADDRESS_MAX} bytes; send what is long in the body.");
        return too_large(StatusCode::URI_TOO_LONG, what);
    }
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers > HEADERS_MAX {
        let what = format!(
            "The headers hold more than {HEADERS_MAX} bytes; leave out what this server does not use."
        );
        return too_large(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, what);
    }
    next.run(request).await
}
