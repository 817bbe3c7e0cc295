//! The Mailing Preference Service: no law, and heeded by the careful.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Citation, Level},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        uk_gdpr::art6_consent::is_asked_for,
        valid_consent,
    },
    terms::channel::Channel,
};

const NOT_LISTED: Limb = Limb {
    id: "mps",
    holds: "the address is not known to be in the Mailing Preference Service",
    fails: "the address is in the Mailing Preference Service: the person does not want letters from strangers",
};

rule! {
    /// People who want no advertisements by post may enter their address in the Mailing Preference Service. No statute
    /// obliges anybody to heed it; the codes of the advertising industry do. A letter to an address in it is therefore
    /// warned of and not refused.
    ///
    /// ## Allowed
    /// A letter to a customer whose address is in the service, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone. An objection to the sender itself is `uk_gdpr.art21.objection`.
    ///
    /// ## Doubt
    /// An address that nobody looked up is not warned of: looking it up is among the obligations that come with the
    /// answer. Who consented to this sender's letters has asked for them.
    ///
    /// ## References
    /// Mailing Preference Service, legal obligations; CAP Code, section 10.
    pub(crate) static RULE = {
        id: "policy.mps",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: Citation {
            instrument: "Mailing Preference Service",
            provision: "Legal obligations: no law, a condition of the industry's codes",
            url: MPS,
        },
        in_force: InForce::from(PECR),
        statement: "An address in the Mailing Preference Service is better left alone.",
        limbs: [&NOT_LISTED],
        evaluate: evaluate,
    };
}

/// What the service says of its own standing.
pub(crate) const MPS: &str = "https://corporate.mpsonline.org.uk/index.php/mps/legal";

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.channel != Channel::Post || !is_asked_for(facts) || valid_consent(facts).is_some() {
        return Outcome::NotEngaged;
    }
    let fact = "register_listed.mps";
    let listed = facts.line.mps.listed;
    let seen = listed.map_or(Seen::stated(fact, "unknown"), |listed| Seen::event(fact, "listed", listed.event));
    Limbs::default().require(&NOT_LISTED, listed.is_none(), seen).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Listed,
        rules::testing::{BEFORE, Change, F, as_is, by_consent, by_post, event, limbs, with},
        terms::{audience::Audience, channel::Channel},
    };

    #[rstest]
    #[case::never_looked_up(as_is, &["met"])]
    #[case::listed(|f: F| listed(f), &["mps"])]
    #[case::listed_and_consented(|f: F| (listed(f), f.consent = by_consent().consent).0, &["not engaged"])]
    #[case::to_the_occupier(|f: F| f.audience = Some(Audience::Unaddressed), &["not engaged"])]
    #[case::an_email(|f: F| f.channel = Channel::Email, &["not engaged"])]
    fn an_address_in_it(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_post(), change))), expected);
    }

    fn listed(facts: F<'_>) {
        facts.line.mps.listed = Some(Listed { event: event("register_listed", BEFORE), since_known: true });
    }
}
