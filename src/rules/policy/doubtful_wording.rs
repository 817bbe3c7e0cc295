//! Words that may promote.

use crate::{
    facts::{Extent, Facts},
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
    },
};

const CLEAR: Limb = Limb {
    id: "doubtful-wording",
    holds: "no words of the message that were read leave it in doubt whether it promotes",
    fails: "words of the message may promote: somebody should look at them",
};

rule! {
    /// Some words stand in marketing and in service messages alike, and some texts only sound like marketing. They decide
    /// nothing: whether the message is neutral is for a person to say, who sees it as a whole.
    ///
    /// ## Allowed
    /// A reminder that a policy ends on the last of the month, with this warning if it says "renew".
    ///
    /// ## Refused
    /// Nothing by this rule alone.
    ///
    /// ## References
    /// ICO, identify direct marketing: phrasing, tone and context.
    pub(crate) static RULE = {
        id: "policy.doubtful-wording",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: ico("Identify direct marketing: phrasing, tone and context", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "Somebody should look at a service message whose words may promote.",
        limbs: [&CLEAR],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.purpose.is_marketing() || facts.content.extent == Extent::Nothing {
        return Outcome::NotEngaged;
    }
    match facts.content.doubtful() {
        Some(words) => Limbs::default().require(&CLEAR, false, Seen::found(words)).outcome(None),
        None => Outcome::Met(None),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, of_service, with, worded},
        terms::{
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::nothing_was_read(as_is, &["not engaged"])]
    #[case::it_may_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Weak), &["doubtful-wording"])]
    #[case::it_resembles_marketing(|f: F| worded(f, FindingKind::Promotes, Strength::Review), &["doubtful-wording"])]
    #[case::it_promotes(|f: F| worded(f, FindingKind::Promotes, Strength::Strong), &["met"])]
    #[case::nothing_was_found(|f: F| f.content.extent = crate::facts::Extent::Whole, &["met"])]
    #[case::declared_commercial(
        |f: F| {
            f.purpose = Purpose::Commercial;
            worded(f, FindingKind::Promotes, Strength::Weak);
        },
        &["not engaged"],
    )]
    fn somebody_should_look(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(of_service(), change))), expected);
    }
}
