//! What the ledger knows of the person, as it is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    check::dossier::mirror::{answer, coded, coded_if_told, event, maybe, mirrors, stop},
    facts::{
        Collection, Consent, EventRef, House, Line, Listed, Listing, Relationship, Request, SendLimit, Stop, Stops,
    },
    terms::{
        collection::CollectionContext,
        consent::{ConsentManner, ConsentSource},
    },
};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Line")]
pub(super) struct LineMirror<'a> {
    #[serde(with = "ListingMirror")]
    tps: Listing<'a>,
    #[serde(with = "ListingMirror")]
    ctps: Listing<'a>,
    #[serde(with = "ListingMirror")]
    fax: Listing<'a>,
    #[serde(with = "ListingMirror")]
    mps: Listing<'a>,
    #[serde(with = "maybe")]
    permission: Option<EventRef<'a>>,
    #[serde(with = "stop")]
    permission_withdrawn: Stop<'a>,
    #[serde(with = "maybe")]
    relationship: Option<Relationship<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Listing")]
struct ListingMirror<'a> {
    #[serde(with = "maybe")]
    listed: Option<Listed<'a>>,
    #[serde(with = "maybe")]
    absent: Option<EventRef<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Listed")]
struct ListedFields<'a> {
    #[serde(with = "event")]
    event: EventRef<'a>,
    since_known: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Relationship")]
struct RelationshipFields<'a> {
    #[serde(with = "event")]
    event: EventRef<'a>,
    #[serde(with = "maybe")]
    ended: Option<EventRef<'a>>,
    #[serde(with = "answer")]
    avoids_the_ban: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Consent")]
struct ConsentFields<'a> {
    #[serde(with = "event")]
    event: EventRef<'a>,
    #[serde(with = "coded_if_told")]
    manner: Option<ConsentManner>,
    #[serde(with = "coded")]
    source: ConsentSource,
    #[serde(with = "coded_if_told")]
    context: Option<CollectionContext>,
    for_this_detail: bool,
    before_reassignment: bool,
    covers_channel: bool,
    covers_purpose: bool,
    names_aims: bool,
    #[serde(with = "answer")]
    covers_topic: Option<bool>,
    names_topic: bool,
    #[serde(with = "answer")]
    names_sender: Option<bool>,
    #[serde(with = "answer")]
    names_caller: Option<bool>,
    names_promoted: bool,
    #[serde(with = "answer")]
    third_party_offers: Option<bool>,
    #[serde(with = "answer")]
    separate: Option<bool>,
    #[serde(with = "answer")]
    conditional: Option<bool>,
    #[serde(with = "answer")]
    withdrawal_told: Option<bool>,
    #[serde(with = "answer")]
    explicit: Option<bool>,
    #[serde(with = "answer")]
    parental_authorisation: Option<bool>,
    has_wording: bool,
    has_evidence: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Collection")]
struct CollectionFields<'a> {
    #[serde(with = "event")]
    event: EventRef<'a>,
    #[serde(with = "coded")]
    context: CollectionContext,
    for_this_detail: bool,
    before_reassignment: bool,
    by_sender: bool,
    #[serde(with = "answer")]
    opt_out_offered: Option<bool>,
    #[serde(with = "answer")]
    opt_out_free: Option<bool>,
    #[serde(with = "answer")]
    refused: Option<bool>,
    #[serde(with = "answer")]
    similar: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Request")]
struct RequestFields<'a> {
    #[serde(with = "event")]
    event: EventRef<'a>,
    to_sender: bool,
    covers_channel: bool,
    #[serde(with = "answer")]
    covers_topic: Option<bool>,
    names_topic: bool,
    for_this_detail: bool,
    before_reassignment: bool,
    fulfilled: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Stops")]
pub(super) struct StopsMirror<'a> {
    #[serde(with = "stop")]
    objection: Stop<'a>,
    #[serde(with = "stop")]
    fundraising_preference: Stop<'a>,
    #[serde(with = "stop")]
    withdrawal: Stop<'a>,
    #[serde(with = "stop")]
    refusal: Stop<'a>,
    #[serde(with = "stop")]
    complaint: Stop<'a>,
    #[serde(with = "stop")]
    company: Stop<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "House")]
pub(super) struct HouseMirror<'a> {
    #[serde(with = "answer")]
    quiet: Option<bool>,
    #[serde(with = "maybe")]
    consents_since: Option<Timestamp>,
    #[serde(with = "maybe")]
    limit: Option<SendLimit<'a>>,
    blocks_topics: bool,
    #[serde(with = "answer")]
    topic_blocked: Option<bool>,
    honours_registers_at_once: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "SendLimit")]
struct LimitFields<'a> {
    made: u32,
    at_most: u16,
    in_days: u16,
    #[serde(with = "answer")]
    covers: Option<bool>,
    #[serde(with = "maybe")]
    latest: Option<EventRef<'a>>,
}

mirrors! {
    ConsentMirror: Consent = "ConsentFields",
    CollectionMirror: Collection = "CollectionFields",
    RequestMirror: Request = "RequestFields",
    RelationshipMirror: Relationship = "RelationshipFields",
    ListedMirror: Listed = "ListedFields",
    LimitMirror: SendLimit = "LimitFields",
}
