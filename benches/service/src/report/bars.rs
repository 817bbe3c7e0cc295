//! What the service promises to be measured at, and what it was measured at.

use std::path::Path;

use super::tables::{Table, median};
use crate::{
    Outcome,
    figures::{Rows, short},
};

/// One line a bar; "not measured" where its part was not run.
pub(super) fn table(folder: &Path) -> Outcome<String> {
    let (load, rates, campaign) =
        (Rows::read(folder, "check-load"), Rows::read(folder, "rates"), Rows::read(folder, "campaign"));
    let of_load = |system: &str, recipients: &str, column: &str| {
        Some(median(load.as_ref()?, &["system", "recipients"], &[system, recipients], column)?.median)
    };
    let maysend = |recipients: &str, column: &str| of_load("maysend", recipients, column);
    let at_rate = |system: &str, rate: &str| {
        Some(median(rates.as_ref()?, &["system", "rate"], &[system, rate], "p99_ms")?.median)
    };
    let of_campaign =
        |column: &str| Some(median(campaign.as_ref()?, &["way", "recipients"], &["batch", "1000000"], column)?.median);
    let ratio = |over: Option<f64>, under: Option<f64>| Some(over? / under?);
    let million = maysend("1000000", "server_us");
    let bars = [
        Bar::of(
            "CPU of a check, 1M recipients, over the ceiling's",
            1.6,
            "x",
            ratio(million, of_load("ceiling", "1000000", "server_us")),
        ),
        Bar::of(
            "CPU of a check, 10M over 1k recipients",
            1.3,
            "x",
            ratio(maysend("10000000", "server_us"), maysend("1000", "server_us")),
        ),
        // Where Cerbos does not keep up with 5,000/s it has no figure, or one of a second and more.
        Bar::of(
            "p99 at 5,000 checks/s over that of Cerbos",
            1.0,
            "x",
            ratio(at_rate("maysend", "5000"), at_rate("cerbos", "5000")),
        ),
        Bar::of("a campaign of 1M through `/check/batch`", 2.0, "s", of_campaign("wall_s")),
        Bar::of("own memory at 1M recipients", 50.0, "MiB", maysend("1000000", "anonymous_mib")),
        Bar::of("start until ready at 1M recipients", 100.0, "ms", maysend("1000000", "ready_ms")),
    ];
    let rows = bars.iter().map(Bar::row).collect();
    Table { head: vec!["what", "at most", "measured", "met"], rows }.markdown()
}

struct Bar {
    what: &'static str,
    most: f64,
    unit: &'static str,
    measured: Option<f64>,
}

impl Bar {
    const fn of(what: &'static str, most: f64, unit: &'static str, measured: Option<f64>) -> Self {
        Self { what, most, unit, measured }
    }

    fn row(&self) -> Vec<String> {
        let (measured, met) = match self.measured {
            None => ("not measured".to_owned(), "-"),
            Some(measured) => {
                (format!("{} {}", short(measured), self.unit), if measured <= self.most { "yes" } else { "no" })
            }
        };
        vec![self.what.to_owned(), format!("{} {}", self.most, self.unit), measured, met.to_owned()]
    }
}
