//! What is known of a line, folded from real entries.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    facts::Line,
    ledger::history::{
        Question, Source,
        tests::{GIVEN, HOST, OTHER_DETAIL, USED, entry, fold, permutations, question},
    },
};

type All = Vec<(Vec<u8>, Source)>;

fn on(kind: &str, id: &str, day: u8, register: &str) -> Vec<u8> {
    entry(id, day, kind, json!({ "register": register }))
}

fn listed(id: &str, day: u8) -> Vec<u8> {
    on("register_listed", id, day, "tps")
}

fn removed(id: &str, day: u8) -> Vec<u8> {
    on("register_removed", id, day, "tps")
}

fn screened(id: &str, day: u8, found: bool) -> Vec<u8> {
    entry(id, day, "register_screened", json!({ "register": "tps", "found": found }))
}

fn permitted(id: &str, day: u8) -> Vec<u8> {
    entry(id, day, "call_permission_given", json!({}))
}

fn taken_back(id: &str, day: u8) -> Vec<u8> {
    entry(id, day, "call_permission_withdrawn", json!({}))
}

fn client(id: &str, day: u8, avoids: Option<bool>) -> Vec<u8> {
    let fields = avoids.map_or(json!({}), |avoids| json!({ "set_up_to_avoid_the_ban": avoids }));
    entry(id, day, "client_relationship_started", fields)
}

fn left(id: &str, day: u8) -> Vec<u8> {
    entry(id, day, "client_relationship_ended", json!({}))
}

fn reassigned(day: u8) -> Vec<u8> {
    entry("r", day, "contact_reassigned", json!({}))
}

fn line<'a>(all: &'a All, question: &Question<'_>) -> Line<'a> {
    fold(all, question).line
}

/// The listing that counts, whether its day is known, and the look-up that did not find the number.
fn tps(all: &All, question: &Question<'_>) -> (Option<(String, bool)>, Option<String>) {
    let tps = line(all, question).tps;
    let listed = tps.listed.map(|listed| (listed.event.id.to_owned(), listed.since_known));
    (listed, tps.absent.map(|absent| absent.id.to_owned()))
}

#[rstest]
#[case::nothing(vec![], None, None)]
#[case::entered(vec![(listed("a", 5), USED)], Some(("a", true)), None)]
#[case::twice_the_earliest_counts(vec![(listed("a", 5), USED), (listed("b", 9), USED)], Some(("a", true)), None)]
#[case::taken_off(vec![(listed("a", 5), USED), (removed("b", 6), USED)], None, None)]
#[case::and_entered_anew(vec![(listed("a", 5), USED), (removed("b", 6), USED), (listed("c", 9), USED)], Some(("c", true)), None)]
#[case::taken_off_at_once(vec![(listed("a", 5), USED), (removed("b", 5), USED)], Some(("a", true)), None)]
#[case::not_found(vec![(screened("a", 5, false), USED)], None, Some("a"))]
#[case::the_last_look_up_counts(vec![(screened("a", 5, false), USED), (screened("b", 7, false), USED)], None, Some("b"))]
#[case::no_longer_found(vec![(listed("a", 5), USED), (screened("b", 7, false), USED)], None, Some("b"))]
#[case::found(vec![(screened("a", 5, true), USED)], Some(("a", false)), None)]
#[case::found_after_its_listing(vec![(listed("a", 5), USED), (screened("b", 7, true), USED)], Some(("a", true)), None)]
#[case::found_before_a_listing(vec![(screened("a", 5, true), USED), (listed("b", 7), USED)], Some(("a", false)), None)]
#[case::found_after_it_was_not(vec![(screened("a", 5, false), USED), (screened("b", 7, true), USED)], Some(("b", false)), Some("a"))]
#[case::found_and_not_at_one_moment(vec![(screened("a", 5, false), USED), (screened("b", 5, true), USED)], Some(("b", false)), Some("a"))]
#[case::found_and_entered_at_one_moment(vec![(screened("a", 5, true), USED), (listed("b", 5), USED)], Some(("a", false)), None)]
#[case::given(vec![(screened("a", 5, false), GIVEN)], None, Some("a"))]
#[case::given_against_the_record(vec![(listed("a", 5), USED), (screened("b", 7, false), GIVEN)], Some(("a", true)), Some("b"))]
#[case::taken_off_by_word_alone(vec![(listed("a", 5), USED), (removed("b", 7), GIVEN)], Some(("a", true)), None)]
#[case::given_to_protect(vec![(screened("a", 5, false), USED), (listed("b", 7), GIVEN)], Some(("b", true)), Some("a"))]
#[case::given_and_off_the_record(vec![(listed("a", 5), GIVEN), (removed("b", 7), USED)], None, None)]
#[case::given_and_taken_off_by_word(vec![(listed("a", 5), GIVEN), (removed("b", 7), GIVEN)], None, None)]
#[case::of_another_number(vec![(listed("a", 5), OTHER_DETAIL), (screened("b", 7, false), OTHER_DETAIL)], None, None)]
#[case::under_a_sender_that_does_not_answer(vec![(listed("a", 5), HOST)], Some(("a", true)), None)]
#[case::after_the_question(vec![(listed("a", 21), USED), (screened("b", 21, false), USED)], None, None)]
#[case::of_an_earlier_holder(vec![(listed("a", 5), USED), (reassigned(9), USED)], Some(("a", true)), None)]
fn what_a_register_says(#[case] all: All, #[case] listing: Option<(&str, bool)>, #[case] absent: Option<&str>) {
    let expected = (listing.map(|(id, since)| (id.to_owned(), since)), absent.map(str::to_owned));
    assert_eq!(tps(&all, &question()), expected);
}

#[rstest]
#[case("tps", [true, false, false, false])]
#[case("ctps", [false, true, false, false])]
#[case("fax_register", [false, false, true, false])]
#[case("mps", [false, false, false, true])]
#[case("fundraising_preference", [false; 4])]
fn each_register_apart(#[case] register: &str, #[case] expected: [bool; 4]) {
    let all = vec![(on("register_listed", "a", 5, register), USED)];
    let line = line(&all, &question());
    assert_eq!([line.tps, line.ctps, line.fax, line.mps].map(|listing| listing.listed.is_some()), expected);
}

#[rstest]
#[case::none(vec![], None, None)]
#[case::given_once(vec![(permitted("a", 5), USED)], Some("a"), None)]
#[case::the_later(vec![(permitted("a", 5), USED), (permitted("b", 7), USED)], Some("b"), None)]
#[case::on_record_before_a_word(vec![(permitted("a", 5), USED), (permitted("b", 7), GIVEN)], Some("a"), None)]
#[case::by_word(vec![(permitted("a", 5), GIVEN)], Some("a"), None)]
#[case::taken_back(vec![(permitted("a", 5), USED), (taken_back("b", 7), USED)], Some("a"), Some("b"))]
#[case::taken_back_at_once(vec![(permitted("a", 5), USED), (taken_back("b", 5), USED)], Some("a"), Some("b"))]
#[case::and_given_anew(vec![(permitted("a", 5), USED), (taken_back("b", 7), USED), (permitted("c", 9), USED)], Some("c"), None)]
#[case::and_given_anew_by_word(vec![(taken_back("b", 7), USED), (permitted("c", 9), GIVEN)], Some("c"), Some("b"))]
#[case::taken_back_by_word(vec![(permitted("a", 5), USED), (taken_back("b", 7), GIVEN)], Some("a"), Some("b"))]
#[case::for_another_number(vec![(permitted("a", 5), OTHER_DETAIL)], None, None)]
#[case::taken_back_for_another_number(vec![(permitted("a", 5), USED), (taken_back("b", 7), OTHER_DETAIL)], Some("a"), Some("b"))]
#[case::to_another_party(vec![(permitted("a", 5), HOST)], None, None)]
#[case::taken_back_from_another_party(vec![(permitted("a", 5), USED), (taken_back("b", 7), HOST)], Some("a"), Some("b"))]
#[case::by_an_earlier_holder(vec![(permitted("a", 5), USED), (reassigned(9), USED)], None, None)]
#[case::by_the_present_holder(vec![(permitted("a", 12), USED), (reassigned(9), USED)], Some("a"), None)]
#[case::after_the_question(vec![(permitted("a", 21), USED), (taken_back("b", 21), USED)], None, None)]
fn whose_calls_are_welcome(#[case] all: All, #[case] permission: Option<&str>, #[case] standing: Option<&str>) {
    let line = line(&all, &question());
    let withdrawn = line.permission_withdrawn.standing_after(line.permission.as_ref());
    assert_eq!((line.permission.map(|it| it.id), withdrawn.map(|it| it.id)), (permission, standing));
}

/// The relationship, the event that ended it, and whether it was set up to avoid the ban.
#[rstest]
#[case::none(vec![], None)]
#[case::begun(vec![(client("a", 5, None), USED)], Some(("a", None, None)))]
#[case::honestly(vec![(client("a", 5, Some(false)), USED)], Some(("a", None, Some(false))))]
#[case::over(vec![(client("a", 5, None), USED), (left("b", 7), USED)], Some(("a", Some("b"), None)))]
#[case::over_at_once(vec![(client("a", 5, None), USED), (left("b", 5), USED)], Some(("a", Some("b"), None)))]
#[case::begun_anew(vec![(client("a", 5, None), USED), (left("b", 7), USED), (client("c", 9, None), USED)], Some(("c", None, None)))]
#[case::over_by_word(vec![(client("a", 5, None), USED), (left("b", 7), GIVEN)], Some(("a", Some("b"), None)))]
#[case::begun_anew_by_word(vec![(client("a", 5, None), USED), (left("b", 7), USED), (client("c", 9, None), GIVEN)], Some(("a", Some("b"), None)))]
#[case::made_honest_by_word(vec![(client("a", 5, Some(true)), USED), (client("b", 7, Some(false)), GIVEN)], Some(("a", None, Some(true))))]
#[case::two_at_one_moment(vec![(client("b", 5, Some(false)), USED), (client("a", 5, Some(true)), USED)], Some(("a", None, Some(true))))]
#[case::with_another_party(vec![(client("a", 5, None), Source { caller: false, ..USED })], None)]
#[case::with_the_caller_that_does_not_answer(vec![(client("a", 5, None), HOST)], Some(("a", None, None)))]
#[case::on_another_number(vec![(client("a", 5, None), OTHER_DETAIL)], None)]
#[case::of_an_earlier_holder(vec![(client("a", 5, None), USED), (reassigned(9), USED)], None)]
#[case::after_the_question(vec![(client("a", 21, None), USED)], None)]
fn who_is_a_client(#[case] all: All, #[case] expected: Option<(&str, Option<&str>, Option<bool>)>) {
    let relationship = line(&all, &question()).relationship;
    assert_eq!(relationship.map(|it| (it.event.id, it.ended.map(|ended| ended.id), it.avoids_the_ban)), expected);
}

/// The end of a relationship protects the person, and so does the withdrawal of a permission: a clock that runs ahead
/// hides neither.
#[rstest]
#[case::looked_back_upon(false, false)]
#[case::now(true, true)]
fn a_clock_that_runs_ahead(#[case] live: bool, #[case] counts: bool) {
    let all = vec![
        (client("a", 5, None), USED),
        (left("b", 21), USED),
        (permitted("c", 5), USED),
        (taken_back("d", 21), USED),
        (client("e", 21, None), USED),
    ];
    let line = line(&all, &Question { live, ..question() });
    assert_eq!(line.relationship.map(|it| (it.event.id, it.ended.is_some())), Some(("a", counts)));
    assert_eq!(line.permission_withdrawn.latest.is_some(), counts);
}

/// Whom a consent names, where one party calls and another instigates.
#[rstest]
#[case::the_caller(json!({ "named_senders": ["caller"] }), USED, Some(false), Some(true))]
#[case::the_instigator(json!({ "named_senders": ["acme"] }), USED, Some(true), Some(false))]
#[case::both(json!({ "named_senders": ["acme", "caller"] }), HOST, Some(true), Some(true))]
#[case::given_to_the_instigator(json!({}), Source { caller: false, ..USED }, Some(true), Some(false))]
#[case::given_to_the_caller(json!({}), HOST, Some(false), Some(true))]
#[case::nobody_knows(json!({ "source": "third_party" }), USED, None, None)]
fn whom_a_consent_names(
    #[case] mut fields: Value,
    #[case] source: Source,
    #[case] sender: Option<bool>,
    #[case] caller: Option<bool>,
) {
    fields["channels"] = json!(["live_call"]);
    let names = [crate::ledger::identity::Identity::new([7; 32]).text("caller")];
    let all = vec![(entry("c", 5, "consent_given", fields), source)];
    let standing = fold(&all, &Question { caller_names: Some(&names), ..question() });
    assert_eq!((standing.consents[0].names_sender, standing.consents[0].names_caller), (sender, caller));
}

#[rstest]
#[case::registers(vec![
    (listed("a", 5), USED), (screened("b", 5, false), USED), (screened("c", 7, true), GIVEN), (removed("d", 7), USED), (listed("a", 5), GIVEN),
])]
#[case::permissions(vec![
    (permitted("a", 5), USED), (permitted("b", 5), USED), (taken_back("c", 5), USED), (permitted("a", 5), GIVEN), (reassigned(4), USED),
])]
#[case::relationships(vec![
    (client("a", 5, None), USED), (client("b", 5, Some(false)), USED), (client("c", 5, Some(true)), GIVEN), (left("d", 5), USED), (left("e", 6), GIVEN),
])]
fn the_order_of_arrival_does_not_matter(#[case] all: All) {
    let in_order = format!("{:?}", line(&all, &question()));
    assert!(permutations(&all).iter().all(|order| format!("{:?}", line(order, &question())) == in_order));
}
