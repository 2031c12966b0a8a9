//! The same door for a browser on this computer, such as where there is no display for a window.
//!
//! It listens on 127.0.0.1 alone. Only who has the printed key gets in; it becomes a cookie that no script
//! reads, and the Host header must name the loopback, so that no web page reaches the door through it. A browser
//! keeps cookies by computer and not by port, so this one is named after its port: two desks leave each other's alone.

use std::convert::Infallible;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use replica::view::Call;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;

use crate::desk::Desk;
use crate::screen::Screen;

/// Largest call, in bytes: a full text in every field of the largest form.
const CALL_MAX: usize = 256 * 1024;
/// Stands in the page where the nonce of the policy goes.
const STYLE_NONCE: &str = "__TAURI_STYLE_NONCE__";

struct Host {
    desk: Arc<Desk>,
    screen: Screen,
    key: Key,
}

/// What lets a browser in: the key, and the cookie it becomes.
struct Key {
    secret: String,
    cookie: String,
}

impl Key {
    /// Of the host at `port`.
    fn new(secret: String, port: u16) -> Self {
        Self { cookie: format!("holdfast_door_{port}={secret}"), secret }
    }

    /// What the browser is told to keep.
    fn set_cookie(&self) -> String {
        format!("{}; HttpOnly; SameSite=Strict; Path=/", self.cookie)
    }

    /// Whether the browser has kept it.
    fn is_held(&self, headers: &HeaderMap) -> bool {
        let held = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or("");
        held.split(';').any(|cookie| cookie.trim() == self.cookie)
    }
}

/// Serves until somebody ends the desk; prints the address.
pub(crate) async fn serve(desk: Arc<Desk>, screen: Screen, port: u16) -> anyhow::Result<()> {
    let key = random().context("asking the system for randomness")?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .with_context(|| format!("listening on 127.0.0.1:{port}; choose another port with --port"))?;
    let address = listener.local_addr().context("reading the port")?;
    let said = format!(
        "Holdfast opens no window. Open this address in a browser on this computer:\n  http://{address}/?key={key}\n"
    );
    std::io::stdout().write_all(said.as_bytes()).context("printing the address")?;
    let host = Arc::new(Host { desk: Arc::clone(&desk), screen, key: Key::new(key, address.port()) });
    tokio::select! {
        served = axum::serve(listener, routes(host)).into_future() => served.context("serving the screen"),
        () = desk.ended() => Ok(()),
    }
}

fn routes(host: Arc<Host>) -> Router {
    let inside = Router::new()
        .route("/door", post(door))
        .route("/pushes", get(pushes))
        .fallback(get(file))
        .layer(axum::extract::DefaultBodyLimit::max(CALL_MAX))
        .layer(middleware::from_fn_with_state(Arc::clone(&host), only_with_key));
    inside.with_state(host)
}

#[derive(serde::Deserialize)]
struct Asked {
    key: Option<String>,
}

/// The key once in the address, afterwards in the cookie; never a foreign Host or Origin.
async fn only_with_key(
    State(host): State<Arc<Host>>,
    Query(query): Query<Asked>,
    request: Request,
    next: Next,
) -> Response {
    if !is_loopback(request.headers()) {
        return (StatusCode::FORBIDDEN, "This door is for this computer only.").into_response();
    }
    if query.key.as_deref() == Some(host.key.secret.as_str()) {
        let mut answer = Redirect::to("/").into_response();
        if let Ok(value) = HeaderValue::from_str(&host.key.set_cookie()) {
            answer.headers_mut().insert(header::SET_COOKIE, value);
        }
        return answer;
    }
    if !host.key.is_held(request.headers()) {
        return (StatusCode::UNAUTHORIZED, "Open the address that Holdfast printed; it carries the key.")
            .into_response();
    }
    next.run(request).await
}

fn is_loopback(headers: &HeaderMap) -> bool {
    let local = |value: &str| {
        let name = value.trim_start_matches("http://");
        let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
        name == "127.0.0.1" || name == "localhost"
    };
    let says = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    says(header::HOST).is_some_and(local) && says(header::ORIGIN).is_none_or(local)
}

async fn door(
    State(host): State<Arc<Host>>,
    call: Result<Json<Call>, axum::extract::rejection::JsonRejection>,
) -> Response {
    let call = match call {
        Ok(Json(call)) => call,
        Err(rejection) => {
            let error = crate::door::malformed(&rejection.body_text());
            return (StatusCode::BAD_REQUEST, Json(error)).into_response();
        }
    };
    match crate::door::answer(&host.desk, call).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}

async fn pushes(State(host): State<Arc<Host>>) -> impl IntoResponse {
    let pushes = BroadcastStream::new(host.desk.pushes()).map(|push| {
        let push = push.unwrap_or(replica::view::Push::Reload);
        Ok::<_, Infallible>(Event::default().json_data(push).unwrap_or_default())
    });
    Sse::new(pushes).keep_alive(KeepAlive::default())
}

async fn file(State(host): State<Arc<Host>>, request: Request) -> Response {
    let path = request.uri().path();
    let Some((bytes, mime)) = host.screen.file(path) else {
        return (StatusCode::NOT_FOUND, "There is no such page here.").into_response();
    };
    // The page names a nonce for the one style that a component writes at run time; the window system
    // fills it in for the window, this host for the browser.
    let Ok(nonce) = random() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "This computer gives no randomness.").into_response();
    };
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if mime.starts_with("text/html") => text.replace(STYLE_NONCE, &nonce).into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(binary) => binary.into_bytes(),
    };
    let policy = format!(
        "default-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; object-src 'none'; \
         base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
    );
    ([(header::CONTENT_TYPE, mime), (header::CONTENT_SECURITY_POLICY, policy)], bytes).into_response()
}

/// 192 bits as hex.
fn random() -> Result<String, getrandom::Error> {
    let mut secret = [0_u8; 24];
    getrandom::fill(&mut secret)?;
    Ok(secret.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What a browser sends to any port of this computer once it was told all of these.
    fn kept(keys: &[&Key]) -> HeaderMap {
        let told = keys.iter().map(|key| key.set_cookie());
        let pairs = told.filter_map(|told| {
            let (name, value) = told.split(';').next()?.split_once('=')?;
            Some((name.to_owned(), value.to_owned()))
        });
        let jar: BTreeMap<_, _> = pairs.collect();
        let sent: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let sent = HeaderValue::from_str(&sent.join("; ")).expect("a header");
        HeaderMap::from_iter([(header::COOKIE, sent)])
    }

    #[test]
    fn two_desks_on_one_computer_leave_each_other_s_key_alone() {
        let (first, second) = (Key::new("aa".into(), 4_001), Key::new("bb".into(), 4_002));
        let both = kept(&[&first, &second]);
        assert!(first.is_held(&both) && second.is_held(&both));
        assert!(!second.is_held(&kept(&[&first])));
        assert!(!first.is_held(&kept(&[&Key::new("of an earlier run".into(), 4_001)])));
    }
}
