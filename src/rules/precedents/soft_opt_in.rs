//! Messages for which it was claimed that the person had asked, or that the soft opt-in allowed them.
//!
//! Which limb of the soft opt-in failed is not in the report of this ruling, so it bears on none of them.

use super::{Ruling, at, fined, noticed, point};

pub(super) const RULINGS: &[Ruling] = &[Ruling {
    organisation: "We Buy Any Car Limited",
    dated: noticed("2021-09-13"),
    sanction: fined(200_000),
    appeal: None,
    source: "https://gdprhub.eu/index.php?oldid=19921&title=ICO_%28UK%29_-_We_Buy_Any_Car_Limited",
    points: &[point(
        "the valuation that people had asked for was followed by emails that they had not asked for",
        &[at("pecr.reg22.unsolicited", &["22(1)-scope", "22(1)-unanswered"])],
    )],
}];
