//! Facts as they are kept, field by field, in version 1.
//!
//! Each struct here has the fields of the one that it is written for, in the order in which they stand on disk: a fact
//! that is added there does not compile until it is added here, and with it a version. `known` has what the ledger knows of
//! the person.

mod known;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::known::{HouseMirror, LineMirror, StopsMirror};
use super::mirror::{answer, coded, coded_if_told, day, maybe, mirrors, moment};
use crate::{
    check::content::fact_of,
    facts::{
        AssertedBasis, Call, Caller, Collection, Consent, Content, Extent, Facts, House, Line, Message, Place,
        Recipient, Request, Shows, Stops, Wording,
    },
    terms::{
        audience::Audience,
        channel::Channel,
        lawful_basis::LawfulBasis,
        party::{PolicyProfile, SenderKind},
        purpose::{Matter, Purpose},
        refusal::OptOut,
        subscriber::SubscriberKind,
        wording::{CueFamily, FindingKind, Strength},
    },
};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Facts")]
pub(super) struct FactsMirror<'a> {
    #[serde(with = "day")]
    as_of: Date,
    #[serde(with = "moment")]
    at: Timestamp,
    #[serde(with = "coded")]
    profile: PolicyProfile,
    #[serde(with = "coded")]
    sender_kind: SenderKind,
    promotes_another: bool,
    #[serde(with = "coded")]
    channel: Channel,
    #[serde(with = "coded_if_told")]
    audience: Option<Audience>,
    #[serde(with = "coded")]
    purpose: Purpose,
    #[serde(with = "coded_if_told")]
    matter: Option<Matter>,
    #[serde(with = "BasisMirror")]
    basis: AssertedBasis,
    #[serde(with = "CallerMirror")]
    caller: Caller,
    #[serde(with = "CallMirror")]
    call: Call,
    #[serde(with = "LineMirror")]
    line: Line<'a>,
    #[serde(with = "answer")]
    reached: Option<bool>,
    #[serde(with = "MessageMirror")]
    message: Message,
    #[serde(with = "ContentMirror")]
    content: Content<'a>,
    #[serde(with = "RecipientMirror")]
    recipient: Recipient,
    // All of them stand in two lists of their own.
    #[serde(skip)]
    consent: Option<Consent<'a>>,
    #[serde(skip)]
    collection: Option<Collection<'a>>,
    answers_request: bool,
    #[serde(with = "maybe")]
    request: Option<Request<'a>>,
    #[serde(with = "StopsMirror")]
    stops: Stops<'a>,
    #[serde(with = "HouseMirror")]
    house: House<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "AssertedBasis")]
struct BasisMirror {
    #[serde(with = "coded_if_told")]
    kind: Option<LawfulBasis>,
    assessed: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Caller")]
struct CallerMirror {
    #[serde(with = "answer")]
    authorised: Option<bool>,
    has_contact: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Call")]
struct CallMirror {
    #[serde(with = "answer")]
    presents_cli: Option<bool>,
    #[serde(with = "answer")]
    names_caller: Option<bool>,
    #[serde(with = "answer")]
    address_or_freephone: Option<bool>,
    #[serde(with = "answer")]
    offers_opt_out: Option<bool>,
    #[serde(with = "answer")]
    client_would_expect: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Message")]
struct MessageMirror {
    #[serde(with = "answer")]
    contains_promotion: Option<bool>,
    names_products: bool,
    #[serde(with = "answer")]
    feeds_marketing: Option<bool>,
    #[serde(with = "answer")]
    identifies_sender: Option<bool>,
    #[serde(with = "answer")]
    reply_address: Option<bool>,
    #[serde(with = "coded_if_told")]
    opt_out: Option<OptOut>,
    #[serde(with = "answer")]
    clearly_commercial: Option<bool>,
    #[serde(with = "answer")]
    websites_comply: Option<bool>,
    #[serde(with = "answer")]
    similar: Option<bool>,
    #[serde(with = "answer")]
    sole_charitable_purpose: Option<bool>,
    #[serde(with = "answer")]
    special_category: Option<bool>,
    #[serde(with = "answer")]
    privacy_information: Option<bool>,
    #[serde(with = "answer")]
    right_to_object_told: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Content")]
struct ContentMirror<'a> {
    #[serde(with = "ExtentMirror")]
    extent: Extent,
    // The words stand in a list of their own.
    #[serde(skip)]
    strongest: [Option<&'a Wording<'a>>; FindingKind::ALL.len()],
    #[serde(skip)]
    review: Option<&'a Wording<'a>>,
    #[serde(with = "coded_if_told")]
    opt_out: Option<OptOut>,
    #[serde(with = "answer")]
    names_sender: Option<bool>,
    #[serde(with = "ShowsMirror")]
    shows: Shows,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Extent")]
enum ExtentMirror {
    Nothing,
    Part,
    Whole,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Shows")]
struct ShowsMirror {
    opt_out: bool,
    identifies_sender: bool,
    reply_address: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Wording")]
struct WordingFields<'a> {
    #[serde(with = "coded")]
    kind: FindingKind,
    #[serde(with = "coded")]
    family: CueFamily,
    #[serde(with = "coded")]
    strength: Strength,
    // What a message says is nowhere kept.
    #[serde(skip)]
    words: &'a str,
    #[serde(with = "place")]
    place: Place,
}

/// Where words stand: the number of the part's name, of a raw message the part, and the bytes.
mod place {
    use super::{Deserialize, Deserializer, Place, Serialize, Serializer, fact_of};

    const PARTS: [&str; 3] = ["subject", "text", "html"];

    pub(super) fn serialize<S: Serializer>(place: &Place, to: S) -> Result<S::Ok, S::Error> {
        let part = PARTS.iter().position(|part| *part == place.part);
        (part, place.of_raw, place.start, place.end).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Place, D::Error> {
        let (part, of_raw, start, end) = <(Option<usize>, Option<u32>, usize, usize)>::deserialize(from)?;
        let part = part.and_then(|part| PARTS.get(part)).copied().unwrap_or("text");
        Ok(Place { part, fact: fact_of(of_raw, part), of_raw, start, end })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Recipient")]
struct RecipientMirror {
    #[serde(with = "coded")]
    subscriber: SubscriberKind,
    #[serde(with = "answer")]
    named_person: Option<bool>,
    age: Option<u8>,
    #[serde(with = "answer")]
    abroad: Option<bool>,
    #[serde(with = "answer")]
    vulnerable: Option<bool>,
}

mirrors! {
    WordingMirror: Wording = "WordingFields",
}
