//! The paths that are counted: from the bytes of a request to those of its answer, store and log included, HTTP not.
//!
//! Each goes through a function that is never inlined, so that Callgrind can count between its first instruction and its
//! last. The key is fixed, ledger and log lie in a temporary directory, and every path is gone through twice before the
//! time that is reported.

use std::{
    pin::pin,
    sync::Arc,
    task::{self, Poll, Waker},
    time::{Duration, Instant},
};

use maysend::{
    batch::{
        chunks::{Gather, MOST_LINES},
        fault::LineFault,
        form::{self, Defaults},
        keeping,
        work::{Desk, Question, Which},
    },
    check::{
        self, Asked, Memory, Told,
        campaign::{Block, Campaign},
    },
    clock,
    config::{Decisions, Flush, OnFull, Store as StoreConfig},
    decisions::{DecisionLog, LogError},
    http::strict,
    ledger::{event::Event, identity::Identity, record, sender::Sender},
    store::{Store as _, lmdb},
};

use super::{
    Outcome,
    population::{self, Kind},
};

/// The argument that asks for what is counted.
pub(crate) const COUNTED: &str = "--counted";
/// What is counted, in this order; each makes [`CHECKS`].
pub(crate) const PATHS: [&str; 3] = ["single_allow", "single_deny", "batch"];
/// How many checks each path makes.
pub(crate) const CHECKS: usize = 1_000;
/// As many as it takes for [`CHECKS`] who may not be mailed.
const PEOPLE: u64 = 6_000;

/// Goes through every path, and lets it be counted twice.
pub(crate) fn run() -> Outcome<()> {
    let bench = Bench::new()?;
    let bodies = |allowed: bool| -> Outcome<Vec<Vec<u8>>> {
        let people = (0..PEOPLE).filter(|person| Kind::of(*person).is_allowed() == allowed).take(CHECKS);
        let bodies: Vec<_> =
            people.map(|person| serde_json::to_vec(&population::request(person))).collect::<Result<_, _>>()?;
        if bodies.len() == CHECKS { Ok(bodies) } else { Err("too few people".into()) }
    };
    let (allowed, denied) = (bodies(true)?, bodies(false)?);
    let lines: String = (0..CHECKS as u64).map(|person| population::line(person).to_string() + "\n").collect();
    let lines = lines.as_bytes();
    let campaign =
        form::campaign(population::campaign().to_string().as_bytes()).map_err(|fault| format!("{fault:?}"))?;
    // What is answered is looked at once: a path that refuses everybody would be fast.
    expect(&bench.single(&allowed)?, CHECKS, 0)?;
    expect(&bench.single(&denied)?, 0, CHECKS)?;
    let may = (0..CHECKS as u64).filter(|person| Kind::of(*person).is_allowed()).count();
    expect(&bench.batch(&campaign, lines)?, may, CHECKS - may)?;
    for _ in 0..2 {
        counted(&|| bench.single(&allowed))?;
        counted(&|| bench.single(&denied))?;
        counted(&|| bench.batch(&campaign, lines))?;
    }
    bench.store.close();
    Ok(())
}

/// What is counted: all that happens between the first instruction of this function and its last.
#[inline(never)]
fn counted(path: &dyn Fn() -> Outcome<Vec<u8>>) -> Outcome<()> {
    std::hint::black_box(path()?);
    Ok(())
}

/// A ledger, its log, its key.
struct Bench {
    identity: Identity,
    store: lmdb::Lmdb,
    log: Arc<DecisionLog>,
    memory: Memory,
    _directory: tempfile::TempDir,
}

impl Bench {
    fn new() -> Outcome<Self> {
        let directory = tempfile::tempdir()?;
        let data_dir = directory.path().join("data");
        let config = StoreConfig {
            data_dir: data_dir.clone(),
            map_size: 1 << 30,
            key: None,
            key_file: None,
            allow_network_fs: true,
        };
        let identity = Identity::new([1; 32]);
        let store = lmdb::open(&config, &identity)?;
        let config =
            Decisions { flush: Flush::EachSecond, on_full: OnFull::FailClosed, max_size: 64 << 30, max_age_days: 2192 };
        let log = DecisionLog::open(&data_dir, config, check::book())?;
        let acme: Sender = serde_json::from_value(population::profile())?;
        let mut records = vec![record::of_sender(population::SENDER, &acme, &identity, clock::now())?];
        for event in (0..PEOPLE).flat_map(population::events) {
            let event: Event = serde_json::from_value(event)?;
            records.push(record::of_event(&event, &identity, clock::now())?);
        }
        store.append(records).blocking_recv()??;
        Ok(Self { identity, store, log, memory: Memory::default(), _directory: directory })
    }

    /// As the handler of `POST /check` does it.
    fn single(&self, bodies: &[Vec<u8>]) -> Outcome<Vec<u8>> {
        let mut answers = Vec::new();
        for body in bodies {
            let request = strict::send_request(body).map_err(|problem| format!("{problem:?}"))?;
            let view = self.store.view()?;
            let context = check::Context { identity: &self.identity, now: clock::now(), full: false };
            let (told, draft) = check::check_in_writing(&request, &*view, context, asked(), &self.memory)?;
            ready(self.log.keep(draft, Duration::ZERO))?;
            match told {
                Told::Whole(answer) => serde_json::to_writer(&mut answers, &answer)?,
                Told::Written(written) => answers.extend_from_slice(written.json()),
            }
            answers.push(b'\n');
        }
        Ok(answers)
    }

    /// As `POST /check/batch` does it, chunk by chunk.
    fn batch(&self, defaults: &Defaults, lines: &[u8]) -> Outcome<Vec<u8>> {
        let now = clock::now();
        let context = check::Context { identity: &self.identity, now, full: false };
        let campaign = Campaign::of(Some(defaults.request.clone()), clock::new_id(now), &*self.store.view()?, context)?;
        let question = Question { campaign: &campaign, defaults: Some(defaults), limit: 1 << 20 };
        let (mut gather, mut input, mut answers) = (Gather::new(question.limit), lines, Vec::new());
        while let Some(chunk) = gather.feed(&mut input, MOST_LINES).or_else(|| gather.finish()) {
            let view = self.store.view()?;
            let mut block = Block::default();
            let mut tell = |_: Which<'_>, fault: LineFault, answers: &mut Vec<u8>| {
                answers.extend_from_slice(format!("{fault:?}\n").as_bytes());
            };
            let desk = Desk { question, view: &*view, context, asked: asked() };
            desk.open(&mut block, |desk| desk.chunk(&chunk, &mut tell))?;
            ready(keeping::keep(&self.log, &mut block, Duration::ZERO))?;
            answers.extend_from_slice(&block.answers);
        }
        Ok(answers)
    }
}

/// What a future comes to that has nothing to wait for: with `flush = "each_second"` the log never has.
fn ready<T>(future: impl Future<Output = Result<T, LogError>>) -> Outcome<T> {
    match pin!(future).poll(&mut task::Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Ok(done?),
        Poll::Pending => Err("the log lets a decision wait".into()),
    }
}

fn asked() -> Asked<'static> {
    Asked { request_id: Some("01a201be-6968-7763-a88b-40900834e8eb"), trace_id: None, began: Instant::now() }
}

fn expect(answers: &[u8], allow: usize, deny: usize) -> Outcome<()> {
    let answers = std::str::from_utf8(answers)?;
    let count =
        |decision: &str| answers.lines().filter(|line| line.contains(&format!(r#""decision":"{decision}""#))).count();
    let found = (count("allow"), count("deny"));
    if found == (allow, deny) {
        Ok(())
    } else {
        Err(format!("(allow, deny): {found:?}, not {:?}", (allow, deny)).into())
    }
}
