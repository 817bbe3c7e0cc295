//! The generations of the ledger, each a folder of the data directory: `CURRENT` names the one in use.
//!
//! LMDB leaves the bytes of what was deleted in pages that it will use again. So after an erasure the ledger is written
//! anew, into the next generation, which takes the place of the one before when `CURRENT` is renamed.

use std::{
    fmt,
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use crate::store::{OpenError, place};

/// The file that names the generation in use.
const CURRENT: &str = "CURRENT";

/// What the name of every generation begins with, before its number.
const PREFIX: &str = "ledger-";

/// The file of the environment, which LMDB names.
const DATA_FILE: &str = "data.mdb";

/// One generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Generation(u64);

impl Generation {
    /// That of a new ledger.
    pub(super) const FIRST: Self = Self(1);

    /// The one that `CURRENT` names; none: there is no ledger.
    pub(super) fn current(data_dir: &Path) -> Result<Option<Self>, OpenError> {
        let file = data_dir.join(CURRENT);
        match fs::read_to_string(&file) {
            Ok(name) => {
                let lost = || OpenError::LostLedger { dir: data_dir.to_owned() };
                Self::named(name.trim_end()).map(Some).ok_or_else(lost)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(OpenError::file("read", file)(error)),
        }
    }

    /// The one to write to: the current one; else the only one there is, which a first start may have left before it
    /// was named; else the first.
    pub(super) fn to_write(data_dir: &Path) -> Result<Self, OpenError> {
        if let Some(current) = Self::current(data_dir)? {
            let is_there = current.is_there(data_dir);
            return if is_there { Ok(current) } else { Err(OpenError::LostLedger { dir: data_dir.to_owned() }) };
        }
        match all(data_dir)?.as_slice() {
            [] => Ok(Self::FIRST),
            [only] => Ok(*only),
            [_, ..] => Err(OpenError::LostLedger { dir: data_dir.to_owned() }),
        }
    }

    fn named(name: &str) -> Option<Self> {
        let number = name.strip_prefix(PREFIX)?.parse().ok().map(Self)?;
        (number.to_string() == name).then_some(number)
    }

    /// Its folder.
    pub(super) fn path(self, data_dir: &Path) -> PathBuf {
        data_dir.join(self.to_string())
    }

    /// The one after it.
    pub(super) const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Whether its file is there.
    pub(super) fn is_there(self, data_dir: &Path) -> bool {
        self.path(data_dir).join(DATA_FILE).is_file()
    }

    /// Deletes the file of the locks, once nobody has it open: it is made again at opening.
    pub(super) fn remove_locks(self, data_dir: &Path) -> Result<(), OpenError> {
        let file = self.path(data_dir).join("lock.mdb");
        fs::remove_file(&file).map_err(OpenError::file("delete", file))
    }

    /// Makes its folder, for the owner only, if it is not there.
    pub(super) fn make(self, data_dir: &Path) -> Result<(), OpenError> {
        let path = self.path(data_dir);
        DirBuilder::new().recursive(true).mode(0o700).create(&path).map_err(OpenError::file("create", path))
    }

    /// Lets `CURRENT` name it, once everything in it is on disk.
    pub(super) fn make_current(self, data_dir: &Path) -> Result<(), OpenError> {
        let file = data_dir.join(CURRENT);
        place::sync(&self.path(data_dir))?;
        place::replace(&file, format!("{self}\n").as_bytes()).map_err(OpenError::file("write", file))?;
        // Renamed is renamed: every process finds the new one from here on, and what stands in the way of making it last
        // through a power cut cannot take that back.
        if let Err(error) = place::sync(data_dir) {
            tracing::error!(%error, "the name of the ledger in use may not outlive a power cut");
        }
        Ok(())
    }

    /// Deletes it. Whoever has it open reads on.
    pub(super) fn remove(self, data_dir: &Path) -> Result<(), OpenError> {
        let path = self.path(data_dir);
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(OpenError::file("delete", path)(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Deletes all others, which a crash may have left.
    pub(super) fn remove_others(self, data_dir: &Path) -> Result<(), OpenError> {
        all(data_dir)?.into_iter().filter(|other| *other != self).try_for_each(|other| other.remove(data_dir))
    }
}

/// The name of its folder.
impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.0)
    }
}

/// Every generation in the data directory, in no order.
fn all(data_dir: &Path) -> Result<Vec<Generation>, OpenError> {
    let failed = || OpenError::file("read", data_dir);
    let mut found = Vec::new();
    for entry in fs::read_dir(data_dir).map_err(failed())? {
        found.extend(entry.map_err(failed())?.file_name().to_str().and_then(Generation::named));
    }
    Ok(found)
}

/// Whether the data directory holds a ledger, or what is left of one: then no new key may be made beside it.
pub(in crate::store) fn is_any(data_dir: &Path) -> Result<bool, OpenError> {
    if !data_dir.try_exists().map_err(OpenError::file("read", data_dir))? {
        return Ok(false);
    }
    let files = all(data_dir)?.into_iter().any(|generation| generation.is_there(data_dir));
    Ok(files || data_dir.join(CURRENT).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A data directory with these generations and this `CURRENT`.
    fn dir(generations: &[u64], current: Option<&str>) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for generation in generations.iter().copied().map(Generation) {
            generation.make(dir.path()).unwrap();
            fs::write(generation.path(dir.path()).join(DATA_FILE), "").unwrap();
        }
        if let Some(text) = current {
            fs::write(dir.path().join(CURRENT), text).unwrap();
        }
        dir
    }

    #[rstest::rstest]
    #[case(&[], None, Some(1))]
    #[case(&[1], None, Some(1))] // The first start was killed before it named its ledger.
    #[case(&[7], Some("ledger-7\n"), Some(7))]
    #[case(&[7, 8], Some("ledger-7\n"), Some(7))]
    #[case(&[7, 8], None, None)]
    #[case(&[7], Some("ledger-8\n"), None)]
    #[case(&[7], Some(""), None)]
    #[case(&[7], Some("ledger-07\n"), None)]
    #[case(&[7], Some("../ledger-7\n"), None)]
    fn what_is_written_to_is_named_or_the_only_one(
        #[case] generations: &[u64],
        #[case] current: Option<&str>,
        #[case] expected: Option<u64>,
    ) {
        let dir = dir(generations, current);
        match (Generation::to_write(dir.path()), expected) {
            (Ok(found), Some(expected)) => assert_eq!(found.0, expected),
            (Err(OpenError::LostLedger { .. }), None) => {}
            (other, _) => panic!("{other:?}"),
        }
    }

    #[test]
    fn naming_one_and_deleting_the_others() {
        let dir = dir(&[1, 2, 3], Some("ledger-1\n"));
        Generation(2).make_current(dir.path()).unwrap();
        Generation(2).remove_others(dir.path()).unwrap();
        assert_eq!(Generation::current(dir.path()).unwrap(), Some(Generation(2)));
        assert_eq!(all(dir.path()).unwrap(), [Generation(2)]);
        assert_eq!(fs::read(dir.path().join(CURRENT)).unwrap(), b"ledger-2\n");
        Generation(3).remove(dir.path()).unwrap();
    }

    #[test]
    fn a_ledger_is_known_by_its_files_or_its_name() {
        assert!(!is_any(Path::new("no/such/directory")).unwrap());
        assert!(!is_any(dir(&[], None).path()).unwrap());
        assert!(is_any(dir(&[2], None).path()).unwrap());
        assert!(is_any(dir(&[], Some("ledger-2\n")).path()).unwrap());
    }
}
