//! Calls about claims management (regulation 21A) and pensions (regulation 21B).

use super::{Place, Ruling, fined, noticed, point, reported, whole};

const CLAIMS: &[Place] = &[whole("pecr.reg21a.consent")];
const PENSIONS: &[Place] = &[whole("pecr.reg21b.consent")];

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Brazier Consulting Services Ltd",
        dated: noticed("2021-06-25"),
        sanction: fined(200_000),
        appeal: None,
        source: "https://www.scottrobert.co.uk/ico-fines-cmc-for-cold-calling/",
        points: &[point(
            "a website's consent covered as many as 435 companies, so nobody could expect calls from this one",
            CLAIMS,
        )],
    },
    Ruling {
        organisation: "Reliance Advisory Limited",
        dated: reported("2020-11"),
        sanction: fined(250_000),
        appeal: None,
        source: "https://www.verdict.co.uk/ico-fines-reliance-advisory/",
        points: &[point(
            "most calls had no consent behind them, and the rest one that a site forced on people for up to 151 companies",
            CLAIMS,
        )],
    },
    Ruling {
        organisation: "Pownall Marketing Limited",
        dated: reported("2020"),
        sanction: fined(250_000),
        appeal: None,
        source: "https://cryptox.trade/ico-to-recover-250000-fine-from-manchester-claims-management-firm",
        points: &[point("365,369 calls about claims went to people who had not consented to them", CLAIMS)],
    },
    Ruling {
        organisation: "EB Associates Group Limited",
        dated: reported("2021"),
        sanction: fined(140_000),
        appeal: None,
        source: "https://www.decisionmarketing.co.uk/news/cold-call-crackdown-clobbers-fulham-pension-crooks",
        points: &[point(
            "it paid others to call people about pensions, and those called had given no valid consent",
            PENSIONS,
        )],
    },
];
