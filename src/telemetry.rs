//! The log: lines on standard error, and what is said of a panic.

use std::{
    io::{self, IsTerminal as _, Write as _},
    panic::Location,
};

use tracing_subscriber::{EnvFilter, filter::ParseError};

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
}

/// Sends the log to standard error, as the configuration says. Colours are for terminals alone.
///
/// # Errors
/// If the filter cannot be read, or the log has been set up before.
pub fn init(log: &Log) -> Result<(), TelemetryError> {
    let filter = EnvFilter::builder().parse(&log.filter)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).log_internal_errors(false);
    let colours = io::stderr().is_terminal() && log.format == LogFormat::Text;
    let set = match log.format {
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
        LogFormat::Text if colours => lines.try_init(),
        LogFormat::Text => lines.with_ansi(false).try_init(),
    };
    set.map_err(|_| TelemetryError::Already)
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
    } else {
        // Nothing is left to be done if standard error is closed.
        let _ = writeln!(io::stderr(), "maysend: a panic happened at {place}: this is a defect, please report it");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

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

    #[test]
    fn a_panic_is_logged_with_its_place() {
        let buffer = Buffer::default();
        let writer = buffer.clone();
        let lines = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(lines, || report(Some(Location::caller())));
        let line: serde_json::Value = serde_json::from_slice(&buffer.0.lock().unwrap()).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert!(line["place"].as_str().unwrap().starts_with("src/telemetry.rs:"), "{line}");
        assert!(line["message"].as_str().unwrap().contains("a panic happened at src/telemetry.rs:"), "{line}");
    }
}
