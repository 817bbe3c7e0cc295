//! Hosted mail: a list's owner sends somebody else's offers.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_CONSENT, Level, ico},
        consent::CONSENTS,
        consent_to_marketing,
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen, word},
    },
};

const NAMED: Limb = Limb {
    id: "hosted-mail",
    holds: "the consent names the party whose goods or aims are promoted",
    fails: "the consent does not name the party whose goods or aims are promoted",
};

rule! {
    /// A sender who mails its own list with another party's offers ("hosted" or partner mail) needs consent to that:
    /// the host and the party promoted both answer for it. Consent must name every organisation that relies on it; a
    /// kind of organisation is not specific enough.
    ///
    /// ## Allowed
    /// The form said: "offers from Acme Bikes, sent to you by Cycling Weekly News".
    ///
    /// ## Refused
    /// A savings site's form said "offers from our partners" and then listed every kind of business.
    ///
    /// ## Doubt
    /// In hosted mail the details do not leave the host, and in *Xerpla* (2018, on the law before the GDPR) a tribunal
    /// held that subscribers to a site of third-party deals knew what they asked for. In *Join the Triboo* (2023, 2024)
    /// a wide consent failed. The conservative reading asks that the party be named, the literal one that the wording
    /// cover others' offers (`pecr.reg22.consent`).
    ///
    /// ## References
    /// ICO, how should we obtain, record and manage consent; *Join the Triboo v IC* [2024] UKFTT 362 (GRC).
    pub(crate) static RULE = {
        id: "ico.hosted-mail",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::IcoGuidance,
        differs: true,
        citation: ico("Consent: name every organisation that relies on it", ICO_CONSENT),
        in_force: InForce::from(GDPR),
        statement: "Consent to another party's offers must name that party.",
        limbs: [&NAMED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts).filter(|_| facts.promotes_another) else {
        return Outcome::NotEngaged;
    };
    let seen = Seen::event("consent_given.named_senders", word(Some(consent.names_promoted)), consent.event);
    Limbs::default().require(&NAMED, consent.names_promoted, seen).outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, limbs, with};

    #[rstest]
    #[case::one_s_own_goods(as_is, &["not engaged"])]
    #[case::named(|f: F| (f.promotes_another, f.the_consent().names_promoted) = (true, true), &["met"])]
    #[case::not_named(|f: F| f.promotes_another = true, &["hosted-mail"])]
    #[case::offers_of_partners(|f: F| (f.promotes_another, f.the_consent().third_party_offers) = (true, Some(true)), &["hosted-mail"])]
    #[case::no_consent(|f: F| (f.promotes_another, f.consent) = (true, None), &["not engaged"])]
    fn the_party_promoted_is_named(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
