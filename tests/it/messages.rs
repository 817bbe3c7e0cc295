//! `POST /messages/read`, as its callers use it: each form of body, what comes back, and every way to get no answer.

use maysend::{
    message::{Content, published::published, read},
    terms::wording::{CueFamily, FindingKind, Strength},
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::server::{Reply, Server, reply};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const TEXT: (&str, &str) = ("Content-Type", "text/plain; charset=utf-8");
const PLACE: &str = "/messages/read";

const MAIL: &str = "From: Acme Bikes <news@acme.example>\r\nTo: jo@example.com\r\nSubject: Your bicycle is ready\r\n\
    List-Unsubscribe: <https://acme.example/stop>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
    Your bicycle waits for you in the shop.\r\n\r\nEnjoy 20% off your next order.\r\n";
const SENTENCES: &str = "Your bicycle waits for you in the shop. Enjoy 20% off your next order.";
const HTML: &str = "<p>Your bicycle waits for you in the shop.</p>\n<p>Enjoy <b>20&#37; off</b> your next order.</p>";

/// What was found, from the strongest on: family, strength and words.
fn findings(reply: &Reply) -> Vec<[String; 3]> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let told = |it: &Value| [text(&it["family"]), text(&it["strength"]), text(&it["words"])];
    reply.json()["findings"].as_array().unwrap().iter().map(told).collect()
}

fn in_base64(bytes: &str) -> String {
    data_encoding::BASE64.encode(bytes.as_bytes())
}

#[rstest]
#[case(JSON, &json!({"text": SENTENCES}).to_string(), "text")]
#[case(JSON, &json!({"html": HTML}).to_string(), "html")]
#[case(JSON, &json!({"subject": "Enjoy 20% off your next order"}).to_string(), "subject")]
#[case(JSON, &json!({"raw": in_base64(MAIL)}).to_string(), "text")]
#[case(("Content-Type", "message/rfc822"), MAIL, "text")]
#[case(TEXT, SENTENCES, "text")]
#[case(("Content-Type", "text/html"), HTML, "html")]
fn a_message_is_read_in_each_form(#[case] form: (&str, &str), #[case] body: &str, #[case] field: &str) {
    let reply = Server::start().call("POST", PLACE, &[form], body);
    let found = findings(&reply);
    let [family, strength, words] = found.first().unwrap_or_else(|| panic!("nothing in {}", reply.text()));
    assert_eq!((family.as_str(), strength.as_str()), ("offer", "strong"));
    assert!(words.contains("20% off"), "{words}");
    let answer = reply.json();
    assert_eq!(answer["findings"][0]["span"]["field"], field);
    assert!(answer["parts"].as_array().unwrap().iter().any(|part| part["field"] == field && part["words"] != 0));
    assert_eq!(answer["says"], "marketing wording found");
    assert_eq!(answer["digest"].as_str().map(str::len), Some(64));
}

/// Whoever shows the words in the text as it was given finds them by the bytes.
#[rstest]
#[case("text", "Caf\u{e9} \u{1f6b2}: enjoy 20% off your next order.", "20% off")]
#[case("html", HTML, "20&#37; off")]
fn the_bytes_of_a_finding_are_those_of_the_field(#[case] field: &str, #[case] given: &str, #[case] words: &str) {
    let answer = Server::start().post(PLACE, &json!({field: given})).json();
    let at = |name: &str| usize::try_from(answer["findings"][0]["span"][name].as_u64().unwrap()).unwrap();
    let found = given.get(at("start")..at("end")).unwrap();
    assert!(found.contains(words), "`{found}`");
    let sentence = &answer["sentences"][0];
    assert!(sentence["resembles_marketing"].is_f64() && sentence["span"]["field"] == field, "{answer}");
}

#[test]
fn what_the_message_shows_of_its_form_is_told() {
    let found = Server::start().post(PLACE, &json!({"raw": in_base64(MAIL)})).json()["found"].clone();
    for (field, expected) in [
        ("list_unsubscribe", json!(true)),
        ("one_click", json!(true)),
        ("opt_out", json!("link")),
        ("from", json!("Acme Bikes")),
        ("reply_address", json!(true)),
        ("postal_address", json!(false)),
        ("campaign_tags", json!([])),
        ("silent_pictures", json!(0)),
    ] {
        assert_eq!(found[field], expected, "{field} of {found}");
    }
}

#[test]
fn nothing_is_decided_and_nothing_kept() {
    let server = Server::with_acme();
    let first = server.post(PLACE, &json!({"text": SENTENCES}));
    assert_eq!(first.body, server.post(PLACE, &json!({"text": SENTENCES})).body);
    let answer = first.json();
    assert!(answer.get("decision").is_none() && answer.get("decision_id").is_none(), "{answer}");
    assert_ne!(answer["digest"], server.post(PLACE, &json!({"html": SENTENCES})).json()["digest"]);
    assert_eq!(server.get("/status").json()["store"]["revision"], "r1-1");
}

#[test]
fn a_raw_message_is_read_besides_the_fields() {
    let body = json!({"raw": in_base64(MAIL), "text": "Take a look at the new helmets and save 10% today."});
    let answer = Server::start().post(PLACE, &body).json();
    let parts = answer["parts"].as_array().unwrap();
    assert!(parts.iter().any(|part| part["field"] == "text" && part["part"].is_null()), "{answer}");
    assert!(parts.iter().any(|part| part["field"] == "text" && part["part"].is_u64()), "{answer}");
    assert!(parts.iter().any(|part| part["field"] == "subject"), "{answer}");
}

#[test]
fn that_nothing_was_found_is_not_called_a_service_message() {
    let server = Server::start();
    let body = json!({"text": "Your appointment is on Monday at 9:30. Please bring your passport."});
    let reply = server.post(PLACE, &body);
    assert_eq!((findings(&reply), &reply.json()["says"]), (vec![], &json!("no marketing wording found")));
    let told = server.call("POST", PLACE, &[JSON, ("Accept", "text/plain")], &body.to_string()).text();
    assert!(told.starts_with("No marketing wording found.\nThat does not show that it is a service message"), "{told}");
}

#[test]
fn a_person_is_told_with_the_words_marked() {
    let server = Server::start();
    let body = "Your bicycle waits.\r\nEnjoy 20% off your next order.\u{1b}[2J\nFound:";
    let reply = server.call("POST", PLACE, &[TEXT, ("Accept", "text/plain")], body);
    assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
    let told = reply.text();
    assert!(told.starts_with("Marketing wording found.\n\nText:\n  | Your bicycle waits.\n  | "), "{told}");
    assert!(told.contains("[[") && told.contains("20% off]]{1} your next order"), "{told}");
    assert!(told.contains("\n  1  promotes (strong, offer): "), "{told}");
    assert!(!told.contains('\u{1b}') && !told.contains('\r'), "{told:?}");
    assert_eq!(told.matches("\nFound:").count(), 1);
}

#[test]
fn a_large_message_is_read_like_a_small_one() {
    let server = Server::start();
    let text = format!("{}{SENTENCES}", "Your bicycle waits for you in the shop. ".repeat(20_000));
    let large = server.call("POST", PLACE, &[TEXT], &text);
    assert_eq!(findings(&large), findings(&server.call("POST", PLACE, &[TEXT], SENTENCES)));
    assert_eq!(large.json()["sentences"].as_array().map(Vec::len), Some(20));
}

#[rstest]
#[case(&[JSON], "", 400, "empty-body", &[])]
#[case(&[TEXT], " \r\n", 400, "empty-body", &[])]
#[case(&[JSON], "{\"text\": ", 400, "broken-json", &[])]
#[case(&[JSON], "{}", 422, "nothing-to-read", &[("", "too_few")])]
#[case(&[JSON], "{\"text\": \" \", \"headers\": {}}", 422, "nothing-to-read", &[("", "too_few")])]
#[case(&[JSON], "[]", 400, "invalid-body", &[("", "wrong_type")])]
#[case(&[JSON], "{\"txet\": \"jo@example.com\"}", 400, "invalid-body", &[("/txet", "unknown_field")])]
#[case(&[JSON], "{\"text\": 1, \"html\": [\"jo@example.com\"]}", 400, "invalid-body", &[("/text", "wrong_type"), ("/html", "wrong_type")])]
#[case(&[JSON], "{\"headers\": {\"To\": \"a\", \"To\": \"jo@example.com\"}}", 400, "invalid-body", &[("/headers/To", "duplicate_field")])]
#[case(&[JSON], "{\"raw\": \"jo@example.com\"}", 400, "invalid-body", &[("/raw", "format")])]
#[case(&[("Content-Type", "application/pdf")], "jo@example.com", 415, "unsupported-media-type", &[("Content-Type", "not_allowed")])]
#[case(&[("Content-Type", "text/plain; charset=latin1")], "jo", 415, "unsupported-media-type", &[("Content-Type", "not_allowed")])]
#[case(&[], "jo", 415, "unsupported-media-type", &[("Content-Type", "not_allowed")])]
#[case(&[TEXT, ("Accept", "image/png")], "jo", 406, "not-acceptable", &[("Accept", "not_allowed")])]
fn each_problem_has_its_kind_and_its_place(
    #[case] headers: &[(&str, &str)],
    #[case] body: &str,
    #[case] status: u16,
    #[case] kind: &str,
    #[case] faults: &[(&str, &str)],
) {
    let reply = Server::start().call("POST", PLACE, headers, body);
    assert_eq!((reply.problem().as_str(), reply.status), (kind, status), "{}", reply.text());
    let expected: Vec<_> = faults.iter().map(|(at, code)| ((*at).to_owned(), (*code).to_owned())).collect();
    assert_eq!(reply.faults(), expected);
    assert!(!reply.text().contains("jo@"), "{}", reply.text());
}

#[test]
fn a_problem_says_what_to_do() {
    let server = Server::start();
    let fault = |body: Value| server.post(PLACE, &body).json()["errors"][0].clone();
    assert_eq!(fault(json!({"txet": "a"}))["did_you_mean"], "text");
    assert_eq!(fault(json!({}))["allowed"], json!(["subject", "text", "html", "headers", "raw"]));
    assert_eq!(server.call("POST", "/messages/read?pretty", &[TEXT], "a").problem(), "invalid-query");
    assert_eq!(server.get(PLACE).problem(), "method-not-allowed");
}

#[test]
fn a_text_that_is_not_unicode_names_the_byte() {
    let head = "POST /messages/read HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n";
    let mut bytes = format!("{head}Content-Length: 5\r\n\r\ncaf").into_bytes();
    bytes.extend(b"\xe9\n");
    let refused = reply(Server::start().send(&bytes));
    assert_eq!((refused.status, refused.problem().as_str()), (400, "invalid-body"));
    assert_eq!(refused.faults(), [(String::new(), "not_utf8".to_owned())]);
    assert!(refused.text().contains("from byte 3 on") && refused.text().contains("`message/rfc822`"));
}

#[test]
fn a_message_too_large_is_refused_with_the_key_that_allows_more() {
    let server = Server::with(|config| {
        config.http.body_limit = 100;
        config.http.message_body_limit = 1000;
    });
    let of = |bytes: usize| server.call("POST", PLACE, &[TEXT], &"a ".repeat(bytes / 2));
    assert_eq!(of(1000).status, 200);
    let refused = of(1002);
    assert_eq!((refused.status, refused.problem().as_str()), (413, "body-too-large"));
    let detail = "the body has more than 1000 bytes, which `http.message_body_limit` allows";
    assert_eq!(refused.json()["detail"], detail);
    // Other bodies keep to theirs, and the state of the service tells both.
    assert!(server.post("/check", &json!({"sender": "x".repeat(200)})).text().contains("`http.body_limit`"));
    let limits = server.get("/status").json()["limits"].clone();
    assert_eq!((&limits["body_bytes"], &limits["message_body_bytes"]), (&json!(100), &json!(1000)));
}

#[test]
fn a_message_cut_off_is_not_read() {
    let server = Server::start();
    let head = "POST /messages/read HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n";
    let cut_off = server.send(format!("{head}Content-Length: 100\r\n\r\n{SENTENCES}").as_bytes());
    cut_off.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(reply(cut_off).problem(), "body-cut-off");
}

/// `docs/message-reading.md` has every kind, every weight, and every family with its published reason.
#[test]
fn the_page_on_reading_names_whatever_can_be_found() {
    let page = include_str!("../../docs/message-reading.md");
    let row = |name: &str| {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        row.unwrap_or_else(|| panic!("`{name}` is not in the page"))
    };
    let named = FindingKind::ALL.iter().map(|kind| kind.as_str());
    for name in named.chain(Strength::ALL.iter().map(|strength| strength.as_str())) {
        row(name);
    }
    for family in CueFamily::ALL {
        let (row, published) = (row(family.as_str()), published(*family));
        assert!(row.contains(published.reason) && row.contains(published.authority), "{family}: {row}");
        assert!(page.contains(published.url), "{}", published.url);
        // What the page shows of a family is of that family.
        for words in row.split('"').skip(1).step_by(2) {
            let reading = read(&Content { text: Some(words), ..Content::default() });
            assert!(reading.findings.iter().any(|finding| finding.family == *family), "{family}: {words}");
        }
    }
}
