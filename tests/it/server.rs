//! A running service on a port of its own, with an empty ledger, and the plainest client there is: it sends the bytes
//! that a test gives it, so that a test can send what no client would.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use ed25519_dalek::SigningKey;
use maysend::{
    app::App,
    check::Memory,
    clock,
    config::{Config, Decisions, Flush, Http, Log, LogFormat, OnFull, Retention, Store},
    decisions::DecisionLog,
    http,
    ledger::identity::Identity,
    store::lmdb,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot, task::JoinHandle};

/// A running service. It stops when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<std::io::Result<()>>>,
    runtime: Runtime,
    _dir: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The kind of problem that this is.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        assert_eq!(problem["instance"].as_str(), self.header("x-request-id"));
        problem["type"].as_str().expect("a type").trim_start_matches("urn:maysend:problem:").to_owned()
    }

    /// The faults of a problem: pointer or parameter, and code.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let problem = self.json();
        let told = |fault: &Value| {
            let place = fault["pointer"].as_str().or(fault["parameter"].as_str()).unwrap_or("-");
            (place.to_owned(), fault["code"].as_str().expect("a code").to_owned())
        };
        problem["errors"].as_array().map(|faults| faults.iter().map(told).collect()).unwrap_or_default()
    }
}

impl Server {
    /// A service as it is shipped.
    pub(crate) fn start() -> Self {
        Self::with(|_| {})
    }

    /// A service with a changed configuration.
    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut config = Config {
            http: Http {
                bind: "127.0.0.1:0".parse().expect("an address"),
                body_limit: 1 << 18,
                message_body_limit: 1 << 22,
                events_body_limit: 1 << 20,
                events_limit: 1000,
                batch_line_limit: 1 << 20,
                batch_idle_seconds: 10,
                timeout_seconds: 10,
                at_least_wait_ms: 100,
                shutdown_seconds: 1,
                cors_origins: Vec::new(),
            },
            store: Store {
                data_dir: dir.path().join("data"),
                map_size: 1 << 26,
                key: None,
                key_file: None,
                allow_network_fs: true,
            },
            decisions: Decisions {
                flush: Flush::EachSecond,
                on_full: OnFull::FailClosed,
                max_size: 1 << 26,
                max_age_days: 0,
            },
            retention: Retention { sends_days: 800, requests_days: 0, collections_days: 0, consents_days: 0 },
            log: Log { filter: "info".to_owned(), format: LogFormat::Text },
        };
        change(&mut config);
        let identity = Identity::new([7; 32]);
        let store = Arc::new(lmdb::open(&config.store, &identity).expect("a store"));
        let decisions =
            DecisionLog::open(&config.store.data_dir, config.decisions, maysend::check::book()).expect("a log");
        let signer = SigningKey::from_bytes(&[9; 32]);
        let app = Arc::new(App {
            config,
            store,
            decisions,
            identity,
            signer,
            memory: Memory::default(),
            started_at: clock::now(),
        });
        let runtime = Runtime::new().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind(app.config.http.bind)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            let _ = stopped.await;
        };
        let serving = Some(runtime.spawn(http::serve(listener, Arc::clone(&app), shutdown)));
        Self { address, app, stop: Some(stop), serving, runtime, _dir: dir }
    }

    /// The same with `acme` registered.
    pub(crate) fn with_acme() -> Self {
        let server = Self::start();
        let reply = server.put("/senders/acme", &json!({"legal_name": "Acme Bikes Ltd", "kind": "company"}));
        assert_eq!(reply.status, 201, "{}", reply.text());
        server
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The key that its ledger is written with.
    pub(crate) fn identity(&self) -> &Identity {
        &self.app.identity
    }

    /// Records something without asking the service.
    pub(crate) fn append(&self, records: Vec<Vec<u8>>) {
        self.app.store.append(records).blocking_recv().expect("a writer").expect("room");
    }

    /// Whether it takes new connections.
    pub(crate) fn is_listening(&self) -> bool {
        TcpStream::connect(self.address).is_ok()
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.call("GET", path, &[], "")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        self.call("POST", path, &[("Content-Type", "application/json")], &body.to_string())
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Reply {
        self.call("PUT", path, &[("Content-Type", "application/json")], &body.to_string())
    }

    pub(crate) fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        reply(self.send(format!("{request}\r\n{body}").as_bytes()))
    }

    /// Opens a connection and sends these bytes.
    pub(crate) fn send(&self, bytes: &[u8]) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).expect("a connection");
        connection.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
        // A server that refuses a request may close before all of it is sent.
        let _ = connection.write_all(bytes);
        connection
    }

    /// Asks the service to stop.
    pub(crate) fn begin_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// Waits until the service has stopped.
    pub(crate) fn wait(&mut self) {
        if let Some(serving) = self.serving.take() {
            self.runtime.block_on(serving).expect("no panic").expect("no error");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.begin_to_stop();
    }
}

/// Reads an answer to its end.
pub(crate) fn reply(mut connection: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    // A server may reset a connection on which it left something unread; what it answered came before.
    let _ = connection.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status").parse().expect("a status");
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut reply = Reply { status, headers, body: bytes[end + 4..].to_vec() };
    if reply.header("transfer-encoding") == Some("chunked") {
        reply.body = unchunked(&reply.body);
    }
    reply
}

/// A body without the sizes of its pieces.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..at]).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        let end = rest.len().min(at + 2 + size);
        body.extend_from_slice(&rest[at + 2..end]);
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    body
}
