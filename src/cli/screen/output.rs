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
use crate::cli::{Failure, output::written};

/// The names of the columns.
const HEADER: &[u8] = b"row,ref,decision,decision_id,basis,reasons,warnings,error\n";

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
    /// Opens the output, and says how far an earlier run came with it.
    pub(super) fn open(path: Option<&Path>, begun: &Begun, restart: bool) -> Result<(Self, Option<State>), Failure> {
        let Some(path) = path else { return Ok((Self::Standard, None)) };
        let failed = |error| Failure::WriteFile(path.to_owned(), error);
        let progress = path.with_added_extension("progress");
        let earlier = if restart { None } else { State::read(&progress, path, begun)? };
        if earlier.is_none() && !restart && path.exists() {
            return Err(ScreenError::Exists(path.to_owned()).into());
        }
        let mut options = OpenOptions::new();
        options.write(true).create(earlier.is_none()).truncate(earlier.is_none());
        let mut file = options.open(path).map_err(failed)?;
        let earlier = match earlier {
            None => None,
            Some((state, rows)) => {
                let [before, after] = state.output;
                let length = file.metadata().map_err(failed)?.len();
                if length < before {
                    let what = "more rows than it has now";
                    return Err(ScreenError::Changed { output: path.to_owned(), what }.into());
                }
                if length != after {
                    file.set_len(before).map_err(failed)?;
                    file.seek(SeekFrom::End(0)).map_err(failed)?;
                    file.write_all(&rows).map_err(failed)?;
                }
                file.seek(SeekFrom::End(0)).map_err(failed)?;
                Some(state)
            }
        };
        Ok((Self::File { file, path: path.to_owned(), progress }, earlier))
    }

    /// Writes the names of the columns, at the very beginning.
    pub(super) fn begin(&mut self, state: &mut State) -> Result<(), Failure> {
        if state.output == [0; 2] { self.add(HEADER, state) } else { Ok(()) }
    }

    /// Writes rows that were answered.
    pub(super) fn add(&mut self, rows: &[u8], state: &mut State) -> Result<(), Failure> {
        match self {
            Self::Standard => written(io::stdout().lock().write_all(rows)),
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
            Self::Standard => written(io::stdout().lock().flush()),
            Self::File { file, path, progress } => {
                file.sync_all().map_err(|error| Failure::WriteFile(path, error))?;
                fs::remove_file(&progress).map_err(|error| Failure::WriteFile(progress, error))
            }
        }
    }
}
