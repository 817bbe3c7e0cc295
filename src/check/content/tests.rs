//! What a reading becomes for the rules.

use rstest::rstest;

use super::{content, words};
use crate::{
    check::request::MessageFacts,
    facts::{Content, Extent, Shows},
    ledger::sender::Sender,
    message::{Finding, Found, Part, PartName, Reading, Span, Unread, UnreadReason},
    terms::{
        refusal::OptOut,
        wording::{CueFamily, FindingKind, Strength},
    },
};

const TEXT: &str = "Hello from Acme Bikes Ltd. Get 20% off. Would you like to hear from us?";

fn reading() -> Reading {
    let part = |name, of_raw, text: &str| Part { name, of_raw, text: text.to_owned(), pieces: Vec::new() };
    Reading {
        parts: vec![part(PartName::Subject, None, "20% off"), part(PartName::Text, None, TEXT)],
        ..Reading::default()
    }
}

fn found(part: usize, words: &str, kind: FindingKind, strength: Strength) -> Finding {
    let start = TEXT.find(words).filter(|_| part == 1).unwrap_or(0);
    let span = Span { part, start, end: start + words.len() };
    Finding { kind, family: CueFamily::Offer, strength, span, sentence: span, quote: words.to_owned() }
}

fn said(message: serde_json::Value) -> MessageFacts {
    serde_json::from_value(message).unwrap()
}

fn sender() -> Sender {
    let profile =
        serde_json::json!({ "legal_name": "Acme Bikes Ltd", "kind": "company", "trading_names": ["Acme Cycles"] });
    serde_json::from_value(profile).unwrap()
}

fn told<T>(reading: &Reading, said: &MessageFacts, tell: impl FnOnce(Content<'_>) -> T) -> T {
    let words = words(reading);
    tell(content(Some(reading), &words, said, &sender()))
}

#[test]
fn of_each_kind_the_strongest_words_count() {
    let mut reading = reading();
    reading.findings = vec![
        found(1, "20% off", FindingKind::Promotes, Strength::Weak),
        found(0, "20% off", FindingKind::Promotes, Strength::Strong),
        found(1, "Would you like to hear", FindingKind::AsksForPermission, Strength::Weak),
        found(1, "Hello", FindingKind::Promotes, Strength::Review),
    ];
    told(&reading, &said(serde_json::json!({ "text": TEXT })), |content| {
        let strong = content.strong(FindingKind::Promotes).unwrap();
        assert_eq!((strong.words, strong.place.fact, strong.place.end), ("20% off", "message.subject", 7));
        let asks = content.doubtful().unwrap();
        assert_eq!((asks.words, asks.place.fact), ("Would you like to hear", "message.text"));
        assert_eq!(TEXT.get(asks.place.start..asks.place.end), Some(asks.words));
        assert_eq!(content.review.map(|review| review.words), Some("Hello"));
    });
}

#[test]
fn words_of_a_raw_message_stand_in_it() {
    let mut reading = reading();
    reading.parts[1].of_raw = Some(2);
    reading.findings = vec![found(1, "20% off", FindingKind::Promotes, Strength::Strong)];
    told(&reading, &said(serde_json::json!({ "raw": "SGk=" })), |content| {
        let place = content.strong(FindingKind::Promotes).unwrap().place;
        assert_eq!((place.fact, place.part, place.of_raw), ("message.raw", "text", Some(2)));
    });
}

#[rstest]
#[case::a_subject_alone(serde_json::json!({ "subject": "Hi" }), &[], Extent::Part)]
#[case::a_body(serde_json::json!({ "html": "Hi" }), &[], Extent::Whole)]
#[case::with_a_picture(serde_json::json!({ "html": "Hi" }), &[UnreadReason::Picture], Extent::Part)]
#[case::with_something_attached(serde_json::json!({ "raw": "SGk=" }), &[UnreadReason::Attachment], Extent::Whole)]
#[case::with_both(serde_json::json!({ "raw": "SGk=" }), &[UnreadReason::Attachment, UnreadReason::Language], Extent::Part)]
fn how_much_was_read(#[case] message: serde_json::Value, #[case] unread: &[UnreadReason], #[case] extent: Extent) {
    let unread = unread.iter().map(|reason| Unread { reason: *reason, span: None }).collect();
    let reading = Reading { unread, ..reading() };
    assert_eq!(told(&reading, &said(message), |content| content.extent), extent);
}

/// The link behind the word was lost on the way from HTML to text: that it is not there says nothing.
#[test]
fn a_text_that_lost_its_links_is_not_the_whole_message() {
    let mut reading = reading();
    "Save 20%. Unsubscribe | View in browser".clone_into(&mut reading.parts[1].text);
    let extent = |message| told(&reading, &said(message), |content| content.extent);
    assert_eq!(extent(serde_json::json!({ "text": "x" })), Extent::Part);
    assert_eq!(extent(serde_json::json!({ "html": "x" })), Extent::Whole);
}

#[rstest]
#[case::an_opt_out(Found { opt_out: Some(OptOut::Reply), ..Found::default() }, Some(OptOut::Reply), false)]
#[case::a_field_of_the_header(Found { list_unsubscribe: true, ..Found::default() }, Some(OptOut::Link), false)]
#[case::an_address(Found { reply_address: true, ..Found::default() }, None, true)]
#[case::nothing(Found::default(), None, false)]
fn what_nobody_stated_is_found(#[case] found: Found, #[case] opt_out: Option<OptOut>, #[case] reply_address: bool) {
    let reading = Reading { found, ..reading() };
    let silent = told(&reading, &said(serde_json::json!({ "text": TEXT })), |content| (content.opt_out, content.shows));
    let shows = Shows { opt_out: opt_out.is_some(), identifies_sender: true, reply_address };
    assert_eq!(silent, (opt_out, shows));
    let stated = serde_json::json!({ "opt_out": "none", "identifies_sender": false, "reply_address": false });
    assert_eq!(told(&reading, &said(stated), |content| content.shows), Shows::default());
    let refused = told(&reading, &said(serde_json::json!({ "opt_out": "none" })), |content| content.shows);
    assert!(!refused.opt_out && !refused.reply_address);
}

#[rstest]
#[case::the_name_in_law("From Acme Bikes Ltd", true, Some(true))]
#[case::a_trading_name("ACME CYCLES news", true, Some(true))]
#[case::without_the_legal_form("From Acme Bikes", false, Some(true))]
#[case::another("From Bold & Co", false, Some(false))]
fn whom_the_message_names(#[case] text: &str, #[case] identifies: bool, #[case] names: Option<bool>) {
    let mut reading = reading();
    text.clone_into(&mut reading.parts[1].text);
    let raw = said(serde_json::json!({ "raw": "SGk=" }));
    assert_eq!(
        told(&reading, &raw, |content| (content.shows.identifies_sender, content.names_sender)),
        (identifies, names)
    );
    // Without the whole of it nobody can say that a name is not there.
    let text = said(serde_json::json!({ "text": text }));
    assert_eq!(told(&reading, &text, |content| content.names_sender), None);
}

#[test]
fn nothing_given_is_nothing_found() {
    let content = content(None, &[], &said(serde_json::json!({})), &sender());
    assert!(content.extent == Extent::Nothing && content.doubtful().is_none() && content.shows == Shows::default());
}
