//! Everything a rule may look at: one message, one person, one day.
//!
//! `Option` means that nobody has told us. Facts are plain values: building them is the business of
//! [`crate::ledger::history`] (what is known of the person) and [`crate::check`] (what the caller says of the message).

mod content;
mod house;
mod line;
mod term;

use jiff::{Timestamp, civil::Date};

pub use self::content::{Content, Extent, Place, Shows, Wording};
pub use self::house::{House, SendLimit};
pub use self::line::{Call, Caller, Line, Listed, Listing, Relationship};
pub use self::term::Term;
use crate::terms::{
    audience::Audience,
    channel::Channel,
    collection::CollectionContext,
    consent::{ConsentManner, ConsentSource},
    lawful_basis::LawfulBasis,
    party::{PolicyProfile, SenderKind},
    purpose::{Matter, Purpose},
    refusal::OptOut,
    subscriber::SubscriberKind,
};

/// One message to one person on one day, as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts<'a> {
    /// The day whose law applies, in London.
    pub as_of: Date,
    /// The moment at which the message would be sent.
    pub at: Timestamp,
    /// Which reading to take where lawyers differ.
    pub profile: PolicyProfile,
    /// What the answerable party is in law: the instigator where there is one, else the sender.
    pub sender_kind: SenderKind,
    /// Whether another party's goods or aims are promoted (hosted mail).
    pub promotes_another: bool,
    /// How the message reaches the person.
    pub channel: Channel,
    /// To whom printed matter or an advertisement is directed.
    pub audience: Option<Audience>,
    /// What the caller says the message is for.
    pub purpose: Purpose,
    /// A subject with rules of its own for calls.
    pub matter: Option<Matter>,
    /// The lawful basis that the sender asserts.
    pub basis: AssertedBasis,
    /// What is known of whoever makes the call.
    pub caller: Caller,
    /// What the call or the fax presents.
    pub call: Call,
    /// What is known of the line or the address itself.
    pub line: Line<'a>,
    /// Whether the message reached the person, where the question is about the past.
    pub reached: Option<bool>,
    /// What the message says.
    pub message: Message,
    /// What was found in the words of the message itself.
    pub content: Content<'a>,
    /// Who is reached.
    pub recipient: Recipient,
    /// The consent that is tried, where there is one.
    pub consent: Option<Consent<'a>>,
    /// The collection of details that is tried, where there is one.
    pub collection: Option<Collection<'a>>,
    /// The caller says that the message answers a request.
    pub answers_request: bool,
    /// That request, where it is known.
    pub request: Option<Request<'a>>,
    /// What the person has said against marketing.
    pub stops: Stops<'a>,
    /// What the sender's house rules say of the message.
    pub house: House<'a>,
}

/// What the message says, as the caller declares it; what the caller leaves out may be seen in the message itself, see
/// [`Shows`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Message {
    /// Anything in it promotes goods, services, aims or ideals.
    pub contains_promotion: Option<bool>,
    /// It names products that it promotes.
    pub names_products: bool,
    /// Its answers will be used for marketing later ("sugging").
    pub feeds_marketing: Option<bool>,
    /// It says on whose behalf it is sent, and conceals nothing of that (reg 23(a)).
    pub identifies_sender: Option<bool>,
    /// It gives a valid address to which a request to stop may be sent (reg 23(b)).
    pub reply_address: Option<bool>,
    /// How the person can refuse further messages.
    pub opt_out: Option<OptOut>,
    /// It can be seen to be commercial, with clear promotions (reg 23(c)).
    pub clearly_commercial: Option<bool>,
    /// The websites it leads to say the same of themselves (reg 23(d)).
    pub websites_comply: Option<bool>,
    /// The goods are similar to those at whose sale the details were obtained (asserted; reg 22(3)(b)).
    pub similar: Option<bool>,
    /// Its sole purpose is to further the charity's purposes (asserted; reg 22(3A)(a)).
    pub sole_charitable_purpose: Option<bool>,
    /// It uses or infers special category data (asserted; UK GDPR Art 9).
    pub special_category: Option<bool>,
    /// The person has had the privacy information, or gets it with the message (UK GDPR Arts 13 and 14).
    pub privacy_information: Option<bool>,
    /// The person has been told of the right to object, or is told with the message (UK GDPR Art 21(4)).
    pub right_to_object_told: Option<bool>,
}

/// The lawful basis that the sender asserts (UK GDPR Art 6(1)).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AssertedBasis {
    /// Which.
    pub kind: Option<LawfulBasis>,
    /// An assessment of the legitimate interests is on record.
    pub assessed: bool,
}

/// The person reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipient {
    /// Party to the contract for the line or the mailbox. Unknown is individual.
    pub subscriber: SubscriberKind,
    /// The contact detail or the message names a person (a data subject).
    pub named_person: Option<bool>,
    /// Age in whole years.
    pub age: Option<u8>,
    /// The person is abroad.
    pub abroad: Option<bool>,
    /// The sender knows the person to be vulnerable.
    pub vulnerable: Option<bool>,
}

impl Recipient {
    /// Whether a living person stands behind the contact detail: everybody but a known company's shared mailbox.
    #[must_use]
    pub fn is_data_subject(&self) -> bool {
        self.subscriber != SubscriberKind::Corporate || self.named_person != Some(false)
    }
}

/// A recorded event that a fact rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRef<'a> {
    /// The caller's id of the event.
    pub id: &'a str,
    /// What kind of event it is, as on the wire.
    pub kind: &'static str,
    /// When it happened.
    pub at: Timestamp,
    /// The caller gave it with this check; it is not in the ledger.
    pub given: bool,
    /// Its place in the ledger; 0 for one that was given.
    pub revision: u64,
}

impl EventRef<'_> {
    /// How many years of 365 days the event lies before the moment, counted down to whole ones.
    #[must_use]
    pub fn years_before(&self, at: Timestamp) -> i64 {
        at.duration_since(self.at).as_hours() / (24 * 365)
    }

    /// Whether this event can undo what the other did: it is later, and a caller's word never undoes a record.
    #[must_use]
    pub fn outlasts(&self, other: &EventRef<'_>) -> bool {
        self.at > other.at && (other.given || !self.given)
    }
}

/// A consent, measured against the message that is asked about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Consent<'a> {
    /// The event that recorded it.
    pub event: EventRef<'a>,
    /// How it was given.
    pub manner: Option<ConsentManner>,
    /// Through whom it came.
    pub source: ConsentSource,
    /// The occasion, where it matters (a prize draw).
    pub context: Option<CollectionContext>,
    /// It was given for the very address or number that is used.
    pub for_this_detail: bool,
    /// It was given before the address or number went to somebody else.
    pub before_reassignment: bool,
    /// It covers this channel.
    pub covers_channel: bool,
    /// It covers this purpose.
    pub covers_purpose: bool,
    /// It names aims or ideals among its purposes: a charity's, a party's or a campaign's.
    pub names_aims: bool,
    /// It covers this topic; `None` when the consent is limited to topics and the message's is not stated.
    pub covers_topic: Option<bool>,
    /// The message's topic is one of the consent's own.
    pub names_topic: bool,
    /// It names the answerable party; `None` when an indirect consent does not say whom it names.
    pub names_sender: Option<bool>,
    /// The same of whoever transmits the message: it differs where another instigates it.
    pub names_caller: Option<bool>,
    /// It names the party whose goods are promoted, or covers others' offers; see the two fields.
    pub names_promoted: bool,
    /// Its wording covered other parties' offers sent by the sender.
    pub third_party_offers: Option<bool>,
    /// It was asked for apart from other matters (Art 7(2)).
    pub separate: Option<bool>,
    /// A service was made to depend on it (Art 7(4)).
    pub conditional: Option<bool>,
    /// The person was told beforehand that it can be withdrawn (Art 7(3)).
    pub withdrawal_told: Option<bool>,
    /// It is explicit consent (Art 9(2)(a)).
    pub explicit: Option<bool>,
    /// A holder of parental responsibility gave or authorised it (Art 8).
    pub parental_authorisation: Option<bool>,
    /// The wording is on record.
    pub has_wording: bool,
    /// A reference to evidence is on record.
    pub has_evidence: bool,
}

impl<'a> Consent<'a> {
    /// The event, where the person gave the consent to the sender in person: only such a consent takes back what the
    /// person has said against marketing. A list, however good, is screened against it.
    #[must_use]
    pub fn of_their_own(&self) -> Option<&EventRef<'a>> {
        (self.source == ConsentSource::Direct).then_some(&self.event)
    }
}

/// A collection of contact details, measured against the message that is asked about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Collection<'a> {
    /// The event that recorded it.
    pub event: EventRef<'a>,
    /// The occasion.
    pub context: CollectionContext,
    /// The very address or number that is used was collected.
    pub for_this_detail: bool,
    /// It was collected before the address or number went to somebody else.
    pub before_reassignment: bool,
    /// The answerable party itself collected it.
    pub by_sender: bool,
    /// A simple means of refusing was offered at the time.
    pub opt_out_offered: Option<bool>,
    /// That means cost nothing but its transmission.
    pub opt_out_free: Option<bool>,
    /// The person refused at the time.
    pub refused: Option<bool>,
    /// The products promoted are similar to those sold, by the sender's own groups.
    pub similar: Option<bool>,
}

/// A person's request for something to be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request<'a> {
    /// The event that recorded it.
    pub event: EventRef<'a>,
    /// It was made to the answerable party, not to another that transmits for it.
    pub to_sender: bool,
    /// It covers this channel.
    pub covers_channel: bool,
    /// It covers this topic; `None` when the message's topic is not stated.
    pub covers_topic: Option<bool>,
    /// The message's topic is one of the request's own.
    pub names_topic: bool,
    /// It was made from the very address or number that is used.
    pub for_this_detail: bool,
    /// It was made before the address or number went to somebody else.
    pub before_reassignment: bool,
    /// It has been answered already.
    pub fulfilled: bool,
}

/// The latest of each thing a person can say against marketing, where it covers this channel and topic.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stops<'a> {
    /// An objection (UK GDPR Art 21(2)).
    pub objection: Stop<'a>,
    /// A request through the Fundraising Preference Service.
    pub fundraising_preference: Stop<'a>,
    /// A withdrawal of consent (UK GDPR Art 7(3)).
    pub withdrawal: Stop<'a>,
    /// A refusal of the use of the details (PECR reg 22(3)(c)).
    pub refusal: Stop<'a>,
    /// A complaint about marketing.
    pub complaint: Stop<'a>,
    /// An objection that somebody at the same domain made for the whole company.
    pub company: Stop<'a>,
}

/// The latest event of one kind, and the latest that the ledger itself holds: they differ when the caller gives one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop<'a> {
    /// The latest, whoever told us.
    pub latest: Option<EventRef<'a>>,
    /// The latest on record.
    pub recorded: Option<EventRef<'a>>,
}

impl<'a> Stop<'a> {
    /// Takes an event in; the order of the calls does not matter.
    pub fn note(&mut self, event: EventRef<'a>) {
        let later = |held: Option<EventRef<'a>>| match held {
            Some(held) if (held.at, held.id, !held.given) >= (event.at, event.id, !event.given) => Some(held),
            Some(_) | None => Some(event),
        };
        self.latest = later(self.latest);
        if !event.given {
            self.recorded = later(self.recorded);
        }
    }

    /// The event that still stands after `undoing` (a consent or a request), if one does.
    #[must_use]
    pub fn standing_after(&self, undoing: Option<&EventRef<'a>>) -> Option<EventRef<'a>> {
        let Some(undoing) = undoing else { return self.latest };
        [self.latest, self.recorded].into_iter().flatten().find(|stop| !undoing.outlasts(stop))
    }
}
