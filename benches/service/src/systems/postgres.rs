//! PostgreSQL with the suppressed addresses in a table.

use std::{
    fs,
    io::Write as _,
    os::unix::{fs::chown, process::CommandExt as _},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use super::suppressed;
use crate::{
    Outcome,
    process::{self, Server},
    settings::Settings,
};

/// A server of its own, in a directory of its own.
#[derive(Debug)]
pub(super) struct Postgres {
    /// None, while it is being ended.
    server: Option<Server>,
    directory: PathBuf,
}

/// Starts it and fills the table.
pub(super) fn start(settings: &Settings) -> Outcome<Postgres> {
    let directory = std::env::temp_dir().join(format!("maysend-bench-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let mut postgres = Postgres { server: None, directory: directory.clone() };
    // It refuses to run as root.
    let user = rustix::process::getuid().is_root().then(user_postgres).transpose()?;
    if let Some((uid, gid)) = user {
        chown(&directory, Some(uid), Some(gid))?;
    }
    let as_user = |name: &str| -> Outcome<Command> {
        let mut command = Command::new(program(name)?);
        if let Some((uid, gid)) = user {
            command.uid(uid).gid(gid);
        }
        command.current_dir(&directory);
        Ok(command)
    };
    let data = directory.join("data");
    let mut initdb = as_user("initdb")?;
    initdb.args(["--auth=trust", "--username=bench", "--no-sync", "--encoding=UTF8", "--pgdata"]).arg(&data);
    let made = initdb.output()?;
    if !made.status.success() {
        return Err(format!("initdb: {}", String::from_utf8_lossy(&made.stderr)).into());
    }
    let address = process::free_address()?;
    let mut command = as_user("postgres")?;
    command.args([
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-p",
        &address.port().to_string(),
    ]);
    postgres.server =
        Some(Server::start_silent(command.arg("-D").arg(&data), address, &settings.log("postgres-server"))?);
    postgres.fill(settings)?;
    Ok(postgres)
}

impl Postgres {
    /// How it is reached.
    pub(super) fn config(&self) -> String {
        let port = self.server.as_ref().map_or(0, |server| server.address.port());
        format!("host=127.0.0.1 port={port} user=bench dbname=postgres")
    }

    pub(super) fn pid(&self) -> u32 {
        self.server.as_ref().map_or(0, Server::pid)
    }

    fn fill(&self, settings: &Settings) -> Outcome<()> {
        process::retried(Duration::from_secs(20), Duration::from_millis(50), || self.tell("SELECT 1", &[]))?;
        let rows: String = suppressed(settings).map(|address| address + "\n").collect();
        self.tell("CREATE TABLE suppressed (address text PRIMARY KEY)", &[])?;
        self.tell("COPY suppressed FROM STDIN", rows.as_bytes())?;
        self.tell("VACUUM (ANALYZE) suppressed", &[])
    }

    fn tell(&self, statement: &str, input: &[u8]) -> Outcome<()> {
        let mut psql = Command::new(program("psql")?);
        psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, &self.config()]);
        let mut psql = psql.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        psql.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(input))?;
        let done = psql.wait_with_output()?;
        if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned().into()) }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// Debian keeps its programs apart from those of other versions.
fn program(name: &str) -> Outcome<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin").join(name)).collect();
    found.retain(|program| program.exists());
    found.sort();
    Ok(found.pop().unwrap_or_else(|| PathBuf::from(name)))
}

fn user_postgres() -> Outcome<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")?;
    let line = users.lines().find(|line| line.starts_with("postgres:")).ok_or("there is no user `postgres`")?;
    match line.split(':').collect::<Vec<_>>().as_slice() {
        [_, _, uid, gid, ..] => Ok((uid.parse()?, gid.parse()?)),
        _ => Err("the user `postgres` has no number".into()),
    }
}
