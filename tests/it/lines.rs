//! The plainest client of `POST /check/batch`: it sends lines when a test says so, and reads the answer line by line.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// One batch.
pub(crate) struct Batch {
    connection: TcpStream,
    answer: BufReader<TcpStream>,
    /// Bytes that are left of the piece of the answer that is being read.
    left: usize,
    /// The status, once the head of the answer was read.
    status: Option<u16>,
    ended: bool,
}

/// The lines of an answer, sorted.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) opening: Value,
    pub(crate) lines: Vec<Value>,
    pub(crate) totals: Value,
}

impl Batch {
    /// Opens a connection to the service at `http://...` and begins a batch.
    pub(crate) fn open(url: &str) -> Self {
        Self::open_with(url, "")
    }

    /// The same with more lines of a head, each with its end.
    pub(crate) fn open_with(url: &str, head: &str) -> Self {
        let mut connection = TcpStream::connect(url.trim_start_matches("http://")).expect("a connection");
        connection.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        let head = format!(
            "POST /check/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n{head}\
             Transfer-Encoding: chunked\r\n\r\n"
        );
        connection.write_all(head.as_bytes()).expect("the head is sent");
        let answer = BufReader::new(connection.try_clone().expect("a connection"));
        Self { connection, answer, left: 0, status: None, ended: false }
    }

    /// A whole batch.
    pub(crate) fn of(url: &str, lines: &[impl ToString]) -> Answer {
        let mut batch = Self::open(url);
        let mut sender = batch.sender();
        let lines: String = lines.iter().map(|line| line.to_string() + "\n").collect();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                sender.send(lines.as_bytes()).expect("the lines are sent");
                sender.end();
            });
            batch.rest()
        })
    }

    /// The way to send lines, for another thread.
    pub(crate) fn sender(&self) -> Sender {
        Sender(self.connection.try_clone().expect("a connection"))
    }

    /// Sends a line.
    pub(crate) fn send(&mut self, line: impl ToString) {
        self.sender().send((line.to_string() + "\n").as_bytes()).expect("the line is sent");
    }

    /// Says that no line follows.
    pub(crate) fn end(&mut self) {
        self.sender().end();
    }

    /// The status of the answer.
    pub(crate) fn status(&mut self) -> u16 {
        if let Some(status) = self.status {
            return status;
        }
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.answer.read_line(&mut head).expect("a head"), 0, "a head: {head}");
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        assert!(status != 200 || head.to_lowercase().contains("content-type: application/x-ndjson\r\n"), "{head}");
        assert!(!head.to_lowercase().contains("content-encoding"), "{head}");
        *self.status.insert(status)
    }

    /// The next line; none once the answer has ended, or the connection is gone.
    pub(crate) fn next(&mut self) -> Option<Value> {
        let mut line = Vec::new();
        loop {
            let mut byte = [0];
            if self.read(&mut byte).unwrap_or_default() == 0 {
                assert!(line.is_empty(), "half a line: {}", String::from_utf8_lossy(&line));
                return None;
            }
            match byte {
                [b'\n'] => return Some(serde_json::from_slice(&line).expect("JSON")),
                [other] => line.push(other),
            }
        }
    }

    /// All that is left of an answer that is whole.
    pub(crate) fn rest(&mut self) -> Answer {
        let opening = self.next().expect("an opening");
        assert!(opening["campaign"]["decision_id"].is_string(), "{opening}");
        let mut lines: Vec<Value> = std::iter::from_fn(|| self.next()).collect();
        let last = lines.pop().expect("a last line");
        assert!(last["totals"].is_object(), "{last}");
        Answer { opening, lines, totals: last["totals"].clone() }
    }

    /// Whether the answer came to its end as the protocol has it.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Reads bytes of the answer's body.
    pub(crate) fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        assert_eq!(self.status(), 200);
        if self.left == 0 && !self.ended {
            let mut size = String::new();
            self.answer.read_line(&mut size)?;
            let size = size.trim();
            if size.is_empty() {
                return Ok(0);
            }
            self.left = usize::from_str_radix(size, 16).expect("a size");
            self.ended = self.left == 0;
        }
        if self.ended {
            return Ok(0);
        }
        let most = into.len().min(self.left);
        let read = self.answer.read(&mut into[..most])?;
        self.left -= read;
        if self.left == 0 {
            self.answer.read_exact(&mut [0; 2])?;
        }
        Ok(read)
    }

    /// The connection itself.
    pub(crate) fn connection(&self) -> TcpStream {
        self.connection.try_clone().expect("a connection")
    }

    /// Sends no more, and goes on reading.
    pub(crate) fn half_close(&self) {
        self.connection.shutdown(Shutdown::Write).expect("half a connection");
    }
}

/// The half of a batch that sends.
pub(crate) struct Sender(TcpStream);

impl Sender {
    /// Sends bytes, of lines or of parts of them.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let size = format!("{:x}\r\n", bytes.len());
        self.0.write_all(&[size.as_bytes(), bytes, b"\r\n"].concat())
    }

    /// Says that no line follows.
    pub(crate) fn end(&mut self) {
        // Whoever has answered already may be gone.
        let _ = self.0.write_all(b"0\r\n\r\n");
    }
}
