//! A disk that is full while decisions are made: the service on a small disk of its own, for each `on_full`.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::process::Service;

/// How long the service may take for what it promises.
const PATIENCE: Duration = Duration::from_secs(30);

/// A service whose data directory lies on a disk of 12 MiB, which only it can see.
struct Small {
    service: Service,
    /// The disk, as it is reached from here.
    disk: PathBuf,
}

impl Small {
    fn start(above: &Path, on_full: &str) -> Self {
        let disk = above.join("disk");
        fs::create_dir(&disk).unwrap();
        let config = above.join("maysend.toml");
        let settings = format!(
            "[decisions]\non_full = '{on_full}'\nmax_size = '2 MiB'\n[http]\ntimeout_seconds = 60\n[store]\nmap_size = '64 MiB'\n"
        );
        fs::write(&config, settings).unwrap();
        let root = rustix::process::geteuid().is_root();
        let apart: &[&str] = if root { &["--mount"] } else { &["--user", "--map-root-user", "--mount"] };
        let script = format!(
            "mount -t tmpfs -o size=12m tmpfs '{disk}' && exec '{}' serve --bind 127.0.0.1:0 --config '{}' --data-dir '{disk}/data'",
            env!("CARGO_BIN_EXE_maysend"),
            config.display(),
            disk = disk.display(),
        );
        let mut command = Command::new("unshare");
        let service = Service::of(command.args(apart).args(["sh", "-c", &script]));
        let disk = PathBuf::from(format!("/proc/{}/root{}", service.id(), disk.display()));
        Self { service, disk }
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let file = OpenOptions::new().create(true).append(true).open(self.disk.join("filler")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while (&file).write_all(&vec![1; size]).is_ok() {}
        }
        // Half a page may have been left by a write that broke off.
        let end = file.metadata().unwrap().len();
        assert!(file.write_all_at(&[1; 1 << 13], end).is_err(), "the disk is full");
    }

    fn make_room(&self) {
        fs::remove_file(self.disk.join("filler")).unwrap();
    }

    fn check(&self) -> (u16, Value) {
        let request = json!({
            "sender": "acme", "channel": "email", "purpose": "commercial", "recipient": { "email": "jo@example.com" },
        });
        call("POST", &format!("{}/check", self.service.url), &request)
    }

    fn ready(&self) -> (u16, Value) {
        call("GET", &format!("{}/ready", self.service.url), &Value::Null)
    }

    fn counters(&self) -> [u64; 5] {
        let (_, status) = call("GET", &format!("{}/status", self.service.url), &Value::Null);
        ["decided", "logged", "dropped", "blocked", "refused"].map(|name| status["decisions"][name].as_u64().unwrap())
    }

    /// Checks until one comes out otherwise than usual; gives that one.
    fn check_until(&self, unusual: impl Fn(u16, &Value) -> bool) -> (u16, Value) {
        let begun = Instant::now();
        loop {
            let (status, answer) = self.check();
            if unusual(status, &answer) {
                return (status, answer);
            }
            assert!(begun.elapsed() < PATIENCE, "nothing else than {status} {answer}");
        }
    }
}

fn call(method: &str, url: &str, body: &Value) -> (u16, Value) {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(2 * PATIENCE)).build().into();
    let request = ureq::http::Request::builder().method(method).uri(url).header("content-type", "application/json");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut answer = agent.run(request.body(body).unwrap()).unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
}

fn not_logged(answer: &Value) -> bool {
    answer["warnings"].as_array().is_some_and(|all| all.iter().any(|warning| warning["code"] == "not_logged"))
}

fn start(on_full: &str) -> (tempfile::TempDir, Small) {
    let above = tempfile::tempdir().unwrap();
    let small = Small::start(above.path(), on_full);
    let profile = json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" });
    assert_eq!(call("PUT", &format!("{}/senders/acme", small.service.url), &profile).0, 201);
    assert_eq!(small.check().0, 200);
    small.fill();
    (above, small)
}

#[test]
fn a_check_that_cannot_be_kept_is_refused_until_there_is_room() {
    let (_above, small) = start("fail_closed");
    let (status, problem) = small.check_until(|status, _| status != 200);
    assert_eq!((status, &problem["type"]), (507, &json!("urn:maysend:problem:decision-log-full")), "{problem}");
    assert!(problem.get("decision").is_none(), "{problem}");
    let (status, ready) = small.ready();
    assert_eq!((status, ready["ready"].as_bool()), (503, Some(false)), "{ready}");
    assert!(ready["reasons"].as_array().unwrap().contains(&json!("decision_log_full")), "{ready}");
    small.make_room();
    let (_, answer) = small.check_until(|status, _| status == 200);
    assert!(!not_logged(&answer), "{answer}");
    assert_eq!(small.ready().0, 200);
    let [decided, logged, dropped, _, refused] = small.counters();
    assert!(decided == logged && dropped == 0 && refused > 0, "{:?}", small.counters());
}

#[test]
fn a_check_that_cannot_be_kept_waits_for_room() {
    let (_above, small) = start("block");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            // Every one is answered at last, and none is refused: the last of them once there is room.
            while small.counters()[3] == 0 {
                assert_eq!(small.check().0, 200);
            }
            small.counters()
        });
        let begun = Instant::now();
        while small.counters()[3] == 0 {
            assert!(begun.elapsed() < PATIENCE, "none waits: {:?}", small.counters());
        }
        assert_eq!(small.ready(), (503, json!({ "ready": false, "reasons": ["decision_log_full"] })));
        small.make_room();
        let [decided, logged, dropped, blocked, refused] = waiting.join().unwrap();
        assert!(decided == logged && dropped == 0 && blocked > 0 && refused == 0, "{:?}", small.counters());
    });
    assert_eq!((small.check().0, small.ready().0), (200, 200));
}

#[test]
fn a_check_that_cannot_be_kept_is_answered_counted_and_says_so() {
    let (_above, small) = start("drop");
    let (status, answer) = small.check_until(|_, answer| not_logged(answer));
    assert_eq!((status, &answer["decision"]), (200, &json!("deny")));
    let id = answer["decision_id"].as_str().unwrap();
    assert_eq!(call("GET", &format!("{}/decisions/{id}", small.service.url), &Value::Null).0, 404);
    let (status, ready) = small.ready();
    assert_eq!((status, &ready["reasons"]), (200, &json!(["decision_log_dropping"])), "{ready}");
    let [decided, logged, dropped, ..] = small.counters();
    assert!(decided == logged + dropped && dropped > 0, "{:?}", small.counters());
    small.make_room();
    small.check_until(|status, answer| status == 200 && !not_logged(answer));
    assert_eq!(small.ready().1, json!({ "ready": true, "reasons": [] }));
}
