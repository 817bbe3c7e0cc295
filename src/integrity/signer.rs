//! The key that checkpoints are signed with, in a file of its own.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding},
};

/// The name of the file in the data directory, where no other is named.
const FILE: &str = "signing-key.pem";

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// The file cannot be read or made.
    #[error("cannot {verb} the signing key `{}`: {cause}", file.display())]
    File {
        /// What was tried.
        verb: &'static str,
        /// With what.
        file: PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
    /// It holds something else.
    #[error("`{}` holds no Ed25519 key in the form of PKCS #8", .0.display())]
    Malformed(PathBuf),
}

/// The file of the key: the one that was named, or the one in the data directory.
#[must_use]
pub fn file(named: Option<&Path>, data_dir: &Path) -> PathBuf {
    named.map_or_else(|| data_dir.join(FILE), Path::to_path_buf)
}

/// Reads the key; makes one where there is no file. It is the owner's alone.
///
/// # Errors
/// [`SignerError`] says what is wrong with the file.
pub fn load_or_create(file: &Path) -> Result<SigningKey, SignerError> {
    let failed = |verb| move |cause| SignerError::File { verb, file: file.to_path_buf(), cause };
    let malformed = || SignerError::Malformed(file.to_path_buf());
    match fs::read_to_string(file) {
        Ok(pem) => SigningKey::from_pkcs8_pem(&pem).map_err(|_| malformed()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut seed = [0; 32];
            getrandom::fill(&mut seed).map_err(|error| failed("make")(io::Error::other(error.to_string())))?;
            let key = SigningKey::from_bytes(&seed);
            let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| malformed())?;
            create(file, &pem).map_err(failed("make"))?;
            Ok(key)
        }
        Err(error) => Err(failed("read")(error)),
    }
}

/// Writes the key under another name first, so that a crash never leaves half a key.
fn create(file: &Path, pem: &str) -> io::Result<()> {
    let draft = file.with_extension("new");
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    new.write_all(pem.as_bytes())?;
    new.sync_all()?;
    fs::rename(&draft, file)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_its_owners() {
        let dir = tempfile::tempdir().unwrap();
        let file = file(None, dir.path());
        let key = load_or_create(&file).unwrap();
        assert_eq!(load_or_create(&file).unwrap(), key);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_key_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mine.pem");
        fs::write(&file, "a letter").unwrap();
        assert!(matches!(load_or_create(&file), Err(SignerError::Malformed(_))));
        assert_eq!(fs::read_to_string(&file).unwrap(), "a letter");
    }
}
