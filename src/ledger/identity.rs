//! Contact details: normalised, so that two spellings of one address meet, and then only ever a keyed hash.
//!
//! Nothing after this file knows an address, a number or a name. The hash is BLAKE3 with a key of the installation,
//! so that whoever copies the data directory without its key cannot try out addresses.

use unicode_normalization::UnicodeNormalization as _;

pub use super::contact::{ContactDetails, Detail};
pub(crate) use super::contact::{appear_in, with_kinds};
use super::{email, phone, webmail::is_webmail, word};
use crate::terms::{recipient::DetailKind, register::Register};

/// Why a contact detail cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DetailError {
    /// No text before or after the `@`, or no `@`.
    #[error("this is no email address: it needs a mailbox, an `@` and a domain")]
    Email,
    /// The part after the `@` is no domain name.
    #[error("the part after the `@` is no domain name")]
    Domain,
    /// Too few or too many digits.
    #[error("this is no telephone number: write it as `+44...` or as a number of the United Kingdom")]
    Phone,
    /// Nothing there.
    #[error("this is empty")]
    Empty,
}

/// A contact detail in the one spelling that is hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The kind of detail.
    pub kind: DetailKind,
    text: String,
}

impl std::fmt::Debug for Normalised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}]", self.kind)
    }
}

impl Normalised {
    /// Brings a contact detail into its one spelling.
    ///
    /// # Errors
    /// If no person could be reached by such a text.
    pub fn new(kind: DetailKind, detail: &Detail) -> Result<Self, DetailError> {
        let text = match kind {
            DetailKind::Email => email::normal(detail.expose())?,
            DetailKind::Phone => phone::normal(detail.expose())?,
            DetailKind::Postal => postal(detail.expose()),
            DetailKind::Account => detail.expose().trim().nfc().collect(),
            DetailKind::Domain => email::domain(detail.expose().trim())?.into_owned(),
            DetailKind::Register => detail.expose().to_owned(),
        };
        if text.is_empty() { Err(DetailError::Empty) } else { Ok(Self { kind, text }) }
    }

    /// The domain of an email address, as a detail of its own: what is said for a whole company is kept under it. None
    /// where anybody can have a mailbox.
    #[must_use]
    pub fn domain(&self) -> Option<Self> {
        let domain = self.host().filter(|domain| !is_webmail(domain))?;
        Some(Self { kind: DetailKind::Domain, text: domain.to_owned() })
    }

    /// What stands after the `@` of an email address.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.text.rsplit_once('@').filter(|_| self.kind == DetailKind::Email).map(|(_, host)| host)
    }
}

fn postal(text: &str) -> String {
    let folded: String =
        text.nfkc().flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An organisation's name in the one spelling that is compared: "Acme (Bikes) Limited" is "acme bikes ltd".
#[must_use]
pub fn plain_name(name: &str) -> String {
    let folded = folded(name).replace(|c: char| !c.is_alphanumeric(), " ");
    let words = folded.split_whitespace().map(|word| match word {
        "limited" => "ltd",
        "company" => "co",
        "the" => "",
        word => word,
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace("public ltd co", "plc")
}

/// A text without regard to case and to how its characters are written. Plain ASCII needs no tables for it.
fn folded(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkc().flat_map(char::to_lowercase).collect() }
}

/// Under what a person's history stands: one sender and one contact detail, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecipientKey(pub [u8; 16]);

impl std::fmt::Display for RecipientKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The installation's secret key, and every hash that is made with it.
#[derive(Clone)]
pub struct Identity {
    key: [u8; 32],
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[key]")
    }
}

impl Identity {
    /// Takes the key.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The key of a person's history with one sender; no sender: what the public registers say of a number.
    #[must_use]
    pub fn recipient_key(&self, sender: Option<&str>, detail: &Normalised) -> RecipientKey {
        let kind = [detail.kind.code()];
        RecipientKey(self.hash(&[b"recipient", sender.unwrap_or("").as_bytes(), &kind, detail.text.as_bytes()]))
    }

    /// The key of what is known of a public register as a whole: when it was taken in.
    #[must_use]
    pub fn register_key(&self, register: Register) -> RecipientKey {
        self.recipient_key(None, &Normalised { kind: DetailKind::Register, text: register.as_str().to_owned() })
    }

    /// The key that an event's `id` is found by. Two senders may use the same `id`.
    ///
    /// An id that ends in a [`Self::word`] is found in the order of the histories' keys: see there.
    #[must_use]
    pub fn event_key(&self, sender: Option<&str>, id: &str) -> [u8; 16] {
        let mut key = self.hash(&[b"event", sender.unwrap_or("").as_bytes(), id.as_bytes()]);
        let lead = id.rsplit_once('-').and_then(|(_, word)| word::lead(word));
        key.iter_mut().zip(lead.into_iter().flatten()).for_each(|(byte, lead)| *byte = lead);
        key
    }

    /// A digest of a whole event, to tell the same event from another with its `id`.
    #[must_use]
    pub fn digest(&self, body: &[u8]) -> [u8; 16] {
        self.hash(&[b"body", body])
    }

    /// A number that stands for a topic, a product or an organisation's name; case and spacing do not matter.
    #[must_use]
    pub fn text(&self, text: &str) -> u64 {
        let folded = folded(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let [a, b, c, d, e, f, g, h, ..] = self.hash(&[b"text", folded.as_bytes()]);
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }

    /// A number that stands for an organisation's name: neither case nor punctuation matters, nor whether its form is
    /// written out.
    #[must_use]
    pub fn name(&self, name: &str) -> u64 {
        self.text(&plain_name(name))
    }

    /// A word that stands for something said under a history's key: the same parts give the same word. It has letters
    /// alone, so that no number is found in it.
    ///
    /// It begins as the key does, and an `id` that ends in it is kept where the key's history is kept. Whoever records
    /// a million events in the order of these keys then changes a few pages of the store at a time, not all of them.
    #[must_use]
    pub fn word(&self, key: &RecipientKey, parts: &[&[u8]]) -> String {
        word::of(&key.0, &self.hash(&[&[b"word".as_slice(), &key.0], parts].concat()))
    }

    /// A value that shows whether a data directory was written with this key.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 16] {
        self.hash(&[b"fingerprint"])
    }

    /// Each part is preceded by its length, so that no two lists of parts give the same bytes.
    fn hash(&self, parts: &[&[u8]]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut short = [0; 16];
        hasher.finalize_xof().fill(&mut short);
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(kind: DetailKind, text: &str) -> Result<String, DetailError> {
        Normalised::new(kind, &Detail::from(text)).map(|n| n.text)
    }

    #[rstest::rstest]
    #[case(DetailKind::Email, "Jo@EXAMPLE.com", "jo@example.com")]
    #[case(DetailKind::Email, " jo@example.com. ", "jo@example.com")]
    #[case(DetailKind::Email, "jo@BÜCHER.example", "jo@xn--bcher-kva.example")]
    #[case(DetailKind::Email, "jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example")]
    #[case(DetailKind::Email, "jose\u{301}@example.com", "jos\u{e9}@example.com")]
    #[case(DetailKind::Phone, "07700 900123", "+447700900123")]
    #[case(DetailKind::Phone, "+44 (0) 7700 900-123", "+447700900123")]
    #[case(DetailKind::Phone, "0044 7700 900123", "+447700900123")]
    #[case(DetailKind::Phone, "+4915112345678", "+4915112345678")]
    #[case(DetailKind::Phone, "+999 12 34567", "+9991234567")]
    #[case(DetailKind::Postal, "1, High St.\nLeeds", "1 high st leeds")]
    fn spellings_of_one_detail_meet(#[case] kind: DetailKind, #[case] written: &str, #[case] kept: &str) {
        assert_eq!(normal(kind, written).as_deref(), Ok(kept));
    }

    #[rstest::rstest]
    #[case(DetailKind::Email, "jo")]
    #[case(DetailKind::Email, "@example.com")]
    #[case(DetailKind::Email, "jo@")]
    #[case(DetailKind::Email, "jo@exa mple.com")]
    #[case(DetailKind::Phone, "call me")]
    #[case(DetailKind::Account, "  ")]
    fn what_reaches_nobody_is_refused(#[case] kind: DetailKind, #[case] written: &str) {
        assert!(normal(kind, written).is_err());
    }

    #[test]
    fn an_event_with_a_word_is_found_where_its_history_is() {
        let identity = Identity::new([7; 32]);
        let key = RecipientKey(std::array::from_fn(|index| index as u8));
        let found =
            |sender, parts: &[&[u8]]| identity.event_key(sender, &format!("tps-{}", identity.word(&key, parts)));
        assert_eq!(found(None, &[b"a"])[..6], key.0[..6]);
        assert_eq!(found(None, &[b"a"]), found(None, &[b"a"]));
        assert_ne!(found(None, &[b"a"]), found(None, &[b"b"]));
        assert_ne!(found(None, &[b"a"]), found(Some("acme"), &[b"a"]));
        assert_ne!(identity.event_key(None, "tps-1")[..6], key.0[..6]);
    }

    #[test]
    fn a_detail_never_shows_itself() {
        let details = ContactDetails { email: Some("jo@example.com".into()), ..ContactDetails::default() };
        assert!(!format!("{details:?}").contains("example"));
        assert!(details.appear_in("form of JO@Example.com"));
        let details = ContactDetails { phone: Some("+447700900123".into()), ..ContactDetails::default() };
        assert!(details.appear_in("sms-07700-900123"));
    }
}
