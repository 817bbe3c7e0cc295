//! A signed statement of how far the ledger and the decision log had come, and of the hash of everything up to there.
//!
//! The signature (Ed25519, RFC 8032) is over `text`, byte for byte, so that anybody can check it without this program:
//! `docs/proof.md` shows how.

use std::fmt::Write as _;

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{
    Signature, Signer as _, SigningKey, VerifyingKey,
    pkcs8::{DecodePublicKey as _, EncodePublicKey as _, spki::der::pem::LineEnding},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{decisions, store::Revision};

/// The first line of the text: what it is, and in which version.
const TITLE: &str = "maysend checkpoint 1";

/// What a checkpoint states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// When it was made.
    pub made_at: Timestamp,
    /// Which ledger: the fingerprint of the key that it is written with.
    pub ledger: [u8; 16],
    /// The last revision of the journal.
    pub revision: Revision,
    /// The hash of the journal up to there.
    pub journal: [u8; 32],
    /// How many decisions were logged, and the hash of the log up to there.
    pub log: decisions::Head,
    /// The version of the rulebook that the program applied.
    pub rulebook: String,
}

/// A statement with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// What is stated, line by line. The signature is over these very bytes.
    pub text: String,
    /// The Ed25519 signature in base64.
    #[schema(example = "y5zr…", content_encoding = "base64")]
    pub signature: String,
    /// The public key of whoever signed, as PEM. That it is the right one must be known from elsewhere.
    pub public_key: String,
}

/// Why a checkpoint proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The public key cannot be read.
    #[error("its public key cannot be read")]
    Key,
    /// It was signed with another key.
    #[error("it names another public key than the one that was given")]
    AnotherKey,
    /// The signature does not fit the text and the key.
    #[error("its signature does not fit: the text was changed, or somebody else signed it")]
    Signature,
    /// The text does not say what a checkpoint says.
    #[error("its text is not that of a checkpoint of this version")]
    Text,
}

impl Checkpoint {
    /// Signs a statement.
    ///
    /// # Errors
    /// [`CheckpointError::Key`], if the public key cannot be written, which no key allows.
    pub fn sign(statement: &Statement, key: &SigningKey) -> Result<Self, CheckpointError> {
        let text = statement.text();
        let signature = BASE64.encode(&key.sign(text.as_bytes()).to_bytes());
        let public_key = key.verifying_key().to_public_key_pem(LineEnding::LF).map_err(|_| CheckpointError::Key)?;
        Ok(Self { text, signature, public_key })
    }

    /// What it states, if the signature holds. `expected` is the public key that is known from elsewhere; without it
    /// the checkpoint's own is used, which shows only that nothing in it was changed by accident.
    ///
    /// # Errors
    /// [`CheckpointError`] says why it proves nothing.
    pub fn verify(&self, expected: Option<&VerifyingKey>) -> Result<Statement, CheckpointError> {
        let own = public_key(&self.public_key)?;
        if expected.is_some_and(|expected| *expected != own) {
            return Err(CheckpointError::AnotherKey);
        }
        let signature = BASE64.decode(self.signature.as_bytes()).ok();
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        let signature = signature.ok_or(CheckpointError::Signature)?;
        own.verify_strict(self.text.as_bytes(), &signature).map_err(|_| CheckpointError::Signature)?;
        Statement::read(&self.text).ok_or(CheckpointError::Text)
    }
}

/// A public key from its PEM.
///
/// # Errors
/// [`CheckpointError::Key`].
pub fn public_key(pem: &str) -> Result<VerifyingKey, CheckpointError> {
    VerifyingKey::from_public_key_pem(pem).map_err(|_| CheckpointError::Key)
}

impl Statement {
    fn text(&self) -> String {
        let Self { made_at, ledger, revision, journal, log, rulebook } = self;
        let mut text = format!("{TITLE}\n");
        let lines: [(&str, &dyn std::fmt::Display); 7] = [
            ("made_at", made_at),
            ("ledger", &HEXLOWER.encode(ledger)),
            ("revision", revision),
            ("journal", &HEXLOWER.encode(journal)),
            ("decisions", &log.decisions),
            ("log", &HEXLOWER.encode(&log.hash)),
            ("rulebook", rulebook),
        ];
        for (name, value) in lines {
            // Writing to a text never fails.
            let _ = writeln!(text, "{name} {value}");
        }
        text
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != TITLE {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let made_at = value("made_at")?.parse().ok()?;
        let ledger = bytes(value("ledger")?)?;
        let revision = value("revision")?.parse().ok()?;
        let journal = bytes(value("journal")?)?;
        let decisions = value("decisions")?.parse().ok()?;
        let log = decisions::Head { decisions, hash: bytes(value("log")?)? };
        let rulebook = value("rulebook")?.to_owned();
        lines.next().is_none().then_some(Self { made_at, ledger, revision, journal, log, rulebook })
    }
}

fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(digits.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32])
    }

    fn statement() -> Statement {
        Statement {
            made_at: "2026-11-22T04:05:06Z".parse().unwrap(),
            ledger: [1; 16],
            revision: Revision(42),
            journal: [2; 32],
            log: decisions::Head { decisions: 7, hash: [3; 32] },
            rulebook: "2026-11-21".to_owned(),
        }
    }

    fn signed() -> Checkpoint {
        Checkpoint::sign(&statement(), &key(9)).unwrap()
    }

    #[test]
    fn what_is_signed_is_read_back() {
        let expected = key(9).verifying_key();
        assert_eq!(signed().verify(Some(&expected)), Ok(statement()));
        assert_eq!(signed().verify(None), Ok(statement()));
        let text = signed().text;
        assert!(text.starts_with("maysend checkpoint 1\nmade_at 2026-11-22T04:05:06Z\nledger 0101"), "{text}");
        assert!(text.ends_with("rulebook 2026-11-21\n"), "{text}");
    }

    #[rstest]
    #[case::the_text(|it: &mut Checkpoint| it.text = it.text.replace("r1-2a", "r1-2b"), CheckpointError::Signature)]
    #[case::the_signature(|it: &mut Checkpoint| it.signature = BASE64.encode(&[0; 64]), CheckpointError::Signature)]
    #[case::half_of_it(|it: &mut Checkpoint| it.signature.truncate(10), CheckpointError::Signature)]
    #[case::no_key(|it: &mut Checkpoint| it.public_key.clear(), CheckpointError::Key)]
    #[case::another(
        |it: &mut Checkpoint| *it = Checkpoint::sign(&statement(), &key(8)).unwrap(),
        CheckpointError::AnotherKey
    )]
    #[case::another_text(|it: &mut Checkpoint| {
        it.text = "Dear reader\n".to_owned();
        it.signature = BASE64.encode(&key(9).sign(it.text.as_bytes()).to_bytes());
    }, CheckpointError::Text)]
    fn a_change_is_found(#[case] change: fn(&mut Checkpoint), #[case] expected: CheckpointError) {
        let mut checkpoint = signed();
        change(&mut checkpoint);
        assert_eq!(checkpoint.verify(Some(&key(9).verifying_key())), Err(expected));
    }
}
