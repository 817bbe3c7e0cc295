//! Requests at a fixed rate, whatever becomes of those before.
//!
//! A client that waits for an answer before it asks again stops asking just when the server is slow, and so leaves the
//! slow moments out ("coordinated omission"). Here every request has a time at which it is due, and its latency counts
//! from then on, also where no connection was free to send it.

use std::{
    collections::VecDeque,
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    num::NonZeroU64,
    time::{Duration, Instant},
};

use rustix::event::{Timespec, epoll};

use crate::Outcome;

/// Connections that requests are spread over: enough that none waits for one where the server keeps up.
const CONNECTIONS: usize = 64;
/// How long the last answers are waited for. What has not come by then counts as having taken so long.
const LAST: Duration = Duration::from_secs(2);

/// What came of it: in the order of the latency, in microseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Latencies {
    sorted: Vec<f64>,
    /// Requests without an answer at the end.
    pub(crate) unanswered: usize,
    /// Answers a second, up to the last one that was waited for.
    pub(crate) per_second: f64,
}

impl Latencies {
    /// The latency that so many in a hundred do not exceed, in milliseconds.
    pub(crate) fn percentile(&self, percent: f64) -> f64 {
        let at = (self.sorted.len() as f64 * percent / 100.0).ceil() as usize;
        self.sorted.get(at.saturating_sub(1)).copied().unwrap_or_default() / 1e3
    }

    /// How many were sent.
    pub(crate) fn requests(&self) -> usize {
        self.sorted.len()
    }
}

/// Sends the requests one after the other, again and again, at `rate` a second for so long.
pub(crate) fn run(address: SocketAddr, requests: &[Vec<u8>], rate: u64, time: Duration) -> Outcome<Latencies> {
    // By default the kernel may wake a thread 50 microseconds late, which would count as the server's.
    rustix::thread::set_current_timer_slack(NonZeroU64::new(1))?;
    let mut client = Client::open(address)?;
    let many = (rate as f64 * time.as_secs_f64()) as usize;
    let began = Instant::now();
    let due = |number: usize| began + Duration::from_secs_f64(number as f64 / rate as f64);
    let mut number = 0;
    let end = due(many) + LAST;
    while client.answered.len() < many && Instant::now() < end {
        let now = Instant::now();
        while number < many && due(number) <= now {
            let request = requests.get(number % requests.len()).ok_or("no request")?;
            client.waiting.push_back((due(number), request));
            number += 1;
        }
        client.send()?;
        client.receive(if number < many { due(number) } else { end })?;
    }
    Ok(client.told(many, began, end))
}

struct Client<'a> {
    epoll: std::os::fd::OwnedFd,
    connections: Vec<Connection>,
    free: Vec<usize>,
    waiting: VecDeque<(Instant, &'a Vec<u8>)>,
    answered: Vec<f64>,
}

struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    /// When the request was due that is under way.
    due: Option<Instant>,
}

impl<'a> Client<'a> {
    fn open(address: SocketAddr) -> Outcome<Self> {
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        let mut connections = Vec::new();
        for number in 0..CONNECTIONS {
            let stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            epoll::add(&epoll, &stream, epoll::EventData::new_u64(number as u64), epoll::EventFlags::IN)?;
            connections.push(Connection { stream, received: Vec::new(), due: None });
        }
        let free = (0..CONNECTIONS).collect();
        Ok(Self { epoll, connections, free, waiting: VecDeque::new(), answered: Vec::new() })
    }

    /// Sends what is due, as far as connections are free.
    fn send(&mut self) -> Outcome<()> {
        while let Some(number) = self.free.pop() {
            let Some((due, request)) = self.waiting.pop_front() else {
                self.free.push(number);
                return Ok(());
            };
            let connection = self.connections.get_mut(number).ok_or("no connection")?;
            // A request is far smaller than what the kernel takes at once.
            connection.stream.write_all(request)?;
            connection.due = Some(due);
        }
        Ok(())
    }

    /// Takes in what has come, waiting for it no longer than up to `until`.
    fn receive(&mut self, until: Instant) -> Outcome<()> {
        let wait = until.saturating_duration_since(Instant::now());
        let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
        let mut events = Vec::with_capacity(CONNECTIONS);
        match epoll::wait(&self.epoll, rustix::buffer::spare_capacity(&mut events), Some(&wait)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for event in events {
            let number = event.data.u64() as usize;
            let connection = self.connections.get_mut(number).ok_or("no connection")?;
            let Some(status) = connection.answer()? else { continue };
            if status != *b"200" {
                return Err(format!("an answer of status {}", String::from_utf8_lossy(&status)).into());
            }
            if let Some(due) = connection.due.take() {
                self.answered.push(due.elapsed().as_secs_f64() * 1e6);
            }
            self.free.push(number);
        }
        Ok(())
    }

    fn told(self, many: usize, began: Instant, end: Instant) -> Latencies {
        let per_second = self.answered.len() as f64 / began.elapsed().as_secs_f64();
        let unanswered = many - self.answered.len();
        let under_way = self.connections.iter().filter_map(|connection| connection.due);
        let late = under_way.chain(self.waiting.iter().map(|(due, _)| *due));
        let late = late.map(|due| end.saturating_duration_since(due).as_secs_f64() * 1e6);
        let mut sorted: Vec<f64> = self.answered.iter().copied().chain(late).collect();
        sorted.sort_by(f64::total_cmp);
        Latencies { sorted, unanswered, per_second }
    }
}

impl Connection {
    /// Reads on. The status, once the answer is there to its end.
    fn answer(&mut self) -> Outcome<Option<[u8; 3]>> {
        let mut buffer = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => return Err("the server closed a connection".into()),
                Ok(read) => self.received.extend_from_slice(buffer.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error.into()),
            }
            let status = self.received.get(9..12).and_then(|status| status.try_into().ok());
            if is_whole(&self.received) {
                self.received.clear();
                return Ok(status);
            }
        }
    }
}

/// Whether an answer is there to its end.
fn is_whole(received: &[u8]) -> bool {
    let Some(head) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let (head, body) = received.split_at(head + 4);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.map_or_else(|| body.ends_with(b"0\r\n\r\n"), |length| body.len() >= length)
}
