//! Article 21(2)-(3): the right to object to direct marketing.

use crate::{
    facts::{EventRef, Facts},
    rules::{
        Effect,
        citation::{Citation, Level, uk_gdpr},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        scope::direct_marketing::is_direct_marketing,
        standing,
    },
    terms::party::PolicyProfile,
};

const OBJECTED: Limb = Limb {
    id: "21(3)",
    holds: "the person has not objected to direct marketing",
    fails: "the person has objected to direct marketing",
};
const FUNDRAISING: Limb = Limb {
    id: "21(3)-fundraising-preference",
    holds: "the person has not asked the charity to stop through the Fundraising Preference Service",
    fails: "the person has asked the charity to stop through the Fundraising Preference Service, which is an objection",
};
const REFUSED: Limb = Limb {
    id: "21(3)-refusal",
    holds: "the person has not refused the use of the details for marketing",
    fails: "the person has refused the use of the details for marketing, which is an objection",
};
const NOTICE: Limb = Limb {
    id: "11(1)",
    holds: "the person has not told the sender to stop direct marketing",
    fails: "the person has told the sender to stop direct marketing",
};

rule! {
    /// A person may object at any time to the processing of their data for direct marketing, whatever its lawful
    /// basis. Then the data may no longer be processed for that purpose. The right is absolute, and every data subject
    /// has it: a customer, a sole trader, a named employee of a company. An objection to one channel or topic covers
    /// that channel or topic; an objection without limits covers all.
    ///
    /// ## Allowed
    /// A person objected in May and ticked an empty box for the newsletter in June: the later consent is the person's
    /// own, specific and affirmative.
    ///
    /// ## Refused
    /// A person consented in May and objected in June. A named employee of a company objected; that the company may be
    /// mailed without consent does not help. Objection and consent bear the same time: the tie goes to the person.
    ///
    /// ## Doubt
    /// A refusal when the details were collected, or later, is an objection in substance, and so is a request through
    /// the Fundraising Preference Service to the charity that it names. On the literal reading a refusal ends when the
    /// details are collected anew with an opt-out that is not taken. An objection made for a whole company is honoured
    /// for every address of its email domain. A message that answers the person's own later request may be sent.
    ///
    /// ## References
    /// UK GDPR Art 21(2)-(3); ICO, right to object; ICO, respect people's preferences.
    pub(crate) static RULE = {
        id: "uk_gdpr.art21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Art 21(2)-(3)", "https://www.legislation.gov.uk/eur/2016/679/article/21"),
        in_force: InForce::from(GDPR),
        statement: "Nobody who has objected to direct marketing may be sent any.",
        limbs: [&OBJECTED, &FUNDRAISING, &REFUSED],
        evaluate: evaluate,
    };
}

rule! {
    /// A person may at any time tell whoever holds their data, in writing, to stop processing it for direct marketing.
    ///
    /// ## Allowed
    /// A person who told the sender to stop in May subscribed anew in June.
    ///
    /// ## Refused
    /// A person subscribed in May and told the sender to stop in June.
    ///
    /// ## References
    /// Data Protection Act 1998 s.11, in force until 25 May 2018.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: Citation {
            instrument: "DPA 1998",
            provision: "s. 11",
            url: "https://www.legislation.gov.uk/ukpga/1998/29/section/11",
        },
        in_force: InForce::between(PECR, GDPR),
        statement: "Nobody who has told the sender to stop direct marketing may be sent any.",
        limbs: [&NOTICE],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) {
        return Outcome::NotEngaged;
    }
    let stops = &facts.stops;
    Limbs::default()
        .require_none(&OBJECTED, standing(facts, &stops.objection))
        .require_none(&FUNDRAISING, standing(facts, &stops.fundraising_preference))
        .require_none(&REFUSED, refusal(facts))
        .outcome(None)
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) {
        return Outcome::NotEngaged;
    }
    let stops = [facts.stops.objection, facts.stops.fundraising_preference];
    let told = stops.iter().filter_map(|stop| standing(facts, stop)).chain(refusal(facts)).max_by_key(|stop| stop.at);
    Limbs::default().require_none(&NOTICE, told).outcome(None)
}

/// Only a living person can object: nobody stands behind a company's shared mailbox.
fn engaged(facts: &Facts<'_>) -> bool {
    is_direct_marketing(facts) && facts.recipient.is_data_subject()
}

fn refusal<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    let refusal = standing(facts, &facts.stops.refusal)?;
    let anew = facts.collection.filter(|c| c.refused == Some(false) && c.opt_out_offered == Some(true));
    let ended = facts.profile == PolicyProfile::Literal && anew.is_some_and(|c| c.event.outlasts(&refusal));
    (!ended).then_some(refusal)
}
