//! Calls for direct marketing, and which regulation of PECR governs one: 19, 21(1), 21A or 21B.

use super::{
    in_force::{CLAIMS_CALLS, PENSION_CALLS},
    outcome::{Limb, Limbs, Outcome, Seen, word},
    scope::direct_marketing::is_direct_marketing,
};
use crate::{
    facts::Facts,
    terms::{channel::Channel, purpose::Matter},
};

/// Whether this is recorded matter for direct marketing, played by an automated system (reg 19).
pub(crate) fn is_automated(facts: &Facts<'_>) -> bool {
    facts.channel == Channel::AutomatedCall && is_direct_marketing(facts)
}

/// Whether this is a live call for direct marketing (reg 21(A1)).
pub(crate) fn is_live(facts: &Facts<'_>) -> bool {
    facts.channel == Channel::LiveCall && is_direct_marketing(facts)
}

/// Whether reg 21(1) governs the call: reg 21(6) leaves it out of the cases of regs 21A and 21B.
pub(crate) fn is_ordinary(facts: &Facts<'_>) -> bool {
    is_live(facts) && !is_about_claims(facts) && !is_about_pensions(facts)
}

/// Whether reg 21A governs the call, once it is the law.
pub(crate) fn is_about_claims(facts: &Facts<'_>) -> bool {
    is_live(facts) && facts.matter == Some(Matter::ClaimsManagement) && facts.as_of >= CLAIMS_CALLS
}

/// Whether reg 21B governs the call, once it is the law. It is about calls to an individual, and a company's line is
/// not one's only where it is known that no named person is called on it.
pub(crate) fn is_about_pensions(facts: &Facts<'_>) -> bool {
    let to_an_individual = facts.recipient.is_data_subject();
    is_live(facts) && facts.matter == Some(Matter::Pensions) && to_an_individual && facts.as_of >= PENSION_CALLS
}

/// How the duty to show who is calling comes out (regs 19(2)(b) and 21(A1)).
pub(crate) fn presents_identity<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Outcome<'a> {
    let presents = facts.call.presents_cli;
    let seen = Seen::stated("call.presents_cli", word(presents));
    Limbs::default()
        .told(limb, presents, seen, "`call.presents_cli`: whether the caller's number is shown")
        .outcome(None)
}

/// That the caller may call about pensions at all (reg 21B(2)(a) and (3)(a)).
pub(crate) fn authorised<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Limbs<'a> {
    let authorised = facts.caller.authorised;
    Limbs::default().told(
        limb,
        authorised,
        Seen::stated("sender.fca_authorisation", word(authorised)),
        "the sender's `fca_authorisation` or `pension_scheme_trustee`",
    )
}
