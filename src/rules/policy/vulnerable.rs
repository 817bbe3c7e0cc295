//! A person known to be vulnerable is left alone.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Citation, Level},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
};

const NOT_VULNERABLE: Limb = Limb {
    id: "vulnerable",
    holds: "the sender does not know the person to be vulnerable",
    fails: "the sender knows the person to be vulnerable",
};

rule! {
    /// A consent is judged by what the person did, not by their state of mind: it is not defeated by vulnerability
    /// alone. A sender who knows of it has other duties, fairness among them.
    ///
    /// ## Allowed
    /// A gambler, of whose trouble the sender knows nothing, ticked an empty box for offers.
    ///
    /// ## Refused
    /// The sender has marked the same person as vulnerable.
    ///
    /// ## Doubt
    /// No provision forbids it outright. The conservative reading leaves the person alone; the literal one warns.
    ///
    /// ## References
    /// *RTM v Bonne Terre* [2026] EWCA Civ 488.
    pub(crate) static RULE = {
        id: "policy.vulnerable",
        effect: Effect::Requirement,
        level: Level::Policy,
        differs: true,
        citation: Citation {
            instrument: "UK GDPR",
            provision: "Art 5(1)(a), fairness",
            url: "https://www.legislation.gov.uk/eur/2016/679/article/5",
        },
        in_force: InForce::from(PECR),
        statement: "A person known to be vulnerable should be left alone.",
        limbs: [&NOT_VULNERABLE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(vulnerable) = facts.recipient.vulnerable.filter(|_| is_direct_marketing(facts)) else {
        return Outcome::NotEngaged;
    };
    let value = if vulnerable { "true" } else { "false" };
    Limbs::default().require(&NOT_VULNERABLE, !vulnerable, Seen::stated("recipient.vulnerable", value)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::nobody_says(as_is, &["not engaged"])]
    #[case::not_so(|f: F| f.recipient.vulnerable = Some(false), &["met"])]
    #[case::so(|f: F| f.recipient.vulnerable = Some(true), &["vulnerable"])]
    #[case::a_service_message(|f: F| (f.purpose, f.recipient.vulnerable) = (Purpose::Service, Some(true)), &["not engaged"])]
    fn a_person_known_to_be_vulnerable(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
