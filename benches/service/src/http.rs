//! As much of HTTP as a client of one's own needs: one request after the other on a connection that stays open.

use std::{
    io::{BufRead, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use crate::Outcome;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// A request as bytes.
pub(crate) fn post(path: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { reader: BufReader::with_capacity(64 * 1024, stream) })
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.reader.get_mut().write_all(request)?;
        let head = self.head()?;
        let mut body = vec![0; head.length.ok_or("an answer of unknown length")?];
        self.reader.read_exact(&mut body)?;
        Ok(Answer { status: head.status, body })
    }

    /// The connection itself, for writing while an answer is read.
    pub(crate) fn writer(&self) -> Outcome<TcpStream> {
        Ok(self.reader.get_ref().try_clone()?)
    }

    /// Ends it, for whoever writes as well.
    pub(crate) fn close(&self) {
        let _ = self.reader.get_ref().shutdown(std::net::Shutdown::Both);
    }

    /// Reads an answer whose length is told chunk by chunk, handing on its bytes as they come. Returns its status.
    pub(crate) fn stream(&mut self, mut each: impl FnMut(&[u8])) -> Outcome<u16> {
        let head = self.head()?;
        if let Some(length) = head.length {
            let mut body = vec![0; length];
            self.reader.read_exact(&mut body)?;
            each(&body);
            return Ok(head.status);
        }
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line)?;
            let mut left = usize::from_str_radix(line.trim(), 16).map_err(|_| "the answer was cut off")?;
            let is_last = left == 0;
            while left > 0 {
                let bytes = self.reader.fill_buf()?;
                let taken = bytes.len().min(left);
                if taken == 0 {
                    return Err("the answer was cut off".into());
                }
                each(bytes.get(..taken).unwrap_or_default());
                self.reader.consume(taken);
                left -= taken;
            }
            self.reader.read_line(&mut line)?;
            if is_last {
                return Ok(head.status);
            }
        }
    }

    fn head(&mut self) -> Outcome<Head> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no answer")?;
        let mut length = None;
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { return Ok(Head { status, length }) };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok();
            }
        }
    }
}

struct Head {
    status: u16,
    length: Option<usize>,
}

/// Whether a path is answered with 200.
pub(crate) fn is_ok(address: SocketAddr, path: &str) -> bool {
    let ask = || {
        let mut connection = Connection::open(address)?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n");
        connection.reader.get_mut().write_all(request.as_bytes())?;
        connection.head()
    };
    ask().is_ok_and(|head: Head| head.status == 200)
}
