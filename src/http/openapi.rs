//! The specification, made from the handlers: it cannot say anything else than they do.

use std::{fmt::Write as _, sync::LazyLock};

use axum::{
    body::Bytes,
    http::{HeaderValue, Uri, header},
    response::{IntoResponse as _, Response},
};
use utoipa::{
    OpenApi as _,
    openapi::{HeaderBuilder, ObjectBuilder, OpenApi, PathItem, RefOr, path::Operation, schema::Type},
};

use super::{
    examples,
    problem::{Problem, Written, kinds, problems},
    query, router,
};

problems!(SpecificationProblems: InvalidQuery);

/// What the specification says besides the routes.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "maysend",
        description = "May this message be sent to this person, under UK direct-marketing law, now?",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "decisions", description = "May this message be sent? Anything but `200` with `allow` means: do not send."),
        (name = "messages", description = "What a message says. Nothing is decided and nothing is kept."),
        (name = "ledger", description = "What happened between people and senders. It is kept without contact details."),
        (name = "rulebook", description = "The law as it is applied, to read."),
        (name = "operation", description = "For whoever runs the service."),
    ),
    components(schemas(Written))
)]
struct Specification;

/// The specification, as `GET /openapi.json` answers it.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut whole = Specification::openapi();
    whole.merge(router::routes().into_openapi());
    whole.info.description = Some(description());
    for item in whole.paths.paths.values_mut() {
        for operation in operations(item) {
            with_request_id(operation);
        }
    }
    examples::add_to(&mut whole);
    whole
}

/// Written once: it is the same for as long as the process runs.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| openapi().to_json().unwrap_or_default().into());

/// Show this specification
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "operation",
    responses(
        (status = 200, description = "The specification of this service, as OpenAPI 3.1.", body = Object),
        SpecificationProblems,
    )
)]
pub(super) async fn show_openapi(uri: Uri) -> Result<Response, Problem> {
    query::none(&uri)?;
    let json = const { HeaderValue::from_static("application/json") };
    Ok(([(header::CONTENT_TYPE, json)], DOCUMENT.clone()).into_response())
}

pub(super) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post].into_iter().filter_map(Option::as_mut)
}

/// Every answer carries the id of its request.
fn with_request_id(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(128));
            let header = HeaderBuilder::new().schema(Some(text)).description(Some("The id of the request."));
            response.headers.insert("X-Request-Id".to_owned(), header.build().into());
        }
    }
}

fn description() -> String {
    let mut text = INTRODUCTION.to_owned();
    for kind in kinds() {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "| `{}` | {} | {} |", kind.uri(), kind.status().as_u16(), kind.title());
    }
    text
}

const INTRODUCTION: &str = "\
May this message be sent to this person, under UK direct-marketing law, now? Allow or deny, with the rules cited.

**Anything but `200` with `allow` means: do not send.** A `deny` is an answer; a problem means that there is none.

Requests are read strictly: an unknown field or parameter is refused, with what was probably meant. A caller may send \
`X-Request-Id` (1 to 128 letters, digits, `.`, `_`, `-`), which comes back in the answer and stands in the log, and \
`traceparent`. Contact details belong in bodies, never in a URL. No answer and no log line repeats them; only the text \
form of `POST /messages/read` shows the caller the text that it sent.

Problems are `application/problem+json` (RFC 9457):

| `type` | status | title |
|---|---|---|
";
