//! What can happen between a person and a sender: every kind of event, with its own fields.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::terms::{
    channel::Channel,
    collection::CollectionContext,
    consent::{ConsentManner, ConsentSource},
    objection::OnBehalfOf,
    purpose::Purpose,
    register::Register,
    subscriber::SubscriberKind,
};

/// Declares the kinds of event: a struct of each kind's own fields, and the enum of them all.
macro_rules! events {
    ($($(#[$outer:meta])* $name:ident = $code:literal => $text:literal {
        $($(#[$inner:meta])* $field:ident: $ty:ty),* $(,)?
    })+) => {
        $(
            $(#[$outer])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($(#[$inner])* pub $field: $ty),* }
        )+

        vocabulary! {
            /// The kind of an event: its `type` on the wire.
            pub enum EventKind { $(#[doc = concat!("See [`", stringify!($name), "`].")] $name = $code => $text),+ }
        }

        /// What happened.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Happening { $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name)),+ }

        impl Happening {
            /// The kind of event this is.
            #[must_use]
            pub const fn kind(&self) -> EventKind {
                match self { $(Self::$name(_) => EventKind::$name),+ }
            }

            /// The own fields of this event as JSON.
            pub(super) fn fields(&self) -> Result<Value, serde_json::Error> {
                match self { $(Self::$name(fields) => serde_json::to_value(fields)),+ }
            }

            /// Reads the own fields of an event of the given kind.
            pub(super) fn read(kind: EventKind, fields: Value) -> Result<Self, serde_json::Error> {
                match kind { $(EventKind::$name => serde_json::from_value(fields).map(Self::$name)),+ }
            }
        }

        /// The schema of each kind's own fields.
        pub(super) fn schemas() -> Vec<(EventKind, utoipa::openapi::RefOr<utoipa::openapi::Schema>)> {
            use utoipa::PartialSchema as _;
            vec![$((EventKind::$name, $name::schema())),+]
        }

        /// What those fields refer to by name.
        pub(super) fn kinds_refer_to(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
            $($name::schemas(schemas);)+
        }
    };
}

events! {
    /// The person consented to marketing (PECR reg 22(2); UK GDPR Arts 4(11) and 7).
    ConsentGiven = 0 => "consent_given" {
        /// How the person gave it. Not stated: the consent cannot be relied on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<ConsentManner>,
        /// Through whom it came.
        #[serde(default = "direct")]
        #[schema(default = "direct")]
        source: ConsentSource,
        /// The channels it covers. Consent to one says nothing of another.
        #[schema(min_items = 1)]
        channels: Vec<Channel>,
        /// The sender's own topics that it is limited to; empty: not limited to topics.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
        /// The purposes it covers; empty: what a sender of this kind ordinarily sends.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        purposes: Vec<Purpose>,
        /// The organisations that the wording named, by profile id or by name. A direct consent that leaves this out
        /// names the sender that it was given to; an indirect one that leaves it out names nobody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        named_senders: Option<Vec<Text>>,
        /// The wording covered offers of other parties, sent by this sender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        third_party_offers: Option<bool>,
        /// It was asked for apart from other matters (Art 7(2)). Not stated: the consent cannot be relied on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        separate: Option<bool>,
        /// A service was made to depend on it (Art 7(4)). Not stated: the consent cannot be relied on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conditional: Option<bool>,
        /// The person was told beforehand that it can be withdrawn (Art 7(3)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        withdrawal_told: Option<bool>,
        /// It is explicit consent to the use of special category data (Art 9(2)(a)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explicit: Option<bool>,
        /// A holder of parental responsibility gave or authorised it (Art 8).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parental_authorisation: Option<bool>,
        /// The occasion, where it was a competition or a prize draw.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        context: Option<CollectionContext>,
        /// The words that the person agreed to. Without them, `evidence` must be there (Art 7(1)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wording: Option<Text>,
        /// The version of those words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wording_version: Option<Text>,
        /// Where the proof is kept: a form's submission id, a recording's reference. An indirect consent needs it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Text>,
    }

    /// The person withdrew consent (UK GDPR Art 7(3)).
    ConsentWithdrawn = 1 => "consent_withdrawn" {
        /// The channels it is withdrawn for; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<Channel>,
        /// The topics it is withdrawn for; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
    }

    /// The person objected to direct marketing (UK GDPR Art 21(2)-(3); PECR reg 21(1)(a)).
    ObjectionRaised = 2 => "objection_raised" {
        /// The channels objected to; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<Channel>,
        /// The topics objected to; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
        /// For whom the objection speaks.
        #[serde(default = "person")]
        #[schema(default = "person")]
        on_behalf_of: OnBehalfOf,
    }

    /// The sender obtained the person's contact details (PECR reg 22(3)(a), 22(3A)(b)).
    DetailsCollected = 3 => "details_collected" {
        /// The occasion.
        context: CollectionContext,
        /// The organisation that collected them, by profile id or by name, where it was not the sender itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collected_by: Option<Text>,
        /// A simple means of refusing marketing was offered at that moment. Not stated: no soft opt-in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opt_out_offered: Option<bool>,
        /// That means cost nothing but its transmission.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opt_out_free: Option<bool>,
        /// The person refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<bool>,
        /// The products sold or discussed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        products: Vec<Text>,
    }

    /// The person refused the use of the details for marketing, then or later (PECR reg 22(3)(c)).
    DetailsRefused = 4 => "details_refused" {
        /// The channels refused; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<Channel>,
        /// The topics refused; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
    }

    /// A subscriber told this caller that they do not for the time being object to its calls (PECR reg 21(4)).
    CallPermissionGiven = 5 => "call_permission_given" {}

    /// A subscriber took that back (PECR reg 21(5)).
    CallPermissionWithdrawn = 6 => "call_permission_withdrawn" {}

    /// The number or address was entered on a register (PECR regs 25 and 26).
    RegisterListed = 7 => "register_listed" {
        /// The register.
        register: Register,
        /// The register does not say since when: it stood there already when this happened. Nobody can say then that
        /// the listing is less than 28 days old (PECR reg 20(4), 21(3)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_or_before: Option<bool>,
    }

    /// The number or address was taken off a register.
    RegisterRemoved = 8 => "register_removed" {
        /// The register.
        register: Register,
    }

    /// The number or address was looked up in a register.
    RegisterScreened = 9 => "register_screened" {
        /// The register.
        register: Register,
        /// It was found there.
        found: bool,
    }

    /// The person asked for something to be sent: what answers it is solicited (PECR reg 22(1)).
    RequestMade = 10 => "request_made" {
        /// The channels on which the answer was asked for; empty: any that uses the same contact detail.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<Channel>,
        /// What was asked for, as topics; empty: whatever answers this request, unless the person has objected before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
    }

    /// What the person asked for was sent: later messages are unsolicited.
    RequestFulfilled = 11 => "request_fulfilled" {
        /// The `id` of the `request_made` event.
        request: Text,
    }

    /// Somebody found out who is party to the contract for the line or mailbox (PECR reg 2(1)).
    SubscriberIdentified = 12 => "subscriber_identified" {
        /// What the subscriber is.
        subscriber: SubscriberKind,
        /// The address or number belongs to one named person at work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        named_person: Option<bool>,
    }

    /// A client relationship began (PECR reg 21B(3)).
    ClientRelationshipStarted = 13 => "client_relationship_started" {
        /// The caller set it up mainly to be able to call (the regulation's anti-avoidance limb).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        set_up_to_avoid_the_ban: Option<bool>,
    }

    /// The client relationship ended.
    ClientRelationshipEnded = 14 => "client_relationship_ended" {}

    /// The address or number went to somebody else: earlier consents are not the new holder's.
    ContactReassigned = 15 => "contact_reassigned" {}

    /// The person's age became known.
    AgeStated = 16 => "age_stated" {
        /// Whole years on the day of the event.
        #[schema(maximum = 130)]
        age: u8,
    }

    /// The person complained about marketing, to the sender or through the mailbox provider.
    ComplaintMade = 17 => "complaint_made" {
        /// The channels complained of; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<Channel>,
        /// The topics complained of; empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
    }

    /// A whole register, as it stood on a day, was taken into the ledger: what is not in it was not listed on that day
    /// (PECR regs 20(4) and 21(3)). It is about no one person and no one sender, and comes after the `register_listed` of
    /// every entry.
    RegisterImported = 18 => "register_imported" {
        /// The register. `fundraising_preference` has none that is whole: a charity is told of the requests to itself.
        register: Register,
        /// How many numbers or addresses it held.
        #[schema(minimum = 1, maximum = 1_000_000_000_000u64)]
        entries: u64,
    }

    /// The sender sent the person a message. It is counted by the sender's own limits of frequency (`house_rules`) and by
    /// nothing else.
    SendMade = 19 => "send_made" {
        /// How it was sent.
        channel: Channel,
        /// What it was for. Not stated: it is counted as marketing. `service` and `research` are not counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<Purpose>,
        /// The sender's own topics that it was about; empty: not stated, and counted as any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        topics: Vec<Text>,
        /// The `decision_id` of the answer that it was sent on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision_id: Option<Uuid>,
        /// The sender's own reference: a campaign, the id of the message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<Text>,
    }

    /// The person had everything erased that the sender held (UK GDPR Art 17). What stays is this: no more marketing, on
    /// any channel, about anything. It is never sent as an event; `POST /recipients/erasure` leaves it behind.
    ErasureRequested = 20 => "erasure_requested" {
        /// The sender's own reference of the person's request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<Text>,
    }
}

impl EventKind {
    /// Whether such an event is about a register as a whole, so about no one person.
    #[must_use]
    pub const fn is_of_a_whole_register(self) -> bool {
        matches!(self, Self::RegisterImported)
    }

    /// Whether such an event is left behind by an erasure, so that nobody records it by itself.
    #[must_use]
    pub const fn is_left_by_an_erasure(self) -> bool {
        matches!(self, Self::ErasureRequested)
    }
}

const fn direct() -> ConsentSource {
    ConsentSource::Direct
}

const fn person() -> OnBehalfOf {
    OnBehalfOf::Person
}

/// A short text of the caller's: a topic, a product, a name, a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 2000)]
pub struct Text(pub String);
