//! A sender's profile: who sends, in the law's terms.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{
    house_rules::HouseRules,
    object::{self, objects},
};
use crate::terms::party::{PolicyProfile, SenderKind};

/// The id of a sender's profile, chosen by the caller: lower-case letters, digits, `.`, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, pattern = "^[a-z0-9][a-z0-9._-]{0,63}$", example = "acme")]
pub struct SenderId(pub String);

impl SenderId {
    /// Whether the text can be an id.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let mut bytes = self.0.bytes();
        self.0.len() <= 64
            && bytes.next().is_some_and(alphanumeric)
            && bytes.all(|b| alphanumeric(b) || matches!(b, b'.' | b'_' | b'-'))
    }
}

/// A sender: the person in law who sends or causes the sending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Sender {
    /// The name in law.
    #[schema(min_length = 1, max_length = 200, example = "Acme Bikes Ltd")]
    pub legal_name: String,
    /// What it is in law.
    pub kind: SenderKind,
    /// Other names it is known by. A consent that names one of them names the sender.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub trading_names: Vec<String>,
    /// Where it can be written to (PECR reg 24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub contact_address: Option<String>,
    /// A number that is free to call (PECR reg 24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 40)]
    pub freephone: Option<String>,
    /// The reference number of its authorisation by the Financial Conduct Authority (PECR reg 21B).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 40)]
    pub fca_authorisation: Option<String>,
    /// It is the trustee or manager of an occupational or personal pension scheme (PECR reg 21B).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pension_scheme_trustee: Option<bool>,
    /// The reference of its assessment of the legitimate interests behind its marketing (UK GDPR Art 6(1)(f)). With it,
    /// legitimate interests are taken to be its lawful basis where a request asserts none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200, example = "LIA-2026-3")]
    pub legitimate_interests_assessment: Option<String>,
    /// Groups of products that its customers would take for similar (PECR reg 22(3)(b)), each under a name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "object::without_repeats")]
    pub similar_products: BTreeMap<String, Vec<String>>,
    /// Which reading to take where lawyers differ.
    #[serde(default = "conservative")]
    #[schema(default = "conservative")]
    pub policy: PolicyProfile,
    /// What the sender asks of itself beyond the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub house_rules: Option<Box<HouseRules>>,
}

objects!(both Sender);

const fn conservative() -> PolicyProfile {
    PolicyProfile::Conservative
}

impl Sender {
    /// Every name that stands for this sender: its profile id, its name in law, its trading names.
    pub fn names<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let trading = self.trading_names.iter().map(String::as_str);
        id.into_iter().chain(std::iter::once(self.legal_name.as_str())).chain(trading)
    }
}
