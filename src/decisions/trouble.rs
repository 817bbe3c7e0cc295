//! Why the log keeps nothing more.

use std::{io, path::PathBuf};

use super::LogError;

/// Why nothing more is kept.
#[derive(Debug)]
pub(super) enum Trouble {
    /// `max_size` is used up.
    Size,
    /// The disk has no room.
    Disk,
    /// A file cannot be made, written or brought to disk.
    Failing(Failure),
}

/// A fault that is told to everybody who comes.
#[derive(Debug)]
pub(super) struct Failure {
    verb: &'static str,
    path: PathBuf,
    kind: io::ErrorKind,
    cause: String,
    /// What was written may be lost: only opening the log again tells.
    for_good: bool,
}

impl Trouble {
    /// The trouble that an error tells of.
    pub(super) fn of(error: &LogError) -> Self {
        match error {
            LogError::Full { .. } => Self::Size,
            LogError::File { cause, .. } if is_no_room(cause) => Self::Disk,
            LogError::File { .. } | LogError::Damaged(_) | LogError::Closed | LogError::NotACursor => {
                Self::Failing(Failure::of(error, false))
            }
        }
    }

    /// Whether it lasts until the log is opened again.
    pub(super) fn is_for_good(&self) -> bool {
        matches!(self, Self::Failing(failure) if failure.for_good)
    }
}

impl Failure {
    pub(super) fn of(error: &LogError, for_good: bool) -> Self {
        let (verb, path, kind, cause) = match error {
            LogError::File { verb, path, cause } => (*verb, path.clone(), cause.kind(), cause.to_string()),
            other @ (LogError::Full { .. } | LogError::Damaged(_) | LogError::Closed | LogError::NotACursor) => {
                ("write", PathBuf::from("decisions"), io::ErrorKind::Other, other.to_string())
            }
        };
        Self { verb, path, kind, cause, for_good }
    }

    pub(super) fn error(&self) -> LogError {
        LogError::file(self.verb, &self.path)(io::Error::new(self.kind, self.cause.clone()))
    }
}

/// Whether a file could not be written for want of room.
fn is_no_room(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}
