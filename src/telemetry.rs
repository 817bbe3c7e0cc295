//! The log: lines on standard error, and what is said of a panic.
//!
//! `lines` is what they look like, `sink` who writes them, and `request` tells to which request they belong.

mod lines;
mod request;
mod sink;

use std::{
    io::{self, IsTerminal as _, Write as _},
    panic::Location,
};

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, filter::ParseError, fmt::MakeWriter};

use self::lines::Lines;
pub use self::request::Request;
use crate::config::{Log, LogFormat};

/// Why the log cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter cannot be read.
    #[error("`log.filter` cannot be read: {0}")]
    Filter(#[from] ParseError),
    /// There is a log already.
    #[error("the log has been set up already")]
    Already,
    /// The thread that writes it cannot be started.
    #[error("the log cannot be written: {0}")]
    Thread(#[from] io::Error),
}

/// The log, set up. When this is dropped, every line is written.
#[must_use = "the last lines are lost with it"]
#[derive(Debug)]
pub struct Logging(());

impl Drop for Logging {
    fn drop(&mut self) {
        sink::flush();
    }
}

/// Sends the log to standard error, as the configuration says. Colours are for terminals alone.
///
/// # Errors
/// If the filter cannot be read, no thread be started, or the log has been set up before.
pub fn init(log: &Log) -> Result<Logging, TelemetryError> {
    let filter = EnvFilter::builder().parse(&log.filter)?;
    let colours = io::stderr().is_terminal() && log.format == LogFormat::Text;
    let lines = subscriber(log.format, colours, filter, sink::start()?);
    tracing::subscriber::set_global_default(lines).map_err(|_| TelemetryError::Already)?;
    Ok(Logging(()))
}

/// What makes lines of what is logged.
fn subscriber(
    format: LogFormat,
    colours: bool,
    filter: EnvFilter,
    to: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
) -> impl Subscriber + Send + Sync {
    let lines = tracing_subscriber::fmt().with_ansi(colours).log_internal_errors(false);
    lines.event_format(Lines(format)).with_env_filter(filter).with_writer(to).finish()
}

/// What makes lines of all that is logged at the level `info` and above, for tests.
#[cfg(test)]
pub(crate) fn lines_for_tests(
    format: LogFormat,
    to: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
) -> impl Subscriber + Send + Sync {
    subscriber(format, false, EnvFilter::new("info"), to)
}

/// Says of a panic that it happened and where. What it said is left out: it could hold an address.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| report(panic.location())));
}

/// Takes the place and nothing else of a panic, so that nothing else can be told.
fn report(place: Option<&Location<'_>>) {
    let place = place.map_or_else(|| "a place unknown".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
    if tracing::dispatcher::has_been_set() {
        tracing::error!(place, "a panic happened at {place}: this is a defect of maysend, please report it");
        sink::flush();
    } else {
        // Nothing is left to be done if standard error is closed.
        let _ = writeln!(io::stderr(), "maysend: a panic happened at {place}: this is a defect, please report it");
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, Mutex},
        time::Instant,
    };

    use serde_json::Value;

    use super::*;

    #[derive(Clone, Default)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat, work: impl FnOnce()) -> String {
        let buffer = Buffer::default();
        let writer = buffer.clone();
        tracing::subscriber::with_default(lines_for_tests(format, move || writer.clone()), work);
        let text = buffer.0.lock().unwrap().clone();
        String::from_utf8(text).unwrap()
    }

    fn request(trace_id: Option<&str>) -> Request {
        Request { id: "order-17".into(), trace_id: trace_id.map(Into::into), began: Instant::now() }
    }

    #[test]
    fn a_panic_is_logged_with_its_place() {
        let line = logged(LogFormat::Json, || report(Some(Location::caller())));
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert!(line["place"].as_str().unwrap().starts_with("src/telemetry.rs:"), "{line}");
        assert!(line["message"].as_str().unwrap().contains("a panic happened at src/telemetry.rs:"), "{line}");
    }

    fn says() {
        tracing::debug!("nobody asked for this");
        tracing::warn!(method = "PO\"ST", taken = 12_u64, ok = true, error = %"a\u{1b}[2J\tb", "it took {} us", 12);
    }

    #[test]
    fn a_line_of_text_tells_its_request_its_message_and_its_fields() {
        let rest =
            "maysend::telemetry::tests: it took 12 us method=\"PO\\\"ST\" taken=12 ok=true error=a\\u{1b}[2J\tb\n";
        let alone = logged(LogFormat::Text, says);
        assert_eq!(
            alone.split_once("Z  WARN "),
            alone.split_at_checked("2026-11-21T10:00:00.000000".len()).map(|(time, _)| (time, rest))
        );
        let asked = logged(LogFormat::Text, || request(Some("4bf9")).work(says));
        let ids = "request{request_id=\"order-17\" trace_id=\"4bf9\"}: ";
        assert_eq!(asked.split_once("Z  WARN ").unwrap().1, format!("{ids}{rest}"));
        assert!(logged(LogFormat::Text, || request(None).work(says)).contains(" request{request_id=\"order-17\"}: "));
    }

    #[test]
    fn a_line_of_json_tells_the_same() {
        let mut line: Value =
            serde_json::from_str(&logged(LogFormat::Json, || request(Some("4bf9")).work(says))).unwrap();
        let moment: jiff::Timestamp = line["timestamp"].take().as_str().unwrap().parse().unwrap();
        assert!(moment <= crate::clock::now());
        let expected = serde_json::json!({"timestamp": null, "level": "WARN", "message": "it took 12 us",
            "method": "PO\"ST", "taken": 12, "ok": true, "error": "a\u{1b}[2J\tb", "target": "maysend::telemetry::tests",
            "span": {"request_id": "order-17", "trace_id": "4bf9", "name": "request"}});
        assert_eq!(line, expected);
        let alone: Value = serde_json::from_str(&logged(LogFormat::Json, says)).unwrap();
        assert!(alone.get("span").is_none());
    }
}
