//! The routes as anybody on the network meets them.

use std::net::SocketAddr;
use std::sync::Arc;

use incident::Command;
use incident::command::AddNote;
use protocol::{
    BODY_MAX, Fault, FaultCode, Frame, PullRequest, PushReply, PushRequest, SignIn, SignedIn, Verdict,
};
use serde_json::Value;
use server::http::{Access, Limits, paths};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::Fixture;
use crate::fixture::{ACME, DESK, INES, MINUTE, PASSWORD, after, first, person};

/// A house that answers on a port.
pub(crate) struct Served {
    pub(crate) house: Fixture,
    pub(crate) address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    serving: tokio::task::JoinHandle<()>,
}

pub(crate) async fn serve() -> Served {
    serve_within(Limits::of_process()).await
}

pub(crate) async fn serve_within(limits: Limits) -> Served {
    let house = Fixture::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(Arc::clone(&house.server).serve_within(limits, listener, async {
        stopped.await.ok();
    }));
    Served { house, address, stop: Some(stop), serving }
}

impl Served {
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &[u8],
    ) -> (u16, String) {
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.0\r\nHost: desk\r\n{token}Content-Length: {length}\r\n\r\n");
        self.raw(&[head.as_bytes(), body].concat()).await
    }

    pub(crate) async fn raw(&self, bytes: &[u8]) -> (u16, String) {
        let answer = self.whole(bytes).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("an answer: {answer:?}"));
        (head.split(' ').nth(1).expect("a status").parse().expect("a number"), body.to_owned())
    }

    /// An answer with its head; empty where the server says nothing.
    pub(crate) async fn whole(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("connected");
        // A server that has heard enough may close before everything is sent.
        stream.write_all(bytes).await.ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok();
        String::from_utf8(answer).expect("text")
    }

    pub(crate) async fn fault(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &[u8],
    ) -> (u16, Fault) {
        let (status, body) = self.send(method, path, token, body).await;
        let fault: Fault =
            serde_json::from_str(&body).unwrap_or_else(|error| panic!("{status} {body}: {error}"));
        assert!(fault.message.len() > 20, "a sentence: {}", fault.message);
        (status, fault)
    }

    async fn sign_in(&self, name: &str, password: &str) -> (u16, String) {
        let body =
            serde_json::to_vec(&SignIn { name: name.into(), password: password.into() }).expect("json");
        self.send("POST", "/v1/session", None, &body).await
    }

    pub(crate) async fn token(&self, name: &str) -> String {
        let (status, body) = self.sign_in(name, PASSWORD).await;
        assert_eq!(status, 200, "{body}");
        serde_json::from_str::<SignedIn>(&body).expect("a session").token
    }

    pub(crate) async fn stop(mut self) -> Fixture {
        drop(self.stop.take());
        self.serving.await.expect("no panic");
        self.house
    }
}

pub(crate) fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("json")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_signs_in_pushes_and_pulls() {
    let served = serve().await;
    let token = served.token("INES ").await;
    let incident = served.house.log(ACME, "Mail is down");
    let note = served.house.envelope(Command::AddNote(AddNote { incident, text: "Looked".into() }));
    let push = json(&PushRequest { desk: DESK, epoch: None, commands: vec![note.clone()] });
    let (status, body) = served.send("POST", "/v1/commands", Some(&token), &push).await;
    assert_eq!(status, 200, "{body}");
    let reply: PushReply = serde_json::from_str(&body).expect("a reply");
    assert!(matches!(reply.outcomes[0].verdict, Verdict::Accepted { .. }));
    let (status, body) = served.send("POST", "/v1/sync/pull", Some(&token), &json(&first())).await;
    assert_eq!(status, 200, "{body}");
    let frame: Frame = serde_json::from_str(&body).expect("a frame");
    assert_eq!(frame.outcomes.last().map(|outcome| outcome.id), Some(note.id));
    let (status, _) = served.send("DELETE", "/v1/session", Some(&token), b"").await;
    assert_eq!(status, 204);
    let (status, fault) = served.fault("POST", "/v1/sync/pull", Some(&token), &json(&first())).await;
    assert_eq!((status, fault.code), (401, FaultCode::Unauthenticated));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_pull_answers_when_something_happens() {
    let served = serve().await;
    let token = served.token("ines").await;
    let frame = served.house.pull(INES, &first());
    let request = PullRequest { wait_ms: 25_000, ..after(first(), &frame) };
    // Fill what is left, so that there is nothing new.
    let frame = served.house.pull(INES, &PullRequest { wait_ms: 0, ..request.clone() });
    let mut request = after(request, &frame);
    request.scopes.iter_mut().for_each(|held| held.low = 0);
    let body = json(&request);
    let waiting = served.send("POST", "/v1/sync/pull", Some(&token), &body);
    let acting = async { served.house.log(ACME, "Mail is down") };
    let ((status, body), incident) = tokio::join!(waiting, acting);
    assert_eq!(status, 200);
    assert!(body.contains(&incident.to_string()));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_carries_frames_and_ends_with_its_session() {
    let served = serve().await;
    let token = served.token("ines").await;
    let body = json(&first());
    let mut stream = BufReader::new(TcpStream::connect(served.address).await.expect("connected"));
    let head = format!(
        "POST /v1/sync/stream HTTP/1.0\r\nHost: desk\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.get_mut().write_all(&[head.as_bytes(), &body].concat()).await.expect("sent");
    let mut frames = Vec::new();
    let mut incident = None;
    let mut heads = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.expect("read") == 0 {
            break;
        }
        if frames.is_empty() {
            heads.push_str(&line.to_lowercase());
        }
        let Some(data) = line.strip_prefix("data: ") else { continue };
        let Ok(frame) = serde_json::from_str::<Frame>(data) else {
            let fault: Fault = serde_json::from_str(data).expect("a fault");
            assert_eq!(fault.code, FaultCode::Unauthenticated);
            continue;
        };
        frames.push(frame);
        let is_told = |incident: &incident::IncidentId| data.contains(&incident.to_string());
        match &incident {
            None => incident = Some(served.house.log(ACME, "Mail is down")),
            Some(known) if is_told(known) => {
                let (status, _) = served.send("DELETE", "/v1/session", Some(&token), b"").await;
                assert_eq!(status, 204);
            }
            Some(_) => {}
        }
    }
    assert!(heads.contains("x-accel-buffering: no") && heads.contains("cache-control: no-store"), "{heads}");
    assert!(frames.windows(2).all(|pair| pair[0].to == pair[1].from));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_opens_without_its_token() {
    let served = serve().await;
    let over = served.token("bob").await;
    served.house.clock.step(31 * 24 * 60 * MINUTE);
    let gone = served.token("bob").await;
    let fired = served.token("eve").await;
    served.send("DELETE", "/v1/session", Some(&gone), b"").await;
    let mut setting = person(crate::fixture::EVE, "Eve", &[], None);
    if let incident::Setting::Person(person) = &mut setting {
        person.active = false;
    }
    served.house.act(INES, Command::Configure(incident::command::Configure { setting }));
    let tokens = [None, Some(""), Some("hfs_00"), Some(&over), Some(&gone), Some(&fired)];
    let mut walked = 0;
    for (method, path, access) in paths() {
        for token in tokens {
            let (status, body) = served.send(method.as_str(), path, token.map(|t: &str| t), b"{}").await;
            match access {
                Access::Anybody => assert_ne!(status, 401, "{path} {body}"),
                Access::Session | Access::Hook => {
                    let fault: Fault = serde_json::from_str(&body).expect("a fault");
                    assert_eq!(
                        (status, fault.code),
                        (401, FaultCode::Unauthenticated),
                        "{method} {path} {token:?}"
                    );
                }
            }
            walked += 1;
        }
    }
    assert_eq!(walked, 60);
    // A session is no hook's token.
    let token = served.token("ines").await;
    let (status, _) = served.fault("POST", "/v1/intake/hook", Some(&token), b"{}").await;
    assert_eq!(status, 401);
    // Nobody becomes somebody by a header.
    let head =
        "POST /v1/sync/pull HTTP/1.0\r\nHost: desk\r\nX-Remote-User: ines\r\nContent-Length: 2\r\n\r\n{}";
    assert_eq!(served.raw(head.as_bytes()).await.0, 401);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_role_is_refused_with_words_and_on_record() {
    let served = serve().await;
    let token = served.token("eve").await;
    let own = incident::IncidentId(served.house.id());
    let command = served.house.envelope(crate::fixture::log_incident(own, ACME, "Not mine to log"));
    let push = json(&PushRequest { desk: DESK, epoch: None, commands: vec![command] });
    let (status, body) = served.send("POST", "/v1/commands", Some(&token), &push).await;
    assert_eq!(status, 200);
    let reply: PushReply = serde_json::from_str(&body).expect("a reply");
    let Verdict::Refused { refusal } = &reply.outcomes[0].verdict else { panic!("{body}") };
    assert_eq!(refusal.code, incident::RefusalCode::NotPermitted);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_cost_patience_whether_the_name_exists_or_not() {
    let served = serve().await;
    let mut answers = Vec::new();
    for name in ["ines", "nobody"] {
        for _ in 0..6 {
            let (status, body) = served.sign_in(name, "wrong, and long enough").await;
            answers.push((status, body));
        }
    }
    let (known, unknown) = answers.split_at(6);
    assert_eq!(known, unknown, "a known name is answered like an unknown one");
    let statuses: Vec<_> = known.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
    assert_eq!(served.sign_in("ines", PASSWORD).await.0, 429, "the right one waits too");
    let body = json(&SignIn { name: "ines".into(), password: PASSWORD.into() });
    let head = format!("POST /v1/session HTTP/1.0\r\nContent-Length: {}\r\n\r\n", body.len());
    let answer = served.whole(&[head.as_bytes(), &body].concat()).await;
    assert!(answer.contains("retry-after: 30\r\n") && answer.contains("try again in 30 seconds"), "{answer}");
    served.house.clock.step(MINUTE);
    assert_eq!(served.sign_in("ines", PASSWORD).await.0, 200);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_bodies_change_nothing_and_are_told_what_to_do() {
    let served = serve().await;
    let token = served.token("ines").await;
    let head = *served.house.server.head().borrow();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let valid = String::from_utf8(json(&PushRequest {
        desk: DESK,
        epoch: None,
        commands: vec![served.house.envelope(Command::AddNote(AddNote {
            incident: incident::IncidentId(served.house.id()),
            text: "x".into(),
        }))],
    }))
    .expect("text");
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\xff\xfe\x00".to_vec(),
        deep.into_bytes(),
        valid.replacen('{', "{\"admin\":true,", 1).into_bytes(),
        valid.replace("\"text\"", "\"actor\":\"00000000-0000-7000-8000-000000000001\",\"text\"").into_bytes(),
        valid.replace("add_note", "drop_tables").into_bytes(),
        valid.replace("\"seq\":", "\"seq\":-").into_bytes(),
        valid.replace("\"at\":", "\"at\":1e400,\"was\":").into_bytes(),
    ];
    for body in &bodies {
        for path in ["/v1/commands", "/v1/sync/pull", "/v1/sync/stream", "/v1/session"] {
            let (status, fault) = served.fault("POST", path, Some(&token), body).await;
            let shown = String::from_utf8_lossy(body).chars().take(80).collect::<String>();
            assert_eq!((status, fault.code), (400, FaultCode::Malformed), "{path} {shown}");
        }
    }
    let huge = vec![b' '; BODY_MAX + 1];
    let (status, fault) = served.fault("POST", "/v1/commands", Some(&token), &huge).await;
    assert_eq!((status, fault.code), (413, FaultCode::TooLarge));
    let note = served.house.envelope(Command::AddNote(AddNote {
        incident: incident::IncidentId(served.house.id()),
        text: "x".into(),
    }));
    let many = json(&PushRequest { desk: DESK, epoch: None, commands: vec![note; 101] });
    let (status, fault) = served.fault("POST", "/v1/commands", Some(&token), &many).await;
    assert_eq!((status, fault.code), (413, FaultCode::TooLarge));
    for (method, path, wanted) in [
        ("GET", "/", 404),
        ("GET", "/v1/../etc/passwd", 404),
        ("POST", "/v1//commands", 404),
        ("POST", "/v1/%63ommands/", 404),
        ("PUT", "/v1/commands", 405),
        ("GET", "/v1/commands", 405),
    ] {
        assert_eq!(served.fault(method, path, Some(&token), b"").await.0, wanted, "{method} {path}");
    }
    assert_eq!(*served.house.server.head().borrow(), head, "nothing was written");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_method_is_told_the_right_ones() {
    let served = serve().await;
    for (method, path, allow, words) in [
        ("PUT", "/v1/session", "POST, DELETE", "/v1/session takes POST or DELETE, not PUT"),
        ("GET", "/v1/commands", "POST", "/v1/commands takes POST, not GET"),
        ("POST", "/v1/time", "GET, HEAD", "/v1/time takes GET or HEAD, not POST"),
        ("DELETE", "/v1/intake/hook", "POST", "/v1/intake/hook takes POST, not DELETE"),
    ] {
        let answer = served.whole(format!("{method} {path} HTTP/1.0\r\n\r\n").as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.0 405 "), "{answer}");
        let allowed: Vec<_> = answer.lines().filter(|line| line.starts_with("allow: ")).collect();
        assert_eq!(allowed, [format!("allow: {allow}")], "{answer}");
        assert!(answer.contains(words), "{answer}");
    }
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_may_ask_for_the_time_and_the_versions() {
    let served = serve().await;
    let (_, time) = served.send("GET", "/v1/time", None, b"").await;
    assert_eq!(time, format!("{{\"now\":{}}}", served.house.server.clock().now().millis()));
    let (_, version) = served.send("GET", "/v1/version", None, b"").await;
    let version: Value = serde_json::from_str(&version).expect("json");
    assert!(version["sqlite"].as_str().is_some_and(|sqlite| sqlite.starts_with("3.")));
    let (status, health) = served.send("GET", "/v1/health", None, b"").await;
    assert_eq!((status, health.contains("well")), (200, true));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_announces_too_much_is_refused_before_it_comes() {
    let served = serve().await;
    let head = "POST /v1/session HTTP/1.1\r\nHost: desk\r\nContent-Length: 99999999999\r\n\r\n";
    let (status, body) = served.raw(head.as_bytes()).await;
    assert_eq!(status, 413, "{body}");
    assert!(body.contains("send less at a time. Nothing was changed."), "{body}");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_or_spoken_otherwise_is_answered_in_words() {
    let served = serve().await;
    let long = "x".repeat(9_000);
    let address = format!("GET /v1/time?{long} HTTP/1.0\r\n\r\n");
    let headers = format!("GET /v1/time HTTP/1.0\r\n{}\r\n", format!("X-Long: {long}\r\n").repeat(4));
    // The first bytes of a handshake, as a browser sends them.
    let hello = "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}".to_owned();
    for (asked, status, words) in [
        (address, 414, "The address is longer than 8192 bytes"),
        (headers, 431, "The headers hold more than 32768 bytes"),
        (hello, 400, "This server speaks plain HTTP, and was spoken to in TLS"),
    ] {
        let (answered, body) = served.raw(asked.as_bytes()).await;
        let fault: protocol::Fault = serde_json::from_str(&body).expect("a fault");
        assert!(answered == status && fault.message.contains(words), "{answered} {body}");
        assert!(fault.message.contains("Nothing was changed."), "{body}");
    }
    let (status, fault) = served.fault("DELETE", "/v1/time", None, b"").await;
    assert_eq!((status, fault.code), (405, protocol::FaultCode::MethodNotAllowed));
    served.stop().await;
}
