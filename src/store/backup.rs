//! Backups: the data directory copied while a service uses it, and put back.
//!
//! A backup is a directory that is laid out as a data directory is, with `backup.json`, which names every file with its
//! size and its hash. The decision log is copied before the ledger: so the copy of the ledger holds every revision that
//! a copied decision was made on. The ledger is written anew, so the copy holds no byte of what was erased before.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Component, Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::{OpenError, key_file, lmdb, place};
use crate::{config, ledger::identity::Identity};

/// The file that says what a backup holds.
const MANIFEST: &str = "backup.json";

/// The folder of the decision log.
const DECISIONS: &str = "decisions";

/// The file of the key, in a data directory and in a backup that was made with it.
const KEY: &str = "key";

/// The format of a backup that this program writes and reads.
const FORMAT: u32 = 1;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// How it is laid out.
    pub format: u32,
    /// The version of the program that made it.
    pub version: String,
    /// When it was begun.
    pub made_at: Timestamp,
    /// The ledger's last revision, as answers give it.
    pub revision: String,
    /// The fingerprint of the key that contact details were hashed with, in hexadecimal digits.
    pub key_fingerprint: String,
    /// Every file, in the order of their names.
    pub files: Vec<Entry>,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path in the backup.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its hash (BLAKE3), in hexadecimal digits.
    pub blake3: String,
}

/// Why a backup cannot be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file cannot be read or written, or the ledger cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The place is taken.
    #[error("`{}` is not empty: name a directory that is empty or does not exist", .0.display())]
    Taken(PathBuf),
    /// What should be a backup is none.
    #[error("`{}` is no backup that this program can read: {why}", dir.display())]
    NoBackup {
        /// The directory.
        dir: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file of the backup is not the one that was backed up.
    #[error("the backup is damaged: `{}` is not what was backed up", .0.display())]
    Damaged(PathBuf),
    /// The key that was given is not the one of the backup.
    #[error("the key is not the one that the ledger of the backup was written with")]
    WrongKey,
    /// The key was to be backed up, and it stands in no file.
    #[error("the key stands in no file, but in the configuration: it cannot be put into the backup")]
    NoKeyFile,
}

/// Makes a backup of a data directory, which a service may be using, in a directory that is empty or does not exist.
/// Until it is whole it is called `<dir>.partial`.
///
/// # Errors
/// [`BackupError`] says what stands in the way; nothing is left then.
pub fn back_up(
    config: &config::Store,
    identity: &Identity,
    dir: &Path,
    with_key: bool,
    now: Timestamp,
) -> Result<Manifest, BackupError> {
    if with_key && config.key.is_some() {
        return Err(BackupError::NoKeyFile);
    }
    whole_or_not(dir, |draft| {
        let decisions = config.data_dir.join(DECISIONS);
        if decisions.is_dir() {
            copy_all(&decisions, &draft.join(DECISIONS))?;
        }
        let revision = lmdb::write_copy(config, identity, draft)?;
        if with_key {
            copy(&key_file::path(config), &draft.join(KEY))?;
        }
        let manifest = Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: now,
            revision: revision.to_string(),
            key_fingerprint: hexadecimal(identity),
            files: entries(draft)?,
        };
        let file = draft.join(MANIFEST);
        let text =
            serde_json::to_vec_pretty(&manifest).map_err(|error| OpenError::file("write", &file)(error.into()))?;
        place::replace(&file, &text).map_err(OpenError::file("write", file))?;
        Ok(manifest)
    })
}

/// Puts a backup back as a data directory, which must be empty or not exist yet. Every file is held against the
/// manifest, and the key, where it is given or lies in the backup, against the ledger's.
///
/// # Errors
/// [`BackupError`] says what stands in the way; nothing is left then.
pub fn restore(backup: &Path, data_dir: &Path, given: Option<&Identity>) -> Result<Manifest, BackupError> {
    let manifest = read(backup)?;
    if given.is_some_and(|identity| hexadecimal(identity) != manifest.key_fingerprint) {
        return Err(BackupError::WrongKey);
    }
    whole_or_not(data_dir, |draft| {
        for entry in &manifest.files {
            let target = draft.join(&entry.path);
            if let Some(above) = target.parent() {
                make(above)?;
            }
            copy(&backup.join(&entry.path), &target)?;
            if entry_of(draft, &target)? != *entry {
                return Err(BackupError::Damaged(entry.path.clone()));
            }
        }
        if manifest.has_key() && hexadecimal(&key_file::read(&draft.join(KEY))?) != manifest.key_fingerprint {
            return Err(BackupError::WrongKey);
        }
        Ok(())
    })?;
    Ok(manifest)
}

impl Manifest {
    /// Whether the key is in the backup.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.files.iter().any(|entry| entry.path == Path::new(KEY))
    }

    /// How many bytes its files have.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.files.iter().map(|entry| entry.size).sum()
    }
}

fn read(backup: &Path) -> Result<Manifest, BackupError> {
    let no_backup = |why: String| BackupError::NoBackup { dir: backup.to_owned(), why };
    let file = backup.join(MANIFEST);
    let text = match fs::read(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(no_backup(format!("it has no `{MANIFEST}`")));
        }
        text => text.map_err(OpenError::file("read", &file))?,
    };
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| no_backup(format!("its `{MANIFEST}` cannot be read: {error}")))?;
    if manifest.format != FORMAT {
        return Err(no_backup(format!("it has format {}, and {FORMAT} is read", manifest.format)));
    }
    // A manifest from elsewhere must not write beside the data directory.
    let is_plain = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    match manifest.files.iter().find(|entry| !is_plain(&entry.path)) {
        Some(entry) => Err(no_backup(format!("`{}` is no path within it", entry.path.display()))),
        None => Ok(manifest),
    }
}

/// Fills a directory under another name, and gives it its own once everything in it is on disk.
fn whole_or_not<T>(dir: &Path, fill: impl FnOnce(&Path) -> Result<T, BackupError>) -> Result<T, BackupError> {
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) || dir.is_file() {
        return Err(BackupError::Taken(dir.to_owned()));
    }
    let mut draft = dir.as_os_str().to_owned();
    draft.push(".partial");
    let draft = PathBuf::from(draft);
    if draft.exists() {
        // Of an attempt that was cut short, or of one that is under way: nobody can tell.
        return Err(BackupError::Taken(draft));
    }
    make(&draft)?;
    let filled = fill(&draft).and_then(|filled| {
        for folder in WalkDir::new(&draft).into_iter().flatten().filter(|entry| entry.file_type().is_dir()) {
            place::sync(folder.path())?;
        }
        fs::rename(&draft, dir).map_err(OpenError::file("create", dir))?;
        let above = dir.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        place::sync(above)?;
        Ok(filled)
    });
    if filled.is_err() {
        // The error that is told is the one that came first.
        drop(fs::remove_dir_all(&draft));
    }
    filled
}

fn make(dir: &Path) -> Result<(), OpenError> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(OpenError::file("create", dir))
}

/// Copies a folder in the order of its names. A file that is deleted meanwhile has outlived its time.
fn copy_all(from: &Path, to: &Path) -> Result<(), BackupError> {
    make(to)?;
    for (path, is_folder) in listed(from)? {
        let Ok(rest) = path.strip_prefix(from) else { continue };
        let target = to.join(rest);
        match if is_folder { make(&target) } else { copy(&path, &target) } {
            Err(OpenError::File { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => {}
            copied => copied?,
        }
    }
    Ok(())
}

/// Copies one file, for its owner only, to the disk.
fn copy(from: &Path, to: &Path) -> Result<(), OpenError> {
    let mut source = File::open(from).map_err(OpenError::file("read", from))?;
    let target = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    let mut target = target.map_err(OpenError::file("create", to))?;
    io::copy(&mut source, &mut target).and_then(|_| target.sync_all()).map_err(OpenError::file("write", to))
}

/// Everything below a folder, in the order of names, and whether it is a folder itself.
fn listed(dir: &Path) -> Result<Vec<(PathBuf, bool)>, OpenError> {
    let mut found = Vec::new();
    for entry in WalkDir::new(dir).min_depth(1).sort_by_file_name() {
        match entry {
            Ok(entry) => found.push((entry.path().to_owned(), entry.file_type().is_dir())),
            Err(error) if error.io_error().is_some_and(|it| it.kind() == io::ErrorKind::NotFound) => {}
            Err(error) => return Err(OpenError::file("read", dir)(error.into())),
        }
    }
    Ok(found)
}

fn entries(dir: &Path) -> Result<Vec<Entry>, OpenError> {
    let files = listed(dir)?.into_iter().filter(|(_, is_folder)| !is_folder);
    files.map(|(path, _)| entry_of(dir, &path)).collect()
}

fn entry_of(dir: &Path, file: &Path) -> Result<Entry, OpenError> {
    let mut hasher = blake3::Hasher::new();
    let hashed = File::open(file).and_then(|opened| hasher.update_reader(opened).map(|hasher| hasher.count()));
    let size = hashed.map_err(OpenError::file("read", file))?;
    let path = file.strip_prefix(dir).unwrap_or(file).to_owned();
    Ok(Entry { path, size, blake3: hasher.finalize().to_hex().to_string() })
}

fn hexadecimal(identity: &Identity) -> String {
    data_encoding::HEXLOWER.encode(&identity.fingerprint())
}
