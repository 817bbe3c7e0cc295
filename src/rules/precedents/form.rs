//! Messages that hid their sender or did not say how to stop them (regulation 23).

use super::{NO_CONSENT, Place, Ruling, SEEKS_LEADS, at, fined, in_doubt, noticed, point, reported};

const NAMES_NOBODY: &[Place] = &[at("pecr.reg23.identity", &["23(a)"])];
const NO_WAY_TO_STOP: &[Place] = &[at("pecr.reg23.valid-address", &["23(b)"])];

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "This Is The Big Deal Limited",
        dated: None,
        sanction: fined(30_000),
        appeal: None,
        source: "https://ico.org.uk/action-weve-taken/enforcement/this-is-the-big-deal-limited/",
        points: &[
            point("39.9 million emails and 1.5 million texts went to people who had not consented", &[NO_CONSENT]),
            point("102,132 texts did not tell people how to opt out", NO_WAY_TO_STOP),
        ],
    },
    Ruling {
        organisation: "Bharat Singh Chand (sole trader)",
        dated: reported("2025-10-29"),
        sanction: fined(200_000),
        appeal: in_doubt("appealed, outcome not known"),
        source: "https://cy.ico.org.uk/about-the-ico/media-centre/news-and-blogs/2025/10/200-000-fine-for-sole-trader-who-sent-nearly-one-million-spam-texts",
        points: &[
            point("nearly a million texts about debts and grants went out without consent", &[NO_CONSENT, SEEKS_LEADS]),
            point("the texts did not say who sent them", NAMES_NOBODY),
            point("the texts gave no way to opt out, only a way to reply YES", NO_WAY_TO_STOP),
        ],
    },
    Ruling {
        organisation: "Christopher Niebel and Gary McNeish (Tetrus Telecoms)",
        dated: noticed("2012-11-28"),
        sanction: fined(440_000),
        appeal: in_doubt(
            "£300,000 of it set aside on appeal in 2013 for want of substantial distress, the breach not being disputed",
        ),
        source: "https://breachwatch.com/2012/11/28/tetrus-telecoms/",
        points: &[
            point(
                "up to 840,000 texts a day about claims went to people who had not consented",
                &[NO_CONSENT, SEEKS_LEADS],
            ),
            point("the texts came from unregistered SIM cards and named no sender", NAMES_NOBODY),
        ],
    },
];
