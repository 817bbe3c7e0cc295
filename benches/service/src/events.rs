//! Writing: events that are durable before they are answered, one at a time and many at once, a file through
//! `maysend import`, and what checks take meanwhile.

use std::{
    fmt::Write as _,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    Outcome,
    figures::Csv,
    http::{self, Connection},
    ledgers, open_loop, population, process, rates,
    settings::Settings,
    systems::{self, Body},
    usage,
};

/// Events of one body where many are sent at once.
const BULK: u64 = 5_000;
/// Checks a second while others write.
const READS: u64 = 2_000;
/// Clients that write at once.
const CLIENTS: u64 = 64;

/// Numbers of events and of people that no ledger has yet.
static NEXT: AtomicU64 = AtomicU64::new(1_000_000_000);

/// Measures on copies of a ledger, so that the ledger stays as it is.
pub(crate) fn run(settings: &Settings) -> Outcome<()> {
    let mut written =
        Csv::create(settings, "events", &["round", "way", "clients", "events", "seconds", "per_second", "server_us"])?;
    let mut reads = Csv::create(
        settings,
        "reads-while-writing",
        &["round", "writer", "checks_per_second", "events_per_second", "p50_ms", "p99_ms", "p999_ms", "max_ms"],
    )?;
    for round in 1..=settings.rounds {
        let copy = Copy::of(settings)?;
        {
            let server = systems::serve(settings, &copy.0, process::free_address()?, &settings.log("events"))?;
            let time = Duration::from_secs(settings.event_seconds);
            for (way, clients) in [("single", 1), ("single", CLIENTS), ("bulk", 1)] {
                let before = usage::cpu_of(server.pid())?;
                let (events, seconds) = write(server.address, clients, way, &AtomicBool::new(false), Some(time))?;
                let cpu = usage::cpu_of(server.pid())? - before;
                told(&mut written, round, way, clients, events, seconds, cpu)?;
            }
            let people = settings.usual_size();
            let requests = rates::requests(&Body::check(), people);
            open_loop::run(server.address, &requests, READS, Duration::from_secs(settings.warm_up))?;
            for (writer, clients, way) in [("nobody", 0, ""), ("64 clients", CLIENTS, "single"), ("bulk", 1, "bulk")] {
                let stop = AtomicBool::new(false);
                let (came, events) = thread::scope(|scope| {
                    let writing = scope.spawn(|| write(server.address, clients, way, &stop, None));
                    let came = open_loop::run(server.address, &requests, READS, time);
                    stop.store(true, Ordering::Relaxed);
                    let (events, seconds) = writing.join().map_err(|_| "the writer stopped")??;
                    Ok::<_, Box<dyn std::error::Error + Send + Sync>>((came?, events as f64 / seconds))
                })?;
                let [p50, p99, p999, max] = [50.0, 99.0, 99.9, 100.0].map(|percent| came.percentile(percent));
                println!("round {round}, {READS} checks/s, {writer} writes {events:.0}/s: p99 {p99:.2} ms");
                let [p50, p99, p999, max] = [p50, p99, p999, max].map(|millis| format!("{millis:.4}"));
                reads.row(&[&round, &writer, &READS, &format!("{events:.0}"), &p50, &p99, &p999, &max])?;
            }
        }
        import(settings, &copy.0, round, &mut written)?;
    }
    Ok(())
}

/// A copy of the usual ledger, as long as it is needed.
struct Copy(PathBuf);

impl Copy {
    fn of(settings: &Settings) -> Outcome<Self> {
        let from = ledgers::filled(settings, settings.usual_size())?;
        systems::without_decisions(&from)?;
        let copy = Self(settings.out.join("copy"));
        copy.remove()?;
        copy_all(&from, &copy.0)?;
        Ok(copy)
    }

    fn remove(&self) -> Outcome<()> {
        if self.0.exists() { Ok(fs::remove_dir_all(&self.0)?) } else { Ok(()) }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = self.remove();
    }
}

fn copy_all(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy_all(&entry.path(), &to)? } else { fs::copy(entry.path(), to).map(drop)? }
    }
    Ok(())
}

/// Clients that each write until told to stop, or for so long. Returns how many events were kept, in how many seconds.
fn write(
    address: SocketAddr,
    clients: u64,
    way: &str,
    stop: &AtomicBool,
    time: Option<Duration>,
) -> Outcome<(u64, f64)> {
    let began = Instant::now();
    let goes_on = || !stop.load(Ordering::Relaxed) && time.is_none_or(|time| began.elapsed() < time);
    let client = || -> Outcome<u64> {
        let mut connection = Connection::open(address)?;
        let mut kept = 0;
        while goes_on() {
            let many = if way == "bulk" { BULK } else { 1 };
            let first = NEXT.fetch_add(many, Ordering::Relaxed);
            let answer = connection.ask(&request(first, many)?)?;
            if answer.status != 201 {
                return Err(format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)).into());
            }
            kept += many;
        }
        Ok(kept)
    };
    let kept = thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        clients.into_iter().map(|client| client.join().map_err(|_| "a client stopped")?).sum::<Outcome<u64>>()
    })?;
    Ok((kept, began.elapsed().as_secs_f64()))
}

/// A request that records consents of people who are not on record yet.
fn request(first: u64, many: u64) -> Outcome<Vec<u8>> {
    let mut body = String::new();
    for number in first..first + many {
        let event = json!({
            "type": "consent_given", "id": format!("n{number}"), "occurred_at": "2026-03-01T10:00:00Z",
            "sender": population::SENDER, "recipient": { "email": population::email(number) }, "how": "unticked_box",
            "channels": ["email"], "wording": "Yes, send me offers by email", "separate": true, "conditional": false,
        });
        writeln!(body, "{event}")?;
    }
    let kind = if many == 1 { "application/json" } else { "application/x-ndjson" };
    Ok(http::post("/events", kind, body.as_bytes()))
}

/// A suppression list from a file.
fn import(settings: &Settings, data_dir: &Path, round: usize, csv: &mut Csv) -> Outcome<()> {
    let rows = if settings.quick { 50_000 } else { 500_000 };
    let first = NEXT.fetch_add(rows, Ordering::Relaxed);
    let file = settings.out.join("suppressed.csv");
    let lines: String = (first..first + rows).map(|person| population::email(person) + "\n").collect();
    fs::write(&file, "email\n".to_owned() + &lines)?;
    let mut command = Command::new(settings.maysend());
    command.args(["import", "--sender", population::SENDER, "--suppression", "--map-size", ledgers::MAP_SIZE]);
    command.arg("--data-dir").arg(data_dir).arg(&file);
    let before = usage::cpu_of_client()?;
    let began = Instant::now();
    let done = command.output()?;
    let seconds = began.elapsed().as_secs_f64();
    if !done.status.success() {
        return Err(format!("maysend import: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    fs::remove_file(&file)?;
    told(csv, round, "import", 1, rows, seconds, usage::cpu_of_client()? - before)
}

fn told(csv: &mut Csv, round: usize, way: &str, clients: u64, events: u64, seconds: f64, cpu: f64) -> Outcome<()> {
    let (rate, each) = (events as f64 / seconds, cpu / events as f64 * 1e6);
    println!("round {round}, {way}, {clients} clients: {rate:.0} durable events/s, {each:.1} us of CPU each");
    csv.row(&[&round, &way, &clients, &events, &format!("{seconds:.3}"), &format!("{rate:.0}"), &format!("{each:.3}")])
}
