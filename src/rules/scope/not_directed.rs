//! What is directed to nobody in particular is no direct marketing.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Citation, Level, dpa_1998},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::{audience::Audience, channel::Channel},
};

const TO_NOBODY: Limb = Limb {
    id: "122(5)-nobody",
    holds: "the material is directed to nobody in particular",
    fails: "the material is directed to a particular individual: it names one, or its channel reaches one anyway",
};
const TO_NOBODY_1998: Limb = Limb { id: "11(3)-nobody", ..TO_NOBODY };

rule! {
    /// Direct marketing is directed to particular individuals. A leaflet through every door, a letter to "the
    /// occupier", an advertisement that every reader of a page sees are not. A call, a fax and electronic mail reach
    /// one person anyway: nothing that is said of their audience changes that.
    ///
    /// ## Allowed
    /// A restaurant has a leaflet put through every door of a street. A shop's advertisement stands on the front page
    /// of a newspaper's site.
    ///
    /// ## Refused
    /// Outside this rule, and refused without a basis: a letter to "the occupier" whose envelope names one, an email
    /// "to all".
    ///
    /// ## Doubt
    /// A letter from which the name of a person was left off whom the sender chose is directed to that person all the
    /// same: the caller says so by `recipient.named_person`, or by another `audience`. Nobody can see it from here.
    ///
    /// ## References
    /// DPA 2018 s.122(5); ICO, identify direct marketing.
    pub(crate) static RULE = {
        id: "scope.not-directed",
        effect: Effect::Outside,
        level: Level::Statute,
        citation: Citation {
            instrument: "DPA 2018",
            provision: "s. 122(5)",
            url: "https://www.legislation.gov.uk/ukpga/2018/12/section/122",
        },
        in_force: InForce::from(GDPR),
        statement: "What is directed to nobody in particular is not direct marketing.",
        limbs: [&TO_NOBODY],
        evaluate: evaluate,
    };
}

rule! {
    /// Direct marketing is directed to particular individuals. The Data Protection Act 1998 said so in the same words.
    ///
    /// ## Allowed
    /// A leaflet through every door.
    ///
    /// ## Refused
    /// Outside this rule, and refused without a basis: a letter to a person by name.
    ///
    /// ## References
    /// Data Protection Act 1998 s.11(3); ICO, direct marketing guidance (2013).
    pub(crate) static BEFORE_GDPR = {
        id: "scope.not-directed",
        effect: Effect::Outside,
        level: Level::Statute,
        citation: dpa_1998("s. 11(3)", "https://www.legislation.gov.uk/ukpga/1998/29/section/11"),
        in_force: InForce::between(PECR, GDPR),
        statement: "What is directed to nobody in particular is not direct marketing.",
        limbs: [&TO_NOBODY_1998],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    directed(facts, &TO_NOBODY)
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    directed(facts, &TO_NOBODY_1998)
}

fn directed<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Outcome<'a> {
    if facts.audience != Some(Audience::Unaddressed) {
        return Outcome::NotEngaged;
    }
    let named = facts.recipient.named_person == Some(true);
    let seen = if named {
        Seen::stated("recipient.named_person", "true")
    } else {
        Seen::stated("channel", facts.channel.as_str())
    };
    Limbs::default().require(limb, is_to_nobody(facts), seen).outcome(None)
}

/// Whether the material is directed to nobody in particular.
pub(crate) fn is_to_nobody(facts: &Facts<'_>) -> bool {
    let can_be = matches!(facts.channel, Channel::Post | Channel::OnlineAdvertising);
    can_be && facts.audience == Some(Audience::Unaddressed) && facts.recipient.named_person != Some(true)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        facts::Facts,
        rules::testing::{Change, F, as_is, by_advertising, by_consent, by_post, limbs, with},
        terms::{audience::Audience, channel::Channel},
    };

    #[rstest]
    #[case::to_the_occupier(as_is, "met", "met")]
    #[case::nobody_says_to_whom(|f: F| f.audience = None, "not engaged", "not engaged")]
    #[case::to_a_person(|f: F| f.audience = Some(Audience::Person), "not engaged", "not engaged")]
    #[case::on_a_list(|f: F| f.audience = Some(Audience::Listed), "not engaged", "not engaged")]
    #[case::it_names_one(|f: F| f.recipient.named_person = Some(true), "122(5)-nobody", "11(3)-nobody")]
    #[case::it_names_none(|f: F| f.recipient.named_person = Some(false), "met", "met")]
    #[case::an_email_to_all(|f: F| f.channel = Channel::Email, "122(5)-nobody", "11(3)-nobody")]
    #[case::a_fax_to_all(|f: F| f.channel = Channel::Fax, "122(5)-nobody", "11(3)-nobody")]
    #[case::a_call_to_all(|f: F| f.channel = Channel::LiveCall, "122(5)-nobody", "11(3)-nobody")]
    #[case::every_reader_of_a_page(|f: F| f.channel = Channel::OnlineAdvertising, "met", "met")]
    fn a_leaflet_through_every_door(#[case] change: Change, #[case] now: &str, #[case] before_gdpr: &str) {
        let leaflet = Facts { audience: Some(Audience::Unaddressed), ..by_post() };
        let facts = with(leaflet, change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [now]);
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), [before_gdpr]);
    }

    #[rstest]
    #[case::a_letter(by_post())]
    #[case::an_advertisement(by_advertising())]
    #[case::an_email(by_consent())]
    fn what_says_nothing_of_its_audience_is_directed_to_a_person(#[case] facts: Facts<'static>) {
        assert!(!super::is_to_nobody(&facts));
    }
}
