//! Consent that was bundled, vague or for another channel.

use super::{Place, Ruling, TOOK_IT_BACK, at, fined, noticed, point, upheld};

const BUNDLED: &[Place] = &[at("uk_gdpr.art7.distinguishable", &["7(2)"])];

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "HelloFresh",
        dated: noticed("2024-01-12"),
        sanction: fined(140_000),
        appeal: None,
        source: "https://www.forbessolicitors.co.uk/articles/hellofresh-fined-by-ico-for-spam-emails",
        points: &[
            point(
                "texts were sent on a box that spoke of email alone",
                &[at("pecr.reg22.consent", &["22(2)-channel"])],
            ),
            point("one box stood for samples, offers and news, and for being over 18", BUNDLED),
            point("some people still got messages after they had told the sender to stop", TOOK_IT_BACK),
        ],
    },
    Ruling {
        organisation: "Join the Triboo Limited",
        dated: noticed("2023-04-12"),
        sanction: fined(130_000),
        appeal: upheld("appeal dismissed, [2024] UKFTT 362 (GRC)"),
        source: "https://cm.twobirds.com/en/insights/2023/uk/ico-enforcement-updates-pecr-june-2023",
        points: &[
            point("agreement to a list of third parties stood inside the privacy policy", BUNDLED),
            point(
                "the consent was to third parties in any line of business, and so to none of those promoted",
                &[at("ico.hosted-mail", &["hosted-mail"])],
            ),
        ],
    },
];
