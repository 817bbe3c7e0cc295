//! The tables, each from one file of figures: the median, and in brackets the least and the greatest of the rounds.

use std::{fmt::Write as _, fs, path::Path};

use serde_json::Value;

use super::bars;
use crate::{
    Outcome,
    figures::{Group, Rows, Spread, short},
};

/// Every table there are figures for, with its name.
pub(super) fn all(folder: &Path) -> Outcome<Vec<(&'static str, String)>> {
    let mut tables = vec![("machine", machine(folder)?), ("bars", bars::table(folder)?)];
    type Made = (&'static str, fn(&Rows) -> Table);
    let made: [Made; 5] = [
        ("check-load", check_load),
        ("rates", rates),
        ("campaign", campaign),
        ("events", events),
        ("reads-while-writing", reads),
    ];
    for (name, table) in made {
        if let Some(rows) = Rows::read(folder, name) {
            tables.push((name, table(&rows).markdown()?));
            if name == "check-load" {
                tables.push(("noise", noise(&rows).markdown()?));
            }
        }
    }
    Ok(tables)
}

/// A table of Markdown.
pub(super) struct Table {
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// Padded, so that it can be read as it is.
    pub(super) fn markdown(&self) -> Outcome<String> {
        let head: Vec<String> = self.head.iter().map(ToString::to_string).collect();
        let lines = || std::iter::once(&head).chain(&self.rows);
        let width =
            |at: usize| lines().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(3);
        let mut text = String::new();
        for (number, row) in lines().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                write!(text, "| {cell:<0$} ", width(at))?;
            }
            writeln!(text, "|")?;
            if number == 0 {
                (0..head.len()).try_for_each(|at| write!(text, "|{}", "-".repeat(width(at) + 2)))?;
                writeln!(text, "|")?;
            }
        }
        Ok(text)
    }
}

fn machine(folder: &Path) -> Outcome<String> {
    let machine: Value = serde_json::from_str(&fs::read_to_string(folder.join("machine.json"))?)?;
    let text = |name: &str| {
        machine.get(name).map_or_else(String::new, |it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
    };
    let mut told = format!(
        "{} ({} cores, {} GiB, Linux {}), {}. {} rounds, each {} s after {} s of warm-up.\n",
        text("processor"),
        text("cores"),
        text("memory_gib"),
        text("kernel"),
        text("date"),
        text("rounds"),
        text("seconds"),
        text("warm_up"),
    );
    let versions = machine.get("versions").and_then(Value::as_object).into_iter().flatten();
    let versions: Vec<String> =
        versions.map(|(name, version)| format!("{name}: {}", version.as_str().unwrap_or_default())).collect();
    writeln!(told, "Versions: {}.", versions.join("; "))?;
    Ok(told)
}

fn cell(key: &[String], at: usize) -> String {
    key.get(at).map_or_else(String::new, |text| text.parse().map_or_else(|_| text.clone(), short_whole))
}

fn short_whole(number: f64) -> String {
    short(number).trim_end_matches(".00").trim_end_matches(".0").to_owned()
}

fn check_load(rows: &Rows) -> Table {
    let groups = rows.by(&["system", "recipients"]);
    let all_of =
        |group: &Group<'_>| rows.spread_of(group, |row| rows.number(row, "server_us") + rows.number(row, "store_us"));
    let ceiling = groups.iter().find(|(key, _)| key.first().is_some_and(|name| name == "ceiling"));
    let ceiling = ceiling.map(|(_, group)| all_of(group).median);
    let row = |(key, group): &(Vec<String>, Group<'_>)| {
        let spread = |column: &str| rows.spread(group, column);
        let (server, store) = (spread("server_us"), spread("store_us"));
        let apart = if store.median > 0.0 {
            format!(" = {} + {}", short(server.median), short(store.median))
        } else {
            String::new()
        };
        let whole = all_of(group);
        let ratio = ceiling.map_or_else(|| "-".to_owned(), |ceiling| format!("{:.2}", whole.median / ceiling));
        vec![
            cell(key, 0),
            cell(key, 1),
            spread("per_second").to_string(),
            format!("{whole}{apart}"),
            ratio,
            spread("p50_ms").to_string(),
            spread("p99_ms").to_string(),
            format!("{} / {}", short(spread("resident_mib").median), short(spread("anonymous_mib").median)),
            spread("ready_ms").to_string(),
        ]
    };
    Table {
        head: vec![
            "system",
            "recipients",
            "checks/s",
            "CPU us/check",
            "x ceiling",
            "p50 ms",
            "p99 ms",
            "MiB resident / own",
            "ready after ms",
        ],
        rows: groups.iter().map(row).collect(),
    }
}

fn noise(rows: &Rows) -> Table {
    let groups = rows.by(&["system", "recipients"]);
    let row = |(key, group): &(Vec<String>, Group<'_>)| {
        let spread = |column: &str| rows.spread(group, column).to_string();
        vec![cell(key, 0), cell(key, 1), spread("littles_law_percent"), spread("others_cores"), spread("stolen_cores")]
    };
    Table {
        head: vec!["system", "recipients", "Little's law, % off", "cores others used", "cores the host took"],
        rows: groups.iter().map(row).collect(),
    }
}

/// Rows of a key and of figures.
fn simple(rows: &Rows, keys: &[&str], columns: &[&str], head: Vec<&'static str>) -> Table {
    let row = |(key, group): (Vec<String>, Group<'_>)| {
        let names = (0..key.len()).map(|at| cell(&key, at)).collect::<Vec<_>>();
        names.into_iter().chain(columns.iter().map(|column| rows.spread(&group, column).to_string())).collect()
    };
    Table { head, rows: rows.by(keys).into_iter().map(row).collect() }
}

fn rates(rows: &Rows) -> Table {
    let columns = ["p50_ms", "p99_ms", "p999_ms", "server_us", "per_second", "others_cores"];
    let head =
        vec!["system", "checks/s", "p50 ms", "p99 ms", "p99.9 ms", "CPU us/check", "answers/s", "cores others used"];
    simple(rows, &["system", "rate"], &columns, head)
}

fn campaign(rows: &Rows) -> Table {
    let columns =
        ["wall_s", "per_second", "server_us", "client_us", "peak_anonymous_mib", "answer_mib", "others_cores"];
    let head = vec![
        "way",
        "recipients",
        "seconds",
        "decisions/s",
        "CPU us each",
        "client's us each",
        "peak own MiB",
        "answer MiB",
        "cores others used",
    ];
    simple(rows, &["way", "recipients"], &columns, head)
}

fn events(rows: &Rows) -> Table {
    let head = vec!["way", "clients", "durable events/s", "CPU us each"];
    simple(rows, &["way", "clients"], &["per_second", "server_us"], head)
}

fn reads(rows: &Rows) -> Table {
    let columns = ["events_per_second", "p50_ms", "p99_ms", "p999_ms", "max_ms"];
    let head = vec!["who writes", "checks/s", "events/s", "p50 ms", "p99 ms", "p99.9 ms", "slowest ms"];
    simple(rows, &["writer", "checks_per_second"], &columns, head)
}

/// The spread of a ratio's parts, for the table of bars.
pub(super) fn median(rows: &Rows, keys: &[&str], wanted: &[&str], column: &str) -> Option<Spread> {
    let found = rows.by(keys).into_iter().find(|(key, _)| key.iter().map(String::as_str).eq(wanted.iter().copied()));
    found.map(|(_, group)| rows.spread(&group, column))
}
