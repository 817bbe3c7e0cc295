//! What a message asks, whoever it goes to. A single check reads it once, a campaign once for all its lines.

use super::{
    CheckError, When, content,
    gather::marketed,
    memory::Profiles,
    parties::Parties,
    request::{ReplyAddress, SendRequest},
};
use crate::{
    facts::{self, AssertedBasis, Call, Caller, Content, Facts, House, Line, Message, Stops},
    ledger::{history::Question, identity::Identity, sender::Sender},
    message::Reading,
    store::View,
    terms::{lawful_basis::LawfulBasis, subscriber::SubscriberKind},
};

/// A message, its parties, and the numbers by which histories are asked about it.
#[derive(Debug)]
pub(super) struct Posed {
    pub(super) parties: Parties,
    /// What reading the message gave, where any of it was given.
    pub(super) reading: Option<Reading>,
    topic: Option<u64>,
    caller_names: Option<Vec<u64>>,
    promoted_names: Vec<u64>,
    similar_products: Vec<Vec<u64>>,
    answers: Option<u64>,
}

impl Posed {
    /// Reads the message and finds its parties.
    pub(super) fn of(
        request: &SendRequest,
        view: &dyn View,
        identity: &Identity,
        profiles: Option<&Profiles>,
    ) -> Result<Self, CheckError> {
        let parties = Parties::of(request, view, identity, profiles)?;
        let products = request.message.products.iter();
        let similar = products.map(|product| parties.answerable().similar_to(&product.0, identity));
        Ok(Self {
            similar_products: similar.collect(),
            reading: content::read(request),
            topic: request.topic.as_ref().map(|topic| identity.text(&topic.0)),
            caller_names: parties.instigator.is_some().then(|| parties.sender.names.to_vec()),
            promoted_names: parties.promoted.iter().map(|name| identity.name(name)).collect(),
            answers: request.answers_request.as_ref().map(|id| identity.text(&id.0)),
            parties,
        })
    }

    /// The words of the message that the rules may look at.
    pub(super) fn words(&self) -> Vec<facts::Wording<'_>> {
        self.reading.as_ref().map(content::words).unwrap_or_default()
    }

    /// What was found in the message itself.
    pub(super) fn content<'r>(&'r self, request: &SendRequest, words: &'r [facts::Wording<'r>]) -> Content<'r> {
        content::content(self.reading.as_ref(), words, &request.message, &self.parties.answerable().profile)
    }

    /// What the histories are asked.
    pub(super) fn question<'q>(&'q self, request: &'q SendRequest, when: &When) -> Question<'q> {
        let answerable = self.parties.answerable();
        let ordinary = self.parties.ordinary();
        Question {
            at: when.at,
            live: when.live,
            channel: request.channel_in_law(),
            purpose: marketed(request.purpose, ordinary),
            declared: request.purpose,
            ordinary,
            has_product_groups: !answerable.profile.similar_products.is_empty(),
            topic: self.topic,
            sender_names: &answerable.names,
            caller_names: self.caller_names.as_deref(),
            promoted_names: &self.promoted_names,
            similar_products: &self.similar_products,
            answers: request.answers_request.as_ref().zip(self.answers).map(|(id, number)| (id.0.as_str(), number)),
        }
    }

    /// The facts, as far as they do not depend on the person. What the caller says of the message stands over what was
    /// found in it.
    pub(super) fn facts<'r>(&self, request: &SendRequest, when: &When, content: Content<'r>) -> Facts<'r> {
        let said = &request.message;
        let shows = content.shows;
        let message = Message {
            contains_promotion: said.contains_promotion,
            names_products: !said.products.is_empty(),
            feeds_marketing: said.feeds_marketing,
            identifies_sender: said.identifies_sender.or(shows.identifies_sender.then_some(true)),
            reply_address: said
                .reply_address
                .as_ref()
                .map(ReplyAddress::exists)
                .or(shows.reply_address.then_some(true)),
            opt_out: said.opt_out.or(content.opt_out),
            clearly_commercial: said.clearly_commercial,
            websites_comply: said.websites_comply,
            similar: said.similar_to_collection,
            sole_charitable_purpose: said.sole_charitable_purpose,
            special_category: said.special_category,
            privacy_information: said.privacy_information,
            right_to_object_told: said.right_to_object_told,
        };
        let call = request.call.unwrap_or_default();
        let call = Call {
            presents_cli: call.presents_cli,
            names_caller: call.names_caller,
            address_or_freephone: call.address_or_freephone,
            offers_opt_out: call.offers_opt_out,
            client_would_expect: call.client_would_expect,
        };
        let answerable = self.parties.answerable();
        let nobody = facts::Recipient {
            subscriber: SubscriberKind::Unknown,
            named_person: None,
            age: None,
            abroad: None,
            vulnerable: None,
        };
        Facts {
            as_of: when.day,
            at: when.at,
            profile: answerable.profile.policy,
            sender_kind: answerable.profile.kind,
            promotes_another: !self.parties.promoted.is_empty(),
            channel: request.channel_in_law(),
            audience: request.audience,
            purpose: request.purpose,
            matter: request.matter,
            basis: basis(request, &answerable.profile),
            caller: caller(&self.parties.sender.profile),
            call,
            line: Line::default(),
            reached: request.reached,
            message,
            content,
            recipient: nobody,
            consent: None,
            collection: None,
            answers_request: request.answers_request.is_some(),
            request: None,
            stops: Stops::default(),
            house: House::default(),
        }
    }
}

/// The lawful basis as the request asserts it, or else the sender's profile.
fn basis(request: &SendRequest, profile: &Sender) -> AssertedBasis {
    let of_request = request.assessment.as_ref().map(|reference| reference.0.as_str());
    let references = [of_request, profile.legitimate_interests_assessment.as_deref()];
    // A reference of nothing but spaces leads to no assessment.
    let assessed = references.into_iter().flatten().any(|reference| !reference.trim().is_empty());
    let kind = request.lawful_basis.or(assessed.then_some(LawfulBasis::LegitimateInterests));
    AssertedBasis { kind, assessed }
}

/// Who makes the call: the one that transmits, whoever causes it to.
fn caller(profile: &Sender) -> Caller {
    let authorised = match (&profile.fca_authorisation, profile.pension_scheme_trustee) {
        (Some(_), _) | (None, Some(true)) => Some(true),
        (None, trustee) => trustee,
    };
    Caller { authorised, has_contact: profile.contact_address.is_some() || profile.freephone.is_some() }
}
