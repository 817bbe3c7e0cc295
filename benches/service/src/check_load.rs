//! `POST /check` with 32 connections, each of which asks again once it has its answer: what a check costs, on ledgers of
//! several sizes and beside the peers.

use crate::{
    Outcome,
    figures::Csv,
    ledgers,
    settings::Settings,
    systems::{Running, Stores, System},
    usage::{self, Machine},
    wrk,
};

const COLUMNS: [&str; 18] = [
    "round",
    "system",
    "recipients",
    "requests",
    "seconds",
    "per_second",
    "p50_ms",
    "p99_ms",
    "p999_ms",
    "mean_ms",
    "server_us",
    "store_us",
    "resident_mib",
    "anonymous_mib",
    "ready_ms",
    "littles_law_percent",
    "others_cores",
    "stolen_cores",
];

/// Measures every system in every round, in another order each time.
pub(crate) fn run(settings: &Settings) -> Outcome<()> {
    let peers = [System::Ceiling, System::CeilingLong, System::Cerbos, System::Redis, System::Postgres];
    let mut systems = System::all(settings, &settings.sizes, &peers);
    let mut csv = Csv::create(settings, "check-load", &COLUMNS)?;
    for size in &settings.sizes {
        ledgers::read_through(&ledgers::filled(settings, *size)?)?;
    }
    let mut stores = Stores::default();
    for round in 1..=settings.rounds {
        for system in &systems {
            let running = stores.start(*system, settings)?;
            measure(settings, round, *system, &running, &mut csv)
                .map_err(|error| format!("{}: {error}", system.name()))?;
        }
        systems.rotate_left(1);
        // Who comes after whom changes as well.
        systems.reverse();
    }
    Ok(())
}

fn measure(settings: &Settings, round: usize, system: System, running: &Running, csv: &mut Csv) -> Outcome<()> {
    let people = system.people(settings);
    wrk::load(settings, running.address(), &running.body, people, settings.warm_up)?;
    let (machine, client) = (Machine::now()?, usage::cpu_of_client()?);
    let before = running.cpu()?;
    let load = wrk::load(settings, running.address(), &running.body, people, settings.seconds)?;
    let after = running.cpu()?;
    let (server, store) = (after.0 - before.0, after.1 - before.1);
    let (others, stolen) = machine.others(server + store + usage::cpu_of_client()? - client)?;
    let memory = running.memory()?;
    let each = |seconds: f64| seconds / load.requests * 1e6;
    println!(
        "round {round}, {:<9} {people:>9} recipients: {:>7.0} checks/s, {:>6.1} us of CPU each, p99 {:.2} ms",
        system.name(),
        load.rate(),
        each(server + store),
        load.p99 / 1e3,
    );
    csv.row(&[
        &round,
        &system.name(),
        &people,
        &load.requests,
        &format!("{:.3}", load.duration / 1e6),
        &format!("{:.1}", load.rate()),
        &(load.p50 / 1e3),
        &(load.p99 / 1e3),
        &(load.p999 / 1e3),
        &format!("{:.4}", load.mean / 1e3),
        &format!("{:.3}", each(server)),
        &format!("{:.3}", each(store)),
        &format!("{:.1}", memory.resident),
        &format!("{:.1}", memory.anonymous),
        &format!("{:.1}", running.ready_after().as_secs_f64() * 1e3),
        &format!("{:.2}", load.deviation()),
        &format!("{others:.3}"),
        &format!("{stolen:.3}"),
    ])
}
