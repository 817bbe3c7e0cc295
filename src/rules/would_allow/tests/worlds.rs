//! Any facts at all: a message, a person, some consents and collections, and what was said against marketing.
//!
//! A world is read off a row of numbers. Nought is what lets a message through, so that a failing world is brought
//! down to what matters.

use jiff::civil::date;
use proptest::{collection::vec, prelude::*};

use crate::{
    facts::{Collection, Consent, EventRef, Extent, Facts, Listed, Relationship, Stop},
    rules::testing::{APPEAL, solicited, to_a_stranger, words},
    terms::{
        channel::Channel,
        collection::CollectionContext,
        consent::{ConsentManner, ConsentSource},
        lawful_basis::LawfulBasis,
        party::{PolicyProfile, SenderKind},
        purpose::{Matter, Purpose},
        refusal::OptOut,
        subscriber::SubscriberKind,
        wording::{FindingKind, Strength},
    },
};

/// One message to one person, and all that is known of the person.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// Without a consent and a collection.
    pub(super) facts: Facts<'static>,
    pub(super) consents: Vec<Consent<'static>>,
    pub(super) collections: Vec<Collection<'static>>,
}

/// Any world.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    vec(any::<u8>(), 180).prop_map(|numbers| World::read(&mut Numbers(numbers.into_iter())))
}

struct Numbers(std::vec::IntoIter<u8>);

impl Numbers {
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::from(self.0.next().unwrap_or(0)) * from.len() / 256]
    }

    /// Usually the first; else the other, or nobody says.
    fn mostly(&mut self, usual: bool) -> Option<bool> {
        self.pick(&[Some(usual), Some(usual), Some(usual), Some(usual), Some(usual), Some(!usual), None, None])
    }

    fn seldom(&mut self) -> bool {
        self.pick(&[false, false, false, false, false, false, false, true])
    }

    fn rarely(&mut self) -> bool {
        self.seldom() && self.pick(&[false, true])
    }

    fn at(&mut self) -> jiff::Timestamp {
        let times = ["2026-06-01T09:00:00Z", "2026-02-04T09:00:00Z", "2026-02-05T09:00:00Z", "2026-10-01T09:00:00Z"];
        self.pick(&times).parse().unwrap()
    }
}

impl World {
    /// A world with the one consent and the one collection of the facts.
    pub(super) fn of(facts: &Facts<'static>) -> Self {
        Self {
            facts: Facts { consent: None, collection: None, ..*facts },
            consents: facts.consent.into_iter().collect(),
            collections: facts.collection.into_iter().collect(),
        }
    }

    fn read(from: &mut Numbers) -> Self {
        let mut facts = to_a_stranger();
        let today = date(2026, 11, 21);
        facts.as_of = from.pick(&[today, today, today, today, today, date(2026, 2, 4), date(2017, 6, 1)]);
        facts.profile = from.pick(&[PolicyProfile::Conservative, PolicyProfile::Conservative, PolicyProfile::Literal]);
        facts.sender_kind = from.pick(&[SenderKind::Company, SenderKind::Charity, SenderKind::PoliticalParty]);
        facts.promotes_another = from.seldom();
        facts.channel = from.pick(&[
            Channel::Email,
            Channel::Email,
            Channel::Email,
            Channel::Sms,
            Channel::Push,
            Channel::LiveCall,
            Channel::LiveCall,
            Channel::AutomatedCall,
            Channel::Fax,
            Channel::Post,
            Channel::OnlineAdvertising,
        ]);
        facts.purpose = from.pick(&[
            Purpose::Commercial,
            Purpose::Commercial,
            Purpose::Charity,
            Purpose::Charity,
            Purpose::Political,
            Purpose::ConsentRequest,
            Purpose::Service,
            Purpose::Research,
        ]);
        let message = &mut facts.message;
        let promotes = from.pick(&[Some(true), None, Some(false)]);
        message.contains_promotion = promotes;
        message.names_products = from.seldom();
        message.feeds_marketing = from.pick(&[None, None, None, Some(true)]);
        message.identifies_sender = from.mostly(true);
        message.reply_address = from.pick(&[None, None, Some(true), Some(false)]);
        let (link, none) = (Some(OptOut::Link), Some(OptOut::None));
        message.opt_out = from.pick(&[link, link, link, link, link, None, none, Some(OptOut::PostalAddress)]);
        message.clearly_commercial = from.rarely().then_some(false);
        message.websites_comply = from.rarely().then_some(false);
        message.similar = from.mostly(true);
        message.sole_charitable_purpose = from.mostly(true);
        message.special_category = from.seldom().then_some(true);
        facts.recipient.subscriber =
            from.pick(&[SubscriberKind::Individual, SubscriberKind::Unknown, SubscriberKind::Corporate]);
        facts.recipient.named_person = from.pick(&[Some(true), None, Some(false)]);
        facts.recipient.age = from.pick(&[None, None, None, None, None, None, Some(11), Some(30)]);
        facts.recipient.vulnerable = from.rarely().then_some(true);
        facts.answers_request = from.seldom();
        if facts.answers_request && from.mostly(true) == Some(true) {
            let mut request = solicited().request.unwrap();
            request.event.at = from.at();
            request.covers_topic = from.mostly(true);
            request.names_topic = request.covers_topic == Some(true) && from.pick(&[true, false]);
            request.fulfilled = from.seldom();
            facts.request = Some(request);
        }
        let stops = &mut facts.stops;
        let all = [
            (&mut stops.objection, "objection_raised"),
            (&mut stops.fundraising_preference, "register_listed"),
            (&mut stops.withdrawal, "consent_withdrawn"),
            (&mut stops.refusal, "details_refused"),
            (&mut stops.complaint, "complaint_made"),
            (&mut stops.company, "objection_raised"),
        ];
        for (stop, kind) in all {
            if from.rarely() {
                note(stop, kind, from);
            }
        }
        by_telephone(&mut facts, from);
        facts.message.privacy_information = from.mostly(true);
        facts.message.right_to_object_told = from.pick(&[None, None, None, Some(false)]);
        let interests = Some(LawfulBasis::LegitimateInterests);
        facts.basis.kind = from.pick(&[interests, None, None, Some(LawfulBasis::Consent)]);
        facts.basis.assessed = facts.basis.kind == interests && from.mostly(true) == Some(true);
        read_by(&mut facts, from);
        let consents = from.pick(&[1, 1, 0, 0, 2]);
        let consents = ["c1", "c2"].into_iter().take(consents).map(|id| consent(id, from)).collect();
        let collections = from.pick(&[0, 1, 1, 2]);
        let collections = ["d1", "d2"].into_iter().take(collections).map(|id| collection(id, from)).collect();
        Self { facts, consents, collections }
    }
}

/// What was found in the words of the message, where any of it was given.
fn read_by(facts: &mut Facts<'static>, from: &mut Numbers) {
    let content = &mut facts.content;
    content.extent = from.pick(&[Extent::Nothing, Extent::Nothing, Extent::Whole, Extent::Whole, Extent::Part]);
    if content.extent == Extent::Nothing {
        return;
    }
    for (kind, strongest) in FindingKind::ALL.iter().zip(&mut content.strongest) {
        let strength = from.pick(&[None, None, None, Some(Strength::Strong), Some(Strength::Weak)]);
        *strongest = strength.map(|strength| words(*kind, strength));
    }
    if from.seldom() {
        content.strongest[0] = Some(&APPEAL);
    }
    content.review = from.seldom().then(|| words(FindingKind::Promotes, Strength::Review));
    content.opt_out = from.pick(&[Some(OptOut::Link), Some(OptOut::Reply), None]);
    content.names_sender = from.pick(&[None, Some(true), Some(false)]);
    content.shows.opt_out = facts.message.opt_out.is_none() && content.opt_out.is_some();
    facts.message.opt_out = facts.message.opt_out.or(content.opt_out);
}

/// What the call presents, and what is known of the line.
fn by_telephone(facts: &mut Facts<'static>, from: &mut Numbers) {
    facts.matter = from.pick(&[None, None, None, Some(Matter::ClaimsManagement), Some(Matter::Pensions)]);
    let call = &mut facts.call;
    for fact in
        [&mut call.presents_cli, &mut call.names_caller, &mut call.address_or_freephone, &mut call.offers_opt_out]
    {
        *fact = from.mostly(true);
    }
    facts.call.client_would_expect = from.mostly(true);
    facts.caller.authorised = from.mostly(true);
    let event =
        |kind, from: &mut Numbers| EventRef { id: kind, kind, at: from.at(), given: from.seldom(), revision: 0 };
    let line = &mut facts.line;
    for listing in [&mut line.tps, &mut line.ctps, &mut line.fax, &mut line.mps] {
        if from.rarely() {
            let since_known = from.pick(&[true, false]);
            listing.listed = Some(Listed { event: event("register_listed", from), since_known });
        } else if from.mostly(true) == Some(true) {
            let at = "2026-11-14T12:00:00Z".parse().unwrap();
            listing.absent = Some(EventRef { at, ..event("register_screened", from) });
        }
    }
    line.permission = from.rarely().then(|| event("call_permission_given", from));
    if from.rarely() {
        note(&mut line.permission_withdrawn, "call_permission_withdrawn", from);
    }
    line.relationship = from.pick(&[true, false]).then(|| Relationship {
        event: event("client_relationship_started", from),
        ended: None,
        avoids_the_ban: from.mostly(false),
    });
}

fn note(stop: &mut Stop<'static>, kind: &'static str, from: &mut Numbers) {
    stop.note(EventRef { id: kind, kind, at: from.at(), given: from.seldom(), revision: 0 });
}

fn consent(id: &'static str, from: &mut Numbers) -> Consent<'static> {
    let (ticked, already) = (Some(ConsentManner::UntickedBox), Some(ConsentManner::PreTickedBox));
    let (direct, through) = (ConsentSource::Direct, ConsentSource::ThirdParty);
    let covers_topic = from.mostly(true);
    Consent {
        event: EventRef { id, kind: "consent_given", at: from.at(), given: from.seldom(), revision: 0 },
        manner: from.pick(&[ticked, ticked, ticked, ticked, ticked, already, None]),
        source: from.pick(&[direct, direct, direct, direct, direct, through, ConsentSource::Referral]),
        context: from.rarely().then_some(CollectionContext::PrizeDraw),
        for_this_detail: !from.rarely(),
        before_reassignment: from.rarely(),
        covers_channel: !from.seldom(),
        covers_purpose: !from.rarely(),
        names_aims: from.pick(&[false, true]),
        covers_topic,
        names_topic: covers_topic == Some(true) && from.pick(&[false, true]),
        names_sender: from.mostly(true),
        names_caller: Some(true),
        names_promoted: from.pick(&[false, true]),
        third_party_offers: from.pick(&[None, Some(true), Some(false)]),
        separate: from.mostly(true),
        conditional: from.mostly(false),
        withdrawal_told: from.pick(&[None, Some(true), Some(true), Some(false)]),
        explicit: from.pick(&[None, Some(true), Some(false)]),
        parental_authorisation: from.pick(&[None, Some(true), Some(false)]),
        has_wording: !from.seldom(),
        has_evidence: from.pick(&[true, true, false]),
    }
}

fn collection(id: &'static str, from: &mut Numbers) -> Collection<'static> {
    use CollectionContext as Context;
    let contexts = [Context::Sale, Context::Sale, Context::CharitySupport, Context::CharitySupport, Context::PrizeDraw];
    Collection {
        event: EventRef { id, kind: "details_collected", at: from.at(), given: from.seldom(), revision: 0 },
        context: from.pick(&contexts),
        for_this_detail: !from.rarely(),
        before_reassignment: from.rarely(),
        by_sender: !from.seldom(),
        opt_out_offered: from.mostly(true),
        opt_out_free: from.mostly(true),
        refused: from.mostly(false),
        similar: from.pick(&[None, Some(true), Some(false)]),
    }
}
