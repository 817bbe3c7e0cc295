//! The writing of an entry: from an event to the bytes that [`super::entry`] reads.

use zerocopy::{IntoBytes as _, little_endian::U64};

use super::{
    entry::{Flag, Head, LAYOUT},
    event::{Event, Happening, Text},
    identity::Identity,
};
use crate::terms::{
    channel::{Channel, ChannelSet},
    collection::CollectionContext,
    consent::ConsentManner,
};

/// Stands for "not stated" where a head has a place for a term.
const UNSTATED: u8 = u8::MAX;

/// Appends the entry of an event to a history. An empty history gets its version first.
pub fn append(history: &mut Vec<u8>, event: &Event, revision: u64, identity: &Identity) {
    if history.is_empty() {
        history.push(LAYOUT);
    }
    let mut draft = Draft::of(event, identity);
    let id = event.id.as_bytes();
    draft.head.revision = revision.into();
    draft.head.id = u16::try_from(id.len()).unwrap_or(u16::MAX).into();
    for list in [&mut draft.topics, &mut draft.names, &mut draft.products] {
        list.truncate(usize::from(u8::MAX));
    }
    let count = |list: &[U64]| u8::try_from(list.len()).unwrap_or(u8::MAX);
    (draft.head.topics, draft.head.names, draft.head.products) =
        (count(&draft.topics), count(&draft.names), count(&draft.products));
    history.extend_from_slice(draft.head.as_bytes());
    history.extend_from_slice(draft.topics.as_bytes());
    history.extend_from_slice(draft.names.as_bytes());
    history.extend_from_slice(draft.products.as_bytes());
    history.extend(id.iter().take(usize::from(u16::MAX)));
}

/// An entry being written.
struct Draft {
    head: Head,
    topics: Vec<U64>,
    names: Vec<U64>,
    products: Vec<U64>,
}

impl Draft {
    fn of(event: &Event, identity: &Identity) -> Self {
        let head = Head {
            at: event.occurred_at.as_microsecond().into(),
            kind: event.happening.kind().code(),
            first: UNSTATED,
            second: UNSTATED,
            third: UNSTATED,
            ..zerocopy::FromZeros::new_zeroed()
        };
        let numbers = |texts: &[Text]| texts.iter().map(|text| identity.text(&text.0).into()).collect::<Vec<_>>();
        let names = |texts: &[Text]| texts.iter().map(|text| identity.name(&text.0).into()).collect::<Vec<_>>();
        let mut draft = Self { head, topics: Vec::new(), names: Vec::new(), products: Vec::new() };
        match &event.happening {
            Happening::ConsentGiven(consent) => {
                draft.head.first = consent.how.map_or(UNSTATED, ConsentManner::code);
                draft.head.second = consent.source.code();
                draft.head.third = consent.context.map_or(UNSTATED, CollectionContext::code);
                draft.head.purposes = consent.purposes.iter().fold(0, |bits, p| bits | (1 << p.code()));
                draft.channels(&consent.channels);
                draft.topics = numbers(&consent.topics);
                draft.names = names(consent.named_senders.as_deref().unwrap_or_default());
                draft.flag(Flag::NamesSenders, consent.named_senders.as_ref().map(|_| true));
                draft.flag(Flag::ThirdPartyOffers, consent.third_party_offers);
                draft.flag(Flag::Separate, consent.separate);
                draft.flag(Flag::Conditional, consent.conditional);
                draft.flag(Flag::WithdrawalTold, consent.withdrawal_told);
                draft.flag(Flag::Explicit, consent.explicit);
                draft.flag(Flag::ParentalAuthorisation, consent.parental_authorisation);
                draft.flag(Flag::Wording, consent.wording.as_ref().map(|_| true));
                draft.flag(Flag::Evidence, consent.evidence.as_ref().map(|_| true));
            }
            Happening::ConsentWithdrawn(stop) => draft.scope(&stop.channels, numbers(&stop.topics)),
            Happening::ObjectionRaised(stop) => {
                draft.head.second = stop.on_behalf_of.code();
                draft.scope(&stop.channels, numbers(&stop.topics));
            }
            Happening::DetailsCollected(collection) => {
                draft.head.first = collection.context.code();
                draft.products = numbers(&collection.products);
                draft.names = names(collection.collected_by.as_slice());
                draft.flag(Flag::CollectedByAnother, collection.collected_by.as_ref().map(|_| true));
                draft.flag(Flag::OptOutOffered, collection.opt_out_offered);
                draft.flag(Flag::OptOutFree, collection.opt_out_free);
                draft.flag(Flag::Refused, collection.refused);
            }
            Happening::DetailsRefused(stop) => draft.scope(&stop.channels, numbers(&stop.topics)),
            Happening::RegisterListed(listing) => {
                draft.head.first = listing.register.code();
                draft.head.second = listing.on_or_before.map_or(UNSTATED, u8::from);
            }
            Happening::RegisterRemoved(listing) => draft.head.first = listing.register.code(),
            Happening::RegisterScreened(screening) => {
                draft.head.first = screening.register.code();
                draft.flag(Flag::Found, Some(screening.found));
            }
            Happening::RegisterImported(import) => draft.head.first = import.register.code(),
            Happening::RequestMade(request) => draft.scope(&request.channels, numbers(&request.topics)),
            Happening::RequestFulfilled(answer) => draft.names = vec![identity.text(&answer.request.0).into()],
            Happening::SubscriberIdentified(found) => {
                draft.head.first = found.subscriber.code();
                draft.flag(Flag::NamedPerson, found.named_person);
            }
            Happening::ClientRelationshipStarted(relationship) => {
                draft.flag(Flag::AvoidsTheBan, relationship.set_up_to_avoid_the_ban);
            }
            Happening::AgeStated(stated) => draft.head.first = stated.age,
            Happening::ComplaintMade(complaint) => draft.scope(&complaint.channels, numbers(&complaint.topics)),
            Happening::SendMade(sent) => {
                draft.head.purposes = sent.purpose.map_or(0, |purpose| 1 << purpose.code());
                draft.scope(&[sent.channel], numbers(&sent.topics));
            }
            Happening::CallPermissionGiven(_)
            | Happening::CallPermissionWithdrawn(_)
            | Happening::ClientRelationshipEnded(_)
            | Happening::ContactReassigned(_)
            | Happening::ErasureRequested(_) => {}
        }
        draft
    }

    fn channels(&mut self, channels: &[Channel]) {
        self.head.channels = channels.iter().copied().collect::<ChannelSet>().0.into();
    }

    fn scope(&mut self, channels: &[Channel], topics: Vec<U64>) {
        self.channels(channels);
        self.topics = topics;
    }

    fn flag(&mut self, flag: Flag, value: Option<bool>) {
        let bit = 1_u16 << flag as u16;
        if let Some(value) = value {
            self.head.stated = (self.head.stated.get() | bit).into();
            self.head.truth = (self.head.truth.get() | if value { bit } else { 0 }).into();
        }
    }
}
