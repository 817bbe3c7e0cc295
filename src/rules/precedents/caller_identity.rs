//! Live calls that did not say truly who was calling (regulation 24), to numbers on the register.

use super::{ASKED_FOR_NO_CALLS, ON_REGISTER, Ruling, Sanction, WHO_CALLED, fined, point, reported};

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Domestic Support Ltd",
        dated: reported("2022-03"),
        sanction: fined(80_000),
        appeal: None,
        source: "https://www.sussexexpress.co.uk/news/crime/littlehampton-business-made-more-than-69000-unwanted-marketing-calls-to-elderly-and-vulnerable-people-3616919",
        points: &[
            point("numbers on bought lists were called although they were on the register", ON_REGISTER),
            point("callers gave different trading names", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "Maxen Power Supply Ltd",
        dated: reported("2023-06"),
        sanction: fined(120_000),
        appeal: None,
        source: "https://www.theregister.com/2023/06/09/ico_cold_call_fines/?td=keepreading",
        points: &[
            point("people and businesses on the registers were called, several times a day", ON_REGISTER),
            point("the calls went on after people had opted out of them", ASKED_FOR_NO_CALLS),
            point("callers passed for the network or for the customer's own supplier", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "Cover Appliance Ltd",
        dated: reported("2023-09-20"),
        sanction: Sanction::Penalty(None),
        appeal: None,
        source: "https://www.twobirds.com/en/insights/2023/uk/ico-enforcement-updates-pecr-october-2023",
        points: &[
            point("elderly and vulnerable people on the register were called", ON_REGISTER),
            point("the calls did not give what a caller must say of itself", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "ColourCoat Limited",
        dated: None,
        sanction: Sanction::Penalty(None),
        appeal: None,
        source: "https://cy.ico.org.uk/action-weve-taken/enforcement/colourcoat-limited-en/",
        points: &[
            point("452,811 of its calls went to numbers on the registers of people and of companies", ON_REGISTER),
            point("the calls did not give what a caller must say of itself", WHO_CALLED),
        ],
    },
    Ruling {
        organisation: "MCP Online Ltd",
        dated: reported("2023"),
        sanction: fined(55_000),
        appeal: None,
        source: "https://mail.financialplanningtoday.co.uk/news/ico-fines-firm-55k-for-making-21-000-pension-calls",
        points: &[
            point(
                "20,939 calls about pensions went to numbers on the register without a word of permission",
                ON_REGISTER,
            ),
            point("the calls did not give what a caller must say of itself", WHO_CALLED),
        ],
    },
];
