//! Tests of taking messages apart.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// The texts, each with its number and what it is.
fn texts(raw: &str) -> Vec<(u32, bool, String)> {
    read(raw.as_bytes()).texts.into_iter().map(|text| (text.number, text.is_html, text.text)).collect()
}

#[test]
fn a_message_without_parts_is_one_text() {
    let raw = "From: Mill Lane Dairy <hello@dairy.example>\r\nSubject: Your order\r\n\r\nIt is ready.\r\n";
    assert_eq!(texts(raw), [(0, false, "It is ready.\r\n".to_owned())]);
    let fields = read(raw.as_bytes()).fields;
    assert_eq!(fields.subject.as_deref(), Some("Your order"));
    assert_eq!(fields.from.as_deref(), Some("Mill Lane Dairy"));
    assert_eq!(fields.from_address.as_deref(), Some("hello@dairy.example"));
}

#[test]
fn both_alternatives_and_every_further_text_are_read() {
    let raw = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out side\"\n\npreamble\n\
        --out side\nContent-Type: multipart/alternative; boundary=in\n\n--in\n\none\n--in\nContent-Type: text/html\n\n\
        <p>two\n--in--\nepilogue\n--out side  \nContent-Type: text/plain; charset=iso-8859-1\n\
        Content-Transfer-Encoding: quoted-printable\n\nthree =A3\n--out side--\nepilogue\n";
    let texts = texts(raw);
    let expected = [(2, false, "one".to_owned()), (3, true, "<p>two".to_owned()), (4, false, "three £".to_owned())];
    assert_eq!(texts, expected);
    assert_eq!(read(raw.as_bytes()).unread, []);
}

#[rstest]
#[case::never_closed("--b\n\none\n--b\n\ntwo\n", &["one", "two\n"])]
#[case::without_header("--b\none\n--b--\n", &["one"])]
#[case::empty_part("--b\n--b\n\ntwo\n--b--", &["", "two"])]
#[case::a_header_only("--b\nContent-Type: text/plain\n--b--\n", &[""])]
#[case::not_the_boundary("--b\n\n--bc\n-b\n --b\n--b--\n", &["--bc\n-b\n --b"])]
#[case::returns("--b\r\n\r\none\r\n\r\n--b--\r\n", &["one\r\n"])]
fn parts_end_where_their_delimiters_stand(#[case] body: &str, #[case] expected: &[&str]) {
    let raw = format!("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n{body}");
    let texts: Vec<String> = texts(&raw).into_iter().map(|(_, _, text)| text).collect();
    assert_eq!(texts, expected);
}

#[rstest]
#[case::attached("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt", &[UnreadReason::Attachment])]
#[case::document("Content-Type: application/pdf", &[UnreadReason::Attachment])]
#[case::calendar("Content-Type: text/calendar", &[UnreadReason::Attachment])]
#[case::forwarded("Content-Type: message/rfc822", &[UnreadReason::Attachment])]
#[case::attached_picture("Content-Type: image/png\nContent-Disposition: attachment", &[UnreadReason::Attachment])]
#[case::signature("Content-Type: application/pgp-signature", &[])]
#[case::enveloped("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", &[UnreadReason::Encrypted])]
#[case::encrypted("Content-Type: multipart/encrypted; boundary=c\n\n--c\n\nVersion: 1\n--c\n\nxx\n--c--", &[UnreadReason::Encrypted])]
#[case::unknown_set("Content-Type: text/plain; charset=x-none\n\n\u{a3}", &[UnreadReason::CharacterSet])]
#[case::known_set("Content-Type: text/plain; charset=utf-8\n\n\u{a3}", &[])]
#[case::multipart_without_boundary("Content-Type: multipart/mixed\n\nHello", &[UnreadReason::Form])]
fn what_is_not_read_is_told(#[case] part: &str, #[case] unread: &[UnreadReason]) {
    let raw = format!("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n{part}\n\n--b--\n");
    assert_eq!(read(raw.as_bytes()).unread, unread);
}

#[rstest]
#[case::nothing("", &[UnreadReason::Form])]
#[case::prose("Dear all,\n\nwe are open.", &[UnreadReason::Form])]
#[case::prose_with_a_colon("Note: we are open.\n\nCome in.", &[UnreadReason::Form])]
#[case::binary("\0\u{1}\u{2}", &[UnreadReason::Form])]
#[case::header_only("Subject: x", &[])]
#[case::header_in_capitals("SUBJECT: x\n\n", &[])]
#[case::with_envelope("From a@b Sat Jan  3 2026\nSubject: x\n\n", &[])]
fn what_is_no_message_is_told(#[case] raw: &str, #[case] unread: &[UnreadReason]) {
    assert_eq!(read(raw.as_bytes()).unread, unread);
}

#[rstest]
#[case::plain("Subject: One\n two", Some("One two"))]
#[case::encoded("Subject: =?utf-8?q?=C2=A35_off?=", Some("£5 off"))]
#[case::encoded_in_pieces("Subject: =?utf-8?b?wqM=?=\n =?utf-8?q?5?= now", Some("£5 now"))]
#[case::of_an_older_set("Subject: =?iso-8859-1?q?=A35?=", Some("£5"))]
#[case::not_encoded("Subject: \u{a3}5", Some("£5"))]
#[case::broken("Subject: =?utf-8?q?=ZZ", Some("=?utf-8?q?=ZZ"))]
#[case::the_first_holds("Subject: one\nSubject: two", Some("one"))]
#[case::empty("Subject:\nTo: x", None)]
fn the_subject_is_decoded(#[case] field: &str, #[case] subject: Option<&str>) {
    let fields = read(format!("{field}\n\n").as_bytes()).fields;
    assert_eq!(fields.subject.as_deref(), subject);
}

#[rstest]
#[case::named("Mill Lane Dairy <hello@dairy.example>", Some("Mill Lane Dairy"), Some("hello@dairy.example"))]
#[case::quoted("\"Dairy, Mill Lane\" <a@b.example>", Some("Dairy, Mill Lane"), Some("a@b.example"))]
#[case::encoded("=?utf-8?q?Caf=C3=A9?= <a@b.example>", Some("Café"), Some("a@b.example"))]
#[case::bare("a@b.example", None, Some("a@b.example"))]
#[case::several("One <a@b.example>, Two <c@d.example>", Some("One"), Some("a@b.example"))]
#[case::another_field_within("One\r\nReply-To: x <a@b.example>", None, None)]
fn the_sender_is_read_from_a_field(#[case] value: &str, #[case] name: Option<&str>, #[case] address: Option<&str>) {
    let fields = fields(&BTreeMap::from([("FROM".to_owned(), value.to_owned())]));
    if name.is_some() || address.is_some() {
        assert_eq!((fields.from.as_deref(), fields.from_address.as_deref()), (name, address));
    }
    assert_eq!(fields.reply_to, None);
}

/// Bits of messages, some of them broken.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let bits = prop::sample::select(vec![
        "From: a <a@b>\n",
        "Subject: x\n",
        "Content-Type: ",
        "multipart/mixed",
        "text/html",
        "text/plain",
        "message/rfc822",
        "; boundary=b",
        "; boundary=\"c",
        "\"",
        "\n",
        "\r\n",
        "\n\n",
        "--b",
        "--c",
        "--",
        "Content-Transfer-Encoding: ",
        "base64\n",
        "quoted-printable\n",
        "=C2=A3",
        "=",
        "=\n",
        "SGVsbG8=",
        "<p>one",
        "two ",
        "=?utf-8?q?",
        "?=",
        ";",
        "charset=",
        "utf-16",
        "utf-7",
        "shift_jis",
        "iso-2022-jp",
        "x",
        " ",
        "\t",
        ":",
        "\0",
        "\u{a3}",
        "From ",
        "<",
        ">",
        "(",
        ")",
        "@",
        ",",
    ]);
    let junk = prop::collection::vec(any::<u8>(), 0..4);
    let bits = prop_oneof![9 => bits.prop_map(|bit| bit.as_bytes().to_vec()), 1 => junk];
    prop::collection::vec(bits, 0..40).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_taken_apart(raw in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&raw);
    }

    #[test]
    fn any_soup_of_fields_and_parts_is_taken_apart(soup in soup()) {
        let _ = read(&[b"Subject: y\nContent-Type: multipart/mixed; boundary=b\n".as_slice(), &soup].concat());
        let _ = read(&soup);
    }

    #[test]
    fn any_field_is_read(value in ".{0,200}") {
        let headers = ["From", "Reply-To", "Subject", "List-Unsubscribe"].map(|name| (name.to_owned(), value.clone()));
        let _ = fields(&BTreeMap::from(headers));
    }
}

/// What a million bytes of one thing give: bounded numbers of parts and texts of bounded length.
#[rstest]
#[case::nested("Content-Type: multipart/mixed; boundary=b", "\n\n--b\nContent-Type: multipart/mixed; boundary=b")]
#[case::boundaries_that_never_come(
    "Content-Type: multipart/mixed; boundary=b",
    "\n\n--b\nContent-Type: multipart/mixed; boundary=cc"
)]
#[case::messages_in_messages("Content-Type: message/rfc822", "\n\nContent-Type: message/rfc822")]
#[case::encoded_words("Subject: x", " =?utf-8?q?")]
#[case::encoded_subjects("Subject: x", "\nSubject: =?utf-8?q?")]
#[case::addresses("From: x", "<\"(a,")]
#[case::fields("To: x", "\nX: y")]
#[case::folds("Subject: x", "\n ")]
#[case::parameters("Content-Type: text/plain", ";a=\"")]
#[case::delimiters("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n")]
#[case::dashes("Content-Type: multipart/mixed; boundary=b\n\n", "--")]
#[case::escapes("Content-Transfer-Encoding: quoted-printable\n\n", "=")]
#[case::digits("Content-Transfer-Encoding: base64\n\n", "A")]
fn a_megabyte_of_one_thing_is_taken_apart(#[case] start: &str, #[case] bit: &str) {
    let raw = format!("Date: x\n{start}{}", bit.repeat(1_000_000 / bit.len()));
    let mail = read(raw.as_bytes());
    assert!(mail.texts.len() <= 501);
    assert!(mail.texts.iter().map(|text| text.text.len()).sum::<usize>() <= raw.len());
    assert!(mail.fields.subject.is_none_or(|subject| subject.len() <= 4096));
}
