//! The law: pure, synchronous, total functions of [`Facts`].
//!
//! One provision, one file, and the path is the citation: `pecr/reg22_soft_opt_in.rs` holds `pecr.reg22.soft-opt-in`.
//! A rule never asks for the time, never reads anything, never fails. Law that changes is a second version of the rule
//! with dates of its own in the same file. [`decide`] makes one decision of all outcomes. [`precedents`] and [`penalty`]
//! are data beside the rules: what was done about the same fault before, and what it may cost.

mod book;
pub mod citation;
pub mod decide;
pub mod in_force;
pub mod obligations;
pub mod outcome;
pub mod penalty;
pub mod precedents;
pub mod prose;
pub mod would_allow;

use std::fmt;

use self::{
    citation::{Citation, Level},
    in_force::InForce,
    outcome::{Failure, Limb, Outcome},
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
    /// Lawyers differ on it: the conservative reading applies it, the literal one only warns. Of an exception: the literal
    /// reading alone makes it, and warns.
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
        /// The rules that it is part of.
        of: &'static [&'static str],
    },
    /// When met, the other rule does not stand in the way.
    Exception {
        /// The rules that it lifts.
        to: &'static [&'static str],
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

    /// The rules that a condition or an exception belongs to.
    #[must_use]
    pub const fn others(self) -> &'static [&'static str] {
        match self {
            Self::Condition { of: others } | Self::Exception { to: others } => others,
            Self::Outside | Self::Scope | Self::Requirement | Self::Advice => &[],
        }
    }

    /// Whether this is a condition of that rule.
    #[must_use]
    pub fn is_condition_of(self, id: &str) -> bool {
        matches!(self, Self::Condition { of } if of.contains(&id))
    }

    /// Whether this is an exception to that rule.
    #[must_use]
    pub fn is_exception_to(self, id: &str) -> bool {
        matches!(self, Self::Exception { to } if to.contains(&id))
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
pub(crate) mod testing;

pub(crate) mod call;
pub(crate) mod consent;
pub(crate) mod house;
pub(crate) mod ico;
pub(crate) mod pecr;
pub(crate) mod policy;
pub(crate) mod register;
pub(crate) mod scope;
pub(crate) mod solicited;
pub(crate) mod uk_gdpr;

/// The version of the rulebook: the day whose law it states.
pub const RULEBOOK: &str = "2026-11-21";

/// Every version of every rule, in order of precedence: what the person said first, then whether there is a basis,
/// then the form of the message, then what makes it marketing at all, then advice.
pub static ALL: &[&Rule] = &[
    &uk_gdpr::art21_objection::BEFORE_GDPR,
    &uk_gdpr::art21_objection::RULE,
    &uk_gdpr::art21_earlier_refusal::BEFORE_GDPR,
    &uk_gdpr::art21_earlier_refusal::RULE,
    &uk_gdpr::art7_withdrawal::RULE,
    &pecr::reg20_objection::RULE,
    &pecr::reg21_objection::BEFORE_CLAIMS,
    &pecr::reg21_objection::BEFORE_PENSIONS,
    &pecr::reg21_objection::RULE,
    &ico::corporate_mailbox::RULE,
    &policy::complaint::RULE,
    &pecr::reg22_consent::RULE,
    &pecr::reg19_consent::BEFORE_COMMUNICATION_SYSTEMS,
    &pecr::reg19_consent::RULE,
    &pecr::reg20_consent::RULE,
    &pecr::reg21_register::BEFORE_CORPORATE_REGISTER,
    &pecr::reg21_register::BEFORE_CLAIMS,
    &pecr::reg21_register::BEFORE_PENSIONS,
    &pecr::reg21_register::RULE,
    &pecr::reg21a_consent::RULE,
    &pecr::reg21b_consent::RULE,
    &policy::pension_client_on_register::RULE,
    &uk_gdpr::art6_consent::BEFORE_GDPR,
    &uk_gdpr::art6_consent::RULE,
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
    &house::consent_age::RULE,
    &pecr::reg22_soft_opt_in::RULE,
    &pecr::reg22_charitable_soft_opt_in::RULE,
    &ico::charity_collected_since::RULE,
    &policy::charity_sales::RULE,
    &pecr::reg22_unsolicited::RULE,
    &pecr::reg21_permission::RULE,
    &pecr::reg21b_existing_client::RULE,
    &pecr::reg21_unsolicited::RULE,
    &pecr::reg22_individual_subscriber::RULE,
    &pecr::reg2_electronic_mail::RULE,
    &pecr::reg20_register::RULE,
    &pecr::reg20_permission::RULE,
    &pecr::reg20_unsolicited::RULE,
    &uk_gdpr::art6_legitimate_interests::BEFORE_GDPR,
    &uk_gdpr::art6_legitimate_interests::RULE,
    &ico::list_based_advertising::RULE,
    &uk_gdpr::art6_requested::BEFORE_GDPR,
    &uk_gdpr::art6_requested::RULE,
    &uk_gdpr::art4_personal_data::BEFORE_GDPR,
    &uk_gdpr::art4_personal_data::RULE,
    &pecr::reg23_identity::RULE,
    &pecr::reg23_valid_address::RULE,
    &pecr::reg23_electronic_commerce::RULE,
    &uk_gdpr::art13_privacy_information::BEFORE_COMPLAINTS,
    &uk_gdpr::art13_privacy_information::RULE,
    &uk_gdpr::art21_notice::RULE,
    &pecr::reg19_caller_identity::RULE,
    &pecr::reg21_caller_identity::RULE,
    &pecr::reg24_identity::RULE,
    &policy::reg24_pensions::RULE,
    &uk_gdpr::art9_special_category::RULE,
    &policy::easy_opt_out::RULE,
    &policy::opt_out_shown::RULE,
    &policy::vulnerable::RULE,
    &house::blocked_topics::RULE,
    &house::frequency::RULE,
    &house::newly_listed::RULE,
    &house::quiet_hours::RULE,
    &scope::service_message::RULE,
    &scope::market_research::RULE,
    &policy::self_declared_service::RULE,
    &scope::not_directed::BEFORE_GDPR,
    &scope::not_directed::RULE,
    &ico::promotion_in_service_message::RULE,
    &ico::promotional_wording::RULE,
    &ico::selling_survey::RULE,
    &ico::permission_wording::RULE,
    &ico::consent_request::RULE,
    &scope::direct_marketing::BEFORE_GDPR,
    &scope::direct_marketing::BEFORE_OWN_DEFINITION,
    &scope::direct_marketing::RULE,
    &uk_gdpr::art6_direct_marketing_interest::RULE,
    &pecr::reg19_automated_system::RULE,
    &pecr::reg2_attempted::BEFORE_ATTEMPTS,
    &pecr::reg2_attempted::RULE,
    &policy::newly_listed::RULE,
    &policy::abandoned_basket::RULE,
    &policy::consent_age::RULE,
    &policy::old_number::RULE,
    &policy::doubtful_wording::RULE,
    &policy::declared_service::RULE,
    &policy::sender_named::RULE,
    &ico::children::RULE,
    &policy::mps::RULE,
    &policy::local_law::RULE,
];

/// Whether the rules on electronic mail look at this message at all.
pub(crate) fn is_marketing_by_electronic_mail(facts: &Facts<'_>) -> bool {
    facts.channel.is_electronic_mail() && scope::direct_marketing::is_direct_marketing(facts)
}

/// The consent that is tried, where the message is marketing at all.
pub(crate) fn consent_to_marketing<'a>(facts: &Facts<'a>) -> Option<Consent<'a>> {
    facts.consent.filter(|_| scope::direct_marketing::is_direct_marketing(facts))
}

/// The consent that is tried, if every rule on consent finds it valid for this message.
pub(crate) fn valid_consent<'a, 'f>(facts: &'f Facts<'a>) -> Option<&'f Consent<'a>> {
    let consent = facts.consent.as_ref()?;
    faults(facts, consent).next().is_none().then_some(consent)
}

/// What the rules on consent find wrong with it for this message, as far as what happened since does not matter.
pub(crate) fn faults<'a, 'f>(facts: &'f Facts<'a>, consent: &'f Consent<'a>) -> impl Iterator<Item = Failure<'a>> {
    let conditions = book::on(facts.as_of)
        .conditions_of(pecr::reg22_consent::RULE.id)
        .filter(|rule| applies(rule, facts))
        .map(|rule| (rule.evaluate)(facts));
    let covers = || consent::covers(facts, consent, &pecr::reg22_consent::PARTS).outcome(None);
    std::iter::once_with(covers).chain(conditions).flat_map(|outcome| match outcome {
        Outcome::Failing(failures) => failures,
        Outcome::NotEngaged | Outcome::Met(_) => Vec::new(),
    })
}

/// Whether a rule is met, and no condition of it that applies fails.
pub(crate) fn is_held(rule: &Rule, facts: &Facts<'_>) -> bool {
    let mut conditions = book::on(facts.as_of).conditions_of(rule.id).filter(|part| applies(part, facts));
    (rule.evaluate)(facts).is_met() && !conditions.any(|condition| (condition.evaluate)(facts).is_failing())
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
    let request = solicited::answered(facts).filter(|request| request.names_topic).map(|it| it.event);
    let after_consent = stop.standing_after(consent.as_ref())?;
    stop.standing_after(request.as_ref())?;
    Some(after_consent)
}
