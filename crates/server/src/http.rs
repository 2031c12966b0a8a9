//! The routes, under `/v1`.
//!
//! A route of the protected set is made by [`guarded`] alone, whose handler takes the session as its
//! argument: a handler without one does not compile. No route matches paths to decide who may come in.

mod answer;
mod commands;
mod connections;
mod head;
mod hooks;
mod open;
mod session;
mod stream;
mod sync;
mod wire;

use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post};
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

use crate::server::Server;
use crate::sign_in::Session;
use answer::Failed;
use wire::Wire;

pub use connections::Limits;

/// Passwords hashed at once: each takes 19 MiB and some tens of milliseconds.
const HASHING_MAX: usize = 2;
/// Streams at once.
const STREAMS_MAX: usize = 2_000;
/// Alert bodies taken in at once.
const INTAKE_MAX: usize = 16;
/// Alert bodies of one hook that are on their way at once.
const QUEUED_MAX: usize = 16;
/// How long open requests may take to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// What every route reaches.
#[derive(Clone)]
struct House {
    server: Arc<Server>,
    hashing: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    intake: Arc<Semaphore>,
    /// By hook: operators make hooks, so there are few.
    queues: Arc<Mutex<BTreeMap<i64, Arc<Semaphore>>>>,
    closing: watch::Receiver<bool>,
}

impl House {
    /// The places of one hook's bodies on their way.
    fn queue(&self, hook: i64) -> Arc<Semaphore> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(hook).or_insert_with(|| Arc::new(Semaphore::new(QUEUED_MAX))))
    }
}

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anybody,
    /// A session's token.
    Session,
    /// A hook's token.
    Hook,
}

/// A route.
#[derive(Debug)]
struct Route {
    method: Method,
    path: &'static str,
    access: Access,
    handler: MethodRouter<House>,
}

fn routes() -> Vec<Route> {
    let anybody = |method, path, handler| Route { method, path, access: Access::Anybody, handler };
    let session = |method, path, handler| Route { method, path, access: Access::Session, handler };
    let hook = |path, handler| Route { method: Method::POST, path, access: Access::Hook, handler };
    vec![
        anybody(Method::GET, "/v1/health", get(open::health)),
        anybody(Method::GET, "/v1/version", get(open::version)),
        anybody(Method::GET, "/v1/time", get(open::time)),
        anybody(Method::POST, "/v1/session", post(session::sign_in)),
        session(Method::DELETE, "/v1/session", delete(guarded_bare(session::sign_out))),
        session(Method::POST, "/v1/commands", post(guarded(commands::push))),
        session(Method::POST, "/v1/sync/pull", post(guarded(sync::pull))),
        session(Method::POST, "/v1/sync/stream", post(guarded(stream::stream))),
        hook("/v1/intake/alertmanager", post(hooks::alertmanager)),
        hook("/v1/intake/hook", post(hooks::generic)),
    ]
}

/// Every route with who may come in: what the tests walk.
pub fn paths() -> Vec<(Method, &'static str, Access)> {
    routes().into_iter().map(|route| (route.method, route.path, route.access)).collect()
}

/// A handler of the protected set with a body.
fn guarded<Body, Reply, Fut>(
    handler: impl Fn(House, Session, Body) -> Fut + Clone + Send + Sync + 'static,
) -> impl Fn(State<House>, Session, Wire<Body>) -> Fut + Clone + Send + Sync + 'static
where
    Body: DeserializeOwned + Send + 'static,
    Fut: Future<Output = Result<Reply, Failed>> + Send,
    Reply: IntoResponse,
{
    move |State(house), session, Wire(body)| handler(house, session, body)
}

/// A handler of the protected set without one.
fn guarded_bare<Reply, Fut>(
    handler: impl Fn(House, Session) -> Fut + Clone + Send + Sync + 'static,
) -> impl Fn(State<House>, Session) -> Fut + Clone + Send + Sync + 'static
where
    Fut: Future<Output = Result<Reply, Failed>> + Send,
    Reply: IntoResponse,
{
    move |State(house), session| handler(house, session)
}

fn router(house: House) -> Router {
    let mut router = Router::new();
    for route in routes() {
        router = router.route(route.path, route.handler);
    }
    let no_store = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store, no-transform"),
    );
    let no_sniff = SetResponseHeaderLayer::overriding(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // The query is left out of the logs: a hook's token may stand in it.
    let span = |request: &Request| tracing::info_span!("request", method = %request.method(), path = request.uri().path());
    router
        .fallback(answer::no_such_route)
        .method_not_allowed_fallback(answer::wrong_method)
        .layer(axum::middleware::from_fn(head::within_limits))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(no_store)
        .layer(no_sniff)
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(house)
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler broke; the request was answered with 500");
    Failed::with(StatusCode::INTERNAL_SERVER_ERROR, crate::fault::unavailable()).into_response()
}

impl Server {
    /// Serves until `stop` comes; requests under way are answered, streams end, deadlines rest.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) {
        self.serve_within(Limits::of_process(), listener, stop).await;
    }

    /// The same within limits of the caller's.
    pub async fn serve_within(
        self: Arc<Self>,
        limits: Limits,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) {
        let (closing, is_closing) = watch::channel(false);
        let house = House {
            server: Arc::clone(&self),
            hashing: Arc::new(Semaphore::new(HASHING_MAX)),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
            intake: Arc::new(Semaphore::new(INTAKE_MAX)),
            queues: Arc::default(),
            closing: is_closing.clone(),
        };
        let deadlines = tokio::spawn(crate::deadlines::run(self, is_closing.clone()));
        tokio::spawn(async move {
            stop.await;
            closing.send_replace(true);
        });
        tokio::select! {
            () = connections::answer(listener, router(house), limits, is_closing.clone()) => {}
            () = farewell(is_closing) => {}
        }
        if let Err(error) = deadlines.await {
            tracing::error!(%error, "deadlines broke: {error}");
        }
    }
}

/// Returns when the server has been closing for long enough.
async fn farewell(mut closing: watch::Receiver<bool>) {
    if closing.wait_for(|is_closing| *is_closing).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(FAREWELL).await;
}
