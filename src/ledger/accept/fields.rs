//! The texts and lists among the own fields of each kind of event, by the names of their fields.
//!
//! Every kind is named in each function: whoever adds a kind, or a text to one, decides here what is checked.

use super::super::event::{Happening, Text};

/// The lists of texts of an event, by the names of their fields.
pub(super) fn lists(happening: &Happening) -> impl Iterator<Item = (&'static str, &[Text])> {
    let none: (&'static str, &[Text]) = ("topics", &[]);
    let (first, second) = match happening {
        Happening::ConsentGiven(consent) => {
            let named = consent.named_senders.as_deref().unwrap_or_default();
            (("topics", consent.topics.as_slice()), ("named_senders", named))
        }
        Happening::ConsentWithdrawn(stop) => (("topics", stop.topics.as_slice()), none),
        Happening::ObjectionRaised(stop) => (("topics", stop.topics.as_slice()), none),
        Happening::DetailsRefused(stop) => (("topics", stop.topics.as_slice()), none),
        Happening::RequestMade(request) => (("topics", request.topics.as_slice()), none),
        Happening::ComplaintMade(complaint) => (("topics", complaint.topics.as_slice()), none),
        Happening::SendMade(sent) => (("topics", sent.topics.as_slice()), none),
        Happening::DetailsCollected(collection) => (("products", collection.products.as_slice()), none),
        Happening::CallPermissionGiven(_)
        | Happening::CallPermissionWithdrawn(_)
        | Happening::RegisterListed(_)
        | Happening::RegisterRemoved(_)
        | Happening::RegisterScreened(_)
        | Happening::RegisterImported(_)
        | Happening::RequestFulfilled(_)
        | Happening::SubscriberIdentified(_)
        | Happening::ClientRelationshipStarted(_)
        | Happening::ClientRelationshipEnded(_)
        | Happening::ContactReassigned(_)
        | Happening::AgeStated(_)
        | Happening::ErasureRequested(_) => (none, none),
    };
    [first, second].into_iter()
}

/// The single texts of an event, by the names of their fields.
pub(super) fn singles(happening: &Happening) -> impl Iterator<Item = (&'static str, &Text)> {
    let found = match happening {
        Happening::ConsentGiven(consent) => [
            ("wording", consent.wording.as_ref()),
            ("wording_version", consent.wording_version.as_ref()),
            ("evidence", consent.evidence.as_ref()),
        ],
        Happening::DetailsCollected(collection) => {
            [("collected_by", collection.collected_by.as_ref()), ("", None), ("", None)]
        }
        Happening::RequestFulfilled(answer) => [("request", Some(&answer.request)), ("", None), ("", None)],
        Happening::ErasureRequested(request) => [("reference", request.reference.as_ref()), ("", None), ("", None)],
        Happening::SendMade(sent) => [("reference", sent.reference.as_ref()), ("", None), ("", None)],
        Happening::ConsentWithdrawn(_)
        | Happening::ObjectionRaised(_)
        | Happening::DetailsRefused(_)
        | Happening::CallPermissionGiven(_)
        | Happening::CallPermissionWithdrawn(_)
        | Happening::RegisterListed(_)
        | Happening::RegisterRemoved(_)
        | Happening::RegisterScreened(_)
        | Happening::RegisterImported(_)
        | Happening::RequestMade(_)
        | Happening::SubscriberIdentified(_)
        | Happening::ClientRelationshipStarted(_)
        | Happening::ClientRelationshipEnded(_)
        | Happening::ContactReassigned(_)
        | Happening::AgeStated(_)
        | Happening::ComplaintMade(_) => [("", None), ("", None), ("", None)],
    };
    found.into_iter().filter_map(|(name, text)| text.map(|text| (name, text)))
}

/// The lengths of the lists of terms of an event, by the names of their fields.
pub(super) fn term_lists(happening: &Happening) -> impl Iterator<Item = (&'static str, usize)> {
    let (channels, purposes) = match happening {
        Happening::ConsentGiven(consent) => (consent.channels.len(), consent.purposes.len()),
        Happening::ConsentWithdrawn(stop) => (stop.channels.len(), 0),
        Happening::ObjectionRaised(stop) => (stop.channels.len(), 0),
        Happening::DetailsRefused(stop) => (stop.channels.len(), 0),
        Happening::RequestMade(request) => (request.channels.len(), 0),
        Happening::ComplaintMade(complaint) => (complaint.channels.len(), 0),
        Happening::DetailsCollected(_)
        | Happening::CallPermissionGiven(_)
        | Happening::CallPermissionWithdrawn(_)
        | Happening::RegisterListed(_)
        | Happening::RegisterRemoved(_)
        | Happening::RegisterScreened(_)
        | Happening::RegisterImported(_)
        | Happening::RequestFulfilled(_)
        | Happening::SubscriberIdentified(_)
        | Happening::ClientRelationshipStarted(_)
        | Happening::ClientRelationshipEnded(_)
        | Happening::ContactReassigned(_)
        | Happening::AgeStated(_)
        | Happening::SendMade(_)
        | Happening::ErasureRequested(_) => (0, 0),
    };
    [("channels", channels), ("purposes", purposes)].into_iter()
}
