//! Messages that went beyond what people had agreed to.

use super::{APPEALS, Ruling, at, fined, noticed, point, reported, upheld};

pub(super) const RULINGS: &[Ruling] = &[
    Ruling {
        organisation: "Telegraph Media Group Ltd",
        dated: reported("2015-12-21"),
        sanction: fined(30_000),
        appeal: None,
        source: "https://newstatesman.com/politics/2015/12/telegraph-fined-30000-urging-subscribers-vote-conservative",
        points: &[point(
            "a call to vote for a party was added to an email whose readers had signed up for news",
            &[at("pecr.reg22.consent", &["22(2)-purpose", "22(2)-topic", "22(2)-promoted-party"]), APPEALS],
        )],
    },
    Ruling {
        organisation: "Better for the Country Ltd (Leave.EU)",
        dated: reported("2016-05-11"),
        sanction: fined(50_000),
        appeal: None,
        source: "https://www.wired-gov.net/wg/news.nsf/articles/EU+campaign+firm+fined+for+sending+spam+texts+12052016071000?open",
        points: &[point(
            "people on a bought list had agreed to hear of leisure, insurance and at most government, not of a referendum",
            &[at("pecr.reg22.consent", &["22(2)-purpose", "22(2)-topic"])],
        )],
    },
    Ruling {
        organisation: "Eldon Insurance Services Limited",
        dated: noticed("2019-02-01"),
        sanction: fined(60_000),
        appeal: upheld("appeal dismissed by the First-tier and the Upper Tribunal"),
        source: "https://www.wiggin.co.uk/insight/16423/",
        points: &[point(
            "its adverts went into a political group's newsletter, whose readers had given it no consent",
            &[at("pecr.reg22.consent", &["22(2)-sender", "22(2)-purpose", "22(2)-promoted-party"])],
        )],
    },
];
