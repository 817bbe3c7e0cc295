//! The load of `wrk`: connections that each send the next request once the answer to the last is there.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
};

use serde::Deserialize;

use crate::{Outcome, settings::Settings, systems::Body};

/// Connections that are open at once.
pub(crate) const CONNECTIONS: u32 = 32;

/// What one run of `wrk` came to. Times are in microseconds.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Load {
    pub(crate) requests: f64,
    pub(crate) duration: f64,
    /// Answers of status 400 and above, and connections that failed.
    pub(crate) errors: f64,
    pub(crate) mean: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
}

impl Load {
    /// Requests a second.
    pub(crate) fn rate(&self) -> f64 {
        self.requests / self.duration * 1e6
    }

    /// Little's law: as many requests are under way as come in a second, times the seconds that each takes. By how much
    /// that differs from the connections there are, in hundredths.
    pub(crate) fn deviation(&self) -> f64 {
        (self.rate() * self.mean / 1e6 / f64::from(CONNECTIONS) - 1.0) * 100.0
    }
}

/// Sends `body` about one recipient after the other.
pub(crate) fn load(settings: &Settings, address: SocketAddr, body: &Body, people: u64, seconds: u64) -> Outcome<Load> {
    let script = script(settings, body, people)?;
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "1", "--timeout", "10s", "--connections"]).arg(CONNECTIONS.to_string());
    wrk.args(["--duration", &format!("{seconds}s"), "--script"]).arg(&script);
    let output = wrk.arg(format!("http://{address}{}", body.path)).output().map_err(|error| format!("wrk: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().find_map(|line| line.strip_prefix("figures "));
    let line = line.ok_or_else(|| format!("wrk said: {said}{}", String::from_utf8_lossy(&output.stderr)))?;
    let load: Load = serde_json::from_str(line)?;
    if load.errors > 0.0 {
        Err(format!("{} of {} requests failed", load.errors, load.requests).into())
    } else {
        Ok(load)
    }
}

/// The script: the fixed one, with this body and these people.
fn script(settings: &Settings, body: &Body, people: u64) -> Outcome<PathBuf> {
    // Each run begins with other people: the pages that they lie on are not those of the run before.
    static RUNS: AtomicU64 = AtomicU64::new(1);
    let first = people * 41 / 97 * RUNS.fetch_add(1, Ordering::Relaxed) % people;
    let path = settings.out.join("wrk.lua");
    let begins = body.parts.iter().map(|part| format!("[==[{part}]==]")).collect::<Vec<_>>().join(", ");
    let states = body.states.iter().map(|state| format!("[==[{state}]==]")).collect::<Vec<_>>().join(", ");
    let words = |words: [&str; 8]| words.map(|word| format!("\"{word}\"")).join(", ");
    use crate::population::{DOMAINS, FAMILIES, NAMES};
    let head = format!(
        "local people, person, path = {people}, {first}, \"{}\"\nlocal parts = {{ {begins} }}\nlocal states = {{ {states} }}\n\
         local names, families, domains = {{ {} }}, {{ {} }}, {{ {} }}\n",
        body.path,
        words(NAMES),
        words(FAMILIES),
        words(DOMAINS),
    );
    let rest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wrk.lua"))?;
    fs::write(&path, head + &rest)?;
    Ok(path)
}
