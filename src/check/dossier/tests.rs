use jiff::civil::date;

use super::*;
use crate::{
    check::answer::ReasonOutcome,
    facts::{
        AssertedBasis, Call, Caller, Content, EventRef, Extent, House, Line, Listed, Listing, Message, Place,
        Recipient, Relationship, Request, SendLimit, Shows, Stop, Stops,
    },
    rules::decide::Basis,
    terms::{
        audience::Audience,
        channel::Channel,
        collection::CollectionContext,
        consent::{ConsentManner, ConsentSource},
        lawful_basis::LawfulBasis,
        party::{PolicyProfile, SenderKind},
        purpose::{Matter, Purpose},
        refusal::OptOut,
        subscriber::SubscriberKind,
        wording::{CueFamily, FindingKind, Strength},
    },
};

fn event(kind: &'static str, revision: u64) -> EventRef<'static> {
    let at = format!("2026-03-01T09:30:{:02}.000001Z", revision % 60).parse().unwrap();
    EventRef { id: "", kind, at, given: revision == 0, revision }
}

fn recorded(kind: &'static str, revision: u64) -> Stop<'static> {
    Stop { latest: Some(event(kind, revision)), recorded: Some(event(kind, revision)) }
}

/// Facts of which each has a value of its own.
fn facts() -> Facts<'static> {
    Facts {
        as_of: date(2026, 11, 21),
        at: "2026-11-21T12:00:00.123456789Z".parse().unwrap(),
        profile: PolicyProfile::Literal,
        sender_kind: SenderKind::Charity,
        promotes_another: true,
        channel: Channel::LiveCall,
        audience: Some(Audience::ALL[0]),
        purpose: Purpose::Political,
        matter: Some(Matter::Pensions),
        basis: AssertedBasis { kind: Some(LawfulBasis::LegitimateInterests), assessed: true },
        caller: Caller { authorised: Some(false), has_contact: true },
        call: Call {
            presents_cli: Some(true),
            names_caller: Some(false),
            address_or_freephone: None,
            offers_opt_out: Some(true),
            client_would_expect: Some(false),
        },
        line: line(),
        reached: Some(true),
        message: message(),
        content: Content {
            extent: Extent::Whole,
            opt_out: Some(OptOut::Link),
            names_sender: Some(true),
            shows: Shows { opt_out: true, identifies_sender: false, reply_address: true },
            ..Content::default()
        },
        recipient: Recipient {
            subscriber: SubscriberKind::Corporate,
            named_person: Some(false),
            age: Some(41),
            abroad: Some(false),
            vulnerable: Some(true),
        },
        consent: None,
        collection: None,
        answers_request: true,
        request: Some(Request {
            event: event("request_made", 7),
            to_sender: true,
            covers_channel: false,
            covers_topic: Some(true),
            names_topic: true,
            for_this_detail: false,
            before_reassignment: true,
            fulfilled: false,
        }),
        stops: Stops {
            objection: recorded("objection_raised", 8),
            fundraising_preference: recorded("register_listed", 9),
            withdrawal: Stop { latest: Some(event("consent_withdrawn", 0)), recorded: None },
            refusal: Stop { latest: Some(event("details_refused", 0)), recorded: Some(event("details_refused", 10)) },
            complaint: Stop::default(),
            company: recorded("objection_raised", 11),
        },
        house: House {
            quiet: Some(false),
            consents_since: Some("2024-11-21T00:00:00Z".parse().unwrap()),
            limit: Some(SendLimit {
                made: 300,
                at_most: 3,
                in_days: 7,
                covers: None,
                latest: Some(event("send_made", 12)),
            }),
            blocks_topics: true,
            topic_blocked: Some(false),
            honours_registers_at_once: true,
        },
    }
}

fn line() -> Line<'static> {
    let listed = |revision| Listing {
        listed: Some(Listed { event: event("register_listed", revision), since_known: revision == 1 }),
        absent: None,
    };
    Line {
        tps: listed(1),
        ctps: listed(2),
        fax: Listing { listed: None, absent: Some(event("register_screened", 3)) },
        mps: Listing::default(),
        permission: Some(event("call_permission_given", 4)),
        permission_withdrawn: recorded("call_permission_withdrawn", 5),
        relationship: Some(Relationship {
            event: event("client_relationship_started", 6),
            ended: None,
            avoids_the_ban: Some(true),
        }),
    }
}

fn message() -> Message {
    Message {
        contains_promotion: Some(true),
        names_products: true,
        feeds_marketing: Some(false),
        identifies_sender: None,
        reply_address: Some(true),
        opt_out: Some(OptOut::PostalAddress),
        clearly_commercial: Some(false),
        websites_comply: None,
        similar: Some(true),
        sole_charitable_purpose: Some(false),
        special_category: None,
        privacy_information: Some(true),
        right_to_object_told: Some(false),
    }
}

fn consent(revision: u64) -> Consent<'static> {
    Consent {
        event: event("consent_given", revision),
        manner: Some(ConsentManner::UntickedBox),
        source: ConsentSource::ThirdParty,
        context: Some(CollectionContext::PrizeDraw),
        for_this_detail: true,
        before_reassignment: false,
        covers_channel: true,
        covers_purpose: false,
        names_aims: true,
        covers_topic: Some(true),
        names_topic: false,
        names_sender: Some(false),
        names_caller: None,
        names_promoted: true,
        third_party_offers: Some(true),
        separate: Some(false),
        conditional: None,
        withdrawal_told: Some(true),
        explicit: Some(false),
        parental_authorisation: None,
        has_wording: true,
        has_evidence: false,
    }
}

fn collection() -> Collection<'static> {
    Collection {
        event: event("details_collected", 15),
        context: CollectionContext::Sale,
        for_this_detail: true,
        before_reassignment: false,
        by_sender: true,
        opt_out_offered: Some(true),
        opt_out_free: None,
        refused: Some(false),
        similar: Some(true),
    }
}

fn words() -> Vec<Wording<'static>> {
    let word = |kind, strength, of_raw, part, fact| Wording {
        kind,
        family: CueFamily::Survey,
        strength,
        words: "",
        place: Place { part, fact, of_raw, start: 17, end: 300 },
    };
    vec![
        word(FindingKind::Promotes, Strength::Strong, None, "subject", "message.subject"),
        word(FindingKind::SurveyThatSells, Strength::Weak, Some(2), "html", "message.raw"),
        word(FindingKind::Promotes, Strength::Review, None, "text", "message.text"),
    ]
}

/// A dossier with something in every place.
fn full() -> Dossier<'static> {
    Dossier {
        bare: facts(),
        words: words(),
        consents: vec![consent(13), consent(14)],
        collections: vec![collection()],
        tried: (Some(1), Some(0)),
        sources: Sources {
            subscriber: Some(event("subscriber_identified", 16)),
            named_person: None,
            age: Some(event("age_stated", 0)),
        },
        live: true,
        revision: 300,
        outcomes: Outcomes::default(),
        reasons: vec![Limbed { rule: 1, limb: 0, outcome: ReasonOutcome::NotMet }],
        grounds: Some(Grounds { basis: Basis::SoftOptIn, rule: 200, event: Some(event("details_collected", 15)) }),
        obligations: vec!["identify_sender", "keep_evidence"],
        warned: vec![99, 200],
        notes: vec!["message_not_read"],
        request_id: Some("019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e".into()),
        trace: trace("4bf92f3577b34da6a3ce929d0e0e4736"),
        took_us: 412,
    }
}

/// Dossiers of version 1 as they lie in logs. If this fails, what is on disk is not read any more: a changed layout is a
/// new version, and the one before is read on.
#[test]
fn version_1_is_read_as_it_was_written() {
    let dossier = full();
    assert_eq!(
        data_encoding::HEXLOWER.encode(&dossier.write()),
        include_str!("version_1.hex").replace(['\n', ' '], "")
    );
    assert_eq!(Dossier::read(&dossier.write()), Ok(dossier));
}

#[test]
fn the_facts_come_back_with_what_was_tried_and_with_what_the_words_do() {
    let dossier = full();
    let read = dossier.facts();
    assert_eq!((read.consent, read.collection), (Some(consent(14)), Some(collection())));
    let words = words();
    assert_eq!(read.content.strongest, [Some(&words[0]), None, Some(&words[1]), None]);
    assert_eq!(read.content.review, Some(&words[2]));
    assert_eq!(Facts { consent: None, collection: None, content: facts().content, ..read }, facts());
    assert_eq!(dossier.trace_id().as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
}

#[rstest::rstest]
#[case::none(None)]
#[case::of_the_service(Some("019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"))]
#[case::a_callers_own(Some("order-17"))]
#[case::almost_one_of_the_service(Some("019A5B6E-7B1F-7C3A-9D0E-2F4B6A8C0D1E"))]
fn the_id_of_the_request_comes_back_as_it_was(#[case] id: Option<&'static str>) {
    let dossier = Dossier { request_id: id.map(Into::into), trace: None, ..full() };
    let read = Dossier::read(&dossier.write()).unwrap();
    assert_eq!((read.request_id.as_deref(), read.trace_id()), (id, None));
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    assert_eq!(Dossier::read(&[]), Err(Unreadable::Damaged));
    assert_eq!(Dossier::read(&[0, 1]), Err(Unreadable::Damaged));
    assert_eq!(Dossier::read(&[VERSION + 1, 1]), Err(Unreadable::Version(VERSION + 1)));
    let mut bytes = full().write();
    bytes.push(0);
    assert_eq!(Dossier::read(&bytes), Err(Unreadable::Damaged));
    bytes.truncate(20);
    assert_eq!(Dossier::read(&bytes), Err(Unreadable::Damaged));
}
