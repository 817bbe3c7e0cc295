//! The data directory: made for its owner only, on a disk of this machine, and written by one process.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use rustix::{
    fs::{FlockOperation, flock, statfs},
    io::Errno,
};

use super::OpenError;
use crate::config;

/// The data directory, claimed for writing until this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Claim {
    dir: PathBuf,
    _lock: File,
}

impl Claim {
    /// Makes the directory if need be and claims it.
    pub(super) fn new(config: &config::Store) -> Result<Self, OpenError> {
        let dir = config.data_dir.as_path();
        make(dir)?;
        check(config)?;
        let path = dir.join("writer.lock");
        let options = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
        let lock = options.map_err(OpenError::file("open", &path))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { dir: dir.to_owned(), _lock: lock }),
            Err(Errno::WOULDBLOCK) => Err(OpenError::AnotherWriter { dir: dir.to_owned() }),
            Err(errno) => Err(OpenError::file("lock", path)(errno.into())),
        }
    }

    /// Makes durable which files the directory holds.
    pub(super) fn sync(&self) -> Result<(), OpenError> {
        sync(&self.dir)
    }
}

/// Refuses a directory on a file system that the store cannot trust.
pub(super) fn check(config: &config::Store) -> Result<(), OpenError> {
    let dir = &config.data_dir;
    let found = statfs(dir).map_err(|errno| OpenError::file("read", dir)(errno.into()))?;
    // The width and the sign of the number differ between machines; what is told apart are its low 32 bits.
    match network_kind((i128::from(found.f_type) & 0xffff_ffff) as u32) {
        Some(kind) if !config.allow_network_fs => Err(OpenError::NetworkFileSystem { dir: dir.clone(), kind }),
        Some(_) | None => Ok(()),
    }
}

/// Makes a directory and those above it, for the owner only, so that a power cut does not take them away again.
fn make(dir: &Path) -> Result<(), OpenError> {
    if dir.as_os_str().is_empty() || dir.is_dir() {
        return Ok(());
    }
    let above = dir.parent().unwrap_or(Path::new(""));
    make(above)?;
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(OpenError::file("create", dir))?;
    sync(if above.as_os_str().is_empty() { Path::new(".") } else { above })
}

/// Makes durable which files a directory holds.
pub(super) fn sync(dir: &Path) -> Result<(), OpenError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(OpenError::file("sync", dir))
}

/// Puts a file in the place of another, or where none was, for its owner only. Under another name first, so that a crash
/// never leaves half of it.
pub(super) fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let draft = file.with_extension("new");
    if draft.exists() {
        fs::remove_file(&draft)?;
    }
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    new.write_all(text)?;
    new.sync_all()?;
    fs::rename(&draft, file)
}

/// The kind of a file system that other machines may share, by its magic number.
///
/// On these, two machines do not see one memory map and their locks may not hold, so the ledger can be damaged
/// without notice. FUSE is among them because what lies behind it cannot be told.
const fn network_kind(magic: u32) -> Option<&'static str> {
    Some(match magic {
        0x0000_6969 => "NFS",
        0x0000_517b | 0xff53_4d42 | 0xfe53_4d42 => "SMB",
        0x0102_1997 => "9P",
        0x00c3_6400 => "Ceph",
        0x0bd0_0bd0 => "Lustre",
        0x4750_4653 => "GPFS",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x6573_5546 => "FUSE (it may be a network file system)",
        0x7461_636f => "OCFS2",
        0x0116_1970 => "GFS2",
        0x786f_4256 => "a VirtualBox shared folder",
        0xbacb_acbc => "a VMware shared folder",
        0x7c7c_6673 => "a Parallels shared folder",
        0x7375_7245 => "Coda",
        0x0000_564c => "NCP",
        0x1983_0326 => "BeeGFS",
        0x2003_0528 => "OrangeFS",
        0xaad7_aaea => "PanFS",
        0xbeef_dead => "StorNext",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[rstest::rstest]
    #[case(0x6969, true)] // NFS
    #[case(0xfe53_4d42, true)] // SMB2
    #[case(0x6573_5546, true)] // FUSE
    #[case(0x0000_ef53, false)] // ext4
    #[case(0x5846_5342, false)] // XFS
    #[case(0x9123_683e, false)] // Btrfs
    #[case(0x0102_1994, false)] // tmpfs
    #[case(0x794c_7630, false)] // overlayfs
    fn network_file_systems_are_told_from_local_ones(#[case] magic: u32, #[case] network: bool) {
        assert_eq!(network_kind(magic).is_some(), network);
    }

    #[test]
    fn the_directory_is_the_owners_and_is_claimed_once() {
        let above = tempfile::tempdir().unwrap();
        let data_dir = above.path().join("a/b");
        let config = config::Store {
            data_dir: data_dir.clone(),
            map_size: 0,
            key: None,
            key_file: None,
            allow_network_fs: false,
        };
        let claim = Claim::new(&config).unwrap();
        for path in [data_dir.clone(), above.path().join("a"), data_dir.join("writer.lock")] {
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o077, 0);
        }
        assert!(matches!(Claim::new(&config), Err(OpenError::AnotherWriter { dir }) if dir == data_dir));
        drop(claim);
        Claim::new(&config).unwrap();
    }
}
