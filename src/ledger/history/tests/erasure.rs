//! What an erasure leaves behind: an objection to everything.

use super::*;

fn erasure(day: u8) -> Vec<u8> {
    entry("e", day, "erasure_requested", json!({}))
}

#[rstest]
#[case::before_the_time_asked_about(5, question())]
#[case::after_it(28, question())]
#[case::after_now(28, Question { live: true, ..question() })]
#[case::by_another_channel(5, Question { channel: Channel::Post, ..question() })]
#[case::of_another_topic(5, Question { topic: Some(KEY.text("offers")), ..question() })]
fn an_erasure_stops_everything_whatever_the_time(#[case] day: u8, #[case] question: Question<'static>) {
    for source in [USED, OTHER_DETAIL, HOST] {
        let all = [(erasure(day), source), (consent("c", 2), USED)];
        let standing = fold(&all, &question);
        let stop = standing.stops.objection;
        assert_eq!(stop.latest.map(|stop| stop.kind), Some("erasure_requested"));
        assert!(stop.standing_after(Some(&standing.consents[0].event)).is_some());
        assert_eq!(standing.named_person.map(|(_, named)| named), Some(true));
    }
}

#[test]
fn a_later_consent_on_record_lifts_it_for_later_questions() {
    let all = [(erasure(5), USED), (consent("c", 9), USED), (consent("g", 12), GIVEN)];
    let stands = |question: Question<'_>, id: &str| {
        let standing = fold(&all, &question);
        let consent = standing.consents.iter().find(|consent| consent.event.id == id);
        standing.stops.objection.standing_after(consent.map(|consent| &consent.event)).is_some()
    };
    assert!(!stands(question(), "c"));
    assert!(stands(question(), "g"), "a caller's word undoes no record");
    assert!(stands(Question { at: "2026-06-08T12:00:00Z".parse().unwrap(), ..question() }, "c"));
}

#[test]
fn whoever_asked_is_a_person_whatever_else_is_known_of_the_detail() {
    let all = [
        (found("a", 9, "corporate", Some(false)), USED),
        (entry("r", 12, "contact_reassigned", json!({})), GIVEN),
        (found("b", 13, "corporate", Some(false)), GIVEN),
        (erasure(5), USED),
    ];
    let standing = fold(&all, &question());
    assert_eq!(standing.named_person.map(|(event, named)| (event.id, named)), Some(("e", true)));
}

/// Under the key of a domain only what was said for the whole company counts.
#[test]
fn a_colleague_s_erasure_is_a_colleague_s() {
    let all = [(erasure(5), COMPANY)];
    let standing = fold(&all, &question());
    assert!(standing.stops.objection.latest.is_none() && standing.stops.company.latest.is_none());
    assert!(standing.named_person.is_none());
}
