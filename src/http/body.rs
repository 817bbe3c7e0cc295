//! Reading a request's body: its type, its size, and that it came whole.

use axum::{
    body::{Body, Bytes},
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

/// The whole body, if it is not larger than the limit.
pub(super) async fn read(body: Body, limit: Limit) -> Result<Bytes, Problem> {
    let bytes = match Limited::new(body, limit.bytes).collect().await {
        Ok(whole) => whole.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            let Limit { bytes, key } = limit;
            return Err(Problem::new(
                Kind::BodyTooLarge,
                format!("the body has more than {bytes} bytes, which `{key}` allows"),
            ));
        }
        Err(_) => return Err(Problem::new(Kind::BodyCutOff, "the connection ended before the body did")),
    };
    if bytes.trim_ascii().is_empty() {
        return Err(Problem::new(Kind::EmptyBody, "the body is empty"));
    }
    Ok(bytes)
}
