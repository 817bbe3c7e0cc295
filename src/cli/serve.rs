//! `maysend serve`: the service itself.

mod retention;

use std::{io, path::PathBuf, process::ExitCode, sync::Arc};

use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

use self::retention::Retention;
use super::Failure;
use crate::{
    app::App,
    check::{self, Memory},
    clock,
    config::{Config, Flags},
    decisions::DecisionLog,
    http,
    integrity::signer,
    store::{Store as _, key_file, lmdb},
    telemetry,
};

/// Serve the HTTP API.
///
/// Settings come from the shipped defaults, then a file, then the environment (`MAYSEND_HTTP__BIND=0.0.0.0:8080`),
/// then these flags; `deploy/maysend.toml` describes every key. SIGTERM and SIGINT stop the service once requests in
/// flight have finished and everything acknowledged is on disk.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend serve
  maysend serve --bind 0.0.0.0:8080 --data-dir /var/lib/maysend --log-format json
  MAYSEND_CONFIG=/etc/maysend.toml maysend serve")]
pub(super) struct Serve {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT", help_heading = "Service")]
    bind: Option<String>,
    /// A file of settings, laid over the shipped defaults
    #[arg(long, value_name = "FILE", help_heading = "Service")]
    config: Option<PathBuf>,
    /// The data directory [default: maysend-data]
    #[arg(long, value_name = "DIR", help_heading = "Ledger")]
    data_dir: Option<String>,
    /// The file of the secret key [default: `key` in the data directory]
    #[arg(long, value_name = "FILE", help_heading = "Ledger")]
    key_file: Option<String>,
    /// What the store may grow to, as in `64 GiB` [default: 16 GiB]
    #[arg(long, value_name = "SIZE", help_heading = "Ledger")]
    map_size: Option<String>,
    /// Use a data directory on a network file system all the same
    #[arg(long, help_heading = "Ledger")]
    allow_network_fs: bool,
    /// Which lines are logged: a level, or directives such as `info,maysend=debug` [default: info]
    #[arg(long, value_name = "FILTER", help_heading = "Log")]
    log: Option<String>,
    /// How lines are logged: text or json [default: text]
    #[arg(long, value_name = "FORMAT", help_heading = "Log")]
    log_format: Option<String>,
}

impl Serve {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::load(&self.flags())?;
        let _logging = telemetry::init(&config.log)?;
        // Large bodies are worked on aside, and no more of them at once than there are cores: they must not crowd out the
        // small ones. Measured on two cores, with sixteen callers who send messages of 1 MB each, the median small check
        // took 0.9 s where they were read in place, 8 ms with as many threads as came, and 0.5 ms with one a core.
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.max_blocking_threads(cores).enable_all().build().map_err(Failure::Start)?;
        runtime.block_on(serve(config))?;
        Ok(ExitCode::SUCCESS)
    }

    fn flags(&self) -> Flags {
        Flags { file: self.config.clone(), ..Flags::default() }
            .with("--bind", "http.bind", self.bind.clone())
            .with("--data-dir", "store.data_dir", self.data_dir.clone())
            .with("--key-file", "store.key_file", self.key_file.clone())
            .with("--map-size", "store.map_size", self.map_size.clone())
            .with("--allow-network-fs", "store.allow_network_fs", self.allow_network_fs.then_some("true"))
            .with("--log", "log.filter", self.log.clone())
            .with("--log-format", "log.format", self.log_format.clone())
    }
}

async fn serve(config: Config) -> Result<(), Failure> {
    let stop = Stop::listen().map_err(Failure::Start)?;
    // The port comes first: when it is taken, no data directory and no key are left behind.
    let bind = config.http.bind;
    let listener = TcpListener::bind(bind).await.map_err(|error| {
        if error.kind() == io::ErrorKind::AddrInUse { Failure::PortInUse(bind) } else { Failure::Listen(bind, error) }
    })?;
    let address = listener.local_addr().map_err(Failure::Start)?;
    let identity = key_file::load_or_create(&config.store)?;
    let store = Arc::new(lmdb::open(&config.store, &identity)?);
    let decisions = DecisionLog::open(&config.store.data_dir, config.decisions, check::book())?;
    let signer = signer::load_or_create(&signer::file(None, &config.store.data_dir))?;
    let app = App {
        config,
        store: store.clone(),
        decisions: Arc::clone(&decisions),
        identity,
        signer,
        memory: Memory::default(),
        started_at: clock::now(),
    };
    let app = Arc::new(app);
    let retention = Retention::start(Arc::clone(&app)).map_err(Failure::Start)?;
    tracing::info!(%address, "listening on http://{address} (read and try it at http://{address}/docs)");
    let served = http::serve(listener, app, stop.asked()).await;
    // The writer's queue comes last: whoever was told "recorded" was told the truth, and so it stays.
    let close = move || {
        retention.stop();
        decisions.close();
        store.close();
    };
    let closed = tokio::task::spawn_blocking(close).await;
    served.and(closed.map_err(io::Error::other)).map_err(Failure::Serve)?;
    tracing::info!("stopped: everything acknowledged is on disk");
    Ok(())
}

/// The signals that stop the service. They are caught from before it listens, so that none is missed.
struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    fn listen() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn asked(mut self) {
        let name = tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = name, "stopping on {name}: requests in flight are finished first");
    }
}
