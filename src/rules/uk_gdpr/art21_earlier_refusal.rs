//! Article 21(2)-(3): whether a refusal outlives a new sale.

use super::art21_objection::{Anew, collected_anew};
use crate::{
    facts::{EventRef, Facts, Stop},
    rules::{
        Effect,
        citation::{Citation, Level, uk_gdpr},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        scope::direct_marketing::is_direct_marketing,
        standing,
    },
};

const OUTLIVES: Limb = Limb {
    id: "21(3)-earlier-refusal",
    holds: "the person had not refused the use of the details before the sender collected them anew",
    fails: "the person refused the use of the details before the sender collected them anew, and has not consented since",
};
const NOTICE: Limb = Limb { id: "11(1)-earlier-refusal", ..OUTLIVES };

rule! {
    /// A person who refuses the use of their details for marketing objects in substance, and nobody takes back an
    /// objection by buying something. What takes it back is a later consent of the person's own.
    ///
    /// ## Allowed
    /// A customer refused at the first sale, and ticked an empty box for the newsletter at the second.
    ///
    /// ## Refused
    /// A customer refused at the first sale. At the second the same opt-out was offered, and the customer left it alone.
    ///
    /// ## Doubt
    /// Reg 22(3)(c) speaks of the refusal when the details "were initially collected" and of each message since. On the
    /// literal reading the new sale is a new collection with a refusal of its own, and the sender may rely on it with this
    /// warning. The conservative reading lets the earlier refusal stand. An objection in so many words outlives a new sale on
    /// either reading: `uk_gdpr.art21.objection`.
    ///
    /// ## References
    /// UK GDPR Art 21(2)-(3); PECR reg 22(3)(c).
    pub(crate) static RULE = {
        id: "uk_gdpr.art21.earlier-refusal",
        effect: Effect::Requirement,
        level: Level::Statute,
        differs: true,
        citation: uk_gdpr("Art 21(2)-(3)", "https://www.legislation.gov.uk/eur/2016/679/article/21"),
        in_force: InForce::from(GDPR),
        statement: "A refusal is not taken back by a new sale.",
        limbs: [&OUTLIVES],
        evaluate: evaluate,
    };
}

rule! {
    /// A person who has told the sender to stop, or has refused or withdrawn, does not take that back by buying something.
    ///
    /// ## Allowed
    /// A customer refused at the first sale and subscribed at the second.
    ///
    /// ## Refused
    /// A customer refused at the first sale, and left the opt-out alone at the second.
    ///
    /// ## Doubt
    /// On the literal reading the new sale is a new collection with a refusal of its own (PECR reg 22(3)(c)).
    ///
    /// ## References
    /// Data Protection Act 1998 s.11, in force until 25 May 2018; PECR reg 22(3)(c).
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art21.earlier-refusal",
        effect: Effect::Requirement,
        level: Level::Statute,
        differs: true,
        citation: Citation {
            instrument: "DPA 1998",
            provision: "s. 11",
            url: "https://www.legislation.gov.uk/ukpga/1998/29/section/11",
        },
        in_force: InForce::between(PECR, GDPR),
        statement: "A refusal is not taken back by a new sale.",
        limbs: [&NOTICE],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    judge(facts, &OUTLIVES, &[facts.stops.refusal])
}

/// A withdrawal had no provision of its own then (Art 7(3) of the GDPR is its first).
fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    judge(facts, &NOTICE, &[facts.stops.refusal, facts.stops.withdrawal])
}

fn judge<'a>(facts: &Facts<'a>, limb: &'static Limb, stops: &[Stop<'a>]) -> Outcome<'a> {
    let Some(Anew(collection)) = collected_anew(facts) else { return Outcome::NotEngaged };
    let refused = stops.iter().any(|stop| stop.latest.is_some());
    if !refused || !is_direct_marketing(facts) || !facts.recipient.is_data_subject() {
        return Outcome::NotEngaged;
    }
    // What outlasts the collection too is an objection on either reading.
    let undone = |stop: &Stop<'a>| -> Option<EventRef<'a>> {
        let stands = standing(facts, stop)?;
        stop.standing_after(Some(&collection)).is_none().then_some(stands)
    };
    let earlier = stops.iter().filter_map(undone).max_by_key(|stop| stop.at);
    Limbs::default().require_none(limb, earlier).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::rules::testing::{
        AFTER, BEFORE, Change, F, as_is, by_consent, by_soft_opt_in, limbs, said, to_a_company, with,
    };

    #[rstest]
    #[case::never_refused(as_is, "not engaged")]
    #[case::refused_before(|f: F| f.stops.refusal = said("details_refused", BEFORE), "21(3)-earlier-refusal")]
    #[case::consented_since(|f: F| {
        f.stops.refusal = said("details_refused", BEFORE);
        f.consent = by_consent().consent;
    }, "met")]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), "met")]
    #[case::withdrew_before(|f: F| f.stops.withdrawal = said("consent_withdrawn", BEFORE), "not engaged")]
    #[case::not_collected_anew(|f: F| {
        f.stops.refusal = said("details_refused", BEFORE);
        f.the_collection().opt_out_offered = None;
    }, "not engaged")]
    #[case::nothing_collected(|f: F| f.collection = None, "not engaged")]
    #[case::a_shared_mailbox(|f: F| {
        f.stops.refusal = said("details_refused", BEFORE);
        f.recipient = to_a_company().recipient;
        f.recipient.named_person = Some(false);
    }, "not engaged")]
    fn a_refusal_before_the_sale(#[case] change: Change, #[case] limb: &str) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_soft_opt_in(), change))), [limb]);
    }

    #[rstest]
    #[case::refused_before(|f: F| f.stops.refusal = said("details_refused", BEFORE), "11(1)-earlier-refusal")]
    #[case::withdrew_before(|f: F| f.stops.withdrawal = said("consent_withdrawn", BEFORE), "11(1)-earlier-refusal")]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), "met")]
    #[case::neither(as_is, "not engaged")]
    fn before_the_gdpr(#[case] change: Change, #[case] limb: &str) {
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&with(by_soft_opt_in(), change))), [limb]);
    }
}
