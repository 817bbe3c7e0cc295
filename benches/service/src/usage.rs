//! What processes used, as the kernel counts it.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::Outcome;

/// Processor time since a process began, in seconds.
pub(crate) fn cpu_of(pid: u32) -> Outcome<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    Ok(fields(&stat, [11, 12])? / ticks())
}

/// Processor time of a process and of its children: a server that answers each connection in a process of its own.
pub(crate) fn cpu_of_family(pid: u32) -> Outcome<f64> {
    let mut seconds = cpu_of(pid)?;
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(child) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        if fields(&stat, [1]).is_ok_and(|parent| parent == f64::from(pid)) {
            seconds += cpu_of(child).unwrap_or_default();
        }
    }
    Ok(seconds)
}

/// Processor time of this process and of its children that have ended.
pub(crate) fn cpu_of_client() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    Ok(fields(&stat, [11, 12, 13, 14])? / ticks())
}

/// The sum of fields of `/proc/<pid>/stat`, counted from the one after the name.
fn fields<const N: usize>(stat: &str, wanted: [usize; N]) -> Outcome<f64> {
    let (_, after) = stat.rsplit_once(") ").ok_or("a process has no state")?;
    let fields: Vec<&str> = after.split(' ').collect();
    let field = |at: &usize| fields.get(*at).and_then(|field| field.parse::<f64>().ok());
    wanted.iter().map(field).sum::<Option<f64>>().ok_or_else(|| "a process has no times".into())
}

fn ticks() -> f64 {
    rustix::param::clock_ticks_per_second() as f64
}

/// Memory of a process, in MiB.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// All of it that lies in memory, pages of files counted.
    pub(crate) resident: f64,
    /// Its own: no pages of files.
    pub(crate) anonymous: f64,
}

impl Memory {
    /// As it is now.
    pub(crate) fn of(pid: u32) -> Outcome<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
        let mebibytes = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
        };
        Ok(Self { resident: mebibytes("Rss:"), anonymous: mebibytes("Anonymous:") })
    }
}

/// A process's own memory in MiB, read in a way that takes no time of its own.
pub(crate) fn anonymous_of(pid: u32) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kibibytes.ok_or("no memory is told")? / 1024.0)
}

/// What the whole machine did between two moments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Machine {
    began: Instant,
    busy: f64,
    stolen: f64,
}

impl Machine {
    /// From now on.
    pub(crate) fn now() -> Outcome<Self> {
        let stat = fs::read_to_string("/proc/stat")?;
        let line = stat.lines().next().unwrap_or_default();
        let times: Vec<f64> = line.split_whitespace().skip(1).filter_map(|time| time.parse().ok()).collect();
        let time = |at: usize| times.get(at).copied().unwrap_or_default() / ticks();
        // user, nice, system, irq, softirq; idle and iowait are no work.
        Ok(Self { began: Instant::now(), busy: time(0) + time(1) + time(2) + time(5) + time(6), stolen: time(7) })
    }

    /// Cores that were busy with something else than `ours` seconds of processor time, since then, and cores that the
    /// host took away.
    pub(crate) fn others(self, ours: f64) -> Outcome<(f64, f64)> {
        let now = Self::now()?;
        let seconds = (now.began - self.began).max(Duration::from_millis(1)).as_secs_f64();
        Ok((((now.busy - self.busy - ours) / seconds).max(0.0), (now.stolen - self.stolen) / seconds))
    }
}
