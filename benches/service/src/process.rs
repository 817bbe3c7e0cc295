//! A server of a measurement: started, waited for, and ended with the measurement, however that ends.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{Outcome, http};

/// How long a server may take until it is ready, and until it has ended.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From its start until it said that it was ready.
    pub(crate) ready_after: Duration,
}

impl Server {
    /// Starts a server and waits until `path` is answered with 200.
    pub(crate) fn start(command: &mut Command, address: SocketAddr, path: &str, log: &Path) -> Outcome<Self> {
        let began = Instant::now();
        let child = spawn(command, log)?;
        let mut server = Self { child, address, ready_after: Duration::ZERO };
        let ended = retried(PATIENCE, Duration::from_micros(500), || match server.child.try_wait()? {
            None if !http::is_ok(address, path) => Err(format!("{command:?} is not ready").into()),
            status => Ok(status),
        });
        if let Some(status) = ended? {
            let said = fs::read_to_string(log).unwrap_or_default();
            return Err(format!("{command:?} ended with {status}: {said}").into());
        }
        server.ready_after = began.elapsed();
        Ok(server)
    }

    /// Starts a server that speaks no HTTP; the caller finds out when it is ready.
    pub(crate) fn start_silent(command: &mut Command, address: SocketAddr, log: &Path) -> Outcome<Self> {
        Ok(Self { child: spawn(command, log)?, address, ready_after: Duration::ZERO })
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

fn spawn(command: &mut Command, log: &Path) -> Outcome<Child> {
    let log = File::create(log)?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    command.spawn().map_err(|error| format!("cannot start {command:?}: {error}").into())
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            // PostgreSQL takes INT for "end the connections and stop", and the others for the same as TERM.
            let _ = kill_process(pid, Signal::INT);
        }
        let _ = retried(PATIENCE / 4, Duration::from_millis(2), || {
            self.child.try_wait()?.ok_or_else(|| "it has not ended".into())
        });
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Tries again and again, for so long, with a pause after each time: a server tells nobody when it is ready.
pub(crate) fn retried<T>(patience: Duration, pause: Duration, mut attempt: impl FnMut() -> Outcome<T>) -> Outcome<T> {
    let began = Instant::now();
    loop {
        match attempt() {
            Err(_) if began.elapsed() < patience => std::thread::sleep(pause),
            outcome => return outcome,
        }
    }
}

/// An address of this machine that nobody listens on.
pub(crate) fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}
