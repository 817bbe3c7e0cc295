//! Every form of a line, and what is wrong with those that have none.

use super::*;

const CAMPAIGN: &str = r#"{"campaign": {"sender": "acme", "channel": "email", "purpose": "commercial", "topic": "offers",
    "message": {"products": ["bicycles"]}}}"#;

fn campaign() -> Box<Defaults> {
    match first(CAMPAIGN.as_bytes()).expect("a campaign") {
        First::Campaign(defaults) => defaults,
        First::Line => panic!("a campaign"),
    }
}

fn told(fault: &LineFault) -> Vec<String> {
    let (LineFault::Invalid(faults) | LineFault::NoCampaign(faults)) = fault else { return vec![fault.to_string()] };
    faults.iter().map(|it| format!("{} {}", it.pointer.as_deref().unwrap_or("-"), it.code)).collect()
}

#[rstest::rstest]
#[case(r#"{"campaign": {"sender": "acme", "chanel": "email", "purpose": "commercial"}}"#,
    &["/campaign/chanel unknown_field", "/campaign/channel missing_field"])]
#[case(r#"{"campaign": {"sender": "acme", "channel": "email", "purpose": "service", "recipient": {}}}"#,
    &["/campaign/recipient unknown_field"])]
#[case(r#"{"campaign": 3}"#, &["/campaign wrong_type"])]
#[case(r#"{"campaign": {}, "ref": "1"}"#, &["/ref unknown_field", "/campaign/sender missing_field",
    "/campaign/channel missing_field", "/campaign/purpose missing_field"])]
#[case(r#"{"campaign": {"sender": "acme", "channel": "email", "purpose": "service", "topic": ""}}"#,
    &["/campaign/topic too_short"])]
#[case(r#"{"ref": "1", "email": "jo@example.com"}"#, &[" no_campaign"])]
#[case(r#"{"ref": "1", "recipient": {"email": "jo@example.com"}, "sender": "acme"}"#,
    &["/channel missing_field", "/purpose missing_field"])]
#[case("[]", &[" wrong_type"])]
#[case("jo@example.com", &["the line is not JSON: expected value, at column 1"])]
#[case(r#"{"campaign": {"#, &["the line is not JSON: it ends before it is complete, at column 14"])]
fn a_first_line_that_is_broken_is_told(#[case] line: &str, #[case] faults: &[&str]) {
    let mut found = told(&first(line.as_bytes()).expect_err("a fault"));
    let mut expected: Vec<String> = faults.iter().map(|fault| (*fault).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_first_line_may_be_a_whole_send_request() {
    let line = r#"{"ref": "1", "sender": "acme", "channel": "email", "purpose": "commercial", "campaign": "spring"}"#;
    assert!(matches!(first(line.as_bytes()), Ok(First::Line)));
}

#[test]
fn what_a_send_request_leaves_out_is_the_campaigns() {
    let line =
        r#"{"ref": "1", "recipient": {"email": "jo@example.com"}, "message": {"subject": "Sale"}, "topic": null}"#;
    let read = Line::read(line.as_bytes(), Some(&campaign())).expect("a line");
    let Asks::Request(request) = &read.asks else { panic!("a send request: {read:?}") };
    assert_eq!(read.reference.as_deref(), Some("1"));
    assert_eq!((request.channel.as_str(), request.topic.is_some()), ("email", false));
    // A field takes the place of the whole field.
    assert_eq!((request.message.subject.as_deref(), request.message.products.len()), (Some("Sale"), 0));
    let line = r#"{"recipient": {"email": "jo@example.com"}, "reached": true}"#;
    let read = Line::read(line.as_bytes(), Some(&campaign())).expect("a line");
    let Asks::Request(request) = &read.asks else { panic!("a send request") };
    assert_eq!((request.message.products.len(), request.topic.is_some()), (1, true));
}

#[rstest::rstest]
#[case(r#"{"ref": "1", "email": "jo@example.com", "age": 97.0}"#)]
#[case(r#"{"\u0065mail": "jo@example.com"}"#)]
#[case(r#"{"ref": "1"}"#)]
fn a_recipient_that_is_written_oddly_is_one(#[case] line: &str) {
    let read = Line::read(line.as_bytes(), Some(&campaign())).expect("a line");
    assert!(matches!(read.asks, Asks::Recipient(_)), "{read:?}");
}

#[rstest::rstest]
#[case(r#"{"ref": "1", "emial": "jo@example.com"}"#, Some("1"), &["/emial unknown_field"])]
#[case(r#"{"ref": "1", "chanel": "sms", "recipient": {}}"#, Some("1"), &["/chanel unknown_field"])]
#[case(r#"{"ref": "1", "email": "jo@example.com", "topic": "news"}"#, Some("1"), &["/email unknown_field"])]
#[case(r#"{"ref": "1", "recipient": {"emial": "x"}}"#, Some("1"), &["/recipient/emial unknown_field"])]
#[case(r#"{"ref": "1", "email": "a@b.example", "email": "c@d.example"}"#, Some("1"), &["/email duplicate_field"])]
#[case(r#"{"ref": 42, "email": "jo@example.com"}"#, None, &["/ref wrong_type"])]
#[case(r#"{"ref": "1", "age": 131}"#, Some("1"), &["/age too_large"])]
#[case(r#"{"ref": "1", "phone": "123"}"#, Some("1"), &["/phone pattern"])]
#[case(r#"{"campaign": {"sender": "acme"}}"#, None, &["a campaign can only be the first line, and which one was \
    meant for the lines after this is nothing to guess at: send the other campaign in a request of its own"])]
fn every_fault_of_a_line_is_told(#[case] line: &str, #[case] reference: Option<&str>, #[case] faults: &[&str]) {
    let unread = Line::read(line.as_bytes(), Some(&campaign())).expect_err("a fault");
    assert_eq!(
        (unread.reference.as_deref(), told(&unread.fault)),
        (reference, faults.iter().map(|it| (*it).to_owned()).collect())
    );
}

#[test]
fn a_ref_may_be_long_and_no_longer() {
    let line = |length| format!(r#"{{"ref": "{}", "email": "jo@example.com"}}"#, "é".repeat(length));
    assert!(Line::read(line(LONGEST_REF).as_bytes(), Some(&campaign())).is_ok());
    let unread = Line::read(line(LONGEST_REF + 1).as_bytes(), Some(&campaign())).expect_err("a fault");
    assert_eq!((unread.reference.as_deref(), told(&unread.fault)), (None, vec!["/ref too_long".to_owned()]));
    let broken = Line::read(b"{\"ref\": \"\xff\"}", Some(&campaign())).expect_err("a fault");
    assert!(matches!(broken.fault, LineFault::NotText));
}

#[test]
fn where_a_pointer_leads_is_seen_in_the_line() {
    let place = |line: &str| Line::place(line.as_bytes(), Some(&campaign()));
    assert_eq!(place(r#"{"ref": "1", "email": "x"}"#).pointer("/recipient/email"), "/email");
    assert_eq!(place(r#"{"ref": "1"}"#).pointer("/recipient/email"), "/email");
    assert_eq!(place(r#"{"recipient": {"email": "x"}}"#).pointer("/recipient/email"), "/recipient/email");
    assert_eq!(place(r#"{"as_of": "2026-03-01"}"#).pointer("/recipient/email"), "/recipient/email");
    assert_eq!(place(r#"{"ref": "1"}"#).pointer("/as_of"), "/campaign/as_of");
}
