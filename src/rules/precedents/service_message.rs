//! Marketing that was called a service message, and requests for consent.

use super::{Facts, NO_CONSENT, Place, Ruling, SAID_NO, at, fined, noticed, point, reported};

/// The message promotes something. That answers are collected for later marketing is another point.
const PROMOTES: &[Place] = &[at("ico.promotion-in-service-message", &["contains-promotion"]).when(promotes)];

const fn promotes(facts: &Facts<'_>) -> bool {
    matches!(facts.message.contains_promotion, Some(true)) || facts.message.names_products || facts.promotes_another
}

const ASKS_FOR_CONSENT: &[Place] = &[at("ico.consent-request", &["consent-request"])];

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
                PROMOTES,
            ),
            point("2.59 million texts went to customers who had opted out of marketing by text", SAID_NO),
        ],
    },
    Ruling {
        organisation: "Flybe",
        dated: noticed("2017-03-20"),
        sanction: fined(70_000),
        appeal: None,
        source: "https://www.hldataprotection.com/2017/03/articles/international-eu-privacy/ico-issues-fine-for-marketing-emails-disguised-as-service-messages/",
        points: &[
            point("an email that asked people to put their details right offered a prize draw for doing so", PROMOTES),
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
            point("an email about account details told of the coupons, points and news to be had", PROMOTES),
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
                PROMOTES,
            ),
            point(
                "the email had no link to unsubscribe, so the soft opt-in was not open to it",
                &[at("pecr.reg22.soft-opt-in", &["22(3)(c)-this-message"])],
            ),
        ],
    },
];
