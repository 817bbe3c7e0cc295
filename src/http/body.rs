//! Reading a request's body: its type, its size, and that it came whole.

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody as _},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::problem::{Fault, Kind, Problem};

/// A limit of the size of a body, with the key of the configuration that sets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) bytes: usize,
    pub(super) key: &'static str,
}

/// The one of these content types that the body has.
///
/// A body without a type is not guessed at: what is read one way by one server and another way by the next is how
/// requests get past the checks in between.
pub(super) fn content_type(headers: &HeaderMap, read: &[&'static str]) -> Result<&'static str, Problem> {
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        let message = "a packed body is not read here: send it as it is";
        let fault = Fault::of("Content-Encoding", "not_allowed", message).allowing(["identity"]);
        return Err(Problem::single(Kind::UnsupportedMediaType, fault));
    }
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = given.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let found = read.iter().find(|known| known.eq_ignore_ascii_case(essence));
    let utf8 = parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
        !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    match found {
        Some(known) if utf8 => Ok(known),
        Some(_) | None => {
            let hint = read.first().copied().unwrap_or_default();
            let message = match (found, essence) {
                (Some(_), _) => "`charset` must be `utf-8`".to_owned(),
                (None, "") => format!("the body has no `Content-Type`; with curl: `-H 'Content-Type: {hint}'`"),
                (None, _) => {
                    format!("`Content-Type` must be one of those allowed; with curl: `-H 'Content-Type: {hint}'`")
                }
            };
            let fault = Fault::of("Content-Type", "not_allowed", message).allowing(read.iter().copied());
            Err(Problem::single(Kind::UnsupportedMediaType, fault))
        }
    }
}

/// The whole body, if it is not larger than the limit. One that says that it is larger is not read at all.
pub(super) async fn read(body: Body, limit: Limit) -> Result<Bytes, Problem> {
    let Limit { bytes, key } = limit;
    let too_large =
        || Problem::new(Kind::BodyTooLarge, format!("the body has more than {bytes} bytes, which `{key}` allows"));
    if body.size_hint().lower() > bytes as u64 {
        return Err(too_large());
    }
    let whole = whole(Limited::new(body, bytes)).await.map_err(|error| match error.is::<LengthLimitError>() {
        true => too_large(),
        false => Problem::new(Kind::BodyCutOff, "the connection ended before the body did"),
    })?;
    if whole.trim_ascii().is_empty() { Err(Problem::new(Kind::EmptyBody, "the body is empty")) } else { Ok(whole) }
}

/// A body in one piece. A small one comes in one, and is not copied.
async fn whole(mut body: Limited<Body>) -> Result<Bytes, BoxError> {
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(part) = frame?.into_data() else { continue };
        if whole.is_empty() {
            if body.is_end_stream() {
                return Ok(part);
            }
            let more = usize::try_from(body.size_hint().lower()).unwrap_or_default();
            whole.reserve_exact(part.len() + more);
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole.into())
}
