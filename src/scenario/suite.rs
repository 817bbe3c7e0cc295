//! Which files hold cases, which senders they know, and which cases are asked for.

mod filter;
mod usual;

use std::{
    collections::{BTreeMap, HashSet},
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use walkdir::{DirEntry, WalkDir};

use self::{filter::Filter, usual::Usual};
use super::{
    case::Defaults,
    read::{Reader, named},
    yaml::Places,
};
pub use super::{
    read::{Bad, Scenario},
    yaml::Place,
};
use crate::strict::fault::Fault;

/// The names of a file of senders. It applies to its directory and to all below.
const SENDERS: [&str; 2] = ["senders.yaml", "senders.yml"];
/// How the name of a file of cases ends.
const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// The cases of some files.
#[derive(Debug, Default)]
pub struct Suite {
    /// The files that could be read, by path.
    pub files: Vec<CaseFile>,
    /// Every fault of those that could not.
    pub bad: Vec<Bad>,
    /// How many files were not looked at, because the senders that they know could not be read.
    pub held_back: usize,
}

/// The cases of one file.
#[derive(Debug)]
pub struct CaseFile {
    /// The file, as it was asked for.
    pub path: String,
    /// Its cases.
    pub scenarios: Vec<Scenario>,
    places: Places,
}

impl CaseFile {
    /// A fault of the file, with its place.
    pub(super) fn bad(&self, fault: Fault) -> Bad {
        let place = self.places.of(fault.pointer.as_deref().unwrap_or_default());
        Bad { file: self.path.clone(), place, fault }
    }
}

/// Why nothing could be looked for.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// Neither a file nor a directory.
    #[error("cannot read `{file}`: {why}", file = .0.display(), why = crate::config::reason(.1))]
    Read(PathBuf, io::Error),
    /// No files of cases.
    #[error("no file of cases is there: their names end in `.yaml`, and `docs/scenarios.md` tells what stands in them")]
    NoFiles,
    /// No case begins at or above the line.
    #[error("`{0}` has no case at line {1}")]
    NoCaseAt(String, usize),
    /// A filter that is no regular expression.
    #[error("`{0}` is no regular expression: {1}")]
    Filter(String, regex_lite::Error),
    /// No case is chosen.
    #[error("no case matches the filter, so nothing was tested")]
    NoneChosen,
}

/// Loads every case of these files and directories. A file may be followed by `:` and a line, for the case that
/// stands there.
///
/// # Errors
/// [`SuiteError`], when there is nothing to look at. Faults of files are no error: [`Suite::bad`] has them all.
pub fn load(arguments: &[PathBuf], defaults: &Defaults, now: Timestamp) -> Result<Suite, SuiteError> {
    let mut suite = Suite::default();
    let reader = Reader::new(defaults, now);
    let mut usual = Usual::new(&reader);
    let mut seen = HashSet::new();
    for argument in arguments {
        let (path, line) = with_line(argument);
        let read = path.metadata().map_err(|error| SuiteError::Read(path.clone(), error))?;
        let files = if read.is_dir() { suite.files_under(&path) } else { vec![path] };
        for file in files {
            if !seen.insert((file.clone(), line)) {
                continue;
            }
            let Some(senders) = usual.of(file.parent().unwrap_or(Path::new("")), &mut suite.bad) else {
                suite.held_back += 1;
                continue;
            };
            match reader.cases(&file, senders) {
                Ok((scenarios, places)) => {
                    let path = named(&file);
                    let scenarios = match line {
                        Some(line) => vec![at(scenarios, line).ok_or(SuiteError::NoCaseAt(path.clone(), line))?],
                        None => scenarios,
                    };
                    suite.files.push(CaseFile { path, scenarios, places });
                }
                Err(bad) => suite.bad.extend(bad),
            }
        }
    }
    if seen.is_empty() && suite.bad.is_empty() { Err(SuiteError::NoFiles) } else { Ok(suite) }
}

/// The senders that cases in a directory know, by their ids.
///
/// # Errors
/// Every fault of the files that they stand in.
pub fn senders(directory: &Path) -> Result<BTreeMap<String, serde_json::Value>, Vec<Bad>> {
    let mut bad = Vec::new();
    let defaults = Defaults::default();
    let reader = Reader::new(&defaults, Timestamp::MIN);
    Usual::new(&reader).of(directory, &mut bad).cloned().ok_or(bad)
}

impl Suite {
    /// How many cases there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.iter().map(|file| file.scenarios.len()).sum()
    }

    /// How many files have faults.
    #[must_use]
    pub fn bad_files(&self) -> usize {
        self.bad.iter().map(|bad| bad.file.as_str()).collect::<HashSet<_>>().len()
    }

    /// Keeps the cases that one of the filters chooses; without a filter, all.
    ///
    /// # Errors
    /// [`SuiteError::Filter`]; [`SuiteError::NoneChosen`] if no case is left of some.
    pub fn choose(&mut self, filters: &[String]) -> Result<(), SuiteError> {
        let filters: Vec<Filter> = filters.iter().map(|text| Filter::new(text)).collect::<Result<_, _>>()?;
        if filters.is_empty() {
            return Ok(());
        }
        for file in &mut self.files {
            let path = file.path.clone();
            file.scenarios.retain(|it| filters.iter().any(|filter| filter.chooses(&path, &it.case.name)));
        }
        self.files.retain(|file| !file.scenarios.is_empty());
        if self.files.is_empty() && self.bad.is_empty() { Err(SuiteError::NoneChosen) } else { Ok(()) }
    }

    fn files_under(&mut self, directory: &Path) -> Vec<PathBuf> {
        let is_hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let walk = WalkDir::new(directory).follow_links(true).sort_by_file_name().into_iter();
        let mut files = Vec::new();
        for entry in walk.filter_entry(|entry| !is_hidden(entry)) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_case_file(entry.path()) => files.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => {
                    let file = error.path().map_or_else(|| named(directory), named);
                    let fault = Fault::at("", "unreadable", "cannot be read, or leads back to itself");
                    self.bad.push(Bad { file, place: None, fault });
                }
            }
        }
        files
    }
}

fn is_case_file(path: &Path) -> bool {
    let ending = path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
    ending && !path.file_name().is_some_and(|name| SENDERS.iter().any(|known| name == *known))
}

/// A path and the line after it. A file whose own name ends so is meant as it is.
fn with_line(argument: &Path) -> (PathBuf, Option<usize>) {
    let text = argument.to_str().filter(|_| !argument.exists());
    let split = text.and_then(|text| text.rsplit_once(':'));
    match split.and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        Some((path, line)) => (PathBuf::from(path), Some(line)),
        None => (argument.to_owned(), None),
    }
}

fn at(scenarios: Vec<Scenario>, line: usize) -> Option<Scenario> {
    scenarios.into_iter().rfind(|scenario| scenario.place.line <= line)
}

#[cfg(test)]
mod tests;
