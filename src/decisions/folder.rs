//! The folder of the log and its files: `00000001.log` is a segment, `00000001.idx` its index.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use super::{LogError, segment::Segment};

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// The folder of a data directory.
    pub(super) fn of(data_dir: &Path) -> Self {
        Self { dir: data_dir.join("decisions") }
    }

    /// The file of a segment.
    pub(super) fn log(&self, segment: u32) -> PathBuf {
        self.dir.join(format!("{segment:08}.log"))
    }

    /// The file of a segment's index.
    pub(super) fn index(&self, segment: u32) -> PathBuf {
        self.dir.join(format!("{segment:08}.idx"))
    }

    /// A segment's index while it is written.
    fn new_index(&self, segment: u32) -> PathBuf {
        self.dir.join(format!("{segment:08}.new"))
    }

    /// Makes the folder, for its owner only.
    pub(super) fn make(&self) -> Result<(), LogError> {
        if self.dir.is_dir() {
            return Ok(());
        }
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.dir);
        made.map_err(LogError::file("create", &self.dir))?;
        let above = self.dir.parent().unwrap_or(Path::new("."));
        File::open(above).and_then(|above| above.sync_all()).map_err(LogError::file("sync", above))
    }

    /// Removes what was not finished, and indexes whose segment is gone.
    pub(super) fn tidy(&self) -> Result<(), LogError> {
        let files = self.files()?;
        for (segment, ending) in files.keys() {
            let orphan = ending == "idx" && !files.contains_key(&(*segment, "log".to_owned()));
            if orphan || ending == "new" {
                self.remove(&self.dir.join(format!("{segment:08}.{ending}")))?;
            }
        }
        Ok(())
    }

    /// Every segment, in order. A folder that is not there has none.
    pub(super) fn segments(&self) -> Result<Vec<Segment>, LogError> {
        let files = self.files()?;
        let logs = files.iter().filter(|((_, ending), _)| ending == "log");
        let segment = |((number, _), bytes): (&(u32, String), &u64)| {
            let index = files.get(&(*number, "idx".to_owned()));
            Segment { number: *number, bytes: bytes + index.unwrap_or(&0), sealed: index.is_some(), recent: None }
        };
        Ok(logs.map(segment).collect())
    }

    /// The files that are named as ours are, by number and ending, with their sizes.
    fn files(&self) -> Result<BTreeMap<(u32, String), u64>, LogError> {
        let failed = |error| LogError::file("read", &self.dir)(error);
        let mut files = BTreeMap::new();
        let entries = match fs::read_dir(&self.dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
            entries => entries.map_err(failed)?,
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().into_string().unwrap_or_default();
            let named = name.split_once('.').map(|(number, ending)| (number.parse::<u32>(), ending));
            let Some((Ok(number), ending)) = named else { continue };
            match entry.metadata() {
                Ok(_) if format!("{number:08}.{ending}") != name => {}
                Ok(metadata) => drop(files.insert((number, ending.to_owned()), metadata.len())),
                // Another process deletes what has outlived its time.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(files)
    }

    /// Begins the file of a new segment.
    pub(super) fn create(&self, segment: u32) -> Result<File, LogError> {
        let path = self.log(segment);
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path);
        file.map_err(LogError::file("create", path))
    }

    /// Opens the file of a segment, to write as well. None: it is gone.
    pub(super) fn open(&self, segment: u32) -> Result<Option<File>, LogError> {
        let path = self.log(segment);
        found(OpenOptions::new().read(true).write(true).open(&path)).map_err(LogError::file("open", path))
    }

    /// Opens the file of a segment for reading. None: it is gone.
    pub(super) fn open_to_read(&self, segment: u32) -> Result<Option<File>, LogError> {
        let path = self.log(segment);
        found(File::open(&path)).map_err(LogError::file("open", path))
    }

    /// The bytes of a segment. None: it is gone.
    pub(super) fn read(&self, segment: u32) -> Result<Option<Vec<u8>>, LogError> {
        let path = self.log(segment);
        found(fs::read(&path)).map_err(LogError::file("read", path))
    }

    /// The bytes of a segment's index, if there is one.
    pub(super) fn read_index(&self, segment: u32) -> Result<Option<Vec<u8>>, LogError> {
        let path = self.index(segment);
        found(fs::read(&path)).map_err(LogError::file("read", path))
    }

    /// Bytes of a segment and its index.
    pub(super) fn bytes(&self, segment: u32) -> Result<u64, LogError> {
        let size = |path: PathBuf| fs::metadata(&path).map(|file| file.len()).map_err(LogError::file("read", path));
        Ok(size(self.log(segment))? + size(self.index(segment))?)
    }

    /// Deletes a segment and its index.
    pub(super) fn delete(&self, segment: u32) -> Result<(), LogError> {
        self.remove(&self.log(segment))?;
        self.delete_index(segment)
    }

    /// Deletes the index of a segment, if there is one.
    pub(super) fn delete_index(&self, segment: u32) -> Result<(), LogError> {
        self.remove(&self.index(segment))
    }

    fn remove(&self, path: &Path) -> Result<(), LogError> {
        found(fs::remove_file(path)).map(drop).map_err(LogError::file("delete", path))
    }

    /// Writes a segment's index to disk, beside the one that it may have.
    pub(super) fn write_index(&self, segment: u32, bytes: &[u8]) -> Result<(), LogError> {
        let path = self.new_index(segment);
        let options = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        let written = options.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|error| {
            // On a full disk the half that was written would take what is left of the room.
            let _ = fs::remove_file(&path);
            LogError::file("write", path)(error)
        })
    }

    /// Puts the index that was written in its place, or away.
    pub(super) fn place_index(&self, segment: u32, wanted: bool) -> Result<(), LogError> {
        let new = self.new_index(segment);
        if !wanted {
            return self.remove(&new);
        }
        let path = self.index(segment);
        fs::rename(new, &path).map_err(LogError::file("write", path))
    }

    /// Makes durable which files there are.
    pub(super) fn sync(&self) -> Result<(), LogError> {
        File::open(&self.dir).and_then(|dir| dir.sync_all()).map_err(LogError::file("sync", &self.dir))
    }
}

/// None, where a file is not there.
fn found<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        outcome => outcome.map(Some),
    }
}

impl LogError {
    /// Says what was tried with a file that an I/O error speaks of.
    pub(super) fn file(verb: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { verb, path, cause }
    }
}
