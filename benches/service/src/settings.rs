//! How many, how long, and where: from the environment, each with a default.
#![expect(clippy::disallowed_methods, reason = "this is where the benchmark reads its environment")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use crate::Outcome;

/// What a run is told.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// A few minutes in all, for trying it out: `BENCH_QUICK=1`.
    pub(crate) quick: bool,
    /// Recipients of each ledger: `BENCH_SIZES=1000,100000`.
    pub(crate) sizes: Vec<u64>,
    /// The systems beside the service: `BENCH_PEERS=ceiling,ceiling-long,cerbos,redis,postgres`, or empty.
    pub(crate) peers: Vec<String>,
    /// Rounds of each part: `BENCH_ROUNDS`.
    pub(crate) rounds: usize,
    /// Seconds that are measured, and those that go before: `BENCH_SECONDS`, `BENCH_WARM_UP`.
    pub(crate) seconds: u64,
    pub(crate) warm_up: u64,
    /// Checks a second of the latency measurement: `BENCH_RATES`.
    pub(crate) rates: Vec<u64>,
    /// Recipients of the campaign: `BENCH_CAMPAIGN`.
    pub(crate) campaign: u64,
    /// Addresses in the suppression tables of the peers: `BENCH_SUPPRESSED`.
    pub(crate) suppressed: u64,
    /// Seconds of each measurement of writing: `BENCH_EVENT_SECONDS`.
    pub(crate) event_seconds: u64,
    /// Where the CSV goes: `BENCH_OUT`.
    pub(crate) out: PathBuf,
    /// Where the ledgers are kept between runs: `BENCH_LEDGERS`.
    pub(crate) ledgers: PathBuf,
    /// The repository.
    pub(crate) root: PathBuf,
}

impl Settings {
    /// Reads the environment.
    pub(crate) fn read() -> Outcome<Self> {
        let root = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;
        let quick = env::var("BENCH_QUICK").is_ok_and(|quick| quick != "0");
        let or = |full: &'static str, short: &'static str| if quick { short } else { full };
        let settings = Self {
            quick,
            sizes: list("BENCH_SIZES", or("1000,100000,1000000,10000000", "1000,100000"))?,
            peers: list("BENCH_PEERS", "ceiling,ceiling-long,cerbos,redis,postgres")?,
            rounds: one("BENCH_ROUNDS", or("5", "2"))?,
            seconds: one("BENCH_SECONDS", or("5", "2"))?,
            warm_up: one("BENCH_WARM_UP", or("2", "1"))?,
            rates: list("BENCH_RATES", or("1000,2000,3000,5000,8000,12000,20000", "1000,2000,5000,8000"))?,
            campaign: one("BENCH_CAMPAIGN", or("1000000", "100000"))?,
            suppressed: one("BENCH_SUPPRESSED", or("1000000", "100000"))?,
            event_seconds: one("BENCH_EVENT_SECONDS", or("4", "2"))?,
            out: path("BENCH_OUT", &root, "target/bench")?,
            ledgers: path("BENCH_LEDGERS", &root, "target/bench/ledgers")?,
            root,
        };
        fs::create_dir_all(settings.out.join("logs"))?;
        fs::create_dir_all(&settings.ledgers)?;
        Ok(settings)
    }

    /// The ledger that the parts with one ledger use: of a million where there is one.
    pub(crate) fn usual_size(&self) -> u64 {
        let fits = self.sizes.iter().copied().filter(|size| *size <= 1_000_000).max();
        fits.or_else(|| self.sizes.first().copied()).unwrap_or(1_000)
    }

    /// The program that is measured.
    pub(crate) fn maysend(&self) -> PathBuf {
        self.root.join("target/release/maysend")
    }

    /// Where a system writes what it has to say.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.out.join("logs").join(format!("{name}.log"))
    }
}

fn one<T: FromStr>(name: &str, default: &str) -> Outcome<T> {
    let text = env::var(name).unwrap_or_else(|_| default.to_owned());
    text.trim().parse().map_err(|_| format!("{name}={text} cannot be read").into())
}

fn list<T: FromStr>(name: &str, default: &str) -> Outcome<Vec<T>> {
    let text = env::var(name).unwrap_or_else(|_| default.to_owned());
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| word.parse().map_err(|_| format!("{name}={text} cannot be read").into())).collect()
}

fn path(name: &str, root: &Path, default: &str) -> Outcome<PathBuf> {
    let path = root.join(env::var(name).unwrap_or_else(|_| default.to_owned()));
    fs::create_dir_all(&path)?;
    Ok(fs::canonicalize(path)?)
}
