//! Where log lines go: they are gathered, and a thread of its own writes them to standard error.
//!
//! A request does not wait for whoever reads the log. Nothing is lost for it: a line of an error is written before
//! its writer goes on, as are all lines when the service ends or panics; and when more than a mebibyte waits, whoever
//! logs waits too.

use std::{
    io::{self, Write},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread::Builder,
    time::Duration,
};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// More bytes than this do not wait.
const MOST: usize = 1024 * 1024;

/// For so long lines are gathered after some were written. The first after a pause is written at once.
const GATHER: Duration = Duration::from_millis(10);

/// For so long the end of the process waits for whoever reads the log.
const PATIENCE: Duration = Duration::from_secs(5);

/// The lines of this process.
static LINES: Lines = Lines::new();

/// Starts the thread that writes to standard error.
pub(super) fn start() -> io::Result<Sink> {
    Builder::new().name("log".into()).spawn(|| LINES.write_to(io::stderr))?;
    Ok(Sink { lines: &LINES, at_once: false })
}

/// Waits until every line is written, for a few seconds at most.
pub(super) fn flush() {
    LINES.flush();
}

/// What takes lines.
#[derive(Clone, Copy)]
pub(super) struct Sink {
    lines: &'static Lines,
    at_once: bool,
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }

    fn make_writer_for(&'a self, line: &Metadata<'_>) -> Self {
        Self { at_once: *line.level() == Level::ERROR, ..*self }
    }
}

impl Write for Sink {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.lines.add(line);
        if self.at_once {
            self.lines.flush();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lines on their way.
struct Lines {
    state: Mutex<State>,
    /// There is something to write, or no time to gather more.
    more: Condvar,
    /// Something was written.
    less: Condvar,
}

struct State {
    waiting: Vec<u8>,
    is_writing: bool,
    /// Whether the thread sleeps until a line comes.
    sleeps: bool,
    /// Whether somebody waits for all to be written.
    is_urgent: bool,
}

impl Lines {
    const fn new() -> Self {
        let state = State { waiting: Vec::new(), is_writing: false, sleeps: false, is_urgent: false };
        Self { state: Mutex::new(state), more: Condvar::new(), less: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, line: &[u8]) {
        let is_full = |state: &mut State| state.waiting.len() > MOST;
        let mut state = self.less.wait_while(self.state(), is_full).unwrap_or_else(PoisonError::into_inner);
        state.waiting.extend_from_slice(line);
        let wake = std::mem::take(&mut state.sleeps);
        drop(state);
        if wake {
            self.more.notify_one();
        }
    }

    fn flush(&self) {
        let mut state = self.state();
        state.is_urgent = true;
        self.more.notify_one();
        let is_left = |state: &mut State| !state.waiting.is_empty() || state.is_writing;
        drop(self.less.wait_timeout_while(state, PATIENCE, is_left));
    }

    /// Writes lines as they come, for ever.
    fn write_to<W: Write>(&self, open: impl Fn() -> W) {
        let (mut lines, mut state) = (Vec::new(), self.state());
        loop {
            state.sleeps = true;
            let is_idle = |state: &mut State| state.waiting.is_empty();
            state = self.more.wait_while(state, is_idle).unwrap_or_else(PoisonError::into_inner);
            (state.sleeps, state.is_writing, state.is_urgent) = (false, true, false);
            std::mem::swap(&mut lines, &mut state.waiting);
            drop(state);
            // Nothing is left to be done if standard error is closed.
            let _ = open().write_all(&lines);
            lines.clear();
            state = self.state();
            state.is_writing = false;
            self.less.notify_all();
            let gathers = |state: &mut State| !state.is_urgent;
            let gathered = self.more.wait_timeout_while(state, GATHER, gathers);
            state = gathered.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::mpsc::{Sender, channel},
        thread,
    };

    use super::*;

    struct Reader(Sender<Vec<u8>>);

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// More than may wait, by several threads.
    #[test]
    fn every_line_is_written_in_the_order_of_its_thread() {
        let lines: &'static Lines = Box::leak(Box::new(Lines::new()));
        let (sender, written) = channel();
        thread::spawn(move || lines.write_to(|| Reader(sender.clone())));
        let line = |by: usize, number: usize| format!("{by} {number} {}\n", "x".repeat(100));
        thread::scope(|scope| {
            for by in 0..4 {
                scope.spawn(move || (0..5_000).for_each(|number| lines.add(line(by, number).as_bytes())));
            }
        });
        lines.flush();
        let text = String::from_utf8(written.try_iter().flatten().collect()).expect("text");
        assert!(text.len() > MOST);
        for by in 0..4 {
            let of_one: String = text.split_inclusive('\n').filter(|line| line.starts_with(&by.to_string())).collect();
            assert_eq!(of_one, (0..5_000).map(|number| line(by, number)).collect::<String>());
        }
    }
}
