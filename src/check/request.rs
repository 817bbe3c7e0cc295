//! A send request: the one question, as callers write it.

mod as_of;

use std::collections::BTreeMap;

use serde::Deserialize;
use utoipa::ToSchema;

pub use self::as_of::AsOf;
use super::raw_message::RawMessage;
use crate::{
    ledger::{
        event::{GivenEvent, Text},
        identity::{ContactDetails, Detail, appear_in, with_kinds},
        object::{self, objects},
        sender::{Sender, SenderId},
    },
    terms::{
        audience::Audience,
        channel::Channel,
        lawful_basis::LawfulBasis,
        purpose::{Matter, Purpose},
        recipient::DetailKind,
        refusal::OptOut,
        subscriber::SubscriberKind,
    },
};

/// One message to one person: may it be sent?
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct SendRequest {
    /// Who sends the message: the id of a profile, or a profile of an unregistered sender. An email service or an agency
    /// that sends for somebody is not meant, unless it uses a list of its own; then name the other as `instigator`.
    pub sender: Party,
    /// Who causes the message to be sent, where that is another: both answer for it.
    #[serde(default)]
    pub instigator: Option<Party>,
    /// Whose goods or aims are promoted, by profile id or name, where they are not the sender's own.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    pub promoted_party: Option<String>,
    /// How the message reaches the person.
    pub channel: Channel,
    /// The person. Give every contact detail that you hold of them: an objection that came by telephone is found by the
    /// number, not by the email address. What is directed to nobody in particular has no recipient.
    #[serde(default)]
    pub recipient: Recipient,
    /// What the message is for, as the caller declares it.
    pub purpose: Purpose,
    /// The sender's own name for the list or subject, as in its consents.
    #[serde(default)]
    pub topic: Option<Text>,
    /// The sender's own name for the mailing that the message belongs to. It decides nothing: the decision log keeps it,
    /// so that decisions are found by it.
    #[serde(default)]
    pub campaign: Option<Text>,
    /// A subject with rules of its own for calls.
    #[serde(default)]
    pub matter: Option<Matter>,
    /// What the message says.
    #[serde(default)]
    pub message: MessageFacts,
    /// What the call or the fax presents. For the telephone channels only.
    #[serde(default)]
    pub call: Option<CallFacts>,
    /// To whom a letter, a leaflet or an advertisement is directed. Left out: to a person. Other channels reach one
    /// person anyway.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// Asserted: the lawful basis for using the person's data (UK GDPR Art 6(1)). Left out: legitimate interests, if the
    /// sender's profile holds an assessment of them.
    #[serde(default)]
    pub lawful_basis: Option<LawfulBasis>,
    /// The reference of the assessment of the legitimate interests behind this message (UK GDPR Art 6(1)(f)). Left out:
    /// the one in the sender's profile.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = r"[^ \t\n\x0B\x0C\r]", min_length = 1, max_length = 2000,
        example = "LIA-2026-3")]
    pub assessment: Option<Text>,
    /// For a question about the past: whether the message reached the person. A bounced email, an unanswered call did
    /// not; since 5 February 2026 that makes no difference (PECR reg 2(1A)).
    #[serde(default)]
    pub reached: Option<bool>,
    /// The `id` of the `request_made` event that this message answers: it is then solicited.
    #[serde(default)]
    pub answers_request: Option<Text>,
    /// Extra events weighed for this check only. They are the caller's word: none outweighs a recorded objection.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub given: Vec<GivenEvent>,
    /// The day, or the moment, whose law and facts apply. Left out: now.
    #[serde(default)]
    pub as_of: Option<AsOf>,
    /// A ledger revision that the answer must take account of, as an earlier answer gave it.
    #[serde(default)]
    #[schema(pattern = "^r1-[0-9a-f]{1,16}$")]
    pub at_least: Option<String>,
}

/// A sender: the id of its profile, or the profile itself.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Party {
    /// The id of a registered profile.
    Registered(SenderId),
    /// A profile for this check alone. Nothing on record is consulted: only `given` counts.
    Inline(Box<Sender>),
}

/// The person reached, and what the caller knows of them.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Recipient {
    /// An email address.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "email", min_length = 1, max_length = 320, example = "jo@example.com")]
    pub email: Option<Detail>,
    /// A telephone number. Without `+` and a country code it is read as a number of the United Kingdom.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = r"^\+?[0-9 ().\-]{5,40}$", example = "+447700900123")]
    pub phone: Option<Detail>,
    /// A postal address on one line.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub postal: Option<Detail>,
    /// An account with the sender's app or site, or on a social network.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub account: Option<Detail>,
    /// Party to the contract for the line or mailbox. Left out: what the ledger knows, else unknown, which the rules
    /// treat as individual.
    #[serde(default)]
    pub subscriber: Option<SubscriberKind>,
    /// The contact detail or the message names a person.
    #[serde(default)]
    pub named_person: Option<bool>,
    /// Where the person is, as an ISO 3166-1 code of two letters.
    #[serde(default)]
    #[schema(pattern = "^[A-Z]{2}$", example = "GB")]
    pub country: Option<String>,
    /// Age in whole years.
    #[serde(default)]
    #[schema(maximum = 130)]
    pub age: Option<u8>,
    /// The sender knows the person to be vulnerable.
    #[serde(default)]
    pub vulnerable: Option<bool>,
}

impl Recipient {
    /// The details given, each with its kind.
    pub fn details(&self) -> impl Iterator<Item = (DetailKind, &Detail)> {
        with_kinds([&self.email, &self.phone, &self.postal, &self.account])
    }

    /// Whether the text holds one of the details in clear: such a text may not be kept.
    #[must_use]
    pub fn appears_in(&self, text: &str) -> bool {
        appear_in(self.details(), text)
    }

    /// The details alone, as an event carries them.
    #[must_use]
    pub fn contact_details(&self) -> ContactDetails {
        let Self { email, phone, postal, account, .. } = self.clone();
        ContactDetails { email, phone, postal, account }
    }
}

/// What the message says, as the caller declares it, and its words, as far as they are given to read. `asserted` marks a
/// judgment of law that is the caller's own. The words are neither kept nor logged.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct MessageFacts {
    /// The subject line. It is read for words that promote, as the text is.
    #[serde(default)]
    pub subject: Option<String>,
    /// The text; of a call, what is said or played. It is read: words that promote make a message marketing that is
    /// declared service or research, and `contains_promotion: false` does not help it. A way to refuse and a name of the
    /// sender that stand in it are found where `opt_out` and `identifies_sender` are left out.
    #[serde(default)]
    pub text: Option<String>,
    /// The text as HTML. What a person sees of it is read, and where its links lead.
    #[serde(default)]
    pub html: Option<String>,
    /// The header fields. `From`, `Reply-To`, `List-Unsubscribe` and the like are read for who sends the message and how
    /// it is stopped.
    #[serde(default, deserialize_with = "object::without_repeats")]
    pub headers: BTreeMap<String, String>,
    /// The whole message as it goes over the wire (RFC 5322), in base64: its header and its parts are read besides the
    /// other fields.
    #[serde(default)]
    pub raw: Option<RawMessage>,
    /// The products promoted, by the sender's own names for them. A message that names any promotes something.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub products: Vec<Text>,
    /// How the person can refuse further messages.
    #[serde(default)]
    pub opt_out: Option<OptOut>,
    /// It says on whose behalf it is sent and conceals nothing of that (PECR reg 23(a)).
    #[serde(default)]
    pub identifies_sender: Option<bool>,
    /// It gives a valid address for a request to stop (PECR reg 23(b)): the address itself, or whether there is one.
    #[serde(default)]
    pub reply_address: Option<ReplyAddress>,
    /// Anything in it promotes goods, services, aims or ideals.
    #[serde(default)]
    pub contains_promotion: Option<bool>,
    /// The answers to its questions will be used for marketing.
    #[serde(default)]
    pub feeds_marketing: Option<bool>,
    /// It is plain that it is commercial, and its offers are clear (PECR reg 23(c)).
    #[serde(default)]
    pub clearly_commercial: Option<bool>,
    /// The websites it leads to are as plain (PECR reg 23(d)).
    #[serde(default)]
    pub websites_comply: Option<bool>,
    /// Asserted: its products are similar to those at whose sale the details were obtained (PECR reg 22(3)(b)). Where
    /// the sender's `similar_products` say otherwise, they decide.
    #[serde(default)]
    pub similar_to_collection: Option<bool>,
    /// Asserted: its sole purpose is to further the charity's purposes (PECR reg 22(3A)(a)).
    #[serde(default)]
    pub sole_charitable_purpose: Option<bool>,
    /// Asserted: it uses or infers special category data, such as health (UK GDPR Art 9).
    #[serde(default)]
    pub special_category: Option<bool>,
    /// The person has had the privacy information, or gets it with the message (UK GDPR Arts 13 and 14). By post it must
    /// be stated.
    #[serde(default)]
    pub privacy_information: Option<bool>,
    /// The person has been told of the right to object to marketing, or is told with the message (UK GDPR Art 21(4)).
    #[serde(default)]
    pub right_to_object_told: Option<bool>,
}

/// Where a request to stop can be sent: the address itself, or whether there is one. It is not kept.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum ReplyAddress {
    // It comes first: what is tried and does not fit costs an error.
    /// The address. An empty one is none.
    Address(AddressText),
    /// Whether there is one.
    Stated(bool),
}

/// An address that is read only for whether it is there.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, max_length = 2000)]
pub struct AddressText(pub String);

impl std::fmt::Debug for AddressText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[reply address]")
    }
}

impl ReplyAddress {
    /// Whether there is one.
    #[must_use]
    pub fn exists(&self) -> bool {
        match self {
            Self::Stated(there_is) => *there_is,
            Self::Address(address) => !address.0.trim().is_empty(),
        }
    }
}

/// What a call or a fax presents.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct CallFacts {
    /// The calling line's identity, or that of a line on which the caller can be reached, is shown (reg 21(A1)).
    #[serde(default)]
    pub presents_cli: Option<bool>,
    /// The caller, the recorded message or the fax says who is calling (reg 24).
    #[serde(default)]
    pub names_caller: Option<bool>,
    /// An address or a freephone number is given (reg 24): in a recorded message or a fax always, in a live call when
    /// the person asks.
    #[serde(default)]
    pub address_or_freephone: Option<bool>,
    /// The call plays recorded matter, to some at least of those it reaches (reg 19(4)). A call that does is an automated
    /// call whatever `channel` says, and one that does not is a live call, even if a machine dialled it.
    #[serde(default)]
    pub plays_recorded_matter: Option<bool>,
    /// The called person can refuse further calls simply and free of charge (reg 21B(3)).
    #[serde(default)]
    pub offers_opt_out: Option<bool>,
    /// Asserted: the client might reasonably envisage such a call (reg 21B(3)).
    #[serde(default)]
    pub client_would_expect: Option<bool>,
}

impl SendRequest {
    /// The channel as the law sees it: recorded matter makes a call an automated one (PECR reg 19(1) and (4)).
    #[must_use]
    pub fn channel_in_law(&self) -> Channel {
        match (self.channel, self.call.and_then(|call| call.plays_recorded_matter)) {
            (Channel::LiveCall, Some(true)) => Channel::AutomatedCall,
            (Channel::AutomatedCall, Some(false)) => Channel::LiveCall,
            (channel, _) => channel,
        }
    }

    /// Whether the message is directed to nobody in particular: only printed matter and advertisements can be, and
    /// not where they name a person, whose history must then be found.
    #[must_use]
    pub fn is_unaddressed(&self, recipient: &Recipient) -> bool {
        self.audience == Some(Audience::Unaddressed)
            && matches!(self.channel, Channel::Post | Channel::OnlineAdvertising)
            && recipient.named_person != Some(true)
    }
}

objects!(SendRequest, Recipient, MessageFacts, CallFacts);
