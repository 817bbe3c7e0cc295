//! Redis with the suppressed addresses in a set.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::Command,
    time::Duration,
};

use super::suppressed;
use crate::{
    Outcome,
    process::{self, Server},
    settings::Settings,
};

/// Starts it and fills the set.
pub(super) fn start(settings: &Settings) -> Outcome<Server> {
    let address = process::free_address()?;
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--port"]);
    command.arg(address.port().to_string()).arg("--dir").arg(&settings.out);
    let server = Server::start_silent(&mut command, address, &settings.log("redis-server"))?;
    let mut connection = connect(address)?;
    let addresses: Vec<String> = suppressed(settings).collect();
    for some in addresses.chunks(1_000) {
        let mut request = format!("*{}\r\n$4\r\nSADD\r\n$10\r\nsuppressed\r\n", some.len() + 2);
        for address in some {
            write!(request, "${}\r\n{address}\r\n", address.len())?;
        }
        connection.write_all(request.as_bytes())?;
        // `:1000` and the end of the line: how many were new.
        let mut answer = vec![0; format!(":{}\r\n", some.len()).len()];
        connection.read_exact(&mut answer)?;
        if !answer.starts_with(b":") {
            return Err(format!("Redis answered {}", String::from_utf8_lossy(&answer)).into());
        }
    }
    Ok(server)
}

fn connect(address: SocketAddr) -> Outcome<TcpStream> {
    process::retried(Duration::from_secs(10), Duration::from_millis(2), || {
        TcpStream::connect(address).map_err(|error| format!("Redis: {error}").into())
    })
}
