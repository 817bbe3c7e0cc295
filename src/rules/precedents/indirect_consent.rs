//! Consent that was given to somebody else.

use super::{NO_CONSENT, NOT_NAMED, NOT_PROVED, Ruling, at, fined, noticed, point, reported};

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Saga Services Limited",
        dated: reported("2021-09-15"),
        sanction: fined(150_000),
        appeal: None,
        source: "https://pdfslide.net/documents/saga-serviced-limited-monetary-penalty-notice.html",
        points: &[point(
            "partners mailed their own lists for it, and the people on them had given it no permission",
            &[NOT_NAMED],
        )],
    },
    Ruling {
        organisation: "Decision Technologies Limited",
        dated: noticed("2020-07-01"),
        sanction: fined(90_000),
        appeal: None,
        source: "https://gdprhub.eu/index.php?oldid=10836&title=ICO_-_Monetary_Penalty_against_Decision_Technologies_Limited",
        points: &[point(
            "it had contracts with intermediaries, and no evidence from the owners of the lists who held the consents",
            &[NOT_NAMED, NOT_PROVED],
        )],
    },
    Ruling {
        organisation: "Digitonomy Ltd",
        dated: reported("2017-02"),
        sanction: fined(120_000),
        appeal: None,
        source: "https://financialinstitutionsnews.com/2017/02/17/ico-fines-credit-broker-for-unsolicited-texts/?share=twitter",
        points: &[point(
            "the affiliates' wording spoke of trusted partners, and nothing showed consent to this sender",
            &[NOT_NAMED],
        )],
    },
    Ruling {
        organisation: "Vanquis Bank Limited",
        dated: reported("2017-10"),
        sanction: fined(75_000),
        appeal: None,
        source: "https://www.decisionmarketing.co.uk/news/vanquis-bank-vanquished-for-massive-spam-campaign",
        points: &[
            point("the lists' wording spoke of trusted parties and of third parties selected with care", &[NOT_NAMED]),
            point("it did not itself check the consents that others claimed to hold", &[NOT_PROVED]),
        ],
    },
    Ruling {
        organisation: "Intelligent Lending Ltd (Ocean Finance)",
        dated: None,
        sanction: fined(130_000),
        appeal: None,
        source: "https://www.wiggin.co.uk/insight/information-commissioners-office-fines-financial-services-company-130000-for-sending-unsolicited-texts/",
        points: &[point(
            "a supplier said that it had consent, and that was not clear and specific enough to cover this sender",
            &[NOT_NAMED, NOT_PROVED],
        )],
    },
    Ruling {
        organisation: "Koypo Laboratories Ltd",
        dated: noticed("2020-08-04"),
        sanction: fined(100_000),
        appeal: None,
        source: "https://www.islingtongazette.co.uk/news/islington-s-koypo-fined-100k-by-ico-3842742",
        points: &[point(
            "the sites named only third parties and partners, and not the one for whose offers people were mailed",
            &[NOT_NAMED, at("ico.hosted-mail", &["hosted-mail"])],
        )],
    },
    Ruling {
        organisation: "Global One 2015 (charity)",
        dated: noticed("2021-06-14"),
        sanction: fined(10_000),
        appeal: None,
        source: "https://gdprhub.eu/index.php?title=ICO_(UK)_-_Global_One_2015&oldid=16629",
        points: &[
            point("it took it that its supplier's list was one of people who had consented", &[NOT_NAMED, NOT_PROVED]),
            point("the people whom it had texted had not consented", &[NO_CONSENT]),
            point("the texts offered no opt-out", &[at("pecr.reg23.valid-address", &["23(b)"])]),
        ],
    },
];
