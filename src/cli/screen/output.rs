//! The answers as CSV, and the file beside them that says how far they go.
//!
//! The newest rows stand in that file before they stand in the output, so that each row is in the output once, whenever
//! it is that the program is interrupted.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use super::{
    ScreenError,
    state::{Begun, State},
};
use crate::cli::Failure;

/// The names of the columns.
const HEADER: &[u8] = b"row,ref,decision,decision_id,basis,reasons,warnings,error\n";

/// How far an earlier run came, with the rows that it wrote last; none, if there was none.
type Earlier = Option<(State, Vec<u8>)>;

/// The file that says how far an output goes.
fn progress(output: &Path) -> PathBuf {
    output.with_added_extension("progress")
}

/// Where the answers go.
#[derive(Debug)]
pub(super) enum Output {
    /// To standard output, which cannot be gone on with.
    Standard,
    /// Into a file.
    File {
        file: File,
        path: PathBuf,
        /// The file that says how far it goes.
        progress: PathBuf,
    },
}

impl Output {
    /// How far an earlier run came, with the rows that it wrote last. Nothing is written.
    pub(super) fn look(path: Option<&Path>, begun: &Begun, restart: bool) -> Result<Earlier, Failure> {
        let Some(path) = path.filter(|_| !restart) else { return Ok(None) };
        let earlier = State::read(&progress(path), path, begun)?;
        match &earlier {
            None if path.exists() => Err(ScreenError::Exists(path.to_owned()).into()),
            Some((State { output: [before, _], .. }, _)) => {
                let length = fs::metadata(path).map_or(0, |known| known.len());
                let what = "more rows than it has now";
                let lacks = || ScreenError::Changed { output: path.to_owned(), what };
                if length < *before { Err(lacks().into()) } else { Ok(earlier) }
            }
            None => Ok(None),
        }
    }

    /// Opens the output at its beginning, or where an earlier run came to.
    pub(super) fn open(path: Option<&Path>, earlier: Option<(&State, &[u8])>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Standard) };
        let failed = |error| Failure::WriteFile(path.to_owned(), error);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(earlier.is_none());
        let mut file = options.open(path).map_err(failed)?;
        if let Some((State { output: [before, after], .. }, rows)) = earlier {
            if file.metadata().map_err(failed)?.len() != *after {
                file.set_len(*before).map_err(failed)?;
                file.seek(SeekFrom::End(0)).map_err(failed)?;
                file.write_all(rows).map_err(failed)?;
            }
            file.seek(SeekFrom::End(0)).map_err(failed)?;
        }
        Ok(Self::File { file, path: path.to_owned(), progress: progress(path) })
    }

    /// Writes the names of the columns, at the very beginning.
    pub(super) fn begin(&mut self, state: &mut State) -> Result<(), Failure> {
        if state.output == [0; 2] { self.add(HEADER, state) } else { Ok(()) }
    }

    /// Writes rows that were answered.
    pub(super) fn add(&mut self, rows: &[u8], state: &mut State) -> Result<(), Failure> {
        match self {
            // Whoever reads it may go away: then nothing more is to be decided.
            Self::Standard => io::stdout().lock().write_all(rows).map_err(Failure::Write),
            Self::File { file, path, progress } => {
                let [_, before] = state.output;
                state.output = [before, before + rows.len() as u64];
                state.write(progress, rows).map_err(|error| Failure::WriteFile(progress.clone(), error))?;
                file.write_all(rows).map_err(|error| Failure::WriteFile(path.clone(), error))
            }
        }
    }

    /// Everything is answered.
    pub(super) fn end(self) -> Result<(), Failure> {
        match self {
            Self::Standard => io::stdout().lock().flush().map_err(Failure::Write),
            Self::File { file, path, progress } => {
                file.sync_all().map_err(|error| Failure::WriteFile(path, error))?;
                fs::remove_file(&progress).map_err(|error| Failure::WriteFile(progress, error))
            }
        }
    }
}
