//! Email addresses in the one spelling that is hashed.

use std::borrow::Cow;

use idna::{
    AsciiDenyList,
    uts46::{DnsLength, Hyphens, Uts46},
};
use unicode_normalization::UnicodeNormalization as _;

use super::identity::DetailError;

/// The address in its one spelling.
///
/// Case is folded in the mailbox too. A mail system may tell `Jo@` from `jo@`, none in use does, and an objection
/// that is missed for a capital letter is worse than two people taken for one.
///
/// # Errors
/// If the text is no address.
pub(super) fn normal(text: &str) -> Result<String, DetailError> {
    let (mailbox, host) = text.trim().rsplit_once('@').ok_or(DetailError::Email)?;
    if mailbox.is_empty() || host.is_empty() || text.chars().any(char::is_control) {
        return Err(DetailError::Email);
    }
    let domain = domain(host)?;
    let mut address = String::with_capacity(mailbox.len() + 1 + domain.len());
    // Plain ASCII needs no tables.
    if mailbox.is_ascii() {
        address.push_str(mailbox);
        address.make_ascii_lowercase();
    } else {
        address.extend(mailbox.nfkc().flat_map(char::to_lowercase).nfc());
    }
    address.push('@');
    address.push_str(&domain);
    Ok(address)
}

/// The name of a mail domain in its one spelling.
///
/// # Errors
/// If the text is no domain name.
pub(super) fn domain(host: &str) -> Result<Cow<'_, str>, DetailError> {
    let host = host.trim_end_matches('.');
    if host.starts_with('[') && host.ends_with(']') {
        return Ok(host.to_ascii_lowercase().into());
    }
    // A name of plain lower-case letters is its own normal form; the tables are for all others.
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
    if !host.is_empty() && host.bytes().all(plain) && !host.contains("xn--") {
        return Ok(host.into());
    }
    let ascii = Uts46::new()
        .to_ascii(host.as_bytes(), AsciiDenyList::URL, Hyphens::Allow, DnsLength::Ignore)
        .map_err(|_| DetailError::Domain)?;
    if ascii.is_empty() { Err(DetailError::Domain) } else { Ok(ascii) }
}
