//! Marketing to people who had said no. That it was an accident is no defence.

use super::{NO_CONSENT, Ruling, SAID_NO, TOOK_IT_BACK, fined, noticed, point, reported};

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Royal Mail Group Limited",
        dated: noticed("2022-03-07"),
        sanction: fined(20_000),
        appeal: None,
        source: "https://gdprhub.eu/index.php?title=ICO_(UK)_-_Royal_Mail_Group_Limited",
        points: &[point("a routing error mailed 215,202 people who had been set aside as opted out", SAID_NO)],
    },
    Ruling {
        organisation: "The Conservative Party",
        dated: reported("2021-06-03"),
        sanction: fined(10_000),
        appeal: None,
        source: "https://www.scl.org/12279-ico-fines-conservative-party-10-000-for-sending-unlawful-emails/",
        points: &[
            point(
                "the lists of who had unsubscribed were lost when the sender changed its email provider",
                TOOK_IT_BACK,
            ),
            point("for 51 people who complained no valid consent was on record", &[NO_CONSENT]),
        ],
    },
];
