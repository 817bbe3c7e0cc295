//! What is measured: the service on a ledger of some size, and what stands beside it.

mod cerbos;
mod postgres;
mod redis;

use std::{net::SocketAddr, process::Command, time::Duration};

use crate::{
    Outcome,
    http::{self, Connection},
    ledgers,
    population::{self, Kind},
    process::{self, Server},
    settings::Settings,
    usage::{self, Memory},
};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// The service, on a ledger of so many recipients.
    Maysend(u64),
    /// A handler that reads the body and answers a fixed decision: the ceiling.
    Ceiling,
    /// The same, with an answer as long as the service's.
    CeilingLong,
    /// Cerbos, told the recipient's state with the request.
    Cerbos,
    /// The same handler, which asks Redis whether the address is suppressed.
    Redis,
    /// The same handler, which asks PostgreSQL.
    Postgres,
}

impl System {
    /// Its name in the tables.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Maysend(_) => "maysend",
            Self::Ceiling => "ceiling",
            Self::CeilingLong => "ceiling-long",
            Self::Cerbos => "cerbos",
            Self::Redis => "redis",
            Self::Postgres => "postgres",
        }
    }

    /// How many recipients it knows; of the ceiling and of Cerbos, about how many it is asked.
    pub(crate) const fn people(self, settings: &Settings) -> u64 {
        match self {
            Self::Maysend(people) => people,
            Self::Ceiling | Self::CeilingLong | Self::Cerbos => 1_000_000,
            // One in five is in the table.
            Self::Redis | Self::Postgres => settings.suppressed * 5,
        }
    }

    /// The systems of a run: the service on each of the sizes, then the peers that are asked for.
    pub(crate) fn all(settings: &Settings, sizes: &[u64], peers: &[Self]) -> Vec<Self> {
        let wanted = |peer: &&Self| settings.peers.iter().any(|name| name == peer.name());
        sizes.iter().map(|size| Self::Maysend(*size)).chain(peers.iter().filter(wanted).copied()).collect()
    }
}

/// A body whose address changes from request to request.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Where it is sent.
    pub(crate) path: &'static str,
    /// What stands before the address, and after it up to the state, and after that.
    pub(crate) parts: Vec<String>,
    /// The state by kind of person, where it is sent along.
    pub(crate) states: Vec<String>,
    /// How the answer tells that the message may be sent; none where it always is the same.
    pub(crate) allows: Option<&'static str>,
}

impl Body {
    /// The body of `POST /check`.
    pub(crate) fn check() -> Self {
        let request = population::request(0).to_string();
        let parts = request.split(&population::email(0)).map(str::to_owned).collect();
        Self { path: "/check", parts, states: Vec::new(), allows: Some(r#""decision":"allow""#) }
    }

    /// The body about one person.
    pub(crate) fn of(&self, person: u64) -> String {
        let state = self.states.get(Kind::of(person) as usize).map_or("", String::as_str);
        let (address, parts) = (population::email(person), &self.parts);
        match parts.as_slice() {
            [before, after] => format!("{before}{address}{after}"),
            [before, between, after] => format!("{before}{address}{between}{state}{after}"),
            _ => String::new(),
        }
    }
}

/// Stores that peers ask, started once and kept.
#[derive(Debug, Default)]
pub(crate) struct Stores {
    redis: Option<Server>,
    postgres: Option<postgres::Postgres>,
}

/// A system that runs.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) server: Server,
    pub(crate) body: Body,
    /// The process of its store, where it has one.
    store: Option<u32>,
}

impl Stores {
    /// Starts a system and finds that it answers as it should.
    pub(crate) fn start(&mut self, system: System, settings: &Settings) -> Outcome<Running> {
        let log = settings.log(&format!("{}-{}", system.name(), system.people(settings)));
        let address = process::free_address()?;
        let mut body = Body::check();
        let (server, store) = match system {
            System::Maysend(size) => (maysend(settings, size, address, &log)?, None),
            System::Ceiling | System::CeilingLong => {
                body.allows = None;
                (peer(system.name(), address, "", &log)?, None)
            }
            System::Cerbos => {
                body = cerbos::body();
                (cerbos::start(settings, address, &log)?, None)
            }
            System::Redis => {
                let redis = match &mut self.redis {
                    Some(redis) => redis,
                    none => none.insert(redis::start(settings)?),
                };
                (peer("redis", address, &redis.address.to_string(), &log)?, Some(redis.pid()))
            }
            System::Postgres => {
                let postgres = match &mut self.postgres {
                    Some(postgres) => postgres,
                    none => none.insert(postgres::start(settings)?),
                };
                (peer("postgres", address, &postgres.config(), &log)?, Some(postgres.pid()))
            }
        };
        let running = Running { server, body, store };
        running.answers_rightly(system.people(settings))?;
        Ok(running)
    }
}

impl Running {
    pub(crate) const fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Seconds of processor time: of the server, and of its store.
    pub(crate) fn cpu(&self) -> Outcome<(f64, f64)> {
        let store = self.store.map_or(Ok(0.0), usage::cpu_of_family)?;
        Ok((usage::cpu_of(self.server.pid())?, store))
    }

    pub(crate) fn memory(&self) -> Outcome<Memory> {
        Memory::of(self.server.pid())
    }

    pub(crate) const fn ready_after(&self) -> Duration {
        self.server.ready_after
    }

    /// A server that decides wrongly may be fast for it.
    fn answers_rightly(&self, people: u64) -> Outcome<()> {
        let mut connection = Connection::open(self.address())?;
        for person in (0..200).map(|n| n * 7_919 % people) {
            let body = self.body.of(person);
            let answer = connection.ask(&http::post(self.body.path, "application/json", body.as_bytes()))?;
            let text = String::from_utf8_lossy(&answer.body);
            let said = self.body.allows.is_none_or(|allows| text.contains(allows) == Kind::of(person).is_allowed());
            if answer.status != 200 || !said {
                return Err(format!("person {person}, status {}: {text}; the body was {body}", answer.status).into());
            }
        }
        Ok(())
    }
}

/// The service, as it is shipped; its log goes into a file.
pub(crate) fn maysend(settings: &Settings, size: u64, address: SocketAddr, log: &std::path::Path) -> Outcome<Server> {
    let data_dir = ledgers::filled(settings, size)?;
    serve(settings, &data_dir, address, log)
}

/// The service on any data directory.
pub(crate) fn serve(
    settings: &Settings,
    data_dir: &std::path::Path,
    address: SocketAddr,
    log: &std::path::Path,
) -> Outcome<Server> {
    without_decisions(data_dir)?;
    let mut command = Command::new(settings.maysend());
    command
        .args(["serve", "--map-size", ledgers::MAP_SIZE, "--bind", &address.to_string(), "--data-dir"])
        .arg(data_dir);
    Server::start(&mut command, address, "/ready", log)
}

/// Takes away the decisions of the measurement before: they would fill the disk.
pub(crate) fn without_decisions(data_dir: &std::path::Path) -> Outcome<()> {
    let decisions = data_dir.join("decisions");
    if decisions.exists() { Ok(std::fs::remove_dir_all(decisions)?) } else { Ok(()) }
}

fn peer(kind: &str, address: SocketAddr, of: &str, log: &std::path::Path) -> Outcome<Server> {
    let mut command = Command::new(std::env::current_exe()?);
    Server::start(command.args(["peer", kind, &address.to_string(), of]), address, "/ready", log)
}

/// The addresses of the suppression tables: of so many people that the settings' number of them may not be mailed.
fn suppressed(settings: &Settings) -> impl Iterator<Item = String> {
    let people = 0..settings.suppressed * 5;
    people.filter(|person| !Kind::of(*person).is_allowed()).map(population::email)
}
