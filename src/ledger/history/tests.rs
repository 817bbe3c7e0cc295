//! The fold over real entries: what counts, and that the order of arrival never does.

mod erasure;

use rstest::rstest;
use serde_json::{Value, json};

use super::{Question, Source, Standing};
use crate::{
    facts::Stops,
    ledger::{
        entry::{append, entries},
        event::Event,
        identity::Identity,
    },
    terms::{channel::Channel, purpose::Purpose, subscriber::SubscriberKind},
};

const KEY: Identity = Identity::new([7; 32]);
/// Under the detail that the message uses, with the party that answers for it.
pub(super) const USED: Source = Source { used: true, answerable: true, caller: true, company: false, given: false };
pub(super) const GIVEN: Source = Source { given: true, ..USED };
pub(super) const OTHER_DETAIL: Source = Source { used: false, ..USED };
pub(super) const HOST: Source = Source { answerable: false, ..USED };
const COMPANY: Source = Source { company: true, ..USED };

/// An event of a day of June 2026, as an entry.
pub(super) fn entry(id: &str, day: u8, kind: &str, fields: Value) -> Vec<u8> {
    let mut event = fields;
    event["id"] = json!(id);
    event["type"] = json!(kind);
    event["occurred_at"] = json!(format!("2026-06-{day:02}T12:00:00Z"));
    event["recipient"] = json!({});
    let event: Event = serde_json::from_value(event).unwrap();
    let mut bytes = Vec::new();
    append(&mut bytes, &event, 1, &KEY);
    bytes
}

fn objection(id: &str, day: u8) -> Vec<u8> {
    entry(id, day, "objection_raised", json!({}))
}

fn consent(id: &str, day: u8) -> Vec<u8> {
    entry(id, day, "consent_given", json!({ "channels": ["email"] }))
}

fn found(id: &str, day: u8, subscriber: &str, named: Option<bool>) -> Vec<u8> {
    let mut fields = json!({ "subscriber": subscriber });
    if let Some(named) = named {
        fields["named_person"] = json!(named);
    }
    entry(id, day, "subscriber_identified", fields)
}

/// A commercial email of Acme on 20 June 2026, looked back upon.
pub(super) fn question() -> Question<'static> {
    Question {
        at: "2026-06-20T12:00:00Z".parse().unwrap(),
        live: false,
        channel: Channel::Email,
        purpose: Purpose::Commercial,
        declared: Purpose::Commercial,
        ordinary: Purpose::Commercial,
        has_product_groups: true,
        topic: Some(KEY.text("news")),
        sender_names: vec![KEY.text("acme"), KEY.text("Acme Ltd")].leak(),
        caller_names: None,
        promoted_names: &[],
        similar_products: &[],
        answers: Some(("asked", KEY.text("asked"))),
    }
}

pub(super) fn fold<'a>(all: &'a [(Vec<u8>, Source)], question: &Question<'_>) -> Standing<'a> {
    let mut standing = Standing::default();
    for (bytes, source) in all {
        entries(bytes).unwrap().for_each(|entry| standing.take(&entry.unwrap(), *source, question));
    }
    standing.settle();
    standing
}

pub(super) fn permutations<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    if all.is_empty() {
        return vec![Vec::new()];
    }
    let first = |index: usize| {
        let mut rest = all.to_vec();
        let chosen = rest.remove(index);
        permutations(&rest).into_iter().map(move |rest| [vec![chosen.clone()], rest].concat())
    };
    (0..all.len()).flat_map(first).collect()
}

#[rstest]
#[case::said_and_unsaid(vec![(objection("o", 5), USED), (consent("c", 5), USED), (objection("p", 5), USED), (consent("d", 9), OTHER_DETAIL)])]
#[case::given_and_recorded(vec![(objection("o", 5), GIVEN), (objection("o", 5), USED), (consent("c", 4), GIVEN), (consent("c", 4), USED)])]
#[case::findings(vec![
    (found("a", 5, "corporate", Some(false)), USED), (found("b", 5, "unknown", Some(true)), USED),
    (found("c", 5, "individual", None), USED), (found("d", 9, "corporate", Some(false)), GIVEN),
])]
#[case::reassigned(vec![
    (found("a", 3, "corporate", None), USED), (entry("r", 5, "contact_reassigned", json!({})), USED),
    (consent("c", 4), USED), (entry("g", 2, "age_stated", json!({ "age": 40 })), USED),
])]
#[case::asked_and_answered(vec![
    (entry("asked", 5, "request_made", json!({})), USED), (entry("asked", 5, "request_made", json!({})), OTHER_DETAIL),
    (entry("f", 6, "request_fulfilled", json!({ "request": "asked" })), HOST), (entry("asked", 7, "request_made", json!({})), GIVEN),
])]
fn the_order_of_arrival_does_not_matter(#[case] all: Vec<(Vec<u8>, Source)>) {
    let told = |standing: Standing<'_>| {
        let Standing { consents, collections, stops, request, subscriber, named_person, age, .. } = standing;
        format!("{consents:?}{collections:?}{stops:?}{request:?}{subscriber:?}{named_person:?}{age:?}")
    };
    let in_order = told(fold(&all, &question()));
    assert!(permutations(&all).iter().all(|order| told(fold(order, &question())) == in_order));
}

#[rstest]
#[case::earlier(4, false)]
#[case::at_the_same_time(5, false)]
#[case::later(6, true)]
fn a_consent_undoes_only_what_is_earlier(#[case] day: u8, #[case] undone: bool) {
    let all = [(objection("o", 5), USED), (consent("c", day), USED)];
    let standing = fold(&all, &question());
    let undoing = standing.consents.first().map(|consent| consent.event);
    assert_eq!(standing.stops.objection.standing_after(undoing.as_ref()).is_none(), undone);
}

#[test]
fn what_is_given_hides_nothing_on_record() {
    let all = [(objection("given", 9), GIVEN), (objection("recorded", 5), USED), (consent("c", 10), GIVEN)];
    let standing = fold(&all, &question());
    let undoing = standing.consents.first().map(|consent| consent.event);
    assert_eq!(standing.stops.objection.standing_after(undoing.as_ref()).map(|stop| stop.id), Some("recorded"));
}

#[rstest]
#[case::without_limits(json!({}), true)]
#[case::this_channel(json!({ "channels": ["sms", "email"] }), true)]
#[case::another_channel(json!({ "channels": ["sms"] }), false)]
#[case::this_topic(json!({ "topics": ["offers", "News"] }), true)]
#[case::another_topic(json!({ "topics": ["offers"] }), false)]
#[case::this_topic_on_another_channel(json!({ "channels": ["sms"], "topics": ["news"] }), false)]
fn a_stop_has_its_scope(
    #[case] scope: Value,
    #[case] counts: bool,
    #[values("objection_raised", "consent_withdrawn", "details_refused", "complaint_made")] kind: &str,
) {
    let all = [(entry("s", 5, kind, scope), USED)];
    let Stops { objection, withdrawal, refusal, complaint, .. } = fold(&all, &question()).stops;
    let noted = [objection, withdrawal, refusal, complaint].iter().filter_map(|stop| stop.latest).collect::<Vec<_>>();
    assert_eq!(noted.first().map(|stop| stop.kind), counts.then_some(kind));
}

#[test]
fn a_message_without_a_topic_is_covered_by_a_stop_to_any_and_by_a_consent_to_none() {
    let question = Question { topic: None, ..question() };
    let limited = json!({ "channels": ["email"], "topics": ["news"] });
    let all =
        [(entry("o", 5, "objection_raised", limited.clone()), USED), (entry("c", 5, "consent_given", limited), USED)];
    let standing = fold(&all, &question);
    assert!(standing.stops.objection.latest.is_some());
    assert_eq!(standing.consents[0].covers_topic, None);
}

#[rstest]
#[case::looked_back_upon(false, false)]
#[case::now(true, true)]
fn a_clock_that_runs_ahead_hides_nothing_that_protects(#[case] live: bool, #[case] counts: bool) {
    let question = Question { live, ..question() };
    let ahead = 21;
    let all = [
        (objection("o", ahead), USED),
        (consent("c", ahead), USED),
        (consent("d", 5), USED),
        (entry("r", ahead, "contact_reassigned", json!({})), USED),
        (entry("asked", 5, "request_made", json!({})), USED),
        (entry("f", ahead, "request_fulfilled", json!({ "request": "asked" })), USED),
    ];
    let standing = fold(&all, &question);
    assert_eq!(standing.stops.objection.latest.is_some(), counts);
    assert_eq!(standing.consents.iter().map(|consent| consent.event.id).collect::<Vec<_>>(), ["d"]);
    assert_eq!(standing.consents[0].before_reassignment, counts);
    assert_eq!(standing.request.map(|request| request.fulfilled), Some(counts));
}

#[rstest]
#[case::of_the_person(USED, "person", true)]
#[case::of_the_person_under_another_detail(OTHER_DETAIL, "person", true)]
#[case::to_the_host(HOST, "person", true)]
#[case::of_a_colleague(COMPANY, "person", false)]
#[case::of_a_colleague_for_the_company(COMPANY, "company", false)]
fn whose_objection_counts(#[case] source: Source, #[case] on_behalf_of: &str, #[case] counts: bool) {
    let all = [(entry("o", 5, "objection_raised", json!({ "on_behalf_of": on_behalf_of })), source)];
    assert_eq!(fold(&all, &question()).stops.objection.latest.is_some(), counts);
}

#[rstest]
#[case::of_a_colleague(COMPANY, "person", false)]
#[case::of_a_colleague_for_the_company(COMPANY, "company", true)]
#[case::of_the_person(USED, "company", false)]
fn what_is_asked_for_a_company_stands_apart(#[case] source: Source, #[case] on_behalf_of: &str, #[case] counts: bool) {
    let all = [(entry("o", 5, "objection_raised", json!({ "on_behalf_of": on_behalf_of })), source)];
    assert_eq!(fold(&all, &question()).stops.company.latest.is_some(), counts);
}

#[test]
fn a_refusal_at_the_collection_is_one_of_all_marketing() {
    let refused = entry("d", 5, "details_collected", json!({ "context": "sale", "refused": true }));
    let all = [(refused, USED)];
    let standing = fold(&all, &question());
    assert_eq!(standing.stops.refusal.latest.map(|stop| stop.id), Some("d"));
    assert_eq!(standing.collections[0].refused, Some(true));
}

#[rstest]
#[case::fundraising("fundraising_preference", true)]
#[case::telephone("tps", false)]
fn only_the_fundraising_register_stops_electronic_mail(#[case] register: &str, #[case] counts: bool) {
    let all = [(entry("l", 5, "register_listed", json!({ "register": register })), USED)];
    assert_eq!(fold(&all, &question()).stops.fundraising_preference.latest.is_some(), counts);
}

/// Whom a consent names, where it says so and where it does not.
#[rstest]
#[case::direct(json!({}), USED, Some(true))]
#[case::direct_to_the_host(json!({}), HOST, Some(false))]
#[case::names_the_sender(json!({ "named_senders": ["acme  LTD"] }), HOST, Some(true))]
#[case::names_another(json!({ "named_senders": ["partners"] }), USED, Some(false))]
#[case::names_nobody(json!({ "named_senders": [] }), USED, Some(false))]
#[case::indirect(json!({ "source": "third_party" }), USED, None)]
#[case::indirect_naming_the_sender(json!({ "source": "third_party", "named_senders": ["acme"] }), USED, Some(true))]
fn whom_a_consent_names(#[case] mut fields: Value, #[case] source: Source, #[case] names: Option<bool>) {
    fields["channels"] = json!(["email"]);
    let all = [(entry("c", 5, "consent_given", fields), source)];
    assert_eq!(fold(&all, &question()).consents[0].names_sender, names);
}

#[rstest]
#[case::not_stated(json!([]), Purpose::Commercial, true)]
#[case::not_stated_and_not_ordinary(json!([]), Purpose::Political, false)]
#[case::stated(json!(["political"]), Purpose::Political, true)]
#[case::another(json!(["political"]), Purpose::Commercial, false)]
fn what_a_consent_is_for(#[case] purposes: Value, #[case] purpose: Purpose, #[case] covers: bool) {
    let question = Question { purpose, ..question() };
    let all = [(entry("c", 5, "consent_given", json!({ "channels": ["email"], "purposes": purposes })), USED)];
    assert_eq!(fold(&all, &question).consents[0].covers_purpose, covers);
}

#[rstest]
#[case::not_stated(json!([]), false)]
#[case::offers(json!(["commercial"]), false)]
#[case::a_charity_s(json!(["commercial", "charity"]), true)]
#[case::a_party_s(json!(["political"]), true)]
fn whether_a_consent_names_aims_and_ideals(#[case] purposes: Value, #[case] names_aims: bool) {
    let all = [(entry("c", 5, "consent_given", json!({ "channels": ["email"], "purposes": purposes })), USED)];
    assert_eq!(fold(&all, &question()).consents[0].names_aims, names_aims);
}

#[rstest]
#[case::itself(None, USED, true)]
#[case::itself_by_name(Some("Acme Ltd"), USED, true)]
#[case::a_sister_company(Some("Sister Ltd"), USED, false)]
#[case::the_host(None, HOST, false)]
fn who_collected_the_details(#[case] by: Option<&str>, #[case] source: Source, #[case] by_sender: bool) {
    let all = [(entry("d", 5, "details_collected", json!({ "context": "sale", "collected_by": by })), source)];
    assert_eq!(fold(&all, &question()).collections[0].by_sender, by_sender);
}

#[rstest]
#[case::to_the_sender(USED, Some((true, true)))]
#[case::to_the_host(HOST, Some((false, true)))]
#[case::from_another_address(OTHER_DETAIL, Some((true, false)))]
fn a_request_is_to_somebody(#[case] source: Source, #[case] own: Option<(bool, bool)>) {
    let all = [(entry("asked", 5, "request_made", json!({})), source)];
    assert_eq!(fold(&all, &question()).request.map(|request| (request.to_sender, request.for_this_detail)), own);
}

#[rstest]
#[case::that_one("asked", true)]
#[case::another("else", false)]
fn a_request_is_answered_once(#[case] answered: &str, #[case] fulfilled: bool) {
    let all = [
        (entry("f", 6, "request_fulfilled", json!({ "request": answered })), USED),
        (entry("asked", 5, "request_made", json!({})), USED),
    ];
    assert_eq!(fold(&all, &question()).request.map(|request| request.fulfilled), Some(fulfilled));
}

/// The number went to somebody else on the fifth: what is of that day or before is not the new holder's.
#[rstest]
#[case::before(4, true)]
#[case::the_same_moment(5, true)]
#[case::since(6, false)]
fn a_reassigned_number(#[case] day: u8, #[case] stale: bool) {
    let all = [
        (entry("r", 5, "contact_reassigned", json!({})), USED),
        (consent("c", day), USED),
        (entry("d", day, "details_collected", json!({ "context": "sale" })), USED),
        (entry("asked", day, "request_made", json!({})), USED),
        (found("s", day, "corporate", Some(false)), USED),
        (entry("g", day, "age_stated", json!({ "age": 9 })), USED),
    ];
    let standing = fold(&all, &question());
    assert_eq!(standing.consents[0].before_reassignment, stale);
    assert_eq!(standing.collections[0].before_reassignment, stale);
    assert_eq!(standing.request.map(|request| request.before_reassignment), Some(stale));
    assert_eq!(standing.subscriber.is_none(), stale);
    assert_eq!(standing.named_person.is_none(), stale);
    assert_eq!(standing.age.is_none(), stale);
}

#[test]
fn another_detail_that_was_reassigned_is_no_matter() {
    let all = [(entry("r", 5, "contact_reassigned", json!({})), OTHER_DETAIL), (consent("c", 4), USED)];
    assert!(!fold(&all, &question()).consents[0].before_reassignment);
}

#[rstest]
#[case::the_later(vec![(found("a", 4, "individual", None), USED), (found("b", 5, "corporate", None), USED)], Some(SubscriberKind::Corporate))]
#[case::on_a_tie_the_protected(vec![(found("a", 5, "individual", None), USED), (found("b", 5, "corporate", None), USED)], Some(SubscriberKind::Individual))]
#[case::of_another_line(vec![(found("a", 5, "corporate", None), OTHER_DETAIL)], None)]
#[case::given(vec![(found("a", 5, "corporate", None), GIVEN)], Some(SubscriberKind::Corporate))]
#[case::given_against_the_record(vec![(found("a", 4, "individual", None), USED), (found("b", 5, "corporate", None), GIVEN)], Some(SubscriberKind::Individual))]
#[case::given_to_protect(vec![(found("a", 4, "corporate", None), USED), (found("b", 5, "individual", None), GIVEN)], Some(SubscriberKind::Individual))]
#[case::found_out_since(vec![(found("a", 5, "corporate", None), USED), (found("b", 4, "individual", None), GIVEN)], Some(SubscriberKind::Corporate))]
#[case::after_the_question(vec![(found("a", 21, "corporate", None), USED)], None)]
fn whose_line_it_is(#[case] all: Vec<(Vec<u8>, Source)>, #[case] kind: Option<SubscriberKind>) {
    assert_eq!(fold(&all, &question()).subscriber.map(|(_, kind)| kind), kind);
}

#[test]
fn a_caller_s_word_neither_ages_a_child_nor_empties_a_person_s_mailbox() {
    let all = [
        (entry("g", 4, "age_stated", json!({ "age": 9 })), USED),
        (entry("h", 5, "age_stated", json!({ "age": 30 })), GIVEN),
        (found("a", 4, "corporate", Some(true)), USED),
        (found("b", 5, "corporate", Some(false)), GIVEN),
    ];
    let standing = fold(&all, &question());
    assert_eq!(standing.age.map(|(_, age)| age), Some(9));
    assert_eq!(standing.named_person.map(|(_, named)| named), Some(true));
}
