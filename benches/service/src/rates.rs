//! Latency at fixed rates, of the service on a ledger of a million, of the ceiling and of Cerbos.

use std::time::Duration;

use crate::{
    Outcome,
    figures::Csv,
    http, open_loop,
    settings::Settings,
    systems::{Body, Running, Stores, System},
    usage::{self, Machine},
};

const COLUMNS: [&str; 12] = [
    "round",
    "system",
    "recipients",
    "rate",
    "per_second",
    "p50_ms",
    "p99_ms",
    "p999_ms",
    "max_ms",
    "unanswered",
    "server_us",
    "others_cores",
];

/// Different requests that are sent in turn.
const REQUESTS: u64 = 20_000;

/// Measures every system at every rate, as far as it keeps up.
pub(crate) fn run(settings: &Settings) -> Outcome<()> {
    let mut systems = System::all(settings, &[settings.usual_size()], &[System::Ceiling, System::Cerbos]);
    let mut csv = Csv::create(settings, "rates", &COLUMNS)?;
    let mut stores = Stores::default();
    for round in 1..=settings.rounds {
        for system in &systems {
            let running = stores.start(*system, settings)?;
            measure(settings, round, *system, &running, &mut csv)
                .map_err(|error| format!("{}: {error}", system.name()))?;
        }
        systems.rotate_left(1);
    }
    Ok(())
}

fn measure(settings: &Settings, round: usize, system: System, running: &Running, csv: &mut Csv) -> Outcome<()> {
    let people = system.people(settings);
    let requests = requests(&running.body, people);
    open_loop::run(running.address(), &requests, 1_000, Duration::from_secs(settings.warm_up))?;
    for rate in &settings.rates {
        let (machine, client, before) = (Machine::now()?, usage::cpu_of_client()?, running.cpu()?);
        let came = open_loop::run(running.address(), &requests, *rate, Duration::from_secs(settings.seconds))?;
        let server = running.cpu()?.0 - before.0;
        let (others, _) = machine.others(server + usage::cpu_of_client()? - client)?;
        let [p50, p99, p999, max] = [50.0, 99.0, 99.9, 100.0].map(|percent| came.percentile(percent));
        println!(
            "round {round}, {:<9} {rate:>6}/s: p50 {p50:.3} ms, p99 {p99:.3} ms, p99.9 {p999:.3} ms",
            system.name()
        );
        csv.row(&[
            &round,
            &system.name(),
            &people,
            rate,
            &format!("{:.0}", came.per_second),
            &format!("{p50:.4}"),
            &format!("{p99:.4}"),
            &format!("{p999:.4}"),
            &format!("{max:.4}"),
            &came.unanswered,
            &format!("{:.3}", server / came.requests() as f64 * 1e6),
            &format!("{others:.3}"),
        ])?;
        // It does not keep up: at higher rates the latency would tell of nothing but the length of the measurement.
        if came.unanswered > 0 || p50 > 500.0 {
            break;
        }
    }
    Ok(())
}

/// Requests about people far apart.
pub(crate) fn requests(body: &Body, people: u64) -> Vec<Vec<u8>> {
    let person = |n: u64| n * (people / REQUESTS * 2 + 1) % people;
    let bodies = (0..REQUESTS.min(people)).map(|n| body.of(person(n)));
    bodies.map(|text| http::post(body.path, "application/json", text.as_bytes())).collect()
}
