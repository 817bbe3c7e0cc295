//! A campaign to everybody in the ledger: as a stream through `POST /check/batch`, and from a file through
//! `maysend screen`.

use std::{
    fs::{self, File},
    io::{BufWriter, Read as _, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    Outcome,
    figures::Csv,
    http::Connection,
    ledgers,
    population::{self, Kind},
    process,
    settings::Settings,
    systems,
    usage::{self, Machine},
};

const COLUMNS: [&str; 10] = [
    "round",
    "way",
    "recipients",
    "wall_s",
    "per_second",
    "server_us",
    "client_us",
    "peak_anonymous_mib",
    "answer_mib",
    "others_cores",
];

/// What one campaign took.
struct Took {
    wall: f64,
    server: f64,
    client: f64,
    peak: f64,
    answer: u64,
}

/// Sends the campaign in every round by each way.
pub(crate) fn run(settings: &Settings) -> Outcome<()> {
    let size = settings.campaign;
    let data_dir = ledgers::filled(settings, size)?;
    let files = Files::write(settings, size)?;
    let mut csv = Csv::create(settings, "campaign", &COLUMNS)?;
    for round in 1..=settings.rounds {
        for way in ["batch", "screen"] {
            let machine = Machine::now()?;
            let took = match way {
                "batch" => batch(settings, &data_dir, &files)?,
                _ => screen(settings, &data_dir, &files)?,
            };
            let (others, _) = machine.others(took.server + took.client)?;
            let each = |seconds: f64| seconds / size as f64 * 1e6;
            println!("round {round}, {way:<6} {size} recipients: {:.2} s, {:.0} MiB", took.wall, took.peak);
            csv.row(&[
                &round,
                &way,
                &size,
                &format!("{:.3}", took.wall),
                &format!("{:.0}", size as f64 / took.wall),
                &format!("{:.3}", each(took.server)),
                &format!("{:.3}", each(took.client)),
                &format!("{:.1}", took.peak),
                &(took.answer >> 20),
                &format!("{others:.3}"),
            ])?;
        }
    }
    files.remove()
}

/// The campaign as each way takes it.
struct Files {
    /// The lines of `POST /check/batch`.
    lines: PathBuf,
    campaign: PathBuf,
    recipients: PathBuf,
    answers: PathBuf,
}

impl Files {
    fn write(settings: &Settings, size: u64) -> Outcome<Self> {
        let file = |name: &str| settings.out.join(name);
        let files = Self {
            lines: file("campaign.ndjson"),
            campaign: file("campaign.json"),
            recipients: file("recipients.csv"),
            answers: file("screened.csv"),
        };
        fs::write(&files.campaign, population::campaign().to_string())?;
        let mut lines = BufWriter::new(File::create(&files.lines)?);
        let mut recipients = BufWriter::new(File::create(&files.recipients)?);
        writeln!(lines, "{}", json!({ "campaign": population::campaign() }))?;
        writeln!(recipients, "ref,email,subscriber")?;
        // A sender's list is in the order of its own ids, which is no order to the ledger.
        for person in 0..size {
            writeln!(lines, "{}", population::line(person))?;
            writeln!(recipients, "{person},{},individual", population::email(person))?;
        }
        lines.flush()?;
        recipients.flush()?;
        Ok(files)
    }

    fn remove(&self) -> Outcome<()> {
        [&self.lines, &self.recipients, &self.answers]
            .into_iter()
            .filter(|file| file.exists())
            .try_for_each(fs::remove_file)?;
        Ok(())
    }
}

/// Streams the file to the service and reads the answer to its end.
fn batch(settings: &Settings, data_dir: &Path, files: &Files) -> Outcome<Took> {
    let log = settings.log("campaign");
    let server = systems::serve(settings, data_dir, process::free_address()?, &log)?;
    let (before, client) = (usage::cpu_of(server.pid())?, usage::cpu_of_client()?);
    let watch = Watch::start(server.pid());
    let began = Instant::now();
    let (answer, last) = stream(server.address, &files.lines)?;
    let wall = began.elapsed().as_secs_f64();
    let (server, client) = (usage::cpu_of(server.pid())? - before, usage::cpu_of_client()? - client);
    let peak = watch.stop();
    let last: Value = serde_json::from_slice(&last).map_err(|_| "the last line is cut off")?;
    right(last.get("totals").ok_or("the last line has no totals")?, settings.campaign)?;
    Ok(Took { wall, server, client, peak, answer })
}

/// Returns how many bytes the answer has, and its last line.
fn stream(address: SocketAddr, lines: &Path) -> Outcome<(u64, Vec<u8>)> {
    let mut connection = Connection::open(address)?;
    let mut writer = connection.writer()?;
    let mut file = File::open(lines)?;
    let head = "POST /check/batch HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-ndjson\r\nContent-Length: ";
    write!(writer, "{head}{}\r\n\r\n", file.metadata()?.len())?;
    thread::scope(|scope| {
        let sending = scope.spawn(move || {
            let mut buffer = vec![0; 256 * 1024];
            loop {
                let read = file.read(&mut buffer)?;
                if read == 0 {
                    return Ok::<_, std::io::Error>(());
                }
                writer.write_all(buffer.get(..read).unwrap_or_default())?;
            }
        });
        let (mut bytes, mut last) = (0, Vec::new());
        let status = connection.stream(|chunk| {
            bytes += chunk.len() as u64;
            let ended = chunk.strip_suffix(b"\n").unwrap_or(chunk);
            if let Some(at) = ended.iter().rposition(|byte| *byte == b'\n') {
                last.clear();
                last.extend_from_slice(chunk.get(at + 1..).unwrap_or_default());
            } else {
                // The line before may have ended with the chunk before.
                if last.ends_with(b"\n") {
                    last.clear();
                }
                last.extend_from_slice(chunk);
            }
        });
        if status.is_err() {
            // Whoever sends would wait for ever.
            connection.close();
        }
        let status = status?;
        if status != 200 {
            return Err(format!("POST /check/batch: {status}: {}", String::from_utf8_lossy(&last)).into());
        }
        sending.join().map_err(|_| "the sending stopped")??;
        Ok((bytes, last))
    })
}

/// Runs `maysend screen`.
fn screen(settings: &Settings, data_dir: &Path, files: &Files) -> Outcome<Took> {
    let mut command = Command::new(settings.maysend());
    command
        .args(["screen", "--restart", "--format", "json", "--map-size", ledgers::MAP_SIZE, "--data-dir"])
        .arg(data_dir);
    command.arg("--campaign").arg(&files.campaign).arg("--output").arg(&files.answers).arg(&files.recipients);
    systems::without_decisions(data_dir)?;
    let before = usage::cpu_of_client()?;
    let began = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let watch = Watch::start(child.id());
    let done = child.wait_with_output()?;
    let wall = began.elapsed().as_secs_f64();
    let peak = watch.stop();
    if !done.status.success() {
        return Err(format!("maysend screen: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    // What the watching took is counted with it: some hundredths of a second.
    let server = usage::cpu_of_client()? - before;
    let told: Value = serde_json::from_slice(&done.stdout)?;
    right(told.get("totals").unwrap_or(&told), settings.campaign)?;
    Ok(Took { wall, server, client: 0.0, peak, answer: fs::metadata(&files.answers)?.len() })
}

/// Everybody was decided upon, and as it should be.
fn right(totals: &Value, size: u64) -> Outcome<()> {
    let number = |name: &str| totals.get(name).and_then(Value::as_u64);
    let allow = (0..size).filter(|person| Kind::of(*person).is_allowed()).count() as u64;
    if number("allow") == Some(allow) && number("deny") == Some(size - allow) {
        Ok(())
    } else {
        Err(format!("not {allow} of {size} may be mailed: {totals}").into())
    }
}

/// Looks at a process's own memory again and again, until told to stop.
struct Watch {
    thread: thread::JoinHandle<f64>,
    stop: &'static AtomicBool,
}

impl Watch {
    fn start(pid: u32) -> Self {
        // Never given back: there are a few of them in a run.
        let stop: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
        let thread = thread::spawn(move || {
            let mut peak = 0.0_f64;
            while !stop.load(Ordering::Relaxed) {
                peak = peak.max(usage::anonymous_of(pid).unwrap_or_default());
                thread::sleep(Duration::from_millis(10));
            }
            peak
        });
        Self { thread, stop }
    }

    /// The most that it was, in MiB.
    fn stop(self) -> f64 {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap_or_default()
    }
}
