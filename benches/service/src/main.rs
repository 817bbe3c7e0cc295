//! Measures the running service beside its peers: `make bench`.
//!
//! Every part starts the real servers, one at a time, in an order that changes from round to round, and writes what it
//! measured as CSV. `report` makes tables and plots of it, and `publish` takes those into
//! `docs/performance.md`. In this order:
//!
//! - `settings`: how many, how long, where; `ledgers` fills what is asked about.
//! - `process`, `usage`: a server started and stopped, and what it used.
//! - `systems`: the service and its peers; `peer` is the handler that the peers stand behind.
//! - `check_load`, `rates`, `campaign`, `events`: what is measured; `wrk`, `http`, `open_loop` are the clients.
//! - `figures`, `machine`, `report`, `plot`: what is told of it.

mod campaign;
mod check_load;
mod events;
mod figures;
mod http;
mod ledgers;
mod machine;
mod open_loop;
mod peer;
mod plot;
#[path = "../../shared/population.rs"]
mod population;
mod process;
mod rates;
mod report;
mod settings;
mod systems;
mod usage;
mod wrk;

use std::error::Error;

use settings::Settings;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const PARTS: &str = "all, fill, check-load, rates, campaign, events, report, publish";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let settings = Settings::read()?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["peer", kind, address, of] => peer::run(kind, address, of),
        [] | ["all"] => all(&settings),
        ["fill"] => settings.sizes.iter().try_for_each(|size| ledgers::filled(&settings, *size).map(drop)),
        ["check-load"] => part(&settings, check_load::run),
        ["rates"] => part(&settings, rates::run),
        ["campaign"] => part(&settings, campaign::run),
        ["events"] => part(&settings, events::run),
        ["report"] => report::print(&settings),
        ["publish"] => report::publish(&settings),
        other => Err(format!("no such part: `{}`; there are {PARTS}", other.join(" ")).into()),
    }
}

fn part(settings: &Settings, run: fn(&Settings) -> Outcome<()>) -> Outcome<()> {
    machine::write(settings)?;
    run(settings)?;
    report::print(settings)
}

fn all(settings: &Settings) -> Outcome<()> {
    machine::write(settings)?;
    check_load::run(settings)?;
    rates::run(settings)?;
    campaign::run(settings)?;
    events::run(settings)?;
    report::print(settings)
}
