//! Tests of reading whole messages.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::message::PartName;

const RAW: &str = "From: =?utf-8?q?Caf=C3=A9_Fenwick?= <hello@fenwick.example>\r\n\
    To: Jo <jo@example.org>\r\n\
    Subject: =?utf-8?q?Your_order_of_=C2=A39?=\r\n\
    List-Unsubscribe: <https://fenwick.example/u>\r\n\
    List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=outer\r\n\
    \r\n\
    --outer\r\n\
    Content-Type: multipart/alternative; boundary=inner\r\n\
    \r\n\
    --inner\r\n\
    Content-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\
    \r\n\
    Your order of =A39 is =\r\n\
    ready.\r\n\
    --inner\r\n\
    Content-Type: text/html; charset=utf-8\r\n\
    Content-Transfer-Encoding: base64\r\n\
    \r\n\
    PHA+WW91ciBvcmRlciBvZiA8Yj4mcG91bmQ7OTwvYj4gaXMgcmVhZHkuPC9wPg==\r\n\
    --inner--\r\n\
    --outer\r\n\
    Content-Type: application/pdf; name=terms.pdf\r\n\
    Content-Disposition: attachment\r\n\
    \r\n\
    %PDF\r\n\
    --outer--\r\n";

fn raw(raw: &str) -> Reading {
    read(&Content { raw: Some(raw.as_bytes()), ..Content::default() })
}

#[test]
fn a_raw_message_is_read_part_by_part() {
    let reading = raw(RAW);
    let parts: Vec<_> = reading.parts.iter().map(|part| (part.name, part.of_raw, part.text.as_str())).collect();
    let expected = [
        (PartName::Subject, Some(0), "Your order of £9"),
        (PartName::Text, Some(2), "Your order of £9 is ready."),
        (PartName::Html, Some(3), "Your order of £9 is ready."),
    ];
    assert_eq!(parts, expected);
    assert_eq!(reading.unread, [Unread { reason: UnreadReason::Attachment, span: None }]);
    let found = &reading.found;
    assert_eq!(found.from.as_deref(), Some("Café Fenwick"));
    assert!(found.list_unsubscribe && found.one_click && found.reply_address);
    // Offsets lead back into the decoded HTML: `<p>Your order of <b>&pound;9</b> is ready.</p>`.
    let page = reading.parts.get(2).unwrap();
    let at = page.text.find('£').unwrap();
    assert_eq!(page.original(at..at + "£".len()), 20..27);
}

#[test]
fn what_is_given_besides_a_raw_message_is_read_too() {
    let headers = BTreeMap::from([("reply-TO".to_owned(), "help@fenwick.example".to_owned())]);
    let content = Content {
        subject: Some("One"),
        text: Some("Two"),
        html: Some("<p>Three"),
        headers: Some(&headers),
        raw: Some(b"From: no-reply@fenwick.example\nSubject: Four\n\nFive"),
    };
    let reading = read(&content);
    let texts: Vec<&str> = reading.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(texts, ["One", "Two", "Three", "Four", "Five"]);
    assert!(reading.found.reply_address);
}

#[rstest]
#[case::given_among_the_headers(None, &["Half price today"])]
#[case::given_twice(Some("Another"), &["Another"])]
fn a_subject_among_the_headers_is_read_where_no_other_is_given(
    #[case] subject: Option<&str>,
    #[case] expected: &[&str],
) {
    let headers = BTreeMap::from([("SUBJECT".to_owned(), "=?utf-8?q?Half_price?= today".to_owned())]);
    let reading = read(&Content { subject, headers: Some(&headers), ..Content::default() });
    let texts: Vec<&str> = reading.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(texts, expected);
}

#[test]
fn a_text_is_kept_as_it_is() {
    let text = " Hello\u{a0}\r\n\r\n\u{200b}there ";
    let reading = read(&Content { text: Some(text), ..Content::default() });
    let part = reading.parts.first().unwrap();
    assert_eq!((part.text.as_str(), part.pieces.len()), (text, 0));
    assert_eq!(part.original(1..6), 1..6);
}

#[test]
fn an_encrypted_block_is_told_and_what_stands_around_it_is_read() {
    let text = "See below.\n-----BEGIN PGP MESSAGE-----\n\nwcBMA\nfgHj\n-----END PGP MESSAGE-----\nBye, and thank you.";
    let reading = read(&Content { text: Some(text), ..Content::default() });
    let [unread] = reading.unread.as_slice() else { panic!("{:?}", reading.unread) };
    assert_eq!(unread.reason, UnreadReason::Encrypted);
    let words = reading.words(unread.span.unwrap());
    assert!(words.starts_with("-----BEGIN") && words.ends_with("MESSAGE-----"));
}

#[test]
fn an_encrypted_block_without_an_end_goes_to_the_end_of_the_text() {
    let text = "-----BEGIN PGP MESSAGE-----\nMae eich apwyntiad ddydd Llun am ddeg o'r gloch.";
    let reading = read(&Content { text: Some(text), ..Content::default() });
    let span = Some(Span { part: 0, start: 0, end: text.len() });
    assert_eq!(reading.unread, [Unread { reason: UnreadReason::Encrypted, span }]);
}

#[test]
fn what_is_read_and_what_is_not_is_told_for_any_words() {
    let text = "Your order is ready.\nMae eich archeb yn barod nawr.\nThank you for your order.";
    let reading = read(&Content { subject: Some("Hello"), text: Some(text), ..Content::default() });
    let place = |words: &str| {
        let start = text.find(words).unwrap();
        Span { part: 1, start, end: start + words.len() }
    };
    assert!(reading.reads(place("Your order is ready.")));
    assert!(reading.reads(place("Thank you")));
    assert!(!reading.reads(place("Mae eich archeb")));
    assert!(!reading.reads(place("archeb")));
    assert!(!reading.reads(place("ready.\nMae")));
    assert!(reading.reads(Span { part: 0, start: 0, end: 5 }));
    assert!(reading.reads(Span { part: 2, start: 0, end: 5 }));
}

#[test]
fn what_stands_in_no_text_is_told_once_and_first() {
    let raw = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nMae eich archeb yn barod nawr.\n\
        --b\nContent-Type: image/png\nContent-Disposition: attachment\n\n--b\nContent-Type: application/pdf\n\n--b--";
    let reasons: Vec<_> = self::raw(raw).unread.iter().map(|unread| (unread.reason, unread.span.is_some())).collect();
    assert_eq!(reasons, [(UnreadReason::Attachment, false), (UnreadReason::Language, true)]);
}

proptest! {
    #[test]
    fn every_content_has_a_reading(
        subject in prop::option::of(".{0,40}"),
        text in prop::option::of(".{0,200}"),
        html in prop::option::of("(.|<[a-z]{1,5}>|&[a-z]{2,5};){0,60}"),
        raw in prop::option::of(prop::collection::vec(any::<u8>(), 0..200)),
    ) {
        let content = Content { subject: subject.as_deref(), text: text.as_deref(), html: html.as_deref(), headers: None, raw: raw.as_deref() };
        let reading = read(&content);
        let mut last = None;
        for unread in &reading.unread {
            prop_assert!(last <= Some(unread.span), "in order");
            if let Some(span) = unread.span {
                prop_assert!(!reading.words(span).is_empty());
                prop_assert!(!reading.reads(span));
            }
            last = Some(unread.span);
        }
    }
}
