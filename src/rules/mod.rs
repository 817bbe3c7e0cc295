//! The law: pure, synchronous, total functions of [`Facts`].
//!
//! One provision, one file, and the path is the citation: `pecr/reg22_soft_opt_in.rs` holds `pecr.reg22.soft-opt-in`.
//! A rule never asks for the time, never reads anything, never fails. Law that changes is a second version of the rule
//! with dates of its own in the same file. [`decide`] makes one decision of all outcomes.

mod book;
pub mod citation;
pub mod decide;
pub mod in_force;
pub mod obligations;
pub mod outcome;
pub mod prose;
pub mod would_allow;

use std::fmt;

use self::{
    citation::{Citation, Level},
    in_force::InForce,
    outcome::{Limb, Outcome},
};
use crate::facts::{Consent, EventRef, Facts, Stop};

/// One version of one rule.
pub struct Rule {
    /// Its stable name. Every version has the same.
    pub id: &'static str,
    /// What it does to the decision.
    pub effect: Effect,
    /// The authority behind it.
    pub level: Level,
    /// Lawyers differ on it: the conservative reading applies it, the literal one only warns.
    pub differs: bool,
    /// Where it stands.
    pub citation: Citation,
    /// When this version is the law.
    pub in_force: InForce,
    /// The rule in one sentence.
    pub statement: &'static str,
    /// Its conditions, in the order of the provision.
    pub limbs: &'static [&'static Limb],
    /// How it comes out on these facts.
    pub evaluate: for<'a> fn(&Facts<'a>) -> Outcome<'a>,
    /// The law in full, in Markdown, with its headings.
    pub docs: &'static str,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// What a rule does to the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// When met, the message is no direct marketing and nothing else applies.
    Outside,
    /// When met, shows why the message is direct marketing. It decides nothing by itself.
    Scope,
    /// When failing, the message is refused, unless an exception is met.
    Requirement,
    /// Part of another rule: when failing, that one fails.
    Condition {
        /// The rule that it is part of.
        of: &'static str,
    },
    /// When met, the other rule does not stand in the way.
    Exception {
        /// The rule that it lifts.
        to: &'static str,
    },
    /// When failing, a warning.
    Advice,
}

impl Effect {
    /// The effect in words.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Outside => "takes the message outside direct marketing",
            Self::Scope => "brings the message within direct marketing",
            Self::Requirement => "must be met",
            Self::Condition { .. } => "must be met for another rule to be met",
            Self::Exception { .. } => "lifts another rule",
            Self::Advice => "warns",
        }
    }

    /// The rule that a condition or an exception belongs to.
    #[must_use]
    pub const fn other(self) -> Option<&'static str> {
        match self {
            Self::Condition { of } => Some(of),
            Self::Exception { to } => Some(to),
            Self::Outside | Self::Scope | Self::Requirement | Self::Advice => None,
        }
    }
}

/// Declares one version of a rule. The doc comment is the only copy of the prose: it goes to rustdoc, to
/// `GET /rules/{id}`, to `maysend explain` and to `docs/rules.md`.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        pub(crate) static $name:ident = {
            id: $id:literal,
            effect: $effect:expr,
            level: $level:expr,
            $(differs: $differs:literal,)?
            citation: $citation:expr,
            in_force: $in_force:expr,
            statement: $statement:literal,
            limbs: [$($limb:expr),+ $(,)?],
            evaluate: $evaluate:path $(,)?
        };
    ) => {
        $(#[doc = $doc])+
        pub(crate) static $name: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            effect: $effect,
            level: $level,
            differs: false $(|| $differs)?,
            citation: $citation,
            in_force: $in_force,
            statement: $statement,
            limbs: &[$($limb),+],
            evaluate: $evaluate,
            docs: concat!($($doc, "\n"),+),
        };
    };
}

#[cfg(test)]
mod testing;

pub(crate) mod ico;
pub(crate) mod pecr;
pub(crate) mod policy;
pub(crate) mod scope;
pub(crate) mod uk_gdpr;

/// The version of the rulebook: the day whose law it states.
pub const RULEBOOK: &str = "2026-11-21";

/// Every version of every rule, in order of precedence: what the person said first, then whether there is a basis,
/// then the form of the message, then what makes it marketing at all, then advice.
pub static ALL: &[&Rule] = &[
    &uk_gdpr::art21_objection::BEFORE_GDPR,
    &uk_gdpr::art21_objection::RULE,
    &uk_gdpr::art7_withdrawal::RULE,
    &ico::corporate_mailbox::RULE,
    &policy::complaint::RULE,
    &pecr::reg22_consent::RULE,
    &uk_gdpr::art4_affirmative::BEFORE_GDPR,
    &uk_gdpr::art4_affirmative::RULE,
    &uk_gdpr::art7_demonstrable::BEFORE_GDPR,
    &uk_gdpr::art7_demonstrable::RULE,
    &uk_gdpr::art7_distinguishable::RULE,
    &uk_gdpr::art7_told_of_withdrawal::RULE,
    &uk_gdpr::art7_unconditional::RULE,
    &uk_gdpr::art8_child::RULE,
    &ico::refer_a_friend::RULE,
    &ico::prize_draw::RULE,
    &ico::hosted_mail::RULE,
    &ico::indirect_consent_age::RULE,
    &pecr::reg22_soft_opt_in::RULE,
    &pecr::reg22_charitable_soft_opt_in::RULE,
    &ico::charity_collected_since::RULE,
    &pecr::reg22_unsolicited::RULE,
    &pecr::reg22_individual_subscriber::RULE,
    &pecr::reg2_electronic_mail::RULE,
    &pecr::reg23_identity::RULE,
    &pecr::reg23_valid_address::RULE,
    &pecr::reg23_electronic_commerce::RULE,
    &uk_gdpr::art9_special_category::RULE,
    &policy::easy_opt_out::RULE,
    &policy::vulnerable::RULE,
    &scope::service_message::RULE,
    &scope::market_research::RULE,
    &ico::promotion_in_service_message::RULE,
    &ico::consent_request::RULE,
    &scope::direct_marketing::BEFORE_GDPR,
    &scope::direct_marketing::BEFORE_OWN_DEFINITION,
    &scope::direct_marketing::RULE,
    &policy::abandoned_basket::RULE,
    &policy::consent_age::RULE,
    &policy::declared_service::RULE,
    &ico::children::RULE,
    &policy::local_law::RULE,
];

/// The versions in force on the day of the facts, in order of precedence.
pub fn in_force(facts: &Facts<'_>) -> impl Iterator<Item = &'static Rule> {
    let day = facts.as_of;
    ALL.iter().copied().filter(move |rule| rule.in_force.contains(day))
}

/// Whether the rules on electronic mail look at this message at all.
pub(crate) fn is_marketing_by_electronic_mail(facts: &Facts<'_>) -> bool {
    facts.channel.is_electronic_mail() && scope::direct_marketing::is_direct_marketing(facts)
}

/// The consent that is tried, where the rules on electronic mail look at the message at all.
pub(crate) fn consent_to_electronic_mail<'a>(facts: &Facts<'a>) -> Option<Consent<'a>> {
    facts.consent.filter(|_| is_marketing_by_electronic_mail(facts))
}

/// The consent that is tried, if every rule on consent finds it valid for this message.
pub(crate) fn valid_consent<'a, 'f>(facts: &'f Facts<'a>) -> Option<&'f Consent<'a>> {
    let consent = facts.consent.as_ref()?;
    let covers = pecr::reg22_consent::covers(facts, consent).outcome(None).is_met();
    let mut conditions = in_force(facts)
        .filter(|rule| rule.effect == Effect::Condition { of: pecr::reg22_consent::RULE.id } && applies(rule, facts));
    (covers && !conditions.any(|rule| (rule.evaluate)(facts).is_failing())).then_some(consent)
}

/// Whether a failing rule refuses: on a point where lawyers differ, the literal reading only warns.
pub(crate) fn applies(rule: &Rule, facts: &Facts<'_>) -> bool {
    !rule.differs || facts.profile == crate::terms::party::PolicyProfile::Conservative
}

/// What the person said against marketing, if nothing that the person did later took it back: a valid consent of
/// their own, or a request for this very topic that the message answers.
pub(crate) fn standing<'a>(facts: &Facts<'a>, stop: &Stop<'a>) -> Option<EventRef<'a>> {
    stop.latest?;
    let consent = valid_consent(facts).and_then(Consent::of_their_own).copied();
    let request = pecr::reg22_unsolicited::answered(facts).filter(|request| request.names_topic).map(|it| it.event);
    let after_consent = stop.standing_after(consent.as_ref())?;
    stop.standing_after(request.as_ref())?;
    Some(after_consent)
}
