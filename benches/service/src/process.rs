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
        while !http::is_ok(address, path) {
            if let Some(status) = server.child.try_wait()? {
                let said = fs::read_to_string(log).unwrap_or_default();
                return Err(format!("{command:?} ended with {status}: {said}").into());
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("{command:?} was not ready within {PATIENCE:?}").into());
            }
            std::thread::sleep(Duration::from_micros(500));
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
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && asked.elapsed() < PATIENCE / 4 {
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address of this machine that nobody listens on.
pub(crate) fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}
