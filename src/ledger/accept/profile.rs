//! What a sender's profile may not hold.

use super::Refusal;
use crate::ledger::sender::Sender;

/// The names and texts of a profile that are blank. A name of nothing but spaces would be a name that every blank
/// consent names.
#[must_use]
pub fn blanks(profile: &Sender) -> Vec<Refusal> {
    let trading = profile.trading_names.iter().enumerate();
    let names = trading.map(|(index, name)| (format!("/trading_names/{index}"), name.as_str()));
    let names = std::iter::once(("/legal_name".to_owned(), profile.legal_name.as_str())).chain(names);
    let optional = [
        ("/contact_address", &profile.contact_address),
        ("/freephone", &profile.freephone),
        ("/fca_authorisation", &profile.fca_authorisation),
        ("/legitimate_interests_assessment", &profile.legitimate_interests_assessment),
    ];
    let optional = optional.into_iter().filter_map(|(at, text)| text.as_deref().map(|text| (at.to_owned(), text)));
    let blank = names.chain(optional).filter(|(_, text)| text.trim().is_empty());
    let mut found: Vec<Refusal> = blank.map(|(at, _)| Refusal::new(at, "blank", "this is blank")).collect();
    if profile.similar_products.values().flatten().any(|name| name.trim().is_empty()) {
        found.push(Refusal::new("/similar_products", "blank", "the name of a product is blank"));
    }
    found
}
