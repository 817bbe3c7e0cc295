//! Why a store cannot be opened, and what to do.

use std::{io, path::PathBuf};

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A file or directory cannot be made, read or written.
    #[error("cannot {verb} `{}`: {cause}", path.display())]
    File {
        /// What was tried.
        verb: &'static str,
        /// With what.
        path: PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
    /// The data directory is on a file system that may be shared over a network.
    #[error(
        "the data directory `{}` is on {kind}, which can damage the ledger: use a local disk, or force it with \
         `--allow-network-fs` (`store.allow_network_fs`)",
        dir.display()
    )]
    NetworkFileSystem {
        /// The data directory.
        dir: PathBuf,
        /// The kind of file system.
        kind: &'static str,
    },
    /// Another process has the data directory open for writing.
    #[error(
        "another process writes to the data directory `{}`: stop it, or give this one a directory of its own",
        dir.display()
    )]
    AnotherWriter {
        /// The data directory.
        dir: PathBuf,
    },
    /// There is nothing to read.
    #[error("`{}` is not a data directory: it holds no ledger", dir.display())]
    NoLedger {
        /// The directory.
        dir: PathBuf,
    },
    /// There are ledgers, and none of them is named as the one in use, or another is.
    #[error(
        "`CURRENT` in the data directory `{}` names no ledger that is there: write the name of the newest folder with a \
         ledger into it, such as `ledger-1`",
        dir.display()
    )]
    LostLedger {
        /// The data directory.
        dir: PathBuf,
    },
    /// The key file is not there.
    #[error("the key file `{}` does not exist", file.display())]
    NoKey {
        /// The key file.
        file: PathBuf,
    },
    /// The key file is not there, but the ledger that needs it is.
    #[error(
        "the key file `{}` is missing, and the ledger beside it can only be used with the key it was written with: \
         put the file back",
        file.display()
    )]
    LostKey {
        /// The key file.
        file: PathBuf,
    },
    /// Others than its owner may open the key file.
    #[error("the key file `{0}` is open to others (mode {mode:03o}): run `chmod 600 {0}`", file.display())]
    ExposedKey {
        /// The key file.
        file: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The key file holds something else than a key.
    #[error("the key file `{}` does not hold 64 hexadecimal digits", file.display())]
    MalformedKey {
        /// The key file.
        file: PathBuf,
    },
    /// The ledger was written with another key.
    #[error(
        "the key in `{}` is not the one that the data directory `{}` was written with; put the right key back, or \
         use another data directory",
        file.display(), dir.display()
    )]
    WrongKey {
        /// The key file.
        file: PathBuf,
        /// The data directory.
        dir: PathBuf,
    },
    /// The ledger was written by another version of this program.
    #[error("the ledger in `{}` has format {found}, and this program reads format {known}", dir.display())]
    UnknownFormat {
        /// The data directory.
        dir: PathBuf,
        /// The format of the ledger.
        found: u32,
        /// The format that this program reads.
        known: u32,
    },
    /// The engine failed.
    #[error("the ledger in `{}` cannot be opened: {cause}", dir.display())]
    Engine {
        /// The data directory.
        dir: PathBuf,
        /// What the engine says.
        cause: String,
    },
}

impl OpenError {
    /// Says what was tried with a file that an I/O error speaks of.
    pub(crate) fn file(verb: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { verb, path, cause }
    }
}
