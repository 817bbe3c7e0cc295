//! The ledger as lines of JSON: what an export writes and an import reads.
//!
//! The first line says whose ledger it is, each line after it is one record of the journal in its order, and the last
//! says where it ends, so that a file that was cut off is found. A record stands in its line twice: as its bytes, which
//! are what counts, and in words for people, which must agree with them. Beside it stands the hash of the chain, so that
//! whoever reads the file sees that it is the journal that was written.

use data_encoding::{BASE64, HEXLOWER};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::record::{Matter, Record};

/// What the header of such a file says it is.
pub const FORMAT: &str = "maysend-ledger";

/// The version of the lines that this program writes and reads.
pub const VERSION: u32 = 1;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always [`FORMAT`].
    pub format: String,
    /// How the lines are written.
    pub version: u32,
    /// The fingerprint of the key that contact details were hashed with, in hexadecimal digits.
    pub key_fingerprint: String,
    /// The last revision when the file was begun, as answers give it.
    pub head: String,
    /// When the file was begun.
    pub made_at: Timestamp,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// Where the file ends.
    pub end: End,
}

/// Where a file ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// How many records it has.
    pub records: u64,
    /// The last revision: that of the header, or a later one if events came in while the file was written.
    pub head: String,
}

/// The line of one record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    revision: &'a str,
    recorded_at: Timestamp,
    matter: &'a str,
    /// The payload is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    erased: bool,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
    record: &'a str,
    chain: &'a str,
}

/// A record, as it stood in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Its revision, as answers give it.
    pub revision: String,
    /// Its bytes.
    pub record: Vec<u8>,
    /// The hash of the chain up to and with it.
    pub chain: [u8; 32],
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// It is none of the lines of such a file.
    #[error("it is no line of an exported ledger: {0}")]
    Json(#[from] serde_json::Error),
    /// It holds no record, or one whose checksum is wrong.
    #[error("its record is damaged")]
    Record,
    /// What should be the hash of the chain is none.
    #[error("its `chain` is no hash")]
    Chain,
    /// The words beside the record differ from it.
    #[error("its `{0}` is not that of its record: it was altered")]
    Differs(&'static str),
}

/// The line of a record, without its end.
///
/// # Errors
/// [`LineError`], if the record is damaged.
pub fn to_line(revision: &str, bytes: &[u8], chain: &[u8; 32]) -> Result<String, LineError> {
    let record = Record::read(bytes).map_err(|_| LineError::Record)?;
    let line = Line {
        revision,
        recorded_at: record.recorded_at(),
        matter: matter(&record),
        erased: record.is_erased(),
        body: body(&record)?,
        record: &BASE64.encode(bytes),
        chain: &HEXLOWER.encode(chain),
    };
    Ok(serde_json::to_string(&line)?)
}

/// The record of a line. What stands in the line beside the record must agree with it.
///
/// # Errors
/// [`LineError`].
pub fn from_line(line: &str) -> Result<Exported, LineError> {
    let line: Line<'_> = serde_json::from_str(line)?;
    let bytes = BASE64.decode(line.record.as_bytes()).map_err(|_| LineError::Record)?;
    let record = Record::read(&bytes).map_err(|_| LineError::Record)?;
    if line.recorded_at != record.recorded_at() {
        return Err(LineError::Differs("recorded_at"));
    }
    if line.matter != matter(&record) {
        return Err(LineError::Differs("matter"));
    }
    if line.erased != record.is_erased() {
        return Err(LineError::Differs("erased"));
    }
    if line.body.map(RawValue::get) != body(&record)?.map(RawValue::get) {
        return Err(LineError::Differs("body"));
    }
    let chain = HEXLOWER.decode(line.chain.as_bytes()).ok().and_then(|chain| chain.try_into().ok());
    let chain = chain.ok_or(LineError::Chain)?;
    Ok(Exported { revision: line.revision.to_owned(), record: bytes, chain })
}

/// A key's fingerprint as the header writes it.
#[must_use]
pub fn fingerprint(fingerprint: [u8; 16]) -> String {
    HEXLOWER.encode(&fingerprint)
}

const fn matter(record: &Record<'_>) -> &'static str {
    match record.matter {
        Matter::Event => "event",
        Matter::Sender => "sender",
        Matter::Erasure => "erasure",
    }
}

/// The body as it stands, byte for byte; none where there is none.
fn body<'a>(record: &Record<'a>) -> Result<Option<&'a RawValue>, LineError> {
    if record.body.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_slice(record.body)?)) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::ledger::{event::Event, identity::Identity, record};

    const KEY: Identity = Identity::new([7; 32]);
    const CHAIN: [u8; 32] = [9; 32];

    fn recorded() -> Vec<u8> {
        let event: Event = serde_json::from_value(json!({
            "type": "objection_raised", "id": "1", "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
            "recipient": { "email": "jo@example.com" }, "topics": ["\"quoted\" \u{1f6b2}"],
        }))
        .unwrap();
        record::of_event(&event, &KEY, "2026-10-01T09:00:01.25Z".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_record_goes_into_a_line_and_back() {
        let sender = serde_json::from_value(json!({ "legal_name": "Acme Ltd", "kind": "company" })).unwrap();
        let profile = record::of_sender("acme", &sender, &KEY, "2026-10-01T09:00:00Z".parse().unwrap()).unwrap();
        let left = Record::read(&recorded()).unwrap().erased();
        for record in [recorded(), profile, left] {
            let line = to_line("r1-2a", &record, &CHAIN).unwrap();
            assert!(!line.contains('\n') && !line.contains("jo@example.com"), "{line}");
            assert_eq!(from_line(&line).unwrap(), Exported { revision: "r1-2a".to_owned(), record, chain: CHAIN });
        }
    }

    #[test]
    fn a_line_is_readable() {
        let line: Value = serde_json::from_str(&to_line("r1-2a", &recorded(), &CHAIN).unwrap()).unwrap();
        assert_eq!((&line["matter"], &line["recorded_at"]), (&json!("event"), &json!("2026-10-01T09:00:01.25Z")));
        assert_eq!((&line["body"]["type"], &line["body"]["sender"]), (&json!("objection_raised"), &json!("acme")));
        assert_eq!(line["chain"], json!("0909090909090909090909090909090909090909090909090909090909090909"));
        let left = Record::read(&recorded()).unwrap().erased();
        let line: Value = serde_json::from_str(&to_line("r1-2a", &left, &CHAIN).unwrap()).unwrap();
        assert_eq!((&line["erased"], line.get("body")), (&json!(true), None));
    }

    #[rstest::rstest]
    #[case("09:00:01.25Z", "09:00:02.25Z", "its `recorded_at` is not that of its record")]
    #[case("\"event\"", "\"sender\"", "its `matter` is not")]
    #[case("\"sender\":\"acme\"", "\"sender\":\"bolt\"", "its `body` is not")]
    #[case("\"chain\":\"09", "\"chain\":\"0g", "its `chain` is no hash")]
    #[case("\"matter\"", "\"erased\":true,\"matter\"", "its `erased` is not")]
    #[case("\"record\":\"A", "\"record\":\"B", "its record is damaged")]
    #[case("\"record\":\"", "\"record\":\"?", "its record is damaged")]
    #[case("\"record\"", "\"recorded\"", "no line of an exported ledger")]
    fn what_was_altered_is_found(#[case] from: &str, #[case] to: &str, #[case] says: &str) {
        let line = to_line("r1-2a", &recorded(), &CHAIN).unwrap();
        let altered = line.replacen(from, to, 1);
        assert_ne!(altered, line);
        let error = from_line(&altered).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}
