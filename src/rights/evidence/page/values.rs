//! The fields of an event in words.

use serde_json::{Map, Value};

use crate::{
    rights::evidence::words::{list, sentence_case},
    terms::channel::Channel,
};

pub(super) use crate::rights::evidence::words::plain;

/// What the page shows elsewhere.
const ENVELOPE: [&str; 4] = ["type", "occurred_at", "sender", "recipient"];

/// Each of an event's own fields, and its id, in words; but for those named.
pub(super) fn fields(event: &Map<String, Value>, except: &[&str]) -> Vec<(String, String)> {
    let own = event.iter().filter(|(name, _)| !ENVELOPE.contains(&name.as_str()) && !except.contains(&name.as_str()));
    own.map(|(name, value)| (label(name), in_words(name, value))).collect()
}

/// What a field says, where its name alone would not tell a reader who does not know the ledger.
fn label(field: &str) -> String {
    let told = match field {
        "id" => "Reference of the event",
        "how" => "How it was given",
        "source" => "Through whom it came",
        "separate" => "Asked for apart from other matters",
        "conditional" => "A service was made to depend on it",
        "withdrawal_told" => "Told beforehand that it can be withdrawn",
        "explicit" => "Explicit (special category data)",
        "parental_authorisation" => "Authorised by a holder of parental responsibility",
        "third_party_offers" => "Covers offers of other parties",
        "named_senders" => "Organisations named",
        "evidence" => "Where the proof is kept",
        "wording_version" => "Version of the wording",
        "opt_out_offered" => "A means of refusing was offered",
        "opt_out_free" => "Refusing was free",
        "refused" => "The person refused",
        "set_up_to_avoid_the_ban" => "Set up mainly to be able to call",
        other => return sentence_case(&plain(other)),
    };
    told.to_owned()
}

/// A value in words. Names of the vocabularies lose their underscores; a caller's own text stays as it is.
fn in_words(name: &str, value: &Value) -> String {
    let text = |text: &str| if is_a_term(name) { plain(text) } else { text.to_owned() };
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(string) => text(string),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(|item| in_words(name, item)).collect();
            texts.join(", ")
        }
        Value::Object(_) => value.to_string(),
    }
}

/// Whether what stands in the field is a name of a vocabulary, not a caller's text.
fn is_a_term(field: &str) -> bool {
    ["how", "source", "channel", "channels", "purpose", "purposes", "context", "register", "subscriber", "on_behalf_of"]
        .contains(&field)
}

/// Channels as a list.
pub(super) fn channels(channels: &[Channel]) -> String {
    list(&channels.iter().map(|channel| plain(channel.as_str())).collect::<Vec<_>>())
}

/// A term of a vocabulary in words: `maysend:ObjectionRaised` is "Objection raised".
pub(super) fn term(term: &str) -> String {
    let name = term.split_once(':').map_or(term, |(_, name)| name);
    let mut told = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !told.is_empty() {
            told.push(' ');
            told.extend(letter.to_lowercase());
        } else {
            told.push(letter);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_fields_of_an_event_read_as_words() {
        let event = json!({"type": "consent_given", "id": "form_1", "occurred_at": "2026-03-01T09:30:00Z",
            "sender": "acme", "how": "unticked_box", "channels": ["email", "live_call"], "separate": true,
            "topics": ["big_sale"], "wording": "Yes!"});
        let Value::Object(event) = event else { panic!("an object") };
        let told: Vec<String> = fields(&event, &["wording"]).into_iter().map(|(n, v)| format!("{n}: {v}")).collect();
        let expected = [
            "Asked for apart from other matters: yes",
            "Channels: email, live call",
            "How it was given: unticked box",
            "Reference of the event: form_1",
            "Topics: big_sale",
        ];
        let mut told = told;
        told.sort();
        assert_eq!(told, expected);
    }

    #[rstest::rstest]
    #[case("maysend:ObjectionRaised", "Objection raised")]
    #[case("dpv:ConsentWithdrawn", "Consent withdrawn")]
    fn a_term_reads_as_words(#[case] name: &str, #[case] words: &str) {
        assert_eq!(term(name), words);
    }
}
