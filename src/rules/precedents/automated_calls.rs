//! Recorded calls (regulation 19).

use super::{
    APPEALS, Facts, Place, Ruling, Sanction, WHO_CALLED, at, decided, fined, noticed, point, reported, upheld, whole,
};
use crate::terms::purpose::Purpose;

const NO_CONSENT_TO_SUCH_CALLS: &[Place] = &[whole("pecr.reg19.consent")];
const POLITICAL: Place = at("scope.direct-marketing", &["122(5)", "11(3)"]).when(is_political);

fn is_political(facts: &Facts<'_>) -> bool {
    facts.purpose == Purpose::Political
}

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Scottish National Party",
        dated: decided("2006-05-15"),
        sanction: Sanction::EnforcementNotice,
        appeal: upheld("appeal dismissed, EA/2005/0021"),
        source: "https://www.pinsentmasons.com/out-law/news/snps-automated-calls-breached-privacy-laws",
        points: &[
            point("recorded election calls went to homes that had not consented", NO_CONSENT_TO_SUCH_CALLS),
            point("to promote a party is direct marketing", &[POLITICAL, APPEALS]),
        ],
    },
    Ruling {
        organisation: "The Labour Party",
        dated: reported("2010-02-09"),
        sanction: Sanction::EnforcementNotice,
        appeal: None,
        source: "http://www.theregister.co.uk/Print/2010/02/09/labour_phonespam_ruling/",
        points: &[point(
            "a recorded message went to 495,000 people on bought lists who had not consented",
            NO_CONSENT_TO_SUCH_CALLS,
        )],
    },
    Ruling {
        organisation: "FEP Heatcare Ltd",
        dated: reported("2016-03"),
        sanction: fined(180_000),
        appeal: None,
        source: "http://www.lexology.com/library/detail.aspx?g=9f9d2e39-891d-413f-809f-53366a753edf",
        points: &[
            point("recorded messages went to people who had not agreed to automated calls", NO_CONSENT_TO_SUCH_CALLS),
            point("the calls gave no name, no address and no free number", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "Keurboom Communications Ltd",
        dated: reported("2017-05-11"),
        sanction: fined(400_000),
        appeal: None,
        source: "https://www.moneysavingexpert.com/news/2017/05/cold-calling-firm-keurboom-fined-record-400000-by-watchdog-/",
        points: &[
            point("99.5 million recorded calls were made without consent to such calls", NO_CONSENT_TO_SUCH_CALLS),
            point("it hid who was calling", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "Barrington Claims Limited",
        dated: None,
        sanction: fined(250_000),
        appeal: None,
        source: "https://insurancebusinessmag.com/uk/news/breaking-news/claims-firm-penalised-following-15-million-nuisance-calls-89268.aspx",
        points: &[point("it could not show consent to over 15 million automated calls", NO_CONSENT_TO_SUCH_CALLS)],
    },
    Ruling {
        organisation: "CRDNN Limited",
        dated: noticed("2020-02-26"),
        sanction: fined(500_000),
        appeal: None,
        source: "https://www.connectontech.com/ico-issues-record-fine-for-nuisance-calls/",
        points: &[
            point("193.6 million recorded calls were made without consent", NO_CONSENT_TO_SUCH_CALLS),
            point("the calls showed numbers that were not the caller's", &[whole("pecr.reg19.caller-identity")]),
            point("the calls named no caller and gave no way to reach one", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "Home Improvement Marketing Ltd",
        dated: noticed("2025-08-28"),
        sanction: fined(300_000),
        appeal: None,
        source: "https://measuredcollective.com/300000-ico-penalty-for-illegal-automated-marketing-calls-home-improvement-marketing",
        points: &[
            point(
                "lines spoken by actors and played by agents were automated calls, and nobody had consented to them",
                NO_CONSENT_TO_SUCH_CALLS,
            ),
            point("the calls went by names that any firm might bear", WHO_CALLED),
        ],
    },
];
