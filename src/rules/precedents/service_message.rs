//! Marketing that was called a service message, and requests for consent.

use super::{Facts, NO_CONSENT, Place, Ruling, SAID_NO, at, fined, noticed, point, promotes_by, reported, wording};
use crate::terms::wording::CueFamily;

/// The message is said to promote something. That answers are collected for later marketing is another point.
const PROMOTES: Place = at("ico.promotion-in-service-message", &["contains-promotion"]).when(promotes);

const fn promotes(facts: &Facts<'_>) -> bool {
    matches!(facts.message.contains_promotion, Some(true)) || facts.message.names_products || facts.promotes_another
}

/// What the servicing emails of a card did.
const CARD: &[CueFamily] = &[CueFamily::Discovery, CueFamily::Feature, CueFamily::Purchase, CueFamily::Offer];

/// The message asks for consent, whatever it is declared as.
const ASKS_FOR_CONSENT: &[Place] =
    &[at("ico.consent-request", &["consent-request"]), at("ico.permission-wording", &["permission-wording"])];

/// The message offers something for a reply.
const REWARDS: &[Place] = &[PROMOTES, wording(|facts| promotes_by(facts, &[CueFamily::Reward]))];

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "EE Limited",
        dated: noticed("2019-06-20"),
        sanction: fined(100_000),
        appeal: None,
        source: "https://www.dataguidance.com/opinion/uk-icos-enforcement-notice-against-ee",
        points: &[
            point(
                "texts about its app and about upgrades were called service messages, and led to more to buy",
                &[PROMOTES, wording(|facts| promotes_by(facts, &[CueFamily::Feature, CueFamily::Purchase]))],
            ),
            point("2.59 million texts went to customers who had opted out of marketing by text", SAID_NO),
        ],
    },
    Ruling {
        organisation: "American Express Services Europe Limited",
        dated: noticed("2021-05-17"),
        sanction: fined(90_000),
        appeal: None,
        source: "https://gdprhub.eu/index.php?oldid=16122&title=ICO_%28UK%29_-_AMEX",
        points: &[
            point(
                "emails about rewards, about getting more out of the card and about its app were classed as servicing",
                &[PROMOTES, wording(|facts| promotes_by(facts, CARD))],
            ),
            point("4.1 million emails went to card holders who had opted out of marketing by email", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Royal Mail Group Limited",
        dated: reported("2018-04"),
        sanction: fined(12_000),
        appeal: None,
        source: "https://www.which.co.uk/news/2018/04/royal-mail-fined-for-sending-more-than-300000-nuisance-emails/",
        points: &[
            point(
                "emails told of a lower price for parcels, and were called a service",
                &[PROMOTES, wording(|facts| promotes_by(facts, &[CueFamily::Offer]))],
            ),
            point("327,014 people were mailed who had opted out of marketing", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Virgin Media Limited",
        dated: reported("2021-12-08"),
        sanction: fined(50_000),
        appeal: None,
        source: "https://www.independent.co.uk/news/uk/virgin-media-ico-sms-b1971963.html",
        points: &[
            point("a notice that the price would stay as it was asked people to allow marketing", ASKS_FOR_CONSENT),
            point("451,217 of those mailed had opted out of marketing", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Moneysupermarket.com Ltd",
        dated: reported("2017-07"),
        sanction: fined(80_000),
        appeal: None,
        source: "http://www.bbc.co.uk/news/technology-40684579",
        points: &[
            point("a notice of new terms asked people to think again about marketing", ASKS_FOR_CONSENT),
            point("all of the 7.1 million people mailed had opted out of marketing", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Allay Claims Ltd",
        dated: reported("2026-01-20"),
        sanction: fined(120_000),
        appeal: None,
        source: "https://www.wired-gov.net/wg/news.nsf/articles/fines+of+225000+for+nuisance+marketing+messages+20012026162000",
        points: &[
            point(
                "texts that urged people to make a further claim were called service updates",
                &[PROMOTES, wording(|facts| promotes_by(facts, &[CueFamily::LeadGeneration]))],
            ),
            point(
                "people had been offered no simple way to refuse when their details were taken",
                &[at("pecr.reg22.soft-opt-in", &["22(3)(c)-at-collection"])],
            ),
            point("4 million texts went to people who had not validly consented", &[NO_CONSENT]),
        ],
    },
    Ruling {
        organisation: "Flybe",
        dated: noticed("2017-03-20"),
        sanction: fined(70_000),
        appeal: None,
        source: "https://www.hldataprotection.com/2017/03/articles/international-eu-privacy/ico-issues-fine-for-marketing-emails-disguised-as-service-messages/",
        points: &[
            point("an email that asked people to put their details right offered a prize draw for doing so", REWARDS),
            point("people were asked to review their marketing preferences", ASKS_FOR_CONSENT),
            point("all of the 3.3 million people mailed had opted out, and the sender knew", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Honda Motor Europe Ltd",
        dated: noticed("2017-03-20"),
        sanction: fined(13_000),
        appeal: None,
        source: "https://www.hldataprotection.com/2017/03/articles/international-eu-privacy/ico-issues-fine-for-marketing-emails-disguised-as-service-messages/",
        points: &[
            point("people whose preference was not known were asked whether they wanted marketing", ASKS_FOR_CONSENT),
            point("people were mailed of whom neither a yes nor a no was on record", &[NO_CONSENT]),
        ],
    },
    Ruling {
        organisation: "Morrisons",
        dated: reported("2017-06-16"),
        sanction: fined(10_500),
        appeal: None,
        source: "https://www.theregister.com/2017/06/16/ico_fine_morrisons_unsolicited_emails/",
        points: &[
            point("an email about account details told of the coupons, points and news to be had", REWARDS),
            point("card holders who had opted out were told how to opt in again", ASKS_FOR_CONSENT),
            point("loyalty-card holders who had opted out of its marketing were mailed", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Halfords Limited",
        dated: reported("2022-09"),
        sanction: fined(30_000),
        appeal: None,
        source: "https://lewissilkin.com/en/insights/a-service-email-on-your-bike-says-the-ico",
        points: &[
            point(
                "an email about a public voucher urged people to use it with the sender, and called itself a service message",
                &[
                    PROMOTES,
                    wording(|facts| promotes_by(facts, &[CueFamily::Offer, CueFamily::Purchase])),
                    at("policy.self-declared-service", &["self-declared"]),
                ],
            ),
            point(
                "the email had no link to unsubscribe, so the soft opt-in was not open to it",
                &[at("pecr.reg22.soft-opt-in", &["22(3)(c)-this-message"])],
            ),
        ],
    },
];
