//! The evidence as a page, and from the command line.

use std::{fs, os::unix::fs::PermissionsExt as _};

use html5gum::{Token, Tokenizer};
use serde_json::{Value, json};

use crate::{
    cli::run,
    evidence::{acme, asked, page, server, story},
    process::Service,
};

/// The page is HTML, whatever callers have written into the ledger, and loads nothing.
#[test]
fn the_page_stands_alone() {
    let text = page(&server(), json!({"identify": true})).text();
    let mut headings = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(text.as_str()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) = (String::from_utf8_lossy(attribute), String::from_utf8_lossy(value));
                    let is_link = name == "a" && attribute == "href";
                    assert!(is_link || !value.contains("http"), "<{name} {attribute}={value}>");
                    assert!(!attribute.starts_with("on") && attribute != "src" && attribute != "style", "{attribute}");
                    let known = value.starts_with("https://www.legislation.gov.uk/")
                        || value.starts_with("https://ico.org.uk/")
                        || value.starts_with('#');
                    assert!(!is_link || known, "{value}");
                }
                assert!(
                    !["script", "link", "img", "iframe", "object", "form", "base"].contains(&name.as_str()),
                    "{name}"
                );
                if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) {
                    headings.push(level);
                }
                if !["meta", "br"].contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop().as_deref(), std::str::from_utf8(&tag.name).ok()),
            Token::Error(error) => panic!("{error:?}"),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(headings.iter().filter(|level| **level == 1).count(), 1);
    assert!(headings.windows(2).all(|two| two[1] <= two[0] + 1), "no level is left out: {headings:?}");
    assert!(text.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"), "{text}");
    // The words that were agreed to stand there as they are, and run nowhere.
    assert!(
        text.contains("Yes, send me offers by email. &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;")
    );
    assert!(text.contains("Acme &lt;Bikes&gt; Ltd") && !text.contains("<script"));
    assert!(text.contains("th scope=\"col\"") && text.contains("th scope=\"row\""));
}

#[test]
fn the_command_line_shows_the_same_beside_a_running_service() {
    let above = tempfile::tempdir().expect("a directory");
    let dir = above.path().join("data");
    let service = Service::start(&dir, &[]);
    let send = |method: &str, path: &str, body: &Value| {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", service.url));
        let request = request.header("content-type", "application/json").body(body.to_string()).expect("a request");
        let mut answer = ureq::agent().run(request).expect("an answer");
        answer.body_mut().read_to_string().expect("text")
    };
    send("PUT", "/senders/acme", &acme());
    send("POST", "/events", &story());
    let data = dir.to_str().expect("a path of text");
    let flags = ["evidence", "--sender", "acme", "--email", "jo@example.com", "--phone", "07700 900123"];
    let said = run(&[flags.as_slice(), &["--data-dir", data]].concat(), "");
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let mut shown: Value = serde_json::from_str(&said.out).expect("JSON");
    let mut answered: Value =
        serde_json::from_str(&send("POST", "/recipients/evidence", &asked(&json!({})))).expect("JSON");
    for bundle in [&mut shown, &mut answered] {
        // When it was made is another, and so is what was signed at that moment; who signed is the same.
        bundle["about"]["made_at"] = Value::Null;
        bundle["summary"][0] = Value::Null;
        for part in ["text", "signature"] {
            assert!(bundle["integrity"]["checkpoint"][part].take().is_string(), "{part}");
        }
    }
    assert_eq!(shown, answered);
    let piped = run(&["evidence", "-", "--data-dir", data], &asked(&json!({"known_at": "2026-05-31"})).to_string());
    assert_eq!(piped.code, Some(0), "{}", piped.err);
    let file = above.path().join("evidence.html");
    let path = file.to_str().expect("a path of text");
    let said = run(&[flags.as_slice(), &["--data-dir", data, "--format", "html", "-o", path]].concat(), "");
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(0), "", ""));
    assert!(fs::read_to_string(&file).expect("the page").starts_with("<!DOCTYPE html>"));
    assert_eq!(fs::metadata(&file).expect("the page").permissions().mode() & 0o777, 0o600);
    refusals(data);
}

fn refusals(data: &str) {
    let stranger = run(&["evidence", "--sender", "acmee", "--email", "jo@example.com", "--data-dir", data], "");
    assert!(stranger.code == Some(2) && stranger.err.contains("did you mean `acme`?"), "{stranger:?}");
    let nobody = run(&["evidence", "--sender", "acme", "--email", "jo@", "--data-dir", data], "");
    assert!(nobody.code == Some(2) && nobody.err.contains("/recipient/email: "), "{nobody:?}");
    let broken = run(&["evidence", "-", "--data-dir", data], "{\"sender\": jo@example.com");
    assert!(broken.code == Some(2) && broken.err.contains("standard input is no request for evidence"), "{broken:?}");
    assert!(!broken.err.contains("jo@") && !stranger.err.contains("jo@"));
}
