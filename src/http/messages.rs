//! `POST /messages/read`: what does this message say?

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    aside,
    body::{self, Limit},
    messages_body::{self, MessageToRead, WholeMessage},
    negotiate::{self, Form},
    problem::{Problem, problems},
    query, respond,
};
use crate::{
    app::App,
    check::{
        answer::{Wording, WordingSpan, quoted::quoted},
        marked::Look,
        message_sentences,
    },
    message::{self, Found, Part, Reading},
    terms::refusal::OptOut,
};

problems!(ReadProblems: EmptyBody, BrokenJson, InvalidBody, BodyCutOff, InvalidQuery, NotAcceptable, BodyTooLarge,
    UnsupportedMediaType, NothingToRead);

/// At most so many sentences are ranked.
const RANKED: usize = 20;

/// What a message says. It is no decision: who gets the message and what they have said is not looked at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageRead {
    #[serde(flatten)]
    wording: Wording,
    /// What the message shows of its form.
    found: FoundInMessage,
    /// The sentences whose words resemble marketing most, the first of them first: at most 20.
    #[schema(max_items = 20)]
    sentences: Vec<RankedSentence>,
    /// What was read.
    parts: Vec<PartRead>,
}

/// What a message shows of its form: how to stop it, and who sends it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundInMessage {
    /// It has the field `List-Unsubscribe`.
    list_unsubscribe: bool,
    /// One click stops it (RFC 8058).
    one_click: bool,
    /// The simplest way to refuse further messages that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    opt_out: Option<OptOut>,
    /// The words that tell of it, with `…` for anybody's email address or number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "unsubscribe here")]
    opt_out_words: Option<String>,
    /// Where those words stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    opt_out_span: Option<WordingSpan>,
    /// Whom it says it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Acme Bikes")]
    from: Option<String>,
    /// It gives an address to which one can answer.
    reply_address: bool,
    /// It gives a postal address.
    postal_address: bool,
    /// The tags of marketing campaigns in its links.
    #[schema(example = json!(["utm_campaign"]))]
    campaign_tags: Vec<String>,
    /// How many links it has.
    #[schema(example = 1)]
    links: usize,
    /// How many of its pictures have no words of their own. Pictures are not read.
    #[schema(example = 0)]
    silent_pictures: usize,
}

/// A sentence, or what stands for one: a heading, a button, a line of a list.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct RankedSentence {
    /// Where it stands.
    span: WordingSpan,
    /// How much its words resemble marketing: the sum of the weights of its sequences of words, above 0 where they do. It
    /// ranks the sentences of a message and is no probability.
    #[schema(example = 1.25)]
    resembles_marketing: f64,
}

/// A text that was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartRead {
    /// The field: `subject`, `text` or `html`.
    #[schema(example = "text")]
    field: &'static str,
    /// Of a raw message: the number of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<u32>,
    /// Bytes of readable text.
    #[schema(example = 56)]
    bytes: usize,
    /// Words.
    #[schema(example = 11)]
    words: usize,
}

/// Read a message
///
/// What does the message say? Its words that promote, each with the published reason; what it shows of its form, such
/// as a way to refuse; and what could not be read. Nothing is decided, nothing is looked up and nothing is kept: ask
/// `POST /check` whether it may be sent. That no marketing wording was found does not make it a service message.
///
/// The body is JSON, or the message itself: `message/rfc822` with its header fields, `text/plain` or `text/html`. With
/// `Accept: text/plain` the answer shows the text with the words marked, and tells the rest in sentences.
#[utoipa::path(
    post,
    path = "/messages/read",
    tag = "messages",
    request_body(
        description = "The message. Offsets in the answer are those of the bytes of the field as it was given, in UTF-8.",
        content(
            (MessageToRead = "application/json"),
            (WholeMessage = "message/rfc822"),
            (WholeMessage = "text/plain"),
            (WholeMessage = "text/html"),
        )
    ),
    responses(
        (status = 200, description = "What was found, whatever it is.",
            content((MessageRead = "application/json"), (String = "text/plain"))),
        ReadProblems,
    )
)]
pub(super) async fn read_message(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    query::none(request.uri())?;
    let answer = negotiate::form(request.headers())?;
    let form = messages_body::form(request.headers())?;
    let limit = Limit { bytes: app.config.http.message_body_limit, key: "http.message_body_limit" };
    let bytes = body::read(request.into_body(), limit).await?;
    aside::run(bytes.len(), move || {
        let message = messages_body::read(form, bytes)?;
        let reading = message::read(&message.content());
        Ok(match answer {
            Form::Json => respond::json(StatusCode::OK, &MessageRead::of(&reading)),
            Form::Sentences => respond::sentences(StatusCode::OK, message_sentences::tell(&reading, Look::Brackets)),
        })
    })
    .await
}

impl MessageRead {
    /// What a reading found, as it is answered.
    pub(crate) fn of(reading: &Reading) -> Self {
        Self {
            wording: Wording::of(reading),
            found: FoundInMessage::of(reading),
            sentences: ranked(reading),
            parts: reading.parts.iter().map(PartRead::of).collect(),
        }
    }
}

impl FoundInMessage {
    fn of(reading: &Reading) -> Self {
        let Found { opt_out_words, links, silent_pictures, .. } = reading.found;
        let Found { list_unsubscribe, one_click, opt_out, reply_address, postal_address, .. } = reading.found;
        Self {
            list_unsubscribe,
            one_click,
            opt_out,
            opt_out_words: opt_out_words.map(|span| quoted(reading.words(span))),
            opt_out_span: opt_out_words.map(|span| WordingSpan::of(reading, span)),
            from: reading.found.from.as_deref().map(quoted),
            reply_address,
            postal_address,
            campaign_tags: reading.found.campaign_tags.clone(),
            links,
            silent_pictures,
        }
    }
}

/// The sentences that were read, by how much they resemble marketing; of equals the first.
fn ranked(reading: &Reading) -> Vec<RankedSentence> {
    let read = reading.sentences.iter().filter(|sentence| sentence.is_read && sentence.score.is_finite());
    let mut sentences: Vec<_> = read.collect();
    sentences.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.span.cmp(&b.span)));
    let told = sentences.into_iter().take(RANKED).map(|sentence| RankedSentence {
        span: WordingSpan::of(reading, sentence.span),
        // More digits would only look exact.
        resembles_marketing: (f64::from(sentence.score) * 100.0).round() / 100.0,
    });
    told.collect()
}

impl PartRead {
    fn of(part: &Part) -> Self {
        Self {
            field: part.name.as_str(),
            part: part.of_raw,
            bytes: part.text.len(),
            words: part.text.split_whitespace().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{PartName, Sentence, Span};

    #[test]
    fn at_most_twenty_sentences_are_ranked_and_none_that_was_not_read() {
        let sentence = |index: u8| Sentence {
            span: Span { part: 0, start: usize::from(index), end: usize::from(index) + 1 },
            score: f32::from(index % 15) + 0.254,
            is_read: index != 14,
        };
        let text = "x".repeat(40);
        let part = Part { name: PartName::Html, of_raw: None, text, pieces: Vec::new() };
        let reading = Reading { parts: vec![part], sentences: (0..40).map(sentence).collect(), ..Reading::default() };
        let ranked = ranked(&reading);
        let seen: Vec<_> = ranked.iter().map(|it| (it.resembles_marketing, it.span.start)).collect();
        assert_eq!((seen.len(), &seen[..4]), (20, &[(14.25, 29), (13.25, 13), (13.25, 28), (12.25, 12)][..]));
        assert!(ranked.iter().all(|it| it.span.field == "html"));
    }
}
