//! Section 122(5): what direct marketing is.

use crate::{
    facts::{Facts, Wording},
    rules::{
        Effect,
        citation::{Citation, Level},
        in_force::{GDPR, InForce, OWN_DEFINITION, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        policy::self_declared_service::is_taken_for_marketing,
    },
    terms::wording::FindingKind,
};

use super::not_directed::is_to_nobody;

const DIRECTED: Limb = Limb {
    id: "122(5)",
    holds: "the message is advertising or marketing material directed to a particular individual",
    fails: "the message is not advertising or marketing material directed to a particular individual",
};

const DIRECTED_1998: Limb = Limb { id: "11(3)", ..DIRECTED };

rule! {
    /// Direct marketing is the communication, by whatever means, of advertising or marketing material that is directed
    /// to particular individuals. Material that promotes aims and ideals counts as much as an advertisement: an appeal
    /// for money, a party's message. A message with some marketing in it counts even where that is not its main
    /// purpose, and so does a request for permission to market.
    ///
    /// ## Allowed
    /// Outside the rule: a bank tells a customer, in neutral words, that a branch will close.
    ///
    /// ## Refused
    /// Within the rule, and refused without a basis: the same message ends with "ask us about our new savings rate".
    ///
    /// ## References
    /// DPA 2018 s.122(5); PECR reg 2(1) and UK GDPR Art 4(1)(15A), as inserted by the Data (Use and Access) Act 2025.
    pub(crate) static RULE = {
        id: "scope.direct-marketing",
        effect: Effect::Scope,
        level: Level::Statute,
        citation: Citation {
            instrument: "DPA 2018, PECR 2003",
            provision: "s. 122(5), reg. 2(1)",
            url: "https://www.legislation.gov.uk/ukpga/2018/12/section/122",
        },
        in_force: InForce::from(OWN_DEFINITION),
        statement: "Advertising or marketing material directed to a particular individual is direct marketing.",
        limbs: [&DIRECTED],
        evaluate: evaluate,
    };
}

rule! {
    /// Direct marketing is the communication, by whatever means, of advertising or marketing material that is directed
    /// to particular individuals. PECR borrowed the definition of the Data Protection Act 2018.
    ///
    /// ## Allowed
    /// Outside the rule: a bank tells a customer, in neutral words, that a branch will close.
    ///
    /// ## Refused
    /// Within the rule, and refused without a basis: an appeal for money, a party's message, an advertisement.
    pub(crate) static BEFORE_OWN_DEFINITION = {
        id: "scope.direct-marketing",
        effect: Effect::Scope,
        level: Level::Statute,
        citation: Citation {
            instrument: "DPA 2018",
            provision: "s. 122(5)",
            url: "https://www.legislation.gov.uk/ukpga/2018/12/section/122",
        },
        in_force: InForce::between(GDPR, OWN_DEFINITION),
        statement: "Advertising or marketing material directed to a particular individual is direct marketing.",
        limbs: [&DIRECTED],
        evaluate: evaluate,
    };
}

rule! {
    /// Direct marketing is the communication, by whatever means, of advertising or marketing material that is directed
    /// to particular individuals. PECR borrowed the definition of the Data Protection Act 1998.
    ///
    /// ## Allowed
    /// Outside the rule: a bank tells a customer, in neutral words, that a branch will close.
    ///
    /// ## Refused
    /// Within the rule, and refused without a basis: an appeal for money, a party's message, an advertisement.
    pub(crate) static BEFORE_GDPR = {
        id: "scope.direct-marketing",
        effect: Effect::Scope,
        level: Level::Statute,
        citation: Citation {
            instrument: "DPA 1998",
            provision: "s. 11(3)",
            url: "https://www.legislation.gov.uk/ukpga/1998/29/section/11",
        },
        in_force: InForce::between(PECR, GDPR),
        statement: "Advertising or marketing material directed to a particular individual is direct marketing.",
        limbs: [&DIRECTED_1998],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    directed(facts, &DIRECTED)
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    directed(facts, &DIRECTED_1998)
}

fn directed<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Outcome<'a> {
    if !is_direct_marketing(facts) {
        return Outcome::NotEngaged;
    }
    Limbs::default().require(limb, true, Seen::stated("purpose", facts.purpose.as_str())).outcome(None)
}

/// Whether the message is direct marketing: it promotes, and it is directed to somebody.
pub(crate) fn is_direct_marketing(facts: &Facts<'_>) -> bool {
    promotes(facts) && !is_to_nobody(facts)
}

/// Whether the message is advertising or marketing material. What it contains outweighs what the caller declares, and
/// its own words what the caller says of them. Nothing that is found in it makes declared marketing anything else.
pub(crate) fn promotes(facts: &Facts<'_>) -> bool {
    facts.purpose.is_marketing() || promotes_all_the_same(facts) || is_taken_for_marketing(facts)
}

/// Whether a message promotes that is declared as none: somebody says so, or its words do.
pub(crate) fn promotes_all_the_same(facts: &Facts<'_>) -> bool {
    is_said_to_promote(facts) || MARKETING.iter().any(|kind| facts.content.strong(*kind).is_some())
}

/// Whether the caller says so. Who names a party promoted, or products promoted, has said that something is promoted.
pub(crate) fn is_said_to_promote(facts: &Facts<'_>) -> bool {
    let message = &facts.message;
    let named = message.names_products || facts.promotes_another;
    named || message.contains_promotion == Some(true) || message.feeds_marketing == Some(true)
}

/// What the words of a message do that make it marketing whatever it is declared as.
const MARKETING: [FindingKind; 3] =
    [FindingKind::Promotes, FindingKind::AsksForPermission, FindingKind::SurveyThatSells];

/// The words of this kind that make a message marketing which is declared as none.
pub(crate) fn marketing_words<'a>(facts: &Facts<'a>, kind: FindingKind) -> Option<&'a Wording<'a>> {
    let disguised = !facts.purpose.is_marketing() && !is_to_nobody(facts);
    facts.content.strong(kind).filter(|_| disguised)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, of_service, with, worded},
        terms::{
            audience::Audience,
            channel::Channel,
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::a_service_message(as_is, &["not engaged"])]
    #[case::a_survey(|f: F| f.purpose = Purpose::Research, &["not engaged"])]
    #[case::goods(|f: F| f.purpose = Purpose::Commercial, &["met"])]
    #[case::a_charity_s_aims(|f: F| f.purpose = Purpose::Charity, &["met"])]
    #[case::a_party_s_aims(|f: F| f.purpose = Purpose::Political, &["met"])]
    #[case::asking_for_consent(|f: F| f.purpose = Purpose::ConsentRequest, &["met"])]
    #[case::a_promotional_line(|f: F| f.message.contains_promotion = Some(true), &["met"])]
    #[case::answers_kept_for_marketing(|f: F| f.message.feeds_marketing = Some(true), &["met"])]
    #[case::nobody_says(|f: F| f.message.contains_promotion = None, &["not engaged"])]
    #[case::its_words_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Strong), &["met"])]
    #[case::its_words_ask_for_permission(|f: F| worded(f, FindingKind::AsksForPermission, Strength::Strong), &["met"])]
    #[case::its_words_sell_in_a_survey(|f: F| worded(f, FindingKind::SurveyThatSells, Strength::Strong), &["met"])]
    #[case::its_words_may_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Weak), &["not engaged"])]
    #[case::its_words_resemble_marketing(|f: F| worded(f, FindingKind::Promotes, Strength::Review), &["not engaged"])]
    #[case::it_says_that_it_promotes_nothing(|f: F| worded(f, FindingKind::ClaimsToBeService, Strength::Strong), &["not engaged"])]
    #[case::by_letter(|f: F| (f.purpose, f.channel) = (Purpose::Commercial, Channel::Post), &["met"])]
    #[case::through_every_door(|f: F| (f.purpose, f.channel, f.audience) = (Purpose::Commercial, Channel::Post, Some(Audience::Unaddressed)), &["not engaged"])]
    #[case::an_email_to_all(|f: F| (f.purpose, f.audience) = (Purpose::Commercial, Some(Audience::Unaddressed)), &["met"])]
    fn what_a_message_contains_outweighs_its_label(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(of_service(), change))), expected);
    }
}
