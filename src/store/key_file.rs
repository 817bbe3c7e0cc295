//! The file of the installation's secret key: 64 hexadecimal digits, for its owner only.
//!
//! Without the key nobody in the ledger can be found again, so it is on disk before the ledger is, and never made
//! anew beside a ledger.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use rustix::process::geteuid;

use super::{
    OpenError, lmdb,
    place::{self, Claim},
};
use crate::{config, ledger::identity::Identity};

/// Where the key is: what the configuration says, or `key` in the data directory.
#[must_use]
pub fn path(config: &config::Store) -> PathBuf {
    config.key_file.clone().unwrap_or_else(|| config.data_dir.join("key"))
}

/// Loads the key: from the configuration itself, else from its file.
///
/// # Errors
/// If the file is missing, open to others, or holds no key.
pub fn load(config: &config::Store) -> Result<Identity, OpenError> {
    if let Some(key) = &config.key {
        return Ok(Identity::new(*key.expose()));
    }
    let file = path(config);
    if !exists(&file)? {
        let lost = config.key_file.is_none() && lmdb::is_any(&config.data_dir)?;
        return Err(if lost { OpenError::LostKey { file } } else { OpenError::NoKey { file } });
    }
    read(&file)
}

/// Loads the key. Where the configuration names no key file and there is no ledger yet, makes one: the first start.
///
/// # Errors
/// As [`load`], and if the data directory or the key file cannot be made.
pub fn load_or_create(config: &config::Store) -> Result<Identity, OpenError> {
    let file = path(config);
    if config.key.is_none() && config.key_file.is_none() && !exists(&file)? {
        // Two first starts at once would each make a key: the second finds the directory claimed.
        let claim = Claim::new(config)?;
        if !exists(&file)? && !lmdb::is_any(&config.data_dir)? {
            create(&file)?;
            claim.sync()?;
        }
    }
    load(config)
}

fn exists(path: &Path) -> Result<bool, OpenError> {
    path.try_exists().map_err(OpenError::file("read", path))
}

/// Reads a file that should hold a key and be its owner's.
pub(super) fn read(file: &Path) -> Result<Identity, OpenError> {
    let metadata = fs::metadata(file).map_err(OpenError::file("read", file))?;
    let mode = metadata.permissions().mode() & 0o777;
    // A mounted secret belongs to another user and is lent to our group: its owner decided that.
    let lent = metadata.uid() != geteuid().as_raw() && mode & 0o037 == 0;
    if mode & 0o077 != 0 && !lent {
        return Err(OpenError::ExposedKey { file: file.to_owned(), mode });
    }
    let text = fs::read(file).map_err(OpenError::file("read", file))?;
    let key = parse(&text).ok_or_else(|| OpenError::MalformedKey { file: file.to_owned() })?;
    Ok(Identity::new(key))
}

fn parse(text: &[u8]) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = text.trim_ascii().try_into().ok()?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut key = [0; 32];
    for (byte, [high, low]) in key.iter_mut().zip(digits.as_chunks().0) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(key)
}

fn create(file: &Path) -> Result<(), OpenError> {
    let write = || -> io::Result<()> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
        let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        place::replace(file, format!("{digits}\n").as_bytes())
    };
    write().map_err(OpenError::file("create", file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(dir: &Path) -> config::Store {
        config::Store {
            data_dir: dir.join("data"),
            map_size: 1 << 20,
            key: None,
            key_file: None,
            allow_network_fs: false,
        }
    }

    #[test]
    fn the_first_start_makes_a_key_and_the_next_finds_it() {
        let dir = tempfile::tempdir().unwrap();
        let config = config(dir.path());
        assert!(matches!(load(&config), Err(OpenError::NoKey { .. })));
        let first = load_or_create(&config).unwrap();
        assert_eq!(fs::metadata(path(&config)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(load_or_create(&config).unwrap().fingerprint(), first.fingerprint());
        assert_eq!(load(&config).unwrap().fingerprint(), first.fingerprint());
        assert!(!config.data_dir.join("key.new").exists());
    }

    #[test]
    fn no_key_is_made_beside_a_ledger() {
        let dir = tempfile::tempdir().unwrap();
        let config = config(dir.path());
        fs::create_dir_all(config.data_dir.join("ledger-3")).unwrap();
        fs::write(config.data_dir.join("ledger-3/data.mdb"), "").unwrap();
        assert!(matches!(load_or_create(&config), Err(OpenError::LostKey { .. })));
    }

    #[test]
    fn a_key_file_that_was_asked_for_must_exist() {
        let dir = tempfile::tempdir().unwrap();
        let config = config::Store { key_file: Some(dir.path().join("mine")), ..config(dir.path()) };
        assert!(matches!(load_or_create(&config), Err(OpenError::NoKey { .. })));
        assert!(!path(&config).exists());
    }

    #[rstest::rstest]
    #[case(0o644, &"ab".repeat(32), Some("chmod 600"))]
    #[case(0o640, &"ab".repeat(32), Some("mode 640"))]
    #[case(0o600, &"ab".repeat(31), Some("64 hexadecimal digits"))]
    #[case(0o600, &"xy".repeat(32), Some("64 hexadecimal digits"))]
    #[case(0o400, &"aB".repeat(32), None)]
    fn a_key_file_is_the_owners_and_holds_64_digits(
        #[case] mode: u32,
        #[case] text: &str,
        #[case] refused: Option<&str>,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let config = config::Store { key_file: Some(dir.path().join("mine")), ..config(dir.path()) };
        fs::write(path(&config), text).unwrap();
        fs::set_permissions(path(&config), fs::Permissions::from_mode(mode)).unwrap();
        let outcome = load(&config).map(|_| ()).map_err(|error| error.to_string());
        match refused {
            None => assert_eq!(outcome, Ok(())),
            Some(words) => {
                let message = outcome.unwrap_err();
                assert!(message.contains(words) && !message.contains(text), "{message}");
            }
        }
    }
}
