//! Senders who had asked nobody, or could not show that anybody had agreed.

use super::{NO_CONSENT, Place, Ruling, SEEKS_LEADS, at, fined, noticed, point, reported, upheld};

const NOT_SHOWN: Place = at("uk_gdpr.art7.demonstrable", &["7(1)", "22(2)-shown"]);

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Muscle Foods Limited",
        dated: noticed("2021-03-01"),
        sanction: fined(50_000),
        appeal: None,
        source: "https://www.dataguidance.com/news/uk-ico-fines-muscle-foods-%C2%A350000-sending-unsolicited",
        points: &[point("135.7 million emails went out without valid consent", &[NO_CONSENT])],
    },
    Ruling {
        organisation: "H&L Business Consulting Ltd",
        dated: reported("2022-04-01"),
        sanction: fined(80_000),
        appeal: None,
        source: "https://www.theregister.com/2022/04/01/ico_financial_services_biz_fine/",
        points: &[point("people were texted about a debt scheme without having consented", &[NO_CONSENT, SEEKS_LEADS])],
    },
    Ruling {
        organisation: "Digital Growth Experts Limited",
        dated: noticed("2020-09-22"),
        sanction: fined(60_000),
        appeal: upheld("appeal dismissed, [2023] UKFTT 458 (GRC)"),
        source: "https://caselaw.nationalarchives.gov.uk/ukftt/grc/2023/458",
        points: &[point("the evidence of consent was vague and misleading", &[NOT_SHOWN])],
    },
    Ruling {
        organisation: "First Financial (UK) Limited",
        dated: noticed("2013-12-16"),
        sanction: fined(175_000),
        appeal: None,
        source: "http://breachwatch.com/category/ico-pecr/",
        points: &[point("the public was texted from unregistered SIM cards, and nobody had been asked", &[NO_CONSENT])],
    },
    Ruling {
        organisation: "Vote Leave Limited",
        dated: reported("2019-03-19"),
        sanction: fined(40_000),
        appeal: None,
        source: "https://metro.co.uk/2019/03/19/vote-leave-fined-sending-196154-spam-texts-referendum-8945590/",
        points: &[point("the evidence that people had consented was deleted", &[NOT_SHOWN, NO_CONSENT])],
    },
];
