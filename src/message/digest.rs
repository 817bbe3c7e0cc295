//! What was read, as 32 bytes.

use super::Content;

/// BLAKE3 of everything that was given to read.
///
/// It is taken of the fields that were given, in this order: `subject`, `text`, `html`, each header field in the order of
/// their names, `raw`. Of each it takes the name (`header` for a header field, followed by the field's own name as it
/// was given) and the value, and before each of these its length in bytes as eight bytes, the least first. So no two
/// contents have the same bytes: what stands in one field cannot pass for the start of the next.
pub(super) fn digest(content: &Content<'_>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut take = |bytes: &[u8]| {
        // A length fits in 64 bits on every machine there is.
        hasher.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(bytes);
    };
    for (name, value) in [("subject", content.subject), ("text", content.text), ("html", content.html)] {
        if let Some(value) = value {
            take(name.as_bytes());
            take(value.as_bytes());
        }
    }
    for (name, value) in content.headers.into_iter().flatten() {
        take(b"header");
        take(name.as_bytes());
        take(value.as_bytes());
    }
    if let Some(raw) = content.raw {
        take(b"raw");
        take(raw);
    }
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_bytes_are_those_that_the_description_tells() {
        let content = Content { subject: Some("Hi"), text: Some(""), ..Content::default() };
        let bytes = b"\x07\0\0\0\0\0\0\0subject\x02\0\0\0\0\0\0\0Hi\x04\0\0\0\0\0\0\0text\0\0\0\0\0\0\0\0";
        assert_eq!(digest(&content), *blake3::hash(bytes).as_bytes());
    }

    #[test]
    fn contents_that_differ_have_digests_that_differ() {
        let fields = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let (one, two) = (fields("a", "bc"), fields("ab", "c"));
        let contents = [
            Content::default(),
            Content { subject: Some(""), ..Content::default() },
            Content { subject: Some("ab"), ..Content::default() },
            Content { text: Some("ab"), ..Content::default() },
            Content { html: Some("ab"), ..Content::default() },
            Content { raw: Some(b"ab"), ..Content::default() },
            Content { subject: Some("a"), text: Some("b"), ..Content::default() },
            Content { headers: Some(&one), ..Content::default() },
            Content { headers: Some(&two), ..Content::default() },
        ];
        let digests: std::collections::BTreeSet<_> = contents.iter().map(digest).collect();
        assert_eq!(digests.len(), contents.len());
    }
}
